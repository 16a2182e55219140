//! Opening: clean, unclean, in use, foreign, newer.

use std::{fs, sync::mpsc, time::Duration};

use hoinghi::{
    domain::{command::Refusal, ids::ScopeId},
    store::{CommitError, Event, OpenOptions, Store, StoreError, Writer},
};

use super::lab::{Lab, OTHER, SESSION, at, capture, copy_folder, new_session, refold, request, wordings};

#[test]
fn a_clean_open_parses_no_log_line() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    lab.commit(&mut store, capture(0xd1, "ngoài biên bản", true));
    let (board, private) = (store.board(SESSION).unwrap(), store.private_board(SESSION).unwrap());
    store.close().unwrap();

    let mut again = lab.open();
    assert_eq!(again.board(SESSION).unwrap(), board);
    assert_eq!(again.private_board(SESSION).unwrap(), private);
    assert_eq!(again.catalogue().sessions().len(), 1);
    assert_eq!(again.log_lines_parsed(), 0);
    assert_eq!(refold(&again, SESSION), *board);
    assert_eq!(again.log_lines_parsed(), 5, "five commands, five shared lines");
}

#[test]
fn work_goes_on_over_many_clean_opens_without_parsing() {
    let mut lab = Lab::new();
    lab.filled().close().unwrap();
    for round in 0..5 {
        let mut store = lab.open();
        lab.capture(&mut store, &format!("lần {round}"));
        assert_eq!(store.log_lines_parsed(), 0);
        store.close().unwrap();
    }
    let mut store = lab.open();
    assert_eq!(wordings(&store.board(SESSION).unwrap()).len(), 8);
    assert_eq!(store.log_lines_parsed(), 0);
}

#[test]
fn a_session_not_shown_last_comes_from_the_database_without_parsing() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    store.commit(&request(1, OTHER, new_session("Quý II"))).unwrap();
    let (other, shown) = (store.board(OTHER).unwrap(), store.board(SESSION).unwrap());
    store.close().unwrap();
    let mut store = lab.open();
    assert_eq!(store.board(OTHER).unwrap(), other);
    assert_eq!(store.board(SESSION).unwrap(), shown);
    assert_eq!(store.log_lines_parsed(), 0);
}

#[test]
fn a_folder_without_its_database_is_not_taken_for_clean() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    let board = store.board(SESSION).unwrap();
    store.close().unwrap();
    fs::remove_dir_all(lab.path().join("db")).unwrap();
    let mut store = lab.open();
    assert_eq!(store.board(SESSION).unwrap(), board);
    assert!(store.log_lines_parsed() > 0);
    store.close().unwrap();
    let store = lab.open();
    assert_eq!(store.texts(SESSION).unwrap().iter().filter(|text| text.number.is_some()).count(), 3);
}

#[test]
fn a_marker_that_comes_back_is_contradicted_by_the_logs() {
    let mut lab = Lab::new();
    lab.filled().close().unwrap();
    let marker = lab.path().join("clean");
    let old = fs::read(&marker).unwrap();
    let mut store = lab.open();
    lab.capture(&mut store, "sau khi dấu đã gỡ");
    let board = store.board(SESSION).unwrap();
    drop(store);
    fs::write(&marker, old).unwrap();
    let mut store = lab.open();
    assert_eq!(store.board(SESSION).unwrap(), board);
    store.close().unwrap();
    assert_eq!(*lab.open().board(SESSION).unwrap(), *board);
}

#[test]
fn a_damaged_marker_is_none() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    let board = store.board(SESSION).unwrap();
    store.close().unwrap();
    let marker = lab.path().join("clean");
    let good = fs::read(&marker).unwrap();
    for at in (0..good.len()).step_by(97) {
        let mut bad = good.clone();
        bad[at] ^= 0x10;
        fs::write(&marker, bad).unwrap();
        assert_eq!(lab.open().board(SESSION).unwrap(), board, "byte {at}");
    }
    fs::write(&marker, &good[..good.len() / 2]).unwrap();
    assert_eq!(lab.open().board(SESSION).unwrap(), board);
}

#[test]
fn an_unclean_open_reads_the_log() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    let board = store.board(SESSION).unwrap();
    drop(store);

    let mut again = lab.open();
    assert_eq!(again.board(SESSION).unwrap(), board);
    assert!(again.log_lines_parsed() >= 4);
    again.settle().unwrap();
    assert_eq!(again.catalogue().sessions().len(), 1);
}

#[test]
fn a_scope_never_opened_is_listed_after_an_unclean_end() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    store.commit(&request(1, OTHER, new_session("Quý II"))).unwrap();
    drop(store);
    let mut again = lab.open();
    again.settle().unwrap();
    assert_eq!(again.catalogue().sessions().len(), 2);
    let texts = again.texts(SESSION).unwrap();
    assert_eq!(texts.iter().filter(|text| text.scope == SESSION && text.number.is_some()).count(), 3);
}

#[test]
fn a_second_start_is_told_who_holds_the_folder() {
    let mut lab = Lab::new();
    let store = Store::open(&lab.path(), OpenOptions::new(1, "Lan trên máy 3")).unwrap();
    let error = Store::open(&lab.path(), OpenOptions::new(2, "Minh")).unwrap_err();
    assert_eq!(error, StoreError::InUse { path: lab.path(), holder: "Lan trên máy 3".to_owned() });
    let reading = OpenOptions::new(3, "Minh").read_only();
    assert!(Store::open(&lab.path(), reading).is_ok(), "reading disturbs nobody");
    drop(store);
    lab.open();
}

#[test]
fn reading_only_touches_nothing() {
    let mut lab = Lab::new();
    lab.filled().close().unwrap();
    let before: Vec<_> =
        super::lab::files_under(&lab.path()).iter().map(|file| fs::read(file).unwrap()).collect();
    let mut store = Store::open(&lab.path(), lab.options().read_only()).unwrap();
    assert_eq!(store.catalogue().sessions().len(), 1);
    assert_eq!(wordings(&store.board(SESSION).unwrap()).len(), 3);
    let refused = store.commit(&request(1, SESSION, capture(1, "thêm", false)));
    assert_eq!(refused.unwrap_err(), CommitError::NotSaved(StoreError::ReadOnly(lab.path())));
    store.close().unwrap();
    let after: Vec<_> =
        super::lab::files_under(&lab.path()).iter().map(|file| fs::read(file).unwrap()).collect();
    assert!(before == after);
}

#[test]
fn what_is_no_folder_of_ours_is_named_and_left_alone() {
    let mut lab = Lab::new();
    let dir = lab.path();
    assert_eq!(Store::open(&dir, lab.options().read_only()).unwrap_err(), StoreError::Missing(dir.clone()));
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join("holiday.txt"), "x").unwrap();
    assert_eq!(Store::open(&dir, lab.options()).unwrap_err(), StoreError::Foreign(dir.clone()));
    assert_eq!(fs::read_dir(&dir).unwrap().count(), 1);
    let file = dir.join("holiday.txt");
    assert_eq!(Store::open(&file, lab.options()).unwrap_err(), StoreError::Foreign(file));
}

#[test]
fn a_newer_and_a_damaged_folder_are_named() {
    let mut lab = Lab::new();
    lab.filled().close().unwrap();
    let marker = lab.path().join("hoinghi.json");
    fs::write(&marker, r#"{"format":"hoinghi","version":2}"#).unwrap();
    let newer = StoreError::Newer { path: lab.path(), version: 2 };
    assert_eq!(Store::open(&lab.path(), lab.options()).unwrap_err(), newer);
    fs::write(&marker, "\0\0\0").unwrap();
    assert_eq!(Store::open(&lab.path(), lab.options()).unwrap_err(), StoreError::Damaged(marker.clone()));
    fs::remove_file(&marker).unwrap();
    assert_eq!(Store::open(&lab.path(), lab.options()).unwrap_err(), StoreError::Damaged(marker));
}

#[cfg(target_os = "linux")]
#[test]
fn a_place_where_nothing_can_be_made_is_read_only() {
    let mut lab = Lab::new();
    let dir = std::path::Path::new("/sys/hoinghi");
    let error = Store::open(dir, lab.options()).unwrap_err();
    assert_eq!(error, StoreError::ReadOnly(dir.to_owned()));
}

#[test]
fn a_making_that_was_interrupted_is_finished() {
    let mut lab = Lab::new();
    fs::create_dir_all(lab.path()).unwrap();
    fs::write(lab.path().join("lock"), "").unwrap();
    fs::write(lab.path().join("hoinghi.new"), "{").unwrap();
    lab.filled().close().unwrap();
}

#[test]
fn a_copied_folder_opens_without_parsing_too() {
    let mut lab = Lab::new();
    lab.filled().close().unwrap();
    let copy = lab.dir.path().join("copy");
    copy_folder(&lab.path(), &copy);
    let mut store = Store::open(&copy, lab.options()).unwrap();
    assert_eq!(wordings(&store.board(SESSION).unwrap()).len(), 3);
    assert_eq!(store.log_lines_parsed(), 0);
}

#[test]
fn a_person_keeps_their_id() {
    let mut lab = Lab::new();
    let mut store = lab.open();
    let lan = store.person("Lan", at()).unwrap();
    assert_ne!(store.person("Minh", at()).unwrap().person, lan.person);
    store.close().unwrap();
    let mut again = lab.open();
    assert_eq!(again.person(" Lan ", at()).unwrap(), lan);
    assert_eq!(again.board(ScopeId::ORGANISATION).unwrap().change_count(), 2);
}

#[test]
fn the_writer_acknowledges_publishes_and_closes() {
    let mut lab = Lab::new();
    let (sender, events) = mpsc::channel();
    let writer = Writer::spawn(lab.open(), move |event| drop(sender.send(event))).unwrap();
    writer.submit(request(1, SESSION, new_session("Quý I"))).unwrap();
    writer.submit(request(2, SESSION, capture(0xc1, "khó", false))).unwrap();
    writer.submit(request(2, SESSION, capture(0xc1, "khó", false))).unwrap();
    writer.submit(request(3, SESSION, capture(0xc2, " ", false))).unwrap();
    writer.open_scope(OTHER).unwrap();
    writer.close().unwrap();

    let told: Vec<Event> = events.iter().collect();
    let saved = |id: u128| {
        let of = told.iter().filter_map(move |event| match event {
            Event::Saved { command_id, change, repeated, .. } if command_id.0 == id => {
                Some((*change, *repeated))
            }
            _ => None,
        });
        of.collect::<Vec<_>>()
    };
    assert_eq!(saved(1).len(), 1);
    let twice = saved(2);
    assert_eq!(twice, [(twice[0].0, false), (twice[0].0, true)]);
    let refused = |event: &Event| matches!(event, Event::Refused { refusal: Refusal::EmptyText, .. });
    assert!(told.iter().any(refused));
    let boards = told.iter().filter_map(|event| match event {
        Event::Published { board, .. } if board.scope() == SESSION => Some(wordings(board).len()),
        _ => None,
    });
    assert_eq!(boards.collect::<Vec<_>>(), [0, 1, 1]);
    let listed = |event: &Event| matches!(event, Event::Catalogue(list) if list.sessions().len() == 1);
    assert!(told.iter().any(listed));
    assert_eq!(lab.open().log_lines_parsed(), 0);
}

#[test]
fn the_writer_tells_of_the_comparison_after_an_unclean_end() {
    let mut lab = Lab::new();
    drop(lab.filled());
    fs::remove_dir_all(lab.path().join("db")).unwrap();
    let (sender, events) = mpsc::channel();
    let writer = Writer::spawn(lab.open(), move |event| drop(sender.send(event))).unwrap();
    writer.open_scope(SESSION).unwrap();
    let wait = || events.recv_timeout(Duration::from_secs(10)).unwrap();
    let (mut board, mut progress, mut listed) = (None, None, 0);
    while board.is_none() || progress != Some((1, 1)) || listed == 0 {
        match wait() {
            Event::Published { board: published, .. } => board = Some(published),
            Event::Rebuilding { done, total } => progress = Some((done, total)),
            Event::Catalogue(list) => listed = list.sessions().len(),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(wordings(&board.unwrap()).len(), 3);
    writer.reader().texts(vec![SESSION]).unwrap();
    let texts = loop {
        if let Event::Texts { texts, .. } = wait() {
            break texts;
        }
    };
    assert_eq!(texts.len(), 5, "the session, its unit, three difficulties");
    writer.close().unwrap();
}

#[test]
fn a_pasted_megabyte_is_kept() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    let text = "Đảng viên chuyển đi. ".repeat(50_000).trim().to_owned();
    let record = lab.capture(&mut store, &text);
    let before = store.board(SESSION).unwrap();
    store.close().unwrap();
    let mut again = lab.open();
    assert_eq!(again.board(SESSION).unwrap(), before);
    assert_eq!(again.log_lines_parsed(), 0);
    assert_eq!(before.record(record).unwrap().wording(), text);
    let refused = again.commit(&request(1, SESSION, capture(2, &"x".repeat(17 << 20), false)));
    assert!(matches!(refused, Err(CommitError::NotSaved(StoreError::NoLine(_)))));
}

#[test]
fn a_dropped_writer_frees_the_folder() {
    let mut lab = Lab::new();
    let (sender, events) = mpsc::channel();
    let writer = Writer::spawn(lab.open(), move |event| drop(sender.send(event))).unwrap();
    writer.submit(request(1, SESSION, new_session("Quý I"))).unwrap();
    while !matches!(events.recv_timeout(Duration::from_secs(10)).unwrap(), Event::Saved { .. }) {}
    drop(writer);
    assert!(lab.open().board(SESSION).unwrap().root().is_some());
}
