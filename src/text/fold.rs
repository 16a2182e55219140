//! Accent-free text for searching, and the way back to the original for highlighting.
//!
//! Folding is made of single code points: decomposed, marks dropped, đ Đ Ð → d, lower case, white space
//! (no-break spaces too) collapsed to one space. Other scripts keep their letters. Folding twice is folding once.

use std::iter::repeat_n;
use std::ops::Range;

use unicode_normalization::char::decompose_canonical;

use super::clusters::clusters;
use super::nfc::nfc;

/// `text` folded.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        push_folded(c, &mut folded);
    }
    folded
}

fn push_folded(c: char, folded: &mut String) {
    if let Some(base) = base(c) {
        folded.push(base);
    } else if c.is_whitespace() {
        push_space(folded);
    } else if !is_ignored(c) {
        decompose_canonical(c, |part| match base(part) {
            Some(base) => folded.push(base),
            None => folded.extend(part.to_lowercase().filter(|low| !is_ignored(*low))),
        });
    }
}

fn push_space(folded: &mut String) {
    if !folded.ends_with(' ') {
        folded.push(' ');
    }
}

/// The short way for nearly all text: ASCII that shows something, and precomposed Vietnamese.
fn base(c: char) -> Option<char> {
    Some(match c {
        '!'..='~' => c.to_ascii_lowercase(),
        'À'..='Å' | 'à'..='å' | 'Ă' | 'ă' | 'Ạ'..='ặ' => 'a',
        'È'..='Ë' | 'è'..='ë' | 'Ẹ'..='ệ' => 'e',
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ' | 'ĩ' | 'Ỉ'..='ị' => 'i',
        'Ò'..='Ö' | 'ò'..='ö' | 'Ơ' | 'ơ' | 'Ọ'..='ợ' => 'o',
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ' | 'ũ' | 'Ư' | 'ư' | 'Ụ'..='ự' => 'u',
        'Ý' | 'ý' | 'ÿ' | 'Ỳ'..='ỹ' => 'y',
        // Ð (U+00D0) looks like Đ (U+0110) and old converters leave it behind.
        'Đ' | 'đ' | '\u{D0}' | '\u{F0}' => 'd',
        _ => return None,
    })
}

/// Marks on Latin, Greek and Cyrillic letters, and what shows nothing.
fn is_ignored(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{300}'..='\u{36F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}'
            | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Folded text that remembers which cluster of the original each of its bytes came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// One range of the original for each byte of `text`.
    sources: Vec<Range<usize>>,
}

impl Folded {
    /// Folds `original`; [`text`](Self::text) equals [`fold`] of it.
    pub fn new(original: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(original.len()), sources: Vec::new() };
        for (start, cluster) in clusters(original) {
            folded.push(start, cluster);
        }
        folded
    }

    fn push(&mut self, start: usize, cluster: &str) {
        let end = start + cluster.len();
        cluster.chars().for_each(|c| push_folded(c, &mut self.text));
        let added = self.text.len() - self.sources.len();
        self.sources.extend(repeat_n(start..end, added));
        if added == 0 && cluster.starts_with(char::is_whitespace) {
            self.sources.iter_mut().next_back().into_iter().for_each(|space| space.end = end);
        }
    }

    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The first place in the original where `needle` (folded or not) is found: whole clusters, nothing more.
    pub fn find(&self, needle: &str) -> Option<Range<usize>> {
        self.find_all(needle).into_iter().next()
    }

    /// Every place, left to right, without overlaps. An empty needle is nowhere.
    pub fn find_all(&self, needle: &str) -> Vec<Range<usize>> {
        let needle = fold(needle);
        if needle.is_empty() {
            return Vec::new();
        }
        self.text.match_indices(&needle).filter_map(|(at, found)| self.source(at..at + found.len())).collect()
    }

    fn source(&self, folded: Range<usize>) -> Option<Range<usize>> {
        let covered = self.sources.get(folded)?;
        Some(covered.first()?.start..covered.last()?.end)
    }
}

/// How well a text answers a [`Query`]; the better rank sorts first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// The accents typed are there.
    Exact,
    /// The letters are there, or no accents were typed.
    Folded,
}

/// What a person typed to find something: without accents it finds every accent, with accents the exact
/// matches rank first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query {
    folded: String,
    accented: Option<String>,
}

impl Query {
    /// Reads a query; white space around it does not count.
    pub fn new(typed: &str) -> Self {
        let folded = fold(typed.trim());
        let accented = Some(accented(typed.trim())).filter(|accented| *accented != folded);
        Self { folded, accented }
    }

    /// Whether nothing was asked; an empty query matches everything.
    pub fn is_empty(&self) -> bool {
        self.folded.is_empty()
    }

    /// The folded query, to look up in folded text.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The rank of `text`, or `None` when it does not match.
    pub fn matches(&self, text: &str) -> Option<Rank> {
        fold(text).contains(&self.folded).then(|| self.rank(text))
    }

    /// The rank of a text that is already known to match.
    pub fn rank(&self, text: &str) -> Rank {
        match &self.accented {
            Some(wanted) if accented(text).contains(wanted) => Rank::Exact,
            _ => Rank::Folded,
        }
    }

    /// The places in `text` to highlight.
    pub fn highlights(&self, text: &str) -> Vec<Range<usize>> {
        Folded::new(text).find_all(&self.folded)
    }
}

/// Folded in all but accents: NFC, lower case, white space collapsed.
fn accented(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in nfc(text).chars() {
        match c {
            '\u{D0}' | '\u{F0}' => folded.push('đ'),
            c if c.is_whitespace() => push_space(&mut folded),
            c => folded.extend(c.to_lowercase()),
        }
    }
    folded
}
