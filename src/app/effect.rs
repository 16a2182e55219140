//! What a seat wants done outside itself: the only way it acts.

use chrono::{DateTime, FixedOffset};

use super::lobby::Wish;
use crate::{
    document::Depth,
    domain::{
        abbreviation::Table,
        change::Author,
        command::Request,
        ids::{RecordId, ScopeId},
        policy::Role,
    },
};

/// Who decides about what others wrote, in which role and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deciding {
    /// Who.
    pub author: Author,
    /// In which role.
    pub role: Role,
    /// When.
    pub at: DateTime<FixedOffset>,
}

/// Where a list stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListSource {
    /// In a file, as typed.
    File(String),
    /// In a text that was pasted.
    Pasted(String),
}

/// Something to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Hand a command to the writer.
    Submit(Box<Request>),
    /// Open a scope; its board will be published.
    Open(ScopeId),
    /// Find out who a name is, and keep it as the author's.
    Author {
        /// The name.
        name: String,
        /// When it was given.
        at: DateTime<FixedOffset>,
    },
    /// Write all documents of a session.
    Export {
        /// The work's number.
        generation: u64,
        /// The session.
        scope: ScopeId,
        /// How much its minutes tell.
        depth: Depth,
    },
    /// Open the folder for papers with the system's file manager.
    OpenFolder,
    /// Find the sticks that are plugged in.
    FindSticks,
    /// Write all documents of a session and a backup of everything shared to a stick.
    CopyToStick {
        /// The work's number.
        generation: u64,
        /// The session.
        scope: ScopeId,
        /// Where the stick is.
        stick: String,
    },
    /// Stop the long work that is on its way.
    GiveUp,
    /// Write one page of a session as a text.
    Print {
        /// The session.
        scope: ScopeId,
        /// What it is called in the file's name: ASCII.
        slug: &'static str,
        /// The page.
        text: String,
    },
    /// List the files that a half-typed path may mean.
    ListFiles {
        /// The question's number.
        generation: u64,
        /// The path.
        typed: String,
    },
    /// Read the keynote of a file.
    ReadKeynote {
        /// The work's number.
        generation: u64,
        /// The session that it is for.
        scope: ScopeId,
        /// The file.
        path: String,
    },
    /// Look for what says nearly the same in all sessions.
    Nearest {
        /// The question's number.
        generation: u64,
        /// The session that asks.
        scope: ScopeId,
        /// The record whose words these are; it is not what is looked for.
        record: RecordId,
        /// The words.
        text: String,
    },
    /// Read the person's own abbreviations.
    ReadAbbreviations,
    /// Keep the person's own abbreviations.
    KeepAbbreviations(Table),
    /// Read the table of an input method's file.
    ReadTable(String),
    /// Read a list of units and people.
    ReadList {
        /// The session that it is for.
        scope: ScopeId,
        /// Where it stands.
        from: ListSource,
        /// The codes of the units that are there.
        codes: Vec<String>,
    },
    /// Take in what others wrote, of a notebook, a backup or a folder.
    Receive {
        /// The file, as typed.
        path: String,
        /// As whom.
        deciding: Deciding,
    },
    /// Give out a notebook of a session.
    TakeNotebook {
        /// The session.
        scope: ScopeId,
        /// Who takes it.
        taker: String,
        /// As whom.
        deciding: Deciding,
    },
    /// Home is shown: all sessions may be searched soon.
    AtHome,
    /// Search all sessions.
    Find {
        /// The search's number.
        generation: u64,
        /// What to look for.
        query: String,
    },
    /// Go on in another folder, given as typed.
    GoElsewhere(String),
    /// Want something of the door to other computers.
    Door(Wish),
    /// Put a text into the clipboard of the terminal.
    Copy(String),
    /// Close the seat.
    Quit,
}
