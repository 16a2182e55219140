//! A paper as one HTML file: nothing is fetched, it prints to the page of the profile, and it can be read on a phone.

use super::{
    measure,
    profile::{Length, Part, Profile},
    recipient_lines,
};
use crate::{
    document::{self, Block, Column, Document, Head, Letterhead, RECIPIENTS, Signature, Table},
    domain::kind::Layout,
};

/// The part of the line above that a short rule is long.
const SHORT: f64 = 0.4;
/// Looks that no profile decides.
const LOOKS: &str = include_str!("../../assets/html/paper.css");

/// The file.
pub(super) fn render(document: &Document, profile: &Profile) -> String {
    let title = escaped(format!("{} {}", document.head.title, document.head.about).trim());
    let (style, head) = (style(profile), head(&document.head, profile));
    let body: String = document.blocks.iter().map(block).collect();
    let foot = signatures(document, profile);
    format!(
        "<!doctype html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{style}{LOOKS}</style>\n</head>\n<body>\n<main>\n{head}{body}{foot}</main>\n\
         </body>\n</html>\n"
    )
}

/// What the profile decides: the page, and size and style of each part.
fn style(profile: &Profile) -> String {
    let mm = |length| profile.length(length);
    let page = format!(
        "@page {{ size: {}mm {}mm; margin: {}mm {}mm {}mm {}mm; @top-center {{ content: counter(page); font: {}pt '{font}', serif; \
         vertical-align: top; padding-top: {}mm; }} }}\n@page :first {{ @top-center {{ content: none; }} }}\n",
        mm(Length::Width),
        mm(Length::Height),
        mm(Length::Top),
        mm(Length::Right),
        mm(Length::Bottom),
        mm(Length::Left),
        profile.size(Part::PageNumber),
        mm(Length::PageNumber),
        font = css_name(&profile.font),
    );
    let (pitch, unit) = (mm(Length::Pitch), if profile.exact_pitch { "pt" } else { "" });
    let lines = if profile.exact_pitch { pitch } else { pitch * measure::LINE };
    let text = format!(
        "body {{ font-family: '{}', Tinos, 'Liberation Serif', serif; }}\nmain {{ max-width: {:.1}mm; }}\n\
         .text {{ text-indent: {}mm; margin: 0 0 {}pt; line-height: {lines:.2}{unit}; }}\n.title {{ margin-top: {}pt; }}\n\
         .columns {{ grid-template-columns: {}fr {}fr; }}\n.name {{ margin-top: {:.1}pt; }}\n",
        css_name(&profile.font),
        profile.text_width(),
        mm(Length::Indent),
        mm(Length::Gap),
        mm(Length::BeforeTitle),
        mm(Length::HeadLeft),
        mm(Length::HeadRight),
        mm(Length::Room) * profile.size(Part::Name) * measure::LINE,
    );
    let parts: String = Part::ALL.iter().map(|part| part_style(profile, *part)).collect();
    format!("{page}{text}{parts}")
}

fn part_style(profile: &Profile, part: Part) -> String {
    let style = profile.style(part);
    let weight = if style.bold { "bold" } else { "normal" };
    let slant = if style.italic { "italic" } else { "normal" };
    let line = if style.underline { "underline" } else { "none" };
    let (class, size) = (part.name(), profile.size(part));
    format!(
        ".{class} {{ font-size: {size}pt; font-weight: {weight}; font-style: {slant}; text-decoration: {line}; }}\n"
    )
}

/// A font's name between quotes of a style sheet.
fn css_name(font: &str) -> String {
    font.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_')).collect()
}

fn head(head: &Head, profile: &Profile) -> String {
    let letterhead = head.letterhead.as_ref().map(|it| self::letterhead(it, profile)).unwrap_or_default();
    let title = format!("<h1 class=\"title\">{}</h1>\n", marked(&head.title));
    let about = line(Part::About, &head.about) + &line(Part::Note, &head.note);
    let below = match profile.family {
        Layout::Party => line(Part::About, "-----"),
        Layout::State => {
            let about = measure::length(&head.about, profile.size(Part::About)).min(profile.text_width());
            rule(about * SHORT)
        }
    };
    format!("<header>\n{letterhead}{title}{about}{below}</header>\n")
}

fn letterhead(letterhead: &Letterhead, profile: &Profile) -> String {
    let issuer = line(Part::Superior, &letterhead.superior) + &line(Part::Issuer, &letterhead.issuer);
    let below = match profile.family {
        Layout::Party => line(Part::Issuer, "*"),
        Layout::State => {
            let issuer = measure::length(&letterhead.issuer, profile.size(Part::Issuer));
            rule(issuer.min(profile.length(Length::HeadLeft)) * SHORT)
        }
    };
    let lines = || [Part::State, Part::Motto].into_iter().zip(&letterhead.right);
    let state: String = lines().map(|(part, text)| line(part, text)).collect();
    let length = lines().next_back().map_or(0.0, |(part, text)| measure::length(text, profile.size(part)));
    let left = format!("{issuer}{below}{}", line(Part::Number, &letterhead.number));
    let right = format!("{state}{}{}", rule(length), line(Part::Date, &letterhead.place_and_date));
    columns(&left, &right)
}

fn columns(left: &str, right: &str) -> String {
    format!("<div class=\"columns\">\n<div>\n{left}</div>\n<div>\n{right}</div>\n</div>\n")
}

fn rule(millimetres: f64) -> String {
    format!("<div class=\"rule\" style=\"width: {millimetres:.1}mm\"></div>\n")
}

/// A line of a part; nothing if it says nothing.
fn line(part: Part, text: &str) -> String {
    let class = part.name();
    if text.is_empty() { String::new() } else { format!("<p class=\"{class}\">{}</p>\n", marked(text)) }
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading { level, label, text } => {
            let (tag, class) = if *level == 1 { ("h2", "heading") } else { ("h3", "subheading") };
            format!("<{tag} class=\"{class} text\">{} {}</{tag}>\n", escaped(label), marked(text))
        }
        Block::Paragraph(text) => format!("<p class=\"body text\">{}</p>\n", marked(text)),
        Block::Item { label, text, .. } => {
            format!("<p class=\"body text\">{} {}</p>\n", escaped(label), marked(text))
        }
        Block::Table(table) => self::table(table),
    }
}

fn table(table: &Table) -> String {
    let shares: u16 = table.columns.iter().map(|column| column.share).sum();
    let title = |column: &Column| {
        let share = f64::from(column.share) * 100.0 / f64::from(shares.max(1));
        format!("<th scope=\"col\" style=\"width: {share:.1}%\">{}</th>", marked(&column.title))
    };
    let cell = |(column, cell): (&Column, &String)| {
        let class = if column.centred { " class=\"centred\"" } else { "" };
        format!("<td{class}>{}</td>", marked(cell))
    };
    let row = |cells: &Vec<String>| {
        let cells: String = table.columns.iter().zip(cells).map(cell).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let titles: String = table.columns.iter().map(title).collect();
    let rows: String = table.rows.iter().map(row).collect();
    let class = if table.by_hand { "cell by-hand" } else { "cell" };
    format!(
        "<div class=\"wide\"><table class=\"{class}\">\n<thead><tr>{titles}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
    )
}

fn signatures(document: &Document, profile: &Profile) -> String {
    let recipients = recipients(document, profile);
    let rows: String = match document.signatures.as_slice() {
        [] if document.recipients.is_empty() => return String::new(),
        [] => columns(&recipients, ""),
        [only] => columns(&recipients, &signature(only)),
        several => several
            .chunks(2)
            .map(|pair| {
                let cells: Vec<String> = pair.iter().map(signature).collect();
                columns(
                    &cells.first().cloned().unwrap_or_default(),
                    &cells.get(1).cloned().unwrap_or_default(),
                )
            })
            .collect(),
    };
    format!("<footer>\n{rows}</footer>\n")
}

fn signature(signature: &Signature) -> String {
    let name = format!("<p class=\"name\">{}</p>\n", marked(&signature.name));
    line(Part::Authority, &signature.authority) + &line(Part::Position, &signature.position) + &name
}

fn recipients(document: &Document, profile: &Profile) -> String {
    if document.recipients.is_empty() {
        return String::new();
    }
    let lines = recipient_lines(document, profile).into_iter();
    let lines: String = lines.map(|recipient| line(Part::Recipients, &format!("- {recipient}"))).collect();
    format!("{}{lines}", line(Part::RecipientsTitle, RECIPIENTS))
}

/// A text in which every gap is marked.
fn marked(text: &str) -> String {
    let piece = |(piece, is_gap): (&str, bool)| {
        let piece = escaped(piece);
        if is_gap { format!("<mark>{piece}</mark>") } else { piece }
    };
    document::gaps(text).into_iter().map(piece).collect()
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
