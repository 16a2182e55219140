//! The conclusion notice: opening, assessment, difficulties and how each is settled, tasks, recommendations, organisation.

use std::collections::BTreeSet;

use super::{
    Document, Paper, Wording, WordingError,
    facts::{Pen, attendance, called, ended, full_date, marked, on_record, person, unit_name, wording},
    following,
    wording::Fact,
};
use crate::domain::{
    board::Board,
    change::Field,
    conclusion, difficulty,
    field::{self, set},
    ids::RecordId,
    keynote,
    kind::{ConclusionPart, Kind, Layout, PartPlayed},
    record::Record,
    roster,
    session::Session,
};

/// The conclusion notice of a board, from whatever state of the session.
///
/// # Errors
/// A template that an office overrode cannot be filled.
pub fn conclusion_notice(board: &Board, words: &Wording) -> Result<Document, WordingError> {
    let mut pen = Pen::new(board, words);
    let about = about(&mut pen);
    let head = pen.head("THÔNG BÁO", "TB", about);
    let opening = opening(&mut pen);
    pen.paragraph(words.sentence("notice-opening.j2", &opening)?);
    body(&mut pen);
    let organisation = [("head_unit", head_unit(&mut pen))];
    pen.paragraph(words.sentence("notice-organisation.j2", &organisation)?);
    pen.paragraph(words.sentence("notice-closing.j2", &[])?);
    let signature = pen.chair_signs();
    let recipients = recipients(&pen);
    Ok(pen.finish(Paper::Notice, head, vec![signature], recipients))
}

/// What was concluded, part by part.
pub(super) fn body(pen: &mut Pen<'_>) {
    assessment(pen);
    difficulties(pen);
    tasks(pen);
    recommendations(pen);
    organisation(pen);
}

fn about(pen: &mut Pen<'_>) -> String {
    let theme = theme(pen);
    let quarter = pen.session().and_then(Session::quarter).map(|quarter| quarter.to_string());
    let quarter = pen.need(quarter, "quý");
    format!("kết luận chuyên đề “{theme}”, Quý {quarter}")
}

/// The themes, between semicolons.
fn theme(pen: &mut Pen<'_>) -> String {
    let themes =
        pen.session().map(|session| session.themes().into_iter().map(wording).collect::<Vec<_>>().join("; "));
    pen.need(themes, "chuyên đề")
}

fn opening(pen: &mut Pen<'_>) -> [Fact; 7] {
    let date = pen.session().and_then(Session::date).map(full_date);
    let title = pen.session().map(called);
    let attended = attended(pen);
    [
        ("date", pen.need(date, "ngày họp")),
        ("place", pen.need_field(&field::PLACE, "địa điểm")),
        ("cluster", pen.need_field(&field::CLUSTER, "tên cụm")),
        ("title", pen.need(title, "tên hội nghị")),
        ("chair", pen.chair()),
        ("attended", pen.need(attended, "thành phần tham dự")),
        ("keynote", keynote_words(pen)),
    ]
}

/// The guests by name, and the units with the figures of the roll call.
fn attended(pen: &Pen<'_>) -> Option<String> {
    let attendees = pen.board.of_kind(Kind::Attendee);
    let guests = attendees.iter().filter(|attendee| roster::part_played(attendee) == PartPlayed::Guest);
    let mut parts: Vec<String> =
        guests.map(|guest| marked(&person(guest), guest.flag(&field::SAMPLE))).collect();
    let units: Vec<&str> = roster::members(pen.board).into_iter().map(unit_name).collect();
    if !units.is_empty() {
        parts.push(format!("đại diện {}", units.join(", ")));
    }
    let figures = attendance(pen.board).map(|figures| format!(" ({figures})")).unwrap_or_default();
    (!parts.is_empty()).then(|| parts.join("; ") + &figures)
}

fn keynote_words(pen: &mut Pen<'_>) -> String {
    let theme = theme(pen);
    let sections = keynote::sections(pen.board);
    let by = sections.iter().find_map(|section| pen.unit_of(section.record));
    if sections.is_empty() {
        let gap = pen.gap("báo cáo đề dẫn");
        return format!("{gap} về chuyên đề “{theme}”");
    }
    let by = by.map(|unit| format!(" của {unit}")).unwrap_or_default();
    format!("báo cáo đề dẫn{by} về chuyên đề “{theme}”")
}

fn of_part<'a>(pen: &Pen<'a>, part: ConclusionPart) -> Vec<&'a Record> {
    let mut conclusions = pen.records(Kind::Conclusion);
    conclusions.retain(|record| conclusion::part(record) == part);
    conclusions
}

fn assessment(pen: &mut Pen<'_>) {
    pen.heading("Đánh giá chung");
    let conclusions = of_part(pen, ConclusionPart::Assessment);
    if conclusions.is_empty() {
        let gap = pen.gap("đánh giá chung");
        pen.paragraph(gap);
    }
    for conclusion in conclusions {
        let text = pen.tell_conclusion(conclusion);
        pen.paragraph(ended(&text));
    }
}

fn difficulties(pen: &mut Pen<'_>) {
    pen.heading("Khó khăn, vướng mắc và hướng xử lý");
    let difficulties = pen.records(Kind::Difficulty);
    if difficulties.is_empty() {
        pen.paragraph("Hội nghị không ghi nhận khó khăn, vướng mắc.".to_owned());
    }
    let tasks: Vec<RecordId> = pen.records(Kind::Task).iter().map(|task| task.id).collect();
    for (number, difficulty) in (1..).zip(difficulties) {
        one_difficulty(pen, number, difficulty);
        settlement(pen, difficulty, &tasks);
    }
    for cause in pen.untold(Kind::Cause) {
        dash(pen, "Nguyên nhân chung: ", cause);
    }
    for solution in pen.untold(Kind::Solution) {
        solution_line(pen, "Giải pháp chung: ", solution);
    }
    for conclusion in pen.untold(Kind::Conclusion) {
        if conclusion::part(conclusion) == ConclusionPart::Settlement {
            let text = pen.tell_conclusion(conclusion);
            pen.paragraph(ended(&text));
        }
    }
}

/// A difficulty with each unit's own wording, and its causes.
fn one_difficulty(pen: &mut Pen<'_>, number: usize, record: &Record) {
    let by = pen.unit_of(record).map(|unit| format!(" ({unit})")).unwrap_or_default();
    let text = pen.tell(record);
    pen.item(number, ended(&(text + &by)));
    for other in on_record(pen.board.gathered(record.id)) {
        let by = pen.unit_of(other).unwrap_or_else(|| "Ý kiến khác".to_owned());
        dash(pen, &format!("{by} nêu: "), other);
    }
    if let Some(units) = same_opinion(pen, record) {
        pen.dash(ended(&format!("Cùng ý kiến: {units}")));
    }
    for cause in answers(pen, record, Kind::Cause) {
        dash(pen, "Nguyên nhân: ", cause);
    }
}

/// The units that said that it is so with them too, in the order of the session's units.
fn same_opinion(pen: &Pen<'_>, record: &Record) -> Option<String> {
    let voices: Vec<&Record> =
        std::iter::once(record).chain(on_record(pen.board.gathered(record.id))).collect();
    if voices.iter().all(|voice| voice.members(set::SAME_OPINION).next().is_none()) {
        return None;
    }
    let same = |unit: &Record| {
        let member = Field::member(set::SAME_OPINION, unit.id);
        let voice = voices.iter().find(|voice| voice.flag(&member))?;
        Some(marked(unit_name(unit), voice.is_sample(&Field::shared(set::SAME_OPINION))))
    };
    let units: Vec<String> = pen.board.of_kind(Kind::Unit).into_iter().filter_map(same).collect();
    (!units.is_empty()).then(|| units.join("; "))
}

fn answers<'a>(pen: &Pen<'a>, record: &Record, kind: Kind) -> Vec<&'a Record> {
    on_record(difficulty::answers(pen.board, record.id, kind))
}

/// How a difficulty is settled: solutions, recommendations, conclusions; tasks by their number in part III, `tasks`.
fn settlement(pen: &mut Pen<'_>, record: &Record, tasks: &[RecordId]) {
    let before = pen.blocks.len();
    for solution in answers(pen, record, Kind::Solution) {
        solution_line(pen, "Hướng xử lý: ", solution);
    }
    for recommendation in answers(pen, record, Kind::Recommendation) {
        dash(pen, "Kiến nghị: ", recommendation);
    }
    for conclusion in answers(pen, record, Kind::Conclusion) {
        let text = pen.tell_conclusion(conclusion);
        pen.dash(ended(&format!("Kết luận: {text}")));
    }
    for task in answers(pen, record, Kind::Task) {
        let root = pen.board.merge_root(task.id);
        if let Some(at) = tasks.iter().position(|task| *task == root) {
            pen.dash(format!("Giao nhiệm vụ {} tại mục III.", at + 1));
        }
    }
    if pen.blocks.len() == before {
        let gap = pen.gap_of(record, "hướng xử lý");
        pen.dash(gap);
    }
}

fn dash(pen: &mut Pen<'_>, name: &str, record: &Record) {
    let text = pen.tell(record);
    pen.dash(ended(&format!("{name}{text}")));
}

/// A solution with who leads and supports, by when, and what there will be.
fn solution_line(pen: &mut Pen<'_>, name: &str, solution: &Record) {
    let text = pen.tell(solution);
    let work = pen.work(solution, false);
    let work = if work.is_empty() { work } else { format!(" ({work})") };
    pen.dash(ended(&format!("{name}{text}{work}")));
}

fn tasks(pen: &mut Pen<'_>) {
    pen.heading("Nhiệm vụ");
    let tasks = pen.records(Kind::Task);
    if tasks.is_empty() && following::carried(pen, false).is_empty() {
        let gap = pen.gap("nhiệm vụ");
        pen.paragraph(gap);
    }
    for (number, task) in (1..).zip(tasks) {
        let text = pen.tell(task);
        let work = pen.work(task, true);
        pen.item(number, ended(&format!("{text} ({work})")));
    }
    following::tasks_in_notice(pen);
}

fn recommendations(pen: &mut Pen<'_>) {
    pen.heading("Kiến nghị");
    let groups = by_addressee(pen);
    if groups.is_empty() && following::carried(pen, true).is_empty() {
        pen.paragraph("Hội nghị không có kiến nghị.".to_owned());
    }
    for (number, (addressee, records)) in (1..).zip(groups) {
        let addressee = match (addressee, records.first()) {
            (None, Some(record)) => pen.gap_of(record, "nơi nhận kiến nghị"),
            (addressee, _) => addressee.unwrap_or_default().to_owned(),
        };
        pen.subheading(format!("{number}."), &format!("Đối với {addressee}"));
        for record in records {
            dash(pen, "", record);
        }
    }
    following::recommendations_in_notice(pen);
}

/// The recommendations on the record by addressee.
pub(super) fn by_addressee<'a>(pen: &Pen<'a>) -> Vec<(Option<&'a str>, Vec<&'a Record>)> {
    let groups = conclusion::by_addressee(pen.board).into_iter();
    let shown = groups.map(|(addressee, records)| (addressee, on_record(records)));
    shown.filter(|(_, records)| !records.is_empty()).collect()
}

fn organisation(pen: &mut Pen<'_>) {
    pen.heading("Tổ chức thực hiện");
    for conclusion in of_part(pen, ConclusionPart::Organisation) {
        let text = pen.tell_conclusion(conclusion);
        pen.paragraph(ended(&text));
    }
}

fn head_unit(pen: &mut Pen<'_>) -> String {
    let head = pen.session().and_then(Session::head_unit).and_then(|id| pen.unit(id)).map(str::to_owned);
    pen.need(head, "cụm trưởng")
}

/// The superior body, the addressees of recommendations, the units, the archive.
fn recipients(pen: &Pen<'_>) -> Vec<String> {
    let mut recipients: Vec<String> = Vec::new();
    recipients.extend(pen.session().and_then(Session::superior).map(str::to_owned));
    recipients
        .extend(by_addressee(pen).into_iter().filter_map(|(addressee, _)| addressee.map(str::to_owned)));
    let again = following::carried(pen, true).into_iter();
    recipients.extend(again.filter_map(|item| item.text(&field::ADDRESSEE).map(str::to_owned)));
    recipients.extend(roster::members(pen.board).into_iter().map(|unit| unit_name(unit).to_owned()));
    let mut seen = BTreeSet::new();
    recipients.retain(|recipient| seen.insert(recipient.clone()));
    let archive = match pen.layout {
        Layout::Party => "Lưu Văn phòng",
        Layout::State => "Lưu: VT",
    };
    recipients.push(archive.to_owned());
    recipients
}
