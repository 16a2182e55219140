//! The roll call in words: how one person attends, and the sentence that is read aloud.

use super::session::SessionSeat;
use crate::{
    domain::{
        field,
        ids::RecordId,
        kind::{Attendance, Kind},
        record::Record,
        roll_call::{Roll, Slot, came, units_without},
        roster, sitting, venue,
    },
    i18n::{Strings, fill},
};

impl SessionSeat {
    /// The sitting whose roll is called: the chosen one, else the one that is on, else the first; none where the session has none.
    pub fn sitting(&self) -> Option<&Record> {
        let sittings = self.board.of_kind(Kind::Sitting);
        let chosen = sittings.iter().find(|sitting| Some(sitting.id) == self.chosen_sitting);
        chosen.copied().or_else(|| sitting::current(&self.board)).or(sittings.first().copied())
    }

    /// Where its marks are kept.
    pub fn slot(&self) -> Slot {
        self.sitting().map_or(Slot::FIRST, Slot::of)
    }
}

/// So many units of which nobody is there are read by their codes; of more their number is told.
const NAMED: usize = 16;

/// `Có mặt 17/20 đại biểu, vắng có lý do 2, khách mời 1; đủ thành phần; Điểm cầu Thủ Đức 5/6`.
pub fn sentence(strings: &Strings, seat: &SessionSeat) -> String {
    let (board, slot) = (&seat.board, seat.slot());
    let roll = Roll::at(board, slot);
    let present = fill(strings.roll_present, &[&roll.present.to_string(), &roll.summoned.to_string()]);
    let counts = [
        (roll.excused, strings.roll_excused),
        (roll.unexcused, strings.roll_unexcused),
        (roll.unmarked, strings.roll_unmarked),
        (roll.guests, strings.roll_guests),
    ];
    let shown = counts.into_iter().filter(|(count, _)| *count > 0);
    let counted = shown.map(|(count, words)| fill(words, &[&count.to_string()]));
    let counted = std::iter::once(present).chain(counted).collect::<Vec<_>>().join(", ");
    let without: Vec<&str> = units_without(board, slot).into_iter().map(roster::code).collect();
    // Of nobody it cannot be said that all units are there.
    let composition = match without.as_slice() {
        [] => (roll.summoned > 0).then(|| strings.roll_complete.to_owned()),
        without if without.len() > NAMED => {
            Some(fill(strings.sorting.many_without, &[&without.len().to_string()]))
        }
        without => Some(fill(strings.roll_without, &[&without.join(", ")])),
    };
    let venues = board.of_kind(Kind::Venue).into_iter();
    let lost = |venue: &Record| fill(strings.venue_lost_short, &[venue.wording()]);
    let there = |venue: &Record| format!("{} {}", venue.wording(), at_venue(seat, venue.id));
    let is_lost = |venue: &Record| seat.figures.lost.contains(&venue.id);
    let venues = venues.map(|venue| if is_lost(venue) { lost(venue) } else { there(venue) });
    std::iter::once(counted).chain(composition).chain(venues).collect::<Vec<_>>().join("; ")
}

/// How many are there at a venue, of how many: `5/6`.
fn at_venue(seat: &SessionSeat, venue: RecordId) -> String {
    let roll = Roll::at_venue(&seat.board, seat.slot(), venue);
    format!("{}/{}", roll.present, roll.summoned)
}

/// How a person attends: `Đến muộn 08:20`, `Vắng có lý do: ốm`, `Dự thay: ông A`.
pub fn attends(strings: &Strings, seat: &SessionSeat, attendee: &Record) -> String {
    let (board, slot) = (&*seat.board, seat.slot());
    let attendance = slot.attendance(attendee);
    if !came(attendance) && slot.represented(board).contains(&attendee.id) {
        return strings.represented.to_owned();
    }
    let state = strings.attendance(attendance);
    let moments = [
        (strings.attendance_late, slot.arrived(attendee)),
        (strings.attendance_left_early, slot.left(attendee)),
    ];
    let times = moments.into_iter().filter_map(|(word, at)| Some(format!("{word} {}", at?.format("%H:%M"))));
    let mut parts: Vec<String> = times.collect();
    match attendance {
        Attendance::Substitute => {
            let whom = slot.stands_for(board, attendee).unwrap_or("?");
            parts.insert(0, format!("{state}: {whom}"));
        }
        Attendance::AbsentExcused | Attendance::AbsentUnexcused => {
            let reason = slot.reason(attendee).map(|reason| format!(": {reason}")).unwrap_or_default();
            parts.insert(0, format!("{state}{reason}"));
        }
        _ if parts.is_empty() => parts.push(state.to_owned()),
        _ => {}
    }
    parts.join(", ")
}

/// How many of a unit are there, of how many: `1/2`. Who belongs to several units counts in each.
pub fn of_group(seat: &SessionSeat, unit: Option<RecordId>) -> String {
    let slot = seat.slot();
    let represented = slot.represented(&seat.board);
    let is_of = |attendee: &Record| {
        let units = roster::units_of(&seat.board, attendee);
        unit.map_or(units.is_empty(), |unit| units.iter().any(|of| of.id == unit))
    };
    let mut people = seat.board.of_kind(Kind::Attendee);
    people.retain(|attendee| is_of(attendee) && !represented.contains(&attendee.id));
    let there = people.iter().filter(|attendee| came(slot.attendance(attendee))).count();
    format!("{there}/{}", people.len())
}

/// The field that most likely wants a word after a mark: the reason, for whom, a time.
pub(super) fn open_field(slot: Slot, attendee: &Record) -> Option<crate::domain::change::Field> {
    let base = match slot.attendance(attendee) {
        Attendance::AbsentExcused | Attendance::AbsentUnexcused => field::ABSENCE_REASON,
        _ if slot.left(attendee).is_some() => field::LEFT,
        _ if slot.arrived(attendee).is_some() => field::ARRIVED,
        Attendance::Substitute => field::SUBSTITUTE_FOR,
        Attendance::Present | Attendance::Unmarked => return None,
    };
    Some(slot.field(&base))
}

/// What stands at the right of a row: how a person attends, whether a venue is connected.
pub(super) fn row_tail(strings: &Strings, seat: &SessionSeat, record: &Record) -> String {
    match record.kind() {
        Some(Kind::Venue) => format!("{}, {}", at_venue(seat, record.id), connection(strings, record)),
        _ => attends(strings, seat, record),
    }
}

/// Whether a venue is connected, in words.
pub fn connection(strings: &Strings, record: &Record) -> String {
    match venue::outages(record).last().filter(|outage| outage.back.is_none()) {
        Some(outage) => fill(strings.venue_lost, &[&outage.lost.format("%H:%M").to_string()]),
        None => strings.venue_connected.to_owned(),
    }
}
