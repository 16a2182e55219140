//! The headers of sessions: all that Home reads.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    board::Board,
    ids::ScopeId,
    kind::{Kind, SessionState},
    quarter::Quarter,
    session::Session,
};

/// What Home shows of a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionHeader {
    /// Its scope.
    pub scope: ScopeId,
    /// Its title.
    pub title: String,
    /// The titles of its themes.
    pub themes: Vec<String>,
    /// Year and quarter, 1 to 4; `None` if they are not known.
    pub quarter: Option<(i32, u8)>,
    /// Its state.
    pub state: SessionState,
    /// The day on which it is held.
    pub date: Option<NaiveDate>,
    /// How many difficulties it has, merged ones not counted.
    pub difficulties: usize,
}

impl SessionHeader {
    /// The header of a session's board; `None` if no session was created there or it was removed.
    pub fn of(board: &Board) -> Option<Self> {
        let session = Session::of(board)?;
        Some(Self {
            scope: board.scope(),
            title: session.title().to_owned(),
            themes: session.themes().iter().map(|theme| theme.wording().to_owned()).collect(),
            quarter: session.quarter().map(|quarter| (quarter.year(), quarter.number())),
            state: session.state(),
            date: session.date(),
            difficulties: board.alone_of_kind(Kind::Difficulty).count(),
        })
    }

    /// The quarter.
    pub fn quarter(&self) -> Option<Quarter> {
        self.quarter.and_then(|(year, number)| Quarter::new(year, number))
    }
}

/// The headers of all sessions, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    sessions: Vec<SessionHeader>,
}

impl Catalogue {
    /// A catalogue of these headers.
    pub fn new(mut sessions: Vec<SessionHeader>) -> Self {
        sessions.sort_by(|a, b| {
            (b.quarter, b.date, &b.title, b.scope).cmp(&(a.quarter, a.date, &a.title, a.scope))
        });
        Self { sessions }
    }

    /// The headers, newest quarter first.
    pub fn sessions(&self) -> &[SessionHeader] {
        &self.sessions
    }

    /// The catalogue with one header replaced, added, or (`None`) taken out.
    #[must_use]
    pub fn with(&self, scope: ScopeId, header: Option<SessionHeader>) -> Self {
        let others = self.sessions.iter().filter(|known| known.scope != scope).cloned();
        Self::new(others.chain(header).collect())
    }

    /// The session to show first: the one in session, else the newest.
    pub fn first(&self) -> Option<&SessionHeader> {
        let open = self.sessions.iter().find(|session| session.state == SessionState::Open);
        open.or_else(|| self.sessions.first())
    }
}
