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

/// Printable ASCII and precomposed Latin: one code point, one cell, already NFC, joined to no other plain letter.
pub(super) fn is_plain(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A0}'..='\u{AC}' | '\u{AE}'..='\u{2FF}' | '\u{1E00}'..='\u{1EFF}')
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
/// send a letter as base and mark count their Backspaces by code point.
pub fn backspace_len(before: &str) -> usize {
    match before.chars().next_back() {
        Some(mark @ '\u{300}'..='\u{36F}') => mark.len_utf8(),
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
