//! What is signed does not move, and whoever is not admitted only proposes.

use std::{collections::BTreeMap, path::Path};

use hoinghi::{
    document::Wording,
    domain::{
        board::Board,
        change::Author,
        command::{Command, Refusal, Request},
        edit::Edit,
        field,
        ids::{ChangeId, CommandId, PersonId, RecordId},
        kind::{Kind, SessionState},
        policy::Role,
        rulings::Aside,
    },
    export::{self, Order, Profiles},
    store::{CommitError, Host, Store, examine},
};

use super::lab::{Lab, SESSION, at, author, capture, copy_folder, files_under, refold, wordings};

fn host() -> Host {
    Host { author: author(), role: Role::Facilitator, at: at() }
}

/// All papers of a board, as bytes.
fn papers(board: &Board) -> Vec<(String, Vec<u8>)> {
    let order = Order::parse("md,txt,json", "all", "full").unwrap();
    let wording = Wording::new(&BTreeMap::new()).unwrap();
    let profiles = Profiles::read(&BTreeMap::new()).unwrap();
    let files = export::render(board, &order, &wording, &profiles).unwrap().files;
    files.into_iter().map(|file| (file.name, file.bytes)).collect()
}

fn move_to(lab: &mut Lab, store: &mut Store, states: &[SessionState]) {
    for state in states {
        lab.commit(store, Command::SetState { state: *state });
    }
}

fn aside(store: &mut Store) -> Vec<ChangeId> {
    store.board(SESSION).unwrap().aside().map(|(change, _)| change.id).collect()
}

/// A session in its meeting, and a copy of the folder.
fn copied(lab: &mut Lab) -> std::path::PathBuf {
    let mut store = lab.filled();
    move_to(lab, &mut store, &[SessionState::Open]);
    store.close().unwrap();
    let copy = lab.dir.path().join("copy");
    copy_folder(&lab.path(), &copy);
    copy
}

fn edit_text(store: &mut Store, line: RecordId, text: &str) -> Command {
    let seen = store.board(SESSION).unwrap().record(line).unwrap().seen(&field::TEXT);
    Command::Edit { record: line, edit: Edit::Text(text.into()), seen }
}

/// The same after it was closed and opened, after a kill, and from the log alone; and both copies agree.
fn stays(lab: &mut Lab, store: Store, expected: &Board) -> Store {
    assert_eq!(refold(&store, SESSION), *expected);
    store.close().unwrap();
    let mut store = lab.open();
    assert_eq!(*store.board(SESSION).unwrap(), *expected, "after a clean close");
    drop(store);
    let options = lab.options();
    let mut read = Store::open(&lab.path(), options.read_only()).unwrap();
    assert_eq!(*read.board(SESSION).unwrap(), *expected, "by whoever only reads");
    let diagnosis = examine(&lab.path(), &lab.options(), false).unwrap();
    assert!(diagnosis.findings.is_empty(), "{:?}", diagnosis.findings);
    let mut store = lab.open();
    store.settle().unwrap();
    assert_eq!(*store.board(SESSION).unwrap(), *expected, "after a kill");
    store
}

#[test]
fn a_stick_that_comes_after_signing_changes_nothing_that_was_signed() {
    let mut lab = Lab::new();
    let copy = copied(&mut lab);
    let mut stick = Store::open(&copy, lab.options()).unwrap();
    let line = stick.board(SESSION).unwrap().of_kind(Kind::Difficulty)[0].id;
    let new = lab.capture(&mut stick, "ghi trên bản sao");
    let edit = edit_text(&mut stick, line, "sửa trên bản sao");
    lab.commit(&mut stick, edit);
    stick.close().unwrap();

    let mut store = lab.open();
    move_to(&mut lab, &mut store, &[SessionState::Closed, SessionState::ForSignature, SessionState::Issued]);
    let (signed, shown) = (papers(&store.board(SESSION).unwrap()), wordings(&store.board(SESSION).unwrap()));
    let report = store.receive(&copy, &host()).unwrap();
    assert_eq!((report.new, report.late.into_iter().collect::<Vec<_>>()), (2, vec![("Lan".to_owned(), 2)]));
    assert!(papers(&store.board(SESSION).unwrap()) == signed, "not one byte");
    let board = store.board(SESSION).unwrap();
    let mut store = stays(&mut lab, store, &board);
    assert!(papers(&store.board(SESSION).unwrap()) == signed);
    assert_eq!(store.receive(&copy, &host()).unwrap().new, 0);

    let late = aside(&mut store);
    assert_eq!(late.len(), 2);
    let accepted = lab.commit(&mut store, Command::Accept { changes: vec![late[0]] });
    let board = store.board(SESSION).unwrap();
    assert_eq!(board.record(new).unwrap().wording(), "ghi trên bản sao");
    assert_eq!(wordings(&board).len(), shown.len() + 1);
    assert!(papers(&board) != signed);
    let mut store = stays(&mut lab, store, &board);
    lab.commit(&mut store, Command::Undo { change: accepted.change });
    assert!(
        papers(&store.board(SESSION).unwrap()) == signed,
        "an amendment is taken back like anything else"
    );
    let board = store.board(SESSION).unwrap();
    stays(&mut lab, store, &board);
}

#[test]
fn whoever_unites_the_two_and_in_whatever_order_sees_the_same() {
    let mut lab = Lab::new();
    let copy = copied(&mut lab);
    let mut stick = Store::open(&copy, lab.options()).unwrap();
    lab.capture(&mut stick, "ghi trên bản sao");
    stick.close().unwrap();
    let mut store = lab.open();
    lab.capture(&mut store, "trước khi đóng");
    move_to(&mut lab, &mut store, &[SessionState::Closed]);
    lab.capture(&mut store, "sau khi đóng");
    store.close().unwrap();
    let original = lab.path();
    let sees = |lab: &mut Lab, order: [&Path; 2]| {
        let mut other = Lab::new();
        let mut store = Store::open(&other.path(), lab.options()).unwrap();
        for folder in order {
            store.unite(folder).unwrap();
        }
        let board = store.board(SESSION).unwrap();
        store.close().unwrap();
        assert_eq!(other.open().board(SESSION).unwrap(), board);
        board
    };
    let board = sees(&mut lab, [&original, &copy]);
    assert_eq!(board, sees(&mut lab, [&copy, &original]));
    let words = wordings(&board);
    assert!(words.contains(&"sau khi đóng".to_owned()) && !words.contains(&"ghi trên bản sao".to_owned()));
    assert_eq!(board.aside().map(|(_, why)| why).collect::<Vec<_>>(), [Aside::Late]);
}

/// Commits as somebody else.
fn commit_as(store: &mut Store, id: u128, name: &str, role: Role, command: Command) {
    let author = Author { person: PersonId(id), name: name.into() };
    let command_id = CommandId(id << 64 | u128::from(store.board(SESSION).unwrap().counter()));
    store.commit(&Request { command_id, scope: SESSION, author, role, at: at(), command }).unwrap();
}

#[test]
fn what_a_stranger_brings_is_a_proposal_until_it_is_accepted() {
    let mut lab = Lab::new();
    let copy = copied(&mut lab);
    let mut stick = Store::open(&copy, lab.options()).unwrap();
    let line = stick.board(SESSION).unwrap().of_kind(Kind::Difficulty)[0].id;
    commit_as(&mut stick, 77, "Mai", Role::Facilitator, capture(0x700, "của Mai", false));
    let edit = edit_text(&mut stick, line, "Mai sửa");
    commit_as(&mut stick, 77, "Mai", Role::Facilitator, edit);
    lab.capture(&mut stick, "của Lan");
    stick.close().unwrap();

    let mut store = lab.open();
    let note_taker = Host { role: Role::NoteTaker, ..host() };
    let refused = CommitError::Refused(Refusal::NotPermitted(Role::NoteTaker));
    assert_eq!(store.receive(&copy, &note_taker), Err(refused));
    let before = wordings(&store.board(SESSION).unwrap());
    let report = store.receive(&copy, &host()).unwrap();
    assert_eq!((report.new, report.proposed), (3, BTreeMap::from([("Mai".to_owned(), 2)])));
    let board = store.board(SESSION).unwrap();
    assert_eq!(wordings(&board).len(), before.len() + 1, "what Lan wrote is in effect");
    assert!(!wordings(&board).iter().any(|words| words.contains("Mai")));
    let mut store = stays(&mut lab, store, &board);

    let changes = aside(&mut store);
    lab.commit(&mut store, Command::Decline { changes: changes[1..].to_vec() });
    lab.commit(&mut store, Command::Accept { changes: changes[..1].to_vec() });
    let board = store.board(SESSION).unwrap();
    assert!(wordings(&board).contains(&"của Mai".to_owned()) && board.aside().count() == 1);
    let mut store = stays(&mut lab, store, &board);

    let mut stick = Store::open(&copy, lab.options()).unwrap();
    commit_as(&mut stick, 77, "Mai", Role::NoteTaker, capture(0x701, "của Mai sau đó", false));
    stick.close().unwrap();
    lab.commit(&mut store, Command::Admit { person: PersonId(77), role: Role::NoteTaker });
    assert_eq!(store.receive(&copy, &host()).unwrap().proposed, BTreeMap::new());
    assert!(wordings(&store.board(SESSION).unwrap()).contains(&"của Mai sau đó".to_owned()));
}

#[test]
fn a_program_killed_while_it_takes_in_a_strangers_file_lets_nothing_in() {
    let mut lab = Lab::new();
    let copy = copied(&mut lab);
    let mut stick = Store::open(&copy, lab.options()).unwrap();
    commit_as(&mut stick, 77, "Mai", Role::Facilitator, capture(0x700, "của Mai", false));
    stick.close().unwrap();
    let mut store = lab.open();
    let before = lab.logs(SESSION);
    store.receive(&copy, &host()).unwrap();
    drop(store);
    // The file of the stranger's changes had not reached the medium yet.
    let theirs: Vec<_> = lab.logs(SESSION).into_iter().filter(|log| !before.contains(log)).collect();
    let kept: Vec<_> = theirs.iter().filter(|log| is_of(log, "Mai")).collect();
    assert_eq!((theirs.len(), kept.len()), (2, 1), "a hold, and what is held");
    let bytes = std::fs::read(kept[0]).unwrap();
    std::fs::remove_file(kept[0]).unwrap();
    std::fs::remove_dir_all(lab.path().join("db")).unwrap();
    let mut store = lab.open();
    store.settle().unwrap();
    assert_eq!(store.board(SESSION).unwrap().aside().count(), 0);
    assert_eq!(store.receive(&copy, &host()).unwrap().new, 1);
    assert_eq!(aside(&mut store).len(), 1);
    assert!(std::fs::read(kept[0]).unwrap() == bytes);
}

/// The program is killed at every moment of taking in a stranger's file; nothing of it is ever in effect.
#[test]
fn a_kill_in_the_middle_of_an_import_lets_nothing_in() {
    let mut done = 0;
    for round in 0..60 {
        let mut lab = Lab::new();
        let copy = copied(&mut lab);
        let mut stick = Store::open(&copy, lab.options()).unwrap();
        for n in 0..20 {
            commit_as(&mut stick, 77, "Mai", Role::Facilitator, capture(0x700 + n, "của Mai", false));
        }
        stick.close().unwrap();
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_hoinghi"))
            .args(["--user", "Lan", "--data"])
            .arg(lab.path())
            .arg("import")
            .arg(&copy)
            .env("HOME", lab.dir.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_millis(2 + 4 * round));
        done += usize::from(program.try_wait().unwrap().is_some());
        program.kill().unwrap();
        program.wait().unwrap();
        let mut store = lab.open();
        assert!(!wordings(&store.board(SESSION).unwrap()).contains(&"của Mai".to_owned()), "round {round}");
        let there = aside(&mut store).len();
        assert_eq!(store.receive(&copy, &host()).unwrap().new, 20 - there);
        assert_eq!((aside(&mut store).len(), wordings(&store.board(SESSION).unwrap()).len()), (20, 3));
        if done == 2 {
            return;
        }
    }
    panic!("no round got far enough");
}

fn is_of(log: &Path, name: &str) -> bool {
    std::fs::read_to_string(log).unwrap().contains(&format!(r#""name":"{name}""#))
}

/// The bare union is for copies of one's own; whatever a person brings is asked about.
#[test]
fn no_command_takes_in_what_others_wrote_without_asking() {
    let rooms = ["app", "cli", "live", "runtime"].map(|room| Path::new("src").join(room));
    let sources: Vec<_> = rooms.iter().flat_map(|room| files_under(room)).collect();
    assert!(sources.len() > 50, "the rooms are somewhere else");
    let reads = |path: &std::path::PathBuf| std::fs::read_to_string(path).unwrap();
    let unasked: Vec<_> = sources.iter().filter(|path| reads(path).contains(".unite(")).collect();
    assert!(unasked.is_empty(), "{unasked:?}");
}
