//! How far each log had come: a small third witness beside the logs and the database.
//!
//! A log that ends early at a line's end looks whole, and a log that is gone is not missed, unless something else
//! remembers. The keeper of the database remembers the greatest number of each origin and writes it down at every quiet
//! moment and at closing. It may lag behind the logs, never run ahead of them, and it never goes back: numbers stay when a
//! payload is erased.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use serde::{Deserialize, Serialize};

use super::{
    files,
    folder::{FileId, Folder},
    line::Line,
    obstacle,
};
use crate::domain::ids::ScopeId;

/// The greatest number of each origin, by scope; and which seats have a draft.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Reach {
    logs: BTreeMap<ScopeId, BTreeMap<FileId, u64>>,
    drafts: BTreeSet<String>,
    #[serde(skip)]
    changed: bool,
}

impl Reach {
    /// What was written down last; nothing is known if that cannot be read.
    pub(super) fn read(folder: &Folder) -> Self {
        let text = obstacle::read(&folder.reach()).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// The scopes of which it knows something.
    pub(super) fn scopes(&self) -> impl Iterator<Item = ScopeId> {
        self.logs.keys().copied()
    }

    /// Whether a log had come exactly so far.
    pub(super) fn ends_at(&self, scope: ScopeId, file: Option<FileId>, number: u64) -> bool {
        self.logs.get(&scope).zip(file).and_then(|(logs, file)| logs.get(&file)) == Some(&number)
    }

    /// Whether the file of every log is there. One that may not be looked at may be.
    pub(super) fn finds_logs(&self, folder: &Folder) -> bool {
        let mut files = self.logs.iter().flat_map(|(scope, files)| files.keys().map(|file| (*scope, *file)));
        files.all(|(scope, file)| !matches!(folder.log(scope, file).try_exists(), Ok(false)))
    }

    /// The draft files that held something.
    pub(super) fn drafts(&self) -> impl Iterator<Item = &str> {
        self.drafts.iter().map(String::as_str)
    }

    /// Whether a draft file was there with something in it.
    pub(super) fn knows_draft(&self, name: &str) -> bool {
        self.drafts.contains(name)
    }

    /// Remembers lines that are on the medium.
    pub(super) fn note(&mut self, scope: ScopeId, lines: &[Line]) {
        let logs = self.logs.entry(scope).or_default();
        for line in lines {
            let number = line.change.header.sequence;
            let greatest = logs.entry(file_of(line)).or_default();
            self.changed |= number > *greatest;
            *greatest = number.max(*greatest);
        }
    }

    /// Writes it down if there is something new.
    pub(super) fn keep(&mut self, folder: &Folder) -> io::Result<()> {
        let drafts = folder.kept_drafts();
        let is_new = self.changed || drafts != self.drafts;
        // A folder that was taken away is not to be made again in its place.
        if !is_new || !folder.is_there() {
            return Ok(());
        }
        self.drafts = drafts;
        files::replace(&folder.reach(), serde_json::to_string(self)?.as_bytes(), true)?;
        self.changed = false;
        Ok(())
    }

    /// The numbers, first and last, that are missing in a scope's lines.
    pub(super) fn missing<'a>(
        &self,
        scope: ScopeId,
        lines: impl IntoIterator<Item = &'a Line>,
    ) -> Vec<(FileId, u64, u64)> {
        let mut found: BTreeMap<FileId, BTreeSet<u64>> = BTreeMap::new();
        for line in lines {
            found.entry(file_of(line)).or_default().insert(line.change.header.sequence);
        }
        for (file, greatest) in self.logs.get(&scope).into_iter().flatten() {
            // One beyond: what stands before it must be there.
            found.entry(*file).or_default().insert(greatest.saturating_add(1));
        }
        let named =
            |(file, numbers)| gaps(&numbers).into_iter().map(move |(first, last)| (file, first, last));
        found.into_iter().flat_map(named).collect()
    }
}

fn file_of(line: &Line) -> FileId {
    FileId { private: line.private, origin: line.change.header.origin }
}

fn gaps(numbers: &BTreeSet<u64>) -> Vec<(u64, u64)> {
    let mut next = 1;
    let mut gaps = Vec::new();
    for number in numbers {
        if *number > next {
            gaps.push((next, *number - 1));
        }
        next = number.saturating_add(1);
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_between_the_numbers_and_before_the_first() {
        assert_eq!(gaps(&BTreeSet::new()), []);
        assert_eq!(gaps(&BTreeSet::from([1, 2, 3])), []);
        assert_eq!(gaps(&BTreeSet::from([3, 4, 9])), [(1, 2), (5, 8)]);
    }
}
