//! Units and people from a file, at a shell.

use std::fs;

use hoinghi::{
    domain::{kind::Kind, record::Record},
    store::{OpenOptions, Store},
};

use super::{Office, works};

/// The names of a kind in the sample session.
fn names(office: &Office, kind: Kind) -> Vec<String> {
    let mut store = Store::open(&office.data(), OpenOptions::new(1, "Lan (pid 1)")).unwrap();
    let board = store.board(hoinghi::cli::sample::SCOPE).unwrap();
    board.of_kind(kind).into_iter().map(Record::wording).map(str::to_owned).collect()
}

#[test]
fn a_table_is_known_by_the_titles_of_its_columns_and_taken_in_once() {
    let office = Office::with_sample();
    let before = names(&office, Kind::Attendee).len();
    let file = office.path("ds.dat");
    fs::write(
        &file,
        "\u{FEFF}STT;Mã;Họ và tên;Chức vụ\r\n1;Q1;Nguyễn Văn An;Trưởng ban\r\n2;Q7;Lê Bình;\r\n",
    )
    .unwrap();
    let import = ["import", file.to_str().unwrap()];
    let told = works(&office.run(&import));
    assert!(told.contains("Đã nhập 1 đơn vị, 2 đại biểu mới; đã có sẵn 1 đơn vị"), "{told}");
    assert_eq!(names(&office, Kind::Attendee).len(), before + 2);
    let again = works(&office.run(&import));
    assert!(again.contains("Không có gì mới"), "{again}");
    assert_eq!(names(&office, Kind::Attendee).len(), before + 2);
}

#[test]
fn lines_without_titles_are_a_list_if_one_says_so() {
    let office = Office::with_sample();
    let file = office.path("ds.txt");
    fs::write(&file, "Q9, Quận ủy Quận 9\nQ9, Trần Ba, Phó ban, khách mời\n").unwrap();
    let told = works(&office.run(&["import", "--people", file.to_str().unwrap()]));
    assert!(told.contains("Đã nhập 1 đơn vị, 1 đại biểu mới"), "{told}");
    assert!(names(&office, Kind::Unit).contains(&"Quận ủy Quận 9".to_owned()));
}

/// The program reads what it writes: its attendance list is a list.
#[test]
fn the_attendance_list_of_one_session_is_read_by_another() {
    let office = Office::with_sample();
    let out = office.path("out");
    let out = out.to_str().unwrap();
    works(&office.run(&["export", "--kind", "attendance", "--format", "csv", "--out", out]));
    let file = fs::read_dir(out).unwrap().map(|entry| entry.unwrap().path()).next().unwrap();
    let told = works(&office.run(&["import", file.to_str().unwrap()]));
    assert!(told.contains("Không có gì mới: 6 đơn vị, 9 đại biểu"), "{told}");
    assert_eq!(names(&office, Kind::Unit).len(), 6);
}
