//! Which paragraph styles are headings, and whose fonts are of capitals.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::attribute;
use crate::text::fold::fold;

/// How many styles one style may be based on, one upon the other.
const DEEPEST_STYLE: usize = 10;
/// More styles than a document has.
const MOST: usize = 5000;
/// How styles of headings are called, by word processors and by offices that made their own: the word alone, or with a number.
const HEADINGS: [&str; 12] = [
    "heading",
    "title",
    "tieu de",
    "dau de",
    "de muc",
    "titre",
    "uberschrift",
    "titulo",
    "titolo",
    "заголовок",
    "标题",
    "見出し",
];

/// The paragraph styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: BTreeMap<String, Style>,
    at: String,
}

#[derive(Debug, Default)]
struct Style {
    is_heading: bool,
    /// Whether it is that of a line of the table of contents.
    is_contents: bool,
    /// The list that counts its paragraphs, and at which level, should it name one.
    list: Option<String>,
    level: Option<usize>,
    /// Whether its font is one of capitals, should it name one.
    capitals: Option<bool>,
    based_on: Option<String>,
}

impl Styles {
    pub(super) fn take(&mut self, event: &Event<'_>) {
        let (Event::Start(mark) | Event::Empty(mark)) = event else { return };
        let val = || attribute(mark, "val");
        match mark.local_name().as_ref() {
            "style" => self.at = attribute(mark, "styleId").unwrap_or_default(),
            "name" => {
                let name = fold(&val().unwrap_or_default());
                self.describe(|style| {
                    style.is_heading |= is_heading(&name);
                    style.is_contents |= name.starts_with("toc ");
                });
            }
            "outlineLvl" => self.describe(|style| style.is_heading |= is_outlined(mark)),
            "rFonts" => self.describe(|style| style.capitals = capitals(mark).or(style.capitals)),
            "basedOn" => self.describe(|style| style.based_on = val()),
            "numId" => self.describe(|style| style.list = val()),
            "ilvl" => self.describe(|style| style.level = val().and_then(|level| level.parse().ok())),
            _ => {}
        }
    }

    fn describe(&mut self, change: impl FnOnce(&mut Style)) {
        if self.all.len() < MOST || self.all.contains_key(&self.at) {
            change(self.all.entry(self.at.clone()).or_default());
        }
    }

    /// A style and those that it is based on, one upon the other.
    fn chain(&self, id: &str) -> impl Iterator<Item = &Style> {
        let parent = |style: &&Style| style.based_on.as_ref().and_then(|id| self.all.get(id));
        std::iter::successors(self.all.get(id), parent).take(DEEPEST_STYLE)
    }

    pub(super) fn is_heading(&self, id: &str) -> bool {
        self.chain(id).any(|style| style.is_heading)
    }

    pub(super) fn is_contents(&self, id: &str) -> bool {
        self.chain(id).any(|style| style.is_contents)
    }

    /// The list that counts the paragraphs of a style, and their level in it.
    pub(super) fn list(&self, id: &str) -> Option<(&str, Option<usize>)> {
        let list = self.chain(id).find_map(|style| style.list.as_deref())?;
        Some((list, self.chain(id).find_map(|style| style.level)))
    }

    pub(super) fn capitals(&self, id: &str) -> Option<bool> {
        self.chain(id).find_map(|style| style.capitals)
    }
}

/// Whether a folded name is that of a style of headings.
fn is_heading(name: &str) -> bool {
    let rest = |word| name.strip_prefix(word).map(str::trim);
    HEADINGS.into_iter().filter_map(rest).any(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether an outline level is a heading's: 9 is that of the text.
pub(super) fn is_outlined(mark: &BytesStart<'_>) -> bool {
    attribute(mark, "val").and_then(|level| level.parse::<u8>().ok()).is_some_and(|level| level < 9)
}

/// Whether the font that a mark names is one of capitals, if it names one.
pub(super) fn capitals(mark: &BytesStart<'_>) -> Option<bool> {
    attribute(mark, "ascii").or_else(|| attribute(mark, "hAnsi")).map(|font| is_of_capitals(&font))
}

/// Whether a font shows the small letters of TCVN3 as capitals, as `.VnTimeH` does.
fn is_of_capitals(font: &str) -> bool {
    font.starts_with(".Vn") && font.ends_with('H')
}
