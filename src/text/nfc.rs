//! Text that crosses a border: in (bytes, paste, import) and out (cells).
//!
//! What a person types is stored untouched; [`clean`] is for text from outside, [`drawn`] for what goes to a
//! terminal. After either, no control character, direction override or byte-order mark is left.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::TextError;
use super::clusters::{clusters, is_plain};
use super::width::{TAB_CELLS, cells};

/// `text` in NFC, borrowed when it already is.
pub fn nfc(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_composed) || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
}

/// Whether a character of Vietnamese, or of what stands near it in Unicode, is known to be in NFC wherever it stands: none of
/// these blocks holds a mark, or a letter that NFC writes otherwise. It spares most texts the tables.
fn is_composed(c: char) -> bool {
    c < '\u{300}' || matches!(c, '\u{1E00}'..='\u{1EFF}')
}

/// External text made safe to keep: NFC, every kind of line break as LF, and none of the characters that
/// steer a terminal or hide text (controls, direction overrides and isolates, byte-order marks).
pub fn clean(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                kept.push('\n');
            }
            // Word puts U+000B where a person pressed Shift+Enter: dropping it would join two words.
            '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => kept.push('\n'),
            '\n' | '\t' => kept.push(c),
            c if is_steering(c) => {}
            c => kept.push(c),
        }
    }
    let composed = match nfc(&kept) {
        Cow::Owned(composed) => Some(composed),
        Cow::Borrowed(_) => None,
    };
    composed.unwrap_or(kept)
}

/// [`clean`] for text of one line: each run of line breaks and tabs becomes one space.
pub fn clean_line(text: &str) -> String {
    if is_clean_line(text) {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    let mut after_break = false;
    for c in clean(text).chars() {
        let is_break = matches!(c, '\n' | '\t');
        if !is_break {
            line.push(c);
        } else if !after_break {
            line.push(' ');
        }
        after_break = is_break;
    }
    line
}

/// Whether [`clean_line`] would leave a text as it is.
pub fn is_clean_line(text: &str) -> bool {
    let is_plain = |c: char| !is_steering(c) && !matches!(c, '\u{2028}' | '\u{2029}');
    text.chars().all(|c| is_composed(c) && !c.is_control())
        || text.chars().all(is_plain) && matches!(nfc(text), Cow::Borrowed(_))
}

/// Characters that move a cursor, switch a direction or hide a boundary instead of showing something.
pub fn is_steering(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// One cluster of a text as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn<'a> {
    /// The bytes of the source this cluster covers.
    pub range: Range<usize>,
    /// What the terminal gets: empty for what has no cell, four spaces for a tab.
    pub text: Cow<'a, str>,
    /// Cells taken; equals [`cluster_width`](super::width::cluster_width) of the source cluster.
    pub width: usize,
}

/// The clusters of `text` as a terminal gets them, one for each cluster of the source.
pub fn drawn(text: &str) -> impl Iterator<Item = Drawn<'_>> {
    clusters(text).map(|(start, cluster)| {
        let text = draw_cluster(cluster);
        Drawn { range: start..start + cluster.len(), width: cells(&text), text }
    })
}

/// `text` as a terminal gets it, for a label drawn whole. Use [`drawn`] where offsets matter.
pub fn drawable(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(drawn(text).map(|cluster| cluster.text).collect())
}

/// NFC because Windows Terminal before 1.22 gives decomposed letters two cells; a mark without a letter sits
/// on a space because ratatui drops text of no width.
pub(super) fn draw_cluster(cluster: &str) -> Cow<'_, str> {
    let mut chars = cluster.chars();
    let Some(first) = chars.next() else { return Cow::Borrowed("") };
    match first {
        c if is_plain(c) && chars.next().is_none() => Cow::Borrowed(cluster),
        '\t' => Cow::Borrowed(TAB_CELLS),
        // Terminals disagree on the width of a soft hyphen.
        c if is_steering(c) || c == '\u{AD}' => Cow::Borrowed(""),
        c if is_combining_mark(c) && cells(cluster) == 0 => Cow::Owned(format!(" {}", nfc(cluster))),
        _ => visible(nfc(cluster)),
    }
}

fn visible(text: Cow<'_, str>) -> Cow<'_, str> {
    if cells(&text) == 0 { Cow::Borrowed("") } else { text }
}

/// The text of a file: UTF-8 with or without a byte-order mark, or UTF-16 with one. The mark is dropped,
/// nothing else is changed: [`clean`] comes after.
///
/// # Errors
///
/// [`TextError`] with the offset of the first byte that does not fit; old Vietnamese encodings end here.
pub fn decode_bytes(bytes: &[u8]) -> Result<String, TextError> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => decode_utf8(rest, 3),
        [0xFF, 0xFE, rest @ ..] => decode_utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => decode_utf16(rest, u16::from_be_bytes),
        _ => decode_utf8(bytes, 0),
    }
}

fn decode_utf8(bytes: &[u8], skipped: usize) -> Result<String, TextError> {
    std::str::from_utf8(bytes)
        .map(str::to_owned)
        .map_err(|error| TextError::NotUtf8 { offset: skipped + error.valid_up_to() })
}

fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, TextError> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    let mut offset = 2;
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let Ok(c) = decoded else { return Err(TextError::NotUtf16 { offset }) };
        offset += 2 * c.len_utf16();
        text.push(c);
    }
    if odd.is_empty() { Ok(text) } else { Err(TextError::NotUtf16 { offset }) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::letters::{all, anything, nfd};

    #[test]
    fn nfc_composes_each_of_the_134_letters() {
        for letter in all() {
            let composed = letter.to_string();
            assert_eq!(nfc(&nfd(&composed)), composed);
            assert!(matches!(nfc(&composed), Cow::Borrowed(_)));
        }
    }

    #[test]
    fn what_needs_no_table_is_composed_wherever_it_stands() {
        for c in (char::MIN..=char::MAX).filter(|c| is_composed(*c)) {
            assert_eq!(is_nfc_quick([c].into_iter()), IsNormalized::Yes, "{c:?}");
            assert_eq!(unicode_normalization::char::canonical_combining_class(c), 0, "{c:?}");
        }
    }

    #[test]
    fn case_03_a_letter_typed_as_base_and_mark_is_drawn_and_saved_composed() {
        assert_eq!(nfc("viê\u{323}t"), "việt");
        assert_eq!(drawable("viê\u{323}t"), "việt");
    }

    #[test]
    fn case_08_a_late_mark_joins_its_letter_in_one_cell() {
        let cells: Vec<_> = drawn("ê\u{323}").collect();
        assert_eq!(cells, [Drawn { range: 0..4, text: "ệ".into(), width: 1 }]);
    }

    #[test]
    fn case_09_a_mark_without_a_letter_is_drawn_on_a_space() {
        let cells: Vec<_> = drawn("\u{301}a").collect();
        assert_eq!(cells[0], Drawn { range: 0..2, text: " \u{301}".into(), width: 1 });
        assert_eq!(cells[1], Drawn { range: 2..3, text: "a".into(), width: 1 });
    }

    #[test]
    fn case_27_tab_is_four_cells_and_steering_characters_are_not_drawn() {
        assert_eq!(drawable("a\tb"), "a    b");
        assert_eq!(drawable("a\r\u{1B}[31m\u{202E}b\u{FEFF}\0\u{9B}\u{2066}\u{7F}c\n"), "a[31mbc");
    }

    #[test]
    fn case_27_external_text_loses_what_steers_a_terminal() {
        assert_eq!(clean("a\u{1B}]0;x\u{7}\u{202E}\u{2069}\u{FEFF}\0\u{85}b\tc"), "a]0;x\nb\tc");
    }

    #[test]
    fn case_29_every_line_break_becomes_a_line_feed() {
        assert_eq!(clean("dòng 1\r\ndòng 2\rdòng 3\nhết"), "dòng 1\ndòng 2\ndòng 3\nhết");
        assert_eq!(clean("a\u{B}b\u{C}c\u{2028}d\u{2029}e\r\r\n"), "a\nb\nc\nd\ne\n\n");
    }

    #[test]
    fn a_line_has_one_space_for_each_run_of_breaks() {
        assert_eq!(clean_line("Nguyễn\r\n\tVăn\u{7F} Anh"), "Nguyễn Văn Anh");
    }

    #[test]
    fn case_30_decomposed_text_is_kept_composed() {
        assert_eq!(clean(&nfd("Chuyển sinh hoạt Đảng")), "Chuyển sinh hoạt Đảng");
        assert_eq!(clean("e\0\u{323}\u{302}"), "ệ");
    }

    #[test]
    fn case_34_files_with_a_mark_and_utf_16_files_are_read() {
        let text = "Đảng ủy 🇻🇳\r\nxã";
        let with_mark = |unit: fn(u16) -> [u8; 2]| {
            [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(unit).collect::<Vec<u8>>()
        };
        assert_eq!(decode_bytes(text.as_bytes()).as_deref(), Ok(text));
        assert_eq!(decode_bytes(format!("\u{FEFF}{text}").as_bytes()).as_deref(), Ok(text));
        assert_eq!(decode_bytes(&with_mark(u16::to_le_bytes)).as_deref(), Ok(text));
        assert_eq!(decode_bytes(&with_mark(u16::to_be_bytes)).as_deref(), Ok(text));
        assert_eq!(decode_bytes(b"").as_deref(), Ok(""));
    }

    #[test]
    fn bytes_that_are_not_text_are_refused_with_their_place() {
        assert_eq!(decode_bytes(b"ab\xC3("), Err(TextError::NotUtf8 { offset: 2 }));
        assert_eq!(decode_bytes(b"\xEF\xBB\xBFa\xFF"), Err(TextError::NotUtf8 { offset: 4 }));
        assert_eq!(decode_bytes(b"\xFF\xFEa\0b"), Err(TextError::NotUtf16 { offset: 4 }));
        assert_eq!(decode_bytes(b"\xFE\xFF\0a\xD8\0\0b"), Err(TextError::NotUtf16 { offset: 4 }));
    }

    proptest! {
        #[test]
        fn cleaning_twice_is_cleaning_once(text in anything()) {
            let once = clean(&text);
            prop_assert_eq!(&clean(&once), &once);
            prop_assert!(!once.chars().any(|c| is_steering(c) && !matches!(c, '\n' | '\t')));
            let line = clean_line(&text);
            prop_assert_eq!(&clean_line(&line), &line);
            prop_assert!(!is_clean_line(&text) || clean(&text) == text && !text.contains(['\n', '\t']));
            prop_assert!(!line.chars().any(is_steering));
        }

        #[test]
        fn drawn_clusters_cover_the_source_without_gap_and_steer_nothing(text in anything()) {
            let mut end = 0;
            for cluster in drawn(&text) {
                prop_assert_eq!(cluster.range.start, end);
                end = cluster.range.end;
                prop_assert!(!cluster.text.chars().any(is_steering));
                prop_assert_eq!(nfc(&cluster.text), cluster.text.as_ref());
                prop_assert_eq!(cluster.width == 0, cluster.text.is_empty());
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
