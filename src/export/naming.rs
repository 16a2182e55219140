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

/// What the names of a session's files begin with: its quarter, `2023-Q1`; with its day, if other sessions are or ever were of that quarter
/// too; with its id besides, if one of those is or ever was on the same day. So no session of a catalogue writes to a name under which papers
/// of another may lie, of one that was removed too.
pub fn stem(catalogue: &Catalogue, scope: ScopeId) -> String {
    let Some(header) = catalogue.sessions().iter().find(|header| header.scope == scope) else {
        return of_quarter(None);
    };
    let others = || catalogue.all().filter(|other| other.scope != scope && meets(other, header));
    let mut stem = of_quarter(header.quarter);
    if others().next().is_none() {
        return stem;
    }
    let day = header.date.map(|date| format!("_{date}"));
    stem.extend(day);
    let is_alone = |date| !others().any(|other| other.date == Some(date) || other.ever.days.contains(&date));
    if !header.date.is_some_and(is_alone) {
        stem.push('_');
        stem.extend(scope.to_string().chars().take(DIGITS));
    }
    stem
}

/// Whether a session is or ever was of the quarter of another.
fn meets(other: &SessionHeader, header: &SessionHeader) -> bool {
    other.quarter == header.quarter || header.quarter.is_some_and(|quarter| other.ever.quarter(quarter))
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
    use crate::domain::{catalogue::Ever, kind::SessionState};

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
            ever: Ever::default(),
            removed: false,
        }
    }

    #[test]
    fn sessions_of_one_quarter_have_names_of_their_own() {
        let quarter = Some((2023, 1));
        let all = [
            (header(1, quarter, Some(5)), "2023-Q1_2023-02-05"),
            (header(2, quarter, Some(6)), "2023-Q1_2023-02-06_00000002"),
            (header(3, quarter, Some(6)), "2023-Q1_2023-02-06_00000003"),
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

    #[test]
    fn no_session_takes_the_name_that_another_had_before_it_was_dated_anew() {
        let quarter = Some((2023, 1));
        let moved = |mut header: SessionHeader, day: u32| {
            header.ever.years.insert(2023);
            header.ever.quarters.insert(1);
            header.ever.days.extend(NaiveDate::from_ymd_opt(2023, 2, day));
            header
        };
        let all = [
            (moved(header(1, quarter, Some(7)), 5), "2023-Q1_2023-02-07"),
            (header(2, quarter, Some(5)), "2023-Q1_2023-02-05_00000002"),
            (moved(header(3, Some((2023, 2)), Some(6)), 9), "2023-Q2"),
            (header(4, quarter, Some(9)), "2023-Q1_2023-02-09_00000004"),
        ];
        let catalogue = Catalogue::new(all.iter().map(|(header, _)| header.clone()).collect());
        for (header, name) in all {
            assert_eq!(stem(&catalogue, header.scope), name);
        }
        let [gone, last] = [moved(header(3, Some((2023, 2)), Some(6)), 9), header(4, quarter, Some(8))];
        let catalogue = Catalogue::new(vec![gone, last]);
        assert_eq!(stem(&catalogue, ScopeId(4 << 96)), "2023-Q1_2023-02-08");
    }

    #[test]
    fn no_session_takes_the_name_of_one_that_was_removed() {
        let mut gone = header(1, None, None);
        gone.removed = true;
        gone.ever.years.insert(2023);
        gone.ever.quarters.insert(1);
        gone.ever.days.extend(NaiveDate::from_ymd_opt(2023, 2, 5));
        let later = [(5, "2023-Q1_2023-02-05_00000002"), (6, "2023-Q1_2023-02-06")];
        for (day, name) in later {
            let catalogue = Catalogue::new(vec![gone.clone(), header(2, Some((2023, 1)), Some(day))]);
            assert_eq!(stem(&catalogue, ScopeId(2 << 96)), name);
        }
    }
}
