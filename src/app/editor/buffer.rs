//! The lines of an editor: what is stored, and where a position lies.
//!
//! Owns the text; knows neither caret nor history. Invariant: there is at least one line, and no line
//! holds a line feed.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::line::Line;
use crate::text::{clusters, width};

/// A place in the text: a line, and a byte offset in it that is a `char` boundary.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Pos {
    /// Line, counted from 0.
    pub line: usize,
    /// Byte offset in the line.
    pub byte: usize,
}

impl Pos {
    /// Where a text ends that was inserted here.
    pub(super) fn after(self, text: &str) -> Self {
        match text.rsplit_once('\n') {
            None => Self { line: self.line, byte: self.byte + text.len() },
            Some((head, last)) => Self { line: self.line + 1 + head.matches('\n').count(), byte: last.len() },
        }
    }
}

/// A visual row: a line, and which of its rows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RowPos {
    pub(super) line: usize,
    pub(super) row: usize,
}

/// The lines, and how many columns they wrap at (`None`: they do not wrap).
#[derive(Debug, Clone)]
pub(super) struct Buffer {
    lines: Vec<Line>,
    columns: Option<u16>,
}

impl Buffer {
    pub(super) fn new(text: &str, columns: Option<u16>) -> Self {
        Self { lines: text.split('\n').map(Line::new).collect(), columns }
    }

    /// Wraps at another width; costs nothing when the width is the same.
    pub(super) fn wrap_at(&mut self, columns: u16) {
        if self.columns.is_some_and(|old| old != columns) {
            self.columns = Some(columns);
            self.lines.iter_mut().for_each(Line::forget_rows);
        }
    }

    pub(super) fn line(&self, line: usize) -> &str {
        self.lines.get(line).map_or("", Line::text)
    }

    pub(super) fn rows(&self, line: usize) -> &[Range<usize>] {
        self.lines.get(line).map_or(&[], |line| line.rows(self.columns))
    }

    pub(super) fn last_line(&self) -> usize {
        self.lines.len().saturating_sub(1)
    }

    pub(super) fn end(&self) -> Pos {
        self.line_end(self.last_line())
    }

    pub(super) fn line_end(&self, line: usize) -> Pos {
        Pos { line, byte: self.line(line).len() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.end() == Pos::default()
    }

    /// The lines with a line feed between them.
    pub(super) fn text(&self) -> String {
        self.slice(&(Pos::default()..self.end()))
    }

    pub(super) fn slice(&self, range: &Range<Pos>) -> String {
        let mut text = String::new();
        for line in range.start.line..=range.end.line {
            let start = if line == range.start.line { range.start.byte } else { 0 };
            let end = if line == range.end.line { range.end.byte } else { self.line(line).len() };
            text.push_str(if line == range.start.line { "" } else { "\n" });
            text.push_str(self.line(line).get(start..end).unwrap_or_default());
        }
        text
    }

    /// Puts `with` in the place of `range`; what was there, and where `with` ends.
    pub(super) fn replace(&mut self, range: &Range<Pos>, with: &str) -> (String, Pos) {
        let removed = self.slice(range);
        if range.start.line == range.end.line && !with.contains('\n') {
            if let Some(line) = self.lines.get_mut(range.start.line) {
                line.replace(range.start.byte..range.end.byte, with, self.columns);
            }
        } else {
            self.replace_lines(range, with);
        }
        (removed, range.start.after(with))
    }

    fn replace_lines(&mut self, range: &Range<Pos>, with: &str) {
        let head = self.line(range.start.line).get(..range.start.byte).unwrap_or_default();
        let tail = self.line(range.end.line).get(range.end.byte..).unwrap_or_default();
        let joined = [head, with, tail].concat();
        let lines: Vec<Line> = joined.split('\n').map(Line::new).collect();
        self.lines.splice(range.start.line..=range.end.line, lines);
    }

    /// The nearest position that exists and is a cluster edge, looking forward inside a cluster.
    pub(super) fn snap(&self, pos: Pos) -> Pos {
        let line = pos.line.min(self.last_line());
        let text = self.line(line);
        let byte = text.floor_char_boundary(if pos.line > line { text.len() } else { pos.byte });
        let edge = clusters::is_boundary(text, byte);
        Pos { line, byte: if edge { byte } else { clusters::next_boundary(text, byte) } }
    }

    /// One cluster, or line end, to the left.
    pub(super) fn prev(&self, pos: Pos) -> Pos {
        match (pos.byte, pos.line) {
            (0, 0) => pos,
            (0, line) => self.line_end(line - 1),
            (byte, line) => Pos { line, byte: clusters::prev_boundary(self.line(line), byte) },
        }
    }

    /// One cluster, or line end, to the right.
    pub(super) fn next(&self, pos: Pos) -> Pos {
        if pos < self.line_end(pos.line) {
            Pos { byte: clusters::next_boundary(self.line(pos.line), pos.byte), ..pos }
        } else if pos.line < self.last_line() {
            Pos { line: pos.line + 1, byte: 0 }
        } else {
            pos
        }
    }

    /// The start of the word to the left, or the end of the line before.
    pub(super) fn prev_word(&self, pos: Pos) -> Pos {
        match pos.byte {
            0 => self.prev(pos),
            byte => Pos { byte: clusters::prev_word(self.line(pos.line), byte), ..pos },
        }
    }

    /// The start of the next word to the right, or of the next line.
    pub(super) fn next_word(&self, pos: Pos) -> Pos {
        if pos < self.line_end(pos.line) {
            Pos { byte: clusters::next_word(self.line(pos.line), pos.byte), ..pos }
        } else {
            self.next(pos)
        }
    }

    /// Where Backspace leaves the text to: before the last combining mark, else before the cluster.
    pub(super) fn backspace_start(&self, pos: Pos) -> Pos {
        match pos.byte {
            0 => self.prev(pos),
            byte => {
                let before = self.line(pos.line).get(..byte).unwrap_or_default();
                Pos { byte: byte - clusters::backspace_len(before), ..pos }
            }
        }
    }

    /// The visual row on which a position is shown.
    pub(super) fn row_of(&self, pos: Pos) -> RowPos {
        let after = self.rows(pos.line).partition_point(|row| row.start <= pos.byte);
        RowPos { line: pos.line, row: after.saturating_sub(1) }
    }

    /// The row above, if there is one.
    pub(super) fn row_above(&self, at: RowPos) -> Option<RowPos> {
        if at.row > 0 {
            return Some(RowPos { row: at.row - 1, ..at });
        }
        let line = at.line.checked_sub(1)?;
        Some(RowPos { line, row: self.rows(line).len().saturating_sub(1) })
    }

    /// The row below, if there is one.
    pub(super) fn row_below(&self, at: RowPos) -> Option<RowPos> {
        if at.row + 1 < self.rows(at.line).len() {
            return Some(RowPos { row: at.row + 1, ..at });
        }
        (at.line < self.last_line()).then_some(RowPos { line: at.line + 1, row: 0 })
    }

    /// The text of a row and the byte at which it starts in its line.
    pub(super) fn row(&self, at: RowPos) -> (usize, &str) {
        let range = self.rows(at.line).get(at.row).cloned().unwrap_or_default();
        (range.start, self.line(at.line).get(range).unwrap_or_default())
    }

    /// The last position shown on a row; at a soft wrap inside a word that is before its last cluster.
    pub(super) fn row_end(&self, at: RowPos) -> Pos {
        let (start, text) = self.row(at);
        let byte = start + text.len();
        let shared = self.rows(at.line).get(at.row + 1).is_some_and(|next| next.start == byte);
        let byte = if shared { clusters::prev_boundary(self.line(at.line), byte).max(start) } else { byte };
        Pos { line: at.line, byte }
    }

    /// The column of a position on its row.
    pub(super) fn column(&self, pos: Pos) -> usize {
        let (start, _) = self.row(self.row_of(pos));
        self.line(pos.line).get(start..pos.byte).map_or(0, width::width)
    }

    /// The position on a row that is nearest to a column.
    pub(super) fn at_column(&self, at: RowPos, column: usize) -> Pos {
        let (start, text) = self.row(at);
        let byte = start + prefix(text, column);
        self.row_end(at).min(Pos { line: at.line, byte })
    }
}

/// How many bytes of `text` fit into `columns`, whole clusters only.
pub(super) fn prefix(text: &str, columns: usize) -> usize {
    let (mut byte, mut used) = (0, 0);
    while byte < text.len() {
        let next = clusters::next_boundary(text, byte);
        used += text.get(byte..next).map_or(0, width::cluster_width);
        if used > columns {
            break;
        }
        byte = next;
    }
    byte
}
