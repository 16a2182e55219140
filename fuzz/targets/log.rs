//! Bytes as the logs of a scope: two shared files and a private one, cut at `0xfe`.
//!
//! Every whole line that is a change of the scope is found, byte for byte, in the log it belongs to, and nothing else is.

#![no_main]

use std::{collections::BTreeSet, fs, sync::Arc};

use hoinghi::{
    domain::{board::Board, change::Body, ids::ScopeId},
    store::{Line, OpenOptions, Store},
};
use hoinghi_fuzz::{first_scope, folder, sealed, whole_lines, wishes};
use libfuzzer_sys::fuzz_target;

const MARKER: &str = r#"{"format":"hoinghi","version":1}"#;

/// The changes of a scope in a file, and whether they stand in the private log.
fn changes(bytes: &[u8], scope: ScopeId, private: bool) -> Vec<(bool, Line)> {
    let lines = whole_lines(bytes).filter_map(|line| Line::decode(line).ok());
    let of_scope = lines.filter(|line| line.change.header.scope == scope);
    of_scope.map(|line| (private || line.private, line)).collect()
}

fuzz_target!(|bytes: &[u8]| {
    let (wishes, bytes) = wishes(bytes);
    let bytes = if wishes & 1 == 0 { sealed(bytes) } else { bytes.to_vec() };
    let scope = first_scope(&bytes);
    let folder = folder();
    fs::write(folder.path().join("hoinghi.json"), MARKER).expect("a marker");
    let mut expected = Vec::new();
    let places = [("log", 1_u128), ("log", 2), ("private", 1)];
    for ((place, origin), part) in places.into_iter().zip(bytes.split(|byte| *byte == 0xfe)) {
        let logs = folder.path().join(place).join(scope.to_string());
        fs::create_dir_all(&logs).expect("a folder");
        fs::write(logs.join(format!("{origin:032x}.jsonl")), part).expect("a log");
        expected.extend(changes(part, scope, place == "private"));
    }
    let mut store = Store::open(folder.path(), OpenOptions::new(7, "fuzz").read_only()).expect("opened");
    let found = store.lines(scope, true).expect("lines");
    for line in &found {
        let there = expected.iter().any(|(_, other)| other.raw() == line.raw());
        assert!(there, "a line that nobody wrote: {line:?}");
    }
    let names = |lines: &[(bool, Line)]| -> BTreeSet<_> {
        lines.iter().map(|(private, line)| (*private, line.change.id)).collect()
    };
    let found: Vec<(bool, Line)> = found.into_iter().map(|line| (line.private, line)).collect();
    assert_eq!(names(&found), names(&expected));
    // An erased copy of a change may stand beside a whole one; which of both a private stub names is the store's own affair.
    if expected.iter().any(|(private, line)| *private || line.change.body == Body::Erased) {
        return;
    }
    let board = store.board(scope).expect("a board");
    let folded = Board::fold(scope, expected.iter().rev().map(|(_, line)| Arc::clone(&line.change)));
    assert_eq!(*board, folded);
});
