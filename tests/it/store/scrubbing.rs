//! Damage behind a clean close is found by the slow look behind, long after, and mended from the other copy.

use std::{
    fs,
    sync::mpsc::{self, Receiver},
    time::Duration,
};

use hoinghi::{
    domain::ids::ScopeId,
    store::{Event, Store, Writer, examine},
};

use super::lab::{Lab, OTHER, SESSION, capture, new_session, refold, request};

/// How long an idle program is watched.
const LONG: Duration = Duration::from_secs(8);
/// Longer than it takes until the look behind begins and ends.
const A_WHILE: Duration = Duration::from_secs(5);

/// Two sessions, closed cleanly.
fn closed(lab: &mut Lab) {
    let mut store = lab.filled();
    store.commit(&request(0x801, OTHER, new_session("Quý II"))).unwrap();
    for id in 0x802..0x806 {
        store.commit(&request(id, OTHER, capture(id, &format!("ý {id}"), false))).unwrap();
    }
    store.close().unwrap();
}

/// Spoils a letter in the middle of a log.
fn spoil(lab: &Lab, scope: ScopeId) {
    let path = lab.logs(scope).pop().unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.iter().take(bytes.len() / 2).rposition(|byte| *byte == b'\n').unwrap();
    bytes[middle.saturating_sub(90)] ^= 1;
    fs::write(&path, bytes).unwrap();
}

fn watch(lab: &mut Lab) -> (Writer, Receiver<Event>) {
    let (sender, events) = mpsc::channel();
    let writer = Writer::spawn(lab.open(), move |event| drop(sender.send(event))).unwrap();
    // A search wakes the database.
    writer.reader().texts(vec![SESSION]).unwrap();
    (writer, events)
}

/// How many sessions were mended, if that is told within a while.
fn told(events: &Receiver<Event>, within: Duration) -> Option<u64> {
    let started = std::time::Instant::now();
    while let Ok(event) = events.recv_timeout(within.saturating_sub(started.elapsed())) {
        if let Event::Scrubbed { sessions } = event {
            return Some(sessions);
        }
    }
    None
}

#[test]
fn a_spoiled_line_behind_a_clean_close_comes_back_and_is_told_once() {
    let mut lab = Lab::new();
    closed(&mut lab);
    let read = |lab: &mut Lab| Store::open(&lab.path(), lab.options().read_only()).unwrap();
    let whole = refold(&read(&mut lab), OTHER);
    spoil(&lab, OTHER);
    assert_ne!(refold(&read(&mut lab), OTHER), whole);
    let (writer, events) = watch(&mut lab);
    assert_eq!(told(&events, LONG), Some(1));
    writer.close().unwrap();
    assert_eq!(refold(&read(&mut lab), OTHER), whole);
    let diagnosis = examine(&lab.path(), &lab.options(), false).unwrap();
    assert!(diagnosis.is_sound() && diagnosis.mended_behind == 1, "{diagnosis:?}");
    let (writer, events) = watch(&mut lab);
    assert_eq!(told(&events, A_WHILE), None, "a mended place is no news");
    writer.close().unwrap();
}

#[test]
fn records_that_differ_from_the_log_are_written_anew_and_the_next_start_goes_on_behind() {
    let mut lab = Lab::new();
    closed(&mut lab);
    let db = sled::open(lab.path().join("db/000001")).unwrap();
    let records = db.open_tree("records").unwrap();
    for scope in [SESSION, OTHER] {
        let key = records.scan_prefix(scope.0.to_be_bytes()).keys().next().unwrap().unwrap();
        records.insert(key, b"{}").unwrap();
    }
    db.flush().unwrap();
    drop((records, db));
    // An earlier start got as far as the first of the two.
    let first = SESSION.min(OTHER);
    fs::write(lab.path().join("scrub"), format!(r#"{{"after":"{first}","mended":0}}"#)).unwrap();
    for (already, left) in [(1, 1), (2, 0)] {
        let (writer, events) = watch(&mut lab);
        assert_eq!(told(&events, LONG), Some(1));
        writer.close().unwrap();
        let diagnosis = examine(&lab.path(), &lab.options(), false).unwrap();
        assert_eq!((diagnosis.mended_behind, diagnosis.findings.len()), (already, left));
    }
}
