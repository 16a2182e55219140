//! Difficulties, and the lines that nobody has sorted yet.

use super::{Addition, Row, grouped};
use crate::{
    app::arrangement::{Arrangement, KINDS},
    domain::{agenda, board::Board, edit::Edit, ids::RecordId, kind::Kind, record::Record},
};

/// The rows as a seat looks at them: kind by kind, or the difficulties theme by theme and then the other kinds.
pub(in crate::app) fn rows(board: &Board, seen: &Arrangement) -> Vec<Row> {
    if !seen.by_theme {
        return grouped(&KINDS, |kind| seen.of_kind(board, kind));
    }
    let difficulties = seen.of_kind(board, Kind::Difficulty);
    let difficulties: Vec<&Record> = difficulties.into_iter().filter_map(|id| board.record(id)).collect();
    let mut rows = by_theme(board, &difficulties);
    rows.extend(grouped(KINDS.get(1..).unwrap_or_default(), |kind| seen.of_kind(board, kind)));
    rows
}

/// Difficulties under their themes, those about none last.
fn by_theme(board: &Board, difficulties: &[&Record]) -> Vec<Row> {
    let theme = |record: &Record| agenda::theme_of(board, record).map(|theme| theme.id);
    let themes = board.of_kind(Kind::Theme).into_iter().map(|theme| Some(theme.id)).chain([None]);
    let of = |wanted: Option<RecordId>| difficulties.iter().filter(move |record| theme(record) == wanted);
    let mut rows = Vec::new();
    for wanted in themes.filter(|wanted| of(*wanted).next().is_some()) {
        rows.push(Row::Theme(wanted));
        rows.extend(of(wanted).map(|record| Row::of(record)));
    }
    rows
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
