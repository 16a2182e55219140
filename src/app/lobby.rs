//! The door to other computers as the facilitator sees it: how one joins, who waits, who is in.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use super::{
    App,
    dialogs::{
        Dialog,
        picker::{Item, Pick, Picker},
    },
    effect::Effect,
    notice::Notice,
};
use crate::{
    domain::policy::Role,
    i18n::{Strings, fill},
    keymap::action::Action,
};

/// Somebody who came through the door; never given again while it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CallerId(pub u32);

/// Somebody who came through the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Which of them.
    pub id: CallerId,
    /// Their name.
    pub name: Arc<str>,
    /// The address of their computer.
    pub from: String,
    /// Whether they have a key, by which they come back without the code once they were admitted.
    pub has_key: bool,
    /// Their role; none as long as they wait.
    pub role: Option<Role>,
}

/// How one joins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// What to type.
    pub line: String,
    /// The code that is asked for.
    pub code: String,
    /// By what the host's computer is known.
    pub fingerprint: String,
    /// When the code expires.
    pub until: DateTime<FixedOffset>,
    /// The line as a QR code: rows of modules, dark or not.
    pub square: Vec<Vec<bool>>,
}

/// The door, and who came through it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lobby {
    /// How one joins, while the door is open.
    pub invitation: Option<Arc<Invitation>>,
    /// Who came, in the order in which they did.
    pub callers: Vec<Caller>,
}

/// The door as a seat that has a say there knows it.
#[derive(Debug, Clone, Default)]
pub struct Door {
    /// How it stands.
    pub lobby: Lobby,
    /// Whether this seat has just asked for it to be opened.
    is_awaited: bool,
    /// What was said of those who wait.
    said: Option<String>,
}

/// What the facilitator or the chair wants of the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Let others in from now on.
    Open,
    /// Let nobody in any more, and part everybody who came through it.
    Close,
    /// Let somebody sit in a role from now on.
    Admit(CallerId, Role),
    /// Part somebody; their key does not open the door any more.
    Part(CallerId),
    /// Part everybody who came through it.
    PartAll,
}

/// What happened at the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DoorNews {
    /// Somebody waits.
    Waits(Arc<str>),
    /// Somebody gave so many wrong codes that they are not asked any more.
    Locked {
        /// The user's name as it was given.
        user: String,
        /// The address.
        from: String,
    },
    /// So many wrong codes were given that another one holds.
    NewCode,
    /// It could not be opened; why, in the host's language.
    NotOpened(String),
}

impl App {
    /// Whether this seat may open the door, admit people and give roles.
    pub(super) fn keeps_door(&self) -> bool {
        matches!(self.role, Role::Facilitator | Role::Chair)
    }

    /// Whether an action that concerns the door has a meaning now.
    pub(super) fn is_possible_at_door(&self, action: Action) -> bool {
        let is_open = self.door.lobby.invitation.is_some();
        self.keeps_door() && is_open != (action == Action::OpenDoor)
    }

    /// Takes how the door stands now; once it has opened, how one joins is shown.
    pub(super) fn take_lobby(&mut self, lobby: Lobby) {
        let shows = lobby.invitation.is_some() && std::mem::take(&mut self.door.is_awaited);
        let was_open = self.door.lobby.invitation.is_some();
        self.door.lobby = lobby;
        self.correct_waiting();
        if was_open && self.door.lobby.invitation.is_none() {
            self.say(Notice::info(self.strings().table.door.is_closed));
        }
        if shows {
            self.show_dialog(Dialog::Invitation);
        } else if self.door.lobby.invitation.is_none() && matches!(self.dialog, Some(Dialog::Invitation)) {
            self.dialog = None;
        }
        self.refill_lobby();
    }

    pub(super) fn hear_of_door(&mut self, news: DoorNews) {
        let (words, key) = (&self.strings().table.door, self.key_name(Action::Palette));
        let notice = match news {
            DoorNews::Waits(name) => {
                let said = self.waiting_words().unwrap_or_else(|| fill(words.waits, &[&name, &key]));
                self.door.said = Some(said.clone());
                Notice::warning(said)
            }
            DoorNews::Locked { user, from } => Notice::warning(fill(words.locked, &[&user, &from])),
            DoorNews::NewCode => Notice::warning(words.new_code),
            DoorNews::NotOpened(why) => {
                self.door.is_awaited = false;
                Notice::error(why)
            }
        };
        self.say(notice);
    }

    /// Who waits at the door, if anybody does: the last who came by name.
    fn waiting_words(&self) -> Option<String> {
        let (words, key) = (&self.strings().table.door, self.key_name(Action::Palette));
        let mut waiting = self.waiting().rev();
        let (name, more) = (&waiting.next()?.name, waiting.count());
        let many = || fill(words.more_wait, &[name, &more.to_string(), &key]);
        Some(if more == 0 { fill(words.waits, &[name, &key]) } else { many() })
    }

    /// Whether somebody waits at the door who can be let in from here.
    pub fn is_somebody_at_door(&self) -> bool {
        self.waiting().next().is_some()
    }

    /// Those at the door whom nobody has let in, in the order in which they came.
    fn waiting(&self) -> impl DoubleEndedIterator<Item = &Caller> {
        self.door.lobby.callers.iter().filter(|caller| caller.role.is_none())
    }

    /// That somebody waits at the door, for as long as they do: the last by name, and only how many.
    pub(super) fn waiting_briefly(&self) -> Option<[String; 2]> {
        let words = &self.strings().table.door;
        let last = self.waiting().next_back()?;
        let count = self.waiting().count();
        let short = fill(words.at_door, &[&count.to_string()]);
        let long = if count == 1 { fill(words.at_door, &[&last.name]) } else { short.clone() };
        Some([long, short])
    }

    /// Does what the facilitator or the chair wants of the door. Whoever has answered one and sees others wait goes on with the next.
    pub(super) fn want(&mut self, wish: Wish) -> Vec<Effect> {
        let (Wish::Admit(id, _) | Wish::Part(id)) = wish else { return vec![Effect::Door(wish)] };
        self.say_admitted(wish);
        let next = self.waiting().map(|caller| caller.id).find(|next| *next != id);
        if let Some(next) = next.map(Pick::Caller) {
            let mut picker = self.lobby_picker();
            let at = picker.matching().position(|item| item.pick == next);
            picker.selected = at.unwrap_or(0);
            self.show_dialog(Dialog::Picker(Box::new(picker)));
        }
        vec![Effect::Door(wish)]
    }

    fn say_admitted(&mut self, wish: Wish) {
        let Wish::Admit(id, role) = wish else { return };
        let strings = self.strings();
        let caller = self.door.lobby.callers.iter().find(|caller| caller.id == id);
        let Some(name) = caller.map(|caller| Arc::clone(&caller.name)) else { return };
        self.say(Notice::info(fill(strings.table.door.admitted, &[&name, strings.role(role)])));
    }

    /// What was said of those who wait and nobody has answered yet is put right, or taken back.
    fn correct_waiting(&mut self) {
        let Some(said) = self.door.said.take() else { return };
        let is_it = |notice: &Notice| notice.text == said;
        let true_words = self.waiting_words();
        if let Some(words) = &true_words {
            let all = self.notice.iter_mut().chain(&mut self.unsaid);
            all.filter(|notice| is_it(notice)).for_each(|notice| notice.text.clone_from(words));
        } else {
            self.unsaid.retain(|notice| !is_it(notice));
            self.notice.take_if(|notice| is_it(notice));
            self.say_next();
        }
        self.door.said = true_words;
    }

    /// Asks for the door to be opened; how one joins is shown then.
    pub fn open_door(&mut self) -> Vec<Effect> {
        self.door.is_awaited = true;
        vec![Effect::Door(Wish::Open)]
    }

    /// Does what concerns the door.
    pub(super) fn act_at_door(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::OpenDoor => self.open_door(),
            Action::CloseDoor => vec![Effect::Door(Wish::Close)],
            Action::Lobby => self.show_lobby(),
            _ => self.invite(),
        }
    }

    fn invite(&mut self) -> Vec<Effect> {
        if self.door.lobby.invitation.is_some() {
            self.show_dialog(Dialog::Invitation);
        }
        Vec::new()
    }

    /// Lists who came through the door.
    fn show_lobby(&mut self) -> Vec<Effect> {
        let picker = self.lobby_picker();
        self.show_dialog(Dialog::Picker(Box::new(picker)));
        Vec::new()
    }

    fn lobby_picker(&self) -> Picker {
        let strings = self.strings();
        let words = &strings.table.door;
        let waiting = self.waiting();
        let inside = self.door.lobby.callers.iter().filter(|caller| caller.role.is_some());
        let item = |caller: &Caller| {
            let role = caller.role.map_or(words.waiting, |role| strings.role(role));
            let key = if caller.has_key { words.with_key } else { "" };
            Item::new(format!("{} ({role})", caller.name), Pick::Caller(caller.id))
                .aside(format!("{}{key}", caller.from))
        };
        let mut items: Vec<Item> = waiting.chain(inside).map(item).collect();
        if !items.is_empty() {
            items.push(Item::new(words.part_all, Pick::Door(Wish::PartAll)));
        }
        items.push(Item::new(words.show_invitation, Pick::Action(Action::Invitation)));
        items.push(Item::new(words.action_close, Pick::Door(Wish::Close)));
        Picker::one(words.lobby, items)
    }

    /// Who came or went while the list is open is listed or not; the choice stays on its item.
    fn refill_lobby(&mut self) {
        let fresh = self.lobby_picker();
        let Some(Dialog::Picker(open)) = &mut self.dialog else { return };
        let is_lobby = |item: &Item| matches!(item.pick, Pick::Caller(_) | Pick::Door(_));
        if !open.items.iter().any(is_lobby) || open.title != fresh.title {
            return;
        }
        if self.door.lobby.invitation.is_none() {
            self.dialog = None;
            return;
        }
        let chosen = open.matching().nth(open.selected).map(|item| item.pick.clone());
        open.items = fresh.items;
        open.narrow();
        let at = open.matching().position(|item| Some(&item.pick) == chosen.as_ref());
        open.step(isize::try_from(at.unwrap_or(0)).unwrap_or(0));
    }

    /// Asks what to do with somebody who came through the door.
    pub(super) fn ask_caller(&mut self, id: CallerId) -> Vec<Effect> {
        let strings = self.strings();
        let Some(caller) = self.door.lobby.callers.iter().find(|caller| caller.id == id) else {
            return Vec::new();
        };
        let now = caller.role;
        let role = |role: Role| {
            let label = fill(strings.table.door.admit_as, &[strings.role(role)]);
            Item::new(label, Pick::Door(Wish::Admit(id, role))).on(now == Some(role))
        };
        let roles = [Role::NoteTaker, Role::Observer, Role::Chair, Role::Facilitator];
        let part = Item::new(part_words(strings, caller), Pick::Door(Wish::Part(id)));
        let items = roles.into_iter().map(role).chain([part]).collect();
        let title = format!("{} · {}", caller.name, caller.from);
        self.show_dialog(Dialog::Picker(Box::new(Picker::one(title, items))));
        Vec::new()
    }
}

fn part_words(strings: &Strings, caller: &Caller) -> &'static str {
    if caller.role.is_some() { strings.table.door.part } else { strings.table.door.turn_away }
}
