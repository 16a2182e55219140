//! What was measured, held against what is wanted.

use std::time::Duration;

/// A row of the table.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) what: String,
    /// The figures from which the ratio comes.
    pub(crate) figures: String,
    pub(crate) outcome: Outcome,
}

#[derive(Debug, Clone)]
pub(crate) enum Outcome {
    /// A measure and what it may be at most.
    Measured {
        value: f64,
        must: f64,
        goal: f64,
    },
    Skipped(String),
}

impl Row {
    pub(crate) fn new(what: &str, value: f64, must: f64, goal: f64, figures: String) -> Self {
        Self { what: what.to_owned(), figures, outcome: Outcome::Measured { value, must, goal } }
    }

    pub(crate) fn skipped(what: &str, why: &str) -> Self {
        Self { what: what.to_owned(), figures: String::new(), outcome: Outcome::Skipped(why.to_owned()) }
    }

    /// The row in Markdown.
    pub(crate) fn line(&self) -> String {
        let Self { what, figures, outcome } = self;
        match outcome {
            Outcome::Skipped(why) => format!("| {what} | – | – | – | skipped: {why} | |"),
            Outcome::Measured { value, must, goal } => {
                let verdict = match (value <= goal, value <= must) {
                    (true, _) => "pass: goal",
                    (false, true) => "pass: must",
                    (false, false) => "SHORT",
                };
                format!("| {what} | {value:.3} | ≤ {must} | ≤ {goal} | {verdict} | {figures} |")
            }
        }
    }
}

pub(crate) const HEAD: &str = "| what | measured | must | goal | | figures |\n|---|---|---|---|---|---|";

/// The middle of some measures; 0 of none.
pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    let at = |place: usize| sorted.get(place).copied().unwrap_or(0.0);
    if sorted.len().is_multiple_of(2) {
        f64::midpoint(at(middle.saturating_sub(1)), at(middle))
    } else {
        at(middle)
    }
}

pub(crate) fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

/// One measure over another.
pub(crate) fn ratio(measured: &[f64], reference: &[f64]) -> f64 {
    median(measured) / median(reference).max(f64::MIN_POSITIVE)
}

/// `1.20 ms : 1.00 ms`.
pub(crate) fn against(measured: &[f64], reference: &[f64], unit: &str) -> String {
    format!("{:.2} : {:.2} {unit}", median(measured), median(reference))
}
