//! The host's own seat: the terminal in which the program was started, and the house around it.

use std::{path::PathBuf, sync::Arc};

use chrono::{DateTime, FixedOffset};

use super::{
    clock::Clock,
    effects::Deeds,
    house::{Card, House, Kit},
    inbox::Inbox,
    papers::Papers,
    seat::{RunError, Seat},
    sitter::{Sitter, draft_name, read_kept, take_place},
    terminal::Screen,
};
use crate::{
    app::{App, Asking, Touched, effect::Effect, msg::Msg},
    document::Wording,
    domain::{board::Board, change::Author, ids::ScopeId, policy::Role},
    i18n::Lang,
    keymap::Keymap,
    store::{Drafts, Store},
};

/// What can wait until the first frame is shown; what the person should know comes back.
pub type Later = Box<dyn FnOnce(&Arc<House>) -> Vec<String>>;

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
    pub later: Later,
    /// Where exports go.
    pub exports: PathBuf,
    /// The folder to propose when the present one takes no more writes.
    pub elsewhere: PathBuf,
    /// The sentences of documents.
    pub wording: Wording,
    /// Randomness for ids.
    pub seed: u128,
    /// A session that is gone to wherever the seat was.
    pub wanted: Option<ScopeId>,
    /// Whether the door to other computers is opened at once.
    pub opens_door: bool,
}

/// What the draft of the host's seat was called before each person had one.
fn old_name(role: Role) -> String {
    if role == Role::Facilitator { "local".to_owned() } else { format!("local-{}", role.name()) }
}

/// Takes over the draft of a version that had one for everybody.
fn take_over(drafts: &Drafts, role: Role, name: &str) {
    if let Err(error) = drafts.rename(&old_name(role), name) {
        tracing::warn!("draft: {error}");
    }
}

/// Runs the seat until the person leaves or the terminal ends, and with it the house.
///
/// # Errors
/// The terminal cannot be used, or the folder not be closed. Everything acknowledged is on disk in either case.
pub fn run(local: Local) -> Result<(), RunError> {
    let Local { mut screen, mut store, me, role, lang, clock, .. } = local;
    let (name, drafts) = (draft_name(&me, role), store.drafts());
    take_over(&drafts, role, &name);
    let (draft, kept) = drafts.open(&name)?;
    let kit = Kit {
        clock,
        config: local.config.clone(),
        keymap: Arc::new(local.keymap),
        wording: Arc::new(local.wording),
        rests_at: local.rests_at,
        elsewhere: local.elsewhere.display().to_string(),
    };
    let (person, size) = (Arc::clone(&me.name), screen.size());
    let mut app = Sitter { me, asking: local.asking, role, lang, size, seed: local.seed }.app(&kit);
    let (kept, unread) = read_kept(kept);
    let unread = unread.map(|state| drafts.keep_unread(&name, &state));
    let effects = take_place(&mut app, kept, local.session);
    let (boards, effects) = show_at_once(&mut app, &mut store, effects, &clock);
    screen.draw(&app, Touched::Window)?;
    let (mut inbox, outlet) = Inbox::open(clock)?;
    let papers = Papers { folder: local.exports, config: local.config, wording: Arc::clone(&kit.wording) };
    let house = House::open(store, kit, papers, Card::new(person, role, name.clone(), outlet.clone()))?;
    for (board, private) in boards {
        house.note_board(board, private);
    }
    let mut seat = Seat::new(app, Deeds::new(house.host(name), outlet, (lang, false)), draft, None);
    seat.deeds.run(effects);
    seat.tell_of_draft(unread);
    for warning in (local.later)(&house) {
        seat.tell(Msg::Warned(warning));
    }
    let mut wished = local.wanted.map(|scope| seat.app.open(scope, None)).unwrap_or_default();
    if local.opens_door {
        wished.extend(seat.app.open_door());
    }
    seat.deeds.run(wished);
    let ended = seat.turn(&mut screen, &mut inbox);
    seat.app.clear_away();
    let frame = screen.remember(&seat.app);
    drop(screen);
    seat.put_away();
    seat.deeds.stop();
    house.close(frame)?;
    ended.map(drop)
}

/// A scope's board and what is off the record there.
type Boards = (Arc<Board>, Arc<Board>);

/// Gives the seat what its first frame shows, straight from the store; the boards, and what is left to do.
fn show_at_once(
    app: &mut App,
    store: &mut Store,
    effects: Vec<Effect>,
    clock: &Clock,
) -> (Vec<Boards>, Vec<Effect>) {
    let mut boards = Vec::new();
    let mut rest = app.update(Msg::Catalogue(store.catalogue()), clock.now());
    for effect in effects {
        let opened = match &effect {
            Effect::Open(scope) => store.boards(*scope).ok(),
            _ => None,
        };
        match opened {
            Some((board, private)) => {
                boards.push((Arc::clone(&board), Arc::clone(&private)));
                rest.extend(app.update(Msg::Published { board, private }, clock.now()));
            }
            None => rest.push(effect),
        }
    }
    (boards, rest)
}
