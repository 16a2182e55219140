//! The whole program in a real pseudo-terminal, on the real store.

use std::{path::Path, thread, time::Duration};

use hoinghi::{
    domain::ids::CommandId,
    store::{Drafts, OpenOptions, Store},
    text::{clusters::is_boundary, nfc::nfc},
};

use crate::support::{
    capture::{capturing, exported_notes, shown_line},
    pty::Program,
};

/// What the capture line shows.
fn line(program: &mut Program) -> String {
    shown_line(program.settle())
}

/// The words of the newest difficulty list row, after Enter.
fn recorded(program: &mut Program, number: &str, words: &str) {
    program.press(&["Enter"]).wait_for(&format!("{number} ?    {words}"));
}

#[test]
fn typing_cases_as_bytes_through_the_real_program() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = capturing(folder.path());
    let long = "vie\x7fêt\x7f\x7fệt".repeat(600);
    let cases: &[(&str, &[&str], &str)] = &[
        ("case 1", &["vie\x7fêt\x7f\x7fệt"], "việt"),
        ("case 2", &["d\x7fđuo\x7f\x7fươc\x7f\x7fợc"], "được"),
        ("case 3", &["vie\x7fêt\x7f\x7fê\u{323}t"], "việt"),
        ("case 4", &["vie\x7fêt\x7f\x7fê\u{323}t", "\x7f\x7f\x7fê\u{301}t"], "viết"),
        ("case 5", &["a\u{202f}\x7f\x7fâ"], "â"),
        ("case 6", &["vie\x08ê"], "viê"),
        ("case 8", &["ê", "\u{323}"], "ệ"),
        ("case 10", &["\x1b[273;1:1u\x1b[273;1:3u"], "đ"),
        ("case 11 AltGr", &["\x1b[432;7u"], "ư"),
        ("case 11 Shift", &["\x1b[7870;2u"], "Ế"),
        ("case 13", &["khong \x7f", "\x7f\x7f\x7fông"], "không"),
        ("case 45", &["v\u{1ec7}"], "vệ"),
    ];
    for (name, writes, expected) in cases {
        for bytes in *writes {
            program.send(bytes);
            thread::sleep(Duration::from_millis(60));
        }
        assert_eq!(line(&mut program), *expected, "{name}");
        program.send("\x15");
        assert_eq!(line(&mut program), "", "{name}: cleared");
    }
    program.send(&long);
    program.press(&["Enter"]).wait_for("GN-01");
    program.send("v");
    program
        .send(&"ệ".as_bytes()[..1])
        .settle()
        .send(&"ệ".as_bytes()[1..2])
        .settle()
        .send(&"ệ".as_bytes()[2..]);
    recorded(&mut program, "GN-02", "vệ");
    assert!(program.quit().success());
    let notes = exported_notes(folder.path());
    assert_eq!(notes[0], "việt".repeat(600), "case 7");
}

#[test]
fn case_11_alt_and_a_letter_is_esc_and_the_letter_is_not_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = capturing(folder.path());
    program.send("a").settle().send("\x1b[273;3u").wait_for("Đã rời, chữ vẫn còn");
    program.press(&["F6"]);
    assert_eq!(line(&mut program), "ađ");
}

#[test]
fn case_09_a_leading_mark_is_drawn_on_a_space_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = capturing(folder.path());
    program.send("\u{301}a");
    assert_eq!(line(&mut program), "\u{301}a");
}

#[test]
fn case_14_a_new_board_between_backspace_and_letter_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = capturing(folder.path());
    program.send("một").settle().send("\r");
    thread::sleep(Duration::from_millis(20));
    program.send("vie\x7f").wait_for("GN-01 ?    một").send("ê");
    assert_eq!(line(&mut program), "viê");
}

#[test]
fn pastes_are_text_and_nothing_in_them_runs() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = capturing(folder.path());
    program.send("\x1b[200~dòng 1\r\ndòng 2\rdòng 3\nhết\x1b[201~").settle();
    assert_eq!(line(&mut program), "dòng 1", "case 29");
    program.wait_for("còn 3 dòng chờ ghi");
    for (number, words) in [("GN-01", "dòng 1"), ("GN-02", "dòng 2"), ("GN-03", "dòng 3"), ("GN-04", "hết")]
    {
        recorded(&mut program, number, words);
    }
    program.send("\x1b[200~x\x1b[201~rm -rf\r").settle();
    thread::sleep(Duration::from_millis(100));
    assert!(line(&mut program).starts_with("xrm -rf"), "case 31");
    assert!(!program.text().contains("GN-05"));
    program.send("\x15").send("a\r\nb").settle();
    assert_eq!(line(&mut program), "a", "case 32");
    program.wait_for("còn 1 dòng chờ ghi");
}

#[test]
fn case_44_an_arrow_that_arrives_in_two_pieces_is_never_text() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = capturing(folder.path());
    program.type_text("abc").send("\x1b");
    thread::sleep(Duration::from_millis(50));
    program.send("[D").settle();
    assert!(!program.text().contains("[D"));
    program.wait_for("abc");
}

#[test]
fn case_46_what_was_typed_is_there_after_every_kind_of_end() {
    for end in ["TERM", "HUP", "KILL", "hang up", "quit"] {
        let folder = tempfile::tempdir().unwrap();
        let mut program = capturing(folder.path());
        program.type_text("ghi xong").press(&["Enter"]).wait_for("GN-01").type_text("gõ dở đa").settle();
        match end {
            "hang up" => program.hang_up(),
            "quit" => assert!(program.quit().success()),
            signal => {
                program.signal(signal).wait();
            }
        }
        if !["KILL", "hang up"].contains(&end) {
            assert!(program.gave_the_terminal_back(), "{end}");
        }
        let mut again = Program::start(folder.path(), 100, 30, &[]);
        again.wait_for("GN-01 ?    ghi xong").wait_for("gõ dở đa");
        again.send("ng");
        assert_eq!(line(&mut again), "gõ dở đang", "{end}");
    }
}

/// Of a text this long only what a burst changes is written, and now and then the whole.
#[test]
fn a_long_text_is_there_after_kills_with_every_letter_that_was_shown() {
    const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";
    let folder = tempfile::tempdir().unwrap();
    let mut program = capturing(folder.path());
    let long = format!("{}·", "sinh hoạt đảng ".repeat(9_000));
    program.send(format!("\x1b[200~{long}\x1b[201~")).wait_for("đảng ·");
    let mut typed = String::new();
    for round in 0_u64..6 {
        let shown = {
            let kill = program.killer();
            let patience = Duration::from_millis(15 + 37 * round);
            let killing = thread::spawn(move || {
                thread::sleep(patience);
                kill();
            });
            for letter in LETTERS.chars().cycle().skip(typed.len()) {
                if program.has_ended() || !program.offer(letter.to_string()) {
                    break;
                }
                thread::sleep(Duration::from_millis(10));
            }
            killing.join().unwrap();
            program.wait();
            program.last_screen();
            behind_the_mark(&program)
        };
        program = Program::start(folder.path(), 100, 30, &[]);
        program.wait_for("đảng ·").settle();
        let kept = behind_the_mark(&program);
        assert!(
            kept.starts_with(&shown) && kept.starts_with(&typed),
            "{round}: {shown:?} was shown, {kept:?} kept"
        );
        assert!(LETTERS.repeat(40).starts_with(&kept), "{kept:?}");
        typed = kept;
    }
    assert!(!typed.is_empty());
    program.press(&["Enter"]).wait_for("GN-01");
    assert!(program.quit().success());
    assert_eq!(exported_notes(folder.path()), [long + &typed]);
}

/// The letters behind the mark in the line of the cursor.
fn behind_the_mark(program: &Program) -> String {
    let line = program.before_cursor().unwrap_or_default();
    line.rsplit_once('·').map(|(_, behind)| behind.to_owned()).unwrap_or_default()
}

#[test]
fn a_half_filled_form_is_there_after_every_kind_of_end() {
    for end in ["TERM", "HUP", "KILL", "quit", "quit from the palette"] {
        let folder = tempfile::tempdir().unwrap();
        let mut program = Program::start(folder.path(), 80, 24, &[]);
        program.wait_for("Chưa có hội nghị nào").press(&["Ctrl+N"]).wait_for("Lập hội nghị mới");
        program.type_text("Chuyển sinh hoạt đa").settle();
        match end {
            "quit" => assert!(program.quit().success()),
            "quit from the palette" => {
                program.press(&["F9"]).wait_for("┌─ Lệnh").type_text("thoat").press(&["Enter"]);
                assert!(program.wait().success());
            }
            signal => _ = program.signal(signal).wait(),
        }
        let mut again = Program::start(folder.path(), 80, 24, &[]);
        again.wait_for("Chuyển sinh hoạt đa").send("ng");
        again.wait_for("Chuyển sinh hoạt đang");
        assert!(again.quit().success(), "{end}");
    }
}

#[test]
fn a_word_that_a_method_commits_behind_enter_belongs_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = capturing(folder.path());
    // What a real method that holds the last word back was seen to send at Enter, in one read and in two.
    program.send("cư ").settle().send("\rtrú").settle();
    program.wait_for("GN-01 ?    cư trú");
    program.send("việt ").settle().send("\r").send("nam").settle();
    program.wait_for("GN-02 ?    việt nam");
    assert_eq!(line(&mut program), "");
    for number in 3..6 {
        program.send(format!("dòng số {number}"));
        thread::sleep(Duration::from_millis(2));
        program.send("\r");
        thread::sleep(Duration::from_millis(2));
    }
    program.wait_for("GN-05 ?    dòng số 5");
    program.type_text("xong").settle().send("\rt").settle();
    program.wait_for("GN-06 ?    xong");
    assert_eq!(line(&mut program), "t", "the next letter of a fast typist");
}

#[test]
fn a_word_that_a_method_commits_behind_any_key_belongs_before_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = capturing(folder.path());
    program.send("khu ").settle().send("\rA").settle();
    program.wait_for("GN-01 ?    khu A");
    program.send("tổ ").settle().send("\r");
    thread::sleep(Duration::from_millis(12));
    program.send("b").settle();
    program.wait_for("GN-02 ?    tổ b");
    program.send("cư ").settle().send("\x1b[Dtrú").settle().send("x");
    assert_eq!(line(&mut program), "cư trxú", "Left");
    program.send("\x15").settle().send("nơi ").settle().send("\x1bỞ").settle().press(&["F6"]);
    assert_eq!(line(&mut program), "nơi Ở", "Esc with one letter");
    program.send(" đảng ").settle().send("\x1bviên").settle();
    assert!(program.text().contains("nơi Ở đảng viên"), "Esc with a word");
    assert!(!program.text().contains("Enter Ghi"), "Esc has left the line");
    program.press(&["F6"]).send(" mới ").settle().send("\x1b[20~nhất").settle();
    program.wait_for("┌─ Lệnh").wait_for("nơi Ở đảng viên mới nhất");
}

/// Keys, letters, bursts of an input method, pastes: what hands and methods send, in no order.
const HANDS: [&str; 44] = [
    "\x1bOP",
    "\x1bOQ",
    "\x1bOR",
    "\x1bOS",
    "\x1b[15~",
    "\x1b[17~",
    "\x1b[20~",
    "\x1b[24~",
    "\x1b[24~",
    "\x1b",
    "\x1b",
    "\x1b",
    "\r",
    "\r",
    "\r",
    "\r",
    "\t",
    "\x1b[Z",
    "\x1b[A",
    "\x1b[B",
    "\x1b[C",
    "\x1b[D",
    "\x1b[H",
    "\x1b[F",
    "\x1b[3~",
    "\x1b[1;5A",
    "\x1b[1;5B",
    "\x1a",
    "\x19",
    "\x0e",
    "\x14",
    "\x0c",
    "\x07",
    "\x0f",
    "\x15",
    "\x17",
    "\x7f",
    "1",
    "5",
    " ",
    "vie\x7fêt\x7f\x7fệt ",
    "q1 kk đảng viên",
    "\x1b[200~dán\nhai dòng\x1b[201~",
    "\x1b[<0;20;6M\x1b[<0;20;6m",
];

/// The capture line as the draft file holds it: what stands before the cursor, and all of it. No file is touched that the program writes.
fn kept_line(data: &Path, apart: &Store, apart_dir: &Path) -> Option<(String, String)> {
    let file = std::fs::read_dir(data.join("drafts")).unwrap().next().unwrap().unwrap();
    std::fs::copy(file.path(), apart_dir.join("drafts").join(file.file_name())).unwrap();
    let (_, kept) = apart.drafts().open(&Drafts::seat_name("Lan", "facilitator")).unwrap();
    let seat: serde_json::Value = serde_json::from_slice(&kept.unwrap().state).unwrap();
    let sessions = seat["sessions"].as_array().unwrap();
    let line = &sessions.iter().find(|session| session["scope"] == seat["at"])?["capture"]["line"];
    let (text, head) = (line["text"].as_str()?.to_owned(), &line["caret"]["head"]);
    let place = |name: &str| usize::try_from(head[name].as_u64().unwrap()).unwrap();
    let at: usize =
        text.split_inclusive('\n').take(place("line")).map(str::len).sum::<usize>() + place("byte");
    Some((text.get(..at)?.to_owned(), text))
}

/// Lays the hands on the capture line, whatever stands open, and holds what it shows against the draft file. Whether there was a line.
fn line_is_as_kept(program: &mut Program, data: &Path, apart: &Store, apart_dir: &Path) -> bool {
    if program.settle().text().contains("Màn hình đang che") {
        program.press(&["F12"]);
    }
    // As far back as Esc leads, and into the session again.
    for _ in 0..5 {
        program.send("\x1b");
        thread::sleep(Duration::from_millis(45));
    }
    program.send("\r").settle().send("\x1b[17~").settle();
    // A busy machine may show later what is kept already.
    for _ in 0..50 {
        let Some(shown) = program.before_cursor() else { return false };
        let Some((before, text)) = kept_line(data, apart, apart_dir) else { return false };
        assert!(is_boundary(&text, before.len()), "{before:?} of {text:?}");
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let (shown, before) = (letters(shown.trim_start_matches('│')), letters(&nfc(&before)));
        if before.ends_with(&shown) && shown.is_empty() == before.is_empty() {
            return true;
        }
        thread::sleep(Duration::from_millis(100));
    }
    panic!("{:?}\n{}", kept_line(data, apart, apart_dir), program.text());
}

#[test]
fn two_thousand_random_keys_on_the_real_store_break_nothing() {
    let seed =
        std::env::var("HOINGHI_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_230_310_u64);
    println!("seed {seed}");
    let (folder, apart_dir) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let apart = Store::open(apart_dir.path(), OpenOptions::new(7, "test")).unwrap();
    std::fs::create_dir_all(apart_dir.path().join("drafts")).unwrap();
    let mut program = Program::start(folder.path(), 100, 30, &["demo"]);
    program.wait_for("KK-04");
    let (mut state, mut compared) = (seed, 0);
    for round in 0..2000 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        program.send(HANDS[usize::try_from(state % HANDS.len() as u64).unwrap()]);
        if round % 100 == 99 {
            let is_as_kept =
                line_is_as_kept(&mut program, &folder.path().join("data"), &apart, apart_dir.path());
            compared += usize::from(is_as_kept);
            assert!(!program.has_ended(), "seed {seed}, key {round}");
        }
        thread::sleep(Duration::from_millis(1));
    }
    println!("the line was there {compared} times of 20");
    assert!(compared > 0, "seed {seed}: the line was there {compared} times of 20");
    // Whatever stands open now: the cover is lifted by its key alone, and Ctrl+Q leaves everything.
    if program.settle().text().contains("Màn hình đang che") {
        program.press(&["F12"]);
    }
    assert!(program.quit().success(), "seed {seed}");
    assert!(program.gave_the_terminal_back());
    let examined = std::process::Command::new(env!("CARGO_BIN_EXE_hoinghi"))
        .args(["doctor", "--lang", "en", "--data"])
        .arg(folder.path().join("data"))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&examined.stdout).trim(), "The data are whole.", "seed {seed}");
}

/// The seconds of the day in `Đã lưu 09:41:58`.
fn saved_at(program: &mut Program) -> u32 {
    program.settle();
    let text = program.text();
    let after = text.split("Đã lưu ").nth(1).unwrap_or_else(|| panic!("nothing saved\n{text}"));
    let time = after.split_whitespace().next().unwrap();
    let parts: Vec<u32> = time.split(':').map(|part| part.parse().unwrap()).collect();
    parts[0] * 3600 + parts[1] * 60 + parts[2]
}

#[test]
fn the_samples_clock_rests_until_something_is_started() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = Program::start(folder.path(), 100, 30, &["demo"]);
    program.wait_for("KK-01").press(&["F6"]).type_text("một").press(&["Enter"]).wait_for("Đã lưu");
    let first = saved_at(&mut program);
    thread::sleep(Duration::from_millis(2500));
    program.type_text("hai").press(&["Enter"]).wait_for("GN-02");
    let second = saved_at(&mut program);
    assert_eq!(second, first + 1, "a second a command, however long it took");
    program.press(&["Esc"]).settle().send("\x1b9").wait_for("7 ");
    thread::sleep(Duration::from_millis(2500));
    program.press(&["F6"]).type_text("ba").press(&["Enter"]).wait_for("GN-03");
    assert!(saved_at(&mut program) >= second + 3, "{}", program.text());
    assert!(program.quit().success());
}

#[test]
fn a_running_clock_moves_by_itself_and_an_idle_program_draws_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = capturing(folder.path());
    program.press(&["Esc"]).settle();
    let before = program.text();
    thread::sleep(Duration::from_millis(2200));
    program.settle();
    assert_eq!(program.text(), before, "nothing runs");
    program.send("\x1b9").wait_for("00:06 / 15:00");
    program.signal("KILL").wait();
    thread::sleep(Duration::from_millis(2500));
    let mut again = Program::start(folder.path(), 100, 30, &[]);
    again
        .wait_until(|text| (9..30).any(|n| text.contains(&format!("00:{n:02} / 15:00"))), "the time went on");
    assert!(again.quit().success());
}

#[test]
fn what_another_version_left_half_typed_is_kept_and_told() {
    let folder = tempfile::tempdir().unwrap();
    assert!(capturing(folder.path()).quit().success());
    let data = folder.path().join("data");
    std::fs::remove_dir_all(data.join("drafts")).unwrap();
    std::fs::remove_file(data.join("reach")).unwrap();
    let store = Store::open(&data, OpenOptions::new(7, "test")).unwrap();
    let (mut draft, _) = store.drafts().open("local").unwrap();
    draft.save(CommandId(1), r#"{"version":0,"line":"chữ của bản cũ"}"#.as_bytes()).unwrap();
    drop(draft);
    store.close().unwrap();
    let mut again = Program::start(folder.path(), 100, 30, &[]);
    again.wait_for("unread.json");
    assert!(again.quit().success());
    let kept = std::fs::read_dir(data.join("quarantine")).unwrap().next().unwrap().unwrap().path();
    assert!(std::fs::read_to_string(kept).unwrap().contains("chữ của bản cũ"));
}

#[test]
fn a_line_that_was_left_when_all_shared_one_draft_comes_back_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = capturing(folder.path());
    program.type_text("của Lan").settle();
    assert!(program.quit().success());
    let drafts = folder.path().join("data/drafts");
    let own = std::fs::read_dir(&drafts).unwrap().next().unwrap().unwrap().path();
    std::fs::rename(own, drafts.join("local.draft")).unwrap();
    std::fs::remove_file(folder.path().join("data/reach")).unwrap();
    let mut again = Program::start(folder.path(), 100, 30, &[]);
    assert_eq!(line(again.wait_for("của Lan")), "của Lan");
    assert!(again.quit().success());
    let mut other = Program::start_unnamed(folder.path(), 100, 30, &["--user", "Mai"]);
    other.wait_for("Khó khăn, vướng mắc").settle();
    assert!(!other.text().contains("của Lan"), "{}", other.text());
    assert!(other.quit().success());
    assert_eq!(line(Program::start(folder.path(), 100, 30, &[]).wait_for("của Lan")), "của Lan");
}

#[test]
fn the_frame_that_was_left_comes_first_and_the_true_one_stands() {
    let folder = tempfile::tempdir().unwrap();
    let mut program = capturing(folder.path());
    program.type_text("một").press(&["Enter"]).wait_for("GN-01").type_text("nửa chừ").settle();
    let left = program.text();
    assert!(program.quit().success());
    let mut again = Program::start(folder.path(), 100, 30, &[]);
    again.wait_for("nửa chừ");
    let bytes = again.settle().bytes();
    assert_eq!(again.text().lines().nth(5), left.lines().nth(5));
    assert!(bytes < 8000, "the true frame repeats nothing: {bytes} bytes");
    assert!(again.quit().success());
    let mut other = Program::start(folder.path(), 80, 24, &["--lang", "en"]);
    other.wait_for("Difficulties");
    assert!(!other.text().contains("Khó khăn, vướng mắc"), "{}", other.text());
    assert!(other.quit().success());
}

#[test]
fn a_light_ground_is_told_and_gets_darker_colours_and_no_letter_of_that_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    let mut dark = Program::start(folder.path(), 100, 30, &["demo"]);
    dark.wait_for("KK-01").settle();
    assert_eq!(dark.first_colour(), vt100::Color::Idx(6));
    assert!(dark.title().ends_with("Quý I/2023 · người điều hành – hoinghi"), "{}", dark.title());
    assert!(dark.quit().success());
    let mut light = Program::on_light_ground(folder.path(), (100, 30), &["demo"]);
    light.wait_for("KK-01").settle();
    assert_eq!(light.first_colour(), vt100::Color::Idx(4));
    assert_eq!(line(light.press(&["F6"])), "");
    assert!(light.quit().success());
    assert!(light.gave_the_terminal_back());
}
