//! Arguments and subcommands: the program as a person starts it.
//!
//! The room turns arguments into an open folder and a seat, or into one deed and its report. Invariant: every end has a sentence and
//! an exit code: 0 done, 1 failed and nothing lost, 2 usage, 3 in use elsewhere, 4 damage found.

pub mod args;
mod deeds;
mod effective;
mod error;
mod host;
mod join;
pub mod sample;
mod screens;

use std::{path::Path, process::ExitCode};

use clap::Parser;

use crate::{
    app::company::View,
    config::{Chosen, Fault, Folders, Settings},
    i18n::Lang,
    runtime::{self, Clock},
    store::{Notebook, OpenOptions, Store},
};
use args::{Action, Args, NotebookDeed, RoleName};
use error::CliError;

/// What every subcommand needs.
struct Context {
    folders: Folders,
    settings: Settings,
    faults: Vec<Fault>,
    author: Chosen<String>,
    lang: Lang,
    args: Args,
    clock: Clock,
    /// The letter of the notebook that the folder is, if it is one.
    letter: Option<char>,
}

/// Runs the program with the process's own arguments and environment.
pub fn main() -> ExitCode {
    let args = Args::parse();
    let lang = Settings::default().language(args.lang, &variable).value;
    let done = match Context::new(args) {
        Ok(context) => context.run().map_err(|error| (context.lang, error)),
        Err(error) => Err((lang, error)),
    };
    done.unwrap_or_else(|(lang, error)| {
        error::tell(lang, &error);
        error.exit_code()
    })
}

/// A variable of the environment.
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

impl Context {
    fn new(args: Args) -> Result<Self, CliError> {
        let mut folders = Folders::find(args.data.as_deref(), &variable).ok_or(CliError::NoHome)?;
        if matches!(args.command, Some(Action::Demo)) && args.data.is_none() {
            folders.data = folders.data.join("demo");
        }
        let mut faults = Vec::new();
        let settings = Settings::read(&folders.config, &mut faults);
        let author = settings.author(args.user.as_deref(), &variable);
        let lang = settings.language(args.lang, &variable).value;
        Ok(Self { folders, settings, faults, author, lang, args, clock: Clock::system(), letter: None })
    }

    fn run(&self) -> Result<ExitCode, CliError> {
        runtime::guard(self.folders.state.clone(), self.lang);
        match &self.args.command {
            None => screens::run(self),
            Some(Action::Demo) => screens::demo(self),
            Some(Action::Notebook { deed: NotebookDeed::Open { file } }) => screens::notebook(self, file),
            Some(Action::Host { listen, session, headless, admit }) => {
                let order = host::Order { listen, session: session.as_deref(), admit: *admit };
                if *headless { host::headless(self, &order) } else { host::screens(self, &order) }
            }
            Some(Action::Join { view }) => join::only(self, view.map(View::from)),
            Some(_) => deeds::run(self),
        }
    }

    /// The same for somebody who works in a notebook: in its folder, as its note-taker.
    fn in_notebook(&self, file: &Path, notebook: &Notebook) -> Result<Self, CliError> {
        let args = Args {
            data: Some(Notebook::folder(file)),
            user: Some(notebook.taker.name.to_string()),
            role: Some(RoleName::NoteTaker),
            ..self.args.clone()
        };
        Ok(Self { letter: Some(notebook.letter), ..Self::new(args)? })
    }

    fn author_in(&self, settings: &Settings) -> Chosen<String> {
        settings.author(self.args.user.as_deref(), &variable)
    }

    fn language_in(&self, settings: &Settings) -> Chosen<Lang> {
        settings.language(self.args.lang, &variable)
    }

    /// Says at the shell what is wrong with the files of the configuration folder.
    fn tell(&self, faults: &[Fault]) {
        for fault in faults {
            deeds::remark(&fault.words(self.lang.strings()));
        }
    }

    fn options(&self) -> Result<OpenOptions, CliError> {
        let holder = format!("{} (pid {})", self.author.value, std::process::id());
        Ok(OpenOptions { notebook: self.letter, ..OpenOptions::new(random()?, holder) })
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
