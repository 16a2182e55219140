//! Keys, actions, and which key means which action where.
//!
//! The room owns the key table; help, hints and the palette are printed from it, so they cannot disagree with what keys do.
//! It knows nothing of what an action does. Invariant: within one context a key means one action.

pub mod action;
mod change;
pub mod key;

pub use change::Change;

use std::collections::BTreeMap;

use action::Action;
use key::{Key, KeyError};

/// The keys that come with the program.
const DEFAULT: &str = include_str!("default.toml");

/// A place in which keys have a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// All sessions.
    Home,
    /// A list or its details in a session.
    Session,
    /// The list of lines to sort.
    Triage,
    /// The roll call.
    RollCall,
    /// The speakers.
    Speakers,
    /// The capture line.
    Capture,
    /// Any other text being typed.
    Text,
    /// The conclusions, read back.
    ReadBack,
    /// What earlier sessions left to do.
    FollowUp,
    /// The pledge.
    Pledge,
    /// What the room sees.
    Projector,
    /// The chair's page.
    Chair,
    /// A dialog with a list.
    Dialog,
    /// A dialog with a list of which several are chosen.
    Choices,
}

impl Context {
    /// All contexts.
    pub const ALL: &'static [Self] = &[
        Self::Home,
        Self::Session,
        Self::Triage,
        Self::RollCall,
        Self::Speakers,
        Self::Capture,
        Self::Text,
        Self::ReadBack,
        Self::FollowUp,
        Self::Pledge,
        Self::Projector,
        Self::Chair,
        Self::Dialog,
        Self::Choices,
    ];

    /// The tables that apply here, the nearest first.
    pub const fn tables(self) -> &'static [&'static str] {
        match self {
            Self::Home => &["home", "list", "everywhere"],
            Self::Session => &["session", "digits", "list", "everywhere"],
            Self::Triage => &["triage", "session", "digits", "list", "everywhere"],
            Self::RollCall => &["roll_call", "session", "list", "everywhere"],
            Self::Speakers => &["speakers", "session", "digits", "list", "everywhere"],
            Self::Capture => &["capture", "everywhere"],
            Self::ReadBack => &["read_back", "session", "digits", "list", "everywhere"],
            Self::FollowUp => &["follow_up", "session", "digits", "list", "everywhere"],
            Self::Pledge => &["pledge", "session", "digits", "list", "everywhere"],
            Self::Text => &["text", "everywhere"],
            Self::Projector => &["projector", "list", "everywhere"],
            Self::Chair => &["chair", "list", "everywhere"],
            Self::Dialog => &["list", "everywhere"],
            Self::Choices => &["choices", "list", "everywhere"],
        }
    }

    /// Whether printable keys are text here.
    pub const fn is_text(self) -> bool {
        matches!(self, Self::Capture | Self::Text)
    }
}

/// The tables of key files.
pub const TABLES: [&str; 16] = [
    "everywhere",
    "list",
    "session",
    "digits",
    "home",
    "triage",
    "roll_call",
    "speakers",
    "capture",
    "text",
    "projector",
    "chair",
    "read_back",
    "follow_up",
    "pledge",
    "choices",
];

/// What is wrong with a key file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeymapError {
    /// Not a table of tables of lists of keys.
    #[error("{0}")]
    Syntax(String),
    /// No such place.
    #[error("no place is called {0:?}")]
    Table(String),
    /// No such action.
    #[error("no action is called {0:?}")]
    Action(String),
    /// Not a key.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// One key for two actions in one place.
    #[error("{key} means both {first} and {second} in {table}")]
    Conflict {
        /// The table.
        table: String,
        /// The key.
        key: String,
        /// The first action.
        first: &'static str,
        /// The second action.
        second: &'static str,
    },
    /// A change takes the key of another action.
    #[error("{key} of {from} now means {to} in {table}")]
    Taken {
        /// The table.
        table: &'static str,
        /// The key.
        key: Key,
        /// The action that had it.
        from: &'static str,
        /// The action that has it now.
        to: &'static str,
    },
    /// A key that types a character where texts are typed.
    #[error("{key} types a character in {table}")]
    Typed {
        /// The table.
        table: &'static str,
        /// The key.
        key: Key,
    },
    /// An action whose only keys are letters: an input method would start it.
    #[error("{0} has only letters")]
    OnlyLetters(&'static str),
    /// A key that cannot get another meaning.
    #[error("{key} stays with {action}")]
    Kept {
        /// The key.
        key: Key,
        /// The action that has it everywhere.
        action: &'static str,
    },
    /// An action without which nobody can go on has no key.
    #[error("{0} needs a key")]
    Needed(&'static str),
}

type Table = BTreeMap<Key, Action>;

/// Which key means what, where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keymap {
    tables: BTreeMap<&'static str, Table>,
    /// The keys of an action, each with its table, in the order of the file.
    listed: BTreeMap<Action, Vec<(&'static str, Key)>>,
}

impl Default for Keymap {
    fn default() -> Self {
        Self::parse(DEFAULT).unwrap_or_else(|_| Self { tables: BTreeMap::new(), listed: BTreeMap::new() })
    }
}

impl Keymap {
    /// Reads a key file.
    ///
    /// # Errors
    /// The first thing that is wrong with it, by name.
    pub fn parse(text: &str) -> Result<Self, KeymapError> {
        type File = BTreeMap<String, BTreeMap<String, Vec<String>>>;
        let file: File = toml::from_str(text).map_err(|error| KeymapError::Syntax(error.to_string()))?;
        let mut keymap = Self { tables: BTreeMap::new(), listed: BTreeMap::new() };
        for (table, actions) in file {
            let known = TABLES.iter().find(|known| **known == table);
            let table = *known.ok_or(KeymapError::Table(table))?;
            for (name, keys) in actions {
                let action = Action::named(&name).ok_or(KeymapError::Action(name))?;
                keymap.bind(table, action, &keys)?;
            }
        }
        Ok(keymap)
    }

    fn bind(&mut self, table: &'static str, action: Action, keys: &[String]) -> Result<(), KeymapError> {
        for key in keys {
            let key: Key = key.parse()?;
            if let Some(first) = self.tables.entry(table).or_default().insert(key, action) {
                let (first, second) = (first.name(), action.name());
                return Err(KeymapError::Conflict {
                    table: table.to_owned(),
                    key: key.to_string(),
                    first,
                    second,
                });
            }
            self.listed.entry(action).or_default().push((table, key));
        }
        Ok(())
    }

    /// What a key means in a place.
    pub fn action(&self, context: Context, key: &Key) -> Option<Action> {
        context.tables().iter().find_map(|table| self.tables.get(table)?.get(key)).copied()
    }

    /// The keys of an action in a place, the one to show first; keys that mean something nearer are left out.
    pub fn keys(&self, context: Context, action: Action) -> Vec<Key> {
        let ranked = |table: &str| context.tables().iter().position(|known| *known == table);
        let mut bound: Vec<_> = self.listed.get(&action).into_iter().flatten().collect();
        bound.retain(|(table, key)| ranked(table).is_some() && self.action(context, key) == Some(action));
        bound.sort_by_key(|(table, _)| ranked(table));
        bound.into_iter().map(|(_, key)| *key).collect()
    }

    /// How near the table is that first gives an action a key in a place; the place's own comes first.
    pub fn nearness(&self, context: Context, action: Action) -> usize {
        let gives = |table: &&str| !self.listed(table, action).is_empty();
        context.tables().iter().position(gives).unwrap_or(usize::MAX)
    }

    /// The keys that a table gives an action.
    pub fn listed(&self, table: &str, action: Action) -> Vec<Key> {
        let bound = self.listed.get(&action).into_iter().flatten();
        bound.filter(|(of, _)| *of == table).map(|(_, key)| *key).collect()
    }

    /// The key to show for an action in a place: one that types nothing, if there is one.
    pub fn shown_key(&self, context: Context, action: Action) -> Option<Key> {
        let keys = self.keys(context, action);
        keys.iter().find(|key| key.text().is_none()).or_else(|| keys.first()).copied()
    }

    /// The actions that have a key in a place, in the palette's order.
    pub fn actions(&self, context: Context) -> Vec<Action> {
        Action::ALL.iter().copied().filter(|action| !self.keys(context, *action).is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_keys_parse_and_resolve() {
        let keymap = Keymap::parse(DEFAULT).unwrap();
        for context in Context::ALL {
            for action in keymap.actions(*context) {
                for key in keymap.keys(*context, action) {
                    assert_eq!(keymap.action(*context, &key), Some(action));
                    assert_eq!(key.to_string().parse(), Ok(key));
                }
            }
        }
    }

    #[test]
    fn no_action_has_a_letter_as_its_only_key() {
        let keymap = Keymap::default();
        for context in Context::ALL {
            for action in keymap.actions(*context) {
                let keys = keymap.keys(*context, action);
                let is_letter = |key: &Key| key.text().is_some_and(char::is_alphabetic);
                assert!(!keys.iter().all(is_letter), "{action:?} in {context:?}");
            }
        }
    }

    #[test]
    fn keys_that_input_methods_and_terminals_keep_are_not_used() {
        let never =
            ["Ctrl+Space", "Alt+Z", "Alt+Up", "Alt+Down", "Alt+Left", "Alt+Right", "F10", "F11", "Ctrl+J"];
        for context in Context::ALL {
            for name in never {
                assert_eq!(Keymap::default().action(*context, &name.parse().unwrap()), None, "{name}");
            }
        }
    }

    /// The keys as they stand in the file, before several names of one press become one.
    fn written() -> Vec<(String, String)> {
        let file: BTreeMap<String, BTreeMap<String, Vec<String>>> = toml::from_str(DEFAULT).unwrap();
        let tables = file.into_iter().flat_map(|(table, actions)| {
            actions.into_values().flatten().map(move |key| (table.clone(), key))
        });
        tables.collect()
    }

    #[test]
    fn keys_that_are_another_keys_bytes_or_switch_the_input_method_are_in_no_table() {
        for (table, key) in written() {
            for never in ["Ctrl+H", "Ctrl+I", "Ctrl+J", "Ctrl+M", "Ctrl+Space", "Backspace", "F10", "F11"] {
                assert_ne!(key, never, "{table}");
            }
            assert!(!key.contains("Ctrl+Shift") && !key.contains("Ctrl+Alt"), "{key} in {table}");
            let arrow = ["Up", "Down", "Left", "Right", "Z"].iter().any(|code| key == format!("Alt+{code}"));
            assert!(!arrow, "{key} in {table}");
        }
    }

    #[test]
    fn letters_alone_are_those_that_no_method_makes_of_others_and_those_of_the_number_row() {
        for (table, key) in written().into_iter().filter(|(_, key)| key.chars().count() == 1) {
            let letter = key.chars().next().filter(|c| c.is_alphabetic());
            let of_number_row = table == "digits" && "ăâêô".contains(&key);
            assert!(letter.is_none_or(|c| of_number_row || "bcghklmnpqtv".contains(c)), "{key} in {table}");
        }
    }

    #[test]
    fn in_text_no_printable_key_is_an_action() {
        let keymap = Keymap::default();
        for context in Context::ALL.iter().filter(|context| context.is_text()) {
            for action in keymap.actions(*context) {
                assert!(keymap.keys(*context, action).iter().all(|key| key.text().is_none()));
            }
        }
    }

    #[test]
    fn what_is_wrong_with_a_key_file_is_named() {
        let error = |text| Keymap::parse(text).unwrap_err();
        assert_eq!(error("[nowhere]\nadd = []"), KeymapError::Table("nowhere".into()));
        assert_eq!(error("[home]\nfly = [\"F1\"]"), KeymapError::Action("fly".into()));
        assert!(matches!(error("[home]\nadd = [\"Hyper+A\"]"), KeymapError::Key(_)));
        assert!(matches!(error("[home]\nadd = [\"F1\"]\nfind = [\"F1\"]"), KeymapError::Conflict { .. }));
        assert!(matches!(error("[home"), KeymapError::Syntax(_)));
    }
}
