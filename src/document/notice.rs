//! The conclusion notice: opening, assessment, difficulties and how each is settled, tasks, recommendations, organisation.

use super::{
    Document, Paper, Wording, WordingError,
    facts::{Pen, attendance, ended, full_date, marked, on_record, person, unit_name, wording},
    wording::Fact,
};
use crate::domain::{
    board::Board,
    conclusion, difficulty, field, keynote,
    kind::{ConclusionPart, Kind, PartPlayed},
    record::Record,
    roster,
    session::Session,
};

/// The conclusion notice of a board, from whatever state of the session.
///
/// # Errors
/// A template that an office overrode cannot be filled.
pub fn conclusion_notice(board: &Board, words: &Wording) -> Result<Document, WordingError> {
    let mut pen = Pen::new(board);
    let about = about(&mut pen);
    let head = pen.head("THÔNG BÁO", "TB", about);
    let opening = opening(&mut pen);
    pen.paragraph(words.sentence("notice-opening.j2", &opening)?);
    assessment(&mut pen);
    difficulties(&mut pen);
    tasks(&mut pen);
    recommendations(&mut pen);
    organisation(&mut pen, words)?;
    pen.paragraph(words.sentence("notice-closing.j2", &[])?);
    let signature = pen.chair_signs();
    let recipients = recipients(&pen);
    let withheld = pen.withheld();
    Ok(Document {
        paper: Paper::Notice,
        layout: pen.layout,
        head,
        blocks: pen.blocks,
        signatures: vec![signature],
        recipients,
        missing: pen.missing,
        withheld,
    })
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
    let title = pen.session().map(|session| session.title().to_owned());
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
    let units: Vec<&str> = pen.board.of_kind(Kind::Unit).into_iter().map(unit_name).collect();
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
        pen.paragraph(ended(&wording(conclusion)));
    }
}

fn difficulties(pen: &mut Pen<'_>) {
    pen.heading("Khó khăn, vướng mắc và hướng xử lý");
    let difficulties = pen.records(Kind::Difficulty);
    if difficulties.is_empty() {
        pen.paragraph("Hội nghị không ghi nhận khó khăn, vướng mắc.".to_owned());
    }
    for (number, difficulty) in (1..).zip(difficulties) {
        one_difficulty(pen, number, difficulty);
    }
    for conclusion in of_part(pen, ConclusionPart::Settlement) {
        pen.paragraph(ended(&wording(conclusion)));
    }
}

/// A difficulty with each unit's own wording, its causes, and how it is settled.
fn one_difficulty(pen: &mut Pen<'_>, number: usize, record: &Record) {
    let by = pen.unit_of(record).map(|unit| format!(" ({unit})")).unwrap_or_default();
    pen.item(number, ended(&(wording(record) + &by)));
    for other in on_record(pen.board.merged_into(record.id)) {
        let by = pen.unit_of(other).unwrap_or_else(|| "ý kiến khác".to_owned());
        pen.dash(ended(&format!("{by} nêu: {}", wording(other))));
    }
    for cause in on_record(difficulty::answers(pen.board, record.id, Kind::Cause)) {
        pen.dash(ended(&format!("Nguyên nhân: {}", wording(cause))));
    }
    let solutions = on_record(difficulty::answers(pen.board, record.id, Kind::Solution));
    for solution in &solutions {
        let work = pen.work(solution, false);
        let work = if work.is_empty() { work } else { format!(" ({work})") };
        pen.dash(ended(&format!("Hướng xử lý: {}{work}", wording(solution))));
    }
    let recommended = on_record(difficulty::answers(pen.board, record.id, Kind::Recommendation));
    for recommendation in &recommended {
        pen.dash(ended(&format!("Kiến nghị: {}", wording(recommendation))));
    }
    let others = [Kind::Conclusion, Kind::Task];
    let settled = others.iter().any(|kind| !difficulty::answers(pen.board, record.id, *kind).is_empty());
    if solutions.is_empty() && recommended.is_empty() && !settled {
        let gap = pen.gap("hướng xử lý");
        pen.dash(gap);
    }
}

fn tasks(pen: &mut Pen<'_>) {
    pen.heading("Nhiệm vụ");
    let tasks = pen.records(Kind::Task);
    if tasks.is_empty() {
        let gap = pen.gap("nhiệm vụ");
        pen.paragraph(gap);
    }
    for (number, task) in (1..).zip(tasks) {
        let work = pen.work(task, true);
        pen.item(number, ended(&format!("{} ({work})", wording(task))));
    }
}

fn recommendations(pen: &mut Pen<'_>) {
    pen.heading("Kiến nghị");
    let groups = conclusion::by_addressee(pen.board);
    let mut number = 0;
    for (addressee, records) in groups {
        let records = on_record(records);
        if records.is_empty() {
            continue;
        }
        number += 1;
        let addressee = pen.need(addressee.map(str::to_owned), "nơi nhận kiến nghị");
        pen.subheading(format!("{number}."), &format!("Đối với {addressee}"));
        for record in records {
            pen.dash(ended(&wording(record)));
        }
    }
    if number == 0 {
        pen.paragraph("Hội nghị không có kiến nghị.".to_owned());
    }
}

fn organisation(pen: &mut Pen<'_>, words: &Wording) -> Result<(), WordingError> {
    pen.heading("Tổ chức thực hiện");
    for conclusion in of_part(pen, ConclusionPart::Organisation) {
        pen.paragraph(ended(&wording(conclusion)));
    }
    let head = pen.session().and_then(Session::head_unit).and_then(|id| pen.board.record(id));
    let head = head.map(|unit| unit_name(unit).to_owned());
    let head_unit = pen.need(head, "cụm trưởng");
    pen.paragraph(words.sentence("notice-organisation.j2", &[("head_unit", head_unit)])?);
    Ok(())
}

/// The superior body, the addressees of recommendations, the units, the archive.
fn recipients(pen: &Pen<'_>) -> Vec<String> {
    let mut recipients: Vec<String> = Vec::new();
    recipients.extend(pen.session().and_then(Session::superior).map(str::to_owned));
    for (addressee, _) in conclusion::by_addressee(pen.board) {
        recipients.extend(addressee.map(str::to_owned));
    }
    recipients.extend(pen.board.of_kind(Kind::Unit).into_iter().map(|unit| unit_name(unit).to_owned()));
    let mut seen = Vec::new();
    recipients.retain(|recipient| {
        let new = !seen.contains(recipient);
        seen.push(recipient.clone());
        new
    });
    recipients.push("Lưu Văn phòng".to_owned());
    recipients
}
