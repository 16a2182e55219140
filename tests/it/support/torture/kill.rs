//! `kill -9` at any moment, or the end of the terminal.

use std::{
    fs,
    ops::Range,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use super::{
    Round,
    dice::Dice,
    hand::{End, Hand, Sheet, compare, entries},
    office::{Entry, Office},
    sample::{self, Size},
    tally::{Tally, Wrong},
};

/// After so many lines the next round begins in a new office, so that all rows fit on the screen.
const MOST_LINES: usize = 36;
/// How often a comparison is repeated while the program may still be working on what it was resumed with.
const LOOKS: usize = 40;

/// An office that is attacked again and again.
struct Siege {
    office: Office,
    sheet: Arc<Mutex<Sheet>>,
}

impl Siege {
    fn new(lines: usize, dice: &mut Dice) -> Self {
        let (office, sheet) = sample::office(Size { lines, secrets: 1 }, dice);
        Self { office, sheet: Arc::new(Mutex::new(sheet)) }
    }

    /// Opens the program and holds it to everything that was seen before; `None` if it does not open.
    fn open(&self, tally: &mut Tally) -> Option<Hand> {
        let mut hand = Hand::sit(&self.office, &self.sheet);
        if !hand.opens() {
            let kept = self.office.keep(&format!("opening-{}", tally.rounds));
            tally.wrong(Wrong::NotOpened, format!("{}\nkept in {kept}", hand.program.text()));
            return None;
        }
        hand.store_waiting();
        let mut faults = Vec::new();
        for _ in 0..LOOKS {
            let (there, line) = (entries(&self.office, tally), hand.line());
            faults = compare(&hand.lines(), &there, Some(&line));
            if faults.is_empty() {
                return Some(hand);
            }
            thread::sleep(Duration::from_millis(25));
        }
        self.found(faults, tally);
        Some(hand)
    }

    /// Holds the disk alone to what was saved.
    fn look(&self, tally: &mut Tally) -> Vec<Entry> {
        let there = entries(&self.office, tally);
        let faults = compare(&self.sheet.lock().unwrap(), &there, None);
        self.found(faults, tally);
        there
    }

    fn found(&self, faults: Vec<(Wrong, String)>, tally: &mut Tally) {
        if faults.is_empty() {
            return;
        }
        let kept = self.office.keep(&format!("{}", tally.rounds));
        for (wrong, detail) in faults {
            tally.wrong(wrong, format!("{detail} (kept in {kept})"));
        }
    }

    fn is_full(&self) -> bool {
        self.sheet.lock().unwrap().lines.len() > MOST_LINES
    }

    fn saved(&self) -> usize {
        self.sheet.lock().unwrap().lines.iter().filter(|line| line.number.is_some()).count()
    }
}

/// Ends it while lines are typed, with pauses between the letters (none: whole lines at once).
fn while_typing(round: &mut Round<'_>, pauses: Range<usize>, most: usize, ends: &[End]) {
    let mut siege = Siege::new(1, &mut round.dice);
    for _ in 0..round.rounds {
        if siege.is_full() {
            siege = Siege::new(1, &mut round.dice);
        }
        round.tally.rounds += 1;
        let Some(mut hand) = siege.open(round.tally) else {
            siege = Siege::new(1, &mut round.dice);
            continue;
        };
        let before = siege.saved();
        hand.take_up();
        hand.end_after(*round.dice.pick(ends), round.dice.pause(0..most));
        while hand.type_line(&mut round.dice, pauses.clone()) {}
        hand.program.wait();
        hand.program.last_screen();
        siege.look(round.tally);
        round.tally.saw("lines saved", siege.saved().saturating_sub(before));
    }
}

pub(super) fn typing(round: &mut Round<'_>) {
    while_typing(round, 200..4_000, 300_000, &[End::Signal("KILL")]);
}

pub(super) fn committing(round: &mut Round<'_>) {
    while_typing(round, 0..1, 80_000, &[End::Signal("KILL")]);
}

/// The terminal ends, or the system asks the program to: every letter that was shown is there, and the program is gone.
pub(super) fn terminal(round: &mut Round<'_>) {
    let ends = [End::Terminal, End::Terminal, End::Signal("HUP"), End::Signal("TERM")];
    let pauses = if round.dice.chance(50) { 200..4_000 } else { 0..1 };
    while_typing(round, pauses, 300_000, &ends);
}

/// Kills while captured lines are sorted, sorting is undone and redone.
pub(super) fn triage(round: &mut Round<'_>) {
    const KEYS: [&str; 13] =
        ["1", "2", "3", "4", "5", "6", "7", "\x1b[B", "\x1b[B", "\x1b[A", "\x1b[3~", "\x1a", "\x19"];
    let mut siege = Siege::new(20, &mut round.dice);
    for number in 0..round.rounds {
        if number % 12 == 11 {
            siege = Siege::new(20, &mut round.dice);
        }
        round.tally.rounds += 1;
        let mut hand = Hand::sit(&siege.office, &siege.sheet);
        if !hand.program.comes_to(Duration::from_secs(20), |screen| screen.contains("Chuyên đề")) {
            let kept = siege.office.keep(&format!("triage-{}", round.tally.rounds));
            round.tally.wrong(Wrong::NotOpened, format!("{}\nkept in {kept}", hand.program.text()));
            siege = Siege::new(20, &mut round.dice);
            continue;
        }
        hand.program.offer("\x14");
        hand.doom(round.dice.pause(1_000..150_000));
        while hand.program.offer(round.dice.pick(&KEYS)) && !hand.program.has_ended() {
            thread::sleep(round.dice.pause(0..12_000));
        }
        hand.program.wait();
        let there = siege.look(round.tally);
        let sorted = there.iter().filter(|entry| !entry.number.starts_with("GN")).count();
        round.tally.saw("sorted lines met", sorted);
    }
}

/// Kills in the first 30 ms of a start, several times in a row.
pub(super) fn starting(round: &mut Round<'_>) {
    let mut siege = Siege::new(12, &mut round.dice);
    for number in 0..round.rounds {
        round.tally.rounds += 1;
        if number % 5 == 4 {
            let Some(mut hand) = siege.open(round.tally) else {
                siege = Siege::new(12, &mut round.dice);
                continue;
            };
            hand.take_up();
            hand.type_line(&mut round.dice, 0..1);
            if round.dice.chance(50) {
                hand.program.quit();
            }
            if siege.is_full() {
                siege = Siege::new(12, &mut round.dice);
            }
        }
        let mut hand = Hand::sit(&siege.office, &siege.sheet);
        hand.doom(round.dice.pause(0..30_000));
        hand.program.wait();
        siege.look(round.tally);
    }
}

/// Kills while the database is made again from the logs.
pub(super) fn rebuilding(round: &mut Round<'_>) {
    let mut siege = Siege::new(34, &mut round.dice);
    for number in 0..round.rounds {
        if number % 25 == 24 {
            siege = Siege::new(34, &mut round.dice);
        }
        round.tally.rounds += 1;
        let data = siege.office.data();
        match round.dice.among(0..3) {
            0 => drop(fs::remove_dir_all(data.join("db"))),
            1 => drop(fs::remove_file(data.join("clean"))),
            _ => super::damage::spoil_database(&data, &mut round.dice),
        }
        let mut hand = Hand::sit(&siege.office, &siege.sheet);
        hand.doom(round.dice.pause(2_000..90_000));
        hand.program.wait();
        siege.look(round.tally);
        if number % 4 == 3 {
            let Some(mut hand) = siege.open(round.tally) else { continue };
            hand.program.quit();
            let sound = siege.office.doctor(false);
            if sound.code != Some(0) {
                let kept = siege.office.keep(&format!("rebuilt-{}", round.tally.rounds));
                round.tally.wrong(Wrong::Silent, format!("after a rebuild: {sound:?} (kept in {kept})"));
            }
        }
    }
}

/// Kills a restore into an empty folder, then lets it be finished.
pub(super) fn restoring(round: &mut Round<'_>) {
    let (source, _) = sample::office(Size { lines: 60, secrets: 2 }, &mut round.dice);
    let file = source.path("backup.hoinghi");
    let file = file.to_str().unwrap();
    assert_eq!(source.run(&["backup", file]).code, Some(0));
    let wanted = source.content();
    for _ in 0..round.rounds {
        round.tally.rounds += 1;
        let office = Office::new();
        let ended = office.killed(&["restore", file], round.dice.pause(0..40_000));
        round.tally.saw("ended first", usize::from(ended.is_some()));
        let again = office.run(&["restore", "--merge", file]);
        settle_union(&office, &wanted, &again, round.tally);
    }
}

/// Kills an import into a folder that has data of its own.
pub(super) fn importing(round: &mut Round<'_>) {
    let (source, _) = sample::office(Size { lines: 60, secrets: 0 }, &mut round.dice);
    let (mine, _) = sample::office(Size { lines: 5, secrets: 1 }, &mut round.dice);
    let mut wanted = source.content();
    wanted.extend(mine.content());
    let other = source.data();
    let other = other.to_str().unwrap();
    for _ in 0..round.rounds {
        round.tally.rounds += 1;
        let office = Office::copy_of(&mine.data());
        let ended = office.killed(&["import", other], round.dice.pause(0..40_000));
        round.tally.saw("ended first", usize::from(ended.is_some()));
        let kept = office.content();
        if mine.content().iter().any(|(id, text)| kept.get(id) != Some(text)) {
            round.tally.wrong(Wrong::Lost, "what was there before the import");
        }
        let again = office.run(&["import", other]);
        settle_union(&office, &wanted, &again, round.tally);
    }
}

/// What was interrupted and done again must be whole and sound.
fn settle_union(
    office: &Office,
    wanted: &std::collections::BTreeMap<String, String>,
    done: &super::office::Done,
    tally: &mut Tally,
) {
    if done.code != Some(0) {
        let kept = office.keep(&format!("union-{}", tally.rounds));
        return tally.wrong(Wrong::NotOpened, format!("{done:?} (kept in {kept})"));
    }
    let found = office.content();
    if found != *wanted {
        let kept = office.keep(&format!("union-{}", tally.rounds));
        let wrong = if found.len() < wanted.len() { Wrong::Lost } else { Wrong::Doubled };
        tally.wrong(wrong, format!("{} instead of {} records (kept in {kept})", found.len(), wanted.len()));
    }
    let sound = office.doctor(false);
    if sound.code != Some(0) {
        tally.wrong(Wrong::Silent, format!("after the union: {sound:?}"));
    }
}
