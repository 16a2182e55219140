//! A paper as plain text of 80 columns.

use super::{profile::Profile, recipient_lines};
use crate::{
    document::{Block, Document, Head, Letterhead, RECIPIENTS, Signature, Table},
    domain::kind::Layout,
    text::{width::width, wrap},
};

const COLUMNS: usize = 80;
const INDENT: &str = "    ";
/// The columns of who issues a paper; place and date stand at their right, which are longer.
const LEFT: usize = 35;
/// Lines for a signature.
const ROOM: &str = "\n\n\n\n";
/// Where somebody writes by hand.
const BY_HAND: &str = "..............................";

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
    columns(out, LEFT, &left, &right);
    out.push('\n');
}

/// Two columns, each centred and wrapped, the first one so wide.
fn columns(out: &mut String, first: usize, left: &[&str], right: &[&str]) {
    let wrapped = |lines: &[&str], wide: usize| -> Vec<String> {
        lines.iter().flat_map(|line| rows(line, wide - 2)).map(|row| centre(&row, wide)).collect()
    };
    let (left, right) = (wrapped(left, first), wrapped(right, COLUMNS - first));
    for at in 0..left.len().max(right.len()) {
        let empty = " ".repeat(first);
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

/// Every row as lines: the first cell is its label, each other one stands behind the title of its column.
fn table(out: &mut String, table: &Table) {
    for row in &table.rows {
        let mut label = row.first().map(|cell| format!("{cell}. ")).unwrap_or_default();
        let cells = table.columns.iter().zip(row).skip(1);
        for (column, cell) in cells.filter(|(_, cell)| table.by_hand || !cell.is_empty()) {
            let cell = if cell.is_empty() { BY_HAND } else { cell };
            hanging(out, &label, &format!("{}: {cell}", column.title));
            label = " ".repeat(width(&label));
        }
    }
}

/// Who signs in what capacity, room for the signatures, and the names.
fn signatures(out: &mut String, signatures: &[Signature]) {
    let (left, right) = match signatures {
        [left, right, ..] => (Some(left), Some(right)),
        [only] => (None, Some(only)),
        [] => (None, None),
    };
    beside(out, &capacity(left), &capacity(right));
    out.push_str(ROOM);
    beside(out, &name(left), &name(right));
    out.push('\n');
}

fn beside(out: &mut String, left: &[&str], right: &[&str]) {
    columns(out, COLUMNS / 2, left, right);
}

fn capacity(signature: Option<&Signature>) -> Vec<&str> {
    let lines = signature.map(|it| [it.authority.as_str(), it.position.as_str()]);
    lines.into_iter().flatten().filter(|line| !line.is_empty()).collect()
}

fn name(signature: Option<&Signature>) -> Vec<&str> {
    signature.map(|it| it.name.as_str()).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Column;

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

    #[test]
    fn rows_for_people_who_write_have_room_and_no_cell_is_run_into_the_next() {
        let columns =
            ["TT", "Tên", "Ký"].map(|title| Column { title: title.to_owned(), share: 1, centred: false });
        let rows = vec![vec!["1".into(), "An.".into(), String::new()]];
        let told = |by_hand| {
            let mut out = String::new();
            table(&mut out, &Table { columns: columns.to_vec(), rows: rows.clone(), by_hand });
            out
        };
        assert_eq!(told(false), "1. Tên: An.\n");
        assert_eq!(told(true), format!("1. Tên: An.\n   Ký: {BY_HAND}\n"));
    }

    #[test]
    fn names_are_level_below_the_room_for_signatures() {
        let signature = |position: &str, name: &str| Signature {
            authority: String::new(),
            position: position.to_owned(),
            name: name.to_owned(),
        };
        let mut out = String::new();
        signatures(&mut out, &[signature(&"RẤT DÀI ".repeat(8), "An"), signature("CHỦ TRÌ", "Bình")]);
        let lines: Vec<&str> = out.lines().collect();
        let at = lines.iter().position(|line| line.contains("An")).unwrap();
        assert!(lines[at].contains("Bình") && lines[at - 4..at].iter().all(|line| line.is_empty()), "{out}");
    }
}
