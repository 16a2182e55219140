//! How the states of a seat stand behind each other in its draft: whole ones, and between long ones only what a burst of keys changed.
//!
//! Invariant: what is read is a state that was once written. Every frame has a sum; that of a change covers the sum of the frame
//! before, so that no change is laid over a state that it was not made for.

use super::draft::SavedDraft;
use crate::domain::ids::CommandId;

const SUM: usize = 16;
const HEAD: usize = 4 + 16 + SUM;
/// In the length of a frame: it holds what changed since the one before. An earlier version takes it for a torn end.
const CHANGED: u32 = 1 << 31;
/// Shorter states stand whole: each can then be read without any other.
const SHORT: usize = 4096;
/// So many changes follow each other; damage to one costs those behind it up to the next whole state.
const CHANGES: u32 = 64;
/// So many bytes are compared at once.
const STRETCH: usize = 256;

type Sum = [u8; SUM];

/// Writes one state after the other.
#[derive(Debug, Default)]
pub(super) struct Pen {
    /// The long state written last, and the sum of its frame.
    last: Option<(Vec<u8>, Sum)>,
    /// How many changes stand since the last whole one.
    changes: u32,
}

impl Pen {
    /// The next frame: a change if that is much shorter.
    pub(super) fn next(&mut self, command: CommandId, state: &[u8]) -> Vec<u8> {
        let last = self.last.take().filter(|_| self.changes < CHANGES);
        let change = last.map(|(last, before)| (change(&last, state), before));
        let Some((change, before)) = change.filter(|(change, _)| change.len() < state.len() / 2) else {
            return self.whole(command, state);
        };
        let sum = sum(&[&before, &command.0.to_be_bytes(), &change]);
        self.changes += 1;
        self.last = Some((state.to_vec(), sum));
        frame(command, CHANGED, &sum, &change)
    }

    /// The next frame, with the whole state.
    pub(super) fn whole(&mut self, command: CommandId, state: &[u8]) -> Vec<u8> {
        let sum = sum(&[&command.0.to_be_bytes(), state]);
        self.changes = 0;
        self.last = (state.len() >= SHORT).then(|| (state.to_vec(), sum));
        frame(command, 0, &sum, state)
    }

    /// After a frame that was not written: the next one is whole.
    pub(super) fn forget(&mut self) {
        self.last = None;
    }
}

/// A file with one state.
pub(super) fn only(command: CommandId, state: &[u8]) -> Vec<u8> {
    Pen::default().whole(command, state)
}

fn sum(parts: &[&[u8]]) -> Sum {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().as_bytes().first_chunk().copied().unwrap_or_default()
}

/// Length of the content, command, sum, content.
fn frame(command: CommandId, kind: u32, sum: &Sum, content: &[u8]) -> Vec<u8> {
    let len = u32::try_from(content.len()).unwrap_or(u32::MAX >> 1) | kind;
    [&len.to_be_bytes()[..], &command.0.to_be_bytes(), sum, content].concat()
}

/// How many bytes stay at the beginning, how many at the end, and what stands between them now.
fn change(last: &[u8], state: &[u8]) -> Vec<u8> {
    let begin = alike(last.chunks(STRETCH).zip(state.chunks(STRETCH)), |a, b| {
        a.iter().zip(b).take_while(|(a, b)| a == b).count()
    });
    let rest = |bytes: &[u8]| bytes.len().saturating_sub(begin);
    let end = alike(last.rchunks(STRETCH).zip(state.rchunks(STRETCH)), |a, b| {
        a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count()
    });
    let end = end.min(rest(last)).min(rest(state));
    let between = state.get(begin..state.len() - end).unwrap_or_default();
    let lengths = [begin, end].map(|len| u32::try_from(len).unwrap_or_default().to_be_bytes());
    [lengths.as_flattened(), between].concat()
}

/// How many bytes are the same in stretches that follow each other; `count` says how many of two that differ.
fn alike<'a>(
    stretches: impl Iterator<Item = (&'a [u8], &'a [u8])>,
    count: impl Fn(&[u8], &[u8]) -> usize,
) -> usize {
    let mut same = 0;
    for (a, b) in stretches {
        if a != b {
            return same + count(a, b);
        }
        same += a.len();
    }
    same
}

/// A state with a change laid over it.
fn changed(state: &[u8], change: &[u8]) -> Option<Vec<u8>> {
    let (begin, rest) = change.split_first_chunk::<4>()?;
    let (end, between) = rest.split_first_chunk::<4>()?;
    let [begin, end] =
        [begin, end].map(|len| usize::try_from(u32::from_be_bytes(*len)).unwrap_or(usize::MAX));
    let kept = state.len().checked_sub(end)?;
    Some([state.get(..begin)?, between, state.get(kept..)?].concat())
}

/// One frame as it stands in a file, its sum not yet checked, and where it ends.
struct Frame<'a> {
    command: CommandId,
    is_change: bool,
    sum: &'a Sum,
    content: &'a [u8],
    end: usize,
}

impl Frame<'_> {
    fn is_whole(&self) -> bool {
        !self.is_change && sum(&[&self.command.0.to_be_bytes(), self.content]) == *self.sum
    }

    /// The state after this change, if it was made for the one before.
    fn after(&self, state: &[u8], before: &Sum) -> Option<Vec<u8>> {
        let fits = sum(&[before, &self.command.0.to_be_bytes(), self.content]) == *self.sum;
        changed(state, self.content).filter(|_| fits && self.is_change)
    }
}

fn frames(content: &[u8]) -> Vec<Frame<'_>> {
    let mut frames = Vec::new();
    let mut rest = content;
    while let Some((mut frame, after)) = split(rest) {
        frame.end = content.len() - after.len();
        frames.push(frame);
        rest = after;
    }
    frames
}

fn split(bytes: &[u8]) -> Option<(Frame<'_>, &[u8])> {
    let (head, rest) = bytes.split_at_checked(HEAD)?;
    let (len, head) = head.split_first_chunk::<4>()?;
    let (command, head) = head.split_first_chunk::<16>()?;
    let sum = head.first_chunk()?;
    let len = u32::from_be_bytes(*len);
    let (content, rest) = rest.split_at_checked(usize::try_from(len & !CHANGED).ok()?)?;
    let command = CommandId(u128::from_be_bytes(*command));
    Some((Frame { command, is_change: len & CHANGED != 0, sum, content, end: 0 }, rest))
}

/// The newest state that can be read in a file, and where it ends: the last whole one with the changes behind it.
pub(super) fn newest(content: &[u8]) -> (Option<SavedDraft>, u64) {
    let frames = frames(content);
    let Some(at) = frames.iter().rposition(Frame::is_whole) else { return (None, 0) };
    let mut behind = frames.iter().skip(at);
    let Some(mut last) = behind.next() else { return (None, 0) };
    let mut state = last.content.to_vec();
    for frame in behind {
        let Some(after) = frame.after(&state, last.sum) else { break };
        (state, last) = (after, frame);
    }
    (Some(SavedDraft { command: last.command, state }), u64::try_from(last.end).unwrap_or_default())
}

/// Whether a file holds states in pieces, so that no search through its bytes finds what stands in them.
pub(super) fn has_pieces(content: &[u8]) -> bool {
    frames(content).iter().any(|frame| frame.is_change)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// States as somebody writes them: a long text, of which a few letters in one place become others.
    fn states() -> impl Strategy<Value = Vec<Vec<u8>>> {
        let edit = (any::<prop::sample::Index>(), 0_usize..40, prop::collection::vec(any::<u8>(), 0..40));
        let text = prop::collection::vec(any::<u8>(), 0..12_000);
        (text, prop::collection::vec(edit, 1..100)).prop_map(|(mut text, edits)| {
            let edited = edits.into_iter().map(|(at, out, letters)| {
                let from = at.index(text.len() + 1);
                text.splice(from..text.len().min(from + out), letters);
                text.clone()
            });
            edited.collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn wherever_the_file_ends_the_last_state_that_arrived_is_read(
            states in states(),
            cut in any::<prop::sample::Index>(),
        ) {
            let mut pen = Pen::default();
            let mut file = Vec::new();
            let mut ends = Vec::new();
            for (state, number) in states.iter().zip(1..) {
                file.extend(pen.next(CommandId(number), state));
                ends.push(file.len());
            }
            file.truncate(cut.index(file.len() + 1));
            let arrived = ends.iter().filter(|end| **end <= file.len()).count();
            let expected = arrived.checked_sub(1).map(|last| (states[last].clone(), ends[last]));
            let (read, end) = newest(&file);
            prop_assert_eq!(read.map(|read| (read.state, end.try_into().unwrap())), expected);
        }

        #[test]
        fn what_is_read_of_a_damaged_file_was_once_written(
            states in states(),
            spoiled in any::<prop::sample::Index>(),
            bit in 0_u8..8,
        ) {
            let mut pen = Pen::default();
            let mut file: Vec<u8> = states.iter().flat_map(|state| pen.next(CommandId(1), state)).collect();
            let at = spoiled.index(file.len());
            file[at] ^= 1 << bit;
            let (read, _) = newest(&file);
            prop_assert!(read.is_none_or(|read| states.contains(&read.state)));
        }
    }

    #[test]
    fn a_letter_in_a_long_text_costs_little() {
        let mut pen = Pen::default();
        let mut state = vec![b'x'; 200_000];
        let first = pen.next(CommandId(1), &state).len();
        let mut written = 0;
        for _ in 0..CHANGES {
            state.insert(100_000, b'y');
            written += pen.next(CommandId(1), &state).len();
        }
        assert!(first > 200_000 && written < 64 * 60, "{written}");
        assert!(pen.next(CommandId(1), &state).len() > 200_000, "now and then it stands whole");
    }
}
