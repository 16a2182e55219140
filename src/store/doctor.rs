//! Looks at both copies of everything and says what is wrong; mends each from the other.

use std::{collections::BTreeSet, path::Path};

use super::{
    database::Database,
    error::{About as _, StoreError},
    files,
    folder::{FileId, Folder, Marks},
    line::{BadLine, Line},
    lock::FolderLock,
    open::{OpenOptions, Store},
    scope::{Read, Scope},
    scrub::Round,
};
use crate::domain::ids::{OriginId, ScopeId};

/// What is wrong in a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// The file that says what the folder is cannot be read.
    Marker,
    /// A log ends in a half line, which was never acknowledged or was cut later. Mending moves it to `quarantine/`.
    TornLine {
        /// Where it begins, in bytes.
        offset: u64,
    },
    /// A line that is no change. It stays where it is; mended means that the change is there from the other copy.
    BadLine {
        /// Where it begins, in bytes.
        offset: u64,
        /// What is wrong with it.
        reason: BadLine,
    },
    /// A line of another scope.
    Misplaced {
        /// Where it begins, in bytes.
        offset: u64,
    },
    /// Changes that neither copy has.
    Lost {
        /// The first missing number of the origin.
        first: u64,
        /// The last one.
        last: u64,
    },
    /// Two changes under one number of one origin; both count.
    Fork {
        /// The number.
        sequence: u64,
    },
    /// The log lacks changes that the database has.
    LogLacks {
        /// How many.
        changes: usize,
    },
    /// The database cannot be opened or read.
    Database(String),
    /// The database is not what the log amounts to.
    DatabaseDiffers,
}

impl PartialOrd for BadLine {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for BadLine {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.to_string().cmp(&other.to_string())
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// In which scope.
    pub scope: Option<ScopeId>,
    /// In the file of which origin.
    pub origin: Option<OriginId>,
    /// In the private log.
    pub private: bool,
    /// What.
    pub damage: Damage,
    /// Whether nothing is lost by it any more.
    pub repaired: bool,
}

/// The state of a folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnosis {
    /// How many scopes there are.
    pub scopes: usize,
    /// How many changes the logs hold, off-record bodies included.
    pub changes: usize,
    /// How many of them only a newer version can read.
    pub unknown: usize,
    /// How often the slow look behind has mended a session, since the folder was made.
    pub mended_behind: u64,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

impl Diagnosis {
    /// Whether there is nothing that would have to be repaired.
    pub fn is_sound(&self) -> bool {
        self.findings.iter().all(|finding| finding.repaired)
    }
}

/// Examines a folder, and with `repair` mends what can be mended. Without it nothing is changed.
///
/// # Errors
/// As [`Store::open`]; a damaged marker is a finding here if the rest of the folder is ours.
pub fn examine(dir: &Path, options: &OpenOptions, repair: bool) -> Result<Diagnosis, StoreError> {
    let marker = check_marker(dir, repair)?;
    let mut before = look(dir, &options.holder)?;
    if !repair {
        before.findings.splice(0..0, marker);
        return Ok(before);
    }
    mend(dir, options.clone())?;
    let after = look(dir, &options.holder)?;
    let mended = before.findings.into_iter().map(|finding| {
        let left = after
            .findings
            .iter()
            .any(|left| left.damage == finding.damage && left.origin == finding.origin && !left.repaired);
        Finding { repaired: !left, ..finding }
    });
    let mut findings: Vec<Finding> = marker.into_iter().chain(mended).collect();
    let new = after.findings.into_iter();
    let new: Vec<_> = new
        .filter(|new| findings.iter().all(|old| old.damage != new.damage || old.origin != new.origin))
        .collect();
    findings.extend(new);
    Ok(Diagnosis { findings, ..after })
}

fn check_marker(dir: &Path, repair: bool) -> Result<Option<Finding>, StoreError> {
    let folder = Folder::at(dir);
    match folder.recognise() {
        Ok(true) => Ok(None),
        Ok(false) => Err(StoreError::Missing(dir.to_owned())),
        Err(StoreError::Damaged(_)) if repair => {
            folder.make()?;
            Ok(Some(Finding {
                scope: None,
                origin: None,
                private: false,
                damage: Damage::Marker,
                repaired: true,
            }))
        }
        Err(error) => Err(error),
    }
}

/// Opening compares and repairs; here it is made to, and waited for.
fn mend(dir: &Path, options: OpenOptions) -> Result<(), StoreError> {
    let clean = Folder::at(dir).clean();
    files::remove(&clean).about(&clean)?;
    let mut store = Store::open(dir, options)?;
    store.settle()?;
    store.compare()?;
    store.close()
}

fn look(dir: &Path, holder: &str) -> Result<Diagnosis, StoreError> {
    let folder = Folder::at(dir);
    let _lock = FolderLock::take(&folder, holder)?;
    let mended_behind = Round::read(&folder).mended;
    let mut visit = Visit { folder: &folder, diagnosis: Diagnosis { mended_behind, ..Diagnosis::default() } };
    let database = visit.database();
    let mut scopes = folder.scopes();
    if folder.databases().is_empty() && !scopes.is_empty() {
        visit.found(None, None, Damage::Database("missing".to_owned()), false);
    }
    if let Some(Ok(more)) = database.as_ref().map(Database::scopes) {
        scopes.extend(more);
    }
    for id in scopes {
        visit.scope(id, database.as_ref())?;
    }
    if let Some(Err(error)) = database.map(Database::close) {
        visit.database_failed(None, &error);
    }
    Ok(visit.diagnosis)
}

struct Visit<'a> {
    folder: &'a Folder,
    diagnosis: Diagnosis,
}

impl Visit<'_> {
    fn found(&mut self, scope: Option<ScopeId>, file: Option<FileId>, damage: Damage, repaired: bool) {
        let (origin, private) = (file.map(|file| file.origin), file.is_some_and(|file| file.private));
        self.diagnosis.findings.push(Finding { scope, origin, private, damage, repaired });
    }

    fn database_failed(&mut self, scope: Option<ScopeId>, error: &StoreError) {
        self.found(scope, None, Damage::Database(error.to_string()), false);
    }

    /// The newest database, if there is one and it opens.
    fn database(&mut self) -> Option<Database> {
        let number = self.folder.databases().last().copied()?;
        match Database::open(&self.folder.database(number)) {
            Ok(database) => Some(database),
            Err(error) => {
                self.database_failed(None, &error);
                None
            }
        }
    }

    fn scope(&mut self, id: ScopeId, database: Option<&Database>) -> Result<(), StoreError> {
        let marks = self.folder.marks(id)?;
        let Read { scope, lines, wrong } = Read::of(self.folder, id, marks.clone())?;
        self.diagnosis.scopes += 1;
        self.diagnosis.changes += lines.len();
        self.diagnosis.unknown += scope.board.unknown_changes();
        for (file, ordinal, damage) in wrong {
            let covered = !matches!(damage, Damage::TornLine { .. }) && covers(&lines, file, ordinal);
            self.found(Some(id), Some(file), damage, covered);
        }
        self.numbers(&scope);
        if let Some(database) = database
            && let Err(error) = self.compare(database, &scope, &marks)
        {
            self.database_failed(Some(id), &error);
        }
        Ok(())
    }

    /// Gaps and forks in the numbers of each origin.
    fn numbers(&mut self, scope: &Scope) {
        for (private, board) in [(false, &scope.board), (true, &scope.private)] {
            for (origin, progress) in board.origins() {
                let file = FileId { private, origin: *origin };
                let scope = Some(board.scope());
                for sequence in &progress.forked {
                    self.found(scope, Some(file), Damage::Fork { sequence: *sequence }, true);
                }
                for (first, last) in gaps(progress.complete_to, &progress.beyond) {
                    self.found(scope, Some(file), Damage::Lost { first, last }, false);
                }
            }
        }
    }

    fn compare(&mut self, database: &Database, scope: &Scope, marks: &Marks) -> Result<(), StoreError> {
        let id = Some(scope.board.scope());
        let (kept, unreadable) = database.lines(scope.board.scope())?;
        let lacking = kept.iter().filter(|line| !scope.knows(line)).count();
        if lacking > 0 {
            self.found(id, None, Damage::LogLacks { changes: lacking }, false);
        }
        let whole = database.load(scope.board.scope(), marks)?.is_some();
        let stands = whole && unreadable == 0 && database.shows(&scope.board)?;
        if !stands {
            self.found(id, None, Damage::DatabaseDiffers, false);
        }
        Ok(())
    }
}

/// Whether the change that stood in a place of an origin's own file is there from elsewhere: there, the n-th line is
/// the n-th change.
fn covers(lines: &[Line], file: FileId, ordinal: u64) -> bool {
    lines.iter().any(|line| {
        let header = &line.change.header;
        line.private == file.private && header.origin == file.origin && header.sequence == ordinal
    })
}

fn gaps(complete_to: u64, beyond: &BTreeSet<u64>) -> Vec<(u64, u64)> {
    let mut next = complete_to + 1;
    let mut gaps = Vec::new();
    for sequence in beyond {
        if *sequence > next {
            gaps.push((next, *sequence - 1));
        }
        next = sequence.saturating_add(1);
    }
    gaps
}
