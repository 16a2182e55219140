//! Files that somebody made to do harm, or that a bad medium made so: refused or kept whole, in bounded memory.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Write as _,
    path::Path,
    process::Command,
};

use super::{
    super::pty::binary,
    Round,
    dice::Dice,
    office::{Done, Office},
    sample::{self, Size},
    tally::{Tally, Wrong},
};

/// More memory than this, in kilobytes, the program is not given.
const MEMORY: u64 = 600_000;

/// Runs the program with a bound on its memory.
fn bounded(office: &Office, arguments: &[&str]) -> Done {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("ulimit -v {MEMORY} && exec \"$@\""), "sh"]).arg(binary());
    shell.env("MALLOC_ARENA_MAX", "2");
    office.through(shell, arguments).output().unwrap().into()
}

type Spoil = fn(&mut Vec<u8>, &mut Dice);

/// Ways to spoil a good backup.
const SPOILS: [(&str, Spoil); 9] = [
    ("cut", |bytes, dice| bytes.truncate(dice.among(0..bytes.len()))),
    ("flipped", |bytes, dice| {
        let at = dice.among(0..bytes.len());
        bytes[at] ^= 1 << dice.among(0..8);
    }),
    ("without its sum", |bytes, _| {
        let end = bytes[..bytes.len() - 1].iter().rposition(|byte| *byte == b'\n').unwrap();
        bytes.truncate(end + 1);
    }),
    ("a wrong sum", |bytes, _| replace(bytes, r#""blake3":""#, r#""blake3":"0"#)),
    ("deep", |bytes, _| insert(bytes, &[vec![b'['; 200_000], vec![b']'; 200_000], b"\n".to_vec()].concat())),
    ("deep payload", |bytes, _| {
        let deep = format!(r#""p":{}1{},"#, r#"{"a":"#.repeat(50_000), "}".repeat(50_000));
        replace(bytes, r#""p":"#, &deep);
    }),
    ("unknown kinds", |bytes, _| replace(bytes, r#"{"writes":"#, r#"{"later":"#)),
    ("an absurd counter", |bytes, _| replace(bytes, r#""counter":"#, r#""counter":1844674407370955161"#)),
    ("no text", |bytes, dice| {
        for byte in bytes.iter_mut().step_by(3) {
            *byte = dice.next().to_le_bytes()[0];
        }
    }),
];

/// Replaces the second occurrence, which is in the middle of a file.
fn replace(bytes: &mut Vec<u8>, from: &str, to: &str) {
    let text = String::from_utf8(std::mem::take(bytes)).unwrap();
    let second = text.match_indices(from).nth(1).or_else(|| text.match_indices(from).next());
    let (at, _) = second.unwrap();
    let (before, after) = text.split_at(at);
    *bytes = [before, to, after.strip_prefix(from).unwrap()].concat().into_bytes();
}

fn insert(bytes: &mut Vec<u8>, line: &[u8]) {
    let at = bytes.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    bytes.splice(at..at, line.iter().copied());
}

/// Imports and restores spoiled backups.
pub(super) fn files(round: &mut Round<'_>) {
    let (source, _) = sample::office(Size { lines: 30, secrets: 1 }, &mut round.dice);
    let good = source.path("good");
    assert_eq!(source.run(&["backup", good.to_str().unwrap()]).code, Some(0));
    let good = fs::read(good).unwrap();
    let (mine, _) = sample::office(Size { lines: 3, secrets: 1 }, &mut round.dice);
    for number in 0..round.rounds.max(SPOILS.len()) {
        round.tally.rounds += 1;
        let (name, spoil) = SPOILS[number % SPOILS.len()];
        let office = Office::copy_of(&mine.data());
        let mut bytes = good.clone();
        spoil(&mut bytes, &mut round.dice);
        let file = office.path("hostile");
        fs::write(&file, bytes).unwrap();
        let content = mine.content();
        let done = bounded(&office, &["import", file.to_str().unwrap()]);
        judge(name, &office, &done, &content, round.tally);
        let empty = Office::new();
        let done = bounded(&empty, &["restore", file.to_str().unwrap()]);
        judge(name, &empty, &done, &BTreeMap::default(), round.tally);
    }
}

/// It was refused in words or taken in part; what was there before is there, and the folder is sound.
fn judge(name: &str, office: &Office, done: &Done, before: &BTreeMap<String, String>, tally: &mut Tally) {
    if !matches!(done.code, Some(0..=2)) || done.is_uncontained() {
        let kept = office.keep(&format!("hostile-{}", tally.rounds));
        tally.wrong(Wrong::Uncontained, format!("{name}: {done:?} (kept in {kept})"));
    }
    tally.saw(if done.code == Some(0) { "taken as far as whole" } else { "refused" }, 1);
    if before.is_empty() {
        return;
    }
    let after = office.content();
    if before.iter().any(|(id, text)| after.get(id) != Some(text)) {
        tally.wrong(Wrong::Lost, format!("{name}: what was there before"));
    }
    let sound = office.doctor(false);
    // Lines that are missing in a file that was taken are missing here too, and told.
    if sound.is_uncontained() || !matches!(sound.code, Some(0 | 4)) {
        tally.wrong(Wrong::NotOpened, format!("{name}: {sound:?}"));
    }
}

/// A gigabyte of one line, as a backup, as a log and as a text.
pub(super) fn huge(round: &mut Round<'_>) {
    for (name, head) in [
        ("backup", "{\"hoinghi\":\"backup\",\"version\":1}\n{\"h\":{"),
        ("log", "{\"h\":{\"version\":1"),
        ("text", "một đoạn dài "),
    ] {
        round.tally.rounds += 1;
        let (office, _) = sample::office(Size { lines: 3, secrets: 0 }, &mut round.dice);
        let file = office.path("huge");
        if let Err(error) = write_huge(&file, head) {
            return round.tally.skip(format!("no room for a gigabyte: {error}"));
        }
        let content = office.content();
        let done = bounded(&office, &["import", file.to_str().unwrap()]);
        judge(name, &office, &done, &content, round.tally);
    }
}

/// A head and a gigabyte of zeros that take no room on the disk.
fn write_huge(path: &Path, head: &str) -> std::io::Result<()> {
    let mut file = File::create(path)?;
    file.write_all(head.as_bytes())?;
    file.set_len(1 << 30)
}
