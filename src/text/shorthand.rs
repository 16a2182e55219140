//! Abbreviations in a text, and the files in which input methods keep them.
//!
//! `UniKey`'s table: a line `;DO NOT DELETE THIS LINE*** version=1 ***`, then `key:what it stands for`, UTF-8. On Windows it begins with a
//! byte-order mark and ends lines with CR LF; the Linux editions leave the semicolon out or write `#`. `OpenKey` and `EVKey` have other
//! first lines with the same rows. Rows in VIQR, as files without a version have them, stay as they are.

use std::collections::BTreeMap;

use super::{nfc, typed};

/// What all first lines of `UniKey`'s editions hold.
const HEADER: &str = "*** version=";
/// What `EVKey`'s first lines hold.
const EVKEY: [&str; 2] = ["<<<version=", "dòng làm dấu Unicode"];
/// The first line that is written.
const WRITTEN: &str = ";DO NOT DELETE THIS LINE*** version=1 ***";

/// What was read of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TableFile {
    /// Short forms with what they stand for; of two rows for one the later.
    pub entries: BTreeMap<String, String>,
    /// The lines that are no rows, from 1.
    pub skipped: Vec<usize>,
}

/// Whether a text is the table of an input method, by its first line.
pub fn is_table(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    first.contains(HEADER) || EVKEY.iter().any(|mark| nfc::nfc(first).contains(mark))
}

/// The rows of a table; a first line that marks it is none.
pub fn parse(text: &str) -> TableFile {
    let mut file = TableFile::default();
    let header = usize::from(is_table(text));
    for (number, line) in (1..).zip(text.lines()).skip(header).filter(|(_, line)| !line.trim().is_empty()) {
        match row(line) {
            Some((short, long)) => drop(file.entries.insert(short, long)),
            None if line.starts_with([';', '#']) => {}
            None => file.skipped.push(number),
        }
    }
    file
}

/// A row: a word, a colon, the rest of the line.
fn row(line: &str) -> Option<(String, String)> {
    let (short, long) = line.split_once(':')?;
    let [short, long] = [short, long].map(|part| nfc::clean_line(part.trim()));
    let is_row = !short.is_empty() && !short.contains(char::is_whitespace) && !long.is_empty();
    is_row.then_some((short, long))
}

/// The table as `UniKey` reads it.
pub fn print(entries: &BTreeMap<String, String>) -> String {
    let rows = entries.iter().map(|(short, long)| format!("{short}:{long}\n"));
    std::iter::once(format!("{WRITTEN}\n")).chain(rows).collect()
}

/// A text with its abbreviations written out, and which those were; `None` if it has none.
///
/// `find` gives what a word stands for, asked for it as it is typed and in lower case. A word that begins with a capital is written out with
/// one. A word all in capitals (`UBND`) is an abbreviation only if the table has it so.
pub fn expand<'a>(
    text: &str,
    find: impl Fn(&str) -> Option<&'a str>,
) -> Option<(String, Vec<(String, String)>)> {
    let mut met = Vec::new();
    let words: Vec<String> = text
        .split(' ')
        .map(|word| {
            let (before, core, behind) = bare(word);
            let Some(long) = expansion(core, &find) else { return word.to_owned() };
            met.push((core.to_owned(), long.clone()));
            [before, &long, behind].concat()
        })
        .collect();
    (!met.is_empty()).then(|| (words.join(" "), met))
}

/// A word without the punctuation around it.
fn bare(word: &str) -> (&str, &str, &str) {
    let core = word.trim_matches(|c: char| !c.is_alphanumeric());
    match word.split_once(core) {
        Some((before, behind)) if !core.is_empty() => (before, core, behind),
        _ => ("", word, ""),
    }
}

fn expansion<'a>(word: &str, find: impl Fn(&str) -> Option<&'a str>) -> Option<String> {
    let word = nfc::nfc(word);
    if let Some(long) = find(&word) {
        return Some(long.to_owned());
    }
    let lower = word.to_lowercase();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    if capitals > 1 {
        return None;
    }
    let long = find(&lower).or_else(|| typed::sources(&lower).iter().find_map(|code| find(code)))?;
    Some(if capitals == 1 && word.starts_with(char::is_uppercase) {
        capitalised(long)
    } else {
        long.to_owned()
    })
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> BTreeMap<String, String> {
        let rows =
            [("đv", "đơn vị"), ("shđ", "sinh hoạt đảng"), ("KT", "kinh tế"), ("hdkk", "hướng dẫn kê khai")];
        rows.map(|(short, long)| (short.to_owned(), long.to_owned())).into()
    }

    fn written_out(text: &str) -> Option<String> {
        let table = table();
        expand(text, |word| table.get(word).map(String::as_str)).map(|(text, _)| text)
    }

    #[test]
    fn words_of_the_table_are_written_out_and_others_stay() {
        for (text, expected) in [
            ("chuyển shđ về đv", "chuyển sinh hoạt đảng về đơn vị"),
            ("Đv, (shđ)…", "Đơn vị, (sinh hoạt đảng)…"),
            ("“đv”", "“đơn vị”"),
            ("vùng KT  mới", "vùng kinh tế  mới"),
            ("\u{64}\u{323}v đv", "\u{64}\u{323}v đơn vị"),
        ] {
            assert_eq!(written_out(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", " ", "đvx", "ĐV", "SHĐ", "kt", "dv", "#đvx", "—"] {
            assert_eq!(written_out(text), None, "{text}");
        }
    }

    #[test]
    fn what_a_quick_method_makes_of_one_counts_too() {
        assert_eq!(written_out("cần hdkh").as_deref(), Some("cần hướng dẫn kê khai"));
    }

    #[test]
    fn tables_of_all_editions_are_read() {
        let rows =
            "đv:đơn vị\r\nsh\u{111}: sinh hoạt đảng:\r\n\r\nkhông phải dòng nào\r\nhai chữ:x\r\nv:\r\n";
        for first in [
            ";DO NOT DELETE THIS LINE*** version=1 ***",
            "DO NOT DELETE THIS LINE*** version=1 ***",
            "# DO NOT DELETE THIS LINE*** version=1 ***",
            ";Compatible OpenKey Macro Data file for UniKey*** version=1 ***",
            "Không được xoá dòng này<<<version=3>>>",
        ] {
            let text = format!("{first}\r\n{rows}");
            assert!(is_table(&text), "{first}");
            let file = parse(&text);
            let entries = [("shđ", "sinh hoạt đảng:"), ("đv", "đơn vị")];
            assert_eq!(file.entries, entries.map(|(a, b)| (a.to_owned(), b.to_owned())).into());
            assert_eq!(file.skipped, [5, 6, 7]);
        }
        assert!(!is_table("đv:đơn vị"));
        assert_eq!(parse("đv:đơn vị\n; lời ghi\n").entries.len(), 1);
        assert_eq!(parse(""), TableFile::default());
    }

    #[test]
    fn what_is_written_is_read_again() {
        assert!(is_table(&print(&table())));
        assert_eq!(parse(&print(&table())).entries, table());
    }
}
