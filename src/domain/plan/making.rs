//! Commands that bring records into being, and the numbers they get.

use std::{collections::BTreeSet, sync::Arc};

use super::{Desk, checked, ensure_sane};
use crate::domain::{
    board::LAST_NUMBER,
    change::{Value, Write},
    command::{Capture, NewRecord, NewSection, NewSession, Place, Refusal},
    edit::Edit,
    field,
    ids::{RecordId, ScopeId},
    kind::{Kind, SessionState},
    policy::Role,
    position,
    record::Record,
};

impl Desk<'_> {
    pub(super) fn create_session(&self, session: &NewSession) -> Result<Vec<Write>, Refusal> {
        let scope = self.room.board.scope();
        if scope == ScopeId::ORGANISATION {
            return Err(Refusal::WrongKind(Kind::Session));
        }
        let root = scope.root();
        self.ensure_new(root)?;
        let title = Edit::Title(session.title.clone()).normalised();
        if title.value() == Value::Absent {
            return Err(Refusal::EmptyText);
        }
        let mut details = vec![title, Edit::Quarter(session.quarter)];
        details.extend(session.details.iter().cloned());
        if let Some(other) = session.others.iter().find(|other| !is_of_place(other.kind)) {
            return Err(Refusal::WrongKind(other.kind));
        }
        let mut writes = self.fresh(root, Kind::Session);
        writes.extend(self.filled(root, Kind::Session, &details)?);
        writes.push(self.write(root, &field::STATE, SessionState::Draft.into()));
        writes.extend(self.themes_units_agenda(session)?);
        Ok(writes)
    }

    fn themes_units_agenda(&self, session: &NewSession) -> Result<Vec<Write>, Refusal> {
        let parts = parts(session);
        let mut taken = BTreeSet::from([self.room.board.scope().root()]);
        let mut writes = Vec::new();
        for ((id, kind, details), position) in parts.iter().zip(position::spaced(parts.len())) {
            writes.extend(self.part(*id, *kind, details, position, &mut taken)?);
        }
        Ok(writes)
    }

    /// Units and people of a list, each kind behind those that are there.
    pub(super) fn add_roster(&self, records: &[NewRecord]) -> Result<Vec<Write>, Refusal> {
        if let Some(other) = records.iter().find(|new| !matches!(new.kind, Kind::Unit | Kind::Attendee)) {
            return Err(Refusal::WrongKind(other.kind));
        }
        let (mut taken, mut writes) = (BTreeSet::new(), Vec::new());
        for kind in [Kind::Unit, Kind::Attendee] {
            let new: Vec<&NewRecord> = records.iter().filter(|new| new.kind == kind).collect();
            let (moved, places) = self.places_behind(kind, new.len());
            writes.extend(moved);
            for (new, place) in new.into_iter().zip(places) {
                writes.extend(self.part(new.record, kind, &new.details, place, &mut taken)?);
            }
        }
        Ok(writes)
    }

    /// So many places behind the records of a kind; where there is no room, those get new ones too.
    fn places_behind(&self, kind: Kind, count: usize) -> (Vec<Write>, Vec<String>) {
        let there = self.room.board.of_kind(kind);
        let last = there.last().and_then(|last| last.text(&field::POSITION));
        let is_placed = there.is_empty() || last.is_some();
        if let Some(places) = is_placed.then(|| position::within(last, None, count)).flatten() {
            return (Vec::new(), places);
        }
        let mut places = position::spaced(there.len() + count).into_iter();
        let moved = there.iter().zip(places.by_ref());
        let moved = moved.map(|(record, key)| self.write(record.id, &field::POSITION, key.into())).collect();
        (moved, places.collect())
    }

    pub(super) fn add_keynote(&self, sections: &[NewSection]) -> Result<Vec<Write>, Refusal> {
        let there = self.room.board.of_kind(Kind::Section);
        let mut low =
            there.iter().filter_map(|section| section.text(&field::POSITION)).max().map(str::to_owned);
        let (mut taken, mut writes) = (BTreeSet::new(), Vec::new());
        for NewSection { record, heading, paragraphs } in sections {
            let position = position::between(low.as_deref(), None);
            let details = [Edit::Title(heading.clone())];
            writes.extend(self.part(*record, Kind::Section, &details, position.clone(), &mut taken)?);
            for ((id, text), position) in paragraphs.iter().zip(position::spaced(paragraphs.len())) {
                let details = [Edit::Parent(*record), Edit::Text(text.clone())];
                writes.extend(self.part(*id, Kind::Paragraph, &details, position, &mut taken)?);
            }
            low = Some(position);
        }
        Ok(writes)
    }

    /// One of several records that a command creates, at its place; `taken` are the others so far.
    fn part(
        &self,
        id: RecordId,
        kind: Kind,
        details: &[Edit],
        position: String,
        taken: &mut BTreeSet<RecordId>,
    ) -> Result<Vec<Write>, Refusal> {
        let mut writes = self.unplaced(id, kind, details, taken)?;
        writes.push(self.write(id, &field::POSITION, position.into()));
        Ok(writes)
    }

    /// The same without a place.
    pub(super) fn unplaced(
        &self,
        id: RecordId,
        kind: Kind,
        details: &[Edit],
        taken: &mut BTreeSet<RecordId>,
    ) -> Result<Vec<Write>, Refusal> {
        self.ensure_new(id)?;
        if !taken.insert(id) {
            return Err(Refusal::Exists);
        }
        let filled = self.filled(id, kind, details)?;
        ensure_worded(&filled)?;
        let mut writes = self.fresh(id, kind);
        writes.extend(filled);
        Ok(writes)
    }

    pub(super) fn add(
        &self,
        id: RecordId,
        kind: Kind,
        details: &[Edit],
        place: Place,
    ) -> Result<Vec<Write>, Refusal> {
        if matches!(kind, Kind::Session | Kind::Signature) {
            return Err(Refusal::WrongKind(kind));
        }
        self.ensure_new(id)?;
        self.guard_pledge(kind)?;
        let filled = self.filled(id, kind, details)?;
        ensure_worded(&filled)?;
        let parent =
            details.iter().find_map(|edit| if let Edit::Parent(id) = edit { Some(*id) } else { None });
        let mut writes = self.fresh(id, kind);
        writes.extend(filled);
        writes.extend(self.positions(id, kind, parent, place)?);
        writes.extend(self.opens(kind).then(|| self.write(id, &field::OPENING, true.into())));
        Ok(writes)
    }

    /// Whether a record of that kind would be the first sitting that the session ever had.
    fn opens(&self, kind: Kind) -> bool {
        let is_sitting = |record: &Record| record.kind() == Some(Kind::Sitting);
        kind == Kind::Sitting && !self.room.board.records().any(is_sitting)
    }

    pub(super) fn capture(&self, capture: &Capture) -> Result<Vec<Write>, Refusal> {
        let Capture { record, kind, .. } = *capture;
        if !Kind::CAPTURED.contains(&kind) {
            return Err(Refusal::WrongKind(kind));
        }
        self.ensure_new(record)?;
        ensure_sane(capture.said_at.date_naive())?;
        let text = Edit::Text(capture.text.clone()).normalised().value();
        if text == Value::Absent {
            return Err(Refusal::EmptyText);
        }
        let mut writes = self.fresh(record, kind);
        writes.push(self.write(record, &field::SAID_AT, capture.said_at.to_rfc3339().into()));
        if capture.off_record {
            writes.push(self.write(record, &field::OFF_RECORD, true.into()));
        }
        writes.extend(self.filled(record, kind, &capture.details)?);
        writes.push(self.write(record, &field::TEXT, text));
        Ok(writes)
    }

    /// What every record has from the start.
    pub(super) fn fresh(&self, id: RecordId, kind: Kind) -> Vec<Write> {
        self.fresh_numbered(id, kind, Numbers::new(self).next(kind))
    }

    /// The same with a given number. What a note-taker decides is a proposal.
    pub(super) fn fresh_numbered(&self, id: RecordId, kind: Kind, number: Option<Value>) -> Vec<Write> {
        let mut writes = vec![self.write(id, &field::KIND, kind.into())];
        writes.extend(number.map(|number| self.write(id, &field::NUMBER, number)));
        writes.extend(self.proposes(kind).then(|| self.write(id, &field::PROPOSED, true.into())));
        writes
    }

    /// Whether a record of that kind would be a proposal.
    pub(super) fn proposes(&self, kind: Kind) -> bool {
        self.room.role == Role::NoteTaker && Kind::DECIDING.contains(&kind)
    }

    pub(super) fn filled(&self, id: RecordId, kind: Kind, details: &[Edit]) -> Result<Vec<Write>, Refusal> {
        let mut writes = Vec::new();
        for edit in details {
            let fields = checked(kind, edit)?.fields().into_iter();
            let known = fields.filter(|(_, value)| *value != Value::Absent);
            writes.extend(known.map(|(field, value)| self.write(id, &field, value)));
        }
        Ok(writes)
    }
}

/// Whether a record says who comes, and where.
fn is_of_place(kind: Kind) -> bool {
    matches!(kind, Kind::Venue | Kind::Attendee)
}

/// The records of a new session beside its root, in order.
fn parts(session: &NewSession) -> Vec<(RecordId, Kind, Vec<Edit>)> {
    let titled = |title: &String| Edit::Title(title.clone());
    let themes = session.themes.iter().map(|(id, title)| (*id, Kind::Theme, vec![titled(title)]));
    let units = session
        .units
        .iter()
        .map(|(id, code, name)| (*id, Kind::Unit, vec![Edit::Code(code.clone()), titled(name)]));
    let items = session.agenda.iter().map(|item| {
        let details = vec![titled(&item.title), Edit::ItemKind(item.kind), Edit::Planned(item.planned)];
        (item.record, Kind::AgendaItem, details)
    });
    let others = session.others.iter().map(|other| (other.record, other.kind, other.details.clone()));
    let mut parts: Vec<_> = themes.chain(units).chain(items).chain(others).collect();
    for (id, edit) in &session.further {
        if let Some((.., details)) = parts.iter_mut().find(|(part, ..)| part == id) {
            details.push(edit.clone());
        }
    }
    parts
}

pub(super) fn ensure_worded(writes: &[Write]) -> Result<(), Refusal> {
    let worded = writes.iter().any(|write| [field::TEXT, field::TITLE].contains(&write.field));
    if worded { Ok(()) } else { Err(Refusal::EmptyText) }
}

/// Gives out numbers of one kind within one plan.
pub(super) struct Numbers<'a> {
    desk: &'a Desk<'a>,
    given: u32,
}

impl<'a> Numbers<'a> {
    pub(super) fn new(desk: &'a Desk<'_>) -> Self {
        Self { desk, given: 0 }
    }

    /// The next number; none for kinds without numbers, or when all are used up.
    pub(super) fn next(&mut self, kind: Kind) -> Option<Value> {
        let letter = self.desk.room.notebook.map(String::from).unwrap_or_default();
        let prefix = format!("{}-{letter}", kind.prefix()?);
        let number = self.desk.room.board.next_number(&prefix).saturating_add(self.given);
        self.given += 1;
        (number <= LAST_NUMBER).then(|| Value::Text(Arc::from(format!("{prefix}{number:02}"))))
    }
}
