//! Two programs at once, copies taken while the folder is open, copies used apart, an old backup that comes back.

use std::{
    collections::BTreeMap,
    fs,
    sync::{Arc, Mutex},
};

use super::{
    Round,
    hand::{self, Hand, Sheet, compare},
    office::{Office, copy},
    sample::{self, Clerk, Size},
    tally::{Tally, Wrong},
};

type Content = BTreeMap<String, String>;

/// Everything that was there must be there, once, in both after each took in the other; and both must be sound.
fn unite(a: &Office, b: &Office, wanted: &Content, tally: &mut Tally) {
    for (into, from) in [(a, b), (b, a), (a, b)] {
        let done = into.run(&["import", from.data().to_str().unwrap()]);
        if done.code != Some(0) {
            tally.wrong(Wrong::NotOpened, format!("{done:?}"));
        }
    }
    for office in [a, b] {
        let found = office.content();
        if found != *wanted {
            let wrong = if found.len() < wanted.len() { Wrong::Lost } else { Wrong::Doubled };
            let kept = office.keep(&format!("unite-{}", tally.rounds));
            tally.wrong(wrong, format!("{} of {} records (kept in {kept})", found.len(), wanted.len()));
        }
        let done = office.doctor(false);
        if done.code != Some(0) {
            let kept = office.keep(&format!("unite-{}", tally.rounds));
            tally.wrong(Wrong::Silent, format!("{done:?} (kept in {kept})"));
        }
    }
}

/// What two offices have together.
fn both(a: &Office, b: &Office) -> Content {
    let mut all = a.content();
    all.extend(b.content());
    all
}

/// A second program joins the first, which goes on undisturbed whatever becomes of the second; deeds that need the folder for themselves
/// are told who holds it, reading goes on, and changes are handed to the first, here those that it has already.
pub(super) fn two_programs(round: &mut Round<'_>) {
    for _ in 0..round.rounds {
        round.tally.rounds += 1;
        let (office, sheet) = sample::office(Size { lines: 2, secrets: 0 }, &mut round.dice);
        let sheet = Arc::new(Mutex::new(sheet));
        let mut first = Hand::sit(&office, &sheet);
        assert!(first.opens(), "{}", first.program.text());
        first.take_up();
        let file = office.path("backup");
        let file = file.to_str().unwrap();
        for _ in 0..4 {
            first.type_line(&mut round.dice, 0..1);
            first.is_listed();
            for (arguments, code) in
                [(&["doctor"][..], 3), (&["backup", file], 0), (&["list"], 0), (&["import", file], 0)]
            {
                let done = office.run(arguments);
                if done.code != Some(code) || (code == 3 && !done.err.contains("Lan (pid ")) {
                    round.tally.wrong(Wrong::Uncontained, format!("{arguments:?}: {done:?}"));
                }
            }
            join(&office, &sheet, round);
        }
        first.program.quit();
        let there = hand::entries(&office, round.tally);
        for (wrong, detail) in compare(&sheet.lock().unwrap(), &there, None) {
            round.tally.wrong(wrong, detail);
        }
    }
}

/// Joins, stores a line, leaves another half-typed, and goes: in order, killed, or with the terminal.
fn join(office: &Office, sheet: &Arc<Mutex<Sheet>>, round: &mut Round<'_>) {
    let mut second = Hand::sit(office, sheet);
    if !second.opens() {
        return round.tally.wrong(Wrong::NotOpened, second.program.text());
    }
    second.take_up();
    second.type_line(&mut round.dice, 0..1);
    if !second.is_listed() {
        round.tally.wrong(Wrong::Lost, second.program.text());
    }
    match round.dice.among(0..3) {
        0 => drop(second.program.quit()),
        1 => drop(second.program.signal("KILL").wait()),
        _ => second.program.hang_up(),
    }
}

/// A copy taken while somebody types holds all that was saved before, opens, and can be united with the original.
pub(super) fn copied_while_open(round: &mut Round<'_>) {
    for _ in 0..round.rounds {
        round.tally.rounds += 1;
        let (office, sheet) = sample::office(Size { lines: 5, secrets: 1 }, &mut round.dice);
        let sheet = Arc::new(Mutex::new(sheet));
        let mut typist = Hand::sit(&office, &sheet);
        assert!(typist.opens(), "{}", typist.program.text());
        typist.take_up();
        for _ in 0..round.dice.among(1..6) {
            typist.type_line(&mut round.dice, 0..1);
        }
        // Whoever has no line in the copy yet is not known there, and what they write comes as a proposal.
        typist.is_listed();
        let before = sheet.lock().unwrap().lines.clone();
        let copied = Office::new();
        let mut typing = round.dice.clone();
        std::thread::scope(|scope| {
            scope.spawn(|| copy(&office.data(), &copied.data()));
            for _ in 0..4 {
                typist.type_line(&mut typing, 0..1);
            }
        });
        round.dice.next();
        typist.program.quit();
        let opened = copied.run(&["import", office.data().to_str().unwrap()]);
        let there = hand::entries(&copied, round.tally);
        let saved = before.iter().filter(|line| line.number.is_some());
        let lost = saved.filter(|line| there.iter().all(|entry| entry.text != line.text)).count();
        if opened.code != Some(0) || lost > 0 {
            let kept = copied.keep(&format!("copied-{}", round.tally.rounds));
            round.tally.wrong(Wrong::Lost, format!("{lost} lines, {opened:?} (kept in {kept})"));
        }
        let wanted = both(&office, &copied);
        unite(&office, &copied, &wanted, round.tally);
    }
}

/// Both copies of a folder are used, and both take in the other.
pub(super) fn both_copies_used(round: &mut Round<'_>) {
    for _ in 0..round.rounds {
        round.tally.rounds += 1;
        let (ours, _) = sample::office(Size { lines: 5, secrets: 1 }, &mut round.dice);
        if round.dice.chance(50) {
            fs::remove_file(ours.data().join("clean")).unwrap();
        }
        let theirs = Office::copy_of(&ours.data());
        for _ in 0..round.dice.among(1..4) {
            for (office, name) in [(&ours, "ours"), (&theirs, "theirs")] {
                work(office, name, round);
            }
        }
        let wanted = both(&ours, &theirs);
        unite(&ours, &theirs, &wanted, round.tally);
    }
}

/// An old backup is restored and used, and united with the newer folder.
pub(super) fn restored_and_united(round: &mut Round<'_>) {
    for _ in 0..round.rounds {
        round.tally.rounds += 1;
        let (newer, _) = sample::office(Size { lines: 5, secrets: 1 }, &mut round.dice);
        work(&newer, "before", round);
        let file = newer.path("backup");
        let file = file.to_str().unwrap();
        let done = newer.run(&["backup", file]);
        work(&newer, "after", round);
        let older = Office::new();
        let restored = older.run(&["restore", file]);
        if done.code != Some(0) || restored.code != Some(0) {
            round.tally.wrong(Wrong::NotOpened, format!("{done:?} {restored:?}"));
        }
        work(&older, "restored", round);
        let wanted = both(&newer, &older);
        unite(&newer, &older, &wanted, round.tally);
    }
}

/// An opening with some lines, that ends cleanly or not.
fn work(office: &Office, name: &str, round: &mut Round<'_>) {
    let mut clerk = Clerk::reopen(&office.data(), &mut round.dice);
    for number in 0..round.dice.among(1..8) {
        clerk.capture(&format!("{name} {number}"), false).unwrap();
    }
    if round.dice.chance(50) {
        clerk.store.close().unwrap();
    }
}
