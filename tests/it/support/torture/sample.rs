//! Offices that have a session with numbered lines, some of them off the record.

use std::path::Path;

use chrono::{DateTime, FixedOffset};
use hoinghi::{
    domain::{
        change::Author,
        command::{Capture, Command, NewSession, Request},
        ids::{CommandId, IdStream, PersonId, RecordId, ScopeId},
        kind::{Kind, SessionState},
        policy::Role,
        quarter::Quarter,
    },
    store::{OpenOptions, Store},
};

use super::{
    dice::Dice,
    hand::{Line, Sheet},
    office::Office,
};

/// The session of every office.
pub(super) const SESSION: ScopeId = ScopeId(0x5e55);

/// How many lines an office begins with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    pub(super) lines: usize,
    pub(super) secrets: usize,
}

/// An office of that size, closed, and what it holds.
pub(super) fn office(size: Size, dice: &mut Dice) -> (Office, Sheet) {
    let office = Office::new();
    let mut clerk = Clerk::reopen(&office.data(), dice);
    let mut sheet = Sheet::default();
    clerk.begin().unwrap();
    for number in 0..size.lines.max(1) {
        let text = format!("l{number:05} dòng có sẵn");
        clerk.capture(&text, false).unwrap();
        sheet.lines.push(Line { shown: 0, number: Some("GN".to_owned()), text });
    }
    for number in 0..size.secrets {
        clerk.capture(&format!("s{number:05} dòng nội bộ"), true).unwrap();
    }
    clerk.store.close().unwrap();
    (office, sheet)
}

/// Somebody who works on a store without a screen.
pub(super) struct Clerk {
    pub(super) store: Store,
    ids: IdStream,
}

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2023-03-10T09:31:00+07:00").unwrap()
}

impl Clerk {
    pub(super) fn new(data: &Path, options: OpenOptions) -> Self {
        let ids = IdStream::new(options.seed ^ 1);
        Self { store: Store::open(data, options).unwrap(), ids }
    }

    /// Another opening of the folder.
    pub(super) fn reopen(data: &Path, dice: &mut Dice) -> Self {
        Self::new(data, OpenOptions::new(u128::from(dice.next()), "the clerk"))
    }

    /// Makes the session and opens it.
    pub(super) fn begin(&mut self) -> Result<(), hoinghi::store::CommitError> {
        let session = NewSession {
            title: "Chuyên đề".to_owned(),
            quarter: Quarter::new(2023, 1).unwrap(),
            details: Vec::new(),
            themes: Vec::new(),
            agenda: Vec::new(),
            units: vec![(RecordId(0xa1), "Q1".to_owned(), "Quận 1".to_owned())],
            further: Vec::new(),
            others: Vec::new(),
        };
        self.carry_out(Command::CreateSession(Box::new(session)))?;
        self.carry_out(Command::SetState { state: SessionState::Open })
    }

    /// Records a line.
    pub(super) fn capture(
        &mut self,
        text: &str,
        off_record: bool,
    ) -> Result<(), hoinghi::store::CommitError> {
        let record = self.ids.record();
        self.carry_out(Command::Capture(Box::new(Capture {
            record,
            kind: Kind::Note,
            text: text.to_owned(),
            said_at: now(),
            details: Vec::new(),
            off_record,
        })))
    }

    fn carry_out(&mut self, command: Command) -> Result<(), hoinghi::store::CommitError> {
        let author = Author { person: PersonId(0x1a), name: "Lan".into() };
        let command_id: CommandId = self.ids.command();
        let role = Role::Facilitator;
        self.store.commit(&Request { command_id, scope: SESSION, author, role, at: now(), command })?;
        Ok(())
    }
}
