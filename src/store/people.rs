//! Who a user name is: a person of the organisation's scope, with a random id that stays when the folder moves.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset};

use super::{commit::CommitError, open::Store};
use crate::{
    domain::{
        change::Author,
        command::{Command, Place, Request},
        edit::Edit,
        field,
        ids::{PersonId, RecordId, ScopeId},
        kind::Kind,
        policy::Role,
    },
    text::nfc,
};

impl Store {
    /// The person of a name, made at the first time it is met. Of two records made apart, the older counts.
    ///
    /// # Errors
    /// As [`Store::commit`] when the person has to be made.
    pub fn person(&mut self, name: &str, at: DateTime<FixedOffset>) -> Result<Author, CommitError> {
        let name: Arc<str> = nfc::clean(name.trim()).into();
        if let Some(person) = self.known_person(&name)? {
            return Ok(Author { person, name });
        }
        let record = RecordId(self.ids.draw());
        let author = Author { person: PersonId(record.0), name: Arc::clone(&name) };
        let details = vec![Edit::Title(name.to_string())];
        let command = Command::Add { record, kind: Kind::Attendee, details, place: Place::Last };
        let command_id = self.ids.command();
        let role = Role::Facilitator;
        let request =
            Request { command_id, scope: ScopeId::ORGANISATION, author: author.clone(), role, at, command };
        self.commit(&request)?;
        Ok(author)
    }

    fn known_person(&mut self, name: &str) -> Result<Option<PersonId>, CommitError> {
        let board = self.board(ScopeId::ORGANISATION)?;
        let people = board.records().filter(|record| record.kind() == Some(Kind::Attendee));
        let named = people.filter(|record| record.text(&field::TITLE) == Some(name));
        Ok(named.min_by_key(|record| record.born).map(|record| PersonId(record.id.0)))
    }
}
