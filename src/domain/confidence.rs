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

/// What somebody may see of the private log: the same changes, with nothing in those writes that are not for them.
pub fn seen_by(board: &Board, private: &Arc<Board>, role: Role, reader: Reader<'_>) -> Arc<Board> {
    let lines: BTreeSet<RecordId> = private.records().map(|line| line.id).collect();
    let kept: BTreeSet<RecordId> =
        lines.iter().copied().filter(|line| may_see(board, role, reader, *line)).collect();
    if kept.len() == lines.len() {
        return Arc::clone(private);
    }
    let changes = private.all_changes().map(|change| Arc::new(blackened(change, &kept)));
    Arc::new(Board::fold(private.scope(), changes))
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
        let private = Arc::new(desk.private.clone());
        let seen = seen_by(&desk.board, &private, role, Reader::Known(person));
        assert_eq!(seen.change_count(), private.change_count());
        format!("{seen:?}")
    }

    #[test]
    fn a_note_taker_sees_their_own_and_no_letter_of_anybody_elses() {
        let (desk, records) = desk();
        let lan = seen(&desk, Role::NoteTaker, LAN);
        assert!(lan.contains("của Lan") && lan.contains("thẻ của Lan") && !lan.contains("của Hòa"));
        let hoa = seen(&desk, Role::NoteTaker, HOA);
        assert!(hoa.contains("của Hòa") && !hoa.contains("của Lan"));
        let private = Arc::new(desk.private.clone());
        let own = seen_by(&desk.board, &private, Role::NoteTaker, Reader::Known(HOA));
        assert_eq!(own.record(records[1]), desk.private.record(records[1]), "with all its versions");
    }

    #[test]
    fn whoever_only_says_who_they_are_sees_what_they_recorded_since() {
        let (desk, records) = desk();
        let born = desk.board.change(desk.board.record(records[1]).unwrap().born.id).unwrap();
        let private = Arc::new(desk.private.clone());
        let seen = |given: &[CommandId], role| {
            let given = given.iter().copied().collect();
            format!("{:?}", seen_by(&desk.board, &private, role, Reader::Unproven(&given)))
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
}
