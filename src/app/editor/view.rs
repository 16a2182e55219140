//! What of an editor is seen: visual rows, the selection in them, the cursor's cell, the scroll.
//!
//! Pure: drawing it is the business of `ui`. Invariant: after every key the cursor's row is in view.

use std::ops::Range;

use super::Editor;
use super::buffer::{Buffer, Pos, RowPos, prefix};
use crate::text::{clusters, width};

/// One visual row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<'a> {
    /// The text of the row as it is stored: send it through NFC, cluster by cluster, when drawing.
    pub text: &'a str,
    /// The line it belongs to, counted from 0.
    pub line: usize,
    /// The byte of the line at which the row starts.
    pub start: usize,
    /// The selected bytes of `text`.
    pub selected: Option<Range<usize>>,
}

/// The visible part of an editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct View<'a> {
    /// The rows from top to bottom, at most as many as the pane is high.
    pub rows: Vec<Row<'a>>,
    /// Column and row of the cursor in the pane; `None` when scrolled out of sight.
    pub cursor: Option<(u16, u16)>,
    /// Whether there is more above, or to the left in a single line.
    pub before: bool,
    /// Whether there is more below, or to the right in a single line.
    pub after: bool,
}

/// The size of the pane and what it is scrolled to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Window {
    pub(super) columns: u16,
    pub(super) height: u16,
    top: RowPos,
    /// First visible byte of a line that does not wrap.
    left: usize,
}

impl Default for Window {
    fn default() -> Self {
        Self { columns: 80, height: 1, top: RowPos::default(), left: 0 }
    }
}

impl Window {
    /// Scrolls as little as possible so that `head` is in view and no row of the pane is wasted.
    pub(super) fn follow(&mut self, buffer: &Buffer, head: Pos) {
        let row = buffer.row_of(head);
        let last_row = buffer.rows(self.top.line).len().saturating_sub(1);
        self.top.row = self.top.row.min(last_row);
        self.top = self.top.clamp(self.top_above(buffer, row), row).min(self.lowest_top(buffer));
    }

    /// The top at which `row` is the last row in view.
    fn top_above(&self, buffer: &Buffer, row: RowPos) -> RowPos {
        let above = std::iter::successors(Some(row), |at| buffer.row_above(*at));
        above.take(self.height.into()).last().unwrap_or(row)
    }

    fn lowest_top(&self, buffer: &Buffer) -> RowPos {
        self.top_above(buffer, buffer.row_of(buffer.end()))
    }

    /// Scrolls a line that does not wrap sideways so that `head` is in view and no cell of the pane is wasted.
    pub(super) fn follow_sideways(&mut self, buffer: &Buffer, head: Pos) {
        let line = buffer.line(head.line);
        let lowest = self.left_of(line, line.len());
        // Where a cluster began, another text may have the middle of one.
        let left = buffer.snap(Pos { line: head.line, byte: self.left }).byte;
        self.left = left.clamp(self.left_of(line, head.byte), head.byte).min(lowest);
    }

    /// The first visible byte if the cell behind `end` is the last one in view.
    fn left_of(&self, line: &str, end: usize) -> usize {
        let (mut first, mut used) = (end, 1);
        while first > 0 {
            let before = clusters::prev_boundary(line, first);
            used += line.get(before..first).map_or(0, width::cluster_width);
            if used > self.columns.into() {
                break;
            }
            first = before;
        }
        first
    }

    /// Moves the view by rows, the cursor staying where it is.
    pub(super) fn scroll(&mut self, buffer: &Buffer, rows: i32) {
        for _ in 0..rows.unsigned_abs() {
            let next = if rows < 0 { buffer.row_above(self.top) } else { buffer.row_below(self.top) };
            self.top = next.unwrap_or(self.top);
        }
        self.top = self.top.min(self.lowest_top(buffer));
    }
}

impl Editor {
    /// Says how large the pane is, in cells, and keeps the cursor in view. At least one cell is assumed.
    pub fn resize(&mut self, columns: u16, height: u16) {
        self.window.columns = columns.max(1);
        self.window.height = height.max(1);
        self.buffer.wrap_at(columns.max(1));
        self.follow();
    }

    /// How many visual rows the text takes at the present width: for panes that grow with it.
    pub fn row_count(&self) -> usize {
        (0..=self.buffer.last_line()).map(|line| self.buffer.rows(line).len()).sum()
    }

    /// Scrolls by visual rows, upwards if negative; the cursor stays where it is in the text.
    pub fn scroll(&mut self, rows: i32) {
        self.window.scroll(&self.buffer, rows);
    }

    /// What is to be drawn.
    pub fn view(&self) -> View<'_> {
        if self.multi { self.rows_view() } else { self.line_view() }
    }

    pub(super) fn follow(&mut self) {
        if self.multi {
            self.window.follow(&self.buffer, self.caret.head);
        } else {
            self.window.follow_sideways(&self.buffer, self.caret.head);
        }
    }

    fn visible_rows(&self) -> impl Iterator<Item = RowPos> {
        std::iter::successors(Some(self.window.top), |at| self.buffer.row_below(*at))
            .take(self.window.height.into())
    }

    fn rows_view(&self) -> View<'_> {
        let visible: Vec<RowPos> = self.visible_rows().collect();
        let cursor_row = self.buffer.row_of(self.caret.head);
        let below = visible.last().and_then(|at| self.buffer.row_below(*at));
        View {
            rows: visible.iter().map(|at| self.wrapped_row(*at)).collect(),
            cursor: visible.iter().position(|at| *at == cursor_row).map(|y| (self.cursor_column(), cell(y))),
            before: self.buffer.row_above(self.window.top).is_some(),
            after: below.is_some(),
        }
    }

    fn wrapped_row(&self, at: RowPos) -> Row<'_> {
        let (start, text) = self.buffer.row(at);
        Row { text, line: at.line, start, selected: self.selected_in(at.line, start, text.len()) }
    }

    /// Blanks that hang over the right edge keep the cursor in the last cell.
    fn cursor_column(&self) -> u16 {
        cell(self.buffer.column(self.caret.head)).min(self.window.columns - 1)
    }

    fn line_view(&self) -> View<'_> {
        let line = self.buffer.line(0);
        let (head, left) = (self.caret.head.byte, self.window.left);
        let rest = line.get(left..).unwrap_or_default();
        let text = rest.get(..prefix(rest, self.window.columns.into())).unwrap_or_default();
        let x = line.get(left..head).map_or(0, width::width);
        View {
            rows: vec![Row { text, line: 0, start: left, selected: self.selected_in(0, left, text.len()) }],
            cursor: Some((cell(x).min(self.window.columns - 1), 0)),
            before: left > 0,
            after: text.len() < rest.len(),
        }
    }

    fn selected_in(&self, line: usize, start: usize, len: usize) -> Option<Range<usize>> {
        let range = self.caret.range();
        let edge = |pos: Pos| match pos.line.cmp(&line) {
            std::cmp::Ordering::Less => 0,
            std::cmp::Ordering::Equal => pos.byte.saturating_sub(start).min(len),
            std::cmp::Ordering::Greater => len,
        };
        Some(edge(range.start)..edge(range.end)).filter(|bytes| !bytes.is_empty())
    }

    /// The position under a cell of the pane: the nearest one, if no text is there.
    pub(super) fn position_at(&self, column: u16, row: u16) -> Pos {
        if self.multi {
            let at = self.visible_rows().take(usize::from(row) + 1).last().unwrap_or_default();
            self.buffer.at_column(at, column.into())
        } else {
            let rest = self.buffer.line(0).get(self.window.left..).unwrap_or_default();
            Pos { line: 0, byte: self.window.left + prefix(rest, column.into()) }
        }
    }
}

fn cell(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}
