//! A list of units and people as somebody brings it, laid over the session's own: who is new, who is known.

use std::collections::BTreeSet;

use super::{
    board::Board,
    command::NewRecord,
    edit::Edit,
    field,
    ids::{IdStream, RecordId},
    kind::{Kind, PartPlayed},
    record::Record,
    roster,
    unit_line::Codes,
};

/// A line of the list: a unit, or a person of units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The unit's code; empty if only its name is known.
    pub code: String,
    /// The unit's name; empty if only its code is known.
    pub unit: String,
    /// The codes or names of further units to which the person belongs.
    pub also: Vec<String>,
    /// The person's name; empty if the line only names a unit.
    pub name: String,
    /// Their post.
    pub post: String,
    /// What they do at the session, if the list says it.
    pub part: Option<PartPlayed>,
}

/// What a list brings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summons {
    /// The new units, then the new people.
    pub records: Vec<NewRecord>,
    /// How many units of the list are on the session's own.
    pub known_units: usize,
    /// How many people are.
    pub known_people: usize,
}

impl Summons {
    /// What is new in a list. A unit is known by its code, or by its name; a person by their name within the unit.
    pub fn of(board: &Board, entries: &[Entry], ids: &mut IdStream) -> Self {
        let mut codes = Codes::default();
        for unit in board.each_of_kind(Kind::Unit) {
            codes.take(roster::code(unit));
        }
        for entry in entries {
            codes.take(&entry.code);
        }
        let (units, people) = (known_units(board), known_people(board));
        let mut list = List { ids, units, people, codes, new: Self::default() };
        for entry in entries {
            list.take(entry);
        }
        let (mut units, people): (Vec<_>, Vec<_>) =
            list.new.records.into_iter().partition(|record| record.kind == Kind::Unit);
        units.extend(people);
        Self { records: units, ..list.new }
    }

    /// How many of a kind are new.
    pub fn count(&self, kind: Kind) -> usize {
        self.records.iter().filter(|record| record.kind == kind).count()
    }
}

/// A unit by what a list may call it.
struct KnownUnit {
    record: RecordId,
    called: [String; 2],
    /// Whether the session had it before, and the list has named it by now.
    is_old: bool,
    is_met: bool,
}

struct List<'a> {
    ids: &'a mut IdStream,
    units: Vec<KnownUnit>,
    people: BTreeSet<(Option<RecordId>, String)>,
    codes: Codes,
    new: Summons,
}

impl List<'_> {
    fn take(&mut self, entry: &Entry) {
        let unit = self.unit(&entry.code, &entry.unit);
        if entry.name.is_empty() {
            return;
        }
        if !self.people.insert((unit, plain(&entry.name))) {
            self.new.known_people += 1;
            return;
        }
        let also: Vec<RecordId> = entry.also.iter().filter_map(|named| self.unit(named, "")).collect();
        let also =
            also.into_iter().filter(|other| Some(*other) != unit).map(|other| Edit::AlsoUnit(other, true));
        let mut details =
            vec![Edit::Title(entry.name.clone()), Edit::Unit(unit), Edit::Post(entry.post.clone())];
        details.extend(entry.part.map(Edit::PartPlayed));
        details.extend(also);
        let record = self.ids.record();
        self.new.records.push(NewRecord { record, kind: Kind::Attendee, details });
    }

    /// The unit that is called so; a new one if there is none.
    fn unit(&mut self, code: &str, name: &str) -> Option<RecordId> {
        let called = [plain(code), plain(name)];
        let names: Vec<&String> = called.iter().filter(|called| !called.is_empty()).collect();
        let first = names.first()?;
        if let Some(known) = self.units.iter_mut().find(|known| known.called.contains(first)) {
            self.new.known_units += usize::from(known.is_old && !known.is_met);
            known.is_met = true;
            return Some(known.record);
        }
        let record = self.ids.record();
        let title = if name.is_empty() { code } else { name };
        let is_name = code.is_empty() || name.is_empty() && code.contains(char::is_whitespace);
        let code = if is_name { self.codes.make(title) } else { code.to_owned() };
        let details = vec![Edit::Code(code), Edit::Title(title.to_owned())];
        self.new.records.push(NewRecord { record, kind: Kind::Unit, details });
        self.units.push(KnownUnit { record, called, is_old: false, is_met: true });
        Some(record)
    }
}

fn known_units(board: &Board) -> Vec<KnownUnit> {
    let known = |unit: &Record| KnownUnit {
        record: unit.id,
        called: [plain(roster::code(unit)), plain(unit.wording())],
        is_old: true,
        is_met: false,
    };
    board.of_kind(Kind::Unit).into_iter().map(known).collect()
}

fn known_people(board: &Board) -> BTreeSet<(Option<RecordId>, String)> {
    let known = |person: &Record| (person.link(&field::UNIT), plain(person.wording()));
    board.of_kind(Kind::Attendee).into_iter().map(known).collect()
}

/// A name as it is compared: case and spaces aside, but not accents, which make names.
fn plain(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::Command,
        testing::{Desk, UNITS},
    };

    fn entry(code: &str, unit: &str, name: &str) -> Entry {
        Entry { code: code.into(), unit: unit.into(), name: name.into(), ..Entry::default() }
    }

    fn names(desk: &Desk, kind: Kind) -> Vec<&str> {
        desk.board.of_kind(kind).into_iter().map(Record::wording).collect()
    }

    #[test]
    fn new_units_and_people_come_behind_those_that_are_there_by_one_command() {
        let mut desk = Desk::at_session(1);
        let list = [
            entry("q1", "", "Nguyễn Thị Hà"),
            entry("Q7", "Quận 7", ""),
            Entry {
                also: vec!["Q2".into(), "Q7".into()],
                post: "Phó ban".into(),
                ..entry("Q7", "", "Lê Văn Hạ")
            },
            Entry { part: Some(PartPlayed::Guest), ..entry("", "", "Khách mời") },
            entry("", "quận  3", "Trần Ba"),
        ];
        let summons = Summons::of(&desk.board, &list, &mut desk.ids);
        assert_eq!((summons.count(Kind::Unit), summons.count(Kind::Attendee)), (1, 4));
        assert_eq!((summons.known_units, summons.known_people), (3, 0));
        let change = desk.submit(&Command::AddRoster { records: summons.records }).unwrap();
        assert_eq!(names(&desk, Kind::Unit), ["Quận 1", "Quận 2", "Quận 3", "Quận 7"]);
        assert_eq!(names(&desk, Kind::Attendee), ["Nguyễn Thị Hà", "Lê Văn Hạ", "Khách mời", "Trần Ba"]);
        let people = desk.board.of_kind(Kind::Attendee);
        assert_eq!(people[0].link(&field::UNIT), Some(UNITS[0]));
        let codes: Vec<&str> =
            roster::units_of(&desk.board, people[1]).into_iter().map(roster::code).collect();
        assert_eq!(codes, ["Q7", "Q2"]);
        assert_eq!(people[1].text(&field::POST), Some("Phó ban"));
        assert_eq!(roster::part_played(people[2]), PartPlayed::Guest);
        desk.submit(&Command::Undo { change }).unwrap();
        assert_eq!((names(&desk, Kind::Unit).len(), names(&desk, Kind::Attendee).len()), (3, 0));
    }

    #[test]
    fn a_list_taken_in_twice_brings_nothing_and_accents_make_another_person() {
        let mut desk = Desk::at_session(1);
        let list = [
            entry("Q1", "", "Nguyễn Thị Hà"),
            entry("Q1", "", "nguyễn thị  hà"),
            entry("Q1", "", "Nguyễn Thị Hạ"),
        ];
        let summons = Summons::of(&desk.board, &list, &mut desk.ids);
        assert_eq!((summons.count(Kind::Attendee), summons.known_people), (2, 1));
        desk.submit(&Command::AddRoster { records: summons.records }).unwrap();
        let again = Summons::of(&desk.board, &list, &mut desk.ids);
        assert_eq!((again.records.len(), again.known_people), (0, 3));
    }

    #[test]
    fn a_unit_without_a_code_gets_one_that_nobody_has() {
        let mut desk = Desk::at_session(1);
        let list = [
            entry("", "Ngân hàng Chính sách xã hội", "Huỳnh Tấn Phát"),
            entry("NC", "Nông cụ", ""),
            Entry { also: vec!["Ngân hàng Công thương".into()], ..entry("Q1", "", "Lê Ba") },
            entry("", "Ngân hàng Chính sách xã hội", "Trần Tư"),
        ];
        let summons = Summons::of(&desk.board, &list, &mut desk.ids);
        desk.submit(&Command::AddRoster { records: summons.records }).unwrap();
        let units = desk.board.of_kind(Kind::Unit);
        let codes: Vec<&str> = units.iter().skip(3).map(|unit| roster::code(unit)).collect();
        assert_eq!(codes, ["NC2", "NC", "NC3"]);
        let again = Summons::of(&desk.board, &list, &mut desk.ids);
        assert_eq!((again.records.len(), again.known_units), (0, 3));
    }

    #[test]
    fn only_units_and_people_are_on_a_list() {
        let mut desk = Desk::at_session(1);
        let record = desk.ids.record();
        let records =
            vec![NewRecord { record, kind: Kind::Task, details: vec![Edit::Text("việc".into())] }];
        let answer = desk.submit(&Command::AddRoster { records });
        assert_eq!(answer, Err(crate::domain::command::Refusal::WrongKind(Kind::Task)));
    }

    #[test]
    fn ten_thousand_lines_keep_their_order_and_have_short_places() {
        let mut desk = Desk::at_session(1);
        let list: Vec<Entry> = (0..10_000).map(|n| entry("Q1", "", &format!("Đại biểu {n:05}"))).collect();
        let records = Summons::of(&desk.board, &list, &mut desk.ids).records;
        desk.submit(&Command::AddRoster { records }).unwrap();
        let people = desk.board.of_kind(Kind::Attendee);
        assert!(people.iter().map(|one| one.wording()).is_sorted() && people.len() == 10_000);
        let longest = people.iter().filter_map(|one| one.text(&field::POSITION)).map(str::len).max();
        assert!(longest.is_some_and(|longest| longest <= 8), "{longest:?}");
    }
}
