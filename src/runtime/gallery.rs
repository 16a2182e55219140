//! Seats that only watch share one: whoever looks on and touches nothing sees what everybody else sees who does so in a window of the
//! same size and look, so it is drawn once and the same bytes go to all.
//!
//! ```text
//! writer ─board→ stage ─frame→ terminal, terminal, terminal …
//! ```
//!
//! A stage is a seat that nobody types at. Who watches late, or was skipped because their terminal was behind, is sent the whole picture
//! first, and from then on what changes. Invariant: no terminal makes the stage or another terminal wait, and no more than [`FRAMES`] frames
//! are on their way to any of them.

use std::{
    collections::{BTreeMap, VecDeque},
    panic::{self, AssertUnwindSafe},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use super::{
    clock::Clock,
    crash::SEAT_THREAD,
    effects::Deeds,
    guest::{Guest, clamped, random},
    house::{Card, House, SeatId},
    inbox::{Happening, Inbox, Outlet},
    seat::{FRAMES, Parting, RunError, STALL, Seat},
    sitter::{Sitter, take_place},
    terminal::{Out, Screen},
};
use crate::{
    app::{Asking, msg::Msg},
    domain::{
        change::Author,
        ids::{PersonId, ScopeId},
        policy::Role,
    },
    i18n::Lang,
    ui::theme::Theme,
};

/// A terminal that watches.
pub trait Onlooker: Send + Sync {
    /// Sends it a frame, without waiting.
    fn show(&self, frame: &Arc<[u8]>);
    /// It is not shown anything more; why.
    fn over(&self, why: Parting);
}

/// What pictures differ by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Picture {
    size: (u16, u16),
    theme: Theme,
    lang: Lang,
    scope: Option<ScopeId>,
}

/// All stages of a house.
pub(super) type Gallery = Mutex<BTreeMap<Picture, Arc<Stage>>>;

/// Somebody who watches.
struct Follower {
    onlooker: Arc<dyn Onlooker>,
    /// When the frames were sent that it has not shown yet.
    frames: VecDeque<Duration>,
    /// Whether it was not sent everything.
    is_behind: bool,
    /// Whether somebody hears yet what it has shown.
    is_open: bool,
}

impl Follower {
    fn has_room(&self) -> bool {
        self.is_open && self.frames.len() < FRAMES
    }

    fn show(&mut self, frame: &Arc<[u8]>, now: Duration) {
        self.frames.push_back(now);
        self.onlooker.show(frame);
    }
}

#[derive(Default)]
struct Followers {
    all: BTreeMap<u64, Follower>,
    last: u64,
    /// Whether the whole picture was asked for and not sent yet.
    is_asked: bool,
    /// Whether nobody can follow any more.
    is_over: bool,
}

/// A picture that many watch.
pub(super) struct Stage {
    followers: Mutex<Followers>,
    outlet: Outlet,
    clock: Clock,
}

impl Stage {
    fn followers(&self) -> MutexGuard<'_, Followers> {
        self.followers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets somebody watch, unless it is over.
    fn follow(&self, onlooker: Arc<dyn Onlooker>) -> Option<u64> {
        let mut followers = self.followers();
        if followers.is_over {
            return None;
        }
        followers.last += 1;
        let id = followers.last;
        let follower = Follower { onlooker, frames: VecDeque::new(), is_behind: true, is_open: false };
        followers.all.insert(id, follower);
        Some(id)
    }

    /// Asks the stage's own thread for the whole picture.
    fn ask(&self, followers: &mut Followers) {
        if !std::mem::replace(&mut followers.is_asked, true) {
            self.outlet.send(Happening::Looked);
        }
    }

    fn open(&self, id: u64) {
        let mut followers = self.followers();
        if let Some(follower) = followers.all.get_mut(&id) {
            follower.is_open = true;
            self.ask(&mut followers);
        }
    }

    fn leave(&self, id: u64) {
        let mut followers = self.followers();
        followers.all.remove(&id);
        if followers.all.is_empty() && !std::mem::replace(&mut followers.is_over, true) {
            self.outlet.send(Happening::Part(Parting::Left));
        }
    }

    fn taken(&self, id: u64) {
        let mut followers = self.followers();
        let Some(follower) = followers.all.get_mut(&id) else { return };
        follower.frames.pop_front();
        if follower.is_behind {
            self.ask(&mut followers);
        }
    }

    /// Sends what has changed to everybody who knows what was before.
    fn show(&self, frame: &[u8]) {
        let (frame, now) = (Arc::from(frame), self.clock.elapsed());
        for follower in self.followers().all.values_mut() {
            if follower.is_behind || !follower.has_room() {
                follower.is_behind = true;
            } else {
                follower.show(&frame, now);
            }
        }
    }

    /// Sends the whole picture to whoever needs it.
    pub(super) fn catch_up(&self, picture: &[u8]) {
        let (picture, now) = (Arc::from(picture), self.clock.elapsed());
        let mut followers = self.followers();
        followers.is_asked = false;
        let behind = followers.all.values_mut().filter(|follower| follower.is_behind && follower.has_room());
        for follower in behind {
            follower.is_behind = false;
            follower.show(&picture, now);
        }
    }

    /// When the next terminal counts as gone, unless it answers.
    pub(super) fn stalls_at(&self) -> Option<Duration> {
        let followers = self.followers();
        followers.all.values().filter_map(|follower| follower.frames.front()).min().map(|sent| *sent + STALL)
    }

    /// Parts those who have left a frame unanswered for too long.
    pub(super) fn part_silent(&self) {
        let now = self.clock.elapsed();
        let is_silent =
            |follower: &mut Follower| follower.frames.front().is_some_and(|sent| *sent + STALL <= now);
        let mut followers = self.followers();
        let silent: Vec<_> = followers.all.extract_if(.., |_, follower| is_silent(follower)).collect();
        drop(followers);
        for (_, follower) in silent {
            follower.onlooker.over(Parting::Silent);
        }
    }

    fn end(&self, why: Parting) {
        let mut followers = self.followers();
        followers.is_over = true;
        let all = std::mem::take(&mut followers.all);
        drop(followers);
        for follower in all.values() {
            follower.onlooker.over(why);
        }
    }
}

/// A hold on a stage; it is left when this is dropped.
pub struct Watch {
    house: Arc<House>,
    seat: SeatId,
    eyes: Eyes,
}

/// The same for whoever only hears that frames were shown.
#[derive(Clone)]
pub struct Eyes {
    stage: Arc<Stage>,
    id: u64,
}

impl Watch {
    /// What the connection has to know.
    pub fn eyes(&self) -> Eyes {
        self.eyes.clone()
    }
}

impl Eyes {
    /// From now on somebody hears what the terminal has shown.
    pub fn open(&self) {
        self.stage.open(self.id);
    }

    /// The terminal has shown a frame.
    pub fn taken(&self) {
        self.stage.taken(self.id);
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.eyes.stage.leave(self.eyes.id);
        self.house.look_away(self.seat);
    }
}

impl House {
    /// Lets somebody watch what the session shows to whoever touches nothing. None if they were at another place when they left, which
    /// only a seat of their own can take up.
    ///
    /// # Errors
    /// The house closes, or their draft cannot be read.
    pub fn let_look_on(
        self: &Arc<Self>,
        guest: &Guest,
        onlooker: &Arc<dyn Onlooker>,
    ) -> Result<Option<Watch>, RunError> {
        if self.has_draft(&guest.name, guest.role)? {
            return Ok(None);
        }
        let (size, theme, lang) = (clamped(guest.size), guest.theme, guest.lang);
        let picture = Picture { size, theme, lang, scope: self.session() };
        let seat = self.look_on(&guest.name).ok_or(RunError::Closing)?;
        let eyes = self.stand_before(picture, onlooker).inspect_err(|_closing| self.look_away(seat))?;
        Ok(Some(Watch { house: Arc::clone(self), seat, eyes }))
    }

    fn stand_before(
        self: &Arc<Self>,
        picture: Picture,
        onlooker: &Arc<dyn Onlooker>,
    ) -> Result<Eyes, RunError> {
        let mut gallery = self.gallery().lock().unwrap_or_else(PoisonError::into_inner);
        let follow = |stage: &Arc<Stage>| {
            let id = stage.follow(Arc::clone(onlooker))?;
            Some(Eyes { stage: Arc::clone(stage), id })
        };
        if let Some(eyes) = gallery.get(&picture).and_then(follow) {
            return Ok(eyes);
        }
        gallery.retain(|_, stage| !stage.followers().is_over);
        let stage = self.raise(picture)?;
        let eyes = follow(&stage).ok_or(RunError::Closing)?;
        gallery.insert(picture, stage);
        Ok(eyes)
    }

    /// A stage with a thread of its own. The first who follows has to be there before the last can leave.
    fn raise(self: &Arc<Self>, picture: Picture) -> Result<Arc<Stage>, RunError> {
        let (inbox, outlet) = Inbox::new();
        let clock = self.kit().clock;
        let stage = Arc::new(Stage { followers: Mutex::default(), outlet: outlet.clone(), clock });
        let name = Arc::from(picture.lang.strings().role(Role::Observer));
        let mut card = Card::new(Arc::clone(&name), Role::Observer, String::new(), outlet.clone());
        (card.is_away, card.is_attended) = (true, false);
        let member = self.enter(card).ok_or(RunError::Closing)?;
        let Picture { size, theme, lang, scope } = picture;
        let me = Author { person: PersonId(0), name };
        let sitter = Sitter { me, asking: Asking::No, role: Role::Observer, lang, size, seed: random()? };
        let mut app = sitter.app(self.kit());
        app.sit_as_guest();
        app.sit_unproven();
        let mut effects = take_place(&mut app, None, scope);
        effects.extend(app.update(Msg::Catalogue(self.catalogue()), clock.now()));
        let mut seat = Seat::on_stage(app, Deeds::new(member, outlet, (lang, true)), Arc::clone(&stage));
        seat.deeds.run(effects);
        let shown = Arc::clone(&stage);
        let out: Out = Box::new(move |frame| {
            shown.show(frame);
            Ok(())
        });
        let (screen, playing) = (Screen::elsewhere(theme, size, out), Arc::clone(&stage));
        let thread = thread::Builder::new().name(SEAT_THREAD.to_owned());
        thread.spawn(move || play(seat, (screen, inbox), &playing))?;
        Ok(stage)
    }
}

/// Plays until nobody watches; if it fails, everybody takes a seat of their own.
fn play(mut seat: Seat, (mut screen, mut inbox): (Screen, Inbox), stage: &Stage) {
    let whole = || {
        let ended = seat.turn(&mut screen, &mut inbox);
        seat.deeds.stop();
        drop(seat);
        ended
    };
    let ended = panic::catch_unwind(AssertUnwindSafe(whole));
    stage.end(if matches!(ended, Ok(Ok(Parting::Closing))) { Parting::Closing } else { Parting::Moved });
}
