//! The office's abbreviations: members of a set of the organisation's root, `abbr.đv` holding `đơn vị`.

use std::collections::BTreeMap;

use super::{
    board::Board,
    change::{Change, Field, Value},
    field::set,
    record::{Cell, Record},
};

/// An abbreviation is at most so many characters; longer ones were never meant as such.
pub const LONGEST_SHORT: usize = 32;

/// Short forms with what they stand for.
pub type Table = BTreeMap<String, String>;

/// The office's table; an entry that two people wrote differently is the one written last.
pub fn of(board: &Board) -> Table {
    let fields = board.root().into_iter().flat_map(Record::fields);
    let entry = |(field, cell): (&Field, &Cell)| {
        Some((field.member_of(set::ABBREVIATION)?.to_owned(), cell.value()?.as_text()?.to_owned()))
    };
    fields.filter_map(entry).collect()
}

/// Whether a change is about abbreviations and nothing else.
pub fn is_of(change: &Change) -> bool {
    change.writes().iter().all(|write| write.field.member_of(set::ABBREVIATION).is_some())
}

/// The field of a short form, if it can be one: a word without white space.
pub(super) fn field_of(short: &str) -> Option<Field> {
    let short = crate::text::nfc::clean(short.trim());
    let is_word = !short.is_empty() && !short.contains(char::is_whitespace);
    (is_word && short.chars().count() <= LONGEST_SHORT).then(|| Field::member(set::ABBREVIATION, short))
}

/// What a short form stands for, as it is stored; [`Value::Absent`] if it shall stand for nothing.
pub(super) fn value_of(long: Option<&str>) -> Value {
    let long = crate::text::nfc::clean_line(long.unwrap_or_default().trim());
    if long.is_empty() { Value::Absent } else { long.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::{Command, Refusal},
        ids::ScopeId,
        testing::Desk,
    };

    fn office() -> Desk {
        let mut desk = Desk::empty(1);
        desk.board = Board::empty(ScopeId::ORGANISATION);
        desk
    }

    fn set(entries: &[(&str, Option<&str>)]) -> Command {
        let entry = |(short, long): &(&str, Option<&str>)| ((*short).to_owned(), long.map(str::to_owned));
        Command::SetAbbreviations { entries: entries.iter().map(entry).collect() }
    }

    #[test]
    fn a_table_is_one_change_and_one_step_back() {
        let mut desk = office();
        desk.submit(&set(&[("đv", Some("đơn vị")), (" shđ ", Some("sinh hoạt\nđảng "))])).unwrap();
        let taken = desk.submit(&set(&[("đv", None), ("shđ", Some("sinh hoạt Đảng"))])).unwrap();
        assert_eq!(of(&desk.board), Table::from([("shđ".into(), "sinh hoạt Đảng".into())]));
        desk.submit(&Command::Undo { change: taken }).unwrap();
        let both = [("shđ".into(), "sinh hoạt đảng".into()), ("đv".into(), "đơn vị".into())];
        assert_eq!(of(&desk.board), Table::from(both));
    }

    #[test]
    fn what_is_no_word_or_belongs_to_a_session_is_refused() {
        let mut desk = office();
        for short in ["", " ", "hai chữ", &"x".repeat(LONGEST_SHORT + 1)] {
            assert_eq!(desk.submit(&set(&[(short, Some("dài"))])), Err(Refusal::EmptyText), "{short}");
        }
        assert_eq!(desk.submit(&set(&[("đv", None)])), Err(Refusal::NoChange));
        let mut session = Desk::at_session(1);
        assert!(matches!(session.submit(&set(&[("đv", Some("đơn vị"))])), Err(Refusal::WrongKind(_))));
    }
}
