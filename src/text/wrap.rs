//! A paragraph as the rows a person sees.
//!
//! Soft wrap only: rows are ranges of the paragraph, one after the other without a gap, so any offset is in
//! exactly one of them.

use std::ops::Range;

use super::clusters::clusters;
use super::width::cluster_width;

/// The rows of `paragraph` (one line, no `\n`) in a pane of `width` cells; at least one row.
///
/// Rows end behind spaces, never at a space that forbids it (U+00A0, U+2007, U+202F). Spaces that overhang
/// the pane belong to the row above. A word wider than the pane is cut between clusters, and a cluster wider
/// than the pane has a row to itself.
pub fn wrap(paragraph: &str, width: usize) -> Vec<Range<usize>> {
    let mut rows = Rows { width, ..Rows::default() };
    for (at, cluster) in clusters(paragraph) {
        let cells = cluster_width(cluster);
        if is_breaking_space(cluster) {
            rows.push_space(at + cluster.len(), cells);
        } else {
            rows.push_letter(at, cells);
        }
    }
    rows.cut(paragraph.len());
    rows.done
}

/// A space with a mark on it is a letter.
fn is_breaking_space(cluster: &str) -> bool {
    cluster.chars().all(|c| c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{2007}' | '\u{202F}'))
}

#[derive(Debug, Default)]
struct Rows {
    width: usize,
    done: Vec<Range<usize>>,
    /// Where the open row starts, and its cells so far.
    start: usize,
    cells: usize,
    /// Where the last word of the open row starts, and its cells so far.
    word: usize,
    word_cells: usize,
}

impl Rows {
    fn push_space(&mut self, end: usize, cells: usize) {
        self.cells += cells;
        self.word = end;
        self.word_cells = 0;
    }

    fn push_letter(&mut self, at: usize, cells: usize) {
        if self.overflows(cells) && self.word > self.start {
            self.cut(self.word);
            self.cells = self.word_cells;
        }
        // A wide letter may not fit behind its word even in a row of their own.
        if self.overflows(cells) && at > self.start {
            self.cut(at);
            (self.cells, self.word, self.word_cells) = (0, at, 0);
        }
        self.cells += cells;
        self.word_cells += cells;
    }

    fn overflows(&self, cells: usize) -> bool {
        cells > 0 && self.cells + cells > self.width
    }

    fn cut(&mut self, end: usize) {
        self.done.push(self.start..end);
        self.start = end;
    }
}
