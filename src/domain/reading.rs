//! Reading the conclusion back: what was agreed, changed or left paragraph by paragraph, and the version as it was read.
//!
//! A paragraph belongs to the record that it tells. Its words are those of the paper, so that a date or a lead that changes shows
//! as well as a changed sentence. Invariant: words as read are kept as they were; what is edited afterwards only stands against them.

use chrono::{DateTime, FixedOffset};

use super::{
    board::Board,
    field,
    ids::RecordId,
    kind::{Kind, Reading},
    record::Record,
};

/// What was said when a paragraph was read, if it was.
pub fn reading(record: &Record) -> Option<Reading> {
    record.text(&field::READING).and_then(Reading::named)
}

/// The words that later edits stand against: those of the version that was frozen, else those that were read.
pub fn as_read(record: &Record) -> Option<&str> {
    record
        .text(&field::FROZEN_AS)
        .or_else(|| record.text(&field::READ_AS))
        .filter(|_| !record.is_off_record())
}

/// When the version as read was frozen.
pub fn frozen_at(board: &Board) -> Option<DateTime<FixedOffset>> {
    board.root()?.moment(&field::FROZEN_AT)
}

/// Whether the words of a paragraph are not any more what was read.
pub fn is_edited(record: &Record, words: &str) -> bool {
    as_read(record).is_some_and(|read| read != words)
}

/// Whether a paragraph is still to be read: nobody said anything of it, or it says something else by now.
pub fn is_unread(record: &Record, words: &str) -> bool {
    reading(record).is_none() || record.text(&field::READ_AS).is_some_and(|read| read != words)
}

/// Whether records of that kind are paragraphs of a paper.
pub fn is_read(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Difficulty
            | Kind::Cause
            | Kind::Solution
            | Kind::Recommendation
            | Kind::Conclusion
            | Kind::Task
            | Kind::FollowUp
    )
}

/// Paragraphs by what became of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Agreed as they are.
    pub agreed: Vec<RecordId>,
    /// Agreed after they were changed.
    pub changed: Vec<RecordId>,
    /// Left as they are, for later.
    pub left: Vec<RecordId>,
    /// Not read yet.
    pub unread: Vec<RecordId>,
    /// Edited since they were read; they stand in one of the others too.
    pub edited: Vec<RecordId>,
}

impl Tally {
    /// Counts paragraphs: their records and words.
    pub fn of<'a>(board: &Board, paragraphs: impl IntoIterator<Item = (RecordId, &'a str)>) -> Self {
        let mut tally = Self::default();
        for (id, words) in paragraphs {
            let Some(record) = board.record(id) else { continue };
            match reading(record) {
                None => &mut tally.unread,
                Some(Reading::Agreed) => &mut tally.agreed,
                Some(Reading::Changed) => &mut tally.changed,
                Some(Reading::Left) => &mut tally.left,
            }
            .push(id);
            tally.edited.extend(is_edited(record, words).then_some(id));
        }
        tally
    }

    /// How many paragraphs there are.
    pub fn total(&self) -> usize {
        self.read() + self.unread.len()
    }

    /// Of how many something was said.
    pub fn read(&self) -> usize {
        self.agreed.len() + self.changed.len() + self.left.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::{Command, Refusal},
        edit::Edit,
        policy::Role,
        testing::{Desk, LAN, UNITS},
    };

    fn read(desk: &mut Desk, record: RecordId, reading: Reading, words: &str) {
        desk.submit(&Command::ReadBack { record, reading, words: words.into() }).unwrap();
    }

    fn freeze(desk: &mut Desk, paragraphs: &[(RecordId, &str)]) {
        let paragraphs = paragraphs.iter().map(|(id, words)| (*id, (*words).to_owned())).collect();
        desk.submit(&Command::Freeze { paragraphs }).unwrap();
    }

    #[test]
    fn what_was_read_stays_and_later_edits_stand_against_it() {
        let mut desk = Desk::at_session(1);
        let [one, two, three] = ["một", "hai", "ba"].map(|text| desk.line(Kind::Conclusion, text));
        let four = desk.line(Kind::Task, "bốn");
        read(&mut desk, one, Reading::Agreed, "một");
        read(&mut desk, two, Reading::Changed, "hai sửa");
        read(&mut desk, three, Reading::Left, "ba");
        freeze(&mut desk, &[(one, "một"), (two, "hai sửa"), (three, "ba"), (four, "bốn")]);
        desk.edit(one, Edit::Text("một khác".into())).unwrap();
        let now = [(one, "một khác"), (two, "hai sửa"), (three, "ba"), (four, "bốn")];
        let tally = Tally::of(&desk.board, now);
        assert_eq!(
            tally,
            Tally {
                agreed: vec![one],
                changed: vec![two],
                left: vec![three],
                unread: vec![four],
                edited: vec![one]
            }
        );
        assert_eq!((tally.total(), tally.read()), (4, 3));
        let record = |desk: &Desk| desk.board.record(one).unwrap().clone();
        assert_eq!(as_read(&record(&desk)), Some("một"));
        assert!(is_unread(&record(&desk), "một khác"));
        read(&mut desk, one, Reading::Changed, "một khác");
        assert!(!is_unread(&record(&desk), "một khác"));
        assert!(is_edited(&record(&desk), "một khác"), "it is not what was frozen");
        freeze(&mut desk, &now);
        assert!(!is_edited(&record(&desk), "một khác"));
    }

    #[test]
    fn a_new_version_forgets_paragraphs_that_are_gone_and_knows_its_time() {
        let mut desk = Desk::at_session(1);
        let [one, two] = ["một", "hai"].map(|text| desk.line(Kind::Conclusion, text));
        assert_eq!(frozen_at(&desk.board), None);
        freeze(&mut desk, &[(one, "một"), (two, "hai")]);
        let first = frozen_at(&desk.board);
        freeze(&mut desk, &[(two, "hai")]);
        assert!(first.is_some() && frozen_at(&desk.board) > first);
        assert_eq!(as_read(desk.board.record(one).unwrap()), None);
    }

    #[test]
    fn only_paragraphs_are_read_and_only_by_who_concludes() {
        let mut desk = Desk::at_session(1);
        let [note, conclusion] = [Kind::Note, Kind::Conclusion].map(|kind| desk.line(kind, "một"));
        let read = |record| Command::ReadBack { record, reading: Reading::Agreed, words: "một".into() };
        assert_eq!(desk.plan(&read(note)), Err(Refusal::WrongKind(Kind::Note)));
        assert_eq!(desk.plan(&read(UNITS[0])), Err(Refusal::WrongKind(Kind::Unit)));
        let nothing = Command::Freeze { paragraphs: Vec::new() };
        assert_eq!(desk.plan(&nothing), Err(Refusal::EmptyText));
        let empty = Command::ReadBack { record: conclusion, reading: Reading::Left, words: " ".into() };
        assert_eq!(desk.plan(&empty), Err(Refusal::EmptyText));
        let secret = desk.capture(Kind::Conclusion, "kín", true);
        assert_eq!(desk.plan(&read(secret)), Err(Refusal::OffRecord(secret)));
        desk.seat(LAN, Role::NoteTaker);
        assert_eq!(desk.plan(&read(conclusion)), Err(Refusal::NotPermitted(Role::NoteTaker)));
    }
}
