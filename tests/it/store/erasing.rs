//! A name that has to go is in no byte of the folder any more, in whatever way it was written, and does not come back.

use std::{
    fs, io,
    path::Path,
    process::{self, Child},
    thread,
    time::Duration,
};

use hoinghi::{
    domain::{
        command::{Command, Refusal},
        edit::Edit,
        field,
        ids::{CommandId, RecordId},
        kind::{Kind, SessionState},
        policy::Role,
    },
    store::{CommitError, Host, Store, examine},
};
use unicode_normalization::UnicodeNormalization;

use super::lab::{
    Lab, OTHER, SESSION, at, author, capture, copy_folder, files_under, forge, import_lines, new_session,
    request, wordings,
};

const NAME: &str = "Lê Thị Bưởi";

fn host() -> Host {
    Host { author: author(), role: Role::Facilitator, at: at() }
}

/// The name as a file may hold it: composed, decomposed, without accents, in other case, escaped.
fn forms() -> Vec<Vec<u8>> {
    let escaped = |text: &str, upper: bool| -> String {
        let unit = |c: char| match c {
            ' '..='~' => c.to_string(),
            c if upper => format!("\\u{:04X}", u32::from(c)),
            c => format!("\\u{:04x}", u32::from(c)),
        };
        text.chars().map(unit).collect()
    };
    let apart: String = NAME.nfd().collect();
    let mut forms = vec!["le thi buoi".to_owned(), "Le Thi Buoi".to_owned(), "LE THI BUOI".to_owned()];
    for text in [NAME.to_owned(), NAME.to_uppercase(), NAME.to_lowercase(), apart] {
        forms.extend([escaped(&text, false), escaped(&text, true), text]);
    }
    forms.into_iter().map(String::into_bytes).collect()
}

/// The files under a folder that hold the name.
fn holding(folder: &Path) -> Vec<String> {
    let holds = |path: &Path| {
        let content = match fs::read(path) {
            // The database's own threads may end a little later, and take files away.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return false,
            content => content.unwrap(),
        };
        forms().iter().any(|form| content.windows(form.len()).any(|window| window == form))
    };
    let files = files_under(folder).into_iter().filter(|path| holds(path));
    files.map(|path| path.strip_prefix(folder).unwrap().display().to_string()).collect()
}

/// A session that has the name in every way and place.
fn named(lab: &mut Lab) -> Store {
    let mut store = lab.filled();
    lab.capture(&mut store, &format!("đồng chí {NAME} nêu: chậm"));
    lab.capture(&mut store, "LE THI BUOI ngại chuyển");
    let apart: String = NAME.nfd().collect();
    lab.commit(&mut store, capture(0x900, &format!("{apart} nói riêng"), true));
    let line = lab.capture(&mut store, "chữ cũ");
    for text in [NAME, "chữ mới"] {
        let seen = store.board(SESSION).unwrap().record(line).unwrap().seen(&field::TEXT);
        lab.commit(&mut store, Command::Edit { record: line, edit: Edit::Text(text.into()), seen });
    }
    store.commit(&request(0x901, OTHER, new_session(&format!("Phiên có {NAME}")))).unwrap();
    let raw = store.lines(SESSION, false).unwrap()[1].raw().to_vec();
    let payload = format!(
        r#"{{"writes":[{{"record":"{:032x}","field":"text","value":"L\u00ea Th\u1ecb B\u01b0\u1edfi"}}]}}"#,
        0x902
    );
    let escaped = forge(
        &raw,
        &[("sequence", 91.into()), ("command", format!("{:032x}", 0x903).into())],
        Some(&payload),
    );
    assert_eq!(import_lines(&mut store, lab.dir.path(), &[escaped]).new, 1);
    store
}

/// Leaves the name also in drafts and in what lies aside.
fn scatter(lab: &Lab, store: &Store) {
    let drafts = store.drafts();
    let (mut half, _) = drafts.open("nửa chừng").unwrap();
    half.save(CommandId(1), format!(r#"{{"text":"{NAME}"}}"#).as_bytes()).unwrap();
    let (mut later, _) = drafts.open("sau đó").unwrap();
    later.save(CommandId(1), format!(r#"{{"text":"{NAME}"}}"#).as_bytes()).unwrap();
    later.save(CommandId(2), b"{\"text\":\"khac\"}").unwrap();
    // In a long one it stands letter by letter, so that no byte of the file shows it.
    let (mut long, _) = drafts.open("dài").unwrap();
    let mut typed = "x ".repeat(3000);
    for letter in NAME.chars() {
        typed.push(letter);
        long.save(CommandId(3), typed.as_bytes()).unwrap();
    }
    fs::create_dir_all(lab.path().join("quarantine")).unwrap();
    fs::write(lab.path().join("quarantine/cut"), format!("{{\"h\":{{ {NAME}")).unwrap();
}

#[test]
fn an_erased_name_is_in_no_byte_of_the_folder() {
    let mut lab = Lab::new();
    let store = named(&mut lab);
    scatter(&lab, &store);
    let log = lab.logs(SESSION).into_iter().max_by_key(|log| fs::metadata(log).unwrap().len()).unwrap();
    store.close().unwrap();
    let mut damaged = fs::read(&log).unwrap();
    damaged.extend(format!("{{\"h\":{{}}, {NAME} }}\n").into_bytes());
    fs::write(&log, damaged).unwrap();
    assert!(holding(&lab.path()).len() > 6, "{:?}", holding(&lab.path()));

    let mut store = lab.open();
    let before = wordings(&store.board(SESSION).unwrap());
    assert_eq!(store.erase("x", &host()), Err(CommitError::Refused(Refusal::EmptyText)));
    let chair_only = CommitError::Refused(Refusal::NotPermitted(Role::NoteTaker));
    assert_eq!(store.erase(NAME, &Host { role: Role::NoteTaker, ..host() }), Err(chair_only));
    let found = store.erasable("le thi buoi", &host()).unwrap();
    assert_eq!(found, [(OTHER, 1), (SESSION, 5)]);
    let done = store.erase("lê thị bưởi", &host()).unwrap();
    assert_eq!((done.changes, done.cleaned, done.left), (7, 4, vec![]));
    assert_eq!(done.authors.into_iter().collect::<Vec<_>>(), ["Lan"]);
    assert_eq!(holding(&lab.path()), Vec::<String>::new(), "while it is open");
    let expected: Vec<String> =
        before.iter().map(|words| words.replace(NAME, "[…]").replace("LE THI BUOI", "[…]")).collect();
    assert_eq!(wordings(&store.board(SESSION).unwrap()), expected, "the rest stays, and in its order");
    assert_eq!(
        store.private_board(SESSION).unwrap().record(RecordId(0x900)).unwrap().wording(),
        "[…] nói riêng"
    );
    lab.capture(&mut store, "sau khi xóa");
    let (_, kept) = store.drafts().open("sau đó").unwrap();
    assert_eq!(kept.unwrap().command, CommandId(2), "a draft without the name stays");
    let (_, kept) = store.drafts().open("dài").unwrap();
    assert_eq!(kept.unwrap().state, b"", "nor does it stand in pieces");
    let board = store.board(SESSION).unwrap();
    store.close().unwrap();
    assert_eq!(holding(&lab.path()), Vec::<String>::new(), "when it is closed");
    let diagnosis = examine(&lab.path(), &lab.options(), false).unwrap();
    assert!(
        diagnosis.findings.iter().all(|finding| finding.repaired
            || matches!(
                finding.damage,
                hoinghi::store::Damage::BadLine { .. } | hoinghi::store::Damage::Lost { .. }
            )),
        "{:?}",
        diagnosis.findings
    );
    let mut store = lab.open();
    assert_eq!(store.board(SESSION).unwrap(), board);
    assert_eq!(store.erasable(NAME, &host()), Ok(Vec::new()));
}

#[test]
fn what_was_erased_does_not_come_back_and_is_erased_where_the_news_arrives() {
    let mut lab = Lab::new();
    let store = named(&mut lab);
    let backup = lab.dir.path().join("trước.backup");
    store.backup(&backup, true).unwrap();
    store.close().unwrap();
    let copy = lab.dir.path().join("copy");
    copy_folder(&lab.path(), &copy);

    let mut store = lab.open();
    store.erase(NAME, &host()).unwrap();
    let board = store.board(SESSION).unwrap();
    assert_eq!(store.unite(&backup).unwrap().new, 0);
    assert_eq!(store.unite(&copy).unwrap().new, 0);
    assert_eq!((store.board(SESSION).unwrap(), holding(&lab.path())), (board.clone(), vec![]));
    let after = lab.dir.path().join("sau.backup");
    store.backup(&after, true).unwrap();
    store.close().unwrap();

    let mut fresh = Lab::new();
    let mut restored = fresh.open();
    restored.restore(&after).unwrap();
    let report = restored.unite(&backup).unwrap();
    assert_eq!((report.new, holding(&fresh.path())), (0, vec![]));
    restored.close().unwrap();

    // Only the news of the erasing has arrived there; the payloads come later.
    let news: Vec<Vec<u8>> = {
        let mut store = lab.open();
        store.settle().unwrap();
        let lines = store.lines(SESSION, false).unwrap();
        lines
            .iter()
            .filter(|line| &*line.change.header.name == "Erase")
            .map(|line| line.raw().to_vec())
            .collect()
    };
    let mut late = Lab::new();
    let mut store = late.open();
    import_lines(&mut store, late.dir.path(), &news);
    store.unite(&backup).unwrap();
    let left: Vec<String> =
        holding(&late.path()).into_iter().filter(|file| file.contains("00005e55")).collect();
    assert_eq!(left, Vec::<String>::new());

    let mut store = Store::open(&copy, lab.options()).unwrap();
    store.unite(&lab.path()).unwrap();
    assert_eq!(*store.board(SESSION).unwrap(), *board);
    store.close().unwrap();
    let bodies: Vec<String> =
        holding(&copy).into_iter().filter(|file| !file.starts_with("private")).collect();
    assert_eq!(bodies, Vec::<String>::new(), "a folder brings no word of what is off the record");
}

#[test]
fn an_issued_session_is_erased_too_and_stays_issued() {
    let mut lab = Lab::new();
    let mut store = named(&mut lab);
    for state in [SessionState::Open, SessionState::Closed, SessionState::ForSignature, SessionState::Issued]
    {
        lab.commit(&mut store, Command::SetState { state });
    }
    let count = store.board(SESSION).unwrap().of_kind(Kind::Difficulty).len();
    store.erase(NAME, &host()).unwrap();
    let board = store.board(SESSION).unwrap();
    assert_eq!((board.of_kind(Kind::Difficulty).len(), holding(&lab.path())), (count, vec![]));
    assert!(board.seal().is_some());
    store.close().unwrap();
    assert_eq!(lab.open().board(SESSION).unwrap(), board);
}

#[test]
fn a_wish_that_was_only_written_down_is_fulfilled_by_the_next_opening() {
    let mut lab = Lab::new();
    let store = named(&mut lab);
    scatter(&lab, &store);
    store.close().unwrap();
    let wish = serde_json::json!({"words": NAME, "by": [author(), Role::Facilitator, at()]});
    fs::write(lab.path().join("erasing"), wish.to_string()).unwrap();
    fs::write(lab.path().join("erasing.new"), format!("half {NAME}")).unwrap();
    let mut store = lab.open();
    assert_eq!((holding(&lab.path()), lab.path().join("erasing").exists()), (vec![], false));
    assert!(wordings(&store.board(SESSION).unwrap()).contains(&"đồng chí […] nêu: chậm".to_owned()));
}

/// What is seen of an erasing from outside, from its beginning to its end; a moment is waited for, not a time, so that a busy
/// machine only makes it later.
const MOMENTS: [fn(&Lab) -> bool; 5] = [
    |lab| lab.path().join("erasing").exists(),
    |lab| lab.logs(SESSION).len() > 1,
    |lab| lab.path().join("db/000002").exists(),
    |lab| !lab.path().join("db/000001").exists(),
    |lab| lab.path().join("db/000002").exists() && !lab.path().join("erasing").exists(),
];

fn erasing(lab: &Lab) -> Child {
    let program = process::Command::new(env!("CARGO_BIN_EXE_hoinghi"))
        .args(["--user", "Lan", "--data"])
        .arg(lab.path())
        .args(["erase", NAME, "--yes"])
        .env("HOME", lab.dir.path())
        .stdout(process::Stdio::null())
        .spawn();
    program.unwrap()
}

/// Erases until `killed` has ended the program, and looks at what the next openings find; whether that is erased.
fn erased_in_spite_of(killed: impl FnOnce(&Lab, &mut Child)) -> bool {
    let mut lab = Lab::new();
    let mut store = named(&mut lab);
    scatter(&lab, &store);
    let before = wordings(&store.board(SESSION).unwrap());
    store.close().unwrap();
    killed(&lab, &mut erasing(&lab));
    let mut store = lab.open();
    store.settle().unwrap();
    let words = wordings(&store.board(SESSION).unwrap());
    assert_eq!(words.len(), before.len());
    store.close().unwrap();
    let is_erased = words != before;
    if is_erased {
        assert_eq!(holding(&lab.path()), Vec::<String>::new());
        assert!(!lab.path().join("erasing").exists());
    }
    assert_eq!(wordings(&lab.open().board(SESSION).unwrap()), words);
    is_erased
}

fn kill(program: &mut Child) {
    program.kill().unwrap();
    program.wait().unwrap();
}

/// The program is killed at every moment of erasing; whoever opens the folder next has it whole, or erased.
#[test]
fn a_kill_in_the_middle_leaves_it_whole_or_erased() {
    for early in [0, 3, 8, 15, 25] {
        erased_in_spite_of(|_, program| {
            thread::sleep(Duration::from_millis(early));
            kill(program);
        });
    }
    for (at, moment) in MOMENTS.iter().enumerate() {
        for later in [0, 1, 4] {
            let is_erased = erased_in_spite_of(|lab, program| {
                while !moment(lab) && program.try_wait().unwrap().is_none() {
                    thread::sleep(Duration::from_micros(100));
                }
                thread::sleep(Duration::from_millis(later));
                kill(program);
            });
            assert!(is_erased, "the wish stood already at moment {at}");
        }
    }
    let in_peace = |_: &Lab, program: &mut Child| assert!(program.wait().unwrap().success());
    assert!(erased_in_spite_of(in_peace), "it had all the time it needs");
}
