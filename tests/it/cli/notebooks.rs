//! Notebooks through the whole program: taken at a shell, written in at other terminals, given back in any order.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{Office, fails, works};
use crate::support::pty::Program;

/// Takes a notebook for somebody; the file, in a folder of its own as on another computer.
fn take(office: &Office, name: &str) -> PathBuf {
    let away = office.path(name);
    fs::create_dir(&away).unwrap();
    let file = away.join("so.hoinghi");
    let told = works(&office.run(&["notebook", "take", "I/2023", file.to_str().unwrap(), "--for", name]));
    assert!(told.contains(&format!("cho {name}")), "{told}");
    assert!(told.contains("hoinghi notebook open so.hoinghi") && told.contains("hoinghi import so.hoinghi"));
    file
}

/// Opens a notebook and records lines in it.
fn record(file: &Path, lines: &[&str]) {
    let mut program = Program::start(file.parent().unwrap(), 100, 30, &["notebook", "open", "so.hoinghi"]);
    program.wait_for("KK-04").press(&["F6"]);
    for line in lines {
        program.type_text(line).wait_for(line).press(&["Enter"]).settle();
    }
    assert!(program.quit().success());
    let written = format!("Đã ghi {} thay đổi", lines.len());
    assert!(program.last_screen().contains(&written), "{}", program.last_screen());
}

/// All records of a folder, as the program exports them.
fn exported(office: &Office, data: &Path) -> Vec<Vec<u8>> {
    let out = data.with_extension("out");
    let arguments = ["export", "--format", "md,json", "--kind", "all", "--out", out.to_str().unwrap()];
    works(&office.run_on(data, &arguments));
    let mut files: Vec<PathBuf> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().map(|file| fs::read(file).unwrap()).collect()
}

fn import(office: &Office, data: &Path, file: &Path) -> String {
    works(&office.run_on(data, &["import", file.to_str().unwrap()]))
}

#[test]
fn work_done_apart_comes_together_in_any_order_and_only_once() {
    let office = Office::with_sample();
    let files = ["Hoa", "Mai", "Tu"].map(|name| take(&office, name));
    let backup = office.path("backup");
    works(&office.run(&["backup", backup.to_str().unwrap()]));
    record(&files[0], &["kk Hoa ghi ở xã", "điều thứ hai của Hoa"]);
    record(&files[1], &["gp Mai đề nghị một mẫu chung"]);
    record(&files[2], &["Tú ghi một dòng"]);
    let early = office.path("early.hoinghi");
    fs::copy(&files[0], &early).unwrap();
    record(&files[0], &["Hoa ghi thêm khi về"]);

    let [one, two] = ["one", "two"].map(|name| office.path(name));
    for data in [&one, &two] {
        works(&office.run_on(data, &["restore", backup.to_str().unwrap()]));
    }
    for file in [&files[0], &files[1], &files[2]] {
        let told = import(&office, &one, file);
        assert!(told.starts_with("Mới: ") && told.contains("Từ: "), "{told}");
        assert!(!told.contains("chờ tiếp nhận"), "{told}");
    }
    assert!(import(&office, &two, &files[2]).contains("Từ: Tu (1)"));
    assert!(import(&office, &two, &early).contains("Từ: Hoa (2)"));
    assert!(import(&office, &two, &early).starts_with("Không có gì mới"));
    assert!(import(&office, &two, &files[1]).contains("Gồm: "));
    assert!(import(&office, &two, &files[0]).contains("Từ: Hoa (1)"));
    for file in &files {
        assert!(import(&office, &two, file).starts_with("Không có gì mới"));
    }
    let papers = exported(&office, &one);
    assert!(papers == exported(&office, &two), "the same papers, byte for byte");
    let told = papers.iter().map(|bytes| String::from_utf8_lossy(bytes)).collect::<String>();
    for line in ["Hoa ghi ở xã", "điều thứ hai của Hoa", "một mẫu chung", "Tú ghi một dòng", "khi về"]
    {
        assert!(told.contains(line), "{line}");
    }
}

#[test]
fn what_is_no_notebook_is_not_opened_and_no_file_is_written_over() {
    let office = Office::with_sample();
    let file = take(&office, "Hoa");
    let again = ["notebook", "take", "I/2023", file.to_str().unwrap()];
    fails(&office.run(&again), 1, "Đã có tệp");
    fails(&office.run(&["notebook", "take", "IV/1999", "x"]), 2, "Không có hội nghị IV/1999");
    fs::write(file.parent().unwrap().join("khac.txt"), "không phải sổ").unwrap();
    let mut program = Program::start(file.parent().unwrap(), 100, 30, &["notebook", "open", "khac.txt"]);
    assert_eq!(program.wait().exit_code(), 2);
    assert!(program.last_screen().contains("khac.txt không phải sổ ghi riêng"), "{}", program.last_screen());
}
