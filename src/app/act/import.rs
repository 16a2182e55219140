//! A keynote from a file: choosing it, taking it in, and the report of what was left out.

use crate::{
    app::{
        App, Source,
        dialogs::{
            Dialog,
            pages::{Line, Pages},
            picker::{Item, Pick, Picker, Remote, Wanted},
        },
        editor::Editor,
        effect::Effect,
        msg::{Listed, ReadKeynote},
        panes::PaneId,
    },
    domain::{
        command::{Command, NewSection},
        ids::ScopeId,
    },
    i18n::fill,
};

/// Where choosing a file begins.
pub(super) const HOME: &str = "~/";

impl App {
    /// Asks for the file of a keynote.
    pub(super) fn ask_import(&mut self) -> Vec<Effect> {
        self.list_files(Wanted::Keynote, HOME)
    }

    /// Goes into a folder.
    pub(super) fn enter_folder(&mut self, wanted: Wanted, path: &str) -> Vec<Effect> {
        self.list_files(wanted, &format!("{path}/"))
    }

    pub(super) fn list_files(&mut self, wanted: Wanted, path: &str) -> Vec<Effect> {
        let strings = self.strings();
        let title = match wanted {
            Wanted::Keynote => strings.action_import,
            Wanted::Table => strings.sorting.action_import_table,
        };
        let mut picker = Picker::remote(title, Remote::Files(wanted));
        picker.query = Editor::line().with_text(path);
        self.show_dialog(Dialog::Picker(Box::new(picker)));
        self.ask_outside()
    }

    pub(super) fn import(&self, wanted: Wanted, path: String) -> Vec<Effect> {
        if wanted == Wanted::Table {
            return vec![Effect::ReadTable(path)];
        }
        self.session().map(|seat| Effect::ReadKeynote { scope: seat.scope(), path }).into_iter().collect()
    }

    /// Shows the files that a path may mean.
    pub(in crate::app) fn listed(&mut self, generation: u64, files: Vec<Listed>) {
        let Some(Dialog::Picker(picker)) = &mut self.dialog else { return };
        if let Some(Remote::Files(wanted)) = picker.remote.filter(|_| picker.generation == generation) {
            let item = |file: Listed| {
                let folder = || Item::new(format!("{}/", file.name), Pick::Folder(wanted, file.path.clone()));
                let found = || Item::new(&*file.name, Pick::File(wanted, file.path.clone()));
                if file.is_folder { folder() } else { found() }
            };
            picker.fill(files.into_iter().map(item).collect());
        }
    }

    /// Takes in what was read of a file, and shows what it was.
    pub(in crate::app) fn take_keynote(&mut self, scope: ScopeId, read: ReadKeynote) -> Vec<Effect> {
        let strings = self.strings();
        let paragraphs: usize = read.sections.iter().map(|(_, paragraphs)| paragraphs.len()).sum();
        let counts = [read.sections.len().to_string(), paragraphs.to_string()];
        let told = fill(strings.import.imported, &counts.each_ref().map(String::as_str));
        let ids = &mut self.ids;
        let mut created = |text: String| (ids.record(), text);
        let new = |(heading, paragraphs): (String, Vec<String>)| {
            let heading = if heading.is_empty() { strings.pane_keynote.to_owned() } else { heading };
            let (record, heading) = created(heading);
            NewSection { record, heading, paragraphs: paragraphs.into_iter().map(&mut created).collect() }
        };
        let sections = read.sections.into_iter().map(new).collect();
        if let Some(seat) = self.session_mut().filter(|seat| seat.scope() == scope) {
            seat.show(PaneId::Keynote);
        }
        let lines = std::iter::once(told).chain(read.report).map(Line::Text).collect();
        let title = strings.pane_keynote.to_owned();
        self.show_dialog(Dialog::Pages(Pages { title, lines, ..Pages::default() }));
        vec![self.send(scope, Command::AddKeynote { sections }, Source::Action)]
    }
}
