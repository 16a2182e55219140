//! Commands that change, sort, part and join what has been captured.

use std::collections::BTreeSet;

use super::{Desk, checked, making::Numbers};
use crate::domain::{
    abbreviation,
    change::{Field, Value, Write, WriteId},
    command::{Refusal, Relation},
    edit::Edit,
    field::{self, set},
    ids::{RecordId, ScopeId},
    kind::{DifficultyNature, Kind},
    record::Live,
};

/// What a piece of a line keeps of the line: where and by whom it was said, and whether it is only proposed.
const CONTEXT: [Field; 10] = [
    field::NATURE,
    field::UNIT,
    field::SPEAKER,
    field::SPEECH,
    field::ITEM,
    field::THEME,
    field::SAID_AT,
    field::SAMPLE,
    field::PROPOSED,
    field::OFF_RECORD,
];

impl Desk<'_> {
    pub(super) fn edit(&self, id: RecordId, edit: &Edit, seen: &[WriteId]) -> Result<Vec<Write>, Refusal> {
        let kind = self.kind(id)?;
        let edit = checked(kind, edit)?;
        self.ensure_fresh(id, &edit.field(), seen)?;
        self.guard_pledge(kind)?;
        if matches!(edit, Edit::Text(_) | Edit::Title(_)) && edit.value() == Value::Absent {
            return Err(Refusal::EmptyText);
        }
        let fields = edit.fields();
        if fields.iter().all(|(field, value)| self.holds(id, field, value)) {
            return Ok(Vec::new());
        }
        // All of them, so that whoever sees one field of a quarter unchanged has seen the other unchanged too.
        Ok(fields.into_iter().map(|(field, value)| self.write(id, &field, value)).collect())
    }

    pub(super) fn fill(&self, id: RecordId, edits: &[Edit], seen: &[WriteId]) -> Result<Vec<Write>, Refusal> {
        let kind = self.kind(id)?;
        self.guard_pledge(kind)?;
        let mut writes = Vec::new();
        for edit in edits {
            let edit = checked(kind, edit)?;
            if matches!(edit, Edit::Text(_) | Edit::Title(_)) && edit.value() == Value::Absent {
                return Err(Refusal::EmptyText);
            }
            for (field, value) in edit.fields() {
                let now = self.live(id, &field).iter().map(Live::write);
                let seen: Vec<WriteId> = now.filter(|write| seen.contains(write)).collect();
                self.ensure_fresh(id, &field, &seen)?;
                writes.extend(self.changed(id, &field, value));
            }
        }
        Ok(writes)
    }

    pub(super) fn fill_each(
        &self,
        edits: &[(RecordId, Edit)],
        seen: &[WriteId],
    ) -> Result<Vec<Write>, Refusal> {
        let mut writes = Vec::new();
        for (id, edit) in edits {
            let kind = self.line(*id)?;
            if !edit.is_sorting() {
                return Err(Refusal::NoSuchField { kind, field: edit.field().as_str().to_owned() });
            }
            writes.extend(self.fill(*id, std::slice::from_ref(edit), seen)?);
        }
        Ok(writes)
    }

    pub(super) fn expand(&self, id: RecordId, from: &str, to: &str) -> Result<Vec<Write>, Refusal> {
        self.line(id)?;
        if !self.holds(id, &field::TEXT, &piece(from)?) {
            return Err(Refusal::Stale { record: id, field: field::TEXT.as_str().to_owned() });
        }
        Ok(self.changed(id, &field::TEXT, piece(to)?).into_iter().collect())
    }

    pub(super) fn set_abbreviations(
        &self,
        entries: &[(String, Option<String>)],
    ) -> Result<Vec<Write>, Refusal> {
        let scope = self.room.board.scope();
        if scope != ScopeId::ORGANISATION {
            return Err(Refusal::WrongKind(Kind::Session));
        }
        let mut writes = Vec::new();
        for (short, long) in entries {
            let field = abbreviation::field_of(short).ok_or(Refusal::EmptyText)?;
            writes.extend(self.changed(scope.root(), &field, abbreviation::value_of(long.as_deref())));
        }
        Ok(writes)
    }

    pub(super) fn classify(
        &self,
        records: &[RecordId],
        kind: Kind,
        nature: Option<DifficultyNature>,
    ) -> Result<Vec<Write>, Refusal> {
        if !Kind::CAPTURED.contains(&kind) {
            return Err(Refusal::WrongKind(kind));
        }
        let records: BTreeSet<RecordId> = records.iter().copied().collect();
        let mut writes = Vec::new();
        let mut numbers = Numbers::new(self);
        for id in records {
            if self.line(id)? != kind {
                writes.push(self.write(id, &field::KIND, kind.into()));
                writes.extend(numbers.next(kind).map(|number| self.write(id, &field::NUMBER, number)));
                let proposed = if self.proposes(kind) { true.into() } else { Value::Absent };
                writes.extend(self.changed(id, &field::PROPOSED, proposed));
                // A place among lines of one kind says nothing among those of another.
                writes.extend(self.changed(id, &field::POSITION, Value::Absent));
            }
            let nature = nature.filter(|_| kind == Kind::Difficulty);
            writes.extend(nature.and_then(|nature| self.changed(id, &field::NATURE, nature.into())));
        }
        Ok(writes)
    }

    pub(super) fn split(
        &self,
        id: RecordId,
        first: &str,
        rest: &[(RecordId, String)],
        seen: &[WriteId],
    ) -> Result<Vec<Write>, Refusal> {
        let kind = self.line(id)?;
        self.ensure_fresh(id, &field::TEXT, seen)?;
        if rest.is_empty() {
            return Err(Refusal::EmptyText);
        }
        let mut writes: Vec<Write> = self.changed(id, &field::TEXT, piece(first)?).into_iter().collect();
        let mut numbers = Numbers::new(self);
        let mut taken = BTreeSet::new();
        for (new, text) in rest {
            self.ensure_new(*new)?;
            if !taken.insert(new) {
                return Err(Refusal::Exists);
            }
            writes.extend(self.fresh_numbered(*new, kind, numbers.next(kind)));
            writes.push(self.write(*new, &field::TEXT, piece(text)?));
            writes.push(self.write(*new, &field::SPLIT_FROM, id.into()));
            writes.extend(self.inherited(id, *new));
        }
        let pieces: Vec<RecordId> = rest.iter().map(|(piece, _)| *piece).collect();
        writes.extend(self.right_behind(id, kind, &pieces));
        Ok(writes)
    }

    fn inherited(&self, from: RecordId, to: RecordId) -> Vec<Write> {
        let value = |field: &Field| self.live(from, field).last().map(|live| live.value().clone());
        let known = CONTEXT.into_iter().filter_map(|field| Some((value(&field)?, field)));
        let known = known.filter(|(value, _)| *value != Value::Absent);
        known.map(|(value, field)| self.write(to, &field, value)).collect()
    }

    pub(super) fn merge(&self, into: RecordId, from: &[RecordId]) -> Result<Vec<Write>, Refusal> {
        let kind = self.line(into)?;
        let mut writes = Vec::new();
        for id in from {
            let other = self.line(*id)?;
            if other != kind && other != Kind::Note {
                return Err(Refusal::WrongKind(other));
            }
            self.ensure_may_stand_under(*id, into)?;
            writes.extend(self.changed(*id, &field::MERGED_INTO, into.into()));
        }
        Ok(writes)
    }

    pub(super) fn attach(&self, id: RecordId, to: Option<RecordId>) -> Result<Vec<Write>, Refusal> {
        self.line(id)?;
        let Some(to) = to else { return self.clear(id, &field::ATTACHED_TO) };
        self.line(to)?;
        self.ensure_may_stand_under(id, to)?;
        Ok(self.changed(id, &field::ATTACHED_TO, to.into()).into_iter().collect())
    }

    pub(super) fn take(&self, id: RecordId, twin: RecordId) -> Result<Vec<Write>, Refusal> {
        self.pair(id, twin)?;
        self.remove(twin)
    }

    pub(super) fn keep_both(&self, id: RecordId, twin: RecordId) -> Result<Vec<Write>, Refusal> {
        self.pair(id, twin)?;
        let apart = Field::member(set::APART, twin);
        Ok(self.changed(id, &apart, true.into()).into_iter().collect())
    }

    fn pair(&self, id: RecordId, twin: RecordId) -> Result<(), Refusal> {
        self.line(id)?;
        self.line(twin)?;
        if id == twin { Err(Refusal::Circle) } else { Ok(()) }
    }

    /// No circles; and what was said on the record stays visible.
    fn ensure_may_stand_under(&self, id: RecordId, above: RecordId) -> Result<(), Refusal> {
        if self.room.board.leads_to(above, id) {
            return Err(Refusal::Circle);
        }
        if self.is_off_record(above) && !self.is_off_record(id) {
            return Err(Refusal::OffRecord(above));
        }
        Ok(())
    }

    pub(super) fn change_speaker(
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

    pub(super) fn relate(
        &self,
        from: RecordId,
        how: Relation,
        to: RecordId,
        on: bool,
    ) -> Result<Vec<Write>, Refusal> {
        let kind = self.line(from)?;
        let edit = checked(kind, &how.edit(to, on))?;
        if on {
            self.line(to)?;
        }
        if from == to {
            return Err(Refusal::Circle);
        }
        Ok(self.changed(from, &edit.field(), edit.value()).into_iter().collect())
    }
}

/// A piece of text in stored form.
fn piece(text: &str) -> Result<Value, Refusal> {
    let value = Edit::Text(text.to_owned()).normalised().value();
    if value == Value::Absent { Err(Refusal::EmptyText) } else { Ok(value) }
}
