//! Many commands with one sync: the same changes as one after the other, and nothing half.

use hoinghi::{
    domain::command::{Refusal, Request},
    store::{CommitError, Store, examine},
};

use super::{
    faults::{Fault, FaultyDisk},
    lab::{Lab, SESSION, capture, new_session, refold, request, wordings},
};

fn requests() -> Vec<Request> {
    let lines = (1..40).map(|at| capture(0xc0 + at, &format!("dòng {at}"), at % 10 == 0));
    let commands = std::iter::once(new_session("Quý I")).chain(lines);
    commands.zip(1..).map(|(command, id)| request(id, SESSION, command)).collect()
}

#[test]
fn many_commands_at_once_are_the_same_as_one_after_the_other() {
    let (mut one, mut many) = (Lab::new(), Lab::new());
    let mut slow = one.open();
    for request in requests() {
        slow.commit(&request).unwrap();
    }
    let mut fast = many.open();
    assert_eq!(fast.commit_all(SESSION, requests()), Ok(40));
    let mut both = [slow, fast];
    let [board, other] = both.each_mut().map(|store| store.board(SESSION).unwrap());
    assert_eq!(board, other);
    let [private, others] = both.each_mut().map(|store| store.private_board(SESSION).unwrap());
    assert_eq!(private, others);
    let [_, fast] = both;
    fast.close().unwrap();

    let mut again = many.open();
    assert_eq!(again.board(SESSION).unwrap(), board);
    assert_eq!(again.log_lines_parsed(), 0);
    assert_eq!(refold(&again, SESSION), *board);
    assert_eq!(again.commit_all(SESSION, requests()), Ok(0), "each acts once");
    assert_eq!(again.private_board(SESSION).unwrap(), private);
}

#[test]
fn what_stands_before_a_refused_command_is_done_and_what_stands_after_is_not() {
    let mut lab = Lab::new();
    let mut store = lab.open();
    let mut wishes = requests();
    wishes[20] = request(0xbad, SESSION, capture(0xc1, "lần nữa", false));
    assert_eq!(store.commit_all(SESSION, wishes), Err(CommitError::Refused(Refusal::Exists)));
    drop(store);
    let mut again = lab.open();
    assert_eq!(again.board(SESSION).unwrap().change_count(), 20);
}

#[test]
fn the_texts_stay_whole_when_they_are_taken_apart_otherwise() {
    let mut lab = Lab::new();
    let mut store = lab.open();
    lab.commit(&mut store, new_session("Quý I"));
    let lines = (0..2060).map(|at| capture(0xc000 + at, &format!("dòng {at}"), false));
    let requests: Vec<_> = lines.zip(0xd000..).map(|(command, id)| request(id, SESSION, command)).collect();
    store.commit_all(SESSION, requests).unwrap();
    let before = store.board(SESSION).unwrap().shares();
    for at in 0..30 {
        lab.capture(&mut store, &format!("dòng nữa {at}"));
    }
    assert_eq!(store.board(SESSION).unwrap().shares(), 2 * before);
    store.settle().unwrap();
    let lines = |store: &Store| {
        store.texts(SESSION).unwrap().iter().filter(|text| text.words.starts_with("dòng")).count()
    };
    assert_eq!(lines(&store), 2090);
    store.close().unwrap();
    let diagnosis = examine(&lab.path(), &lab.options(), false).unwrap();
    assert!(diagnosis.is_sound(), "{diagnosis:?}");
    assert_eq!(lines(&lab.open()), 2090);
}

#[test]
fn what_could_not_be_written_is_in_no_board() {
    for fault in [Fault::Short(100), Fault::SharedFails] {
        fails(fault);
    }
}

fn fails(fault: Fault) {
    let mut lab = Lab::new();
    let disk = FaultyDisk::default();
    let mut options = lab.options();
    options.files = std::sync::Arc::new(disk.clone());
    let mut store = Store::open(&lab.path(), options).unwrap();
    lab.commit(&mut store, new_session("Quý I"));
    disk.0.set(Some(fault));
    let wishes = requests().split_off(1);
    assert!(matches!(store.commit_all(SESSION, wishes.clone()), Err(CommitError::NotSaved(_))));
    assert_eq!(wordings(&store.board(SESSION).unwrap()).len(), 0);
    disk.0.set(None);
    assert_eq!(store.commit_all(SESSION, wishes), Ok(39));
    let (board, private) = (store.board(SESSION).unwrap(), store.private_board(SESSION).unwrap());
    assert_eq!(private.change_count(), 3, "one body a stub");
    drop(store);
    let mut again = lab.open();
    assert_eq!(again.board(SESSION).unwrap(), board);
    assert_eq!(again.private_board(SESSION).unwrap(), private);
    assert!(again.findings().is_empty(), "{:?}", again.findings());
}
