//! Notebooks taken apart and brought together: from how many, in whatever order and however often, the host ends with the same.

use std::path::{Path, PathBuf};

use hoinghi::{
    domain::{
        board::Board,
        command::{Capture, Command, Request},
        edit::Edit,
        field,
        ids::{CommandId, RecordId},
        kind::{Kind, SessionState},
        policy::Role,
    },
    store::{CommitError, Host, Notebook, OpenOptions, Store, StoreError},
};
use proptest::prelude::*;

use super::lab::{Lab, SESSION, at, author, copy_folder, files_under};

const SECRET: &str = "BÍ MẬT CỦA NGƯỜI GHI";
const TAKERS: [&str; 3] = ["Hoa", "Mai", "Tú"];

fn host() -> Host {
    Host { author: author(), role: Role::Facilitator, at: at() }
}

/// An open session of which each taker has a notebook; the host's folder is closed. The files.
fn taken(lab: &mut Lab) -> Vec<PathBuf> {
    let mut store = lab.filled();
    lab.commit(&mut store, Command::SetState { state: SessionState::Open });
    let files = TAKERS.map(|name| lab.dir.path().join(format!("{name}.hoinghi")));
    for (name, file) in TAKERS.iter().zip(&files) {
        store.take_notebook(SESSION, name, file, &host()).unwrap();
    }
    store.close().unwrap();
    files.to_vec()
}

/// Somebody who works in their notebook.
struct Apart {
    store: Store,
    notebook: Notebook,
    file: PathBuf,
    ids: u128,
}

impl Apart {
    fn open(file: &Path, seed: u128) -> Self {
        let notebook = Notebook::read(file).unwrap();
        let options = OpenOptions { notebook: Some(notebook.letter), ..OpenOptions::new(seed, "apart") };
        let mut store = Store::open(&Notebook::folder(file), options).unwrap();
        store.unpack(file).unwrap();
        Self { store, notebook, file: file.to_owned(), ids: seed << 64 }
    }

    fn id(&mut self) -> u128 {
        self.ids += 1;
        self.ids
    }

    fn give(&mut self, command: Command) -> Result<(), CommitError> {
        let (command_id, author) = (CommandId(self.id()), self.notebook.taker.clone());
        let (scope, role, at) = (SESSION, Role::NoteTaker, at());
        self.store.commit(&Request { command_id, scope, author, role, at, command }).map(drop)
    }

    fn capture(&mut self, text: &str, off_record: bool) {
        let (record, kind) = (RecordId(self.id()), Kind::Note);
        let (text, said_at, details) = (text.to_owned(), at(), Vec::new());
        let capture = Capture { record, kind, text, said_at, details, off_record };
        self.give(Command::Capture(Box::new(capture))).unwrap();
    }

    /// Something that a note-taker wishes; much of it may be refused.
    fn wish(&mut self, (what, first, second): (u8, u8, u8)) {
        let board = self.store.board(SESSION).unwrap();
        let lines: Vec<RecordId> =
            Kind::CAPTURED.iter().flat_map(|kind| board.of_kind(*kind)).map(|line| line.id).collect();
        let pick = |dice: u8| lines[usize::from(dice) % lines.len()];
        let (record, other) = (pick(first), pick(second));
        let command = match what % 8 {
            0 | 1 => return self.capture(&format!("{} ghi {first}", self.notebook.taker.name), false),
            2 => return self.capture(SECRET, true),
            3 => {
                let seen = board.record(record).unwrap().seen(&field::TEXT);
                Command::Edit { record, edit: Edit::Text(format!("sửa {second}")), seen }
            }
            4 => Command::Classify { records: vec![record], kind: Kind::Opinion, nature: None },
            5 => Command::Merge { into: record, from: vec![other] },
            6 => Command::Remove { record },
            _ => {
                let mut own = board.changes().rev().filter(|change| {
                    change.header.author == self.notebook.taker && change.header.role == Role::NoteTaker
                });
                let Some(change) = own.nth(usize::from(first % 3)) else { return };
                Command::Undo { change: change.id }
            }
        };
        if let Err(error) = self.give(command) {
            assert!(matches!(error, CommitError::Refused(_)), "{error}");
        }
    }

    /// How many changes were made here.
    fn written(&mut self) -> usize {
        let board = self.store.board(SESSION).unwrap();
        board.all_changes().filter(|change| change.header.role == Role::NoteTaker).count()
    }

    fn give_back(&self) {
        self.store.write_notebook(&self.file, &self.notebook).unwrap();
    }
}

/// The host's folder after files came in an order; each a second time, which says nothing new.
fn received(lab: &mut Lab, name: &str, files: &[PathBuf], order: &[usize]) -> Board {
    let folder = lab.dir.path().join(name);
    copy_folder(&lab.path(), &folder);
    let mut store = Store::open(&folder, lab.options()).unwrap();
    for place in order {
        let file = &files[place % files.len()];
        let report = store.receive(file, &host()).unwrap();
        assert!(report.proposed.is_empty(), "what a note-taker may do there comes in: {report:?}");
        assert_eq!(store.receive(file, &host()).unwrap().new, 0);
    }
    for file in files {
        store.receive(file, &host()).unwrap();
    }
    store.settle().unwrap();
    let board = (*store.board(SESSION).unwrap()).clone();
    store.close().unwrap();
    let mut again = Store::open(&folder, lab.options()).unwrap();
    assert_eq!(*again.board(SESSION).unwrap(), board, "after a clean close");
    board
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn notebooks_give_equal_boards_in_whatever_order_they_come(
        work in prop::collection::vec((0..3usize, any::<(u8, u8, u8)>(), prop::bool::weighted(0.2)), 1..30),
        orders in [prop::collection::vec(0..3usize, 0..6), prop::collection::vec(0..3usize, 0..6)],
        closed in any::<bool>(),
    ) {
        let mut lab = Lab::new();
        let files = taken(&mut lab);
        let mut apart: Vec<Apart> = files.iter().zip(1..).map(|(file, seed)| Apart::open(file, seed)).collect();
        for (who, dice, gives_back) in work {
            apart[who].wish(dice);
            if gives_back {
                apart[who].give_back();
            }
        }
        apart.iter().for_each(Apart::give_back);
        if closed {
            let mut store = lab.open();
            lab.commit(&mut store, Command::SetState { state: SessionState::Closed });
            store.close().unwrap();
        }
        let [first, second] = orders;
        let one = received(&mut lab, "one", &files, &first);
        prop_assert_eq!(&one, &received(&mut lab, "two", &files, &second));
        let written: usize = apart.iter_mut().map(Apart::written).sum();
        let before = lab.open().board(SESSION).unwrap().change_count();
        prop_assert_eq!(one.change_count(), before + written, "nothing is lost");
        prop_assert_eq!(one.aside().count(), if closed { written } else { 0 });
    }
}

#[test]
fn the_words_of_what_is_off_the_record_stay_where_they_were_written() {
    let mut lab = Lab::new();
    let files = taken(&mut lab);
    let mut store = lab.open();
    let secret = super::lab::capture(0x77, "BÍ MẬT CỦA NGƯỜI CHỦ TRÌ", true);
    lab.commit(&mut store, secret);
    let file = lab.dir.path().join("later.hoinghi");
    store.take_notebook(SESSION, "Hoa", &file, &host()).unwrap();
    let holds =
        |path: &Path, words: &str| String::from_utf8_lossy(&std::fs::read(path).unwrap()).contains(words);
    assert!(!holds(&file, "BÍ MẬT"));

    let mut hoa = Apart::open(&files[0], 1);
    hoa.capture(SECRET, true);
    hoa.capture("ai cũng xem được", false);
    let written = hoa.store.write_notebook(&files[0], &hoa.notebook).unwrap();
    assert_eq!(written.withheld, 1);
    assert!(holds(&files[0], "ai cũng xem được") && !holds(&files[0], SECRET));
    assert_eq!(store.receive(&files[0], &host()).unwrap().new, 2);
    store.close().unwrap();
    for path in files_under(&lab.path()) {
        assert!(!holds(&path, SECRET), "{}", path.display());
    }
}

#[test]
fn numbers_carry_the_letter_of_their_notebook() {
    let mut lab = Lab::new();
    let files = taken(&mut lab);
    let number = |(file, seed): (&PathBuf, u128)| {
        let mut apart = Apart::open(file, seed);
        apart.capture("một", false);
        let board = apart.store.board(SESSION).unwrap();
        board.of_kind(Kind::Note)[0].short_number().unwrap().to_owned()
    };
    assert_eq!(files.iter().zip(1..).map(number).collect::<Vec<_>>(), ["GN-B01", "GN-C01", "GN-D01"]);
}

#[test]
fn a_battery_that_died_loses_nothing_that_was_saved() {
    let mut lab = Lab::new();
    let files = taken(&mut lab);
    let mut hoa = Apart::open(&files[0], 1);
    hoa.capture("ghi rồi hết pin", false);
    drop(hoa);
    let mut store = lab.open();
    let report = store.receive_with_folder(&files[0], &host()).unwrap();
    assert_eq!((report.new, report.records[&Kind::Note]), (1, 1));
    assert_eq!(store.receive_with_folder(&files[0], &host()).unwrap().new, 0);
}

#[test]
fn a_file_that_is_there_is_never_written_over() {
    let mut lab = Lab::new();
    let files = taken(&mut lab);
    let before = std::fs::read(&files[0]).unwrap();
    let mut store = lab.open();
    let refused = store.take_notebook(SESSION, "Hoa", &files[0], &host());
    assert_eq!(refused, Err(CommitError::NotSaved(StoreError::Exists(files[0].clone()))));
    assert_eq!(std::fs::read(&files[0]).unwrap(), before);
    let backup = lab.dir.path().join("backup");
    store.backup(&backup, false).unwrap();
    assert_eq!(Notebook::read(&backup), Err(StoreError::NotChanges(backup.clone())));
}

#[test]
fn who_is_no_longer_admitted_brings_proposals_and_an_accepted_one_is_in_effect() {
    let mut lab = Lab::new();
    let files = taken(&mut lab);
    let mut store = lab.open();
    let board = store.board(SESSION).unwrap();
    let taking = board.changes().find(|change| &*change.header.name == "TakeNotebook").unwrap().id;
    lab.commit(&mut store, Command::Undo { change: taking });
    let mut hoa = Apart::open(&files[0], 1);
    hoa.capture("của Hoa", false);
    hoa.give_back();
    let report = store.receive(&files[0], &host()).unwrap();
    assert_eq!(report.proposed.get("Hoa"), Some(&1));
    assert!(store.board(SESSION).unwrap().of_kind(Kind::Note).is_empty());
    let waiting = store.board(SESSION).unwrap().aside().map(|(change, _)| change.id).collect();
    lab.commit(&mut store, Command::Accept { changes: waiting });
    assert_eq!(store.board(SESSION).unwrap().of_kind(Kind::Note)[0].wording(), "của Hoa");
}
