//! Moving the caret: by cluster, word, visual row, page and document.

use super::Editor;
use super::buffer::{Pos, RowPos};
use super::caret::Caret;

/// A way to move the caret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Motion {
    /// One cluster to the left.
    Left,
    /// One cluster to the right.
    Right,
    /// To the start of the word.
    WordLeft,
    /// To the start of the next word.
    WordRight,
    /// One visual row up, in the column the movement began in.
    Up,
    /// One visual row down, in the column the movement began in.
    Down,
    /// To the start of the visual row.
    RowStart,
    /// To the end of the visual row.
    RowEnd,
    /// A pane's height up.
    PageUp,
    /// A pane's height down.
    PageDown,
    /// To the start of the text.
    TextStart,
    /// To the end of the text.
    TextEnd,
}

impl Editor {
    /// Moves the caret; with `select` the selection grows or shrinks, without it ends.
    pub fn go(&mut self, motion: Motion, select: bool) {
        let column = || self.goal.unwrap_or_else(|| self.buffer.column(self.caret.head));
        let goal = is_vertical(motion).then(column);
        let target = self.target(motion, select, goal.unwrap_or_default());
        self.place(target, select);
        self.goal = goal;
    }

    /// Selects everything.
    pub fn select_all(&mut self) {
        self.place(Pos::default(), false);
        self.place(self.buffer.end(), true);
    }

    /// Puts the caret under a cell of the pane (column and row from its corner, in cells), as a click does.
    pub fn click(&mut self, column: u16, row: u16) {
        self.place(self.position_at(column, row), false);
    }

    /// Selects from where the click was to a cell of the pane.
    pub fn drag(&mut self, column: u16, row: u16) {
        self.place(self.position_at(column, row), true);
    }

    fn place(&mut self, head: Pos, select: bool) {
        let head = self.buffer.snap(head);
        let anchor = if select { self.caret.anchor } else { head };
        self.caret = Caret { anchor, head };
        self.goal = None;
        self.history.close();
        self.follow();
    }

    fn target(&self, motion: Motion, select: bool, goal: usize) -> Pos {
        let (head, range) = (self.caret.head, self.caret.range());
        let collapses = self.caret.is_selection() && !select;
        match motion {
            Motion::Left if collapses => range.start,
            Motion::Right if collapses => range.end,
            Motion::Left => self.buffer.prev(head),
            Motion::Right => self.buffer.next(head),
            Motion::WordLeft => self.buffer.prev_word(head),
            Motion::WordRight => self.buffer.next_word(head),
            Motion::RowStart => self.row_start(head),
            Motion::RowEnd => self.buffer.row_end(self.buffer.row_of(head)),
            Motion::TextStart => Pos::default(),
            Motion::TextEnd => self.buffer.end(),
            Motion::Up => self.climb(1, goal),
            Motion::Down => self.descend(1, goal),
            Motion::PageUp => self.climb(self.window.height.into(), goal),
            Motion::PageDown => self.descend(self.window.height.into(), goal),
        }
    }

    fn row_start(&self, head: Pos) -> Pos {
        let at = self.buffer.row_of(head);
        Pos { line: at.line, byte: self.buffer.row(at).0 }
    }

    fn climb(&self, rows: usize, goal: usize) -> Pos {
        let target = self.walk(rows, |at| self.buffer.row_above(at));
        target.map_or(Pos::default(), |at| self.buffer.at_column(at, goal))
    }

    fn descend(&self, rows: usize, goal: usize) -> Pos {
        let target = self.walk(rows, |at| self.buffer.row_below(at));
        target.map_or(self.buffer.end(), |at| self.buffer.at_column(at, goal))
    }

    /// The row `rows` steps away or the last one before the edge; `None` when there is no step at all.
    fn walk(&self, rows: usize, step: impl Fn(RowPos) -> Option<RowPos>) -> Option<RowPos> {
        let first = step(self.buffer.row_of(self.caret.head));
        std::iter::successors(first, |at| step(*at)).take(rows).last()
    }
}

fn is_vertical(motion: Motion) -> bool {
    matches!(motion, Motion::Up | Motion::Down | Motion::PageUp | Motion::PageDown)
}
