//! A paper as plain text of 80 columns.

use super::{profile::Profile, recipient_lines};
use crate::{
    document::{Block, Document, Head, Letterhead, RECIPIENTS, Signature, Table},
    domain::kind::Layout,
    text::{width::width, wrap},
};

const COLUMNS: usize = 80;
const INDENT: &str = "    ";

/// The text of a paper.
pub(super) fn render(document: &Document, profile: &Profile) -> String {
    let mut out = String::new();
    head(&mut out, &document.head, document.layout);
    for block in &document.blocks {
        self::block(&mut out, block);
    }
    out.push('\n');
    for row in document.signatures.chunks(2) {
        signatures(&mut out, row);
    }
    if !document.recipients.is_empty() {
        out.extend(["\n", RECIPIENTS, "\n"]);
        for line in recipient_lines(document, profile) {
            hanging(&mut out, "- ", &line);
        }
    }
    out
}

fn head(out: &mut String, head: &Head, layout: Layout) {
    if let Some(letterhead) = &head.letterhead {
        self::letterhead(out, letterhead, layout);
    }
    centred(out, &head.title);
    centred(out, &head.about);
    if !head.note.is_empty() {
        centred(out, &head.note);
    }
    if layout == Layout::Party {
        centred(out, "-----");
    }
    out.push('\n');
}

fn letterhead(out: &mut String, letterhead: &Letterhead, layout: Layout) {
    let mut left = vec![letterhead.superior.as_str(), letterhead.issuer.as_str()];
    if layout == Layout::Party {
        left.push("*");
    }
    left.push(&letterhead.number);
    let mut right: Vec<&str> = letterhead.right.iter().map(String::as_str).collect();
    right.push("");
    right.push(&letterhead.place_and_date);
    columns(out, &left, &right);
    out.push('\n');
}

/// Two columns, each centred and wrapped.
fn columns(out: &mut String, left: &[&str], right: &[&str]) {
    let half = COLUMNS / 2;
    let wrapped = |lines: &[&str]| -> Vec<String> {
        lines.iter().flat_map(|line| rows(line, half - 2)).map(|row| centre(&row, half)).collect()
    };
    let (left, right) = (wrapped(left), wrapped(right));
    for at in 0..left.len().max(right.len()) {
        let empty = " ".repeat(half);
        let first = left.get(at).unwrap_or(&empty);
        let second = right.get(at).map_or("", String::as_str);
        out.push_str(format!("{first}{second}").trim_end());
        out.push('\n');
    }
}

fn rows(text: &str, columns: usize) -> Vec<String> {
    let ranges = wrap::wrap(text, columns).into_iter();
    ranges.filter_map(|range| text.get(range)).map(|row| row.trim_end_matches(' ').to_owned()).collect()
}

fn centre(text: &str, columns: usize) -> String {
    let free = columns.saturating_sub(width(text));
    format!("{}{text}{}", " ".repeat(free / 2), " ".repeat(free - free / 2))
}

fn centred(out: &mut String, text: &str) {
    for row in rows(text, COLUMNS) {
        out.push_str(centre(&row, COLUMNS).trim_end());
        out.push('\n');
    }
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Heading { label, text, .. } => {
            out.push('\n');
            hanging(out, &format!("{label} "), text);
        }
        Block::Paragraph(text) => hanging_from(out, INDENT, "", text),
        Block::Item { level: 1, label, text } => hanging(out, &format!("{label} "), text),
        Block::Item { label, text, .. } => hanging_from(out, INDENT, &format!("{label} "), text),
        Block::Table(table) => self::table(out, table),
    }
}

/// A label, and the text wrapped beside it.
fn hanging(out: &mut String, label: &str, text: &str) {
    hanging_from(out, "", label, text);
}

fn hanging_from(out: &mut String, indent: &str, label: &str, text: &str) {
    let first = format!("{indent}{label}");
    let rest = " ".repeat(width(&first) * usize::from(!label.is_empty()));
    for (at, row) in rows(text, COLUMNS - width(&first)).into_iter().enumerate() {
        out.push_str(if at == 0 { &first } else { &rest });
        out.push_str(&row);
        out.push('\n');
    }
}

/// Every row as a paragraph: the first cell is its label, the others follow with the titles of their columns.
fn table(out: &mut String, table: &Table) {
    for row in &table.rows {
        let titled = table.columns.iter().zip(row).skip(1).filter(|(_, cell)| !cell.is_empty());
        let cells: Vec<String> = titled.map(|(column, cell)| format!("{}: {cell}", column.title)).collect();
        let label = row.first().map(|cell| format!("{cell}. ")).unwrap_or_default();
        hanging(out, &label, &cells.join("; "));
    }
}

fn signatures(out: &mut String, signatures: &[Signature]) {
    let lines = |signature: &Signature| {
        let lines = [signature.authority.clone(), signature.position.clone(), signature.name.clone()];
        lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<String>>()
    };
    let (left, right) = match signatures {
        [left, right, ..] => (lines(left), lines(right)),
        [only] => (Vec::new(), lines(only)),
        [] => (Vec::new(), Vec::new()),
    };
    let left: Vec<&str> = left.iter().map(String::as_str).collect();
    let right: Vec<&str> = right.iter().map(String::as_str).collect();
    columns(out, &left, &right);
    out.push_str("\n\n\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_hangs_beside_its_label() {
        let mut out = String::new();
        hanging(&mut out, "1. ", &"nghiêng ".repeat(12));
        assert!(out.lines().all(|line| width(line) <= COLUMNS));
        assert!(out.lines().nth(1).is_some_and(|line| line.starts_with("   nghiêng")));
    }

    #[test]
    fn a_word_of_300_letters_is_cut_to_the_page() {
        let mut out = String::new();
        block(&mut out, &Block::Paragraph("ệ".repeat(300)));
        assert!(out.lines().all(|line| width(line) <= COLUMNS));
        assert_eq!(out.matches('ệ').count(), 300);
    }
}
