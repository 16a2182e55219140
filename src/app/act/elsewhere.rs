//! Going on in another folder when the present one takes no more writes.

use crate::{
    app::{
        App, Saved, Source,
        company::Terminal,
        dialogs::{
            Dialog,
            folder::FolderForm,
            pages::{Line, Pages},
        },
        effect::Effect,
        notice::Notice,
        session::SessionSeat,
    },
    domain::{command::Command, ids::ScopeId},
    i18n::fill,
};

impl App {
    /// Asks for a folder.
    pub(super) fn ask_folder(&mut self) -> Vec<Effect> {
        let form = FolderForm::new(&self.elsewhere);
        self.show_dialog(Dialog::Folder(Box::new(form)));
        Vec::new()
    }

    /// Enter in the form.
    pub(super) fn try_folder(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(Dialog::Folder(form)) = &mut self.dialog else { return Vec::new() };
        let folder = form.path.text_nfc().trim().to_owned();
        if form.trying || folder.is_empty() {
            return Vec::new();
        }
        form.problem = None;
        form.trying = true;
        self.elsewhere.clone_from(&folder);
        self.say(Notice::info(strings.saving));
        vec![Effect::GoElsewhere(folder)]
    }

    /// The folder cannot be used; the path stays, to be changed.
    pub(in crate::app) fn not_moved(&mut self, what: String) {
        match &mut self.dialog {
            Some(Dialog::Folder(form)) => {
                form.trying = false;
                form.problem = Some(what);
                self.notice = None;
            }
            _ => self.say(Notice::error(what)),
        }
    }

    /// Work goes on in another folder: says what is there and how to open it, and gives the commands without a text again.
    pub(in crate::app) fn moved(&mut self, folder: &str, changes: usize) -> Vec<Effect> {
        let strings = self.strings();
        self.saved = Saved::At(self.now);
        self.notice = None;
        self.unsaid.clear();
        let unsaved = std::mem::take(&mut self.unsaved);
        let typed = self.session().is_some_and(SessionSeat::has_unsaved) || self.kept_wizard.is_some();
        let mut lines =
            vec![fill(strings.moved_there, &[folder]), fill(strings.moved_changes, &[&changes.to_string()])];
        if !unsaved.is_empty() {
            lines.push(fill(strings.moved_commands, &[&unsaved.len().to_string()]));
        }
        if typed {
            lines.push(strings.moved_text.to_owned());
        }
        lines.push(fill(strings.moved_next_time, &[folder]));
        let asked = matches!(self.dialog, Some(Dialog::Folder(_)));
        if self.terminal == Terminal::Guests && !asked {
            self.say(Notice::info(fill(strings.moved_there, &[folder])));
            return self.give_again(unsaved);
        }
        let lines = lines.into_iter().map(Line::Text).collect();
        if matches!(self.dialog, Some(Dialog::Folder(_))) {
            self.dialog = None;
        }
        self.show_dialog(Dialog::Pages(Pages {
            title: strings.moved_title.to_owned(),
            lines,
            ..Pages::default()
        }));
        self.give_again(unsaved)
    }

    fn give_again(&mut self, unsaved: Vec<(ScopeId, Command)>) -> Vec<Effect> {
        let wishes = unsaved.into_iter();
        wishes.map(|(scope, command)| self.send(scope, command, Source::Action)).collect()
    }

    /// Keeps a command that had no text and could not be written, to give it again elsewhere; once, however often it was
    /// tried.
    pub(in crate::app) fn keep_unsaved(&mut self, scope: ScopeId, command: Command) {
        let wish = (scope, command);
        if !self.unsaved.contains(&wish) {
            self.unsaved.push(wish);
        }
    }
}
