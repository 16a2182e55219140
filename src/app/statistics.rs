//! The page of figures: the session counted, on the screen and printed.
//!
//! Like the chair's page it is made anew while it is shown, and holds nothing that is off the record.

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::{App, chair, dialogs::pages::Line, session::SessionSeat};
use crate::{
    domain::{
        record::Record,
        roster,
        statistics::{OfUnit, Statistics},
    },
    i18n::{Strings, fill},
};

/// What the printed page is called in a file's name.
pub const SLUG: &str = "so-lieu";

/// The page as the screen shows it.
pub fn lines(app: &App) -> Vec<Line> {
    app.session().map(|seat| lines_of(seat, app.strings(), app.now)).unwrap_or_default()
}

/// The page as it is printed, in columns of 80.
pub fn printed(app: &App) -> String {
    app.session().map(|seat| printed_of(seat, app.strings(), app.now)).unwrap_or_default()
}

/// The printed page of a session that no screen shows, as things stand at a moment.
pub fn printed_of(seat: &SessionSeat, strings: &'static Strings, now: DateTime<FixedOffset>) -> String {
    let title = strings.papers.statistics.title;
    chair::sheet(title, &seat.board, now, lines_of(seat, strings, now))
}

fn lines_of(seat: &SessionSeat, strings: &'static Strings, now: DateTime<FixedOffset>) -> Vec<Line> {
    let figures = Statistics::of(&seat.board, seat.slot(), now);
    Page { strings, figures }.lines()
}

struct Page<'a> {
    strings: &'static Strings,
    figures: Statistics<'a>,
}

impl Page<'_> {
    fn lines(&self) -> Vec<Line> {
        [self.people(), self.difficulties(), self.gathered(), self.recommendations(), self.course()].concat()
    }

    fn people(&self) -> Vec<Line> {
        let words = &self.strings.papers.statistics;
        let roll = self.figures.roll;
        let counts = [roll.summoned, roll.present, roll.excused, roll.unexcused, roll.unmarked];
        let mut lines =
            vec![Line::Heading(filled(words.roll, &counts)), Line::Heading(words.by_unit.to_owned())];
        lines.extend(self.figures.units.iter().map(|unit| self.unit(unit)));
        lines
    }

    fn unit(&self, of: &OfUnit<'_>) -> Line {
        let words = &self.strings.papers.statistics;
        let (times, spoken) = of.spoke;
        let said = [
            filled(words.there, &[of.people.0, of.people.1]),
            fill(words.spoke, &[&times.to_string(), &minutes_and_seconds(spoken)]),
            filled(words.raised, &[of.raised, of.agreed]),
            filled(words.leads, &[of.leads]),
        ];
        Line::Pair(roster::code(of.unit).to_owned(), said.join(" · "))
    }

    fn difficulties(&self) -> Vec<Line> {
        let words = &self.strings.papers.statistics;
        let all: usize = self.figures.natures.iter().map(|(_, count)| count).sum();
        let mut lines = vec![Line::Heading(filled(words.difficulties, &[all, self.figures.unanswered]))];
        let natures = self.figures.natures.iter();
        lines.extend(natures.map(|(nature, count)| counted(self.strings.nature(*nature), *count)));
        let theme = |of: Option<&Record>| of.map_or(words.no_theme, Record::wording).to_owned();
        lines.extend(self.figures.themes.iter().map(|(of, count)| Line::Pair(count.to_string(), theme(*of))));
        lines
    }

    fn gathered(&self) -> Vec<Line> {
        let words = &self.strings.papers.statistics;
        let kinds = self.figures.kinds.iter().filter(|(_, count)| *count > 0);
        let kinds = kinds.map(|(kind, count)| counted(self.strings.kind(*kind), *count));
        let lacking = Line::Text(filled(words.lacking, &[self.figures.lacking]));
        std::iter::once(Line::Heading(words.gathered.to_owned())).chain(kinds).chain([lacking]).collect()
    }

    fn recommendations(&self) -> Vec<Line> {
        let words = &self.strings.papers.statistics;
        let line = |(authority, count, answered): &(Option<_>, usize, usize)| {
            let name = authority.map_or(words.no_authority, |of| self.strings.authority(of));
            Line::Pair(name.to_owned(), filled(words.answered, &[*count, *answered]))
        };
        let asked: Vec<Line> = self.figures.authorities.iter().map(line).collect();
        let left = self.figures.followed.iter();
        let left = left.map(|(bucket, count)| counted(self.strings.due_bucket(*bucket), *count));
        let left: Vec<Line> = left.collect();
        let headed = |heading: &str, lines: Vec<Line>| {
            let heading = (!lines.is_empty()).then(|| Line::Heading(heading.to_owned()));
            heading.into_iter().chain(lines).collect::<Vec<_>>()
        };
        [headed(words.authorities, asked), headed(words.followed, left)].concat()
    }

    fn course(&self) -> Vec<Line> {
        let words = &self.strings.papers.statistics;
        let (planned, spent) = self.figures.minutes;
        let minutes = fill(words.minutes, &[&planned.to_string(), &spent.to_string()]);
        let recorded = self.figures.recorded.iter();
        let recorded =
            recorded.map(|(who, lines)| Line::Pair((*who).to_owned(), filled(words.lines, &[*lines])));
        let headings = [Line::Heading(minutes), Line::Heading(words.recorded.to_owned())];
        headings.into_iter().chain(recorded).collect()
    }
}

fn counted(what: &str, count: usize) -> Line {
    let mut letters = what.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    Line::Pair(first + letters.as_str(), count.to_string())
}

fn filled(pattern: &str, counts: &[usize]) -> String {
    let counts: Vec<String> = counts.iter().map(ToString::to_string).collect();
    fill(pattern, &counts.iter().map(String::as_str).collect::<Vec<_>>())
}

/// `05:10`.
fn minutes_and_seconds(time: TimeDelta) -> String {
    format!("{:02}:{:02}", time.num_minutes(), time.num_seconds() % 60)
}
