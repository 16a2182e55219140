//! One seat: one terminal, one loop, the same for the host's own terminal and for one that joined.
//!
//! ```text
//! keyboard ─bytes→ ┐
//! signals ─────────┼─ inbox → decode → update → draft → draw
//! writer's events ─┘                     └→ effects
//! ```

use std::{collections::VecDeque, io, path::Path, sync::Arc, thread, time::Duration};

use super::{
    beat::Beat,
    clock::Clock,
    decode::Decoder,
    effects::Deeds,
    gallery::Stage,
    held::Held,
    inbox::{Happening, Inbox},
    load::Load,
    pace::Pace,
    sitter::draft_name,
    terminal::Screen,
    words,
};
use crate::{
    app::{App, Touched, company::Doing, effect::Effect, msg::Msg, session::SessionSeat},
    config::keep_author,
    domain::{change::Author, ids::CommandId},
    i18n::fill,
    store::{CommitError, Damage, Draft, Drafts, Event, StoreError},
};

/// How long after the last key a draft may stay unsynced.
const DRAFT_PAUSE: Duration = Duration::from_millis(500);
/// How many frames may be on their way to a terminal that has not shown them yet; more are left out until it has.
pub(super) const FRAMES: usize = 2;
/// How long a terminal may leave a frame unanswered.
pub(super) const STALL: Duration = Duration::from_secs(30);
/// How long whoever looks on may touch nothing until they share what others see who do so.
const REST: Duration = Duration::from_mins(1);

/// Why a seat ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Parting {
    /// The person left.
    Left,
    /// The house closes.
    Closing,
    /// The terminal left a frame unanswered for too long.
    Silent,
    /// The terminal is gone, or the system asks to end.
    Gone,
    /// The seat failed.
    Crashed,
    /// The person takes another seat: they have another role now, or they only watch.
    Moved,
    /// The facilitator parted the person.
    Dismissed,
}

/// Why the seat ended before the person wanted.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The terminal is gone or never was.
    #[error("terminal: {0}")]
    Terminal(#[from] io::Error),
    /// The folder could not be read or closed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Who sits here could not be kept.
    #[error(transparent)]
    Author(#[from] CommitError),
    /// The house is being closed.
    #[error("closing")]
    Closing,
}

/// A terminal that is not this program's own: what is on its way there and back.
pub(super) struct Far {
    /// When the frames were sent that it has not shown yet.
    pub(super) frames: VecDeque<Duration>,
    /// What was typed there and is not taken yet.
    pub(super) load: Arc<Load>,
    /// What was typed before the session was there: it is meant for what the terminal had shown before.
    pub(super) ahead: Vec<(Vec<u8>, Duration)>,
    /// Since when nothing was touched, if whoever sits there may share what others see.
    pub(super) rests: Option<Duration>,
}

/// The seat and everything it acts through.
pub(super) struct Seat {
    pub(super) app: App,
    clock: Clock,
    decoder: Decoder,
    held: Held,
    pub(super) deeds: Deeds,
    /// Where it is kept; a stage, at which nobody types, has none.
    draft: Option<Draft>,
    kept: Vec<u8>,
    unsynced: bool,
    draft_fails: bool,
    /// What was touched since the last frame.
    undrawn: Touched,
    pace: Pace,
    /// When a clock that is shown has to move; none as long as none runs.
    tick: Option<Duration>,
    /// What the others know of this seat.
    doing: Doing,
    far: Option<Far>,
    stage: Option<Arc<Stage>>,
    beat: Beat,
}

impl Seat {
    pub(super) fn new(app: App, deeds: Deeds, draft: Draft, far: Option<Far>) -> Self {
        Self { draft: Some(draft), far, ..Self::bare(app, deeds) }
    }

    /// A seat that many watch and nobody types at.
    pub(super) fn on_stage(app: App, deeds: Deeds, stage: Arc<Stage>) -> Self {
        Self { stage: Some(stage), ..Self::bare(app, deeds) }
    }

    fn bare(app: App, deeds: Deeds) -> Self {
        let clock = deeds.house().kit().clock;
        let tick = app.next_tick().map(|pause| clock.elapsed() + pause);
        Self {
            app,
            clock,
            decoder: Decoder::new(),
            held: Held::default(),
            deeds,
            draft: None,
            kept: Vec::new(),
            unsynced: false,
            draft_fails: false,
            undrawn: Touched::Window,
            pace: Pace::default(),
            tick,
            doing: Doing::default(),
            far: None,
            stage: None,
            beat: Beat::default(),
        }
    }

    /// Tells what became of the draft, if something is wrong with it.
    pub(super) fn tell_of_draft(&mut self, unread: Option<Result<std::path::PathBuf, StoreError>>) {
        if self.draft.as_ref().is_some_and(Draft::is_damaged) {
            self.tell(Msg::Warned(self.app.strings().notice_draft_damaged.to_owned()));
        }
        if let Some(kept) = unread {
            let what = words::unread_draft(self.app.strings(), kept);
            self.tell(Msg::Warned(what));
        }
    }

    /// The loop: waits for something, takes all that is there, draws once.
    pub(super) fn turn(&mut self, screen: &mut Screen, inbox: &mut Inbox) -> Result<Parting, RunError> {
        self.keep_draft();
        self.tell_doing();
        self.draw(screen)?;
        while !self.deeds.quit() {
            let all = self.wait(inbox);
            let mut ended = self.stalled().or_else(|| self.rested());
            if all.is_empty() && ended.is_none() {
                continue;
            }
            for happening in all {
                ended = self.take(happening, screen)?.or(ended);
                self.type_ahead();
            }
            self.suit_ground(screen);
            self.keep_draft();
            self.tell_doing();
            if let Some(parting) = ended {
                return Ok(parting);
            }
            self.draw(screen)?;
        }
        Ok(Parting::Left)
    }

    /// Draws what was touched since the last frame; a key that is held back touches nothing. A terminal that is behind gets the
    /// newest frame once it has shown the ones before.
    fn draw(&mut self, screen: &mut Screen) -> io::Result<()> {
        if self.is_behind() || self.due_at().is_some_and(|due| due > self.clock.elapsed()) {
            return Ok(());
        }
        if let Some(text) = self.deeds.copied() {
            screen.copy(&text)?;
        }
        let now = self.clock.elapsed();
        let touched = match self.pace.draws(std::mem::take(&mut self.undrawn), now) {
            Touched::Nothing => return Ok(()),
            touched => touched,
        };
        let is_sent = screen.draw(&self.app, touched)?;
        self.beat.drawn();
        if is_sent && self.is_elsewhere() {
            self.beat.sent(now);
        }
        if let Some(far) = self.far.as_mut().filter(|_| is_sent) {
            far.frames.push_back(now);
        }
        Ok(())
    }

    /// When a frame may follow the last one, if there is something to draw.
    fn due_at(&self) -> Option<Duration> {
        self.beat.due_at().filter(|_| self.undrawn != Touched::Nothing)
    }

    fn is_elsewhere(&self) -> bool {
        self.far.is_some() || self.stage.is_some()
    }

    /// Whether the terminal has not shown what it was sent.
    fn is_behind(&self) -> bool {
        self.far.as_ref().is_some_and(|far| far.frames.len() >= FRAMES)
    }

    /// When a terminal counts as gone, unless it answers.
    fn stalls_at(&self) -> Option<Duration> {
        match (&self.far, &self.stage) {
            (Some(far), _) => far.frames.front().map(|sent| *sent + STALL),
            (None, Some(stage)) => stage.stalls_at(),
            (None, None) => None,
        }
    }

    fn stalled(&self) -> Option<Parting> {
        self.stalls_at().filter(|deadline| *deadline <= self.clock.elapsed())?;
        let Some(stage) = &self.stage else { return Some(Parting::Silent) };
        stage.part_silent();
        None
    }

    /// When it is looked whether somebody only watches.
    fn rests_at(&self) -> Option<Duration> {
        self.far.as_ref()?.rests.map(|since| since + REST)
    }

    /// Gives the seat up of somebody who looks at what all see who touch nothing.
    fn rested(&mut self) -> Option<Parting> {
        let now = self.clock.elapsed();
        self.rests_at().filter(|deadline| *deadline <= now)?;
        if let Some(far) = &mut self.far {
            far.rests = Some(now);
        }
        let is_here = self.deeds.house().session() == self.app.session().map(SessionSeat::scope);
        if !is_here || !self.app.only_looks_on() {
            return None;
        }
        // Nothing is left to come back to.
        let draft = self.draft.take()?.save(CommandId(0), &[]);
        draft.inspect_err(|error| tracing::warn!("draft: {error}")).ok()?;
        Some(Parting::Moved)
    }

    /// Waits for something to happen; silence decides about an unfinished key or a draft.
    fn wait(&mut self, inbox: &mut Inbox) -> Vec<Happening> {
        let now = self.clock.elapsed();
        let left = |deadline: Duration| deadline.saturating_sub(now);
        let key = self.decoder.pending_deadline().map(left);
        let held = self.held.deadline().map(left);
        let typing = key.into_iter().chain(held).min();
        let draft = self.unsynced.then_some(DRAFT_PAUSE);
        let tick = self.tick.map(left);
        let rest = self.pace.deadline().filter(|_| !self.is_behind()).map(left);
        let stall = self.stalls_at().map(left);
        let rests = self.rests_at().map(left);
        let due = self.due_at().filter(|_| !self.is_behind()).map(left);
        let first = typing
            .into_iter()
            .chain(draft)
            .chain(tick)
            .chain(rest)
            .chain(stall)
            .chain(rests)
            .chain(due)
            .min();
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
        if decides(due) {
            return vec![Happening::Due];
        }
        if decides(draft) {
            self.sync_draft_behind();
        }
        all
    }

    /// Takes what happened; why the seat ends, if it does.
    fn take(&mut self, happening: Happening, screen: &mut Screen) -> Result<Option<Parting>, RunError> {
        match happening {
            Happening::Part(parting) => return Ok(Some(parting)),
            Happening::Bytes(bytes, at) => self.type_bytes(&bytes, at),
            Happening::Silence => self.note_silence(),
            Happening::Due => {}
            Happening::Rest => self.undrawn = self.undrawn.and(Touched::Beside),
            Happening::Resized(columns, rows) => {
                screen.resize(columns, rows)?;
                self.tell(Msg::Resize { columns, rows });
            }
            Happening::Taken => {
                if let Some(far) = &mut self.far {
                    far.frames.pop_front();
                }
            }
            Happening::Looked => {
                if let Some(stage) = &self.stage {
                    stage.catch_up(&screen.whole()?);
                }
            }
            Happening::Store(event) => self.hear(event),
            Happening::Named(Ok(author)) => self.named(author),
            Happening::Named(Err(error)) => {
                self.tell(Msg::Failed(words::commit_error(self.app.strings(), &error)));
            }
            Happening::Crashed(name) => {
                let what = fill(self.app.strings().table.seat_crashed, &[&name]);
                self.tell(Msg::Warned(what));
            }
            Happening::Done(msg) => self.tell(msg),
        }
        Ok(None)
    }

    /// Draws in other colours from now on, if the terminal has told that its ground wants them.
    fn suit_ground(&mut self, screen: &mut Screen) {
        if self.decoder.is_light().is_some_and(|light| screen.stands_on(light)) {
            self.undrawn = Touched::Window;
        }
    }

    /// Types what has waited for the session.
    fn type_ahead(&mut self) {
        if self.app.is_arriving() {
            return;
        }
        let ahead = self.far.as_mut().map(|far| std::mem::take(&mut far.ahead)).unwrap_or_default();
        for (bytes, at) in ahead {
            self.type_bytes(&bytes, at);
        }
    }

    fn type_bytes(&mut self, bytes: &[u8], at: Duration) {
        if let Some(far) = &mut self.far {
            if self.app.is_arriving() {
                far.ahead.push((bytes.to_vec(), at));
                return;
            }
            far.load.take(bytes.len());
            far.rests = far.rests.map(|_| at);
        }
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
            Event::Published { board, private } => Msg::Published { board, private },
            Event::Catalogue(catalogue) => Msg::Catalogue(catalogue),
            Event::Saved { command_id, .. } => Msg::Saved { command: command_id },
            Event::Refused { command_id, refusal } => Msg::Refused { command: command_id, refusal },
            Event::NotSaved { command_id, error } => {
                Msg::NotSaved { command: command_id, what: words::store_error(strings, &error) }
            }
            Event::Rebuilding { done, total } => Msg::Rebuilding { done, total },
            Event::NotOpened { error, .. } => Msg::Failed(words::store_error(strings, &error)),
            Event::Moved { folder, changes, drafts } => {
                self.keep_drafts_in(&drafts);
                Msg::Moved { folder: folder.display().to_string(), changes }
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
        let config = self.deeds.house().kit().config.clone();
        let kept = keep_author(&config, &author.name);
        self.tell(Msg::Author(author));
        self.rename_draft();
        if let Err(error) = kept {
            self.tell(Msg::Warned(self.author_not_kept(&config, &error)));
        }
    }

    fn author_not_kept(&self, config: &Path, error: &io::Error) -> String {
        fill(self.app.strings().author_not_kept, &[&config.display().to_string(), &error.to_string()])
    }

    /// From now on the draft has the person's new name, under which it will be looked for.
    fn rename_draft(&mut self) {
        let (name, drafts) = (draft_name(&self.app.me, self.app.role), self.deeds.house().drafts());
        let before = self.deeds.seat().draft().to_owned();
        self.keep_draft();
        let renamed = drafts.rename(&before, &name).and_then(|()| drafts.open(&name));
        match renamed {
            Ok((draft, _)) => self.draft = Some(draft),
            Err(error) => return tracing::warn!("draft: {error}"),
        }
        self.kept.clear();
        let (seat, person) = (self.deeds.seat(), Arc::clone(&self.app.me.name));
        seat.house().rename(seat.seat(), person, &name);
        seat.set_draft(name);
    }

    /// Tells the others what is written here, if they do not know it yet.
    fn tell_doing(&mut self) {
        let doing = self.app.doing();
        if std::mem::replace(&mut self.doing, doing) != doing {
            let seat = self.deeds.seat();
            seat.house().note_doing(seat.seat(), doing);
        }
    }

    pub(super) fn tell(&mut self, msg: Msg) {
        let can_wait = matches!(msg, Msg::Company(_)) && self.is_elsewhere();
        let effects = self.app.update(msg, self.clock.now());
        self.beat.touch(self.app.touched(), can_wait, self.undrawn, self.clock.elapsed());
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
        if self.draft.is_none() {
            return;
        }
        match drafts.open(self.deeds.seat().draft()) {
            Ok((draft, _)) => {
                self.draft = Some(draft);
                self.kept.clear();
            }
            Err(error) => tracing::warn!("draft: {error}"),
        }
    }

    /// Writes the draft if it differs from what is written; it is synced when the typing pauses.
    fn keep_draft(&mut self) {
        let Some(draft) = &mut self.draft else { return };
        let Ok(bytes) = serde_json::to_vec(&self.app.seat()) else { return };
        if bytes == self.kept {
            return;
        }
        match draft.save(self.app.oldest_pending().unwrap_or(CommandId(0)), &bytes) {
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

    /// Puts away what is typed, for the next time.
    pub(super) fn put_away(&mut self) {
        self.keep_draft();
        self.sync_draft();
    }

    fn sync_draft_behind(&mut self) {
        self.unsynced = false;
        let Some(sync) = self.draft.as_ref().map(Draft::sync_elsewhere) else { return };
        thread::spawn(move || {
            if let Err(error) = sync() {
                tracing::warn!("draft: {error}");
            }
        });
    }

    fn sync_draft(&mut self) {
        self.unsynced = false;
        let Some(draft) = &mut self.draft else { return };
        if let Err(error) = draft.sync() {
            tracing::warn!("draft: {error}");
        }
    }
}
