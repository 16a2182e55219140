//! Makes a large archive to try the program on: `cargo run --release --example archive -- DIR --sessions 40 --records 20000`.
//!
//! `--newest N` puts N of the records into the newest session; `--seed S` makes another archive. The folder is closed as
//! the program closes it, so that the next opening is a clean one: `hoinghi --data DIR`.

mod making;
mod words;

use std::{path::PathBuf, process::ExitCode, time::Instant};

use clap::Parser;
use making::{Failure, Size};

/// Makes a large archive.
#[derive(Debug, Parser)]
struct Args {
    /// A folder that is missing or empty.
    dir: PathBuf,
    /// How many sessions.
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u16).range(1..=1000))]
    sessions: u16,
    /// How many records in all.
    #[arg(long, default_value_t = 20_000, value_parser = clap::value_parser!(u32).range(0..=1_000_000))]
    records: u32,
    /// How many of them in the newest session; an equal share if it is not given.
    #[arg(long)]
    newest: Option<usize>,
    /// Another seed makes another archive.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[expect(clippy::print_stdout, reason = "a report to the shell")]
fn main() -> Result<ExitCode, Failure> {
    let args = Args::parse();
    let started = Instant::now();
    let size = Size {
        sessions: args.sessions.into(),
        records: usize::try_from(args.records)?,
        newest: args.newest,
        seed: args.seed,
    };
    let made = making::make(&args.dir, size)?;
    let seconds = started.elapsed().as_secs_f64();
    println!("{made} records of {} sessions in {}, {seconds:.1} s", args.sessions, args.dir.display());
    Ok(ExitCode::SUCCESS)
}
