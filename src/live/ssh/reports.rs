//! Status reports: what a terminal answers when it is asked after a frame whether it is well. The answer says that the frame is shown.

/// Asks for a report.
pub(super) const ASK: &[u8] = b"\x1b[5n";
/// The report.
const REPORT: &[u8] = b"\x1b[0n";

/// Finds reports among what is typed.
#[derive(Debug, Default)]
pub(super) struct Reports {
    /// How much of a report the last bytes ended with.
    begun: usize,
}

impl Reports {
    /// What else is in the bytes of one read, and how many reports were among them. One that comes in pieces is counted and left in,
    /// since its beginning was handed on as the key that it may have been; the decoder knows that it is no text.
    pub(super) fn take(&mut self, bytes: &[u8]) -> (Vec<u8>, usize) {
        let rest = REPORT.get(self.begun..).unwrap_or_default();
        let ends_one = self.begun > 0 && bytes.starts_with(rest);
        let kept = if ends_one { rest.len() } else { 0 };
        let (mut typed, mut left) = bytes
            .split_at_checked(kept)
            .map_or_else(|| (Vec::new(), bytes), |(kept, left)| (kept.to_vec(), left));
        let mut found = usize::from(ends_one);
        while let Some((byte, behind)) = left.split_first() {
            if let Some(behind) = left.strip_prefix(REPORT) {
                (left, found) = (behind, found + 1);
            } else {
                typed.push(*byte);
                left = behind;
            }
        }
        let ends_with = |count: &usize| REPORT.get(..*count).is_some_and(|head| typed.ends_with(head));
        self.begun = (1..REPORT.len()).rev().find(ends_with).unwrap_or(0);
        (typed, found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_are_found_whole_and_in_pieces_and_nothing_else_is_lost() {
        let mut reports = Reports::default();
        assert_eq!(reports.take(b"vie\x7f\x1b[0n\xc3\xaa\x1b[0n"), (b"vie\x7f\xc3\xaa".to_vec(), 2));
        assert_eq!(reports.take(b"\x1b[A\x1b"), (b"\x1b[A\x1b".to_vec(), 0));
        assert_eq!(reports.take(b"[0nx"), (b"[0nx".to_vec(), 1));
        assert_eq!(reports.take(b"\x1b[0"), (b"\x1b[0".to_vec(), 0));
        assert_eq!(reports.take(b"n\x1b[0n"), (b"n".to_vec(), 2));
        assert_eq!(reports.take(b"n"), (b"n".to_vec(), 0));
    }
}
