//! What a paper would say if it were written now, as lines to scroll through.

use super::{
    App,
    dialogs::{
        Dialog,
        pages::{Line, Pages},
        picker::{Item, Pick, Picker},
    },
    effect::Effect,
    notice::Notice,
};
use crate::{
    document::{self, Block, Depth, Document, Paper, RECIPIENTS, Signature, Table},
    i18n::{PaperWords, fill},
};

/// A longer text is cut into several lines, so that each can be scrolled into a small window as a whole.
const LONGEST: usize = 400;

impl App {
    /// Asks which paper to look at.
    pub(super) fn ask_paper(&mut self) -> Vec<Effect> {
        let words = &self.strings().papers;
        let item = |paper: Paper| Item::new(name(words, paper), Pick::Paper(paper));
        let items = Paper::ALL.into_iter().map(item).collect();
        self.show_dialog(Dialog::Picker(Box::new(Picker::one(words.action_preview, items))));
        Vec::new()
    }

    /// Shows what a paper would say; annexes one behind the other.
    pub(super) fn show_paper(&mut self, paper: Paper) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let documents = match document::write(&seat.board, paper, &self.wording, Depth::Full) {
            Ok(documents) => documents,
            Err(error) => {
                self.say(Notice::error(error.to_string()));
                return Vec::new();
            }
        };
        let name = name(&strings.papers, paper);
        if documents.is_empty() {
            self.say(Notice::info(fill(strings.export_empty, &[name])));
            return Vec::new();
        }
        let missing: usize = documents.iter().map(|document| document.missing.len()).sum();
        let title = match missing {
            0 => name.to_owned(),
            count => format!("{name} · {}", fill(strings.missing_count, &[&count.to_string()])),
        };
        let lines = documents.iter().flat_map(lines).collect();
        self.show_dialog(Dialog::Pages(Pages { title, lines, ..Pages::default() }));
        Vec::new()
    }
}

/// What a paper is called.
fn name(words: &PaperWords, paper: Paper) -> &'static str {
    match paper {
        Paper::Notice => words.notice,
        Paper::Minutes => words.minutes,
        Paper::Annex => words.annex,
        Paper::Pledge => words.pledge,
        Paper::Attendance => words.attendance,
        Paper::SignIn => words.sign_in,
        Paper::Programme => words.programme,
    }
}

/// A paper from its letterhead to its recipients, an empty line between its parts.
fn lines(document: &Document) -> Vec<Line> {
    let signatures = document.signatures.iter().map(signature).collect::<Vec<_>>();
    let title = document.recipients.first().map(|_| RECIPIENTS.to_owned());
    let recipients = document.recipients.iter().map(|recipient| format!("- {recipient}"));
    let recipients: Vec<String> = title.into_iter().chain(recipients).collect();
    let parts = [letterhead(document), head(document), document.blocks.iter().flat_map(block).collect()];
    let feet =
        signatures.into_iter().chain([recipients]).map(|texts| texts.into_iter().map(Line::Text).collect());
    let written = parts.into_iter().chain(feet).filter(|lines: &Vec<Line>| !lines.is_empty());
    written.flat_map(|lines| lines.into_iter().chain([Line::Text(String::new())])).collect()
}

fn letterhead(document: &Document) -> Vec<Line> {
    let Some(letterhead) = &document.head.letterhead else { return Vec::new() };
    let left = [&letterhead.superior, &letterhead.issuer, &letterhead.number];
    let all = left.into_iter().chain(&letterhead.right).chain([&letterhead.place_and_date]);
    all.filter(|text| !text.is_empty()).map(|text| Line::Text(text.clone())).collect()
}

fn head(document: &Document) -> Vec<Line> {
    let head = &document.head;
    let below = [&head.about, &head.note].into_iter().filter(|text| !text.is_empty());
    std::iter::once(Line::Heading(head.title.clone()))
        .chain(below.map(|text| Line::Text(text.clone())))
        .collect()
}

fn block(block: &Block) -> Vec<Line> {
    match block {
        Block::Heading { label, text, .. } => vec![Line::Heading(format!("{label} {text}"))],
        Block::Paragraph(text) => pieces(text),
        Block::Item { label, text, .. } => pieces(&format!("{label} {text}")),
        Block::Table(table) => rows(table),
    }
}

/// A table row by row: in a narrow window columns beside each other would be a few letters wide.
fn rows(table: &Table) -> Vec<Line> {
    let row = |cells: &[String]| {
        cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" · ")
    };
    let titles: Vec<String> = table.columns.iter().map(|column| column.title.clone()).collect();
    let rows = table.rows.iter().flat_map(|cells| pieces(&row(cells)));
    std::iter::once(Line::Heading(row(&titles))).chain(rows).collect()
}

fn signature(signature: &Signature) -> Vec<String> {
    let Signature { authority, position, name } = signature;
    [authority, position, name].into_iter().filter(|line| !line.is_empty()).cloned().collect()
}

/// A text as one line, or as several if it is long.
fn pieces(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut piece = String::new();
    for word in text.split(' ') {
        if !piece.is_empty() && piece.len() + word.len() > LONGEST {
            lines.push(Line::Text(std::mem::take(&mut piece)));
        }
        if !piece.is_empty() {
            piece.push(' ');
        }
        piece.push_str(word);
    }
    lines.push(Line::Text(piece));
    lines
}
