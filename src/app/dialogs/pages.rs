//! Lines to read: help and history.

/// A text that scrolls.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pages {
    /// The title.
    pub title: String,
    /// The lines.
    pub lines: Vec<Line>,
    /// The first line shown.
    pub top: usize,
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

impl Pages {
    /// Scrolls by lines, upwards if negative.
    pub fn scroll(&mut self, lines: isize) {
        let last = self.lines.len().saturating_sub(1);
        self.top = self.top.saturating_add_signed(lines).min(last);
    }
}
