//! Where a profile leaves what the rules of its base allow.

use std::{collections::BTreeMap, fmt};

use super::{Length, Part, Profile, Style};

/// Something that is not as the rules have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// The profile.
    pub profile: String,
    /// The name of what is otherwise, such as `size.body`.
    pub name: String,
    /// What it is.
    pub is: String,
    /// What the rules have.
    pub rule: String,
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} = {} ({})", self.profile, self.name, self.is, self.rule)
    }
}

/// Everything in which a profile leaves the ranges that it has, and the font and styles of its base.
pub(super) fn deviations(profile: &Profile, base: &Profile) -> Vec<Deviation> {
    let told =
        |name: String, is: String, rule: String| Deviation { profile: profile.name.clone(), name, is, rule };
    let mut found = Vec::new();
    if profile.font != base.font {
        found.push(told("font".to_owned(), profile.font.clone(), base.font.clone()));
    }
    if profile.separator != base.separator {
        found.push(told("separator".to_owned(), profile.separator.clone(), base.separator.clone()));
    }
    if profile.exact_pitch != base.exact_pitch {
        let is = profile.exact_pitch.to_string();
        found.push(told("exact_pitch".to_owned(), is, base.exact_pitch.to_string()));
    }
    for (name, number) in numbers(profile) {
        let range = profile.ranges.get(&name).filter(|(low, high)| number < *low || number > *high);
        if let Some((low, high)) = range {
            let rule = if low < high { format!("{low}–{high}") } else { low.to_string() };
            found.push(told(name, number.to_string(), rule));
        }
    }
    let styles = Part::ALL.iter().filter(|part| profile.style(**part) != base.style(**part));
    found.extend(styles.map(|part| {
        let name = format!("style.{}", part.name());
        told(name, words(profile.style(*part)), words(base.style(*part)))
    }));
    found
}

/// All numbers by name.
fn numbers(profile: &Profile) -> BTreeMap<String, f64> {
    let lengths = Length::ALL.iter().map(|length| (length.name().to_owned(), profile.length(*length)));
    let sizes = Part::ALL.iter().map(|part| (format!("size.{}", part.name()), profile.size(*part)));
    lengths.chain(sizes).collect()
}

/// A style as profiles write it.
fn words(style: Style) -> String {
    let words = [(style.bold, "bold"), (style.italic, "italic"), (style.underline, "underline")];
    let words: Vec<&str> = words.into_iter().filter_map(|(is, word)| is.then_some(word)).collect();
    if words.is_empty() { "regular".to_owned() } else { words.join(" ") }
}
