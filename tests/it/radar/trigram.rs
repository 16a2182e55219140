//! The plain way to find texts that are alike, as a measure for the other: the share of common letter trigrams.

use std::collections::BTreeSet;

use hoinghi::text::fold::fold;

/// The trigrams of some texts.
pub(super) struct Trigrams<'a> {
    texts: Vec<(&'a str, BTreeSet<String>)>,
}

impl<'a> Trigrams<'a> {
    pub(super) fn new(texts: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self { texts: texts.into_iter().map(|(key, text)| (key, trigrams(text))).collect() }
    }

    /// The keys of the `limit` texts that share most with a line (Jaccard), best first.
    pub(super) fn nearest(&self, line: &str, limit: usize) -> Vec<&'a str> {
        let line = trigrams(line);
        let mut found: Vec<(f64, &str)> =
            self.texts.iter().map(|(key, own)| (shared(&line, own), *key)).collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        found.into_iter().take(limit).map(|(_, key)| key).collect()
    }
}

fn trigrams(text: &str) -> BTreeSet<String> {
    let letters: Vec<char> = format!("  {}  ", fold(text)).chars().collect();
    letters.windows(3).map(|three| three.iter().collect()).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a line has few trigrams")]
fn shared(a: &BTreeSet<String>, b: &BTreeSet<String>) -> f64 {
    let common = a.intersection(b).count();
    common as f64 / (a.len() + b.len() - common) as f64
}
