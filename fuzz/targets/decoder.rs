//! Bytes as a terminal sends them. `0xff`, which no terminal sends, and the byte behind it are a pause between two reads.
//!
//! No bytes hold back what comes later; text stays text; a read may be cut anywhere.

#![no_main]

use std::time::Duration;

use hoinghi::{
    keymap::key::Key,
    runtime::decode::{Decoder, Input, PASTE_SILENCE},
};
use libfuzzer_sys::fuzz_target;

/// The reads, each with the silence before it.
fn reads(bytes: &[u8]) -> Vec<(Duration, &[u8])> {
    let mut parts = bytes.split(|byte| *byte == 0xff);
    let first = (Duration::ZERO, parts.next().unwrap_or_default());
    let later = parts.map(|part| match part {
        [pause, read @ ..] => (Duration::from_millis(u64::from(*pause) * 5), read),
        [] => (Duration::ZERO, part),
    });
    std::iter::once(first).chain(later).collect()
}

fn check(inputs: &[Input]) {
    for input in inputs {
        match input {
            Input::Key(key) => assert!(!key.text().is_some_and(char::is_control), "{key:?}"),
            Input::Paste(text) => assert!(!text.is_empty()),
            Input::Mouse(_) | Input::Focus | Input::Reply => {}
        }
    }
}

/// Silence decides about everything within the longest patience.
fn fall_silent(decoder: &mut Decoder, heard: Duration) {
    let mut rounds = 0;
    while let Some(deadline) = decoder.pending_deadline() {
        assert!(deadline <= heard + PASTE_SILENCE && rounds < 4, "waits for ever");
        decoder.flush(deadline);
        rounds += 1;
    }
}

/// What one read amounts to, by pieces that come at the same time.
fn at_once<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<Input> {
    let mut decoder = Decoder::new();
    pieces.into_iter().for_each(|piece| decoder.feed(piece, Duration::ZERO));
    fall_silent(&mut decoder, Duration::ZERO);
    decoder.drain()
}

fuzz_target!(|bytes: &[u8]| {
    let reads = reads(bytes);
    let (_, first) = reads[0];
    assert_eq!(at_once([first]), at_once(first.chunks(1)), "a read may be cut anywhere");
    if let Ok(text) = str::from_utf8(first)
        && !text.contains(char::is_control)
    {
        let keys: Vec<Input> = text.chars().map(|c| Input::Key(Key::char(c))).collect();
        assert_eq!(at_once([first]), keys, "text stays text");
    }
    let (mut decoder, mut now) = (Decoder::new(), Duration::ZERO);
    for (pause, read) in reads {
        now += pause;
        decoder.feed(read, now);
        check(&decoder.drain());
    }
    fall_silent(&mut decoder, now);
    check(&decoder.drain());
    decoder.feed(b"x", now + Duration::from_mins(1));
    assert_eq!(decoder.drain(), [Input::Key(Key::char('x'))], "what came before holds nothing back");
});
