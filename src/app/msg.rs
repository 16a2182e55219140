//! What happens to a seat.

use std::sync::Arc;

use super::{
    company::Company,
    lobby::{DoorNews, Lobby},
};
use crate::{
    domain::{
        abbreviation::Table,
        board::Board,
        catalogue::Catalogue,
        change::Author,
        command::Refusal,
        ids::{CommandId, RecordId, ScopeId},
        summons::Entry,
    },
    keymap::key::Key,
    text::legacy::Legacy,
};

/// One thing that came from the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// A bracketed paste.
    Paste(String),
    /// The mouse.
    Mouse(Mouse),
    /// The window got or lost the focus.
    Focus,
    /// The terminal answered a question, or sent what nobody understands.
    Reply,
}

/// A mouse event, in cells from the top left corner, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What happened.
    pub kind: MouseKind,
    /// Column.
    pub column: u16,
    /// Row.
    pub row: u16,
}

/// What a mouse did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Down,
    /// The mouse moved with the button down.
    Drag,
    /// The button came up.
    Up,
    /// The wheel turned up.
    ScrollUp,
    /// The wheel turned down.
    ScrollDown,
}

/// A record that a search over all sessions found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The session.
    pub scope: ScopeId,
    /// The record.
    pub record: RecordId,
    /// The session's title.
    pub session: String,
    /// The record's number and wording.
    pub text: String,
}

/// A folder or file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub path: String,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// A stick that is plugged in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stick {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub path: String,
}

/// What was read of an input method's table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadTable {
    /// Its rows.
    pub entries: Table,
    /// How many lines were none.
    pub skipped: usize,
}

/// What was read of a list of units and people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadList {
    /// Its lines.
    pub entries: Vec<Entry>,
    /// The numbers of those that name nobody.
    pub unread: Vec<u64>,
    /// Whether it was pasted, so that somebody has to say that it is meant.
    pub is_pasted: bool,
}

/// Headings and their paragraphs.
pub type Sections = Vec<(String, Vec<String>)>;

/// What was read of a keynote's file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadKeynote {
    /// What is in it; the first may have no heading.
    pub sections: Sections,
    /// The same in Unicode, if the letters seem to be those of an old font.
    pub converted: Option<(Legacy, Sections)>,
    /// What was left out, in the person's language.
    pub report: Vec<String>,
}

/// News of long work.
#[derive(Debug, Clone, PartialEq)]
pub enum News {
    /// How far it is, in hundredths.
    Percent(u8),
    /// It stopped because the person gave it up; nothing came of it.
    GivenUp,
    /// It is done; what came of it.
    Done(Box<Msg>),
}

/// Something that happened to a seat.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// All that one read of the terminal gave, in order: input methods send a letter as a burst.
    Input(Vec<Input>),
    /// The terminal has this size.
    Resize {
        /// Columns.
        columns: u16,
        /// Rows.
        rows: u16,
    },
    /// The minute changed, or a shown clock ticked.
    Tick,
    /// A scope has a new board.
    Published {
        /// The shared board.
        board: Arc<Board>,
        /// Off-record bodies.
        private: Arc<Board>,
    },
    /// The headers of the sessions changed.
    Catalogue(Arc<Catalogue>),
    /// A command is on disk.
    Saved {
        /// The command.
        command: CommandId,
    },
    /// A command was refused; nothing was written.
    Refused {
        /// The command.
        command: CommandId,
        /// Why.
        refusal: Refusal,
    },
    /// A command could not be written.
    NotSaved {
        /// The command.
        command: CommandId,
        /// What happened and what to do, in the person's language.
        what: String,
    },
    /// Who the name is that was given as the author's.
    Author(Author),
    /// Who else is at the table.
    Company(Company),
    /// The door to other computers stands so now.
    Lobby(Lobby),
    /// Something happened there.
    Door(DoorNews),
    /// Work goes on in another folder.
    Moved {
        /// Where.
        folder: String,
        /// How many changes are there.
        changes: usize,
    },
    /// Another folder could not be used; why, in the person's language.
    NotMoved(String),
    /// Documents were written.
    Exported {
        /// How many files.
        files: usize,
        /// Where.
        folder: String,
        /// How many places have to be filled in.
        missing: usize,
        /// How many lines are off the record and were left out.
        withheld: usize,
        /// A file that another program holds open, and under which name it was written instead.
        renamed: Option<(String, String)>,
    },
    /// The folder for papers was opened; where it is.
    FolderOpened(String),
    /// There is no folder for papers yet.
    NothingExported,
    /// The sticks that are plugged in.
    Sticks(Vec<Stick>),
    /// Papers and a backup are on a stick; what there is to tell, in the person's language, what has to be known first.
    CopiedOut(Vec<String>),
    /// News of long work.
    Work {
        /// Its number; of another it is old.
        generation: u64,
        /// The news.
        news: News,
    },
    /// Something went wrong outside; in the person's language.
    Failed(String),
    /// Something that the person should know; in their language.
    Warned(String),
    /// A report to be read; in the person's language.
    Told {
        /// What it is about.
        title: String,
        /// Its lines.
        lines: Vec<String>,
    },
    /// The database is being rebuilt behind.
    Rebuilding {
        /// Changes done.
        done: usize,
        /// Changes in all.
        total: usize,
    },
    /// The files that a half-typed path may mean.
    Files {
        /// The question's number; an older one is ignored.
        generation: u64,
        /// Folders first.
        files: Vec<Listed>,
    },
    /// A keynote was read.
    Keynote {
        /// The session that it is for.
        scope: ScopeId,
        /// What it is.
        read: ReadKeynote,
    },
    /// What says nearly the same as a line, of all sessions, the nearest of each first.
    Nearest {
        /// The question's number; an older one is ignored.
        generation: u64,
        /// What was found.
        hits: Vec<Hit>,
    },
    /// The person's own abbreviations were read.
    Abbreviations(Table),
    /// The table of an input method was read.
    Table(ReadTable),
    /// A list of units and people was read.
    List {
        /// The session that it is for.
        scope: ScopeId,
        /// What it is.
        list: ReadList,
    },
    /// A search over all sessions is done.
    Found {
        /// The search's number; an older one is ignored.
        generation: u64,
        /// What it found.
        hits: Vec<Hit>,
    },
}
