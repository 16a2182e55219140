//! Who takes part in a session, and what of somebody's changes goes beyond their role.
//!
//! Admitted is who has written in the session under the host's eyes (their changes are in effect, and through no verdict), or was
//! admitted by name. Both are facts of the log.

use std::collections::BTreeMap;

use super::{
    board::Board,
    change::{Body, Change, Write},
    conclusion,
    field::{self, set},
    ids::{PersonId, RecordId},
    kind::Kind,
    policy::Role,
    record::Record,
};

/// The names of commands by which a note-taker sorts also what others recorded, and takes own work back.
const SORTING: [&str; 9] =
    ["FillEach", "Classify", "Split", "Merge", "Unmerge", "Attach", "ChangeSpeaker", "Undo", "Redo"];

/// Who is admitted to a session, while changes of others come in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Admission {
    roles: BTreeMap<PersonId, Role>,
    /// Who made the lines that came in.
    born: BTreeMap<RecordId, PersonId>,
}

impl Admission {
    /// Who is admitted to the session of a board.
    pub fn of(board: &Board) -> Self {
        let mut roles: BTreeMap<PersonId, Role> = BTreeMap::new();
        for change in board.changes().filter(|change| board.stands(change)) {
            let role = roles.entry(change.header.author.person).or_insert(change.header.role);
            if rank(change.header.role) > rank(*role) {
                *role = change.header.role;
            }
        }
        let fields = board.root().into_iter().flat_map(Record::fields);
        roles.extend(fields.filter_map(|(field, cell)| {
            let person = field.member_of(set::ADMITTED)?.parse().ok()?;
            Some((person, Role::named(cell.value()?.as_text()?)?))
        }));
        Self { roles, born: BTreeMap::new() }
    }

    /// In which role somebody takes part.
    pub fn role(&self, person: PersonId) -> Option<Role> {
        self.roles.get(&person).copied()
    }

    /// Whether a change that comes in is by somebody who is admitted, and within their role. Changes are asked about in the
    /// order of their origin.
    pub fn takes(&mut self, board: &Board, change: &Change) -> bool {
        let person = change.header.author.person;
        let Some(role) = self.role(person).filter(|role| rank(change.header.role) <= rank(*role)) else {
            return false;
        };
        let within = match role {
            Role::Facilitator | Role::Chair => !withholds(board, change),
            Role::NoteTaker => self.is_of_note_taker(board, change),
            Role::Observer => false,
        };
        if within {
            let made = change.writes().iter().filter(|write| write.field == field::KIND);
            self.born.extend(made.map(|write| (write.record, person)));
        }
        within
    }

    fn is_of_note_taker(&self, board: &Board, change: &Change) -> bool {
        change.body != Body::Unknown
            && change.writes().iter().all(|write| self.may_note(board, change, write))
    }

    fn may_note(&self, board: &Board, change: &Change, write: &Write) -> bool {
        let known = board.record(write.record);
        let born = known.and_then(|record| board.change(record.born.id));
        let author = born.map(|born| born.header.author.person);
        let author = author.or_else(|| self.born.get(&write.record).copied());
        let own = author.is_none_or(|author| author == change.header.author.person);
        let line = known.and_then(Record::kind).is_none_or(|kind| Kind::CAPTURED.contains(&kind));
        let decided = known.is_some_and(is_decided);
        let remark = write.field.member_of(set::AFTER).is_some();
        remark
            || (own || SORTING.contains(&&*change.header.name))
                && line
                && !decided
                && !field::is_bookkeeping(&write.field)
                && may_write(change, known, write)
    }
}

fn rank(role: Role) -> u8 {
    match role {
        Role::Facilitator | Role::Chair => 2,
        Role::NoteTaker => 1,
        Role::Observer => 0,
    }
}

fn is_decided(record: &Record) -> bool {
    record.kind().is_some_and(|kind| Kind::DECIDING.contains(&kind)) && !conclusion::is_proposed(record)
}

/// What a note-taker decides is a proposal, and accepting is not theirs.
fn may_write(change: &Change, known: Option<&Record>, write: &Write) -> bool {
    if write.field == field::PROPOSED {
        return write.value == true.into();
    }
    let kind = write.value.as_text().and_then(Kind::named).filter(|_| write.field == field::KIND);
    let proposes = |other: &Write| {
        other.record == write.record && other.field == field::PROPOSED && other.value == true.into()
    };
    kind.is_none_or(|kind| {
        let undecided = known.is_some_and(conclusion::is_proposed) || change.writes().iter().any(proposes);
        Kind::CAPTURED.contains(&kind) && (!Kind::DECIDING.contains(&kind) || undecided)
    })
}

/// Whether a change, made elsewhere, holds back what is in effect here.
fn withholds(board: &Board, change: &Change) -> bool {
    let root = board.scope().root();
    let held = change
        .writes()
        .iter()
        .filter(|write| write.record == root && write.field.member_of(set::HELD).is_some());
    let covers: Vec<_> = held.filter_map(|write| super::cover::Cover::read(&write.value)).collect();
    !covers.is_empty() && board.changes().any(|known| covers.iter().any(|cover| cover.contains(board, known)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::Command,
        cover::Cover,
        edit::Edit,
        kind::SessionState,
        testing::{Desk, HOA, LAN},
    };

    /// A session at which Lan is facilitator and Hoa has taken notes.
    fn host() -> (Desk, RecordId) {
        let mut desk = Desk::at_session(1);
        desk.submit(&Command::SetState { state: SessionState::Open }).unwrap();
        let line = desk.line(Kind::Difficulty, "của Lan");
        desk.seat(HOA, Role::NoteTaker).line(Kind::Difficulty, "của Hoa");
        desk.seat(LAN, Role::Facilitator);
        (desk, line)
    }

    /// Whether the host takes each of the changes that were made elsewhere.
    fn taken(host: &Desk, elsewhere: &Desk) -> Vec<bool> {
        let mut admission = Admission::of(&host.board);
        let new = elsewhere.board.all_changes().filter(|change| host.board.change(change.id).is_none());
        new.map(|change| admission.takes(&host.board, change)).collect()
    }

    #[test]
    fn a_note_taker_brings_notes_and_proposals_and_no_decisions() {
        let (host, line) = host();
        let mut notebook = host.elsewhere(2);
        notebook.seat(HOA, Role::NoteTaker);
        let own = notebook.line(Kind::Solution, "đề nghị");
        notebook.edit(own, Edit::Text("đề nghị rõ hơn".into())).unwrap();
        notebook.submit(&Command::Merge { into: line, from: vec![line, line] }).unwrap_err();
        let nature = None;
        notebook.submit(&Command::Classify { records: vec![line], kind: Kind::Opinion, nature }).unwrap();
        assert_eq!(taken(&host, &notebook), [true, true, true]);

        notebook.seat(HOA, Role::Facilitator);
        notebook.edit(own, Edit::Proposed(false)).unwrap();
        assert!(!taken(&host, &notebook)[3], "a greater role than the one they were admitted in");
    }

    #[test]
    fn a_note_taker_whose_program_respects_nothing_is_held_back() {
        let (host, line) = host();
        for act in [
            Command::SetState { state: SessionState::Closed },
            Command::Admit { person: HOA, role: Role::Chair },
            Command::Edit { record: line, edit: Edit::Text("đè lên".into()), seen: Vec::new() },
        ] {
            let mut elsewhere = host.elsewhere(2);
            let act = match act {
                Command::Edit { record, edit, .. } => {
                    Command::Edit { record, seen: elsewhere.seen(record, &edit.field()), edit }
                }
                other => other,
            };
            let forged = elsewhere.submit(&act).unwrap();
            let mut change = (**elsewhere.board.change(forged).unwrap()).clone();
            (change.header.author.person, change.header.role) = (HOA, Role::NoteTaker);
            assert!(!Admission::of(&host.board).takes(&host.board, &change), "{act:?}");
        }
    }

    #[test]
    fn a_stranger_is_admitted_by_name_and_not_by_a_verdict() {
        let (mut host, _) = host();
        let stranger = PersonId(77);
        let mut elsewhere = host.elsewhere(2);
        elsewhere.seat(stranger, Role::NoteTaker).line(Kind::Note, "ngoài");
        assert_eq!(taken(&host, &elsewhere), [false]);
        let new = elsewhere.board.all_changes().next_back().unwrap().clone();
        let cover = Cover::of(&host.board, [new.as_ref()]);
        let receive = Command::Receive { cover: Box::new(cover) };
        host.submit(&receive).unwrap();
        host.board.apply(std::sync::Arc::clone(&new));
        elsewhere.line(Kind::Note, "ngoài nữa");
        if host.board.aside_of(new.id).is_some() {
            host.submit(&Command::Accept { changes: vec![new.id] }).unwrap();
        }
        assert_eq!(Admission::of(&host.board).role(stranger), None);
        host.submit(&Command::Admit { person: stranger, role: Role::NoteTaker }).unwrap();
        assert_eq!(taken(&host, &elsewhere), [true]);
    }

    #[test]
    fn what_holds_back_what_is_in_effect_here_is_held_back() {
        let (host, line) = host();
        let mut copy = host.elsewhere(2);
        let creation = copy.board.record(line).unwrap().born.id;
        let cover = Cover::of(&copy.board, [copy.board.change(creation).unwrap().as_ref()]);
        copy.submit(&Command::Receive { cover: Box::new(cover) }).unwrap();
        assert_eq!(taken(&host, &copy), [false]);
    }
}
