//! An input method that is switched on where nothing is typed: it never starts an action that was not meant.

use std::time::Duration;

use chrono::TimeDelta;
use hoinghi::{
    app::{dialogs::Dialog, effect::Effect, msg::Msg, panes::PaneId, session::Focus},
    i18n::Lang,
    runtime::decode::Decoder,
};

use crate::support::{desk::Desk, ime::Ime, syllables};

/// How bytes come from the terminal.
#[derive(Debug, Clone, Copy)]
enum Delivery {
    /// A whole line in one write.
    OneWrite,
    /// Every key a write.
    KeyByKey,
    /// Every byte a write of its own, a few milliseconds apart.
    ByteByByte,
}

const DELIVERIES: [Delivery; 3] = [Delivery::OneWrite, Delivery::KeyByKey, Delivery::ByteByByte];

/// What must not change: place, dialog, covering, focus, marks, commands.
type Place = (Option<PaneId>, Option<String>, bool, Option<Focus>, usize, usize);

fn place(desk: &Desk) -> Place {
    let seat = desk.app.session();
    let dialog = desk.app.dialog.as_ref().map(|dialog| match dialog {
        Dialog::Picker(picker) => picker.title.clone(),
        Dialog::Pages(pages) => pages.title.clone(),
        Dialog::Wizard(wizard) => format!("{}", wizard.at),
        Dialog::Folder(_) => "folder".to_owned(),
        Dialog::Invitation => "invitation".to_owned(),
    });
    let acted =
        desk.effects.iter().filter(|effect| !matches!(effect, Effect::Find { .. } | Effect::AtHome)).count();
    let marked = seat.map_or(0, |seat| seat.marked.len());
    (seat.map(|seat| seat.pane), dialog, desk.app.covered, seat.map(|seat| seat.focus), marked, acted)
}

/// Each write of a line of syllables, and the pause before it.
fn writes(ime: Ime, delivery: Delivery, line: &[String]) -> Vec<(i64, Vec<u8>)> {
    let keys: Vec<Vec<u8>> = line
        .iter()
        .flat_map(|syllable| ime.keystrokes(syllable).into_iter().chain([b" ".to_vec()]))
        .collect();
    match delivery {
        Delivery::OneWrite => vec![(1500, [keys.concat(), b"\r".to_vec()].concat())],
        Delivery::KeyByKey => keys.into_iter().chain([b"\r".to_vec()]).map(|key| (180, key)).collect(),
        Delivery::ByteByByte => {
            let bytes = |key: Vec<u8>| {
                let gap = |at: usize| if at == 0 { 150 } else { 20 };
                key.into_iter().enumerate().map(move |(at, byte)| (gap(at), vec![byte])).collect::<Vec<_>>()
            };
            keys.into_iter().flat_map(bytes).collect()
        }
    }
}

fn type_at(desk: &mut Desk, ime: Ime, delivery: Delivery, syllables: &[String]) {
    for line in syllables.chunks(4) {
        let mut decoder = Decoder::new();
        desk.now += TimeDelta::milliseconds(2500);
        for (gap, bytes) in writes(ime, delivery, line) {
            desk.now += TimeDelta::milliseconds(gap);
            decoder.feed(&bytes, Duration::from_millis(desk.now.timestamp_millis().unsigned_abs()));
            let inputs = decoder.drain();
            if !inputs.is_empty() {
                desk.tell(Msg::Input(inputs));
            }
        }
    }
}

/// The places where nothing is typed, and the keys that lead there from the difficulties of the sample.
const PLACES: [(&str, &[&str]); 13] = [
    ("Home", &["Esc"]),
    ("agenda", &["F2"]),
    ("keynote", &["F3"]),
    ("difficulties", &["F4"]),
    ("conclusions", &["F5"]),
    ("roster", &["Alt+5"]),
    ("pledge", &["Alt+6"]),
    ("triage", &["Ctrl+T"]),
    ("roll call", &["F7"]),
    ("details", &["Right"]),
    ("help", &["F1"]),
    ("history", &["Alt+8"]),
    ("cover", &["F12"]),
];

/// A syllable that is one vowel says nothing else than the pane key of a layout that has it: whoever commits it alone, means it.
fn is_a_key(syllable: &str) -> bool {
    syllable.chars().count() == 1
}

#[test]
fn no_letters_outside_a_text_start_anything() {
    let syllables: Vec<String> =
        syllables::spread(260).into_iter().filter(|syllable| !is_a_key(syllable)).take(200).collect();
    assert_eq!(syllables.len(), 200);
    for (name, keys) in PLACES {
        let mut desk = Desk::sample(100, 30, Lang::Vietnamese);
        desk.press(keys);
        let before = place(&desk);
        let mut typed = 0;
        for (turn, ime) in Ime::all().enumerate() {
            for (at, delivery) in DELIVERIES.into_iter().enumerate() {
                // Other syllables for each method, so that in turn all are typed at every place in every way.
                let part: Vec<String> =
                    syllables.iter().skip((turn + at * 3) % 9).step_by(9).cloned().collect();
                type_at(&mut desk, ime, delivery, &part);
                typed += part.len();
                assert_eq!(place(&desk), before, "{name} {ime:?} {delivery:?}\n{}", desk.text());
            }
        }
        println!("{typed:>6} syllables at {name}");
    }
}

#[test]
fn the_program_says_what_is_wrong() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.burst("vie⌫êt");
    assert!(desk.text().contains("Chữ vừa gõ không vào ô nào. F9 để xem mọi lệnh"), "{}", desk.text());
}

#[test]
fn a_digit_or_a_letter_of_a_layout_alone_still_shows_a_pane() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    for (key, pane) in [
        ("1", PaneId::Agenda),
        ("ê", PaneId::Difficulties),
        ("4", PaneId::Conclusions),
        ("ă", PaneId::Agenda),
        ("â", PaneId::Keynote),
        ("ô", PaneId::Conclusions),
    ] {
        desk.press(&[key]);
        assert_eq!(desk.app.session().map(|seat| seat.pane), Some(pane), "{key}");
    }
}

#[test]
fn a_word_that_arrives_in_pieces_takes_its_first_letter_back() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["2", "ô"]);
    desk.now += TimeDelta::milliseconds(30);
    desk.burst("ng");
    assert_eq!(desk.app.session().map(|seat| seat.pane), Some(PaneId::Keynote));
}

#[test]
fn enter_after_typed_letters_is_typing_too() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.type_text("viet").burst("⏎");
    assert_eq!(desk.app.session().map(|seat| seat.focus), Some(Focus::List));
    desk.press(&["Enter"]);
    assert_eq!(desk.app.session().map(|seat| seat.focus), Some(Focus::Detail(0)));
}

#[test]
fn backspace_outside_a_text_does_nothing() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    let before = place(&desk);
    desk.press(&["Backspace", "Backspace"]);
    assert_eq!(place(&desk), before);
    assert!(desk.app.session().is_some_and(|seat| seat.selected().is_some()));
}

#[test]
fn a_paste_where_nothing_takes_it_is_told_so() {
    let mut desk = Desk::sample(100, 24, Lang::English);
    desk.press(&["Esc"]).paste("some text");
    assert!(desk.text().contains("Open a session first"), "{}", desk.text());
}
