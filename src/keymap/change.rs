//! Changes to the keys: what a person wants otherwise, laid over the table that comes with the program.

use std::collections::BTreeSet;

use super::{
    Keymap, KeymapError,
    action::Action,
    key::{Key, KeyCode},
};

/// The keys of an action in one table, in place of those it had there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The table, one of [`TABLES`](super::TABLES).
    pub table: &'static str,
    /// The action.
    pub action: Action,
    /// Its keys; none to free them.
    pub keys: Vec<Key>,
}

impl Change {
    /// Tables whose keys hold where texts are typed: a printable key there is text.
    const TEXT: [&'static str; 2] = ["everywhere", "capture"];
    /// Without these nobody could go on; their keys go to nothing else.
    const NEEDED: [(Action, KeyCode); 3] =
        [(Action::Open, KeyCode::Enter), (Action::Leave, KeyCode::Esc), (Action::Palette, KeyCode::F(9))];

    fn check(&self) -> Result<(), KeymapError> {
        let (table, action) = (self.table, self.action);
        let typed = self.keys.iter().find(|key| key.text().is_some());
        if let Some(key) = typed.filter(|_| Self::TEXT.contains(&table)) {
            return Err(KeymapError::Typed { table, key: *key });
        }
        for (needed, code) in Self::NEEDED {
            let key = Key::plain(code);
            if needed != action && self.keys.contains(&key) {
                return Err(KeymapError::Kept { key, action: needed.name() });
            }
            if needed == action && self.keys.is_empty() {
                return Err(KeymapError::Needed(action.name()));
            }
        }
        let is_letter = |key: &Key| key.text().is_some_and(char::is_alphabetic);
        let only_letters = !self.keys.is_empty() && self.keys.iter().all(is_letter);
        if only_letters { Err(KeymapError::OnlyLetters(action.name())) } else { Ok(()) }
    }
}

impl Keymap {
    /// Lays changes over the keys; what is wrong with one, by its place among them. A change that breaks a rule has no effect. A key that an
    /// unchanged action had goes to the change; of two changes that want one key the first has it. Both are told.
    pub fn change(&mut self, changes: &[Change]) -> Vec<(usize, KeymapError)> {
        let checked = changes.iter().enumerate().map(|(at, change)| (at, change, change.check()));
        let (good, bad): (Vec<_>, Vec<_>) = checked.partition(|(_, _, check)| check.is_ok());
        let mut told: Vec<(usize, KeymapError)> =
            bad.into_iter().filter_map(|(at, _, check)| Some((at, check.err()?))).collect();
        for (_, change, _) in &good {
            self.release(|table, action, _| table == change.table && action == change.action);
        }
        let mut given = BTreeSet::new();
        for (at, change, _) in good {
            for key in &change.keys {
                let is_new = given.insert((change.table, *key));
                told.extend(self.give(change, *key, is_new).map(|error| (at, error)));
            }
        }
        told
    }

    /// Gives a key to the action of a change, unless another change has it.
    fn give(&mut self, change: &Change, key: Key, is_new: bool) -> Option<KeymapError> {
        let Change { table, action, .. } = *change;
        let holder = self.tables.get(table).and_then(|keys| keys.get(&key)).copied();
        if holder == Some(action) {
            return None;
        }
        if !is_new {
            let (table, key, first) = (table.to_owned(), key.to_string(), holder.map_or("", Action::name));
            return Some(KeymapError::Conflict { table, key, first, second: action.name() });
        }
        self.release(|of, _, held| of == table && *held == key);
        self.tables.entry(table).or_default().insert(key, action);
        self.listed.entry(action).or_default().push((table, key));
        let (from, to) = (holder?.name(), action.name());
        Some(KeymapError::Taken { table, key, from, to })
    }

    fn release(&mut self, which: impl Fn(&str, Action, &Key) -> bool) {
        for (action, keys) in &mut self.listed {
            keys.retain(|(table, key)| !which(table, *action, key));
        }
        for (table, keys) in &mut self.tables {
            keys.retain(|key, action| !which(table, *action, key));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keymap::Context;

    fn change(table: &'static str, action: Action, keys: &[&str]) -> Change {
        Change { table, action, keys: keys.iter().map(|key| key.parse().unwrap()).collect() }
    }

    fn key(name: &str) -> Key {
        name.parse().unwrap()
    }

    #[test]
    fn a_change_replaces_the_keys_of_one_action_in_one_table() {
        let mut keymap = Keymap::default();
        let told = keymap.change(&[change("session", Action::Add, &["Insert", "Ctrl+N"])]);
        assert_eq!(told, []);
        assert_eq!(keymap.keys(Context::Session, Action::Add), [key("Insert"), key("Ctrl+N")]);
        assert_eq!(keymap.keys(Context::Home, Action::Add), [key("Ctrl+N")]);
        assert_eq!(keymap.change(&[change("session", Action::Add, &[])]), []);
        assert_eq!(keymap.keys(Context::Session, Action::Add), []);
    }

    #[test]
    fn two_actions_can_swap_their_keys() {
        let mut keymap = Keymap::default();
        let swap = [
            change("everywhere", Action::Undo, &["Ctrl+Y"]),
            change("everywhere", Action::Redo, &["Ctrl+Z"]),
        ];
        assert_eq!(keymap.change(&swap), []);
        assert_eq!(keymap.action(Context::Home, &key("Ctrl+Y")), Some(Action::Undo));
        assert_eq!(keymap.action(Context::Home, &key("Ctrl+Z")), Some(Action::Redo));
    }

    #[test]
    fn conflicts_are_told() {
        let mut keymap = Keymap::default();
        let changes = [
            change("everywhere", Action::Help, &["F1", "Ctrl+Z"]),
            change("everywhere", Action::Cover, &["F12", "F1"]),
        ];
        let (table, key) = ("everywhere", key("Ctrl+Z"));
        let taken = KeymapError::Taken { table, key, from: "undo", to: "help" };
        let (table, first) = (table.to_owned(), "help");
        let conflict = KeymapError::Conflict { table, key: "F1".to_owned(), first, second: "cover" };
        assert_eq!(keymap.change(&changes), [(0, taken), (1, conflict)]);
        assert_eq!(keymap.action(Context::Home, &key), Some(Action::Help));
        assert_eq!(keymap.keys(Context::Home, Action::Undo), []);
        assert_eq!(keymap.keys(Context::Home, Action::Cover), ["F12".parse().unwrap()]);
    }

    #[test]
    fn what_would_lock_a_person_out_or_start_under_an_input_method_has_no_effect() {
        let mut keymap = Keymap::default();
        let changes = [
            change("everywhere", Action::Palette, &[]),
            change("session", Action::Add, &["n"]),
            change("session", Action::Mark, &["Esc"]),
            change("capture", Action::ChangeSpeaker, &["/"]),
        ];
        let told = keymap.change(&changes);
        let kept = KeymapError::Kept { key: key("Esc"), action: "leave" };
        let typed = KeymapError::Typed { table: "capture", key: key("/") };
        let (needed, letters) = (KeymapError::Needed("palette"), KeymapError::OnlyLetters("add"));
        assert_eq!(told, [(0, needed), (1, letters), (2, kept), (3, typed)]);
        assert_eq!(keymap, Keymap::default());
    }
}
