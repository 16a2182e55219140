//! The capture line: one bare line and Enter is a complete record.
//!
//! The context of the room (unit, agenda item, time) is taken at the line's first keystroke and shown as a prefix.
//! Invariant: a text leaves the line only when the writer has acknowledged it, or a person removed it.

pub mod grammar;

use std::collections::VecDeque;

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::editor::{Draft, Editor};
use crate::domain::{
    agenda,
    board::Board,
    command::Capture,
    edit::Edit,
    ids::{IdStream, RecordId},
    kind::Kind,
    roster,
};
use grammar::Parsed;

/// What the room was like when the first letter was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// When.
    pub said_at: DateTime<FixedOffset>,
    /// Whose turn it was.
    pub unit: Option<RecordId>,
    /// Which agenda item was on.
    pub item: Option<RecordId>,
}

/// The line being typed.
#[derive(Debug, Clone)]
pub struct CaptureLine {
    /// The text.
    pub editor: Editor,
    /// The room at its first keystroke; `None` while the line is empty.
    pub context: Option<Context>,
    /// Further lines that were pasted and wait for their Enter.
    pub waiting: VecDeque<String>,
    /// Whose turn it is: the unit of the next line.
    pub speaking: Option<RecordId>,
}

impl Default for CaptureLine {
    fn default() -> Self {
        Self { editor: Editor::line(), context: None, waiting: VecDeque::new(), speaking: None }
    }
}

/// The line as it is kept in a draft.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    line: Draft,
    context: Option<Context>,
    waiting: Vec<String>,
    speaking: Option<RecordId>,
}

impl CaptureLine {
    /// What is kept of it.
    pub fn kept(&self) -> Kept {
        Kept {
            line: self.editor.draft(),
            context: self.context,
            waiting: self.waiting.iter().cloned().collect(),
            speaking: self.speaking,
        }
    }

    /// The line that was kept.
    pub fn restored(kept: Kept) -> Self {
        Self {
            editor: Editor::line().with_draft(&kept.line),
            context: kept.context,
            waiting: kept.waiting.into(),
            speaking: kept.speaking,
        }
    }

    /// Takes the context of the room if this is the line's first letter, and lets it go with the last.
    pub fn note_context(&mut self, board: &Board, now: DateTime<FixedOffset>) {
        if self.editor.is_empty() {
            self.context = None;
        } else if self.context.is_none() {
            let item = agenda::current(board).map(|item| item.id);
            self.context = Some(Context { said_at: now, unit: self.speaking, item });
        }
    }

    /// The unit of this line, or of the next one.
    pub fn unit(&self) -> Option<RecordId> {
        self.context.map_or(self.speaking, |context| context.unit)
    }

    /// Says who speaks: for this line and the next ones.
    pub fn set_speaker(&mut self, unit: Option<RecordId>) {
        self.speaking = unit;
        if let Some(context) = &mut self.context {
            context.unit = unit;
        }
    }

    /// Adds a text of many lines: the first to the line, the others to wait.
    pub fn paste(&mut self, text: &str) -> usize {
        let clean = crate::text::nfc::clean(text);
        let mut lines = clean.split('\n').map(str::trim).filter(|line| !line.is_empty());
        self.editor.paste(lines.next().unwrap_or_default());
        let before = self.waiting.len();
        self.waiting.extend(lines.map(str::to_owned));
        self.waiting.len() - before
    }

    /// What the line says, by the session's unit codes.
    pub fn parsed(&self, board: &Board) -> Parsed {
        grammar::parse(&self.editor.text_nfc(), &unit_codes(board))
    }

    /// The capture that the line amounts to; `None` if it has no words.
    pub fn capture(&self, board: &Board, ids: &mut IdStream, now: DateTime<FixedOffset>) -> Option<Capture> {
        let parsed = self.parsed(board);
        if parsed.text.is_empty() {
            return None;
        }
        let context = self.context;
        let kind = parsed.kind_or_note();
        let unit = parsed.unit.or_else(|| self.unit());
        let mut details = parsed.details();
        details.extend(unit.map(|unit| Edit::Unit(Some(unit))));
        details.extend(context.and_then(|c| c.item).map(|item| Edit::Item(Some(item))));
        details.retain(|edit| edit.fits(kind));
        let said_at = context.map_or(now, |context| context.said_at);
        Some(Capture {
            record: ids.record(),
            kind,
            text: parsed.text,
            said_at,
            details,
            off_record: parsed.off_record,
        })
    }

    /// Empties the line and takes up the next waiting one.
    pub fn advance(&mut self) {
        let next = self.waiting.pop_front().unwrap_or_default();
        self.editor = Editor::line().with_text(&next);
        self.context = None;
    }

    /// Puts a text back that could not be stored; what is being typed waits behind it.
    pub fn give_back(&mut self, text: &str) {
        if !self.editor.is_empty() {
            self.waiting.push_front(self.editor.text());
        }
        self.editor = Editor::line().with_text(text);
    }

    /// Completes the code under the cursor, if exactly one begins with it.
    pub fn complete(&mut self, board: &Board) -> bool {
        let text = self.editor.text();
        if text.contains(' ') || text.is_empty() {
            return false;
        }
        let found = grammar::completions(&text, &unit_codes(board));
        let Some(only) = found.first().filter(|_| found.len() == 1) else { return false };
        self.editor = Editor::line().with_text(&format!("{only} "));
        true
    }
}

/// The codes of a session's units.
pub fn unit_codes(board: &Board) -> Vec<(String, RecordId)> {
    board.of_kind(Kind::Unit).into_iter().map(|unit| (roster::code(unit).to_owned(), unit.id)).collect()
}
