//! Paragraphs: a style, a place in a list, runs in which gaps are marked.

use super::{
    numbering::{self, Label},
    styles,
    xml::Xml,
};
use crate::{document, export::profile::Part};

/// A paragraph.
pub(super) struct Paragraph<'a> {
    /// Its style.
    pub(super) style: &'a str,
    /// Whether it must stand on the page of what follows.
    pub(super) keep: bool,
    /// How its label is written, for those that have one.
    pub(super) label: Option<Label>,
    /// Points above it, for those that have more than their style says.
    pub(super) above: Option<String>,
    /// Its alignment, for those that have another than their style.
    pub(super) align: Option<&'a str>,
    /// Whether it is bold whatever its style is.
    pub(super) bold: bool,
    /// What it says.
    pub(super) text: &'a str,
}

impl<'a> Paragraph<'a> {
    pub(super) fn new(part: Part, text: &'a str) -> Self {
        Self {
            style: styles::id(part),
            keep: false,
            label: None,
            above: None,
            align: None,
            bold: false,
            text,
        }
    }

    #[must_use]
    pub(super) fn kept(mut self, keep: bool) -> Self {
        self.keep = keep;
        self
    }

    pub(super) fn write(&self, xml: &mut Xml) {
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| self.properties(xml));
            for (text, is_gap) in document::gaps(self.text) {
                run(xml, text, self.bold, is_gap);
            }
        });
    }

    fn properties(&self, xml: &mut Xml) {
        xml.val("w:pStyle", self.style);
        if self.keep {
            xml.empty("w:keepNext", &[]);
            xml.empty("w:keepLines", &[]);
        }
        if let Some(label) = self.label {
            numbering::of_paragraph(xml, label, self.style.starts_with("Heading"));
        }
        if let Some(above) = &self.above {
            xml.empty("w:spacing", &[("w:before", above)]);
        }
        if let Some(align) = self.align {
            xml.val("w:jc", align);
        }
    }
}

fn run(xml: &mut Xml, text: &str, bold: bool, is_gap: bool) {
    xml.element("w:r", &[], |xml| {
        if bold || is_gap {
            xml.element("w:rPr", &[], |xml| {
                if bold {
                    xml.empty("w:b", &[]);
                }
                if is_gap {
                    xml.val("w:highlight", "yellow");
                }
            });
        }
        xml.element("w:t", &[("xml:space", "preserve")], |xml| xml.text(text));
    });
}

/// A line across the middle of a column, `length` of `width` long: the upper border of an empty paragraph.
pub(super) fn rule(xml: &mut Xml, width: f64, length: f64) {
    let side = super::twips(((width - length) / 2.0).max(0.0));
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            xml.element("w:pBdr", &[], |xml| {
                let line = [("w:val", "single"), ("w:sz", "6"), ("w:space", "1"), ("w:color", "000000")];
                xml.empty("w:top", &line);
            });
            xml.empty("w:spacing", &[("w:before", "40"), ("w:line", "120"), ("w:lineRule", "exact")]);
            xml.empty("w:ind", &[("w:left", &side), ("w:right", &side)]);
        });
    });
}

/// An empty paragraph of a height in points: between two tables, and behind the last.
pub(super) fn spacer(xml: &mut Xml, points: f64, keep: bool) {
    xml.element("w:p", &[], |xml| {
        xml.element("w:pPr", &[], |xml| {
            if keep {
                xml.empty("w:keepNext", &[]);
            }
            xml.empty("w:spacing", &[("w:line", &super::twips_of(points)), ("w:lineRule", "exact")]);
        });
    });
}
