//! Damaged files: cut, flipped, zeroed, removed, swapped, doubled, grown, overwritten, turned round, obstructed; in one copy or in both.
//!
//! After each the folder must be whole again, or the loss be told by the program when it opens and by `doctor`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex},
    time::Duration,
};

use super::{
    Round,
    dice::Dice,
    hand::{Hand, Sheet},
    office::{Done, Office, files_under},
    sample::{self, Clerk, Size},
    tally::Wrong,
};

/// How long the program may take to name a loss while it already works.
const TELLING: Duration = Duration::from_secs(3);
/// How many warnings may stand before the one that is looked for.
const WARNINGS: u32 = 8;

/// The ways to damage a file.
#[derive(Debug, Clone, Copy)]
enum Harm {
    Cut,
    Flip,
    ZeroTail,
    Remove,
    Swap,
    Double,
    /// Some bytes more somewhere.
    Insert,
    /// A block of another file.
    Block,
    /// The lines from the last to the first, or the bytes of a file without lines.
    Reverse,
    /// Line ends as another system writes them.
    LineEnds,
    /// A folder where the file was.
    Folder,
    /// A pipe, or a link to nowhere or to itself.
    Pipe,
    Link,
}

const HARMS: [Harm; 13] = [
    Harm::Cut,
    Harm::Flip,
    Harm::ZeroTail,
    Harm::Remove,
    Harm::Swap,
    Harm::Double,
    Harm::Insert,
    Harm::Block,
    Harm::Reverse,
    Harm::LineEnds,
    Harm::Folder,
    Harm::Pipe,
    Harm::Link,
];
/// How many bytes a file system keeps together.
const BLOCK: usize = 4096;

/// The places to damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Log,
    Private,
    Sled,
    Drafts,
    LogAndSled,
}

impl Place {
    fn files(self, data: &Path) -> Vec<PathBuf> {
        let under = |folder: &str| files_under(&data.join(folder));
        match self {
            Self::Log | Self::LogAndSled => under("log"),
            Self::Private => under("private"),
            Self::Sled => under("db"),
            Self::Drafts => under("drafts"),
        }
    }
}

impl Harm {
    /// Damages one of the files; what was done.
    fn strike(self, files: &[PathBuf], others: &[PathBuf], dice: &mut Dice) -> String {
        let file = dice.pick(files).clone();
        let mut bytes = fs::read(&file).unwrap();
        let len = bytes.len();
        match self {
            Self::Cut => bytes.truncate(end(&bytes, dice)),
            Self::Flip if len > 0 => bytes[dice.among(0..len)] ^= 1 << dice.among(0..8),
            Self::ZeroTail => bytes.iter_mut().skip(dice.among(0..len.max(1))).for_each(|byte| *byte = 0),
            Self::Insert => {
                let at = dice.among(0..len + 1);
                let more: Vec<u8> = (0..dice.among(1..40)).map(|_| dice.next().to_le_bytes()[0]).collect();
                bytes.splice(at..at, more);
            }
            Self::Block => {
                let from = fs::read(dice.pick::<PathBuf>(others)).unwrap();
                let at = dice.among(0..len / BLOCK + 1) * BLOCK;
                let from = from.into_iter().cycle().skip(dice.among(0..7) * BLOCK);
                bytes.iter_mut().skip(at).take(BLOCK).zip(from).for_each(|(byte, other)| *byte = other);
            }
            Self::Reverse if bytes.contains(&b'\n') => {
                bytes = bytes.split_inclusive(|byte| *byte == b'\n').rev().flatten().copied().collect();
            }
            Self::Reverse => bytes.reverse(),
            Self::LineEnds => {
                let ends = |byte: u8| if byte == b'\n' { vec![b'\r', b'\n'] } else { vec![byte] };
                bytes = bytes.into_iter().flat_map(ends).collect();
            }
            Self::Remove | Self::Folder | Self::Pipe | Self::Link => {
                fs::remove_file(&file).unwrap();
                self.obstruct(&file, dice);
                return format!("{self:?} {}", file.display());
            }
            Self::Swap | Self::Double => return self.exchange(&file, dice.pick::<PathBuf>(others), &bytes),
            Self::Flip => {}
        }
        fs::write(&file, bytes).unwrap();
        format!("{self:?} {}", file.display())
    }

    /// Puts something else in the place of a file.
    fn obstruct(self, file: &Path, dice: &mut Dice) {
        match self {
            Self::Folder => fs::create_dir(file).unwrap(),
            Self::Pipe => assert!(Command::new("mkfifo").arg(file).status().unwrap().success()),
            Self::Link => {
                let itself = PathBuf::from(file.file_name().unwrap());
                let to = if dice.chance(50) { itself } else { "/nowhere/at/all".into() };
                let linked = Command::new("ln").arg("-s").arg(to).arg(file).status().unwrap();
                assert!(linked.success());
            }
            _ => {}
        }
    }

    fn exchange(self, file: &Path, other: &Path, bytes: &[u8]) -> String {
        if matches!(self, Self::Swap) {
            fs::write(file, fs::read(other).unwrap()).unwrap();
        }
        fs::write(other, bytes).unwrap();
        format!("{self:?} {} and {}", file.display(), other.display())
    }
}

/// Anywhere, or at the end of a line, where a cut is hard to see.
fn end(bytes: &[u8], dice: &mut Dice) -> usize {
    let ends: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at] == b'\n').map(|at| at + 1).collect();
    if ends.is_empty() || dice.chance(50) { dice.among(0..bytes.len().max(1)) } else { *dice.pick(&ends) }
}

/// Breaks one byte of the database.
pub(super) fn spoil_database(data: &Path, dice: &mut Dice) {
    let files = files_under(&data.join("db"));
    if !files.is_empty() {
        Harm::Flip.strike(&files, &[], dice);
    }
}

/// What a damaged folder is to be held to.
struct Whole {
    office: Office,
    sheet: Sheet,
    secrets: usize,
    /// The half-typed line.
    draft: String,
}

impl Whole {
    /// Two openings' logs, off-record lines in each, and a line left half-typed.
    fn new(dice: &mut Dice) -> Self {
        let (office, sheet) = sample::office(Size { lines: 6, secrets: 2 }, dice);
        let mut clerk = Clerk::reopen(&office.data(), dice);
        clerk.capture("s00002 dòng nội bộ", true).unwrap();
        clerk.store.close().unwrap();
        let sheet = Arc::new(Mutex::new(sheet));
        let mut hand = Hand::sit(&office, &sheet);
        assert!(hand.opens());
        hand.take_up();
        for _ in 0..3 {
            hand.type_line(dice, 0..1);
        }
        let draft = "gõ dở dang".to_owned();
        hand.program.type_text(&draft).wait_for(&draft);
        hand.program.quit();
        let sheet = std::mem::take(&mut *sheet.lock().unwrap());
        Self { office, sheet, secrets: 3, draft }
    }

    /// What of it is not there any more, by the program's own export, backup and screen.
    fn lacks(&self, office: &Office, line: &str) -> Result<Vec<String>, Done> {
        let there = match office.entries() {
            // The session itself is gone, and that is told.
            Err(done) if matches!(done.code, Some(2 | 4)) => Vec::new(),
            there => there?,
        };
        let mut lacks: Vec<String> = Vec::new();
        for line in &self.sheet.lines {
            if there.iter().filter(|entry| entry.text == line.text).count() != 1 {
                lacks.push(line.text.clone());
            }
        }
        let file = office.path("all");
        let done = office.run(&["backup", "--private", file.to_str().unwrap()]);
        // 4: done with what is there, and what is not was named.
        if !matches!(done.code, Some(0 | 4)) {
            return Err(done);
        }
        let all = fs::read_to_string(file).unwrap();
        let secrets = (0..self.secrets).map(|number| format!("s{number:05} dòng nội bộ"));
        lacks.extend(secrets.filter(|secret| !all.contains(secret)));
        if line != self.draft {
            lacks.push(self.draft.clone());
        }
        Ok(lacks)
    }
}

/// What the program showed while it was open.
struct Opened {
    comes_up: bool,
    line: String,
    screen: String,
}

/// Opens the program and looks at its screen; what is found behind it may take a moment to be told.
fn open(office: &Office, expects: bool) -> Opened {
    let sheet = Arc::new(Mutex::new(Sheet::default()));
    let mut hand = Hand::sit(office, &sheet);
    let comes_up = hand.opens_something();
    hand.program.settle();
    let mut screen = hand.program.text();
    // Each warning stays until a key answers it.
    for _ in 0..WARNINGS {
        if !expects || hand.program.comes_to(TELLING / WARNINGS, is_told) {
            break;
        }
        hand.program.press(&["Down"]);
        screen += &hand.program.text();
    }
    screen += &hand.program.text();
    if comes_up {
        hand.show_capture();
    }
    let line = hand.line();
    if comes_up {
        hand.program.quit();
    }
    Opened { comes_up, line, screen: hand.program.last_screen() + &screen }
}

/// Whether a screen names a loss.
fn is_told(screen: &str) -> bool {
    screen.contains("MẤT các thay đổi") || screen.contains("Bản nháp")
}

fn trial(whole: &Whole, place: Place, harm: Harm, round: &mut Round<'_>) {
    let office = Office::copy_of(&whole.office.data());
    let data = office.data();
    let mut done = Vec::new();
    if round.dice.chance(50) {
        fs::remove_file(data.join("clean")).unwrap();
        done.push("unclean".to_owned());
    }
    let files = place.files(&data);
    let others = if round.dice.chance(50) { files.clone() } else { all_files(&data) };
    done.push(harm.strike(&files, &others, &mut round.dice));
    if place == Place::LogAndSled {
        let sled = Place::Sled.files(&data);
        let harm = *round.dice.pick(&[Harm::Remove, Harm::Flip, Harm::Cut, Harm::ZeroTail]);
        done.push(if round.dice.chance(50) {
            remove_database(&data)
        } else {
            harm.strike(&sled, &sled, &mut round.dice)
        });
    }
    let struck = Office::new();
    let copied = Command::new("cp").arg("-a").args([&data, &struck.data()]).status().unwrap();
    assert!(copied.success());
    let before = struck.doctor(false);
    let expects = before.out.contains("LOST") || before.out.contains("draft");
    let opened = open(&office, expects);
    let after = office.doctor(false);
    judge(&Trial { whole, office: &office, done, before, opened, after }, round);
}

fn remove_database(data: &Path) -> String {
    fs::remove_dir_all(data.join("db")).unwrap();
    "removed db".to_owned()
}

/// Everything that is data, as a careless hand may mix it up.
fn all_files(data: &Path) -> Vec<PathBuf> {
    ["log", "private", "db", "drafts"].iter().flat_map(|folder| files_under(&data.join(folder))).collect()
}

/// One folder after its damage.
struct Trial<'a> {
    whole: &'a Whole,
    office: &'a Office,
    done: Vec<String>,
    /// What `doctor` said before the program was opened.
    before: Done,
    opened: Opened,
    /// What it said afterwards.
    after: Done,
}

fn judge(trial: &Trial<'_>, round: &mut Round<'_>) {
    let Trial { whole, office, done, before, opened, after } = trial;
    let mut wrong = |wrong: Wrong, detail: String| {
        let kept = office.keep(&format!("damage-{}", round.tally.rounds));
        round.tally.wrong(wrong, format!("{detail}\n  after {done:?}, kept in {kept}"));
    };
    let panicked = before.is_uncontained() || after.is_uncontained() || opened.screen.contains("panicked");
    if panicked || opened.screen.contains("crash.txt") {
        return wrong(Wrong::Uncontained, format!("{before:?} {after:?}\n{}", opened.screen));
    }
    if !opened.comes_up {
        return wrong(Wrong::NotOpened, opened.screen.clone());
    }
    let lacks = match whole.lacks(office, &opened.line) {
        Ok(lacks) => lacks,
        Err(done) => return wrong(Wrong::NotOpened, format!("{done:?}")),
    };
    if lacks.is_empty() {
        return round.tally.saw("whole", 1);
    }
    let told = is_told(&opened.screen);
    let examined = before.code == Some(4) && !before.out.trim().is_empty();
    if examined && is_mended(trial) {
        round.tally.saw("mended by doctor", 1);
    } else if told && examined {
        round.tally.saw("told", 1);
    } else {
        let detail =
            format!("lacks {lacks:?}; told {told}; doctor {before:?}, then {after:?}\n{}", opened.screen);
        wrong(Wrong::Silent, detail);
    }
}

/// Whether the doctor brings back what the log lacks: behind a clean close nobody else has read the log.
fn is_mended(trial: &Trial<'_>) -> bool {
    trial.office.doctor(true);
    trial.whole.lacks(trial.office, &trial.opened.line).is_ok_and(|lacks| lacks.is_empty())
}

fn trials(round: &mut Round<'_>, place: Place) {
    let whole = Whole::new(&mut round.dice);
    let first = round.dice.among(0..HARMS.len());
    for number in first..first + round.rounds {
        round.tally.rounds += 1;
        trial(&whole, place, HARMS[number % HARMS.len()], round);
    }
}

pub(super) fn log(round: &mut Round<'_>) {
    trials(round, Place::Log);
}

pub(super) fn private(round: &mut Round<'_>) {
    trials(round, Place::Private);
}

pub(super) fn sled(round: &mut Round<'_>) {
    trials(round, Place::Sled);
}

pub(super) fn drafts(round: &mut Round<'_>) {
    trials(round, Place::Drafts);
}

pub(super) fn log_and_sled(round: &mut Round<'_>) {
    trials(round, Place::LogAndSled);
}
