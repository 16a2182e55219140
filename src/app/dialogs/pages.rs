//! Lines to read: help and history.

use crate::text::{nfc, wrap};

/// The cells that the first column of pairs takes.
pub const TERM: u16 = 22;

/// A text that scrolls.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pages {
    /// The title.
    pub title: String,
    /// The lines.
    pub lines: Vec<Line>,
    /// The first line shown.
    pub top: usize,
    /// The line that is pointed at.
    pub marked: Option<usize>,
    /// Which page it is, if its lines are made anew as long as it is shown.
    pub live: Option<Live>,
}

/// A page about the session as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Live {
    /// The chair's.
    Chair,
    /// The figures.
    Statistics,
}

/// A line of a text to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// A heading.
    Heading(String),
    /// A term and what it means, in two columns.
    Pair(String, String),
    /// A sentence, wrapped.
    Text(String),
}

impl Line {
    /// How many rows it takes in a pane of `columns`.
    fn rows(&self, columns: u16) -> usize {
        let wrapped =
            |text: &str, columns: u16| wrap::wrap(&nfc::drawable(text), columns.max(1).into()).len();
        match self {
            Self::Heading(text) | Self::Text(text) => wrapped(text, columns),
            Self::Pair(_, meaning) => wrapped(meaning, columns.saturating_sub(TERM)).max(1),
        }
    }
}

impl Pages {
    /// Scrolls by lines, upwards if negative.
    pub fn scroll(&mut self, lines: isize) {
        let last = self.lines.len().saturating_sub(1);
        self.top = self.top.saturating_add_signed(lines).min(last);
    }

    /// Turns a page of `height` rows, backwards if `by` is negative: no line is passed that was not shown whole, but one that is
    /// longer than a page.
    pub fn turn(&mut self, by: isize, columns: u16, height: u16) {
        let mut room = usize::from(height);
        let mut fits = |line: &&Line| {
            let rows = line.rows(columns);
            let fits = rows <= room;
            room = room.saturating_sub(rows);
            fits
        };
        let count = if by < 0 {
            self.lines.iter().take(self.top).rev().take_while(&mut fits).count()
        } else {
            self.lines.iter().skip(self.top).take_while(&mut fits).count()
        };
        self.scroll(by.signum() * isize::try_from(count.max(1)).unwrap_or(isize::MAX));
    }

    /// Scrolls back as far as the last line leaves rows of the pane empty.
    pub fn settle(&mut self, columns: u16, height: u16) {
        let mut room = usize::from(height);
        let mut lowest = self.lines.len();
        for line in self.lines.iter().rev() {
            let rows = line.rows(columns);
            if rows > room {
                break;
            }
            room -= rows;
            lowest -= 1;
        }
        self.top = self.top.min(lowest.min(self.lines.len().saturating_sub(1)));
    }
}
