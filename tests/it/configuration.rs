//! The files of the configuration folder, at a shell and on the screen.

use std::{fs, path::Path, process::Command};

use crate::support::pty::Program;

/// Runs the program in English with a configuration folder and without a terminal; what it says, and what it remarks.
fn run(folder: &Path, arguments: &[&str]) -> (String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_hoinghi"))
        .env_clear()
        .envs([("HOME", folder), ("HOINGHI_CONFIG", &folder.join("config"))])
        .envs([("USER", "lan"), ("LANG", "en_GB.UTF-8")])
        .arg("--data")
        .arg(folder.join("data"))
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success());
    let [said, remarked] = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
    (said, remarked)
}

fn write(folder: &Path, file: &str, text: &str) {
    fs::create_dir_all(folder.join("config")).unwrap();
    fs::write(folder.join("config").join(file), text).unwrap();
}

#[test]
fn what_holds_is_shown_with_its_origin() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (said, remarked) = run(folder, &["config", "--origin"]);
    assert!(said.contains("\nauthor = \"lan\"  # USER\nlanguage = \"en\"  # LANG\n"), "{said}");
    assert!(
        said.contains("\n[everywhere]\n") && said.contains("\nundo = [\"Ctrl+Z\"]  # default\n"),
        "{said}"
    );
    assert_eq!(remarked, "");

    write(folder, "config.toml", "author = \"Nguyễn Lan\"\nlangauge = \"vi\"\n");
    write(folder, "keys.toml", "[everywhere]\nundo = [\"Ctrl+U\", \"Ctrl+Z\"]\n");
    let (said, remarked) = run(folder, &["--user", "Mai", "config", "--origin"]);
    assert!(said.contains("\nauthor = \"Mai\"  # --user\n"), "{said}");
    assert!(said.contains("\nundo = [\"Ctrl+U\", \"Ctrl+Z\"]  # keys.toml, line 2\n"), "{said}");
    assert_eq!(remarked, "config.toml, line 2: no name “langauge”, is it “language”?\n");
    let (said, _) = run(folder, &["config"]);
    assert!(said.contains("\nauthor = \"Nguyễn Lan\"\n"), "{said}");
    let (said, _) = run(folder, &["config", "--default"]);
    assert!(said.contains("\nauthor = \"lan\"\n") && said.contains("\nundo = [\"Ctrl+Z\"]\n"), "{said}");
}

#[test]
fn what_is_shown_can_be_a_file_again() {
    let folder = tempfile::tempdir().unwrap();
    let (said, _) = run(folder.path(), &["config"]);
    let (settings, keys) = said.split_once("\n\n").unwrap();
    write(folder.path(), "config.toml", settings);
    write(folder.path(), "keys.toml", keys);
    assert_eq!(run(folder.path(), &["config"]), (said, String::new()));
}

#[test]
fn the_screens_start_whatever_the_files_say_and_tell_it() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("home/.config/hoinghi");
    fs::create_dir_all(&config).unwrap();
    fs::write(config.join("keys.toml"), "[everywhere]\nhlep = [\"F1\"]\nhelp = [\"Ctrl+V\"]\n[").unwrap();
    let mut program = Program::start(folder.path(), 120, 30, &["demo"]);
    program.wait_for("keys.toml, dòng 2: không có tên “hlep”, có phải “help”?").wait_for("và 1 chỗ nữa");
    program.press(&["Ctrl+V"]).wait_for("Ở đây");
}

#[test]
fn who_records_is_asked_once_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let start = || Program::start_unnamed(folder.path(), 100, 30, &[]);
    let mut program = start();
    program.wait_for("Các hội nghị").press(&["Ctrl+N"]).wait_for("Người ghi");
    program.send("Chuyển sinh hoạt").press(&["Tab"; 10]).press(&["Ctrl+U"]).send("Nguyễn Lan").settle();
    program.press(&["Tab", "Tab", "Enter"]).wait_for("Chưa có khó khăn nào");
    program
        .press(&["F9"])
        .send("nhat ky thay doi")
        .settle()
        .press(&["Enter"])
        .wait_for("Nguyễn Lan lập hội nghị");
    program.press(&["Esc", "F6"]).type_text("gõ dở dưới tên mới").settle();
    assert!(program.quit().success());
    let config = folder.path().join("home/.config/hoinghi/config.toml");
    assert_eq!(fs::read_to_string(config).unwrap(), "author = \"Nguyễn Lan\"\n");

    let mut program = start();
    program.wait_for("Chưa có khó khăn nào").wait_for("gõ dở dưới tên mới");
    program.press(&["Esc"]).settle().press(&["Esc"]).wait_for("Các hội nghị");
    program.press(&["Ctrl+N"]).wait_for("Cơ quan ban hành").settle();
    assert!(!program.text().contains("Người ghi"));
}
