//! The minutes: who was there, the course of the session speaker by speaker in true order, what was concluded.

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::{
    Depth, Document, Paper, Signature, Wording, WordingError, composition,
    facts::{
        Pen, called, clock, ended, full_date, marked, on_record, person, signed_name, time_of, times_of,
        wording,
    },
    following, reading,
};
use crate::domain::{
    agenda,
    board::Board,
    field::{self, set},
    ids::RecordId,
    keynote,
    kind::{AgendaKind, Kind},
    pledge,
    record::Record,
    session::Session,
    sitting::{self, Span},
    speech, timing,
};

/// The minutes of a board, from whatever state of the session.
///
/// # Errors
/// A template that an office overrode cannot be filled.
pub fn minutes(board: &Board, words: &Wording, depth: Depth) -> Result<Document, WordingError> {
    let mut pen = Pen::new(board, words);
    let title = pen.session().map(|session| session.title().to_owned());
    let about = pen.need(title, "tên hội nghị");
    let head = pen.head("BIÊN BẢN", "BB", about);
    let called = pen.session().map(called);
    let opening = [
        ("title", pen.need(called, "tên hội nghị")),
        ("cluster", pen.need_field(&field::CLUSTER, "tên cụm")),
    ];
    pen.paragraph(words.sentence("minutes-opening.j2", &opening)?);
    circumstances(&mut pen);
    composition::write(&mut pen);
    if depth != Depth::ConclusionsOnly {
        course(&mut pen, depth);
    }
    concluded(&mut pen, if depth == Depth::ConclusionsOnly { "2." } else { "3." });
    let closed = pen.session().and_then(Session::closed_at).map(|at| {
        let day = if is_day_of(&pen, at) { String::new() } else { on_day(at) };
        clock(at.time()) + &day
    });
    let closed = pen.need(closed, "giờ kết thúc");
    pen.paragraph(words.sentence("minutes-closing.j2", &[("closed", closed)])?);
    let signatures = signatures(&pen);
    Ok(pen.finish(Paper::Minutes, head, signatures, Vec::new()))
}

/// Time, place, content, chair, recorder, papers.
fn circumstances(pen: &mut Pen<'_>) {
    let session = pen.session();
    let when = pen.when();
    pen.dash(format!("Thời gian: {when}"));
    sittings(pen);
    let place = pen.need_field(&field::PLACE, "địa điểm");
    pen.dash(format!("Địa điểm: {place}"));
    composition::venues(pen);
    let themes =
        session.map(|session| session.themes().into_iter().map(wording).collect::<Vec<_>>().join("; "));
    let themes = pen.need(themes, "nội dung");
    pen.dash(format!("Nội dung: {themes}"));
    let chair = pen.chair();
    pen.dash(format!("Chủ trì: {chair}"));
    let recorder = session.and_then(Session::recorder).map(|r| marked(&person(r), r.flag(&field::SAMPLE)));
    let recorder = pen.need(recorder, "thư ký");
    pen.dash(format!("Thư ký: {recorder}"));
    if !keynote::sections(pen.board).is_empty() {
        pen.dash("Tài liệu: báo cáo đề dẫn".to_owned());
    }
}

/// When each sitting was held, as far as that is known: the first one from the first item on, the last one until the session closed.
fn sittings(pen: &mut Pen<'_>) {
    let sittings = pen.board.of_kind(Kind::Sitting);
    let items = pen.board.of_kind(Kind::AgendaItem).into_iter();
    let first = items.filter_map(timing::began).min().map(|at| clock(at.time()));
    let closed = pen.session().and_then(Session::closed_at).map(|at| clock(at.time()));
    for (at, sitting) in sittings.iter().enumerate() {
        let first = first.clone().filter(|_| at == 0 && timing::ended(sitting).is_some());
        let closed = closed.clone().filter(|_| at + 1 == sittings.len() && timing::began(sitting).is_some());
        let from = time_of(sitting, &field::STARTED_AT).or(first).map(|at| format!(" từ {at}"));
        let to = time_of(sitting, &field::ENDED_AT).or(closed).map(|at| format!(" đến {at}"));
        let times = [from, to].into_iter().flatten().collect::<String>();
        if !times.is_empty() {
            let day = timing::began(sitting).filter(|at| !is_day_of(pen, *at));
            let day = day.map(on_day).unwrap_or_default();
            pen.dash(format!("{}:{times}{day}", wording(sitting)));
        }
    }
}

fn on_day(at: DateTime<FixedOffset>) -> String {
    format!(", ngày {}", full_date(at.date_naive()))
}

fn is_day_of(pen: &Pen<'_>, at: DateTime<FixedOffset>) -> bool {
    pen.session().and_then(Session::date) == Some(at.date_naive())
}

/// The agenda's items in order, and under each what was said during it. Once one has begun, those that have not and under which nothing stands are
/// none of the course.
fn course(pen: &mut Pen<'_>, depth: Depth) {
    pen.subheading("2.".to_owned(), "Diễn biến");
    let lines: Vec<(Option<RecordId>, &Record)> =
        spoken(pen, depth).into_iter().map(|line| (item_of(pen.board, line), line)).collect();
    let items = pen.board.of_kind(Kind::AgendaItem);
    let mut stops = stops(pen.board);
    let is_running = items.iter().any(|item| timing::began(item).is_some());
    let mut number = 1;
    for item in &items {
        let is_held = !is_running || timing::began(item).is_some();
        let above = pen.blocks.len();
        pen.subheading(format!("2.{number}."), &timed(item));
        if let Some(result) = item.text(&field::RESULT) {
            pen.paragraph(ended(result));
        }
        item_course(pen, item);
        let within = lines.iter().filter(|(place, _)| *place == Some(item.id)).map(|(_, line)| *line);
        let (own, later) = stops.into_iter().partition(|stop| falls_into(stop, item));
        stops = later;
        let is_here = |speech: &Record| speech.link(&field::ITEM) == Some(item.id);
        turns(pen, depth, is_held.then_some(*item), within.collect(), own, is_here);
        if is_held || pen.blocks.len() > above + 1 {
            number += 1;
        } else {
            pen.blocks.pop();
        }
    }
    if !items.iter().any(|item| agenda::item_kind(item) == AgendaKind::FollowUp) {
        following::in_minutes(pen);
    }
    let others: Vec<&Record> =
        lines.iter().filter(|(place, _)| place.is_none()).map(|(_, line)| *line).collect();
    if !others.is_empty() {
        pen.paragraph("Ý kiến khác:".to_owned());
    }
    let is_other =
        |speech: &Record| speech.link(&field::ITEM).is_none_or(|id| !items.iter().any(|item| item.id == id));
    turns(pen, depth, None, others, stops, is_other);
}

/// The item under which a line is told: its own; of one that was typed in a list that of the difficulty which it answers, else the item that was on
/// when it was typed.
fn item_of(board: &Board, line: &Record) -> Option<RecordId> {
    let is_item = |id: &RecordId| {
        board.record(*id).is_some_and(|item| item.kind() == Some(Kind::AgendaItem) && !item.is_removed())
    };
    let own = |line: &Record| line.link(&field::ITEM).filter(is_item);
    let answered =
        || line.linked(set::ANSWERS).filter_map(|id| own(board.record(board.merge_root(id))?)).min();
    let was_on = || agenda::on_at(board, moment_of(board, line)?).map(|item| item.id);
    own(line).or_else(answered).or_else(was_on)
}

/// When nothing went on: a pause, or the time between two sittings.
struct Stop {
    from: DateTime<FixedOffset>,
    text: String,
}

/// The pauses and breaks of the session, told; what took less than a minute was a slip.
fn stops(board: &Board) -> Vec<Stop> {
    let told = |what: &str, (from, to): Span| {
        let to = to.map(|to| format!(" đến {}", later(from, to))).unwrap_or_default();
        Stop { from, text: format!("{what} từ {}{to}.", clock(from.time())) }
    };
    let counts = |(from, to): &Span| to.is_none_or(|to| to - from >= TimeDelta::minutes(1));
    let pauses = timing::session_pauses(board).into_iter().filter(counts);
    let pauses = pauses.map(|span| told("Hội nghị tạm nghỉ", span));
    let breaks = sitting::breaks(board).into_iter().filter(|span| span.1.is_some() && counts(span));
    pauses.chain(breaks.map(|span| told("Nghỉ giữa hai buổi", span))).collect()
}

/// A time of day, with its date if that is another.
fn later(from: DateTime<FixedOffset>, to: DateTime<FixedOffset>) -> String {
    let time = clock(to.time());
    if from.date_naive() == to.date_naive() { time } else { time + &on_day(to) }
}

fn falls_into(stop: &Stop, item: &Record) -> bool {
    let began = timing::began(item).is_some_and(|began| began <= stop.from);
    began && timing::ended(item).is_none_or(|ended| stop.from < ended)
}

/// What stands in the course of the session at its moment.
enum Turn<'a> {
    Said(&'a Record),
    Stop(Stop),
}

/// Speeches, lines and pauses of an item in true order; the lines that were recorded during a speech stand under it.
fn turns(
    pen: &mut Pen<'_>,
    depth: Depth,
    item: Option<&Record>,
    lines: Vec<&Record>,
    stops: Vec<Stop>,
    is_here: impl Fn(&Record) -> bool,
) {
    let board = pen.board;
    let speeches: Vec<&Record> = speech::held(board).into_iter().filter(|speech| is_here(speech)).collect();
    let speech_of = |line: &Record| {
        speeches.iter().find(|speech| speech::holds(board, speech, line)).map(|speech| speech.id)
    };
    let (under, alone): (Vec<&Record>, Vec<&Record>) =
        lines.into_iter().partition(|line| speech_of(line).is_some());
    let said = speeches.iter().copied().chain(alone).map(Turn::Said);
    let mut turns: Vec<Turn<'_>> = said.chain(stops.into_iter().map(Turn::Stop)).collect();
    turns.sort_by_cached_key(|turn| match turn {
        Turn::Said(said) => (timing::began(said).or_else(|| moment_of(board, said)), Some(said.born)),
        Turn::Stop(stop) => (Some(stop.from), None),
    });
    let mut theme = None;
    if let Some(item) = item.filter(|_| !turns.iter().any(|turn| matches!(turn, Turn::Said(_)))) {
        turn_to_theme(pen, item, &mut theme);
    }
    for turn in turns {
        if let Turn::Said(said) = turn {
            turn_to_theme(pen, said, &mut theme);
        }
        match turn {
            Turn::Stop(stop) => pen.paragraph(stop.text),
            Turn::Said(speech) if speech.kind() == Some(Kind::Speech) => {
                let own = under.iter().filter(|line| speech_of(line) == Some(speech.id)).copied();
                passage(pen, depth, speech, &own.collect::<Vec<_>>());
            }
            Turn::Said(line) => spoken_line(pen, line),
        }
    }
}

/// A speech: whose, when, what was summed up of it, and what was recorded during it.
fn passage(pen: &mut Pen<'_>, depth: Depth, speech: &Record, lines: &[&Record]) {
    if depth != Depth::Full && lines.is_empty() {
        return;
    }
    let who = speaker_of(pen, speech).unwrap_or_else(|| pen.gap_of(speech, "người phát biểu"));
    let (times, sample) = times_of(speech);
    let times = marked(&times.join(" – "), sample);
    let text = speech.text(&field::TEXT).map(|text| format!(" {}", ended(text))).unwrap_or_default();
    pen.paragraph(format!("{who} ({times}):{text}"));
    for line in lines {
        pen.dash(ended(&wording(line)));
    }
    if let Some(result) = speech.text(&field::RESULT) {
        pen.paragraph(ended(result));
    }
}

/// The speaker of a line or a speech, else its unit.
fn speaker_of(pen: &Pen<'_>, said: &Record) -> Option<String> {
    let speaker = said.link(&field::SPEAKER).and_then(|id| pen.board.record(id)).map(person);
    let speaker = speaker.map(|speaker| marked(&speaker, said.is_sample(&field::SPEAKER)));
    speaker.or_else(|| pen.unit_of(said))
}

/// Tells the theme that something is about if it is another than the one before, where the session has several.
fn turn_to_theme(pen: &mut Pen<'_>, said: &Record, before: &mut Option<RecordId>) {
    let theme = agenda::theme_of(pen.board, said).filter(|theme| *before != Some(theme.id));
    let Some(theme) = theme.filter(|_| pen.board.of_kind(Kind::Theme).len() > 1) else { return };
    *before = Some(theme.id);
    pen.paragraph(format!("Chuyên đề: {}", ended(theme.wording())));
}

/// An item's title with the time it took; one mark tells that title and time are a sample.
fn timed(item: &Record) -> String {
    let (times, sample) = times_of(item);
    let times = match &*times {
        [began] if timing::began(item).is_some() => format!("từ {began}"),
        [began, ended] => format!("{began} – {ended}"),
        _ => return wording(item),
    };
    if sample && item.flag(&field::SAMPLE) {
        return marked(&format!("{} ({times})", item.wording()), true);
    }
    format!("{} ({})", wording(item), marked(&times, sample))
}

/// What belongs to an item by its nature: the pledge's signatures, the keynote.
fn item_course(pen: &mut Pen<'_>, item: &Record) {
    match agenda::item_kind(item) {
        AgendaKind::Pledge => {
            let signatures = pledge::signatures(pen.board);
            let signed = signatures.iter().filter(|(_, signature)| signature.is_some()).count();
            if signed > 0 {
                pen.paragraph(format!("{signed}/{} đơn vị đã ký giao ước.", signatures.len()));
            }
        }
        AgendaKind::Keynote => {
            for section in keynote::sections(pen.board) {
                let by = pen.unit_of(section.record).map(|unit| format!("{unit}: ")).unwrap_or_default();
                pen.dash(ended(&format!("{by}{}", wording(section.record))));
            }
        }
        AgendaKind::FollowUp => following::in_minutes(pen),
        _ => {}
    }
}

/// The captured lines in the order in which they were said, as they were said: merged ones too.
fn spoken<'a>(pen: &Pen<'a>, depth: Depth) -> Vec<&'a Record> {
    let kinds: &[Kind] = match depth {
        Depth::Full => {
            &[Kind::Note, Kind::Difficulty, Kind::Cause, Kind::Opinion, Kind::Solution, Kind::Recommendation]
        }
        _ => &[Kind::Difficulty, Kind::Solution],
    };
    let all = kinds.iter().flat_map(|kind| pen.board.of_kind(*kind)).collect();
    let mut said = on_record(all);
    said.sort_by_cached_key(|line| (moment_of(pen.board, line), line.born));
    said
}

/// When a line was said; for one that was written and not captured, when it was written.
fn moment_of(board: &Board, line: &Record) -> Option<DateTime<FixedOffset>> {
    let written = || board.change(line.born.id).map(|change| change.header.at);
    line.moment(&field::SAID_AT).or_else(written)
}

/// What was said and by whom; what was written and not captured may be nobody's.
fn spoken_line(pen: &mut Pen<'_>, line: &Record) {
    let who = speaker_of(pen, line);
    let who = who.or_else(|| speech::is_of_nobody(line).then(|| pen.gap_of(line, "người phát biểu")));
    let who = who.or_else(|| sort_of(line).map(str::to_owned)).map(|who| format!("{who}: "));
    pen.dash(ended(&format!("{}{}", who.unwrap_or_default(), wording(line))));
}

/// What is told of something that nobody in particular said.
fn sort_of(line: &Record) -> Option<&'static str> {
    match line.kind()? {
        Kind::Cause => Some("Nguyên nhân"),
        Kind::Solution => Some("Giải pháp"),
        Kind::Recommendation => Some("Kiến nghị"),
        _ => None,
    }
}

fn concluded(pen: &mut Pen<'_>, label: &str) {
    pen.subheading(label.to_owned(), "Kết luận");
    let kinds = [Kind::Conclusion, Kind::Task, Kind::Recommendation];
    let records: Vec<&Record> = kinds.iter().flat_map(|kind| pen.records(*kind)).collect();
    if records.is_empty() {
        let gap = pen.gap("kết luận của chủ trì");
        pen.paragraph(gap);
    }
    let read = reading::told(pen);
    for record in records {
        let number = record.short_number().map(|number| format!("{number}: ")).unwrap_or_default();
        let text = one_concluded(pen, record);
        pen.dash(ended(&format!("{number}{text}")));
    }
    if let Some(read) = read {
        pen.paragraph(read);
    }
}

/// What was concluded, with who has to do what, or to whom it goes.
fn one_concluded(pen: &mut Pen<'_>, record: &Record) -> String {
    if record.kind() == Some(Kind::Conclusion) {
        return pen.tell_conclusion(record);
    }
    let (text, work) = (pen.tell(record), pen.work(record, false));
    let to = record.text(&field::ADDRESSEE).map(|to| format!("nơi nhận: {to}"));
    let parts: Vec<String> = to.into_iter().chain((!work.is_empty()).then_some(work)).collect();
    if parts.is_empty() { text } else { format!("{text} ({})", parts.join("; ")) }
}

/// Left the recorder, right the chair.
fn signatures(pen: &Pen<'_>) -> Vec<Signature> {
    let session = pen.session();
    let signature = |position: &str, person: Option<&Record>| Signature {
        authority: String::new(),
        position: position.to_owned(),
        name: person.map(|person| signed_name(person.wording())).unwrap_or_default(),
    };
    vec![
        signature("THƯ KÝ", session.and_then(Session::recorder)),
        signature("CHỦ TRÌ", session.and_then(Session::chair)),
    ]
}
