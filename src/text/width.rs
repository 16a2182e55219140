//! Cells: how wide text is on a terminal.
//!
//! Widths are those of the text as [`nfc::drawn`](super::nfc::drawn) draws it, counted as ratatui 0.30 counts
//! a cell: `unicode-width` of the cluster, and one more for each halfwidth katakana sound mark.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use super::clusters::clusters;
use super::nfc::draw_cluster;

/// What a tab is drawn as.
pub(super) const TAB_CELLS: &str = "    ";

/// Cells of one cluster: 4 for a tab, 0 for what is not drawn.
pub fn cluster_width(cluster: &str) -> usize {
    cells(&draw_cluster(cluster))
}

/// Cells of `text` in one row: the sum of its clusters.
pub fn width(text: &str) -> usize {
    clusters(text).map(|(_, cluster)| cluster_width(cluster)).sum()
}

/// Cells of text that is already drawable.
pub(super) fn cells(drawn: &str) -> usize {
    if drawn.len() == 1 {
        return 1;
    }
    let sound_marks = drawn.chars().filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}')).count();
    drawn.width() + sound_marks
}

/// `text` in at most `max_cells` cells: cut between clusters, `…` as its last cell when something was cut.
pub fn truncate(text: &str, max_cells: usize) -> Cow<'_, str> {
    if width(text) <= max_cells {
        return Cow::Borrowed(text);
    }
    let Some(room) = max_cells.checked_sub(1) else { return Cow::Borrowed("") };
    let kept = text.get(..fitting(text, room)).unwrap_or("");
    Cow::Owned(format!("{}…", kept.trim_end()))
}

/// Bytes of the longest run of leading clusters that takes at most `room` cells.
fn fitting(text: &str, room: usize) -> usize {
    let mut used = 0;
    let mut overflows = |cluster: &str| {
        used += cluster_width(cluster);
        used > room
    };
    clusters(text).find(|(_, cluster)| overflows(cluster)).map_or(text.len(), |(start, _)| start)
}

/// `text` in exactly `cells` cells: [`truncate`]d, then filled with spaces on the right.
pub fn pad(text: &str, cells: usize) -> String {
    let shown = truncate(text, cells);
    let missing = cells.saturating_sub(width(&shown));
    format!("{shown}{:missing$}", "")
}
