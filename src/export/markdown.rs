//! A paper as Markdown.

use super::{profile::Profile, recipient_lines};
use crate::{
    document::{Block, Column, Document, Head, Letterhead, RECIPIENTS, Signature, Table},
    domain::kind::Layout,
};

/// A space of its own, however many stand beside it.
const NO_BREAK: char = '\u{A0}';

/// The text of a paper.
pub(super) fn render(document: &Document, profile: &Profile) -> String {
    let mut out = head(&document.head, document.layout);
    for block in &document.blocks {
        out.push_str(&self::block(block));
    }
    signatures(&mut out, &document.signatures);
    if !document.recipients.is_empty() {
        out.extend(["\n", RECIPIENTS, "\n\n"]);
        let line = |line: String| format!("- {}\n", escaped_line(&line));
        out.extend(recipient_lines(document, profile).into_iter().map(line));
    }
    out
}

fn head(head: &Head, layout: Layout) -> String {
    let letterhead = head.letterhead.as_ref().map(|it| self::letterhead(it, layout)).unwrap_or_default();
    let rule = if layout == Layout::Party { "\\-\\-\\-\\-\\-\n\n" } else { "" };
    let [title, about] = [&head.title, &head.about].map(|text| escaped(text));
    let note = if head.note.is_empty() { String::new() } else { format!("*{}*\n\n", escaped(&head.note)) };
    format!("{letterhead}# {title}\n\n**{about}**\n\n{note}{rule}")
}

fn letterhead(letterhead: &Letterhead, layout: Layout) -> String {
    let right: Vec<String> = letterhead.right.iter().map(|line| format!("**{}**", escaped(line))).collect();
    let star = if layout == Layout::Party { "<br>\\*" } else { "" };
    let Letterhead { superior, issuer, number, place_and_date, .. } = letterhead;
    let [superior, issuer, number, date] =
        [superior, issuer, number, place_and_date].map(|text| escaped(text));
    let right = right.join("<br>");
    format!("| | |\n|:-:|:-:|\n| {superior}<br>**{issuer}**{star} | {right} |\n| {number} | *{date}* |\n\n")
}

fn table(table: &Table) -> String {
    let row =
        |cells: &mut dyn Iterator<Item = String>| format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "));
    let titles = row(&mut table.columns.iter().map(|column| escaped(&column.title)));
    let align = |column: &Column| if column.centred { ":-:" } else { ":--" }.to_owned();
    let rule = row(&mut table.columns.iter().map(align));
    let rows = table.rows.iter().map(|cells| row(&mut cells.iter().map(|cell| escaped(cell))));
    let rows: String = rows.collect();
    format!("{titles}{rule}{rows}\n")
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { level, label, text } => {
            let marks = "#".repeat(usize::from(*level) + 1);
            format!("{marks} {} {}\n\n", escaped(label), escaped(text))
        }
        Block::Paragraph(text) => format!("{}\n\n", escaped_line(text)),
        Block::Item { level: 1, label, text } => format!("**{}** {}\n\n", escaped(label), escaped(text)),
        Block::Item { label, text, .. } => format!("{label} {}\n\n", escaped_line(text)),
        Block::Table(table) => self::table(table),
    }
}

/// One table with the signatures in rows of two: a second one behind it would be rows of the first.
fn signatures(out: &mut String, signatures: &[Signature]) {
    let columns = signatures.len().min(2);
    if columns == 0 {
        return;
    }
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    out.push_str(&row(vec![String::new(); columns]));
    out.push_str(&row(vec![":-:".to_owned(); columns]));
    let cell = |signature: &Signature| {
        let lines = [&signature.authority, &signature.position, &signature.name];
        let lines: Vec<String> = lines
            .into_iter()
            .filter(|line| !line.is_empty())
            .map(|line| format!("**{}**", escaped(line)))
            .collect();
        lines.join("<br>")
    };
    for pair in signatures.chunks(columns) {
        out.push_str(&row(pair.iter().map(cell).collect()));
    }
}

/// The same for a text that begins a line, where it could begin a list or a rule.
fn escaped_line(text: &str) -> String {
    let text = escaped(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.split_at_checked(digits) {
        Some((number, rest)) if digits > 0 && rest.starts_with(['.', ')']) => format!("{number}\\{rest}"),
        _ if text.starts_with(['-', '+', '=']) => format!("\\{text}"),
        _ => text,
    }
}

/// The characters that mean something to Markdown, made to mean themselves; room left for the hand is kept by spaces that do not run into one.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == ' ' && out.ends_with([' ', NO_BREAK]) {
            out.push(NO_BREAK);
            continue;
        }
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_begins_no_list() {
        assert_eq!(escaped_line("1. một"), "1\\. một");
        assert_eq!(escaped_line("12) một"), "12\\) một");
        assert_eq!(escaped_line("- một"), "\\- một");
        assert_eq!(escaped_line("2023 một"), "2023 một");
    }

    #[test]
    fn signatures_stand_in_one_table_and_room_for_the_hand_is_kept() {
        let signature = |name: &str| Signature {
            authority: String::new(),
            position: String::new(),
            name: name.to_owned(),
        };
        let mut out = String::new();
        signatures(&mut out, &["a", "b", "c"].map(signature));
        assert_eq!(out, "|  |  |\n| :-: | :-: |\n| **a** | **b** |\n| **c** |\n");
        assert_eq!(escaped("số    -TB"), "số \u{a0}\u{a0}\u{a0}-TB");
    }

    #[test]
    fn what_means_something_to_markdown_means_itself() {
        assert_eq!(escaped("a & b < \"c\" | *d*"), "a \\& b \\< \"c\" \\| \\*d\\*");
    }
}
