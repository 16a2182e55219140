//! Labels as Word's own numbers, wherever Word would count to the same.

use super::{package::W, twips, xml::Xml};
use crate::{
    domain::kind::Layout,
    export::profile::{Length, Profile},
};

/// The list of headings and numbered items.
pub(super) const HEADINGS: &str = "1";
/// The list of dashes.
const DASHES: &str = "2";
const LEVELS: usize = 3;
const ROMAN: [&str; 10] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"];

/// What Word has counted to, level by level.
#[derive(Debug, Default)]
pub(super) struct Counter([usize; LEVELS]);

/// How a label is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    /// As the next number of a level of the list.
    Counted(usize),
    /// As a dash.
    Dash,
    /// As text: Word would not count to it.
    Literal,
}

impl Counter {
    /// How the next label is written.
    pub(super) fn take(&mut self, label: &str) -> Label {
        if label == "-" {
            return Label::Dash;
        }
        let Some((level, number)) = self.read(label) else { return Label::Literal };
        let Some(count) = self.0.get_mut(level).filter(|count| **count + 1 == number) else {
            return Label::Literal;
        };
        *count = number;
        self.0.iter_mut().skip(level + 1).for_each(|deeper| *deeper = 0);
        Label::Counted(level)
    }

    /// Level and number of `I-`, `1.` or, below what was counted to, `1.1.`.
    fn read(&self, label: &str) -> Option<(usize, usize)> {
        let bare = label.strip_suffix(['-', '.'])?;
        if let Some(at) = ROMAN.iter().position(|roman| *roman == bare) {
            return Some((0, at + 1));
        }
        match bare.split_once('.') {
            None => Some((1, bare.parse().ok()?)),
            Some((above, number)) => {
                let is_below = above.parse() == Ok(self.0[1]);
                is_below.then_some((2, number.parse().ok()?))
            }
        }
    }
}

/// The style of a heading at a level, for the level's own use.
const STYLES: [&str; LEVELS] = ["Heading1", "Heading2", "Heading3"];

/// A paragraph's or a style's place in a list.
pub(super) fn reference(xml: &mut Xml, level: &str, list: &str) {
    xml.element("w:numPr", &[], |xml| {
        xml.val("w:ilvl", level);
        xml.val("w:numId", list);
    });
}

/// What a paragraph says of its label: a number, a dash, or that its style's number is not for it. Headings say it too, so that they
/// are numbered by an office's own styles.
pub(super) fn of_paragraph(xml: &mut Xml, label: Label, is_heading: bool) {
    match label {
        Label::Counted(level) => reference(xml, &level.to_string(), HEADINGS),
        Label::Dash => reference(xml, "0", DASHES),
        Label::Literal if is_heading => reference(xml, "0", "0"),
        Label::Literal => {}
    }
}

/// The style of a heading with that label.
pub(super) fn heading(level: u8, label: Label) -> &'static str {
    match (level, label) {
        (1, _) => STYLES[0],
        (_, Label::Counted(2)) => STYLES[2],
        _ => STYLES[1],
    }
}

pub(super) fn render(profile: &Profile) -> Vec<u8> {
    let roman = if profile.family == Layout::Party { "%1-" } else { "%1." };
    let headings = [("upperRoman", roman), ("decimal", "%2."), ("decimal", "%2.%3.")];
    let mut xml = Xml::new();
    xml.element("w:numbering", &[W], |xml| {
        xml.element("w:abstractNum", &[("w:abstractNumId", "0")], |xml| {
            xml.val("w:multiLevelType", "multilevel");
            for (at, (format, text)) in headings.into_iter().enumerate() {
                level(xml, profile, (at, format, text), STYLES.get(at).copied());
            }
        });
        xml.element("w:abstractNum", &[("w:abstractNumId", "1")], |xml| {
            xml.val("w:multiLevelType", "singleLevel");
            level(xml, profile, (0, "bullet", "-"), None);
        });
        for (list, of) in [(HEADINGS, "0"), (DASHES, "1")] {
            xml.element("w:num", &[("w:numId", list)], |xml| xml.val("w:abstractNumId", of));
        }
    });
    xml.finish()
}

fn level(xml: &mut Xml, profile: &Profile, (at, format, text): (usize, &str, &str), style: Option<&str>) {
    xml.element("w:lvl", &[("w:ilvl", &at.to_string())], |xml| {
        xml.val("w:start", "1");
        xml.val("w:numFmt", format);
        if let Some(style) = style {
            xml.val("w:pStyle", style);
        }
        xml.val("w:suff", "space");
        xml.val("w:lvlText", text);
        xml.val("w:lvlJc", "left");
        xml.element("w:pPr", &[], |xml| {
            let indent = twips(profile.length(Length::Indent));
            xml.empty("w:ind", &[("w:left", "0"), ("w:firstLine", &indent)]);
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_follow_each_other_are_counted_and_others_written() {
        use Label::{Counted as C, Dash, Literal};
        let taken = |labels: &[&str]| {
            let mut counter = Counter::default();
            labels.iter().map(|label| counter.take(label)).collect::<Vec<_>>()
        };
        assert_eq!(taken(&["I-", "1.", "2.", "-", "II-", "1."]), [C(0), C(1), C(1), Dash, C(0), C(1)]);
        assert_eq!(taken(&["1.", "1.1.", "1.2.", "2.", "2.1."]), [C(1), C(2), C(2), C(1), C(2)]);
        assert_eq!(
            taken(&["2.", "1.", "3.1.", "a)", "II.", "–-"]),
            [Literal, C(1), Literal, Literal, Literal, Literal]
        );
    }
}
