//! How the door to other computers opens, what others need to join, and why it stays closed.

use std::{io, net::SocketAddr, path::PathBuf};

use crate::{
    domain::policy::Role,
    i18n::{Lang, Strings, fill},
};

/// How a door opens.
#[derive(Debug, Clone)]
pub struct Manner {
    /// The data folder.
    pub data: PathBuf,
    /// The language of whoever joins, and of what is told of errors.
    pub lang: Lang,
    /// Where to listen, as somebody typed it; without it, this computer's address in the local network.
    pub listen: Option<String>,
    /// The role that the code alone gives; without it one waits to be admitted.
    pub admit: Option<Role>,
}

/// What others need to join.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Welcome {
    /// The address and port.
    pub address: String,
    /// The code: digits.
    pub code: String,
    /// By what the host's computer is known.
    pub fingerprint: String,
}

/// Why the door could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum DoorError {
    /// The address makes no sense.
    #[error("{0} is no address")]
    Address(String),
    /// Nothing can listen there.
    #[error("{0}: {1}")]
    Listen(SocketAddr, io::Error),
    /// The host key is damaged.
    #[error("{0} is damaged")]
    KeyDamaged(PathBuf),
    /// Others can read the host key.
    #[error("others can read {0}")]
    KeyReadable(PathBuf),
    /// The host key cannot be read or written.
    #[error("{0}: {1}")]
    KeyFile(PathBuf, io::Error),
    /// The program was built without SSH.
    #[error("built without SSH")]
    NotBuilt,
}

impl DoorError {
    /// What went wrong and what to do, in a person's language.
    pub fn words(&self, strings: &Strings) -> String {
        let door = &strings.table.door;
        match self {
            Self::NotBuilt => door.not_built.to_owned(),
            Self::Address(typed) => fill(door.not_an_address, &[typed]),
            Self::Listen(at, error) => fill(door.not_listening, &[&at.to_string(), &error.to_string()]),
            Self::KeyDamaged(path) => fill(door.key_damaged, &[&path.display().to_string()]),
            Self::KeyReadable(path) => fill(door.key_readable, &[&path.display().to_string()]),
            Self::KeyFile(path, error) => {
                fill(door.key_unwritable, &[&path.display().to_string(), &error.to_string()])
            }
        }
    }

    /// Whether something else has to be asked for.
    pub fn is_usage(&self) -> bool {
        matches!(self, Self::Address(_) | Self::NotBuilt)
    }
}
