//! Attacks the real program with force and holds it to what it had acknowledged.
//!
//! `cargo run --release --example torture -- --rounds 2000 --seed 7 [--kind kill-typing]`. Each blow has its share of the
//! rounds; the closing table says what came of each, and what could not be struck on this machine. Ends with 1 if anything
//! acknowledged was lost, doubled or kept in part, or if a loss was not told.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "an attack that cannot be made says so and ends, as a test does"
)]

use std::process::{Command, ExitCode};

#[expect(dead_code, reason = "shared with the tests, which use more of it")]
#[path = "../../tests/it/support/pty.rs"]
mod pty;
#[path = "../../tests/it/support/torture/mod.rs"]
mod torture;
#[path = "../../tests/it/support/wrong_clock.rs"]
mod wrong_clock;

use torture::{BLOWS, Tally, table};

/// What was asked for.
struct Wish {
    rounds: usize,
    seed: u64,
    kind: String,
}

impl Wish {
    fn read(mut arguments: impl Iterator<Item = String>) -> Option<Self> {
        let mut wish = Self { rounds: 200, seed: 7, kind: String::new() };
        while let Some(name) = arguments.next() {
            let value = arguments.next()?;
            match name.as_str() {
                "--rounds" => wish.rounds = value.parse().ok()?,
                "--seed" => wish.seed = value.parse().ok()?,
                "--kind" => wish.kind = value,
                _ => return None,
            }
        }
        BLOWS.iter().any(|blow| blow.name.starts_with(&wish.kind)).then_some(wish)
    }
}

/// The program itself, as this example was built.
fn build_program() -> bool {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut build = Command::new(cargo);
    build.args(["build", "--quiet", "--locked", "--bin", "hoinghi"]);
    if !cfg!(debug_assertions) {
        build.arg("--release");
    }
    build.status().is_ok_and(|status| status.success())
}

fn main() -> ExitCode {
    let Some(wish) = Wish::read(std::env::args().skip(1)) else {
        let kinds: Vec<&str> = BLOWS.iter().map(|blow| blow.name).collect();
        eprintln!("torture [--rounds N] [--seed S] [--kind BEGINNING]; kinds: {}", kinds.join(" "));
        return ExitCode::from(2);
    };
    if !build_program() {
        return ExitCode::FAILURE;
    }
    let mut tallies: Vec<Tally> = Vec::new();
    let exact = BLOWS.iter().any(|blow| blow.name == wish.kind);
    let wanted = |name: &str| if exact { name == wish.kind } else { name.starts_with(&wish.kind) };
    for blow in BLOWS.iter().filter(|blow| wanted(blow.name)) {
        let started = std::time::Instant::now();
        let rounds = blow.rounds_of(wish.rounds, !wish.kind.is_empty());
        let tally = blow.strike(rounds, wish.seed);
        eprintln!("{}: {rounds} rounds in {:.1} s", blow.name, started.elapsed().as_secs_f64());
        for detail in tally.details() {
            eprintln!("  {detail}");
        }
        if let Some((blow, why)) = tally.skipped() {
            eprintln!("  skipped: {blow}: {why}");
        }
        tallies.push(tally);
    }
    println!("seed {}\n{}", wish.seed, table(&tallies));
    ExitCode::from(u8::from(tallies.iter().any(Tally::is_wrong)))
}
