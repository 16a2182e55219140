//! Notebooks: one session in one file, for somebody who works apart from the host. A notebook is a backup of the session and of who is who,
//! whose head says whose it is; so it comes back by the same union as everything else. Off-record bodies stay where they were written.

use std::{
    collections::BTreeSet,
    ffi::OsString,
    fs,
    io::BufRead as _,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{
    backup::{Cargo, FORMAT, open_source},
    commit::CommitError,
    error::{About as _, StoreError},
    open::Store,
    receive::Host,
    union::UnionReport,
};
use crate::domain::{
    change::Author,
    command::{Command, Request},
    ids::ScopeId,
    notebook::next_letter,
};

const KIND: &str = "notebook";

/// Whose a notebook is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notebook {
    /// The session.
    pub session: ScopeId,
    /// Whoever takes it: a note-taker there.
    pub taker: Author,
    /// The letter of the numbers that are given in it.
    pub letter: char,
}

/// What is in a notebook's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Changes.
    pub changes: u64,
    /// Bodies off the record that are in the folder and not in the file.
    pub withheld: usize,
}

#[derive(Serialize, Deserialize)]
struct NotebookHead {
    hoinghi: String,
    version: u32,
    notebook: Notebook,
}

impl Notebook {
    /// Reads whose notebook a file is.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::NotChanges`] if it is none, [`StoreError::Newer`], or what the system says.
    pub fn read(file: &Path) -> Result<Self, StoreError> {
        let mut source = open_source(file)?;
        let begin = source.fill_buf().about(file)?;
        let first = begin.split(|byte| *byte == b'\n').next().unwrap_or_default();
        match serde_json::from_slice::<NotebookHead>(first) {
            Ok(read) if read.version > FORMAT => {
                Err(StoreError::Newer { path: file.to_owned(), version: read.version })
            }
            Ok(read) if read.hoinghi == KIND => Ok(read.notebook),
            Ok(_) | Err(_) => Err(StoreError::NotChanges(file.to_owned())),
        }
    }

    /// The folder beside a notebook's file in which its taker works.
    pub fn folder(file: &Path) -> PathBuf {
        let mut name: OsString = file.file_name().unwrap_or_default().to_owned();
        name.push("-data");
        file.with_file_name(name)
    }
}

impl Store {
    /// Gives out a notebook of a session: admits the taker, who is known by name, and writes the file.
    ///
    /// # Errors
    /// [`StoreError::Exists`] if there is a file of that name; a refusal if the host may not give it or the session takes no more notes; or what
    /// the system says.
    pub fn take_notebook(
        &mut self,
        session: ScopeId,
        taker: &str,
        file: &Path,
        host: &Host,
    ) -> Result<(Notebook, Written), CommitError> {
        if file.exists() {
            return Err(StoreError::Exists(file.to_owned()).into());
        }
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).about(folder)?;
        }
        let Host { author, role, at } = host.clone();
        let taker = self.person(taker, at)?;
        let letter = next_letter(&*self.board(session)?, taker.person);
        let command = Command::TakeNotebook { person: taker.person, letter };
        let command_id = self.ids.command();
        self.commit(&Request { command_id, scope: session, author, role, at, command })?;
        let notebook = Notebook { session, taker, letter };
        let written = self.write_notebook(file, &notebook)?;
        Ok((notebook, written))
    }

    /// Takes a notebook's file into the folder beside it, in which its taker works; how many changes the file holds. No other folder takes
    /// it this way: what comes back is asked about by [`Store::receive`].
    ///
    /// # Errors
    /// [`StoreError::Foreign`] if this is not that folder; else as [`Notebook::read`] and [`Store::unite`].
    pub fn unpack(&mut self, file: &Path) -> Result<u64, StoreError> {
        Notebook::read(file)?;
        if self.folder.root() != Notebook::folder(file) {
            return Err(StoreError::Foreign(self.folder.root().to_owned()));
        }
        let report = self.unite(file)?;
        Ok((report.new + report.known) as u64)
    }

    /// Writes all shared changes of a notebook's session into its file, over what is there.
    ///
    /// # Errors
    /// As [`Store::backup`].
    pub fn write_notebook(&self, file: &Path, notebook: &Notebook) -> Result<Written, StoreError> {
        let (hoinghi, notebook) = (KIND.to_owned(), notebook.clone());
        let session = notebook.session;
        let head = serde_json::json!(NotebookHead { hoinghi, version: FORMAT, notebook });
        let scopes = BTreeSet::from([ScopeId::ORGANISATION, session]);
        let cargo = Cargo { folder: &self.folder, head, scopes, private: false };
        let changes = cargo.write(file, &mut |_, _| true)?;
        let all = self.lines(session, true)?;
        Ok(Written { changes, withheld: all.iter().filter(|line| line.private).count() })
    }

    /// Takes in a notebook's file, and the folder beside it too: whoever was cut off in the midst of work has what is newest there.
    ///
    /// # Errors
    /// As [`Store::receive`].
    pub fn receive_with_folder(&mut self, source: &Path, host: &Host) -> Result<UnionReport, CommitError> {
        let report = self.receive(source, host)?;
        let beside = Notebook::folder(source);
        let is_notebook = source.is_file() && beside.is_dir() && Notebook::read(source).is_ok();
        Ok(if is_notebook { report.with(self.receive(&beside, host)?) } else { report })
    }
}
