//! Ways to send that other tools and systems have: whatever they are, the text is the one that was meant.

use hoinghi::app::editor::Editor;

use crate::support::{
    ime::{Ime, Method, Order, Sending},
    syllables,
    typist::Typist,
};

/// How Backspaces and letters of one key arrive.
type Way = fn(usize, &str) -> String;

fn csi_u(backspaces: usize, text: &str) -> String {
    "\u{1b}[127u".repeat(backspaces) + text
}

fn csi_u_with_releases(backspaces: usize, text: &str) -> String {
    let letters = text.chars().map(|c| format!("\u{1b}[{0};1:1u\u{1b}[{0};1:3u", u32::from(c)));
    "\u{1b}[127;1:1u\u{1b}[127;1:3u".repeat(backspaces) + &letters.collect::<String>()
}

/// As methods on Windows do where Backspace completes something: select, then type over it.
fn selected(backspaces: usize, text: &str) -> String {
    "\u{1b}[1;2D".repeat(backspaces) + text
}

/// As methods do that go through the clipboard.
fn pasted(backspaces: usize, text: &str) -> String {
    let paste = if text.is_empty() { String::new() } else { format!("\u{1b}[200~{text}\u{1b}[201~") };
    "\u{7f}".repeat(backspaces) + &paste
}

fn with_empty(empty: char, backspaces: usize, text: &str) -> String {
    let trick = if backspaces > 0 { format!("{empty}\u{7f}") } else { String::new() };
    trick + &"\u{7f}".repeat(backspaces) + text
}

const WAYS: [(&str, Way); 10] = [
    ("Backspace as CSI u", csi_u),
    ("all as CSI u with releases", csi_u_with_releases),
    ("selection", selected),
    ("clipboard", pasted),
    ("U+200B", |backspaces, text| with_empty('\u{200b}', backspaces, text)),
    ("U+200C", |backspaces, text| with_empty('\u{200c}', backspaces, text)),
    ("U+200D", |backspaces, text| with_empty('\u{200d}', backspaces, text)),
    ("U+2060", |backspaces, text| with_empty('\u{2060}', backspaces, text)),
    ("U+202F", |backspaces, text| with_empty('\u{202f}', backspaces, text)),
    ("U+FEFF", |backspaces, text| with_empty('\u{feff}', backspaces, text)),
];

/// The bytes of each key of a word in one of the ways.
fn keys(ime: Ime, way: Way, word: &str) -> Vec<String> {
    let sent = |key: Vec<u8>| {
        let key = String::from_utf8(key).unwrap();
        let text = key.trim_start_matches('\u{7f}');
        way(key.len() - text.len(), text)
    };
    ime.keystrokes(word).into_iter().map(sent).collect()
}

#[test]
fn syllables_in_other_ways() {
    let words = syllables::spread(600);
    for (name, way) in WAYS {
        for (method, order) in [(Method::Telex, Order::AtTheEnd), (Method::Vni, Order::Corrected)] {
            let ime = Ime { method, order, sending: Sending::Replace };
            for line in words.chunks(6) {
                let keys: Vec<String> = line
                    .iter()
                    .flat_map(|word| keys(ime, way, word).into_iter().chain([" ".into()]))
                    .collect();
                let wanted = line.join(" ") + " ";
                let mut at_once = Typist::multi();
                at_once.write(&keys.concat()).wait(40);
                assert_eq!(at_once.editor.text_nfc(), wanted, "{name}, one write");
                let mut by_key = Typist::new(Editor::line());
                for key in &keys {
                    by_key.write(key).wait(40);
                }
                assert_eq!(by_key.editor.text_nfc(), wanted, "{name}, key by key");
                let mut by_byte = Typist::multi();
                keys.concat().bytes().for_each(|byte| _ = by_byte.write_bytes(&[byte]));
                assert_eq!(by_byte.wait(40).editor.text_nfc(), wanted, "{name}, byte by byte");
            }
        }
    }
}

#[test]
fn a_word_that_turns_out_foreign_gets_its_keys_back() {
    assert_eq!(Typist::multi().write("ưin").write("d").write("o").write("⌫⌫⌫⌫⌫window").text(), "window");
    assert_eq!(Typist::multi().write("te").write("⌫ẽ").write("⌫⌫text ").text(), "text ");
}

#[test]
fn bytes_of_old_encodings_are_no_text_and_break_nothing() {
    let mut typist = Typist::multi();
    for byte in 0x80..=0xff {
        typist.write_bytes(&[b'a', byte, b'b']).wait(40);
    }
    typist.write_bytes(b"\xae\xb5ng \xf1y vi\xaet").wait(40).write("việt");
    assert_eq!(typist.text(), "ab".repeat(128) + "ng y vitviệt");
}
