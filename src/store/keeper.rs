//! The thread that owns the database. Commits reach it through a queue and never wait for it.
//!
//! It holds the database to the log: a scope whose marks differ is written anew from its log, and lines that only the
//! database still has are handed back.

use std::{
    collections::{BTreeSet, VecDeque},
    io,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use super::{
    database::{Database, Text},
    doctor::Finding,
    error::StoreError,
    folder::{Folder, Marks},
    line::Line,
    reach::Reach,
    scope::Read,
    scrub::Pace,
};
use crate::domain::{board::Board, catalogue::SessionHeader, ids::ScopeId};

/// How long nothing happens before the database is flushed.
const QUIET: Duration = Duration::from_secs(1);
/// How many lines go into one transaction at most, unless a single commit brings more.
const AT_ONCE: usize = 256;
/// How long opening waits for the database before it reads the log instead.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often a database that goes is removed, and how long it is waited in between.
const REMOVALS: u32 = 40;
const PAUSE: Duration = Duration::from_millis(5);

/// The name of the thread on which the database works. What panics there is caught, and the logs stand beside it.
pub const DATABASE_THREAD: &str = "database";

/// What the keeper has to say.
#[derive(Debug)]
pub(super) enum Report {
    /// Scopes compared with their logs, of how many.
    Progress { done: usize, total: usize },
    /// Lines that a log has lost.
    Recovered(ScopeId, Vec<Line>),
    /// What stands wrong in the logs of a scope that had to be read, and what neither copy has.
    Found(Vec<Finding>),
    /// The headers of all sessions, after all scopes were compared.
    Headers(Vec<SessionHeader>),
    /// The texts of a scope, as they were asked for.
    Texts(ScopeId, Arc<[Text]>),
    /// Scopes whose copies differed unnoticed, and were mended.
    Scrubbed { scopes: u64 },
    /// The database failed.
    Failed(StoreError),
}

enum Job {
    Load(ScopeId, Marks, Sender<Option<Vec<Line>>>),
    Texts(ScopeId, Sender<Option<Arc<[Text]>>>),
    ReportTexts(Vec<ScopeId>),
    Reconcile(Vec<(ScopeId, Marks)>),
    Apply(Arc<Board>, Vec<Line>, Step),
    Follow(ScopeId, Marks),
    Renew(Vec<(ScopeId, Marks)>, Sender<bool>),
    Settle(Sender<()>),
    Close(Vec<(ScopeId, Marks)>, Sender<bool>),
    Quit,
}

/// From which marks to which some lines lead.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) before: Marks,
    pub(super) after: Marks,
}

type Bell = Arc<Mutex<Option<Box<dyn Fn() + Send>>>>;

/// A hold on the thread.
pub(super) struct Keeper {
    jobs: Sender<Job>,
    reports: Receiver<Report>,
    bell: Bell,
    thread: Option<JoinHandle<()>>,
}

impl Keeper {
    /// Starts the thread; it opens the database when it is first needed.
    pub(super) fn start(folder: Folder) -> Self {
        let (jobs, queue) = mpsc::channel();
        let (sender, reports) = mpsc::channel();
        let bell = Bell::default();
        let ringer = Arc::clone(&bell);
        let work = move || {
            let desk = Desk {
                reach: Reach::read(&folder),
                folder,
                database: None,
                tried: false,
                dirty: false,
                pace: Pace::from(Instant::now()),
                written: None,
                stale: BTreeSet::new(),
                to_tell: VecDeque::new(),
                reports: sender,
                bell: ringer,
            };
            desk.run(&queue);
        };
        let thread = std::thread::Builder::new().name(DATABASE_THREAD.to_owned()).spawn(work);
        Self { jobs, reports, bell, thread: thread.ok() }
    }

    fn send(&self, job: Job) {
        if self.jobs.send(job).is_err() {
            tracing::error!("the database thread has stopped");
        }
    }

    fn ask<T>(&self, job: impl FnOnce(Sender<T>) -> Job) -> Option<T> {
        let (sender, answer) = mpsc::channel();
        self.send(job(sender));
        answer.recv_timeout(PATIENCE).ok()
    }

    /// The lines of a scope, if the database has all that the marks cover.
    pub(super) fn load(&self, scope: ScopeId, marks: Marks) -> Option<Vec<Line>> {
        self.ask(|answer| Job::Load(scope, marks, answer)).flatten()
    }

    /// The texts of a scope's records.
    pub(super) fn texts(&self, scope: ScopeId) -> Option<Arc<[Text]>> {
        self.ask(|answer| Job::Texts(scope, answer)).flatten()
    }

    /// Reports the texts of scopes one after the other, behind everything else that is asked.
    pub(super) fn report_texts(&self, scopes: Vec<ScopeId>) {
        self.send(Job::ReportTexts(scopes));
    }

    /// Compares all scopes with their logs, behind.
    pub(super) fn reconcile(&self, scopes: Vec<(ScopeId, Marks)>) {
        self.send(Job::Reconcile(scopes));
    }

    /// Adds lines that are folded into the board, behind.
    pub(super) fn apply(&self, board: Arc<Board>, lines: Vec<Line>, step: Step) {
        self.send(Job::Apply(board, lines, step));
    }

    /// Writes a scope anew from its log as far as these marks, and hands back what the log has lost, behind.
    pub(super) fn follow(&self, scope: ScopeId, marks: Marks) {
        self.send(Job::Follow(scope, marks));
    }

    /// Writes everything anew from the logs in a new folder and removes the old one; whether that is done.
    pub(super) fn renew(&self, scopes: Vec<(ScopeId, Marks)>) -> bool {
        let (sender, answer) = mpsc::channel();
        self.send(Job::Renew(scopes, sender));
        answer.recv().unwrap_or(false)
    }

    /// Waits until everything asked before is done.
    pub(super) fn settle(&self) {
        let (sender, answer) = mpsc::channel();
        self.send(Job::Settle(sender));
        // An error says that the thread is gone: then nothing is left to wait for.
        let _gone = answer.recv();
    }

    /// Finishes the queue, repairs what is stale and closes the database; whether it then equals the logs.
    pub(super) fn close(&self, scopes: Vec<(ScopeId, Marks)>) -> bool {
        let (sender, answer) = mpsc::channel();
        self.send(Job::Close(scopes, sender));
        answer.recv().unwrap_or(false)
    }

    /// What has been reported since.
    pub(super) fn reports(&self) -> Vec<Report> {
        self.reports.try_iter().collect()
    }

    /// Rings after each report.
    pub(super) fn set_bell(&self, ring: impl Fn() + Send + 'static) {
        *self.bell.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(ring));
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.send(Job::Quit);
        if let Some(thread) = self.thread.take() {
            let _panicked = thread.join();
        }
    }
}

/// Removes a database that was closed. Its own threads may end a little later and still write to it.
fn remove_database(path: &Path) -> io::Result<()> {
    for _ in 0..REMOVALS {
        match std::fs::remove_dir_all(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => std::thread::sleep(PAUSE),
            _gone => return Ok(()),
        }
    }
    std::fs::remove_dir_all(path)
}

/// Puts commits of one scope that wait behind each other into one transaction; also the job after them, if one was
/// taken from the queue.
fn gather(job: Job, queue: &Receiver<Job>) -> (Job, Option<Job>) {
    let Job::Apply(mut board, mut lines, mut step) = job else { return (job, None) };
    while lines.len() < AT_ONCE {
        match queue.try_recv() {
            Ok(Job::Apply(later, more, next))
                if later.scope() == board.scope() && next.before == step.after =>
            {
                board = later;
                lines.extend(more);
                step.after = next.after;
            }
            other => return (Job::Apply(board, lines, step), other.ok()),
        }
    }
    (Job::Apply(board, lines, step), None)
}

/// The thread's own state.
pub(super) struct Desk {
    pub(super) folder: Folder,
    database: Option<Database>,
    /// Whether the newest database has been tried.
    tried: bool,
    /// Whether something was written since the last flush.
    dirty: bool,
    /// When it is time to look behind.
    pub(super) pace: Pace,
    /// The board that was written last, and where its logs ended.
    pub(super) written: Option<(Arc<Board>, Marks)>,
    /// Scopes that the database does not follow any more.
    stale: BTreeSet<ScopeId>,
    /// Scopes whose texts are to be reported when nothing else is to be done.
    to_tell: VecDeque<ScopeId>,
    reach: Reach,
    reports: Sender<Report>,
    bell: Bell,
}

impl Desk {
    fn run(mut self, queue: &Receiver<Job>) {
        let mut waiting = None;
        loop {
            let job = match waiting.take() {
                Some(job) => Ok(job),
                None => self.next(queue),
            };
            match job {
                Ok(Job::Quit) | Err(RecvTimeoutError::Disconnected) => return,
                Ok(job) => {
                    let (job, next) = gather(job, queue);
                    waiting = next;
                    self.work(job);
                }
                Err(RecvTimeoutError::Timeout) if self.dirty => self.flush(),
                Err(RecvTimeoutError::Timeout) => self.scrub(Instant::now()),
            }
        }
    }

    /// The next job; silence for a while says that what was written may be flushed, then that there is time to scrub.
    fn next(&mut self, queue: &Receiver<Job>) -> Result<Job, RecvTimeoutError> {
        match self.tell_until_asked(queue) {
            Some(job) => Ok(job),
            None if self.dirty => queue.recv_timeout(QUIET),
            None if self.database.is_some() => queue.recv_timeout(self.pace.wait(Instant::now())),
            None => queue.recv().map_err(RecvTimeoutError::from),
        }
    }

    /// Reports texts scope by scope until somebody asks for something, or nothing is left to report.
    fn tell_until_asked(&mut self, queue: &Receiver<Job>) -> Option<Job> {
        while let Some(scope) = self.to_tell.pop_front() {
            if let Ok(job) = queue.try_recv() {
                self.to_tell.push_front(scope);
                return Some(job);
            }
            if let Some(texts) = self.with(|database| database.texts(scope)) {
                self.report(Report::Texts(scope, texts));
            }
        }
        None
    }

    /// An answer that nobody waits for any more is no failure.
    fn work(&mut self, job: Job) {
        match job {
            Job::Load(scope, marks, answer) => drop(answer.send(self.load(scope, &marks))),
            Job::Texts(scope, answer) => {
                drop(answer.send(self.with(|database| database.texts(scope))));
            }
            Job::ReportTexts(scopes) => self.to_tell.extend(scopes),
            Job::Reconcile(scopes) => self.reconcile(scopes),
            Job::Apply(board, lines, step) => self.apply(board, &lines, step),
            Job::Follow(scope, marks) => self.follow(scope, &marks),
            Job::Renew(scopes, answer) => drop(answer.send(self.renew(scopes))),
            Job::Settle(answer) => drop(answer.send(())),
            Job::Close(scopes, answer) => drop(answer.send(self.close(scopes))),
            Job::Quit => {}
        }
    }

    pub(super) fn report(&self, report: Report) {
        // Nobody listens while the store goes down.
        let _unheard = self.reports.send(report);
        if let Some(ring) = &*self.bell.lock().unwrap_or_else(PoisonError::into_inner) {
            ring();
        }
    }

    fn failed(&self, error: StoreError) {
        tracing::warn!(%error, "the database failed");
        self.report(Report::Failed(error));
    }

    /// Asks the database, which is opened when it is first needed.
    pub(super) fn with<T>(&mut self, ask: impl FnOnce(&Database) -> Result<T, StoreError>) -> Option<T> {
        if self.database.is_none() && !self.tried {
            self.open_newest();
        }
        match ask(self.database.as_ref()?) {
            Ok(answer) => Some(answer),
            Err(error) => {
                self.failed(error);
                None
            }
        }
    }

    fn open_newest(&mut self) -> bool {
        self.tried = true;
        let Some(number) = self.folder.databases().last().copied() else { return false };
        self.open(number)
    }

    fn open(&mut self, number: u32) -> bool {
        // A folder that was taken away is not to be made again in its place.
        if !self.folder.is_there() {
            self.failed(StoreError::Missing(self.folder.root().to_owned()));
            return false;
        }
        match Database::open(&self.folder.database(number)) {
            Ok(database) => self.database = Some(database),
            Err(error) => self.failed(error),
        }
        self.database.is_some()
    }

    /// A fresh database beside the old ones, which stay until it is complete.
    fn open_fresh(&mut self) -> bool {
        self.database = None;
        let number = self.folder.databases().last().map_or(1, |last| last.saturating_add(1));
        self.open(number)
    }

    fn load(&mut self, scope: ScopeId, marks: &Marks) -> Option<Vec<Line>> {
        self.with(|database| database.load(scope, marks)).flatten()
    }

    fn apply(&mut self, board: Arc<Board>, lines: &[Line], step: Step) {
        let scope = board.scope();
        self.written = None;
        self.reach.note(scope, lines);
        if self.stale.contains(&scope) {
            return;
        }
        self.dirty = true;
        let after = step.after.clone();
        match self.with(|database| database.apply(&board, lines, &step.before, step.after)) {
            Some(()) => self.written = Some((board, after)),
            None => drop(self.stale.insert(scope)),
        }
    }

    pub(super) fn follow(&mut self, scope: ScopeId, marks: &Marks) {
        if !self.replay(scope, marks) {
            self.stale.insert(scope);
        }
    }

    fn flush(&mut self) {
        self.dirty = false;
        self.with(Database::flush);
        self.keep_reach();
    }

    fn keep_reach(&mut self) {
        if let Err(error) = self.reach.keep(&self.folder) {
            tracing::warn!(%error, "how far the logs have come is not written down");
        }
    }

    fn reconcile(&mut self, mut scopes: Vec<(ScopeId, Marks)>) {
        let known = self.folder.databases().last().copied();
        let open = self.database.is_some() || self.open_newest();
        let done = open && self.reconcile_all(&mut scopes);
        let done = done || self.open_fresh() && self.reconcile_all(&mut scopes);
        if !done {
            self.stale.extend(scopes.iter().map(|(scope, _)| *scope));
            self.take_back(known);
            return;
        }
        self.remove_older();
        if let Some(headers) = self.with(Database::headers) {
            self.report(Report::Headers(headers));
        }
    }

    /// Removes what was begun after the newest database that was known, and cannot be finished. Where the disk is full, each opening
    /// would leave another one.
    fn take_back(&mut self, known: Option<u32>) {
        // What it cannot write any more is not needed.
        let _closed = self.database.take().map(Database::close);
        for number in self.folder.databases().into_iter().filter(|number| Some(*number) > known) {
            if let Err(error) = remove_database(&self.folder.database(number)) {
                tracing::warn!(%error, "a database that was not finished stays");
            }
        }
    }

    fn reconcile_all(&mut self, scopes: &mut Vec<(ScopeId, Marks)>) -> bool {
        let Some(known) = self.with(Database::scopes) else { return false };
        let unlisted = known.into_iter().chain(self.reach.scopes()).collect::<BTreeSet<_>>();
        let unlisted = unlisted.into_iter().filter(|id| scopes.iter().all(|(scope, _)| scope != id));
        let unlisted: Vec<_> = unlisted.map(|id| (id, Marks::new())).collect();
        scopes.extend(unlisted);
        let total = scopes.len();
        let mut is_behind = false;
        for (done, (scope, marks)) in scopes.iter().enumerate() {
            let Some(is_at) = self.with(|database| database.is_at(*scope, marks)) else { return false };
            if is_at {
                continue;
            }
            is_behind = true;
            self.report(Report::Progress { done, total });
            if !self.replay(*scope, marks) {
                return false;
            }
        }
        if is_behind {
            self.report(Report::Progress { done: total, total });
        }
        true
    }

    /// Writes one scope anew from its log; `false` if the database failed.
    ///
    /// What the database alone still has is handed back and stays where it is until the log has it again.
    fn replay(&mut self, id: ScopeId, marks: &Marks) -> bool {
        let read = match Read::of(&self.folder, id, marks.clone()) {
            Ok(read) => read,
            Err(error) => {
                // Without its log a scope cannot be written anew; the other scopes can.
                tracing::warn!(%error, "a log cannot be read");
                self.stale.insert(id);
                return true;
            }
        };
        self.dirty = true;
        let Some((kept, _)) = self.with(|database| database.lines(id)) else {
            // Nothing comes from there: what the log lacks is told now.
            self.tell_findings(&read);
            return false;
        };
        let lost: Vec<Line> = kept.into_iter().filter(|line| !read.scope.knows(line)).collect();
        if !lost.is_empty() {
            self.stale.insert(id);
            self.report(Report::Recovered(id, lost));
            return true;
        }
        self.tell_findings(&read);
        self.reach.note(id, &read.lines);
        self.stale.remove(&id);
        self.with(|database| database.replay(&read.scope.board, &read.lines, marks.clone())).is_some()
    }

    fn tell_findings(&self, read: &Read) {
        let findings = read.findings(&self.folder, &self.reach, &[]);
        if !findings.is_empty() {
            self.report(Report::Found(findings));
        }
    }

    fn renew(&mut self, mut scopes: Vec<(ScopeId, Marks)>) -> bool {
        self.written = None;
        let done = self.open_fresh() && self.reconcile_all(&mut scopes) && self.remove_older();
        self.flush();
        if let Some(headers) = self.with(Database::headers) {
            self.report(Report::Headers(headers));
        }
        done
    }

    /// Removes all databases but the newest; whether they are gone.
    fn remove_older(&self) -> bool {
        let mut numbers = self.folder.databases();
        numbers.pop();
        let mut gone = true;
        for number in numbers {
            let path = self.folder.database(number);
            if let Err(error) = remove_database(&path) {
                tracing::warn!(%error, path = %path.display(), "an old database stays");
                gone = false;
            }
        }
        gone
    }

    fn close(&mut self, scopes: Vec<(ScopeId, Marks)>) -> bool {
        self.reconcile(scopes);
        self.keep_reach();
        let Some(database) = self.database.take() else { return false };
        match database.close() {
            Ok(()) => self.stale.is_empty(),
            Err(error) => {
                self.failed(error);
                false
            }
        }
    }
}
