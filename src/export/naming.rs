//! Names of files: which session, which paper, which format; ASCII throughout.

use super::Format;
use crate::domain::{
    board::Board,
    catalogue::{Catalogue, SessionHeader},
    ids::ScopeId,
    session::Session,
};

/// How many digits of a session's id tell it apart.
const DIGITS: usize = 8;

/// What the names of a session's files begin with: its quarter, `2023-Q1`; with its day, if other sessions are of that quarter too; with its
/// id, if one of those is on the same day. So no two sessions of a catalogue write to one name.
pub fn stem(catalogue: &Catalogue, scope: ScopeId) -> String {
    let Some(header) = catalogue.sessions().iter().find(|header| header.scope == scope) else {
        return of_quarter(None);
    };
    let of_quarter = of_quarter(header.quarter);
    let others = || {
        let same = |other: &&SessionHeader| other.scope != scope && other.quarter == header.quarter;
        catalogue.sessions().iter().filter(same)
    };
    if others().next().is_none() {
        return of_quarter;
    }
    match header.date.filter(|date| !others().any(|other| other.date == Some(*date))) {
        Some(date) => format!("{of_quarter}_{date}"),
        None => format!("{of_quarter}_{}", scope.to_string().chars().take(DIGITS).collect::<String>()),
    }
}

/// The stem of a session that is looked at alone.
pub(super) fn by_quarter(board: &Board) -> String {
    let quarter = Session::of(board).and_then(Session::quarter);
    of_quarter(quarter.map(|quarter| (quarter.year(), quarter.number())))
}

fn of_quarter(quarter: Option<(i32, u8)>) -> String {
    quarter.map_or_else(|| "hoi-nghi".to_owned(), |(year, number)| format!("{year}-Q{number}"))
}

/// `2023-Q1_thong-bao.md`.
pub(super) fn file(stem: &str, slug: &str, format: Format) -> String {
    format!("{stem}_{slug}.{}", format.name())
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::kind::SessionState;

    fn header(scope: u128, quarter: Option<(i32, u8)>, day: Option<u32>) -> SessionHeader {
        SessionHeader {
            scope: ScopeId(scope << 96),
            title: String::new(),
            themes: Vec::new(),
            quarter,
            state: SessionState::Open,
            date: day.and_then(|day| NaiveDate::from_ymd_opt(2023, 2, day)),
            created: None,
            difficulties: 0,
        }
    }

    #[test]
    fn sessions_of_one_quarter_have_names_of_their_own() {
        let quarter = Some((2023, 1));
        let all = [
            (header(1, quarter, Some(5)), "2023-Q1_2023-02-05"),
            (header(2, quarter, Some(6)), "2023-Q1_00000002"),
            (header(3, quarter, Some(6)), "2023-Q1_00000003"),
            (header(4, quarter, None), "2023-Q1_00000004"),
            (header(5, Some((2023, 2)), Some(5)), "2023-Q2"),
            (header(6, None, None), "hoi-nghi"),
        ];
        let catalogue = Catalogue::new(all.iter().map(|(header, _)| header.clone()).collect());
        for (header, name) in all {
            assert_eq!(stem(&catalogue, header.scope), name);
        }
        assert_eq!(stem(&catalogue, ScopeId(9)), "hoi-nghi");
    }
}
