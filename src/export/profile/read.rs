//! Profiles from TOML: every entry checked by itself, a fault told with its line.

use std::{collections::BTreeMap, fmt, ops::Range, sync::Arc};

use chrono::NaiveDate;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Length, Part, Profile, Style, lint};
use crate::{domain::kind::Layout, text::nfc};

/// A profile that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileError {
    /// Its file.
    pub file: String,
    /// The line at fault, from 1; 0 for the file as a whole.
    pub line: usize,
    /// What is wrong with it.
    pub fault: ProfileFault,
}

/// What is wrong with a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProfileFault {
    /// No TOML; in the reader's words.
    Syntax(String),
    /// Nothing has that name.
    Unknown(String),
    /// What has that name cannot be this.
    Value(String),
    /// It has a name of its own and no `base`.
    NoBase,
    /// The margins leave no room on the page.
    NoRoom,
}

impl fmt::Display for ProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {:?}", self.file, self.line, self.fault)
    }
}

impl std::error::Error for ProfileError {}

/// The least width and height between margins, in millimetres.
const ROOM: f64 = 50.0;
/// The sizes that letters can have, in points.
const SIZES: (f64, f64) = (4.0, 72.0);

/// An entry: its line, its name with its tables' names before it, its value.
struct Entry<'a> {
    line: usize,
    name: String,
    value: &'a DeValue<'a>,
}

/// A file as it is read.
struct Source<'a> {
    file: &'a str,
    text: &'a str,
    /// Where its lines end.
    ends: Vec<usize>,
}

impl<'a> Source<'a> {
    fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, ends: text.match_indices('\n').map(|(at, _)| at).collect() }
    }

    fn fault(&self, line: usize, fault: ProfileFault) -> ProfileError {
        ProfileError { file: format!("{}.toml", self.file), line, fault }
    }

    fn line(&self, span: Option<Range<usize>>) -> usize {
        let start = span.map_or(0, |span| span.start);
        self.ends.partition_point(|end| *end < start) + 1
    }

    fn parse(&self) -> Result<DeTable<'_>, ProfileError> {
        let told = |error: toml::de::Error| {
            self.fault(self.line(error.span()), ProfileFault::Syntax(error.message().to_owned()))
        };
        DeTable::parse(self.text).map(Spanned::into_inner).map_err(told)
    }

    /// The values of a table and of the tables in it, in the order of the file.
    fn entries<'t>(&self, table: &'t DeTable<'t>, prefix: &str) -> Vec<Entry<'t>> {
        let mut found = Vec::new();
        for (name, value) in table {
            let line = self.line(Some(name.span()));
            let name = format!("{prefix}{}", name.get_ref());
            match value.get_ref() {
                DeValue::Table(inner) if is_table(&name) => {
                    found.extend(self.entries(inner, &format!("{name}.")));
                }
                value => found.push(Entry { line, name, value }),
            }
        }
        found.sort_by_key(|entry| entry.line);
        found
    }
}

/// Whether a profile has a table of that name.
fn is_table(name: &str) -> bool {
    const TABLES: [&str; 7] = ["page", "body", "head", "signature", "size", "style", "range"];
    TABLES.iter().any(|table| name.strip_prefix("range.").unwrap_or(name) == *table)
}

/// A profile that names everything itself.
pub(super) fn whole(name: &str, text: &str) -> Result<Profile, ProfileError> {
    let empty = Profile {
        name: name.to_owned(),
        family: Layout::Party,
        since: NaiveDate::MIN,
        font: String::new(),
        separator: String::new(),
        exact_pitch: false,
        deviations: Vec::new(),
        office_styles: None,
        office_fonts: Arc::default(),
        lengths: BTreeMap::new(),
        sizes: BTreeMap::new(),
        styles: BTreeMap::new(),
        ranges: BTreeMap::new(),
    };
    let mut profile = filled(&Source::new(name, text), empty)?;
    profile.deviations = lint::deviations(&profile, &profile);
    Ok(profile)
}

/// One of the profiles as an office's file changes it.
pub(super) fn changed(name: &str, text: &str, own: &[Profile]) -> Result<Profile, ProfileError> {
    let source = Source::new(name, text);
    let table = source.parse()?;
    let named = |name: &str| own.iter().find(|profile| profile.name == name);
    let entries = source.entries(&table, "");
    let base = match entries.iter().find(|entry| entry.name == "base") {
        Some(entry) => {
            let wrong = || source.fault(entry.line, ProfileFault::Value(entry.name.clone()));
            entry.value.as_str().and_then(named).ok_or_else(wrong)?
        }
        None => named(name).ok_or_else(|| source.fault(0, ProfileFault::NoBase))?,
    };
    let mut profile = filled(&source, Profile { name: name.to_owned(), ..base.clone() })?;
    profile.deviations = lint::deviations(&profile, base);
    Ok(profile)
}

/// A profile with what a file says in it.
fn filled(source: &Source<'_>, mut profile: Profile) -> Result<Profile, ProfileError> {
    let table = source.parse()?;
    for entry in source.entries(&table, "") {
        if !is_known(&entry.name) {
            return Err(source.fault(entry.line, ProfileFault::Unknown(entry.name)));
        }
        if set(&mut profile, &entry.name, entry.value).is_none() {
            return Err(source.fault(entry.line, ProfileFault::Value(entry.name)));
        }
    }
    let height =
        profile.length(Length::Height) - profile.length(Length::Top) - profile.length(Length::Bottom);
    if profile.text_width() < ROOM || height < ROOM {
        return Err(source.fault(0, ProfileFault::NoRoom));
    }
    Ok(profile)
}

fn is_known(name: &str) -> bool {
    let is_number = |name: &str| number_named(name).is_some();
    matches!(name, "base" | "family" | "since" | "font" | "separator" | "exact_pitch")
        || is_number(name)
        || name.strip_prefix("range.").is_some_and(is_number)
        || name.strip_prefix("style.").is_some_and(|part| Part::named(part).is_some())
}

/// A number that a name stands for.
enum Number {
    Length(Length),
    Size(Part),
}

fn number_named(name: &str) -> Option<Number> {
    let size = || name.strip_prefix("size.").and_then(Part::named).map(Number::Size);
    Length::named(name).map(Number::Length).or_else(size)
}

/// Gives a name its value; `None` if that cannot be its value.
fn set(profile: &mut Profile, name: &str, value: &DeValue<'_>) -> Option<()> {
    match name {
        "base" => {}
        "family" => profile.family = Layout::named(value.as_str()?)?,
        "since" => profile.since = value.as_str()?.parse().ok()?,
        "font" => profile.font = line_of(value)?,
        "separator" => profile.separator = line_of(value)?,
        "exact_pitch" => profile.exact_pitch = value.as_bool()?,
        _ => match name.split_once('.')? {
            ("style", part) => {
                profile.styles.insert(Part::named(part)?, style(value.as_str()?)?);
            }
            ("range", of) => {
                profile.ranges.insert(of.to_owned(), range(value)?);
            }
            _ => set_number(profile, name, number(value)?)?,
        },
    }
    Some(())
}

fn set_number(profile: &mut Profile, name: &str, number: f64) -> Option<()> {
    let within = |(low, high): (f64, f64)| (low..=high).contains(&number).then_some(());
    match number_named(name)? {
        Number::Length(length) => {
            within(length.bounds())?;
            profile.lengths.insert(length, number);
        }
        Number::Size(part) => {
            within(SIZES)?;
            profile.sizes.insert(part, number);
        }
    }
    Some(())
}

fn line_of(value: &DeValue<'_>) -> Option<String> {
    Some(nfc::clean_line(value.as_str()?).trim().to_owned()).filter(|line| !line.is_empty())
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(integer) => integer.to_string().parse().ok(),
        DeValue::Float(float) => float.to_string().parse().ok(),
        _ => None,
    }
}

fn range(value: &DeValue<'_>) -> Option<(f64, f64)> {
    let numbers: Option<Vec<f64>> = value.as_array()?.iter().map(|item| number(item.get_ref())).collect();
    match numbers?[..] {
        [low, high] if low <= high => Some((low, high)),
        _ => None,
    }
}

/// `bold italic underline`, or `regular`.
fn style(words: &str) -> Option<Style> {
    let mut style = Style::default();
    for word in words.split_whitespace() {
        match word {
            "regular" => {}
            "bold" => style.bold = true,
            "italic" => style.italic = true,
            "underline" => style.underline = true,
            _ => return None,
        }
    }
    Some(style)
}
