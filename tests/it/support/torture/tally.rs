//! What came of the blows.

use std::{collections::BTreeMap, fmt::Write as _};

/// What must not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Wrong {
    /// Something acknowledged, or a letter that was on the screen, is not there any more.
    Lost,
    /// A command is there in part.
    Half,
    /// A command is there twice.
    Doubled,
    /// The program does not open.
    NotOpened,
    /// Something is not there any more, and nobody says so.
    Silent,
    /// A panic reached the person, or memory knew no bound.
    Uncontained,
}

const COLUMNS: [(Wrong, &str); 6] = [
    (Wrong::Lost, "lost"),
    (Wrong::Half, "half"),
    (Wrong::Doubled, "doubled"),
    (Wrong::NotOpened, "not opened"),
    (Wrong::Silent, "silent"),
    (Wrong::Uncontained, "uncontained"),
];

/// How many findings are told in full.
const TOLD: usize = 12;

/// The account of one blow.
#[derive(Debug)]
pub(crate) struct Tally {
    blow: &'static str,
    pub(super) rounds: usize,
    wrong: BTreeMap<Wrong, usize>,
    details: Vec<String>,
    skipped: Option<String>,
    /// What was seen beside, by name: how many.
    seen: BTreeMap<&'static str, usize>,
}

impl Tally {
    pub(super) fn new(blow: &'static str) -> Self {
        let (wrong, details, seen) = (BTreeMap::new(), Vec::new(), BTreeMap::new());
        Self { blow, rounds: 0, wrong, details, skipped: None, seen }
    }

    pub(super) fn wrong(&mut self, wrong: Wrong, detail: impl Into<String>) {
        *self.wrong.entry(wrong).or_default() += 1;
        if self.details.len() < TOLD {
            self.details.push(format!("{wrong:?} in round {}: {}", self.rounds, detail.into()));
        }
    }

    pub(super) fn skip(&mut self, why: impl Into<String>) {
        self.skipped = Some(why.into());
    }

    /// Counts something that is no fault.
    pub(super) fn saw(&mut self, what: &'static str, count: usize) {
        *self.seen.entry(what).or_default() += count;
    }

    pub(crate) fn is_wrong(&self) -> bool {
        !self.wrong.is_empty()
    }

    /// What went wrong, in words.
    pub(crate) fn details(&self) -> &[String] {
        &self.details
    }

    /// The blow and why it could not be struck here.
    pub(crate) fn skipped(&self) -> Option<(&'static str, &str)> {
        Some((self.blow, self.skipped.as_deref()?))
    }

    fn row(&self) -> String {
        let mut row = format!("{:<17}{:>7}", self.blow, self.rounds);
        for (wrong, title) in COLUMNS {
            let count = self.wrong.get(&wrong).copied().unwrap_or_default();
            let _ = write!(row, "{count:>width$}", width = title.len() + 2);
        }
        let seen: Vec<String> = self.seen.iter().map(|(what, count)| format!("{count} {what}")).collect();
        let skipped = self.skipped.iter().map(|why| format!("skipped: {why}"));
        let _ = write!(row, "  {}", seen.into_iter().chain(skipped).collect::<Vec<_>>().join(", "));
        row
    }
}

/// The closing table.
pub(crate) fn table(tallies: &[Tally]) -> String {
    let mut table = format!("{:<17}{:>7}", "blow", "rounds");
    for (_, title) in COLUMNS {
        let _ = write!(table, "  {title}");
    }
    for tally in tallies {
        let _ = write!(table, "\n{}", tally.row());
    }
    table
}
