//! Looks at both copies of everything and says what is wrong; mends each from the other.

use std::{path::Path, sync::Arc, thread};

use super::{
    database::Database,
    draft::Drafts,
    error::{About as _, StoreError},
    files::{self, Disk},
    folder::{FileId, Folder, Marks},
    keeper::DATABASE_THREAD,
    line::BadLine,
    lock::FolderLock,
    open::{OpenOptions, Store},
    reach::Reach,
    scope::{Read, Scope},
    scrub::Round,
};
use crate::domain::ids::{OriginId, ScopeId};

/// What is wrong in a place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Damage {
    /// The file that says what the folder is cannot be read.
    Marker,
    /// Something else stands where one of our files or folders should, or did before mending put it into `quarantine/`.
    Obstacle {
        /// Where, in the folder.
        path: String,
    },
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
    /// A line of another scope. It stays where it is; mended means that its own scope has it.
    Misplaced {
        /// Where it begins, in bytes.
        offset: u64,
    },
    /// Changes that a log once had; the other copy, which is not asked where nothing is to be mended, may have them.
    Missing {
        /// The first missing number of the origin.
        first: u64,
        /// The last one.
        last: u64,
    },
    /// Changes that neither copy has.
    Lost {
        /// The first missing number of the origin.
        first: u64,
        /// The last one.
        last: u64,
    },
    /// A draft is gone, or its end cannot be read: the last letters that were not stored yet may be missing.
    Draft {
        /// The file's name.
        name: String,
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
    /// There are logs, but no database.
    DatabaseMissing,
    /// The database cannot be opened or read; why, in the system's words.
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

impl Finding {
    /// The file in which it is, if it is in one.
    pub(super) fn file(&self) -> Option<FileId> {
        self.origin.map(|origin| FileId { private: self.private, origin })
    }
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
    let folder = Folder::at(dir);
    let clean = folder.clean();
    folder.clear_file(&clean)?;
    files::remove(&clean).about(&clean)?;
    let mut store = Store::open(dir, options)?;
    store.settle()?;
    store.bring_strays_home()?;
    store.drafts().mend()?;
    store.compare()?;
    store.close()
}

/// Looks on a thread of the database's name: it is known there that sled may panic over damaged files.
fn look(dir: &Path, holder: &str) -> Result<Diagnosis, StoreError> {
    thread::scope(|scope| {
        let looking = thread::Builder::new().name(DATABASE_THREAD.to_owned());
        let looking = looking.spawn_scoped(scope, || look_around(dir, holder)).about(dir)?;
        looking.join().map_err(|_panicked| StoreError::Stopped)?
    })
}

fn look_around(dir: &Path, holder: &str) -> Result<Diagnosis, StoreError> {
    let folder = Folder::at(dir);
    let _lock = FolderLock::take(&folder, holder)?;
    let (reach, mended_behind) = (Reach::read(&folder), Round::read(&folder).mended);
    let diagnosis = Diagnosis { mended_behind, ..Diagnosis::default() };
    let mut visit = Visit { folder: &folder, reach, diagnosis };
    let database = visit.database();
    for obstacle in folder.obstacles() {
        let path = folder.shown(&obstacle);
        visit.found(None, None, Damage::Obstacle { path }, false);
    }
    let mut scopes = folder.scopes();
    if folder.databases().is_empty() && !scopes.is_empty() {
        visit.found(None, None, Damage::DatabaseMissing, false);
    }
    if let Some(Ok(more)) = database.as_ref().map(Database::scopes) {
        scopes.extend(more);
    }
    scopes.extend(visit.reach.scopes());
    for id in scopes {
        visit.scope(id, database.as_ref())?;
    }
    for name in Drafts::new(folder.clone(), Arc::new(Disk)).damaged()? {
        visit.found(None, None, Damage::Draft { name }, false);
    }
    if let Some(Err(error)) = database.map(Database::close) {
        visit.database_failed(None, &error);
    }
    Ok(visit.diagnosis)
}

struct Visit<'a> {
    folder: &'a Folder,
    reach: Reach,
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
        let read = Read::of(self.folder, id, marks.clone())?;
        self.diagnosis.scopes += 1;
        self.diagnosis.changes += read.lines.len();
        self.diagnosis.unknown += read.scope.board.unknown_changes();
        let kept = database.map(|database| database.lines(id)).transpose();
        let (kept, unreadable) = match kept {
            Ok(kept) => kept.unwrap_or_default(),
            Err(error) => {
                self.database_failed(Some(id), &error);
                Default::default()
            }
        };
        self.diagnosis.findings.extend(read.findings(self.folder, &self.reach, &kept));
        self.forks(&read.scope);
        let lacking = kept.iter().filter(|line| !read.scope.knows(line)).count();
        if lacking > 0 {
            self.found(Some(id), None, Damage::LogLacks { changes: lacking }, false);
        }
        let stands = database.map(|database| shows_all(database, &read.scope, &marks));
        match stands.transpose() {
            Ok(stands) if stands == Some(false) || unreadable > 0 => {
                self.found(Some(id), None, Damage::DatabaseDiffers, false);
            }
            Ok(_) => {}
            Err(error) => self.database_failed(Some(id), &error),
        }
        Ok(())
    }

    /// Two changes under one number of one origin.
    fn forks(&mut self, scope: &Scope) {
        for (private, board) in [(false, &scope.board), (true, &scope.private)] {
            for (origin, progress) in board.origins() {
                let file = FileId { private, origin: *origin };
                let scope = Some(board.scope());
                for sequence in &progress.forked {
                    self.found(scope, Some(file), Damage::Fork { sequence: *sequence }, true);
                }
            }
        }
    }
}

/// Whether the database has all that the marks cover, and shows it.
fn shows_all(database: &Database, scope: &Scope, marks: &Marks) -> Result<bool, StoreError> {
    let whole = database.load(scope.board.scope(), marks)?.is_some();
    Ok(whole && database.shows(&scope.board)?)
}
