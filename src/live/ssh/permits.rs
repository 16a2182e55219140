//! How many connections there may be: of strangers, of strangers from one address, and of those who are in.

use std::{
    collections::BTreeMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How many connections may not have proved yet who they are, in all and from one address.
const STRANGERS: usize = 256;
const OF_ADDRESS: usize = 128;
/// How many may be in.
const INSIDE: usize = 640;

/// The counts.
#[derive(Debug, Default)]
struct Counts {
    strangers: BTreeMap<IpAddr, usize>,
    inside: usize,
}

/// Whoever gives permits.
#[derive(Debug, Clone, Default)]
pub(super) struct Permits(Arc<Mutex<Counts>>);

/// A place among strangers, or among those who are in; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Permit {
    permits: Permits,
    stranger: Option<IpAddr>,
}

impl Permits {
    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a stranger, if there is one left.
    pub(super) fn stranger(&self, from: IpAddr) -> Option<Permit> {
        let mut counts = self.counts();
        let all: usize = counts.strangers.values().sum();
        let of_address = counts.strangers.entry(from).or_default();
        if all >= STRANGERS || *of_address >= OF_ADDRESS {
            return None;
        }
        *of_address += 1;
        Some(Permit { permits: self.clone(), stranger: Some(from) })
    }
}

impl Permit {
    /// The stranger is none any more; a place inside, if there is one left.
    pub(super) fn come_in(self) -> Option<Self> {
        let permits = self.permits.clone();
        drop(self);
        let mut counts = permits.counts();
        if counts.inside >= INSIDE {
            return None;
        }
        counts.inside += 1;
        drop(counts);
        Some(Self { permits, stranger: None })
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        let mut counts = self.permits.counts();
        let Some(from) = self.stranger else {
            counts.inside = counts.inside.saturating_sub(1);
            return;
        };
        if let Some(count) = counts.strangers.get_mut(&from) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                counts.strangers.remove(&from);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_does_not_take_all_places_and_they_come_back() {
        let (permits, one, other) =
            (Permits::default(), IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        let taken: Vec<Permit> = (0..200).filter_map(|_| permits.stranger(one)).collect();
        assert_eq!(taken.len(), OF_ADDRESS);
        let inside = permits.stranger(other).and_then(Permit::come_in);
        assert!(inside.is_some());
        drop(taken);
        assert!(permits.stranger(one).is_some());
        let many: Vec<Permit> =
            (0..=255).flat_map(|host| permits.stranger(IpAddr::from([10, 0, 1, host]))).collect();
        assert_eq!(many.len(), STRANGERS);
        assert!(permits.stranger(other).is_none());
        drop((many, inside));
        assert!(permits.counts().strangers.is_empty() && permits.counts().inside == 0);
    }
}
