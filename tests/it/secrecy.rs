//! What is off the record: every output of the program and every byte that others may come to see is searched for it.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::{Arc, Mutex},
};

use hoinghi::{
    app::{chair, session::SessionSeat, statistics},
    document::{self, Depth, Paper, Wording},
    domain::{
        board::Board,
        change::{Body, Value, Write},
        edit::Edit,
        field,
        ids::RecordId,
        kind::Kind,
    },
    export::{self, Format, Order, Profiles},
    i18n::Lang,
};
use portable_pty::CommandBuilder;
use tempfile::TempDir;

use crate::support::{
    desk::morning,
    papers::Bench,
    pty::{Program, binary},
};

/// What is said off the record, half-typed last. No other word of any text holds one of these.
const SECRETS: [&str; 3] = ["zqkin", "zqthe", "zqnua"];

/// What only its owner may read: bodies and half-typed lines, the database that keeps both kinds of changes apart, and what a
/// clean end leaves for the next beginning.
const OWNERS: [&str; 4] = ["private", "drafts", "db", "clean"];

struct Office {
    folder: TempDir,
}

impl Office {
    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn start(&self, extra: &[&str]) -> Program {
        Program::start(self.folder.path(), 100, 30, extra)
    }

    /// The program, every screen of which is counted that shows a secret.
    fn watched(&self, user: &str, extra: &[&str], seen: &Arc<Mutex<usize>>) -> Program {
        let mut command = CommandBuilder::new(binary());
        command.args([&["--user", user], extra].concat());
        let seen = Arc::clone(seen);
        let watch = Box::new(move |screen: &vt100::Screen| {
            *seen.lock().unwrap() += usize::from(secret_in(screen.contents().as_bytes()).is_some());
        });
        Program::launch(command, self.folder.path(), (100, 30), Some(watch))
    }

    /// Runs a subcommand on a data folder; what it says is searched too.
    fn run(&self, data: &str, arguments: &[&str]) {
        let done = Command::new(binary())
            .env_clear()
            .env("HOME", self.path("home"))
            .env("LANG", "C.UTF-8")
            .current_dir(self.folder.path())
            .args(["--user", "Lan", "--data", data])
            .args(arguments)
            .output()
            .unwrap();
        assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        assert_eq!(secret_in(&[done.stdout, done.stderr].concat()), None, "{arguments:?}");
    }
}

/// The secret that stands in these bytes, whatever the case.
fn secret_in(bytes: &[u8]) -> Option<&'static str> {
    let lower = bytes.to_ascii_lowercase();
    let holds = |secret: &&str| memchr::memmem::find(&lower, secret.as_bytes()).is_some();
    SECRETS.into_iter().find(holds)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

/// The files under a folder in which a secret stands.
fn holders(folder: &Path) -> Vec<PathBuf> {
    let mut all = files(folder);
    all.retain(|path| secret_in(&fs::read(path).unwrap()).is_some());
    all
}

/// The trees of a data folder's database in which a secret stands.
fn trees(data: &Path) -> Vec<String> {
    let folder = fs::read_dir(data.join("db")).unwrap().flatten().map(|entry| entry.path()).max().unwrap();
    let database = sled::open(folder).unwrap();
    let names = database.tree_names().into_iter().map(|name| String::from_utf8_lossy(&name).into_owned());
    let holds = |name: &String| {
        let pairs = database.open_tree(name).unwrap().iter().map(Result::unwrap);
        let mut joined: Vec<u8> = Vec::new();
        // Values are cut where they are long, anywhere: so all of a tree is one text.
        pairs.for_each(|(key, value)| joined.extend([&key[..], &value[..]].concat()));
        secret_in(&joined).is_some()
    };
    names.filter(holds).collect()
}

/// The sample with a line off the record, another one half-typed when the program was killed and still there afterwards,
/// and papers written from the screen.
fn whispered() -> Office {
    let office = Office { folder: tempfile::tempdir().unwrap() };
    let mut program = office.start(&["demo"]);
    program.wait_for("KK-04").press(&["F6"]).type_text("q3 kk zqkin mất #zqthe ** !!").press(&["Enter"]);
    program.wait_for("zqkin mất");
    for line in ["kn zqkin kiến nghị ** >zqthe", "kl zqkin kết luận **", "nv zqkin nhiệm vụ **"] {
        program.type_text(line).press(&["Enter"]);
    }
    program.type_text("** zqnua câu").settle().signal("KILL").wait();
    let mut program = office.start(&["demo"]);
    program.wait_for("** zqnua câu").press(&["Esc", "Alt+P", "Ctrl+E"]);
    program.wait_for("Không xuất 4 ý lưu nội bộ");
    assert!(program.quit().success());
    office
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn what_is_off_the_record_leaves_by_no_way() {
    let office = whispered();
    let (all, unset) = (Format::names(), "docx,html,md,txt,csv,json");
    for depth in ["full", "main-course", "conclusions-only"] {
        let order = [
            "export",
            "--kind",
            "all,chair,statistics",
            "--format",
            if depth == "full" { all.as_str() } else { unset },
            "--depth",
            depth,
            "--out",
            depth,
        ];
        office.run("data", &order);
    }
    for arguments in [&["list"][..], &["list", "--json"], &["doctor"], &["config"]] {
        office.run("data", arguments);
    }
    office.run("data", &["backup", "shared.backup"]);
    office.run("data", &["notebook", "take", "I/2023", "mai.hoinghi", "--for", "Mai"]);
    office.run("restored", &["restore", "shared.backup"]);
    office.run("imported", &["import", "data"]);
    office.run("data", &["erase", "Quận 3"]);
    let data = office.path("data");
    let owners = OWNERS.map(|name| data.join(name));
    let holders = holders(office.folder.path());
    let leaks: Vec<&PathBuf> =
        holders.iter().filter(|path| !owners.iter().any(|owner| path.starts_with(owner))).collect();
    assert_eq!(leaks, Vec::<&PathBuf>::new());
    assert_eq!(trees(&data), ["private"]);
    for owner in owners.iter().take(3) {
        assert!(holders.iter().any(|path| path.starts_with(owner)), "it is kept in {}", owner.display());
    }
    #[cfg(unix)]
    for path in &holders {
        let is_owners = |path: &Path| [0o600, 0o700].contains(&mode(path));
        assert!(
            is_owners(path) || is_owners(&data.join("db")) && path.starts_with(data.join("db")),
            "{}",
            path.display()
        );
    }
    #[cfg(unix)]
    for paper in files(&office.path("full")) {
        assert_eq!(mode(&paper), 0o600, "what lay beside such lines is its owner's: {}", paper.display());
    }
    let json = fs::read_to_string(office.path("full/2023-Q1_du-lieu.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["withheld"], 4);
}

/// The words are found where they are: in a backup that was asked to hold them.
#[test]
fn a_private_backup_holds_what_was_recorded_and_nothing_half_typed() {
    let office = whispered();
    office.run("data", &["backup", "--private", "all.backup"]);
    let all = fs::read(office.path("all.backup")).unwrap();
    assert_eq!(secret_in(&all), Some("zqkin"));
    assert!(memchr::memmem::find(&all, b"zqnua").is_none());
}

#[test]
fn other_peoples_screens_do_not_show_it() {
    let office = whispered();
    let mut program = office.start(&["demo"]);
    program.wait_for("KK-06 Q3   [Lưu nội bộ] zqkin mất");
    program.press(&["Alt+M"]).wait_for("F12 Che màn hình");
    assert_eq!(secret_in(program.text().as_bytes()), None, "{}", program.text());
    assert!(program.quit().success());
    let seen = Arc::new(Mutex::new(0));
    let mut program = office.watched("Lan", &["demo", "--role", "observer"], &seen);
    program.wait_for("KK-04");
    for keys in [&["F4"][..], &["Ctrl+T"], &["Ctrl+K"], &["Esc", "Alt+8"], &["Esc", "Esc", "Ctrl+K"]] {
        program.press(keys);
    }
    assert_eq!(*seen.lock().unwrap(), 0, "screens, the very first included");
    program.type_text("zqkin").settle();
    let found = program.text();
    assert_eq!(found.matches("zqkin").count(), 1, "only what was typed: {found}");
    assert!(program.quit().success());
}

/// Somebody who takes notes at the same table: what their screen shows, what the program keeps for them, and who is told to be writing.
#[test]
fn a_seat_beside_neither_shows_nor_keeps_a_letter_of_it() {
    let office = Office { folder: tempfile::tempdir().unwrap() };
    let mut host = office.start(&["demo"]);
    host.wait_for("KK-04").press(&["F6"]).type_text("q3 kk zqkin mất #zqthe **").press(&["Enter"]);
    host.wait_for("zqkin mất");
    let seen = Arc::new(Mutex::new(0));
    let mut other = office.watched("Hòa", &["--role", "note-taker"], &seen);
    other.wait_for("KK-04");
    host.type_text("** zqnua câu").settle();
    other.wait_for("đang ghi");
    let places = [
        "F4", "Ctrl+T", "F5", "F8", "Alt+K", "Alt+8", "Esc", "Alt+C", "Esc", "Alt+Q", "Esc", "Alt+H", "Esc",
        "Ctrl+R", "Esc",
    ];
    for key in places {
        other.press(&[key]);
    }
    other.press(&["F6"]).type_text("dòng của Hòa").settle();
    host.signal("KILL").wait();
    other.wait();
    assert_eq!(*seen.lock().unwrap(), 0);
    let drafts = office.path("data").join("drafts");
    assert!(files(&drafts).len() > 1, "each seat has its own: {:?}", files(&drafts));
    assert_eq!(holders(&drafts).len(), 1, "the owner's alone");
}

/// The words cannot be guessed from any byte of any paper: two sessions that differ in them alone give the same files, even if a faulty
/// program had written them into the shared log.
#[test]
fn no_byte_of_any_paper_depends_on_it() {
    let (one, other) = (written_with("zqkin mất dấu"), written_with("nói chuyện khác hẳn, dài hơn nhiều"));
    assert!(one.len() > 50, "{}", one.len());
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&one), names(&other));
    let differing = one.iter().zip(&other).filter(|(one, other)| one.1 != other.1);
    assert_eq!(differing.map(|(one, _)| &one.0).collect::<Vec<_>>(), Vec::<&String>::new());
}

/// Every paper in every format and depth, and both pages, of the sample with a line of each kind off the record.
fn written_with(secret: &str) -> Vec<(String, Vec<u8>)> {
    let board = Arc::new(shared_with(secret));
    let none = BTreeMap::new();
    let (wording, profiles) = (Wording::new(&none).unwrap(), Profiles::read(&none).unwrap());
    let mut written = Vec::new();
    for depth in Depth::ALL {
        let mut order = Order::all(depth);
        // Setting the papers takes long, and all depths are set alike.
        order.formats.retain(|format| format.name() != "pdf" || depth == Depth::Full);
        let rendered = export::render(&board, &order, &wording, &profiles).unwrap();
        written.extend(
            rendered.files.into_iter().map(|file| (format!("{}/{}", depth.name(), file.name), file.bytes)),
        );
    }
    let seat = SessionSeat::new(Arc::clone(&board), Arc::new(Board::empty(board.scope())));
    let strings = Lang::Vietnamese.strings();
    written.push(("chair".to_owned(), chair::printed_of(&seat, strings, morning(), None).into_bytes()));
    written.push(("statistics".to_owned(), statistics::printed_of(&seat, strings, morning()).into_bytes()));
    written
}

/// The shared board of the sample in which the stubs of what is off the record have words, and those that link them to what is not.
fn shared_with(secret: &str) -> Board {
    let mut bench = Bench::default();
    bench.hold_sample();
    for kind in Kind::CAPTURED {
        bench.whisper_as(*kind, "kín", Vec::new());
    }
    let board = bench.board();
    let changes = board.changes().map(|change| {
        let mut change = (**change).clone();
        if let Body::Writes(writes) = &mut change.body {
            let is_stub =
                |write: &&Write| write.field == field::OFF_RECORD && write.value == Value::Flag(true);
            let stubs: Vec<RecordId> = writes.iter().filter(is_stub).map(|write| write.record).collect();
            let words = [
                field::TEXT,
                field::ADDRESSEE,
                field::DELIVERABLE,
                field::ANSWER,
                field::DUE_WORDS,
                field::PUBLISHED,
            ];
            let said = |record| {
                words.clone().map(|field| Write { record, field, value: secret.into(), replaces: Vec::new() })
            };
            writes.extend(stubs.into_iter().flat_map(said));
        }
        Arc::new(change)
    });
    Board::fold(board.scope(), changes)
}

/// Formats may pack their bytes: what they are made of does not hold it in the first place.
#[test]
fn no_paper_holds_it_whatever_its_format() {
    let mut bench = Bench::default();
    bench.hold_sample();
    let tags = vec![Edit::Tag("zqthe".to_owned(), true)];
    bench.whisper("zqkin mất", tags);
    let (board, wording) = (bench.board(), Wording::new(&BTreeMap::new()).unwrap());
    let written = |paper| Depth::ALL.map(|depth| document::write(&board, paper, &wording, depth).unwrap());
    for document in Paper::ALL.into_iter().flat_map(written).flatten() {
        assert_eq!(secret_in(format!("{document:?}").as_bytes()), None, "{:?}", document.paper);
        assert_eq!(document.withheld, 1);
    }
}
