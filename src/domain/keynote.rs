//! The keynote report: sections, each with paragraphs.

use super::{board::Board, kind::Kind, record::Record};

/// A section and its paragraphs, in order.
#[derive(Debug, Clone)]
pub struct Section<'a> {
    /// The section's record; its title is the heading.
    pub record: &'a Record,
    /// Its paragraphs.
    pub paragraphs: Vec<&'a Record>,
}

/// The keynote's sections in order.
pub fn sections(board: &Board) -> Vec<Section<'_>> {
    let sections = board.of_kind(Kind::Section).into_iter();
    sections
        .map(|record| Section { record, paragraphs: board.children(record.id, Kind::Paragraph) })
        .collect()
}
