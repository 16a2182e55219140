//! Units and people: who is a member, who was summoned.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    board::Board,
    field::{self, set},
    ids::RecordId,
    kind::{Kind, PartPlayed},
    record::Record,
    session::Session,
};
use crate::text::collate;

/// A unit's code (`Q1`), or its name if it has none.
pub fn code(unit: &Record) -> &str {
    unit.text(&field::CODE).unwrap_or_else(|| unit.wording())
}

/// The unit of a record, if it names one that exists.
pub fn unit_of<'a>(board: &'a Board, record: &Record) -> Option<&'a Record> {
    let unit = board.record(record.link(&field::UNIT)?)?;
    (unit.kind() == Some(Kind::Unit)).then_some(unit)
}

/// The units for which a person is there: their own, then the others that they belong to, in the units' order.
pub fn units_of<'a>(board: &'a Board, attendee: &Record) -> Vec<&'a Record> {
    let own = unit_of(board, attendee);
    let also: Vec<RecordId> =
        attendee.linked(set::ALSO).filter(|id| own.is_none_or(|own| own.id != *id)).collect();
    let others = board.each_of_kind(Kind::Unit).filter(|unit| also.contains(&unit.id));
    own.into_iter().chain(others).collect()
}

/// How many people are of a unit, or were until it was removed.
pub fn people_of(board: &Board, unit: RecordId) -> usize {
    board.each_of_kind(Kind::Attendee).filter(|person| person.link(&field::UNIT) == Some(unit)).count()
}

/// Whether a unit exists on a day.
pub fn exists_on(unit: &Record, day: NaiveDate) -> bool {
    unit.date(&field::VALID_FROM).is_none_or(|from| from <= day)
        && unit.date(&field::VALID_TO).is_none_or(|to| day <= to)
}

/// The units that take part: those that exist on the session's day, in their order, without those of which only guests come.
pub fn members(board: &Board) -> Vec<&Record> {
    let day = Session::of(board).and_then(Session::date);
    let invited = invited(board);
    let units = board.each_of_kind(Kind::Unit).filter(|unit| day.is_none_or(|day| exists_on(unit, day)));
    units.filter(|unit| !invited.contains(&unit.id)).collect()
}

/// The units whose people are all guests.
fn invited(board: &Board) -> BTreeSet<RecordId> {
    let is_guest = |person: &&Record| part_played(person) == PartPlayed::Guest;
    let guests = board.each_of_kind(Kind::Attendee).filter(is_guest);
    let mut units: BTreeSet<RecordId> = guests.filter_map(|guest| guest.link(&field::UNIT)).collect();
    if !units.is_empty() {
        for person in board.each_of_kind(Kind::Attendee).filter(|person| !is_guest(person)) {
            for unit in units_of(board, person) {
                units.remove(&unit.id);
            }
        }
    }
    units
}

/// Whether a unit is none of a session on a later day: it has ended by then, or another has taken its place.
pub fn is_over_by(unit: &Record, day: NaiveDate) -> bool {
    let is_replaced = unit.link(&field::SUCCESSOR).is_some() && unit.date(&field::VALID_TO).is_none();
    is_replaced || !exists_on(unit, day)
}

/// The unit that takes the place of one, if somebody has said so.
pub fn successor<'a>(board: &'a Board, unit: &Record) -> Option<&'a Record> {
    board.record(unit.link(&field::SUCCESSOR)?).filter(|next| next.kind() == Some(Kind::Unit))
}

/// What a person does at the session.
pub fn part_played(attendee: &Record) -> PartPlayed {
    let name = attendee.text(&field::PART_PLAYED);
    name.and_then(PartPlayed::named).unwrap_or(PartPlayed::Delegate)
}

/// Sorts people as lists have them: the units in their order and whoever is of none last; in each unit as somebody arranged them,
/// else the chair first and the others by given name.
pub fn sort_people(board: &Board, people: &mut [&Record]) {
    let units: Vec<RecordId> = board.of_kind(Kind::Unit).into_iter().map(|unit| unit.id).collect();
    let unit_of = |person: &Record| {
        let unit = person.link(&field::UNIT).and_then(|id| units.iter().position(|unit| *unit == id));
        unit.unwrap_or(units.len())
    };
    let arranged = people.iter().filter(|person| was_arranged(person)).map(|person| unit_of(person));
    let arranged: BTreeSet<usize> = arranged.collect();
    people.sort_by_cached_key(|person| {
        let unit = unit_of(person);
        let chairs = part_played(person) == PartPlayed::Chair;
        let name = (!arranged.contains(&unit)).then(|| (!chairs, collate::name_key(person.wording())));
        (unit, name)
    });
}

/// Whether a person has another place than that at which they were added, or had one in the session before.
pub fn was_arranged(person: &Record) -> bool {
    let moved =
        |person: &Record| person.seen(&field::POSITION).iter().any(|write| write.change != person.born.id);
    person.flag(&field::ARRANGED) || moved(person)
}

/// The session's unit with that code, case aside.
pub fn unit_by_code(board: &Board, code_typed: &str) -> Option<RecordId> {
    let typed = code_typed.to_lowercase();
    let units = board.of_kind(Kind::Unit);
    units.iter().find(|unit| code(unit).to_lowercase() == typed).map(|unit| unit.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::{Command, Place},
        edit::Edit,
        testing::{Desk, UNITS},
    };

    #[test]
    fn a_unit_is_found_by_its_code_in_either_case() {
        let desk = Desk::at_session(1);
        assert_eq!(unit_by_code(&desk.board, "q2"), Some(UNITS[1]));
        assert_eq!(unit_by_code(&desk.board, "q9"), None);
    }

    #[test]
    fn people_of_a_unit_stay_when_it_is_removed() {
        let mut desk = Desk::at_session(1);
        assert_eq!(people_of(&desk.board, UNITS[0]), 0);
        for unit in [UNITS[0], UNITS[0], UNITS[1]] {
            let (record, details) =
                (desk.ids.record(), vec![Edit::Title("A".into()), Edit::Unit(Some(unit))]);
            desk.submit(&Command::Add { record, kind: Kind::Attendee, details, place: Place::Last }).unwrap();
        }
        assert_eq!(people_of(&desk.board, UNITS[0]), 2);
        desk.submit(&Command::Remove { record: UNITS[0] }).unwrap();
        assert_eq!((people_of(&desk.board, UNITS[0]), desk.board.of_kind(Kind::Attendee).len()), (2, 3));
    }

    #[test]
    fn people_stand_by_unit_and_in_it_the_chair_and_then_by_given_name() {
        let mut desk = Desk::at_session(1);
        for (name, unit, part) in [
            ("Trần Văn Ân", 1, PartPlayed::Delegate),
            ("Khách", 9, PartPlayed::Guest),
            ("Lê Văn Anh", 1, PartPlayed::Delegate),
            ("Vũ Đức Đạt", 0, PartPlayed::Delegate),
            ("Y Wăng Niê", 1, PartPlayed::Chair),
            ("Đặng Thị Ánh", 1, PartPlayed::Delegate),
        ] {
            let record = desk.ids.record();
            let unit = Edit::Unit(UNITS.get(unit).copied());
            let details = vec![Edit::Title(name.into()), unit, Edit::PartPlayed(part)];
            desk.submit(&Command::Add { record, kind: Kind::Attendee, details, place: Place::Last }).unwrap();
        }
        let mut people = desk.board.of_kind(Kind::Attendee);
        sort_people(&desk.board, &mut people);
        let names: Vec<&str> = people.into_iter().map(Record::wording).collect();
        let order = ["Vũ Đức Đạt", "Y Wăng Niê", "Lê Văn Anh", "Đặng Thị Ánh", "Trần Văn Ân", "Khách"];
        assert_eq!(names, order);
        let last = desk.board.of_kind(Kind::Attendee).last().map(|person| person.id).unwrap();
        desk.submit(&Command::Move { record: last, place: Place::First }).unwrap();
        let mut people = desk.board.of_kind(Kind::Attendee);
        sort_people(&desk.board, &mut people);
        let names: Vec<&str> = people.into_iter().map(Record::wording).skip(1).collect();
        assert_eq!(
            names,
            ["Đặng Thị Ánh", "Trần Văn Ân", "Lê Văn Anh", "Y Wăng Niê", "Khách"],
            "arranged by hand"
        );
    }

    #[test]
    fn a_unit_of_which_only_guests_come_takes_no_part() {
        let mut desk = Desk::at_session(1);
        let mut person = |unit: usize, part| {
            let record = desk.ids.record();
            let details =
                vec![Edit::Title("người".into()), Edit::Unit(Some(UNITS[unit])), Edit::PartPlayed(part)];
            desk.submit(&Command::Add { record, kind: Kind::Attendee, details, place: Place::Last }).unwrap();
        };
        person(0, PartPlayed::Delegate);
        person(0, PartPlayed::Guest);
        person(2, PartPlayed::Guest);
        let ids: Vec<RecordId> = members(&desk.board).into_iter().map(|unit| unit.id).collect();
        assert_eq!(
            ids,
            [UNITS[0], UNITS[1]],
            "nobody was named for the second, and it is a member all the same"
        );
    }

    #[test]
    fn a_unit_takes_part_while_it_exists_and_until_another_takes_its_place() {
        let mut desk = Desk::at_session(1);
        let held = Session::of(&desk.board).and_then(Session::date).unwrap();
        let codes = |desk: &Desk| members(&desk.board).into_iter().map(|unit| unit.id).collect::<Vec<_>>();
        let all = codes(&desk);
        desk.edit(UNITS[1], Edit::ValidTo(Some(held))).unwrap();
        assert_eq!(codes(&desk), all, "its last day is one of its days");
        let unit = |desk: &Desk| desk.board.record(UNITS[1]).unwrap().clone();
        let next_day = held.succ_opt().unwrap();
        assert!(!is_over_by(&unit(&desk), held) && is_over_by(&unit(&desk), next_day));
        desk.edit(UNITS[1], Edit::ValidTo(held.pred_opt())).unwrap();
        assert!(!codes(&desk).contains(&UNITS[1]));
        desk.edit(UNITS[1], Edit::ValidTo(None)).unwrap();
        desk.edit(UNITS[1], Edit::Successor(Some(UNITS[0]))).unwrap();
        assert_eq!(codes(&desk), all, "it is one of this session as long as no day says when it ends");
        assert!(is_over_by(&unit(&desk), next_day));
        assert_eq!(successor(&desk.board, &unit(&desk)).map(|next| next.id), Some(UNITS[0]));
        desk.edit(UNITS[0], Edit::ValidFrom(Some(next_day))).unwrap();
        assert!(!codes(&desk).contains(&UNITS[0]), "it is not there yet");
    }
}
