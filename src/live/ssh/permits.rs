//! How many connections there may be: of strangers, of strangers from one address, and of those who are in.
//!
//! A stranger who comes when there are too many is let in all the same, and whoever has been a stranger longest at the busiest address goes:
//! connections that are only held open keep nobody out.

use std::{
    collections::{BTreeMap, VecDeque},
    net::{IpAddr, Shutdown, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How many connections may not have proved yet who they are, in all and from one address.
const STRANGERS: usize = 256;
const OF_ADDRESS: usize = 128;
/// How many may be in.
const INSIDE: usize = 640;

/// Strangers from one address, the oldest first.
type Queue = VecDeque<(u64, Arc<TcpStream>)>;

#[derive(Debug, Default)]
struct Counts {
    strangers: BTreeMap<IpAddr, Queue>,
    last: u64,
    inside: usize,
}

/// Whoever gives permits.
#[derive(Debug, Clone, Default)]
pub(super) struct Permits(Arc<Mutex<Counts>>);

/// A place among strangers, or among those who are in; given back when it is dropped.
#[derive(Debug)]
pub(super) struct Permit {
    permits: Permits,
    stranger: Option<(IpAddr, u64)>,
}

impl Permits {
    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A place for a stranger; another one may have to go for it.
    pub(super) fn stranger(&self, from: IpAddr, socket: Arc<TcpStream>) -> Permit {
        let mut counts = self.counts();
        counts.last += 1;
        let id = counts.last;
        counts.strangers.entry(from).or_default().push_back((id, socket));
        counts.make_room(from);
        Permit { permits: self.clone(), stranger: Some((from, id)) }
    }
}

impl Counts {
    fn make_room(&mut self, newest: IpAddr) {
        let all: usize = self.strangers.values().map(VecDeque::len).sum();
        let is_crowded = self.strangers.get(&newest).is_some_and(|queue| queue.len() > OF_ADDRESS);
        let busiest = if is_crowded {
            self.strangers.get_mut(&newest)
        } else {
            self.strangers.values_mut().max_by_key(|queue| queue.len()).filter(|_| all > STRANGERS)
        };
        if let Some((_, oldest)) = busiest.and_then(VecDeque::pop_front) {
            // It is gone already if this fails.
            drop(oldest.shutdown(Shutdown::Both));
        }
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
        let Some((from, id)) = self.stranger else {
            counts.inside = counts.inside.saturating_sub(1);
            return;
        };
        if let Some(queue) = counts.strangers.get_mut(&from) {
            queue.retain(|(other, _)| *other != id);
            if queue.is_empty() {
                counts.strangers.remove(&from);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{io::Read as _, net::TcpListener};

    use super::*;

    #[test]
    fn the_oldest_stranger_of_the_busiest_address_goes_and_places_come_back() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let at = listener.local_addr().unwrap();
        let pair = || (TcpStream::connect(at).unwrap(), Arc::new(listener.accept().unwrap().0));
        let (permits, one) = (Permits::default(), IpAddr::from([10, 0, 0, 1]));
        let (mut oldest, first) = pair();
        let (_kept, rest) = pair();
        let mut taken = vec![permits.stranger(one, first)];
        taken.extend((0..OF_ADDRESS).map(|_| permits.stranger(one, Arc::clone(&rest))));
        assert_eq!(oldest.read(&mut [0]).unwrap(), 0, "the oldest had to go");
        let others =
            (0..=255).map(|host| permits.stranger(IpAddr::from([10, 0, 1, host]), Arc::clone(&rest)));
        taken.extend(others);
        let all = |permits: &Permits| permits.counts().strangers.values().map(VecDeque::len).sum::<usize>();
        assert_eq!(all(&permits), STRANGERS);
        let inside = taken.pop().and_then(Permit::come_in);
        assert!(inside.is_some() && permits.counts().inside == 1);
        drop((taken, inside));
        assert_eq!((all(&permits), permits.counts().inside), (0, 0));
    }
}
