//! Finding while one types, against `fzf -e` on the same texts.

use std::{
    fs,
    path::{Path, PathBuf},
};

use hoinghi::{
    domain::kind::Kind,
    search::label,
    store::{OpenOptions, Store, Text},
    text::fold::fold,
};
use serde::{Deserialize, Serialize};

use super::{
    Failure, Rounds,
    archives::{self, Place},
    making::Size,
    screens::EQUAL,
    table::{Row, against, ms, ratio},
    terminal::{Start, Terminal},
};

/// Out of the session to Home, where all sessions are found.
const OUT: &str = "\x1b";
const FIND: &str = "\x0b";
const CLEAR: &str = "\x15";

pub(crate) fn rows(place: &Place, rounds: &Rounds) -> Result<Vec<Row>, Failure> {
    let of = |records, must, goal| {
        let what = format!("finding among {records} records, first screen of hits : fzf -e");
        let fzf = PathBuf::from("/usr/bin/fzf");
        if !fzf.exists() {
            return Ok(Row::skipped(&what, "no fzf here"));
        }
        let dir = place.archive(&format!("archive-{records}"), Size { records, ..EQUAL })?;
        let found = compare(place, &dir, &fzf, rounds.searches)?;
        let [ours, fzf] = found;
        Ok::<_, Failure>(Row::new(&what, ratio(&ours, &fzf), must, goal, against(&ours, &fzf, "ms")))
    };
    Ok(vec![of(100_000, 0.5, 0.25)?, of(1_000_000, 0.25, 0.1)?])
}

/// Both have read everything before anything is measured; then a query that one record answers is sent in one write, and
/// the time runs until that record is on the screen.
fn compare(place: &Place, dir: &Path, fzf: &Path, times: usize) -> Result<[Vec<f64>; 2], Failure> {
    let (list, needles) = (place.file("texts.txt"), place.file("needles.json"));
    let [dir_text, list_text, needles_text] = [dir, &list, &needles].map(|path| path.display().to_string());
    archives::apart(&["--texts", &dir_text, &list_text, &needles_text, &(times + 1).to_string()])?;
    let Needles { count, needles } = serde_json::from_slice(&fs::read(&needles)?)?;
    let (mut ours, _) = Terminal::start(&Place::start(dir), &place.home)?;
    let mut other = other(place, fzf, &list, count)?;
    ours.press(&[OUT, FIND])?;
    let mut measured = [Vec::new(), Vec::new()];
    for (round, needle) in needles.iter().enumerate() {
        for ((terminal, times), shown) in
            [&mut ours, &mut other].into_iter().zip(&mut measured).zip([&needle.words, &needle.folded])
        {
            let took = find(terminal, &needle.query, shown)?;
            // The first search waits until everything is read.
            times.extend((round > 0).then_some(took));
        }
    }
    ours.leave()?;
    other.leave()?;
    Ok(measured)
}

/// In a process of its own: writes all texts of an archive, folded, to one file, and what to look for to another.
pub(crate) fn write_texts(arguments: &[String]) -> Result<(), Failure> {
    let [dir, list, file, count] = arguments else { return Err("four arguments".into()) };
    let mut store = Store::open(Path::new(dir), OpenOptions::new(1, "the benchmark"))?;
    store.settle()?;
    let mut texts: Vec<Text> = Vec::new();
    for session in store.catalogue().sessions() {
        texts.extend_from_slice(&store.texts(session.scope)?);
    }
    store.close()?;
    let lines: Vec<String> = texts.iter().map(line).collect();
    fs::write(list, lines.join("\n") + "\n")?;
    let needles = Needles { count: texts.len(), needles: needles(&texts, &lines, count.parse()?) };
    fs::write(file, serde_json::to_vec(&needles)?)?;
    Ok(())
}

fn other(place: &Place, fzf: &Path, list: &Path, count: usize) -> Result<Terminal, Failure> {
    let command = format!("{} -e --no-hscroll < {}", fzf.display(), list.display());
    let start = Start {
        program: PathBuf::from("/bin/sh"),
        arguments: vec!["-c".to_owned(), command],
        ready: format!("{count}/{count}"),
        quit: "\x1b",
    };
    Ok(Terminal::start(&start, &place.home)?.0)
}

fn find(terminal: &mut Terminal, query: &str, shown: &str) -> Result<f64, Failure> {
    let sent = terminal.send(query)?;
    let seen = terminal.until(|screen| screen.contains(shown), shown)?;
    terminal.drain(std::time::Duration::from_millis(100));
    terminal.send(CLEAR)?;
    if terminal.text().contains(shown) {
        terminal.until(|screen| !screen.contains(shown), "another list")?;
    }
    terminal.drain(std::time::Duration::from_millis(100));
    Ok(ms(seen.duration_since(sent)))
}

/// How many texts there are, and what to look for among them.
#[derive(Serialize, Deserialize)]
struct Needles {
    count: usize,
    needles: Vec<Needle>,
}

/// What is asked for, and how it looks.
#[derive(Serialize, Deserialize)]
struct Needle {
    query: String,
    words: String,
    folded: String,
}

/// How many letters of a hit are looked for on the screen.
const SHOWN: usize = 48;

/// How many lines may stand on a screen.
const FIRST: usize = 200;

fn line(text: &Text) -> String {
    fold(&label(text.number.as_deref(), &text.words))
}

fn start(line: &str) -> String {
    line.chars().take(SHOWN).collect()
}

/// Records that are the only answer to their query, spread over the archive.
fn needles(texts: &[Text], lines: &[String], count: usize) -> Vec<Needle> {
    let is_single = |needle: &Needle| {
        let words: Vec<&str> = needle.query.split(' ').collect();
        let answers = lines.iter().filter(|line| words.iter().all(|word| line.contains(word)));
        answers.take(2).count() == 1
    };
    let needle = |text: &Text| Needle {
        query: query(text),
        words: start(&label(text.number.as_deref(), &text.words)),
        folded: start(&line(text)),
    };
    // The first lines, and notes of the newest session, stand on the screens before anything is looked for.
    let hidden = texts.iter().skip(FIRST).filter(|text| text.kind == Kind::Opinion.name());
    let step = texts.len() / (count * 20).max(1);
    hidden.step_by(step.max(1)).map(needle).filter(is_single).take(count).collect()
}

/// The number and the last words: `gp-204 hai lan mot quy`.
fn query(text: &Text) -> String {
    let folded = line(text);
    let words: Vec<&str> = folded.split(' ').collect();
    let last = words.get(words.len().saturating_sub(4)..).unwrap_or_default();
    format!("{} {}", words.first().copied().unwrap_or_default(), last.join(" "))
}
