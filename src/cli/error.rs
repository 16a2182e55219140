//! Why the program ended without doing what was asked, and how it says so.

use std::{path::PathBuf, process::ExitCode};

use super::deeds;
use crate::{
    document::WordingError,
    export::ExportError,
    i18n::{Lang, Strings, fill},
    live::{DoorError, Ended},
    runtime::{KeynoteError, RunError, words},
    store::{CommitError, StoreError},
};

/// Why nothing (more) was done.
#[derive(Debug, thiserror::Error)]
pub(super) enum CliError {
    #[error("no data folder")]
    NoHome,
    #[error("no terminal")]
    NoTerminal,
    #[error("no session {0}")]
    NoSession(String),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Commit(#[from] CommitError),
    #[error(transparent)]
    Export(#[from] ExportError),
    #[error(transparent)]
    Wording(#[from] WordingError),
    #[error(transparent)]
    Keynote(#[from] KeynoteError),
    #[error("{file}: in an old font")]
    OldFont { file: PathBuf, start: String },
    #[error("{0} is no notebook")]
    NoNotebook(PathBuf),
    #[error("nobody has {0} open")]
    Nobody(PathBuf),
    #[error("{0}")]
    Undone(String),
    #[error(transparent)]
    Door(#[from] DoorError),
    #[error("parted: {0:?}")]
    Parted(Ended),
    #[error("{0}")]
    Failed(String),
}

impl From<RunError> for CliError {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Store(error) => Self::Store(error),
            RunError::Author(error) => Self::Commit(error),
            RunError::Terminal(_) | RunError::Closing => Self::Failed(error.to_string()),
        }
    }
}

impl CliError {
    /// 2 for a wrong use, 3 if the folder is in use elsewhere, else 1.
    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::NoSession(_) | Self::NoNotebook(_) | Self::NoTerminal | Self::OldFont { .. } => 2,
            Self::Door(error) if error.is_usage() => 2,
            Self::Export(error) if error.is_misuse() => 2,
            Self::Store(StoreError::InUse { .. }) | Self::Parted(Ended::OtherVersion) => 3,
            _ => 1,
        })
    }

    fn words(&self, strings: &Strings) -> String {
        match self {
            Self::NoHome => strings.cli_no_home.to_owned(),
            Self::NoTerminal => strings.cli_no_terminal.to_owned(),
            Self::NoSession(name) if name.is_empty() => strings.cli_no_sessions.to_owned(),
            Self::NoSession(name) => fill(strings.cli_no_session, &[name]),
            Self::Store(error) => words::store_error_at_shell(strings, error),
            Self::Commit(error) => words::commit_error(strings, error),
            Self::Keynote(error) => words::keynote_error(strings, error),
            Self::OldFont { file, start } => {
                fill(strings.import.say_which, &[&file.display().to_string(), start])
            }
            Self::NoNotebook(file) => fill(strings.notebook.no_notebook, &[&file.display().to_string()]),
            Self::Nobody(folder) => fill(strings.table.nobody, &[&folder.display().to_string()]),
            Self::Undone(why) => why.clone(),
            Self::Parted(ended) => parted(strings, ended),
            Self::Door(error) => error.words(strings),
            Self::Export(error) => words::export_error(strings, error),
            Self::Wording(_) | Self::Failed(_) => fill(strings.cli_failed, &[&self.to_string()]),
        }
    }
}

/// How a joined terminal's use ended.
pub(super) fn parted(strings: &Strings, ended: &Ended) -> String {
    let table = &strings.table;
    match ended {
        Ended::Left => String::new(),
        Ended::Closed => table.closed.to_owned(),
        Ended::Lost => table.lost.to_owned(),
        Ended::Silent => table.silent.to_owned(),
        Ended::Crashed => table.crashed.to_owned(),
        Ended::OtherVersion => table.other_version.to_owned(),
        Ended::Told(lines) => lines.join("\n"),
        Ended::Refused(why) => fill(table.refused, &[why]),
    }
}

/// Says what went wrong.
pub(super) fn tell(lang: Lang, error: &CliError) {
    deeds::remark(&format!("hoinghi: {}", error.words(lang.strings())));
}
