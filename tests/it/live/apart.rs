//! Notebooks given out and taken back while the program runs, from its palette and from another terminal's shell.

use std::{path::Path, process::Command};

use crate::support::{
    capture::capturing,
    pty::{Program, binary},
};

/// Runs the program at a shell on the folder that the host has open.
fn at_shell(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let done = Command::new(binary())
        .args(["--lang", "vi", "--user", "Lan", "--data"])
        .arg(folder.join("data"))
        .args(arguments)
        .env("HOME", folder.join("home"))
        .current_dir(folder)
        .output()
        .unwrap();
    let told = [done.stdout, done.stderr].concat();
    (done.status.code(), String::from_utf8_lossy(&told).into_owned())
}

/// Records a line in a notebook, in a folder of its own as on another computer.
fn record_apart(file: &Path, line: &str) {
    let away = tempfile::tempdir().unwrap();
    let copy = away.path().join("so.hoinghi");
    std::fs::copy(file, &copy).unwrap();
    let mut program = Program::start(away.path(), 100, 30, &["notebook", "open", "so.hoinghi"]);
    program.wait_for("dòng đầu").press(&["F6"]).type_text(line).wait_for(line).press(&["Enter"]).settle();
    assert!(program.quit().success());
    std::fs::copy(&copy, file).unwrap();
}

#[test]
fn a_shell_hands_its_errand_to_the_program_that_has_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let mut host = capturing(folder.path());
    host.type_text("dòng đầu").press(&["Enter"]).wait_for("GN-01 ?    dòng đầu");
    let (code, _) = at_shell(folder.path(), &["list"]);
    assert_eq!(code, Some(0));
    let session = String::from_utf8(
        std::fs::read_dir(folder.path().join("data/log"))
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_encoded_bytes())
            .find(|name| name.iter().any(|digit| *digit != b'0'))
            .unwrap(),
    )
    .unwrap();
    let take = ["notebook", "take", &session, "hoa.hoinghi", "--for", "Hoa"];
    let (code, told) = at_shell(folder.path(), &take);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("Đã lập sổ ghi riêng B cho Hoa"), "{told}");
    assert_eq!(
        at_shell(folder.path(), &take),
        (
            Some(1),
            format!(
                "hoinghi: Đã có tệp {}. Chọn tên khác.\n",
                folder.path().join("hoa.hoinghi").canonicalize().unwrap().display()
            )
        )
    );

    record_apart(&folder.path().join("hoa.hoinghi"), "Hoa ghi ở xa");
    host.type_text("đang gõ").wait_for("đang gõ");
    let (code, told) = at_shell(folder.path(), &["import", "hoa.hoinghi"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.starts_with("Mới: 1.") && told.contains("Từ: Hoa (1)"), "{told}");
    host.wait_for("GN-B01 ?    Hoa ghi ở xa").wait_for("đang gõ");
    let (_, told) = at_shell(folder.path(), &["import", "hoa.hoinghi"]);
    assert!(told.starts_with("Không có gì mới"), "{told}");
    let (code, told) = at_shell(folder.path(), &["--role", "observer", "import", "hoa.hoinghi"]);
    assert!(code == Some(1) && told.contains("không được làm việc này"), "{told}");
    let (code, told) = at_shell(folder.path(), &["import", "khong-co"]);
    assert!(code == Some(1) && told.contains("khong-co"), "{told}");
    host.press(&["Enter"]).wait_for("GN-02 ?    đang gõ");
}

#[test]
fn the_palette_gives_out_a_notebook_and_takes_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut host = capturing(folder.path());
    host.type_text("dòng đầu").press(&["Enter"]).wait_for("GN-01 ?    dòng đầu");
    host.press(&["F9"]).type_text("so ghi rieng").press(&["Enter"]).wait_for("ai mang đi?");
    host.type_text("Hoa").press(&["Enter"]).wait_for("Đã lập sổ ghi riêng B cho Hoa");
    host.wait_for("hoinghi notebook open").press(&["Esc"]);
    let exports = folder.path().join("data/exports");
    let file = std::fs::read_dir(&exports).unwrap().next().unwrap().unwrap().path();
    record_apart(&file, "Hoa ghi ở xa");
    host.press(&["F9"]).type_text("nhap so ghi").press(&["Enter"]).wait_for("~/");
    host.press(&["Ctrl+U"]).type_text(&format!("{}/", exports.display())).wait_for("so-ghi_hoa.hoinghi");
    host.press(&["Enter"]).wait_for("Từ: Hoa (1)").press(&["Esc"]).wait_for("GN-B01 ?    Hoa ghi ở xa");
}
