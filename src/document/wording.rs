//! The sentences around the facts: templates that an office can override, never code.

use std::collections::BTreeMap;

use minijinja::{Environment, UndefinedBehavior, Value};

use crate::domain::kind::Layout;

/// The templates that come with the program, by file name.
const TEMPLATES: [(&str, &str); 7] = [
    ("notice-opening.j2", include_str!("../../assets/templates/notice-opening.j2")),
    ("notice-organisation.j2", include_str!("../../assets/templates/notice-organisation.j2")),
    ("notice-closing.j2", include_str!("../../assets/templates/notice-closing.j2")),
    ("minutes-opening.j2", include_str!("../../assets/templates/minutes-opening.j2")),
    ("minutes-closing.j2", include_str!("../../assets/templates/minutes-closing.j2")),
    ("pledge-opening.j2", include_str!("../../assets/templates/pledge-opening.j2")),
    ("pledge-closing.j2", include_str!("../../assets/templates/pledge-closing.j2")),
];

/// A template that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{template}, dòng {line}: {what}")]
pub struct WordingError {
    /// Its file name.
    pub template: String,
    /// The line at fault, from 1; 0 if the fault has no place.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

/// A fact that a template can name.
pub(super) type Fact = (&'static str, String);

/// The sentences of documents, and in which family's forms labels are written.
#[derive(Debug, Clone)]
pub struct Wording {
    environment: Environment<'static>,
    layout: Option<Layout>,
}

impl Wording {
    /// The program's own sentences with those of an office in their place, by file name; other names are ignored.
    ///
    /// # Errors
    /// The first overriding template that does not parse.
    pub fn new(overrides: &BTreeMap<String, String>) -> Result<Self, WordingError> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        for (name, own) in TEMPLATES {
            let text = overrides.get(name).cloned().unwrap_or_else(|| own.to_owned());
            environment.add_template_owned(name, text).map_err(|error| wording_error(name, &error))?;
        }
        Ok(Self { environment, layout: None })
    }

    /// The same sentences in the forms of a layout family, whatever the session's is.
    #[must_use]
    pub fn in_layout(mut self, layout: Layout) -> Self {
        self.layout = Some(layout);
        self
    }

    /// The layout family that was asked for.
    pub(super) fn layout(&self) -> Option<Layout> {
        self.layout
    }

    /// One sentence with its facts in it, in one line.
    ///
    /// # Errors
    /// The template names a fact that there is not, or computes what cannot be computed.
    pub(super) fn sentence(&self, name: &str, facts: &[Fact]) -> Result<String, WordingError> {
        let template = self.environment.get_template(name).map_err(|error| wording_error(name, &error))?;
        let facts = Value::from_pairs(facts.iter().map(|(name, fact)| (*name, fact.as_str())));
        let text = template.render(facts).map_err(|error| wording_error(name, &error))?;
        Ok(one_line(&text))
    }
}

/// Line ends become single spaces; no-break spaces stay.
fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

fn wording_error(name: &str, error: &minijinja::Error) -> WordingError {
    let what = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    WordingError { template: name.to_owned(), line: error.line().unwrap_or(0), what }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_overrides_a_sentence() {
        let overrides = BTreeMap::from([("notice-closing.j2".to_owned(), "Hết.\n".to_owned())]);
        let wording = Wording::new(&overrides).unwrap();
        assert_eq!(wording.sentence("notice-closing.j2", &[]), Ok("Hết.".to_owned()));
    }

    #[test]
    fn a_broken_template_is_named_with_its_line() {
        let overrides = BTreeMap::from([("notice-closing.j2".to_owned(), "một\n{{ hai".to_owned())]);
        let error = Wording::new(&overrides).unwrap_err();
        assert_eq!((error.template.as_str(), error.line), ("notice-closing.j2", 2));
    }

    #[test]
    fn a_fact_that_there_is_not_is_an_error() {
        let overrides = BTreeMap::from([("notice-closing.j2".to_owned(), "{{ nothing }}".to_owned())]);
        let wording = Wording::new(&overrides).unwrap();
        assert_eq!(wording.sentence("notice-closing.j2", &[]).unwrap_err().line, 1);
    }
}
