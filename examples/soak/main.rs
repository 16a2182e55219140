//! Eight hours of a busy meeting, compressed: the real program in a pseudo-terminal, everything by keys.
//!
//! `cargo run --release --example soak -- [--captures 20000] [--hours 8] [--seed 7]`. It holds the last hour against the second one,
//! the log against what it says, and opening what came of it against a fresh archive of as many records. Each ratio is printed with its
//! limit; ends with 1 if one is broken or a captured line is missing.
//!
//! A session is held in memory as long as it is open, and this one grows to a hundred times what a real one has. What must not grow is what
//! the program holds beyond that: so its memory is also held against that of a program that has just opened the same folder, and what a
//! line adds to either is told.

#![expect(clippy::print_stdout, reason = "a report to the shell")]

#[path = "../archive/making.rs"]
mod making;
mod meeting;
mod remains;
#[expect(dead_code, reason = "shared with the benchmarks, which use more of it")]
#[path = "../../benches/speed/terminal.rs"]
mod terminal;
#[path = "../archive/words.rs"]
mod words;

use std::{
    path::{Path, PathBuf},
    process::{Command, ExitCode},
    time::Instant,
};

use clap::Parser;

pub(crate) use making::Failure;
use making::Size;
use meeting::{Hour, Meeting};
use remains::Log;
use terminal::Start;

/// Holds a program through eight hours of a busy meeting.
#[derive(Parser)]
struct Args {
    /// How many lines are captured in all.
    #[arg(long, default_value_t = 20_000)]
    captures: usize,
    /// Over how many hours; three at least, because the last is held against the second.
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u8).range(3..=24))]
    hours: u8,
    /// Another seed makes another meeting.
    #[arg(long, default_value_t = 7)]
    seed: u64,
}

/// A measure and the most it may be.
struct Ratio {
    what: &'static str,
    value: f64,
    limit: f64,
    figures: String,
}

impl Ratio {
    fn new(what: &'static str, (measured, reference): (f64, f64), limit: f64, unit: &str) -> Self {
        let figures = format!("{measured:.2} : {reference:.2} {unit}");
        Self { what, value: measured / reference.max(f64::MIN_POSITIVE), limit, figures }
    }

    fn holds(&self) -> bool {
        self.value <= self.limit
    }
}

/// The program itself, as this example was built.
fn program() -> Result<PathBuf, Failure> {
    let mut build = Command::new(env!("CARGO"));
    build.args(["build", "--quiet", "--locked", "--bin", "hoinghi"]);
    if !cfg!(debug_assertions) {
        build.arg("--release");
    }
    if !build.status()?.success() {
        return Err("the program was not built".into());
    }
    let example = std::env::current_exe()?;
    let profile = example.ancestors().nth(2).ok_or("no profile")?;
    Ok(profile.join("hoinghi").with_extension(std::env::consts::EXE_EXTENSION))
}

/// The program on a folder, in its newest session.
fn start(program: &Path, data: &Path) -> Start {
    let arguments = ["--data", &data.display().to_string(), "--lang", "vi", "--user", "Lan"];
    Start {
        program: program.to_owned(),
        arguments: arguments.map(str::to_owned).to_vec(),
        ready: "Ghi nhanh".to_owned(),
        quit: "\x11",
    }
}

/// Sits through all hours. Beside the second and the last one a program is started anew.
fn sit_through(args: &Args, program: &Path, home: &Path, data: &Path) -> Result<Vec<Hour>, Failure> {
    let mut meeting = Meeting::begin(&start(program, data), home, args.seed)?;
    let share = args.captures.div_ceil(args.hours.into());
    let mut hours = Vec::new();
    for number in 1..=args.hours {
        let begun = Instant::now();
        let mut hour = meeting.hour(share)?;
        if [2, args.hours].contains(&number) {
            hour.fresh = remains::fresh_memory(program, home, data)?;
        }
        println!("{}", hour.line(number, begun.elapsed()));
        hours.push(hour);
    }
    meeting.end()?;
    Ok(hours)
}

fn ratios(hours: &[Hour], log: &Log, opening: (f64, f64)) -> Result<Vec<Ratio>, Failure> {
    let (Some(second), Some(last)) = (hours.get(1), hours.last()) else { return Err("too few hours".into()) };
    let of = |measure: fn(&Hour) -> f64| (measure(last), measure(second));
    Ok(vec![
        Ratio::new("memory, last : second hour", of(Hour::mebibytes), 1.05, "MiB"),
        Ratio::new("memory : a fresh start's, last : second hour", of(Hour::beyond_fresh), 1.05, ""),
        Ratio::new("a key, last : second hour, p50", of(Hour::key), 1.05, "ms"),
        Ratio::new("a key, last : second hour, CPU", of(Hour::key_cpu), 1.05, "ms"),
        Ratio::new("a commit, last : second hour, p50", of(Hour::commit), 1.05, "ms"),
        Ratio::new("a commit, last : second hour, CPU", of(Hour::commit_cpu), 1.05, "ms"),
        Ratio::new("the log : its payloads", log.megabytes()?, 3.0, "MB"),
        Ratio::new("reopening : a fresh archive, as many records", opening, 1.5, "ms"),
    ])
}

/// What a line adds to the memory, between the second hour and the last.
fn growth(hours: &[Hour]) -> Result<String, Failure> {
    let (Some(second), Some(last)) = (hours.get(1), hours.last()) else { return Err("too few hours".into()) };
    let lines: usize = hours.iter().skip(2).map(|hour| hour.captures).sum();
    let a_line = |of: fn(&Hour) -> u64| of(last).saturating_sub(of(second)) >> 10;
    let lines = u64::try_from(lines)?.max(1);
    let [here, fresh] = [a_line(|hour| hour.memory), a_line(|hour| hour.fresh)].map(|kib| kib * 10 / lines);
    Ok(format!(
        "a line adds {}.{} KiB to its memory, {}.{} KiB to a fresh start's",
        here / 10,
        here % 10,
        fresh / 10,
        fresh % 10
    ))
}

fn main() -> Result<ExitCode, Failure> {
    let args = Args::parse();
    let folder = tempfile::tempdir()?;
    let (home, data) = (folder.path(), folder.path().join("data"));
    making::make(&data, Size { sessions: 1, records: 60, newest: None, seed: args.seed })?;
    let begun = Log::read(&data)?.captured();
    let program = program()?;
    let hours = sit_through(&args, &program, home, &data)?;
    let log = Log::read(&data)?;
    println!("{}", log.told());
    println!("{}", growth(&hours)?);
    let ratios = ratios(&hours, &log, remains::openings(&program, home, &data)?)?;
    for Ratio { what, value, limit, figures } in &ratios {
        let verdict = if value <= limit { "holds" } else { "BROKEN" };
        println!("{what:<46} {value:>7.3}  ≤ {limit:<5} {verdict:<7} {figures}");
    }
    let captured = begun + hours.iter().map(|hour| hour.captures).sum::<usize>();
    if log.captured() != captured {
        println!("{captured} lines were captured, {} are in the log", log.captured());
    }
    Ok(ExitCode::from(u8::from(log.captured() != captured || !ratios.iter().all(Ratio::holds))))
}
