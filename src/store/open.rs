//! Opening and closing a folder, and reading its scopes: after a clean close from the marker's picture, else from the database;
//! from the log if neither is to be trusted.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    database::Text,
    doctor::{Damage, Finding},
    draft::Drafts,
    error::{About as _, StoreError},
    files::{self, Disk, Files, write_all},
    folder::{Folder, Marks},
    keeper::{Keeper, Report},
    line::Line,
    lock::FolderLock,
    picture::{Picture, Pictured},
    reach::Reach,
    scope::{Read, Scope},
};
use crate::domain::{
    board::Board,
    catalogue::{Catalogue, SessionHeader},
    ids::{IdStream, ScopeId},
};

/// Freed when the disk is full.
const RESERVE: usize = 1 << 20;

/// What an opening is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Access {
    /// Reading and writing; one at a time.
    #[default]
    Write,
    /// Reading only: nothing in the folder is touched, whoever else works with it.
    Read,
}

/// How to open a folder.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    /// What for.
    pub access: Access,
    /// A fresh random number: origins and person ids come from it.
    pub seed: u128,
    /// What another program is told about who holds the folder.
    pub holder: String,
    /// The letter of a notebook taken apart from the host.
    pub notebook: Option<char>,
    /// Where appended files come from.
    pub files: Arc<dyn Files>,
}

impl OpenOptions {
    /// Reading and writing on the real disk.
    pub fn new(seed: u128, holder: impl Into<String>) -> Self {
        let files = Arc::new(Disk);
        Self { access: Access::Write, seed, holder: holder.into(), notebook: None, files }
    }

    /// The same for reading only.
    #[must_use]
    pub fn read_only(self) -> Self {
        Self { access: Access::Read, ..self }
    }
}

/// An open data folder.
pub struct Store {
    pub(super) folder: Folder,
    pub(super) files: Arc<dyn Files>,
    pub(super) ids: IdStream,
    pub(super) notebook: Option<char>,
    pub(super) scopes: BTreeMap<ScopeId, Scope>,
    pub(super) keeper: Option<Keeper>,
    catalogue: Arc<Catalogue>,
    /// Boards whose header in the catalogue may be an older one.
    unlisted: BTreeMap<ScopeId, Arc<Board>>,
    findings: Vec<Finding>,
    /// Whether the database was closed cleanly, or has been compared with the logs since.
    trusted: bool,
    /// What the folder was left with: taken up when the first frame asks for it.
    pictured: Pictured,
    /// What the seat showed when the folder was left, then what it shall be left with.
    frame: Vec<u8>,
    /// The session asked for last, which the next opening shall show first.
    shown: Option<ScopeId>,
    /// Whether something has been written since the opening.
    begun: bool,
    lock: Option<FolderLock>,
}

impl Store {
    /// Opens a folder; for writing, one that is missing or empty is made.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::Foreign`], [`StoreError::Newer`], [`StoreError::Damaged`],
    /// [`StoreError::InUse`], [`StoreError::ReadOnly`], [`StoreError::DiskFull`] or what the system says.
    pub fn open(dir: &Path, options: OpenOptions) -> Result<Self, StoreError> {
        let folder = Folder::at(dir);
        let is_ours = folder.recognise()?;
        let mut store = Self {
            files: options.files,
            ids: IdStream::new(options.seed),
            notebook: options.notebook,
            scopes: BTreeMap::new(),
            keeper: None,
            catalogue: Arc::default(),
            unlisted: BTreeMap::new(),
            findings: Vec::new(),
            trusted: false,
            pictured: Pictured::default(),
            frame: Vec::new(),
            shown: None,
            begun: false,
            lock: None,
            folder,
        };
        match options.access {
            Access::Read if !is_ours => return Err(StoreError::Missing(dir.to_owned())),
            Access::Read => store.open_for_reading()?,
            Access::Write => store.open_for_writing(is_ours, &options.holder)?,
        }
        Ok(store)
    }

    /// A folder that was closed is read as it was left; else, and while somebody writes, its logs are.
    fn open_for_reading(&mut self) -> Result<(), StoreError> {
        // Whoever may read the logs need not be let see how the folder was left, with its off-record lines.
        let picture = self.as_left().ok().flatten();
        match picture.filter(|_| Reach::read(&self.folder).finds_logs(&self.folder)) {
            Some(picture) => self.take_up(picture),
            None => self.look()?,
        }
        Ok(())
    }

    /// What a folder was left with. Without its database it is not as it was left, whatever the marker says: then the logs are read, and
    /// what is spoiled in them is told.
    fn as_left(&self) -> Result<Option<Picture>, StoreError> {
        let picture = Picture::read(&self.folder).about(&self.folder.clean())?;
        Ok(picture.filter(|_| !self.folder.databases().is_empty()))
    }

    fn take_up(&mut self, picture: Picture) {
        self.catalogue = Arc::new(Catalogue::new(picture.sessions));
        (self.pictured, self.frame) = (picture.scopes, picture.frame);
    }

    fn open_for_writing(&mut self, is_ours: bool, holder: &str) -> Result<(), StoreError> {
        fs::create_dir_all(self.folder.root()).about(self.folder.root())?;
        self.lock = Some(FolderLock::take(&self.folder, holder)?);
        if !is_ours {
            self.folder.make()?;
        }
        let obstacles = self.folder.obstacles_near();
        self.clear(&obstacles)?;
        let picture = self.as_left()?;
        self.keep_reserve();
        let keeper = Keeper::start(self.folder.clone());
        self.trusted = picture.is_some();
        if let Some(picture) = picture {
            self.take_up(picture);
        } else {
            let obstacles = self.folder.obstacles();
            self.clear(&obstacles)?;
            for scope in self.folder.scopes() {
                self.cut_torn_ends(scope)?;
            }
            keeper.reconcile(self.all_marks()?);
        }
        self.keeper = Some(keeper);
        self.go_on_erasing()
    }

    /// The reserve is made again when there is space; real zeros, since a sparse file reserves nothing.
    fn keep_reserve(&self) {
        let path = self.folder.reserve();
        let wanted = u64::try_from(RESERVE).unwrap_or_default();
        if path.metadata().is_ok_and(|found| found.len() == wanted) {
            return;
        }
        let made = files::remove(&path).and_then(|()| {
            let mut handle = self.files.append(&path, true)?;
            write_all(handle.as_mut(), &vec![0; RESERVE])?;
            handle.sync()
        });
        if let Err(error) = made {
            tracing::warn!(%error, "no reserve");
            let _as_small_as_possible = files::remove(&path);
        }
    }

    /// Clears the way of what the log and its database want to write.
    fn clear(&mut self, obstacles: &[PathBuf]) -> Result<(), StoreError> {
        self.folder.clear(obstacles)?.into_iter().for_each(|path| self.note_in_the_way(path, true));
        Ok(())
    }

    fn note_in_the_way(&mut self, path: String, repaired: bool) {
        let damage = Damage::Obstacle { path };
        self.note(Finding { scope: None, origin: None, private: false, damage, repaired });
    }

    fn cut_torn_ends(&mut self, scope: ScopeId) -> Result<(), StoreError> {
        for file in self.folder.files(scope) {
            if let Some(offset) = self.folder.cut_torn(scope, file)? {
                let damage = Damage::TornLine { offset };
                let (origin, private) = (Some(file.origin), file.private);
                self.note(Finding { scope: Some(scope), origin, private, damage, repaired: true });
            }
        }
        Ok(())
    }

    pub(super) fn all_marks(&self) -> Result<Vec<(ScopeId, Marks)>, StoreError> {
        self.folder.scopes().into_iter().map(|scope| Ok((scope, self.folder.marks(scope)?))).collect()
    }

    /// The catalogue from the logs alone; what is spoiled or missing in them is among the findings then.
    ///
    /// # Errors
    /// What the system says when a log is read.
    pub fn look(&mut self) -> Result<(), StoreError> {
        // Before the logs, which may grow meanwhile.
        let reach = Reach::read(&self.folder);
        for path in self.folder.obstacles() {
            let path = self.folder.shown(&path);
            self.note_in_the_way(path, false);
        }
        for id in self.folder.scopes().into_iter().chain(reach.scopes()).collect::<BTreeSet<_>>() {
            let read = self.read_log(id)?;
            self.note_unmended(&read, &reach);
            self.list(&read.scope.board);
            self.catalogue();
        }
        Ok(())
    }

    /// What is wrong in a log that is only read, where nobody mends it nor asks the other copy.
    fn note_unmended(&mut self, read: &Read, reach: &Reach) {
        let id = read.scope.board.scope();
        for found in read.findings(&self.folder, reach, &[]).into_iter().filter(|found| !found.repaired) {
            let damage = match found.damage {
                // A half line may be one that is just being written.
                Damage::TornLine { .. } => continue,
                // What stands before lines that are here may never have been: a file that was taken in lacked it.
                Damage::Lost { last, .. } if !reach.ends_at(id, found.file(), last) => continue,
                Damage::Lost { first, last } => Damage::Missing { first, last },
                damage => damage,
            };
            self.note(Finding { damage, ..found });
        }
    }

    /// Remembers that a board's header may have changed. It is made when somebody asks for the catalogue: that costs a
    /// look at every record, which no capture shall wait for.
    pub(super) fn list(&mut self, board: &Arc<Board>) {
        self.unlisted.insert(board.scope(), Arc::clone(board));
    }

    /// What the seat showed when the folder was left, in the seat's own bytes; empty if that is not known.
    pub fn last_frame(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.frame)
    }

    /// Leaves what the seat shows for the next opening.
    pub(super) fn leave_frame(&mut self, frame: Vec<u8>) {
        self.frame = frame;
    }

    /// Before anything is written to a log: the folder is no longer as it was left.
    pub(super) fn begin_writing(&mut self) -> Result<(), StoreError> {
        if !self.begun {
            Picture::take_away(&self.folder).about(&self.folder.clean())?;
            self.frame.clear();
            self.begun = true;
        }
        Ok(())
    }

    /// The same where what the folder was left with must not stay on the medium either.
    pub(super) fn forget_picture(&mut self) -> Result<(), StoreError> {
        self.begin_writing()?;
        (self.pictured, self.frame) = (Pictured::default(), Vec::new());
        files::sync_folder(self.folder.root()).about(self.folder.root())
    }

    pub(super) fn ensure_writable(&self) -> Result<(), StoreError> {
        if self.lock.is_some() { Ok(()) } else { Err(StoreError::ReadOnly(self.folder.root().to_owned())) }
    }

    /// A scope, opened if it is not open yet.
    pub(super) fn scope(&mut self, id: ScopeId) -> Result<&mut Scope, StoreError> {
        if !self.scopes.contains_key(&id) {
            let loaded = self.load(id)?;
            self.scopes.insert(id, loaded);
        }
        self.scopes.get_mut(&id).ok_or(StoreError::Stopped)
    }

    fn load(&mut self, id: ScopeId) -> Result<Scope, StoreError> {
        let reach = self.keeper.is_none().then(|| Reach::read(&self.folder));
        let marks = self.folder.marks(id)?;
        if let Some(pictured) = self.pictured.take(id).filter(|pictured| pictured.marks == marks) {
            return Ok(pictured.open(id));
        }
        let stored = self.keeper.as_ref().filter(|_| self.trusted);
        let is_behind = match stored.and_then(|keeper| keeper.load(id, marks.clone())) {
            Some(lines) => {
                let mut scope = Scope::new(id, marks);
                for line in &lines {
                    scope.absorb(line);
                }
                return Ok(scope);
            }
            None => stored.is_some(),
        };
        if is_behind {
            let obstacles = self.folder.obstacles();
            self.clear(&obstacles)?;
            self.cut_torn_ends(id)?;
        }
        let read = self.read_log(id)?;
        if let Some(reach) = reach {
            self.note_unmended(&read, &reach);
        }
        let (scope, is_damaged) = (read.scope, !read.wrong.is_empty());
        self.list(&scope.board);
        if let Some(keeper) = self.keeper.as_ref().filter(|_| is_behind || is_damaged) {
            keeper.follow(id, scope.marks.clone());
        }
        Ok(scope)
    }

    /// A scope from its logs. What is wrong in them is told by the keeper, when it has fetched what it can.
    fn read_log(&self, id: ScopeId) -> Result<Read, StoreError> {
        Read::of(&self.folder, id, self.folder.marks(id)?)
    }

    fn note(&mut self, finding: Finding) {
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }

    /// The board of a scope; empty if nothing happened there yet.
    ///
    /// # Errors
    /// What the system says when the log is read.
    pub fn board(&mut self, scope: ScopeId) -> Result<Arc<Board>, StoreError> {
        if scope != ScopeId::ORGANISATION {
            self.shown = Some(scope);
        }
        Ok(Arc::clone(&self.scope(scope)?.board))
    }

    /// The bodies of what is off the record in a scope, as a board of their own.
    ///
    /// # Errors
    /// What the system says when the log is read.
    pub fn private_board(&mut self, scope: ScopeId) -> Result<Arc<Board>, StoreError> {
        Ok(Arc::clone(&self.scope(scope)?.private))
    }

    /// Both boards of a scope: what everybody may see, and the bodies of what is off the record.
    ///
    /// # Errors
    /// What the system says when the log is read.
    pub fn boards(&mut self, scope: ScopeId) -> Result<(Arc<Board>, Arc<Board>), StoreError> {
        Ok((self.board(scope)?, self.private_board(scope)?))
    }

    /// All sessions. After an unclean end it is complete once [`Store::settle`] has returned or a catalogue was published.
    pub fn catalogue(&mut self) -> Arc<Catalogue> {
        for (scope, board) in std::mem::take(&mut self.unlisted) {
            let header = SessionHeader::of(&board);
            let listed = self.catalogue.all().find(|known| known.scope == scope);
            if listed != header.as_ref() {
                self.catalogue = Arc::new(self.catalogue.with(scope, header));
            }
        }
        Arc::clone(&self.catalogue)
    }

    /// The texts of all records of a session, for a search over everything.
    ///
    /// # Errors
    /// [`StoreError::Database`] while the database is being rebuilt or cannot be read.
    pub fn texts(&self, scope: ScopeId) -> Result<Arc<[Text]>, StoreError> {
        let texts = self.keeper.as_ref().and_then(|keeper| keeper.texts(scope));
        texts.ok_or_else(|| StoreError::Database("not ready".to_owned()))
    }

    /// All lines of a scope's log as they stand there; off-record bodies only if asked for.
    ///
    /// # Errors
    /// What the system says.
    pub fn lines(&self, scope: ScopeId, private: bool) -> Result<Vec<Line>, StoreError> {
        self.folder.lines(scope, private)
    }

    /// Where half-typed lines are kept; usable from another thread than the store.
    pub fn drafts(&self) -> Drafts {
        Drafts::new(self.folder.clone(), Arc::clone(&self.files))
    }

    /// How many lines of log files have been parsed since the folder was opened: none after a clean close.
    pub fn log_lines_parsed(&self) -> u64 {
        self.folder.lines_parsed()
    }

    /// What was found damaged since the folder was opened.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Waits until the database has caught up, and takes over what it reports.
    ///
    /// # Errors
    /// If lines that the database still had cannot be written to the log.
    pub fn settle(&mut self) -> Result<(), StoreError> {
        loop {
            let Some(keeper) = &self.keeper else { return Ok(()) };
            keeper.settle();
            if self.take_reports()?.is_empty() {
                return Ok(());
            }
        }
    }

    /// Compares all logs with the database line by line and mends each from the other.
    pub(super) fn compare(&mut self) -> Result<(), StoreError> {
        for (scope, marks) in self.all_marks()? {
            if let Some(keeper) = &self.keeper {
                keeper.follow(scope, marks);
            }
        }
        self.settle()
    }

    /// Takes over what the database reported; what that was.
    pub(super) fn take_reports(&mut self) -> Result<Vec<Reported>, StoreError> {
        let reports = self.keeper.as_ref().map(Keeper::reports).unwrap_or_default();
        reports.into_iter().map(|report| self.take(report)).collect()
    }

    /// Takes over what the database lists; a list that says the same stays the one it is.
    fn relist(&mut self, headers: Vec<SessionHeader>) {
        let listed = Catalogue::new(headers);
        if *self.catalogue != listed {
            self.catalogue = Arc::new(listed);
        }
    }

    fn take(&mut self, report: Report) -> Result<Reported, StoreError> {
        Ok(match report {
            Report::Progress { done, total } => Reported::Progress { done, total },
            Report::Texts(scope, texts) => Reported::Texts(scope, texts),
            Report::Failed(error) => Reported::Failed(error),
            Report::Scrubbed { scopes } => Reported::Scrubbed { scopes },
            Report::Found(findings) => {
                for finding in findings {
                    self.note(finding);
                }
                Reported::Found
            }
            Report::Headers(headers) => {
                self.trusted = true;
                let boards: Vec<_> = self.scopes.values().map(|scope| Arc::clone(&scope.board)).collect();
                self.relist(headers);
                for board in &boards {
                    self.list(board);
                }
                Reported::Catalogue
            }
            Report::Recovered(id, lines) => {
                let count = self.recover(id, lines)?;
                Reported::Recovered { scope: id, count }
            }
        })
    }

    /// Closes the folder so that the next opening need not read a log.
    ///
    /// Nothing acknowledged depends on it: after an error the next opening reads the logs.
    ///
    /// # Errors
    /// What the system says about the marker.
    pub fn close(mut self) -> Result<(), StoreError> {
        if self.lock.is_none() {
            return Ok(());
        }
        self.settle()?;
        let picture = self.picture();
        self.scopes.clear();
        let marks = self.all_marks()?;
        let Some(keeper) = self.keeper.take() else { return Ok(()) };
        if keeper.close(marks) {
            picture.leave(&self.folder).about(&self.folder.clean())?;
        }
        Ok(())
    }

    /// What the next opening shall show: the organisation and the session asked for last.
    fn picture(&mut self) -> Picture {
        let catalogue = self.catalogue();
        let wanted = [Some(ScopeId::ORGANISATION), self.shown].into_iter().flatten();
        let open = wanted.filter_map(|id| self.scopes.get(&id)).filter(|scope| scope.is_whole());
        let mut picture = Picture::of(&catalogue, open, std::mem::take(&mut self.frame));
        if self.shown.is_none() {
            for (id, left) in self.pictured.take_all() {
                picture.scopes.put(id, left);
            }
        }
        picture
    }
}

/// A report after the store has acted on it.
#[derive(Debug)]
pub(super) enum Reported {
    Progress { done: usize, total: usize },
    Catalogue,
    Found,
    Texts(ScopeId, Arc<[Text]>),
    Scrubbed { scopes: u64 },
    Recovered { scope: ScopeId, count: usize },
    Failed(StoreError),
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store").field("folder", &self.folder).finish_non_exhaustive()
    }
}
