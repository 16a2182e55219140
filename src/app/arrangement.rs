//! In which order a seat sees the difficulties, by themes or not, and which of them: how they are looked at, nothing of the board.

use std::cmp::Reverse;

use serde::{Deserialize, Serialize};

use super::session::SessionSeat;
use crate::{
    domain::{
        agenda, board::Board, difficulty, field, field::set, ids::RecordId, kind::Kind, record::Record,
        roster,
    },
    i18n::{Strings, fill},
};

/// The order within a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Order {
    /// As they were placed.
    #[default]
    Placed,
    /// The heaviest first.
    Weight,
    /// What most units raised first.
    Coverage,
    /// By the units that raised them.
    Unit,
    /// What was said last first.
    Said,
}

impl Order {
    /// All orders.
    pub const ALL: [Self; 5] = [Self::Placed, Self::Weight, Self::Coverage, Self::Unit, Self::Said];

    /// What it is called.
    pub fn name(self, strings: &Strings) -> &'static str {
        let words = &strings.sorting;
        match self {
            Self::Placed => words.order_placed,
            Self::Weight => words.order_weight,
            Self::Coverage => words.order_coverage,
            Self::Unit => words.order_unit,
            Self::Said => words.order_said,
        }
    }

    fn sort(self, board: &Board, records: &mut [&Record]) {
        match self {
            Self::Placed => {}
            Self::Weight => records.sort_by_key(|record| Reverse(difficulty::weight(record))),
            Self::Coverage => {
                records.sort_by_cached_key(|record| Reverse(difficulty::raised_by(board, record).len()));
            }
            Self::Unit => {
                let units: Vec<RecordId> = board.of_kind(Kind::Unit).iter().map(|unit| unit.id).collect();
                let place =
                    |record: &Record| units.iter().position(|id| record.link(&field::UNIT) == Some(*id));
                records.sort_by_key(|record| place(record).unwrap_or(usize::MAX));
            }
            Self::Said => records.sort_by_cached_key(|record| Reverse(record.moment(&field::SAID_AT))),
        }
    }
}

/// Which are seen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// Difficulties to which nothing answers.
    Unanswered,
    /// What is to be checked later.
    CheckLater,
    /// What nobody knows who said.
    Unknown,
    /// What a unit raised or agrees to.
    Unit(RecordId),
    /// What is about a theme.
    Theme(RecordId),
    /// What has a tag.
    Tag(String),
}

impl Filter {
    /// The filters that make sense on a board.
    pub fn all(board: &Board) -> Vec<Self> {
        let units = board.of_kind(Kind::Unit).into_iter().map(|unit| Self::Unit(unit.id));
        let themes = board.of_kind(Kind::Theme);
        let themes = themes.iter().filter(|_| themes.len() > 1).map(|theme| Self::Theme(theme.id));
        let lines = KINDS.iter().flat_map(|kind| difficulty::main_of(board, *kind));
        let mut tags: Vec<&str> = lines.flat_map(|record| record.members(set::TAG)).collect();
        tags.sort_unstable();
        tags.dedup();
        let plain = [Self::All, Self::Unanswered, Self::CheckLater, Self::Unknown];
        let tags = tags.into_iter().map(|tag| Self::Tag(tag.to_owned()));
        plain.into_iter().chain(units).chain(themes).chain(tags).collect()
    }

    /// What it is called.
    pub fn name(&self, strings: &Strings, board: &Board) -> String {
        let words = &strings.sorting;
        let code = |id| board.record(id).map_or("?", roster::code);
        match self {
            Self::All => words.filter_all.to_owned(),
            Self::Unanswered => words.filter_unanswered.to_owned(),
            Self::CheckLater => strings.field_check_later.to_lowercase(),
            Self::Unknown => words.filter_unknown.to_owned(),
            Self::Unit(unit) => fill(words.filter_unit, &[code(*unit)]),
            Self::Theme(theme) => board.record(*theme).map_or("?", Record::wording).to_owned(),
            Self::Tag(tag) => format!("#{tag}"),
        }
    }

    fn shows(&self, board: &Board, record: &Record) -> bool {
        match self {
            Self::All => true,
            Self::Unanswered => {
                record.kind() == Some(Kind::Difficulty) && !difficulty::is_answered(board, record.id)
            }
            Self::CheckLater => record.flag(&field::CHECK_LATER),
            Self::Unknown => record.link(&field::UNIT).is_none() && record.link(&field::SPEAKER).is_none(),
            Self::Unit(unit) => difficulty::raised_by(board, record).contains(unit),
            Self::Theme(theme) => agenda::theme_of(board, record).is_some_and(|of| of.id == *theme),
            Self::Tag(tag) => record.members(set::TAG).any(|known| known == tag),
        }
    }
}

/// The kinds that stand among the difficulties.
pub const KINDS: [Kind; 4] = [Kind::Difficulty, Kind::Note, Kind::Opinion, Kind::Cause];

/// How a seat looks at the difficulties.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Arrangement {
    /// In which order.
    pub order: Order,
    /// Whether those of one theme stand together.
    pub by_theme: bool,
    /// Which.
    pub filter: Filter,
}

impl Arrangement {
    /// The records of a kind that are seen, in their order.
    pub fn of_kind(&self, board: &Board, kind: Kind) -> Vec<RecordId> {
        if self.order == Order::Placed && self.filter == Filter::All {
            return difficulty::main_ids(board, kind);
        }
        let mut records = difficulty::main_of(board, kind);
        records.retain(|record| self.filter.shows(board, record));
        self.order.sort(board, &mut records);
        records.into_iter().map(|record| record.id).collect()
    }

    /// What it adds to the title of the list, with how many are seen of all if some are not.
    pub fn title(&self, strings: &Strings, seat: &SessionSeat) -> String {
        let board = &seat.board;
        let mut parts = Vec::new();
        parts.extend((self.order != Order::Placed).then(|| self.order.name(strings).to_owned()));
        parts.extend(self.by_theme.then(|| strings.sorting.by_theme.to_owned()));
        if self.filter != Filter::All {
            let seen = seat.rows.iter().filter(|row| row.record().is_some()).count();
            let all: usize = KINDS.iter().map(|kind| difficulty::main_of(board, *kind).len()).sum();
            parts.push(format!("{} ({seen}/{all})", self.filter.name(strings, board)));
        }
        parts.into_iter().flat_map(|part| [" · ".to_owned(), part]).collect()
    }
}
