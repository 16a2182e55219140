//! Making a session: by the form, empty or after the pattern of another one.

use std::sync::Arc;

use crate::{
    app::{
        App, Asking, Screen, Source,
        dialogs::{
            Dialog,
            wizard::{Entry, Wizard},
        },
        effect::Effect,
        notice::Notice,
    },
    domain::{board::Board, command::Command, ids::ScopeId, quarter::Quarter},
    i18n::fill,
};

impl App {
    /// The form of a new session; one that was left half-filled comes back, without a pattern.
    pub(super) fn open_wizard(&mut self) -> Vec<Effect> {
        let kept = self.kept_wizard.take();
        let new = || Wizard::new(self.now.date_naive(), self.last_board.as_deref(), self.asked_author());
        let mut wizard = kept.unwrap_or_else(|| Box::new(new()));
        wizard.template = None;
        self.show_dialog(Dialog::Wizard(wizard));
        Vec::new()
    }

    /// Makes a session after the one that is open, or selected among all.
    pub(super) fn clone_session(&mut self) -> Vec<Effect> {
        self.close_dialog();
        if let Some(board) = self.session().map(|seat| Arc::clone(&seat.board)) {
            let effects = self.go_home();
            self.show_pattern(&board);
            return effects;
        }
        let Screen::Home(home) = &self.screen else { return Vec::new() };
        self.pattern = self.catalogue.sessions().get(home.selected).map(|header| header.scope);
        self.pattern.map(Effect::Open).into_iter().collect()
    }

    /// The session that was asked for as a pattern has come, unless the person is elsewhere by now.
    pub(in crate::app) fn found_pattern(&mut self, board: &Board) {
        if self.pattern != Some(board.scope()) {
            return;
        }
        self.pattern = None;
        if self.dialog.is_none() && matches!(self.screen, Screen::Home(_)) {
            self.show_pattern(board);
        }
    }

    /// The form after the pattern of a session; what was typed into a form that was left half-filled stays.
    fn show_pattern(&mut self, board: &Board) {
        let new = Wizard::after(board, self.now.date_naive(), self.asked_author());
        let wizard = match self.kept_wizard.take() {
            Some(mut kept) => {
                kept.take_pattern(new);
                kept
            }
            None => Box::new(new),
        };
        self.show_dialog(Dialog::Wizard(wizard));
    }

    /// The name that the form offers for whoever records, if it asks.
    fn asked_author(&self) -> Option<&str> {
        match self.asking {
            Asking::No => None,
            Asking::Offering => Some(&*self.me.name),
            Asking::Needing => Some(""),
        }
    }

    pub(in crate::app) fn create_session(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let scope = ScopeId(self.ids.draw());
        let Some(Dialog::Wizard(wizard)) = &mut self.dialog else { return Vec::new() };
        let known = self.catalogue.sessions();
        let is_first = |quarter: Quarter| {
            !known.iter().any(|other| other.quarter().is_some_and(|known| known.year() == quarter.year()))
        };
        match wizard.session(is_first, &mut self.ids) {
            Err(error) => {
                wizard.go(error.entry());
                self.say(Notice::warning(error.words(strings)));
                Vec::new()
            }
            Ok(_) if self.asking == Asking::Needing && wizard.author().is_none() => {
                wizard.go(Entry::Author);
                self.say(Notice::warning(strings.error_author));
                Vec::new()
            }
            Ok(_) if self.asking != Asking::No && wizard.author().is_some() => {
                let (name, at) = (wizard.author().unwrap_or_default(), self.now);
                vec![Effect::Author { name, at }]
            }
            Ok(made) => {
                let source = Source::Wizard(Box::new(wizard.kept()));
                self.dialog = None;
                self.opening = Some((scope, None));
                self.made = Some(scope);
                if !made.left_out.is_empty() {
                    self.say(Notice::warning(fill(
                        strings.import.making.left_out,
                        &[&made.left_out.join(", ")],
                    )));
                }
                let create = self.send(scope, Command::CreateSession(Box::new(made.session)), source);
                vec![create, Effect::Open(scope)]
            }
        }
    }
}
