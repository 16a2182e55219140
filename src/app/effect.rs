//! What a seat wants done outside itself: the only way it acts.

use chrono::{DateTime, FixedOffset};

use crate::{
    document::Depth,
    domain::{
        change::Author,
        command::Command,
        ids::{CommandId, ScopeId},
        policy::Role,
    },
};

/// A wish on its way to the writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Sent twice, it acts once.
    pub command_id: CommandId,
    /// The scope it concerns.
    pub scope: ScopeId,
    /// Who wishes.
    pub author: Author,
    /// In which role.
    pub role: Role,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// What.
    pub command: Command,
}

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Hand a command to the writer.
    Submit(Box<Submission>),
    /// Open a scope; its board will be published.
    Open(ScopeId),
    /// Find out who a name is, and keep it as the author's.
    Author {
        /// The name.
        name: String,
        /// When it was given.
        at: DateTime<FixedOffset>,
    },
    /// Write all documents of a session, its minutes to a depth.
    Export(ScopeId, Depth),
    /// Search all sessions.
    Find {
        /// The search's number.
        generation: u64,
        /// What to look for.
        query: String,
    },
    /// Close the seat.
    Quit,
}
