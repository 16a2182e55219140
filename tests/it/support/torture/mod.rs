//! Attacks on the real program: after each blow it is opened again and held to what it had acknowledged.
//!
//! Acknowledged is what the screen showed under a number, or a command that ended with 0. The blows are modules; each adds
//! what it saw to a [`Tally`]. `cargo test` strikes each a few times, the example `torture` as often as it is told.

mod damage;
mod dice;
mod faults;
mod hand;
mod hostile;
mod kill;
mod medium;
mod mount;
mod office;
mod power;
mod sample;
mod tally;
mod trace;
mod unite;

pub(crate) use dice::Dice;
pub(crate) use tally::{Tally, table};

/// How often a blow is struck, with which chances.
pub(crate) struct Round<'a> {
    pub(crate) rounds: usize,
    pub(crate) dice: Dice,
    pub(crate) tally: &'a mut Tally,
}

/// A way to strike.
pub(crate) struct Blow {
    /// What it is called on the command line and in the table.
    pub(crate) name: &'static str,
    /// How often for each hundred rounds that were asked for.
    pub(crate) share: usize,
    strike: fn(&mut Round<'_>),
}

impl Blow {
    /// Its share of the rounds that were asked for; all of them if it was `chosen`.
    pub(crate) fn rounds_of(&self, rounds: usize, chosen: bool) -> usize {
        if chosen { rounds } else { (rounds * self.share).div_ceil(100).max(1) }
    }

    /// Strikes so many rounds and says what came of it.
    pub(crate) fn strike(&self, rounds: usize, seed: u64) -> Tally {
        let mut tally = Tally::new(self.name);
        (self.strike)(&mut Round { rounds, dice: Dice::new(seed), tally: &mut tally });
        tally
    }
}

const fn blow(name: &'static str, share: usize, strike: fn(&mut Round<'_>)) -> Blow {
    Blow { name, share, strike }
}

/// All blows.
pub(crate) const BLOWS: &[Blow] = &[
    blow("kill-typing", 24, kill::typing),
    blow("kill-commit", 24, kill::committing),
    blow("kill-triage", 14, kill::triage),
    blow("kill-start", 16, kill::starting),
    blow("kill-rebuild", 10, kill::rebuilding),
    blow("kill-restore", 6, kill::restoring),
    blow("kill-import", 6, kill::importing),
    blow("terminal", 6, kill::terminal),
    blow("power-disk", 3, power::disk),
    blow("power-trace", 3, power::trace),
    blow("damage-log", 12, damage::log),
    blow("damage-private", 12, damage::private),
    blow("damage-sled", 12, damage::sled),
    blow("damage-drafts", 12, damage::drafts),
    blow("damage-log+sled", 12, damage::log_and_sled),
    blow("full-disk", 1, medium::full),
    blow("read-only", 1, medium::read_only),
    blow("vanished", 1, medium::vanished),
    blow("faulty-disk", 1, medium::faulty),
    blow("clock", 1, medium::clock),
    blow("two-programs", 1, unite::two_programs),
    blow("copied-open", 1, unite::copied_while_open),
    blow("both-used", 1, unite::both_copies_used),
    blow("old-backup", 1, unite::restored_and_united),
    blow("hostile", 2, hostile::files),
    blow("hostile-huge", 0, hostile::huge),
];
