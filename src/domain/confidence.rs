//! Who sees what is off the record: whoever recorded it, the facilitator, the chair.
//!
//! Invariant: what a seat is given holds no letter that its person may not see.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    board::Board,
    change::{Body, Change, Value, Write},
    field,
    ids::{CommandId, PersonId, RecordId},
    policy::Role,
};

/// Whose eyes they are.
#[derive(Debug, Clone, Copy)]
pub enum Reader<'a> {
    /// Somebody of whom it is certain who they are.
    Known(PersonId),
    /// Somebody who only says who they are, and gave these commands.
    Unproven(&'a BTreeSet<CommandId>),
}

/// Whether somebody may see what a line off the record says.
pub fn may_see(board: &Board, role: Role, reader: Reader<'_>, line: RecordId) -> bool {
    match role {
        Role::Facilitator | Role::Chair => true,
        Role::Observer => false,
        Role::NoteTaker => {
            let born = board.record(line).and_then(|line| board.change(line.born.id));
            born.is_some_and(|change| match reader {
                Reader::Known(person) => change.header.author.person == person,
                Reader::Unproven(given) => given.contains(&change.header.command),
            })
        }
    }
}

/// What somebody sees of the private log, kept so that the next board costs what changed and not all lines that are off the record.
#[derive(Debug, Clone, Default)]
pub struct Sight(Option<Known>);

/// What was seen last. It is kept with a seat, so it holds no letter that is not for these eyes either.
#[derive(Debug, Clone)]
struct Known {
    board: Arc<Board>,
    role: Role,
    person: Option<PersonId>,
    /// How many lines there are, and which of them are for these eyes.
    lines: usize,
    kept: BTreeSet<RecordId>,
    seen: Arc<Board>,
}

impl Sight {
    /// What somebody may see of the private log: the same changes, with nothing in those writes that are not for them.
    pub fn of(
        &mut self,
        board: &Arc<Board>,
        private: &Arc<Board>,
        role: Role,
        reader: Reader<'_>,
    ) -> Arc<Board> {
        if matches!(role, Role::Facilitator | Role::Chair) {
            return Arc::clone(private);
        }
        let person = if let Reader::Known(person) = reader { Some(person) } else { None };
        let same = |known: &Known| {
            known.seen.scope() == private.scope() && (known.role, known.person) == (role, person)
        };
        let followed = self.0.take().filter(same).and_then(|known| known.followed(board, private, reader));
        let known = followed.unwrap_or_else(|| Known::new(board, private, role, reader));
        let seen = Arc::clone(&known.seen);
        self.0 = Some(Known { person, ..known });
        seen
    }
}

impl Known {
    fn new(board: &Arc<Board>, private: &Arc<Board>, role: Role, reader: Reader<'_>) -> Self {
        let lines: Vec<RecordId> = private.records().map(|line| line.id).collect();
        let kept: BTreeSet<RecordId> =
            lines.iter().copied().filter(|line| may_see(board, role, reader, *line)).collect();
        let seen = if kept.len() == lines.len() {
            Arc::clone(private)
        } else {
            let changes = private.all_changes().map(|change| Arc::new(blackened(change, &kept)));
            Arc::new(Board::fold(private.scope(), changes))
        };
        Self { board: Arc::clone(board), role, person: None, lines: lines.len(), kept, seen }
    }

    /// The same on later boards; `None` if it has to be looked at anew.
    fn followed(mut self, board: &Arc<Board>, private: &Arc<Board>, reader: Reader<'_>) -> Option<Self> {
        let more = private.change_count().checked_sub(self.seen.change_count())?;
        let new: Vec<&Arc<Change>> =
            private.all_changes().rev().take_while(|change| self.seen.change(change.id).is_none()).collect();
        if new.len() != more || !private.adds_to(&self.seen) {
            return None;
        }
        let saw_all = self.kept.len() == self.lines;
        // Whose a line is turns out otherwise when an older change of it arrives.
        let private_writes = new.iter().flat_map(|change| change.writes()).map(|write| write.record);
        let written = board.changed_since(&self.board).chain(private_writes);
        for line in written.filter(|line| private.record(*line).is_some()).collect::<BTreeSet<_>>() {
            let (sees, saw) = (may_see(board, self.role, reader, line), self.kept.contains(&line));
            let is_new = self.seen.record(line).is_none();
            if !is_new && sees != saw {
                return None;
            }
            self.lines += usize::from(is_new);
            if sees {
                self.kept.insert(line);
            }
        }
        self.seen = match (saw_all, self.kept.len() == self.lines) {
            (true, true) => Arc::clone(private),
            (true, false) => return None,
            (false, _) if new.is_empty() => self.seen,
            (false, _) => {
                let mut seen = (*self.seen).clone();
                new.into_iter().rev().for_each(|change| {
                    seen.apply(Arc::new(blackened(change, &self.kept)));
                });
                Arc::new(seen)
            }
        };
        Some(Self { board: Arc::clone(board), ..self })
    }
}

/// The name of a field may tell as much as its content: of a tag, it is the tag.
fn blackened(change: &Change, kept: &BTreeSet<RecordId>) -> Change {
    let nothing =
        |record| Write { record, field: field::OFF_RECORD, value: Value::Absent, replaces: Vec::new() };
    let seen = |write: &Write| {
        if kept.contains(&write.record) { write.clone() } else { nothing(write.record) }
    };
    let body = match &change.body {
        Body::Writes(writes) => Body::Writes(writes.iter().map(seen).collect()),
        other => other.clone(),
    };
    Change { body, ..change.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::Command,
        edit::Edit,
        kind::Kind,
        testing::{Desk, HOA, LAN},
    };

    /// What Lan and Hoa recorded off the record; the facilitator corrected both at once.
    fn desk() -> (Desk, [RecordId; 2]) {
        let mut desk = Desk::at_session(1);
        let mut whisper = |person, text| {
            desk.seat(person, Role::NoteTaker);
            desk.capture(Kind::Note, text, true)
        };
        let records = [whisper(LAN, "của Lan"), whisper(HOA, "của Hòa")];
        desk.seat(LAN, Role::Facilitator);
        let unit = Some(crate::domain::testing::UNITS[1]);
        desk.submit(&Command::ChangeSpeaker { records: records.to_vec(), unit, speaker: None }).unwrap();
        desk.edit(records[0], Edit::Tag("thẻ của Lan".into(), true)).unwrap();
        (desk, records)
    }

    fn seen(desk: &Desk, role: Role, person: PersonId) -> String {
        let (board, private) = boards(desk);
        let seen = Sight::default().of(&board, &private, role, Reader::Known(person));
        assert_eq!(seen.change_count(), private.change_count());
        format!("{seen:?}")
    }

    fn boards(desk: &Desk) -> (Arc<Board>, Arc<Board>) {
        (Arc::new(desk.board.clone()), Arc::new(desk.private.clone()))
    }

    #[test]
    fn a_note_taker_sees_their_own_and_no_letter_of_anybody_elses() {
        let (desk, records) = desk();
        let lan = seen(&desk, Role::NoteTaker, LAN);
        assert!(lan.contains("của Lan") && lan.contains("thẻ của Lan") && !lan.contains("của Hòa"));
        let hoa = seen(&desk, Role::NoteTaker, HOA);
        assert!(hoa.contains("của Hòa") && !hoa.contains("của Lan"));
        let (board, private) = boards(&desk);
        let own = Sight::default().of(&board, &private, Role::NoteTaker, Reader::Known(HOA));
        assert_eq!(own.record(records[1]), desk.private.record(records[1]), "with all its versions");
    }

    #[test]
    fn whoever_only_says_who_they_are_sees_what_they_recorded_since() {
        let (desk, records) = desk();
        let born = desk.board.change(desk.board.record(records[1]).unwrap().born.id).unwrap();
        let (board, private) = boards(&desk);
        let seen = |given: &[CommandId], role| {
            let given = given.iter().copied().collect();
            format!("{:?}", Sight::default().of(&board, &private, role, Reader::Unproven(&given)))
        };
        let before = seen(&[], Role::NoteTaker);
        assert!(!before.contains("của Lan") && !before.contains("của Hòa"));
        let since = seen(&[born.header.command], Role::NoteTaker);
        assert!(!since.contains("của Lan") && since.contains("của Hòa"));
        assert!(!seen(&[born.header.command], Role::Observer).contains("của Hòa"));
    }

    #[test]
    fn the_chair_and_the_facilitator_see_all_and_an_observer_nothing() {
        let (desk, _) = desk();
        for role in [Role::Facilitator, Role::Chair] {
            let all = seen(&desk, role, PersonId(77));
            assert!(all.contains("của Lan") && all.contains("của Hòa"));
        }
        let none = seen(&desk, Role::Observer, LAN);
        assert!(!none.contains("của Lan") && !none.contains("của Hòa"));
    }

    /// Seats of everybody look at every board of a history, each with what they kept from the board before.
    #[test]
    fn what_follows_the_boards_is_what_a_fresh_look_sees() {
        let mut desk = Desk::at_session(1);
        let readers = [LAN, HOA, PersonId(77)].map(Reader::Known);
        let mut sights: Vec<Sight> = readers.iter().map(|_| Sight::default()).collect();
        let mut whispers = Vec::new();
        for step in 0_usize..60 {
            let person = if step % 3 == 0 { HOA } else { LAN };
            desk.seat(person, Role::NoteTaker);
            match step % 5 {
                0 | 1 if step > 10 || person == LAN => {
                    whispers.push(desk.capture(Kind::Note, &format!("kín {step}"), true));
                }
                2 if step > 20 => {
                    desk.seat(LAN, Role::Facilitator);
                    let line = whispers[step % whispers.len()];
                    desk.edit(line, Edit::Tag(format!("thẻ {step}"), true)).unwrap();
                }
                _ => drop(desk.line(Kind::Difficulty, &format!("hở {step}"))),
            }
            let (board, private) = boards(&desk);
            for (reader, sight) in readers.iter().zip(&mut sights) {
                let hides = |known: &&Known| known.kept.len() < known.lines;
                let before = sight.0.as_ref().filter(hides).map(|known| Arc::clone(&known.seen));
                let seen = sight.of(&board, &private, Role::NoteTaker, *reader);
                assert_eq!(seen, Sight::default().of(&board, &private, Role::NoteTaker, *reader), "{step}");
                if let Some(before) = before.filter(|_| step % 5 > 2) {
                    assert!(Arc::ptr_eq(&before, &seen), "nothing was written off the record");
                }
            }
        }
        assert!(whispers.len() > 15);
    }

    #[test]
    fn a_line_that_turns_out_to_be_somebody_elses_is_seen_no_more() {
        let (desk, records) = desk();
        let (board, private) = boards(&desk);
        let mut sight = Sight::default();
        let seen = sight.of(&board, &private, Role::NoteTaker, Reader::Known(LAN));
        assert!(format!("{seen:?}").contains("của Lan"));
        let mut older = (**board.change(board.record(records[0]).unwrap().born.id).unwrap()).clone();
        older.header.author.person = HOA;
        (older.header.counter, older.id) = (0, crate::domain::testing::fake_id(0xfeed));
        let mut later = desk.board.clone();
        assert!(later.apply(Arc::new(older)));
        let later = Arc::new(later);
        let seen = sight.of(&later, &private, Role::NoteTaker, Reader::Known(LAN));
        assert!(!format!("{seen:?}").contains("của Lan"));
    }
}
