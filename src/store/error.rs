//! What can go wrong with a data folder. No words for people here: they are made elsewhere from these values.

use super::line::BadLine;
use std::{
    io,
    path::{Path, PathBuf},
};

/// Why the store could not do something.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// There is nothing at this path.
    #[error("nothing at {0}")]
    Missing(PathBuf),
    /// The folder holds other things than our data.
    #[error("{0} is not a hoinghi folder")]
    Foreign(PathBuf),
    /// A newer program made the folder in a way that this one does not know.
    #[error("{path} has format {version}")]
    Newer {
        /// The folder.
        path: PathBuf,
        /// Its format.
        version: u32,
    },
    /// The file that says what the folder is cannot be read.
    #[error("{0} is damaged")]
    Damaged(PathBuf),
    /// Nothing can be written there.
    #[error("{0} is read-only")]
    ReadOnly(PathBuf),
    /// Another program works with the folder.
    #[error("{path} is in use by {holder}")]
    InUse {
        /// The folder.
        path: PathBuf,
        /// Who, as the other program described itself; empty if that cannot be read.
        holder: String,
    },
    /// The disk is full.
    #[error("no space left for {0}")]
    DiskFull(PathBuf),
    /// A restore is meant for an empty folder.
    #[error("{0} has data")]
    HasData(PathBuf),
    /// There is a file already where one was to be written.
    #[error("{0} exists")]
    Exists(PathBuf),
    /// The file is no backup, log or data folder.
    #[error("{0} holds no changes")]
    NotChanges(PathBuf),
    /// A backup did not read back as it was written.
    #[error("{0} did not read back as written")]
    BackupUnverified(PathBuf),
    /// It was given up on the way; nothing was written.
    #[error("given up")]
    GivenUp,
    /// A change that no log line can hold: too long, or too many writes.
    #[error("no line can hold this change: {0}")]
    NoLine(BadLine),
    /// The database failed or is being rebuilt; the log is not concerned.
    #[error("database: {0}")]
    Database(String),
    /// The writer has stopped.
    #[error("the writer has stopped")]
    Stopped,
    /// The system refused.
    #[error("{path}: {detail}")]
    Io {
        /// The file.
        path: PathBuf,
        /// The kind of refusal.
        kind: io::ErrorKind,
        /// In the system's words, for the log file.
        detail: String,
    },
}

impl StoreError {
    /// The error that the system reported about `path`.
    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull(path),
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::ReadOnly(path),
            kind => Self::Io { path, kind, detail: error.to_string() },
        }
    }
}

/// Names the file in a system error.
pub(super) trait About<T> {
    fn about(self, path: &Path) -> Result<T, StoreError>;
}

impl<T> About<T> for io::Result<T> {
    fn about(self, path: &Path) -> Result<T, StoreError> {
        self.map_err(|error| StoreError::io(path, &error))
    }
}
