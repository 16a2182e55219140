//! Who was there, in the words of the minutes: the figures of each sitting, person by person, and the venues.

use super::facts::{Pen, clock, ended, marked, person, time_of, unit_name, wording};
use crate::domain::{
    board::Board,
    field,
    kind::{Attendance, Kind, PartPlayed},
    record::Record,
    roll_call::{self, Roll, Slot, came},
    roster,
    session::Session,
    venue::{self, Outage},
};

/// Official people, guests, press.
pub(super) fn write(pen: &mut Pen<'_>) {
    pen.subheading("1.".to_owned(), "Thành phần tham dự");
    let attendees = pen.board.of_kind(Kind::Attendee);
    let (guests, official): (Vec<&Record>, Vec<&Record>) =
        attendees.into_iter().partition(|attendee| roster::part_played(attendee) == PartPlayed::Guest);
    pen.subheading("1.1.".to_owned(), "Thành phần chính thức");
    if official.is_empty() {
        let gap = pen.gap("thành phần chính thức");
        pen.paragraph(gap);
    } else {
        for (sitting, slot) in roll_call::sittings(pen.board) {
            let text = figures(pen, sitting, slot, &official);
            pen.paragraph(ended(&text));
        }
    }
    for attendee in official {
        attendee_line(pen, attendee);
    }
    pen.subheading("1.2.".to_owned(), "Khách mời");
    if guests.is_empty() {
        pen.paragraph("Không có.".to_owned());
    }
    for guest in guests {
        attendee_line(pen, guest);
    }
    pen.subheading("1.3.".to_owned(), "Phóng viên báo chí");
    pen.paragraph("Không có.".to_owned());
}

/// `Buổi sáng: triệu tập 20, có mặt 17, …; không có đại biểu của …`.
pub(super) fn figures(pen: &Pen<'_>, sitting: Option<&Record>, slot: Slot, official: &[&Record]) -> String {
    let roll = Roll::at(pen.board, slot);
    let counts = [
        ("có mặt", roll.present),
        ("vắng có lý do", roll.excused),
        ("vắng không lý do", roll.unexcused),
        ("đến muộn", late(pen, slot, official)),
        ("chưa điểm danh", roll.unmarked),
    ];
    let always = 3;
    let shown = counts.iter().enumerate().filter(|(at, (_, count))| *at < always || *count > 0);
    let parts: Vec<String> = shown.map(|(_, (what, count))| format!("{what} {count}")).collect();
    let begins = match sitting {
        Some(sitting) => format!("{}: triệu tập", sitting.wording()),
        None => "Triệu tập".to_owned(),
    };
    let text = format!("{begins} {}, {}{}", roll.summoned, parts.join(", "), without(pen.board, slot, &roll));
    marked(&text, official.iter().any(|attendee| attendee.flag(&field::SAMPLE)))
}

/// The units of which somebody was summoned and nobody came, once the roll was called.
fn without(board: &Board, slot: Slot, roll: &Roll) -> String {
    let attendees = board.of_kind(Kind::Attendee);
    let summoned = |unit: &&Record| {
        attendees.iter().any(|one| roster::units_of(board, one).iter().any(|of| of.id == unit.id))
    };
    let units = roll_call::units_without(board, slot).into_iter().filter(summoned);
    let units: Vec<&str> = units.map(unit_name).collect();
    if units.is_empty() || roll.unmarked > 0 {
        return String::new();
    }
    format!("; không có đại biểu của: {}", units.join(", "))
}

/// How many came after the session had begun; to a later sitting, how many were marked as late.
fn late(pen: &Pen<'_>, slot: Slot, attendees: &[&Record]) -> usize {
    let begins = pen.session().and_then(Session::begins).filter(|_| slot == Slot::FIRST);
    let arrivals = attendees.iter().filter_map(|attendee| slot.arrived(attendee));
    arrivals.filter(|at| begins.map_or(slot != Slot::FIRST, |begins| at.time() > begins)).count()
}

fn attendee_line(pen: &mut Pen<'_>, attendee: &Record) {
    let mut remarks = Vec::new();
    let venue = attendee.link(&field::VENUE).and_then(|id| pen.board.record(id));
    remarks.extend(venue.map(|venue| format!("tại {}", venue.wording())));
    for (sitting, slot) in roll_call::sittings(pen.board) {
        let of_sitting = attended(pen, attendee, slot).join(", ");
        match sitting {
            _ if of_sitting.is_empty() => {}
            Some(sitting) => remarks.push(format!("{}: {of_sitting}", sitting.wording().to_lowercase())),
            None => remarks.push(of_sitting),
        }
    }
    let remarks = if remarks.is_empty() { String::new() } else { format!(" – {}", remarks.join("; ")) };
    pen.dash(marked(&person(attendee), attendee.flag(&field::SAMPLE)) + &remarks);
}

/// What there is to say of a person's attendance; nothing of whoever was there from beginning to end.
pub(super) fn attended(pen: &mut Pen<'_>, attendee: &Record, slot: Slot) -> Vec<String> {
    let attendance = slot.attendance(attendee);
    if !came(attendance) && slot.represented(pen.board).contains(&attendee.id) {
        return vec!["có người dự thay".to_owned()];
    }
    let reason = slot.reason(attendee).map(|reason| format!(" ({reason})")).unwrap_or_default();
    let state = match attendance {
        Attendance::Unmarked | Attendance::Present => None,
        Attendance::Substitute => {
            let whom = slot.stands_for(pen.board, attendee).map(str::to_owned);
            Some(format!("dự thay {}", pen.need(whom, "người được dự thay")))
        }
        Attendance::AbsentExcused => Some(format!("vắng có lý do{reason}")),
        Attendance::AbsentUnexcused => Some(format!("vắng không lý do{reason}")),
    };
    let arrived = time_of(attendee, &slot.field(&field::ARRIVED)).map(|at| format!("đến lúc {at}"));
    let left = time_of(attendee, &slot.field(&field::LEFT)).map(|at| format!("về lúc {at}"));
    state.into_iter().chain(arrived).chain(left).collect()
}

/// The venues, and for how long each was not connected.
pub(super) fn venues(pen: &mut Pen<'_>) {
    for venue in pen.board.of_kind(Kind::Venue) {
        let place = venue.text(&field::PLACE).map(str::to_owned);
        let outages = venue::outages(venue).into_iter().map(outage);
        let counts = counts_at(pen.board, venue);
        let parts: Vec<String> =
            std::iter::once(wording(venue)).chain(place).chain(counts).chain(outages).collect();
        pen.dash(format!("Điểm cầu: {}", parts.join(", ")));
    }
}

/// How many were there, at each sitting: `buổi sáng có mặt 5/6`; nothing of a venue at which nobody is said to sit.
fn counts_at(board: &Board, venue: &Record) -> Vec<String> {
    let counted = |(sitting, slot): (Option<&Record>, Slot)| {
        let roll = Roll::at_venue(board, slot, venue.id);
        let when =
            sitting.map(|sitting| format!("{} ", sitting.wording().to_lowercase())).unwrap_or_default();
        (roll.summoned > 0).then(|| format!("{when}có mặt {}/{}", roll.present, roll.summoned))
    };
    roll_call::sittings(board).into_iter().filter_map(counted).collect()
}

fn outage(outage: Outage) -> String {
    let lost = clock(outage.lost.time());
    match outage.back {
        Some(back) => format!("mất kết nối từ {lost} đến {}", clock(back.time())),
        None => format!("mất kết nối từ {lost}"),
    }
}
