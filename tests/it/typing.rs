//! Everything Vietnamese that a person can type, in every way an input method sends it, arrives as
//! it was meant: through the decoder, into the editor, letter by letter.

mod cases;
mod through;
mod ways;

use unicode_normalization::UnicodeNormalization;

use crate::support::ime::{Ime, Method};
use crate::support::syllables;
use crate::support::typist::Typist;

/// How bytes come from the terminal.
#[derive(Debug, Clone, Copy)]
enum Delivery {
    /// A whole line in one write.
    OneWrite,
    /// Every byte a write of its own.
    ByteByByte,
    /// Every key a write, cut in the middle, with a pause and an autosave in the cut.
    Gaps,
}

const SYLLABLES_A_LINE: usize = 8;

fn type_line(ime: Ime, delivery: Delivery, syllables: &[String]) -> String {
    let mut typist = Typist::multi();
    let keys: Vec<Vec<u8>> =
        syllables.iter().flat_map(|s| ime.keystrokes(s).into_iter().chain([b" ".to_vec()])).collect();
    match delivery {
        Delivery::OneWrite => _ = typist.write_bytes(&keys.concat()),
        Delivery::ByteByByte => keys.concat().iter().for_each(|byte| _ = typist.write_bytes(&[*byte])),
        Delivery::Gaps => keys.iter().for_each(|key| with_gap(&mut typist, key)),
    }
    typist.editor.text_nfc()
}

fn with_gap(typist: &mut Typist, key: &[u8]) {
    let (head, tail) = key.split_at(key.len() / 2);
    typist.write_bytes(head).wait(60);
    let draft = typist.editor.draft();
    typist.editor.resize(40, 3);
    assert_eq!(typist.editor.draft(), draft);
    typist.write_bytes(tail).wait(60);
}

/// The syllables that arrived wrong, as `wanted → got`.
fn wrong(ime: Ime, delivery: Delivery, wanted: &[String]) -> Vec<String> {
    let lines = wanted.chunks(SYLLABLES_A_LINE);
    lines
        .flat_map(|line| {
            let got = type_line(ime, delivery, line);
            let got: Vec<String> = got.split(' ').map(str::to_owned).collect();
            assert_eq!(got.len(), line.len() + 1, "{ime:?} {delivery:?}: {got:?}");
            line.iter()
                .zip(got)
                .filter(|(wanted, got)| *wanted != got)
                .map(|(w, g)| format!("{w} → {g}"))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn run(name: &str, method: Method, wanted: &[String]) {
    assert!(wanted.iter().all(|text| text.nfc().eq(text.chars())));
    let mut total = 0;
    for ime in Ime::all().filter(|ime| ime.method == method) {
        for delivery in [Delivery::OneWrite, Delivery::ByteByByte, Delivery::Gaps] {
            let wrong = wrong(ime, delivery, wanted);
            let some: Vec<&String> = wrong.iter().take(5).collect();
            assert!(wrong.is_empty(), "{ime:?} {delivery:?}: {} wrong, such as {some:?}", wrong.len());
            println!(
                "{:>6} {name}: {method:?}, {:?}, {:?}, {delivery:?}",
                wanted.len(),
                ime.order,
                ime.sending
            );
            total += wanted.len();
        }
    }
    println!("{total:>6} {name} in all with {method:?}, none wrong");
}

#[test]
fn all_134_letters_in_every_way() {
    for method in Method::ALL {
        run("letters", method, &syllables::letters());
    }
}

#[test]
fn five_thousand_syllables_in_every_way_of_telex() {
    run("syllables", Method::Telex, &syllables::spread(5_000));
}

#[test]
fn five_thousand_syllables_in_every_way_of_vni() {
    run("syllables", Method::Vni, &syllables::spread(5_000));
}
