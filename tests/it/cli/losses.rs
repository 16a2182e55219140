//! What is gone or has no room: named by whatever meets it, and no trouble for the rest.

use std::{
    fs,
    process::{Command, Output, Stdio},
};

use super::{Office, works};

/// The deed was done as far as it could be, and damage is told among other things.
#[track_caller]
fn warns(output: &Output, says: &str) {
    let error = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(4), "{error}");
    assert!(error.contains(says), "{error:?} does not say {says:?}");
}

#[test]
fn a_list_in_which_a_session_may_be_missing_says_so() {
    let office = Office::with_sample();
    let scope =
        fs::read_dir(office.data().join("log")).unwrap().map(|entry| entry.unwrap().path()).max().unwrap();
    let log = fs::read_dir(scope).unwrap().next().unwrap().unwrap().path();
    let text = fs::read_to_string(&log).unwrap();
    fs::write(&log, format!("\u{feff}{text}")).unwrap();
    fs::remove_file(office.data().join("clean")).unwrap();
    for arguments in [&["list"][..], &["list", "--json"]] {
        warns(&office.run(arguments), "Dòng hỏng ở byte 0");
    }
}

#[test]
fn whatever_reads_a_folder_names_what_is_gone_from_it_and_what_to_do() {
    for (is_clean, whole) in [(true, true), (false, true), (true, false), (false, false)] {
        let office = Office::with_sample();
        let file = office.path("sao-luu.hoinghi");
        works(&office.run(&["backup", file.to_str().unwrap()]));
        let logs = fs::read_dir(office.data().join("log")).unwrap().map(|entry| entry.unwrap().path());
        let session = logs.max().unwrap();
        if whole {
            fs::remove_dir_all(&session).unwrap();
        } else {
            let log = fs::read_dir(session).unwrap().next().unwrap().unwrap().path();
            let text = fs::read_to_string(&log).unwrap();
            fs::write(&log, text.split_inclusive('\n').take(20).collect::<String>()).unwrap();
        }
        if !is_clean {
            fs::remove_file(office.data().join("clean")).unwrap();
        }
        let [out, later] = ["out", "later.hoinghi"].map(|name| office.path(name).display().to_string());
        let export = ["export", "--format", "txt", "--out", &out];
        let reading = [&["list"][..], &["list", "--json"], &export, &["backup", &later]];
        // A folder that was left in order lists its sessions by what it was left with.
        for arguments in reading.iter().skip(if is_clean && !whole { 2 } else { 0 }) {
            let output = office.run(arguments);
            warns(&output, "Nhật ký thiếu các thay đổi số");
            warns(&output, "chạy: hoinghi doctor --repair");
        }
        fs::remove_dir_all(office.data().join("db")).unwrap();
        let told = office.run(&["doctor"]);
        assert!(String::from_utf8_lossy(&told.stdout).contains("hoinghi restore --merge"), "{told:?}");
        works(&office.run(&["restore", "--merge", file.to_str().unwrap()]));
        assert!(works(&office.run(&["list"])).contains("I/2023"), "{is_clean} {whole}");
        works(&office.run(&["doctor", "--repair"]));
        assert!(works(&office.run(&["doctor"])).contains("nguyên vẹn"));
    }
}

/// A database that cannot be finished is not left: where the disk is full, each start would leave another, as large as all there is.
#[test]
fn a_database_for_which_there_is_no_room_is_taken_back() {
    let office = Office::with_sample();
    let databases = || fs::read_dir(office.data().join("db")).map_or(0, Iterator::count);
    let file = office.path("sao-luu.hoinghi");
    works(&office.run(&["backup", file.to_str().unwrap()]));
    for known in [0, 1] {
        fs::remove_file(office.data().join("clean")).unwrap();
        if known == 0 {
            fs::remove_dir_all(office.data().join("db")).unwrap();
        } else {
            fs::write(office.data().join("db/000001/conf"), "spoiled").unwrap();
        }
        let narrow = Command::new("sh")
            .args(["-c", "trap '' XFSZ; ulimit -f 200; exec \"$@\"", "sh", env!("CARGO_BIN_EXE_hoinghi")])
            .env("HOME", office.folder.path())
            .args(["--lang", "vi", "--user", "Lan", "--data"])
            .arg(office.data())
            .args(["restore", "--merge", file.to_str().unwrap()])
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(works(&narrow).starts_with("Không có gì mới"));
        assert_eq!(databases(), known, "with {known} before");
        assert!(!office.data().join("clean").exists());
        works(&office.run(&["restore", "--merge", file.to_str().unwrap()]));
        assert_eq!(databases(), 1, "with room there is one");
        assert!(office.data().join("clean").exists());
    }
}
