//! The eleven rules of the log, as far as the store shows them.

use std::fs;

use hoinghi::{
    domain::{
        command::{Command, Place, Refusal},
        edit::Edit,
        field,
        ids::{CommandId, RecordId},
        kind::Kind,
    },
    store::{CommitError, OpenOptions, Store},
};

use super::lab::{
    Lab, SESSION, capture, files_under, forge, import_lines, new_session, refold, request, wordings,
};

/// Rule 1: every opening has its own origin and file; the chain is whole.
#[test]
fn each_opening_appends_to_its_own_file() {
    let mut lab = Lab::new();
    lab.filled().close().unwrap();
    let before = fs::read(&lab.logs(SESSION)[0]).unwrap();
    let first = lab.logs(SESSION).remove(0);
    let mut store = lab.open();
    lab.capture(&mut store, "lần hai");
    lab.capture(&mut store, "lần hai nữa");
    assert_eq!(lab.logs(SESSION).len(), 2);
    assert!(fs::read(first).unwrap() == before);
    for line in store.lines(SESSION, false).unwrap() {
        let header = &line.change.header;
        assert_eq!(header.previous.is_none(), header.sequence == 1);
    }
    let board = store.board(SESSION).unwrap();
    let mut ends: Vec<u64> = board.origins().values().map(|progress| progress.complete_to).collect();
    ends.sort_unstable();
    assert_eq!(ends, [2, 4]);
}

/// Rule 2: counter = 1 + the greatest seen, also of what was imported.
#[test]
fn the_counter_follows_everything_seen() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    let line = store.lines(SESSION, false).unwrap()[1].raw().to_vec();
    let ahead = forge(&line, &[("counter", 1000.into()), ("sequence", 40.into())], None);
    import_lines(&mut store, lab.dir.path(), &[ahead]);
    let saved = lab.commit(&mut store, capture(0xc9, "sau", false));
    assert_eq!(store.board(SESSION).unwrap().change(saved.change).unwrap().header.counter, 1001);
}

/// Rule 3: one command, one line; sent twice, it acts once, also after the folder was reopened.
#[test]
fn a_command_sent_twice_acts_once() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    let wish = request(77, SESSION, capture(0xc1, "một lần", false));
    let first = store.commit(&wish).unwrap();
    let again = store.commit(&wish).unwrap();
    assert!(!first.repeated && again.repeated && first.change == again.change);
    drop(store);
    let mut store = lab.open();
    assert_eq!(store.commit(&wish).unwrap().change, first.change);
    let lines = store.lines(SESSION, false).unwrap();
    assert_eq!(lines.iter().filter(|line| line.change.header.command == CommandId(77)).count(), 1);
}

/// Rule 4: a stale wish is answered before anything is written.
#[test]
fn a_stale_edit_writes_nothing() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    let record = lab.capture(&mut store, "lúc đầu");
    let seen = store.board(SESSION).unwrap().record(record).unwrap().seen(&field::TEXT);
    let edit = |text: &str| Command::Edit { record, edit: Edit::Text(text.to_owned()), seen: seen.clone() };
    lab.commit(&mut store, edit("của người khác"));
    let log = fs::read(&lab.logs(SESSION)[0]).unwrap();
    let refused = store.commit(&request(5, SESSION, edit("của mình"))).unwrap_err();
    assert!(matches!(refused, CommitError::Refused(Refusal::Stale { .. })));
    assert_eq!(fs::read(&lab.logs(SESSION)[0]).unwrap(), log);
}

/// Rule 5: a write to a record that is not there lands.
#[test]
fn a_write_to_a_missing_record_lands() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    let line = store.lines(SESSION, false).unwrap()[1].raw().to_vec();
    let payload = format!(r#"{{"writes":[{{"record":"{}","field":"text","value":"lạc"}}]}}"#, RecordId(0xff));
    let stray = forge(&line, &[("sequence", 40.into())], Some(&payload));
    assert_eq!(import_lines(&mut store, lab.dir.path(), &[stray]).new, 1);
    assert_eq!(store.board(SESSION).unwrap().record(RecordId(0xff)).unwrap().wording(), "lạc");
}

/// Rule 6: undo appends.
#[test]
fn undo_appends_a_change() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    let saved = lab.commit(&mut store, capture(0xc1, "nhầm", false));
    lab.commit(&mut store, Command::Undo { change: saved.change });
    assert_eq!(wordings(&store.board(SESSION).unwrap()).len(), 3);
    assert_eq!(store.lines(SESSION, false).unwrap().len(), 6);
}

/// Rule 7: numbers are given by the host, never again, and carry a notebook's letter.
#[test]
fn numbers_are_never_given_again() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    let last = lab.capture(&mut store, "bốn");
    lab.commit(&mut store, Command::Remove { record: last });
    store.close().unwrap();
    let mut store = lab.open();
    let next = lab.capture(&mut store, "năm");
    assert_eq!(store.board(SESSION).unwrap().record(next).unwrap().short_number(), Some("KK-05"));
    store.close().unwrap();
    let options = OpenOptions { notebook: Some('B'), ..lab.options() };
    let mut notebook = Store::open(&lab.path(), options).unwrap();
    let next = lab.capture(&mut notebook, "sổ B");
    assert_eq!(notebook.board(SESSION).unwrap().record(next).unwrap().short_number(), Some("KK-B01"));
}

/// Rule 8: a move writes one record.
#[test]
fn a_move_writes_one_record() {
    let mut lab = Lab::new();
    let mut store = lab.open();
    lab.commit(&mut store, new_session("Quý I"));
    let items = [0xe1, 0xe2, 0xe3].map(RecordId);
    for record in items {
        let details = vec![Edit::Title(format!("mục {record}"))];
        lab.commit(&mut store, Command::Add { record, kind: Kind::AgendaItem, details, place: Place::Last });
    }
    let saved = lab.commit(&mut store, Command::Move { record: items[2], place: Place::First });
    let board = store.board(SESSION).unwrap();
    assert!(board.change(saved.change).unwrap().writes().iter().all(|write| write.record == items[2]));
    assert_eq!(board.of_kind(Kind::AgendaItem)[0].id, items[2]);
}

/// Rule 9: the bytes of a line are settled.
#[test]
fn the_envelope_is_frozen() {
    let mut lab = Lab::new();
    let mut store = Store::open(&lab.path(), OpenOptions::new(1, "test")).unwrap();
    store.commit(&request(2, SESSION, new_session("Quý I"))).unwrap();
    store.commit(&request(3, SESSION, capture(0xc1, "khó", true))).unwrap();
    drop(store);
    let lines: Vec<String> = files_under(&lab.path())
        .iter()
        .filter(|file| file.extension().is_some_and(|extension| extension == "jsonl"))
        .map(|file| fs::read_to_string(file).unwrap())
        .collect();
    insta::assert_snapshot!(lines.join("---\n"));
    let mut store = lab.open();
    assert_eq!(refold(&store, SESSION), *store.board(SESSION).unwrap());
}

/// Rule 10: the body first, then the stub; a body without a stub is ignored.
#[test]
fn a_body_without_its_stub_is_ignored() {
    let mut lab = Lab::new();
    let mut store = lab.filled();
    store.commit(&request(1, SESSION, capture(0xd1, "ngoài lề", true))).unwrap();
    assert_eq!(store.board(SESSION).unwrap().record(RecordId(0xd1)).unwrap().wording(), "");
    let private = store.private_board(SESSION).unwrap();
    assert_eq!(private.record(RecordId(0xd1)).unwrap().wording(), "ngoài lề");
    drop(store);

    fs::remove_dir_all(lab.path().join("db")).unwrap();
    let log = lab.logs(SESSION).remove(0);
    let text = fs::read_to_string(&log).unwrap();
    let without_stub: String = text.split_inclusive('\n').take(4).collect();
    fs::write(&log, without_stub).unwrap();
    let mut store = lab.open();
    assert_eq!(store.private_board(SESSION).unwrap().change_count(), 0);
    let stub = text.lines().nth(4).unwrap().as_bytes().to_vec();
    import_lines(&mut store, lab.dir.path(), &[stub]);
    assert_eq!(store.private_board(SESSION).unwrap(), private, "the stub came, the body counts");
}

#[cfg(unix)]
#[test]
fn private_files_are_the_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let mut lab = Lab::new();
    let mut store = lab.filled();
    store.commit(&request(1, SESSION, capture(0xd1, "ngoài lề", true))).unwrap();
    store.drafts().open("local").unwrap();
    let [private, drafts] = ["private", "drafts"].map(|name| files_under(&lab.path().join(name)));
    assert_eq!((private.len(), drafts.len()), (1, 1));
    for file in private.iter().chain(&drafts) {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}

/// Rule 11: drafts are no changes, survive a kill, and are in no backup.
#[test]
fn drafts_are_kept_and_are_no_changes() {
    let mut lab = Lab::new();
    let store = lab.filled();
    let drafts = store.drafts();
    let (mut draft, before) = drafts.open("local").unwrap();
    assert_eq!(before, None);
    draft.save(CommandId(1), b"doanh").unwrap();
    draft.save(CommandId(1), "doanh nghiệp".as_bytes()).unwrap();
    draft.sync().unwrap();
    draft.sync_elsewhere()().unwrap();
    drafts.open("ssh/2").unwrap();
    assert_eq!(store.lines(SESSION, true).unwrap().len(), 4);
    let file = lab.dir.path().join("backup");
    store.backup(&file, true).unwrap();
    assert!(!fs::read_to_string(file).unwrap().contains("doanh"));
    drop((draft, store));

    let kept = lab.open().drafts().open("local").unwrap().1.unwrap();
    assert_eq!((kept.command, &kept.state[..]), (CommandId(1), "doanh nghiệp".as_bytes()));
    let draft_file = lab.path().join("drafts/local.draft");
    let whole = fs::read(&draft_file).unwrap();
    fs::write(&draft_file, &whole[..whole.len() - 1]).unwrap();
    let (mut draft, kept) = lab.open().drafts().open("local").unwrap();
    assert_eq!(kept.unwrap().state, b"doanh", "a torn draft gives the one before");
    for round in 0..3000_u32 {
        draft.save(CommandId(2), format!("{round}{}", "x".repeat(800)).as_bytes()).unwrap();
    }
    assert!(draft_file.metadata().unwrap().len() <= 1 << 20, "the file does not grow without end");
    assert!(lab.open().drafts().open("local").unwrap().1.unwrap().state.starts_with(b"2999x"));
}

/// A burst of keys in a long text costs what it changed; a kill after any of them leaves what was shown.
#[test]
fn a_long_draft_grows_by_what_is_typed_and_every_letter_of_it_survives_a_kill() {
    let mut lab = Lab::new();
    let store = lab.filled();
    let file = lab.path().join("drafts/local.draft");
    let size = || file.metadata().unwrap().len();
    let (mut draft, _) = store.drafts().open("local").unwrap();
    let mut text = "kho khan ".repeat(18_000);
    draft.save(CommandId(1), text.as_bytes()).unwrap();
    let (mut greatest, mut rewritten) = (0, 0);
    for at in 0..400 {
        let before = size();
        text.insert(70_000 + at, 'y');
        draft.save(CommandId(1), text.as_bytes()).unwrap();
        greatest = greatest.max(size());
        rewritten += usize::from(size().abs_diff(before) > 100);
        // Whoever opens it now, after a kill, sees the letter.
        let kept = store.drafts().open("local").unwrap().1.unwrap();
        assert!(kept.state == text.as_bytes(), "letter {at}");
    }
    assert!(greatest < 5 * 162_000 && rewritten <= 8, "{greatest} bytes, {rewritten} times anew");
    let whole = fs::read(&file).unwrap();
    fs::write(&file, &whole[..whole.len() - 1]).unwrap();
    let (draft, kept) = store.drafts().open("local").unwrap();
    assert!(draft.is_damaged());
    let mut before = text.clone();
    before.remove(70_399);
    assert!(kept.unwrap().state == before.as_bytes(), "a torn letter gives the text before it");
}
