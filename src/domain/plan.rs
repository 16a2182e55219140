//! Commands into writes: the one place that knows what a wish amounts to.
//!
//! A plan is a function of the board, the person and the moment; it is made by the writer, between two changes, so that
//! numbers are given once and a stale wish is found out before anything is written.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use super::{
    agenda,
    board::Board,
    change::{Author, Field, Value, Write, WriteId},
    command::{Capture, Command, NewSession, Place, Refusal, Relation},
    edit::{Edit, WEIGHTS},
    field,
    ids::RecordId,
    kind::{DifficultyNature, Kind, PledgeState, SessionState},
    policy::{self, Role},
    position,
    record::Record,
    undo,
};

/// What a plan is made from beside the command.
#[derive(Debug, Clone, Copy)]
pub struct Room<'a> {
    /// The scope's board.
    pub board: &'a Board,
    /// Who wishes.
    pub author: &'a Author,
    /// In which role.
    pub role: Role,
    /// Wall time.
    pub at: DateTime<FixedOffset>,
    /// The letter of a notebook taken apart from the host (`KK-B05`).
    pub notebook: Option<char>,
}

/// The writes of one change.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// For the shared log.
    pub shared: Vec<Write>,
    /// For the private log, synced before the shared ones.
    pub private: Vec<Write>,
}

impl Room<'_> {
    /// The writes of a command.
    ///
    /// # Errors
    /// A [`Refusal`] that says why the wish cannot be carried out as things stand.
    pub fn plan(&self, command: &Command) -> Result<Plan, Refusal> {
        policy::permit(self, command)?;
        if let Command::Capture(capture) = command {
            return self.capture(capture);
        }
        let shared = self.writes(command)?;
        if shared.is_empty() {
            return Err(Refusal::NoChange);
        }
        Ok(Plan { shared, private: Vec::new() })
    }

    fn writes(&self, command: &Command) -> Result<Vec<Write>, Refusal> {
        match command {
            Command::CreateSession(session) => self.create_session(session),
            Command::Add { record, kind, details, place } => self.add(*record, *kind, details, *place),
            Command::Capture(_) => Ok(Vec::new()),
            Command::Edit { record, edit, seen } => self.edit(*record, edit, seen),
            Command::Classify { records, kind, nature } => self.classify(records, *kind, *nature),
            Command::Split { record, first, rest, seen } => self.split(*record, first, rest, seen),
            Command::Merge { into, from } => self.merge(*into, from),
            Command::Unmerge { record } => self.clear(*record, &field::MERGED_INTO),
            Command::Attach { record, to } => self.attach(*record, *to),
            Command::ChangeSpeaker { records, unit, speaker } => {
                self.change_speaker(records, *unit, *speaker)
            }
            Command::Link { from, relation, to } => self.relate(*from, *relation, *to, true),
            Command::Unlink { from, relation, to } => self.relate(*from, *relation, *to, false),
            Command::Move { record, place } => self.relocate(*record, *place),
            Command::Remove { record } => self.remove(*record),
            Command::Restore { record } => self.restore(*record),
            Command::SetState { state } => self.set_state(*state),
            Command::SetPledge { state } => self.set_pledge(*state),
            Command::StartItem { record } => self.start_item(*record),
            Command::Sign { record, details } => self.sign(*record, details),
            Command::Undo { change } | Command::Redo { change } => undo::revert(self.board, *change),
        }
    }

    fn create_session(&self, session: &NewSession) -> Result<Vec<Write>, Refusal> {
        let root = self.board.scope().root();
        if self.board.root().is_some_and(|record| record.kind().is_some()) {
            return Err(Refusal::Exists);
        }
        let title = Edit::Title(session.title.clone()).normalised();
        if title.value() == Value::Absent {
            return Err(Refusal::EmptyText);
        }
        let mut writes = Fresh::new(self, root, Kind::Session).0;
        let mut details = vec![title, Edit::Quarter(session.quarter)];
        details.extend(session.details.iter().cloned());
        self.fill(&mut writes, root, Kind::Session, &details)?;
        writes.push(self.write(root, &field::STATE, SessionState::Draft.into()));
        self.themes_units_agenda(&mut writes, session)?;
        Ok(writes)
    }

    fn themes_units_agenda(&self, writes: &mut Vec<Write>, session: &NewSession) -> Result<(), Refusal> {
        let themes =
            session.themes.iter().map(|(id, title)| (*id, Kind::Theme, vec![Edit::Title(title.clone())]));
        let units = session.units.iter().map(|(id, code, name)| {
            (*id, Kind::Unit, vec![Edit::Code(code.clone()), Edit::Title(name.clone())])
        });
        let items = session.agenda.iter().map(|item| {
            let kind = Edit::ItemKind(item.kind);
            (
                item.record,
                Kind::AgendaItem,
                vec![Edit::Title(item.title.clone()), kind, Edit::Planned(item.planned)],
            )
        });
        let children: Vec<_> = themes.chain(units).chain(items).collect();
        let positions = position::spaced(children.len());
        for ((id, kind, details), position) in children.iter().zip(positions) {
            writes.extend(Fresh::new(self, *id, *kind).0);
            self.fill(writes, *id, *kind, details)?;
            writes.push(self.write(*id, &field::POSITION, position.into()));
        }
        Ok(())
    }

    fn add(&self, id: RecordId, kind: Kind, details: &[Edit], place: Place) -> Result<Vec<Write>, Refusal> {
        if matches!(kind, Kind::Session | Kind::Signature) {
            return Err(Refusal::WrongKind(kind));
        }
        self.ensure_new(id)?;
        let mut writes = Fresh::new(self, id, kind).0;
        self.fill(&mut writes, id, kind, details)?;
        let wording = [field::TEXT, field::TITLE];
        if !writes.iter().any(|write| wording.contains(&write.field) && write.value != Value::Absent) {
            return Err(Refusal::EmptyText);
        }
        let parent =
            details.iter().find_map(|edit| if let Edit::Parent(id) = edit { Some(*id) } else { None });
        writes.extend(self.positions(id, kind, parent, place)?);
        Ok(writes)
    }

    fn capture(&self, capture: &Capture) -> Result<Plan, Refusal> {
        if !Kind::CAPTURED.contains(&capture.kind) {
            return Err(Refusal::WrongKind(capture.kind));
        }
        self.ensure_new(capture.record)?;
        let text = Edit::Text(capture.text.clone()).normalised().value();
        if text == Value::Absent {
            return Err(Refusal::EmptyText);
        }
        let mut body = vec![self.write(capture.record, &field::TEXT, text)];
        self.fill(&mut body, capture.record, capture.kind, &capture.details)?;
        let mut stub = Fresh::new(self, capture.record, capture.kind).0;
        stub.push(self.write(capture.record, &field::SAID_AT, capture.said_at.to_rfc3339().into()));
        if capture.off_record {
            stub.push(self.write(capture.record, &field::OFF_RECORD, true.into()));
            return Ok(Plan { shared: stub, private: body });
        }
        stub.extend(body);
        Ok(Plan { shared: stub, private: Vec::new() })
    }

    fn edit(&self, id: RecordId, edit: &Edit, seen: &[WriteId]) -> Result<Vec<Write>, Refusal> {
        let kind = self.kind(id)?;
        let edit = checked(kind, edit)?;
        self.ensure_fresh(id, &edit.field(), seen)?;
        self.guard_pledge(kind)?;
        if matches!(edit, Edit::Text(_) | Edit::Title(_)) && edit.value() == Value::Absent {
            return Err(Refusal::EmptyText);
        }
        Ok(edit.fields().into_iter().filter_map(|(field, value)| self.changed(id, &field, value)).collect())
    }

    fn classify(
        &self,
        records: &[RecordId],
        kind: Kind,
        nature: Option<DifficultyNature>,
    ) -> Result<Vec<Write>, Refusal> {
        let mut writes = Vec::new();
        let mut numbers = Numbers::new(self);
        for id in records {
            let present = self.kind(*id)?;
            let wrong = [present, kind].into_iter().find(|kind| !Kind::CAPTURED.contains(kind));
            if let Some(wrong) = wrong {
                return Err(Refusal::WrongKind(wrong));
            }
            if present != kind {
                writes.push(self.write(*id, &field::KIND, kind.into()));
                writes.extend(numbers.next(kind).map(|number| self.write(*id, &field::NUMBER, number)));
            }
            let nature = nature.filter(|_| kind == Kind::Difficulty);
            writes.extend(nature.and_then(|nature| self.changed(*id, &field::NATURE, nature.into())));
        }
        Ok(writes)
    }

    fn split(
        &self,
        id: RecordId,
        first: &str,
        rest: &[(RecordId, String)],
        seen: &[WriteId],
    ) -> Result<Vec<Write>, Refusal> {
        let kind = self.kind(id)?;
        self.ensure_fresh(id, &field::TEXT, seen)?;
        let mut writes = Vec::new();
        let mut numbers = Numbers::new(self);
        let first = Edit::Text(first.to_owned()).normalised().value();
        if first == Value::Absent || rest.is_empty() {
            return Err(Refusal::EmptyText);
        }
        writes.extend(self.changed(id, &field::TEXT, first));
        for (new, text) in rest {
            self.ensure_new(*new)?;
            let text = Edit::Text(text.clone()).normalised().value();
            if text == Value::Absent {
                return Err(Refusal::EmptyText);
            }
            writes.push(self.write(*new, &field::KIND, kind.into()));
            writes.extend(numbers.next(kind).map(|number| self.write(*new, &field::NUMBER, number)));
            writes.push(self.write(*new, &field::TEXT, text));
            writes.push(self.write(*new, &field::SPLIT_FROM, id.into()));
            writes.extend(self.inherited(id, *new));
        }
        Ok(writes)
    }

    /// What a piece of a line keeps of the line: where and by whom it was said.
    fn inherited(&self, from: RecordId, to: RecordId) -> Vec<Write> {
        let context = [
            field::NATURE,
            field::UNIT,
            field::SPEAKER,
            field::ITEM,
            field::THEME,
            field::SAID_AT,
            field::SAMPLE,
        ];
        let value = |field: &Field| self.board.record(from)?.value(field).cloned();
        let writes = context.iter().filter_map(|field| Some(self.write(to, field, value(field)?)));
        writes.collect()
    }

    fn merge(&self, into: RecordId, from: &[RecordId]) -> Result<Vec<Write>, Refusal> {
        let kind = self.kind(into)?;
        let mut writes = Vec::new();
        for id in from {
            let other = self.kind(*id)?;
            if let Some(wrong) = [kind, other].into_iter().find(|kind| !Kind::CAPTURED.contains(kind)) {
                return Err(Refusal::WrongKind(wrong));
            }
            if *id == into || self.board.merge_root(into) == *id {
                return Err(Refusal::Circle);
            }
            writes.extend(self.changed(*id, &field::MERGED_INTO, into.into()));
        }
        Ok(writes)
    }

    fn attach(&self, id: RecordId, to: Option<RecordId>) -> Result<Vec<Write>, Refusal> {
        self.kind(id)?;
        let Some(to) = to else { return self.clear(id, &field::ATTACHED_TO) };
        self.kind(to)?;
        let mut at = Some(to);
        let mut steps = 0;
        while let Some(next) = at.filter(|_| steps < 1000) {
            if next == id {
                return Err(Refusal::Circle);
            }
            at = self.board.record(next).and_then(|record| record.link(&field::ATTACHED_TO));
            steps += 1;
        }
        Ok(self.changed(id, &field::ATTACHED_TO, to.into()).into_iter().collect())
    }

    fn change_speaker(
        &self,
        records: &[RecordId],
        unit: Option<RecordId>,
        speaker: Option<RecordId>,
    ) -> Result<Vec<Write>, Refusal> {
        let mut writes = Vec::new();
        for id in records {
            let kind = self.kind(*id)?;
            for edit in [Edit::Unit(unit), Edit::Speaker(speaker)] {
                let edit = checked(kind, &edit)?;
                writes.extend(self.changed(*id, &edit.field(), edit.value()));
            }
        }
        Ok(writes)
    }

    fn relate(&self, from: RecordId, how: Relation, to: RecordId, on: bool) -> Result<Vec<Write>, Refusal> {
        let kind = self.kind(from)?;
        self.kind(to)?;
        if from == to {
            return Err(Refusal::Circle);
        }
        let edit = checked(kind, &how.edit(to, on))?;
        Ok(self.changed(from, &edit.field(), edit.value()).into_iter().collect())
    }

    fn relocate(&self, id: RecordId, place: Place) -> Result<Vec<Write>, Refusal> {
        let kind = self.kind(id)?;
        self.guard_pledge(kind)?;
        if place == Place::After(id) {
            return Err(Refusal::NoChange);
        }
        let parent = self.board.record(id).and_then(|record| record.link(&field::PARENT));
        self.positions(id, kind, parent, place)
    }

    /// The position write for `id`; if the gap is used up, new positions for all its siblings.
    fn positions(
        &self,
        id: RecordId,
        kind: Kind,
        parent: Option<RecordId>,
        place: Place,
    ) -> Result<Vec<Write>, Refusal> {
        let mut siblings = match parent {
            Some(parent) => self.board.children(parent, kind),
            None => self.board.of_kind(kind),
        };
        siblings.retain(|record| record.id != id);
        let at = match place {
            Place::Last => siblings.len(),
            Place::First => 0,
            Place::After(other) => {
                siblings.iter().position(|record| record.id == other).ok_or(Refusal::Missing(other))? + 1
            }
        };
        let key = |at: usize| siblings.get(at).map(|record| record.text(&field::POSITION));
        let (low, high) = (at.checked_sub(1).and_then(key), key(at));
        let unplaced = low == Some(None) || high == Some(None);
        let key = position::between(low.flatten(), high.flatten());
        let fits = !unplaced && key.len() <= position::LONGEST && low.flatten() < Some(key.as_str());
        if fits && high.flatten().is_none_or(|high| key.as_str() < high) {
            return Ok(vec![self.write(id, &field::POSITION, key.into())]);
        }
        let mut all: Vec<RecordId> = siblings.iter().map(|record| record.id).collect();
        all.insert(at, id);
        let spaced = all.iter().zip(position::spaced(all.len()));
        Ok(spaced.map(|(id, key)| self.write(*id, &field::POSITION, key.into())).collect())
    }

    fn remove(&self, id: RecordId) -> Result<Vec<Write>, Refusal> {
        self.guard_pledge(self.kind(id)?)?;
        Ok(self.changed(id, &field::REMOVED, true.into()).into_iter().collect())
    }

    fn restore(&self, id: RecordId) -> Result<Vec<Write>, Refusal> {
        let record = self.board.record(id).filter(|record| record.kind().is_some());
        record.ok_or(Refusal::Missing(id))?;
        self.clear(id, &field::REMOVED)
    }

    fn set_state(&self, state: SessionState) -> Result<Vec<Write>, Refusal> {
        let from = policy::session_state(self.board);
        if !policy::step_is_possible(from, state) {
            return Err(Refusal::NoSuchStep { from, to: state });
        }
        let root = self.board.scope().root();
        let mut writes = vec![self.write(root, &field::STATE, state.into())];
        if state == SessionState::Closed && from == SessionState::Open {
            writes.push(self.write(root, &field::CLOSED_AT, self.at.to_rfc3339().into()));
        }
        Ok(writes)
    }

    fn set_pledge(&self, state: PledgeState) -> Result<Vec<Write>, Refusal> {
        let root = self.board.scope().root();
        self.kind(root)?;
        Ok(self.changed(root, &field::PLEDGE_STATE, state.into()).into_iter().collect())
    }

    fn start_item(&self, record: Option<RecordId>) -> Result<Vec<Write>, Refusal> {
        let now = || Value::from(self.at.to_rfc3339());
        let running = agenda::current(self.board).filter(|item| Some(item.id) != record);
        let mut writes: Vec<Write> =
            running.into_iter().map(|item| self.write(item.id, &field::ENDED_AT, now())).collect();
        let Some(id) = record else { return Ok(writes) };
        match self.kind(id)? {
            Kind::AgendaItem => writes.push(self.write(id, &field::STARTED_AT, now())),
            other => return Err(Refusal::WrongKind(other)),
        }
        writes.extend(self.changed(id, &field::ENDED_AT, Value::Absent));
        Ok(writes)
    }

    fn sign(&self, id: RecordId, details: &[Edit]) -> Result<Vec<Write>, Refusal> {
        self.ensure_new(id)?;
        let unit = details.iter().find_map(|edit| if let Edit::Unit(unit) = edit { *unit } else { None });
        let signed = self.board.of_kind(Kind::Signature).into_iter();
        let signed_by = |unit| signed.clone().any(|signature| signature.link(&field::UNIT) == Some(unit));
        if unit.is_some_and(signed_by) {
            return Err(Refusal::AlreadySigned);
        }
        let mut writes = Fresh::new(self, id, Kind::Signature).0;
        self.fill(&mut writes, id, Kind::Signature, details)?;
        Ok(writes)
    }

    /// A signed pledge is frozen until it is set to amended.
    fn guard_pledge(&self, kind: Kind) -> Result<(), Refusal> {
        let of_pledge = matches!(kind, Kind::PledgeGroup | Kind::Target | Kind::Signature);
        if of_pledge && policy::pledge_state(self.board) == PledgeState::Signed {
            return Err(Refusal::PledgeSigned);
        }
        Ok(())
    }

    fn fill(
        &self,
        writes: &mut Vec<Write>,
        id: RecordId,
        kind: Kind,
        details: &[Edit],
    ) -> Result<(), Refusal> {
        for edit in details {
            for (field, value) in checked(kind, edit)?.fields() {
                if value != Value::Absent {
                    writes.push(self.write(id, &field, value));
                }
            }
        }
        Ok(())
    }

    fn clear(&self, id: RecordId, field: &Field) -> Result<Vec<Write>, Refusal> {
        self.board.record(id).ok_or(Refusal::Missing(id))?;
        Ok(self.changed(id, field, Value::Absent).into_iter().collect())
    }

    /// A write that replaces whatever stands in the field.
    fn write(&self, record: RecordId, field: &Field, value: Value) -> Write {
        let replaces = self.board.record(record).map_or_else(Vec::new, |known| known.seen(field));
        Write { record, field: field.clone(), value, replaces }
    }

    /// The same, unless the field holds exactly that value already.
    fn changed(&self, record: RecordId, field: &Field, value: Value) -> Option<Write> {
        let live =
            self.board.record(record).and_then(|known| known.cell(field)).map_or(&[][..], |cell| cell.live());
        let same = match live {
            [] => value == Value::Absent,
            [only] => only.value == value,
            _ => false,
        };
        (!same).then(|| self.write(record, field, value))
    }

    fn kind(&self, id: RecordId) -> Result<Kind, Refusal> {
        let record = self.board.record(id).filter(|record| !record.is_removed());
        record.and_then(Record::kind).ok_or(Refusal::Missing(id))
    }

    fn ensure_new(&self, id: RecordId) -> Result<(), Refusal> {
        let known = self.board.record(id).is_some_and(|record| record.kind().is_some());
        if known { Err(Refusal::Exists) } else { Ok(()) }
    }

    fn ensure_fresh(&self, record: RecordId, field: &Field, seen: &[WriteId]) -> Result<(), Refusal> {
        let mut now = self.board.record(record).map_or_else(Vec::new, |known| known.seen(field));
        let mut then = seen.to_vec();
        now.sort_unstable();
        then.sort_unstable();
        if now == then {
            return Ok(());
        }
        Err(Refusal::Stale { record, field: field.as_str().to_owned() })
    }
}

/// An edit in stored form, if it fits the kind and its range.
fn checked(kind: Kind, edit: &Edit) -> Result<Edit, Refusal> {
    if let Edit::Weight(weight) = edit
        && !WEIGHTS.contains(weight)
    {
        return Err(Refusal::BadWeight(*weight));
    }
    if !edit.fits(kind) {
        return Err(Refusal::NoSuchField { kind, field: edit.field().as_str().to_owned() });
    }
    Ok(edit.clone().normalised())
}

/// The writes that bring a record into being.
struct Fresh(Vec<Write>);

impl Fresh {
    fn new(room: &Room<'_>, id: RecordId, kind: Kind) -> Self {
        let mut writes = vec![room.write(id, &field::KIND, kind.into())];
        let number = Numbers::new(room).next(kind);
        writes.extend(number.map(|number| room.write(id, &field::NUMBER, number)));
        Self(writes)
    }
}

/// Gives out numbers within one plan.
struct Numbers<'a> {
    room: &'a Room<'a>,
    given: u32,
}

impl<'a> Numbers<'a> {
    fn new(room: &'a Room<'a>) -> Self {
        Self { room, given: 0 }
    }

    fn next(&mut self, kind: Kind) -> Option<Value> {
        let letter = self.room.notebook.map(String::from).unwrap_or_default();
        let prefix = format!("{}-{letter}", kind.prefix()?);
        let number = self.room.board.next_number(&prefix) + self.given;
        self.given += 1;
        Some(Value::Text(Arc::from(format!("{prefix}{number:02}"))))
    }
}
