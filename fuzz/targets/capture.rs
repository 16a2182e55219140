//! A line as it is captured: every word of it is a mark, a code among the first two, or still there.

#![no_main]

use std::collections::BTreeMap;

use hoinghi::{
    app::capture::grammar::{self, Parsed},
    domain::{ids::RecordId, kind::Kind},
};
use libfuzzer_sys::fuzz_target;

type Words = BTreeMap<String, usize>;

fn words<'a>(texts: impl IntoIterator<Item = &'a str>) -> Words {
    let mut words = Words::new();
    for word in texts.into_iter().flat_map(str::split_whitespace) {
        *words.entry(word.to_owned()).or_default() += 1;
    }
    words
}

/// Everything that stands in what was read, put into words again.
fn told(parsed: &Parsed) -> Words {
    let tags = parsed.tags.iter().map(|tag| format!("#{tag}"));
    let addressee = parsed.addressee.iter().map(|name| format!(">{name}"));
    let texts: Vec<String> = tags.chain(addressee).chain([parsed.text.clone()]).collect();
    words(texts.iter().map(String::as_str))
}

fn is_mark(word: &str, parsed: &Parsed) -> bool {
    match word {
        "!" | "!!" | "!!!" => parsed.weight > 0,
        "??" => parsed.check_later,
        "**" => parsed.off_record,
        _ => false,
    }
}

fuzz_target!(|line: &str| {
    let units =
        [("Q1".to_owned(), RecordId(1)), ("TĐ".to_owned(), RecordId(2)), ("kk".to_owned(), RecordId(3))];
    let parsed = grammar::parse(line, &units);
    let told = told(&parsed);
    let mut missing = words([line]);
    missing.retain(|word, count| {
        *count = count.saturating_sub(told.get(word).copied().unwrap_or(0));
        *count > 0 && !is_mark(word, &parsed)
    });
    let codes = usize::from(parsed.unit.is_some()) + usize::from(parsed.kind.is_some());
    assert!(missing.values().sum::<usize>() <= codes, "{line:?} {parsed:?} {missing:?}");
    let given = words([line]);
    for (word, count) in &told {
        assert!(
            given.get(word).is_some_and(|there| there >= count),
            "{word:?} was not typed: {line:?} {parsed:?}"
        );
    }
    assert!(parsed.weight <= 3);
    assert!(parsed.details().iter().all(|edit| edit.fits(parsed.kind_or_note())));
    assert_eq!(
        parsed.addressee.is_some(),
        parsed.addressee.is_some() && parsed.kind_or_note() == Kind::Recommendation
    );
    for word in line.split(' ') {
        let _ = grammar::completions(word, &units);
    }
});
