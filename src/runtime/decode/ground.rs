//! The ground that a terminal writes on: it is asked for its colour, so that letters are drawn which can be read there.
//!
//! Many terminals never answer, and nobody waits for them long. Invariant: no byte of an answer is taken for something typed, wherever it is cut
//! and if the rest comes within seconds.

use super::frame::ESC;

/// Asks for the colour.
pub const ASK: &[u8] = b"\x1b]11;?\x1b\\";
/// How answers begin.
const HEADS: [&[u8]; 2] = [b"\x1b]11;rgb:", b"\x1b]11;rgba:"];
/// No answer is longer.
const LONGEST: usize = 40;

/// Whether the colour that a whole sequence tells is light; nothing if it tells none.
pub(super) fn is_light(sequence: &[u8]) -> Option<bool> {
    let colour = HEADS.iter().find_map(|head| sequence.strip_prefix(*head))?;
    let colour = colour.strip_suffix(b"\x07").or_else(|| colour.strip_suffix(b"\x1b\\"))?;
    let mut shares = std::str::from_utf8(colour).ok()?.split('/').map(share);
    let mut next = || shares.next().flatten();
    let (red, green, blue) = (next()?, next()?, next()?);
    Some(red * 299 + green * 587 + blue * 114 > WHITE / 2 * 1000)
}

/// A full share of a colour.
const WHITE: u32 = 0xffff;

/// The share of a colour, which is said with one to four digits.
fn share(digits: &str) -> Option<u32> {
    let most = 16_u32.checked_pow(digits.len().try_into().ok()?)?.checked_sub(1)?;
    let is_number = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let share = u32::from_str_radix(digits, 16).ok().filter(|_| is_number)?;
    share.checked_mul(WHITE)?.checked_div(most)
}

/// Whether an answer may begin so.
pub(super) fn begins(bytes: &[u8]) -> bool {
    let is_colour = |rest: &[u8]| {
        let rest = rest.strip_suffix(&[ESC]).unwrap_or(rest);
        rest.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'/')
    };
    let fits = |head: &&[u8]| head.starts_with(bytes) || bytes.strip_prefix(*head).is_some_and(is_colour);
    bytes.len() < LONGEST && HEADS.iter().any(fits)
}

/// Hears an answer among what is typed, and takes nothing away.
#[derive(Debug, Default)]
pub struct Ear {
    begun: Vec<u8>,
    is_light: Option<bool>,
}

impl Ear {
    /// What the terminal has told.
    pub fn is_light(&self) -> Option<bool> {
        self.is_light
    }

    /// Takes the bytes of one read.
    pub fn hear(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.begun.push(*byte);
            self.is_light = is_light(&self.begun).or(self.is_light);
            if !begins(&self.begun) {
                self.begun.clear();
                self.begun.extend((*byte == ESC).then_some(ESC));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_light_or_dark_however_it_is_said() {
        for (told, light) in [
            ("\x1b]11;rgb:ffff/ffff/ffff\x1b\\", Some(true)),
            ("\x1b]11;rgb:fd/f6/e3\x07", Some(true)),
            ("\x1b]11;rgba:ffff/ffff/dddd/ffff\x07", Some(true)),
            ("\x1b]11;rgb:0/0/f\x07", Some(false)),
            ("\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\", Some(false)),
            ("\x1b]10;rgb:ffff/ffff/ffff\x1b\\", None),
            ("\x1b]11;rgb:ffff/ffff\x07", None),
            ("\x1b]11;rgb:ffffffffff/0/0\x07", None),
            ("\x1b]11;rgb:+fff/0/0\x07", None),
            ("\x1b]11;#ffffff\x07", None),
        ] {
            assert_eq!(is_light(told.as_bytes()), light, "{told:?}");
        }
    }

    #[test]
    fn an_answer_is_heard_among_letters_and_in_pieces() {
        let mut ear = Ear::default();
        ear.hear(b"a\x1b\x1b[D\x1b]1\x1b]11;rgb:ffff/ff");
        assert_eq!(ear.is_light(), None);
        ear.hear(b"ff/ffff\x1b");
        ear.hear(b"\\b");
        assert_eq!(ear.is_light(), Some(true));
    }
}
