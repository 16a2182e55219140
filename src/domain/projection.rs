//! What the room sees on the projector: lines as they were worded when somebody published them.
//!
//! Publishing keeps the words, not only a mark: a line that is edited afterwards shows its published words until somebody
//! publishes it again. Invariant: words that nobody published are never shown, and what is off the record never is.

use super::{
    board::Board,
    difficulty, field,
    kind::Kind,
    record::{Cell, Live, Record},
};

/// In which order the room sees lines: what was raised, then what comes of it.
const ORDER: [Kind; 8] = [
    Kind::Difficulty,
    Kind::Note,
    Kind::Opinion,
    Kind::Cause,
    Kind::Solution,
    Kind::Recommendation,
    Kind::Conclusion,
    Kind::Task,
];

/// What publishing a line would show now: its words, and those of the lines that continue it.
pub fn words(board: &Board, record: &Record) -> String {
    let lines = std::iter::once(record).chain(difficulty::continuations(board, record.id));
    let texts = lines.filter(|line| !line.is_off_record()).map(Record::wording);
    texts.filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The words of a line that were published and not taken off again.
pub fn published(record: &Record) -> Option<&str> {
    record.text(&field::PUBLISHED).filter(|_| !record.is_off_record())
}

/// Whether a published line says something else by now.
pub fn is_outdated(board: &Board, record: &Record) -> bool {
    published(record).is_some_and(|shown| shown != words(board, record))
}

/// The published lines that stand for themselves, in the order in which the room sees them.
pub fn shown(board: &Board) -> Vec<&Record> {
    let lines = ORDER.iter().flat_map(|kind| board.published_alone(*kind));
    lines.filter(|line| published(line).is_some()).collect()
}

/// Of these lines, the place of the one that was published last.
pub fn newest(lines: &[&Record]) -> Option<usize> {
    let since = |line: &Record| {
        line.cell(&field::PUBLISHED).and_then(|cell| Cell::live(cell).last().map(Live::order))
    };
    let dated = lines.iter().enumerate().map(|(at, line)| (since(line), at));
    dated.max().map(|(_, at)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::{Command, Refusal},
        edit::Edit,
        ids::RecordId,
        testing::Desk,
    };

    fn desk() -> (Desk, [RecordId; 3]) {
        let mut desk = Desk::at_session(1);
        let kinds = [Kind::Conclusion, Kind::Difficulty, Kind::Difficulty];
        let lines = kinds.map(|kind| desk.line(kind, kind.name()));
        (desk, lines)
    }

    fn publish(desk: &mut Desk, records: &[RecordId]) {
        desk.submit(&Command::Publish { records: records.to_vec() }).unwrap();
    }

    fn seen(desk: &Desk) -> Vec<(RecordId, &str)> {
        shown(&desk.board).into_iter().map(|line| (line.id, published(line).unwrap())).collect()
    }

    #[test]
    fn nothing_is_shown_but_what_was_published() {
        let (mut desk, [conclusion, first, second]) = desk();
        assert_eq!(seen(&desk), []);
        publish(&mut desk, &[conclusion]);
        publish(&mut desk, &[first]);
        assert_eq!(seen(&desk), [(first, "difficulty"), (conclusion, "conclusion")]);
        assert_eq!(newest(&shown(&desk.board)), Some(0));
        desk.submit(&Command::Remove { record: first }).unwrap();
        desk.submit(&Command::Unpublish { records: vec![conclusion, second] }).unwrap();
        assert_eq!(seen(&desk), []);
    }

    #[test]
    fn what_is_written_afterwards_is_not_shown_until_it_is_published() {
        let (mut desk, [_, first, second]) = desk();
        publish(&mut desk, &[first]);
        let line = |desk: &Desk| desk.board.record(first).unwrap().clone();
        assert!(!is_outdated(&desk.board, &line(&desk)));
        desk.edit(first, Edit::Text("đã sửa".into())).unwrap();
        desk.submit(&Command::Attach { record: second, to: Some(first) }).unwrap();
        assert_eq!(seen(&desk), [(first, "difficulty")]);
        assert!(is_outdated(&desk.board, &line(&desk)));
        publish(&mut desk, &[first]);
        assert_eq!(seen(&desk), [(first, "đã sửa difficulty")]);
        let again = Command::Publish { records: vec![first] };
        assert_eq!(desk.submit(&again), Err(Refusal::NoChange));
    }

    #[test]
    fn what_is_merged_is_shown_by_the_line_that_stands_for_it() {
        let (mut desk, [_, first, second]) = desk();
        publish(&mut desk, &[first, second]);
        desk.submit(&Command::Merge { into: first, from: vec![second] }).unwrap();
        assert_eq!(seen(&desk), [(first, "difficulty")]);
    }

    #[test]
    fn what_is_off_the_record_is_never_shown() {
        let (mut desk, [_, first, _]) = desk();
        let secret = desk.capture(Kind::Note, "kín", true);
        let refused = desk.submit(&Command::Publish { records: vec![first, secret] });
        assert_eq!(refused, Err(Refusal::OffRecord(secret)));
        desk.submit(&Command::Attach { record: secret, to: Some(first) }).unwrap();
        publish(&mut desk, &[first]);
        assert_eq!(seen(&desk), [(first, "difficulty")]);
    }

    #[test]
    fn what_is_made_public_is_a_new_line_with_all_that_was_known() {
        let (mut desk, [_, first, _]) = desk();
        let secret = desk.capture(Kind::Difficulty, "kín", true);
        let into = RecordId(0x99);
        let change = desk.submit(&Command::Disclose { record: secret, into }).unwrap();
        let line = desk.board.record(into).unwrap();
        let raised = (line.wording(), line.link(&field::UNIT), line.members(field::set::TAG).next());
        let known = desk.board.record(first).unwrap();
        assert_eq!(raised, ("kín", known.link(&field::UNIT), Some("hồ sơ")));
        assert_eq!(line.text(&field::SAID_AT), known.text(&field::SAID_AT));
        assert!(!line.is_off_record() && desk.board.record(secret).unwrap().is_removed());
        desk.submit(&Command::Undo { change }).unwrap();
        assert_eq!(desk.board.record(into).unwrap().kind(), None);
        assert!(!desk.board.record(secret).unwrap().is_removed());
        let public = Command::Disclose { record: first, into: RecordId(0x9a) };
        assert_eq!(desk.submit(&public), Err(Refusal::NoChange));
    }
}
