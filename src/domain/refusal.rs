//! Why a command is not carried out: reasons that the person can act on.

use chrono::NaiveDate;

use super::{
    ids::RecordId,
    kind::{Kind, SessionState},
    policy::Role,
};

/// Why a command was not carried out. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The role may not do this.
    #[error("a {} may not do this", .0.name())]
    NotPermitted(Role),
    /// A note-taker may do this to their own records only.
    #[error("record {0} is somebody else's")]
    NotYours(RecordId),
    /// The session's state does not permit it.
    #[error("not while the session is {}", .0.name())]
    WrongState(SessionState),
    /// That state does not follow the present one.
    #[error("{} does not follow {}", to.name(), from.name())]
    NoSuchStep {
        /// The present state.
        from: SessionState,
        /// The state wished for.
        to: SessionState,
    },
    /// The record does not exist (any more).
    #[error("no record {0}")]
    Missing(RecordId),
    /// Somebody wrote the field in the meantime.
    #[error("{field} of {record} was changed meanwhile")]
    Stale {
        /// The record.
        record: RecordId,
        /// The field's name.
        field: String,
    },
    /// A record of that kind has no such field.
    #[error("a {} has no field {field}", kind.name())]
    NoSuchField {
        /// The kind.
        kind: Kind,
        /// The field's name.
        field: String,
    },
    /// There is no text.
    #[error("no text")]
    EmptyText,
    /// A record of that kind cannot be made or classified this way.
    #[error("not possible for a {}", .0.name())]
    WrongKind(Kind),
    /// It would lead back to itself.
    #[error("that would lead in a circle")]
    Circle,
    /// A weight is 0 to 3.
    #[error("weight {0} is not 0 to 3")]
    BadWeight(u8),
    /// A year outside [`super::edit::YEARS`].
    #[error("{0} is not a date this program keeps")]
    BadDate(NaiveDate),
    /// What was said on the record cannot stand under a note that is off it.
    #[error("record {0} is off the record")]
    OffRecord(RecordId),
    /// The session, or the record, exists already.
    #[error("this exists already")]
    Exists,
    /// The pledge is signed: its revision is frozen.
    #[error("the pledge is signed")]
    PledgeSigned,
    /// The unit has signed already.
    #[error("that unit has signed already")]
    AlreadySigned,
    /// There is nothing (of one's own) to undo or redo.
    #[error("nothing to undo or redo")]
    NothingToUndo,
    /// The change would do nothing.
    #[error("nothing would change")]
    NoChange,
}
