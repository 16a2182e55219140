//! The short attack: every blow a few times. `cargo run --release --example torture` strikes as often as it is told.

use std::io::Write as _;

use crate::support::torture::{BLOWS, Tally, table};

/// Strikes all blows whose names begin so.
fn strike(kind: &str, rounds: usize) {
    let seed = std::env::var("HOINGHI_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(7);
    let blows = BLOWS.iter().filter(|blow| blow.name.starts_with(kind));
    let tallies: Vec<Tally> = blows.map(|blow| blow.strike(blow.rounds_of(rounds, true), seed)).collect();
    for (blow, why) in tallies.iter().filter_map(Tally::skipped) {
        // Past the runner's capture, so that it is counted among what was not checked.
        let _ = writeln!(std::io::stderr(), "skipped: {blow}: {why}");
    }
    let details: Vec<&str> = tallies.iter().flat_map(Tally::details).map(String::as_str).collect();
    assert!(!tallies.is_empty(), "no blow begins with {kind}");
    assert!(!tallies.iter().any(Tally::is_wrong), "seed {seed}\n{}\n{}", table(&tallies), details.join("\n"));
}

#[test]
fn kill_or_unplug_while_typing() {
    strike("kill-typing", 6);
    strike("kill-commit", 6);
    strike("terminal", 6);
}

#[test]
fn kill_while_sorting_and_starting() {
    strike("kill-triage", 6);
    strike("kill-start", 12);
}

#[test]
fn kill_while_rebuilding_restoring_importing() {
    for kind in ["kill-rebuild", "kill-restore", "kill-import"] {
        strike(kind, 6);
    }
}

#[test]
fn cut_the_power() {
    strike("power", 6);
}

#[test]
fn damage_files() {
    // Each harm once in either copy.
    strike("damage-log", 13);
    strike("damage-sled", 13);
    strike("damage-private", 4);
    strike("damage-drafts", 4);
}

#[test]
fn break_the_medium() {
    for kind in ["full-disk", "read-only", "vanished", "faulty-disk", "clock"] {
        strike(kind, 2);
    }
}

#[test]
fn use_copies_apart() {
    for kind in ["two-programs", "copied-open", "both-used", "old-backup"] {
        strike(kind, 2);
    }
}

#[test]
fn feed_hostile_files() {
    strike("hostile", 9);
}
