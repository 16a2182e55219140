//! Many terminals at one table: how other terminals reach the seats of a running program.
//!
//! A second start on the same data folder joins the first through a local socket. What joins is a thin client: it sends bytes of its
//! keyboard and its size, and shows the bytes that come; the seat itself, with all that it knows, is in the host's program
//! ([`crate::runtime`]). The room knows sockets and nothing of sessions. Invariant: nobody but the user who runs the host is let in, and
//! whatever a client sends or leaves unread costs no other seat anything.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::domain::ids::ScopeId;

#[cfg(unix)]
mod client;
#[cfg(unix)]
mod door;
mod manner;
#[cfg(unix)]
mod socket;
#[cfg(feature = "ssh")]
mod ssh;
#[cfg(not(feature = "ssh"))]
mod walled;
#[cfg(unix)]
mod wire;

#[cfg(unix)]
pub use client::{ask, join};
#[cfg(unix)]
pub use door::open;
pub use manner::{DoorError, Manner, Welcome};
#[cfg(unix)]
pub use socket::{Called, call};
#[cfg(feature = "ssh")]
pub use ssh::Keeper;
#[cfg(not(feature = "ssh"))]
pub use walled::Keeper;
#[cfg(unix)]
pub use wire::Hello;

/// How a joined terminal's use ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// The person left.
    Left,
    /// The host closed its program.
    Closed,
    /// The host's program is gone.
    Lost,
    /// The terminal answered too late.
    Silent,
    /// The seat failed.
    Crashed,
    /// The host's program is of another version.
    OtherVersion,
    /// What was asked for is done; the report.
    Told(Vec<String>),
    /// The host gave no seat, or did nothing; why.
    Refused(String),
}

/// What a start without a screen asks of the program that has the folder open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Errand {
    /// Take in what others wrote.
    Receive {
        /// The file or folder.
        source: PathBuf,
    },
    /// Give out a notebook.
    Notebook {
        /// Of which session.
        session: ScopeId,
        /// Who takes it.
        taker: String,
        /// The file to write.
        file: PathBuf,
    },
}
