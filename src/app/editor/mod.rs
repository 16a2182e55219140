//! The text editor of every field and pane.
//!
//! Owns a text, a caret, the undo history and what of it is in view. It keeps what was typed
//! untouched, so that an input method which counts the units it sent finds them again; texts that
//! arrive whole (paste, loading) pass the normal form at once, and [`Editor::text_nfc`] is what gets saved.
//! It knows neither terminal nor clock nor board. Invariant: both ends of the caret stand on cluster
//! edges of the stored text.

mod buffer;
mod caret;
mod history;
mod keys;
mod line;
mod motion;
mod view;

#[cfg(test)]
mod tests;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use self::buffer::Buffer;
use self::history::{Edit, Grouping, History};
use self::view::Window;
use crate::text::nfc;

pub use self::buffer::Pos;
pub use self::caret::Caret;
pub use self::keys::Handled;
pub use self::motion::Motion;
pub use self::view::{Row, View};

/// A text being typed: many lines, or one.
#[derive(Debug, Clone)]
pub struct Editor {
    multi: bool,
    buffer: Buffer,
    caret: Caret,
    /// The column that vertical movement aims at.
    goal: Option<usize>,
    history: History,
    window: Window,
}

/// A half-typed text as it is kept: the bytes, and where the caret stood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The text, untouched, lines ended by line feeds.
    pub text: String,
    /// Cursor and selection.
    pub caret: Caret,
}

impl Editor {
    /// An empty editor of many lines, wrapped at the pane's width.
    pub fn multi() -> Self {
        Self::new(true)
    }

    /// An empty editor of one line, scrolled sideways.
    pub fn line() -> Self {
        Self::new(false)
    }

    fn new(multi: bool) -> Self {
        let window = Window::default();
        let buffer = Buffer::new("", multi.then_some(window.columns));
        Self { multi, buffer, caret: Caret::default(), goal: None, history: History::default(), window }
    }

    /// The same editor with another text in it: cleaned, in NFC, the cursor at its end, nothing to undo.
    #[must_use]
    pub fn with_text(self, text: &str) -> Self {
        let text = self.admit(text);
        let mut editor = self.with_stored(&text);
        editor.caret = Caret::at(editor.buffer.end());
        editor.follow();
        editor
    }

    /// The same editor with a draft in it, byte for byte; a caret that does not fit is moved to where it does.
    #[must_use]
    pub fn with_draft(self, draft: &Draft) -> Self {
        let mut editor = self.with_stored(&draft.text);
        let Caret { anchor, head } = draft.caret;
        editor.caret = Caret { anchor: editor.buffer.snap(anchor), head: editor.buffer.snap(head) };
        editor.follow();
        editor
    }

    fn with_stored(self, text: &str) -> Self {
        let flat = if self.multi { text.to_owned() } else { text.replace('\n', " ") };
        let buffer = Buffer::new(&flat, self.multi.then_some(self.window.columns));
        let (history, caret) = (History::default(), Caret::default());
        Self { buffer, caret, history, goal: None, ..self }
    }

    /// What is to be kept of a half-typed text.
    pub fn draft(&self) -> Draft {
        Draft { text: self.text(), caret: self.caret }
    }

    /// The text as typed.
    pub fn text(&self) -> String {
        self.buffer.text()
    }

    /// The text as it is saved: NFC.
    pub fn text_nfc(&self) -> String {
        nfc::nfc(&self.text()).into_owned()
    }

    /// The character before the cursor in its line; `None` at the line's start.
    pub fn char_before(&self) -> Option<char> {
        let head = self.caret.head;
        self.buffer.line(head.line).get(..head.byte)?.chars().next_back()
    }

    /// The text before the cursor and the text after it, in NFC.
    pub fn split_at_cursor(&self) -> (String, String) {
        let head = self.caret.head;
        let before = self.buffer.slice(&(Pos::default()..head));
        let after = self.buffer.slice(&(head..self.buffer.end()));
        (nfc::nfc(&before).into_owned(), nfc::nfc(&after).into_owned())
    }

    /// Whether nothing is typed.
    pub fn is_empty(&self) -> bool {
        self.buffer.is_empty()
    }

    /// Cursor and selection.
    pub fn caret(&self) -> Caret {
        self.caret
    }

    /// Puts the cursor there, or where it fits next to it.
    pub fn put_cursor(&mut self, at: Pos) {
        self.settle(Caret::at(self.buffer.snap(at)));
    }

    /// Types a character: it takes the place of the selection. Control characters are not text.
    pub fn insert(&mut self, c: char) {
        if !c.is_control() {
            self.replace(&self.caret.range(), c.encode_utf8(&mut [0; 4]), Grouping::Typing);
        }
    }

    /// Starts a new line; nothing happens in an editor of one line.
    pub fn newline(&mut self) {
        if self.multi {
            self.replace(&self.caret.range(), "\n", Grouping::Alone);
        }
    }

    /// Inserts a text that arrived whole, cleaned and in NFC, as one step of its own.
    pub fn paste(&mut self, text: &str) {
        let text = self.admit(text);
        if !text.is_empty() {
            self.replace(&self.caret.range(), &text, Grouping::Alone);
        }
    }

    /// Removes the selection, else one trailing combining mark, else the cluster before the cursor, else joins lines.
    pub fn backspace(&mut self) {
        let start = self.buffer.backspace_start(self.caret.head);
        self.remove(start..self.caret.head, Grouping::Typing);
    }

    /// Removes the selection, else the cluster after the cursor, else joins lines.
    pub fn delete(&mut self) {
        let end = self.buffer.next(self.caret.head);
        self.remove(self.caret.head..end, Grouping::Typing);
    }

    /// Removes the selection, else back to the start of the word.
    pub fn delete_word_left(&mut self) {
        let start = self.buffer.prev_word(self.caret.head);
        self.remove(start..self.caret.head, Grouping::Alone);
    }

    /// Removes the selection, else up to the next word.
    pub fn delete_word_right(&mut self) {
        let end = self.buffer.next_word(self.caret.head);
        self.remove(self.caret.head..end, Grouping::Alone);
    }

    /// Empties the line of the cursor.
    pub fn clear_line(&mut self) {
        let line = self.caret.head.line;
        self.caret = Caret::at(self.caret.head);
        self.remove(Pos { line, byte: 0 }..self.buffer.line_end(line), Grouping::Alone);
    }

    /// The selected text.
    pub fn copy(&self) -> Option<String> {
        self.caret.is_selection().then(|| self.buffer.slice(&self.caret.range()))
    }

    /// The selected text, which is removed.
    pub fn cut(&mut self) -> Option<String> {
        let text = self.copy()?;
        self.remove(self.caret.range(), Grouping::Alone);
        Some(text)
    }

    /// Takes the last step back; whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(step) = self.history.undo() else { return false };
        for Edit { at, removed, inserted } in step.edits.iter().rev() {
            self.buffer.replace(&(*at..at.after(inserted)), removed);
        }
        self.settle(step.before);
        true
    }

    /// Makes the step again that was taken back last; whether there was one.
    pub fn redo(&mut self) -> bool {
        let Some(step) = self.history.redo() else { return false };
        for Edit { at, removed, inserted } in &step.edits {
            self.buffer.replace(&(*at..at.after(removed)), inserted);
        }
        self.settle(step.after);
        true
    }

    fn admit(&self, text: &str) -> String {
        if self.multi { nfc::clean(text) } else { nfc::clean_line(text.trim_end_matches(['\r', '\n'])) }
    }

    /// Removes the selection if there is one, else `range`.
    fn remove(&mut self, range: Range<Pos>, grouping: Grouping) {
        let range = if self.caret.is_selection() { self.caret.range() } else { range };
        if !range.is_empty() {
            self.replace(&range, "", grouping);
        }
    }

    fn replace(&mut self, range: &Range<Pos>, with: &str, grouping: Grouping) {
        let before = self.caret;
        let (removed, end) = self.buffer.replace(range, with);
        let after = Caret::at(self.buffer.snap(end));
        let edit = Edit { at: range.start, removed, inserted: with.to_owned() };
        self.history.record(edit, before, after, grouping);
        self.settle(after);
    }

    fn settle(&mut self, caret: Caret) {
        self.caret = caret;
        self.goal = None;
        self.follow();
    }
}
