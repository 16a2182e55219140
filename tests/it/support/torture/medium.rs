//! A medium that is full, read-only, gone, or broken, and a clock that is wrong.

use std::{
    fs,
    path::Path,
    process::Command,
    sync::{Arc, Mutex},
    time::Duration,
};

use hoinghi::store::OpenOptions;

use super::{
    super::{pty::binary, wrong_clock},
    Round,
    faults::FaultyDisk,
    hand::{self, Hand, Line, Sheet, is_not_saved},
    mount::Mount,
    office::{Office, copy, files_under},
    sample::{self, Clerk, Size},
    tally::{Tally, Wrong},
};

/// As many lines fit on the screen.
const MOST_LINES: usize = 45;
/// How long the program may take to say that something is not saved, or is again.
const SAYING: Duration = Duration::from_secs(10);

fn held_to(office: &Office, sheet: &Sheet, line: Option<&str>, tally: &mut Tally) {
    let there = hand::entries(office, tally);
    for (wrong, detail) in hand::compare(sheet, &there, line) {
        let kept = office.keep(&format!("medium-{}", tally.rounds));
        tally.wrong(wrong, format!("{detail} (kept in {kept})"));
    }
}

/// Types until the disk is full, makes room, and goes on.
pub(super) fn full(round: &mut Round<'_>) {
    for _ in 0..round.rounds {
        let mount = match Mount::memory(6_000) {
            Ok(mount) => mount,
            Err(why) => return round.tally.skip(why),
        };
        round.tally.rounds += 1;
        let office = Office::at(&mount.point.clone());
        let (template, sheet) = sample::office(Size { lines: 1, secrets: 0 }, &mut round.dice);
        copy(&template.data(), &office.data());
        let sheet = Arc::new(Mutex::new(sheet));
        let mut hand = Hand::sit(&office, &sheet);
        assert!(hand.opens(), "{}", hand.program.text());
        hand.take_up();
        let filler = office.path("filler");
        fill(&filler, round.dice.among(0..64) * 1024);
        let mut typed = 0;
        while typed < MOST_LINES && hand.type_long_line(&mut round.dice) {
            typed += 1;
        }
        if !hand.program.comes_to(SAYING, is_not_saved) {
            round.tally.wrong(Wrong::Silent, format!("full, and not told:\n{}", hand.program.text()));
        }
        fs::remove_file(&filler).unwrap();
        if round.dice.chance(50) {
            hand.program.signal("KILL").wait();
            held_to(&office, &hand.lines(), None, round.tally);
            continue;
        }
        hand.program.offer("\r");
        if !hand.program.comes_to(SAYING, |screen| !is_not_saved(screen)) {
            round.tally.wrong(Wrong::Lost, format!("room again, and not saved:\n{}", hand.program.text()));
        }
        hand.program.settle();
        hand.program.quit();
        held_to(&office, &hand.lines(), None, round.tally);
        sound(&office, round.tally);
        round.tally.saw("lines until full", typed);
    }
}

/// Takes all room but some bytes.
fn fill(filler: &Path, rest: usize) {
    let mut bytes = 64 << 20;
    // What does not fit is not written; then a little is given back.
    let _full = fs::write(filler, vec![7; bytes]);
    bytes = usize::try_from(filler.metadata().unwrap().len()).unwrap();
    fs::File::options().write(true).open(filler).unwrap().set_len(bytes.saturating_sub(rest) as u64).unwrap();
}

fn sound(office: &Office, tally: &mut Tally) {
    let done = office.doctor(false);
    if done.code != Some(0) {
        let kept = office.keep(&format!("unsound-{}", tally.rounds));
        tally.wrong(Wrong::Silent, format!("{done:?} (kept in {kept})"));
    }
}

/// Opens a folder in which nothing can be written: by its mount, or because it is somebody else's.
pub(super) fn read_only(round: &mut Round<'_>) {
    let mount = match Mount::disk(32) {
        Ok(mount) => mount,
        Err(why) => return round.tally.skip(why),
    };
    let office = Office::at(&mount.point.clone());
    let (template, sheet) = sample::office(Size { lines: 4, secrets: 1 }, &mut round.dice);
    copy(&template.data(), &office.data());
    for number in 0..round.rounds {
        round.tally.rounds += 1;
        let somebody_else = number % 2 == 1;
        if let Err(why) = mount.allow_writing(somebody_else) {
            return round.tally.skip(why);
        }
        let run = |arguments: &[&str]| {
            let mut command = Command::new(if somebody_else { "setpriv".into() } else { binary() });
            if somebody_else {
                command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(binary());
            }
            super::office::Done::from(office.through(command, arguments).output().unwrap())
        };
        let before = content_of(&office.data());
        for arguments in [&["import", "/etc/hostname"][..], &["doctor"], &["doctor", "--repair"]] {
            let done = run(arguments);
            if done.code != Some(1) || !done.err.contains("cannot be written") || done.is_uncontained() {
                round.tally.wrong(Wrong::Uncontained, format!("{arguments:?}: {done:?}"));
            }
        }
        let done = run(&["list"]);
        if done.code != Some(0) || !done.out.contains("Chuyên đề") {
            round.tally.wrong(Wrong::NotOpened, format!("list: {done:?}"));
        }
        if content_of(&office.data()) != before {
            round.tally.wrong(Wrong::Lost, "something was written");
        }
    }
    if mount.allow_writing(true).is_ok() {
        held_to(&office, &sheet, None, round.tally);
    }
}

fn content_of(data: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
    files_under(data).into_iter().map(|file| (file.clone(), fs::read(file).unwrap())).collect()
}

/// Takes the folder away under somebody who types, and brings it back or not.
pub(super) fn vanished(round: &mut Round<'_>) {
    for _ in 0..round.rounds {
        round.tally.rounds += 1;
        let (office, sheet) = sample::office(Size { lines: 2, secrets: 0 }, &mut round.dice);
        let sheet = Arc::new(Mutex::new(sheet));
        let mut hand = Hand::sit(&office, &sheet);
        assert!(hand.opens(), "{}", hand.program.text());
        hand.take_up();
        hand.type_line(&mut round.dice, 0..1);
        hand.is_listed();
        let away = office.path("away");
        let comes_back = round.dice.chance(50);
        if comes_back {
            fs::rename(office.data(), &away).unwrap();
        } else {
            // The database may make a file meanwhile.
            while fs::remove_dir_all(office.data()).is_err() {}
        }
        hand.try_line(&mut round.dice, 1);
        if !hand.program.comes_to(SAYING, is_not_saved) {
            round.tally.wrong(Wrong::Silent, format!("gone, and not told:\n{}", hand.program.text()));
        }
        if !comes_back {
            continue;
        }
        if let Err(error) = fs::rename(&away, office.data()) {
            let made = files_under(&office.data());
            round
                .tally
                .wrong(Wrong::Uncontained, format!("something stands in its place: {error}, {made:?}"));
            continue;
        }
        hand.program.offer("\r");
        if !hand.program.comes_to(SAYING, |screen| !is_not_saved(screen)) {
            round.tally.wrong(Wrong::Lost, format!("back, and not saved:\n{}", hand.program.text()));
        }
        hand.program.settle();
        hand.program.quit();
        held_to(&office, &hand.lines(), None, round.tally);
        sound(&office, round.tally);
    }
}

/// Works on a disk whose writes, syncs and cuts fail at random.
pub(super) fn faulty(round: &mut Round<'_>) {
    for _ in 0..round.rounds * 10 {
        round.tally.rounds += 1;
        let office = Office::new();
        let disk = FaultyDisk::new(round.dice.next());
        let options =
            OpenOptions { files: Arc::new(disk.clone()), ..OpenOptions::new(round.dice.next().into(), "it") };
        let mut clerk = Clerk::new(&office.data(), options);
        clerk.begin().unwrap();
        disk.begin_to_fail();
        let mut sheet = Sheet::default();
        for number in 0..30 {
            let text = format!("l{number:05} {}", "chữ ".repeat(round.dice.among(1..300)).trim());
            let saved = clerk.capture(&text, round.dice.chance(0)).is_ok();
            sheet.lines.push(Line { text, shown: 0, number: saved.then(|| "GN".to_owned()) });
        }
        round.tally.saw("faults", disk.faults());
        let refused = sheet.lines.iter().filter(|line| line.number.is_none()).count();
        round.tally.saw("not saved", refused);
        drop(clerk);
        held_to(&office, &sheet, None, round.tally);
        let opened = office.run(&["import", office.data().to_str().unwrap()]);
        if opened.code != Some(0) {
            round.tally.wrong(Wrong::NotOpened, format!("{opened:?}"));
        }
        held_to(&office, &sheet, None, round.tally);
    }
}

/// Works with the clock set back by a day and forward to 2099.
pub(super) fn clock(round: &mut Round<'_>) {
    if wrong_clock::program(&[]).is_none() {
        return round.tally.skip("libfaketime is not installed".to_owned());
    }
    for _ in 0..round.rounds {
        round.tally.rounds += 1;
        let (office, sheet) = sample::office(Size { lines: 2, secrets: 0 }, &mut round.dice);
        let sheet = Arc::new(Mutex::new(sheet));
        for time in ["+0d", "-1d", "@2099-12-31 23:59:58", "-1d", "+0d"] {
            let command = wrong_clock::program(&[format!("FAKETIME={time}")]).unwrap();
            let mut hand = Hand::behind(command, office.root(), &sheet);
            if !hand.opens() {
                round.tally.wrong(Wrong::NotOpened, format!("{time}: {}", hand.program.text()));
                break;
            }
            hand.take_up();
            for _ in 0..3 {
                hand.type_line(&mut round.dice, 0..1);
            }
            hand.program.settle();
            held_to(&office, &hand.lines(), Some(""), round.tally);
            if round.dice.chance(50) {
                hand.program.killer()();
                hand.program.wait();
            } else {
                hand.program.quit();
            }
        }
        held_to(&office, &sheet.lock().unwrap(), None, round.tally);
    }
}
