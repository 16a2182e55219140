//! What is wrong with a configuration file: told with file, line and name; the rest of the file holds.

use crate::{
    i18n::{Strings, fill},
    keymap::{
        KeymapError,
        key::{self, KeyError},
    },
};

/// Something that was passed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The file.
    pub file: &'static str,
    /// The line, from 1; 0 for the file as a whole.
    pub line: usize,
    /// What.
    pub what: What,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The file is there and cannot be read; in the system's words.
    Unreadable(String),
    /// No TOML; in the reader's words.
    Syntax(String),
    /// No such setting, table or action.
    Unknown {
        /// The name.
        name: String,
        /// The right name that is nearest.
        nearest: Option<&'static str>,
    },
    /// A setting that has a value of another kind.
    Value {
        /// The setting.
        name: &'static str,
        /// What it takes.
        wanted: &'static str,
    },
    /// Not a key.
    Key {
        /// The action.
        action: &'static str,
        /// Which part is none.
        error: KeyError,
    },
    /// Keys that cannot be, or that mean something else now.
    Keymap(KeymapError),
}

impl Fault {
    /// The fault in the person's language.
    pub fn words(&self, strings: &Strings) -> String {
        let what = self.what.words(strings);
        match self.line {
            0 => format!("{}: {what}", self.file),
            line => fill(strings.config_fault, &[self.file, &line.to_string(), &what]),
        }
    }
}

impl What {
    /// A name that is none of the known ones.
    pub(super) fn unknown(name: &str, known: impl IntoIterator<Item = &'static str>) -> Self {
        Self::Unknown { name: name.to_owned(), nearest: nearest(name, known) }
    }

    fn words(&self, strings: &Strings) -> String {
        match self {
            Self::Unreadable(detail) => fill(strings.config_unreadable, &[detail]),
            Self::Syntax(detail) => fill(strings.config_syntax, &[detail]),
            Self::Unknown { name, nearest } => unknown(strings, name, *nearest),
            Self::Value { name, wanted } => fill(strings.config_value, &[name, wanted]),
            Self::Key { action, error } => {
                let (KeyError::Modifier(name) | KeyError::Code(name)) = error;
                format!("{action}: {}", unknown(strings, name, nearest(name, key::names())))
            }
            Self::Keymap(error) => keymap_words(strings, error),
        }
    }
}

fn unknown(strings: &Strings, name: &str, nearest: Option<&str>) -> String {
    match nearest {
        Some(nearest) => fill(strings.config_nearest, &[name, nearest]),
        None => fill(strings.config_unknown, &[name]),
    }
}

fn keymap_words(strings: &Strings, error: &KeymapError) -> String {
    match error {
        KeymapError::Conflict { table, key, first, second } => {
            fill(strings.keys_conflict, &[key, table, first, second])
        }
        KeymapError::Taken { table, key, from, to } => {
            fill(strings.keys_taken, &[&key.to_string(), table, from, to])
        }
        KeymapError::Typed { table, key } => fill(strings.keys_typed, &[&key.to_string(), table]),
        KeymapError::Kept { key, action } => fill(strings.keys_kept, &[&key.to_string(), action]),
        KeymapError::OnlyLetters(action) => fill(strings.keys_letters, &[action]),
        KeymapError::Needed(action) => fill(strings.keys_needed, &[action]),
        other => other.to_string(),
    }
}

/// The known name that a person most likely meant: one that begins alike, else one that few letters set apart.
fn nearest(name: &str, known: impl IntoIterator<Item = &'static str>) -> Option<&'static str> {
    let name = name.to_lowercase();
    let apart = |known: &str| {
        let known = known.to_lowercase();
        let begins = name.len() >= 2 && (known.starts_with(&name) || name.starts_with(&known));
        if begins { 1 } else { distance(&name, &known) }
    };
    let (apart, nearest) =
        known.into_iter().map(|known| (apart(known), known)).min_by_key(|(apart, _)| *apart)?;
    (apart <= name.chars().count().div_ceil(3)).then_some(nearest)
}

/// How many letters have to be put in, taken out or replaced; two that changed places count once.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=other.len()).collect()];
    let cell = |rows: &[Vec<usize>], up: usize, at: usize| {
        rows.len().checked_sub(up).and_then(|row| rows.get(row)?.get(at).copied()).unwrap_or(usize::MAX / 2)
    };
    for (i, a) in one.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in other.iter().enumerate() {
            let left = row.last().copied().unwrap_or_default() + 1;
            let kept = cell(&rows, 1, j) + usize::from(a != b);
            let swapped = i > 0 && j > 0 && one.get(i - 1) == Some(b) && other.get(j - 1) == Some(a);
            let swap = if swapped { cell(&rows, 2, j - 1) + 1 } else { usize::MAX };
            row.push(left.min(cell(&rows, 1, j + 1) + 1).min(kept).min(swap));
        }
        rows.push(row);
    }
    cell(&rows, 1, other.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_what_was_meant() {
        let known = ["author", "language"];
        for (name, meant) in [
            ("auhtor", Some("author")),
            ("Author", Some("author")),
            ("lang", Some("language")),
            ("langauge", Some("language")),
            ("authors", Some("author")),
            ("theme", None),
            ("", None),
        ] {
            assert_eq!(nearest(name, known), meant, "{name}");
        }
    }

    #[test]
    fn letters_apart_are_counted() {
        for (one, other, apart) in [("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("ab", "cabd", 2)] {
            assert_eq!(distance(one, other), apart, "{one} {other}");
            assert_eq!(distance(other, one), apart, "{other} {one}");
        }
    }
}
