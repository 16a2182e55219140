//! A list that narrows as one types, accents aside: the palette, choices of a field, links, find, restore.

use crate::{
    app::editor::Editor,
    domain::{
        command::Command,
        edit::Edit,
        ids::{RecordId, ScopeId},
    },
    keymap::action::Action,
    text::fold::fold,
};

/// What choosing an item does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pick {
    /// Do an action.
    Action(Action),
    /// Give a field of a record a value.
    Edit(RecordId, Edit),
    /// Submit a command.
    Command(Box<Command>),
    /// Say who speaks from now on.
    Speaker(Option<RecordId>),
    /// Begin to add what the pane offers at this place.
    Addition(usize),
    /// Go to a record of this session.
    Go(RecordId),
    /// Open a session, and go to a record of it.
    Session(ScopeId, Option<RecordId>),
}

/// An item of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What the list shows.
    pub label: String,
    /// What stands at its right: a key, a reason.
    pub aside: String,
    /// Whether it is marked as holding now.
    pub on: bool,
    /// Whether it can be chosen; `aside` says why not.
    pub enabled: bool,
    /// What it does.
    pub pick: Pick,
    folded: String,
}

impl Item {
    /// An item that can be chosen.
    pub fn new(label: impl Into<String>, pick: Pick) -> Self {
        let label = label.into();
        let folded = fold(&label);
        Self { label, aside: String::new(), on: false, enabled: true, pick, folded }
    }

    /// The same with something at its right.
    #[must_use]
    pub fn aside(self, aside: impl Into<String>) -> Self {
        Self { aside: aside.into(), ..self }
    }

    /// The same, marked.
    #[must_use]
    pub fn on(self, on: bool) -> Self {
        Self { on, ..self }
    }

    /// The same, shown but not to be chosen.
    #[must_use]
    pub fn enabled(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }
}

/// The list.
#[derive(Debug, Clone)]
pub struct Picker {
    /// The title.
    pub title: String,
    /// What is typed to narrow it.
    pub query: Editor,
    /// All items.
    pub items: Vec<Item>,
    /// The selected place among the matching items.
    pub selected: usize,
    /// Whether choosing leaves the list open, as for sets.
    pub many: bool,
    /// Whether the items come from a search over all sessions, with its number.
    pub remote: Option<u64>,
}

impl Picker {
    /// A list in which one item is chosen; the selection begins on the item that holds now.
    pub fn one(title: impl Into<String>, items: Vec<Item>) -> Self {
        let selected = items.iter().position(|item| item.on).unwrap_or(0);
        Self { title: title.into(), query: Editor::line(), items, selected, many: false, remote: None }
    }

    /// A list in which several items are chosen.
    pub fn many(title: impl Into<String>, items: Vec<Item>) -> Self {
        Self { many: true, selected: 0, ..Self::one(title, items) }
    }

    /// The items that match what is typed: every word of it, accents aside; exact matches first.
    pub fn matching(&self) -> Vec<&Item> {
        if self.remote.is_some() {
            return self.items.iter().collect();
        }
        let query = self.query.text_nfc().to_lowercase();
        let folded = fold(&query);
        let words: Vec<&str> = folded.split(' ').collect();
        let fits = |item: &&Item| words.iter().all(|word| item.folded.contains(word));
        let mut found: Vec<&Item> = self.items.iter().filter(fits).collect();
        if query != folded {
            found.sort_by_key(|item| !item.label.to_lowercase().contains(query.trim()));
        }
        found
    }

    /// The selected item.
    pub fn chosen(&self) -> Option<&Item> {
        self.matching().get(self.selected).copied()
    }

    /// Moves the selection.
    pub fn step(&mut self, by: isize) {
        let last = self.matching().len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picker(query: &str) -> Picker {
        let labels = ["Khó khăn, vướng mắc", "Kết luận", "Khôi phục", "Đưa lên"];
        let items = labels.map(|label| Item::new(label, Pick::Action(Action::Help))).to_vec();
        Picker { query: Editor::line().with_text(query), ..Picker::one("Lệnh", items) }
    }

    #[test]
    fn the_list_narrows_accents_aside() {
        let labels =
            |query: &str| picker(query).matching().iter().map(|i| i.label.clone()).collect::<Vec<_>>();
        assert_eq!(labels("kho"), ["Khó khăn, vướng mắc", "Khôi phục"]);
        assert_eq!(labels("dua len"), ["Đưa lên"]);
        assert_eq!(labels("khôi"), ["Khôi phục"]);
        assert_eq!(labels("xyz").len(), 0);
        assert_eq!(labels("").len(), 4);
    }

    #[test]
    fn what_is_typed_with_accents_stands_first() {
        assert_eq!(picker("khô").chosen().map(|item| item.label.as_str()), Some("Khôi phục"));
    }

    #[test]
    fn the_selection_stays_inside() {
        let mut picker = picker("kho");
        picker.step(10);
        assert_eq!(picker.selected, 1);
        picker.step(-10);
        assert_eq!(picker.selected, 0);
    }
}
