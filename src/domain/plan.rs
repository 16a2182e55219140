//! Commands into writes: the one place that knows what a wish amounts to.
//!
//! A plan is a function of the boards, the person and the moment; it is made by the writer, between two changes, so that
//! numbers are given once and a stale wish is found out before anything is written.
//!
//! Invariant: of a record that is off the record, the shared log gets the fields of its [`STUB`] and nothing else,
//! whatever the command; every plan has a shared part, so the shared log alone knows which commands were carried out.

mod attending;
mod erasing;
mod following;
mod making;
mod placing;
mod publishing;
mod reading;
mod revising;
mod ruling;
mod sorting;
mod speaking;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset};

use super::{
    board::Board,
    change::{Author, Field, Value, Write, WriteId},
    command::{Command, Refusal},
    edit::{Edit, WEIGHTS, YEARS},
    field,
    ids::{ChangeId, RecordId},
    kind::{Kind, PledgeState},
    policy::{self, Role},
    record::{Cell, Live, Record},
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

/// The writes of one command: one change in the shared log and, for bodies off the record, one in the private log. Both
/// changes carry the command's id, by which they are undone together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// For the shared log; never empty.
    pub shared: Vec<Write>,
    /// For the private log, synced before the shared ones; usually empty.
    pub private: Vec<Write>,
}

/// The fields of an off-record note that stand in the shared log. Everything else about it is private.
pub const STUB: [Field; 10] = [
    field::KIND,
    field::NUMBER,
    field::REMOVED,
    field::POSITION,
    field::SAID_AT,
    field::MERGED_INTO,
    field::ATTACHED_TO,
    field::SPLIT_FROM,
    field::PROPOSED,
    field::OFF_RECORD,
];

impl<'a> Room<'a> {
    /// The writes of a command where no private board is at hand: bodies off the record can be captured, not changed.
    ///
    /// # Errors
    /// A [`Refusal`] that says why the wish cannot be carried out as things stand.
    pub fn plan(&self, command: &Command) -> Result<Plan, Refusal> {
        Desk { room: *self, private: None }.plan(command)
    }

    /// The writes of a command. `private` is the fold of the scope's private log.
    ///
    /// # Errors
    /// A [`Refusal`] that says why the wish cannot be carried out as things stand.
    pub fn plan_with(&self, private: &'a Board, command: &Command) -> Result<Plan, Refusal> {
        Desk { room: *self, private: Some(private) }.plan(command)
    }
}

/// A room, and the bodies that are off the record.
struct Desk<'a> {
    room: Room<'a>,
    private: Option<&'a Board>,
}

impl Desk<'_> {
    fn plan(&self, command: &Command) -> Result<Plan, Refusal> {
        policy::permit(&self.room, command)?;
        let mut plan = match command {
            Command::Undo { change } | Command::Redo { change } => self.revert(*change)?,
            Command::Erase { words } => self.erase(words)?,
            _ => self.parted(last_of_each(self.writes(command)?))?,
        };
        if plan.shared.is_empty() {
            return Err(Refusal::NoChange);
        }
        plan.shared.extend(self.mark(&plan.shared));
        Ok(plan)
    }

    fn writes(&self, command: &Command) -> Result<Vec<Write>, Refusal> {
        match command {
            Command::CreateSession(session) => self.create_session(session),
            Command::TakeUp { items } => self.take_up(items),
            Command::Add { record, kind, details, place } => self.add(*record, *kind, details, *place),
            Command::AddRoster { records } => self.add_roster(records),
            Command::AddKeynote { sections } => self.add_keynote(sections),
            Command::ReviseKeynote { sections, gone, seen } => self.revise_keynote(sections, gone, seen),
            Command::Capture(capture) => self.capture(capture),
            Command::Edit { record, edit, seen } => self.edit(*record, edit, seen),
            Command::Fill { record, edits, seen } => self.fill(*record, edits, seen),
            Command::FillEach { edits, seen } => self.fill_each(edits, seen),
            Command::Expand { record, from, to } => self.expand(*record, from, to),
            Command::SetAbbreviations { entries } => self.set_abbreviations(entries),
            Command::ReadBack { record, reading, words } => self.read_back(*record, *reading, words),
            Command::Freeze { paragraphs } => self.freeze(paragraphs),
            Command::Classify { records, kind, nature } => self.classify(records, *kind, *nature),
            Command::Split { record, first, rest, seen } => self.split(*record, first, rest, seen),
            Command::Merge { into, from } => self.merge(*into, from),
            Command::Unmerge { record } => self.clear(*record, &field::MERGED_INTO),
            Command::Attach { record, to } => self.attach(*record, *to),
            Command::Take { record, twin } => self.take(*record, *twin),
            Command::KeepBoth { record, twin } => self.keep_both(*record, *twin),
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
            Command::MarkAttendance { attendees, sitting, mark } => self.attend(attendees, *sitting, mark),
            Command::BeginSitting { sitting, title } => self.begin_sitting(*sitting, title),
            Command::EndSitting { sitting, title } => self.end_sitting(*sitting, title),
            Command::Seat { attendees, venue } => self.seat(attendees, *venue),
            Command::SetConnection { venue, connected } => self.set_connection(*venue, *connected),
            Command::Pause { record, speech } => self.pause(*record, *speech),
            Command::Resume { speech } => self.resume(*speech),
            Command::Allot { item, planned, limit, seen, seen_limit } => {
                self.allot(*item, (*planned, seen), (*limit, seen_limit))
            }
            Command::Register { record, unit, speaker } => self.register(*record, *unit, *speaker),
            Command::GiveFloor { record, unit, speaker } => self.give_floor(*record, *unit, *speaker),
            Command::EndSpeech => Ok(self.end_speeches()),
            Command::Publish { records } => self.publish(records),
            Command::Unpublish { records } => self.unpublish(records),
            Command::Disclose { record, into } => self.disclose(*record, *into),
            Command::Sign { record, details } => self.sign(*record, details),
            Command::Accept { changes } => Ok(self.accept(changes)),
            Command::Decline { changes } => Ok(self.decline(changes)),
            Command::Admit { person, role } => self.admit(*person, *role),
            Command::TakeNotebook { person, letter } => self.take_notebook(*person, *letter),
            Command::Receive { cover } => Ok(self.receive(cover)),
            Command::Erase { .. } | Command::Undo { .. } | Command::Redo { .. } => Ok(Vec::new()),
        }
    }

    /// Takes a change back in the shared log and, with it, what the same command wrote in the private one.
    fn revert(&self, change: ChangeId) -> Result<Plan, Refusal> {
        let shared = self.sealed_anew(change, undo::revert(self.room.board, change)?);
        if shared.iter().any(|write| self.closes_a_circle(write)) {
            return Err(Refusal::Circle);
        }
        let command = self.room.board.change(change).map(|change| change.header.command);
        let body = command.and_then(|command| self.private?.outcome(command));
        let private = match (self.private, body) {
            (Some(board), Some(change)) => undo::revert(board, change.id)?,
            _ => Vec::new(),
        };
        Ok(Plan { shared, private })
    }

    fn closes_a_circle(&self, write: &Write) -> bool {
        let leads_up = [field::MERGED_INTO, field::ATTACHED_TO].contains(&write.field);
        let to = write.value.as_text().filter(|_| leads_up).and_then(|to| to.parse().ok());
        to.is_some_and(|to| self.room.board.leads_to(to, write.record))
    }

    /// Parts the writes about records off the record from the others. A body that changes has its stub written anew.
    fn parted(&self, writes: Vec<Write>) -> Result<Plan, Refusal> {
        let hides = |write: &&Write| write.field == field::OFF_RECORD && write.value == Value::Flag(true);
        let hidden: BTreeSet<RecordId> = writes.iter().filter(hides).map(|write| write.record).collect();
        let is_body = |write: &Write| {
            let record = write.record;
            !STUB.contains(&write.field) && (hidden.contains(&record) || self.is_off_record(record))
        };
        let (private, mut shared): (Vec<Write>, Vec<Write>) = writes.into_iter().partition(is_body);
        let bodies: BTreeSet<RecordId> = private.iter().map(|write| write.record).collect();
        for record in bodies.difference(&hidden) {
            self.private.ok_or(Refusal::OffRecord(*record))?;
            shared.push(self.write(*record, &field::OFF_RECORD, true.into()));
        }
        Ok(Plan { shared, private })
    }

    fn is_off_record(&self, id: RecordId) -> bool {
        self.room.board.record(id).is_some_and(Record::is_off_record)
    }

    /// What stands in a field, on whichever board it is.
    fn live(&self, record: RecordId, field: &Field) -> &[Live] {
        let private = !STUB.contains(field) && self.is_off_record(record);
        let board = if private { self.private } else { Some(self.room.board) };
        board.and_then(|board| board.record(record)?.cell(field)).map_or(&[], Cell::live)
    }

    /// A write that replaces whatever stands in the field.
    fn write(&self, record: RecordId, field: &Field, value: Value) -> Write {
        let replaces = self.live(record, field).iter().map(Live::write).collect();
        Write { record, field: field.clone(), value, replaces }
    }

    fn holds(&self, record: RecordId, field: &Field, value: &Value) -> bool {
        match self.live(record, field) {
            [] => *value == Value::Absent,
            [only] => only.value() == value,
            _ => false,
        }
    }

    /// The same, unless the field holds exactly that value already.
    fn changed(&self, record: RecordId, field: &Field, value: Value) -> Option<Write> {
        (!self.holds(record, field, &value)).then(|| self.write(record, field, value))
    }

    fn clear(&self, id: RecordId, field: &Field) -> Result<Vec<Write>, Refusal> {
        self.room.board.record(id).ok_or(Refusal::Missing(id))?;
        Ok(self.changed(id, field, Value::Absent).into_iter().collect())
    }

    fn kind(&self, id: RecordId) -> Result<Kind, Refusal> {
        let record = self.room.board.record(id).filter(|record| !record.is_removed());
        record.and_then(Record::kind).ok_or(Refusal::Missing(id))
    }

    /// The kind of a captured line.
    fn line(&self, id: RecordId) -> Result<Kind, Refusal> {
        let kind = self.kind(id)?;
        if Kind::CAPTURED.contains(&kind) { Ok(kind) } else { Err(Refusal::WrongKind(kind)) }
    }

    fn ensure_new(&self, id: RecordId) -> Result<(), Refusal> {
        let known = self.room.board.record(id).is_some_and(|record| record.kind().is_some());
        if known { Err(Refusal::Exists) } else { Ok(()) }
    }

    fn ensure_fresh(&self, record: RecordId, field: &Field, seen: &[WriteId]) -> Result<(), Refusal> {
        let now: BTreeSet<WriteId> = self.live(record, field).iter().map(Live::write).collect();
        if now == seen.iter().copied().collect() {
            return Ok(());
        }
        Err(Refusal::Stale { record, field: field.as_str().to_owned() })
    }

    /// A signed pledge is frozen until it is set to amended.
    fn guard_pledge(&self, kind: Kind) -> Result<(), Refusal> {
        let of_pledge = matches!(kind, Kind::PledgeGroup | Kind::Target | Kind::Signature);
        if of_pledge && policy::pledge_state(self.room.board) == PledgeState::Signed {
            return Err(Refusal::PledgeSigned);
        }
        Ok(())
    }
}

/// At most one write to a field: what comes later in a command counts.
fn last_of_each(writes: Vec<Write>) -> Vec<Write> {
    let mut seen = BTreeSet::new();
    let from_the_end = writes.into_iter().rev();
    let mut kept: Vec<Write> =
        from_the_end.filter(|write| seen.insert((write.record, write.field.clone()))).collect();
    kept.reverse();
    kept
}

/// An edit in stored form, if it fits the kind and its range.
fn checked(kind: Kind, edit: &Edit) -> Result<Edit, Refusal> {
    if !edit.fits(kind) {
        return Err(Refusal::NoSuchField { kind, field: edit.field().as_str().to_owned() });
    }
    let edit = edit.clone().normalised();
    match &edit {
        Edit::Weight(weight) if !WEIGHTS.contains(weight) => Err(Refusal::BadWeight(*weight)),
        Edit::Tag(tag, _) if tag.is_empty() => Err(Refusal::EmptyText),
        _ => edit.day().map_or(Ok(()), ensure_sane).map(|()| edit),
    }
}

fn ensure_sane(day: chrono::NaiveDate) -> Result<(), Refusal> {
    use chrono::Datelike as _;
    if YEARS.contains(&day.year()) { Ok(()) } else { Err(Refusal::BadDate(day)) }
}
