//! One line and how it wraps.
//!
//! The rows are kept from key to key, and after an edit only those near it are wrapped again, so
//! that a line of a whole report costs no more than a short one. Invariant: the rows kept are those
//! that wrapping the whole line would give.

use std::cell::OnceCell;
use std::ops::Range;

use crate::text::{width, wrap};

/// Rows above an edit that are wrapped again. A mark changes the cluster at the end of the row before;
/// a wide letter, once gone, lets the rest of its word return behind the word before: three rows.
const ROWS_ABOVE: usize = 3;
/// Rows below an edit that are wrapped again at first; more when that is not enough.
const ROWS_BELOW: usize = 4;

#[derive(Debug, Clone, Default)]
pub(super) struct Line {
    text: String,
    rows: OnceCell<Vec<Range<usize>>>,
}

impl Line {
    pub(super) fn new(text: &str) -> Self {
        Self { text: text.to_owned(), rows: OnceCell::new() }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The byte range of each visual row at a width; one row for a line that does not wrap.
    pub(super) fn rows(&self, columns: Option<u16>) -> &[Range<usize>] {
        self.rows.get_or_init(|| match columns {
            Some(columns) => wrapped(&self.text, 0, columns),
            None => std::iter::once(0..self.text.len()).collect(),
        })
    }

    pub(super) fn forget_rows(&mut self) {
        self.rows = OnceCell::new();
    }

    /// Puts `with` in the place of `range`, whose ends are `char` boundaries.
    pub(super) fn replace(&mut self, range: Range<usize>, with: &str, columns: Option<u16>) {
        self.text.replace_range(range.clone(), with);
        let rows = self.rows.take().zip(columns);
        if let Some((old, columns)) = rows {
            let edit = Replaced { range, len: with.len() };
            self.rows = OnceCell::from(rewrapped(&self.text, columns, &old, &edit));
        }
    }
}

/// The rows of `text` from the row start `from` on, with an empty one behind a last row that fills
/// the pane, blanks included, so that the cursor behind it has a cell.
fn wrapped(text: &str, from: usize, columns: u16) -> Vec<Range<usize>> {
    let mut rows = wrapped_plainly(text, from, columns);
    let last = rows.last().and_then(|row| text.get(row.start..));
    if last.is_none_or(|row| width::width(row) >= columns.into()) {
        rows.push(text.len()..text.len());
    }
    rows
}

fn wrapped_plainly(text: &str, from: usize, columns: u16) -> Vec<Range<usize>> {
    let rest = text.get(from..).unwrap_or_default();
    wrap::wrap(rest, columns.into()).into_iter().map(|row| row.start + from..row.end + from).collect()
}

/// An edit: the bytes replaced in the old text, and how many took their place.
struct Replaced {
    range: Range<usize>,
    len: usize,
}

impl Replaced {
    /// Where a byte behind the edit is now.
    fn moved(&self, byte: usize) -> usize {
        byte - self.range.len() + self.len
    }
}

/// The rows after an edit. They change from a little above it, where a row may take a word back, until
/// a new row starts where an old one did, behind the edit.
fn rewrapped(text: &str, columns: u16, old: &[Range<usize>], edit: &Replaced) -> Vec<Range<usize>> {
    let touched = old.partition_point(|row| row.start <= edit.range.start);
    let kept = old.get(..touched.saturating_sub(ROWS_ABOVE + 1)).unwrap_or_default();
    let from = old.get(kept.len()).map_or(0, |row| row.start);
    let behind = old.get(old.partition_point(|row| row.start <= edit.range.end)..).unwrap_or_default();
    let mut below = ROWS_BELOW;
    while let Some(stop) = behind.get(below) {
        let head = text.get(..edit.moved(stop.start)).unwrap_or_default();
        let new = wrapped_plainly(head, from, columns);
        if let Some((fresh, same)) = meeting(&new, behind, edit) {
            let moved = behind.iter().skip(same).map(|row| edit.moved(row.start)..edit.moved(row.end));
            return kept.iter().cloned().chain(new.into_iter().take(fresh)).chain(moved).collect();
        }
        below *= 4;
    }
    kept.iter().cloned().chain(wrapped(text, from, columns)).collect()
}

/// Which new row is the first to start where an old one did, and which old one that is.
fn meeting(new: &[Range<usize>], old: &[Range<usize>], edit: &Replaced) -> Option<(usize, usize)> {
    new.iter().enumerate().find_map(|(index, row)| {
        let same = old.binary_search_by_key(&row.start, |old| edit.moved(old.start)).ok()?;
        Some((index, same))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows_after(text: &str, range: Range<usize>, with: &str, columns: u16) -> (Line, Vec<Range<usize>>) {
        let mut line = Line::new(text);
        line.rows(Some(columns));
        line.replace(range, with, Some(columns));
        let fresh = Line::new(line.text()).rows(Some(columns)).to_vec();
        (line, fresh)
    }

    #[test]
    fn an_edit_that_moves_words_up_and_down() {
        let text = "một hai ba bốn năm sáu bảy tám chín mười mười một mười hai mười ba mười bốn mười lăm";
        for at in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
            for with in ["", "x", " ", "dài hơn cả một hàng", "\u{301}"] {
                let (line, fresh) = rows_after(text, at..at, with, 10);
                assert_eq!(line.rows(Some(10)), fresh, "{with:?} at {at}");
            }
        }
    }

    #[test]
    fn a_wide_letter_that_goes_lets_its_word_return_two_rows_up() {
        let (line, fresh) = rows_after(" x漢漢漢漢漢漢漢漢漢漢", 2..5, " ", 2);
        assert_eq!(line.rows(Some(2)), fresh);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn wrapping_near_the_edit_is_wrapping_everything(
            text in "[aăệ\u{301} \u{a0}漢-]{0,120}",
            ends in (0_usize..400, 0_usize..20),
            with in "[aệ\u{301} \u{a0}]{0,12}",
            columns in 1_u16..12,
        ) {
            let start = text.floor_char_boundary(ends.0);
            let end = text.floor_char_boundary(start + ends.1);
            let (line, fresh) = rows_after(&text, start..end, &with, columns);
            prop_assert_eq!(line.rows(Some(columns)), fresh);
        }
    }
}
