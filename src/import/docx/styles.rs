//! Which paragraph styles are headings, and whose fonts are of capitals.

use std::collections::BTreeMap;

use quick_xml::events::{BytesStart, Event};

use super::attribute;

/// How many styles one style may be based on, one upon the other.
const DEEPEST_STYLE: usize = 10;

/// The paragraph styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    all: BTreeMap<String, Style>,
    at: String,
}

#[derive(Debug, Default)]
struct Style {
    is_heading: bool,
    /// Whether its font is one of capitals, should it name one.
    capitals: Option<bool>,
    based_on: Option<String>,
}

impl Styles {
    pub(super) fn take(&mut self, event: &Event<'_>) {
        let (Event::Start(mark) | Event::Empty(mark)) = event else { return };
        match mark.local_name().as_ref() {
            "style" => self.at = attribute(mark, "styleId").unwrap_or_default(),
            "name" => {
                let name = attribute(mark, "val").unwrap_or_default().to_lowercase();
                let is_heading = name.starts_with("heading ") || name == "title";
                self.all.entry(self.at.clone()).or_default().is_heading |= is_heading;
            }
            "outlineLvl" => {
                self.all.entry(self.at.clone()).or_default().is_heading |= is_outlined(mark);
            }
            "rFonts" => {
                let capitals = capitals(mark);
                let style = self.all.entry(self.at.clone()).or_default();
                style.capitals = capitals.or(style.capitals);
            }
            "basedOn" => self.all.entry(self.at.clone()).or_default().based_on = attribute(mark, "val"),
            _ => {}
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

    pub(super) fn capitals(&self, id: &str) -> Option<bool> {
        self.chain(id).find_map(|style| style.capitals)
    }
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
