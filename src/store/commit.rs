//! A wish becomes a fact: plan, append, sync, acknowledge, fold. The database follows later.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use super::{
    error::StoreError,
    files,
    folder::{FileId, Marks},
    keeper::Step,
    line::Line,
    log::Tail,
    open::Store,
    scope::{Chain, Stamp},
};
use crate::domain::{
    change::Write,
    command::{Refusal, Request},
    ids::{ChangeId, OriginId, ScopeId},
    plan::{Plan, Room},
};

/// How often an append is tried: as it is, without the reserve, in a new file.
const ATTEMPTS: usize = 3;

/// A change that is on the medium.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// The change.
    pub change: ChangeId,
    /// When it was made.
    pub at: DateTime<FixedOffset>,
    /// Whether the command had been carried out before; nothing was written this time.
    pub repeated: bool,
}

/// Why nothing was saved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// The wish cannot be carried out as things stand.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The wish is good, the medium is not.
    #[error(transparent)]
    NotSaved(#[from] StoreError),
}

/// A command's lines, on the medium and not yet folded.
pub(super) struct Appended {
    pub(super) saved: Saved,
    pub(super) lines: Vec<Line>,
    /// Where the logs ended before.
    pub(super) before: Marks,
}

impl Store {
    /// Carries out a command: when this returns, its change is on the medium and in the board.
    ///
    /// # Errors
    /// [`CommitError::Refused`] with the reason, or [`CommitError::NotSaved`] if nothing could be written.
    pub fn commit(&mut self, request: &Request) -> Result<Saved, CommitError> {
        let appended = self.append(request)?;
        let saved = appended.saved;
        self.fold(request.scope, appended.lines, appended.before);
        Ok(saved)
    }

    /// The first half of a commit: up to the acknowledgement.
    pub(super) fn append(&mut self, request: &Request) -> Result<Appended, CommitError> {
        self.ensure_writable()?;
        let notebook = self.notebook;
        let scope = self.scope(request.scope)?;
        if let Some(change) = scope.board.outcome(request.command_id) {
            let saved = Saved { change: change.id, at: change.header.at, repeated: true };
            return Ok(Appended { saved, lines: Vec::new(), before: Marks::new() });
        }
        let (author, role, at) = (&request.author, request.role, request.at);
        let room = Room { board: &scope.board, author, role, at, notebook };
        let plan = room.plan_with(&scope.private, &request.command)?;
        let stamp = Stamp {
            scope: request.scope,
            counter: scope.next_counter(),
            command: request.command_id,
            name: request.command.name(),
            author,
            role,
            at,
        };
        Ok(self.append_plan(&stamp, &plan)?)
    }

    /// Bodies first: a stub without its body would be a loss, a body without its stub is ignored.
    pub(super) fn append_plan(&mut self, stamp: &Stamp<'_>, plan: &Plan) -> Result<Appended, StoreError> {
        let before = self.scope(stamp.scope)?.marks.clone();
        let mut lines = Vec::new();
        if !plan.private.is_empty() {
            lines.push(self.append_line(stamp, &plan.private, true)?);
        }
        let stub = match self.append_line(stamp, &plan.shared, false) {
            Ok(stub) => stub,
            Err(error) => {
                self.retract(stamp.scope, lines.first(), before);
                return Err(error);
            }
        };
        let saved = Saved { change: stub.change.id, at: stamp.at, repeated: false };
        lines.push(stub);
        Ok(Appended { saved, lines, before })
    }

    fn retract(&mut self, scope: ScopeId, body: Option<&Line>, before: Marks) {
        let Some(scope) = self.scopes.get_mut(&scope) else { return };
        scope.marks = before;
        if let (Some(body), Some(chain)) = (body, &mut scope.private_chain) {
            chain.retract(body);
        }
    }

    fn append_line(
        &mut self,
        stamp: &Stamp<'_>,
        writes: &[Write],
        private: bool,
    ) -> Result<Line, StoreError> {
        let mut outcome = self.try_append(stamp, writes, private);
        for _ in 1..ATTEMPTS {
            match &outcome {
                Err(_) if !self.folder.is_there() => {
                    return Err(StoreError::Missing(self.folder.root().to_owned()));
                }
                Ok(_) | Err(StoreError::NoLine(_)) => break,
                Err(StoreError::DiskFull(_)) => self.release_reserve(),
                Err(error) => tracing::warn!(%error, "append failed; trying a new file"),
            }
            outcome = self.try_append(stamp, writes, private);
        }
        outcome
    }

    fn try_append(&mut self, stamp: &Stamp<'_>, writes: &[Write], private: bool) -> Result<Line, StoreError> {
        let id = stamp.scope;
        self.ensure_chain(id, private)?;
        let folder = self.folder.clone();
        let scope = self.scope(id)?;
        let Some(chain) = scope.chain(private) else { return Err(StoreError::Stopped) };
        let line = Line::encode(chain.header(stamp), writes.to_vec(), private).map_err(StoreError::NoLine)?;
        let file = FileId { private, origin: chain.origin };
        match chain.tail.append([&line]) {
            Ok(mark) => {
                chain.advance(&line);
                scope.marks.insert(file, mark);
                Ok(line)
            }
            Err(error) => {
                if !chain.tail.is_usable() {
                    *scope.chain(private) = None;
                }
                Err(StoreError::io(&folder.log(id, file), &error))
            }
        }
    }

    /// Sees to it that there is a file of this opening to add to.
    pub(super) fn ensure_chain(&mut self, id: ScopeId, private: bool) -> Result<(), StoreError> {
        if self.scope(id)?.chain(private).is_some() {
            return Ok(());
        }
        if !self.folder.is_there() {
            return Err(StoreError::Missing(self.folder.root().to_owned()));
        }
        self.begin_writing()?;
        let origin = OriginId(self.ids.draw());
        let path = self.folder.log(id, FileId { private, origin });
        let opened = Tail::open(self.files.as_ref(), &path, private);
        let tail = opened.map_err(|error| StoreError::io(&path, &error))?;
        *self.scope(id)?.chain(private) = Some(Chain::new(origin, tail));
        Ok(())
    }

    /// Gives up the reserve so that the last words still fit.
    fn release_reserve(&self) {
        if let Err(error) = files::remove(&self.folder.reserve()) {
            tracing::warn!(%error, "the reserve cannot be released");
        }
    }

    /// The second half of a commit: boards and catalogue now, the database when it gets to it.
    ///
    /// Where the new lines decide about older ones, the database writes the scope anew.
    pub(super) fn fold(&mut self, id: ScopeId, lines: Vec<Line>, before: Marks) {
        let Some(scope) = self.scopes.get_mut(&id).filter(|_| !lines.is_empty()) else { return };
        let older = Arc::clone(&scope.board);
        for line in &lines {
            scope.absorb(line);
        }
        let board = Arc::clone(&scope.board);
        let after = scope.marks.clone();
        self.list(&board);
        let Some(keeper) = &self.keeper else { return };
        if board.adds_to(&older) {
            keeper.apply(board, lines, Step { before, after });
        } else {
            keeper.follow(id, after);
        }
    }
}
