//! How long the radar takes: `cargo run --release --example radar`. Prints, judges nothing.
//!
//! The texts are put together from the labelled difficulties, so that every word is in hundreds of them: harder than an archive.

use std::{
    io::{self, Write},
    time::{Duration, Instant},
};

use hoinghi::search::radar::Radar;

const DIFFICULTIES: &str = include_str!("../tests/it/data/radar/difficulties.txt");
const LINES: &str = include_str!("../tests/it/data/radar/tuning.txt");

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "texts     a text in   a key: p50, p99, worst; best of five, since the machine has other work"
    )?;
    for count in [200, 10_000, 100_000] {
        let (filled, radar) = fill(count);
        let mut keys = keys(&radar);
        keys.sort_unstable();
        let at = |part: usize| {
            keys.get((keys.len() * part / 100).min(keys.len() - 1)).copied().unwrap_or_default()
        };
        writeln!(
            out,
            "{count:>7}   {:>7.1?}   {:.2?}, {:.2?}, {:.2?}",
            filled / count,
            at(50),
            at(99),
            at(100)
        )?;
    }
    Ok(())
}

/// The index of so many texts, and how long it took to fill.
fn fill(count: u32) -> (Duration, Radar<u32>) {
    let words: Vec<&str> =
        DIFFICULTIES.lines().filter_map(|line| line.split_once(' ')).map(|(_, text)| text).collect();
    let texts: Vec<String> = (0..count as usize).map(|n| mixed(&words, n)).collect();
    let mut radar = Radar::default();
    let start = Instant::now();
    for (key, text) in (0..).zip(&texts) {
        radar.put(key, text);
    }
    (start.elapsed(), radar)
}

/// The beginning of one difficulty and the end of another.
fn mixed(all: &[&str], n: usize) -> String {
    let half = |text: &str, from_start: bool| {
        let words: Vec<&str> = text.split(' ').collect();
        let (first, second) = words.split_at(words.len() / 2);
        if from_start { first.join(" ") } else { second.join(" ") }
    };
    let one = all.get(n % all.len()).map(|text| half(text, true)).unwrap_or_default();
    let other = all.get(n / all.len() % all.len()).map(|text| half(text, false)).unwrap_or_default();
    format!("{one} {other}, việc thứ {}", n % 997)
}

/// The time of every key of the tuning lines, typed one after the other.
fn keys(radar: &Radar<u32>) -> Vec<Duration> {
    let lines = LINES.lines().step_by(5).filter_map(|line| line.split_once(" | "));
    let typed = lines
        .flat_map(|(line, _)| line.char_indices().map(move |(at, _)| line.get(..at).unwrap_or_default()));
    typed.map(|typed| timed(radar, typed)).collect()
}

fn timed(radar: &Radar<u32>, line: &str) -> Duration {
    let once = |_| {
        let start = Instant::now();
        std::hint::black_box(radar.nearest(line, 3));
        start.elapsed()
    };
    (0..5).map(once).min().unwrap_or_default()
}
