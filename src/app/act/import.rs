//! A keynote from a file: choosing it, taking it in, and the report of what was left out.

use std::sync::Arc;

use crate::{
    app::{
        App, Source,
        dialogs::{
            Dialog,
            pages::{Line, Pages},
            picker::{Item, Laying, Pick, Picker, Remote, Wanted},
        },
        editor::Editor,
        effect::{Effect, ListSource},
        msg::{Listed, ReadKeynote},
        panes::PaneId,
        session::SessionSeat,
        work::Task,
    },
    domain::{
        command::Command,
        ids::ScopeId,
        revision::{Part, Revision, created},
    },
    i18n::{ImportWords, fill},
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
            Wanted::Changes => strings.notebook.action_receive,
            Wanted::List => strings.import.making.action_list,
        };
        let mut picker = Picker::remote(title, Remote::Files(wanted));
        picker.query = Editor::line().with_text(path);
        self.show_dialog(Dialog::Picker(Box::new(picker)));
        self.ask_outside()
    }

    /// A whole path that is pasted where a file is chosen stands for what was there: a file dragged into the window arrives so.
    pub(in crate::app) fn take_dropped_path(&mut self, text: &str) -> bool {
        let Some(Dialog::Picker(picker)) = &mut self.dialog else { return false };
        let is_file = matches!(picker.remote, Some(Remote::Files(_)));
        let Some(path) = dropped(text).filter(|_| is_file) else { return false };
        picker.query = Editor::line().with_text(&path);
        true
    }

    pub(super) fn import(&mut self, wanted: Wanted, path: String) -> Vec<Effect> {
        match wanted {
            Wanted::Table => return vec![Effect::ReadTable(path)],
            Wanted::Changes => return self.receive(path),
            Wanted::List => return self.read_list(ListSource::File(path)),
            Wanted::Keynote => {}
        }
        let Some(scope) = self.session().map(SessionSeat::scope) else { return Vec::new() };
        self.begin_work(Task::Import, |generation| Effect::ReadKeynote { generation, scope, path })
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

    /// Takes in what was read of a file, or asks first what it is to the keynote that is there.
    pub(in crate::app) fn take_keynote(&mut self, scope: ScopeId, mut read: ReadKeynote) -> Vec<Effect> {
        let strings = self.strings();
        for (heading, _) in read.sections.iter_mut().filter(|(heading, _)| heading.is_empty()) {
            strings.pane_keynote.clone_into(heading);
        }
        let board = self.session().filter(|seat| seat.scope() == scope).map(|seat| Arc::clone(&seat.board));
        let revision = board.map(|board| Revision::of(&board, &read.sections, &mut self.ids.clone()));
        let Some(revision) = revision.filter(|revision| revision.known > 0) else {
            return self.lay_keynote(Laying::Behind, scope, read);
        };
        let over = fill(strings.import.over, &[&revision.known.to_string()]);
        let mut items = [(over, Laying::Over), (strings.import.behind.to_owned(), Laying::Behind)];
        if !revision.is_likely {
            items.reverse();
        }
        let item = |(label, laying)| Item::new(label, Pick::Lay(laying, scope, Box::new(read.clone())));
        self.show_picker(Picker::one(strings.import.title_version, items.map(item).to_vec()))
    }

    /// Takes in what was read of a file, and shows what it was or what it changed.
    pub(super) fn lay_keynote(&mut self, laying: Laying, scope: ScopeId, read: ReadKeynote) -> Vec<Effect> {
        let strings = self.strings();
        let ReadKeynote { sections, report, .. } = read;
        let seat = self.session().filter(|seat| laying == Laying::Over && seat.scope() == scope);
        let (mut lines, command) = if let Some(board) = seat.map(|seat| Arc::clone(&seat.board)) {
            let revision = Revision::of(&board, &sections, &mut self.ids);
            (told_of(&strings.import, &revision, &sections), revision.differing())
        } else {
            let told = Line::Text(told(strings.import.imported, &sections));
            (vec![told], Some(Command::AddKeynote { sections: created(sections, &mut self.ids) }))
        };
        lines.extend(report.into_iter().map(Line::Text));
        if let Some(seat) = self.session_mut().filter(|seat| seat.scope() == scope) {
            seat.show(PaneId::Keynote);
        }
        let title = strings.pane_keynote.to_owned();
        self.show_dialog(Dialog::Pages(Pages { title, lines, ..Pages::default() }));
        command.into_iter().map(|command| self.send(scope, command, Source::Action)).collect()
    }
}

/// A sentence with how many sections and paragraphs there are.
fn told(pattern: &str, sections: &[Part]) -> String {
    let paragraphs: usize = sections.iter().map(|(_, paragraphs)| paragraphs.len()).sum();
    fill(pattern, &[&sections.len().to_string(), &paragraphs.to_string()])
}

/// What a newer version changed.
fn told_of(words: &ImportWords, revision: &Revision, sections: &[Part]) -> Vec<Line> {
    if revision.is_empty() {
        return vec![Line::Text(told(words.unchanged, sections))];
    }
    let pair = |changed| {
        let (what, words) = words.change(changed);
        Line::Pair(what, words)
    };
    let counts = Line::Text(words.counts(revision.counts()));
    std::iter::once(counts).chain(revision.changed.iter().map(pair)).collect()
}

/// The path that a terminal pastes for a file dragged into its window: bare, between quotes, or with backslashes.
fn dropped(text: &str) -> Option<String> {
    let text = text.trim();
    let quoted = ['\'', '"'].into_iter().find_map(|mark| text.strip_prefix(mark)?.strip_suffix(mark));
    let path = quoted.map_or_else(|| without_escapes(text), str::to_owned);
    path.starts_with('/').then_some(path)
}

/// A text without the backslashes before its characters.
fn without_escapes(text: &str) -> String {
    let mut chars = text.chars();
    std::iter::from_fn(|| chars.next().and_then(|c| if c == '\\' { chars.next() } else { Some(c) })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dragged_file_is_known_however_a_terminal_writes_it() {
        let path = "/home/lan/Tài liệu/đề dẫn (1).docx";
        let quoted = [format!("'{path}'"), format!(" \"{path}\" \n")];
        let bare = [path.to_owned(), r"/home/lan/Tài\ liệu/đề\ dẫn\ \(1\).docx ".to_owned()];
        for text in quoted.iter().chain(&bare) {
            assert_eq!(dropped(text).as_deref(), Some(path), "{text}");
        }
        for text in ["", "'", "đề dẫn", "'đề dẫn'", "~/đề dẫn", "\\"] {
            assert_eq!(dropped(text), None, "{text}");
        }
    }
}
