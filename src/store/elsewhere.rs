//! Going on in another folder when this one takes no more writes: all that was acknowledged is brought there first.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::{
    error::StoreError,
    folder::Folder,
    line::Line,
    open::{OpenOptions, Store},
    union::Union,
};
use crate::domain::{
    board::Board,
    change::Body,
    ids::{ChangeId, ScopeId},
};

/// The folder that is made inside one that holds other things.
const INSIDE: &str = "hoinghi";

/// A folder in which work goes on.
pub struct Elsewhere {
    /// The folder, open for writing.
    pub store: Store,
    /// Where it is.
    pub folder: PathBuf,
    /// How many changes were brought there or were there already; off-record bodies count too.
    pub changes: usize,
}

impl Store {
    /// Opens another folder and brings there everything that was acknowledged here, off-record bodies included. A folder
    /// that holds other things gets one of our own inside. This folder is only read; of scopes that are open, what is in
    /// memory is brought even if the medium is gone.
    ///
    /// # Errors
    /// As [`Store::open`] for the other folder, [`StoreError::BackupUnverified`] if something did not arrive there, or
    /// what the system says. Nothing that was typed depends on it.
    pub fn elsewhere(&self, folder: &Path, options: OpenOptions) -> Result<Elsewhere, StoreError> {
        let folder = ours_or_inside(folder);
        let options = OpenOptions { notebook: self.notebook, ..options };
        let mut store = Store::open(&folder, options)?;
        let mut union = Union::new(&mut store, None);
        let mut number = 0;
        let known = self.scopes.keys().copied();
        for scope in self.folder.scopes().into_iter().chain(known).collect::<BTreeSet<_>>() {
            for line in self.acknowledged(scope)? {
                number += 1;
                union.add(number, line)?;
            }
        }
        let report = union.finish()?;
        if report.refused > 0 {
            return Err(StoreError::BackupUnverified(folder));
        }
        Ok(Elsewhere { store, folder, changes: report.new + report.known })
    }

    /// The lines of a scope that were acknowledged: of an open scope exactly those that are on its boards.
    fn acknowledged(&self, id: ScopeId) -> Result<Vec<Line>, StoreError> {
        let Some(scope) = self.scopes.get(&id) else { return self.lines(id, true) };
        let on_disk = self.lines(id, true).unwrap_or_default();
        let mut lines: Vec<Line> = on_disk.into_iter().filter(|line| scope.knows(line)).collect();
        for (board, private) in [(&scope.private, true), (&scope.board, false)] {
            let there = lines.iter().filter(|line| line.private == private).map(|line| line.change.id);
            let there: BTreeSet<ChangeId> = there.collect();
            lines.extend(missing(board, &there, private));
        }
        Ok(lines)
    }
}

/// The changes of a board that are not in a log, written again. One of which only the header is known has no line.
fn missing<'a>(
    board: &'a Board,
    there: &'a BTreeSet<ChangeId>,
    private: bool,
) -> impl Iterator<Item = Line> + 'a {
    let lacking = board.all_changes().filter(|change| !there.contains(&change.id));
    lacking.filter_map(move |change| {
        let Body::Writes(writes) = &change.body else { return None };
        let line = Line::encode(change.header.clone(), writes.clone(), private).ok()?;
        (line.change.id == change.id).then_some(line)
    })
}

fn ours_or_inside(folder: &Path) -> PathBuf {
    match Folder::at(folder).recognise() {
        Err(StoreError::Foreign(_)) if folder.is_dir() => folder.join(INSIDE),
        _ => folder.to_owned(),
    }
}
