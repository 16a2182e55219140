//! The venues of a session held in several places, and for how long each was not connected.

use chrono::{DateTime, FixedOffset};

use super::{
    change::{Field, Value},
    field::set,
    record::Record,
};

/// A time for which a venue was not connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outage {
    /// When the connection was lost.
    pub lost: DateTime<FixedOffset>,
    /// When it came back, if it did.
    pub back: Option<DateTime<FixedOffset>>,
}

/// The outages of a venue, the first one first.
pub fn outages(venue: &Record) -> Vec<Outage> {
    let mut found: Vec<Outage> = written(venue)
        .map(|(_, lost, value)| {
            let back = value.as_text().and_then(|back| DateTime::parse_from_rfc3339(back).ok());
            Outage { lost, back }
        })
        .collect();
    found.sort_by_key(|outage| outage.lost);
    found
}

/// The field of the outage that has not ended, if there is one.
pub fn lost_since(venue: &Record) -> Option<Field> {
    let open = written(venue).filter(|(_, _, value)| **value == Value::Flag(true));
    open.max_by_key(|(_, lost, _)| *lost).map(|(field, ..)| field.clone())
}

fn written(venue: &Record) -> impl Iterator<Item = (&Field, DateTime<FixedOffset>, &Value)> {
    venue.fields().filter_map(|(field, cell)| {
        let lost = DateTime::parse_from_rfc3339(field.member_of(set::OUTAGE)?).ok()?;
        Some((field, lost, cell.value()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::{Command, Place, Refusal},
        edit::Edit,
        ids::RecordId,
        kind::Kind,
        testing::{Desk, UNITS},
    };

    #[test]
    fn a_venue_keeps_every_outage_and_undo_takes_one_back() {
        let mut desk = Desk::at_session(1);
        let venue = RecordId(0x71);
        let details = vec![Edit::Title("Điểm cầu Thủ Đức".into())];
        desk.submit(&Command::Add { record: venue, kind: Kind::Venue, details, place: Place::Last }).unwrap();
        let set = |connected| Command::SetConnection { venue, connected };
        assert_eq!(desk.submit(&set(true)), Err(Refusal::NoChange), "it is connected");
        for connected in [false, true, false] {
            desk.submit(&set(connected)).unwrap();
        }
        assert_eq!(desk.submit(&set(false)), Err(Refusal::NoChange), "it is lost");
        let record = |desk: &Desk| outages(desk.board.record(venue).unwrap());
        let ended: Vec<bool> = record(&desk).iter().map(|outage| outage.back.is_some()).collect();
        assert_eq!(ended, [true, false]);
        let last = desk.board.changes().next_back().unwrap().id;
        desk.submit(&Command::Undo { change: last }).unwrap();
        assert_eq!(record(&desk).len(), 1);
        assert!(record(&desk)[0].back > Some(record(&desk)[0].lost));
        let unit = Command::SetConnection { venue: UNITS[0], connected: false };
        assert_eq!(desk.submit(&unit), Err(Refusal::WrongKind(Kind::Unit)));
    }
}
