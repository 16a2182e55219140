//! The writer thread: one after another, commands become changes, and everybody is told through one callback.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex,
        mpsc::{self, Receiver, Sender, TryRecvError},
    },
    thread::JoinHandle,
};

use chrono::{DateTime, FixedOffset};

use super::{
    commit::CommitError,
    database::Text,
    doctor::Finding,
    draft::Drafts,
    elsewhere::Elsewhere,
    error::StoreError,
    open::{OpenOptions, Reported, Store},
};
use crate::domain::{
    board::Board,
    catalogue::Catalogue,
    change::Author,
    command::{Refusal, Request},
    ids::{ChangeId, CommandId, ScopeId},
};

/// What the writer tells.
#[derive(Debug, Clone)]
pub enum Event {
    /// A scope's newest board, and the bodies of what is off the record there.
    Published {
        /// What everybody may see.
        board: Arc<Board>,
        /// What only the permitted may see; never exported.
        private: Arc<Board>,
    },
    /// The sessions there are.
    Catalogue(Arc<Catalogue>),
    /// A command's change is on the medium. Sent before the board that shows it.
    Saved {
        /// The command.
        command_id: CommandId,
        /// Its scope.
        scope: ScopeId,
        /// The change.
        change: ChangeId,
        /// When it was made.
        at: DateTime<FixedOffset>,
        /// Whether it had been carried out before.
        repeated: bool,
    },
    /// A command cannot be carried out as things stand.
    Refused {
        /// The command.
        command_id: CommandId,
        /// Why.
        refusal: Refusal,
    },
    /// A command could not be written: its text must stay where it is.
    NotSaved {
        /// The command.
        command_id: CommandId,
        /// Why.
        error: StoreError,
    },
    /// A scope could not be opened.
    NotOpened {
        /// The scope.
        scope: ScopeId,
        /// Why.
        error: StoreError,
    },
    /// The database is compared with the logs, behind.
    Rebuilding {
        /// Scopes done.
        done: usize,
        /// Of how many.
        total: usize,
    },
    /// The database failed; the logs are not concerned.
    DatabaseFailed(StoreError),
    /// Something was found damaged.
    Found(Finding),
    /// Changes came back into a log that had lost them.
    Recovered {
        /// The scope.
        scope: ScopeId,
        /// How many.
        changes: usize,
    },
    /// Work goes on in another folder: everything acknowledged is there, and its boards are published next.
    Moved {
        /// The folder.
        folder: PathBuf,
        /// How many changes are there.
        changes: usize,
        /// Where half-typed lines are kept from now on.
        drafts: Drafts,
    },
    /// Work could not go on in another folder; everything is as it was.
    NotMoved(StoreError),
    /// The texts of a scope that were asked for.
    Texts {
        /// The scope.
        scope: ScopeId,
        /// Its texts.
        texts: Arc<[Text]>,
    },
    /// Sessions in which the copies differed unnoticed; what one had lost came from the other.
    Scrubbed {
        /// How many.
        sessions: u64,
    },
}

/// What is done with an answer, on the writer's thread; it must not wait.
type Answer = Box<dyn FnOnce(Result<Author, CommitError>) + Send>;

/// What is done to the folder between two commands; which scopes it changed.
type Errand = Box<dyn FnOnce(&mut Store) -> BTreeSet<ScopeId> + Send>;

enum Message {
    Submit(Box<Request>),
    Open(ScopeId),
    Person(String, DateTime<FixedOffset>, Answer),
    Errand(Errand),
    Texts(Vec<ScopeId>),
    Elsewhere(Box<(PathBuf, OpenOptions)>),
    Frame(Vec<u8>),
    /// The database has something to say.
    Bell,
    Close(Sender<Result<(), StoreError>>),
    /// End without a clean close.
    Stop,
}

/// A hold on the writer thread. Dropping it ends the thread without a clean close.
#[derive(Debug)]
pub struct Writer {
    messages: Sender<Message>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    /// Starts the thread. The catalogue is published at once; `sink` is called on that thread and must not wait.
    ///
    /// # Errors
    /// [`StoreError::Io`] if the system gives no thread.
    pub fn spawn(mut store: Store, sink: impl Fn(Event) + Send + 'static) -> Result<Self, StoreError> {
        let (messages, queue) = mpsc::channel();
        let bell = messages.clone();
        hang_bell(&store, &bell);
        let root = store.folder.root().to_owned();
        let listed = store.catalogue();
        let desk = Desk { store, bell, sink: Box::new(sink), listed, told: 0 };
        let thread = std::thread::Builder::new().name("writer".to_owned()).spawn(move || desk.run(&queue));
        let thread = thread.map_err(|error| StoreError::io(&root, &error))?;
        Ok(Self { messages, thread: Mutex::new(Some(thread)) })
    }

    fn send(&self, message: Message) -> Result<(), StoreError> {
        self.messages.send(message).map_err(|_gone| StoreError::Stopped)
    }

    /// Hands in a command; answered by `Saved`, `Refused` or `NotSaved`.
    ///
    /// # Errors
    /// [`StoreError::Stopped`].
    pub fn submit(&self, request: Request) -> Result<(), StoreError> {
        self.send(Message::Submit(Box::new(request)))
    }

    /// Asks for a scope's board; answered by `Published` or `NotOpened`.
    ///
    /// # Errors
    /// [`StoreError::Stopped`].
    pub fn open_scope(&self, scope: ScopeId) -> Result<(), StoreError> {
        self.send(Message::Open(scope))
    }

    /// Asks who a name is, as [`Store::person`]; `answer` is called on the writer's thread and must not wait.
    ///
    /// # Errors
    /// [`StoreError::Stopped`].
    pub fn person(
        &self,
        name: String,
        at: DateTime<FixedOffset>,
        answer: impl FnOnce(Result<Author, CommitError>) + Send + 'static,
    ) -> Result<(), StoreError> {
        self.send(Message::Person(name, at, Box::new(answer)))
    }

    /// Does something to the whole folder, between two commands and on the writer's thread. The boards of what it changed are published.
    ///
    /// # Errors
    /// [`StoreError::Stopped`].
    pub fn errand(
        &self,
        errand: impl FnOnce(&mut Store) -> BTreeSet<ScopeId> + Send + 'static,
    ) -> Result<(), StoreError> {
        self.send(Message::Errand(Box::new(errand)))
    }

    /// A way to ask for texts from another thread than the one that holds the writer.
    pub fn reader(&self) -> Reader {
        Reader(self.messages.clone())
    }

    /// Asks to go on in another folder, with everything that was acknowledged; answered by `Moved` or `NotMoved`.
    ///
    /// # Errors
    /// [`StoreError::Stopped`].
    pub fn go_elsewhere(&self, folder: PathBuf, options: OpenOptions) -> Result<(), StoreError> {
        self.send(Message::Elsewhere(Box::new((folder, options))))
    }

    /// Leaves what the seat shows, in the seat's own bytes, for [`Store::last_frame`] of the opening after a clean close.
    ///
    /// # Errors
    /// [`StoreError::Stopped`].
    pub fn leave_frame(&self, frame: Vec<u8>) -> Result<(), StoreError> {
        self.send(Message::Frame(frame))
    }

    /// Finishes what was handed in and closes the folder; whatever is asked afterwards is answered by [`StoreError::Stopped`].
    ///
    /// # Errors
    /// As [`Store::close`].
    pub fn close(&self) -> Result<(), StoreError> {
        let (sender, answer) = mpsc::channel();
        self.send(Message::Close(sender))?;
        let closed = answer.recv().map_err(|_gone| StoreError::Stopped)?;
        if let Some(thread) = self.take_thread() {
            thread.join().map_err(|_panicked| StoreError::Stopped)?;
        }
        closed
    }

    fn take_thread(&self) -> Option<JoinHandle<()>> {
        self.thread.lock().ok().and_then(|mut thread| thread.take())
    }
}

/// Asks the writer for what can be read.
#[derive(Debug, Clone)]
pub struct Reader(Sender<Message>);

impl Reader {
    /// Asks for the texts of scopes; answered, one after the other, by `Texts` or `DatabaseFailed`.
    ///
    /// # Errors
    /// [`StoreError::Stopped`].
    pub fn texts(&self, scopes: Vec<ScopeId>) -> Result<(), StoreError> {
        self.0.send(Message::Texts(scopes)).map_err(|_gone| StoreError::Stopped)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if let Some(thread) = self.take_thread() {
            let _stopped_already = self.send(Message::Stop);
            let _panicked = thread.join();
        }
    }
}

/// Lets the database of a folder wake the writer.
fn hang_bell(store: &Store, bell: &Sender<Message>) {
    if let Some(keeper) = &store.keeper {
        let bell = bell.clone();
        // The bell outlives the writer only while the thread ends.
        keeper.set_bell(move || drop(bell.send(Message::Bell)));
    }
}

struct Desk {
    store: Store,
    /// Wakes this thread.
    bell: Sender<Message>,
    sink: Box<dyn Fn(Event) + Send>,
    /// The catalogue told last.
    listed: Arc<Catalogue>,
    /// Findings told so far.
    told: usize,
}

impl Desk {
    fn run(mut self, queue: &Receiver<Message>) {
        self.tell(Event::Catalogue(Arc::clone(&self.listed)));
        self.reports();
        self.tell_findings();
        while let Some(message) = self.next(queue) {
            match message {
                Message::Submit(request) => self.submit(&request),
                Message::Open(scope) => self.open(scope),
                Message::Person(name, at, answer) => answer(self.store.person(&name, at)),
                Message::Errand(errand) => self.run_errand(errand),
                Message::Texts(scopes) => self.texts(scopes),
                Message::Elsewhere(wish) => self.go_elsewhere(&wish.0, wish.1),
                Message::Frame(frame) => self.store.leave_frame(frame),
                Message::Bell => self.reports(),
                Message::Close(answer) => {
                    self.tell_catalogue();
                    // If nobody waits for the answer any more, nothing depends on it.
                    return drop(answer.send(self.store.close()));
                }
                Message::Stop => return,
            }
            self.tell_findings();
        }
    }

    /// The next message; the catalogue is told when none waits.
    fn next(&mut self, queue: &Receiver<Message>) -> Option<Message> {
        match queue.try_recv() {
            Ok(message) => Some(message),
            Err(TryRecvError::Disconnected) => None,
            Err(TryRecvError::Empty) => {
                self.tell_catalogue();
                queue.recv().ok()
            }
        }
    }

    fn tell_catalogue(&mut self) {
        let catalogue = self.store.catalogue();
        if !Arc::ptr_eq(&self.listed, &catalogue) {
            self.listed = Arc::clone(&catalogue);
            self.tell(Event::Catalogue(catalogue));
        }
    }

    fn tell(&self, event: Event) {
        (self.sink)(event);
    }

    fn submit(&mut self, request: &Request) {
        let (command_id, scope) = (request.command_id, request.scope);
        match self.store.append(request) {
            Ok(appended) => {
                let saved = appended.saved;
                let (change, at, repeated) = (saved.change, saved.at, saved.repeated);
                self.tell(Event::Saved { command_id, scope, change, at, repeated });
                self.store.fold(scope, appended.lines, appended.before);
                self.open(scope);
            }
            Err(CommitError::Refused(refusal)) => self.tell(Event::Refused { command_id, refusal }),
            Err(CommitError::NotSaved(error)) => self.tell(Event::NotSaved { command_id, error }),
        }
    }

    fn run_errand(&mut self, errand: Errand) {
        let changed = errand(&mut self.store);
        for scope in
            changed.into_iter().filter(|scope| self.store.scopes.contains_key(scope)).collect::<Vec<_>>()
        {
            self.open(scope);
        }
    }

    /// Goes on in another folder. The old one is left without a clean close: it may not be writable.
    fn go_elsewhere(&mut self, folder: &Path, options: OpenOptions) {
        let Elsewhere { store, folder, changes } = match self.store.elsewhere(folder, options) {
            Ok(elsewhere) => elsewhere,
            Err(error) => return self.tell(Event::NotMoved(error)),
        };
        hang_bell(&store, &self.bell);
        let left = std::mem::replace(&mut self.store, store);
        let open: Vec<ScopeId> = left.scopes.keys().copied().collect();
        drop(left);
        self.told = 0;
        self.tell(Event::Moved { folder, changes, drafts: self.store.drafts() });
        for scope in open {
            self.open(scope);
        }
    }

    fn open(&mut self, scope: ScopeId) {
        let boards = self.store.boards(scope);
        self.tell(match boards {
            Ok((board, private)) => Event::Published { board, private },
            Err(error) => Event::NotOpened { scope, error },
        });
    }

    /// Asks the database, which answers when it has caught up; the writer does not wait.
    fn texts(&self, scopes: Vec<ScopeId>) {
        let Some(keeper) = &self.store.keeper else {
            let folder = self.store.folder.root().to_owned();
            return self.tell(Event::DatabaseFailed(StoreError::ReadOnly(folder)));
        };
        keeper.report_texts(scopes);
    }

    fn reports(&mut self) {
        match self.store.take_reports() {
            Ok(reports) => reports.into_iter().for_each(|report| self.reported(report)),
            Err(error) => self.tell(Event::DatabaseFailed(error)),
        }
    }

    fn reported(&mut self, report: Reported) {
        match report {
            Reported::Progress { done, total } => self.tell(Event::Rebuilding { done, total }),
            Reported::Failed(error) => self.tell(Event::DatabaseFailed(error)),
            Reported::Recovered { scope, count } if count > 0 => {
                self.tell(Event::Recovered { scope, changes: count });
                self.open(scope);
            }
            Reported::Texts(scope, texts) => self.tell(Event::Texts { scope, texts }),
            Reported::Scrubbed { scopes } => self.tell(Event::Scrubbed { sessions: scopes }),
            // Findings are told after each message, the catalogue after the last.
            Reported::Found | Reported::Catalogue | Reported::Recovered { .. } => {}
        }
    }

    fn tell_findings(&mut self) {
        let new = self.store.findings().get(self.told..).unwrap_or_default();
        for finding in new {
            self.tell(Event::Found(finding.clone()));
        }
        self.told = self.store.findings().len();
    }
}
