//! Papers that are one table: who was there, who signs in, and the programme.

use chrono::{NaiveTime, TimeDelta};

use super::{
    Block, Column, Document, Paper, Signature, Wording, composition,
    facts::{Pen, called, clock, ended, marked, person, wording},
};
use crate::domain::{
    agenda,
    board::Board,
    field,
    kind::{AgendaKind, Attendance, Kind, PartPlayed},
    record::Record,
    roll_call::{self, Slot},
    roster,
    session::Session,
};

/// Lines of the sign-in sheet for people who are not on the list.
const SPARE: usize = 5;

/// Who was summoned and how each attended.
pub(super) fn attendance(board: &Board, words: &Wording) -> Document {
    let mut pen = Pen::new(board, words);
    let about = about(&mut pen, "đại biểu dự");
    let head = pen.head_unnumbered("DANH SÁCH", about);
    pen.when_and_where();
    let people = people(&mut pen);
    let sittings = roll_call::sittings(board);
    let official: Vec<&Record> = people.iter().copied().filter(|one| !is_guest(one)).collect();
    if !official.is_empty() {
        for (sitting, slot) in &sittings {
            let text = composition::figures(&pen, *sitting, *slot, &official);
            pen.paragraph(ended(&text));
        }
    }
    let mut columns = of_people();
    columns.extend(
        sittings
            .iter()
            .map(|(sitting, _)| Column::new(&sitting.map_or_else(|| "Điểm danh".to_owned(), wording), 4)),
    );
    let mut rows = rows(&pen, &people);
    for (row, one) in rows.iter_mut().zip(&people) {
        row.extend(sittings.iter().map(|(_, slot)| presence(&mut pen, one, *slot)));
    }
    pen.table(columns, rows);
    let recorder = Signature {
        authority: String::new(),
        position: "NGƯỜI LẬP DANH SÁCH".to_owned(),
        name: String::new(),
    };
    pen.finish(Paper::Attendance, head, vec![recorder], Vec::new())
}

/// The sheet on which people sign as they arrive, sitting by sitting.
pub(super) fn sign_in(board: &Board, words: &Wording) -> Document {
    let mut pen = Pen::new(board, words);
    let about = about(&mut pen, "đại biểu ký tên dự");
    let head = pen.head_unnumbered("DANH SÁCH", about);
    pen.when_and_where();
    let people = people(&mut pen);
    let mut columns = of_people();
    let sittings = roll_call::sittings(board);
    columns.extend(
        sittings
            .iter()
            .map(|(sitting, _)| Column::new(&sitting.map_or_else(|| "Ký tên".to_owned(), wording), 4)),
    );
    let mut rows = rows(&pen, &people);
    rows.extend((people.len() + 1..).take(SPARE).map(|number| vec![number.to_string()]));
    for row in &mut rows {
        row.resize(columns.len(), String::new());
    }
    pen.table(columns, rows);
    if let Some(Block::Table(table)) = pen.blocks.last_mut() {
        table.by_hand = true;
    }
    pen.finish(Paper::SignIn, head, Vec::new(), Vec::new())
}

/// The agenda with planned times.
pub(super) fn programme(board: &Board, words: &Wording) -> Document {
    let mut pen = Pen::new(board, words);
    let about = about(&mut pen, "");
    let head = pen.head_unnumbered("CHƯƠNG TRÌNH", about);
    let begins = pen.session().and_then(Session::begins);
    let items = board.of_kind(Kind::AgendaItem);
    pen.when_and_where();
    let columns = vec![
        Column::centred("TT", 2),
        Column::centred("Thời gian", 8),
        Column::new("Nội dung", 17),
        Column::centred("Phút", 3),
    ];
    let times = planned_times(begins, &items);
    let row = |((number, item), time): ((usize, &&Record), String)| {
        vec![number.to_string(), time, wording(item), agenda::planned(item).to_string()]
    };
    pen.table(columns, (1..).zip(&items).zip(times).map(row).collect());
    pen.finish(Paper::Programme, head, Vec::new(), Vec::new())
}

/// From when to when each item is planned; people are received before the session begins.
fn planned_times(begins: Option<NaiveTime>, items: &[&Record]) -> Vec<String> {
    let Some(begins) = begins else { return vec![String::new(); items.len()] };
    let minutes = |item: &Record| TimeDelta::minutes(i64::from(agenda::planned(item)));
    let before = items.iter().take_while(|item| agenda::item_kind(item) == AgendaKind::Reception);
    let mut at = before.fold(begins, |at, item| at - minutes(item));
    let span = |item: &&Record| {
        let from = at;
        at += minutes(item);
        format!("{} – {}", clock(from), clock(at))
    };
    items.iter().map(span).collect()
}

/// `đại biểu dự hội nghị …`.
fn about(pen: &mut Pen<'_>, what: &str) -> String {
    let title = pen.session().map(called);
    let title = pen.need(title, "tên hội nghị");
    format!("{what} hội nghị {title}").trim_start().to_owned()
}

/// Everybody on the list by unit and name, guests last.
fn people<'a>(pen: &mut Pen<'a>) -> Vec<&'a Record> {
    let mut attendees = pen.board.of_kind(Kind::Attendee);
    roster::sort_people(pen.board, &mut attendees);
    if attendees.is_empty() {
        pen.missing.push("danh sách đại biểu".to_owned());
    }
    let (guests, mut people): (Vec<&Record>, Vec<&Record>) =
        attendees.into_iter().partition(|one| is_guest(one));
    people.extend(guests);
    people
}

fn is_guest(attendee: &Record) -> bool {
    roster::part_played(attendee) == PartPlayed::Guest
}

fn of_people() -> Vec<Column> {
    vec![Column::centred("TT", 1), Column::new("Họ và tên, chức vụ", 6), Column::new("Đơn vị", 5)]
}

/// Number, person, unit.
fn rows(pen: &Pen<'_>, people: &[&Record]) -> Vec<Vec<String>> {
    let row = |(number, one): (usize, &&Record)| {
        let guest = if is_guest(one) { " (khách mời)" } else { "" };
        let name = marked(&person(one), one.flag(&field::SAMPLE)) + guest;
        vec![number.to_string(), name, pen.units_of(one)]
    };
    (1..).zip(people).map(row).collect()
}

/// How somebody attended; empty for whoever was not asked yet.
fn presence(pen: &mut Pen<'_>, attendee: &Record, slot: Slot) -> String {
    let words = composition::attended(pen, attendee, slot);
    let present = (slot.attendance(attendee) == Attendance::Present).then(|| "có mặt".to_owned());
    present.into_iter().chain(words).collect::<Vec<_>>().join(", ")
}
