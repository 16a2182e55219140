//! The headers of sessions: all that Home reads, and what names of papers depend on.

use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{
    board::Board,
    change::{Field, Value, WriteId},
    field,
    ids::ScopeId,
    kind::{Kind, SessionState},
    quarter::Quarter,
    record::Record,
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
    /// The quarters and days that it has or ever had: papers written then may still be there.
    #[serde(default)]
    pub ever: Ever,
    /// Whether it was removed: then it is known only so that no other session takes the name of its papers.
    #[serde(default)]
    pub removed: bool,
}

/// What a session was dated, now or before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ever {
    /// Years.
    pub years: BTreeSet<i64>,
    /// Quarters, of any of the years.
    pub quarters: BTreeSet<i64>,
    /// Days.
    pub days: BTreeSet<NaiveDate>,
}

impl Ever {
    fn of(board: &Board, session: &Record) -> Self {
        let all = |field: &Field| values_ever(board, session, field);
        let number = |value: &Value| if let Value::Number(number) = value { Some(*number) } else { None };
        let numbers = |field| all(field).into_iter().filter_map(number).collect();
        let days = all(&field::DATE).into_iter().filter_map(|value| value.as_text()?.parse().ok());
        Self { years: numbers(&field::YEAR), quarters: numbers(&field::QUARTER), days: days.collect() }
    }

    /// Whether the session may once have been of a quarter.
    pub fn quarter(&self, (year, number): (i32, u8)) -> bool {
        self.years.contains(&year.into()) && self.quarters.contains(&number.into())
    }
}

/// What stands in a field, and all that was replaced on the way there.
fn values_ever<'a>(board: &'a Board, record: &Record, field: &Field) -> Vec<&'a Value> {
    let mut open = record.seen(field);
    let mut seen: BTreeSet<WriteId> = open.iter().copied().collect();
    let mut values = Vec::new();
    while let Some(id) = open.pop() {
        let write = board.change(id.change).and_then(|change| change.writes().get(usize::from(id.index)));
        let Some(write) = write else { continue };
        values.push(&write.value);
        open.extend(write.replaces.iter().filter(|id| seen.insert(**id)));
    }
    values
}

impl SessionHeader {
    /// The header of a session's board; `None` if no session was ever created there.
    pub fn of(board: &Board) -> Option<Self> {
        let Some(session) = Session::of(board) else { return Self::of_removed(board) };
        Some(Self {
            scope: board.scope(),
            title: session.title().to_owned(),
            themes: session.themes().iter().map(|theme| theme.wording().to_owned()).collect(),
            quarter: session.quarter().map(|quarter| (quarter.year(), quarter.number())),
            state: session.state(),
            date: session.date(),
            created: board.change(session.record.born.id).map(|change| change.header.at),
            difficulties: board.count_alone(Kind::Difficulty),
            ever: Ever::of(board, session.record),
            removed: false,
        })
    }

    /// What is still known of a session that is no more: when it was, nothing of what it was about.
    fn of_removed(board: &Board) -> Option<Self> {
        let ever = board.root().map(|root| Ever::of(board, root)).filter(|ever| *ever != Ever::default())?;
        Some(Self {
            scope: board.scope(),
            title: String::new(),
            themes: Vec::new(),
            quarter: None,
            state: SessionState::Draft,
            date: None,
            created: None,
            difficulties: 0,
            ever,
            removed: true,
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
    removed: Vec<SessionHeader>,
}

impl Catalogue {
    /// A catalogue of these headers.
    pub fn new(headers: Vec<SessionHeader>) -> Self {
        let (mut removed, mut sessions): (Vec<_>, Vec<_>) =
            headers.into_iter().partition(|header| header.removed);
        removed.sort_by_key(|header| header.scope);
        sessions.sort_by(|a, b| {
            let key = |of: &SessionHeader| (of.quarter, of.date, of.created);
            (key(b), &b.title, b.scope).cmp(&(key(a), &a.title, a.scope))
        });
        Self { sessions, removed }
    }

    /// The headers, newest quarter first.
    pub fn sessions(&self) -> &[SessionHeader] {
        &self.sessions
    }

    /// The headers with those of removed sessions behind them.
    pub fn all(&self) -> impl Iterator<Item = &SessionHeader> {
        self.sessions.iter().chain(&self.removed)
    }

    /// The catalogue with one header replaced, added, or (`None`) taken out.
    #[must_use]
    pub fn with(&self, scope: ScopeId, header: Option<SessionHeader>) -> Self {
        let others = self.all().filter(|known| known.scope != scope).cloned();
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
        edit::Edit,
        testing::{Desk, SCOPE},
    };

    fn header(scope: u128, quarter: Option<(i32, u8)>, state: SessionState) -> SessionHeader {
        let title = format!("phiên {scope}");
        SessionHeader {
            scope: ScopeId(scope),
            title,
            themes: Vec::new(),
            quarter,
            state,
            date: None,
            created: None,
            difficulties: 0,
            ever: Ever::default(),
            removed: false,
        }
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
    }

    #[test]
    fn of_a_removed_session_nothing_is_known_but_when_it_was() {
        let mut desk = Desk::at_session(1);
        assert_eq!(SessionHeader::of(&Board::empty(SCOPE)), None, "none was ever created");
        let listed = Catalogue::new(SessionHeader::of(&desk.board).into_iter().collect());
        let ever = listed.first().unwrap().ever.clone();
        desk.submit(&Command::Remove { record: SCOPE.root() }).unwrap();
        let removed = SessionHeader::of(&desk.board).unwrap();
        assert_eq!((removed.removed, removed.title.as_str(), &removed.ever), (true, "", &ever));
        let without = listed.with(SCOPE, Some(removed));
        assert_eq!((without.sessions(), without.first(), without.all().count()), (&[][..], None, 1));
        assert_eq!(without.with(ScopeId(7), None), without);
    }

    #[test]
    fn a_header_knows_every_day_and_quarter_that_the_session_ever_had() {
        let mut desk = Desk::at_session(1);
        let day = |month| NaiveDate::from_ymd_opt(2023, month, 5).unwrap();
        let root = SCOPE.root();
        desk.edit(root, Edit::Date(day(4))).unwrap();
        desk.edit(root, Edit::Quarter(Quarter::new(2023, 2).unwrap())).unwrap();
        let wrong = desk.edit(root, Edit::Date(day(5))).unwrap();
        desk.submit(&Command::Undo { change: wrong }).unwrap();
        let ever = SessionHeader::of(&desk.board).unwrap().ever;
        let first = NaiveDate::from_ymd_opt(2023, 3, 10).unwrap();
        assert_eq!(ever.days, BTreeSet::from([first, day(4), day(5)]));
        assert!(ever.quarter((2023, 1)) && ever.quarter((2023, 2)));
        assert!(!ever.quarter((2023, 3)) && !ever.quarter((2022, 1)));
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
