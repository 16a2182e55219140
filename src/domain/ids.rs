//! Identities: random 128-bit numbers that mean nothing, and the hash that names a change.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

/// A string that is not the hexadecimal form of an identity (lower case only: one identity, one spelling).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an identity: {0:?}")]
pub struct BadId(pub String);

fn is_hex(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

macro_rules! random_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u128);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:032x}", self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({:032x})", stringify!($name), self.0)
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                let number = is_hex(text, 32).then(|| u128::from_str_radix(text, 16).ok()).flatten();
                number.map(Self).ok_or_else(|| BadId(text.to_owned()))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(D::Error::custom)
            }
        }
    };
}

random_id!(
    /// A record: a difficulty, a unit, an agenda item.
    RecordId
);
random_id!(
    /// One opening of a folder for writing; it alone appends to its file.
    OriginId
);
random_id!(
    /// One wish of one seat: sent twice, it acts once.
    CommandId
);
random_id!(
    /// A person; the name is data beside it.
    PersonId
);
random_id!(
    /// The organisation, or one session.
    ScopeId
);

impl ScopeId {
    /// The scope of units, people and clusters: the same in every folder, so that two folders unite.
    pub const ORGANISATION: Self = Self(0);

    /// The record that carries what is true of the scope as a whole: the session itself.
    pub fn root(self) -> RecordId {
        RecordId(self.0)
    }
}

/// The blake3 hash of a change's header: its identity. 32 bytes, 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChangeId(pub [u8; 32]);

impl fmt::Display for ChangeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ChangeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChangeId({self})")
    }
}

impl FromStr for ChangeId {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        let bad = || BadId(text.to_owned());
        if !is_hex(text, 64) {
            return Err(bad());
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).ok();
            *byte = pair.and_then(|p| u8::from_str_radix(p, 16).ok()).ok_or_else(bad)?;
        }
        Ok(Self(bytes))
    }
}

impl Serialize for ChangeId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ChangeId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

/// A stream of fresh 128-bit numbers from a random seed, so that whoever needs ids stays a function of its state.
///
/// Two streams collide only if their seeds do: each number is a bijective mix of seed and position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdStream {
    seed: u128,
    taken: u64,
}

impl IdStream {
    /// A stream over `seed`, which the caller draws from the system's randomness (or fixes, in tests).
    pub fn new(seed: u128) -> Self {
        Self { seed, taken: 0 }
    }

    /// The next number; never 0, which is the organisation's scope.
    pub fn draw(&mut self) -> u128 {
        self.taken += 1;
        let step = u128::from(self.taken).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835);
        mix(self.seed.wrapping_add(step)).max(1)
    }

    /// A fresh record id.
    pub fn record(&mut self) -> RecordId {
        RecordId(self.draw())
    }

    /// A fresh command id.
    pub fn command(&mut self) -> CommandId {
        CommandId(self.draw())
    }
}

/// A bijection of 128 bits in which every input bit reaches every output bit (xor-shift and odd multipliers).
fn mix(mut x: u128) -> u128 {
    x ^= x >> 67;
    x = x.wrapping_mul(0xbf58_476d_1ce4_e5b9_94d0_49bb_1331_11eb);
    x ^= x >> 61;
    x = x.wrapping_mul(0xff51_afd7_ed55_8ccd_c4ce_b9fe_1a85_ec53);
    x ^ (x >> 64)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_print_and_parse() {
        let id = RecordId(0xabc);
        assert_eq!(id.to_string().parse(), Ok(id));
        let change = ChangeId([7; 32]);
        assert_eq!(change.to_string().parse(), Ok(change));
    }

    const UPPER: &str = "0000000000000000000000000000000A";

    #[test]
    fn what_is_not_an_id_is_refused() {
        for text in ["", "abc", "g0000000000000000000000000000000", "+0000000000000000000000000000001", UPPER]
        {
            assert_eq!(text.parse::<RecordId>(), Err(BadId(text.to_owned())));
        }
        assert!("é".repeat(32).parse::<ChangeId>().is_err());
    }

    #[test]
    fn a_stream_never_repeats() {
        let mut stream = IdStream::new(1);
        let drawn: BTreeSet<u128> = (0..10_000).map(|_| stream.draw()).collect();
        assert_eq!(drawn.len(), 10_000);
    }
}
