//! Arguments and subcommands: the program as a person starts it.
//!
//! The room turns arguments into an open folder and a seat, or into one deed and its report. Invariant: every end has a sentence and
//! an exit code: 0 done, 1 failed and nothing lost, 2 usage, 3 in use elsewhere, 4 damage found.

pub mod args;
mod deeds;
mod error;
pub mod sample;
mod screens;

use std::process::ExitCode;

use clap::Parser;

use crate::{
    config::{self, Folders},
    i18n::Lang,
    runtime::Clock,
    store::{OpenOptions, Store},
};
use args::{Action, Args};
use error::CliError;

/// What every subcommand needs.
struct Context {
    folders: Folders,
    lang: Lang,
    user: String,
    args: Args,
    clock: Clock,
}

/// Runs the program with the process's own arguments and environment.
pub fn main() -> ExitCode {
    let args = Args::parse();
    let env = |name: &str| std::env::var(name).ok();
    let lang = config::language(args.lang, &env);
    match start(args, lang) {
        Ok(code) => code,
        Err(error) => {
            error::tell(lang, &error);
            error.exit_code()
        }
    }
}

fn start(args: Args, lang: Lang) -> Result<ExitCode, CliError> {
    let env = |name: &str| std::env::var(name).ok();
    let mut folders = Folders::find(args.data.as_deref(), &env).ok_or(CliError::NoHome)?;
    if matches!(args.command, Some(Action::Demo)) && args.data.is_none() {
        folders.data = folders.data.join("demo");
    }
    let user = config::user_name(args.user.as_deref(), &env);
    let context = Context { folders, lang, user, args, clock: Clock::system() };
    match &context.args.command {
        None => screens::run(&context),
        Some(Action::Demo) => screens::demo(&context),
        Some(_) => deeds::run(&context),
    }
}

impl Context {
    fn options(&self) -> Result<OpenOptions, CliError> {
        let holder = format!("{} (pid {})", self.user, std::process::id());
        Ok(OpenOptions::new(random()?, holder))
    }

    /// The folder for writing; only one program at a time.
    fn open(&self) -> Result<Store, CliError> {
        Ok(Store::open(&self.folders.data, self.options()?)?)
    }

    /// The folder for reading, whoever else works with it.
    fn read(&self) -> Result<Store, CliError> {
        Ok(Store::open(&self.folders.data, self.options()?.read_only())?)
    }
}

/// A random number from the system.
fn random() -> Result<u128, CliError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| CliError::Failed(error.to_string()))?;
    Ok(u128::from_be_bytes(bytes))
}
