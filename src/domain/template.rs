//! A session as the pattern of the next one: its agenda, units, venues and people, and nothing of what happened in it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    agenda,
    board::Board,
    change::{Field, Value},
    command::{NewItem, NewRecord, NewSession},
    edit::Edit,
    field::{self, set},
    ids::{IdStream, RecordId},
    kind::{AgendaKind, Kind},
    quarter::Quarter,
    record::Record,
    roll_call,
    roster::{self, part_played},
    session::Session,
};

/// A pattern. Its records have the ids of the session it was taken from; every session made from it gets its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// The quarter of that session.
    pub quarter: Option<Quarter>,
    root: Vec<Edit>,
    #[serde(default)]
    theme: Option<RecordId>,
    agenda: Vec<NewRecord>,
    units: Vec<NewRecord>,
    venues: Vec<NewRecord>,
    people: Vec<NewRecord>,
}

/// A session made from a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The session.
    pub session: NewSession,
    /// The people who are not in it, because their unit is none of it and nothing took its place.
    pub left_out: Vec<String>,
}

impl Template {
    /// The pattern of a board's session.
    pub fn of(board: &Board) -> Option<Self> {
        let session = Session::of(board)?;
        let records = |kind| {
            let new = |record: &Record| NewRecord { record: record.id, kind, details: details(record) };
            board.of_kind(kind).into_iter().map(new).collect::<Vec<_>>()
        };
        let mut root = vec![
            Edit::Layout(session.layout()),
            Edit::HeadUnit(session.head_unit()),
            Edit::DeputyUnit(session.record.link(&field::DEPUTY_UNIT)),
            Edit::Chair(session.chair().map(|person| person.id)),
            Edit::Recorder(session.recorder().map(|person| person.id)),
        ];
        root.retain(|edit| edit.value() != Value::Absent);
        Some(Self {
            quarter: session.quarter(),
            root,
            theme: board.of_kind(Kind::Theme).first().map(|theme| theme.id),
            agenda: records(Kind::AgendaItem),
            units: records(Kind::Unit),
            venues: records(Kind::Venue),
            people: people(board),
        })
    }

    /// How many points of the agenda, people and venues it has.
    pub fn counts(&self) -> [usize; 3] {
        [self.agenda.len(), self.people.len(), self.venues.len()]
    }

    /// Lays the pattern over a session that has the form's data and units: a unit is known again by its code, and whoever was of a unit that
    /// is gone is of the one that took its place, as a newcomer among its people. What was about the first theme is about the form's. The
    /// pledge is signed in the first session of a year only.
    pub fn lay(&self, mut session: NewSession, is_first_of_year: bool, ids: &mut IdStream) -> Made {
        let mut places = self.units_of(&session);
        places.extend(self.theme.zip(session.themes.first().map(|(theme, _)| *theme)));
        session.agenda =
            self.agenda_of(&session.agenda, is_first_of_year, ids, (&places, &mut session.further));
        for unit in &self.units {
            let place = places.get(&unit.record).copied().filter(|place| is_itself(unit, &session, *place));
            let known = unit.details.iter().filter(|edit| !matches!(edit, Edit::Code(_) | Edit::Title(_)));
            let known: Vec<Edit> = known.filter_map(|edit| replaced(edit, &places)).collect();
            session
                .further
                .extend(place.into_iter().flat_map(|id| known.iter().map(move |e| (id, e.clone()))));
        }
        for venue in &self.venues {
            let record = ids.record();
            places.insert(venue.record, record);
            session.others.push(NewRecord { record, ..venue.clone() });
        }
        let mut left_out = Vec::new();
        for person in &self.people {
            let mut details: Vec<Edit> =
                person.details.iter().filter_map(|edit| replaced(edit, &places)).collect();
            if !self.keeps_unit(person, &session, &places) {
                details.retain(|edit| !matches!(edit, Edit::Arranged(_)));
            }
            if has_unit(&person.details) && !has_unit(&details) {
                left_out.extend(person.details.iter().find_map(titled));
                continue;
            }
            let record = ids.record();
            places.insert(person.record, record);
            session.others.push(NewRecord { record, kind: person.kind, details });
        }
        session.details.extend(self.root.iter().filter_map(|edit| replaced(edit, &places)));
        Made { session, left_out }
    }

    /// Whether a person is of the same unit as before, or of none as before.
    fn keeps_unit(
        &self,
        person: &NewRecord,
        session: &NewSession,
        places: &BTreeMap<RecordId, RecordId>,
    ) -> bool {
        let unit = person.details.iter().find_map(of_unit);
        let known = unit.and_then(|id| self.units.iter().find(|unit| unit.record == id));
        let place = |unit: &NewRecord| places.get(&unit.record).copied();
        known.is_none_or(|unit| place(unit).is_some_and(|place| is_itself(unit, session, place)))
    }

    /// Which unit of the session each of the pattern is, or has become.
    fn units_of(&self, session: &NewSession) -> BTreeMap<RecordId, RecordId> {
        let here = |unit: &NewRecord| {
            let code = unit.details.iter().find_map(coded)?;
            let same = |known: &&(RecordId, String, String)| known.1.to_lowercase() == code.to_lowercase();
            session.units.iter().find(same).map(|known| known.0)
        };
        let next = |unit: &NewRecord| unit.details.iter().find_map(succeeded);
        let of = |unit: &NewRecord| {
            let mut unit = self.units.iter().find(|known| known.record == unit.record)?;
            // No chain of successors is longer than there are units, unless it is a circle.
            for _ in 0..=self.units.len() {
                if let Some(place) = here(unit) {
                    return Some(place);
                }
                let after = next(unit)?;
                unit = self.units.iter().find(|known| known.record == after)?;
            }
            None
        };
        self.units.iter().filter_map(|unit| Some((unit.record, of(unit)?))).collect()
    }

    /// The agenda, with the pledge where the usual one has it in the first session of a year, and without it in the others.
    fn agenda_of(
        &self,
        usual: &[NewItem],
        is_first_of_year: bool,
        ids: &mut IdStream,
        (places, further): (&BTreeMap<RecordId, RecordId>, &mut Vec<(RecordId, Edit)>),
    ) -> Vec<NewItem> {
        let mut items = Vec::new();
        for point in &self.agenda {
            let record = ids.record();
            let (mut kind, mut title, mut planned) = (AgendaKind::Other, String::new(), 0);
            for edit in &point.details {
                match edit {
                    Edit::ItemKind(of) => kind = *of,
                    Edit::Title(of) => title.clone_from(of),
                    Edit::Planned(minutes) => planned = *minutes,
                    other => further.extend(replaced(other, places).map(|edit| (record, edit))),
                }
            }
            items.push(NewItem { record, kind, title, planned });
        }
        items.retain(|item| is_first_of_year || item.kind != AgendaKind::Pledge);
        let has = |kind| items.iter().any(|item: &NewItem| item.kind == kind);
        let pledge = usual.iter().find(|item| item.kind == AgendaKind::Pledge);
        if let Some(pledge) = pledge.filter(|_| is_first_of_year && !has(AgendaKind::Pledge)) {
            let before = [AgendaKind::Reception, AgendaKind::Opening, AgendaKind::FollowUp];
            let at = items.iter().take_while(|item| before.contains(&item.kind)).count();
            items.insert(at, pledge.clone());
        }
        if items.is_empty() { usual.to_vec() } else { items }
    }
}

/// Everybody on the list, but for those who only sat in somebody's seat that day.
fn people(board: &Board) -> Vec<NewRecord> {
    let stands_in = |person: &Record| {
        roll_call::sittings(board).into_iter().any(|(_, slot)| {
            let whom = person.link(&slot.field(&field::SUBSTITUTE_FOR));
            whom.is_some_and(|of| slot.represented(board).contains(&of))
        })
    };
    let people = board.of_kind(Kind::Attendee).into_iter().filter(|person| !stands_in(person));
    let new =
        |person: &Record| NewRecord { record: person.id, kind: Kind::Attendee, details: details(person) };
    people.map(new).collect()
}

/// What a record hands on.
fn details(record: &Record) -> Vec<Edit> {
    let words = |field: &Field| record.text(field).unwrap_or_default().to_owned();
    let mut details = vec![Edit::Title(words(&field::TITLE)), Edit::Sample(record.flag(&field::SAMPLE))];
    match record.kind() {
        Some(Kind::AgendaItem) => {
            let limit = record.number(&field::SPEECH_LIMIT).and_then(|minutes| u16::try_from(minutes).ok());
            details
                .extend([Edit::ItemKind(agenda::item_kind(record)), Edit::Planned(agenda::planned(record))]);
            details.extend(limit.map(Edit::SpeechLimit));
            details.push(Edit::Theme(record.link(&field::THEME)));
        }
        Some(Kind::Unit) => details.extend([
            Edit::Code(roster::code(record).to_owned()),
            Edit::ValidFrom(record.date(&field::VALID_FROM)),
            Edit::ValidTo(record.date(&field::VALID_TO)),
            Edit::Successor(record.link(&field::SUCCESSOR)),
        ]),
        Some(Kind::Venue) => details.push(Edit::Place(words(&field::PLACE))),
        _ => {
            let also = record.linked(set::ALSO).map(|unit| Edit::AlsoUnit(unit, true));
            details.extend([
                Edit::Post(words(&field::POST)),
                Edit::PartPlayed(part_played(record)),
                Edit::Unit(record.link(&field::UNIT)),
                Edit::Venue(record.link(&field::VENUE)),
                Edit::Arranged(roster::was_arranged(record)),
            ]);
            details.extend(also);
        }
    }
    details.retain(|edit| edit.value() != Value::Absent);
    details
}

fn titled(edit: &Edit) -> Option<String> {
    if let Edit::Title(title) = edit { Some(title.clone()) } else { None }
}

fn coded(edit: &Edit) -> Option<&str> {
    if let Edit::Code(code) = edit { Some(code) } else { None }
}

fn of_unit(edit: &Edit) -> Option<RecordId> {
    if let Edit::Unit(unit) = edit { *unit } else { None }
}

fn succeeded(edit: &Edit) -> Option<RecordId> {
    if let Edit::Successor(next) = edit { *next } else { None }
}

fn has_unit(details: &[Edit]) -> bool {
    details.iter().any(|edit| matches!(edit, Edit::Unit(Some(_)) | Edit::AlsoUnit(..)))
}

/// Whether a unit stands in a session under its own code, and not by the unit that took its place.
fn is_itself(unit: &NewRecord, session: &NewSession, place: RecordId) -> bool {
    let code = session.units.iter().find(|known| known.0 == place).map(|known| known.1.to_lowercase());
    code.is_some() && code == unit.details.iter().find_map(coded).map(str::to_lowercase)
}

/// An edit that names records of the pattern, naming those of the session made from it; `None` if there is none for one.
fn replaced(edit: &Edit, places: &BTreeMap<RecordId, RecordId>) -> Option<Edit> {
    let place = |id: &Option<RecordId>| id.and_then(|id| places.get(&id)).copied();
    Some(match edit {
        Edit::Unit(id) => Edit::Unit(Some(place(id)?)),
        Edit::Theme(id) => Edit::Theme(Some(place(id)?)),
        Edit::Venue(id) => Edit::Venue(Some(place(id)?)),
        Edit::Successor(id) => Edit::Successor(Some(place(id)?)),
        Edit::HeadUnit(id) => Edit::HeadUnit(Some(place(id)?)),
        Edit::DeputyUnit(id) => Edit::DeputyUnit(Some(place(id)?)),
        Edit::Chair(id) => Edit::Chair(Some(place(id)?)),
        Edit::Recorder(id) => Edit::Recorder(Some(place(id)?)),
        Edit::AlsoUnit(id, on) => Edit::AlsoUnit(*places.get(id)?, *on),
        other => other.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::{Command, Place},
        kind::PartPlayed,
        testing::{Desk, ITEMS, UNITS, new_session},
    };

    fn add(desk: &mut Desk, kind: Kind, details: Vec<Edit>) -> RecordId {
        let record = desk.ids.record();
        desk.submit(&Command::Add { record, kind, details, place: Place::Last }).unwrap();
        record
    }

    fn person(desk: &mut Desk, name: &str, unit: Option<RecordId>) -> RecordId {
        let details = vec![Edit::Title(name.into()), Edit::Unit(unit), Edit::Post("Trưởng ban".into())];
        add(desk, Kind::Attendee, details)
    }

    /// The session made after that of a desk, with these units in the form.
    fn made(desk: &Desk, codes: &[&str], is_first: bool) -> (Desk, Vec<String>) {
        let mut form = new_session();
        let mut ids = IdStream::new(77);
        form.units =
            codes.iter().map(|code| (ids.record(), (*code).into(), format!("Đơn vị {code}"))).collect();
        form.agenda = agenda::half_day_items(is_first, &mut ids, |kind| kind.name().to_owned());
        let made = Template::of(&desk.board).unwrap().lay(form, is_first, &mut ids);
        let mut next = Desk::empty(5);
        next.submit(&Command::CreateSession(Box::new(made.session))).unwrap();
        (next, made.left_out)
    }

    fn named<'a>(desk: &'a Desk, name: &str) -> &'a Record {
        desk.board.of_kind(Kind::Attendee).into_iter().find(|one| one.wording() == name).unwrap()
    }

    #[test]
    fn the_next_session_has_the_agenda_the_people_and_the_venues_and_nothing_that_happened() {
        let mut desk = Desk::at_session(1);
        desk.edit(ITEMS[1], Edit::Planned(47)).unwrap();
        desk.edit(ITEMS[1], Edit::SpeechLimit(6)).unwrap();
        desk.submit(&Command::StartItem { record: Some(ITEMS[0]) }).unwrap();
        let venue = add(&mut desk, Kind::Venue, vec![Edit::Title("Điểm cầu 2".into())]);
        let chair = person(&mut desk, "Bà Chủ trì", Some(UNITS[0]));
        desk.edit(chair, Edit::PartPlayed(PartPlayed::Chair)).unwrap();
        desk.edit(chair, Edit::AlsoUnit(UNITS[2], true)).unwrap();
        desk.edit(chair, Edit::Venue(Some(venue))).unwrap();
        desk.edit(desk.board.scope().root(), Edit::Chair(Some(chair))).unwrap();
        person(&mut desk, "Khách", None);
        let mark = roll_call::Mark::Present;
        desk.submit(&Command::MarkAttendance { attendees: vec![chair], sitting: None, mark }).unwrap();
        let (next, left_out) = made(&desk, &["q1", "Q2", "Q3"], false);
        assert_eq!(left_out, Vec::<String>::new());
        let items = next.board.of_kind(Kind::AgendaItem);
        let plan: Vec<(&str, u16)> = items.iter().map(|i| (i.wording(), agenda::planned(i))).collect();
        assert_eq!(plan, [("Khai mạc", 15), ("Thảo luận", 47)]);
        assert_eq!(items[1].number(&field::SPEECH_LIMIT), Some(6));
        assert!(items.iter().all(|item| item.moment(&field::STARTED_AT).is_none()));
        let chair = named(&next, "Bà Chủ trì");
        let codes: Vec<&str> = roster::units_of(&next.board, chair).into_iter().map(roster::code).collect();
        assert_eq!(codes, ["q1", "Q3"], "a person in two units");
        assert_eq!((part_played(chair), chair.text(&field::POST)), (PartPlayed::Chair, Some("Trưởng ban")));
        assert_eq!(roll_call::Slot::FIRST.attendance(chair), crate::domain::kind::Attendance::Unmarked);
        let session = Session::of(&next.board).unwrap();
        assert_eq!(session.chair().map(|one| one.id), Some(chair.id));
        let sits = next.board.record(chair.link(&field::VENUE).unwrap()).unwrap();
        assert_eq!(sits.wording(), "Điểm cầu 2");
        assert!(named(&next, "Khách").link(&field::UNIT).is_none());
        assert!(next.board.of_kind(Kind::Note).is_empty());
    }

    #[test]
    fn people_of_a_unit_that_is_gone_are_of_its_successor_or_left_out_and_named() {
        let mut desk = Desk::at_session(1);
        desk.edit(UNITS[1], Edit::Successor(Some(UNITS[2]))).unwrap();
        person(&mut desk, "Ông Hai", Some(UNITS[1]));
        person(&mut desk, "Ông Một", Some(UNITS[0]));
        desk.edit(desk.board.scope().root(), Edit::HeadUnit(Some(UNITS[1]))).unwrap();
        let (next, left_out) = made(&desk, &["Q3", "Q9"], false);
        assert_eq!(left_out, ["Ông Một"]);
        let unit = roster::unit_of(&next.board, named(&next, "Ông Hai")).unwrap();
        assert_eq!((roster::code(unit), unit.wording()), ("Q3", "Đơn vị Q3"));
        assert_eq!(Session::of(&next.board).unwrap().head_unit(), Some(unit.id));
        assert_eq!(unit.link(&field::SUCCESSOR), None);
    }

    /// The people of a session as its lists have them.
    fn listed(desk: &Desk) -> Vec<&str> {
        let mut people = desk.board.of_kind(Kind::Attendee);
        roster::sort_people(&desk.board, &mut people);
        people.into_iter().map(Record::wording).collect()
    }

    #[test]
    fn people_stand_as_somebody_arranged_them_also_in_the_session_after_the_next() {
        let mut desk = Desk::at_session(1);
        desk.edit(UNITS[1], Edit::Successor(Some(UNITS[2]))).unwrap();
        let (an, binh) = (person(&mut desk, "An", Some(UNITS[0])), person(&mut desk, "Bình", Some(UNITS[0])));
        let (guest, first) = (person(&mut desk, "Ân", None), person(&mut desk, "Yên", None));
        let of_gone = person(&mut desk, "Chi", Some(UNITS[1]));
        person(&mut desk, "Dũng", Some(UNITS[1]));
        person(&mut desk, "Anh", Some(UNITS[2]));
        for (record, before) in [(an, binh), (guest, first), (of_gone, binh)] {
            desk.submit(&Command::Move { record, place: Place::After(before) }).unwrap();
        }
        let order = ["Bình", "An", "Anh", "Chi", "Dũng", "Yên", "Ân"];
        let (next, _) = made(&desk, &["Q1", "Q3"], false);
        assert_eq!(listed(&next), order, "who came from a unit that is gone stands among the others by name");
        assert_eq!(listed(&made(&next, &["Q1", "Q3"], false).0), order);
    }

    #[test]
    fn what_was_about_the_first_theme_is_about_the_new_one() {
        let mut desk = Desk::at_session(1);
        let first = desk.board.of_kind(Kind::Theme)[0].id;
        let second = add(&mut desk, Kind::Theme, vec![Edit::Title("Chuyên đề hai".into())]);
        desk.edit(ITEMS[0], Edit::Theme(Some(second))).unwrap();
        desk.edit(ITEMS[1], Edit::Theme(Some(first))).unwrap();
        let (next, _) = made(&desk, &["Q1"], false);
        let theme = next.board.of_kind(Kind::Theme)[0].id;
        let items = next.board.of_kind(Kind::AgendaItem);
        let themes: Vec<_> = items.iter().map(|item| item.link(&field::THEME)).collect();
        assert_eq!(themes, [None, Some(theme)]);
    }

    #[test]
    fn successors_in_a_circle_lead_nowhere_and_a_substitute_of_that_day_is_not_on_the_list() {
        let mut desk = Desk::at_session(1);
        desk.edit(UNITS[0], Edit::Successor(Some(UNITS[1]))).unwrap();
        desk.edit(UNITS[1], Edit::Successor(Some(UNITS[0]))).unwrap();
        let own = person(&mut desk, "Ông Một", Some(UNITS[2]));
        person(&mut desk, "Ông Hai", Some(UNITS[1]));
        let stand_in = person(&mut desk, "Bà Thay", Some(UNITS[2]));
        let mark = roll_call::Mark::Substitute(own.to_string());
        desk.submit(&Command::MarkAttendance { attendees: vec![stand_in], sitting: None, mark }).unwrap();
        let (next, left_out) = made(&desk, &["Q3"], false);
        assert_eq!(left_out, ["Ông Hai"]);
        let people: Vec<&str> = next.board.of_kind(Kind::Attendee).into_iter().map(Record::wording).collect();
        assert_eq!(people, ["Ông Một"]);
    }

    #[test]
    fn the_pledge_stands_in_the_agenda_of_a_years_first_session_only() {
        let mut desk = Desk::at_session(1);
        let kinds = |desk: &Desk| {
            desk.board.of_kind(Kind::AgendaItem).into_iter().map(agenda::item_kind).collect::<Vec<_>>()
        };
        let (first, _) = made(&desk, &["Q1"], true);
        assert_eq!(kinds(&first), [AgendaKind::Opening, AgendaKind::Pledge, AgendaKind::Discussion]);
        desk.edit(ITEMS[0], Edit::ItemKind(AgendaKind::Pledge)).unwrap();
        assert_eq!(kinds(&made(&desk, &["Q1"], true).0), [AgendaKind::Pledge, AgendaKind::Discussion]);
        assert_eq!(kinds(&made(&desk, &["Q1"], false).0), [AgendaKind::Discussion]);
    }
}
