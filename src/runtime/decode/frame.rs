//! Where one letter, key or sequence ends and the next begins.
//!
//! Follows ECMA-48 for the shape of sequences. Knows shapes only, no meanings.

/// The byte that starts a sequence.
pub(super) const ESC: u8 = 0x1b;
/// No terminal's answer is longer; what is, is given up.
const LONGEST: usize = 4096;

/// What the bytes so far are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// One whole letter, key or sequence.
    Whole,
    /// The start of one.
    Partial,
    /// The last byte does not go on with those before it.
    Broken,
}

/// Judges bytes that were `Partial` before the last one came.
pub(super) fn judge(bytes: &[u8]) -> Verdict {
    match bytes {
        [] | [ESC] => Verdict::Partial,
        _ if bytes.len() > LONGEST => Verdict::Broken,
        [ESC, b'[', rest @ ..] => control_sequence(rest),
        [ESC, b'O', rest @ ..] => parameters_then_final(rest),
        [ESC, b'P' | b']' | b'X' | b'^' | b'_', rest @ ..] => string(rest),
        [ESC, ESC | 0x80.., ..] => Verdict::Broken,
        [ESC | ..0x80, ..] => Verdict::Whole,
        _ => letter(bytes),
    }
}

/// The sequence that `bytes` start with, and what follows it.
pub(super) fn split_sequence(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let len = (2..=bytes.len()).find(|len| bytes.get(..*len).map(judge) != Some(Verdict::Partial))?;
    let (sequence, rest) = bytes.split_at_checked(len)?;
    (judge(sequence) == Verdict::Whole).then_some((sequence, rest))
}

fn control_sequence(rest: &[u8]) -> Verdict {
    match rest {
        // Function keys of the Linux console: ESC [ [ A.
        [b'['] => Verdict::Partial,
        // Mouse reports of the oldest kind: three bytes of any value behind the M.
        [b'M', coordinates @ ..] if coordinates.len() < 3 => Verdict::Partial,
        [b'M', ..] => Verdict::Whole,
        _ => parameters_then_final(rest),
    }
}

fn parameters_then_final(rest: &[u8]) -> Verdict {
    match rest.last() {
        None | Some(0x20..=0x3f) => Verdict::Partial,
        Some(0x40..=0x7e) => Verdict::Whole,
        Some(_) => Verdict::Broken,
    }
}

/// A string lasts until BEL or `ESC \`; no answer holds anything but ASCII.
fn string(rest: &[u8]) -> Verdict {
    match rest {
        [.., 0x07] | [.., ESC, b'\\'] => Verdict::Whole,
        [.., ESC, _] => Verdict::Broken,
        [] | [.., ESC | 0x20..=0x7e] => Verdict::Partial,
        _ => Verdict::Broken,
    }
}

fn letter(bytes: &[u8]) -> Verdict {
    match std::str::from_utf8(bytes) {
        Ok(_) => Verdict::Whole,
        Err(error) if error.error_len().is_none() => Verdict::Partial,
        Err(_) => Verdict::Broken,
    }
}
