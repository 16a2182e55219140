//! The text of a paper from its head to its signatures.

use std::io::{self, Write};

use super::{
    head,
    numbering::{self, Counter},
    package::{FIRST, NUMBERED, R, W},
    paragraph::{Paragraph, spacer},
    twips,
    xml::Xml,
};
use crate::{
    document::{Block, Document, Table},
    export::profile::{Length, Part, Profile},
};

/// The least height of a row into which somebody writes, in millimetres.
const BY_HAND: f64 = 10.0;

/// Writes the text piece by piece, so that a long paper is not held as XML as a whole.
pub(super) fn render(document: &Document, profile: &Profile, out: &mut dyn Write) -> io::Result<()> {
    let mut xml = Xml::new();
    let mut poured = Ok(());
    xml.element("w:document", &[W, R], |xml| {
        xml.element("w:body", &[], |xml| {
            head::write(xml, &document.head, profile);
            poured = blocks(xml, document, profile, out);
            head::signatures(xml, document, profile);
            spacer(xml, 1.0, false);
            section(xml, profile);
        });
    });
    poured?;
    xml.pour(out)
}

/// The body; its last piece stands on the page of the signatures.
fn blocks(xml: &mut Xml, document: &Document, profile: &Profile, out: &mut dyn Write) -> io::Result<()> {
    let mut counter = Counter::default();
    let last = document.blocks.len().saturating_sub(1);
    for (at, block) in document.blocks.iter().enumerate() {
        let keep = at == last && !document.signatures.is_empty();
        match block {
            Block::Paragraph(text) => Paragraph::new(Part::Body, text).kept(keep).write(xml),
            Block::Heading { level, label, text } => {
                let written = counter.take(label);
                let style = numbering::heading(*level, written);
                labelled(xml, Paragraph { style, ..Paragraph::new(Part::Heading, text) }, label, written);
            }
            Block::Item { label, text, .. } => {
                let written = counter.take(label);
                labelled(xml, Paragraph::new(Part::Body, text).kept(keep), label, written);
            }
            Block::Table(table) => {
                self::table(xml, table, profile, keep);
                spacer(xml, profile.length(Length::Gap).max(1.0), keep);
            }
        }
        if xml.is_long() {
            xml.pour(out)?;
        }
    }
    Ok(())
}

/// A paragraph with its label: by the list, or in front of its text.
fn labelled(xml: &mut Xml, paragraph: Paragraph<'_>, label: &str, written: numbering::Label) {
    let literal = (written == numbering::Label::Literal).then(|| format!("{label} {}", paragraph.text));
    let text = literal.as_deref().unwrap_or(paragraph.text);
    Paragraph { label: Some(written), text, ..paragraph }.write(xml);
}

fn table(xml: &mut Xml, table: &Table, profile: &Profile, keep: bool) {
    let shares: f64 = table.columns.iter().map(|column| f64::from(column.share)).sum();
    let width = |share: u16| twips(profile.text_width() * f64::from(share) / shares.max(1.0));
    let widths: Vec<String> = table.columns.iter().map(|column| width(column.share)).collect();
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            xml.val("w:tblStyle", "TableGrid");
            xml.empty("w:tblW", &[("w:w", &twips(profile.text_width())), ("w:type", "dxa")]);
            xml.empty("w:tblLayout", &[("w:type", "fixed")]);
        });
        xml.element("w:tblGrid", &[], |xml| {
            for width in &widths {
                xml.empty("w:gridCol", &[("w:w", width)]);
            }
        });
        titles(xml, table, &widths);
        let last = table.rows.len().saturating_sub(1);
        for (at, row) in table.rows.iter().enumerate() {
            cells(xml, table, row, &widths, keep && at == last);
        }
    });
}

/// The first row, which stands on every page again.
fn titles(xml: &mut Xml, table: &Table, widths: &[String]) {
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[]);
            xml.empty("w:tblHeader", &[]);
        });
        for (column, width) in table.columns.iter().zip(widths) {
            cell(xml, width, |xml| {
                let align = Some("center");
                Paragraph { align, bold: true, ..Paragraph::new(Part::Cell, &column.title) }
                    .kept(true)
                    .write(xml);
            });
        }
    });
}

fn cells(xml: &mut Xml, table: &Table, row: &[String], widths: &[String], keep: bool) {
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[]);
            if table.by_hand {
                xml.empty("w:trHeight", &[("w:val", &twips(BY_HAND)), ("w:hRule", "atLeast")]);
            }
        });
        for ((column, text), width) in table.columns.iter().zip(row).zip(widths) {
            cell(xml, width, |xml| {
                let align = column.centred.then_some("center");
                Paragraph { align, ..Paragraph::new(Part::Cell, text) }.kept(keep).write(xml);
            });
        }
    });
}

fn cell(xml: &mut Xml, width: &str, inner: impl FnOnce(&mut Xml)) {
    xml.element("w:tc", &[], |xml| {
        xml.element("w:tcPr", &[], |xml| {
            xml.empty("w:tcW", &[("w:w", width), ("w:type", "dxa")]);
            xml.val("w:vAlign", "center");
        });
        inner(xml);
    });
}

/// The page: size, margins, the number above it from the second page on.
fn section(xml: &mut Xml, profile: &Profile) {
    let length = |length| twips(profile.length(length));
    xml.element("w:sectPr", &[], |xml| {
        xml.empty("w:headerReference", &[("w:type", "default"), ("r:id", NUMBERED)]);
        xml.empty("w:headerReference", &[("w:type", "first"), ("r:id", FIRST)]);
        xml.empty("w:pgSz", &[("w:w", &length(Length::Width)), ("w:h", &length(Length::Height))]);
        xml.empty(
            "w:pgMar",
            &[
                ("w:top", &length(Length::Top)),
                ("w:right", &length(Length::Right)),
                ("w:bottom", &length(Length::Bottom)),
                ("w:left", &length(Length::Left)),
                ("w:header", &length(Length::PageNumber)),
                ("w:footer", &length(Length::PageNumber)),
                ("w:gutter", "0"),
            ],
        );
        xml.empty("w:titlePg", &[]);
    });
}
