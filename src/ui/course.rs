//! How the session goes, in one line: the item and its clock, the forecast of the end, who speaks, who has not.
//!
//! ```text
//! 4 Thảo luận 12:41 / 45:00   bế mạc dự kiến 11:42 (trễ 12 phút)   đang nói Q5 02:10   chưa nói: Q10, TB
//! ```

use std::ops::Range;

use chrono::TimeDelta;

use crate::{
    app::{App, form::print_date, panes::Part, session::SessionSeat},
    domain::{
        agenda,
        kind::{AgendaKind, Kind},
        record::Record,
        roster, speech, timing,
    },
    i18n::{Strings, fill},
    text::width::{truncate, width},
};

/// What stands between two parts.
const BETWEEN: &str = "   ";
/// So many units are named; more are counted.
const NAMED: usize = 4;
/// The cells of an item's title, and of a speaker's name, where room is short.
const SHORT: usize = 12;

/// The parts, each from its longest form to none.
const PARTS: usize = 6;
const LOST: usize = 0;
const ITEM: usize = 1;
const FORECAST: usize = 2;
const FLOOR: usize = 3;
const SILENT: usize = 4;
const UNANSWERED: usize = 5;
/// Which part gives way, one form at a time, until the line fits.
const GIVE_WAY: [usize; 11] =
    [UNANSWERED, SILENT, FORECAST, FLOOR, ITEM, UNANSWERED, ITEM, SILENT, LOST, FORECAST, FLOOR];

/// Time as a clock that counts minutes shows it.
pub(super) fn clock(time: TimeDelta) -> String {
    let seconds = time.num_seconds().max(0);
    format!("{:02}:{:02}", seconds / 60, seconds % 60)
}

/// The line, and where in it a speech stands that takes too long.
pub(super) struct Course {
    /// What it says.
    pub(super) text: String,
    /// The bytes to be highlighted.
    pub(super) over: Option<Range<usize>>,
}

/// The line, at most so many cells.
pub(super) fn words(app: &App, seat: &SessionSeat, room: usize) -> Course {
    let parts: [Vec<String>; PARTS] = [
        lost(app, seat),
        item(app, seat),
        forecast(app, seat),
        floor(app, seat),
        silent(app, seat),
        unanswered(app, seat),
    ];
    let mut forms = [0; PARTS];
    let joined = |forms: &[usize; PARTS]| {
        let shown = parts.iter().zip(forms).filter_map(|(part, form)| part.get(*form));
        shown.filter(|text| !text.is_empty()).map(String::as_str).collect::<Vec<_>>().join(BETWEEN)
    };
    for part in GIVE_WAY {
        if width(&joined(&forms)) <= room {
            break;
        }
        if let Some(form) = forms.get_mut(part) {
            *form += 1;
        }
    }
    let text = truncate(&joined(&forms), room).into_owned();
    let speaks = seat.figures.floor.and_then(|id| seat.board.record(id));
    let shown = parts.get(FLOOR).and_then(|floor| floor.get(*forms.get(FLOOR)?));
    let shown = shown.filter(|_| speaks.is_some_and(|speech| is_over(app, seat, speech)));
    let over = shown.filter(|floor| !floor.is_empty()).and_then(|floor| {
        let at = text.find(&**floor)?;
        Some(at..at + floor.len())
    });
    Course { text, over }
}

/// Whether a speech that is on has taken longer than one may speak.
pub(super) fn is_over(app: &App, seat: &SessionSeat, speech: &Record) -> bool {
    let runs = seat.figures.floor == Some(speech.id) && left_open(app, seat, speech).is_none();
    let limit = speech::limit(&seat.board).filter(|_| runs);
    limit.is_some_and(|limit| seat.spent(speech, app.now) > limit)
}

/// The time of a speech, and that it is too long.
fn told_time(app: &App, seat: &SessionSeat, speech: &Record) -> String {
    let time = speech_clock(app, seat, speech);
    if is_over(app, seat, speech) { format!("{time} {}", app.strings().speech_over) } else { time }
}

/// The venues that are not connected: what is said now is not heard there.
fn lost(app: &App, seat: &SessionSeat) -> Vec<String> {
    let strings = app.strings();
    let counted = || fill(strings.venues_lost, &[&seat.figures.lost.len().to_string()]);
    match seat.figures.lost[..] {
        [] => Vec::new(),
        [only] => {
            let name = seat.board.record(only).map(Record::wording).unwrap_or_default();
            let long = |name: &str| fill(strings.venue_lost_short, &[name]);
            vec![long(name), long(&truncate(name, SHORT))]
        }
        _ => vec![counted(), counted()],
    }
}

fn item(app: &App, seat: &SessionSeat) -> Vec<String> {
    let strings = app.strings();
    let Some((id, number)) = seat.figures.item else { return Vec::new() };
    let Some(item) = seat.board.record(id) else { return Vec::new() };
    let [time, short] = item_times(app, seat, item);
    let title = match agenda::item_kind(item) {
        AgendaKind::Other => item.wording(),
        kind => strings.agenda_kind(kind),
    };
    vec![
        format!("{number} {title} {time}"),
        format!("{number} {} {time}", truncate(title, SHORT)),
        format!("{number} {short}"),
    ]
}

/// Since when something is open that was left so.
fn left_open(app: &App, seat: &SessionSeat, record: &Record) -> Option<String> {
    let since = timing::began(record).filter(|_| seat.is_left_open(record, app.now))?;
    Some(fill(app.strings().open_since, &[&print_date(since.date_naive())]))
}

/// The time of the item that is on, of how much, and whether the clock stands; the same shorter.
fn item_times(app: &App, seat: &SessionSeat, item: &Record) -> [String; 2] {
    let strings = app.strings();
    let planned = clock(TimeDelta::minutes(agenda::planned(item).into()));
    let paused = match (seat.figures.paused, seat.figures.adjourned) {
        (_, true) => format!(" ({})", strings.clock_adjourned),
        (true, false) => format!(" ({})", strings.clock_paused),
        (false, false) => String::new(),
    };
    let spent = clock(seat.spent(item, app.now));
    let running =
        || [fill(strings.clock_of, &[&spent, &planned]), format!("{spent}/{planned}")].map(|t| t + &paused);
    let open = left_open(app, seat, item).map(|since| [since.clone(), since]);
    open.unwrap_or_else(running)
}

/// `12:41 / 45:00` of the item that is on.
pub(super) fn item_clock(app: &App, seat: &SessionSeat, item: &Record) -> String {
    let [time, _] = item_times(app, seat, item);
    time
}

/// `12:41` of the item that is on; none of one that was left open.
pub(super) fn item_time(app: &App, seat: &SessionSeat, item: &Record) -> Option<String> {
    left_open(app, seat, item).is_none().then(|| clock(seat.spent(item, app.now)))
}

fn forecast(app: &App, seat: &SessionSeat) -> Vec<String> {
    let strings = app.strings();
    let Some(forecast) = timing::forecast(&seat.board, app.now) else { return Vec::new() };
    let (long, ends, late) = (strings.forecast(&forecast), forecast.ends.format("%H:%M"), forecast.late);
    let by = if late == 0 { String::new() } else { format!(" ({late:+})") };
    vec![long, fill(strings.forecast_short, &[&ends.to_string()]) + &by, String::new()]
}

/// What stands behind the name of a speech: its time, of which limit, and whether it stands still.
pub(super) fn speech_clock(app: &App, seat: &SessionSeat, speech: &Record) -> String {
    let strings = app.strings();
    if let Some(since) = left_open(app, seat, speech) {
        return since;
    }
    let spent = clock(seat.spent(speech, app.now));
    let limit = speech::limit(&seat.board).filter(|_| timing::ended(speech).is_none());
    let time = limit.map(|limit| fill(strings.clock_of, &[&spent, &clock(limit)])).unwrap_or(spent);
    let stands = seat.figures.floor == Some(speech.id) && seat.figures.floor_paused;
    if stands { format!("{time} ({})", strings.clock_paused) } else { time }
}

fn floor(app: &App, seat: &SessionSeat) -> Vec<String> {
    let strings = app.strings();
    let Some(speech) = seat.figures.floor.and_then(|id| seat.board.record(id)) else { return Vec::new() };
    let who = strings.whose(&seat.board, speech);
    let time = told_time(app, seat, speech);
    let short = format!("{} {time}", truncate(&who, SHORT));
    vec![fill(strings.floor, &[&who, &time]), short, String::new()]
}

/// The units that have not spoken, while people speak.
fn silent(app: &App, seat: &SessionSeat) -> Vec<String> {
    let strings = app.strings();
    let silent = &seat.figures.silent;
    let item = seat.figures.item.and_then(|(id, _)| seat.board.record(id));
    let discusses = item.is_some_and(|item| agenda::item_kind(item) == AgendaKind::Discussion);
    if silent.is_empty() || !(discusses || seat.figures.floor.is_some()) {
        return Vec::new();
    }
    let codes = silent.iter().filter_map(|id| seat.board.record(*id)).map(roster::code);
    let named = fill(strings.silent, &[&codes.collect::<Vec<_>>().join(", ")]);
    let counted = fill(strings.silent_count, &[&silent.len().to_string()]);
    let long = if silent.len() > NAMED { counted.clone() } else { named };
    vec![long, counted, String::new()]
}

fn unanswered(app: &App, seat: &SessionSeat) -> Vec<String> {
    let strings: &Strings = app.strings();
    let count = seat.figures.unanswered;
    if count == 0 {
        return Vec::new();
    }
    let count = count.to_string();
    vec![fill(strings.unanswered_count, &[&count]), fill(strings.unanswered_short, &[&count]), String::new()]
}

/// What stands at the right of a row whose clock moves; none for other rows.
pub(super) fn tail(app: &App, seat: &SessionSeat, record: &Record) -> Option<String> {
    let text = match record.kind()? {
        Kind::AgendaItem => {
            let on = seat.figures.item.is_some_and(|(item, _)| item == record.id);
            format!("{}{}", if on { "• " } else { "" }, item_minutes(app, seat, record))
        }
        Kind::Speech => speech_tail(app, seat, record),
        _ => return None,
    };
    Some(format!(" {text} "))
}

/// Planned minutes, and before them what it took of an item that was begun.
fn item_minutes(app: &App, seat: &SessionSeat, item: &Record) -> String {
    let planned = agenda::planned(item).to_string();
    if timing::began(item).is_none() {
        return fill(app.strings().planned_minutes, &[&planned]);
    }
    if let Some(since) = left_open(app, seat, item) {
        return since;
    }
    if timing::ends_before_it_begins(item) {
        return app.strings().ends_before.to_owned();
    }
    let spent = seat.spent(item, app.now).num_minutes().to_string();
    fill(app.strings().spent_minutes, &[&spent, &planned])
}

/// The time of a speech and, if its unit has spoken before, of all of them; of those who wait, who is next.
fn speech_tail(app: &App, seat: &SessionSeat, speech: &Record) -> String {
    let strings = app.strings();
    if timing::began(speech).is_none() {
        let next = seat.figures.suggested == Some(speech.id);
        return if next { strings.speech_next.to_owned() } else { String::new() };
    }
    if timing::ends_before_it_begins(speech) {
        return strings.ends_before.to_owned();
    }
    let time = told_time(app, seat, speech);
    if let Some(other) = seat.figures.overlaps.get(&speech.id).and_then(|id| seat.board.record(*id)) {
        let whose = strings.whose(&seat.board, other);
        return format!("{time}, {}", fill(strings.speech_overlaps, &[&truncate(&whose, SHORT)]));
    }
    let unit = speech::unit_of(&seat.board, speech);
    let all = unit.map(|unit| speech::time_of(&seat.board, unit.id, app.now));
    match all.filter(|(count, _)| *count > 1) {
        Some((count, all)) => {
            let all = fill(strings.speech_total, &[&count.to_string(), &clock(all)]);
            format!("{time} ({all})")
        }
        None => time,
    }
}

/// The heading over a part of the speakers, with what can be reckoned of it, in as many cells.
pub(super) fn part_words(app: &App, seat: &SessionSeat, part: Part, cells: usize) -> String {
    let (strings, board) = (app.strings(), &*seat.board);
    match part {
        Part::Floor => strings.part_floor.to_owned(),
        Part::Queue => {
            let minutes = speech::queued_time(board, app.now).num_minutes().to_string();
            fill(strings.part_queue, &[&speech::queue(board).len().to_string(), &minutes])
        }
        Part::Silent => match timing::allotment(board, app.now) {
            Some(shared) => Some(strings.shared_out(&shared))
                .filter(|text| width(text) <= cells)
                .unwrap_or_else(|| strings.shared_out_shortly(&shared)),
            None => fill(strings.part_silent, &[&seat.figures.silent.len().to_string()]),
        },
        Part::Unknown => strings.part_unknown.to_owned(),
        Part::Heard => strings.part_heard.to_owned(),
        Part::Before => strings.concluding.part_before.to_owned(),
        Part::Here => strings.concluding.part_here.to_owned(),
        Part::After => strings.concluding.part_after.to_owned(),
        Part::NothingAfter => strings.concluding.part_nothing_after.to_owned(),
        Part::Unanswered => strings.unanswered.to_owned(),
        Part::Loose => strings.concluding.part_loose.to_owned(),
    }
}
