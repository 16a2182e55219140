//! Boards for papers: commands in, board out, with fixed ids and times.

use chrono::{DateTime, FixedOffset, TimeDelta};
use hoinghi::{
    app::msg::Msg,
    cli::sample,
    domain::{
        board::Board,
        change::Author,
        command::{Capture, Command, NewSession, Place, Request},
        edit::Edit,
        ids::{IdStream, PersonId, RecordId, ScopeId},
        kind::Kind,
        policy::Role,
        quarter::Quarter,
    },
};

use super::desk::{MemoryWriter, lan, morning};

/// One session and the people who work on it.
#[derive(Debug)]
pub(crate) struct Bench {
    writer: MemoryWriter,
    ids: IdStream,
    now: DateTime<FixedOffset>,
    scope: ScopeId,
}

impl Default for Bench {
    fn default() -> Self {
        let scope = sample::SCOPE;
        Self { writer: MemoryWriter::default(), ids: IdStream::new(5), now: morning(), scope }
    }
}

impl Bench {
    /// A session with a title, a quarter, and these details.
    pub(crate) fn session(details: Vec<Edit>) -> Self {
        let mut bench = Self::default();
        let theme = (bench.ids.record(), "Chuyên đề thử".to_owned());
        let session = NewSession {
            title: "Hội nghị thử".to_owned(),
            quarter: Quarter::new(2024, 2).unwrap(),
            details,
            themes: vec![theme],
            agenda: Vec::new(),
            units: Vec::new(),
            further: Vec::new(),
            others: Vec::new(),
        };
        bench.run(Role::Facilitator, Command::CreateSession(Box::new(session)));
        bench
    }

    /// Carries out the sample session.
    pub(crate) fn hold_sample(&mut self) {
        for request in sample::requests() {
            self.submit(&Request { scope: self.scope, ..request });
        }
    }

    /// A command a minute after the last one.
    pub(crate) fn run(&mut self, role: Role, command: Command) {
        let author = match role {
            Role::NoteTaker => Author { person: PersonId(9), name: "Thư ký".into() },
            _ => lan(),
        };
        self.now += TimeDelta::minutes(1);
        let command_id = self.ids.command();
        self.submit(&Request { command_id, scope: self.scope, author, role, at: self.now, command });
    }

    fn submit(&mut self, sent: &Request) {
        let told = self.writer.submit(sent);
        assert!(!told.iter().any(|msg| matches!(msg, Msg::Refused { .. })), "{sent:?} {told:?}");
    }

    pub(crate) fn add(&mut self, kind: Kind, details: Vec<Edit>) -> RecordId {
        let record = self.ids.record();
        self.run(Role::Facilitator, Command::Add { record, kind, details, place: Place::Last });
        record
    }

    /// A line captured by `role`.
    pub(crate) fn capture(&mut self, role: Role, kind: Kind, text: &str, details: Vec<Edit>) -> RecordId {
        self.line(role, kind, text, details, false)
    }

    /// A difficulty off the record.
    pub(crate) fn whisper(&mut self, text: &str, details: Vec<Edit>) -> RecordId {
        self.line(Role::Facilitator, Kind::Difficulty, text, details, true)
    }

    /// A line of a kind off the record.
    pub(crate) fn whisper_as(&mut self, kind: Kind, text: &str, details: Vec<Edit>) -> RecordId {
        self.line(Role::Facilitator, kind, text, details, true)
    }

    fn line(&mut self, role: Role, kind: Kind, text: &str, details: Vec<Edit>, off_record: bool) -> RecordId {
        let record = self.ids.record();
        let text = text.to_owned();
        let capture = Capture { record, kind, text, said_at: self.now, details, off_record };
        self.run(role, Command::Capture(Box::new(capture)));
        record
    }

    /// The shared board.
    pub(crate) fn board(&self) -> Board {
        self.writer.shared.get(&self.scope).cloned().unwrap_or_else(|| Board::empty(self.scope))
    }
}
