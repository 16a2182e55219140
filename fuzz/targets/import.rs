//! Bytes as a file, or a folder, that somebody brings.
//!
//! It is refused whole or every line of it is counted; what is taken in is on the disk, is not taken in twice, and survives
//! a backup.

#![no_main]

use std::{fs, path::Path, sync::Arc};

use chrono::DateTime;
use hoinghi::{
    domain::{board::Board, change::Author, ids::PersonId, ids::ScopeId, policy::Role},
    store::{BadLine, CommitError, Host, Line, OpenOptions, Store, StoreError, UnionReport},
};
use hoinghi_fuzz::{first_scope, folder, sealed, whole_lines, wishes};
use libfuzzer_sys::fuzz_target;

/// The first wishes: leave the hashes as they are; be careful whom to believe; bring a folder; go through a backup.
const UNSEALED: u8 = 1;
const WATCHED: u8 = 2;
const FOLDER: u8 = 4;
const BACKUP: u8 = 8;

fn bring(bytes: &[u8], as_folder: bool, path: &Path) {
    if !as_folder {
        return fs::write(path, bytes).expect("a file");
    }
    let scope = first_scope(bytes);
    let first = whole_lines(bytes).find_map(|line| Line::decode(line).ok());
    let origin = first.map_or_else(|| format!("{:032x}", 1), |line| line.change.header.origin.to_string());
    let logs = path.join("log").join(scope.to_string());
    fs::create_dir_all(&logs).expect("a folder");
    fs::write(path.join("hoinghi.json"), r#"{"format":"hoinghi","version":1}"#).expect("a marker");
    fs::write(logs.join(format!("{origin}.jsonl")), bytes).expect("a log");
}

fn take_in(store: &mut Store, path: &Path, watched: bool) -> Option<UnionReport> {
    let author = Author { person: PersonId(1), name: "Lan".into() };
    let at = DateTime::parse_from_rfc3339("2023-03-10T09:31:00+07:00").expect("a moment");
    let host = Host { author, role: Role::Facilitator, at };
    let taken =
        if watched { store.receive(path, &host) } else { store.unite(path).map_err(CommitError::from) };
    match taken {
        Ok(report) => Some(report),
        Err(CommitError::NotSaved(StoreError::NotChanges(_) | StoreError::Newer { .. })) => None,
        Err(error) => panic!("{error}"),
    }
}

fn boards(store: &mut Store, report: &UnionReport) -> Vec<(ScopeId, Arc<Board>, Arc<Board>)> {
    let of = |scope: &ScopeId| {
        let (shared, private) = store.boards(*scope).expect("boards");
        (*scope, shared, private)
    };
    report.scopes.iter().map(of).collect()
}

fuzz_target!(|bytes: &[u8]| {
    let (wishes, bytes) = wishes(bytes);
    let bytes = if wishes & UNSEALED == 0 { sealed(bytes) } else { bytes.to_vec() };
    let folder = folder();
    let [brought, data, other, backup] =
        ["brought", "data", "other", "backup"].map(|name| folder.path().join(name));
    bring(&bytes, wishes & FOLDER != 0, &brought);
    let mut store = Store::open(&data, OpenOptions::new(7, "fuzz")).expect("opened");
    let Some(report) = take_in(&mut store, &brought, wishes & WATCHED != 0) else { return };
    assert_eq!(report.from.values().sum::<usize>(), report.new);
    let lines = bytes.split_inclusive(|byte| *byte == b'\n').count();
    assert!(report.new + report.known + report.refused <= lines, "{report:?}");
    // A counter too far ahead may come into reach by what stands behind it.
    let jumped = report.refused_lines.iter().any(|line| matches!(line.reason, BadLine::CounterJump(_)));
    if !jumped && let Some(again) = take_in(&mut store, &brought, false) {
        assert_eq!((again.new, again.refused), (0, report.refused), "{report:?} {again:?}");
    }
    let kept = boards(&mut store, &report);
    if wishes & BACKUP != 0 {
        let count = store.backup(&backup, true).expect("a backup");
        let mut other = Store::open(&other, OpenOptions::new(8, "fuzz")).expect("opened");
        let restored = other.restore(&backup).expect("restored");
        assert_eq!(restored.complete, Some(true));
        assert!(restored.new <= usize::try_from(count).expect("few"));
        assert_eq!(boards(&mut other, &report), kept, "after a backup");
    }
    drop(store);
    let mut reopened = Store::open(&data, OpenOptions::new(9, "fuzz").read_only()).expect("reopened");
    assert_eq!(boards(&mut reopened, &report), kept, "after reopening");
});
