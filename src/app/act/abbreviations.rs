//! The list of abbreviations: seen, added to, taken from, filled from an input method's table, stepped back.

use crate::{
    app::{
        App, Source,
        abbreviations::{Layer, Step},
        dialogs::{
            Dialog,
            picker::{Item, Pick, Picker, Remote, Wanted},
        },
        editor::Editor,
        effect::Effect,
        msg::ReadTable,
        notice::Notice,
    },
    domain::{
        abbreviation::{self, Table},
        command::{Command, Refusal},
        ids::ScopeId,
        undo::Stacks,
    },
    i18n::fill,
    keymap::action::Action,
    text::{fold::fold, shorthand},
};

impl App {
    /// Shows both tables; what is typed narrows them, or adds.
    pub(super) fn show_abbreviations(&mut self) -> Vec<Effect> {
        let effects = self.abbreviations.ask();
        self.list_abbreviations("");
        effects
    }

    fn list_abbreviations(&mut self, query: &str) {
        let mut picker = Picker::remote(self.strings().sorting.abbreviations, Remote::Abbreviations);
        picker.query = Editor::line().with_text(query);
        self.show_dialog(Dialog::Picker(Box::new(picker)));
        self.fill_abbreviations();
    }

    /// Fills the list, if it is open.
    pub(in crate::app) fn fill_abbreviations(&mut self) {
        let Some(Dialog::Picker(picker)) = &self.dialog else { return };
        if picker.remote == Some(Remote::Abbreviations) {
            let items = self.abbreviation_items(&picker.query.text_nfc());
            if let Some(Dialog::Picker(picker)) = &mut self.dialog {
                picker.fill(items);
            }
        }
    }

    fn abbreviation_items(&self, query: &str) -> Vec<Item> {
        let words = &self.strings().sorting;
        let new = shorthand::parse(&query.replacen('=', ":", 1)).entries.into_iter().next();
        let layers = [(Layer::Own, words.add_own), (Layer::Office, words.add_office)];
        let add = |(short, long): (String, String)| {
            layers.map(|(layer, pattern)| {
                let label = fill(pattern, &[&short, &long]);
                Item::new(label, Pick::Abbreviate { layer, short: short.clone(), long: Some(long.clone()) })
            })
        };
        let adding = new.into_iter().flat_map(add);
        let folded = fold(query);
        let known = self.abbreviations.all().into_iter().map(|(short, long, layer)| {
            let aside = if layer == Layer::Own { words.of_mine } else { words.of_office };
            let pick = Pick::Abbreviation { layer, short: short.to_owned(), long: long.to_owned() };
            Item::new(format!("{short} = {long}"), pick).aside(aside)
        });
        let known = known.filter(|item| fold(&item.label).contains(&folded));
        let import = Item::new(words.action_import_table, Pick::Action(Action::ImportAbbreviations));
        adding.chain(known).chain([import]).collect()
    }

    /// What can be done with one that was chosen.
    pub(super) fn ask_abbreviation(&mut self, layer: Layer, short: String, long: &str) -> Vec<Effect> {
        let words = &self.strings().sorting;
        let title = format!("{short} = {long}");
        let edit = Item::new(words.change_it, Pick::TypeAbbreviation(format!("{short}:{long}")));
        let remove = Item::new(words.take_it_away, Pick::Abbreviate { layer, short, long: None });
        self.show_picker(Picker::one(title, vec![edit, remove]))
    }

    pub(super) fn type_abbreviation(&mut self, row: &str) -> Vec<Effect> {
        self.list_abbreviations(row);
        Vec::new()
    }

    /// Gives a short form what it stands for, or nothing.
    pub(super) fn abbreviate(&mut self, layer: Layer, short: String, long: Option<String>) -> Vec<Effect> {
        let words = &self.strings().sorting;
        let undo = self.key_name(Action::Undo);
        let notice = match &long {
            Some(long) => fill(words.notice_abbreviated, &[&short, long, &undo]),
            None => fill(words.notice_unabbreviated, &[&short, &undo]),
        };
        let effects = self.set_abbreviations(layer, vec![(short, long)]);
        self.list_abbreviations("");
        self.say(Notice::info(notice));
        effects
    }

    fn set_abbreviations(&mut self, layer: Layer, entries: Vec<(String, Option<String>)>) -> Vec<Effect> {
        if layer == Layer::Office {
            self.abbreviations.steps.push(Step::Office);
            return vec![self.send(
                ScopeId::ORGANISATION,
                Command::SetAbbreviations { entries },
                Source::Action,
            )];
        }
        let before = self.abbreviations.own().clone();
        let mut own = before.clone();
        for (short, long) in entries {
            match long {
                Some(long) => drop(own.insert(short, long)),
                None => drop(own.remove(&short)),
            }
        }
        self.abbreviations.steps.push(Step::Own(before));
        self.keep_own(own)
    }

    fn keep_own(&mut self, own: Table) -> Vec<Effect> {
        self.abbreviations.note_own(own.clone());
        self.fill_abbreviations();
        vec![Effect::KeepAbbreviations(own)]
    }

    /// Takes the last step at the tables back, or the last one at the office's again; `None` if the list is not open.
    pub(in crate::app) fn revert_abbreviation(&mut self, undo: bool) -> Option<Vec<Effect>> {
        let Some(Dialog::Picker(picker)) = &self.dialog else { return None };
        if picker.remote != Some(Remote::Abbreviations) {
            return None;
        }
        let step = if undo { self.abbreviations.steps.pop() } else { None };
        match step {
            Some(Step::Own(before)) => Some(self.keep_own(before)),
            Some(Step::Office) | None => Some(self.revert_office(undo)),
        }
    }

    fn revert_office(&mut self, undo: bool) -> Vec<Effect> {
        let office = self.abbreviations.office.as_ref();
        let change = office.and_then(|board| {
            let stacks = Stacks::of(board, self.me.person);
            let last = *if undo { stacks.undo.last() } else { stacks.redo.last() }?;
            board.change(last).filter(|change| abbreviation::is_of(change)).map(|_| last)
        });
        let Some(change) = change else {
            self.say(Notice::info(self.strings().refusal(&Refusal::NothingToUndo)));
            return Vec::new();
        };
        let command = if undo { Command::Undo { change } } else { Command::Redo { change } };
        self.abbreviations.steps.extend((!undo).then_some(Step::Office));
        vec![self.send(ScopeId::ORGANISATION, command, Source::Action)]
    }

    /// Asks for the file of an input method's table.
    pub(super) fn ask_table(&mut self) -> Vec<Effect> {
        let effects = self.abbreviations.ask();
        effects.into_iter().chain(self.list_files(Wanted::Table, super::import::HOME)).collect()
    }

    /// Asks whose the rows of a table shall be.
    pub(in crate::app) fn take_table(&mut self, read: ReadTable) {
        let words = &self.strings().sorting;
        let ReadTable { entries, skipped } = read;
        if entries.is_empty() {
            self.say(Notice::warning(words.notice_no_table));
            return;
        }
        let count = entries.len().to_string();
        let item =
            |(layer, label)| Item::new(label, Pick::Table { layer, entries: entries.clone(), skipped });
        let items = [(Layer::Own, words.of_mine), (Layer::Office, words.of_office)].map(item).to_vec();
        self.show_dialog(Dialog::Picker(Box::new(Picker::one(fill(words.whose_table, &[&count]), items))));
    }

    pub(super) fn fill_table(&mut self, layer: Layer, entries: Table, skipped: usize) -> Vec<Effect> {
        let counts = [entries.len().to_string(), skipped.to_string(), self.key_name(Action::Undo)];
        let entries = entries.into_iter().map(|(short, long)| (short, Some(long))).collect();
        let effects = self.set_abbreviations(layer, entries);
        self.list_abbreviations("");
        let pattern = self.strings().sorting.notice_table;
        self.say(Notice::info(fill(pattern, &counts.each_ref().map(String::as_str))));
        effects
    }
}
