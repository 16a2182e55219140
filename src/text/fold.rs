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
        // White space that added nothing widens the space before it.
        if added == 0
            && cluster.starts_with(char::is_whitespace)
            && let Some(space) = self.sources.last_mut()
        {
            space.end = end;
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

    /// The query in lower case with the accents typed; `None` if none were.
    pub fn accented(&self) -> Option<&str> {
        self.accented.as_deref()
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

#[cfg(test)]
#[expect(clippy::string_slice, reason = "a slice off a boundary is a failed test")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::clusters::is_boundary;
    use crate::text::letters::{VOWELS, all, anything, nfd};

    fn found<'a>(text: &'a str, needle: &str) -> Vec<&'a str> {
        Folded::new(text).find_all(needle).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn each_of_the_134_letters_folds_to_its_base_composed_or_not() {
        for (vowels, base) in VOWELS.iter().zip("aaaeeiooouuy".chars()) {
            for letter in vowels.chars() {
                let expected = base.to_string();
                assert_eq!(fold(&letter.to_string()), expected);
                assert_eq!(fold(&letter.to_uppercase().to_string()), expected);
                assert_eq!(fold(&nfd(&letter.to_string())), expected);
            }
        }
        assert_eq!(fold("đĐ\u{D0}\u{F0}"), "dddd");
    }

    #[test]
    fn the_short_way_agrees_with_decomposition() {
        let short: Vec<char> = ('\0'..='\u{2000}').filter(|c| base(*c).is_some()).collect();
        assert!(all().iter().all(|c| short.contains(c)));
        for c in short.into_iter().filter(|c| !"đĐ\u{D0}\u{F0}".contains(*c)) {
            let slow: String = nfd(&c.to_string()).chars().filter(|c| !is_ignored(*c)).collect();
            assert_eq!(fold(&c.to_string()), slow.to_lowercase(), "{c}");
        }
    }

    #[test]
    fn folding_any_character_twice_is_folding_it_once() {
        for c in '\0'..=char::MAX {
            let once = fold(&c.to_string());
            assert_eq!(fold(&once), once, "{c:?}");
        }
    }

    #[test]
    fn other_scripts_keep_their_letters() {
        assert_eq!(fold("東京 Москва Straße"), "東京 москва straße");
    }

    #[test]
    fn case_38_an_accent_free_query_finds_every_form() {
        let query = Query::new("chuyen sinh hoat");
        for text in ["Chuyển sinh hoạt", &nfd("Chuyển sinh hoạt"), "CHUYỂN  SINH HOẠT"] {
            assert_eq!(query.matches(text), Some(Rank::Folded));
            assert_eq!(query.highlights(text).first(), Some(&(0..text.len())));
        }
        assert_eq!(query.matches("chuyển sinh"), None);
    }

    #[test]
    fn case_39_dang_finds_every_d_and_every_accent() {
        let query = Query::new(" dang ");
        for text in ["Đảng", "đang", "dâng", "\u{D0}ảng"] {
            assert!(query.matches(text).is_some(), "{text}");
        }
    }

    #[test]
    fn case_39_a_query_with_accents_ranks_exact_matches_first() {
        let mut texts = ["dâng", "đang", "Đảng", "dáng"];
        let query = Query::new("đảng");
        texts.sort_by_key(|text| query.matches(text));
        assert_eq!(texts, ["Đảng", "dâng", "đang", "dáng"]);
        for exact in ["ĐẢNG bộ", &nfd("Đảng"), "\u{D0}ảng"] {
            assert_eq!(query.matches(exact), Some(Rank::Exact), "{exact}");
        }
    }

    #[test]
    fn case_40_a_highlight_covers_exactly_the_letters_found() {
        for text in ["hoà", "hòa", &nfd("hoà"), &nfd("hòa")] {
            assert_eq!(found(text, "hoa"), [text]);
        }
        assert_eq!(found("sinh hoạt", "hoat"), ["hoạt"]);
        assert_eq!(found(&nfd("sinh hoạt chi"), "hoat"), [nfd("hoạt")]);
        assert_eq!(found(&nfd("sinh hoạt"), "hoa"), [nfd("hoạ")]);
        assert_eq!(found("quý\u{A0}IV", "quy IV"), ["quý\u{A0}IV"]);
        assert_eq!(found("a \t b", "a "), ["a \t "]);
    }

    #[test]
    fn case_40_every_place_is_found_and_an_empty_needle_nowhere() {
        assert_eq!(found("Đảng, đang", "đâng"), ["Đảng", "đang"]);
        assert!(found("Đảng", "").is_empty());
        assert!(found("Đảng", "\u{301}").is_empty());
        assert_eq!(Folded::new("Đảng").find("ang"), Some(2..7));
    }

    #[test]
    fn an_empty_query_matches_everything_and_highlights_nothing() {
        let query = Query::new("  ");
        assert!(query.is_empty());
        assert_eq!(query.matches("Đảng"), Some(Rank::Folded));
        assert!(query.highlights("Đảng").is_empty());
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in anything()) {
            let once = fold(&text);
            prop_assert_eq!(&fold(&once), &once);
            prop_assert_eq!(fold(&nfd(&text)), once);
        }

        #[test]
        fn a_found_range_is_whole_clusters_that_fold_to_the_needle(text in anything(), needle in anything()) {
            let folded = Folded::new(&text);
            prop_assert_eq!(folded.text(), fold(&text));
            for needle in [needle.as_str(), "hoat", "a", " "] {
                let found = folded.find_all(needle);
                prop_assert_eq!(found.is_empty(), fold(needle).is_empty() || !folded.text().contains(&fold(needle)));
                for range in found {
                    prop_assert!(is_boundary(&text, range.start) && is_boundary(&text, range.end));
                    prop_assert!(fold(&text[range]).contains(&fold(needle)));
                }
            }
        }

        #[test]
        fn text_finds_itself_however_it_is_written(text in anything()) {
            let rank = Query::new(&text).matches(&text);
            prop_assert!(rank.is_some());
            prop_assert_eq!(Query::new(&text).matches(&nfd(&text)), rank);
        }
    }
}
