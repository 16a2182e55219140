//! The panes of a session: which rows each shows, and what can be added there.
//!
//! A pane is a function of the board; it keeps no state. One file a pane.

mod agenda;
pub(super) mod chain;
pub(super) mod conclusions;
pub(super) mod difficulties;
pub(super) mod follow_up;
mod keynote;
mod pledge;
mod read_back;
mod roll_call;
mod roster;
mod speakers;
pub(super) mod triage;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{arrangement::Arrangement, twins};
use crate::{
    domain::{
        board::Board, command::Place, edit::Edit, follow_up::DueBucket, ids::RecordId, kind::Kind,
        record::Record, roll_call::Slot,
    },
    i18n::Strings,
    keymap::Context,
};

/// A pane of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PaneId {
    /// The agenda, with the session's own data on top.
    Agenda,
    /// The keynote report.
    Keynote,
    /// Difficulties and unsorted lines.
    Difficulties,
    /// Conclusions, solutions, recommendations, tasks.
    Conclusions,
    /// Units and people.
    Roster,
    /// The pledge.
    Pledge,
    /// Lines that somebody should sort.
    Triage,
    /// Who is there.
    RollCall,
    /// Who wants to speak, who speaks, who has not spoken.
    Speakers,
    /// The conclusions, read back paragraph by paragraph.
    ReadBack,
    /// The chain around a record.
    Chain,
    /// What earlier sessions left to do.
    FollowUp,
}

impl PaneId {
    /// All panes.
    pub const ALL: &'static [Self] = &[
        Self::Agenda,
        Self::Keynote,
        Self::Difficulties,
        Self::Conclusions,
        Self::Roster,
        Self::Pledge,
        Self::Triage,
        Self::RollCall,
        Self::Speakers,
        Self::ReadBack,
        Self::Chain,
        Self::FollowUp,
    ];

    /// The four panes with a tab of their own.
    pub const TABS: [Self; 4] = [Self::Agenda, Self::Keynote, Self::Difficulties, Self::Conclusions];

    /// The title.
    pub fn title(self, strings: &Strings) -> &'static str {
        match self {
            Self::Agenda => strings.pane_agenda,
            Self::Keynote => strings.pane_keynote,
            Self::Difficulties => strings.pane_difficulties,
            Self::Conclusions => strings.pane_conclusions,
            Self::Roster => strings.pane_roster,
            Self::Pledge => strings.pane_pledge,
            Self::Triage => strings.pane_triage,
            Self::RollCall => strings.pane_roll_call,
            Self::Speakers => strings.pane_speakers,
            Self::ReadBack => strings.read_back.pane,
            Self::Chain => strings.concluding.chain,
            Self::FollowUp => strings.following.pane,
        }
    }

    /// What an empty pane says; `{}` is the key that begins.
    pub fn empty(self, strings: &Strings) -> &'static str {
        match self {
            Self::Agenda => strings.empty_agenda,
            Self::Keynote => strings.empty_keynote,
            Self::Difficulties => strings.empty_difficulties,
            Self::Conclusions => strings.empty_conclusions,
            Self::Roster => strings.empty_roster,
            Self::Pledge => strings.empty_pledge,
            Self::Triage => strings.empty_triage,
            Self::RollCall => strings.empty_roll_call,
            Self::Speakers => strings.empty_speakers,
            Self::ReadBack => strings.read_back.empty,
            Self::Chain => strings.concluding.empty_chain,
            Self::FollowUp => strings.following.empty,
        }
    }

    /// The context in which its keys are looked up.
    pub fn context(self) -> Context {
        match self {
            Self::Triage => Context::Triage,
            Self::RollCall => Context::RollCall,
            Self::Speakers => Context::Speakers,
            Self::ReadBack => Context::ReadBack,
            Self::FollowUp => Context::FollowUp,
            Self::Pledge => Context::Pledge,
            _ => Context::Session,
        }
    }

    /// The rows on a board.
    pub fn rows(self, board: &Board) -> Vec<Row> {
        match self {
            Self::Agenda => agenda::rows(board),
            Self::Keynote => keynote::rows(board),
            Self::Difficulties => difficulties::rows(board, &Arrangement::default()),
            Self::Conclusions => conclusions::rows(board),
            Self::Roster => roster::rows(board),
            Self::Pledge => pledge::rows(board),
            Self::Triage => triage::rows(board, &twins::of(board)),
            Self::RollCall => roll_call::rows(board),
            Self::Speakers => speakers::rows(board),
            Self::ReadBack => read_back::rows(board),
            Self::Chain => chain::rows(board, None),
            // Which items there are does not depend on the day, only their order.
            Self::FollowUp => follow_up::rows(board, NaiveDate::MIN),
        }
    }

    /// What can be added, the likeliest first, given the selected record and where the marks of the roll call are kept.
    pub fn additions(self, board: &Board, selected: Option<&Record>, slot: Slot) -> Vec<Addition> {
        match self {
            Self::Agenda => agenda::additions(selected),
            Self::Keynote => keynote::additions(board, selected),
            Self::Difficulties | Self::Triage | Self::Chain => difficulties::additions(selected),
            Self::Conclusions | Self::ReadBack => conclusions::additions(),
            Self::Roster => roster::additions(selected),
            Self::RollCall => roll_call::additions(selected, slot),
            Self::Pledge => pledge::additions(selected),
            // A speaker is chosen, and what earlier sessions left is taken up: neither is typed.
            Self::Speakers | Self::FollowUp => Vec::new(),
        }
    }
}

/// A row of a pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Row {
    /// The heading over the records of a kind; it cannot be selected.
    Heading(Kind),
    /// The heading over the people of a unit, or of none; it cannot be selected.
    Group(Option<RecordId>),
    /// The heading over the difficulties of a theme, or of none; it cannot be selected.
    Theme(Option<RecordId>),
    /// The heading over a part of the speakers; it cannot be selected.
    Part(Part),
    /// The heading over the items that stand so today, and how many they are; it cannot be selected.
    Due(DueBucket, usize),
    /// A record, indented by its depth.
    Record {
        /// The record.
        id: RecordId,
        /// 0 for the outermost.
        depth: u8,
    },
}

impl Row {
    fn of(record: &Record) -> Self {
        Self::Record { id: record.id, depth: 0 }
    }

    fn under(record: &Record) -> Self {
        Self::Record { id: record.id, depth: 1 }
    }

    /// The record, if it is one.
    pub fn record(self) -> Option<RecordId> {
        if let Self::Record { id, .. } = self { Some(id) } else { None }
    }
}

/// A part of the speakers, or of a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Who has the floor.
    Floor,
    /// Who waits.
    Queue,
    /// The units that have not spoken.
    Silent,
    /// What was said by nobody knows whom.
    Unknown,
    /// Who has spoken.
    Heard,
    /// What leads to a record.
    Before,
    /// The record whose chain is shown.
    Here,
    /// What comes of it.
    After,
    /// Nothing comes of it.
    NothingAfter,
    /// Difficulties that nothing answers.
    Unanswered,
    /// What answers nothing.
    Loose,
}

/// Something that can be added to a pane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addition {
    /// What.
    pub kind: Kind,
    /// The fields it begins with.
    pub details: Vec<Edit>,
    /// Where.
    pub place: Place,
}

impl Addition {
    fn new(kind: Kind) -> Self {
        Self { kind, details: Vec::new(), place: Place::Last }
    }

    fn with(self, detail: Edit) -> Self {
        Self { details: [self.details, vec![detail]].concat(), ..self }
    }

    fn after(self, record: Option<RecordId>) -> Self {
        Self { place: record.map_or(Place::Last, Place::After), ..self }
    }
}

/// The records of some kinds, each kind under its heading; kinds without records have none.
fn grouped(kinds: &[Kind], of: impl Fn(Kind) -> Vec<RecordId>) -> Vec<Row> {
    let mut rows = Vec::new();
    for kind in kinds {
        let records = of(*kind);
        if !records.is_empty() {
            rows.push(Row::Heading(*kind));
        }
        rows.extend(records.into_iter().map(|id| Row::Record { id, depth: 0 }));
    }
    rows
}
