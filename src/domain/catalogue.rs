//! The headers of sessions: all that Home reads.

use chrono::{DateTime, FixedOffset, NaiveDate};
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
    /// When it was made; `None` if what made it was erased, or an older program wrote the header.
    #[serde(default)]
    pub created: Option<DateTime<FixedOffset>>,
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
            created: board.change(session.record.born.id).map(|change| change.header.at),
            difficulties: board.count_alone(Kind::Difficulty),
        })
    }

    /// The quarter.
    pub fn quarter(&self) -> Option<Quarter> {
        self.quarter.and_then(|(year, number)| Quarter::new(year, number))
    }
}

/// The headers of all sessions, the newest first; of two on one day, the one that was made last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Catalogue {
    sessions: Vec<SessionHeader>,
}

impl Catalogue {
    /// A catalogue of these headers.
    pub fn new(mut sessions: Vec<SessionHeader>) -> Self {
        sessions.sort_by(|a, b| {
            let key = |of: &SessionHeader| (of.quarter, of.date, of.created);
            (key(b), &b.title, b.scope).cmp(&(key(a), &a.title, a.scope))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::Command,
        testing::{Desk, SCOPE},
    };

    fn header(scope: u128, quarter: Option<(i32, u8)>, state: SessionState) -> SessionHeader {
        let title = format!("phiên {scope}");
        let (themes, date, created) = (Vec::new(), None, None);
        SessionHeader { scope: ScopeId(scope), title, themes, quarter, state, date, created, difficulties: 0 }
    }

    #[test]
    fn a_header_says_what_home_shows() {
        let mut desk = Desk::at_session(1);
        let [first, second] = ["một", "hai"].map(|text| desk.line(Kind::Difficulty, text));
        desk.submit(&Command::Merge { into: first, from: vec![second] }).unwrap();
        let header = SessionHeader::of(&desk.board).unwrap();
        assert_eq!((header.scope, header.title.as_str()), (SCOPE, "Hội nghị quý I"));
        assert_eq!((header.quarter(), header.difficulties), (Quarter::new(2023, 1), 1));
        assert_eq!(header.themes, ["Chuyển sinh hoạt Đảng"]);
        desk.submit(&Command::Remove { record: SCOPE.root() }).unwrap();
        assert_eq!(SessionHeader::of(&desk.board), None);
    }

    #[test]
    fn the_newest_comes_first_unless_one_is_in_session() {
        use SessionState::{Closed, Open};
        let all = vec![
            header(1, Some((2022, 4)), Open),
            header(2, None, Closed),
            header(3, Some((2023, 1)), Closed),
        ];
        let catalogue = Catalogue::new(all);
        let scopes =
            |catalogue: &Catalogue| catalogue.sessions().iter().map(|s| s.scope.0).collect::<Vec<_>>();
        assert_eq!(scopes(&catalogue), [3, 1, 2]);
        assert_eq!(catalogue.first().unwrap().scope, ScopeId(1));
        let closed = catalogue.with(ScopeId(1), Some(header(1, Some((2024, 1)), Closed)));
        assert_eq!(scopes(&closed), [1, 3, 2]);
        let without = closed.with(ScopeId(1), None);
        assert_eq!((scopes(&without), without.first().unwrap().scope), (vec![3, 2], ScopeId(3)));
    }

    #[test]
    fn of_two_sessions_on_one_day_the_one_made_last_comes_first() {
        let at = |hour: u32| DateTime::parse_from_rfc3339(&format!("2023-03-10T{hour:02}:00:00+07:00")).ok();
        let made = |scope, hour| SessionHeader {
            created: at(hour),
            date: NaiveDate::from_ymd_opt(2023, 3, 10),
            ..header(scope, Some((2023, 1)), SessionState::Draft)
        };
        let catalogue = Catalogue::new(vec![made(1, 9), made(2, 8), made(3, 10)]);
        let scopes: Vec<u128> = catalogue.sessions().iter().map(|header| header.scope.0).collect();
        assert_eq!(scopes, [3, 1, 2], "their titles would have them in the order 3, 2, 1");
        let header = SessionHeader::of(&Desk::at_session(1).board).unwrap();
        assert!(header.created.is_some());
    }
}
