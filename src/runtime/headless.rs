//! A host without screens: a house for others to sit in, until the system asks it to end.

use std::{path::PathBuf, sync::Arc};

use super::{
    clock::Clock,
    house::{Card, House, Kit},
    inbox::{Happening, Inbox, on_end},
    papers::Papers,
    seat::{Parting, RunError},
};
use crate::{
    app::company::Doing,
    document::Wording,
    domain::{ids::ScopeId, policy::Role},
    keymap::Keymap,
    store::Store,
};

/// What it is started with.
pub struct Headless {
    /// The open folder.
    pub store: Store,
    /// Whose the program is.
    pub name: String,
    /// The configuration folder.
    pub config: PathBuf,
    /// The clock.
    pub clock: Clock,
    /// The session that is on.
    pub session: Option<ScopeId>,
    /// The keys.
    pub keymap: Keymap,
    /// Where exports go.
    pub exports: PathBuf,
    /// The sentences of documents.
    pub wording: Wording,
}

/// Serves until the system asks it to end. `begin` is called once somebody can be seated, and may say that there is no use in it.
///
/// # Errors
/// What `begin` says, or the folder cannot be closed. Everything acknowledged is on disk in either case.
pub fn serve<E: From<RunError>>(
    host: Headless,
    begin: impl FnOnce(&Arc<House>) -> Result<(), E>,
) -> Result<(), E> {
    let (mut inbox, outlet) = Inbox::new();
    let wording = Arc::new(host.wording);
    let kit = Kit {
        clock: host.clock,
        config: host.config.clone(),
        keymap: Arc::new(host.keymap),
        wording: Arc::clone(&wording),
        rests_at: None,
        elsewhere: String::new(),
    };
    let papers = Papers { folder: host.exports, config: host.config, wording };
    let mut card = Card::new(host.name.into(), Role::Facilitator, String::new(), outlet.clone());
    card.is_attended = false;
    card.doing = Doing { scope: host.session, writing: None };
    let house = House::open(host.store, kit, papers, card).map_err(RunError::from)?;
    let ready = on_end(move || outlet.send(Happening::Part(Parting::Gone)))
        .map_err(|error| RunError::from(error).into())
        .and_then(|()| begin(&house));
    while ready.is_ok() && !inbox.wait(None).iter().any(is_end) {}
    house.close(Vec::new()).map_err(RunError::from)?;
    ready
}

fn is_end(happening: &Happening) -> bool {
    matches!(happening, Happening::Part(_))
}
