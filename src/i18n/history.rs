//! A change as a sentence: who did what to which record.

use super::{Lang, Strings, fill};
use crate::domain::{
    board::Board,
    change::{Body, Change, Field, Value, Write},
    cover::Cover,
    field::{self, set},
    ids::RecordId,
    kind::{Attendance, Kind, Reading},
    record::Record,
    roll_call, roster, undo,
};

/// How many letters of a record's wording stand in a sentence when it has no number.
const QUOTED: usize = 40;
/// How many abbreviations stand in a sentence.
const NAMED: usize = 5;

/// What a change did, as a sentence of history.
pub fn sentence(lang: Lang, board: &Board, change: &Change) -> String {
    let strings = lang.strings();
    let who = &*change.header.author.name;
    match change.body {
        Body::Unknown => return fill(strings.history_unknown, &[who]),
        Body::Erased => return fill(strings.history_erased, &[who]),
        Body::Writes(_) => {}
    }
    if let Some(target) = undo::reverted(change).and_then(|id| board.change(id)) {
        let what = undone(lang, board, target);
        let pattern =
            if &*change.header.name == "Undo" { strings.history_undo } else { strings.history_redo };
        return fill(pattern, &[who, &what]);
    }
    describe(strings, board, change, who)
}

/// The sentence of what was undone, without its author.
fn undone(lang: Lang, board: &Board, target: &Change) -> String {
    let strings = lang.strings();
    match undo::reverted(target).and_then(|id| board.change(id)) {
        Some(first) if first.id != target.id => describe(strings, board, first, "").trim().to_owned(),
        _ => describe(strings, board, target, "").trim().to_owned(),
    }
}

fn describe(strings: &Strings, board: &Board, change: &Change, who: &str) -> String {
    let what = objects(strings, board, change);
    let one = |pattern: &str| fill(pattern, &[who, &what]);
    let count = |pattern: &str, set| fill(pattern, &[who, &members(change, set).to_string()]);
    match &*change.header.name {
        "CreateSession" => fill(strings.history_create_session, &[who]),
        "AddRoster" => {
            let [units, people] = [Kind::Unit, Kind::Attendee].map(|kind| made(change, kind).to_string());
            fill(strings.import.making.history_roster, &[who, &units, &people])
        }
        "Add" | "AddKeynote" => one(strings.history_add),
        "ReviseKeynote" => one(strings.import.history_revise),
        "TakeUp" => fill(strings.following.history_take_up, &[who, &taken_up(change).to_string()]),
        "Capture" => one(strings.history_capture),
        "Edit" => fill(strings.history_edit, &[who, &edited(strings, change), &what]),
        "Fill" | "FillEach" => fill(strings.concluding.history_fill, &[who, &edited(strings, change), &what]),
        "Expand" => one(strings.sorting.history_expand),
        "SetAbbreviations" => {
            fill(strings.sorting.history_abbreviations, &[who, &abbreviations(change).join(", ")])
        }
        "ReadBack" => fill(strings.read_back.history_read_back, &[who, &what, &read_as(strings, change)]),
        "Freeze" => fill(strings.read_back.history_freeze, &[who, &frozen(change).to_string()]),
        "Classify" => one(strings.history_classify),
        "Split" => one(strings.history_split),
        "Merge" => one(strings.history_merge),
        "Unmerge" => one(strings.history_unmerge),
        "Attach" => one(strings.history_attach),
        "Take" => one(strings.sorting.history_take),
        "KeepBoth" => one(strings.sorting.history_keep_both),
        "ChangeSpeaker" => one(strings.history_change_speaker),
        "Link" => one(strings.history_link),
        "Unlink" => one(strings.history_unlink),
        "Move" => one(strings.history_move),
        "Remove" => one(strings.history_remove),
        "Restore" => one(strings.history_restore),
        "SetState" => fill(strings.history_set_state, &[who, &new_state(strings, change)]),
        "SetPledge" => fill(strings.history_set_pledge, &[who, &new_state(strings, change)]),
        "StartItem" => match started(strings, board, change) {
            Some(item) => fill(strings.history_start_item, &[who, &item]),
            None => fill(strings.history_end_item, &[who]),
        },
        "Pause" => fill(strings.paused(of_speech(board, change)), &[who]),
        "Resume" => fill(strings.resumed(of_speech(board, change)), &[who]),
        "Allot" => one(strings.history_allot),
        "Register" => one(strings.history_register),
        "GiveFloor" => {
            let begun = started(strings, board, change).unwrap_or_default();
            fill(strings.history_give_floor, &[who, &begun])
        }
        "EndSpeech" => one(strings.history_end_speech),
        "MarkAttendance" => fill(strings.history_mark_attendance, &[who, &what, marked(strings, change)]),
        "BeginSitting" => fill(strings.history_begin_sitting, &[who, &sitting(strings, board, change)]),
        "EndSitting" => fill(strings.history_end_sitting, &[who, &sitting(strings, board, change)]),
        "Seat" => one(strings.history_seat),
        "SetConnection" if is_lost(change) => one(strings.history_connection_lost),
        "SetConnection" => one(strings.history_connection_back),
        "Publish" => one(strings.wall.history_publish),
        "Unpublish" => one(strings.wall.history_unpublish),
        "Disclose" => fill(strings.wall.history_disclose, &[who, &first(strings, board, change)]),
        "Sign" => fill(strings.history_sign, &[who, &signer(board, change)]),
        "Accept" => count(strings.history_accept, set::VERDICT),
        "Decline" => count(strings.history_decline, set::VERDICT),
        "Admit" => fill(strings.history_admit, &[who]),
        "TakeNotebook" => fill(strings.notebook.history, &[who, &letter(change)]),
        "Receive" => fill(strings.history_receive, &[who, &received(change).to_string()]),
        "Erase" => count(strings.history_erase, set::ERASED),
        _ => one(strings.history_other),
    }
}

/// The letter of the notebook that a change gives out.
fn letter(change: &Change) -> String {
    let letters = change.writes().iter().filter_map(|write| write.field.member_of(set::NOTEBOOK));
    letters.collect()
}

/// The first few abbreviations that a change writes.
fn abbreviations(change: &Change) -> Vec<&str> {
    change.writes().iter().filter_map(|write| write.field.member_of(set::ABBREVIATION)).take(NAMED).collect()
}

/// How many members of a set a change writes.
fn members(change: &Change, set: &str) -> usize {
    change.writes().iter().filter(|write| write.field.member_of(set).is_some()).count()
}

/// How many records of a kind a change makes.
fn made(change: &Change, kind: Kind) -> usize {
    let makes = |write: &&Write| write.field == field::KIND && write.value == Value::from(kind);
    change.writes().iter().filter(makes).count()
}

/// How many items of earlier sessions a change takes up.
fn taken_up(change: &Change) -> usize {
    change.writes().iter().filter(|write| write.field == field::EARLIER).count()
}

/// How many changes are kept as proposals by one.
fn received(change: &Change) -> u64 {
    let held = change.writes().iter().filter(|write| write.field.member_of(set::HELD).is_some());
    held.filter_map(|write| Cover::read(&write.value)).map(|cover| cover.count).sum()
}

/// The labels of the fields that an edit wrote.
fn edited(strings: &Strings, change: &Change) -> String {
    let said = change.writes().iter().filter(|write| !field::is_bookkeeping(&write.field));
    let mut labels: Vec<&str> = said.map(|write| strings.field(&write.field)).collect();
    labels.dedup();
    labels.join(", ").to_lowercase()
}

/// The records of a change: the first by name, the others counted; with the record it was joined to, if any.
fn objects(strings: &Strings, board: &Board, change: &Change) -> String {
    let mut ids: Vec<RecordId> = Vec::new();
    for write in change.writes() {
        if !ids.contains(&write.record) {
            ids.push(write.record);
        }
    }
    let Some(first) = ids.first() else { return String::new() };
    let mut text = name_in(strings, board, change, *first);
    if ids.len() > 1 {
        text = fill(strings.history_and_more, &[&text, &(ids.len() - 1).to_string()]);
    }
    match change.writes().iter().find_map(joined) {
        Some(other) => format!("{text} ({})", name(strings, board, other)),
        None => text,
    }
}

/// The first record of a change by name.
fn first(strings: &Strings, board: &Board, change: &Change) -> String {
    let first = change.writes().first().map(|write| name_in(strings, board, change, write.record));
    first.unwrap_or_default()
}

/// The record that a write joins its own to.
fn joined(write: &Write) -> Option<RecordId> {
    if [field::MERGED_INTO, field::ATTACHED_TO].contains(&write.field) {
        return write.value.as_text()?.parse().ok();
    }
    let member = |set| write.field.member_of(set)?.parse().ok();
    member(set::ANSWERS).or_else(|| member(set::FOLLOWS)).or_else(|| member(set::APART))
}

/// A record as people call it; one that the board lacks, because the change is not in effect, as the change makes it.
fn name_in(strings: &Strings, board: &Board, change: &Change, id: RecordId) -> String {
    if board.record(id).is_some_and(|record| record.kind().is_some()) {
        return name(strings, board, id);
    }
    let own = |field: &Field| {
        let write = change.writes().iter().find(|write| write.record == id && write.field == *field)?;
        write.value.as_text()
    };
    let kind = own(&field::KIND).and_then(Kind::named).map_or("", |kind| strings.kind(kind));
    match own(&field::TEXT).or_else(|| own(&field::TITLE)) {
        Some(words) => format!("{kind} “{}”", shortened(words)),
        None => name(strings, board, id),
    }
}

/// A record as people call it: its number, its code, or its first words.
fn name(strings: &Strings, board: &Board, id: RecordId) -> String {
    let Some(record) = board.record(id) else { return strings.field_other.to_lowercase() };
    if let Some(number) = record.short_number().or_else(|| record.text(&field::CODE)) {
        return number.to_owned();
    }
    if record.kind() == Some(Kind::Speech) {
        return strings.speech_called(board, record);
    }
    let kind = record.kind().map_or("", |kind| strings.kind(kind));
    match quoted(record) {
        Some(words) => format!("{kind} “{words}”"),
        None => kind.to_owned(),
    }
}

fn quoted(record: &Record) -> Option<String> {
    Some(record.wording()).filter(|words| !words.is_empty()).map(shortened)
}

fn shortened(words: &str) -> String {
    let head: String = words.chars().take(QUOTED).collect();
    if head.len() < words.len() { format!("{}…", head.trim_end()) } else { head }
}

fn new_state(strings: &Strings, change: &Change) -> String {
    use crate::domain::kind::{PledgeState, SessionState};
    let value = |field| {
        let write = change.writes().iter().find(|write| write.field == field)?;
        write.value.as_text()
    };
    let session = value(field::STATE).and_then(SessionState::named).map(|state| strings.state(state));
    let pledge =
        || value(field::PLEDGE_STATE).and_then(PledgeState::named).map(|state| strings.pledge_state(state));
    session.or_else(pledge).unwrap_or_default().to_owned()
}

/// How people were marked.
fn marked(strings: &Strings, change: &Change) -> &'static str {
    let written = |family: Field| {
        let is = |write: &&Write| roll_call::family(&write.field).is_some_and(|(of, _)| of == family);
        change.writes().iter().find(is).and_then(|write| write.value.as_text())
    };
    let timed = [(field::ARRIVED, strings.attendance_late), (field::LEFT, strings.attendance_left_early)];
    let late = timed.into_iter().find(|(field, _)| written(field.clone()).is_some()).map(|(_, word)| word);
    let state = || written(field::ATTENDANCE).and_then(Attendance::named);
    let whom = || written(field::SUBSTITUTE_FOR).map(|_| Attendance::Substitute);
    late.unwrap_or_else(|| strings.attendance(state().or_else(whom).unwrap_or(Attendance::Present)))
}

/// What was said of a paragraph.
fn read_as(strings: &Strings, change: &Change) -> String {
    let write = change.writes().iter().find(|write| write.field == field::READING);
    strings.reading(write.and_then(|write| write.value.as_text()).and_then(Reading::named)).to_lowercase()
}

/// How many paragraphs a version has.
fn frozen(change: &Change) -> usize {
    change
        .writes()
        .iter()
        .filter(|write| write.field == field::FROZEN_AS && write.value != Value::Absent)
        .count()
}

fn is_lost(change: &Change) -> bool {
    change.writes().iter().any(|write| write.value == Value::Flag(true))
}

/// The agenda item or speech that a change started.
fn started(strings: &Strings, board: &Board, change: &Change) -> Option<String> {
    let start = change.writes().iter().find(|write| write.field == field::STARTED_AT)?;
    Some(name(strings, board, start.record))
}

/// The sitting that a change began or ended: the one that it began, else the only one.
fn sitting(strings: &Strings, board: &Board, change: &Change) -> String {
    let is_sitting =
        |id: &RecordId| board.record(*id).is_some_and(|record| record.kind() == Some(Kind::Sitting));
    let began =
        change.writes().iter().find(|write| write.field == field::STARTED_AT).map(|write| write.record);
    let other = || change.writes().iter().map(|write| write.record).find(is_sitting);
    let id = began.filter(is_sitting).or_else(other);
    id.map(|id| name(strings, board, id)).unwrap_or_default()
}

/// Whether the first record that a change wrote is the pause of a speech.
fn of_speech(board: &Board, change: &Change) -> bool {
    let first = change.writes().first().and_then(|write| board.record(write.record));
    first.is_some_and(|pause| pause.link(&field::PARENT).is_some())
}

fn signer(board: &Board, change: &Change) -> String {
    let unit = change.writes().iter().find(|write| write.field == field::UNIT);
    let id = unit.and_then(|write| if let Value::Text(id) = &write.value { id.parse().ok() } else { None });
    id.and_then(|id| board.record(id)).map(roster::code).unwrap_or_default().to_owned()
}
