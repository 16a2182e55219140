//! Vietnamese order: of words, and of people.
//!
//! Keys are compared as bytes. They have three levels, each decided only when the one before is equal:
//! letters (a ă â b c d đ e ê …), tones (ngang, huyền, hỏi, ngã, sắc, nặng), then small before capital. The
//! order of signs and digits is that of the Unicode root collation.

use std::cmp::Ordering;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The first level, in order.
const ORDER: &str = " _-–—,;:!?.…'‘’\"“”()[]{}@*/\\&#%`^+<=>|~$0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/// The second level, in order: huyền, hỏi, ngã, sắc, nặng.
const TONES: &str = "\u{300}\u{309}\u{303}\u{301}\u{323}";

/// Comes between the levels; every weight is greater.
const LEVEL: u8 = 0;

/// Leads letters and signs that are not in [`ORDER`], which follow it by code point.
const OTHER: u8 = 0xFE;

/// The key of a word or phrase; equal for NFC and NFD.
pub fn key(text: &str) -> Vec<u8> {
    let weights = Weights::of(text);
    [weights.letters, weights.tones, weights.cases].join(&LEVEL)
}

/// The key of a person's name: given name (the last word) first, then family and middle names as written,
/// which is how Vietnamese lists with the columns "Họ và tên đệm" and "Tên" are sorted.
pub fn name_key(name: &str) -> Vec<u8> {
    let name = name.trim();
    let (family, given) = name.rsplit_once(char::is_whitespace).unwrap_or(("", name));
    let given = Weights::of(given);
    let family = Weights::of(family.trim_end());
    // Capitals last of all: NGUYỄN VĂN ANH stands among the other Anh.
    [given.letters, given.tones, family.letters, family.tones, given.cases, family.cases].join(&LEVEL)
}

/// The order of two words or phrases.
pub fn compare(left: &str, right: &str) -> Ordering {
    key(left).cmp(&key(right))
}

/// The order of two names.
pub fn compare_names(left: &str, right: &str) -> Ordering {
    name_key(left).cmp(&name_key(right))
}

#[derive(Debug, Default)]
struct Weights {
    letters: Vec<u8>,
    tones: Vec<u8>,
    cases: Vec<u8>,
    /// The small form of the letter pushed last.
    last: Option<char>,
}

impl Weights {
    fn of(text: &str) -> Self {
        let mut weights = Self::default();
        for c in text.nfd().filter(|c| !c.is_control() || c.is_whitespace()) {
            if is_combining_mark(c) {
                weights.push_mark(c);
            } else {
                weights.push_letter(c);
            }
        }
        weights
    }

    fn push_letter(&mut self, c: char) {
        let small = small(c);
        match weight(small) {
            Some(weight) => self.letters.push(weight),
            None => self.letters.extend([OTHER].into_iter().chain(small.to_string().into_bytes())),
        }
        self.tones.push(1);
        self.cases.push(if small == c { 1 } else { 2 });
        self.last = Some(small);
    }

    fn push_mark(&mut self, mark: char) {
        if let Some(letter) = self.last.and_then(|letter| shaped(letter, mark)) {
            self.letters.pop();
            self.letters.extend(weight(letter));
            self.last = Some(letter);
        } else if let Some((_, weight)) = TONES.chars().zip(2..).find(|(tone, _)| *tone == mark) {
            self.tones.push(weight);
        } else {
            self.tones.extend(mark.to_string().into_bytes());
        }
    }
}

fn small(c: char) -> char {
    match c {
        'Đ' | '\u{D0}' => 'đ',
        c if c.is_whitespace() => ' ',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Shapes make another letter (a ă â, e ê, o ô ơ, u ư), tones do not.
fn shaped(letter: char, mark: char) -> Option<char> {
    Some(match (letter, mark) {
        ('a', '\u{306}') => 'ă',
        ('a', '\u{302}') => 'â',
        ('e', '\u{302}') => 'ê',
        ('o', '\u{302}') => 'ô',
        ('o', '\u{31B}') => 'ơ',
        ('u', '\u{31B}') => 'ư',
        _ => return None,
    })
}

fn weight(letter: char) -> Option<u8> {
    ORDER.chars().zip(1..).find_map(|(c, weight)| (c == letter).then_some(weight))
}

#[cfg(test)]
mod tests {
    use icu_collator::options::CollatorOptions;
    use icu_collator::{Collator, CollatorBorrowed};
    use icu_locale::locale;
    use proptest::prelude::*;

    use super::*;
    use crate::text::letters::{all, nfd};

    fn judge() -> CollatorBorrowed<'static> {
        Collator::try_new(locale!("vi").into(), CollatorOptions::default()).unwrap()
    }

    fn letters() -> Vec<char> {
        all().into_iter().chain('a'..='z').chain('A'..='Z').collect()
    }

    /// Phrases of `letters`, half of them decomposed.
    fn phrase(letters: Vec<char>, longest: usize) -> impl Strategy<Value = String> {
        (prop::collection::vec(prop::sample::select(letters), 0..=longest), any::<bool>()).prop_map(
            |(letters, decomposed)| {
                let phrase: String = letters.into_iter().collect();
                if decomposed { nfd(&phrase) } else { phrase }
            },
        )
    }

    fn sorted_by<T: Ord>(listed: &str, separator: &str, key: impl Fn(&str) -> T) {
        let expected: Vec<&str> = listed.split(separator).collect();
        let mut shuffled = expected.clone();
        shuffled.reverse();
        shuffled.sort_by_key(|item| key(item));
        assert_eq!(shuffled, expected);
    }

    #[test]
    fn case_41_words_stand_in_vietnamese_order() {
        let words = "an ăn Ăn ân ba bà bả bã bá bạ bảo da dạ đa đà e Ê hoa hoà hoả hoã hoá hoạ ma mà mả mã má mạ \
                     man mán mạn o ô ơ u ư ừ ử ữ ứ ự";
        sorted_by(words, " ", key);
        sorted_by(&nfd(words), " ", key);
    }

    #[test]
    fn case_42_people_stand_by_given_name() {
        let names = "Lê Thị An, Lê Văn Anh, Nguyễn Văn Anh, Trần Thị Anh, Đặng Thị Ánh, Trần Văn Ân, Phạm Văn Ẩn, \
                     Hồ Thị Dung, Bùi Văn Dũng, Đỗ Mạnh Dụng, Vũ Đức Đạt, Y Wăng Niê, Nguyễn Thị Ước";
        sorted_by(names, ", ", name_key);
        sorted_by(&nfd(names), ", ", name_key);
    }

    #[test]
    fn case_42_capitals_and_stray_spaces_do_not_move_a_person() {
        assert_eq!(compare_names("LÊ VĂN ANH", "Nguyễn Văn Anh"), Ordering::Less);
        assert_eq!(compare_names("Nguyễn Văn Anh", "TRẦN VĂN ANH"), Ordering::Less);
        assert_eq!(compare_names(" Lê Văn  Anh ", "Lê Văn\u{A0}Bình"), Ordering::Less);
        assert_eq!(compare_names("Anh", "Lê Anh"), Ordering::Less);
    }

    #[test]
    fn eth_stands_as_the_letter_it_looks_like_and_controls_nowhere() {
        assert_eq!(key("\u{D0}ảng"), key("Đảng"));
        assert_eq!(key("Đả\0ng"), key("Đảng"));
    }

    #[test]
    fn every_pair_of_letters_and_signs_stands_as_icu_has_it() {
        let judge = judge();
        let signs = ORDER.chars().filter(|c| !c.is_alphabetic());
        let elements: Vec<String> = letters().into_iter().chain(signs).map(String::from).collect();
        for left in &elements {
            for right in &elements {
                assert_eq!(compare(left, right), judge.compare(left, right), "{left} {right}");
            }
        }
    }

    proptest! {
        #[test]
        fn phrases_stand_as_icu_has_them(
            left in phrase([letters(), " 0123456789.,-/()".chars().collect()].concat(), 8),
            right in phrase([letters(), " 0123456789.,-/()".chars().collect()].concat(), 8),
        ) {
            prop_assert_eq!(compare(&left, &right), judge().compare(&left, &right));
        }

        #[test]
        fn near_equal_phrases_stand_as_icu_has_them(
            left in phrase("aàạAÀẠâấẤ éü".chars().collect(), 4),
            right in phrase("aàạAÀẠâấẤ éü".chars().collect(), 4),
        ) {
            prop_assert_eq!(compare(&left, &right), judge().compare(&left, &right));
        }

        #[test]
        fn a_key_is_the_same_composed_or_not(text in crate::text::letters::anything()) {
            prop_assert_eq!(key(&text), key(&nfd(&text)));
        }
    }
}
