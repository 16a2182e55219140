//! One scope in memory: its boards, and where its next lines go.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    doctor::{Damage, Finding},
    error::StoreError,
    folder::{FileId, Folder, Marks},
    line::Line,
    log::{Found, Tail},
    reach::Reach,
};
use crate::domain::{
    board::Board,
    change::{Author, Body, Change, FORMAT, Header},
    ids::{ChangeId, CommandId, OriginId, ScopeId},
    policy::Role,
};

/// What stands wrong in a log.
#[derive(Debug)]
pub(super) struct Wrong {
    file: FileId,
    /// The place of the line in the file, from 1.
    ordinal: u64,
    damage: Damage,
    /// The line, if it is one of another scope.
    stray: Option<Line>,
}

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
                read.take(file, ordinal, offset, found);
            })?;
        }
        Ok(read)
    }

    fn take(&mut self, file: FileId, ordinal: u64, offset: u64, found: Found) {
        let (damage, stray) = match found {
            Found::Line(line) if line.change.header.scope == self.scope.board.scope() => {
                if self.scope.absorb(&line) {
                    self.lines.push(line);
                }
                return;
            }
            Found::Line(line) => (Damage::Misplaced { offset }, Some(line)),
            Found::Bad(reason) => (Damage::BadLine { offset, reason }, None),
            Found::Torn => (Damage::TornLine { offset }, None),
        };
        self.wrong.push(Wrong { file, ordinal, damage, stray });
    }

    /// The files that hold lines of other scopes.
    pub(super) fn strays(&self) -> BTreeSet<FileId> {
        self.wrong.iter().filter(|wrong| wrong.stray.is_some()).map(|wrong| wrong.file).collect()
    }

    /// What is wrong, and whether it is there from elsewhere; and which changes are missing although they once were here,
    /// here and among the lines of the `other` copy.
    pub(super) fn findings(&self, folder: &Folder, reach: &Reach, other: &[Line]) -> Vec<Finding> {
        let id = self.scope.board.scope();
        let finding = |file: FileId, damage, repaired| {
            let (scope, origin, private) = (Some(id), Some(file.origin), file.private);
            Finding { scope, origin, private, damage, repaired }
        };
        let wrong = self.wrong.iter();
        let mut findings: Vec<Finding> = wrong
            .map(|wrong| finding(wrong.file, wrong.damage.clone(), self.is_covered(folder, wrong)))
            .collect();
        let missing = reach.missing(id, self.lines.iter().chain(other)).into_iter();
        findings
            .extend(missing.map(|(file, first, last)| finding(file, Damage::Lost { first, last }, false)));
        findings
    }

    /// Whether the change that stood in a place of an origin's own file is there from elsewhere: there, the n-th line
    /// is the n-th change.
    fn is_covered(&self, folder: &Folder, wrong: &Wrong) -> bool {
        if matches!(wrong.damage, Damage::TornLine { .. }) {
            return false;
        }
        let Some(stray) = &wrong.stray else {
            return self.lines.iter().any(|line| {
                let header = &line.change.header;
                let (private, origin) = (line.private, header.origin);
                wrong.file == FileId { private, origin } && header.sequence == wrong.ordinal
            });
        };
        let scope = stray.change.header.scope;
        let home = folder.marks(scope).and_then(|marks| Self::of(folder, scope, marks));
        home.is_ok_and(|home| home.scope.knows(stray))
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
