//! Archives as the example makes them.

#[path = "../../examples/archive/making.rs"]
pub(crate) mod making;
#[path = "../../examples/archive/words.rs"]
mod words;

use hoinghi::{
    domain::kind::{Kind, SessionState},
    store::{self, OpenOptions, Store},
};
use making::Size;
use tempfile::TempDir;

const SIZE: Size = Size { sessions: 3, records: 240, newest: None, seed: 7 };

#[test]
fn an_archive_opens_cleanly_and_nothing_is_wrong_with_it() {
    let dir = TempDir::new().unwrap();
    let path = dir.path().join("data");
    let made = making::make(&path, SIZE).unwrap();
    assert!((240..280).contains(&made), "{made}");

    let mut store = Store::open(&path, OpenOptions::new(1, "the test")).unwrap();
    let catalogue = store.catalogue();
    let states: Vec<SessionState> = catalogue.sessions().iter().map(|session| session.state).collect();
    assert_eq!(states.len(), 3);
    assert_eq!(catalogue.first().map(|newest| newest.scope), catalogue.sessions().first().map(|s| s.scope));
    assert_eq!(states.iter().filter(|state| **state == SessionState::Open).count(), 1);
    let boards: Vec<_> = catalogue.sessions().iter().map(|s| store.board(s.scope).unwrap()).collect();
    let records: usize = boards.iter().map(|board| board.records().count()).sum();
    assert_eq!(records, made);
    assert!(
        boards.iter().all(|board| board.of_kind(Kind::Task).iter().any(|task| !task.wording().is_empty()))
    );
    assert_eq!(store.log_lines_parsed(), 0);
    store.close().unwrap();

    let diagnosis = store::examine(&path, &OpenOptions::new(2, "the test"), false).unwrap();
    assert!(diagnosis.findings.is_empty(), "{:?}", diagnosis.findings);
}

#[test]
fn the_same_seed_makes_the_same_archive() {
    let dir = TempDir::new().unwrap();
    let lines = |name: &str, seed| {
        let path = dir.path().join(name);
        making::make(&path, Size { seed, ..SIZE }).unwrap();
        let mut store = Store::open(&path, OpenOptions::new(1, "the test").read_only()).unwrap();
        let scopes: Vec<_> = store.catalogue().sessions().iter().map(|session| session.scope).collect();
        scopes.into_iter().flat_map(|scope| store.lines(scope, true).unwrap()).collect::<Vec<_>>()
    };
    let first = lines("a", 7);
    assert_eq!(first, lines("b", 7));
    assert_ne!(first, lines("c", 8));
}
