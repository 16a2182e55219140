//! The main part of a DOCX: paragraphs, rows of tables, and what is in neither.

use quick_xml::events::{BytesStart, Event};

use super::{
    attribute, is_on,
    lists::Lists,
    notes::Notes,
    referred,
    styles::{Styles, capitals, is_outlined},
};
use crate::{
    import::{Keynote, Omission, is_short},
    text::{
        legacy::{self, Legacy},
        nfc,
    },
};

/// Stands in the report for what has no words.
const UNTOLD: &str = "…";

/// What was read of the main part so far.
#[derive(Debug, Default)]
pub(super) struct Body {
    styles: Styles,
    lists: Lists,
    notes: Notes,
    keynote: Keynote,
    /// How many paragraphs there were.
    number: usize,
    /// Those that are open: one stands in another where a box of text does.
    open: Vec<Paragraph>,
    /// Rows that are open, with their cells: one stands in another where a table does.
    rows: Vec<Vec<String>>,
    run: Run,
    /// Whether letters stood in a font of capitals.
    has_capitals: bool,
    /// Whether letters are read as TCVN3 and capitals as they are shown.
    as_shown: bool,
    /// How deep in content that counts elsewhere.
    skipped: usize,
}

#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    letters: usize,
    bold: usize,
    is_heading: bool,
    /// Its style.
    style: String,
    /// The list that counts it and its level there, should it name them itself.
    list: Option<String>,
    level: Option<usize>,
}

/// Whether what an element holds counts elsewhere, or no more: where words were before they were moved, a second drawing of a thing, how a
/// paragraph looked before a tracked change.
fn is_skipped(name: &str) -> bool {
    matches!(name, "moveFrom" | "Fallback" | "pPrChange" | "rPrChange")
}

/// Letters of TCVN3 as their font shows them.
fn shown(text: &str, capitals: bool) -> String {
    let text = legacy::convert(Legacy::Tcvn3, text);
    if capitals { text.to_uppercase() } else { text }
}

/// The run of letters that is open.
#[derive(Debug, Default)]
struct Run {
    is_open: bool,
    is_bold: bool,
    /// Whether its own font, or its style's, is one of capitals, should it have one.
    capitals: Option<bool>,
    /// Whether the text that follows is a text's, or a deleted one's.
    takes: Option<Takes>,
}

#[derive(Debug, Clone, Copy)]
enum Takes {
    Text,
    Deleted,
}

impl Body {
    pub(super) fn new(styles: Styles, lists: Lists, notes: Notes) -> Self {
        Self { styles, lists, notes, ..Self::default() }
    }

    /// Whether letters stood in a font of capitals.
    pub(super) fn has_capitals(&self) -> bool {
        self.has_capitals
    }

    /// Another reading of the same part, with letters as their old font shows them.
    pub(super) fn as_shown(&mut self) -> Self {
        let (styles, lists) = (std::mem::take(&mut self.styles), std::mem::take(&mut self.lists));
        Self { as_shown: true, ..Self::new(styles, lists.anew(), Notes::default()) }
    }

    pub(super) fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(mark) => {
                self.begin(mark);
                self.mark(mark);
            }
            Event::Empty(mark) => self.mark(mark),
            Event::End(mark) => self.end(mark.local_name().as_ref()),
            Event::Text(text) => self.letters(text),
            Event::CData(text) => self.letters(text),
            Event::GeneralRef(reference) => self.letters(&referred(reference)),
            _ => {}
        }
    }

    fn begin(&mut self, mark: &BytesStart<'_>) {
        match mark.local_name().as_ref() {
            name if is_skipped(name) => self.skipped = self.skipped.saturating_add(1),
            "p" => self.open.push(Paragraph::default()),
            "tr" => self.rows.push(Vec::new()),
            "tc" => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(String::new());
                }
            }
            "r" => self.run = Run { is_open: true, ..Run::default() },
            "t" => self.run.takes = Some(Takes::Text),
            "delText" => self.run.takes = Some(Takes::Deleted),
            _ => {}
        }
    }

    /// What a mark means that has no end of its own.
    fn mark(&mut self, mark: &BytesStart<'_>) {
        let name = mark.local_name();
        let val = || attribute(mark, "val");
        match name.as_ref() {
            _ if self.skipped > 0 => {}
            "pStyle" | "numId" | "ilvl" => {
                let Some(paragraph) = self.open.last_mut() else { return };
                match name.as_ref() {
                    "pStyle" => paragraph.style = val().unwrap_or_default(),
                    "numId" => paragraph.list = val(),
                    _ => paragraph.level = val().and_then(|level| level.parse().ok()),
                }
            }
            "rFonts" if self.run.is_open => self.run.capitals = capitals(mark).or(self.run.capitals),
            "rStyle" if self.run.is_open => {
                let style = val().unwrap_or_default();
                self.run.capitals = self.run.capitals.or(self.styles.capitals(&style));
            }
            "outlineLvl" => {
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.is_heading |= is_outlined(mark);
                }
            }
            "b" if self.run.is_open => self.run.is_bold = is_on(mark),
            "tab" | "br" | "cr" if self.run.is_open => self.letter(" "),
            "noBreakHyphen" => self.letter("-"),
            "drawing" | "pict" | "object" => self.leave(Omission::Image, UNTOLD),
            "footnoteReference" => self.leave_note(Omission::Footnote, mark),
            "endnoteReference" => self.leave_note(Omission::Endnote, mark),
            "commentReference" => self.leave_note(Omission::Comment, mark),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            name if is_skipped(name) => self.skipped = self.skipped.saturating_sub(1),
            "p" => self.close_paragraph(),
            "tr" => self.close_row(),
            "r" => self.run = Run::default(),
            "t" | "delText" => self.run.takes = None,
            _ => {}
        }
    }

    fn letters(&mut self, text: &str) {
        match self.run.takes {
            Some(Takes::Text) => self.letter(text),
            Some(Takes::Deleted) => self.leave(Omission::Deleted, text),
            None => {}
        }
    }

    fn letter(&mut self, text: &str) {
        let Some(paragraph) = self.open.last_mut().filter(|_| self.skipped == 0) else { return };
        let of_style = || self.styles.capitals(&paragraph.style) == Some(true);
        let capitals = self.run.capitals.unwrap_or_else(of_style);
        self.has_capitals |= capitals;
        let shown = self.as_shown.then(|| shown(text, capitals));
        let text = shown.as_deref().unwrap_or(text);
        let letters = text.chars().filter(|letter| letter.is_alphanumeric()).count();
        paragraph.text.push_str(text);
        paragraph.letters = paragraph.letters.saturating_add(letters);
        if self.run.is_bold {
            paragraph.bold = paragraph.bold.saturating_add(letters);
        }
    }

    fn leave(&mut self, what: Omission, text: &str) {
        if self.skipped == 0 {
            self.keynote.leave(what, self.number.saturating_add(1), text);
        }
    }

    fn leave_note(&mut self, what: Omission, mark: &BytesStart<'_>) {
        let id = attribute(mark, "id").unwrap_or_default();
        let words = self.notes.words(what, &id).unwrap_or(UNTOLD).to_owned();
        self.leave(what, &words);
    }

    fn close_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        let label = self.label(&paragraph);
        let text = nfc::clean(&paragraph.text).replace('\n', " ");
        let text = text.trim();
        if self.rows.is_empty() {
            if !text.is_empty() {
                self.number = self.number.saturating_add(1);
                self.written(&paragraph, label.as_deref(), text);
            }
            return;
        }
        let words = [label.as_deref().unwrap_or_default(), text].join(" ");
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            let gap = if cell.is_empty() || words.trim().is_empty() { "" } else { " " };
            cell.push_str(gap);
            cell.push_str(words.trim());
        }
    }

    /// The label that a list gives to a paragraph.
    fn label(&mut self, paragraph: &Paragraph) -> Option<String> {
        let of_style = self.styles.list(&paragraph.style);
        let list = paragraph.list.as_deref().or(of_style.map(|(list, _)| list))?;
        let level = paragraph.level.or_else(|| of_style.and_then(|(_, level)| level));
        let level = level.or_else(|| self.lists.level_of(list, &paragraph.style));
        self.lists.label(list, level.unwrap_or(0))
    }

    /// A paragraph with words that stands in no table.
    fn written(&mut self, paragraph: &Paragraph, label: Option<&str>, text: &str) {
        if self.styles.is_contents(&paragraph.style) {
            return self.keynote.leave(Omission::Contents, self.number, text);
        }
        let is_bold = paragraph.letters > 0 && paragraph.bold == paragraph.letters;
        let is_styled = paragraph.is_heading || self.styles.is_heading(&paragraph.style);
        if is_styled || (is_bold && is_short(text)) {
            if let Some(label) = label {
                self.keynote.leave(Omission::Number, self.number, label);
            }
            self.keynote.begin(self.number, text);
        } else {
            let labelled = label.map(|label| format!("{label} {text}"));
            self.keynote.line(self.number, labelled.as_deref().unwrap_or(text));
        }
    }

    fn close_row(&mut self) {
        let Some(row) = self.rows.pop() else { return };
        let text = row.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(" | ");
        match self.rows.last_mut().and_then(|outer| outer.last_mut()) {
            Some(cell) => cell.push_str(&text),
            None if text.is_empty() => {}
            None => {
                self.number = self.number.saturating_add(1);
                self.keynote.paragraph(text);
            }
        }
    }

    pub(super) fn finished(mut self) -> Keynote {
        self.keynote.left_out.sort_by_key(|left| (left.line, left.what));
        self.keynote
    }
}
