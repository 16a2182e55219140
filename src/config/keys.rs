//! `keys.toml`: the keys that a person wants otherwise, table by table as in the program's own.

use std::{collections::BTreeMap, path::Path};

use toml::de::DeValue;

use super::{
    fault::{Fault, What},
    file::{Entry, Source},
    settings::{Origin, text_of},
};
use crate::keymap::{
    Change, Keymap, TABLES,
    action::Action,
    key::{Key, KeyError},
};

/// The file's name in the configuration folder.
const FILE: &str = "keys.toml";

/// The keys, and the lines from which the changed ones come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys {
    /// The keys.
    pub keymap: Keymap,
    lines: BTreeMap<(&'static str, Action), usize>,
}

impl Keys {
    /// The program's keys with the changes of a configuration folder; where there is no file, there are none.
    pub fn read(folder: &Path, faults: &mut Vec<Fault>) -> Self {
        let mut keys = Self::default();
        let Some(text) = text_of(folder, FILE, faults) else { return keys };
        let source = Source { file: FILE, text: &text };
        let (lines, changes): (Vec<usize>, Vec<Change>) = changes(source, faults).into_iter().unzip();
        let line = |at: usize| lines.get(at).copied().unwrap_or_default();
        let told = keys.keymap.change(&changes);
        faults.extend(told.into_iter().map(|(at, error)| source.fault(line(at), What::Keymap(error))));
        for (at, change) in changes.iter().enumerate() {
            if keys.keymap.listed(change.table, change.action) == change.keys {
                keys.lines.insert((change.table, change.action), line(at));
            }
        }
        faults.sort_by_key(|fault| (fault.file, fault.line));
        keys
    }

    /// Where the keys of an action in a table come from.
    pub fn origin(&self, table: &'static str, action: Action) -> Origin {
        self.lines.get(&(table, action)).map_or(Origin::Default, |line| Origin::File(FILE, *line))
    }
}

/// The changes of a file with their lines, in its order.
fn changes(source: Source<'_>, faults: &mut Vec<Fault>) -> Vec<(usize, Change)> {
    let mut changes = Vec::new();
    let file = source.parse(faults);
    for Entry { line, name, value } in source.entries(&file, faults) {
        let table = TABLES.into_iter().find(|table| *table == name);
        let (Some(table), Some(entries)) = (table, value.as_table()) else {
            faults.push(source.fault(line, What::unknown(name, TABLES)));
            continue;
        };
        for entry in source.entries(entries, faults) {
            match change(table, &entry) {
                Ok((change, unknown)) => {
                    let action = change.action.name();
                    let told = |error| source.fault(entry.line, What::Key { action, error });
                    faults.extend(unknown.into_iter().map(told));
                    changes.push((entry.line, change));
                }
                Err(what) => faults.push(source.fault(entry.line, what)),
            }
        }
    }
    changes
}

/// The keys of one action, and what is no key among them; if none is one, the action keeps those that it has.
fn change(table: &'static str, entry: &Entry<'_>) -> Result<(Change, Vec<KeyError>), What> {
    let names = || Action::ALL.iter().map(|action| action.name());
    let action = Action::named(entry.name).ok_or_else(|| What::unknown(entry.name, names()))?;
    let wrong = || What::Value { name: action.name(), wanted: "[\"Ctrl+N\", \"Insert\"]" };
    let listed = entry.value.as_array().ok_or_else(wrong)?;
    let mut change = Change { table, action, keys: Vec::new() };
    let mut unknown = Vec::new();
    for key in listed {
        let DeValue::String(name) = key.get_ref() else { return Err(wrong()) };
        match name.parse::<Key>() {
            Ok(key) if change.keys.contains(&key) => {}
            Ok(key) => change.keys.push(key),
            Err(error) => unknown.push(error),
        }
    }
    match (change.keys.is_empty(), unknown.pop()) {
        (true, Some(error)) => Err(What::Key { action: action.name(), error }),
        (_, last) => Ok((change, unknown.into_iter().chain(last).collect())),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{
        i18n::Lang,
        keymap::{Context, KeymapError},
    };

    fn read(text: &str) -> (Keys, Vec<Fault>) {
        let (folder, mut faults) = (tempfile::tempdir().unwrap(), Vec::new());
        fs::write(folder.path().join(FILE), text).unwrap();
        (Keys::read(folder.path(), &mut faults), faults)
    }

    #[test]
    fn changes_hold_and_have_an_origin() {
        let (keys, faults) = read("[session]\n# thêm\nadd = [\"Insert\", \"Ctrl+N\"]\n[home]\nadd = []\n");
        assert_eq!(faults, []);
        let insert = "Insert".parse().unwrap();
        assert_eq!(keys.keymap.action(Context::Session, &insert), Some(Action::Add));
        assert_eq!(keys.keymap.keys(Context::Home, Action::Add), []);
        assert_eq!(keys.origin("session", Action::Add), Origin::File(FILE, 3));
        assert_eq!(keys.origin("home", Action::Add), Origin::File(FILE, 5));
        assert_eq!(keys.origin("session", Action::Remove), Origin::Default);
    }

    #[test]
    fn the_programs_own_table_changes_nothing() {
        let (keys, faults) = read(include_str!("../keymap/default.toml"));
        assert_eq!(faults, []);
        for context in Context::ALL {
            for action in Action::ALL {
                let keys = keys.keymap.keys(*context, *action);
                assert_eq!(keys, Keymap::default().keys(*context, *action), "{context:?} {action:?}");
            }
        }
    }

    #[test]
    fn what_is_wrong_is_told_in_words_and_the_rest_holds() {
        let text = "[sesion]\nadd = [\"Insert\"]\n[session]\nad = [\"F8\"]\nmark = [\"F8\", \"Ctlr+K\"]\nlink = \"F7\"\n\
                    merge = [\"Insrt\"]\n[everywhere]\nhelp = [\"F1\", \"F12\"]\nleave = []\nquit = [\"q\"]\n";
        let (keys, faults) = read(text);
        let told: Vec<String> = faults.iter().map(|fault| fault.words(Lang::English.strings())).collect();
        assert_eq!(
            told,
            [
                "keys.toml, line 1: no name “sesion”, is it “session”?",
                "keys.toml, line 4: no name “ad”, is it “add”?",
                "keys.toml, line 5: mark: no name “Ctlr”, is it “Ctrl”?",
                "keys.toml, line 6: link must be [\"Ctrl+N\", \"Insert\"]",
                "keys.toml, line 7: merge: no name “Insrt”, is it “Insert”?",
                "keys.toml, line 9: the key F12 in [everywhere] meant cover, now help",
                "keys.toml, line 10: leave must have a key",
                "keys.toml, line 11: the key q in [everywhere] types a character, so it starts nothing",
            ]
        );
        assert_eq!(keys.keymap.keys(Context::Session, Action::Mark), ["F8".parse().unwrap()]);
        assert_eq!(keys.keymap.keys(Context::Session, Action::Link), ["Ctrl+L".parse().unwrap()]);
        assert_eq!(keys.keymap.keys(Context::Session, Action::Merge), ["Ctrl+G".parse().unwrap()]);
        assert_eq!(keys.keymap.keys(Context::Session, Action::Leave), ["Esc".parse().unwrap()]);
    }

    #[test]
    fn a_broken_line_costs_only_itself() {
        let (keys, faults) = read("[session]\nadd = [\"Insert\"]\nmark = F8\n");
        assert!(matches!(&faults[..], [Fault { line: 3, what: What::Syntax(_), .. }]), "{faults:?}");
        assert_eq!(keys.keymap.keys(Context::Session, Action::Add), ["Insert".parse().unwrap()]);
        let both = read("[everywhere]\nundo = [\"Insert\"]\nredo = [\"Insert\"]\n").1;
        let what = &both[0].what;
        assert!(matches!(what, What::Keymap(KeymapError::Conflict { first: "undo", second: "redo", .. })));
    }
}
