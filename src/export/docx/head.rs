//! What stands in two columns: the letterhead, and the recipients beside the signatures.

use super::{
    paragraph::{Paragraph, rule, spacer},
    twips, twips_of,
    xml::Xml,
};
use crate::{
    document::{Document, Head, Letterhead, RECIPIENTS, Signature},
    domain::kind::Layout,
    export::{
        measure,
        profile::{Length, Part, Profile},
        recipient_lines,
    },
};

/// What stands free at either side of signatures beside each other, in millimetres: two long names would read as one.
const BETWEEN: f64 = 2.0;

/// The part of the line above that a short rule is long.
const SHORT: f64 = 0.4;

/// The letterhead, the type, the abstract.
pub(super) fn write(xml: &mut Xml, head: &Head, profile: &Profile) {
    if let Some(letterhead) = &head.letterhead {
        self::letterhead(xml, letterhead, profile);
    }
    Paragraph::new(Part::Title, &head.title).write(xml);
    if !head.about.is_empty() {
        Paragraph::new(Part::About, &head.about).write(xml);
    }
    if !head.note.is_empty() {
        Paragraph::new(Part::Note, &head.note).write(xml);
    }
    match profile.family {
        Layout::Party => Paragraph::new(Part::About, "-----").write(xml),
        Layout::State => {
            let width = profile.text_width();
            let about = measure::length(&head.about, profile.size(Part::About)).min(width);
            rule(xml, width, about * SHORT);
        }
    }
    spacer(xml, profile.length(Length::Gap), false);
}

fn letterhead(xml: &mut Xml, letterhead: &Letterhead, profile: &Profile) {
    let [left, right] = columns(profile);
    layout_table(xml, [left, right], 0.0, |xml| {
        row(
            xml,
            [left, right],
            |xml| issuer(xml, letterhead, profile, left),
            |xml| {
                state(xml, &letterhead.right, profile, right);
            },
        );
        row(
            xml,
            [left, right],
            |xml| Paragraph::new(Part::Number, &letterhead.number).write(xml),
            |xml| Paragraph::new(Part::Date, &letterhead.place_and_date).write(xml),
        );
    });
}

/// Who issues the paper: below it a star in Party papers, a short rule in State papers.
fn issuer(xml: &mut Xml, letterhead: &Letterhead, profile: &Profile, width: f64) {
    Paragraph::new(Part::Superior, &letterhead.superior).write(xml);
    Paragraph::new(Part::Issuer, &letterhead.issuer).write(xml);
    match profile.family {
        Layout::Party => Paragraph::new(Part::Issuer, "*").write(xml),
        Layout::State => {
            let line = measure::length(&letterhead.issuer, profile.size(Part::Issuer)).min(width);
            rule(xml, width, line * SHORT);
        }
    }
}

/// The Party's or the country's name, the motto if there is one, a rule as long as the last line.
fn state(xml: &mut Xml, lines: &[String], profile: &Profile, width: f64) {
    let parts = [Part::State, Part::Motto];
    for (part, line) in parts.into_iter().zip(lines) {
        Paragraph::new(part, line).write(xml);
    }
    let last = parts.into_iter().zip(lines).next_back();
    let length = last.map_or(0.0, |(part, line)| measure::length(line, profile.size(part)));
    rule(xml, width, length.min(width));
}

/// The widths of the two columns, in millimetres.
fn columns(profile: &Profile) -> [f64; 2] {
    [Length::HeadLeft, Length::HeadRight].map(|length| profile.length(length))
}

/// The signatures: one with the recipients at its left, more two beside each other, whose names are level.
pub(super) fn signatures(xml: &mut Xml, document: &Document, profile: &Profile) {
    if document.signatures.is_empty() && document.recipients.is_empty() {
        return;
    }
    spacer(xml, profile.size(Part::Body), true);
    if let [_, _, ..] = document.signatures.as_slice() {
        let halves = [profile.text_width() / 2.0; 2];
        layout_table(xml, halves, BETWEEN, |xml| {
            for (at, pair) in document.signatures.chunks(2).enumerate() {
                if at > 0 {
                    row(xml, halves, blank, blank);
                }
                let [left, right] = [pair.first(), pair.get(1)];
                row(xml, halves, |xml| capacity(xml, left), |xml| capacity(xml, right));
                row(xml, halves, |xml| name(xml, left, profile), |xml| name(xml, right, profile));
            }
        });
        return;
    }
    let widths = columns(profile);
    layout_table(xml, widths, 0.0, |xml| {
        row(
            xml,
            widths,
            |xml| recipients(xml, document, profile),
            |xml| {
                capacity(xml, document.signatures.first());
                name(xml, document.signatures.first(), profile);
            },
        );
    });
}

fn blank(xml: &mut Xml) {
    Paragraph::new(Part::Name, "").write(xml);
}

/// In what capacity somebody signs.
fn capacity(xml: &mut Xml, signature: Option<&Signature>) {
    let lines = signature.map(|it| [(Part::Authority, &it.authority), (Part::Position, &it.position)]);
    let lines: Vec<_> = lines.into_iter().flatten().filter(|(_, line)| !line.is_empty()).collect();
    if lines.is_empty() {
        Paragraph::new(Part::Name, "").kept(true).write(xml);
    }
    for (part, line) in lines {
        Paragraph::new(part, line).kept(true).write(xml);
    }
}

/// The room for a signature, and the name below it.
fn name(xml: &mut Xml, signature: Option<&Signature>, profile: &Profile) {
    let Some(signature) = signature else { return blank(xml) };
    let room = profile.length(Length::Room) * profile.size(Part::Name) * measure::LINE;
    let above = Some(twips_of(room));
    Paragraph { above, ..Paragraph::new(Part::Name, &signature.name) }.write(xml);
}

fn recipients(xml: &mut Xml, document: &Document, profile: &Profile) {
    if document.recipients.is_empty() {
        blank(xml);
        return;
    }
    Paragraph::new(Part::RecipientsTitle, RECIPIENTS).kept(true).write(xml);
    for line in recipient_lines(document, profile) {
        Paragraph::new(Part::Recipients, &format!("- {line}")).write(xml);
    }
}

/// A table that only puts things beside each other: no lines, and margins only at the sides of its cells.
fn layout_table(xml: &mut Xml, widths: [f64; 2], side: f64, rows: impl FnOnce(&mut Xml)) {
    xml.element("w:tbl", &[], |xml| {
        xml.element("w:tblPr", &[], |xml| {
            xml.empty("w:tblW", &[("w:w", &twips(widths.iter().sum())), ("w:type", "dxa")]);
            xml.empty("w:tblLayout", &[("w:type", "fixed")]);
            xml.element("w:tblCellMar", &[], |xml| {
                for (name, margin) in [("w:top", 0.0), ("w:left", side), ("w:bottom", 0.0), ("w:right", side)]
                {
                    xml.empty(name, &[("w:w", &twips(margin)), ("w:type", "dxa")]);
                }
            });
        });
        xml.element("w:tblGrid", &[], |xml| {
            for width in widths {
                xml.empty("w:gridCol", &[("w:w", &twips(width))]);
            }
        });
        rows(xml);
    });
}

/// A row that no page break divides.
fn row(xml: &mut Xml, widths: [f64; 2], left: impl FnOnce(&mut Xml), right: impl FnOnce(&mut Xml)) {
    let cell = |xml: &mut Xml, width: f64| {
        xml.element("w:tcPr", &[], |xml| xml.empty("w:tcW", &[("w:w", &twips(width)), ("w:type", "dxa")]));
    };
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| xml.empty("w:cantSplit", &[]));
        let [first, second] = widths;
        xml.element("w:tc", &[], |xml| {
            cell(xml, first);
            left(xml);
        });
        xml.element("w:tc", &[], |xml| {
            cell(xml, second);
            right(xml);
        });
    });
}
