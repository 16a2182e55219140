//! Concluding: what is offered is taken by one key.

use crate::{
    app::{App, effect::Effect, field_edit::Target, form::print_date, lints, panes::PaneId},
    domain::{command::Command, lint},
    keymap::action::Action,
};

impl App {
    /// Does what belongs to concluding.
    pub(super) fn conclude(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Fill => self.take_offer(),
            Action::ReadBack => self.show(PaneId::ReadBack),
            Action::Agree => self.agree(),
            Action::LeaveOpen => self.leave_open(),
            Action::Freeze => self.freeze(),
            Action::Close => self.close_session(),
            _ => Vec::new(),
        }
    }

    /// Takes what is offered: the day into the field that is being typed or beside the new sentence, else all that the selected record lacks and its
    /// sentence says.
    fn take_offer(&mut self) -> Vec<Effect> {
        if let Some(day) = self.offered_day() {
            let edit = self.session_mut().and_then(|seat| seat.editing.as_mut());
            if let Some(Target::New { details, .. }) = edit.map(|edit| &mut edit.target) {
                details.push(lints::on(day));
                return Vec::new();
            }
            if let Some(editor) = self.editor() {
                editor.select_all();
                editor.delete();
                editor.paste(&print_date(day));
            }
            return Vec::new();
        }
        let today = self.now.date_naive();
        let Some(seat) = self.session() else { return Vec::new() };
        let Some(record) = seat.selected() else { return Vec::new() };
        let edits = lint::offers(&seat.board, record, today);
        let fields = edits.iter().flat_map(crate::domain::edit::Edit::fields);
        let seen = fields.flat_map(|(field, _)| record.seen(&field)).collect();
        let command = Command::Fill { record: record.id, edits, seen };
        self.act_on_session(command)
    }
}
