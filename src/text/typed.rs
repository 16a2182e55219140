//! What input methods make of letters that are no word: `TW` becomes `TƯ`, `kk` becomes `kh`, `A1` becomes `Á`.

use super::{fold::fold, nfc};

/// Tone letters of Telex and tone digits of VNI, with the mark that they put on a vowel.
const TONES: [(char, char, char); 5] = [
    ('f', '2', '\u{300}'),
    ('s', '1', '\u{301}'),
    ('x', '4', '\u{303}'),
    ('r', '3', '\u{309}'),
    ('j', '5', '\u{323}'),
];

/// Letters made of a letter and what is typed behind it, in Telex and in VNI.
const SHAPES: [(&str, &str, char); 8] = [
    ("aa", "a6", 'â'),
    ("aw", "a8", 'ă'),
    ("dd", "d9", 'đ'),
    ("ee", "e6", 'ê'),
    ("oo", "o6", 'ô'),
    ("ow", "o7", 'ơ'),
    ("uw", "u7", 'ư'),
    ("w", "", 'ư'),
];

/// Consonants that quick methods write out: doubled ones, first ones, and last ones behind a vowel.
const DOUBLED: [(&str, &str); 8] = [
    ("cc", "ch"),
    ("gg", "gi"),
    ("kk", "kh"),
    ("nn", "ng"),
    ("pp", "ph"),
    ("qq", "qu"),
    ("tt", "th"),
    ("uu", "ươ"),
];
const FIRST: [(&str, &str); 3] = [("f", "ph"), ("j", "gi"), ("w", "qu")];
const LAST: [(&str, &str); 3] = [("g", "ng"), ("h", "nh"), ("k", "ch")];

/// A typed word, to be compared with codes: folded once for all of them, since a word may be as long as a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typed {
    /// Without its colon; `None` if nothing is left.
    folded: Option<String>,
    /// In lower case, unless it may be a word of the language.
    image: Option<String>,
}

impl Typed {
    /// A word as it was typed, a colon behind it included.
    pub fn new(word: &str) -> Self {
        let (bare, has_colon) = match word.strip_suffix(':') {
            Some(bare) => (bare, true),
            None => (word, false),
        };
        let typed = nfc::nfc(&bare.to_lowercase()).into_owned();
        let in_capitals = bare.chars().any(char::is_uppercase) && !bare.chars().any(char::is_lowercase);
        let is_certain = has_colon || in_capitals || !has_vowel(&typed);
        Self {
            folded: (!bare.is_empty()).then(|| fold(bare)),
            image: Some(typed).filter(|typed| is_certain && !typed.is_empty()),
        }
    }

    /// Whether it is the code, accents and case aside.
    pub fn is(&self, code: &str) -> bool {
        self.folded.as_ref().is_some_and(|folded| *folded == fold(code))
    }

    /// Whether it stands for a code: as it is, or as an input method makes it.
    ///
    /// An image with a vowel may be a word of the language (`tư`); it stands for the code only in capitals or before a colon.
    pub fn stands_for(&self, code: &str) -> bool {
        self.is(code) || self.image.as_ref().is_some_and(|image| images(code).contains(image))
    }
}

/// The words without a vowel that quick methods write out as this one: `hdkk` of `hdkh`.
pub(super) fn sources(word: &str) -> Vec<String> {
    if has_vowel(word) {
        return Vec::new();
    }
    let source = |(short, long): &(&str, &str)| word.contains(long).then(|| word.replace(long, short));
    DOUBLED.iter().filter_map(source).collect()
}

/// What input methods make of a code; lower case, without the code itself.
fn images(code: &str) -> Vec<String> {
    let code = code.to_lowercase();
    let mut found = vec![marked(&code, false), marked(&code, true), replaced(&code, &DOUBLED)];
    let first = FIRST.iter().find_map(|(short, long)| Some([*long, code.strip_prefix(short)?].concat()));
    let last = LAST.iter().find_map(|(short, long)| {
        let head = code.strip_suffix(short).filter(|head| has_vowel(head))?;
        Some([head, *long].concat())
    });
    found.extend(first.into_iter().chain(last));
    found.retain(|image| *image != code);
    found
}

/// The letters and tones that a method with marks makes of a code: VNI, which types them as digits, or Telex.
fn marked(code: &str, digits: bool) -> String {
    let mut out = String::new();
    for c in code.chars() {
        let tone = TONES.iter().find(|(letter, digit, _)| c == if digits { *digit } else { *letter });
        let vowel = out.char_indices().rfind(|(_, c)| is_vowel(*c));
        if let (Some((_, _, mark)), Some((at, vowel))) = (tone, vowel) {
            out.insert(at + vowel.len_utf8(), *mark);
        } else if let Some((behind, shaped)) = shaped(&out, c, digits) {
            out.truncate(out.len() - behind);
            out.push(shaped);
        } else {
            out.push(c);
        }
    }
    nfc::nfc(&out).into_owned()
}

/// The letter that `c` makes with what stands before it, and how many bytes of that it takes.
fn shaped(before: &str, c: char, digits: bool) -> Option<(usize, char)> {
    SHAPES.iter().find_map(|(telex, vni, shaped)| {
        let keys = if digits { vni } else { telex };
        let head = keys.strip_suffix(c)?;
        before.ends_with(head).then_some((head.len(), *shaped))
    })
}

fn replaced(code: &str, pairs: &[(&str, &str)]) -> String {
    pairs.iter().fold(code.to_owned(), |code, (short, long)| code.replace(short, long))
}

fn is_vowel(c: char) -> bool {
    matches!(fold(c.encode_utf8(&mut [0; 4])).as_str(), "a" | "e" | "i" | "o" | "u" | "y")
}

fn has_vowel(text: &str) -> bool {
    text.chars().any(is_vowel)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands_for(word: &str, code: &str) -> bool {
        Typed::new(word).stands_for(code)
    }

    #[test]
    fn a_code_stands_for_itself_accents_and_case_aside() {
        for word in ["TĐ", "tđ", "td", "TD:", "t\u{111}"] {
            assert!(stands_for(word, "TĐ"), "{word}");
        }
        assert!(!stands_for("", "TĐ") && !stands_for(":", "TĐ") && !stands_for("tb", "TĐ"));
    }

    #[test]
    fn doubled_consonants_are_written_out_by_quick_methods() {
        for (word, code) in
            [("kh", "kk"), ("th", "tt"), ("ng", "nn"), ("ph", "pp"), ("CH", "cc"), ("đ", "dd")]
        {
            assert!(stands_for(word, code), "{word} {code}");
        }
    }

    #[test]
    fn telex_vni_and_quick_ends_of_a_code_in_capitals_or_before_a_colon() {
        for (word, code) in [
            ("TƯ", "TW"),
            ("tư:", "TW"),
            ("Á", "A1"),
            ("ÚB", "UB1"),
            ("TÃ:", "TAX"),
            ("ych:", "YK"),
            ("PHA", "FA"),
            ("ĐA", "D9A"),
            ("ÂN", "AAN"),
        ] {
            assert!(stands_for(word, code), "{word} {code}");
        }
    }

    #[test]
    fn a_word_of_the_language_is_no_code() {
        for (word, code) in [("tư", "TW"), ("Tư", "TW"), ("á", "A1"), ("tã", "TAX"), ("không", "kk")] {
            assert!(!stands_for(word, code), "{word} {code}");
        }
    }
}
