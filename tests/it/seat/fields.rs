//! Every place where a text is typed takes what every input method sends.

use std::time::Duration;

use chrono::TimeDelta;
use hoinghi::{app::msg::Msg, i18n::Lang, runtime::decode::Decoder};

use crate::support::{desk::Desk, ime::Ime, syllables};

/// The places, and the keys that lead there from the difficulties of the sample.
const FIELDS: [(&str, &[&str]); 8] = [
    ("capture line", &["F6"]),
    ("field of a record", &["Enter", "Enter"]),
    ("title in the form", &["Esc", "Ctrl+N"]),
    ("place in the form", &["Esc", "Ctrl+N", "Tab", "Tab", "Tab", "Tab", "Tab"]),
    ("palette", &["F9"]),
    ("find", &["Ctrl+K"]),
    ("kinds to add", &["Ctrl+N"]),
    ("speakers", &["F6", "Ctrl+O"]),
];

fn typed(desk: &mut Desk, writes: impl IntoIterator<Item = Vec<u8>>) -> String {
    let mut decoder = Decoder::new();
    for bytes in writes {
        desk.now += TimeDelta::milliseconds(60);
        decoder.feed(&bytes, Duration::from_millis(desk.now.timestamp_millis().unsigned_abs()));
        let inputs = decoder.drain();
        if !inputs.is_empty() {
            desk.tell(Msg::Input(inputs));
        }
    }
    desk.app.editor().expect("a text is being typed").text_nfc()
}

#[test]
fn every_field_takes_every_method() {
    let words = syllables::spread(960);
    for (name, keys) in FIELDS {
        let mut desk = Desk::sample(100, 30, Lang::Vietnamese);
        desk.press(keys).press(&["Ctrl+U"]);
        assert_eq!(typed(&mut desk, []), "", "{name}");
        for (ime, line) in Ime::all().zip(words.chunks(5).cycle()) {
            let keys: Vec<Vec<u8>> = line
                .iter()
                .enumerate()
                .flat_map(|(at, word)| {
                    let space = (at > 0).then(|| b" ".to_vec());
                    space.into_iter().chain(ime.keystrokes(word)).collect::<Vec<_>>()
                })
                .collect();
            let bytes = keys.concat();
            assert_eq!(typed(&mut desk, [bytes.clone()]), line.join(" "), "{name}, one write, {ime:?}");
            assert!(desk.text().contains(&line[4]), "{name}: {}", desk.text());
            desk.press(&["Ctrl+U"]);
            assert_eq!(typed(&mut desk, keys), line.join(" "), "{name}, key by key, {ime:?}");
            desk.press(&["Ctrl+U"]);
            let single = bytes.into_iter().map(|byte| vec![byte]);
            assert_eq!(typed(&mut desk, single), line.join(" "), "{name}, byte by byte, {ime:?}");
            desk.press(&["Ctrl+U"]);
        }
    }
}

#[test]
fn a_word_that_a_method_pastes_keeps_its_spaces() {
    let mut desk = Desk::sample(100, 30, Lang::Vietnamese);
    desk.press(&["F6"]).paste("việt ").paste("nam").paste(" ta\n");
    assert_eq!(desk.app.editor().unwrap().text(), "việt namta", "lines lose the blanks at their ends");
    desk.press(&["Ctrl+Z"]).paste(" ta");
    assert_eq!(desk.app.editor().unwrap().text(), "việt nam ta");
}
