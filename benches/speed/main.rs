//! How fast the program is, as ratios to what stands beside it in the same run: `cargo bench`.
//!
//! Each measure starts the real program in a pseudo-terminal and its reference in another, by turns, and takes medians.
//! `cargo bench -- NAME…` runs the measures whose names begin so; `--quick` takes a few rounds of each. Archives are made
//! once, below `target/`.

mod archives;
#[cfg(feature = "ssh")]
mod attacks;
mod commits;
#[cfg(feature = "ssh")]
mod company;
#[cfg(feature = "ssh")]
mod crowd;
mod finding;
mod floor;
#[path = "../../examples/archive/making.rs"]
mod making;
mod papers;
#[cfg(feature = "pdf")]
mod pdf;
mod radar;
mod screens;
#[cfg(feature = "ssh")]
#[expect(
    dead_code,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "shared with the tests, which do more than honest clients do"
)]
#[path = "../../tests/it/support/stranger.rs"]
mod stranger;
mod table;
#[expect(dead_code, reason = "shared with the soak, which also changes the window")]
mod terminal;
#[path = "../../examples/archive/words.rs"]
mod words;

use std::process::ExitCode;

use archives::{Place, note};
use table::{HEAD, Row};

pub(crate) use making::Failure;

/// How often things are done.
pub(crate) struct Rounds {
    pub(crate) starts: usize,
    pub(crate) keys: usize,
    pub(crate) searches: usize,
    pub(crate) commits: usize,
}

const USUAL: Rounds = Rounds { starts: 15, keys: 10, searches: 15, commits: 400 };
const QUICK: Rounds = Rounds { starts: 5, keys: 3, searches: 5, commits: 100 };

type Measure = fn(&Place, &Rounds) -> Result<Vec<Row>, Failure>;

const MEASURES: &[(&str, Measure)] = &[
    ("frame", screens::first_frame),
    ("growth", screens::growth),
    ("kill", screens::after_a_kill),
    ("list", screens::list),
    ("rows", screens::long_list),
    ("typing", screens::typing),
    ("committing", screens::typing_while_committing),
    ("find", finding::rows),
    ("radar", radar::rows),
    ("durable", commits::rows),
    ("docx", papers::rows),
    #[cfg(feature = "pdf")]
    ("pdf", pdf::rows),
    ("memory", screens::memory),
    #[cfg(feature = "ssh")]
    ("seats", company::rows),
    #[cfg(feature = "ssh")]
    ("attacks", attacks::rows),
    ("idle", screens::idle),
    ("size", screens::size),
];

fn main() -> Result<ExitCode, Failure> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.split_first() {
        Some((first, [rows])) if first == "--floor" => floor::run(rows.parse()?)?,
        Some((first, rest)) if first == "--make" => archives::make(rest)?,
        Some((first, rest)) if first == "--texts" => finding::write_texts(rest)?,
        Some((first, rest)) if first == "--radar" => radar::measure(rest)?,
        _ => measure(&arguments)?,
    }
    Ok(ExitCode::SUCCESS)
}

#[expect(clippy::print_stdout, reason = "the table")]
fn measure(arguments: &[String]) -> Result<(), Failure> {
    let rounds = if arguments.iter().any(|argument| argument == "--quick") { QUICK } else { USUAL };
    let names: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    let wanted =
        |name: &str| names.is_empty() || names.iter().any(|wanted| name.starts_with(wanted.as_str()));
    let place = Place::new()?;
    let mut rows = Vec::new();
    for (name, measure) in MEASURES.iter().filter(|(name, _)| wanted(name)) {
        note(&format!("measuring {name}"));
        match measure(&place, &rounds) {
            Ok(measured) => rows.extend(measured),
            Err(error) => rows.push(Row::skipped(name, &error.to_string().replace('\n', " "))),
        }
    }
    println!("{HEAD}");
    for row in rows {
        println!("{}", row.line());
    }
    Ok(())
}
