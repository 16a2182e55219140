//! A unit in one line, as a person writes it or a spreadsheet copies it: its code, then its name.

use std::collections::BTreeSet;

use crate::text::fold::fold;

/// What parts code and name where it is written. A comma or a dash may also stand in a name.
const PARTS: [char; 2] = ['\t', ';'];
const LOOSE: [&str; 5] = [",", ":", " - ", " – ", " — "];

/// The codes that are taken, so that none is made twice.
#[derive(Debug, Clone, Default)]
pub struct Codes(BTreeSet<String>);

impl Codes {
    /// Notes a code that somebody has given.
    pub fn take(&mut self, code: &str) {
        self.0.insert(code.to_lowercase());
    }

    /// A code for a unit that has none, from the initials of its name.
    pub fn make(&mut self, name: &str) -> String {
        let initials = initials(name);
        let further = (2_u32..).map(|n| format!("{initials}{n}"));
        let mut codes = std::iter::once(initials.clone()).chain(further);
        let code = codes.find(|code| !self.0.contains(&code.to_lowercase())).unwrap_or(initials);
        self.take(&code);
        code
    }
}

/// The code, if the line gives one, and the name.
pub fn read(line: &str) -> (Option<String>, String) {
    let line = unnumbered(line.trim());
    if let Some((code, name)) = parted(line) {
        return (Some(code.to_owned()), name.to_owned());
    }
    match line.split_once(char::is_whitespace) {
        None => (Some(line.to_owned()), line.to_owned()),
        Some((word, rest)) if is_code(word, rest) => (Some(word.to_owned()), spaced(rest)),
        Some(_) => (None, spaced(line)),
    }
}

/// All units of a text, each with a code.
pub fn read_all(text: &str) -> Vec<(String, String)> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let read: Vec<_> = lines.map(read).collect();
    let mut codes = Codes::default();
    for code in read.iter().filter_map(|(code, _)| code.as_deref()) {
        codes.take(code);
    }
    read.into_iter().map(|(code, name)| (code.unwrap_or_else(|| codes.make(&name)), name)).collect()
}

/// The line that is read as this code and name.
pub fn write(code: &str, name: &str) -> String {
    let plain = format!("{code} {name}");
    let (read_code, read_name) = read(&plain);
    if read_code.as_deref() == Some(code) && read_name == name { plain } else { format!("{code}; {name}") }
}

/// Code and name on either side of what parts them.
fn parted(line: &str) -> Option<(&str, &str)> {
    let strict = line.split_once(PARTS);
    let loose =
        || LOOSE.iter().filter_map(|mark| line.split_once(mark)).find(|(code, _)| is_word(code.trim()));
    let (code, name) = strict.or_else(loose)?;
    let (code, name) = (code.trim(), name.trim());
    (!code.is_empty() && !name.is_empty()).then_some((code, name))
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace)
}

/// Whether a line's first word is a code and no word of the name: it has a digit, two capitals or no vowel, or it is of small plain letters
/// before a name that begins with a capital.
fn is_code(word: &str, rest: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let is_small = word.chars().all(|c| c.is_ascii_lowercase());
    word.chars().any(|c| c.is_ascii_digit())
        || capitals > 1
        || word.chars().nth(1).is_none()
        || !fold(word).contains(['a', 'e', 'i', 'o', 'u', 'y'])
        || is_small && rest.trim_start().starts_with(char::is_uppercase)
}

/// Without the number that a list puts before its lines.
fn unnumbered(line: &str) -> &str {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix(['.', ')']) {
        Some(text) if rest.len() < line.len() && text.starts_with(char::is_whitespace) => text.trim_start(),
        _ => line,
    }
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The capitals that begin words, and numbers whole; of a name with fewer than two of them the first letters of all words.
fn initials(name: &str) -> String {
    let words: Vec<&str> =
        name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let first = |word: &str| -> String {
        let is_number = word.starts_with(|c: char| c.is_ascii_digit());
        let letters = word.chars().take(if is_number { usize::MAX } else { 1 });
        letters.flat_map(char::to_uppercase).collect()
    };
    let telling = |word: &&&str| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let some: Vec<String> = words.iter().filter(telling).map(|word| first(word)).collect();
    match (some.len(), words.as_slice()) {
        (_, [word]) => (*word).to_owned(),
        (2.., _) => some.concat(),
        _ => words.iter().map(|word| first(word)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(text: &str) -> Vec<(String, String)> {
        read_all(text)
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(code, name)| ((*code).to_owned(), (*name).to_owned())).collect()
    }

    #[test]
    fn code_and_name_are_parted_as_people_and_spreadsheets_part_them() {
        let text = "Q1 Quận ủy Quận 1\nTT\tHội Nông dân thị trấn\nAPT - Hội Nông dân xã An Phú\n2. PN Phú Nhuận\n\
                    Q5, Quận ủy Quận 5\nBT: Bình Tân\nbth Bình Thạnh\ntan Tân Bình\nQ 10; Quận 10\nHN";
        let expected = [
            ("Q1", "Quận ủy Quận 1"),
            ("TT", "Hội Nông dân thị trấn"),
            ("APT", "Hội Nông dân xã An Phú"),
            ("PN", "Phú Nhuận"),
            ("Q5", "Quận ủy Quận 5"),
            ("BT", "Bình Tân"),
            ("bth", "Bình Thạnh"),
            ("tan", "Tân Bình"),
            ("Q 10", "Quận 10"),
            ("HN", "HN"),
        ];
        assert_eq!(units(text), pairs(&expected));
    }

    #[test]
    fn a_name_without_a_code_keeps_its_first_word_and_gets_its_initials() {
        let text = "Hội Nông dân xã Phước Vĩnh An\nBan Dân vận, Mặt trận\nQuận ủy Quận 7\nphòng y tế\nBan Dân vận Mặt trận";
        let expected = [
            ("HNPVA", "Hội Nông dân xã Phước Vĩnh An"),
            ("BDM", "Ban Dân vận, Mặt trận"),
            ("QQ7", "Quận ủy Quận 7"),
            ("PYT", "phòng y tế"),
            ("BDM2", "Ban Dân vận Mặt trận"),
        ];
        assert_eq!(units(text), pairs(&expected));
    }

    #[test]
    fn what_is_written_is_read_again() {
        for (code, name) in [
            ("Q1", "Quận ủy Quận 1"),
            ("Hội", "Nông dân"),
            ("Ngân hàng Chính sách", "Ngân hàng Chính sách"),
            ("2.", "Hai"),
            ("Q1", "Quận, huyện"),
        ] {
            assert_eq!(units(&write(code, name)), pairs(&[(code, name)]), "{code}");
        }
        assert_eq!(write("Q1", "Quận ủy Quận 1"), "Q1 Quận ủy Quận 1");
    }
}
