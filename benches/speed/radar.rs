//! What says nearly the same in all past sessions, as the triage asks for it.

use std::{
    fs,
    hint::black_box,
    path::Path,
    time::{Duration, Instant},
};

use hoinghi::{
    domain::ids::{RecordId, ScopeId},
    search::radar::Radar,
    store::{OpenOptions, Store},
};
use serde::{Deserialize, Serialize};

use super::{
    Failure, Rounds,
    archives::{self, Place},
    making::Size,
    screens::EQUAL,
    table::{Row, median, ms},
};

/// So many records; all are taken in, though the triage takes difficulties only.
const RECORDS: usize = 100_000;
/// So many of the nearest the triage looks through.
const LOOKED_THROUGH: usize = 48;
/// Of a round, so many lines are looked for.
const LINES: usize = 40;

/// In milliseconds.
#[derive(Serialize, Deserialize)]
struct Measured {
    answers: Vec<f64>,
    filled: f64,
}

pub(crate) fn rows(place: &Place, rounds: &Rounds) -> Result<Vec<Row>, Failure> {
    let dir = place.archive(&format!("archive-{RECORDS}"), Size { records: RECORDS, ..EQUAL })?;
    let file = place.file("radar.json");
    let count = (LINES * rounds.searches).to_string();
    archives::apart(&["--radar", &dir.display().to_string(), &file.display().to_string(), &count])?;
    let Measured { mut answers, filled } = serde_json::from_slice(&fs::read(&file)?)?;
    answers.sort_by(f64::total_cmp);
    let worst = answers.last().copied().unwrap_or_default();
    let figures = format!("p50 {:.2} ms, worst {worst:.2} ms; filled in {filled:.0} ms", median(&answers));
    let what = format!("the nearest in all sessions, {RECORDS} records, p99 in ms");
    let p99 = answers.get(answers.len() * 99 / 100).copied().unwrap_or(worst);
    Ok(vec![Row::new(&what, p99, 10.0, 2.0, figures)])
}

/// In a process of its own: fills a radar with all texts of an archive and looks for some of them.
pub(crate) fn measure(arguments: &[String]) -> Result<(), Failure> {
    let [dir, file, count] = arguments else { return Err("three arguments".into()) };
    let count: usize = count.parse()?;
    let texts = texts(Path::new(dir))?;
    let begun = Instant::now();
    let mut radar = Radar::default();
    for (key, words) in &texts {
        radar.put(*key, words);
    }
    let filled = ms(begun.elapsed());
    let lines = texts.iter().step_by((texts.len() / count).max(1));
    let answers = lines.map(|(_, words)| ms(answered(&radar, words))).collect();
    fs::write(file, serde_json::to_vec(&Measured { answers, filled })?)?;
    Ok(())
}

type Key = (ScopeId, RecordId);

/// The words of every record.
fn texts(dir: &Path) -> Result<Vec<(Key, String)>, Failure> {
    let mut store = Store::open(dir, OpenOptions::new(1, "the benchmark"))?;
    store.settle()?;
    let mut all = Vec::new();
    for session in store.catalogue().sessions() {
        let texts = store.texts(session.scope)?;
        all.extend(texts.iter().map(|text| ((session.scope, text.record), text.words.clone())));
    }
    store.close()?;
    Ok(all)
}

fn answered(radar: &Radar<Key>, line: &str) -> Duration {
    let begun = Instant::now();
    black_box(radar.nearest(line, LOOKED_THROUGH));
    begun.elapsed()
}
