//! The keynote report: sections with their paragraphs.

use super::{Addition, Row};
use crate::domain::{board::Board, edit::Edit, field, ids::RecordId, keynote, kind::Kind, record::Record};

pub(super) fn rows(board: &Board) -> Vec<Row> {
    let sections = keynote::sections(board).into_iter();
    sections
        .flat_map(|section| {
            std::iter::once(Row::of(section.record)).chain(section.paragraphs.into_iter().map(Row::under))
        })
        .collect()
}

/// A paragraph goes after the selected one, or to the end of the selected section.
pub(super) fn additions(board: &Board, selected: Option<&Record>) -> Vec<Addition> {
    let paragraph = selected.filter(|record| record.kind() == Some(Kind::Paragraph));
    let section = paragraph.map_or_else(|| selected.map(|record| record.id), |p| p.link(&field::PARENT));
    let section = section.filter(|id| is_section(board, *id));
    let new_section = Addition::new(Kind::Section).after(section);
    let under = |id| Addition::new(Kind::Paragraph).with(Edit::Parent(id)).after(paragraph.map(|p| p.id));
    section.map(under).into_iter().chain([new_section]).collect()
}

fn is_section(board: &Board, id: RecordId) -> bool {
    board.record(id).is_some_and(|record| record.kind() == Some(Kind::Section))
}
