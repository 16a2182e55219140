//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::{app::company::View, domain::policy::Role, i18n::Lang};

/// Runs an organisation's quarterly thematic sessions: agenda, keynote, difficulties, conclusions.
#[derive(Debug, Clone, Parser)]
#[command(name = "hoinghi", version, about)]
pub struct Args {
    /// The folder that holds the sessions.
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// The language of the screens: vi or en.
    #[arg(long, global = true, value_parser = lang)]
    pub lang: Option<Lang>,
    /// The name under which changes are recorded.
    #[arg(long, global = true, value_name = "NAME")]
    pub user: Option<String>,
    /// In which role.
    #[arg(long, global = true, value_enum)]
    pub role: Option<RoleName>,
    /// Frames without line-drawing characters.
    #[arg(long, global = true)]
    pub ascii: bool,
    /// What to do; without it, the screens are opened.
    #[command(subcommand)]
    pub command: Option<Action>,
}

/// A subcommand.
#[derive(Debug, Clone, Subcommand)]
pub enum Action {
    /// Open the sample session, in a folder of its own unless --data is given.
    Demo,
    /// Join the program that has the folder open, from another terminal of this computer.
    Join {
        /// What for; it says the role too, unless --role does.
        #[arg(long, value_enum)]
        view: Option<ViewName>,
    },
    /// Let other computers join over SSH.
    Host {
        /// Where to listen: an address of this computer, with or without a port; else its address in the local network.
        #[arg(long, value_name = "ADDR")]
        listen: Option<String>,
        /// The session: its id, the beginning of it, or a quarter such as I/2023.
        #[arg(long, value_name = "ID")]
        session: Option<String>,
        /// Without screens: prints one line of JSON with address, code and fingerprint, and serves until it is ended.
        #[arg(long)]
        headless: bool,
        /// The role that the code alone gives; without this, people wait to be admitted.
        #[arg(long, value_enum)]
        admit: Option<Granted>,
    },
    /// List the sessions.
    List {
        /// As JSON: an array of objects with id, title, quarter and state.
        #[arg(long)]
        json: bool,
    },
    /// Write the documents of a session.
    Export {
        /// The session: its id, the beginning of it, or a quarter such as I/2023; the open one, else the newest.
        session: Option<String>,
        /// Formats, between commas: docx, pdf, html, md, txt, csv, json.
        #[arg(long, default_value = "md")]
        format: String,
        /// Documents, between commas: notice, minutes, annex, pledge, attendance, signin, programme, all; and two pages that are
        /// always texts: the chair's, chair, and the figures, statistics.
        #[arg(long, default_value = "notice")]
        kind: String,
        /// How much the minutes tell: full, main-course, conclusions-only.
        #[arg(long, default_value = "full")]
        depth: String,
        /// The family of the layout: party, state, auto (the session's own).
        #[arg(long, default_value = "auto")]
        layout: String,
        /// The layout profile by name: dang-05hd-2026, dang-36hd-2018, nn-nd30-2020, or one of the configuration folder's profiles/.
        #[arg(long, value_name = "NAME")]
        profile: Option<String>,
        /// The folder to write into; made if missing.
        #[arg(long, default_value = ".", value_name = "FOLDER")]
        out: PathBuf,
    },
    /// Write all changes into one file, and read it back.
    Backup {
        /// The file.
        file: PathBuf,
        /// With off-record bodies.
        #[arg(long)]
        private: bool,
    },
    /// Take a backup into an empty folder.
    Restore {
        /// The file.
        file: PathBuf,
        /// Into a folder that has data: the union of both.
        #[arg(long)]
        merge: bool,
    },
    /// A session in a file of its own, to record where there is no network.
    Notebook {
        /// What to do with it.
        #[command(subcommand)]
        deed: NotebookDeed,
    },
    /// Take in a notebook, a backup, a log file, another data folder, a keynote as DOCX or text, a list of units and people, or the macro
    /// table of an input method.
    Import {
        /// The file; it is known by its content, not by its name.
        file: PathBuf,
        /// For a keynote or a list: the session it belongs to.
        #[arg(long)]
        session: Option<String>,
        /// For a keynote: put it behind the one that is there, even if it looks like a newer version of that.
        #[arg(long)]
        behind: bool,
        /// For a keynote: take it as a newer version of the one that is there, even if it looks like another.
        #[arg(long, conflicts_with = "behind")]
        over: bool,
        /// For a keynote in a font of before Unicode (TCVN3, VNI): whether to convert it.
        #[arg(long, value_enum)]
        convert: Option<Answer>,
        /// Take it as a list of units and people, even if no line names its columns.
        #[arg(long, conflicts_with_all = ["behind", "over", "convert"])]
        people: bool,
    },
    /// Show the settings and keys that hold.
    Config {
        /// What would hold without the files of the configuration folder.
        #[arg(long)]
        default: bool,
        /// With where each comes from.
        #[arg(long)]
        origin: bool,
    },
    /// Take words, usually somebody's name, out of everything that was ever written. It cannot be undone.
    Erase {
        /// The words; accents and case do not count.
        words: String,
        /// Do it; without this, only where the words stand is told.
        #[arg(long)]
        yes: bool,
    },
    /// Check both copies of the data.
    Doctor {
        /// Mend what can be mended.
        #[arg(long)]
        repair: bool,
    },
}

/// What is done with a notebook.
#[derive(Debug, Clone, Subcommand)]
pub enum NotebookDeed {
    /// Write a session into a file, for a note-taker to work in on another computer.
    Take {
        /// The session: its id, the beginning of it, or a quarter such as I/2023.
        session: String,
        /// The file to write; there must be none yet.
        file: PathBuf,
        /// Who takes it; without this, whoever --user is.
        #[arg(long = "for", value_name = "NAME")]
        taker: Option<String>,
    },
    /// Work in a notebook; what is recorded goes back into the file when it is left.
    Open {
        /// The file.
        file: PathBuf,
    },
}

/// A role as the command line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RoleName {
    /// Runs the session; also the clerk afterwards.
    Facilitator,
    /// Chairs and concludes.
    Chair,
    /// Records what is said.
    NoteTaker,
    /// Looks on.
    Observer,
}

/// A role that a code may give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Granted {
    /// Looks on.
    Observer,
    /// Records what is said.
    NoteTaker,
}

impl From<Granted> for Role {
    fn from(granted: Granted) -> Self {
        match granted {
            Granted::Observer => Self::Observer,
            Granted::NoteTaker => Self::NoteTaker,
        }
    }
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Facilitator => Self::Facilitator,
            RoleName::Chair => Self::Chair,
            RoleName::NoteTaker => Self::NoteTaker,
            RoleName::Observer => Self::Observer,
        }
    }
}

/// What a terminal joins for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ViewName {
    /// To show the room what is published.
    Projector,
    /// To chair: the chair's page.
    Chair,
    /// To record: the capture line.
    NoteTaker,
}

impl From<ViewName> for View {
    fn from(name: ViewName) -> Self {
        match name {
            ViewName::Projector => Self::Projector,
            ViewName::Chair => Self::Chair,
            ViewName::NoteTaker => Self::NoteTaker,
        }
    }
}

fn lang(text: &str) -> Result<Lang, String> {
    Lang::named(text).ok_or_else(|| "vi | en".to_owned())
}

/// Yes or no, where the program does not decide by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
}
