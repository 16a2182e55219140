//! Fractional keys: a place between two neighbours, so that a move writes one record.
//!
//! A key is a text over `0-9a-z`, compared byte by byte, that never ends in `0`; hence there is always a key between
//! two different ones.

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// The longest key that is given out; a list that has grown beyond it is respaced by its next move.
pub const LONGEST: usize = 32;

fn digit(byte: Option<&u8>, missing: usize) -> usize {
    byte.and_then(|byte| DIGITS.iter().position(|digit| digit == byte)).unwrap_or(missing)
}

/// A key greater than `low` and smaller than `high`; a missing bound is the end of the list.
///
/// If `low` is not smaller than `high` (two people put records at one place), or if a bound is no key of this alphabet
/// and leaves no room, the answer may lie outside: the caller compares.
pub fn between(low: Option<&str>, high: Option<&str>) -> String {
    let low = low.unwrap_or_default().as_bytes();
    let high = high.filter(|high| low < high.as_bytes()).map(str::as_bytes);
    let mut key = Vec::new();
    let mut bounded = high;
    for at in 0.. {
        bounded = bounded.filter(|high| at < high.len());
        let floor = digit(low.get(at), 0);
        let ceiling = bounded.map_or(DIGITS.len(), |high| digit(high.get(at), 0));
        if ceiling > floor + 1 {
            key.push(floor + step(ceiling - floor, bounded.is_none() && floor > 0));
            break;
        }
        key.push(floor);
        if ceiling > floor {
            bounded = None;
        }
    }
    key.iter().filter_map(|digit| DIGITS.get(*digit)).map(|byte| char::from(*byte)).collect()
}

/// How far to step into a gap: half of it, but only a little behind the last of a list, where the next will follow.
fn step(gap: usize, at_end: bool) -> usize {
    gap.div_ceil(2).min(if at_end { 2 } else { DIGITS.len() / 2 })
}

/// `count` keys in order, evenly apart.
pub fn spaced(count: usize) -> Vec<String> {
    let width = (1..8).find(|width| 36_usize.saturating_pow(*width) > count.saturating_mul(2)).unwrap_or(1);
    let step = 36_usize.saturating_pow(width) / (count + 1);
    (1..=count).map(|place| spell(place * step, width)).collect()
}

fn spell(mut number: usize, width: u32) -> String {
    let mut digits = vec![b'0'; width as usize];
    for slot in digits.iter_mut().rev() {
        *slot = DIGITS.get(number % 36).copied().unwrap_or(b'0');
        number /= 36;
    }
    digits.push(b'i');
    digits.into_iter().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_key_lies_between_its_neighbours(places in prop::collection::vec(any::<prop::sample::Index>(), 1..200)) {
            let mut keys: Vec<String> = Vec::new();
            for place in places {
                let at = place.index(keys.len() + 1);
                let low = at.checked_sub(1).map(|at| keys[at].clone());
                let key = between(low.as_deref(), keys.get(at).map(String::as_str));
                keys.insert(at, key);
            }
            prop_assert!(keys.windows(2).all(|pair| pair[0] < pair[1]), "{keys:?}");
            prop_assert!(keys.iter().all(|key| !key.ends_with('0')));
        }

        #[test]
        fn spaced_keys_are_in_order(count in 0_usize..5000) {
            let keys = spaced(count);
            prop_assert_eq!(keys.len(), count);
            prop_assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
        }
    }

    #[test]
    fn adding_at_the_end_keeps_keys_short() {
        let mut last: Option<String> = None;
        for _ in 0..200 {
            last = Some(between(last.as_deref(), None));
        }
        assert!(last.is_some_and(|key| key.len() <= LONGEST));
    }

    #[test]
    fn bounds_that_leave_no_room_still_give_a_key() {
        for (low, high) in
            [(None, Some("0")), (Some("a"), Some("a0")), (Some("a"), Some("ừ")), (Some("Z~"), None)]
        {
            assert!(!between(low, high).is_empty());
        }
    }

    #[test]
    fn equal_neighbours_give_a_key_after_them() {
        assert!(between(Some("i"), Some("i")).as_str() > "i");
    }
}
