//! The desk behind the door: who came, who they are, what they may, and what the facilitator wants of them.
//!
//! Invariant: a role is given by the facilitator, by a key that the facilitator approved, or by what the opening grants to whoever has the
//! code, and never by what a caller says.

use std::{
    collections::BTreeMap,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Instant,
};

use russh::keys::PublicKey;

use super::{
    approved::{Approval, Approved},
    code::{Code, Lock, Tried},
    line::Line,
    names, square,
};
use crate::{
    app::lobby::{Caller, CallerId, DoorNews, Invitation, Lobby, Wish},
    domain::policy::Role,
    i18n::Lang,
    runtime::{Clock, House, Parting},
};

/// Somebody who came through the door.
struct Entry {
    name: String,
    from: IpAddr,
    key: Option<PublicKey>,
    role: Option<Role>,
    /// Whether they look on while they wait.
    looks_on: bool,
    /// Whether the facilitator or an approved key says who they are, and not they alone.
    is_proven: bool,
    line: Arc<Line>,
}

/// Who somebody is and how they may sit now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) name: String,
    /// Without one they wait.
    pub(super) role: Option<Role>,
    /// Whether it is certain who they are.
    pub(super) is_proven: bool,
}

impl Entry {
    /// The role in which they sit now, if they do.
    fn seated(&self) -> Option<Role> {
        self.role.or(self.looks_on.then_some(Role::Observer))
    }
}

struct State {
    lock: Lock,
    approved: Approved,
    callers: BTreeMap<CallerId, Entry>,
    last: u32,
    is_closed: bool,
}

/// How the door is opened.
pub(super) struct Opening {
    pub(super) house: Weak<House>,
    pub(super) lang: Lang,
    /// The role that the code alone gives; without it one waits.
    pub(super) admit: Option<Role>,
    pub(super) address: SocketAddr,
    pub(super) fingerprint: String,
    pub(super) approved: Approved,
    pub(super) clock: Clock,
}

/// The desk.
pub(super) struct Desk {
    house: Weak<House>,
    pub(super) lang: Lang,
    admit: Option<Role>,
    pub(super) address: SocketAddr,
    pub(super) fingerprint: String,
    clock: Clock,
    since: Instant,
    state: Mutex<State>,
}

/// How somebody got in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Pass {
    /// By the code.
    Code,
    /// By a key that was approved and proved.
    Key(Approval),
}

impl Desk {
    pub(super) fn new(opening: Opening, code: Code) -> Self {
        let since = Instant::now();
        let state = State {
            lock: Lock::new(code, since.elapsed()),
            approved: opening.approved,
            callers: BTreeMap::new(),
            last: 0,
            is_closed: false,
        };
        Self {
            house: opening.house,
            lang: opening.lang,
            admit: opening.admit,
            address: opening.address,
            fingerprint: opening.fingerprint,
            clock: opening.clock,
            since,
            state: Mutex::new(state),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn house(&self) -> Option<Arc<House>> {
        self.house.upgrade()
    }

    /// The code that holds now.
    pub(super) fn code(&self) -> Code {
        self.state().lock.code().clone()
    }

    /// Whether somebody is asked for the code.
    pub(super) fn asks(&self, user: &str, from: IpAddr) -> bool {
        !self.state().lock.is_shut(user, from, self.since.elapsed())
    }

    /// Whether it is the code that somebody gives.
    pub(super) fn opens(&self, user: &str, from: IpAddr, given: &[u8]) -> bool {
        let now = self.since.elapsed();
        let tried = self.state().lock.try_code(user, from, given, now);
        let user = names::clean(user);
        match tried {
            Tried::Right => return true,
            Tried::Wrong => tracing::info!("wrong code for {user} from {from}"),
            Tried::Locked => self.tell(&DoorNews::Locked { user, from: from.to_string() }),
            Tried::WornOut => {
                if let Ok(code) = super::random().map(Code::new) {
                    self.state().lock.change(code, now);
                    self.tell(&DoorNews::NewCode);
                    self.tell_lobby();
                }
            }
        }
        false
    }

    fn tell(&self, news: &DoorNews) {
        tracing::warn!("door: {news:?}");
        if let Some(house) = self.house() {
            house.note_door(news);
        }
    }

    /// What was approved of a key.
    pub(super) fn approval(&self, key: &PublicKey) -> Option<Approval> {
        self.state().approved.of(key).cloned()
    }

    /// Whether a user has an approved key, which may be another than the one that was offered.
    pub(super) fn has_key(&self, user: &str) -> bool {
        self.state().approved.knows(|name| names::is_same(name, user))
    }

    /// Somebody has come in: who they are, as far as is known.
    pub(super) fn enter(
        &self,
        user: &str,
        (from, key): (IpAddr, Option<PublicKey>),
        pass: Pass,
        line: Arc<Line>,
    ) -> Option<CallerId> {
        let known = self.house()?.names();
        let is_proven = matches!(pass, Pass::Key(_));
        let (name, role) = match pass {
            Pass::Key(approval) => (approval.name, Some(approval.role)),
            Pass::Code => (names::proposed(user, &known), None),
        };
        let mut state = self.state();
        if state.is_closed {
            return None;
        }
        state.last += 1;
        let id = CallerId(state.last);
        let entry = Entry { name: name.clone(), from, key, role, looks_on: false, is_proven, line };
        state.callers.insert(id, entry);
        drop(state);
        self.settle(id, &name);
        Some(id)
    }

    /// Whoever has the code sits down if that is granted; the name of somebody at the host's computer is nobody else's to take.
    fn settle(&self, id: CallerId, name: &str) {
        let grants = self.admit.filter(|_| self.may_be(name));
        let mut state = self.state();
        let Some(entry) = state.callers.get_mut(&id) else { return };
        entry.role = entry.role.or(grants);
        let waits = entry.role.is_none();
        drop(state);
        self.tell_lobby();
        if waits {
            self.tell(&DoorNews::Waits(name.into()));
        }
    }

    /// Whether somebody whom nobody knows may record under a name.
    pub(super) fn may_be(&self, name: &str) -> bool {
        !name.is_empty() && self.house().is_some_and(|house| !house.is_taken_here(name))
    }

    /// Somebody who waits is called otherwise.
    pub(super) fn rename(&self, id: CallerId, name: &str) {
        if let Some(entry) = self.state().callers.get_mut(&id) {
            name.clone_into(&mut entry.name);
        }
        self.settle(id, name);
    }

    /// Somebody who waits looks on meanwhile.
    pub(super) fn look_on(&self, id: CallerId) {
        if let Some(entry) = self.state().callers.get_mut(&id) {
            entry.looks_on = true;
        }
    }

    /// Who somebody is and how they may sit now.
    pub(super) fn standing(&self, id: CallerId) -> Option<Standing> {
        let state = self.state();
        let entry = state.callers.get(&id)?;
        Some(Standing { name: entry.name.clone(), role: entry.seated(), is_proven: entry.is_proven })
    }

    /// Somebody is gone.
    pub(super) fn leave(&self, id: CallerId) {
        if self.state().callers.remove(&id).is_some() {
            self.tell_lobby();
        }
    }

    /// Does what the facilitator wants of who came.
    pub(super) fn wish(&self, wish: Wish) {
        match wish {
            Wish::Admit(id, role) => self.admit(id, role),
            Wish::Part(id) => self.part(id),
            Wish::PartAll => self.part_all(Parting::Dismissed),
            Wish::Open | Wish::Close => {}
        }
    }

    fn admit(&self, id: CallerId, role: Role) {
        let Some(house) = self.house() else { return };
        let mut state = self.state();
        let State { callers, approved, .. } = &mut *state;
        let Some(entry) = callers.get_mut(&id) else { return };
        let before = (entry.seated(), entry.is_proven);
        (entry.role, entry.is_proven) = (Some(role), true);
        if let Some(key) = &entry.key {
            approved.approve(key, &entry.name, role);
            keep(approved);
        }
        let line = Arc::clone(&entry.line);
        drop(state);
        if before != (Some(role), true) {
            line.give_role(&house, role);
        }
        self.tell_lobby();
    }

    fn part(&self, id: CallerId) {
        let mut state = self.state();
        let State { callers, approved, .. } = &mut *state;
        let Some(entry) = callers.get(&id) else { return };
        if let Some(key) = &entry.key {
            approved.forget(key);
            keep(approved);
        }
        let line = Arc::clone(&entry.line);
        drop(state);
        line.part(Parting::Dismissed);
    }

    fn part_all(&self, why: Parting) {
        let lines: Vec<Arc<Line>> =
            self.state().callers.values().map(|entry| Arc::clone(&entry.line)).collect();
        for line in lines {
            line.part(why);
        }
    }

    /// The line to somebody.
    #[cfg(test)]
    pub(super) fn line_of(&self, name: &str) -> Option<Arc<Line>> {
        self.state().callers.values().find(|entry| entry.name == name).map(|entry| Arc::clone(&entry.line))
    }

    /// Lets nobody in any more and parts everybody.
    pub(super) fn close(&self) {
        self.state().is_closed = true;
        self.part_all(Parting::Closing);
        if let Some(house) = self.house() {
            house.note_lobby(Lobby::default());
        }
    }

    /// Whether nobody is left.
    pub(super) fn is_empty(&self) -> bool {
        self.state().callers.is_empty()
    }

    /// What to type to join.
    pub(super) fn command(&self) -> String {
        format!("ssh -p {} {}", self.address.port(), self.address.ip())
    }

    pub(super) fn tell_lobby(&self) {
        let state = self.state();
        if state.is_closed {
            return;
        }
        let line = self.command();
        let code_left = super::code::VALID;
        let until = self.clock.now() - chrono::Duration::from_std(self.since.elapsed()).unwrap_or_default()
            + chrono::Duration::from_std(code_left).unwrap_or_default();
        let invitation = Invitation {
            square: square::of(&line),
            line,
            code: state.lock.code().shown(),
            fingerprint: self.fingerprint.clone(),
            until,
        };
        let caller = |(id, entry): (&CallerId, &Entry)| Caller {
            id: *id,
            name: entry.name.as_str().into(),
            from: entry.from.to_string(),
            has_key: entry.key.is_some(),
            role: entry.role,
        };
        let callers = state.callers.iter().map(caller).collect();
        // While the desk is held, so that no older news overtakes this one.
        if let Some(house) = self.house() {
            house.note_lobby(Lobby { invitation: Some(Arc::new(invitation)), callers });
        }
    }
}

fn keep(approved: &Approved) {
    if let Err(error) = approved.write() {
        tracing::warn!("approved keys: {error}");
    }
}
