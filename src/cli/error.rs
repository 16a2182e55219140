//! Why the program ended without doing what was asked, and how it says so.

use std::{path::PathBuf, process::ExitCode};

use crate::{
    document::WordingError,
    export::ExportError,
    i18n::{Lang, Strings, fill},
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
    #[error("{0}")]
    Failed(String),
}

impl From<RunError> for CliError {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Terminal(error) => Self::Failed(error.to_string()),
            RunError::Store(error) => Self::Store(error),
        }
    }
}

impl CliError {
    /// 2 for a wrong use, 3 if the folder is in use elsewhere, else 1.
    pub(super) fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::NoSession(_) | Self::NoTerminal | Self::OldFont { .. } => 2,
            Self::Export(error) if error.is_misuse() => 2,
            Self::Store(StoreError::InUse { .. }) => 3,
            _ => 1,
        })
    }

    fn words(&self, strings: &Strings) -> String {
        match self {
            Self::NoHome => strings.cli_no_home.to_owned(),
            Self::NoTerminal => strings.cli_no_terminal.to_owned(),
            Self::NoSession(name) => fill(strings.cli_no_session, &[name]),
            Self::Store(error) => words::store_error_at_shell(strings, error),
            Self::Commit(error) => words::commit_error(strings, error),
            Self::Keynote(error) => words::keynote_error(strings, error),
            Self::OldFont { file, start } => {
                fill(strings.import.say_which, &[&file.display().to_string(), start])
            }
            Self::Export(error) => words::export_error(strings, error),
            Self::Wording(_) | Self::Failed(_) => fill(strings.cli_failed, &[&self.to_string()]),
        }
    }
}

/// Says what went wrong.
#[expect(clippy::print_stderr, reason = "the person is at a shell")]
pub(super) fn tell(lang: Lang, error: &CliError) {
    eprintln!("hoinghi: {}", error.words(lang.strings()));
}
