//! Going on in another folder when this one takes no more writes.

use std::{fs, path::Path, sync::Arc};

use hoinghi::{
    domain::{board::Board, ids::RecordId},
    store::{CommitError, Event, OpenOptions, Store, StoreError, Writer},
};

use super::{
    faults::{Fault, FaultyDisk},
    lab::{Lab, SESSION, at, capture, new_session, refold, request, wordings},
};

/// A filled store, one line of it off the record, on a disk that has become full.
fn full(lab: &mut Lab) -> Store {
    let disk = FaultyDisk::default();
    let mut options = lab.options();
    options.files = Arc::new(disk.clone());
    let mut store = Store::open(&lab.path(), options).unwrap();
    store.person("Lan", at()).unwrap();
    lab.commit(&mut store, new_session("Quý I"));
    lab.capture(&mut store, "trước");
    lab.commit(&mut store, capture(0xb1, "không ghi biên bản", true));
    disk.0.set(Some(Fault::FullWhile(lab.dir.path().to_owned())));
    store
}

fn options() -> OpenOptions {
    OpenOptions::new(0xe15e, "the test")
}

fn holds(board: &Board, wording: &str) -> bool {
    wordings(board).iter().any(|known| known == wording)
}

#[test]
fn everything_acknowledged_is_there_and_the_unsaved_command_can_be_given() {
    let mut lab = Lab::new();
    let mut store = full(&mut lab);
    let wish = request(99, SESSION, capture(0xc1, "lời cuối", false));
    assert!(matches!(store.commit(&wish), Err(CommitError::NotSaved(StoreError::DiskFull(_)))));
    let there = lab.dir.path().join("usb");
    let mut moved = store.elsewhere(&there, options()).unwrap();
    assert_eq!((moved.folder.clone(), moved.changes), (there.clone(), 5), "a person, three changes, a body");
    assert!(!moved.store.commit(&wish).unwrap().repeated);
    moved.store.close().unwrap();
    let mut again = Store::open(&there, options()).unwrap();
    let shared = again.board(SESSION).unwrap();
    assert_eq!(*shared, refold(&again, SESSION));
    assert!(holds(&shared, "lời cuối"), "{:?}", wordings(&shared));
    let private = again.private_board(SESSION).unwrap();
    assert_eq!(private.record(RecordId(0xb1)).unwrap().wording(), "không ghi biên bản");
    assert_eq!(again.person("Lan", at()).unwrap(), store.person("Lan", at()).unwrap());
}

#[test]
fn a_session_whose_medium_is_gone_is_brought_from_memory() {
    let mut lab = Lab::new();
    let store = full(&mut lab);
    for gone in ["log", "private"] {
        fs::remove_dir_all(lab.path().join(gone)).unwrap();
    }
    let mut moved = store.elsewhere(&lab.dir.path().join("usb"), options()).unwrap();
    assert_eq!(moved.changes, 5);
    assert!(holds(&moved.store.board(SESSION).unwrap(), "trước"));
    let body = moved.store.private_board(SESSION).unwrap();
    assert_eq!(body.record(RecordId(0xb1)).unwrap().wording(), "không ghi biên bản");
}

#[test]
fn what_stands_there_already_stays() {
    let mut lab = Lab::new();
    let store = full(&mut lab);
    let usb = lab.dir.path().join("usb");
    fs::create_dir(&usb).unwrap();
    fs::write(usb.join("ảnh.jpg"), b"x").unwrap();
    let moved = store.elsewhere(&usb, options()).unwrap();
    assert_eq!(moved.folder, usb.join("hoinghi"));
    assert!(usb.join("ảnh.jpg").exists());
    drop(moved);
    let again = store.elsewhere(&usb.join("hoinghi"), OpenOptions::new(0xe15f, "the test")).unwrap();
    assert_eq!(again.changes, 5, "united, nothing twice");
}

#[test]
fn a_folder_that_cannot_be_used_is_named_and_nothing_changes() {
    let mut lab = Lab::new();
    let store = full(&mut lab);
    let error = |path: &Path| store.elsewhere(path, options()).map(|moved| moved.folder).unwrap_err();
    assert!(matches!(error(&lab.path()), StoreError::InUse { .. }), "the folder that is full");
    let file = lab.dir.path().join("tệp");
    fs::write(&file, b"x").unwrap();
    assert!(matches!(error(&file), StoreError::Foreign(_)));
    assert!(matches!(error(&file.join("con")), StoreError::Io { .. } | StoreError::Foreign(_)));
}

#[test]
fn the_writer_goes_on_there_and_publishes_the_open_session() {
    let mut lab = Lab::new();
    let mut store = full(&mut lab);
    store.board(SESSION).unwrap();
    let (sender, events) = std::sync::mpsc::channel();
    let writer = Writer::spawn(store, move |event| drop(sender.send(event))).unwrap();
    let wish = || request(99, SESSION, capture(0xc1, "lời cuối", false));
    writer.submit(wish()).unwrap();
    let there = lab.dir.path().join("usb");
    writer.go_elsewhere(there.clone(), options()).unwrap();
    writer.submit(wish()).unwrap();
    writer.close().unwrap();
    let told: Vec<Event> = events.iter().collect();
    let at = |wanted: fn(&Event) -> bool| told.iter().position(wanted);
    let failed = at(|event| matches!(event, Event::NotSaved { .. }));
    let moved = at(|event| matches!(event, Event::Moved { changes: 5, .. }));
    let saved = at(|event| matches!(event, Event::Saved { repeated: false, .. }));
    assert!(failed.is_some() && failed < moved && moved < saved, "{told:?}");
    let mut again = Store::open(&there, options()).unwrap();
    assert!(holds(&again.board(SESSION).unwrap(), "lời cuối"));
}
