//! The local seat: one terminal, one loop.
//!
//! ```text
//! keyboard ─bytes→ ┐
//! signals ─────────┼─ inbox → decode → update → draft → draw
//! writer's events ─┘                     └→ effects
//! ```

use std::{io, path::PathBuf, sync::Arc, thread, time::Duration};

use chrono::{DateTime, FixedOffset};

use super::{
    clock::Clock,
    decode::Decoder,
    effects::Deeds,
    find::Finder,
    held::Held,
    inbox::{Happening, Inbox, Outlet},
    pace::Pace,
    papers::Papers,
    terminal::Screen,
    words,
};
use crate::{
    app::{App, Asking, Setup, Touched, effect::Effect, msg::Msg, seat::Seat},
    config::keep_author,
    document::Wording,
    domain::{
        board::Board,
        change::Author,
        ids::{CommandId, ScopeId},
        policy::Role,
    },
    i18n::{Lang, fill},
    keymap::Keymap,
    store::{Damage, Draft, Drafts, Event, Store, StoreError, Writer},
};

/// How long after the last key a draft may stay unsynced.
const DRAFT_PAUSE: Duration = Duration::from_millis(500);
/// The name of the local seat's draft: a role has its own, since one that sees less shall not find what another has half-typed.
fn seat_name(role: Role) -> String {
    if role == Role::Facilitator { "local".to_owned() } else { format!("local-{}", role.name()) }
}

/// What the local seat is started with.
pub struct Local {
    /// The terminal.
    pub screen: Screen,
    /// The open folder.
    pub store: Store,
    /// Who sits here.
    pub me: Author,
    /// Whether the first form asks who that is; the answer is kept in the configuration folder.
    pub asking: Asking,
    /// The configuration folder.
    pub config: PathBuf,
    /// In which role.
    pub role: Role,
    /// The language of the screens.
    pub lang: Lang,
    /// The clock.
    pub clock: Clock,
    /// The moment at which the session's clock rests until something is started.
    pub rests_at: Option<DateTime<FixedOffset>>,
    /// The session to open, unless a draft says where the seat was.
    pub session: Option<ScopeId>,
    /// The keys.
    pub keymap: Keymap,
    /// What can wait until the first frame is shown; what the person should know comes back.
    pub later: Box<dyn FnOnce() -> Vec<String>>,
    /// Where exports go.
    pub exports: PathBuf,
    /// The folder to propose when the present one takes no more writes.
    pub elsewhere: PathBuf,
    /// The sentences of documents.
    pub wording: Wording,
    /// Randomness for ids.
    pub seed: u128,
}

/// Why the seat ended before the person wanted.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The terminal is gone or never was.
    #[error("terminal: {0}")]
    Terminal(#[from] io::Error),
    /// The folder could not be closed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Runs the seat until the person leaves or the terminal ends.
///
/// # Errors
/// The terminal cannot be used, or the folder not be closed. Everything acknowledged is on disk in either case.
pub fn run(local: Local) -> Result<(), RunError> {
    let Local { mut screen, mut store, wording, clock, lang, .. } = local;
    let (draft, kept) = store.drafts().open(&seat_name(local.role))?;
    let mut app = App::new(Setup {
        lang,
        me: local.me,
        asking: local.asking,
        role: local.role,
        keymap: Arc::new(local.keymap),
        wording: Arc::new(wording),
        size: screen.size(),
        now: clock.now(),
        rests_at: local.rests_at,
        seed: local.seed,
        elsewhere: local.elsewhere.display().to_string(),
    });
    let (kept, unread) = read_seat(kept.map(|kept| kept.state));
    let unread = unread.map(|state| store.drafts().keep_unread(&seat_name(local.role), &state));
    let effects = take_place(&mut app, kept, local.session);
    let (boards, effects) = show_at_once(&mut app, &mut store, effects, &clock);
    screen.draw(&app, Touched::Window)?;
    let (mut inbox, outlet) = Inbox::open(clock)?;
    let papers =
        Papers { folder: local.exports, config: local.config.clone(), wording: Arc::clone(&app.wording) };
    let mut deeds = employ(store, outlet, papers, lang)?;
    for board in &boards {
        deeds.note_board(board);
    }
    let (decoder, held) = (Decoder::new(), Held::default());
    let (config, kept) = (local.config, Vec::new());
    let tick = app.next_tick().map(|pause| clock.elapsed() + pause);
    let mut seat = LocalSeat {
        app,
        clock,
        decoder,
        held,
        deeds,
        config,
        draft,
        kept,
        unsynced: false,
        draft_fails: false,
        undrawn: Touched::Window,
        pace: Pace::default(),
        tick,
    };
    seat.deeds.run(effects);
    if seat.draft.is_damaged() {
        seat.tell(Msg::Warned(seat.app.strings().notice_draft_damaged.to_owned()));
    }
    let unread = unread.map(|kept| words::unread_draft(lang.strings(), kept));
    for warning in unread.into_iter().chain((local.later)()) {
        seat.tell(Msg::Warned(warning));
    }
    let ended = seat.turn(&mut screen, &mut inbox);
    seat.app.clear_away();
    let frame = screen.remember(&seat.app);
    drop(screen);
    seat.keep_draft();
    seat.sync_draft();
    seat.deeds.close(frame)?;
    ended
}

/// Starts the writer and the finder, and gives the seat its hands.
fn employ(mut store: Store, outlet: Outlet, papers: Papers, lang: Lang) -> Result<Deeds, StoreError> {
    let catalogue = store.catalogue();
    let (finder, unstarted) = Finder::new();
    let (events, texts) = (outlet.clone(), finder.clone());
    let writer = Writer::spawn(store, move |event| match event {
        // The loop has no use for them.
        Event::Texts { scope, texts: found } => texts.note_texts(scope, found),
        event => events.send(Happening::Store(event)),
    })?;
    let (reader, found) = (writer.reader(), outlet.clone());
    unstarted.start(move |scopes| drop(reader.texts(scopes)), move |msg| found.send(Happening::Done(msg)));
    let mut deeds = Deeds::new(writer, outlet, papers, lang, finder);
    deeds.note_catalogue(&catalogue);
    Ok(deeds)
}

/// The seat as it was left, or bytes that another version wrote in another form.
fn read_seat(kept: Option<Vec<u8>>) -> (Option<Seat>, Option<Vec<u8>>) {
    let Some(bytes) = kept else { return (None, None) };
    match serde_json::from_slice::<Seat>(&bytes) {
        Ok(seat) if seat.is_readable() => (Some(seat), None),
        _ => (None, Some(bytes)),
    }
}

/// Takes up the seat where it was, else opens a session.
fn take_place(app: &mut App, seat: Option<Seat>, session: Option<ScopeId>) -> Vec<Effect> {
    let mut effects = seat.map(|seat| app.resume(seat)).unwrap_or_default();
    if let Some(scope) = session.filter(|_| !app.has_place()) {
        effects.extend(app.open(scope, None));
    }
    effects.extend((!app.has_place()).then_some(Effect::AtHome));
    effects
}

/// Gives the seat what its first frame shows, straight from the store; the boards, and what is left to do.
fn show_at_once(
    app: &mut App,
    store: &mut Store,
    effects: Vec<Effect>,
    clock: &Clock,
) -> (Vec<Arc<Board>>, Vec<Effect>) {
    let mut boards = Vec::new();
    let mut rest = app.update(Msg::Catalogue(store.catalogue()), clock.now());
    for effect in effects {
        let opened = match &effect {
            Effect::Open(scope) => store.boards(*scope).ok(),
            _ => None,
        };
        match opened {
            Some((board, private)) => {
                boards.push(Arc::clone(&board));
                rest.extend(app.update(Msg::Published { board, private }, clock.now()));
            }
            None => rest.push(effect),
        }
    }
    (boards, rest)
}

/// The seat and everything it acts through.
struct LocalSeat {
    app: App,
    clock: Clock,
    decoder: Decoder,
    held: Held,
    deeds: Deeds,
    config: PathBuf,
    draft: Draft,
    kept: Vec<u8>,
    unsynced: bool,
    draft_fails: bool,
    /// What was touched since the last frame.
    undrawn: Touched,
    pace: Pace,
    /// When a clock that is shown has to move; none as long as none runs.
    tick: Option<Duration>,
}

impl LocalSeat {
    /// The loop: waits for something, takes all that is there, draws once.
    fn turn(&mut self, screen: &mut Screen, inbox: &mut Inbox) -> Result<(), RunError> {
        self.keep_draft();
        self.draw(screen)?;
        while !self.deeds.quit() {
            let all = self.wait(inbox);
            if all.is_empty() {
                continue;
            }
            let mut going = true;
            for happening in all {
                going &= self.take(happening, screen)?;
            }
            self.keep_draft();
            if !going {
                return Ok(());
            }
            self.draw(screen)?;
        }
        Ok(())
    }

    /// Draws what was touched since the last frame; a key that is held back touches nothing.
    fn draw(&mut self, screen: &mut Screen) -> io::Result<()> {
        let touched = std::mem::take(&mut self.undrawn);
        match self.pace.draws(touched, self.clock.elapsed()) {
            Touched::Nothing => Ok(()),
            touched => screen.draw(&self.app, touched),
        }
    }

    /// Waits for something to happen; silence decides about an unfinished key or a draft.
    fn wait(&mut self, inbox: &mut Inbox) -> Vec<Happening> {
        let now = self.clock.elapsed();
        let key = self.decoder.pending_deadline().map(|deadline| deadline.saturating_sub(now));
        let held = self.held.deadline().map(|deadline| deadline.saturating_sub(now));
        let typing = key.into_iter().chain(held).min();
        let draft = self.unsynced.then_some(DRAFT_PAUSE);
        let tick = self.tick.map(|deadline| deadline.saturating_sub(now));
        let rest = self.pace.deadline().map(|deadline| deadline.saturating_sub(now));
        let first = typing.into_iter().chain(draft).chain(tick).chain(rest).min();
        let all = inbox.wait(first);
        if !all.is_empty() {
            return all;
        }
        let decides = |deadline: Option<Duration>| deadline.is_some() && deadline == first;
        if decides(typing) {
            return vec![Happening::Silence];
        }
        if decides(tick) {
            return vec![Happening::Done(Msg::Tick)];
        }
        if decides(rest) {
            return vec![Happening::Rest];
        }
        self.sync_draft_behind();
        all
    }

    /// Takes what happened; whether the seat goes on.
    fn take(&mut self, happening: Happening, screen: &mut Screen) -> Result<bool, RunError> {
        match happening {
            Happening::Terminate => return Ok(false),
            Happening::Bytes(bytes, at) => self.type_bytes(&bytes, at),
            Happening::Silence => self.note_silence(),
            Happening::Rest => self.undrawn = self.undrawn.and(Touched::Beside),
            Happening::Resized => {
                let (columns, rows) = screen.resize()?;
                self.tell(Msg::Resize { columns, rows });
            }
            Happening::Store(event) => self.hear(event),
            Happening::Done(msg) => self.tell(msg),
        }
        Ok(true)
    }

    fn type_bytes(&mut self, bytes: &[u8], at: Duration) {
        self.decoder.feed(bytes, at);
        self.type_decoded(at);
    }

    fn note_silence(&mut self) {
        let now = self.clock.elapsed();
        self.decoder.flush(now);
        self.type_decoded(now);
        self.held.release(now).into_iter().for_each(|burst| self.tell(Msg::Input(burst)));
    }

    fn type_decoded(&mut self, at: Duration) {
        let place = self.app.place();
        for burst in self.held.take(self.decoder.drain(), at, place) {
            self.tell(Msg::Input(burst));
        }
    }

    fn hear(&mut self, event: Event) {
        let strings = self.app.strings();
        let msg = match event {
            Event::Published { board, private } => {
                if board.scope() != ScopeId::ORGANISATION {
                    self.deeds.note_board(&board);
                }
                Msg::Published { board, private }
            }
            Event::Catalogue(catalogue) => {
                self.deeds.note_catalogue(&catalogue);
                Msg::Catalogue(catalogue)
            }
            Event::Saved { command_id, .. } => Msg::Saved { command: command_id },
            Event::Refused { command_id, refusal } => Msg::Refused { command: command_id, refusal },
            Event::NotSaved { command_id, error } => {
                Msg::NotSaved { command: command_id, what: words::store_error(strings, &error) }
            }
            Event::Person(author) => return self.named(author),
            Event::NotNamed(error) => Msg::Failed(words::commit_error(strings, &error)),
            Event::Rebuilding { done, total } => Msg::Rebuilding { done, total },
            Event::NotOpened { error, .. } => Msg::Failed(words::store_error(strings, &error)),
            Event::Moved { folder, changes, drafts } => {
                self.keep_drafts_in(&drafts);
                Msg::Moved { folder: self.deeds.moved(&folder), changes }
            }
            Event::NotMoved(error) => Msg::NotMoved(words::store_error(strings, &error)),
            Event::Texts { .. } => return,
            Event::Scrubbed { sessions } => {
                Msg::Warned(fill(strings.notice_scrubbed, &[&sessions.to_string()]))
            }
            Event::DatabaseFailed(error) => return tracing::error!("database: {error}"),
            Event::Found(finding) => {
                tracing::warn!("found: {finding:?}");
                if finding.repaired {
                    return;
                }
                let what = words::finding(strings, &finding);
                // What is lost matters more than where it stood: it is said first.
                if matches!(finding.damage, Damage::Lost { .. }) {
                    Msg::Failed(what)
                } else {
                    Msg::Warned(what)
                }
            }
            Event::Recovered { scope, changes } => {
                return tracing::warn!("{changes} changes of {scope} recovered from the database");
            }
        };
        self.tell(msg);
    }

    /// Keeps the author for later starts; if that fails, the name holds for this one.
    fn named(&mut self, author: Author) {
        let kept = keep_author(&self.config, &author.name);
        self.tell(Msg::Author(author));
        if let Err(error) = kept {
            let parts = [self.config.display().to_string(), error.to_string()];
            let what = fill(self.app.strings().author_not_kept, &parts.each_ref().map(String::as_str));
            self.tell(Msg::Warned(what));
        }
    }

    fn tell(&mut self, msg: Msg) {
        let effects = self.app.update(msg, self.clock.now());
        self.undrawn = self.undrawn.and(self.app.touched());
        self.tick = self.app.next_tick().map(|pause| self.clock.elapsed() + pause);
        if effects.iter().any(|effect| matches!(effect, Effect::Submit(_))) {
            // Before the writer can have it on disk: after a kill in between, the same text would stand in its line still
            // and be stored a second time.
            self.keep_draft();
        }
        self.deeds.run(effects);
    }

    /// From now on the draft is written in another folder; all of it, whatever the old one held.
    fn keep_drafts_in(&mut self, drafts: &Drafts) {
        match drafts.open(&seat_name(self.app.role)) {
            Ok((draft, _)) => {
                self.draft = draft;
                self.kept.clear();
            }
            Err(error) => tracing::warn!("draft: {error}"),
        }
    }

    /// Writes the draft if it differs from what is written; it is synced when the typing pauses.
    fn keep_draft(&mut self) {
        let Ok(bytes) = serde_json::to_vec(&self.app.seat()) else { return };
        if bytes == self.kept {
            return;
        }
        match self.draft.save(self.app.oldest_pending().unwrap_or(CommandId(0)), &bytes) {
            Ok(()) => {
                self.kept = bytes;
                self.unsynced = true;
                self.draft_fails = false;
            }
            Err(error) => {
                tracing::warn!("draft: {error}");
                // Said once, not at every key; the next draft that can be written ends it.
                if !std::mem::replace(&mut self.draft_fails, true) {
                    self.tell(Msg::Warned(words::store_error(self.app.strings(), &error)));
                }
            }
        }
    }

    fn sync_draft_behind(&mut self) {
        self.unsynced = false;
        let sync = self.draft.sync_elsewhere();
        thread::spawn(move || {
            if let Err(error) = sync() {
                tracing::warn!("draft: {error}");
            }
        });
    }

    fn sync_draft(&mut self) {
        self.unsynced = false;
        if let Err(error) = self.draft.sync() {
            tracing::warn!("draft: {error}");
        }
    }
}
