//! Measures of the program on its screens.

use std::{path::PathBuf, time::Duration};

use super::{
    Failure, Rounds,
    archives::Place,
    floor,
    making::Size,
    table::{Row, against, ms, ratio},
    terminal::{Start, Terminal},
};

pub(crate) const EQUAL: Size = Size { sessions: 40, records: 20_000, newest: None, seed: 1 };
const DOWN: &str = "\x1b[B";
const UP: &str = "\x1b[A";
pub(crate) const CAPTURE: &str = "\x1b[17~";
/// A line without marks, as the floor program can show it too.
pub(crate) const LINE: &str = "dang vien nghi huu chuyen ve noi cu cham nop ho so gioi thieu";
/// A pause after which a key is not one that is held down.
const APART: Duration = Duration::from_millis(100);
/// What is still going on after the first frame is over by then.
const SETTLED: Duration = Duration::from_millis(1500);

/// The measures of some keys.
#[derive(Debug, Default)]
struct Keys {
    last: Vec<f64>,
    cpu: Vec<f64>,
    bytes: Vec<f64>,
}

impl Keys {
    /// Presses keys one after the other.
    fn press<'a>(
        &mut self,
        terminal: &mut Terminal,
        keys: impl Iterator<Item = &'a str>,
    ) -> Result<(), Failure> {
        let (before, mut pressed) = (terminal.cpu(), 0.0);
        for key in keys {
            let answer = terminal.key(key)?;
            pressed += 1.0;
            self.last.extend(answer.map(|answer| ms(answer.last)));
            self.bytes
                .extend(answer.map(|answer| f64::from(u32::try_from(answer.bytes).unwrap_or(u32::MAX))));
        }
        self.cpu.push(ms(terminal.cpu().saturating_sub(before)) / pressed);
        Ok(())
    }
}

/// A program that was started and has come to rest.
fn rested(start: &Start, place: &Place) -> Result<Terminal, Failure> {
    let (mut terminal, _) = Terminal::start(start, &place.home)?;
    terminal.drain(SETTLED);
    Ok(terminal)
}

/// The floor program with so many rows.
fn floor(rows: usize) -> Result<Start, Failure> {
    Ok(Start {
        program: std::env::current_exe()?,
        arguments: vec!["--floor".to_owned(), rows.to_string()],
        ready: floor::READY.to_owned(),
        quit: "q",
    })
}

fn vim(place: &Place) -> Result<Option<Start>, Failure> {
    let program = PathBuf::from("/usr/bin/vim");
    if !program.exists() {
        return Ok(None);
    }
    let file = place.file("lines.txt");
    let line = |n: u32| format!("{n:>5}  what somebody said at the table\n");
    std::fs::write(&file, (1..=10_000).map(line).collect::<String>())?;
    let arguments = vec!["-u".to_owned(), "NONE".to_owned(), file.display().to_string()];
    Ok(Some(Start { program, arguments, ready: "    1  what".to_owned(), quit: "\x1b:q!\r" }))
}

/// Starts and leaves a program; how long the start took.
fn start_and_leave(start: &Start, place: &Place) -> Result<f64, Failure> {
    let (mut terminal, took) = Terminal::start(start, &place.home)?;
    terminal.drain(SETTLED / 5);
    terminal.leave()?;
    Ok(ms(took))
}

/// Starts programs by turns; the times of each.
fn starts<const N: usize>(all: [&Start; N], rounds: usize, place: &Place) -> Result<[Vec<f64>; N], Failure> {
    let mut times = [const { Vec::new() }; N];
    for _ in 0..rounds {
        for (times, start) in times.iter_mut().zip(all) {
            times.push(start_and_leave(start, place)?);
        }
    }
    Ok(times)
}

pub(crate) fn first_frame(place: &Place, rounds: &Rounds) -> Result<Vec<Row>, Failure> {
    const WHAT: &str = "first useful frame, 40 sessions and 20,000 records : vim";
    let ours = Place::start(&place.archive("archive-20000", EQUAL)?);
    let Some(vim) = vim(place)? else { return Ok(vec![Row::skipped(WHAT, "no vim here")]) };
    let [ours, vim] = starts([&ours, &vim], rounds.starts, place)?;
    Ok(vec![Row::new(WHAT, ratio(&ours, &vim), 1.0, 0.7, against(&ours, &vim, "ms"))])
}

/// The newest session has 500 records everywhere, so that only what should not be read grows.
pub(crate) fn growth(place: &Place, rounds: &Rounds) -> Result<Vec<Row>, Failure> {
    let newest = Some(500);
    let none = Size { sessions: 1, records: 500, newest, seed: 1 };
    let (some, many) = (Size { newest, ..EQUAL }, Size { newest, records: 200_000, ..EQUAL });
    let none = Place::start(&place.archive("start-0", none)?);
    let some = Place::start(&place.archive("start-20000", some)?);
    let many = Place::start(&place.archive("start-200000", many)?);
    let [none, some, many] = starts([&none, &some, &many], rounds.starts, place)?;
    let row = |what, more: &[f64], less: &[f64]| {
        Row::new(what, ratio(more, less), 1.5, 1.2, against(more, less, "ms"))
    };
    Ok(vec![
        row("start-up, 20,000 : 0 records of past sessions", &some, &none),
        row("start-up, 200,000 : 20,000 records of past sessions", &many, &some),
    ])
}

pub(crate) fn after_a_kill(place: &Place, rounds: &Rounds) -> Result<Vec<Row>, Failure> {
    let dir = place.copy(&place.archive("archive-20000", EQUAL)?, "killed")?;
    let start = Place::start(&dir);
    let (mut clean, mut killed) = (Vec::new(), Vec::new());
    for _ in 0..rounds.starts {
        let (mut terminal, took) = Terminal::start(&start, &place.home)?;
        clean.push(ms(took));
        terminal.drain(SETTLED / 5);
        terminal.kill()?;
        killed.push(start_and_leave(&start, place)?);
    }
    let figures = against(&killed, &clean, "ms");
    Ok(vec![Row::new("first open after kill -9 : a clean one", ratio(&killed, &clean), 5.0, 2.0, figures)])
}

/// Down and up again, so that no end is reached.
fn moves(times: usize) -> impl Iterator<Item = &'static str> {
    std::iter::repeat_n(DOWN, times).chain(std::iter::repeat_n(UP, times))
}

fn letters(line: &str) -> impl Iterator<Item = &str> {
    line.split_inclusive(|_| true)
}

pub(crate) fn list(place: &Place, rounds: &Rounds) -> Result<Vec<Row>, Failure> {
    let ours = Place::start(&place.archive("archive-20000", EQUAL)?);
    let mut programs = [rested(&ours, place)?, rested(&floor(200)?, place)?];
    let mut measured = [Keys::default(), Keys::default()];
    for _ in 0..rounds.keys {
        for (terminal, keys) in programs.iter_mut().zip(&mut measured) {
            keys.press(terminal, moves(30))?;
        }
    }
    programs.into_iter().try_for_each(Terminal::leave)?;
    let [ours, floor] = measured;
    let held = rows_of_keys("moving in a list, a key held down", &ours, &floor, (2.0, 1.3));
    Ok(held.into_iter().chain(steps(place, rounds)?).collect())
}

/// Steps so far apart that each shows its details at once, which the floor program does not have.
fn steps(place: &Place, rounds: &Rounds) -> Result<Vec<Row>, Failure> {
    let ours = Place::start(&place.archive("archive-20000", EQUAL)?);
    let mut programs = [rested(&ours, place)?, rested(&floor(200)?, place)?];
    let mut measured = [Keys::default(), Keys::default()];
    for _ in 0..rounds.keys {
        for (terminal, keys) in programs.iter_mut().zip(&mut measured) {
            for key in moves(4) {
                terminal.drain(APART);
                keys.press(terminal, std::iter::once(key))?;
            }
        }
    }
    programs.into_iter().try_for_each(Terminal::leave)?;
    let [ours, floor] = measured;
    Ok(rows_of_keys("moving in a list, a step alone", &ours, &floor, (2.0, 1.3)))
}

fn rows_of_keys(what: &str, ours: &Keys, floor: &Keys, (must, goal): (f64, f64)) -> Vec<Row> {
    let row = |name: &str, ours: &[f64], floor: &[f64], goal, unit| {
        let name = format!("{what}, {name} : the floor");
        Row::new(&name, ratio(ours, floor), must, goal, against(ours, floor, unit))
    };
    vec![
        row("p50", &ours.last, &floor.last, goal, "ms"),
        row("CPU a key", &ours.cpu, &floor.cpu, goal, "ms"),
        row("bytes a key", &ours.bytes, &floor.bytes, 1.2, "bytes"),
    ]
}

pub(crate) fn long_list(place: &Place, rounds: &Rounds) -> Result<Vec<Row>, Failure> {
    let size = |records| Size { sessions: 1, records, newest: None, seed: 1 };
    let long = Place::start(&place.archive("rows-100000", size(100_000))?);
    let short = Place::start(&place.archive("rows-200", size(200))?);
    let mut programs = [rested(&long, place)?, rested(&short, place)?];
    let mut measured = [Keys::default(), Keys::default()];
    for _ in 0..rounds.keys {
        for (terminal, keys) in programs.iter_mut().zip(&mut measured) {
            keys.press(terminal, moves(30))?;
        }
    }
    programs.into_iter().try_for_each(Terminal::leave)?;
    let [long, short] = measured;
    let row = |what, long: &[f64], short: &[f64]| {
        Row::new(what, ratio(long, short), 1.2, 1.05, against(long, short, "ms"))
    };
    Ok(vec![
        row("moving, 100,000 : 200 rows, p50", &long.last, &short.last),
        row("moving, 100,000 : 200 rows, CPU a key", &long.cpu, &short.cpu),
    ])
}

pub(crate) fn typing(place: &Place, rounds: &Rounds) -> Result<Vec<Row>, Failure> {
    let dir = place.copy(&place.archive("archive-20000", EQUAL)?, "typed")?;
    let mut programs = [rested(&Place::start(&dir), place)?, rested(&floor(200)?, place)?];
    let mut measured = [Keys::default(), Keys::default()];
    for _ in 0..rounds.keys {
        for ((terminal, keys), before) in programs.iter_mut().zip(&mut measured).zip([CAPTURE, ""]) {
            if !before.is_empty() {
                terminal.press(&[before, "\x15"])?;
            }
            keys.press(terminal, letters(LINE))?;
        }
    }
    programs.into_iter().try_for_each(Terminal::leave)?;
    let [ours, floor] = measured;
    Ok(rows_of_keys("typing", &ours, &floor, (2.0, 1.3)))
}

/// Letters are measured until the cursor has moved: what a commit draws beside them does not count, what it delays does.
pub(crate) fn typing_while_committing(place: &Place, rounds: &Rounds) -> Result<Vec<Row>, Failure> {
    let dir = place.copy(&place.archive("archive-20000", EQUAL)?, "committed")?;
    let mut terminal = rested(&Place::start(&dir), place)?;
    terminal.press(&[CAPTURE, "\x15"])?;
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..rounds.keys * 4 {
        for (times, commits) in [(&mut with, true), (&mut without, false)] {
            terminal.press(&["\x15"])?;
            echoes(&mut terminal, LINE.get(..30).unwrap_or(LINE), &mut Vec::new())?;
            if commits {
                let before = terminal.cursor();
                terminal.send("\r")?;
                terminal.until_screen(|terminal| terminal.cursor() != before, "an empty line")?;
            } else {
                terminal.press(&["\x15"])?;
            }
            echoes(&mut terminal, LINE.get(30..38).unwrap_or(LINE), times)?;
            terminal.drain(Duration::from_millis(40));
        }
    }
    terminal.leave()?;
    let figures = against(&with, &without, "ms");
    Ok(vec![Row::new(
        "typing while a commit runs : without, p50",
        ratio(&with, &without),
        1.2,
        1.05,
        figures,
    )])
}

/// Types letters without a pause between them; how long each took to be seen.
pub(crate) fn echoes(terminal: &mut Terminal, line: &str, times: &mut Vec<f64>) -> Result<(), Failure> {
    for letter in letters(line) {
        let before = terminal.cursor();
        let sent = terminal.send(letter)?;
        let seen = terminal.until_screen(|terminal| terminal.cursor() != before, letter)?;
        times.push(ms(seen.duration_since(sent)));
    }
    Ok(())
}

pub(crate) fn memory(place: &Place, _: &Rounds) -> Result<Vec<Row>, Failure> {
    let ours = Place::start(&place.archive("archive-20000", EQUAL)?);
    let terminal = rested(&ours, place)?;
    let used = terminal.memory().ok_or("no memory figure")?;
    terminal.leave()?;
    let mib = f64::from(u32::try_from(used >> 10)?) / 1024.0;
    Ok(vec![Row::new("memory with 20,000 records, MiB", mib, 24.0, 15.0, String::new())])
}

pub(crate) fn idle(place: &Place, _: &Rounds) -> Result<Vec<Row>, Failure> {
    let ours = Place::start(&place.archive("archive-20000", EQUAL)?);
    let mut terminal = rested(&ours, place)?;
    terminal.drain(Duration::from_secs(2));
    let (bytes, cpu, waits) = (terminal.bytes(), terminal.cpu(), terminal.waits());
    terminal.drain(Duration::from_secs(5));
    let bytes = f64::from(u32::try_from(terminal.bytes() - bytes)?);
    let cpu = ms(terminal.cpu().saturating_sub(cpu));
    let waits = f64::from(u32::try_from(terminal.waits() - waits)?);
    terminal.leave()?;
    Ok(vec![
        Row::new("idle for 5 s, bytes", bytes, 0.0, 0.0, String::new()),
        Row::new("idle for 5 s, ms of CPU", cpu, 2.0, 1.0, String::new()),
        Row::new("idle for 5 s, wake-ups", waits, f64::INFINITY, 10.0, String::new()),
    ])
}

pub(crate) fn size(_: &Place, _: &Rounds) -> Result<Vec<Row>, Failure> {
    let bytes = std::fs::metadata(env!("CARGO_BIN_EXE_hoinghi"))?.len();
    let mb = f64::from(u32::try_from(bytes / 1000)?) / 1000.0;
    let what = "release binary without PDF and SSH, stripped, MB";
    Ok(vec![if cfg!(any(feature = "pdf", feature = "ssh")) {
        Row::skipped(what, &format!("as built here {mb:.1}; `cargo bench --no-default-features -- size`"))
    } else {
        Row::new(what, mb, 8.0, 5.0, String::new())
    }])
}
