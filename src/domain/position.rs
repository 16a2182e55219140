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

/// `count` keys in order between two bounds, as short as halving makes them; none where there is no room.
pub fn within(low: Option<&str>, high: Option<&str>, count: usize) -> Option<Vec<String>> {
    if count == 0 {
        return Some(Vec::new());
    }
    let middle = between(low, high);
    let fits = low.is_none_or(|low| low < middle.as_str()) && high.is_none_or(|high| middle.as_str() < high);
    if !fits || middle.len() > LONGEST {
        return None;
    }
    let mut keys = within(low, Some(&middle), count / 2)?;
    let rest = within(Some(&middle), high, count - 1 - count / 2)?;
    keys.push(middle);
    keys.extend(rest);
    Some(keys)
}

/// Which of a list's members can stay where they are, given the place that each had: as many as possible. One that had none moves.
pub fn staying(places: &[Option<usize>]) -> Vec<bool> {
    // `ends` holds, for each length, the member that ends the run of that length at the lowest place.
    let place = |at: &usize| places.get(*at).copied().flatten();
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = vec![None; places.len()];
    for (at, had) in places.iter().enumerate().filter(|(_, had)| had.is_some()) {
        let length = ends.partition_point(|end| place(end) < *had);
        if let Some(slot) = before.get_mut(at) {
            *slot = length.checked_sub(1).and_then(|last| ends.get(last).copied());
        }
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut stays = vec![false; places.len()];
    let mut last = ends.last().copied();
    while let Some(at) = last {
        if let Some(stay) = stays.get_mut(at) {
            *stay = true;
        }
        last = before.get(at).copied().flatten();
    }
    stays
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

    proptest! {
        #[test]
        fn keys_within_bounds_are_in_order_and_short(count in 0_usize..2000) {
            let keys = within(Some("i"), Some("j"), count).unwrap();
            prop_assert_eq!(keys.len(), count);
            prop_assert!(keys.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(keys.iter().all(|key| "i" < key.as_str() && key.as_str() < "j"));
        }

        #[test]
        fn what_stays_is_in_order_and_no_other_could_stay_too(places in prop::collection::vec(prop::option::of(0_usize..9), 0..12)) {
            let stays = staying(&places);
            let kept = |stays: &[bool]| -> Vec<usize> {
                places.iter().zip(stays).filter(|(_, stays)| **stays).filter_map(|(place, _)| *place).collect()
            };
            let in_order = |kept: &[usize]| kept.windows(2).all(|pair| pair[0] < pair[1]);
            prop_assert!(in_order(&kept(&stays)));
            prop_assert_eq!(kept(&stays).len(), stays.iter().filter(|stays| **stays).count());
            let most = (0..1_u32 << places.len()).filter_map(|mask| {
                let chosen: Vec<bool> = (0..places.len()).map(|at| mask >> at & 1 == 1 && places[at].is_some()).collect();
                in_order(&kept(&chosen)).then(|| kept(&chosen).len())
            }).max();
            prop_assert_eq!(most, Some(kept(&stays).len()));
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
