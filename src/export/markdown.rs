//! A paper as Markdown.

use crate::{
    document::{Block, Document, Head, Signature},
    domain::kind::Layout,
};

/// The text of a paper.
pub(super) fn render(document: &Document) -> String {
    let mut out = head(&document.head, document.layout);
    for block in &document.blocks {
        out.push_str(&self::block(block));
    }
    signatures(&mut out, &document.signatures);
    if !document.recipients.is_empty() {
        out.push_str("\nNơi nhận:\n\n");
        out.push_str(&recipients(&document.recipients));
    }
    out
}

fn head(head: &Head, layout: Layout) -> String {
    let right: Vec<String> = head.right.iter().map(|line| format!("**{}**", escaped(line))).collect();
    let star = if layout == Layout::Party { "<br>\\*" } else { "" };
    let rule = if layout == Layout::Party { "\\-\\-\\-\\-\\-\n\n" } else { "" };
    let [superior, issuer, number] = [&head.superior, &head.issuer, &head.number].map(|text| escaped(text));
    let [date, title, about] = [&head.place_and_date, &head.title, &head.about].map(|text| escaped(text));
    format!(
        "| | |\n|:-:|:-:|\n| {superior}<br>**{issuer}**{star} | {} |\n| {number} | *{date}* |\n\n# {title}\n\n**{about}**\n\n{rule}",
        right.join("<br>")
    )
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
    }
}

fn signatures(out: &mut String, signatures: &[Signature]) {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    out.push_str(&row(signatures.iter().map(|_| String::new()).collect()));
    out.push_str(&row(signatures.iter().map(|_| ":-:".to_owned()).collect()));
    let cell = |signature: &Signature| {
        let lines = [&signature.authority, &signature.position, &signature.name];
        let lines: Vec<String> = lines
            .into_iter()
            .filter(|line| !line.is_empty())
            .map(|line| format!("**{}**", escaped(line)))
            .collect();
        lines.join("<br>")
    };
    out.push_str(&row(signatures.iter().map(cell).collect()));
}

/// `;` after each, a full stop at the end.
pub(super) fn recipients(recipients: &[String]) -> String {
    let last = recipients.len().saturating_sub(1);
    let line = |(at, recipient): (usize, &String)| {
        format!("- {}{}\n", escaped_line(recipient), if at == last { "." } else { ";" })
    };
    recipients.iter().enumerate().map(line).collect()
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

/// The characters that mean something to Markdown, made to mean themselves.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
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
    fn what_means_something_to_markdown_means_itself() {
        assert_eq!(escaped("a & b < \"c\" | *d*"), "a \\& b \\< \"c\" \\| \\*d\\*");
    }
}
