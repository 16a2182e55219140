//! Difficulties, and the lines that nobody has sorted yet.

use super::{Addition, Row, grouped};
use crate::domain::{board::Board, difficulty, edit::Edit, kind::Kind, record::Record};

const KINDS: [Kind; 4] = [Kind::Difficulty, Kind::Note, Kind::Opinion, Kind::Cause];

pub(super) fn rows(board: &Board) -> Vec<Row> {
    grouped(&KINDS, |kind| difficulty::main_ids(board, kind))
}

/// A difficulty, or something that answers the selected one.
pub(super) fn additions(selected: Option<&Record>) -> Vec<Addition> {
    let difficulty = selected.filter(|record| record.kind() == Some(Kind::Difficulty));
    let answers = [Kind::Cause, Kind::Solution, Kind::Recommendation, Kind::Task];
    let answering = difficulty
        .map(|difficulty| answers.map(|kind| Addition::new(kind).with(Edit::Answers(difficulty.id, true))));
    let own = [Kind::Difficulty, Kind::Opinion].map(Addition::new);
    own.into_iter()
        .take(1)
        .chain(answering.into_iter().flatten())
        .chain([Addition::new(Kind::Opinion)])
        .collect()
}
