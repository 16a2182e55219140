//! A paper and its profile as the data that the template reads.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use serde::Serialize;

use super::{
    faces::{self, Faces},
    text::{Fitter, Words},
};
use crate::{
    document::{Block, Document, Letterhead, RECIPIENTS, Signature, Table},
    domain::kind::Layout,
    export::{
        measure,
        profile::{Length, Part, Profile},
        recipient_lines,
    },
};

/// The part of the line above that a short rule is long.
const SHORT: f64 = 0.4;
/// The least height of a row into which somebody writes, in points: 10 mm.
const BY_HAND: f64 = 28.35;
/// Between the text of a cell and its lines, in points.
const INSET: f64 = 1.4;
/// Left and right of the text of a cell, together, in millimetres.
const BESIDE: f64 = 3.0;
/// A row of more lines may be divided by a page break, so that it stands on no page of its own.
const WHOLE: f64 = 12.0;
/// The standard takes no longer names of a paper and of a heading; in letters.
const NAME: usize = 1000;

/// What the template reads. Lengths are points but for those whose name says otherwise, and the page.
#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Data<'a> {
    title: String,
    fonts: [&'a str; 2],
    page: Page,
    body: Body,
    parts: BTreeMap<&'static str, Look>,
    widths_mm: [f64; 2],
    letterhead: Vec<Both>,
    before_title: f64,
    #[serde(rename = "type")]
    kind: Words,
    below_type: Vec<Line>,
    blocks: Vec<Piece>,
    signature_widths_mm: [f64; 2],
    signatures: Vec<Vec<Both>>,
}

/// The page, in millimetres.
#[derive(Debug, Serialize)]
struct Page {
    width: f64,
    height: f64,
    top: f64,
    bottom: f64,
    left: f64,
    right: f64,
    number: f64,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
struct Body {
    indent_mm: f64,
    gap: f64,
    leading: f64,
}

/// How a part is set.
#[derive(Debug, Serialize)]
struct Look {
    size: f64,
    bold: bool,
    italic: bool,
    underline: bool,
}

/// The lines of a left and of a right column, level with each other.
type Both = [Vec<Line>; 2];

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Line {
    Text {
        part: &'static str,
        left: bool,
        text: Words,
    },
    Rule {
        #[serde(rename = "length-mm")]
        length_mm: f64,
    },
    Room {
        height: f64,
    },
}

#[derive(Debug, Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum Piece {
    Heading { level: u8, bookmarked: bool, part: &'static str, text: Words },
    Text { keep: bool, text: Words },
    Table { columns: Vec<Column>, inset: f64, least: f64, rows: Vec<Row> },
}

#[derive(Debug, Serialize)]
struct Column {
    share: u16,
    centred: bool,
    title: Words,
}

#[derive(Debug, Serialize)]
struct Row {
    whole: bool,
    cells: Vec<Words>,
}

impl<'a> Data<'a> {
    /// The data, and what of them no face has.
    pub(super) fn of(
        document: &'a Document,
        profile: &'a Profile,
        faces: &Faces,
    ) -> (Self, BTreeSet<String>) {
        let mut writer = Writer { profile, fitter: Fitter::new(faces) };
        let data = writer.data(document);
        (data, writer.fitter.unprintable)
    }
}

/// Turns the parts of a paper into data.
struct Writer<'a, 'b> {
    profile: &'a Profile,
    fitter: Fitter<'b>,
}

impl<'a> Writer<'a, '_> {
    fn data(&mut self, document: &'a Document) -> Data<'a> {
        let (profile, head) = (self.profile, &document.head);
        let length = |length| profile.length(length);
        let columns = [Length::HeadLeft, Length::HeadRight].map(length);
        let is_single = document.signatures.len() < 2;
        let halves = [profile.text_width() / 2.0; 2];
        let title = format!("{} {}", head.title, head.about);
        Data {
            title: title.trim().chars().take(NAME).collect(),
            fonts: [&profile.font, faces::OWN],
            page: page(profile),
            body: body(profile),
            parts: Part::ALL.iter().map(|part| (part.name(), look(profile, *part))).collect(),
            widths_mm: columns,
            letterhead: head.letterhead.iter().flat_map(|it| self.letterhead(it, columns)).collect(),
            before_title: length(Length::BeforeTitle),
            kind: self.words(Part::Title, &head.title, profile.text_width()),
            below_type: self.below_type(document),
            blocks: self.blocks(document),
            signature_widths_mm: if is_single { columns } else { halves },
            signatures: if is_single {
                self.signed_once(document, columns)
            } else {
                self.signed(document, halves)
            },
        }
    }

    fn words(&mut self, part: Part, text: &str, width: f64) -> Words {
        self.fitter.words(text, self.profile.size(part), width)
    }

    /// A line of a part; nothing if it says nothing.
    fn line(&mut self, part: Part, text: &str, width: f64) -> Option<Line> {
        let left = matches!(part, Part::RecipientsTitle | Part::Recipients);
        let line = || Line::Text { part: part.name(), left, text: self.words(part, text, width) };
        (!text.is_empty()).then(line)
    }

    fn letterhead(&mut self, letterhead: &Letterhead, [left, right]: [f64; 2]) -> [Both; 2] {
        let number = self.line(Part::Number, &letterhead.number, left);
        let date = self.line(Part::Date, &letterhead.place_and_date, right);
        [
            [self.issuer(letterhead, left), self.state(&letterhead.right, right)],
            [number.into_iter().collect(), date.into_iter().collect()],
        ]
    }

    /// Who issues the paper: below it a star in Party papers, a short rule in State papers.
    fn issuer(&mut self, letterhead: &Letterhead, width: f64) -> Vec<Line> {
        let superior = self.line(Part::Superior, &letterhead.superior, width);
        let issuer = self.line(Part::Issuer, &letterhead.issuer, width);
        let below = match self.profile.family {
            Layout::Party => self.line(Part::Issuer, "*", width),
            Layout::State => Some(self.rule(Part::Issuer, &letterhead.issuer, width, SHORT)),
        };
        [superior, issuer, below].into_iter().flatten().collect()
    }

    /// The Party's or the country's name, the motto if there is one, a rule as long as the last line.
    fn state(&mut self, lines: &[String], width: f64) -> Vec<Line> {
        let lines = || [Part::State, Part::Motto].into_iter().zip(lines);
        let rule = lines().next_back().map(|(part, line)| self.rule(part, line, width, 1.0));
        lines().filter_map(|(part, line)| self.line(part, line, width)).chain(rule).collect()
    }

    /// A rule that is a share of a line long.
    fn rule(&self, part: Part, line: &str, width: f64, share: f64) -> Line {
        Line::Rule { length_mm: measure::length(line, self.profile.size(part)).min(width) * share }
    }

    fn below_type(&mut self, document: &Document) -> Vec<Line> {
        let (head, width) = (&document.head, self.profile.text_width());
        let about = self.line(Part::About, &head.about, width);
        let note = self.line(Part::Note, &head.note, width);
        let below = match self.profile.family {
            Layout::Party => self.line(Part::About, "-----", width),
            Layout::State => Some(self.rule(Part::About, &head.about, width, SHORT)),
        };
        [about, note, below].into_iter().flatten().collect()
    }

    /// The body; its last piece stands on the page of the signatures.
    fn blocks(&mut self, document: &Document) -> Vec<Piece> {
        let last = document.blocks.len().saturating_sub(1);
        let levels = document.blocks.iter().filter_map(level);
        let above = levels.min().map_or(0, |least| least.saturating_sub(1));
        let pieces = document.blocks.iter().enumerate();
        pieces
            .map(|(at, block)| self.block(block, above, at == last && !document.signatures.is_empty()))
            .collect()
    }

    fn block(&mut self, block: &Block, above: u8, keep: bool) -> Piece {
        let width = self.profile.text_width();
        let labelled = |label: &str, text: &str| Cow::<str>::Owned(format!("{label} {text}"));
        let (part, text) = match block {
            Block::Table(table) => return self.table(table),
            Block::Paragraph(text) => (Part::Body, Cow::Borrowed(text.as_str())),
            Block::Item { label, text, .. } => (Part::Body, labelled(label, text)),
            Block::Heading { level: 1, label, text } => (Part::Heading, labelled(label, text)),
            Block::Heading { label, text, .. } => (Part::Subheading, labelled(label, text)),
        };
        let words = self.words(part, &text, width);
        match level(block) {
            None => Piece::Text { keep, text: words },
            Some(level) => Piece::Heading {
                level: level.saturating_sub(above).max(1),
                bookmarked: text.chars().nth(NAME).is_none(),
                part: part.name(),
                text: words,
            },
        }
    }

    fn table(&mut self, table: &Table) -> Piece {
        let shares: f64 = table.columns.iter().map(|column| f64::from(column.share)).sum();
        let text_width = self.profile.text_width();
        let width = |share: u16| text_width * f64::from(share) / shares.max(1.0) - BESIDE;
        let columns = table.columns.iter().map(|column| Column {
            share: column.share,
            centred: column.centred,
            title: self.words(Part::Cell, &column.title, width(column.share)),
        });
        let columns = columns.collect();
        let size = self.profile.size(Part::Cell);
        let row = |row: &Vec<String>| {
            let cells = || table.columns.iter().zip(row).map(|(column, cell)| (cell, width(column.share)));
            let lines = cells().map(|(cell, width)| measure::length(cell, size) / width.max(1.0));
            Row {
                whole: lines.fold(0.0, f64::max) < WHOLE,
                cells: cells().map(|(cell, width)| self.words(Part::Cell, cell, width)).collect(),
            }
        };
        let rows = table.rows.iter().map(row).collect();
        let least = if table.by_hand { BY_HAND - 2.0 * INSET } else { 0.0 };
        Piece::Table { columns, inset: INSET, least, rows }
    }

    /// The recipients, at the right of them the only signature.
    fn signed_once(&mut self, document: &Document, [left, right]: [f64; 2]) -> Vec<Vec<Both>> {
        if document.signatures.is_empty() && document.recipients.is_empty() {
            return Vec::new();
        }
        let recipients = recipient_lines(document, self.profile);
        let title = (!recipients.is_empty()).then_some((Part::RecipientsTitle, RECIPIENTS.to_owned()));
        let lines = recipients.into_iter().map(|recipient| (Part::Recipients, format!("- {recipient}")));
        let lines = title.into_iter().chain(lines);
        let recipients = lines.filter_map(|(part, line)| self.line(part, &line, left)).collect();
        let [above, below] = self.signature(document.signatures.first(), right);
        vec![vec![[recipients, above.into_iter().chain(below).collect()]]]
    }

    /// Several signatures, two beside each other, their names level.
    fn signed(&mut self, document: &Document, [left, right]: [f64; 2]) -> Vec<Vec<Both>> {
        let pair = |pair: &[Signature]| {
            let [above, below] = self.signature(pair.first(), left);
            let [above_right, below_right] = self.signature(pair.get(1), right);
            vec![[above, above_right], [below, below_right]]
        };
        document.signatures.chunks(2).map(pair).collect()
    }

    /// In what capacity somebody signs; the room for it, and the name.
    fn signature(&mut self, signature: Option<&Signature>, width: f64) -> [Vec<Line>; 2] {
        let Some(signature) = signature else { return Default::default() };
        let size = self.profile.size(Part::Name) * measure::LINE;
        let height = self.profile.length(Length::Room) * size;
        let authority = self.line(Part::Authority, &signature.authority, width);
        let position = self.line(Part::Position, &signature.position, width);
        let name = self.line(Part::Name, &signature.name, width).unwrap_or(Line::Room { height: size });
        [authority.into_iter().chain(position).collect(), vec![Line::Room { height }, name]]
    }
}

fn level(block: &Block) -> Option<u8> {
    if let Block::Heading { level, .. } = block { Some(*level) } else { None }
}

fn page(profile: &Profile) -> Page {
    let length = |length| profile.length(length);
    Page {
        width: length(Length::Width),
        height: length(Length::Height),
        top: length(Length::Top),
        bottom: length(Length::Bottom),
        left: length(Length::Left),
        right: length(Length::Right),
        number: length(Length::PageNumber),
    }
}

fn body(profile: &Profile) -> Body {
    let line = profile.size(Part::Body) * measure::LINE;
    let pitch = profile.length(Length::Pitch);
    Body {
        indent_mm: profile.length(Length::Indent),
        gap: profile.length(Length::Gap),
        leading: if profile.exact_pitch { pitch } else { pitch * line } - line,
    }
}

fn look(profile: &Profile, part: Part) -> Look {
    let style = profile.style(part);
    Look { size: profile.size(part), bold: style.bold, italic: style.italic, underline: style.underline }
}
