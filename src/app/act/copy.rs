//! What is selected or being typed, for the clipboard of the terminal at which the person sits.

use crate::app::{App, details, effect::Effect, notice::Notice, session::Focus};

impl App {
    /// Hands the text over to the terminal.
    pub(super) fn copy(&mut self) -> Vec<Effect> {
        let Some(text) = self.to_copy() else { return self.not_here() };
        self.say(Notice::info(self.strings().table.copied));
        vec![Effect::Copy(text)]
    }

    fn to_copy(&self) -> Option<String> {
        let seat = self.session()?;
        let text = match seat.focus {
            Focus::Capture => seat.capture.editor.text_nfc(),
            Focus::Editing => seat.editing.as_ref()?.editor.text_nfc(),
            Focus::List | Focus::Detail(_) => details::wording(self.strings(), seat, seat.selected()?),
        };
        Some(text).filter(|text| !text.is_empty())
    }
}
