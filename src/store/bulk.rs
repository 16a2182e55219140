//! Many commands of one scope, carried out one after the other and synced together.
//!
//! Each becomes a change of its own, as if it had been handed in alone; only the acknowledgement comes later, for all of
//! them. Invariant: what was not synced is not in any board that is used afterwards.

use std::sync::Arc;

use super::{
    commit::CommitError,
    error::StoreError,
    folder::{FileId, Marks},
    keeper::Step,
    line::Line,
    open::Store,
    scope::Stamp,
};
use crate::domain::{
    command::Request,
    ids::ScopeId,
    plan::{Plan, Room},
};

/// How many bytes of lines are synced together.
const AT_ONCE: usize = 4 << 20;

/// Lines that are folded already and wait for their sync: bodies off the record, and shared ones.
#[derive(Default)]
struct Waiting {
    lines: Vec<Line>,
    bytes: usize,
}

impl Waiting {
    fn add(&mut self, line: Line) {
        self.bytes += line.raw().len();
        self.lines.push(line);
    }
}

impl Store {
    /// Carries out many commands of one scope: when this returns, the changes of all are on the medium and in the board.
    /// A command that was carried out before acts once. How many changes were made.
    ///
    /// # Errors
    /// [`CommitError::Refused`] with the reason of the first command that cannot be carried out: those before it are done,
    /// those after it are not. [`CommitError::NotSaved`] if something could not be written: of what came last, an unknown
    /// part is in the log.
    pub fn commit_all(
        &mut self,
        id: ScopeId,
        requests: impl IntoIterator<Item = Request>,
    ) -> Result<usize, CommitError> {
        self.ensure_writable()?;
        let mut made = 0;
        let mut waiting = Waiting::default();
        for request in requests {
            match self.carry_out(id, &request, &mut waiting) {
                Ok(new) => made += usize::from(new),
                Err(error) => {
                    self.sync_waiting(id, waiting)?;
                    return Err(error);
                }
            }
            if waiting.bytes >= AT_ONCE {
                self.sync_waiting(id, std::mem::take(&mut waiting))?;
            }
        }
        self.sync_waiting(id, waiting)?;
        Ok(made)
    }

    /// Forgets the board of a scope; it is read again when somebody asks for it.
    pub fn leave(&mut self, scope: ScopeId) {
        self.scopes.remove(&scope);
    }

    /// Plans a command and folds its lines; `false` if it was carried out before.
    fn carry_out(
        &mut self,
        id: ScopeId,
        request: &Request,
        waiting: &mut Waiting,
    ) -> Result<bool, CommitError> {
        let Some(plan) = self.planned(id, request)? else { return Ok(false) };
        self.absorb_plan(id, request, plan, waiting)?;
        Ok(true)
    }

    /// What a command amounts to now; `None` if it was carried out before.
    fn planned(&mut self, id: ScopeId, request: &Request) -> Result<Option<Plan>, CommitError> {
        let notebook = self.notebook;
        let scope = self.scope(id)?;
        if scope.board.outcome(request.command_id).is_some() {
            return Ok(None);
        }
        let room = Room {
            board: &scope.board,
            author: &request.author,
            role: request.role,
            at: request.at,
            notebook,
        };
        Ok(Some(room.plan_with(&scope.private, &request.command)?))
    }

    /// Makes the lines of a plan and folds them.
    fn absorb_plan(
        &mut self,
        id: ScopeId,
        request: &Request,
        plan: Plan,
        waiting: &mut Waiting,
    ) -> Result<(), StoreError> {
        let (author, role, at) = (&request.author, request.role, request.at);
        let (command, name) = (request.command_id, request.command.name());
        let counter = self.scope(id)?.next_counter();
        let stamp = Stamp { scope: id, counter, command, name, author, role, at };
        for (writes, private) in [(plan.private, true), (plan.shared, false)] {
            if writes.is_empty() {
                continue;
            }
            self.ensure_chain(id, private)?;
            let scope = self.scope(id)?;
            let Some(chain) = scope.chain(private) else { return Err(StoreError::Stopped) };
            let line = Line::encode(chain.header(&stamp), writes, private).map_err(StoreError::NoLine)?;
            chain.advance(&line);
            scope.absorb(&line);
            waiting.add(line);
        }
        Ok(())
    }

    /// Brings lines to the medium, bodies first, and hands them to the database.
    fn sync_waiting(&mut self, id: ScopeId, waiting: Waiting) -> Result<(), StoreError> {
        let before = self.scope(id)?.marks.clone();
        let bodies = self.append_waiting(id, &waiting.lines, true);
        let written = bodies.and_then(|()| {
            let stubs = self.append_waiting(id, &waiting.lines, false);
            stubs.inspect_err(|_| self.retract_bodies(id, &waiting.lines))
        });
        if let Err(error) = written {
            // The board is ahead of the log: it is read again when somebody asks for it.
            self.scopes.remove(&id);
            return Err(error);
        }
        self.hand_over(id, waiting.lines, before);
        Ok(())
    }

    fn append_waiting(&mut self, id: ScopeId, lines: &[Line], private: bool) -> Result<(), StoreError> {
        let folder = self.folder.clone();
        let scope = self.scope(id)?;
        let mut lines = lines.iter().filter(|line| line.private == private).peekable();
        let (Some(chain), Some(_)) = (scope.chain(private), lines.peek()) else { return Ok(()) };
        let file = FileId { private, origin: chain.origin };
        let mark = chain.tail.append(lines).map_err(|error| StoreError::io(&folder.log(id, file), &error))?;
        scope.marks.insert(file, mark);
        Ok(())
    }

    /// Bodies whose stubs could not be written are nobody's.
    fn retract_bodies(&mut self, id: ScopeId, lines: &[Line]) {
        let chain = self.scopes.get_mut(&id).and_then(|scope| scope.private_chain.as_mut());
        let Some(chain) = chain else { return };
        lines.iter().rev().filter(|line| line.private).for_each(|body| chain.retract(body));
    }

    fn hand_over(&mut self, id: ScopeId, lines: Vec<Line>, before: Marks) {
        let Some(scope) = self.scopes.get(&id).filter(|_| !lines.is_empty()) else { return };
        let (board, step) = (Arc::clone(&scope.board), Step { before, after: scope.marks.clone() });
        self.list(&board);
        if let Some(keeper) = &self.keeper {
            keeper.apply(board, lines, step);
        }
    }
}
