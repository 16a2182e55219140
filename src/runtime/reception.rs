//! Where the house meets its door: who may come in, in which role, and who is told.
//!
//! How the door works is not known here; whoever keeps it is told wishes and tells how it stands. What a seat may is what the house holds
//! for it ([`House::give_role`]), never what the seat believes.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    guest::Knock,
    house::{HOST, House, SeatId},
    inbox::Happening,
    seat::Parting,
};
use crate::{
    app::{
        lobby::{DoorNews, Lobby, Wish},
        msg::Msg,
    },
    domain::policy::Role,
    text::fold::fold,
};

/// Whoever opens and closes the door to other computers.
pub trait Doorkeeper: Send + Sync {
    /// Does what the facilitator or the chair wants, without making anybody wait.
    fn wish(&self, wish: Wish);
}

/// The door as far as the house knows it.
#[derive(Default)]
pub(super) struct Reception {
    keeper: Option<Arc<dyn Doorkeeper>>,
    pub(super) lobby: Lobby,
}

fn keeps_door(role: Role) -> bool {
    matches!(role, Role::Facilitator | Role::Chair)
}

impl House {
    /// From now on somebody keeps the door.
    pub fn employ(&self, keeper: Arc<dyn Doorkeeper>) {
        self.table().reception.keeper = Some(keeper);
    }

    /// Hands on what a seat wants of the door, if its role gives it a say there.
    pub(super) fn wish(&self, seat: SeatId, wish: Wish) -> bool {
        let table = self.table();
        let may = table.seats.get(&seat).is_some_and(|card| keeps_door(card.role));
        let keeper = table.reception.keeper.clone().filter(|_| may);
        // The keeper tells the house how the door stands then.
        drop(table);
        keeper.map(|keeper| keeper.wish(wish)).is_some()
    }

    /// The door stands otherwise now: whoever keeps it is told.
    pub fn note_lobby(&self, lobby: Lobby) {
        let mut table = self.table();
        table.reception.lobby = lobby;
        table.tell_keepers(|table| Msg::Lobby(table.reception.lobby.clone()));
    }

    /// Tells what happened at the door.
    pub fn note_door(&self, news: &DoorNews) {
        self.table().tell_keepers(|_| Msg::Door(news.clone()));
    }

    /// From now on whoever sits there has another role: what they hand in is judged by it at once, and their seat ends with
    /// [`Parting::Moved`], to begin anew with what the role may see.
    pub fn give_role(&self, knock: &Knock, role: Role) {
        let mut table = self.table();
        if let Some(card) = table.seats.get_mut(&knock.seat) {
            card.role = role;
            card.outlet.send(Happening::Part(Parting::Moved));
        }
        table.tell_company();
    }

    /// The names that are known here: of whoever wrote in the sessions that are open, and of the people on their lists.
    pub fn names(&self) -> BTreeSet<Arc<str>> {
        let table = self.table();
        let boards: Vec<_> = table.boards.values().map(|(board, _)| Arc::clone(board)).collect();
        drop(table);
        let changes = boards.iter().flat_map(|board| board.changes());
        let authors: BTreeSet<&str> = changes.map(|change| &*change.header.author.name).collect();
        authors.into_iter().map(Arc::from).collect()
    }

    /// Whether somebody who did not come through the door has that name, accents aside.
    pub fn is_taken_here(&self, name: &str) -> bool {
        let (table, wanted) = (self.table(), fold(name));
        table.seats.values().any(|card| card.is_attended && !card.is_away && fold(&card.name) == wanted)
    }

    /// What a seat may do now.
    pub(super) fn role_of(&self, seat: SeatId) -> Option<Role> {
        self.table().seats.get(&seat).map(|card| card.role)
    }
}

impl super::house::Table {
    /// Tells all seats that have a say at the door.
    fn tell_keepers(&self, msg: impl Fn(&Self) -> Msg) {
        let keepers = self.seats.values().filter(|card| keeps_door(card.role));
        keepers.for_each(|card| card.outlet.send(Happening::Done(msg(self))));
    }

    /// Tells a seat that has just been taken how the door stands.
    pub(super) fn tell_lobby(&self, seat: SeatId) {
        let is_open = self.reception.lobby.invitation.is_some();
        if seat != HOST && is_open && self.seats.get(&seat).is_some_and(|card| keeps_door(card.role)) {
            self.send(seat, Happening::Done(Msg::Lobby(self.reception.lobby.clone())));
        }
    }
}
