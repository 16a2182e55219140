//! Erasing words for good: from the logs, the database, the drafts and what lies aside.
//!
//! The wish is written down first (`erasing`), and taken away last: an opening that finds it goes on with it, and every step can be
//! done again. In each scope a change says what is erased, so that it wins over payloads that come back; then each log is
//! written anew beside itself and renamed, then the database is written anew in a new folder and the old one removed.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::{
    commit::CommitError,
    error::{About as _, StoreError},
    files,
    folder::FileId,
    line::Line,
    obstacle,
    open::Store,
    receive::Host,
    scope::erases,
};
use crate::{
    domain::{
        board::Board,
        change::{Author, Body},
        command::{Command, Refusal, Request},
        field::set,
        ids::ScopeId,
        plan::Room,
        policy::Role,
    },
    text::redact::Redaction,
};

/// What stands in the place of a damaged line that held the words, so that the lines behind keep their places.
const NOTHING: &[u8] = b"{}";

/// What was erased, and what could not be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erasure {
    /// Payloads erased.
    pub changes: usize,
    /// Log files written anew.
    pub files: usize,
    /// Drafts and damaged remains that were cleaned or removed.
    pub cleaned: usize,
    /// Files of the folder in which the words still stand; a log among them has them in the name of an author.
    pub left: Vec<PathBuf>,
    /// Everybody who wrote in the sessions concerned: their own copies are out of reach.
    pub authors: BTreeSet<String>,
}

/// The wish, as it is written down until it is fulfilled. Without words: payloads are here that a change says are erased.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Wish {
    words: Option<String>,
    by: Option<(Author, Role, DateTime<FixedOffset>)>,
}

impl Store {
    /// In which sessions the words stand, in how many changes each, and their wording there.
    ///
    /// # Errors
    /// [`Refusal::EmptyText`] for fewer than two letters, [`Refusal::NotPermitted`], or what the system says.
    pub fn erasable(&mut self, words: &str, host: &Host) -> Result<Vec<(ScopeId, usize)>, CommitError> {
        let mut found = Vec::new();
        for scope in self.folder.scopes() {
            let (board, private) = (self.board(scope)?, self.private_board(scope)?);
            let Host { author, role, at } = host;
            let room = Room { board: &board, author, role: *role, at: *at, notebook: None };
            match room.plan_with(&private, &Command::Erase { words: words.to_owned() }) {
                Ok(plan) => {
                    let erased =
                        |field: &crate::domain::change::Field| field.member_of(set::ERASED).is_some();
                    found.push((scope, plan.shared.iter().filter(|write| erased(&write.field)).count()));
                }
                Err(Refusal::NoChange) => {}
                Err(refusal) => return Err(refusal.into()),
            }
        }
        Ok(found)
    }

    /// Takes words out of everything in the folder.
    ///
    /// # Errors
    /// [`Refusal::EmptyText`] for fewer than two letters, [`Refusal::NotPermitted`] for everybody but a facilitator and the chair, or
    /// what the system says: then the next opening for writing goes on.
    pub fn erase(&mut self, words: &str, host: &Host) -> Result<Erasure, CommitError> {
        self.ensure_writable()?;
        host.ensure_may_decide()?;
        Redaction::new(words).ok_or(Refusal::EmptyText)?;
        let Host { author, role, at } = host.clone();
        let wish = Wish { words: Some(words.to_owned()), by: Some((author, role, at)) };
        self.write_down(&wish)?;
        self.fulfil(&wish)
    }

    /// Erases the payloads that a change which came in says are erased.
    pub(super) fn erase_what_is_owed(&mut self) -> Result<(), StoreError> {
        let wish = Wish { words: None, by: None };
        self.write_down(&wish)?;
        self.fulfil(&wish).map(drop).or_else(only_store_errors)
    }

    /// Goes on with what an earlier opening was asked to erase.
    pub(super) fn go_on_erasing(&mut self) -> Result<(), StoreError> {
        let path = self.folder.erasing();
        let half = path.with_extension("new");
        files::remove(&half).about(&half)?;
        let Ok(wish) = obstacle::read(&path) else { return Ok(()) };
        match serde_json::from_slice::<Wish>(&wish) {
            Ok(wish) => self.fulfil(&wish).map(drop).or_else(only_store_errors),
            // It was never written whole, so nothing was begun.
            Err(_unreadable) => files::remove(&path).about(&path),
        }
    }

    fn write_down(&self, wish: &Wish) -> Result<(), StoreError> {
        let path = self.folder.erasing();
        let text = serde_json::to_vec(wish).map_err(|error| StoreError::io(&path, &error.into()))?;
        files::replace(&path, &text, true).about(&path)
    }

    fn fulfil(&mut self, wish: &Wish) -> Result<Erasure, CommitError> {
        self.forget_picture()?;
        // What only the database has would be lost with it.
        self.settle()?;
        self.compare()?;
        let words = wish.words.as_deref().and_then(Redaction::new);
        self.say_what_is_erased(wish)?;
        let mut done = Erasure::default();
        for scope in self.folder.scopes() {
            self.erase_from_logs(scope, words.as_ref(), &mut done)?;
        }
        self.renew_database()?;
        if let Some(words) = &words {
            self.clean_aside(words, &mut done)?;
            self.look_for_rest(self.folder.root(), words, &mut done)?;
        }
        let path = self.folder.erasing();
        files::remove(&path).about(&path)?;
        Ok(done)
    }

    /// One change a scope that has the words.
    fn say_what_is_erased(&mut self, wish: &Wish) -> Result<(), CommitError> {
        let (Some(words), Some((author, role, at))) = (&wish.words, &wish.by) else { return Ok(()) };
        for scope in self.folder.scopes() {
            let command = Command::Erase { words: words.clone() };
            let command_id = self.ids.command();
            let (author, role, at) = (author.clone(), *role, *at);
            match self.commit(&Request { command_id, scope, author, role, at, command }) {
                Ok(_) | Err(CommitError::Refused(Refusal::NoChange)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn erase_from_logs(
        &mut self,
        id: ScopeId,
        words: Option<&Redaction>,
        done: &mut Erasure,
    ) -> Result<(), StoreError> {
        let (board, private) = (self.board(id)?, self.private_board(id)?);
        // Whoever writes next opens a file of their own: the old handles lead to the files that go.
        self.scopes.remove(&id);
        let mut concerned = false;
        for file in self.folder.files(id) {
            concerned |= self.rewrite(id, file, [&board, &private], words, done)?;
        }
        if concerned {
            done.authors.extend(board.all_changes().map(|change| change.header.author.name.to_string()));
        }
        Ok(())
    }

    /// Writes a log file anew without the payloads that are erased; whether there was one.
    fn rewrite(
        &self,
        id: ScopeId,
        file: FileId,
        boards: [&Board; 2],
        words: Option<&Redaction>,
        done: &mut Erasure,
    ) -> Result<bool, StoreError> {
        let path = self.folder.log(id, file);
        let content = fs::read(&path).about(&path)?;
        let mut kept = Vec::with_capacity(content.len());
        let mut gone = 0;
        for raw in content.split_inclusive(|byte| *byte == b'\n') {
            match without(raw, file.private, boards, words) {
                Some(line) => {
                    gone += 1;
                    kept.extend_from_slice(&line);
                    kept.push(b'\n');
                }
                None => kept.extend_from_slice(raw),
            }
        }
        if gone > 0 {
            files::replace(&path, &kept, file.private).about(&path)?;
            done.files += 1;
            done.changes += gone;
        }
        Ok(gone > 0)
    }

    /// The database beside, in a new folder; the old one goes.
    fn renew_database(&mut self) -> Result<(), StoreError> {
        let marks = self.all_marks()?;
        let Some(keeper) = &self.keeper else { return Ok(()) };
        if !keeper.renew(marks) {
            return Err(StoreError::Database("it could not be written anew".to_owned()));
        }
        self.settle()
    }

    /// Drafts keep their newest state if it is free of the words; remains of damage go as they are.
    fn clean_aside(&self, words: &Redaction, done: &mut Erasure) -> Result<(), StoreError> {
        done.cleaned += self.drafts().forget(words)?;
        for path in files_under(&self.folder.quarantine()) {
            if words.is_in_bytes(&fs::read(&path).about(&path)?) {
                files::remove(&path).about(&path)?;
                done.cleaned += 1;
            }
        }
        Ok(())
    }

    fn look_for_rest(&self, root: &Path, words: &Redaction, done: &mut Erasure) -> Result<(), StoreError> {
        let erasing = self.folder.erasing();
        for path in files_under(root).into_iter().filter(|path| *path != erasing) {
            match fs::read(&path) {
                Ok(content) if words.is_in_bytes(&content) => done.left.push(path),
                // The database removes files of its own behind us.
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(StoreError::io(&path, &error));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn only_store_errors(error: CommitError) -> Result<(), StoreError> {
    match error {
        CommitError::NotSaved(error) => Err(error),
        // Whoever wished it may not, or nothing is left to do: the wish is as good as fulfilled.
        CommitError::Refused(_) => Ok(()),
    }
}

/// What takes the place of a line that has to go; `None` if it may stay.
fn without(
    raw: &[u8],
    private: bool,
    [board, bodies]: [&Board; 2],
    words: Option<&Redaction>,
) -> Option<Arc<[u8]>> {
    let whole = raw.strip_suffix(b"\n").unwrap_or(raw);
    match Line::decode(whole) {
        Ok(line) if line.change.body == Body::Erased => None,
        Ok(line) if !erases(board, bodies, &line.change) && !hides(&line, words) => None,
        Ok(line) => line.stored_as(private).without_payload().ok().map(|line| line.raw().into()),
        Err(_damaged) => words.filter(|words| words.is_in_bytes(whole)).map(|_| NOTHING.into()),
    }
}

/// Whether a line whose content only a newer version can read holds the words.
fn hides(line: &Line, words: Option<&Redaction>) -> bool {
    line.change.body == Body::Unknown && words.is_some_and(|words| words.is_in_bytes(line.raw()))
}

fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => files.extend(files_under(&path)),
            Ok(kind) if kind.is_file() => files.push(path),
            _ => {}
        }
    }
    files
}
