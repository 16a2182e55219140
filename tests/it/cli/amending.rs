//! What comes from others or too late, what has to go, and what was damaged unnoticed: the whole program.

use std::{fs, path::PathBuf};

use super::{Office, fails, works};
use crate::support::pty::Program;

/// Every file under a folder.
fn files_under(folder: &std::path::Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_under(&path) } else { vec![path] }).collect()
}

/// A copy of the data folder, in which somebody has written a paragraph of the keynote since.
fn copy_of(office: &Office, author: &str) -> PathBuf {
    let copy = office.path("usb");
    for file in files_under(&office.data()) {
        let target = copy.join(file.strip_prefix(office.data()).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&file, target).unwrap();
    }
    let keynote = office.path("keynote.txt");
    fs::write(&keynote, "I. Phần thêm\n\nĐoạn do người ngoài viết.\n").unwrap();
    works(&office.run_as(author, &copy, &["import", keynote.to_str().unwrap()]));
    copy
}

fn exported(office: &Office, out: &str) -> Vec<Vec<u8>> {
    let out = office.path(out);
    let arguments = ["export", "--format", "md,json", "--kind", "all", "--out", out.to_str().unwrap()];
    assert!(office.run(&arguments).status.success());
    let mut files = files_under(&out);
    files.sort();
    files.into_iter().map(|file| fs::read(file).unwrap()).collect()
}

fn holds(bytes: &[Vec<u8>], text: &str) -> bool {
    bytes.iter().any(|bytes| String::from_utf8_lossy(bytes).contains(text))
}

#[test]
fn what_a_stranger_brings_is_listed_and_let_in_by_the_facilitator() {
    let office = Office::with_sample();
    let copy = copy_of(&office, "Mai");
    let before = exported(&office, "trước");
    fails(&office.run(&["--role", "note-taker", "import", copy.to_str().unwrap()]), 1, "");
    let said = works(&office.run(&["import", copy.to_str().unwrap()]));
    assert!(said.contains("chờ tiếp nhận: Mai (1)"), "{said}");
    assert!(exported(&office, "giữa") == before, "not one byte of a paper");

    let mut program = office.demo();
    program.wait_for("Có 1 thay đổi chờ tiếp nhận");
    program.press(&["F9"]).send("de xuat").wait_for("Đề xuất, thay đổi đến muộn");
    program.press(&["Enter"]);
    program.wait_for("Tiếp nhận tất cả (1)").wait_for("người ngoài đề xuất");
    program.press(&["Enter"]);
    program.wait_for("Đã lưu");
    assert!(program.quit().success());
    assert!(holds(&exported(&office, "sau"), "Đoạn do người ngoài viết."));
}

/// Moves the session to the state whose name is typed.
fn move_to(program: &mut Program, typed: &str, shown: &str) {
    program.press(&["F9"]).send("chuyen trang thai hoi nghi").settle();
    program.press(&["Enter"]).send(typed).settle();
    program.press(&["Enter"]);
    program.wait_for(shown);
}

#[test]
fn a_stick_that_comes_after_signing_leaves_the_papers_as_they_were_signed() {
    let office = Office::with_sample();
    let mut program = office.demo();
    program.press(&["F6"]).send("ý của thư ký").wait_for("ý của thư ký").press(&["Enter"]);
    program.wait_for("Đã lưu");
    assert!(program.quit().success());
    let stick = copy_of(&office, "Lan");
    let mut program = office.demo();
    move_to(&mut program, "be mac", "Vẫn bế mạc");
    program.send("van be mac").settle();
    program.press(&["Enter"]).wait_for("Đã bế mạc");
    move_to(&mut program, "trinh ky", "Trình ký");
    move_to(&mut program, "ghi nhan ban hanh", "Đã ban hành");
    assert!(program.quit().success());
    let signed = exported(&office, "đã ký");
    let said = works(&office.run(&["import", stick.to_str().unwrap()]));
    assert!(said.contains("đã đóng hoặc ban hành, chờ tiếp nhận: Lan (1)"), "{said}");
    assert!(exported(&office, "sau khi nhận") == signed, "not one byte");
    let mut program = office.demo();
    program.wait_for("Có 1 thay đổi chờ tiếp nhận");
    program.press(&["F9"]).send("de xuat").settle();
    program.press(&["Enter"]);
    program.wait_for("đến sau khi đóng/ban hành");
    program.press(&["Enter"]);
    program.wait_for("Đã lưu");
    assert!(program.quit().success());
    assert!(holds(&exported(&office, "bổ sung"), "Đoạn do người ngoài viết."));
}

#[test]
fn a_name_is_erased_after_it_was_said_where_it_stands() {
    let office = Office::with_sample();
    let mut program = office.demo();
    program.press(&["F6"]).send("đồng chí Lê Thị Bưởi nêu").wait_for("Thị Bưởi nêu");
    program.press(&["Enter"]);
    program.wait_for("Đã lưu");
    assert!(program.quit().success());
    let copies = |folder: PathBuf| {
        let files = files_under(&folder).into_iter();
        files.filter(|file| holds(&[fs::read(file).unwrap()], "Bưởi")).count()
    };
    assert!(copies(office.data()) > 1);
    fails(&office.run(&["--role", "observer", "erase", "le thi buoi", "--yes"]), 1, "");
    let said = works(&office.run(&["erase", "le thi buoi"]));
    assert!(said.contains("1 thay đổi") && said.contains("--yes"), "{said}");
    assert!(copies(office.data()) > 1, "nothing was erased yet");
    let said = works(&office.run(&["erase", "le thi buoi", "--yes"]));
    assert!(said.contains("Đã xóa khỏi 1 thay đổi") && said.contains("bản sao lưu"), "{said}");
    assert_eq!(copies(office.folder.path().to_owned()), 0);
    assert!(works(&office.run(&["erase", "le thi buoi"])).contains("Không có"));
    assert!(holds(&exported(&office, "sau"), "đồng chí […] nêu"));
    assert!(works(&office.run(&["doctor"])).contains("nguyên vẹn"));
}

#[test]
fn damage_that_nobody_noticed_is_mended_behind_and_told() {
    let office = Office::with_sample();
    let log = files_under(&office.data().join("log"))
        .into_iter()
        .max_by_key(|log| fs::metadata(log).unwrap().len());
    let log = log.unwrap();
    let mut bytes = fs::read(&log).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&log, bytes).unwrap();
    let mut program = Program::start(office.folder.path(), 140, 30, &["demo"]);
    program.wait_for("KK-04").press(&["F6"]).send("một ý nữa").press(&["Enter"]);
    program.wait_for("Kiểm tra nền: đã sửa dữ liệu của 1 hội nghị");
    assert!(program.quit().success());
    let said = office.run(&["doctor"]);
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    assert!(said.contains("Kiểm tra nền đã sửa 1 lần") && said.contains("đã sửa"), "{said}");
}
