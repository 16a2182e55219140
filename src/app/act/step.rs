//! Moving: rows, fields, panes.

use crate::{
    app::{
        App, Screen,
        dialogs::Dialog,
        effect::Effect,
        layout,
        notice::Notice,
        panes::PaneId,
        session::{Focus, SessionSeat},
    },
    i18n::fill,
};

impl App {
    pub(super) fn step(&mut self, by: isize) -> Vec<Effect> {
        match &mut self.dialog {
            Some(Dialog::Picker(picker)) => picker.step(by),
            Some(Dialog::Pages(pages)) => pages.scroll(by),
            Some(Dialog::Wizard(wizard)) => wizard.step(by.clamp(-1, 1)),
            Some(Dialog::Folder(_) | Dialog::Invitation) => {}
            None => self.step_in_screen(by),
        }
        Vec::new()
    }

    fn step_in_screen(&mut self, by: isize) {
        let last = self.catalogue.sessions().len().saturating_sub(1);
        match &mut self.screen {
            Screen::Home(home) => home.selected = home.selected.saturating_add_signed(by).min(last),
            Screen::Session(seat) => match seat.focus {
                Focus::Detail(at) => {
                    let last = seat.specs().len().saturating_sub(1);
                    seat.focus = Focus::Detail(at.saturating_add_signed(by).min(last));
                }
                Focus::Editing => {
                    if let Some(edit) = &mut seat.editing {
                        edit.editor.scroll(if by < 0 { -1 } else { 1 });
                    }
                }
                Focus::List | Focus::Capture => seat.step(by),
            },
        }
    }

    pub(super) fn page(&mut self, by: isize) -> Vec<Effect> {
        let text = layout::areas(self).pages_text();
        if let Some(Dialog::Pages(pages)) = &mut self.dialog {
            pages.turn(by, text.width, text.height);
            return Vec::new();
        }
        let rows = layout::areas(self).page_rows().max(2) - 1;
        self.step(by * isize::try_from(rows).unwrap_or(10))
    }

    /// Tab: the next field in a text, the next pane elsewhere.
    pub(super) fn next_field(&mut self, by: isize) -> Vec<Effect> {
        if self.dialog.is_some() {
            return self.step(by);
        }
        match self.session().map(|seat| seat.focus) {
            None => Vec::new(),
            Some(Focus::Capture) => self.complete(),
            Some(Focus::Editing) if self.session().is_some_and(SessionSeat::is_splitting) => {
                self.go_to_cut();
                Vec::new()
            }
            Some(Focus::Editing) => self.store_and_go_on(by),
            Some(Focus::List) => self.next_pane(by),
            Some(Focus::Detail(_)) => self.step(by),
        }
    }

    /// Completes the code being typed in the capture line, or says what it could become.
    fn complete(&mut self) -> Vec<Effect> {
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let board = std::sync::Arc::clone(&seat.board);
        let found = seat.capture.complete(&board);
        if found.len() > 1 {
            self.say(Notice::info(fill(self.strings().notice_codes, &[&found.join("  ")])));
        }
        Vec::new()
    }

    fn store_and_go_on(&mut self, by: isize) -> Vec<Effect> {
        let effects = self.store_field();
        if self.session().is_some_and(|seat| matches!(seat.focus, Focus::Detail(_))) {
            self.step_in_screen(by);
        }
        effects
    }

    fn next_pane(&mut self, by: isize) -> Vec<Effect> {
        let Some(seat) = self.session() else { return Vec::new() };
        let tabs = PaneId::TABS;
        let now = tabs.iter().position(|pane| *pane == seat.pane);
        let next = now.map_or(0, |at| (at + tabs.len()).saturating_add_signed(by) % tabs.len());
        tabs.get(next).map_or_else(Vec::new, |pane| self.show(*pane))
    }

    pub(super) fn focus_list(&mut self) -> Vec<Effect> {
        if let Some(seat) = self.session_mut()
            && matches!(seat.focus, Focus::Detail(_))
        {
            seat.focus = Focus::List;
        }
        Vec::new()
    }

    pub(super) fn focus_detail(&mut self) -> Vec<Effect> {
        if let Some(seat) = self.session_mut()
            && seat.focus == Focus::List
            && !seat.specs().is_empty()
        {
            seat.focus = Focus::Detail(0);
        }
        Vec::new()
    }
}
