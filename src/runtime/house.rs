//! What all seats of one program share: the writer, the boards, the finder, and who is here.
//!
//! ```text
//! seat ─commands→ writer ─events→ hall ─boards→ every seat that looks at them
//!                                    └─answers→ the seat that asked
//! ```
//!
//! The hall is told on the writer's thread, so nothing here waits for a seat: a seat has an inbox of its own, and whoever does not read
//! theirs keeps nobody else waiting. Who is here is told to everybody and stored nowhere.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use chrono::{DateTime, FixedOffset};

use super::{
    clock::Clock,
    find::Finder,
    gallery::Gallery,
    inbox::{Happening, Outlet},
    papers::Papers,
    reception::Reception,
    seat::Parting,
};
use crate::{
    app::{
        company::{Company, Doing, Present},
        msg::Msg,
    },
    document::Wording,
    domain::{
        board::Board,
        catalogue::Catalogue,
        command::Request,
        ids::{CommandId, ScopeId},
        policy::Role,
    },
    keymap::Keymap,
    store::{Backups, Drafts, Event, OpenOptions, Store, StoreError, Writer},
};

/// How long closing waits for the other seats to put away what is typed there.
const PATIENCE: Duration = Duration::from_secs(3);

/// A seat of the house. The first is the host's own: closing it closes the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SeatId(pub(super) u32);

/// The host's own seat.
pub(super) const HOST: SeatId = SeatId(0);

/// What every seat is furnished with.
pub(super) struct Kit {
    /// The clock.
    pub(super) clock: Clock,
    /// The configuration folder.
    pub(super) config: PathBuf,
    /// The keys.
    pub(super) keymap: Arc<Keymap>,
    /// The sentences of documents.
    pub(super) wording: Arc<Wording>,
    /// The moment at which the session's clock rests until something is started.
    pub(super) rests_at: Option<DateTime<FixedOffset>>,
    /// The folder to propose when the present one takes no more writes.
    pub(super) elsewhere: String,
}

/// Somebody at a seat.
pub(super) struct Card {
    pub(super) name: Arc<str>,
    pub(super) role: Role,
    /// The name of the seat's draft, which no two seats share.
    pub(super) draft: String,
    pub(super) outlet: Outlet,
    /// Whether the terminal is another computer's.
    pub(super) is_away: bool,
    /// Whether somebody is there: of a host without screens only the name is.
    pub(super) is_attended: bool,
    pub(super) doing: Doing,
    scopes: BTreeSet<ScopeId>,
    /// What the seat was told of the others last.
    company: Company,
}

impl Card {
    pub(super) fn new(name: Arc<str>, role: Role, draft: String, outlet: Outlet) -> Self {
        Self {
            name,
            role,
            draft,
            outlet,
            is_away: false,
            is_attended: true,
            doing: Doing::default(),
            scopes: BTreeSet::new(),
            company: Company::default(),
        }
    }
}

/// What the writer's thread and the seats know together.
pub(super) struct Table {
    pub(super) seats: BTreeMap<SeatId, Card>,
    /// Who only watches what a stage shows.
    watching: BTreeMap<SeatId, Arc<str>>,
    last: SeatId,
    pub(super) boards: BTreeMap<ScopeId, (Arc<Board>, Arc<Board>)>,
    catalogue: Arc<Catalogue>,
    /// Whose a command is that is not answered yet.
    owners: BTreeMap<CommandId, SeatId>,
    /// Who asked last to go on in another folder.
    mover: SeatId,
    papers: Papers,
    backups: Backups,
    drafts: Drafts,
    pub(super) reception: Reception,
    is_closing: bool,
}

/// The side of the house that the writer's thread sees.
struct Hall {
    table: Mutex<Table>,
    /// Rung when a seat is left.
    left: Condvar,
    finder: Finder,
}

/// A house with its seats.
pub struct House {
    writer: Writer,
    hall: Arc<Hall>,
    kit: Kit,
    gallery: Gallery,
    /// What has to be done before the folder is given back.
    closers: Mutex<Vec<Closer>>,
}

type Closer = Box<dyn FnOnce() + Send>;

impl House {
    /// Opens the house around an open folder, with the host's own seat in it.
    ///
    /// # Errors
    /// As [`Writer::spawn`].
    pub(super) fn open(
        mut store: Store,
        kit: Kit,
        papers: Papers,
        host: Card,
    ) -> Result<Arc<Self>, StoreError> {
        let (finder, unstarted) = Finder::new();
        let catalogue = store.catalogue();
        finder.note_sessions(&catalogue);
        let table = Table {
            seats: BTreeMap::from([(HOST, host)]),
            watching: BTreeMap::new(),
            last: HOST,
            boards: BTreeMap::new(),
            catalogue,
            owners: BTreeMap::new(),
            mover: HOST,
            papers,
            backups: store.backups(),
            drafts: store.drafts(),
            reception: Reception::default(),
            is_closing: false,
        };
        let hall = Arc::new(Hall { table: Mutex::new(table), left: Condvar::new(), finder });
        let (heard, found) = (Arc::clone(&hall), Arc::clone(&hall));
        let writer = Writer::spawn(store, move |event| heard.hear(event))?;
        let reader = writer.reader();
        unstarted.start(
            move |scopes| drop(reader.texts(scopes)),
            move |seat, msg| found.table().send(seat, Happening::Done(msg)),
        );
        Ok(Arc::new(Self { writer, hall, kit, gallery: Gallery::default(), closers: Mutex::default() }))
    }

    pub(super) fn table(&self) -> MutexGuard<'_, Table> {
        self.hall.table()
    }

    pub(super) fn gallery(&self) -> &Gallery {
        &self.gallery
    }

    pub(super) fn kit(&self) -> &Kit {
        &self.kit
    }

    pub(super) fn writer(&self) -> &Writer {
        &self.writer
    }

    pub(super) fn finder(&self) -> &Finder {
        &self.hall.finder
    }

    /// Where papers go, and by what they are written.
    pub(super) fn papers(&self) -> Papers {
        self.hall.table().papers.clone()
    }

    /// A hand that writes backups of the folder.
    pub(super) fn backups(&self) -> Backups {
        self.hall.table().backups.clone()
    }

    pub(super) fn drafts(&self) -> Drafts {
        self.hall.table().drafts.clone()
    }

    pub(super) fn catalogue(&self) -> Arc<Catalogue> {
        Arc::clone(&self.hall.table().catalogue)
    }

    /// The newest board of a scope that some seat has open.
    pub(super) fn board(&self, scope: ScopeId) -> Option<Arc<Board>> {
        self.hall.table().boards.get(&scope).map(|(board, _)| Arc::clone(board))
    }

    /// The session that is on: the host's, else that of whoever came first and is in one, else the newest.
    pub(super) fn session(&self) -> Option<ScopeId> {
        let table = self.hall.table();
        let mut places = table.seats.values().filter_map(|card| card.doing.scope);
        places.next().or_else(|| table.catalogue.first().map(|header| header.scope))
    }

    /// Tells what the host's seat was shown before the house was opened.
    pub(super) fn note_board(&self, board: Arc<Board>, private: Arc<Board>) {
        let scope = board.scope();
        self.hall.note_board(&mut self.hall.table(), board, private);
        self.watch(HOST, scope);
    }

    /// From now on a seat is told the boards of a scope.
    fn watch(&self, seat: SeatId, scope: ScopeId) {
        if let Some(card) = self.hall.table().seats.get_mut(&seat) {
            card.scopes.insert(scope);
        }
    }

    /// Hands in a command; the answer comes to this seat alone. It is judged by the role that the house holds for the seat, and
    /// handed on before that role can change.
    pub(super) fn submit(&self, seat: SeatId, mut request: Request) -> Result<(), StoreError> {
        let mut table = self.hall.table();
        let card = table.seats.get(&seat).ok_or(StoreError::Stopped)?;
        request.role = card.role;
        table.owners.insert(request.command_id, seat);
        self.writer.submit(request)
    }

    /// Asks for the board of a scope, and for every newer one.
    pub(super) fn open_scope(&self, seat: SeatId, scope: ScopeId) -> Result<(), StoreError> {
        self.watch(seat, scope);
        self.writer.open_scope(scope)
    }

    /// Asks to go on in another folder.
    pub(super) fn go_elsewhere(
        &self,
        seat: SeatId,
        folder: PathBuf,
        options: OpenOptions,
    ) -> Result<(), StoreError> {
        self.hall.table().mover = seat;
        self.writer.go_elsewhere(folder, options)
    }

    /// Somebody sits down; nobody does once the house closes. `draft` is numbered if another seat has that name.
    pub(super) fn enter(self: &Arc<Self>, mut card: Card) -> Option<Membership> {
        let mut table = self.hall.table();
        if table.is_closing {
            return None;
        }
        card.draft = table.free_name(&card.draft);
        let seat = table.next_seat();
        let draft = card.draft.clone();
        tracing::info!("{} ({}) takes seat {}", card.name, card.role.name(), seat.0);
        table.seats.insert(seat, card);
        table.tell_company();
        table.tell_lobby(seat);
        Some(Membership { house: Arc::clone(self), seat, draft })
    }

    /// Somebody watches from now on, without a seat of their own; nobody does once the house closes.
    pub(super) fn look_on(&self, name: &str) -> Option<SeatId> {
        let mut table = self.hall.table();
        if table.is_closing {
            return None;
        }
        let seat = table.next_seat();
        tracing::info!("{name} watches as {}", seat.0);
        table.watching.insert(seat, name.into());
        table.tell_company();
        Some(seat)
    }

    /// Somebody watches no more.
    pub(super) fn look_away(&self, seat: SeatId) {
        let mut table = self.hall.table();
        if let Some(name) = table.watching.remove(&seat) {
            tracing::info!("{name} does not watch any more as {}", seat.0);
        }
        table.tell_company();
    }

    /// The host's own membership, which does not end before the house.
    pub(super) fn host(self: &Arc<Self>, draft: String) -> Membership {
        Membership { house: Arc::clone(self), seat: HOST, draft }
    }

    fn leave(&self, seat: SeatId) {
        let mut table = self.hall.table();
        if let Some(card) = table.seats.remove(&seat) {
            tracing::info!("{} leaves seat {}", card.name, seat.0);
            if thread::panicking() {
                table.send(HOST, Happening::Crashed(card.name));
            }
        }
        table.owners.retain(|_, owner| *owner != seat);
        table.tell_company();
        self.hall.finder.leave(seat);
        self.hall.left.notify_all();
    }

    /// Tells the others what somebody is about.
    pub(super) fn note_doing(&self, seat: SeatId, doing: Doing) {
        let mut table = self.hall.table();
        if let Some(card) = table.seats.get_mut(&seat) {
            card.doing = doing;
        }
        table.tell_company();
    }

    /// Somebody is called otherwise now, and their draft too.
    pub(super) fn rename(&self, seat: SeatId, name: Arc<str>, draft: &str) {
        let mut table = self.hall.table();
        if let Some(card) = table.seats.get_mut(&seat) {
            card.name = name;
            draft.clone_into(&mut card.draft);
        }
        table.tell_company();
    }

    /// What has to be done before the folder is given back.
    pub fn at_close(&self, closer: impl FnOnce() + Send + 'static) {
        self.closers.lock().unwrap_or_else(PoisonError::into_inner).push(Box::new(closer));
    }

    /// Sees the guests off, finishes what was handed in and closes the folder, with the frame that the next start shows first.
    pub(super) fn close(&self, frame: Vec<u8>) -> Result<(), StoreError> {
        self.see_guests_off();
        self.writer.leave_frame(frame)?;
        self.writer.close()
    }

    fn see_guests_off(&self) {
        let closers = std::mem::take(&mut *self.closers.lock().unwrap_or_else(PoisonError::into_inner));
        for closer in closers {
            closer();
        }
        let mut table = self.hall.table();
        table.is_closing = true;
        for (_, card) in table.seats.iter().filter(|(seat, _)| **seat != HOST) {
            card.outlet.send(Happening::Part(Parting::Closing));
        }
        let has_guests = |table: &mut Table| table.seats.keys().any(|seat| *seat != HOST);
        // A seat that does not end keeps its draft as it is on disk already.
        drop(self.hall.left.wait_timeout_while(table, PATIENCE, has_guests));
    }
}

/// A hold on a seat; the seat is left when it is dropped, in a panic too.
pub(super) struct Membership {
    house: Arc<House>,
    seat: SeatId,
    draft: String,
}

impl Membership {
    pub(super) fn house(&self) -> &Arc<House> {
        &self.house
    }

    pub(super) fn seat(&self) -> SeatId {
        self.seat
    }

    /// The name of the seat's draft.
    pub(super) fn draft(&self) -> &str {
        &self.draft
    }

    pub(super) fn set_draft(&mut self, draft: String) {
        self.draft = draft;
    }
}

impl Drop for Membership {
    fn drop(&mut self) {
        if self.seat != HOST {
            self.house.leave(self.seat);
        }
    }
}

impl Hall {
    /// What a seat that panicked held is whole all the same: nothing is changed in two steps here.
    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note_board(&self, table: &mut Table, board: Arc<Board>, private: Arc<Board>) {
        if board.scope() != ScopeId::ORGANISATION {
            self.finder.note_board(&board);
        }
        table.boards.insert(board.scope(), (board, private));
    }

    /// Takes what the writer tells, and tells those whom it concerns.
    fn hear(&self, event: Event) {
        let mut table = self.table();
        match &event {
            Event::Texts { scope, texts } => return self.finder.note_texts(*scope, Arc::clone(texts)),
            Event::Published { board, private } => {
                self.note_board(&mut table, Arc::clone(board), Arc::clone(private));
                return table.tell_watchers(board.scope(), &event);
            }
            Event::Catalogue(catalogue) => {
                self.finder.note_sessions(catalogue);
                table.catalogue = Arc::clone(catalogue);
                return table.tell_all(&event);
            }
            Event::Moved { folder, drafts, .. } => {
                table.move_to(folder, drafts);
                return table.tell_all(&event);
            }
            _ => {}
        }
        let seat = table.concerned(&event);
        table.send(seat, Happening::Store(event));
    }
}

impl Table {
    pub(super) fn send(&self, seat: SeatId, happening: Happening) {
        if let Some(card) = self.seats.get(&seat) {
            card.outlet.send(happening);
        }
    }

    fn tell_all(&self, event: &Event) {
        self.seats.values().for_each(|card| card.outlet.send(Happening::Store(event.clone())));
    }

    fn tell_watchers(&self, scope: ScopeId, event: &Event) {
        let watchers = self.seats.values().filter(|card| card.scopes.contains(&scope));
        watchers.for_each(|card| card.outlet.send(Happening::Store(event.clone())));
    }

    /// Whose answer this is; what concerns the house as a whole is the host's.
    fn concerned(&mut self, event: &Event) -> SeatId {
        match event {
            Event::Saved { command_id, .. }
            | Event::Refused { command_id, .. }
            | Event::NotSaved { command_id, .. } => self.owners.remove(command_id).unwrap_or(HOST),
            Event::NotMoved(_) => self.mover,
            _ => HOST,
        }
    }

    fn move_to(&mut self, folder: &Path, drafts: &Drafts) {
        self.papers.folder = folder.join("exports");
        self.backups = Backups::of(folder);
        self.drafts = drafts.clone();
    }

    /// A name for a draft that no seat has: the wanted one, else with a number.
    fn free_name(&self, wanted: &str) -> String {
        let is_free = |name: &String| self.seats.values().all(|card| card.draft != *name);
        let numbered = (2..).map(|number: u32| format!("{wanted}-{number}"));
        std::iter::once(wanted.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
    }

    fn next_seat(&mut self) -> SeatId {
        self.last = SeatId(self.last.0.saturating_add(1));
        self.last
    }

    /// Tells everybody who else is here, unless they know it. Those who watch share what they see, so it names none of them.
    pub(super) fn tell_company(&mut self) {
        let at_seats = self.seats.iter().filter(|(_, card)| card.is_attended);
        let present =
            |card: &Card| Present { name: Arc::clone(&card.name), role: card.role, doing: card.doing };
        let seated: Vec<(SeatId, Present)> = at_seats.map(|(seat, card)| (*seat, present(card))).collect();
        let watches = |name: &Arc<str>| Present {
            name: Arc::clone(name),
            role: Role::Observer,
            doing: Doing::default(),
        };
        let watching: Vec<Present> = self.watching.values().map(watches).collect();
        for (seat, card) in &mut self.seats {
            let others = seated.iter().filter(|(other, _)| other != seat).map(|(_, other)| other);
            let beside = watching.iter().filter(|_| card.is_attended);
            let others: Vec<Present> = others.chain(beside).cloned().collect();
            let company = Company { hosting: *seat == HOST && !others.is_empty(), others };
            if card.company != company {
                card.company = company.clone();
                card.outlet.send(Happening::Done(Msg::Company(company)));
            }
        }
    }
}
