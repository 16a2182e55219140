//! A quarter of a year, the period a session belongs to.

use std::fmt;

use chrono::{Datelike as _, NaiveDate};
use serde::{Deserialize, Serialize};

/// A quarter: a year and 1 to 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Quarter {
    year: i32,
    number: u8,
}

impl Quarter {
    /// The quarter, if `number` is 1 to 4 and `year` has four digits.
    pub fn new(year: i32, number: u8) -> Option<Self> {
        ((1..=4).contains(&number) && (1000..=9999).contains(&year)).then_some(Self { year, number })
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// 1 to 4.
    pub fn number(self) -> u8 {
        self.number
    }

    /// The quarter of a day.
    pub fn of(day: NaiveDate) -> Option<Self> {
        Self::new(day.year(), u8::try_from(day.month0() / 3 + 1).ok()?)
    }

    /// The quarter after it.
    #[must_use]
    pub fn next(self) -> Self {
        if self.number == 4 {
            Self { year: self.year + 1, number: 1 }
        } else {
            Self { number: self.number + 1, ..self }
        }
    }

    /// The number as documents print it.
    pub fn roman(self) -> &'static str {
        match self.number {
            1 => "I",
            2 => "II",
            3 => "III",
            _ => "IV",
        }
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.roman(), self.year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_four_quarters_in_years_of_four_digits() {
        let shown =
            (0..=5).filter_map(|number| Quarter::new(2023, number)).map(|quarter| quarter.to_string());
        assert_eq!(shown.collect::<Vec<_>>(), ["I/2023", "II/2023", "III/2023", "IV/2023"]);
        let last = Quarter::of(NaiveDate::from_ymd_opt(2023, 12, 31).unwrap());
        assert_eq!(last.map(Quarter::next), Quarter::new(2024, 1));
        assert_eq!((Quarter::new(999, 1), Quarter::new(10_000, 1)), (None, None));
    }
}
