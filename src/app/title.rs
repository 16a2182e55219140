//! What the window of a seat is called, so that whoever has several knows which is which: the session, and who sits there.

use super::{App, dialogs::wizard::quarter_words};
use crate::{
    domain::session::Session,
    text::{nfc, width::truncate},
};

/// The cells that a session's title may take: what stands behind it shall be seen too.
const SESSION: usize = 40;

impl App {
    /// The title of the window.
    pub fn title(&self) -> String {
        let strings = self.strings();
        let mut parts = Vec::new();
        if let Some(session) = self.session().and_then(|seat| Session::of(&seat.board)) {
            parts.push(truncate(&nfc::drawable(session.title()), SESSION).into_owned());
            parts.push(quarter_words(strings, session.quarter()));
        }
        parts.push(strings.role(self.role).to_owned());
        parts.retain(|part| !part.is_empty());
        format!("{} – {}", parts.join(" · "), strings.app)
    }
}
