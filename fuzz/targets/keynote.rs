//! Bytes as the file of a keynote report: every letter of it is in a section or in the report of what was left out.

#![no_main]

use hoinghi::{
    import::{self, Omission, Section},
    text::nfc,
};
use libfuzzer_sys::fuzz_target;

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

fn of_section(section: &Section) -> usize {
    letters(&section.heading) + section.paragraphs.iter().map(|text| letters(text)).sum::<usize>()
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = nfc::decode_bytes(bytes) else { return };
    let read = import::keynote(&text);
    let kept: usize = read.sections.iter().map(of_section).sum();
    let visible = read.left_out.iter().filter(|left| left.what != Omission::Hidden);
    let left: usize = visible.map(|left| letters(&left.text)).sum();
    assert_eq!(kept + left, letters(&nfc::clean(&text)));
    for text in read.sections.iter().flat_map(|section| section.paragraphs.iter().chain([&section.heading])) {
        assert!(!text.chars().any(|c| nfc::is_steering(c) && c != '\t'), "{text:?}");
    }
    let lines = text
        .chars()
        .filter(|c| matches!(c, '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}'));
    let last = lines.count() + 1;
    assert!(read.left_out.iter().all(|left| (1..=last).contains(&left.line)));
});
