//! The neutral document: what an office paper says, before it is Markdown, text or anything else.
//!
//! The room turns a board into blocks with labels already computed. It knows no format and no file; wording comes from templates that are
//! handed in. Documents are Vietnamese. Invariant: nothing off the record is in a document, and every datum that is missing is
//! visible in it and listed.

mod annex;
mod composition;
mod facts;
mod following;
mod lists;
mod minutes;
mod notice;
mod paper;
mod pledge;
mod reading;
mod wording;

pub use minutes::minutes;
pub use notice::conclusion_notice;
pub use paper::{Depth, Paper};
pub use reading::{Paragraph, paragraphs};
pub use wording::{Wording, WordingError};

use std::collections::BTreeMap;

use crate::domain::{
    board::Board,
    ids::RecordId,
    kind::{Kind, Layout},
    record::Record,
    session::Session,
};

/// What stands in place of a datum that is missing.
pub const TO_FILL_IN: &str = "CẦN BỔ SUNG";

/// How a place begins where a datum is missing; a colon and what it is may follow, then `]`.
const OPENING: &str = "[CẦN BỔ SUNG";

/// What stands above those to whom a paper goes.
pub const RECIPIENTS: &str = "Nơi nhận:";

/// The pieces of a text, and whether each marks a datum that is missing.
pub fn gaps(text: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some((before, mark)) = rest.find(OPENING).and_then(|at| rest.split_at_checked(at)) {
        let end = mark.find(']').map_or(mark.len(), |end| end + 1);
        let (mark, after) = mark.split_at_checked(end).unwrap_or((mark, ""));
        pieces.extend([(before, false), (mark, true)]);
        rest = after;
    }
    pieces.push((rest, false));
    pieces.retain(|(piece, _)| !piece.is_empty());
    pieces
}

/// The papers of a kind: one, but for annexes, of which there is one for each addressee. None if the session has nothing for a paper
/// that only lists: no recommendations, no pledge, no people, no agenda.
///
/// # Errors
/// A template that an office overrode cannot be filled.
pub fn write(
    board: &Board,
    paper: Paper,
    words: &Wording,
    depth: Depth,
) -> Result<Vec<Document>, WordingError> {
    let listed = match paper {
        Paper::Pledge => Some(Kind::PledgeGroup),
        Paper::Attendance => Some(Kind::Attendee),
        Paper::Programme => Some(Kind::AgendaItem),
        Paper::Notice | Paper::Minutes | Paper::Annex | Paper::SignIn => None,
    };
    if listed.is_some_and(|kind| board.of_kind(kind).is_empty()) {
        return Ok(Vec::new());
    }
    Ok(match paper {
        Paper::Notice => vec![numbered_draft(board, conclusion_notice(board, words)?)],
        Paper::Minutes => vec![minutes(board, words, depth)?],
        Paper::Annex => annex::annexes(board, words),
        Paper::Pledge => vec![pledge::pledge(board, words)?],
        Paper::Attendance => vec![lists::attendance(board, words)],
        Paper::SignIn => vec![lists::sign_in(board, words)],
        Paper::Programme => vec![lists::programme(board, words)],
    })
}

/// How many lines of a board are off the record, and so in no paper.
pub fn withheld(board: &Board) -> usize {
    let withheld =
        |record: &&Record| record.kind().is_some() && record.is_off_record() && !record.is_removed();
    board.records().filter(withheld).count()
}

/// The notice under a name that says which draft it is, as long as it is not issued.
fn numbered_draft(board: &Board, mut notice: Document) -> Document {
    if let Some(draft) = Session::of(board).and_then(Session::draft) {
        notice.slug = format!("{}_du-thao-{draft}", notice.slug);
    }
    notice
}

/// What stands above a paper in two columns: who issues it, and under which state or party.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letterhead {
    /// The body above the issuing one, upper case.
    pub superior: String,
    /// The issuing body, upper case.
    pub issuer: String,
    /// `Số … -TB`, the number blank for the registry; empty for papers that carry none.
    pub number: String,
    /// What stands at the right: the Party's name, or the country's and its motto.
    pub right: Vec<String>,
    /// Locality and date, day and month blank.
    pub place_and_date: String,
}

/// The head of a paper: the letterhead, then type and abstract.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Head {
    /// The letterhead; none on what is attached to another paper.
    pub letterhead: Option<Letterhead>,
    /// The type, upper case.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// To which paper it is attached, in parentheses; empty if it stands alone.
    pub note: String,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What stands in it.
    pub title: String,
    /// Its share of the width, in parts of the sum of all shares.
    pub share: u16,
    /// Whether its cells are centred; else they begin at the left.
    pub centred: bool,
}

impl Column {
    fn new(title: &str, share: u16) -> Self {
        Self { title: title.to_owned(), share, centred: false }
    }

    fn centred(title: &str, share: u16) -> Self {
        Self { centred: true, ..Self::new(title, share) }
    }
}

/// A table: every row has as many cells as there are columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
    /// Whether somebody writes into it by hand, so that its rows need room.
    pub by_hand: bool,
}

/// A piece of the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading: 1 for `I-`, 2 for `1.`.
    Heading {
        /// 1 or 2.
        level: u8,
        /// The label, computed.
        label: String,
        /// The words.
        text: String,
    },
    /// A paragraph.
    Paragraph(String),
    /// A member of a list: 1 for `1.`, 2 for `a)` and `-`.
    Item {
        /// 1 or 2.
        level: u8,
        /// The label, computed.
        label: String,
        /// The words.
        text: String,
    },
    /// A table.
    Table(Table),
}

impl Block {
    /// Its own words: of a table there are none, its cells have them.
    pub fn text(&self) -> &str {
        match self {
            Self::Heading { text, .. } | Self::Paragraph(text) | Self::Item { text, .. } => text,
            Self::Table(_) => "",
        }
    }

    fn texts_mut(&mut self) -> Vec<&mut String> {
        match self {
            Self::Heading { text, .. } | Self::Paragraph(text) | Self::Item { text, .. } => vec![text],
            Self::Table(table) => {
                let titles = table.columns.iter_mut().map(|column| &mut column.title);
                titles.chain(table.rows.iter_mut().flatten()).collect()
            }
        }
    }
}

/// A signature to be given by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// `T/M …`, upper case; empty where nobody is stood for.
    pub authority: String,
    /// The position, upper case.
    pub position: String,
    /// The name; empty where it is written by hand.
    pub name: String,
}

/// A paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Which.
    pub paper: Paper,
    /// Its part of file names: ASCII.
    pub slug: String,
    /// The layout family.
    pub layout: Layout,
    /// The head.
    pub head: Head,
    /// The body.
    pub blocks: Vec<Block>,
    /// From left to right; more than two stand in rows of two.
    pub signatures: Vec<Signature>,
    /// Nơi nhận; empty for papers that are not sent.
    pub recipients: Vec<String>,
    /// What is missing, in the order in which it stands.
    pub missing: Vec<String>,
    /// How many off-record lines were left out.
    pub withheld: usize,
    /// The block in which each record is told first.
    pub told: BTreeMap<RecordId, usize>,
}

impl Document {
    /// Its tables.
    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks
            .iter()
            .filter_map(|block| if let Block::Table(table) = block { Some(table) } else { None })
    }

    /// Every text of the paper but its labels.
    fn for_each_text(&mut self, change: impl FnMut(&mut String)) {
        let head = &mut self.head;
        let of_letterhead = head.letterhead.iter_mut().flat_map(|letterhead| {
            [
                &mut letterhead.superior,
                &mut letterhead.issuer,
                &mut letterhead.number,
                &mut letterhead.place_and_date,
            ]
        });
        let of_head = [&mut head.title, &mut head.about, &mut head.note];
        let of_blocks = self.blocks.iter_mut().flat_map(Block::texts_mut);
        let of_signatures = self
            .signatures
            .iter_mut()
            .flat_map(|signature| [&mut signature.authority, &mut signature.position, &mut signature.name]);
        let texts = of_letterhead.chain(of_head).chain(of_blocks).chain(of_signatures);
        texts.chain(&mut self.recipients).for_each(change);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_told_apart_from_the_text_around_them() {
        assert_eq!(OPENING, format!("[{TO_FILL_IN}"));
        assert_eq!(gaps("không có gì"), [("không có gì", false)]);
        assert_eq!(gaps(""), []);
        assert_eq!(
            gaps("tại [CẦN BỔ SUNG: địa điểm], [CẦN BỔ SUNG"),
            [("tại ", false), ("[CẦN BỔ SUNG: địa điểm]", true), (", ", false), ("[CẦN BỔ SUNG", true),]
        );
    }
}
