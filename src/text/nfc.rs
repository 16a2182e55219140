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
    if text.is_ascii() || is_nfc_quick(text.chars()) == IsNormalized::Yes {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.nfc().collect())
    }
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

/// Characters that move a cursor, switch a direction or hide a boundary instead of showing something.
fn is_steering(c: char) -> bool {
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
