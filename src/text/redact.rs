//! Words that have to go: found in every way of writing them, and taken out of a text.
//!
//! Accents, case, the form of letters (composed or not) and white space do not count, whole words do.

use std::ops::Range;

use super::fold::{Folded, fold};

/// What stands where words were taken out.
pub const GAP: &str = "[…]";

/// Words that have to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redaction {
    folded: String,
}

impl Redaction {
    /// The words as somebody typed them; `None` if there are fewer than two letters.
    pub fn new(words: &str) -> Option<Self> {
        let folded = fold(words.trim());
        let letters = folded.chars().filter(|c| c.is_alphanumeric()).count();
        (letters > 1).then_some(Self { folded })
    }

    /// Where the words stand in a text.
    pub fn find_all(&self, text: &str) -> Vec<Range<usize>> {
        let mut places = Folded::new(text).find_all(&self.folded);
        places.retain(|place| is_whole(text, place));
        places
    }

    /// Whether the words stand in a text.
    pub fn is_in(&self, text: &str) -> bool {
        fold(text).contains(&self.folded) && !self.find_all(text).is_empty()
    }

    /// The text without the words; `None` if they are not in it.
    pub fn redact(&self, text: &str) -> Option<String> {
        let places = self.find_all(text);
        if places.is_empty() {
            return None;
        }
        let mut kept = String::with_capacity(text.len());
        let mut from = 0;
        for place in places {
            kept.push_str(text.get(from..place.start).unwrap_or_default());
            kept.push_str(GAP);
            from = place.end;
        }
        kept.push_str(text.get(from..).unwrap_or_default());
        Some(kept)
    }

    /// Whether the words stand in a file, as text or escaped in JSON, whatever else is there.
    pub fn is_in_bytes(&self, bytes: &[u8]) -> bool {
        let text = String::from_utf8_lossy(bytes);
        self.is_in(&text) || (text.contains("\\u") && self.is_in(&unescaped(&text)))
    }
}

/// No letter before or behind.
fn is_whole(text: &str, place: &Range<usize>) -> bool {
    let before = text.get(..place.start).and_then(|before| before.chars().next_back());
    let behind = text.get(place.end..).and_then(|behind| behind.chars().next());
    ![before, behind].into_iter().flatten().any(char::is_alphanumeric)
}

/// The text with the escapes of JSON for single code units resolved.
fn unescaped(text: &str) -> String {
    let mut units: Vec<u16> = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\\u") {
        units.extend(before.encode_utf16());
        let unit = after.get(..4).and_then(|digits| u16::from_str_radix(digits, 16).ok());
        units.extend(unit);
        rest = if unit.is_some() { after.get(4..).unwrap_or_default() } else { after };
    }
    units.extend(rest.encode_utf16());
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::letters::{anything, nfd};

    fn name() -> Redaction {
        Redaction::new(" Lê Thị Bưởi ").unwrap()
    }

    #[test]
    fn words_are_taken_out_in_every_way_of_writing_them() {
        for written in ["Lê Thị Bưởi", "LÊ THỊ BƯỞI", "le thi buoi", "lê\u{a0}thị  bưởi", &nfd("Lê Thị Bưởi")]
        {
            let text = format!("đồng chí {written}, Quận 1");
            assert_eq!(name().redact(&text).as_deref(), Some("đồng chí […], Quận 1"), "{written}");
        }
        assert_eq!(name().redact("Lê Thị Bưởi, Lê Thị Bưởi").as_deref(), Some("[…], […]"));
    }

    #[test]
    fn whole_words_only_and_never_a_single_letter() {
        for other in ["Lê Thị Bưởih", "Ale Thi Buoi", "Lê Thị", ""] {
            assert_eq!(name().redact(other), None, "{other}");
        }
        assert_eq!((Redaction::new(" A "), Redaction::new("?!")), (None, None));
    }

    #[test]
    fn words_are_found_among_bytes_and_behind_escapes() {
        let escaped = r#"{"title":"L\u00ea Th\u1ecb B\u01b0\u1edfi"}"#;
        let split = r#"{"t":"Le\u0302 Thi\u0323 Bu\u031bo\u031b\u0309i \ud83d"}"#;
        let among = [b"\xff\xfe\0\0".as_slice(), "Lê Thị Bưởi".as_bytes(), b"\xc3"].concat();
        for bytes in [escaped.as_bytes(), split.as_bytes(), &among] {
            assert!(name().is_in_bytes(bytes));
        }
        assert!(!name().is_in_bytes(br#"{"title":"L\u00ea Th\u1ecb \u01b0\u1edfi"}"#));
    }

    proptest! {
        #[test]
        fn what_was_taken_out_is_not_there_any_more(before in anything(), after in anything()) {
            let text = format!("{before} Lê Thị Bưởi {after}");
            let kept = name().redact(&text);
            prop_assert!(kept.as_ref().is_some_and(|kept| !name().is_in(kept)), "{:?}", kept);
        }
    }
}
