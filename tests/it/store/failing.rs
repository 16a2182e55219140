//! Failing to write: nothing acknowledged is lost, nothing is acknowledged that was not written.

use std::sync::Arc;

use hoinghi::{
    domain::ids::RecordId,
    store::{CommitError, Store, StoreError},
};

use super::{
    faults::{Fault, FaultyDisk},
    lab::{Lab, SESSION, capture, new_session, refold, request, wordings},
};

/// A filled store on a disk that can be told to fail.
fn faulty(lab: &mut Lab) -> (Store, FaultyDisk) {
    let disk = FaultyDisk::default();
    let mut options = lab.options();
    options.files = Arc::new(disk.clone());
    let mut store = Store::open(&lab.path(), options).unwrap();
    lab.commit(&mut store, new_session("Quý I"));
    lab.capture(&mut store, "trước");
    (store, disk)
}

fn assert_holds(lab: &mut Lab, store: Store, expected: &[&str]) {
    let mut store = store;
    assert_eq!(wordings(&store.board(SESSION).unwrap()), expected);
    drop(store);
    let mut again = lab.open();
    assert_eq!(wordings(&again.board(SESSION).unwrap()), expected);
    assert_eq!(*again.board(SESSION).unwrap(), refold(&again, SESSION));
    assert!(again.findings().is_empty(), "{:?}", again.findings());
}

#[test]
fn a_failed_sync_goes_on_in_a_new_file_and_acts_once() {
    let mut lab = Lab::new();
    let (mut store, disk) = faulty(&mut lab);
    disk.0.set(Some(Fault::Sync));
    lab.capture(&mut store, "sau");
    assert!(disk.0.is_spent());
    lab.capture(&mut store, "sau nữa");
    assert_eq!(lab.logs(SESSION).len(), 2);
    assert_holds(&mut lab, store, &["trước", "sau", "sau nữa"]);
}

#[test]
fn a_short_write_is_cut_back() {
    for written in [0, 1, 100] {
        let mut lab = Lab::new();
        let (mut store, disk) = faulty(&mut lab);
        disk.0.set(Some(Fault::Short(written)));
        lab.capture(&mut store, "sau");
        assert!(disk.0.is_spent());
        assert_holds(&mut lab, store, &["trước", "sau"]);
    }
}

#[test]
fn a_full_disk_takes_the_last_words_from_the_reserve() {
    let mut lab = Lab::new();
    let (mut store, disk) = faulty(&mut lab);
    let reserve = lab.path().join("reserve");
    assert_eq!(reserve.metadata().unwrap().len(), 1 << 20);
    disk.0.set(Some(Fault::FullWhile(reserve.clone())));
    lab.capture(&mut store, "lời cuối");
    assert!(!reserve.exists());
    assert_eq!(lab.logs(SESSION).len(), 1, "the same file goes on");
    assert_holds(&mut lab, store, &["trước", "lời cuối"]);
    assert!(reserve.exists(), "made again when there is space");
}

#[test]
fn a_disk_that_stays_full_is_named_and_the_command_can_be_sent_again() {
    let mut lab = Lab::new();
    let (mut store, disk) = faulty(&mut lab);
    disk.0.set(Some(Fault::FullWhile(lab.dir.path().to_owned())));
    let wish = request(99, SESSION, capture(0xc1, "lời cuối", false));
    let error = store.commit(&wish).unwrap_err();
    assert!(matches!(error, CommitError::NotSaved(StoreError::DiskFull(_))), "{error:?}");
    assert_eq!(wordings(&store.board(SESSION).unwrap()), ["trước"]);
    disk.0.set(None);
    assert!(!store.commit(&wish).unwrap().repeated);
    assert_holds(&mut lab, store, &["trước", "lời cuối"]);
}

#[test]
fn a_medium_that_became_read_only_is_named() {
    let mut lab = Lab::new();
    let (mut store, disk) = faulty(&mut lab);
    disk.0.set(Some(Fault::ReadOnly));
    let error = store.commit(&request(99, SESSION, capture(0xc1, "sau", false))).unwrap_err();
    assert!(matches!(error, CommitError::NotSaved(StoreError::ReadOnly(_))), "{error:?}");
    assert_holds(&mut lab, store, &["trước"]);
}

#[test]
fn a_body_whose_stub_could_not_be_written_is_taken_back() {
    let mut lab = Lab::new();
    let (mut store, disk) = faulty(&mut lab);
    disk.0.set(Some(Fault::SharedFails));
    let wish = |text| request(99, SESSION, capture(0xc1, text, true));
    assert!(store.commit(&wish("lần một")).is_err());
    disk.0.set(None);
    store.commit(&wish("lần hai")).unwrap();
    drop(store);
    let private = lab.open().private_board(SESSION).unwrap();
    assert_eq!(private.record(RecordId(0xc1)).unwrap().wording(), "lần hai");
    assert_eq!(private.change_count(), 1);
}

#[test]
fn a_folder_that_was_taken_away_is_told_and_nothing_acts_twice_when_it_comes_back() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    let away = lab.dir.path().join("away");
    std::fs::rename(lab.path(), &away).unwrap();
    let line = request(0x77, SESSION, capture(0x99, "đã đi", false));
    assert_eq!(store.commit(&line), Err(CommitError::NotSaved(StoreError::Missing(lab.path()))));
    assert!(!lab.path().exists(), "nothing is made in its place");
    std::fs::rename(&away, lab.path()).unwrap();
    let line = request(0x78, SESSION, capture(0x98, "đã về", false));
    store.commit(&line).unwrap();
    assert_eq!(wordings(&store.board(SESSION).unwrap()).len(), 4);
    drop(store);
    let mut again = lab.open();
    assert_eq!(wordings(&again.board(SESSION).unwrap()).last().unwrap(), "đã về");
    assert_eq!(wordings(&again.board(SESSION).unwrap()).len(), 4);
}
