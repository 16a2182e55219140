//! The program at a shell: what it says, how it ends, and what bad input costs (nothing).

mod amending;
mod lists;
mod losses;
mod notebooks;
mod papers;

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use hoinghi::store::{OpenOptions, Store};
use tempfile::TempDir;
use unicode_normalization::UnicodeNormalization;

use crate::support::pty::Program;

/// A folder to work in; the data folder inside it is made by the program.
struct Office {
    folder: TempDir,
}

impl Office {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The path of a file that can be imported.
    fn keynote(&self) -> String {
        let file = self.path("keynote.txt");
        fs::write(&file, "I- Mở đầu\nMột đoạn.\n").unwrap();
        file.to_str().unwrap().to_owned()
    }

    fn data(&self) -> PathBuf {
        self.path("data")
    }

    /// Runs the program on a data folder, in Vietnamese, without a terminal.
    fn run_on(&self, data: &Path, arguments: &[&str]) -> Output {
        self.run_as("Lan", data, arguments)
    }

    fn run_as(&self, user: &str, data: &Path, arguments: &[&str]) -> Output {
        self.run_in("vi", user, data, arguments)
    }

    fn run_in(&self, lang: &str, user: &str, data: &Path, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_hoinghi"))
            .env_clear()
            .env("HOME", self.folder.path())
            .env("LANG", "C.UTF-8")
            .args(["--lang", lang, "--user", user, "--data"])
            .arg(data)
            .args(arguments)
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.run_on(&self.data(), arguments)
    }

    /// The sample session, opened once and left.
    fn with_sample() -> Self {
        let office = Self::new();
        let mut program = office.demo();
        assert!(program.quit().success());
        office
    }

    fn demo(&self) -> Program {
        let mut program = Program::start(self.folder.path(), 100, 30, &["demo"]);
        program.wait_for("KK-04");
        program
    }
}

/// The only sentence on the error output.
#[track_caller]
fn fails(output: &Output, code: i32, says: &str) {
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{error}");
    assert_eq!(error.trim_end().lines().count(), 1, "{error}");
    assert!(error.contains(says), "{error:?} does not say {says:?}");
}

#[track_caller]
fn works(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn an_empty_folder_has_no_sessions_and_is_not_made_by_looking() {
    let office = Office::new();
    assert_eq!(works(&office.run(&["list", "--json"])).trim(), "[]");
    assert_eq!(works(&office.run(&["list"])).trim(), "Chưa có hội nghị nào.");
    assert!(!office.data().exists());
}

#[test]
fn sessions_are_listed_as_objects() {
    let office = Office::with_sample();
    let listed: serde_json::Value = serde_json::from_str(&works(&office.run(&["list", "--json"]))).unwrap();
    let first = &listed.as_array().unwrap()[0];
    assert_eq!((&first["quarter"], &first["state"]), (&"I/2023".into(), &"open".into()));
    assert!(first["title"].as_str().unwrap().contains("giao ước thi đua năm 2023"));
    assert_eq!(first["id"].as_str().unwrap().len(), 32);
}

#[test]
fn a_session_that_is_not_there_is_named() {
    let office = Office::with_sample();
    fails(&office.run(&["export", "IV/1999"]), 2, "Không có hội nghị IV/1999");
    fails(&Office::new().run(&["export"]), 2, "Chưa có hội nghị nào");
}

#[test]
fn formats_and_papers_that_are_not_known_are_named_with_those_that_are() {
    let office = Office::with_sample();
    fails(&office.run(&["export", "--format", "doc"]), 2, &hoinghi::export::Format::names());
    fails(
        &office.run(&["export", "--kind", "plan"]),
        2,
        "notice, minutes, annex, pledge, attendance, signin, programme, all",
    );
    fails(&office.run(&["export", "--depth", "deep"]), 2, "full, main-course, conclusions-only");
    fails(&office.run(&["export", "--layout", "army"]), 2, "party, state, auto");
    fails(&office.run(&["export", "--profile", "x"]), 2, "dang-05hd-2026, dang-36hd-2018, nn-nd30-2020");
    assert_eq!(office.run(&["fly"]).status.code(), Some(2));
}

#[test]
fn equal_data_give_equal_bytes_and_missing_data_are_told() {
    let office = Office::with_sample();
    let export = |out: &str| {
        let out = office.path(out);
        let arguments =
            ["export", "--format", "md,txt,json", "--kind", "all", "--out", out.to_str().unwrap()];
        let output = office.run(&arguments);
        assert!(output.status.success());
        assert!(String::from_utf8_lossy(&output.stderr).contains("Cần bổ sung: "));
        let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(&out)
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
            .collect();
        files.sort();
        files
    };
    let (first, second) = (export("a"), export("b"));
    assert_eq!(first.len(), 7 * 2 + 1);
    assert_eq!(first, second);
}

#[test]
fn the_chairs_page_is_written_as_a_text() {
    let office = Office::with_sample();
    let page = |out: &str| {
        let out = office.path(out);
        works(&office.run(&["export", "--kind", "chair", "--out", out.to_str().unwrap()]));
        assert_eq!(fs::read_dir(&out).unwrap().count(), 1);
        fs::read_to_string(out.join("2023-Q1_trang-chu-tri.txt")).unwrap()
    };
    let text = page("a");
    assert!(text.starts_with("TRANG CHỦ TRÌ\n") && text.contains("CHƯA CÓ HƯỚNG XỬ LÝ"), "{text}");
    assert_eq!(text, page("b"));
}

#[test]
fn minutes_are_written_as_deep_as_wanted() {
    let office = Office::with_sample();
    let length = |depth: &str| {
        let out = office.path(depth);
        works(&office.run(&[
            "export",
            "--kind",
            "minutes",
            "--depth",
            depth,
            "--out",
            out.to_str().unwrap(),
        ]));
        fs::read_to_string(out.join("2023-Q1_bien-ban.md")).unwrap().len()
    };
    let lengths = ["full", "main-course", "conclusions-only"].map(length);
    assert!(lengths.is_sorted_by(|one, next| one > next), "{lengths:?}");
}

#[test]
fn a_foreign_folder_is_left_alone() {
    let office = Office::new();
    fs::create_dir_all(office.data()).unwrap();
    fs::write(office.data().join("thesis.txt"), "quan trọng").unwrap();
    let keynote = office.keynote();
    fails(&office.run(&["import", &keynote]), 1, "không phải thư mục của hoinghi");
    fails(&office.run(&["list"]), 1, "không phải thư mục của hoinghi");
    assert_eq!(fs::read_dir(office.data()).unwrap().count(), 1);
}

#[test]
fn a_folder_of_a_newer_program_is_left_alone() {
    let office = Office::with_sample();
    let marker = office.data().join("hoinghi.json");
    let text = fs::read_to_string(&marker).unwrap();
    fs::write(&marker, text.replace(":1", ":99")).unwrap();
    fails(&office.run(&["list"]), 1, "bản hoinghi mới hơn");
    assert!(fs::read_to_string(&marker).unwrap().contains(":99"));
}

#[test]
fn a_folder_in_use_says_who_holds_it() {
    let office = Office::new();
    let mut first = office.demo();
    fails(&office.run(&["import", &office.keynote()]), 3, "Lan (pid ");
    fails(&office.run(&["doctor", "--repair"]), 3, "Lan (pid ");
    let mut second = Program::start(office.folder.path(), 100, 30, &["demo"]);
    assert!(second.wait_for("KK-01").quit().success(), "the screens join");
    first.press(&["F6"]).send("vẫn gõ được").wait_for("vẫn gõ được");
    assert!(works(&office.run(&["list"])).contains("I/2023"), "reading needs no lock");
}

#[test]
fn where_whoever_has_the_folder_lets_nobody_join_the_screens_say_who_it_is() {
    let office = Office::new();
    let _held = Store::open(&office.data(), OpenOptions::new(1, "Lan (pid 1)")).unwrap();
    let mut second = Program::start(office.folder.path(), 100, 30, &[]);
    second.wait_for("đang được dùng bởi Lan");
    assert_eq!(second.wait().exit_code(), 3);
}

#[test]
fn a_read_only_place_is_told() {
    let office = Office::new();
    fails(&office.run_on(Path::new("/proc/hoinghi"), &["import", &office.keynote()]), 1, "/proc/hoinghi");
}

#[test]
fn without_a_terminal_the_screens_say_so() {
    let office = Office::new();
    fails(&office.run(&["demo"]), 2, "hoinghi cần một cửa sổ dòng lệnh");
    fails(&office.run(&[]), 2, "hoinghi cần một cửa sổ dòng lệnh");
    assert!(!office.data().exists());
}

#[test]
fn invalid_text_is_refused_with_its_place_and_imports_nothing() {
    let office = Office::with_sample();
    let file = office.path("de-dan.txt");
    fs::write(&file, b"I- \xc4\x90\xe1\xba\xb7t v\xff\xfe").unwrap();
    fails(&office.run(&["import", file.to_str().unwrap()]), 1, "không phải văn bản UTF-8 (lỗi ở byte 11)");
    fails(&office.run(&["import", "/khong/co"]), 1, "Không có gì tại /khong/co");
}

#[test]
fn a_keynote_is_imported_as_sections_and_paragraphs() {
    let office = Office::with_sample();
    let file = office.path("de-dan.txt");
    let numbered = (1..8).map(|number| format!("{number}. Mục\n")).collect::<Vec<_>>().concat();
    fs::write(&file, format!("I- Đặt vấn đề\nMột đoạn\u{a0}văn.\nĐoạn nữa.\nII- Kiến nghị\nĐoạn ba.\n{numbered}![sơ đồ](a.png)\n")).unwrap();
    let report = works(&office.run(&["import", file.to_str().unwrap()]));
    assert!(report.contains("9 mục, 3 đoạn"));
    let left = "Không đưa vào (số, dấu trước đề mục): dòng 1: I-; dòng 4: II-; dòng 6: 1.; dòng 7: 2.; dòng 8: 3.; \
                dòng 9: 4.; dòng 10: 5.; dòng 11: 6.; +1\n";
    assert!(report.contains(left), "{report}");
    assert!(report.contains("Không đưa vào (hình): dòng 13: ![sơ đồ](a.png)\n"), "{report}");
    let out = office.path("out");
    works(&office.run(&["export", "--format", "json", "--out", out.to_str().unwrap()]));
    let json = fs::read_to_string(fs::read_dir(out).unwrap().next().unwrap().unwrap().path()).unwrap();
    assert!(json.contains("Một đoạn\u{a0}văn."), "a no-break space stays");
}

#[test]
fn a_newer_keynote_is_laid_over_the_one_that_was_imported() {
    let office = Office::with_sample();
    let import = |name: &str, text: &str, more: &[&str]| {
        let file = office.path(name);
        fs::write(&file, text).unwrap();
        works(&office.run(&[&["import", file.to_str().unwrap()], more].concat()))
    };
    let first = "I- Sổ tay\nMỗi phường một sổ tay tra cứu dùng chung.\nThêm một trang hỏi đáp.\nII- Kinh phí\nChưa tính.\n";
    assert!(import("1.txt", first, &[]).contains("2 mục, 3 đoạn"));
    assert!(import("1.txt", first, &[]).contains("2 mục, 3 đoạn); không có gì thay đổi"));
    let second =
        "I- Kinh phí\nChưa tính.\nII- Sổ tay\nMỗi phường hai sổ tay tra cứu dùng chung.\nIn trước quý II.\n";
    let report = import("2.txt", second, &[]);
    assert!(report.contains("sửa 1, thêm 1, bỏ 1, chuyển chỗ 1\n"), "{report}");
    for line in [
        "- sửa: Mỗi phường [-một-] {+hai+} sổ tay tra cứu …\n",
        "- thêm: In trước quý II.\n",
        "- bỏ: Thêm một trang hỏi đáp.\n",
    ] {
        assert!(report.contains(line), "{report}");
    }
    assert!(import("1.txt", first, &["--behind"]).contains("Đã nhập 2 mục, 3 đoạn"));
}

#[test]
fn a_keynote_in_an_old_font_is_taken_in_only_after_the_person_said_how() {
    let office = Office::with_sample();
    let file = office.path("cu.txt");
    // In single bytes, as an editor of that time wrote them.
    let letters = "I- Thùc tr¹ng\n§¶ng ñy x· tæ chøc héi nghÞ hµng quý\n";
    fs::write(&file, letters.chars().map(|c| u8::try_from(c).unwrap()).collect::<Vec<u8>>()).unwrap();
    let file = file.to_str().unwrap();
    fails(&office.run(&["import", file]), 2, "Đảng ủy xã tổ chức hội nghị hàng quý");
    works(&office.run(&["import", file, "--convert", "yes"]));
    let out = office.path("out");
    works(&office.run(&["export", "--format", "json", "--out", out.to_str().unwrap()]));
    let json = fs::read_to_string(fs::read_dir(out).unwrap().next().unwrap().unwrap().path()).unwrap();
    assert!(json.contains("Đảng ủy xã tổ chức hội nghị hàng quý") && !json.contains("§¶ng"));
}

#[test]
fn what_is_no_text_and_no_docx_is_refused_by_its_kind() {
    let office = Office::with_sample();
    let cases: [(&str, &[u8], &str); 3] = [
        ("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "tệp Word đời cũ"),
        ("a.pdf", b"%PDF-1.7\n", "Hãy xin tệp DOCX"),
        ("a.docx", b"PK\x03\x04 cut off", "không phải tệp DOCX"),
    ];
    for (name, bytes, words) in cases {
        let file = office.path(name);
        fs::write(&file, bytes).unwrap();
        fails(&office.run(&["import", file.to_str().unwrap()]), 1, words);
    }
}

/// Neither has an end, so whoever began to read them would not come back.
#[cfg(unix)]
#[test]
fn a_device_a_pipe_and_a_folder_are_no_files_to_take_in() {
    let office = Office::with_sample();
    let (pipe, folder) = (office.path("pipe"), office.path("folder"));
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    fs::create_dir(&folder).unwrap();
    for source in ["/dev/zero", pipe.to_str().unwrap(), folder.to_str().unwrap()] {
        for arguments in [&["import"][..], &["restore", "--merge"]] {
            let arguments = [arguments, &[source]].concat();
            fails(&office.run(&arguments), 1, "không");
        }
    }
}

#[test]
fn the_macro_table_of_unikey_becomes_the_offices_abbreviations() {
    let office = Office::with_sample();
    let file = office.path("ukmacro.txt");
    let rows =
        "\u{feff};DO NOT DELETE THIS LINE*** version=1 ***\r\nubnd:ủy ban nhân dân\r\nkhông\r\nhskt:hồ sơ";
    fs::write(&file, rows).unwrap();
    let report = works(&office.run(&["import", file.to_str().unwrap()]));
    assert!(report.contains("2 gõ tắt của cơ quan, 1 dòng không đọc được"), "{report}");
    let mut program = office.demo();
    program.press(&["F6"]).settle();
    program
        .send("họp ubnd")
        .wait_for("ubnd = ủy ban nhân dân")
        .press(&["Enter"])
        .wait_for("họp ủy ban nhân dân");
    assert!(program.quit().success());
    fails(&office.run(&["import", file.to_str().unwrap()]), 1, "Không có gì thay đổi");
}

#[test]
fn a_keynote_is_imported_on_the_screen_too() {
    let office = Office::new();
    fs::write(office.path("đề dẫn.txt"), "I- Đặt vấn đề\nMột đoạn văn.\n---\n").unwrap();
    fs::write(office.path("hỏng.txt"), b"\xff\xfe\xff").unwrap();
    let mut program = office.demo();
    let mut choose = |name: &str, other: &str, then: &str| {
        program.press(&["F9"]).wait_for("┌─ Lệnh").send("nhap bao cao").settle();
        program.press(&["Enter"]).wait_for("┌─ Nhập báo cáo").press(&["Ctrl+U"]);
        program.send(format!("{}/", office.folder.path().display())).wait_for(other).send(name);
        program.wait_until(|text| !text.contains(other), "the other file to go");
        program.press(&["Enter"]).wait_for(then);
    };
    choose("hong", "đề dẫn.txt", "Không đọc được");
    choose("de dan", "hỏng.txt", "1 mục, 1 đoạn");
    program.wait_for("dòng 3: ---");
    program.press(&["Esc"]).wait_for("Đặt vấn đề");
}

#[test]
fn case_43_a_file_whose_name_is_stored_apart_opens() {
    let office = Office::with_sample();
    let apart = "đề dẫn.txt".nfd().collect::<String>();
    fs::write(office.path(&apart), "Một đoạn.\n").unwrap();
    assert_ne!(apart, "đề dẫn.txt");
    for name in [apart.as_str(), "đề dẫn.txt"] {
        let file = office.path(name);
        assert!(works(&office.run(&["import", file.to_str().unwrap()])).contains("1 mục, 1 đoạn"));
    }
    let mut program = office.demo();
    program.press(&["F9"]).wait_for("┌─ Lệnh").send("nhap bao cao").settle();
    program.press(&["Enter"]).wait_for("┌─ Nhập báo cáo").press(&["Ctrl+U"]);
    program.send(format!("{}/", office.folder.path().display())).wait_for("đề dẫn.txt");
    assert_eq!(program.settle().text().matches("dẫn.txt").count(), 1, "listed once\n{}", program.text());
    assert!(program.press(&["Esc"]).quit().success());
}

#[test]
fn a_backup_is_read_back_restored_and_united() {
    let office = Office::with_sample();
    let file = office.path("sao-luu.hoinghi");
    let file = file.to_str().unwrap();
    assert!(works(&office.run(&["backup", file])).contains("đã đọc lại kiểm tra"));
    let other = office.path("other");
    works(&office.run_on(&other, &["restore", file]));
    assert_eq!(works(&office.run_on(&other, &["list"])), works(&office.run(&["list"])));
    fails(&office.run_on(&other, &["restore", file]), 1, "đã có dữ liệu");
    assert!(works(&office.run_on(&other, &["restore", "--merge", file])).starts_with("Không có gì mới"));
    assert!(works(&office.run_on(&other, &["import", file])).starts_with("Không có gì mới"));
}

#[test]
fn the_doctor_finds_damage_and_mends_it_from_the_other_copy() {
    let office = Office::with_sample();
    assert!(works(&office.run(&["doctor"])).contains("nguyên vẹn"));
    let scope = fs::read_dir(office.data().join("log")).unwrap().map(|entry| entry.unwrap().path());
    let longest = scope.flat_map(|scope| fs::read_dir(scope).unwrap()).map(|entry| entry.unwrap().path());
    let log = longest.max_by_key(|path| fs::metadata(path).unwrap().len()).unwrap();
    let mut bytes = fs::read(&log).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0x20;
    fs::write(&log, bytes).unwrap();
    let found = office.run(&["doctor"]);
    assert_eq!(found.status.code(), Some(4));
    assert!(String::from_utf8_lossy(&found.stdout).contains("Dòng hỏng ở byte"));
    office.run(&["doctor", "--repair"]);
    let listed = works(&office.run(&["list"]));
    assert!(listed.contains("I/2023"));
}

#[test]
fn a_tiny_window_says_what_it_needs_and_comes_back() {
    let office = Office::new();
    let mut program = Program::start(office.folder.path(), 10, 3, &["demo"]);
    program.wait_for("Cửa sổ");
    program.send("\x1b[17~").settle().resize(80, 24).wait_for("Khó khăn");
    for (columns, rows) in [(200, 60), (60, 20), (1, 1), (61, 20), (100, 30)] {
        program.resize(columns, rows);
    }
    program.wait_for("KK-04");
    assert!(program.quit().success());
    assert!(program.gave_the_terminal_back());
}

#[test]
fn a_paste_of_a_megabyte_is_taken_and_the_screen_lives() {
    let office = Office::new();
    let mut program = office.demo();
    program.press(&["F6"]);
    let text = "nghiêng ".repeat(100_000);
    program.send(format!("\x1b[200~{text}\x1b[201~"));
    program.wait_for("nghiêng nghiêng").settle();
    program.press(&["End"]).send("xong").wait_for("xong");
    program.press(&["Ctrl+U"]).send("ngắn").wait_for("ngắn");
}

/// `hoinghi config | head -1`: who reads has read enough, and goes.
#[test]
fn a_reader_who_goes_is_no_crash() {
    let office = Office::with_sample();
    for arguments in [&["config"][..], &["list"], &["list", "--json"], &["doctor"], &["export", "nope"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let status = Command::new(env!("CARGO_BIN_EXE_hoinghi"))
            .env("HOME", office.folder.path())
            .env("XDG_STATE_HOME", office.path("state"))
            .arg("--data")
            .arg(office.data())
            .args(arguments)
            .stdout(writer.try_clone().unwrap())
            .stderr(writer)
            .status()
            .unwrap();
        assert_eq!(status.code(), Some(if arguments == ["export", "nope"] { 2 } else { 0 }), "{arguments:?}");
        assert!(!office.path("state/hoinghi/crash.txt").exists(), "{arguments:?}");
    }
}

/// The same sentences in English, with the same exit codes.
#[test]
fn bad_input_is_told_in_english_too() {
    let office = Office::with_sample();
    let english =
        |office: &Office, data: &Path, arguments: &[&str]| office.run_in("en", "Lan", data, arguments);
    let here = office.data();
    fails(&english(&office, &here, &["export", "IV/1999"]), 2, "There is no session IV/1999");
    fails(&english(&office, &here, &["import", "/no/where"]), 1, "There is nothing at /no/where");
    fails(&english(&office, &here, &[]), 2, "hoinghi needs a terminal");
    let file = office.path("keynote.txt");
    fs::write(&file, b"I- v\xff\xfe").unwrap();
    fails(&english(&office, &here, &["import", file.to_str().unwrap()]), 1, "is not UTF-8 text (byte 4)");
    let keynote = office.keynote();
    fails(&english(&office, Path::new("/proc/hoinghi"), &["import", &keynote]), 1, "/proc/hoinghi");
    let held = office.demo();
    fails(&english(&office, &here, &["import", &keynote]), 3, "is in use by Lan (pid ");
    drop(held);
    let foreign = office.path("foreign");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("thesis.txt"), "quan trọng").unwrap();
    fails(&english(&office, &foreign, &["list"]), 1, "is no hoinghi folder; nothing was written");
    let marker = here.join("hoinghi.json");
    let text = fs::read_to_string(&marker).unwrap();
    fs::write(&marker, text.replace(":1", ":99")).unwrap();
    fails(&english(&office, &here, &["list"]), 1, "was made by a newer hoinghi; nothing was changed");
    fs::write(&marker, "{{{").unwrap();
    fails(
        &english(&office, &here, &["list"]),
        1,
        "recorded lines are still there. Run: hoinghi doctor --repair",
    );
}

#[test]
fn english_is_spoken_if_wanted() {
    let office = Office::new();
    let mut program = Program::start(office.folder.path(), 100, 30, &["--lang", "en", "demo"]);
    program.wait_for("Difficulties").wait_for("In session");
}
