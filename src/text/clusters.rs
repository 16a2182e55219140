//! Grapheme clusters and words: where a cursor may stand, and how much a key deletes.
//!
//! Offsets are bytes. An offset beyond the text, or inside a code point, is taken as the nearest position
//! before it.

use std::iter::FusedIterator;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// The clusters of `text` with the byte offset of each, in order.
pub fn clusters(text: &str) -> Clusters<'_> {
    Clusters { text, at: 0 }
}

/// Iterator of [`clusters`].
#[derive(Debug, Clone)]
pub struct Clusters<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Clusters<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        let rest = self.text.get(start..)?;
        let cluster = first(rest)?;
        self.at += cluster.len();
        Some((start, cluster))
    }
}

impl FusedIterator for Clusters<'_> {}

/// The first cluster: between two plain letters there is always a boundary, and nearly all text is plain.
fn first(rest: &str) -> Option<&str> {
    let mut chars = rest.chars();
    let head = chars.next()?;
    if is_plain(head) && chars.next().is_none_or(is_plain) {
        rest.get(..head.len_utf8())
    } else {
        rest.graphemes(true).next()
    }
}

/// Printable ASCII, precomposed Latin, dashes, quotes and the lines of frames: one code point, one cell, already NFC, joined to no other plain letter.
pub fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{1E00}'..='\u{1EFF}' | '\u{2010}'..='\u{2026}' | '\u{2500}'..='\u{257F}')
}

/// Whether a cursor may stand at `at`.
pub fn is_boundary(text: &str, at: usize) -> bool {
    text.is_char_boundary(at) && cursor(text, at).is_boundary(text, 0).unwrap_or(false)
}

/// The greatest boundary before `at`; 0 at the start.
pub fn prev_boundary(text: &str, at: usize) -> usize {
    cursor(text, at).prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

/// The least boundary after `at`; the text's length at its end.
pub fn next_boundary(text: &str, at: usize) -> usize {
    cursor(text, at).next_boundary(text, 0).ok().flatten().unwrap_or(text.len())
}

fn cursor(text: &str, at: usize) -> GraphemeCursor {
    GraphemeCursor::new(text.floor_char_boundary(at), text.len(), true)
}

/// How many bytes one Backspace takes from the end of `before` (the text up to the cursor).
///
/// One trailing combining mark U+0300–U+036F if there is one, else the whole cluster: input methods that
/// send a letter as base and mark count their Backspaces by code point. A joiner at the end joins nothing: some methods
/// send one, and delete it, before they replace a letter.
pub fn backspace_len(before: &str) -> usize {
    match before.chars().next_back() {
        Some(mark @ ('\u{300}'..='\u{36F}' | '\u{200C}' | '\u{200D}')) => mark.len_utf8(),
        _ => before.len() - prev_boundary(before, before.len()),
    }
}

/// The start of the word before `at`: white space is passed over first.
pub fn prev_word(text: &str, at: usize) -> usize {
    let at = skip_back(text, text.floor_char_boundary(at), Class::Space);
    let before = prev_boundary(text, at);
    skip_back(text, at, class_at(text, before))
}

/// The start of the word after `at`: the rest of the current word and the white space behind it are passed over.
pub fn next_word(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    let end = match class_at(text, at) {
        Class::Space => at,
        class => skip_on(text, at, class),
    };
    skip_on(text, end, Class::Space)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Word,
    Sign,
}

/// The class of the cluster that starts at `at`; a mark without its letter counts as a letter.
fn class_at(text: &str, at: usize) -> Class {
    let first = text.get(at..).and_then(|rest| rest.chars().next());
    match first {
        Some(c) if c.is_whitespace() => Class::Space,
        Some(c) if is_word(c) => Class::Word,
        _ => Class::Sign,
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || unicode_normalization::char::is_combining_mark(c)
}

fn skip_back(text: &str, mut at: usize, class: Class) -> usize {
    while at > 0 {
        let before = prev_boundary(text, at);
        if class_at(text, before) != class {
            break;
        }
        at = before;
    }
    at
}

fn skip_on(text: &str, mut at: usize, class: Class) -> usize {
    while at < text.len() && class_at(text, at) == class {
        at = next_boundary(text, at);
    }
    at
}

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a slice off a boundary is a failed test")]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthChar;

    use super::*;
    use crate::text::letters::{all, anything, nfd};
    use crate::text::nfc::nfc;

    const FAMILY: &str = "👨‍👩‍👧‍👦";
    const FLAG: &str = "🇻🇳";
    const THUMB: &str = "👍🏽";

    fn backspaced(text: &str) -> &str {
        &text[..text.len() - backspace_len(text)]
    }

    fn word_deleted(text: &str) -> &str {
        &text[..prev_word(text, text.len())]
    }

    #[test]
    fn plain_letters_are_one_cell_composed_and_never_joined_to_each_other() {
        let plain: Vec<char> = ('\0'..='\u{2000}').filter(|c| is_plain(*c)).collect();
        assert!(all().iter().all(|c| plain.contains(c)));
        for c in plain {
            assert_eq!((c.width(), nfc(&c.to_string()).as_ref()), (Some(1), c.to_string().as_str()));
            for other in ['a', ' ', '©', '\u{2FF}', '\u{1EF9}'] {
                let pair = format!("{other}{c}{other}");
                assert_eq!(pair.graphemes(true).count(), 3, "{pair:?}");
            }
        }
    }

    #[test]
    fn case_04_backspace_takes_marks_one_by_one_and_keeps_the_letter_before() {
        assert_eq!(backspaced("viê\u{323}"), "viê");
        assert_eq!(backspaced(backspaced(backspaced("viê\u{323}t"))), "vi");
    }

    #[test]
    fn case_15_backspace_takes_a_composed_letter_whole() {
        for letter in all() {
            assert_eq!(backspaced(&format!("v{letter}")), "v");
        }
    }

    #[test]
    fn case_16_backspace_takes_a_typed_letter_mark_by_mark() {
        assert_eq!(backspaced("e\u{323}\u{302}"), "e\u{323}");
        assert_eq!(backspaced("e\u{323}"), "e");
        assert_eq!(backspaced("e"), "");
        assert_eq!(backspaced(""), "");
    }

    #[test]
    fn case_17_delete_takes_a_decomposed_letter_whole() {
        for letter in all() {
            let text = nfd(&format!("v{letter}t"));
            assert_eq!(next_boundary(&text, 1), text.len() - 1);
        }
    }

    #[test]
    fn case_18_arrows_take_three_steps_over_a_letter_an_emoji_and_a_letter() {
        for middle in [FAMILY, FLAG, THUMB, &nfd("ệ")] {
            let text = format!("a{middle}b");
            let stops = [0, 1, 1 + middle.len(), text.len()];
            for pair in stops.windows(2) {
                assert_eq!(next_boundary(&text, pair[0]), pair[1], "{text}");
                assert_eq!(prev_boundary(&text, pair[1]), pair[0], "{text}");
            }
            assert_eq!((next_boundary(&text, text.len()), prev_boundary(&text, 0)), (text.len(), 0));
        }
    }

    #[test]
    fn case_18_backspace_takes_an_emoji_whole() {
        for emoji in [FAMILY, FLAG, THUMB] {
            assert_eq!(backspaced(&format!("a{emoji}")), "a");
        }
        assert_eq!(backspaced("a🇻🇳🇻🇳"), "a🇻🇳");
    }

    #[test]
    fn case_19_delete_word_leaves_the_space_before_it() {
        assert_eq!(word_deleted("Đồng chí Nguyễn"), "Đồng chí ");
        assert_eq!(word_deleted(&nfd("Đồng chí Nguyễn")), nfd("Đồng chí "));
        assert_eq!(word_deleted("Đồng chí "), "Đồng ");
        assert_eq!(word_deleted("Đồng"), "");
        assert_eq!(word_deleted(""), "");
    }

    #[test]
    fn case_19_delete_word_stops_between_letters_and_signs() {
        assert_eq!(word_deleted("quý\u{A0}I/2023"), "quý\u{A0}I/");
        assert_eq!(word_deleted("quý\u{A0}I/"), "quý\u{A0}I");
        assert_eq!(word_deleted("a ê\u{323}t"), "a ");
    }

    #[test]
    fn case_19_the_next_word_starts_behind_the_space() {
        let text = "Đồng chí, Nguyễn";
        let starts: Vec<&str> = std::iter::successors(Some(0), |at| Some(next_word(text, *at)))
            .take(5)
            .map(|at| &text[at..])
            .collect();
        assert_eq!(starts, [text, "chí, Nguyễn", ", Nguyễn", "Nguyễn", ""]);
    }

    #[test]
    fn case_20_two_steps_left_over_decomposed_text_are_two_clusters() {
        let text = nfd("chuyện");
        let at = prev_boundary(&text, prev_boundary(&text, text.len()));
        assert_eq!(&text[at..], nfd("ện"));
    }

    #[test]
    fn case_21_a_mark_behind_a_joined_line_belongs_to_the_letter_before() {
        let joined = ["e", "\u{301}t"].concat();
        assert_eq!(next_boundary(&joined, 0), joined.len() - 1);
    }

    #[test]
    fn offsets_outside_the_text_or_inside_a_letter_do_no_harm() {
        assert_eq!((prev_boundary("ệa", 99), next_boundary("ệa", 99)), (3, 4));
        assert_eq!((prev_boundary("ệa", 1), next_boundary("ệa", 1)), (0, 3));
        assert_eq!((prev_word("ệa", 99), next_word("ệa", 99)), (0, 4));
        assert!(!is_boundary("ệa", 1) && !is_boundary("ệa", 99));
    }

    proptest! {
        #[test]
        fn clusters_are_those_of_the_unicode_standard(text in anything()) {
            let ours: Vec<_> = clusters(&text).collect();
            let standard: Vec<_> = text.grapheme_indices(true).collect();
            prop_assert_eq!(ours, standard);
        }

        #[test]
        fn steps_visit_every_boundary_and_no_other(text in anything()) {
            let mut stops: Vec<usize> = clusters(&text).map(|(at, _)| at).collect();
            stops.push(text.len());
            for pair in stops.windows(2) {
                prop_assert_eq!(next_boundary(&text, pair[0]), pair[1]);
                prop_assert_eq!(prev_boundary(&text, pair[1]), pair[0]);
            }
            for at in 0..=text.len() {
                prop_assert_eq!(is_boundary(&text, at), stops.contains(&at));
            }
        }

        #[test]
        fn backspace_empties_any_text(text in anything()) {
            let mut left = text.as_str();
            while !left.is_empty() {
                let shorter = backspaced(left);
                prop_assert!(shorter.len() < left.len());
                left = shorter;
            }
        }

        #[test]
        fn words_lead_from_end_to_end_over_boundaries(text in anything()) {
            let mut at = 0;
            while at < text.len() {
                let next = next_word(&text, at);
                prop_assert!(next > at && is_boundary(&text, next));
                at = next;
            }
            while at > 0 {
                let before = prev_word(&text, at);
                prop_assert!(before < at && is_boundary(&text, before));
                at = before;
            }
        }
    }
}
