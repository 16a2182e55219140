//! The door of a program that was built without SSH: it stays closed and says so.

use std::sync::{Arc, Weak};

use super::{DoorError, Manner, Welcome};
use crate::{
    app::lobby::{DoorNews, Wish},
    runtime::{Doorkeeper, House},
};

/// Keeps a door that never opens.
#[derive(Clone)]
pub struct Keeper {
    house: Weak<House>,
    manner: Manner,
}

impl Keeper {
    /// A keeper whose door is closed.
    pub fn new(house: &Arc<House>, manner: Manner) -> Self {
        Self { house: Arc::downgrade(house), manner }
    }

    /// Says that there is no door.
    ///
    /// # Errors
    /// [`DoorError::NotBuilt`].
    pub fn open(&self) -> Result<Welcome, DoorError> {
        Err(DoorError::NotBuilt)
    }
}

impl Doorkeeper for Keeper {
    fn wish(&self, wish: Wish) {
        if let (Wish::Open, Some(house)) = (wish, self.house.upgrade()) {
            house.note_door(&DoorNews::NotOpened(DoorError::NotBuilt.words(self.manner.lang.strings())));
        }
    }
}
