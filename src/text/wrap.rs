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

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a slice off a boundary is a failed test")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::clusters::is_boundary;
    use crate::text::letters::{anything, nfd};
    use crate::text::width::width;

    const SENTENCE: &str =
        "Hội nghị Ban Thường vụ Đảng ủy đánh giá tình hình sinh hoạt chi bộ quý\u{A0}IV năm 2026; nghiêng";

    fn rows(text: &str, width: usize) -> Vec<&str> {
        wrap(text, width).into_iter().map(|row| &text[row]).collect()
    }

    #[test]
    fn case_23_wraps_at_spaces_never_at_nbsp() {
        let expected = [
            "Hội nghị Ban Thường ",
            "vụ Đảng ủy đánh giá ",
            "tình hình sinh hoạt ",
            "chi bộ quý\u{A0}IV năm ",
            "2026; nghiêng",
        ];
        assert_eq!(rows(SENTENCE, 20), expected);
        assert_eq!(rows(&nfd(SENTENCE), 20), expected.map(nfd));
    }

    #[test]
    fn case_24_never_breaks_at_a_narrow_no_break_space() {
        assert_eq!(rows("năm quý\u{202F}IV", 9), ["năm ", "quý\u{202F}IV"]);
        assert_eq!(rows("quý\u{202F}IV", 5), ["quý\u{202F}I", "V"]);
    }

    #[test]
    fn case_25_an_overlong_word_is_cut_between_letters() {
        let expected = ["nghiêngngh", "iêngnghiên", "g"];
        assert_eq!(rows("nghiêngnghiêngnghiêng", 10), expected);
        assert_eq!(rows(&nfd("nghiêngnghiêngnghiêng"), 10), expected.map(nfd));
    }

    #[test]
    fn an_overlong_word_starts_on_a_row_of_its_own() {
        assert_eq!(rows("ý kiến nghiêngnghiêng", 10), ["ý kiến ", "nghiêngngh", "iêng"]);
    }

    #[test]
    fn case_26_a_line_exactly_as_wide_as_the_pane_is_one_row() {
        assert_eq!(rows("chi bộ quý", 10), ["chi bộ quý"]);
        assert_eq!(rows("", 10), [""]);
    }

    #[test]
    fn spaces_that_overhang_belong_to_the_row_above() {
        assert_eq!(rows("chi bộ quý   một", 10), ["chi bộ quý   ", "một"]);
        assert_eq!(rows("   một", 2), ["   ", "mộ", "t"]);
    }

    #[test]
    fn case_27_a_tab_fills_four_cells_and_may_end_a_row() {
        assert_eq!(rows("a\tbc", 6), ["a\t", "bc"]);
        assert_eq!(rows("a\tbc", 7), ["a\tbc"]);
    }

    #[test]
    fn case_28_a_pane_narrower_than_an_emoji_gives_it_a_row() {
        for width in 0..=2 {
            assert_eq!(rows("👨‍👩‍👧‍👦🇻🇳ệ", width), ["👨‍👩‍👧‍👦", "🇻🇳", "ệ"]);
        }
        assert_eq!(rows("a👍🏽", 2), ["a", "👍🏽"]);
        assert_eq!(rows("a b👍🏽", 3), ["a ", "b👍🏽"]);
        assert_eq!(rows("a b👍🏽", 2), ["a ", "b", "👍🏽"]);
    }

    proptest! {
        #[test]
        fn rows_lose_nothing_split_no_letter_and_fit(text in anything(), pane in 0_usize..25) {
            let rows = wrap(&text, pane);
            let ends: Vec<usize> = rows.iter().map(|row| row.end).collect();
            let starts: Vec<usize> = rows.iter().map(|row| row.start).collect();
            prop_assert_eq!(starts[0], 0);
            prop_assert_eq!(*ends.last().unwrap(), text.len());
            prop_assert_eq!(&starts[1..], &ends[..ends.len() - 1]);
            for row in rows {
                prop_assert!(is_boundary(&text, row.start));
                let shown: Vec<_> = clusters(&text[row]).collect();
                let is_ink = |cluster: &str| !is_breaking_space(cluster) && width(cluster) > 0;
                let inked = shown.iter().rposition(|(_, cluster)| is_ink(cluster)).map_or(0, |last| last + 1);
                let cells: usize = shown[..inked].iter().map(|(_, cluster)| width(cluster)).sum();
                let drawn = shown[..inked].iter().filter(|(_, cluster)| width(cluster) > 0).count();
                prop_assert!(cells <= pane || drawn == 1, "{:?}", shown);
            }
        }

        #[test]
        fn a_row_ends_only_where_the_next_word_does_not_fit(text in anything(), pane in 4_usize..25) {
            let rows = wrap(&text, pane);
            for pair in rows.windows(2) {
                let word: usize = clusters(&text[pair[1].start..])
                    .take_while(|(_, cluster)| !is_breaking_space(cluster))
                    .map(|(_, cluster)| cluster_width(cluster))
                    .sum();
                prop_assert!(width(&text[pair[0].clone()]) + word > pane);
            }
        }
    }
}
