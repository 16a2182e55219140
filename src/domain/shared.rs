//! Maps and sequences that share structure between one board and the next: a clone costs a few hundred
//! reference counts, a write copies one small part.

use std::sync::Arc;

use super::ids::{ChangeId, CommandId, RecordId};

/// How many parts a map has: 100,000 entries make parts of 400.
const PARTS: usize = 256;
/// The least and the greatest number of shares into which the values can be taken apart; powers of two, like all between.
const SHARES: [usize; 2] = [64, 1 << 16];
/// So many values make up a share in the middle.
const IN_SHARE: usize = 32;
/// The greatest length of a chunk of a [`Sequence`].
const CHUNK: usize = 512;

/// A key that spreads evenly over parts, as random ids and hashes do.
pub trait Spread: Ord + Copy {
    /// Evenly distributed bits.
    fn spread(self) -> u16;

    /// The part in which the value at this key is.
    fn part(self) -> usize {
        usize::from(self.spread()) % PARTS
    }

    /// In which of so many shares the value at this key is.
    fn share(self, shares: usize) -> usize {
        usize::from(self.spread()) % shares
    }
}

/// Both halves of a number, so that small ones spread as well.
fn mixed(id: u128) -> u16 {
    let [.., a, b] = (id >> 64).to_be_bytes();
    let [.., c, d] = id.to_be_bytes();
    u16::from_be_bytes([a ^ c, b ^ d])
}

impl Spread for RecordId {
    fn spread(self) -> u16 {
        mixed(self.0)
    }
}

impl Spread for CommandId {
    fn spread(self) -> u16 {
        mixed(self.0)
    }
}

impl Spread for ChangeId {
    fn spread(self) -> u16 {
        let [.., a, b] = self.0;
        u16::from_be_bytes([a, b])
    }
}

type Part<K, V> = Arc<Vec<(K, V)>>;

/// A map in 256 sorted parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared<K, V> {
    parts: Arc<Vec<Part<K, V>>>,
    len: usize,
}

impl<K, V> Default for Shared<K, V> {
    fn default() -> Self {
        let empty = Arc::new(Vec::new());
        Self { parts: Arc::new(vec![empty; PARTS]), len: 0 }
    }
}

impl<K: Spread, V: Clone> Shared<K, V> {
    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The value at `key`.
    pub fn get(&self, key: K) -> Option<&V> {
        let part = self.parts.get(key.part())?;
        let at = part.binary_search_by_key(&key, |entry| entry.0).ok()?;
        part.get(at).map(|entry| &entry.1)
    }

    /// Changes the value at `key`, made by `make` if there is none yet.
    pub fn update(&mut self, key: K, make: impl FnOnce() -> V, change: impl FnOnce(&mut V)) {
        let Some(part) = Arc::make_mut(&mut self.parts).get_mut(key.part()) else { return };
        let part = Arc::make_mut(part);
        let at = part.binary_search_by_key(&key, |entry| entry.0).unwrap_or_else(|at| {
            part.insert(at, (key, make()));
            self.len += 1;
            at
        });
        if let Some(entry) = part.get_mut(at) {
            change(&mut entry.1);
        }
    }

    /// Sets the value at `key`.
    pub fn insert(&mut self, key: K, value: V) {
        let stored = value.clone();
        self.update(key, move || stored, move |slot| *slot = value);
    }

    /// Takes `key` out.
    pub fn remove(&mut self, key: K) {
        let Some(part) = Arc::make_mut(&mut self.parts).get_mut(key.part()) else { return };
        if let Ok(at) = part.binary_search_by_key(&key, |entry| entry.0) {
            Arc::make_mut(part).remove(at);
            self.len -= 1;
        }
    }

    /// Into how many shares the values are best taken apart: so many that a share stays small however many there are, and the
    /// same until there are twice as many values.
    pub fn shares(&self) -> usize {
        let [least, most] = SHARES;
        (self.len / IN_SHARE).next_power_of_two().clamp(least, most)
    }

    /// The values of one of so many shares, in no order that means anything.
    pub fn share(&self, share: usize, shares: usize) -> impl Iterator<Item = &V> {
        let parts = self.parts.iter().skip(share % PARTS).step_by(shares.min(PARTS));
        let entries = parts.flat_map(|part| part.iter());
        entries.filter(move |(key, _)| key.share(shares) == share).map(|entry| &entry.1)
    }

    /// All values, in no order that means anything.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.parts.iter().flat_map(|part| part.iter().map(|entry| &entry.1))
    }
}

/// A sorted sequence in chunks; adding at the end, the usual case, copies one chunk at most.
#[derive(Debug, Clone)]
pub struct Sequence<T> {
    chunks: Vec<Arc<Vec<T>>>,
}

impl<T> Default for Sequence<T> {
    fn default() -> Self {
        Self { chunks: Vec::new() }
    }
}

impl<K: Spread, V> Shared<K, Arc<V>> {
    /// The keys whose values are not the same in `other`, or that only one of both has. Parts that both share are passed over.
    pub fn differing<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = K> + 'a {
        let parts =
            self.parts.iter().zip(other.parts.iter()).filter(|(ours, theirs)| !Arc::ptr_eq(ours, theirs));
        parts.flat_map(|(ours, theirs)| {
            let is_new = |(key, value): &&(K, Arc<V>)| {
                let at = theirs.binary_search_by_key(key, |entry| entry.0).ok();
                !at.and_then(|at| theirs.get(at)).is_some_and(|(_, known)| Arc::ptr_eq(known, value))
            };
            let is_gone = |(key, _): &&(K, Arc<V>)| ours.binary_search_by_key(key, |entry| entry.0).is_err();
            ours.iter().filter(is_new).chain(theirs.iter().filter(is_gone)).map(|(key, _)| *key)
        })
    }
}

impl<T: Ord + Clone> Sequence<T> {
    /// The chunk in which `item` is, or would be put.
    fn chunk_of(&self, item: &T) -> usize {
        let after = self.chunks.partition_point(|chunk| chunk.first().is_some_and(|first| first <= item));
        after.saturating_sub(1)
    }

    /// Puts `item` in its place; an item that is there already is not added twice.
    pub fn insert(&mut self, item: T) {
        let at = self.chunk_of(&item);
        let Some(chunk) = self.chunks.get_mut(at) else {
            return self.chunks.push(Arc::new(vec![item]));
        };
        let Err(place) = chunk.binary_search(&item) else { return };
        if chunk.len() < CHUNK {
            return Arc::make_mut(chunk).insert(place, item);
        }
        // Behind a full chunk a new one begins; within it, room is made first, so that none ever has room for more.
        if place < CHUNK {
            let rest = Arc::make_mut(chunk).split_off(CHUNK / 2);
            self.chunks.insert(at + 1, Arc::new(rest));
            return self.insert(item);
        }
        self.chunks.insert(at + 1, Arc::new(vec![item]));
    }

    /// Takes `item` out, if it is there.
    pub fn remove(&mut self, item: &T) {
        let at = self.chunk_of(item);
        let Some(chunk) = self.chunks.get_mut(at) else { return };
        let Ok(place) = chunk.binary_search(item) else { return };
        if chunk.len() == 1 {
            self.chunks.remove(at);
        } else {
            Arc::make_mut(chunk).remove(place);
        }
    }

    /// The items that are not in `other`. Chunks that both share are passed over, so that it costs little where most are.
    pub fn beyond<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a T> {
        let unshared = self.chunks.iter().flat_map(|chunk| {
            let like = chunk.first().and_then(|first| other.chunks.get(other.chunk_of(first)));
            match like {
                Some(like) if Arc::ptr_eq(chunk, like) => &[],
                Some(like) => after_the_same(chunk, like),
                None => chunk.as_slice(),
            }
        });
        unshared.filter(|item| !other.contains(item))
    }

    /// The last item before another one, which need not be there.
    pub fn before(&self, item: &T) -> Option<&T> {
        let at = self.chunks.partition_point(|chunk| chunk.first().is_some_and(|first| first < item));
        let chunk = self.chunks.get(at.checked_sub(1)?)?;
        chunk.get(chunk.partition_point(|other| other < item).checked_sub(1)?)
    }

    /// Whether `item` is there.
    pub fn contains(&self, item: &T) -> bool {
        self.chunks.get(self.chunk_of(item)).is_some_and(|chunk| chunk.binary_search(item).is_ok())
    }

    /// The items from first to last.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.chunks.iter().flat_map(|chunk| chunk.iter())
    }

    /// How many items there are.
    pub fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.len()).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.chunks.is_empty()
    }
}

/// What stands in a chunk behind the beginning that it shares with another.
fn after_the_same<'a, T: PartialEq>(chunk: &'a [T], other: &[T]) -> &'a [T] {
    let same = chunk.iter().zip(other).take_while(|(ours, theirs)| ours == theirs).count();
    chunk.get(same..).unwrap_or_default()
}

impl<T: Ord + Clone> PartialEq for Sequence<T> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<T: Ord + Clone> Eq for Sequence<T> {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;
    use crate::domain::ids::IdStream;

    proptest! {
        #[test]
        fn a_sequence_is_a_sorted_set(
            items in prop::collection::vec(0_u16..2000, 0..1500),
            out in prop::collection::vec(0_u16..2000, 0..1500),
        ) {
            let mut sequence = Sequence::default();
            for item in &items {
                sequence.insert(*item);
            }
            let mut expected: BTreeSet<u16> = items.into_iter().collect();
            prop_assert!(sequence.iter().eq(expected.iter()));
            let (whole, all) = (sequence.clone(), expected.clone());
            for item in out {
                sequence.remove(&item);
                expected.remove(&item);
                prop_assert_eq!(whole.before(&item), all.range(..item).next_back());
                prop_assert!(!sequence.contains(&item));
            }
            prop_assert!(whole.beyond(&sequence).eq(all.difference(&expected)));
            prop_assert!(all.iter().all(|item| whole.contains(item)));
            prop_assert_eq!(sequence.beyond(&whole).count(), 0);
            prop_assert!(sequence.iter().eq(expected.iter()));
            prop_assert_eq!((sequence.len(), sequence.is_empty()), (expected.len(), expected.is_empty()));
        }

        #[test]
        fn what_differs_between_two_maps_is_named(
            entries in prop::collection::vec((0_u128..64, any::<bool>()), 0..60),
            later in prop::collection::vec((0_u128..64, any::<bool>()), 0..20),
        ) {
            let put = |shared: &mut Shared<RecordId, Arc<u8>>, entries: &[(u128, bool)]| {
                for (key, stays) in entries {
                    if *stays { shared.insert(RecordId(*key), Arc::new(0)) } else { shared.remove(RecordId(*key)) }
                }
            };
            let mut older = Shared::default();
            put(&mut older, &entries);
            let mut newer = older.clone();
            put(&mut newer, &later);
            let same = |key: &RecordId| match (older.get(*key), newer.get(*key)) {
                (Some(a), Some(b)) => Arc::ptr_eq(a, b),
                (a, b) => a.is_none() && b.is_none(),
            };
            let expected: BTreeSet<RecordId> = (0..64).map(RecordId).filter(|key| !same(key)).collect();
            prop_assert_eq!(newer.differing(&older).collect::<BTreeSet<_>>(), expected.clone());
            prop_assert_eq!(older.differing(&newer).collect::<BTreeSet<_>>(), expected);
        }

        #[test]
        fn a_shared_map_is_a_map(entries in prop::collection::vec((any::<u128>(), any::<u8>()), 0..300)) {
            let mut shared = Shared::default();
            let mut expected = BTreeMap::new();
            for (key, value) in entries {
                let before = shared.clone();
                shared.insert(RecordId(key), value);
                prop_assert_eq!(before.get(RecordId(key)), expected.get(&key));
                expected.insert(key, value);
            }
            prop_assert_eq!(shared.len(), expected.len());
            prop_assert_eq!(shared.values().count(), expected.len());
            for shares in [64, 256, 2048] {
                let all: usize = (0..shares).map(|share| shared.share(share, shares).count()).sum();
                prop_assert_eq!(all, expected.len());
            }
            for (key, value) in expected {
                prop_assert_eq!(shared.get(RecordId(key)), Some(&value));
                shared.remove(RecordId(key));
                prop_assert_eq!(shared.get(RecordId(key)), None);
            }
            prop_assert!(shared.is_empty());
        }
    }

    #[test]
    fn a_share_stays_small_however_many_there_are() {
        let mut ids = IdStream::new(7);
        let mut map = Shared::default();
        for at in 0..20_000 {
            map.insert(ids.record(), at);
        }
        let shares = map.shares();
        let largest = (0..shares).map(|share| map.share(share, shares).count()).max();
        assert!(largest < Some(3 * IN_SHARE), "{largest:?} of {shares}");
    }
}
