//! What screens say about a whole board: counted once when a board is published, not at every key.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::session::SessionSeat;
use crate::domain::{
    agenda,
    board::Board,
    ids::RecordId,
    kind::Kind,
    projection,
    record::Record,
    roster, sitting,
    speech::{self, Heard},
    timing, venue,
};

/// The figures of a board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many difficulties stand for themselves.
    pub difficulties: usize,
    /// How many conclusions there are.
    pub conclusions: usize,
    /// How many units take part.
    pub units: usize,
    /// How many of them nothing answers yet.
    pub unanswered: usize,
    /// The agenda item that is on, and its number.
    pub item: Option<(RecordId, usize)>,
    /// Whether the session's clock is stopped.
    pub paused: bool,
    /// Whether a sitting is over and the next one has not begun.
    pub adjourned: bool,
    /// The venues that are not connected.
    pub lost: Vec<RecordId>,
    /// Speeches that were held at the same time: each with one that was.
    pub overlaps: BTreeMap<RecordId, RecordId>,
    /// The speech that is on.
    pub floor: Option<RecordId>,
    /// Whether the clock of that speech is stopped.
    pub floor_paused: bool,
    /// Who should speak next of those who wait.
    pub suggested: Option<RecordId>,
    /// The lines that the room sees on the projector.
    pub published: Vec<RecordId>,
    /// The units that have not spoken.
    pub silent: Vec<RecordId>,
    /// The last time that the session's clock was touched.
    pub touched: Option<DateTime<FixedOffset>>,
}

impl Figures {
    /// Counts on a board on which these were heard.
    pub fn of(board: &Board, heard: &Heard) -> Self {
        let item = agenda::current(board).map(|item| item.id);
        let floor = speech::current(board).map(|speech| speech.id);
        Self {
            difficulties: board.count_seen(Kind::Difficulty),
            conclusions: board.count_seen(Kind::Conclusion),
            units: roster::members(board).len(),
            unanswered: board.count_unanswered(),
            item: item.and_then(|id| Some((id, agenda::ordinal(board, id)?))),
            paused: timing::is_paused(board, None),
            adjourned: sitting::is_adjourned(board),
            lost: lost(board),
            overlaps: overlaps(board),
            floor,
            floor_paused: floor.is_some() && timing::is_paused(board, floor),
            suggested: heard.suggested(board).map(|speech| speech.id),
            published: projection::shown(board).into_iter().map(|line| line.id).collect(),
            silent: heard.silent(board).into_iter().map(|unit| unit.id).collect(),
            touched: timing::last_touched(board),
        }
    }
}

impl SessionSeat {
    /// How long an item or a speech has been on, pauses left out.
    pub fn spent(&self, record: &Record, now: DateTime<FixedOffset>) -> TimeDelta {
        timing::spent_by(&self.board, record, self.reckoned(now))
    }

    /// Whether something was left open, so that no clock shows it.
    pub fn is_left_open(&self, record: &Record, now: DateTime<FixedOffset>) -> bool {
        timing::is_left_open_by(&self.board, record, self.reckoned(now))
    }

    fn reckoned(&self, now: DateTime<FixedOffset>) -> DateTime<FixedOffset> {
        self.figures.touched.map_or(now, |touched| touched.max(now))
    }
}

fn lost(board: &Board) -> Vec<RecordId> {
    let venues = board.of_kind(Kind::Venue).into_iter();
    venues.filter(|venue| venue::lost_since(venue).is_some()).map(|venue| venue.id).collect()
}

fn overlaps(board: &Board) -> BTreeMap<RecordId, RecordId> {
    let both = |(first, second)| [(first, second), (second, first)];
    speech::overlaps(board).into_iter().flat_map(both).collect()
}
