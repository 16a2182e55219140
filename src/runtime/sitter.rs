//! Who takes a seat, and what they find there: their draft, else the session that is on.

use std::sync::Arc;

use super::house::Kit;
use crate::{
    app::{App, Asking, Setup, effect::Effect, seat::Seat as Kept},
    domain::{change::Author, ids::ScopeId, policy::Role},
    i18n::Lang,
    store::{Drafts, SavedDraft},
};

/// The draft of a person in a role: a role that sees less shall not find what another has half-typed. By the name and not by the
/// record of the person, which may be lost with a damaged log.
pub(super) fn draft_name(me: &Author, role: Role) -> String {
    Drafts::seat_name(&me.name, role.name())
}

/// Who takes a seat, and how it looks to them.
pub(super) struct Sitter {
    pub(super) me: Author,
    /// Whether the first form asks who that is.
    pub(super) asking: Asking,
    pub(super) role: Role,
    pub(super) lang: Lang,
    pub(super) size: (u16, u16),
    /// Randomness for ids.
    pub(super) seed: u128,
}

impl Sitter {
    /// The seat before anything has happened.
    pub(super) fn app(self, kit: &Kit) -> App {
        App::new(Setup {
            lang: self.lang,
            me: self.me,
            asking: self.asking,
            role: self.role,
            keymap: Arc::clone(&kit.keymap),
            wording: Arc::clone(&kit.wording),
            size: self.size,
            now: kit.clock.now(),
            rests_at: kit.rests_at,
            seed: self.seed,
            elsewhere: kit.elsewhere.clone(),
        })
    }
}

/// The seat as it was left, or bytes that another version wrote in another form.
pub(super) fn read_kept(kept: Option<SavedDraft>) -> (Option<Kept>, Option<Vec<u8>>) {
    // An empty draft stands where one was taken away.
    let Some(bytes) = kept.map(|kept| kept.state).filter(|state| !state.is_empty()) else {
        return (None, None);
    };
    match serde_json::from_slice::<Kept>(&bytes) {
        Ok(seat) if seat.is_readable() => (Some(seat), None),
        _ => (None, Some(bytes)),
    }
}

/// Takes up the seat where it was, else opens a session.
pub(super) fn take_place(app: &mut App, kept: Option<Kept>, session: Option<ScopeId>) -> Vec<Effect> {
    let mut effects = kept.map(|kept| app.resume(kept)).unwrap_or_default();
    if let Some(scope) = session.filter(|_| !app.has_place()) {
        effects.extend(app.open(scope, None));
    }
    effects.extend((!app.has_place()).then_some(Effect::AtHome));
    effects
}
