//! A command: a wish, rich and typed. It may be refused, with a reason the person can act on.
//!
//! [`super::plan`] turns a permitted command into writes.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

pub use super::refusal::Refusal;

use super::{
    change::{Author, WriteId},
    cover::Cover,
    edit::Edit,
    follow_up::Earlier,
    ids::{ChangeId, CommandId, PersonId, RecordId, ScopeId},
    kind::{AgendaKind, DifficultyNature, Kind, PledgeState, Reading, SessionState},
    policy::Role,
    quarter::Quarter,
    roll_call::Mark,
};

/// A wish of somebody in a scope. A new session is a `CreateSession` in a scope with a fresh random id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Sent twice, it acts once.
    pub command_id: CommandId,
    /// Where.
    pub scope: ScopeId,
    /// Who.
    pub author: Author,
    /// In which role.
    pub role: Role,
    /// Wall time.
    pub at: DateTime<FixedOffset>,
    /// What.
    pub command: Command,
}

/// Where a new or moved record stands among its siblings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Place {
    /// After all others.
    #[default]
    Last,
    /// Before all others.
    First,
    /// Directly after this one.
    After(RecordId),
}

/// A session to create: its root record, the units as they are named now, and its agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSession {
    /// Its title as it stands in documents.
    pub title: String,
    /// The quarter it belongs to.
    pub quarter: Quarter,
    /// Everything else that is known: date, place, cluster, issuer.
    pub details: Vec<Edit>,
    /// The themes.
    pub themes: Vec<(RecordId, String)>,
    /// The agenda in order, with planned minutes.
    pub agenda: Vec<NewItem>,
    /// The units in order: record, code, name.
    pub units: Vec<(RecordId, String, String)>,
    /// What else is known of the units and the points of the agenda.
    #[serde(default)]
    pub further: Vec<(RecordId, Edit)>,
    /// Venues and people.
    #[serde(default)]
    pub others: Vec<NewRecord>,
}

/// One of several records to create together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewRecord {
    /// The record.
    pub record: RecordId,
    /// What it is.
    pub kind: Kind,
    /// Its fields.
    pub details: Vec<Edit>,
}

/// A point of the agenda to create.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewItem {
    /// Its record.
    pub record: RecordId,
    /// What it is for.
    pub kind: AgendaKind,
    /// Its title.
    pub title: String,
    /// Planned minutes.
    pub planned: u16,
}

/// A section of a keynote, to create or as it shall be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSection {
    /// Its record.
    pub record: RecordId,
    /// Its heading.
    pub heading: String,
    /// Its paragraphs.
    pub paragraphs: Vec<(RecordId, String)>,
}

/// A line captured while somebody speaks, with the context the room had at its first keystroke.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Capture {
    /// The record to create.
    pub record: RecordId,
    /// [`Kind::Note`] if nobody has said what it is; otherwise one of [`Kind::CAPTURED`].
    pub kind: Kind,
    /// The words.
    pub text: String,
    /// When its first letter was typed.
    pub said_at: DateTime<FixedOffset>,
    /// Unit, speaker, agenda item, nature, weight, tags, addressee, check-later mark.
    pub details: Vec<Edit>,
    /// Off the record: the body goes to the private log, a stub to the shared one.
    pub off_record: bool,
}

/// A relation between two records, kept as a member of a set of the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Relation {
    /// A cause, solution, recommendation, conclusion or task answers a difficulty.
    Answers,
    /// A conclusion follows from a recommendation or solution, a task from a conclusion.
    Follows,
}

impl Relation {
    /// The edit of the first record that makes or ends the relation to `to`.
    pub fn edit(self, to: RecordId, on: bool) -> Edit {
        match self {
            Self::Answers => Edit::Answers(to, on),
            Self::Follows => Edit::Follows(to, on),
        }
    }
}

/// A wish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Create the session of this scope.
    CreateSession(Box<NewSession>),
    /// Take up what earlier sessions left to do, to follow it in this one.
    TakeUp {
        /// The tasks and recommendations.
        items: Vec<Earlier>,
    },
    /// Create a record.
    Add {
        /// The record.
        record: RecordId,
        /// What it is.
        kind: Kind,
        /// Its fields.
        details: Vec<Edit>,
        /// Where it stands.
        place: Place,
    },
    /// Create units and people of a list, behind those that are there.
    AddRoster {
        /// The units and people, each kind in its order.
        records: Vec<NewRecord>,
    },
    /// Create the sections of a keynote with their paragraphs, behind those that are there.
    AddKeynote {
        /// The sections.
        sections: Vec<NewSection>,
    },
    /// Lay a newer version of the keynote over the one that is there: only what differs is written.
    ReviseKeynote {
        /// All sections as they shall be: records that are there, and new ones.
        sections: Vec<NewSection>,
        /// The sections and paragraphs that the newer version has not.
        gone: Vec<RecordId>,
        /// The writes that hold the words over which it was laid, and where these stand.
        seen: Vec<WriteId>,
    },
    /// Record a line.
    Capture(Box<Capture>),
    /// Give a field new content.
    Edit {
        /// The record.
        record: RecordId,
        /// The field and its content.
        edit: Edit,
        /// The writes that the person saw in the field when they began.
        seen: Vec<WriteId>,
    },
    /// Fill in what a record lacks: several fields at once.
    Fill {
        /// The record.
        record: RecordId,
        /// The fields and their content.
        edits: Vec<Edit>,
        /// The writes that the person saw in all of them.
        seen: Vec<WriteId>,
    },
    /// Fill in what belongs to sorting in several lines at once: what they are about, who does it, by when.
    FillEach {
        /// The lines, each with a field and its content; see [`Edit::is_sorting`].
        edits: Vec<(RecordId, Edit)>,
        /// The writes that the person saw in all of them.
        seen: Vec<WriteId>,
    },
    /// Write the abbreviations of a captured line out, as long as nobody has changed its words.
    Expand {
        /// The line.
        record: RecordId,
        /// Its words with the abbreviations.
        from: String,
        /// Its words written out.
        to: String,
    },
    /// Give abbreviations of the office what they stand for; in the organisation's scope.
    SetAbbreviations {
        /// Short forms; with nothing, they are taken away.
        entries: Vec<(String, Option<String>)>,
    },
    /// Say what became of a paragraph that was read back.
    ReadBack {
        /// The record that it tells.
        record: RecordId,
        /// What was said.
        reading: Reading,
        /// Its words as they were read.
        words: String,
    },
    /// Freeze the version as it was read.
    Freeze {
        /// The paragraphs: the record that each tells, and its words.
        paragraphs: Vec<(RecordId, String)>,
    },
    /// Say what captured lines are.
    Classify {
        /// The lines.
        records: Vec<RecordId>,
        /// What they are.
        kind: Kind,
        /// For difficulties, their nature.
        nature: Option<DifficultyNature>,
    },
    /// Cut a line into several.
    Split {
        /// The line; it keeps the first piece.
        record: RecordId,
        /// What stays in it.
        first: String,
        /// A new record for each other piece.
        rest: Vec<(RecordId, String)>,
        /// The writes that the person saw in the text.
        seen: Vec<WriteId>,
    },
    /// Put records under one; each keeps its own wording.
    Merge {
        /// The one that stands for all.
        into: RecordId,
        /// The others.
        from: Vec<RecordId>,
    },
    /// Take a record out of the one it was merged into.
    Unmerge {
        /// The merged record.
        record: RecordId,
    },
    /// Make a line the continuation of another, or no longer.
    Attach {
        /// The line.
        record: RecordId,
        /// The line that it continues.
        to: Option<RecordId>,
    },
    /// Take one of two lines in which two note-takers wrote the same words; the other is removed.
    Take {
        /// The line that stays.
        record: RecordId,
        /// The line that goes.
        twin: RecordId,
    },
    /// Say that two lines are not about the same words, so that both stay.
    KeepBoth {
        /// The line.
        record: RecordId,
        /// The other.
        twin: RecordId,
    },
    /// Correct who spoke, for one line or several.
    ChangeSpeaker {
        /// The lines.
        records: Vec<RecordId>,
        /// The unit; `None` is "not known yet".
        unit: Option<RecordId>,
        /// The attendee.
        speaker: Option<RecordId>,
    },
    /// Relate two records.
    Link {
        /// The one that answers or follows.
        from: RecordId,
        /// How.
        relation: Relation,
        /// The one answered.
        to: RecordId,
    },
    /// End a relation.
    Unlink {
        /// The one that answered or followed.
        from: RecordId,
        /// How.
        relation: Relation,
        /// The one answered.
        to: RecordId,
    },
    /// Put a record elsewhere among its siblings.
    Move {
        /// The record.
        record: RecordId,
        /// Where.
        place: Place,
    },
    /// Remove a record; it can be restored.
    Remove {
        /// The record.
        record: RecordId,
    },
    /// Bring a removed record back.
    Restore {
        /// The record.
        record: RecordId,
    },
    /// Move the session on, or back by one step.
    SetState {
        /// The state.
        state: SessionState,
    },
    /// Move the pledge on.
    SetPledge {
        /// The state.
        state: PledgeState,
    },
    /// End the agenda item that is on, and begin another, if there is one.
    StartItem {
        /// The item to begin.
        record: Option<RecordId>,
    },
    /// Mark how people attend; all of them alike.
    MarkAttendance {
        /// The attendees.
        attendees: Vec<RecordId>,
        /// At which sitting; `None` where the session has none.
        sitting: Option<RecordId>,
        /// How.
        mark: Mark,
    },
    /// Begin a sitting, and end the one that is on. A pause of the session is over with it.
    BeginSitting {
        /// A sitting, or a new record.
        sitting: RecordId,
        /// The title of a new one.
        title: String,
    },
    /// End a sitting with its speech: the session's clock stands still until the next one begins.
    EndSitting {
        /// A sitting, or a new record if the session has had none so far.
        sitting: RecordId,
        /// The title of a new one.
        title: String,
    },
    /// Say at which venue people sit.
    Seat {
        /// The attendees.
        attendees: Vec<RecordId>,
        /// The venue; `None` takes it back.
        venue: Option<RecordId>,
    },
    /// Record that a venue lost its connection, or has it again.
    SetConnection {
        /// The venue.
        venue: RecordId,
        /// Whether it is connected from now on.
        connected: bool,
    },
    /// Stop the clock of the session, or of one speech.
    Pause {
        /// The pause's record.
        record: RecordId,
        /// The speech; `None` is the whole session.
        speech: Option<RecordId>,
    },
    /// Let the clock of the session, or of one speech, go on.
    Resume {
        /// The speech; `None` is the whole session.
        speech: Option<RecordId>,
    },
    /// Share out the time of the item that is on.
    Allot {
        /// The item.
        item: RecordId,
        /// Its planned minutes.
        planned: u16,
        /// How many minutes a speech may take.
        limit: u16,
        /// The writes that the person saw in the planned minutes.
        seen: Vec<WriteId>,
        /// The same of the limit.
        seen_limit: Vec<WriteId>,
    },
    /// Put somebody at the end of those who want to speak.
    Register {
        /// The speech's record.
        record: RecordId,
        /// The unit.
        unit: Option<RecordId>,
        /// The attendee.
        speaker: Option<RecordId>,
    },
    /// Begin a speech, and end the one that is on.
    GiveFloor {
        /// A speech that waits, or a new record.
        record: RecordId,
        /// The unit of a new one.
        unit: Option<RecordId>,
        /// The attendee of a new one.
        speaker: Option<RecordId>,
    },
    /// End the speech that is on.
    EndSpeech,
    /// Show lines to the room on the projector, as they are worded now.
    Publish {
        /// The lines.
        records: Vec<RecordId>,
    },
    /// Take lines off the projector.
    Unpublish {
        /// The lines.
        records: Vec<RecordId>,
    },
    /// Make public what is off the record: a new ordinary line says it, and the one off the record is removed.
    Disclose {
        /// The line that is off the record.
        record: RecordId,
        /// The new one.
        into: RecordId,
    },
    /// Record that a unit signed the pledge.
    Sign {
        /// The signature's record.
        record: RecordId,
        /// Unit, post and date.
        details: Vec<Edit>,
    },
    /// Let changes that are not in effect take effect: an amendment of what is closed or issued, or what somebody who is not
    /// admitted proposed. What they build on comes with them.
    Accept {
        /// The changes.
        changes: Vec<ChangeId>,
    },
    /// Say that changes which are not in effect shall stay so.
    Decline {
        /// The changes.
        changes: Vec<ChangeId>,
    },
    /// Let somebody take part, so that what comes from them is no proposal any more.
    Admit {
        /// The person.
        person: PersonId,
        /// What they may do at most.
        role: Role,
    },
    /// Record that somebody takes a notebook, to work apart from the host; it admits them. Its letter marks the numbers that are given
    /// in it.
    TakeNotebook {
        /// Whoever takes it.
        person: PersonId,
        /// The letter.
        letter: char,
    },
    /// Take in changes of others as proposals. Given by the store while it unites, not by a person.
    Receive {
        /// The changes.
        cover: Box<Cover>,
    },
    /// Take words out of everything that was ever written in the scope. What stood beside them is written anew; the old payloads
    /// are to be erased wherever they are met. The words themselves are in no change.
    Erase {
        /// The words, usually a name.
        words: String,
    },
    /// Undo one of one's own changes.
    Undo {
        /// The change.
        change: ChangeId,
    },
    /// Bring back what was undone.
    Redo {
        /// The change that undid it.
        change: ChangeId,
    },
}

/// The name of a command that undoes.
pub const UNDO: &str = "Undo";
/// The name of a command that redoes.
pub const REDO: &str = "Redo";

impl Command {
    /// The name under which it stands in the log. Names are frozen.
    pub fn name(&self) -> &'static str {
        match self {
            Self::CreateSession(_) => "CreateSession",
            Self::TakeUp { .. } => "TakeUp",
            Self::Add { .. } => "Add",
            Self::AddRoster { .. } => "AddRoster",
            Self::AddKeynote { .. } => "AddKeynote",
            Self::ReviseKeynote { .. } => "ReviseKeynote",
            Self::Capture(_) => "Capture",
            Self::Edit { .. } => "Edit",
            Self::Fill { .. } => "Fill",
            Self::FillEach { .. } => "FillEach",
            Self::Expand { .. } => "Expand",
            Self::SetAbbreviations { .. } => "SetAbbreviations",
            Self::ReadBack { .. } => "ReadBack",
            Self::Freeze { .. } => "Freeze",
            Self::Classify { .. } => "Classify",
            Self::Split { .. } => "Split",
            Self::Merge { .. } => "Merge",
            Self::Unmerge { .. } => "Unmerge",
            Self::Attach { .. } => "Attach",
            Self::Take { .. } => "Take",
            Self::KeepBoth { .. } => "KeepBoth",
            Self::ChangeSpeaker { .. } => "ChangeSpeaker",
            Self::Link { .. } => "Link",
            Self::Unlink { .. } => "Unlink",
            Self::Move { .. } => "Move",
            Self::Remove { .. } => "Remove",
            Self::Restore { .. } => "Restore",
            Self::SetState { .. } => "SetState",
            Self::SetPledge { .. } => "SetPledge",
            Self::StartItem { .. } => "StartItem",
            Self::MarkAttendance { .. } => "MarkAttendance",
            Self::BeginSitting { .. } => "BeginSitting",
            Self::EndSitting { .. } => "EndSitting",
            Self::Seat { .. } => "Seat",
            Self::SetConnection { .. } => "SetConnection",
            Self::Pause { .. } => "Pause",
            Self::Resume { .. } => "Resume",
            Self::Allot { .. } => "Allot",
            Self::Register { .. } => "Register",
            Self::GiveFloor { .. } => "GiveFloor",
            Self::EndSpeech => "EndSpeech",
            Self::Publish { .. } => "Publish",
            Self::Unpublish { .. } => "Unpublish",
            Self::Disclose { .. } => "Disclose",
            Self::Sign { .. } => "Sign",
            Self::Accept { .. } => "Accept",
            Self::Decline { .. } => "Decline",
            Self::Admit { .. } => "Admit",
            Self::TakeNotebook { .. } => "TakeNotebook",
            Self::Receive { .. } => "Receive",
            Self::Erase { .. } => "Erase",
            Self::Undo { .. } => UNDO,
            Self::Redo { .. } => REDO,
        }
    }
}
