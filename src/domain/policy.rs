//! Who may do what, and in which state of the session. The writer enforces it; screens only show it.

use super::{
    board::Board,
    change::{Change, Field},
    command::{Command, Refusal},
    conclusion,
    edit::Edit,
    field,
    ids::{PersonId, RecordId},
    kind::{Kind, PledgeState, SessionState, named},
    plan::Room,
    record::Record,
};
use serde::{Deserialize, Serialize};

named! {
    /// The role in which somebody works at a session.
    Role {
        /// Runs the session; also the clerk afterwards.
        Facilitator = "facilitator",
        /// Chairs and concludes.
        Chair = "chair",
        /// Records what is said.
        NoteTaker = "note_taker",
        /// Looks on.
        Observer = "observer",
    }
}

/// What a command touches, as far as permission is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Concern {
    /// Recording a new line of a kind.
    Capturing,
    /// Sorting lines that exist: everybody's while the session is open, else one's own.
    Sorting,
    /// Changing, removing or relating one's own lines.
    Own,
    /// Agenda, roll, keynote, pledge, state; accepting what is proposed.
    Running,
    /// Taking back one's own change.
    Reverting,
    /// Taking a notebook for somebody.
    Notebook(PersonId),
}

fn concern(board: &Board, command: &Command) -> Concern {
    let is_line =
        |id| board.record(id).and_then(Record::kind).is_some_and(|kind| Kind::CAPTURED.contains(&kind));
    match command {
        Command::Capture(_) => Concern::Capturing,
        Command::Add { kind, .. } if Kind::CAPTURED.contains(kind) => Concern::Capturing,
        Command::Classify { .. }
        | Command::Split { .. }
        | Command::Merge { .. }
        | Command::Unmerge { .. }
        | Command::Attach { .. }
        | Command::Take { .. }
        | Command::KeepBoth { .. }
        | Command::FillEach { .. }
        | Command::ChangeSpeaker { .. } => Concern::Sorting,
        Command::Edit { edit: Edit::Proposed(_), .. } => Concern::Running,
        Command::Fill { edits, .. } if edits.iter().any(|edit| matches!(edit, Edit::Proposed(_))) => {
            Concern::Running
        }
        Command::Expand { .. } => Concern::Own,
        Command::Edit { record, .. }
        | Command::Fill { record, .. }
        | Command::Remove { record }
        | Command::Restore { record }
        | Command::Link { from: record, .. }
        | Command::Unlink { from: record, .. }
        | Command::Disclose { record, .. }
            if is_line(*record) =>
        {
            Concern::Own
        }
        Command::Undo { .. } | Command::Redo { .. } => Concern::Reverting,
        Command::TakeNotebook { person, .. } => Concern::Notebook(*person),
        _ => Concern::Running,
    }
}

/// Whether the person may do this now.
///
/// A note-taker works on lines; conclusions, recommendations, solutions and tasks only as long as they are proposals.
///
/// # Errors
/// [`Refusal::NotPermitted`], [`Refusal::NotYours`], [`Refusal::WrongState`], [`Refusal::PledgeSigned`] or
/// [`Refusal::NothingToUndo`].
pub fn permit(room: &Room<'_>, command: &Command) -> Result<(), Refusal> {
    permit_state(room.board, command)?;
    let concern = concern(room.board, command);
    match (room.role, concern) {
        (Role::Observer, _) | (Role::NoteTaker, Concern::Running) => Err(Refusal::NotPermitted(room.role)),
        (_, Concern::Reverting) => permit_reverting(room, command),
        (Role::Facilitator | Role::Chair, _) | (Role::NoteTaker, Concern::Capturing) => Ok(()),
        (Role::NoteTaker, Concern::Notebook(person)) if person == room.author.person => Ok(()),
        (Role::NoteTaker, Concern::Notebook(_)) => Err(Refusal::NotPermitted(room.role)),
        (Role::NoteTaker, Concern::Sorting | Concern::Own) => {
            permit_undecided(room, command)?;
            let of_all = concern == Concern::Sorting && session_state(room.board) == SessionState::Open;
            if of_all { Ok(()) } else { permit_own(room, command) }
        }
    }
}

/// What the chair or a facilitator has accepted is no longer a note-taker's to change.
fn permit_undecided(room: &Room<'_>, command: &Command) -> Result<(), Refusal> {
    let decided = |id: &RecordId| {
        let record = room.board.record(*id);
        let decides = record.and_then(Record::kind).is_some_and(|kind| Kind::DECIDING.contains(&kind));
        decides && record.is_some_and(|record| !conclusion::is_proposed(record))
    };
    if targets(command).iter().any(decided) { Err(Refusal::NotPermitted(room.role)) } else { Ok(()) }
}

fn permit_own(room: &Room<'_>, command: &Command) -> Result<(), Refusal> {
    let foreign = |id: &&RecordId| {
        let born = room.board.record(**id).and_then(|record| room.board.change(record.born.id));
        born.is_some_and(|change| change.header.author.person != room.author.person)
    };
    match targets(command).iter().find(foreign) {
        Some(id) => Err(Refusal::NotYours(*id)),
        None => Ok(()),
    }
}

/// The existing records that a command changes.
pub fn targets(command: &Command) -> Vec<RecordId> {
    match command {
        Command::Edit { record, .. }
        | Command::Fill { record, .. }
        | Command::Expand { record, .. }
        | Command::Remove { record }
        | Command::Restore { record }
        | Command::Split { record, .. }
        | Command::Unmerge { record }
        | Command::Attach { record, .. }
        | Command::Disclose { record, .. }
        | Command::Move { record, .. } => vec![*record],
        Command::FillEach { edits, .. } => edits.iter().map(|(record, _)| *record).collect(),
        Command::Classify { records, .. } | Command::ChangeSpeaker { records, .. } => records.clone(),
        Command::Take { record, twin } | Command::KeepBoth { record, twin } => vec![*record, *twin],
        Command::Merge { into, from } => std::iter::once(*into).chain(from.iter().copied()).collect(),
        Command::Link { from, .. } | Command::Unlink { from, .. } => vec![*from],
        _ => Vec::new(),
    }
}

fn permit_reverting(room: &Room<'_>, command: &Command) -> Result<(), Refusal> {
    let change = reverted(room.board, command).ok_or(Refusal::NothingToUndo)?;
    if change.header.author.person != room.author.person {
        return Err(Refusal::NothingToUndo);
    }
    let frozen = pledge_state(room.board) == PledgeState::Signed;
    if frozen && change.writes().iter().any(|write| is_of_pledge(room.board, write.record)) {
        return Err(Refusal::PledgeSigned);
    }
    Ok(())
}

fn reverted<'a>(board: &'a Board, command: &Command) -> Option<&'a Change> {
    let (Command::Undo { change } | Command::Redo { change }) = command else { return None };
    board.change(*change).map(AsRef::as_ref)
}

/// Whether a record is part of what is signed. It may have been created and undone, so every kind it ever had counts.
fn is_of_pledge(board: &Board, id: RecordId) -> bool {
    let history = board.history_of(id).into_iter().flat_map(|change| change.writes());
    let kinds = history.filter(|write| write.record == id && write.field == field::KIND);
    let mut kinds = kinds.filter_map(|write| write.value.as_text().and_then(Kind::named));
    kinds.any(|kind| matches!(kind, Kind::PledgeGroup | Kind::Target))
}

/// Papers that are signed, or wait for it, do not change: only the state moves, and its last move can be taken back. What is
/// let in or kept out beside them, and what has to be erased by law, is somebody's explicit decision.
fn permit_state(board: &Board, command: &Command) -> Result<(), Refusal> {
    let state = session_state(board);
    let frozen = matches!(state, SessionState::ForSignature | SessionState::Issued | SessionState::Sent);
    if frozen && !decides(board, command) {
        return Err(Refusal::WrongState(state));
    }
    Ok(())
}

fn decides(board: &Board, command: &Command) -> bool {
    match command {
        Command::SetState { .. }
        | Command::Accept { .. }
        | Command::Decline { .. }
        | Command::Admit { .. }
        | Command::Receive { .. }
        | Command::Erase { .. } => true,
        _ => reverted(board, command).is_some_and(only_decides),
    }
}

/// Whether a change moves the session's state or says something about other changes, and nothing else.
pub(super) fn only_decides(change: &Change) -> bool {
    let decision =
        |field: &Field| [field::STATE, field::CLOSED_AT].contains(field) || field::is_bookkeeping(field);
    change.writes().iter().all(|write| decision(&write.field))
}

/// The state of the session; Draft before it was created.
pub fn session_state(board: &Board) -> SessionState {
    let name = board.root().and_then(|root| root.text(&field::STATE));
    name.and_then(SessionState::named).unwrap_or(SessionState::Draft)
}

/// The state of the pledge.
pub fn pledge_state(board: &Board) -> PledgeState {
    let name = board.root().and_then(|root| root.text(&field::PLEDGE_STATE));
    name.and_then(PledgeState::named).unwrap_or(PledgeState::Draft)
}

/// The states that can follow: one step on, one step back until the paper is issued, and past the comments.
pub fn next_states(from: SessionState) -> &'static [SessionState] {
    use SessionState as S;
    match from {
        S::Draft => &[S::Open],
        S::Open => &[S::Closed, S::Draft],
        S::Closed => &[S::OutForComments, S::ForSignature, S::Open],
        S::OutForComments => &[S::ForSignature, S::Closed],
        S::ForSignature => &[S::Issued, S::OutForComments, S::Closed],
        S::Issued => &[S::Sent],
        S::Sent => &[],
    }
}

/// Whether one state may follow another.
pub fn step_is_possible(from: SessionState, to: SessionState) -> bool {
    next_states(from).contains(&to)
}
