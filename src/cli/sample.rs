//! The sample session: quarter I of 2023, one emulation cluster of six Organisation Boards.
//!
//! Its facts are those of a public report of 10/3/2023, retold in our own sentences, with roles in place of people's names. What the
//! report does not say (who raised what, concrete solutions, recommendations, tasks, times, target figures) carries the
//! sample mark. Everything is made by ordinary commands with fixed ids and moments.

mod content;

use chrono::{DateTime, FixedOffset, TimeDelta};

use crate::domain::{
    change::Author,
    command::{Capture, Command, NewItem, NewSession, Place, Request},
    edit::{Edit, Lead},
    ids::{IdStream, PersonId, RecordId, ScopeId},
    kind::{Authority, DifficultyNature, Kind, Layout, PartPlayed, PledgeState, SessionState},
    policy::Role,
    quarter::Quarter,
};

/// The sample's scope.
pub const SCOPE: ScopeId = ScopeId(0x2023_0310_0000_0000_0000_0000_0000_0001);

/// All commands of the sample, in order, ready to be carried out; carried out twice, they act once.
pub fn requests() -> Vec<Request> {
    let mut script = Script::new();
    content::write(&mut script);
    script.requests
}

/// Collects commands, a quarter of a minute apart unless told otherwise.
struct Script {
    ids: IdStream,
    now: DateTime<FixedOffset>,
    requests: Vec<Request>,
}

impl Script {
    fn new() -> Self {
        let now = DateTime::from_timestamp(1_678_406_400, 0).unwrap_or_default();
        let hanoi = FixedOffset::east_opt(7 * 3600);
        let now = hanoi.map_or_else(|| now.fixed_offset(), |offset| now.with_timezone(&offset));
        Self { ids: IdStream::new(20_230_310), now, requests: Vec::new() }
    }

    /// Sets the clock of the sample to minutes after 07:00.
    fn at(&mut self, minutes: i64) {
        let (Some(midnight), offset) = (self.now.date_naive().and_hms_opt(7, 0, 0), *self.now.offset())
        else {
            return;
        };
        if let Some(seven) = midnight.and_local_timezone(offset).single() {
            self.now = seven + TimeDelta::minutes(minutes);
        }
    }

    fn record(&mut self) -> RecordId {
        self.ids.record()
    }

    fn run(&mut self, role: Role, command: Command) {
        let author = match role {
            Role::NoteTaker => Author { person: PersonId(2), name: "Thư ký".into() },
            Role::Chair => Author { person: PersonId(3), name: "Chủ trì".into() },
            _ => Author { person: PersonId(1), name: "Người điều hành".into() },
        };
        let command_id = self.ids.command();
        self.now += TimeDelta::seconds(15);
        self.requests.push(Request { command_id, scope: SCOPE, author, role, at: self.now, command });
    }

    /// The agenda's items, in order.
    fn agenda(&self) -> Vec<RecordId> {
        let created = self.requests.iter().find_map(|request| match &request.command {
            Command::CreateSession(session) => Some(session),
            _ => None,
        });
        created.map(|session| session.agenda.iter().map(|item| item.record).collect()).unwrap_or_default()
    }

    /// Adds a record at the end of its list.
    fn add(&mut self, kind: Kind, details: Vec<Edit>) -> RecordId {
        let record = self.record();
        self.run(Role::Facilitator, Command::Add { record, kind, details, place: Place::Last });
        record
    }

    /// Records a line as the note-taker.
    fn capture(&mut self, kind: Kind, text: &str, details: Vec<Edit>) -> RecordId {
        let record = self.record();
        let text = text.to_owned();
        let capture = Capture { record, kind, text, said_at: self.now, details, off_record: false };
        self.run(Role::NoteTaker, Command::Capture(Box::new(capture)));
        record
    }
}
