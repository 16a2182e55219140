//! Reading back: the paragraphs of the notice, one at a time.

use super::Row;
use crate::{document, domain::board::Board};

pub(super) fn rows(board: &Board) -> Vec<Row> {
    let row = |paragraph: document::Paragraph| Row::Record { id: paragraph.record, depth: 0 };
    document::paragraphs(board).into_iter().map(row).collect()
}
