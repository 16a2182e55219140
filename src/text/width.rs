//! Cells: how wide text is on a terminal.
//!
//! Widths are those of the text as [`nfc::drawn`](super::nfc::drawn) draws it, counted as ratatui 0.30 counts
//! a cell: `unicode-width` of the cluster, and one more for each halfwidth katakana sound mark. Where that is
//! more than a terminal shows, agreeing with ratatui still keeps the cursor on its letter.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use super::clusters::{clusters, is_plain};
use super::nfc::draw_cluster;

/// What a tab is drawn as.
pub(super) const TAB_CELLS: &str = "    ";

/// Cells of one cluster: 4 for a tab, 0 for what is not drawn.
pub fn cluster_width(cluster: &str) -> usize {
    cells(&draw_cluster(cluster))
}

/// Cells of `text` in one row: the sum of its clusters.
pub fn width(text: &str) -> usize {
    if text.chars().all(is_plain) {
        return text.chars().count();
    }
    clusters(text).map(|(_, cluster)| cluster_width(cluster)).sum()
}

/// Cells of text that is already drawable.
pub(super) fn cells(drawn: &str) -> usize {
    let mut chars = drawn.chars();
    if chars.next().is_some_and(is_plain) && chars.next().is_none() {
        return 1;
    }
    let sound_marks = drawn.chars().filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}')).count();
    drawn.width() + sound_marks
}

/// `text` in at most `max_cells` cells: cut between clusters, `…` as its last cell when something was cut.
pub fn truncate(text: &str, max_cells: usize) -> Cow<'_, str> {
    // Of a long text the rest is not looked at: rows of a list hold whole paragraphs.
    let plain = text.chars().take(max_cells.saturating_add(1)).take_while(|c| is_plain(*c)).count();
    if plain > max_cells {
        return cut(text, max_cells, |room| {
            text.char_indices().nth(room).map_or(text.len(), |(start, _)| start)
        });
    }
    if width(text) <= max_cells {
        return Cow::Borrowed(text);
    }
    cut(text, max_cells, |room| fitting(text, room))
}

/// The bytes that `end` gives of what fits beside `…`.
fn cut(text: &str, max_cells: usize, end: impl FnOnce(usize) -> usize) -> Cow<'_, str> {
    let Some(room) = max_cells.checked_sub(1) else { return Cow::Borrowed("") };
    let kept = text.get(..end(room)).unwrap_or("");
    Cow::Owned(format!("{}…", kept.trim_end()))
}

/// Bytes of the longest run of leading clusters that takes at most `room` cells.
fn fitting(text: &str, room: usize) -> usize {
    if text.chars().all(is_plain) {
        return text.char_indices().nth(room).map_or(text.len(), |(start, _)| start);
    }
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

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a slice off a boundary is a failed test")]
mod tests {
    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;
    use crate::text::letters::{all, anything, nfd};
    use crate::text::nfc::{drawable, drawn};

    #[test]
    fn each_of_the_134_letters_is_one_cell_composed_or_not() {
        for letter in all() {
            assert_eq!(width(&letter.to_string()), 1);
            assert_eq!(width(&nfd(&letter.to_string())), 1);
        }
    }

    #[test]
    fn case_27_a_tab_is_four_cells_and_a_control_none() {
        assert_eq!(
            (width("\t"), width("\u{1B}"), width("\r\n"), width("\u{202E}"), width("\u{FEFF}")),
            (4, 0, 0, 0, 0)
        );
    }

    #[test]
    fn emoji_and_lone_marks_count_as_on_the_screen() {
        assert_eq!((width("👨‍👩‍👧‍👦"), width("🇻🇳"), width("👍🏽"), width("\u{301}")), (2, 2, 2, 1));
    }

    #[test]
    fn truncating_cuts_between_letters_and_says_so() {
        assert_eq!(truncate("Chuyển sinh hoạt", 16), "Chuyển sinh hoạt");
        assert_eq!(truncate("Chuyển sinh hoạt", 15), "Chuyển sinh ho…");
        assert_eq!(truncate("Chuyển sinh hoạt", 8), "Chuyển…");
        assert_eq!(truncate(&nfd("Chuyển"), 5), nfd("Chuy…"));
        assert_eq!(
            (truncate("ab", 1).as_ref(), truncate("ab", 0).as_ref(), truncate("", 0).as_ref()),
            ("…", "", "")
        );
    }

    #[test]
    fn padding_fills_the_column_even_beside_a_cut_emoji() {
        assert_eq!(pad("Quận 3", 8), "Quận 3  ");
        assert_eq!(pad("a🇻🇳🇻🇳", 4), "a🇻🇳…");
        assert_eq!(pad("a🇻🇳🇻🇳", 3), "a… ");
    }

    proptest! {
        #[test]
        fn ratatui_gives_each_cluster_the_cells_counted_here(text in anything()) {
            for cluster in drawn(&text) {
                let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 1));
                let (end, _) = buffer.set_stringn(0, 0, &cluster.text, 40, Style::new());
                prop_assert_eq!(usize::from(end), cluster.width, "{:?}", cluster);
                prop_assert_eq!(cluster_width(&text[cluster.range.clone()]), cluster.width);
            }
        }

        #[test]
        fn drawing_changes_no_width(text in anything()) {
            prop_assert_eq!(width(&drawable(&text)), width(&text));
        }

        #[test]
        fn truncated_text_fits_and_padded_text_fills(text in anything(), room in 0_usize..30) {
            prop_assert!(width(&truncate(&text, room)) <= room);
            prop_assert_eq!(width(&pad(&text, room)), room);
        }
    }
}
