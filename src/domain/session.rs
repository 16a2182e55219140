//! The session as a whole: a view over its root record.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};

use super::{
    board::Board,
    change::{Change, Field, Value, Write},
    command::{REDO, UNDO},
    field,
    ids::RecordId,
    kind::{Kind, Layout, PartPlayed, SessionState},
    policy,
    quarter::Quarter,
    record::Record,
    roster,
};

/// The session of a board.
#[derive(Debug, Clone, Copy)]
pub struct Session<'a> {
    board: &'a Board,
    /// The root record.
    pub record: &'a Record,
}

impl<'a> Session<'a> {
    /// The session, if it has been created and not removed.
    pub fn of(board: &'a Board) -> Option<Self> {
        let record = board.root().filter(|root| root.kind() == Some(Kind::Session) && !root.is_removed())?;
        Some(Self { board, record })
    }

    /// Its title.
    pub fn title(self) -> &'a str {
        self.record.text(&field::TITLE).unwrap_or_default()
    }

    /// The quarter it belongs to.
    pub fn quarter(self) -> Option<Quarter> {
        let year = i32::try_from(self.record.number(&field::YEAR)?).ok()?;
        Quarter::new(year, u8::try_from(self.record.number(&field::QUARTER)?).ok()?)
    }

    /// Its state.
    pub fn state(self) -> SessionState {
        policy::session_state(self.board)
    }

    /// Which draft of the conclusion notice its data make: the first until one was out for comments; none once it is issued.
    pub fn draft(self) -> Option<usize> {
        let state = self.state();
        if matches!(state, SessionState::Issued | SessionState::Sent) {
            return None;
        }
        let sent_out = Value::from(SessionState::OutForComments);
        let sends = |change: &Change| {
            let is_wish = !matches!(&*change.header.name, UNDO | REDO);
            let root = self.record.id;
            let is_sent = |write: &Write| {
                write.record == root && write.field == field::STATE && write.value == sent_out
            };
            is_wish && change.writes().iter().any(is_sent)
        };
        let times = self.board.changes().filter(|change| sends(change)).count();
        Some(times + usize::from(state != SessionState::OutForComments))
    }

    /// The day on which it is held.
    pub fn date(self) -> Option<NaiveDate> {
        self.record.date(&field::DATE)
    }

    /// When it begins.
    pub fn begins(self) -> Option<NaiveTime> {
        NaiveTime::parse_from_str(self.record.text(&field::BEGINS)?, "%H:%M").ok()
    }

    /// When the chair closed it.
    pub fn closed_at(self) -> Option<DateTime<FixedOffset>> {
        self.record.moment(&field::CLOSED_AT)
    }

    /// Where it is held.
    pub fn place(self) -> Option<&'a str> {
        self.record.text(&field::PLACE)
    }

    /// The locality before the date of its papers; never the place, which may be a hall.
    pub fn locality(self) -> Option<&'a str> {
        self.record.text(&field::LOCALITY)
    }

    /// The cluster's name.
    pub fn cluster(self) -> Option<&'a str> {
        self.record.text(&field::CLUSTER)
    }

    /// The body above the issuing one, as printed.
    pub fn superior(self) -> Option<&'a str> {
        self.record.text(&field::SUPERIOR)
    }

    /// The issuing body, as printed.
    pub fn issuer(self) -> Option<&'a str> {
        self.record.text(&field::ISSUER)
    }

    /// The layout family of its documents.
    pub fn layout(self) -> Layout {
        self.record.text(&field::LAYOUT).and_then(Layout::named).unwrap_or(Layout::Party)
    }

    /// The unit that heads the cluster.
    pub fn head_unit(self) -> Option<RecordId> {
        self.record.link(&field::HEAD_UNIT)
    }

    /// The attendee who chairs: who was named, else the only one who comes as chair.
    pub fn chair(self) -> Option<&'a Record> {
        self.named_or(&field::CHAIR, PartPlayed::Chair)
    }

    /// The attendee who records: who was named, else the only one who comes as note-taker.
    pub fn recorder(self) -> Option<&'a Record> {
        self.named_or(&field::RECORDER, PartPlayed::NoteTaker)
    }

    fn named_or(self, field: &Field, part: PartPlayed) -> Option<&'a Record> {
        if let Some(named) = self.record.link(field) {
            return self.board.record(named);
        }
        let plays = |person: &&Record| roster::part_played(person) == part;
        let mut all = self.board.each_of_kind(Kind::Attendee).filter(plays);
        all.next().filter(|_| all.next().is_none())
    }

    /// Its themes.
    pub fn themes(self) -> Vec<&'a Record> {
        self.board.of_kind(Kind::Theme)
    }
}
