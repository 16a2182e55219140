//! What does not hold of a board: shown to people, never a failure of the fold.

use std::collections::BTreeMap;

use super::{
    board::{Board, Progress},
    chain,
    change::{Body, Field},
    difficulty,
    field::{self, set},
    ids::{ChangeId, OriginId, RecordId},
    kind::Kind,
    lint::{self, Lint},
    record::Record,
    rulings::Aside,
    speech, timing,
};

/// Something that people should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Two values of one field are in effect.
    Contested {
        /// The record.
        record: RecordId,
        /// The field.
        field: Field,
    },
    /// The record's merge or continuation would close a circle and is not followed.
    MergeCircle(RecordId),
    /// A link or membership names a record that is not here; a merge or continuation, one that was removed.
    Dangling {
        /// The record with the edge.
        record: RecordId,
        /// The field that holds it.
        field: Field,
    },
    /// A task, a solution, a recommendation or a conclusion that gives work lacks something.
    Lint {
        /// The record.
        record: RecordId,
        /// What it lacks.
        lint: Lint,
    },
    /// Two records carry one short number: hosts that did not know of each other gave it.
    SameNumber {
        /// The number.
        number: String,
        /// The records, the older first.
        records: Vec<RecordId>,
    },
    /// A record of a kind that only a newer version knows.
    UnknownKind(RecordId),
    /// What it answers or follows from leads back to itself.
    ChainCircle(RecordId),
    /// A difficulty that nothing answers.
    Unanswered(RecordId),
    /// A solution, a recommendation, a conclusion or a task that answers nothing.
    Loose(RecordId),
    /// A spoken line of which nobody knows who said it.
    OfNobody(RecordId),
    /// A unit signed twice.
    SignedTwice(RecordId),
    /// Two speeches were held at the same time.
    SpeechesOverlap(RecordId, RecordId),
    /// An item, a speech, a sitting or a pause that ended before it began.
    EndsBeforeItBegins(RecordId),
    /// Changes of an origin are missing.
    Gap(OriginId),
    /// One sequence number of an origin names two different changes; both are kept.
    Fork(OriginId),
    /// Changes that a newer version wrote.
    UnknownChanges(usize),
    /// Changes that came late or from outside wait for a verdict.
    Waiting(usize),
    /// Of what the session was closed or issued with, changes are missing.
    SealBroken {
        /// How many.
        missing: u64,
    },
}

/// All findings of a board, those about single records first, in the order of record ids.
pub fn findings(board: &Board) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut records: Vec<_> = board.records().filter(|record| !record.is_removed()).collect();
    records.sort_by_key(|record| record.id);
    for record in &records {
        let contested = record.contested().cloned();
        found.extend(contested.map(|field| Finding::Contested { record: record.id, field }));
        found.extend(link_findings(board, record));
        if record.kind().is_none() && record.text(&field::KIND).is_some() {
            found.push(Finding::UnknownKind(record.id));
        }
        let lints = lint::lints(board, record).into_iter();
        found.extend(lints.map(|lint| Finding::Lint { record: record.id, lint }));
        let timed = [Kind::AgendaItem, Kind::Speech, Kind::Sitting, Kind::Pause];
        if record.kind().is_some_and(|kind| timed.contains(&kind)) && timing::ends_before_it_begins(record) {
            found.push(Finding::EndsBeforeItBegins(record.id));
        }
    }
    found.extend(same_numbers(&records));
    found.extend(signed_twice(board));
    let overlaps = speech::overlaps(board).into_iter();
    found.extend(overlaps.map(|(first, second)| Finding::SpeechesOverlap(first, second)));
    found.extend(log_findings(board));
    found
}

/// The same, and what is not finished: chains in a circle, orphans at either end, lines of nobody.
pub fn to_look_at(board: &Board) -> Vec<Finding> {
    let circles = Kind::DECIDING.iter().flat_map(|kind| difficulty::main_ids(board, *kind));
    let circles = circles.filter(|id| chain::is_in_a_circle(board, *id)).map(Finding::ChainCircle);
    let said = Kind::SAID.iter().flat_map(|kind| difficulty::main_of(board, *kind));
    let of_nobody = said.filter(|line| speech::is_of_nobody(line)).map(|line| Finding::OfNobody(line.id));
    let unanswered = difficulty::unanswered(board).into_iter().map(|record| Finding::Unanswered(record.id));
    let loose = chain::loose(board).into_iter().filter(|record| !record.is_off_record());
    let loose = loose.map(|record| Finding::Loose(record.id));
    findings(board).into_iter().chain(circles).chain(of_nobody).chain(unanswered).chain(loose).collect()
}

/// The change at which the history shows what is found of the log, or of a record that stands in no list.
pub fn change_of(board: &Board, finding: &Finding) -> Option<ChangeId> {
    let of = |origin: &OriginId, is_it: &dyn Fn(u64, &Progress) -> bool| {
        let progress = board.origins().get(origin)?;
        let mut own = board.changes().filter(|change| change.header.origin == *origin);
        own.find(|change| is_it(change.header.sequence, progress)).map(|change| change.id)
    };
    match finding {
        Finding::Gap(origin) => of(origin, &|number, progress| number > progress.complete_to),
        Finding::Fork(origin) => of(origin, &|number, progress| progress.forked.contains(&number)),
        Finding::UnknownChanges(_) => {
            board.changes().find(|change| matches!(change.body, Body::Unknown)).map(|change| change.id)
        }
        Finding::EndsBeforeItBegins(record) => board.history_of(*record).last().map(|change| change.id),
        _ => None,
    }
}

fn log_findings(board: &Board) -> impl Iterator<Item = Finding> {
    let origins = board.origins().iter();
    let gaps = origins.clone().filter(|(_, p)| p.has_gap()).map(|(origin, _)| Finding::Gap(*origin));
    let forks = origins.filter(|(_, p)| !p.forked.is_empty()).map(|(origin, _)| Finding::Fork(*origin));
    let unknown = Some(board.unknown_changes()).filter(|count| *count > 0);
    let waiting = board.aside().filter(|(change, why)| *why != Aside::Declined && !board.is_erased(change));
    let waiting = waiting.count();
    let waiting = Some(waiting).filter(|count| *count > 0).map(Finding::Waiting);
    gaps.chain(forks).chain(unknown.map(Finding::UnknownChanges)).chain(waiting).chain(broken_seal(board))
}

fn broken_seal(board: &Board) -> Option<Finding> {
    let cover = &board.seal()?.cover;
    let here = board.all_changes().filter(|change| cover.contains(board, change)).count();
    let missing = cover.count.saturating_sub(u64::try_from(here).unwrap_or(u64::MAX));
    (missing > 0).then_some(Finding::SealBroken { missing })
}

/// What does not hold of a record's links. Records that were never created, or whose creation was undone, have none.
fn link_findings(board: &Board, record: &Record) -> Vec<Finding> {
    if record.kind().is_none() {
        return Vec::new();
    }
    let edges = [field::MERGED_INTO, field::ATTACHED_TO];
    let missing = |id: RecordId, needed: bool| {
        board.record(id).is_none_or(|to| to.kind().is_none() || needed && to.is_removed())
    };
    let links = edges.iter().cloned().chain([field::PARENT]).filter_map(|field| {
        let to = record.link(&field)?;
        missing(to, edges.contains(&field)).then_some(field)
    });
    let members = set::OF_RECORDS.iter().flat_map(|set| {
        let gone = record.linked(set).filter(|id| missing(*id, false));
        gone.map(|id| Field::member(set, id))
    });
    let dangling: Vec<Field> = links.chain(members).collect();
    let leads_up = edges.iter().any(|field| record.link(field).is_some() && !dangling.contains(field));
    let circle = leads_up && board.under(record.id).is_none();
    let dangling = dangling.into_iter().map(|field| Finding::Dangling { record: record.id, field });
    dangling.chain(circle.then_some(Finding::MergeCircle(record.id))).collect()
}

fn same_numbers(records: &[&Record]) -> Vec<Finding> {
    let mut bearers: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for record in records {
        if let Some(number) = record.short_number() {
            bearers.entry(number).or_default().push(record);
        }
    }
    let shared = bearers.into_iter().filter(|(_, records)| records.len() > 1);
    let finding = |(number, mut records): (&str, Vec<&Record>)| {
        records.sort_by_key(|record| (record.born, record.id));
        Finding::SameNumber {
            number: number.to_owned(),
            records: records.iter().map(|record| record.id).collect(),
        }
    };
    shared.map(finding).collect()
}

fn signed_twice(board: &Board) -> Vec<Finding> {
    let mut units: Vec<_> =
        board.of_kind(Kind::Signature).iter().filter_map(|signature| signature.link(&field::UNIT)).collect();
    units.sort_unstable();
    let mut twice: Vec<_> = units
        .windows(2)
        .filter_map(|pair| if let [a, b] = pair { (a == b).then_some(*a) } else { None })
        .collect();
    twice.dedup();
    twice.into_iter().map(Finding::SignedTwice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        change::{Body, Value, Write},
        command::Command,
        testing::{Desk, UNITS, foreign},
    };

    fn write(record: RecordId, field: Field, value: impl Into<Value>) -> Write {
        Write { record, field, value: value.into(), replaces: Vec::new() }
    }

    #[test]
    fn what_a_task_lacks_is_found() {
        let mut desk = Desk::at_session(1);
        let task = desk.line(Kind::Task, "một");
        let lints = [Lint::NoLead, Lint::NoDue, Lint::NoDeliverable];
        assert_eq!(findings(&desk.board), lints.map(|lint| Finding::Lint { record: task, lint }));
        desk.submit(&Command::Remove { record: task }).unwrap();
        assert!(findings(&desk.board).is_empty());
    }

    #[test]
    fn what_is_not_finished_is_listed_behind_what_does_not_hold() {
        use crate::domain::command::Relation;
        let mut desk = Desk::at_session(1);
        let open = desk.line(Kind::Difficulty, "một");
        let [one, two] = ["hai", "ba"].map(|text| desk.line(Kind::Conclusion, text));
        for (from, to) in [(one, two), (two, one)] {
            desk.submit(&Command::Link { from, relation: Relation::Follows, to }).unwrap();
        }
        let solution = desk.line(Kind::Solution, "bốn");
        let note = desk.line(Kind::Note, "năm");
        desk.submit(&Command::ChangeSpeaker { records: vec![note], unit: None, speaker: None }).unwrap();
        let expected = [
            Finding::ChainCircle(one),
            Finding::ChainCircle(two),
            Finding::OfNobody(note),
            Finding::Unanswered(open),
            Finding::Loose(solution),
        ];
        assert_eq!(to_look_at(&desk.board), expected);
    }

    #[test]
    fn what_two_hosts_and_newer_versions_did_is_shown() {
        let mut desk = Desk::at_session(1);
        let line = desk.line(Kind::Difficulty, "một");
        let mut other = desk.elsewhere(2);
        let [mine, theirs] = [desk.line(Kind::Difficulty, "hai"), other.line(Kind::Difficulty, "ba")];
        other.board.changes().for_each(|change| {
            desk.board.apply(std::sync::Arc::clone(change));
        });
        let strange = RecordId(0x99);
        let writes = vec![
            write(strange, field::KIND, "kind_of_2031"),
            write(line, Field::member(set::ANSWERS, RecordId(404)), true),
            write(line, field::TEXT, "khác"),
            write(RecordId(0x70), field::KIND, Kind::Signature),
            write(RecordId(0x70), field::UNIT, UNITS[0]),
            write(RecordId(0x71), field::KIND, Kind::Signature),
            write(RecordId(0x71), field::UNIT, UNITS[0]),
        ];
        desk.board.apply(foreign(5, 2, 40, writes));
        let mut newer = (*foreign(5, 4, 41, Vec::new())).clone();
        newer.body = Body::Unknown;
        desk.board.apply(std::sync::Arc::new(newer));
        let found = findings(&desk.board);
        let older_first = {
            let born = |id: RecordId| desk.board.record(id).unwrap().born;
            if born(mine) < born(theirs) { vec![mine, theirs] } else { vec![theirs, mine] }
        };
        let expected = [
            Finding::UnknownKind(strange),
            Finding::Contested { record: line, field: field::TEXT },
            Finding::Dangling { record: line, field: Field::member(set::ANSWERS, RecordId(404)) },
            Finding::SameNumber { number: "KK-02".into(), records: older_first },
            Finding::SignedTwice(UNITS[0]),
            Finding::Gap(OriginId(5)),
            Finding::UnknownChanges(1),
        ];
        assert_eq!(found, expected);
        let at = |finding| {
            change_of(&desk.board, &finding).map(|id| desk.board.change(id).unwrap().header.sequence)
        };
        assert_eq!(at(Finding::Gap(OriginId(5))), Some(2), "the first one behind what is missing");
        assert_eq!(at(Finding::UnknownChanges(1)), Some(4));
        assert_eq!(at(Finding::SignedTwice(UNITS[0])), None, "a record is to be gone to");
    }
}
