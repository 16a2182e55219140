//! Who wants to speak, who speaks, who has spoken and for how long.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, TimeDelta};

use super::{agenda, board::Board, field, ids::RecordId, kind::Kind, record::Record, roster, timing};

/// What a speech takes as long as neither a limit nor an example says it.
const USUAL: TimeDelta = TimeDelta::minutes(5);

/// What a speech takes at least, whatever was begun and ended by mistake.
const LEAST: TimeDelta = TimeDelta::minutes(1);

/// The speakers who wait, in their order.
pub fn queue(board: &Board) -> Vec<&Record> {
    board.of_kind(Kind::Speech).into_iter().filter(|speech| timing::began(speech).is_none()).collect()
}

/// The speeches that were begun, in the order of their beginnings.
pub fn held(board: &Board) -> Vec<&Record> {
    let mut held: Vec<&Record> =
        board.of_kind(Kind::Speech).into_iter().filter(|speech| timing::began(speech).is_some()).collect();
    held.sort_by_key(|speech| (timing::began(speech), speech.id));
    held
}

/// The speeches that are on: one, unless two logs came together.
pub fn running(board: &Board) -> Vec<&Record> {
    held(board).into_iter().filter(|speech| timing::ended(speech).is_none()).collect()
}

/// Who has the floor: the one who got it last.
pub fn current(board: &Board) -> Option<&Record> {
    running(board).pop()
}

/// Whether nobody knows whose speech it is.
pub fn is_unknown(speech: &Record) -> bool {
    speech.link(&field::UNIT).is_none() && speech.link(&field::SPEAKER).is_none()
}

/// Whether a line was said, and nobody knows by whom; off the record the private log knows. Who worded a solution or a conclusion is nobody's question.
pub fn is_of_nobody(line: &Record) -> bool {
    let said = line.kind().is_some_and(|kind| Kind::SAID.contains(&kind));
    said && line.text(&field::SAID_AT).is_some() && is_unknown(line) && !line.is_off_record()
}

/// Whose speech it is: its unit, else the unit of its speaker.
pub fn unit_of<'a>(board: &'a Board, speech: &Record) -> Option<&'a Record> {
    let of_speaker = || roster::unit_of(board, board.record(speech.link(&field::SPEAKER)?)?);
    roster::unit_of(board, speech).or_else(of_speaker)
}

/// The units that have spoken, in a speech that was begun or in a line that was captured; each with one of them. Kept beside a
/// board it leads to that of the next board without a look at every line.
#[derive(Debug, Clone, Default)]
pub struct Heard(BTreeMap<RecordId, RecordId>);

impl Heard {
    /// Looks no further than to the line by which all have spoken.
    pub fn of(board: &Board) -> Self {
        let lines = Kind::CAPTURED.iter().flat_map(|kind| board.each_of_kind(*kind));
        let said = held(board).into_iter().chain(lines.filter(|line| line.text(&field::SAID_AT).is_some()));
        let mut heard = Self::default();
        let mut unheard: BTreeSet<RecordId> =
            roster::members(board).into_iter().map(|unit| unit.id).collect();
        for (unit, said) in said.filter_map(|said| Some((unit_of(board, said)?.id, said.id))) {
            heard.0.entry(unit).or_insert(said);
            unheard.remove(&unit);
            if unheard.is_empty() {
                break;
            }
        }
        heard
    }

    /// Those on a board that follows on `older`, of which these are. It costs a look at what changed.
    #[must_use]
    pub fn followed(mut self, older: &Board, board: &Board) -> Self {
        let changed: Vec<&Record> =
            board.changed_since(older).filter_map(|id| board.record(id).or(older.record(id))).collect();
        let decides = |record: &&Record| {
            matches!(record.kind(), Some(Kind::Session | Kind::Unit | Kind::Attendee) | None)
        };
        let holds = |(unit, said): (&RecordId, &RecordId)| spoke(board, *said) == Some(*unit);
        if changed.iter().any(decides) || !self.0.iter().all(holds) {
            return Self::of(board);
        }
        let spoken = changed.into_iter().filter_map(|said| Some((spoke(board, said.id)?, said.id)));
        for (unit, said) in spoken {
            self.0.entry(unit).or_insert(said);
        }
        self
    }

    /// The units that take part and have not spoken, in their order.
    pub fn silent<'a>(&self, board: &'a Board) -> Vec<&'a Record> {
        roster::members(board).into_iter().filter(|unit| !self.0.contains_key(&unit.id)).collect()
    }

    /// Who should speak next: of those who wait, the first whose unit has not spoken, else the first.
    pub fn suggested<'a>(&self, board: &'a Board) -> Option<&'a Record> {
        let queue = queue(board);
        let fresh = |speech: &&&Record| {
            unit_of(board, speech).is_some_and(|unit| self.silent(board).iter().any(|of| of.id == unit.id))
        };
        queue.iter().find(fresh).or(queue.first()).copied()
    }
}

/// The unit that spoke in a speech or in a line, if the record is one.
fn spoke(board: &Board, said: RecordId) -> Option<RecordId> {
    let record = board.record(said).filter(|record| !record.is_removed())?;
    let spoke = match record.kind()? {
        Kind::Speech => timing::began(record).is_some(),
        kind => Kind::CAPTURED.contains(&kind) && record.text(&field::SAID_AT).is_some(),
    };
    unit_of(board, record).filter(|_| spoke).map(|unit| unit.id)
}

/// The units that have not spoken, in their order.
pub fn silent(board: &Board) -> Vec<&Record> {
    Heard::of(board).silent(board)
}

/// Who should speak next: see [`Heard::suggested`].
pub fn suggested(board: &Board) -> Option<&Record> {
    Heard::of(board).suggested(board)
}

/// How long one may speak during the item that is on; `None` if nothing was settled.
pub fn limit(board: &Board) -> Option<TimeDelta> {
    let minutes = agenda::current(board)?.number(&field::SPEECH_LIMIT).filter(|minutes| *minutes > 0)?;
    u16::try_from(minutes).ok().map(|minutes| TimeDelta::minutes(minutes.into()))
}

/// What those who wait will take together: each the limit, else what speeches took so far on average.
pub fn queued_time(board: &Board, now: DateTime<FixedOffset>) -> TimeDelta {
    let over: Vec<&Record> =
        held(board).into_iter().filter(|speech| timing::ended(speech).is_some()).collect();
    let taken: TimeDelta = over.iter().map(|speech| timing::spent(board, speech, now)).sum();
    let average = || i32::try_from(over.len()).ok().filter(|count| *count > 0).map(|count| taken / count);
    let each = limit(board).or_else(average).unwrap_or(USUAL).max(LEAST);
    i32::try_from(queue(board).len()).ok().and_then(|count| each.checked_mul(count)).unwrap_or(TimeDelta::MAX)
}

/// How often and how long a unit has spoken.
pub fn time_of(board: &Board, unit: RecordId, now: DateTime<FixedOffset>) -> (usize, TimeDelta) {
    let own: Vec<&Record> = held(board)
        .into_iter()
        .filter(|speech| unit_of(board, speech).is_some_and(|of| of.id == unit))
        .collect();
    (own.len(), own.iter().map(|speech| timing::spent(board, speech, now)).sum())
}

/// Whether a line is part of a speech: begun while it was on, unless somebody has said since that another unit spoke.
pub fn holds(board: &Board, speech: &Record, line: &Record) -> bool {
    let unit = |said| unit_of(board, said).map(|unit| unit.id);
    line.link(&field::SPEECH) == Some(speech.id) && unit(line) == unit(speech)
}

/// Speeches that were held at the same time, which two logs or a time that was put right can bring: each with the one before
/// it that was not over.
pub fn overlaps(board: &Board) -> Vec<(RecordId, RecordId)> {
    let mut overlaps = Vec::new();
    let mut longest: Option<&Record> = None;
    for speech in held(board) {
        let is_over =
            |before: &&Record| timing::ended(before).is_some_and(|end| Some(end) <= timing::began(speech));
        if let Some(before) = longest.filter(|before| !is_over(before)) {
            overlaps.push((before.id, speech.id));
        }
        let end = |speech: &Record| (timing::ended(speech).is_none(), timing::ended(speech));
        longest = longest.filter(|before| end(before) >= end(speech)).or(Some(speech));
    }
    overlaps
}

/// The lines of a speech, in the order in which they were said.
pub fn passage<'a>(board: &'a Board, speech: &Record) -> Vec<&'a Record> {
    let lines = Kind::CAPTURED.iter().flat_map(|kind| board.of_kind(*kind));
    let mut lines: Vec<&Record> = lines.filter(|line| holds(board, speech, line)).collect();
    lines.sort_by_key(|line| (line.moment(&field::SAID_AT), line.born));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::{Capture, Command, Place, Refusal},
        edit::Edit,
        testing::{Desk, ITEMS, UNITS},
    };

    fn register(desk: &mut Desk, unit: Option<RecordId>) -> RecordId {
        let record = desk.ids.record();
        desk.submit(&Command::Register { record, unit, speaker: None }).unwrap();
        record
    }

    fn give_floor(desk: &mut Desk, record: RecordId) {
        desk.submit(&Command::GiveFloor { record, unit: None, speaker: None }).unwrap();
    }

    fn ids(records: Vec<&Record>) -> Vec<RecordId> {
        records.into_iter().map(|record| record.id).collect()
    }

    #[test]
    fn those_who_have_not_spoken_are_suggested_first() {
        let mut desk = Desk::at_session(1);
        let first = register(&mut desk, Some(UNITS[0]));
        let again = register(&mut desk, Some(UNITS[0]));
        let other = register(&mut desk, Some(UNITS[1]));
        assert_eq!(ids(queue(&desk.board)), [first, again, other]);
        give_floor(&mut desk, first);
        assert_eq!(suggested(&desk.board).unwrap().id, other);
        assert!(!ids(silent(&desk.board)).contains(&UNITS[0]));
        give_floor(&mut desk, other);
        assert_eq!(suggested(&desk.board).unwrap().id, again);
        assert_eq!(ids(running(&desk.board)), [other], "one at a time");
    }

    #[test]
    fn a_unit_has_its_time_added_up_and_its_pauses_left_out() {
        let mut desk = Desk::at_session(1);
        let speech = desk.ids.record();
        desk.submit(&Command::GiveFloor { record: speech, unit: Some(UNITS[0]), speaker: None }).unwrap();
        desk.wait(4);
        let pause = desk.ids.record();
        desk.submit(&Command::Pause { record: pause, speech: Some(speech) }).unwrap();
        desk.wait(10);
        desk.submit(&Command::Resume { speech: Some(speech) }).unwrap();
        desk.submit(&Command::EndSpeech).unwrap();
        assert_eq!(time_of(&desk.board, UNITS[0], desk.now()), (1, TimeDelta::minutes(6)));
        let waits = register(&mut desk, Some(UNITS[0]));
        assert_eq!(queued_time(&desk.board, desk.now()), TimeDelta::minutes(6));
        give_floor(&mut desk, waits);
        desk.wait(2);
        assert_eq!(time_of(&desk.board, UNITS[0], desk.now()), (2, TimeDelta::minutes(9)));
        let again = desk.plan(&Command::GiveFloor { record: speech, unit: None, speaker: None });
        assert_eq!(again, Err(Refusal::NoChange), "what is over does not begin again");
    }

    #[test]
    fn the_limit_of_the_item_says_what_the_queue_takes() {
        let mut desk = Desk::at_session(1);
        desk.submit(&Command::StartItem { record: Some(ITEMS[0]) }).unwrap();
        for unit in [UNITS[0], UNITS[1]] {
            register(&mut desk, Some(unit));
        }
        assert_eq!(queued_time(&desk.board, desk.now()), USUAL * 2);
        let allot = |desk: &Desk| {
            let [seen, seen_limit] =
                [field::PLANNED, field::SPEECH_LIMIT].map(|field| desk.seen(ITEMS[0], &field));
            Command::Allot { item: ITEMS[0], planned: 50, limit: 7, seen, seen_limit }
        };
        let before = allot(&desk);
        desk.edit(ITEMS[0], Edit::SpeechLimit(9)).unwrap();
        let stale = Refusal::Stale { record: ITEMS[0], field: field::SPEECH_LIMIT.as_str().to_owned() };
        assert_eq!(desk.plan(&before), Err(stale), "somebody has limited it otherwise");
        let allot = allot(&desk);
        desk.submit(&allot).unwrap();
        assert_eq!(queued_time(&desk.board, desk.now()), TimeDelta::minutes(14));
        let stale = Refusal::Stale { record: ITEMS[0], field: "planned".into() };
        assert_eq!(desk.plan(&allot), Err(stale), "somebody has planned it anew");
    }

    #[test]
    fn a_passage_has_the_lines_of_its_speaker() {
        let mut desk = Desk::at_session(1);
        let speech = desk.ids.record();
        desk.submit(&Command::GiveFloor { record: speech, unit: Some(UNITS[0]), speaker: None }).unwrap();
        let line = |desk: &mut Desk, unit| {
            let record = desk.ids.record();
            let capture = Capture {
                record,
                kind: Kind::Note,
                text: "một câu".into(),
                said_at: desk.now(),
                details: vec![Edit::Unit(Some(unit)), Edit::Speech(Some(speech))],
                off_record: false,
            };
            desk.submit(&Command::Capture(Box::new(capture))).unwrap();
            record
        };
        let own = line(&mut desk, UNITS[0]);
        let moved = line(&mut desk, UNITS[0]);
        let of = |desk: &Desk| ids(passage(&desk.board, desk.board.record(speech).unwrap()));
        assert_eq!(of(&desk), [own, moved]);
        let change = Command::ChangeSpeaker { records: vec![moved], unit: Some(UNITS[1]), speaker: None };
        desk.submit(&change).unwrap();
        assert_eq!(of(&desk), [own]);
    }

    #[test]
    fn speeches_that_two_logs_bring_at_once_end_together() {
        let mut desk = Desk::at_session(1);
        let mut other = desk.elsewhere(2);
        for (desk, unit) in [(&mut desk, UNITS[0]), (&mut other, UNITS[1])] {
            let record = desk.ids.record();
            desk.submit(&Command::GiveFloor { record, unit: Some(unit), speaker: None }).unwrap();
        }
        for change in other.board.changes() {
            desk.board.apply(std::sync::Arc::clone(change));
        }
        assert_eq!(running(&desk.board).len(), 2);
        assert!(current(&desk.board).is_some());
        desk.submit(&Command::EndSpeech).unwrap();
        assert!(running(&desk.board).is_empty());
        assert_eq!(held(&desk.board).len(), 2);
    }

    #[test]
    fn speeches_at_the_same_time_are_told_by_twos() {
        let mut desk = Desk::at_session(1);
        let at = |minutes| Some(crate::domain::testing::eight_o_clock() + TimeDelta::minutes(minutes));
        let mut held = |from, to: Option<i64>| {
            let record = desk.ids.record();
            let times = [Edit::StartedAt(at(from)), Edit::EndedAt(to.and_then(at))];
            let details = [vec![Edit::Text("lời".into())], times.to_vec()].concat();
            let add = Command::Add { record, kind: Kind::Speech, details, place: Place::Last };
            desk.submit(&add).unwrap();
            (record, desk.board.clone())
        };
        let [long, within, after, behind] =
            [(0, 20), (5, 10), (15, 25), (25, 30)].map(|(from, to)| held(from, Some(to)).0);
        let (running, board) = held(40, None);
        assert_eq!(overlaps(&board), [(long, within), (long, after)]);
        let (last, board) = held(50, Some(60));
        assert_eq!(overlaps(&board), [(long, within), (long, after), (running, last)]);
        let found = crate::domain::finding::findings(&board);
        assert!(found.contains(&crate::domain::finding::Finding::SpeechesOverlap(running, last)));
        assert!(!overlaps(&board).iter().any(|pair| pair.1 == behind), "one ends when the other begins");
    }

    #[test]
    fn a_queue_of_a_hundred_is_reckoned() {
        let mut desk = Desk::at_session(1);
        for at in 0..100 {
            register(&mut desk, Some(UNITS[at % UNITS.len()]));
        }
        assert_eq!(queued_time(&desk.board, desk.now()), USUAL * 100);
        let first = queue(&desk.board)[0].id;
        assert_eq!(suggested(&desk.board).map(|speech| speech.id), Some(first));
    }

    #[test]
    fn nobody_asks_who_worded_a_solution() {
        let mut desk = Desk::at_session(1);
        let lines = [Kind::Note, Kind::Opinion, Kind::Solution, Kind::Cause, Kind::Task];
        let of_nobody = lines.map(|kind| {
            let line = desk.capture(kind, "một câu", false);
            desk.edit(line, Edit::Unit(None)).unwrap();
            is_of_nobody(desk.board.record(line).unwrap())
        });
        assert_eq!(of_nobody, [true, true, false, false, false]);
    }

    #[test]
    fn a_speech_of_nobody_known_is_told_apart() {
        let mut desk = Desk::at_session(1);
        let unknown = register(&mut desk, None);
        let known = register(&mut desk, Some(UNITS[0]));
        let is_unknown = |id| is_unknown(desk.board.record(id).unwrap());
        assert!(is_unknown(unknown) && !is_unknown(known));
        let wrong = Command::Register { record: RecordId(0x77), unit: Some(ITEMS[0]), speaker: None };
        assert_eq!(desk.plan(&wrong), Err(Refusal::WrongKind(Kind::AgendaItem)));
    }
}
