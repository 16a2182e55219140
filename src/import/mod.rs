//! Texts to keynotes: sections and paragraphs, and a report of what is in neither. Tables to lists of units and people.
//!
//! The room owns the shapes by which headings are known. It knows no session and opens no file. Invariant: every word of the source is in a
//! section or in the report; lines before the first heading stand under a heading without a name.

pub mod docx;
pub mod list;
mod markdown;

use crate::text::{
    legacy::{self, Legacy},
    nfc,
};

/// What a file is, by its first bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// An archive, as a DOCX is one.
    Docx,
    /// A file of Word before 2007, or one that is locked with a password.
    OldWord,
    /// A PDF.
    Pdf,
    /// A text, until it is found to be none.
    Text,
}

impl Shape {
    /// How many bytes tell.
    pub const HEAD: u64 = 8;

    /// What begins with these bytes.
    pub fn of(head: &[u8]) -> Self {
        match head {
            [b'P', b'K', 3 | 5, 4 | 6, ..] => Self::Docx,
            [0xD0, 0xCF, 0x11, 0xE0, ..] => Self::OldWord,
            [b'%', b'P', b'D', b'F', b'-', ..] => Self::Pdf,
            _ => Self::Text,
        }
    }
}

/// A section of an imported keynote.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// Its heading; empty for what stands before the first one.
    pub heading: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

/// What a text holds that a keynote does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Omission {
    /// The number or mark before a heading; sections are numbered where they are printed.
    Number,
    /// The marks that make words bold or slanted.
    Bold,
    /// A line drawn across, or between the rows of a table.
    Rule,
    /// A picture.
    Image,
    /// Characters that show nothing, by their codes.
    Hidden,
    /// A note at the foot of a page.
    Footnote,
    /// A note at the end.
    Endnote,
    /// What somebody remarked in the margin.
    Comment,
    /// Words that somebody has deleted while changes were tracked.
    Deleted,
    /// A line of the table of contents.
    Contents,
    /// Where a link leads.
    Link,
    /// Marks and facts for programs.
    Markup,
}

impl Omission {
    /// All kinds.
    pub const ALL: [Self; 12] = [
        Self::Number,
        Self::Bold,
        Self::Rule,
        Self::Image,
        Self::Hidden,
        Self::Footnote,
        Self::Endnote,
        Self::Comment,
        Self::Deleted,
        Self::Contents,
        Self::Link,
        Self::Markup,
    ];
}

/// Something that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// What it is.
    pub what: Omission,
    /// Its line in the source, from 1.
    pub line: usize,
    /// Its characters.
    pub text: String,
}

/// A keynote as it was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keynote {
    /// Its sections, in order.
    pub sections: Vec<Section>,
    /// How they read in Unicode, where letters of TCVN3 stand in a font that shows small ones as capitals; empty where none does.
    pub shown: Vec<Section>,
    /// What is not in them, in the order of [`Omission::ALL`] within a line.
    pub left_out: Vec<LeftOut>,
}

impl Keynote {
    /// How it reads if its characters are letters of an old font, should that be likely.
    pub fn offer(&self) -> Option<(Legacy, Vec<Section>)> {
        let encoding = legacy::offer(&self.words())?.encoding;
        if encoding == Legacy::Tcvn3 && !self.shown.is_empty() {
            return Some((encoding, self.shown.clone()));
        }
        let convert = |text: &String| legacy::convert(encoding, text);
        let section = |Section { heading, paragraphs }: &Section| Section {
            heading: convert(heading),
            paragraphs: paragraphs.iter().map(convert).collect(),
        };
        Some((encoding, self.sections.iter().map(section).collect()))
    }

    /// All its words, a line a heading or paragraph.
    pub fn words(&self) -> String {
        let lines = self
            .sections
            .iter()
            .flat_map(|section| std::iter::once(&section.heading).chain(&section.paragraphs));
        lines.map(String::as_str).collect::<Vec<_>>().join("\n")
    }

    fn leave(&mut self, what: Omission, line: usize, text: &str) {
        self.left_out.push(LeftOut { what, line, text: text.to_owned() });
    }

    fn line(&mut self, number: usize, line: &str) {
        if is_rule(line) {
            self.leave(Omission::Rule, number, line);
        } else if heading(line).is_some() {
            self.begin(number, line);
        } else {
            self.paragraph(line.to_owned());
        }
    }

    /// A section begins; the number or mark before its heading is left out.
    fn begin(&mut self, number: usize, line: &str) {
        let heading = heading(line).unwrap_or(line);
        let mark = line.strip_suffix(heading).unwrap_or_default().trim();
        if !mark.is_empty() {
            self.leave(Omission::Number, number, mark);
        }
        self.sections.push(Section { heading: heading.to_owned(), paragraphs: Vec::new() });
    }

    fn paragraph(&mut self, text: String) {
        match self.sections.last_mut() {
            Some(section) => section.paragraphs.push(text),
            None => self.sections.push(Section { heading: String::new(), paragraphs: vec![text] }),
        }
    }
}

/// Reads Markdown; or a text in which `I-`, `1.`, `a)` or a line of capitals begins a section, and every other line with words is a paragraph.
pub fn keynote(text: &str) -> Keynote {
    let clean = nfc::clean(text);
    let mut keynote = if markdown::is_markdown(&clean) { markdown::read(&clean) } else { by_lines(&clean) };
    for (number, line) in (1..).zip(text.split(is_line_end)) {
        let hidden: Vec<String> = line.chars().filter(|c| is_hidden(*c)).map(code).collect();
        if !hidden.is_empty() {
            keynote.leave(Omission::Hidden, number, &hidden.join(" "));
        }
    }
    keynote.left_out.sort_by_key(|left| (left.line, left.what));
    keynote
}

fn by_lines(text: &str) -> Keynote {
    let mut keynote = Keynote::default();
    for (number, line) in (1..).zip(text.lines().map(str::trim)).filter(|(_, line)| !line.is_empty()) {
        keynote.line(number, line);
    }
    keynote
}

/// The ends of lines as [`nfc::clean`] knows them.
fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_hidden(c: char) -> bool {
    nfc::is_steering(c) && !matches!(c, '\t' | '\r')
}

fn code(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

/// Whether a line is one that is drawn and not written.
fn is_rule(line: &str) -> bool {
    line.chars().all(|c| matches!(c, '-' | '*' | '_' | '=' | '–' | '—' | ' '))
}

/// The words of a heading, if a line has the shape of one.
fn heading(line: &str) -> Option<&str> {
    let numbered = || {
        let (number, rest) = line.split_once(char::is_whitespace)?;
        (is_number(number) && is_short(rest)).then(|| rest.trim())
    };
    let capitals = || {
        let letters = line.chars().filter(|c| c.is_alphabetic()).count();
        let upper = letters > 3 && !line.chars().any(char::is_lowercase);
        (upper && line.chars().count() <= LONGEST).then_some(line)
    };
    numbered().or_else(capitals)
}

/// Whether a word is the number of a section: `I-`, `II.`, `1.`, `1.2.`, `a)`.
fn is_number(word: &str) -> bool {
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if let Some(letter) = word.strip_suffix(')') {
        return letter.chars().count() == 1 && letter.chars().all(char::is_lowercase);
    }
    let Some(number) = word.strip_suffix(['-', '.', '–', '/']) else { return false };
    let is_roman = !number.is_empty() && number.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    is_roman || number.split('.').all(digits)
}

/// Whether a text is a heading's and not a sentence.
fn is_short(text: &str) -> bool {
    text.chars().count() <= LONGEST && !text.trim_end().ends_with(['.', ';', ','])
}

/// A heading is not longer than this; a longer line is a paragraph.
const LONGEST: usize = 120;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn headings_are_known_by_their_shapes() {
        let text = "Lời đầu\nI- Thực trạng\nĐoạn một\n\nĐoạn hai\n1. Khó khăn\nĐoạn ba\n# Kiến nghị\nĐoạn bốn\na) Về dữ liệu\n**II- Giải pháp**\nKẾT LUẬN CHUNG\n";
        let sections = keynote(text).sections;
        let headings: Vec<&str> = sections.iter().map(|section| section.heading.as_str()).collect();
        assert_eq!(
            headings,
            ["", "Thực trạng", "Khó khăn", "Kiến nghị", "Về dữ liệu", "Giải pháp", "KẾT LUẬN CHUNG"]
        );
        assert_eq!(sections[1].paragraphs, ["Đoạn một", "Đoạn hai"]);
    }

    #[test]
    fn sentences_that_begin_like_headings_are_paragraphs() {
        for line in [
            "1. Rà soát, báo cáo.",
            "I-ốt là một chất",
            "2023 là năm đầu",
            "- gạch đầu dòng",
            "3",
            "a) rà soát hồ sơ;",
        ] {
            assert_eq!(keynote(line).sections[0].paragraphs, [line]);
        }
    }

    #[test]
    fn what_is_left_out_is_reported_with_its_line() {
        let text = "I- Thực\u{202E} trạng\nĐoạn **một**\n-----\n![sơ đồ](a.png)\n\n| a | b |\n|---|:-:|\n\n**KẾT LUẬN**\n## Hết\n";
        let read = keynote(text);
        let left: Vec<_> =
            read.left_out.iter().map(|left| (left.line, left.what, left.text.as_str())).collect();
        assert_eq!(
            left,
            [
                (1, Omission::Number, "I-"),
                (1, Omission::Hidden, "U+202E"),
                (2, Omission::Bold, "**"),
                (3, Omission::Rule, "-----"),
                (4, Omission::Image, "![sơ đồ](a.png)"),
                (7, Omission::Rule, "|---|:-:|"),
                (9, Omission::Bold, "**"),
                (10, Omission::Number, "##"),
            ]
        );
        assert_eq!(read.sections[0].paragraphs, ["Đoạn một", "a | b"]);
        assert_eq!(keynote("một\tđoạn\r\nhai\n").left_out, []);
    }

    proptest! {
        #[test]
        fn every_word_is_in_a_section_or_in_the_report(text in "[a-zA-ZÀ-ỹ0-9#.\\-*!()\\[\\] \u{a0}\n]{0,200}") {
            let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
            let read = keynote(&text);
            let paragraphs = |section: &Section| section.paragraphs.iter().map(|p| letters(p)).sum::<usize>();
            let kept: usize = read.sections.iter().map(|s| letters(&s.heading) + paragraphs(s)).sum();
            let left: usize = read.left_out.iter().map(|left| letters(&left.text)).sum();
            prop_assert_eq!(kept + left, letters(&nfc::clean(&text)));
        }
    }
}
