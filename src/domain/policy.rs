//! Who may do what, and in which state of the session. The writer enforces it; screens only show it.

use super::{
    board::Board,
    command::{Command, Refusal},
    field,
    ids::RecordId,
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
    /// Changing lines that exist: everybody's while the session is open, else one's own.
    Sorting,
    /// Changing or removing one's own lines.
    Own,
    /// Agenda, roll, keynote, pledge, state, conclusions.
    Running,
    /// Taking back one's own change.
    Reverting,
}

fn concern(board: &Board, command: &Command) -> Concern {
    match command {
        Command::Capture(_) => Concern::Capturing,
        Command::Classify { .. }
        | Command::Split { .. }
        | Command::Merge { .. }
        | Command::Unmerge { .. }
        | Command::Attach { .. }
        | Command::ChangeSpeaker { .. } => Concern::Sorting,
        Command::Edit { record, .. } | Command::Remove { record } | Command::Restore { record } => {
            let kind = board.record(*record).and_then(Record::kind);
            let captured = kind.is_some_and(|kind| Kind::CAPTURED.contains(&kind));
            if captured { Concern::Own } else { Concern::Running }
        }
        Command::Undo { .. } | Command::Redo { .. } => Concern::Reverting,
        _ => Concern::Running,
    }
}

/// Whether the person may do this now.
///
/// # Errors
/// [`Refusal::NotPermitted`], [`Refusal::NotYours`], [`Refusal::WrongState`] or [`Refusal::NothingToUndo`].
pub fn permit(room: &Room<'_>, command: &Command) -> Result<(), Refusal> {
    permit_state(room.board, command)?;
    let concern = concern(room.board, command);
    if concern == Concern::Reverting {
        return permit_reverting(room, command);
    }
    match (room.role, concern) {
        (Role::Facilitator | Role::Chair, _) | (Role::NoteTaker, Concern::Capturing) => Ok(()),
        (Role::NoteTaker, Concern::Sorting) if session_state(room.board) == SessionState::Open => Ok(()),
        (Role::NoteTaker, Concern::Sorting | Concern::Own) => permit_own(room, command),
        (role, _) => Err(Refusal::NotPermitted(role)),
    }
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
        | Command::Remove { record }
        | Command::Restore { record }
        | Command::Split { record, .. }
        | Command::Unmerge { record }
        | Command::Attach { record, .. }
        | Command::Move { record, .. } => vec![*record],
        Command::Classify { records, .. } | Command::ChangeSpeaker { records, .. } => records.clone(),
        Command::Merge { into, from } => std::iter::once(*into).chain(from.iter().copied()).collect(),
        Command::Link { from, .. } | Command::Unlink { from, .. } => vec![*from],
        _ => Vec::new(),
    }
}

fn permit_reverting(room: &Room<'_>, command: &Command) -> Result<(), Refusal> {
    let (Command::Undo { change } | Command::Redo { change }) = command else { return Ok(()) };
    let change = room.board.change(*change).ok_or(Refusal::NothingToUndo)?;
    if room.role == Role::Observer {
        return Err(Refusal::NotPermitted(room.role));
    }
    if change.header.author.person == room.author.person { Ok(()) } else { Err(Refusal::NothingToUndo) }
}

/// Signed papers do not change: once issued, only the state moves on.
fn permit_state(board: &Board, command: &Command) -> Result<(), Refusal> {
    let state = session_state(board);
    let frozen = matches!(state, SessionState::Issued | SessionState::Sent);
    if frozen && !matches!(command, Command::SetState { .. }) {
        return Err(Refusal::WrongState(state));
    }
    Ok(())
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
