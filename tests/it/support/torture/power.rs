//! Power cuts: a file system that is shut down by force, and where there is none, a recorded trace of every write and
//! sync, replayed with what was not synced dropped, torn and in another order.

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex},
};

use hoinghi::store::OpenOptions;

use super::{
    Round,
    dice::Dice,
    hand::{self, Hand, Line, Sheet},
    mount::Mount,
    office::{Office, copy},
    sample::{self, Clerk, Size},
    tally::Wrong,
    trace::{Recorder, Trace},
};

/// As many lines fit on the screen.
const MOST_LINES: usize = 36;

/// Shuts the file system down under somebody who types.
pub(super) fn disk(round: &mut Round<'_>) {
    let mut mount = match Mount::disk(96).and_then(|mount| mount.cut_power().map(|()| mount)) {
        Ok(mount) => mount,
        Err(why) => return round.tally.skip(why),
    };
    let mut sheet = Arc::new(Mutex::new(Sheet::default()));
    let office = Office::at(&mount.point.clone());
    for number in 0..round.rounds {
        if let Err(why) = mount.unmount().and_then(|()| mount.mount()) {
            return round.tally.skip(why);
        }
        let is_full = sheet.lock().unwrap().lines.len() > MOST_LINES;
        if number == 0 || is_full {
            sheet = furnish(&office, &mut round.dice);
        }
        round.tally.rounds += 1;
        let mut hand = Hand::sit(&office, &sheet);
        if hand.opens() {
            hand.clear_line();
            type_until_cut(&mut hand, &mount, &mut round.dice);
        } else {
            round.tally.wrong(Wrong::NotOpened, hand.program.text());
        }
        drop(hand);
        if let Err(why) = mount.unmount().and_then(|()| mount.mount()) {
            return round.tally.skip(why);
        }
        let there = hand::entries(&office, round.tally);
        for (wrong, detail) in hand::compare(&sheet.lock().unwrap(), &there, None) {
            let kept = office.keep(&format!("power-{}", round.tally.rounds));
            round.tally.wrong(wrong, format!("{detail} (kept in {kept})"));
        }
    }
    let saved = sheet.lock().unwrap().lines.iter().filter(|line| line.number.is_some()).count();
    round.tally.saw("lines of the last office saved", saved);
}

fn furnish(office: &Office, dice: &mut Dice) -> Arc<Mutex<Sheet>> {
    let (template, sheet) = sample::office(Size { lines: 1, secrets: 1 }, dice);
    let _none_yet = fs::remove_dir_all(office.data());
    copy(&template.data(), &office.data());
    let _synced = super::mount::quietly("sync", &["-f", office.root().to_str().unwrap()]);
    Arc::new(Mutex::new(sheet))
}

/// Types lines while another thread cuts the power, and a moment longer.
///
/// Saved is what the screen showed before the cut. A real screen is dark after it; a shutdown by force is no single moment,
/// and a kernel was seen to answer a sync that ran into it with 0 although nothing reached the medium.
fn type_until_cut(hand: &mut Hand, mount: &Mount, dice: &mut Dice) {
    let after = dice.pause(1_000..150_000);
    let mut typing = dice.clone();
    dice.next();
    let sheet = Arc::clone(&hand.sheet);
    std::thread::scope(|scope| {
        let kill = hand.program.killer();
        let cutting = scope.spawn(move || {
            std::thread::sleep(after);
            let shown = sheet.lock().unwrap().lines.clone();
            mount.cut_power().unwrap();
            std::thread::sleep(std::time::Duration::from_millis(30));
            kill();
            shown
        });
        while hand.type_line(&mut typing, 0..1) {}
        hand.program.wait();
        hand.program.last_screen();
        let shown = cutting.join().unwrap();
        for (number, line) in hand.lines().lines.iter_mut().enumerate() {
            line.number = shown.get(number).and_then(|line| line.number.clone());
        }
    });
}

/// Replays a recorded trace up to a random moment.
pub(super) fn trace(round: &mut Round<'_>) {
    let recorded = record(&mut round.dice);
    for _ in 0..round.rounds {
        round.tally.rounds += 1;
        let office = Office::new();
        let moment = round.dice.among(0..recorded.trace.len() + 1);
        fs::create_dir_all(office.data()).unwrap();
        recorded.trace.replay(moment, &office.data(), &mut round.dice);
        fs::write(office.data().join("hoinghi.json"), &recorded.marker).unwrap();
        recorded.database(moment, &office.data(), &mut round.dice);
        let saved = recorded.saved.iter().filter(|(at, _)| *at <= moment);
        let number = |_: &str| Some("GN".to_owned());
        let line = |text: &String| Line { text: text.clone(), shown: 0, number: number(text) };
        let lines: Vec<Line> = saved.map(|(_, text)| line(text)).collect();
        let later = recorded.saved.iter().filter(|(at, _)| *at > moment);
        let later = later.map(|(_, text)| Line { number: None, ..line(text) });
        let sheet = Sheet { lines: lines.iter().cloned().chain(later).collect() };
        if moment < recorded.begun {
            continue;
        }
        let there = hand::entries(&office, round.tally);
        let again = office.run(&["restore", "--merge", office.path("none").to_str().unwrap()]);
        if again.code != Some(1) || again.is_uncontained() {
            round.tally.wrong(Wrong::NotOpened, format!("{again:?}"));
        }
        for (wrong, detail) in hand::compare(&sheet, &there, None) {
            let kept = office.keep(&format!("trace-{}", round.tally.rounds));
            round.tally.wrong(wrong, format!("{detail} at {moment} (kept in {kept})"));
        }
    }
}

/// A session as it was written.
struct Recorded {
    trace: Trace,
    /// When the session was made.
    begun: usize,
    /// When each line was acknowledged.
    saved: Vec<(usize, String)>,
    /// The database as its file stood at some moments.
    databases: Vec<(usize, Office)>,
    marker: Vec<u8>,
}

impl Recorded {
    /// The newest database of the moment, with some of its pages lost; sometimes an older one, or none.
    fn database(&self, moment: usize, data: &Path, dice: &mut Dice) {
        let earlier: Vec<&Office> =
            self.databases.iter().filter(|(at, _)| *at <= moment).map(|(_, office)| office).collect();
        if earlier.is_empty() || dice.chance(20) {
            return;
        }
        copy(dice.pick(&earlier).root(), &data.join("db"));
        for file in super::office::files_under(&data.join("db")) {
            let mut bytes = fs::read(&file).unwrap();
            for page in bytes.chunks_mut(super::trace::PAGE) {
                if dice.chance(3) {
                    page.fill(0);
                }
            }
            fs::write(file, bytes).unwrap();
        }
    }
}

fn record(dice: &mut Dice) -> Recorded {
    let office = Office::new();
    let recorder = Recorder::new(&office.data());
    let options = OpenOptions {
        files: Arc::new(recorder.clone()),
        ..OpenOptions::new(dice.next().into(), "the recorder")
    };
    let mut clerk = Clerk::new(&office.data(), options);
    clerk.begin().unwrap();
    let begun = recorder.moment();
    let (mut saved, mut databases) = (Vec::new(), Vec::new());
    for number in 0..60 {
        let text = format!("l{number:05} {}", "chữ ".repeat(dice.among(1..600)).trim());
        clerk.capture(&text, false).unwrap();
        saved.push((recorder.moment(), text));
        if dice.chance(15) {
            let copied = Office::new();
            copy(&office.data().join("db"), copied.root());
            databases.push((recorder.moment(), copied));
        }
        if dice.chance(20) {
            clerk.capture(&format!("s{number:05} dòng nội bộ"), true).unwrap();
        }
    }
    let marker = fs::read(office.data().join("hoinghi.json")).unwrap();
    drop(clerk);
    Recorded { trace: recorder.trace(), begun, saved, databases, marker }
}
