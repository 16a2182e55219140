//! The join code, and who is not asked for it any more.
//!
//! Time comes in as how long the door has been open. Invariant: guessing costs tries that run out: of a user at an address, of an address,
//! and of the code itself, which is then another one.

use std::{
    collections::{BTreeMap, VecDeque},
    net::IpAddr,
    time::Duration,
};

/// How many digits a code has: read aloud in two groups of four.
const DIGITS: usize = 8;
/// How long a code holds.
pub(super) const VALID: Duration = Duration::from_hours(12);
/// How long wrong codes count.
const MEMORY: Duration = Duration::from_mins(10);
/// How many wrong codes a user at an address, an address and a code may have.
const OF_USER: usize = 5;
const OF_ADDRESS: usize = 20;
const OF_CODE: usize = 100;
/// How many users and addresses are remembered.
const MOST: usize = 4096;

/// What people are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code([u8; DIGITS]);

impl Code {
    /// A code from randomness.
    pub(super) fn new(random: u128) -> Self {
        let mut left = random;
        Self(std::array::from_fn(|_| {
            let digit = u8::try_from(left % 10).unwrap_or(0);
            left /= 10;
            b'0' + digit
        }))
    }

    /// The digits.
    pub(super) fn digits(&self) -> String {
        self.0.iter().map(|digit| char::from(*digit)).collect()
    }

    /// The digits in groups, as they are shown and read aloud.
    pub(super) fn shown(&self) -> String {
        let groups = self.0.chunks(4).map(|group| group.iter().map(|digit| char::from(*digit)).collect());
        groups.collect::<Vec<String>>().join(" ")
    }

    /// Whether somebody gave it, in whatever groups. How long that takes does not tell how much of it was right.
    fn is(&self, given: &[u8]) -> bool {
        let mut digits = given.iter().filter(|byte| !matches!(byte, b' ' | b'-' | b'.' | b'\r' | b'\n'));
        let differs = self.0.iter().fold(0, |differs, digit| differs | (digit ^ digits.next().unwrap_or(&0)));
        differs == 0 && digits.next().is_none()
    }
}

/// What came of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tried {
    /// It was the code.
    Right,
    /// It was not.
    Wrong,
    /// It was not, and whoever gave it is not asked any more.
    Locked,
    /// It was not, and too many were not: the code has to be another one.
    WornOut,
}

/// The code of an opening, and the wrong ones that were given.
#[derive(Debug)]
pub(super) struct Lock {
    code: Code,
    since: Duration,
    wrong: usize,
    users: BTreeMap<(String, IpAddr), VecDeque<Duration>>,
    addresses: BTreeMap<IpAddr, VecDeque<Duration>>,
}

impl Lock {
    pub(super) fn new(code: Code, now: Duration) -> Self {
        Self { code, since: now, wrong: 0, users: BTreeMap::new(), addresses: BTreeMap::new() }
    }

    pub(super) fn code(&self) -> &Code {
        &self.code
    }

    /// From now on another code holds; who is locked out stays so.
    pub(super) fn change(&mut self, code: Code, now: Duration) {
        (self.code, self.since, self.wrong) = (code, now, 0);
    }

    /// Whether somebody is not asked for the code.
    pub(super) fn is_shut(&mut self, user: &str, from: IpAddr, now: Duration) -> bool {
        self.forget(now);
        let count = |tries: Option<&VecDeque<Duration>>| tries.map_or(0, VecDeque::len);
        now.saturating_sub(self.since) > VALID
            || count(self.users.get(&(user.to_owned(), from))) >= OF_USER
            || count(self.addresses.get(&from)) >= OF_ADDRESS
            || self.users.len() >= MOST
            || self.addresses.len() >= MOST
    }

    /// Somebody gives a code.
    pub(super) fn try_code(&mut self, user: &str, from: IpAddr, given: &[u8], now: Duration) -> Tried {
        if self.is_shut(user, from, now) {
            return Tried::Wrong;
        }
        if self.code.is(given) {
            self.users.remove(&(user.to_owned(), from));
            return Tried::Right;
        }
        self.wrong += 1;
        self.users.entry((user.to_owned(), from)).or_default().push_back(now);
        self.addresses.entry(from).or_default().push_back(now);
        match (self.wrong >= OF_CODE, self.is_shut(user, from, now)) {
            (true, _) => Tried::WornOut,
            (false, true) => Tried::Locked,
            (false, false) => Tried::Wrong,
        }
    }

    /// What is long ago does not count.
    fn forget(&mut self, now: Duration) {
        let recent = |tries: &mut VecDeque<Duration>| {
            tries.retain(|at| now.saturating_sub(*at) < MEMORY);
            !tries.is_empty()
        };
        self.users.retain(|_, tries| recent(tries));
        self.addresses.retain(|_, tries| recent(tries));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOME: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn lock() -> Lock {
        Lock::new(Code::new(1_234_567_890_123), Duration::ZERO)
    }

    fn at(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn a_code_is_taken_in_whatever_groups_and_nothing_else_is() {
        let mut lock = lock();
        let (digits, shown) = (lock.code().digits(), lock.code().shown());
        assert_eq!((digits.len(), shown.len()), (8, 9));
        for given in [digits.clone(), shown, format!("{digits}\r\n"), digits.replace('9', "9-")] {
            assert_eq!(lock.try_code("lan", HOME, given.as_bytes(), at(1)), Tried::Right, "{given}");
        }
        let short = digits.get(1..).unwrap();
        for given in ["", short, &format!("{digits}0"), "00000000", "        "] {
            assert!(!lock.is(given), "{given}");
        }
    }

    impl Lock {
        fn is(&self, given: &str) -> bool {
            self.code.is(given.as_bytes())
        }
    }

    #[test]
    fn a_user_is_locked_out_for_a_while_even_with_the_right_code() {
        let mut lock = lock();
        let right = lock.code().digits();
        for second in 0..4 {
            assert_eq!(lock.try_code("lan", HOME, b"1", at(second)), Tried::Wrong);
        }
        assert_eq!(lock.try_code("lan", HOME, b"1", at(4)), Tried::Locked);
        assert_eq!(lock.try_code("lan", HOME, right.as_bytes(), at(5)), Tried::Wrong);
        assert_eq!(lock.try_code("mai", HOME, right.as_bytes(), at(5)), Tried::Right, "others are not");
        assert_eq!(lock.try_code("lan", HOME, right.as_bytes(), at(700)), Tried::Right);
    }

    #[test]
    fn an_address_is_locked_out_whatever_users_it_names_and_other_addresses_are_not() {
        let mut lock = lock();
        let right = lock.code().digits();
        let tried: Vec<Tried> =
            (0..20).map(|user| lock.try_code(&format!("u{user}"), HOME, b"9", at(1))).collect();
        assert_eq!(tried.iter().position(|tried| *tried == Tried::Locked), Some(19));
        assert!(lock.is_shut("new", HOME, at(2)));
        let other = IpAddr::from([10, 0, 0, 2]);
        assert_eq!(lock.try_code("new", other, right.as_bytes(), at(2)), Tried::Right);
    }

    #[test]
    fn a_code_wears_out_and_expires() {
        let mut lock = lock();
        let tried: Vec<Tried> = (0..100u8)
            .map(|from| lock.try_code(&format!("u{from}"), IpAddr::from([10, 0, 0, from]), b"9", at(1)))
            .collect();
        assert_eq!(tried.iter().position(|tried| *tried == Tried::WornOut), Some(99));
        lock.change(Code::new(77), at(2));
        assert_eq!(lock.try_code("lan", HOME, lock.code().digits().clone().as_bytes(), at(3)), Tried::Right);
        assert!(lock.is_shut("lan", HOME, VALID + at(3)));
    }
}
