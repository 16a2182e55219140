//! What in this session and in all past ones says nearly what the selected line of the triage says.
//!
//! The answer comes from outside (all sessions are not at hand), so a question has a number and an older answer is dropped.

use super::{App, effect::Effect, msg::Hit, panes::PaneId, session::SessionSeat};
use crate::domain::{ids::RecordId, record::Record};

/// So many of each are kept.
const KEPT: usize = 3;

/// The question that was asked last, and its answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Nearest {
    of: Option<RecordId>,
    text: String,
    generation: u64,
    hits: Vec<Hit>,
    /// Whether there was an answer.
    pub is_answered: bool,
}

impl SessionSeat {
    /// The difficulties of this session that are nearest to the selected line, as the list shows them, each once.
    pub fn nearest_here(&self) -> Vec<&Record> {
        let mut found: Vec<&Record> = Vec::new();
        for hit in self.nearest.hits.iter().filter(|hit| hit.scope == self.scope()) {
            let record = self.board.record(self.shown_for(hit.record));
            let is_new = |record: &&Record| {
                Some(record.id) != self.nearest.of && found.iter().all(|known| known.id != record.id)
            };
            found.extend(record.filter(|record| !record.is_removed() && is_new(record)));
        }
        found.truncate(KEPT);
        found
    }

    /// What is nearest to it in other sessions.
    pub fn nearest_elsewhere(&self) -> impl Iterator<Item = &Hit> {
        self.nearest.hits.iter().filter(|hit| hit.scope != self.scope()).take(KEPT)
    }
}

impl App {
    /// Asks again if another line is selected in the triage, or its words changed.
    pub(super) fn ask_nearest(&mut self) -> Option<Effect> {
        let next = self.generation + 1;
        let seat = self.session_mut().filter(|seat| seat.pane == PaneId::Triage)?;
        let selected = seat.selected().filter(|record| !record.is_off_record())?;
        let (of, text) = (selected.id, selected.wording().to_owned());
        if seat.nearest.of == Some(of) && seat.nearest.text == text {
            return None;
        }
        let scope = seat.scope();
        seat.nearest = Nearest { of: Some(of), text: text.clone(), generation: next, ..Nearest::default() };
        self.generation = next;
        Some(Effect::Nearest { generation: next, scope, record: of, text })
    }

    /// Takes an answer.
    pub(super) fn take_nearest(&mut self, generation: u64, hits: Vec<Hit>) {
        if let Some(seat) = self.session_mut().filter(|seat| seat.nearest.generation == generation) {
            seat.nearest.hits = hits;
            seat.nearest.is_answered = true;
        }
    }
}
