//! All sessions: a list by year, newest first; the headings over the years cannot be selected.

use crate::domain::{catalogue::Catalogue, quarter::Quarter};

/// All sessions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Home {
    /// The selected session, by its place in the catalogue.
    pub selected: usize,
    /// The first row shown, headings counted.
    pub top: usize,
}

/// A row of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HomeRow {
    /// The heading over the sessions of a year; none over those without a quarter.
    Year(Option<i32>),
    /// A session, by its place in the catalogue.
    Session(usize),
}

/// The rows of the list.
pub fn rows(catalogue: &Catalogue) -> Vec<HomeRow> {
    let mut rows = Vec::new();
    let mut above = None;
    for (at, header) in catalogue.sessions().iter().enumerate() {
        let year = header.quarter().map(Quarter::year);
        if above != Some(year) {
            rows.push(HomeRow::Year(year));
            above = Some(year);
        }
        rows.push(HomeRow::Session(at));
    }
    rows
}

impl Home {
    /// Keeps the selection on a session, and scrolls as little as possible so that it is among `height` rows, and the
    /// heading if it stands right above.
    pub(super) fn follow(&mut self, catalogue: &Catalogue, height: usize) {
        self.selected = self.selected.min(catalogue.sessions().len().saturating_sub(1));
        let rows = rows(catalogue);
        let at = rows.iter().position(|row| *row == HomeRow::Session(self.selected)).unwrap_or(0);
        let headed = at.checked_sub(1).filter(|above| matches!(rows.get(*above), Some(HomeRow::Year(_))));
        let full = rows.len().saturating_sub(height);
        self.top = self.top.min(headed.unwrap_or(at)).min(full).max((at + 1).saturating_sub(height.max(1)));
    }
}
