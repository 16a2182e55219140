//! Syllables typed by every method through a real terminal into the real program, stored with Enter, and read back from its
//! export: what was shown and what was stored is compared letter by letter.
//!
//! `HOINGHI_SYLLABLES` says how many in all, `HOINGHI_SEED` which. Run with `--nocapture` for the list of what ran.

use std::{
    collections::BTreeMap,
    env,
    str::FromStr,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use crate::support::{
    capture::{capturing, exported_notes, shown_line},
    ime::{Ime, Sending},
    pty::Program,
    syllables,
};

/// How the bytes of a line come, its Enter included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Delivery {
    /// All in one write.
    OneWrite,
    /// A write a syllable.
    Syllables,
    /// A write a key.
    Keys,
    /// A write a byte.
    Bytes,
    /// A write a byte, 5 to 50 ms apart.
    Gaps,
    /// Enter and then the last word, in one write.
    EnterThenWord,
    /// The same in two.
    EnterThenWordApart,
}

/// How a line ends.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    ime: Ime,
    delivery: Delivery,
    words: &'a [String],
    /// Whether a space is typed behind the last word.
    spaced: bool,
}

/// How long a line may take to be shown or stored.
const PATIENCE: Duration = Duration::from_secs(30);
/// Programs that run at the same time.
const PROGRAMS: usize = 2;
/// As many as a long session has.
const SYLLABLES_A_SESSION: usize = 5_000;

fn setting<T: FromStr>(name: &str, usual: T) -> T {
    env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(usual)
}

/// A small generator of numbers, the same for every run of a seed.
#[derive(Debug, Clone, Copy)]
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides).unwrap()
    }

    /// Gaps take long: one line in forty has them.
    fn delivery(&mut self, ime: Ime) -> Delivery {
        use Delivery as D;
        let held_back = ime.sending == Sending::CommitAtEnd;
        match self.roll(40) {
            0 => D::Gaps,
            1..=8 if held_back => D::EnterThenWord,
            9..=16 if held_back => D::EnterThenWordApart,
            roll => [D::OneWrite, D::Syllables, D::Keys, D::Bytes][roll % 4],
        }
    }

    fn words(&mut self, known: &[String], count: usize) -> Vec<String> {
        (0..count).map(|_| known[self.roll(known.len() as u64)].clone()).collect()
    }
}

impl Line<'_> {
    /// The bytes of each key, a space between words, Enter at the end.
    fn keys(&self) -> Vec<Vec<Vec<u8>>> {
        let last = self.words.len() - 1;
        let word = |(at, word): (usize, &String)| {
            let space = (at < last || self.spaced).then(|| b" ".to_vec());
            self.ime.keystrokes(word).into_iter().filter(|key| !key.is_empty()).chain(space).collect()
        };
        self.words.iter().enumerate().map(word).collect()
    }

    /// The writes before the line is looked at, and those behind.
    fn writes(&self) -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
        let mut words = self.keys();
        let bytes = |bytes: Vec<u8>| bytes.into_iter().map(|byte| vec![byte]).collect();
        let enter = b"\r".to_vec();
        match self.delivery {
            Delivery::OneWrite => (Vec::new(), vec![[words.concat().concat(), enter].concat()]),
            Delivery::Syllables => (words.into_iter().map(|word| word.concat()).collect(), vec![enter]),
            Delivery::Keys => (words.concat(), vec![enter]),
            Delivery::Bytes | Delivery::Gaps => (bytes(words.concat().concat()), vec![enter]),
            Delivery::EnterThenWord | Delivery::EnterThenWordApart => {
                let last = words.pop().unwrap().concat();
                let behind = if self.delivery == Delivery::EnterThenWord {
                    vec![[enter, last].concat()]
                } else {
                    vec![enter, last]
                };
                (words.into_iter().map(|word| word.concat()).collect(), behind)
            }
        }
    }
}

/// Types one line and stores it; what was shown before Enter, if it was looked at.
fn type_line(program: &mut Program, line: &Line<'_>, dice: &mut Dice) -> Option<String> {
    let (before, behind) = line.writes();
    let looks = !before.is_empty() && behind.len() == 1 && behind[0] == b"\r";
    for write in before {
        program.send(write);
        if line.delivery == Delivery::Gaps {
            thread::sleep(Duration::from_millis(5 + dice.roll(46) as u64));
        }
    }
    let shown = looks.then(|| line_when(program, &line.words.join(" ")));
    for write in behind {
        program.send(write);
    }
    if !looks {
        // An empty line may be the one before all was read.
        program.settle();
    }
    let rest = line_when(program, "");
    assert_eq!(rest, "", "left in the line: {line:?}\n{}", program.text());
    shown
}

/// What the line of the cursor shows as soon as it shows what is wanted, or in the end.
fn line_when(program: &Program, wanted: &str) -> String {
    let started = Instant::now();
    loop {
        let shown = shown_line(program);
        if shown == wanted || started.elapsed() > PATIENCE {
            return shown;
        }
        thread::sleep(Duration::from_micros(500));
    }
}

/// What was typed by each method in each delivery, and what came of it.
#[derive(Debug, Default)]
struct Outcome {
    syllables: BTreeMap<(usize, Delivery), usize>,
    letters: usize,
    looked_at: usize,
    wrong: Vec<String>,
}

impl Outcome {
    fn compare(&mut self, what: &str, wanted: &[String], got: &str) {
        let wanted = wanted.join(" ");
        if wanted != got {
            self.wrong.push(format!("{what}: {wanted} → {got}"));
        }
    }

    fn add(&mut self, other: Self) {
        for (way, count) in other.syllables {
            *self.syllables.entry(way).or_default() += count;
        }
        self.letters += other.letters;
        self.looked_at += other.looked_at;
        self.wrong.extend(other.wrong);
    }

    fn report(&self, imes: &[Ime]) {
        for (at, Ime { method, order, sending }) in imes.iter().enumerate() {
            let ways = self.syllables.iter().filter(|((ime, _), _)| *ime == at);
            let ways: Vec<String> = ways.map(|((_, way), count)| format!("{way:?} {count}")).collect();
            println!("{method:?}, {order:?}, {sending:?}: {}", ways.join(", "));
        }
        let syllables: usize = self.syllables.values().sum();
        println!("{syllables} syllables, {} letters compared as stored", self.letters);
        println!("{} of the syllables compared as shown; {} lines wrong", self.looked_at, self.wrong.len());
    }
}

/// Types `count` syllables into a session of its own, each line by another method.
fn type_session(imes: &[Ime], count: usize, seed: u64) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    let mut program = capturing(folder.path());
    let known = syllables::spread(5_000);
    let mut dice = Dice(seed);
    let mut outcome = Outcome::default();
    let mut lines: Vec<Vec<String>> = Vec::new();
    let mut left = count;
    while left > 0 {
        let at = (lines.len() + usize::try_from(seed).unwrap()) % imes.len();
        let words = (1 + dice.roll(12)).min(left);
        let words = dice.words(&known, words);
        let delivery = dice.delivery(imes[at]);
        let held_back = matches!(delivery, Delivery::EnterThenWord | Delivery::EnterThenWordApart);
        let spaced = !held_back && dice.roll(4) == 0;
        let line = Line { ime: imes[at], delivery, words: &words, spaced };
        if let Some(shown) = type_line(&mut program, &line, &mut dice) {
            outcome.compare("shown", &words, &shown);
            outcome.looked_at += words.len();
        }
        *outcome.syllables.entry((at, delivery)).or_default() += words.len();
        left -= words.len();
        lines.push(words);
    }
    assert!(program.quit().success());
    let stored = exported_notes(folder.path());
    assert_eq!(stored.len(), lines.len());
    for (wanted, stored) in lines.iter().zip(&stored) {
        outcome.compare("stored", wanted, stored);
        outcome.letters += wanted.iter().map(|word| word.chars().count()).sum::<usize>();
    }
    outcome
}

#[test]
fn syllables_of_every_method_are_shown_and_stored_letter_by_letter() {
    let count: usize = setting("HOINGHI_SYLLABLES", 2_400);
    let seed: u64 = setting("HOINGHI_SEED", 20_230_310);
    println!("{count} syllables, seed {seed}");
    let imes: Vec<Ime> = Ime::all().collect();
    let sessions = PROGRAMS.max(count / SYLLABLES_A_SESSION);
    let next = AtomicUsize::new(0);
    let all = Mutex::new(Outcome::default());
    thread::scope(|scope| {
        for _ in 0..PROGRAMS {
            scope.spawn(|| {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= sessions {
                        break;
                    }
                    let share = count * (at + 1) / sessions - count * at / sessions;
                    let outcome = type_session(&imes, share, seed + at as u64);
                    all.lock().unwrap().add(outcome);
                }
            });
        }
    });
    let all = all.into_inner().unwrap();
    all.report(&imes);
    assert!(all.wrong.is_empty(), "such as {:#?}", &all.wrong[..all.wrong.len().min(10)]);
}

#[test]
fn other_fields_of_the_program_take_every_way_to_send() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start(folder.path(), 100, 30, &["demo"]);
    program.wait_for("KK-04");
    let words = syllables::spread(200);
    let fields: [(&str, &[&str]); 4] = [
        ("palette", &["F9"]),
        ("find", &["Ctrl+K"]),
        ("field of a record", &["Enter", "Enter"]),
        ("title in the form", &["Esc", "Esc", "Esc", "Ctrl+N"]),
    ];
    for (name, keys) in fields {
        program.press(keys);
        for (ime, line) in Ime::all().step_by(3).zip(words.chunks(4)) {
            program.send("\x15").settle();
            for (at, word) in line.iter().enumerate() {
                program.send(if at > 0 { " " } else { "" });
                for key in ime.keystrokes(word) {
                    program.send(key);
                }
            }
            program.wait_for(&line.join(" ")).settle();
            let shown = program.cursor_line();
            assert!(shown.contains(&line.join(" ")), "{name}, {ime:?}: {shown}");
        }
        program.press(&["Ctrl+U", "Esc"]);
    }
}
