//! What is missing when a session is about to close. The chair decides whether it closes all the same.

use super::{
    board::Board,
    difficulty,
    ids::RecordId,
    kind::Kind,
    lint::{self, Lint},
    reading, speech,
};

/// What is missing, each in the order of its list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Missing {
    /// Lines that nobody has classified.
    pub unclassified: Vec<RecordId>,
    /// Lines of which nobody knows who said them.
    pub without_speaker: Vec<RecordId>,
    /// Difficulties that nothing answers.
    pub unanswered: Vec<RecordId>,
    /// What lacks a lead, a date, a deliverable, an addressee.
    pub lacking: Vec<(RecordId, Vec<Lint>)>,
    /// Paragraphs that were not read back, or not as they are now.
    pub unread: Vec<RecordId>,
}

impl Missing {
    /// What is missing on a board whose paper has these paragraphs.
    pub fn of<'a>(board: &Board, paragraphs: impl IntoIterator<Item = (RecordId, &'a str)>) -> Self {
        let said = Kind::SAID.iter().flat_map(|kind| difficulty::main_of(board, *kind));
        let unread = paragraphs
            .into_iter()
            .filter(|(id, words)| board.record(*id).is_some_and(|record| reading::is_unread(record, words)));
        Self {
            unclassified: ids(difficulty::main_of(board, Kind::Note)
                .into_iter()
                .filter(|n| !n.is_off_record())),
            without_speaker: ids(said.filter(|line| speech::is_of_nobody(line))),
            unanswered: ids(difficulty::unanswered(board)),
            lacking: lint::all(board),
            unread: unread.map(|(id, _)| id).collect(),
        }
    }

    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

fn ids<'a>(records: impl IntoIterator<Item = &'a super::record::Record>) -> Vec<RecordId> {
    records.into_iter().map(|record| record.id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::{Command, Relation},
        edit::Edit,
        kind::Reading,
        testing::Desk,
    };

    #[test]
    fn everything_that_is_missing_is_named_until_it_is_there() {
        let mut desk = Desk::at_session(1);
        assert!(Missing::of(&desk.board, []).is_empty());
        let note = desk.line(Kind::Note, "một");
        let difficulty = desk.line(Kind::Difficulty, "hai");
        let recommendation = desk.line(Kind::Recommendation, "ba");
        desk.submit(&Command::ChangeSpeaker { records: vec![note], unit: None, speaker: None }).unwrap();
        let missing = Missing::of(&desk.board, [(recommendation, "ba.")]);
        let expected = Missing {
            unclassified: vec![note],
            without_speaker: vec![note],
            unanswered: vec![difficulty],
            lacking: vec![(recommendation, vec![Lint::NoAddressee])],
            unread: vec![recommendation],
        };
        assert_eq!(missing, expected);
        let link = Command::Link { from: recommendation, relation: Relation::Answers, to: difficulty };
        let read = Command::ReadBack { record: recommendation, reading: Reading::Left, words: "ba.".into() };
        for command in [link, read, Command::Remove { record: note }] {
            desk.submit(&command).unwrap();
        }
        desk.edit(recommendation, Edit::Addressee("Thành ủy".into())).unwrap();
        assert!(Missing::of(&desk.board, [(recommendation, "ba.")]).is_empty());
        assert_eq!(Missing::of(&desk.board, [(recommendation, "khác")]).unread, [recommendation]);
    }

    #[test]
    fn what_is_off_the_record_is_no_gap() {
        let mut desk = Desk::at_session(1);
        for kind in Kind::CAPTURED {
            desk.capture(*kind, "kín", true);
        }
        assert_eq!(Missing::of(&desk.board, []), Missing::default());
    }
}
