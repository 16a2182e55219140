//! Erasing words: which payloads have to go, and what of their content is written anew.
//!
//! Invariant: after the payloads are gone, the board shows what it showed before, without the words. For that every field that a
//! doomed change wrote is written again with all it ever replaced, so that nothing replaced comes back.

use std::collections::{BTreeMap, BTreeSet};

use super::{Desk, Plan};
use crate::{
    domain::{
        board::Board,
        change::{Change, Field, Value, Write},
        command::Refusal,
        field::{self, set},
        ids::RecordId,
        record::{Cell, Live, Record},
    },
    text::redact::Redaction,
};

impl Desk<'_> {
    pub(super) fn erase(&self, words: &str) -> Result<Plan, Refusal> {
        let words = Redaction::new(words).ok_or(Refusal::EmptyText)?;
        let (mut shared, doomed) = rewritten(self.room.board, &words);
        let (mut private, bodies) = self.private.map(|board| rewritten(board, &words)).unwrap_or_default();
        // A shared part says of every command that it was carried out.
        shared.extend(doomed.iter().chain(&bodies).map(|change| self.erased(change)));
        private.extend(bodies.iter().map(|change| self.erased(change)));
        Ok(Plan { shared, private })
    }

    fn erased(&self, change: &Change) -> Write {
        let (record, field) = (self.room.board.scope().root(), Field::member(set::ERASED, change.id));
        Write { record, field, value: true.into(), replaces: Vec::new() }
    }
}

/// The changes of a board whose payload holds the words, and the writes that say the rest of it again.
fn rewritten<'a>(board: &'a Board, words: &Redaction) -> (Vec<Write>, Vec<&'a Change>) {
    let holds = |change: &&Change| change.writes().iter().any(|write| is_in(words, write));
    let all = board.all_changes().map(AsRef::as_ref);
    let doomed: Vec<&Change> = all.filter(holds).filter(|change| !board.is_erased(change)).collect();
    let in_effect = || doomed.iter().filter(|change| board.aside_of(change.id).is_none());
    let cells: BTreeSet<(RecordId, &Field)> = in_effect()
        .flat_map(|change| change.writes())
        .filter(|write| !field::is_remark(&write.field) && !words.is_in(write.field.as_str()))
        .map(|write| (write.record, &write.field))
        .collect();
    let mut writes = Vec::new();
    for (id, field) in &cells {
        let cell = board.record(*id).and_then(|record| record.cell(field));
        writes.extend(cell.into_iter().flat_map(|cell| again(*id, field, cell, words)));
    }
    let records: BTreeSet<RecordId> = cells.iter().map(|(id, _)| *id).collect();
    let known = records.into_iter().filter_map(|id| board.record(id));
    writes.extend(known.filter(|record| doomed.iter().any(|gone| gone.id == record.born.id)).map(born));
    writes.extend(in_effect().flat_map(|change| lasting(change)));
    (writes, doomed)
}

fn is_in(words: &Redaction, write: &Write) -> bool {
    let in_value = match &write.value {
        Value::Text(text) => words.is_in(text),
        Value::Other(other) => words.is_in(&other.to_string()),
        Value::Absent | Value::Flag(_) | Value::Number(_) => false,
    };
    in_value || words.is_in(write.field.as_str())
}

/// What a field shows, written again without the words; what only a newer version understands goes whole.
fn again(record: RecordId, field: &Field, cell: &Cell, words: &Redaction) -> Vec<Write> {
    let mut replaces: BTreeSet<_> = cell.replaced().iter().copied().collect();
    replaces.extend(cell.live().iter().map(Live::write));
    let values: BTreeMap<String, Value> = cell
        .live()
        .iter()
        .map(|live| redacted(live.value(), words))
        .map(|value| (format!("{value:?}"), value))
        .collect();
    let write =
        |value| Write { record, field: field.clone(), value, replaces: replaces.iter().copied().collect() };
    values.into_values().map(write).collect()
}

fn redacted(value: &Value, words: &Redaction) -> Value {
    match value {
        Value::Text(text) => words.redact(text).map_or_else(|| value.clone(), Value::from),
        Value::Other(other) if words.is_in(&other.to_string()) => Value::Absent,
        _ => value.clone(),
    }
}

/// The remark that keeps a record at its age, and with its author.
fn born(record: &Record) -> Write {
    let value = format!("{} {}", record.born.counter, record.born.id);
    Write { record: record.id, field: field::BORN, value: value.into(), replaces: Vec::new() }
}

/// What a change held back or erased stays so, and what it said of births.
fn lasting(change: &Change) -> impl Iterator<Item = Write> {
    let lasts = |write: &&Write| {
        let field = &write.field;
        *field == field::BORN || [set::HELD, set::ERASED].iter().any(|set| field.member_of(set).is_some())
    };
    change.writes().iter().filter(lasts).cloned()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::{
        change::Body,
        command::{Command, Place},
        edit::Edit,
        kind::Kind,
        testing::{Desk, LAN, UNITS},
        undo::Stacks,
    };

    const NAME: &str = "Lê Thị Bưởi";

    /// The board of the same changes after the payloads are gone.
    fn without_payloads(board: &Board) -> Board {
        let gone = |change: &Arc<Change>| {
            let body = if board.is_erased(change) { Body::Erased } else { change.body.clone() };
            Arc::new(Change { body, ..(**change).clone() })
        };
        Board::fold(board.scope(), board.all_changes().map(gone))
    }

    fn pictures(board: &Board) -> (Vec<RecordId>, Vec<String>) {
        let lines = board.of_kind(Kind::Difficulty);
        (
            lines.iter().map(|line| line.id).collect(),
            lines.iter().map(|line| line.wording().to_owned()).collect(),
        )
    }

    #[test]
    fn the_words_go_and_everything_beside_them_stays_where_it_was() {
        let mut desk = Desk::at_session(1);
        let first = desk.line(Kind::Difficulty, "cũ");
        desk.edit(first, Edit::Text(format!("đồng chí {NAME} nêu: chậm"))).unwrap();
        let second = desk.line(Kind::Difficulty, "le thi buoi ngại chuyển");
        desk.line(Kind::Difficulty, "ba");
        desk.edit(second, Edit::Tag(NAME.into(), true)).unwrap();
        let secret = desk.capture(Kind::Difficulty, &format!("{NAME} nói riêng"), true);
        let details = vec![Edit::Title(NAME.into()), Edit::Unit(Some(UNITS[0]))];
        let attendee = desk.ids.record();
        let add = Command::Add { record: attendee, kind: Kind::Attendee, details, place: Place::Last };
        desk.submit(&add).unwrap();
        let (order, _) = pictures(&desk.board);

        let plan = desk.plan(&Command::Erase { words: "lê thị bưởi".into() }).unwrap();
        assert!(!format!("{plan:?}").contains(NAME));
        desk.submit(&Command::Erase { words: "lê thị bưởi".into() }).unwrap();
        for board in [desk.board.clone(), without_payloads(&desk.board)] {
            let words = ["đồng chí […] nêu: chậm", "[…] ngại chuyển", "ba", ""].map(str::to_owned).to_vec();
            assert_eq!(pictures(&board), (order.clone(), words));
            let unit = board.record(attendee).unwrap();
            assert_eq!((unit.wording(), unit.link(&field::UNIT)), ("[…]", Some(UNITS[0])));
            assert_eq!(board.record(first).unwrap().contested().count(), 0);
            let tags: Vec<&str> = board.record(second).unwrap().members(set::TAG).collect();
            assert_eq!(tags, ["hồ sơ"]);
            let author = board.change(board.record(second).unwrap().born.id).unwrap();
            assert_eq!(author.header.author.person, LAN);
        }
        for board in [&desk.private, &without_payloads(&desk.private)] {
            assert_eq!(board.record(secret).unwrap().wording(), "[…] nói riêng");
        }
        let left = format!("{:?}", without_payloads(&desk.board))
            + &format!("{:?}", without_payloads(&desk.private));
        assert!(!Redaction::new(NAME).unwrap().is_in(&left));
        assert_eq!(desk.submit(&Command::Erase { words: NAME.into() }), Err(Refusal::NoChange));
    }

    #[test]
    fn what_was_erased_before_stays_erased_when_its_trace_goes() {
        let mut desk = Desk::at_session(1);
        let line = desk.line(Kind::Difficulty, "ông Mít và bà Bưởi");
        let creation = desk.board.record(line).unwrap().born.id;
        desk.submit(&Command::Erase { words: "ông Mít".into() }).unwrap();
        desk.submit(&Command::Erase { words: "bà Bưởi".into() }).unwrap();
        let board = without_payloads(&desk.board);
        assert_eq!(board.record(line).unwrap().wording(), "[…] và […]");
        assert!(board.is_erased(desk.board.change(creation).unwrap()));
        assert_eq!(board.record(line).unwrap().born.id, creation);
        let stacks = Stacks::of(&board, LAN);
        assert!(!stacks.undo.contains(&creation));
    }
}
