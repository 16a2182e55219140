//! Backup, restore, import: union by hash.

use std::fs;

use hoinghi::{
    domain::{
        change::Body,
        command::{Command, Place},
        edit::Edit,
        ids::{IdStream, RecordId, ScopeId},
        kind::Kind,
    },
    store::{BadLine, Store, StoreError},
};

use super::lab::{
    Lab, SESSION, at, capture, copy_folder, files_under, forge, import_lines, request, wordings,
};

/// The raw lines of a store's session.
fn raw(store: &Store) -> Vec<Vec<u8>> {
    store.lines(SESSION, true).unwrap().iter().map(|line| line.raw().to_vec()).collect()
}

#[test]
fn a_backup_restores_to_the_same_board() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    let file = lab.dir.path().join("quý 1.backup");
    assert_eq!(store.backup(&file, false).unwrap(), 4);
    let bytes = fs::read(&file).unwrap();
    store.backup(&file, false).unwrap();
    assert!(fs::read(&file).unwrap() == bytes, "equal data, equal bytes");

    let mut other = Lab::new();
    let mut restored = other.open();
    let report = restored.restore(&file).unwrap();
    assert_eq!((report.new, report.known, report.refused, report.complete), (4, 0, 0, Some(true)));
    assert_eq!(report.from.into_iter().collect::<Vec<_>>(), [("Lan".to_owned(), 4)]);
    assert_eq!(restored.board(SESSION).unwrap(), store.board(SESSION).unwrap());
    assert_eq!(restored.catalogue(), store.catalogue());
    assert_eq!(raw(&restored), raw(&store));
    assert_eq!(restored.restore(&file), Err(StoreError::HasData(other.path())));

    let again = restored.unite(&file).unwrap();
    assert_eq!((again.new, again.known), (0, 4));
    let logs = other.logs(SESSION).iter().map(|log| fs::read(log).unwrap()).collect::<Vec<_>>();
    restored.unite(&file).unwrap();
    assert_eq!(other.logs(SESSION).iter().map(|log| fs::read(log).unwrap()).collect::<Vec<_>>(), logs);
    restored.close().unwrap();
    let mut reopened = other.open();
    assert_eq!(reopened.board(SESSION).unwrap(), store.board(SESSION).unwrap());
    assert_eq!(reopened.log_lines_parsed(), 0);
}

#[test]
fn a_backup_that_is_given_up_or_fails_leaves_nothing_and_one_of_a_folder_that_is_gone_is_none() {
    let mut lab = Lab::new();
    let store = lab.filled();
    let backups = store.backups();
    let stick = lab.dir.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let file = stick.join("a.hoinghi");
    let left = || files_under(&stick);
    assert_eq!(backups.write(&file, &mut |_, _| false), Err(StoreError::GivenUp));
    assert!(left().is_empty(), "{:?}", left());
    let mut heard = Vec::new();
    let mut note = |done, total| {
        heard.push((done, total));
        true
    };
    assert_eq!(backups.write(&file, &mut note), Ok(4));
    let total = heard.len() as u64;
    assert_eq!(heard, (1..=total).map(|done| (done, total)).collect::<Vec<_>>());
    assert_eq!(left(), [&*file]);
    let taken = stick.join("b");
    fs::create_dir_all(taken.join("full")).unwrap();
    assert!(store.backup(&taken, false).is_err());
    assert_eq!(left(), [&*file]);
    store.close().unwrap();
    fs::rename(lab.path(), lab.dir.path().join("moved")).unwrap();
    assert_eq!(backups.write(&file, &mut |_, _| true), Err(StoreError::Missing(lab.path())));
}

#[test]
fn a_folder_that_knows_only_who_opened_it_is_restored_into() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    let lan = store.person("Lan", at()).unwrap();
    let file = lab.dir.path().join("all.backup");
    store.backup(&file, false).unwrap();

    let mut other = Lab { ids: IdStream::new(8), ..Lab::new() };
    let mut restored = other.open();
    let new = restored.person("Lan", at()).unwrap();
    assert_ne!(new.person, lan.person);
    assert_eq!(restored.restore(&file).unwrap().refused, 0);
    assert_eq!(restored.board(SESSION).unwrap(), store.board(SESSION).unwrap());
    let both = [lan.person, new.person];
    let older = restored.person("Lan", at()).unwrap().person;
    assert!(both.contains(&older), "no third record of the same name");
    assert_eq!(restored.restore(&file), Err(StoreError::HasData(other.path())));

    let mut cluster = Lab::new();
    let mut used = cluster.open();
    let (record, kind) = (RecordId(0xc1), Kind::Unit);
    let details = vec![Edit::Title("Quận 1".to_owned())];
    let command = Command::Add { record, kind, details, place: Place::Last };
    used.commit(&request(1, ScopeId::ORGANISATION, command)).unwrap();
    assert_eq!(used.restore(&file), Err(StoreError::HasData(cluster.path())));
}

#[test]
fn two_copies_used_apart_are_united() {
    let mut lab = Lab::new();
    lab.filled().close().unwrap();
    let copy = lab.dir.path().join("copy");
    copy_folder(&lab.path(), &copy);
    let (mut left, mut right) = (lab.open(), Store::open(&copy, lab.options()).unwrap());
    lab.capture(&mut left, "bên trái");
    lab.capture(&mut right, "bên phải");
    let [left_file, right_file] = ["left", "right"].map(|name| lab.dir.path().join(name));
    left.backup(&left_file, false).unwrap();
    right.backup(&right_file, false).unwrap();
    assert_eq!(left.unite(&right_file).unwrap().new, 1);
    assert_eq!(right.unite(&left_file).unwrap().new, 1);
    assert_eq!(left.board(SESSION).unwrap(), right.board(SESSION).unwrap());
    assert_eq!(wordings(&left.board(SESSION).unwrap()).len(), 5);
    left.close().unwrap();
    right.close().unwrap();
    let mut left = lab.open();
    assert_eq!(left.unite(&copy).unwrap().new, 0, "a folder is imported like a file");
    assert_eq!(left.board(SESSION).unwrap().change_count(), 6);
}

#[test]
fn what_a_newer_version_wrote_travels_byte_for_byte() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    let first = store.lines(SESSION, false).unwrap()[1].raw().to_vec();
    let lines = [
        forge(&first, &[("version", 2.into())], Some(r#"{ "writes" : [ 1.50e3, "ữ\u0301" ] }"#)),
        forge(&first, &[("sequence", 91.into())], Some(r#"{"strokes":[[0.1,2]],"ink":"xanh"}"#)),
        forge(&first, &[("sequence", 92.into()), ("role", "translator".into()), ("seal", "x".into())], None),
    ];
    let report = import_lines(&mut store, lab.dir.path(), &lines);
    assert_eq!((report.new, report.unknown, report.refused), (3, 3, 0));
    assert_eq!(store.board(SESSION).unwrap().unknown_changes(), 3);

    let file = lab.dir.path().join("all.backup");
    store.backup(&file, false).unwrap();
    store.close().unwrap();
    let mut other = Lab::new();
    let mut restored = other.open();
    restored.restore(&file).unwrap();
    restored.close().unwrap();
    let mut restored = other.open();
    assert_eq!(restored.board(SESSION).unwrap().unknown_changes(), 3);
    assert_eq!(restored.log_lines_parsed(), 0);
    let kept = raw(&restored);
    assert!(lines.iter().all(|line| kept.contains(line)));
}

#[test]
fn a_conflicting_number_keeps_both_and_is_reported() {
    let mut lab = Lab::new();
    lab.filled().close().unwrap();
    let copy = lab.dir.path().join("copy");
    copy_folder(&lab.path(), &copy);
    // The same seed twice: a laptop restored from an image.
    let options = lab.options();
    let mut left = Store::open(&lab.path(), options.clone()).unwrap();
    let mut right = Store::open(&copy, options).unwrap();
    lab.capture(&mut left, "bên trái");
    lab.capture(&mut right, "bên phải");
    let file = lab.dir.path().join("right.backup");
    right.backup(&file, false).unwrap();
    let report = left.unite(&file).unwrap();
    assert_eq!((report.new, report.forks.len()), (1, 1));
    assert_eq!(wordings(&left.board(SESSION).unwrap()).len(), 5);
    lab.capture(&mut left, "đi tiếp trong cùng tệp");
    drop(left);
    let mut left = lab.open();
    assert_eq!(wordings(&left.board(SESSION).unwrap()).len(), 6);
}

#[test]
fn an_erased_payload_leaves_the_chain_whole() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    let line = store.lines(SESSION, false).unwrap()[2].clone();
    let text = String::from_utf8(line.raw().to_vec()).unwrap();
    let (head, rest) = text.split_once(r#","p":"#).unwrap();
    let (_, id) = rest.rsplit_once(r#","id":"#).unwrap();
    let erased = format!(r#"{head},"p":null,"id":{id}"#).into_bytes();
    let mut other = Lab::new();
    let mut target = other.open();
    let report = import_lines(&mut target, other.dir.path(), &[erased]);
    assert_eq!((report.new, report.refused), (1, 0));
    let board = target.board(SESSION).unwrap();
    assert_eq!(board.change(line.change.id).unwrap().body, Body::Erased);
    assert!(store.board(SESSION).unwrap().change(line.change.id).is_some());
}

#[test]
fn damaged_lines_are_refused_with_their_reason_and_the_rest_is_taken() {
    let mut lab = Lab::new();
    let store = lab.filled();
    let mut lines = raw(&store);
    lines.truncate(4);
    let text = |line: &[u8]| String::from_utf8(line.to_vec()).unwrap();
    lines[1] = text(&lines[1]).replace("Lan", "Lam").into_bytes();
    lines[2] = text(&lines[2]).replace("Con", "Còn").into_bytes();
    lines.push(b"not a line".to_vec());
    lines.push(vec![b'x'; (16 << 20) + 1]);
    lines.push(forge(&lines[0], &[("counter", ((1_u64 << 32) + 9).into()), ("sequence", 50.into())], None));
    let mut other = Lab::new();
    let mut target = other.open();
    let report = import_lines(&mut target, other.dir.path(), &lines);
    assert_eq!((report.new, report.refused), (2, 5));
    let reasons: Vec<_> = report.refused_lines.iter().map(|line| (line.number, &line.reason)).collect();
    assert!(
        matches!(
            reasons[..],
            [
                (2, BadLine::WrongId),
                (3, BadLine::WrongPayload),
                (5, BadLine::Unreadable(_)),
                (6, BadLine::TooLong),
                (7, BadLine::CounterJump(4_294_967_305)),
            ]
        ),
        "{reasons:?}"
    );
}

#[test]
fn what_is_refused_depends_neither_on_the_order_of_lines_nor_on_how_often_they_come() {
    const FAR: u64 = 1 << 32;
    let mut lab = Lab::new();
    let store = lab.filled();
    let first = raw(&store).remove(0);
    let counters = [FAR + 1, 2 * FAR, 2 * FAR + 5, 3 * FAR, 5 * FAR, u64::MAX];
    let lines: Vec<Vec<u8>> = (50_u64..)
        .zip(counters)
        .map(|(sequence, counter)| {
            forge(&first, &[("counter", counter.into()), ("sequence", sequence.into())], None)
        })
        .collect();
    let mut orders = [lines.clone(), lines.clone(), [&lines[..], &lines[..]].concat()];
    orders[1].reverse();
    for lines in orders {
        let mut other = Lab::new();
        let mut target = other.open();
        import_lines(&mut target, other.dir.path(), &raw(&store));
        let repeated = lines.len() - counters.len();
        let report = import_lines(&mut target, other.dir.path(), &lines);
        assert_eq!((report.new, report.known, report.refused), (4, repeated * 4 / 6, lines.len() * 2 / 6));
        let refused = |number: &hoinghi::store::RefusedLine| match number.reason {
            BadLine::CounterJump(counter) => counter,
            _ => 0,
        };
        let mut counters: Vec<u64> = report.refused_lines.iter().map(refused).collect();
        counters.sort_unstable();
        counters.dedup();
        assert_eq!(counters, [5 * FAR, u64::MAX]);
        let board = target.board(SESSION).unwrap();
        for _ in 0..2 {
            let again = import_lines(&mut target, other.dir.path(), &lines);
            assert_eq!((again.new, again.refused), (0, report.refused));
        }
        assert_eq!(target.board(SESSION).unwrap(), board);
    }
}

#[test]
fn a_damaged_backup_says_so_and_gives_what_is_whole() {
    let mut lab = Lab::new();
    let store = lab.filled();
    let file = lab.dir.path().join("b");
    store.backup(&file, false).unwrap();
    let bytes = fs::read(&file).unwrap();
    fs::write(&file, &bytes[..bytes.len() / 2]).unwrap();
    let mut other = Lab::new();
    let report = other.open().restore(&file).unwrap();
    assert_eq!(report.complete, Some(false));
    assert!(report.new >= 1);
}

#[test]
fn what_holds_no_changes_is_refused() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    let file = lab.dir.path().join("photo.jpg");
    assert_eq!(store.unite(&file), Err(StoreError::Missing(file.clone())));
    fs::write(&file, [0xff, 0xd8, 0xff]).unwrap();
    assert_eq!(store.unite(&file), Err(StoreError::NotChanges(file.clone())));
    fs::write(&file, r#"{"hoinghi":"backup","version":7}"#).unwrap();
    assert_eq!(store.unite(&file), Err(StoreError::Newer { path: file, version: 7 }));
}

#[test]
fn off_record_bodies_leave_only_when_asked_for() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    store.commit(&request(1, SESSION, capture(0xd1, "tuyệt đối không ghi", true))).unwrap();
    let secret = "tuyệt đối".as_bytes();
    let contains = |bytes: &[u8]| bytes.windows(secret.len()).any(|window| window == secret);
    let shared = files_under(&lab.path().join("log"));
    assert!(shared.iter().all(|file| !contains(&fs::read(file).unwrap())));
    let [open, whole] = ["open", "whole"].map(|name| lab.dir.path().join(name));
    assert_eq!(store.backup(&open, false).unwrap(), 5);
    assert_eq!(store.backup(&whole, true).unwrap(), 6);
    assert!(!contains(&fs::read(&open).unwrap()) && contains(&fs::read(&whole).unwrap()));

    for (file, body) in [(open, None), (whole, Some("tuyệt đối không ghi"))] {
        let mut other = Lab::new();
        let mut restored = other.open();
        restored.restore(&file).unwrap();
        assert!(
            files_under(&other.path().join("log")).iter().all(|file| !contains(&fs::read(file).unwrap()))
        );
        let private = restored.private_board(SESSION).unwrap();
        assert_eq!(private.record(RecordId(0xd1)).map(hoinghi::domain::record::Record::wording), body);
        assert_eq!(restored.board(SESSION).unwrap(), store.board(SESSION).unwrap());
    }
    let mut other = Lab::new();
    let mut united = other.open();
    united.unite(&lab.path()).unwrap();
    assert_eq!(united.private_board(SESSION).unwrap().change_count(), 0);
}
