//! One scope in memory: its boards, and where its next lines go.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    doctor::Damage,
    error::StoreError,
    folder::{FileId, Folder, Marks},
    line::Line,
    log::{Found, Tail},
};
use crate::domain::{
    board::Board,
    change::{Author, Body, Change, FORMAT, Header},
    ids::{ChangeId, CommandId, OriginId, ScopeId},
    policy::Role,
};

/// What stands wrong in a log: the file, the place of the line in it (from 1), and what it is.
pub(super) type Wrong = (FileId, u64, Damage);

/// A scope as its logs give it.
pub(super) struct Read {
    pub(super) scope: Scope,
    /// Every line once, in the order of the files.
    pub(super) lines: Vec<Line>,
    pub(super) wrong: Vec<Wrong>,
}

impl Read {
    /// Reads the logs of a scope as far as the marks go.
    pub(super) fn of(folder: &Folder, id: ScopeId, marks: Marks) -> Result<Self, StoreError> {
        let mut read = Self { scope: Scope::new(id, marks), lines: Vec::new(), wrong: Vec::new() };
        for (file, mark) in read.scope.marks.clone() {
            let mut ordinal = 0;
            folder.read(id, file, mark.len, |offset, found| {
                ordinal += 1;
                if let Some(damage) = read.take(offset, found) {
                    read.wrong.push((file, ordinal, damage));
                }
            })?;
        }
        Ok(read)
    }

    fn take(&mut self, offset: u64, found: Found) -> Option<Damage> {
        let line = match found {
            Found::Line(line) => line,
            Found::Bad(reason) => return Some(Damage::BadLine { offset, reason }),
            Found::Torn => return Some(Damage::TornLine { offset }),
        };
        if line.change.header.scope != self.scope.board.scope() {
            return Some(Damage::Misplaced { offset });
        }
        if self.scope.absorb(&line) {
            self.lines.push(line);
        }
        None
    }
}

/// The file to which this opening adds its own lines of a scope.
pub(super) struct Chain {
    pub(super) origin: OriginId,
    pub(super) sequence: u64,
    pub(super) previous: Option<ChangeId>,
    pub(super) tail: Tail,
}

impl Chain {
    pub(super) fn new(origin: OriginId, tail: Tail) -> Self {
        Self { origin, sequence: 0, previous: None, tail }
    }

    /// The header of the next line.
    pub(super) fn header(&self, stamp: &Stamp<'_>) -> Header {
        Header {
            version: FORMAT,
            scope: stamp.scope,
            origin: self.origin,
            sequence: self.sequence + 1,
            previous: self.previous,
            counter: stamp.counter,
            command: stamp.command,
            name: stamp.name.into(),
            author: stamp.author.clone(),
            role: stamp.role,
            at: stamp.at,
        }
    }

    pub(super) fn advance(&mut self, line: &Line) {
        self.sequence = line.change.header.sequence;
        self.previous = Some(line.change.id);
    }

    /// Takes the last line back.
    pub(super) fn retract(&mut self, line: &Line) {
        self.tail.retract(line);
        self.sequence = line.change.header.sequence - 1;
        self.previous = line.change.header.previous;
    }
}

/// The part of a header that does not depend on the file.
pub(super) struct Stamp<'a> {
    pub(super) scope: ScopeId,
    pub(super) counter: u64,
    pub(super) command: CommandId,
    pub(super) name: &'a str,
    pub(super) author: &'a Author,
    pub(super) role: Role,
    pub(super) at: chrono::DateTime<chrono::FixedOffset>,
}

/// A scope that has been opened.
pub(super) struct Scope {
    pub(super) board: Arc<Board>,
    /// The bodies of what is off the record, of those that have a stub.
    pub(super) private: Arc<Board>,
    /// Bodies whose stub is not here: ignored until it comes.
    orphans: BTreeMap<CommandId, Vec<Arc<Change>>>,
    bodies: BTreeSet<ChangeId>,
    pub(super) shared_chain: Option<Chain>,
    pub(super) private_chain: Option<Chain>,
    pub(super) marks: Marks,
}

impl Scope {
    pub(super) fn new(id: ScopeId, marks: Marks) -> Self {
        Self {
            board: Arc::new(Board::empty(id)),
            private: Arc::new(Board::empty(id)),
            orphans: BTreeMap::new(),
            bodies: BTreeSet::new(),
            shared_chain: None,
            private_chain: None,
            marks,
        }
    }

    pub(super) fn chain(&mut self, private: bool) -> &mut Option<Chain> {
        if private { &mut self.private_chain } else { &mut self.shared_chain }
    }

    /// Whether every body has its stub.
    pub(super) fn is_whole(&self) -> bool {
        self.orphans.is_empty()
    }

    /// Whether a line is here already.
    pub(super) fn knows(&self, line: &Line) -> bool {
        let id = line.change.id;
        if line.private { self.bodies.contains(&id) } else { self.board.change(id).is_some() }
    }

    /// Folds a line into the board to which it belongs; `false` if it was known.
    pub(super) fn absorb(&mut self, line: &Line) -> bool {
        self.take_in(Arc::clone(&line.change), line.private)
    }

    /// The same for a change without its line.
    pub(super) fn take_in(&mut self, change: Arc<Change>, private: bool) -> bool {
        let command = change.header.command;
        if private {
            if !self.bodies.insert(change.id) {
                return false;
            }
            if self.board.outcome(command).is_none() {
                self.orphans.entry(command).or_default().push(change);
                return true;
            }
            return Arc::make_mut(&mut self.private).apply(change);
        }
        let is_new = Arc::make_mut(&mut self.board).apply(change);
        for body in self.orphans.remove(&command).unwrap_or_default() {
            Arc::make_mut(&mut self.private).apply(body);
        }
        is_new
    }

    /// A line, without its payload if that is to be erased wherever it is met.
    pub(super) fn without_what_is_erased(&self, line: Line) -> Line {
        if line.change.body == Body::Erased || !erases(&self.board, &self.private, &line.change) {
            return line;
        }
        // What was read can be read again.
        line.without_payload().unwrap_or(line)
    }

    /// Whether payloads are here that are to be erased.
    pub(super) fn owes_erasing(&self) -> bool {
        let boards = [&self.board, &self.private];
        let whole =
            |change: &Arc<Change>| change.body != Body::Erased && erases(&self.board, &self.private, change);
        let ids = boards.iter().flat_map(|board| board.erased());
        ids.flat_map(|id| boards.map(|board| board.change(id))).flatten().any(whole)
    }

    /// The counter of the next change: beyond everything seen, bodies included.
    pub(super) fn next_counter(&self) -> u64 {
        self.board.counter().max(self.private.counter()).saturating_add(1)
    }
}

/// Whether a payload, of either log, is to be erased: the shared log names the bodies off the record as well, so that they go
/// also where only the shared news has arrived.
pub(super) fn erases(board: &Board, private: &Board, change: &Change) -> bool {
    board.is_erased(change) || private.is_erased(change)
}
