//! Papers at a shell: what an office's own files change, and where nothing can be written.

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use super::{Office, fails, works};
use crate::support::sessions::{packed, parts};

/// A file below the configuration folder.
fn configure(office: &Office, file: &str, text: &str) {
    let path = office.path(".config/hoinghi").join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn a_profile_of_the_office_is_used_and_its_faults_are_told_with_their_line() {
    let office = Office::with_sample();
    let out = office.path("out");
    let export = |profile: &str| {
        office.run(&["export", "--format", "html", "--profile", profile, "--out", out.to_str().unwrap()])
    };
    configure(&office, "profiles/cum-1.toml", "base = \"nn-nd30-2020\"\n[size]\nbody = 12\n");
    let output = export("cum-1");
    works(&output);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("Khác quy định: cum-1: size.body = 12 (quy định 13–14)"), "{told}");
    let page = fs::read_to_string(out.join("2023-Q1_thong-bao_du-thao-1.html")).unwrap();
    assert!(page.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") && page.contains(".body { font-size: 12pt"));
    fails(&export("cum-2"), 2, "Không có thể thức “cum-2”. Có: ");
    for (text, says) in [
        ("base = \"nn-nd30-2020\"\n[size]\nbodi = 13\n", "cum-1.toml, dòng 3: không có tên “size.bodi”"),
        ("base = \"nn-nd30-2020\"\n[page]\nleft = -3\n", "cum-1.toml, dòng 3: giá trị của page.left"),
        ("base = \"nn-nd30-2020\"\n[page\n", "cum-1.toml, dòng 2: không đúng cú pháp TOML"),
        ("[page]\n", "cum-1.toml: cần dòng base"),
    ] {
        configure(&office, "profiles/cum-1.toml", text);
        fails(&export("cum-1"), 1, says);
    }
}

/// A paper, restyled and put into the configuration folder, gives the next papers its styles.
#[test]
fn a_docx_of_the_office_gives_papers_its_styles() {
    let office = Office::with_sample();
    let out = office.path("out");
    let export = || office.run(&["export", "--format", "docx", "--out", out.to_str().unwrap()]);
    works(&export());
    let paper = out.join("2023-Q1_thong-bao_du-thao-1.docx");
    let ours = parts(&fs::read(&paper).unwrap());
    let restyled =
        |text: &str| text.replace("w:styleId=\"Heading1\"", "w:styleId=\"u1\"").replace("567", "570");
    let styles = |from: &[(String, String)]| {
        from.iter().find(|(name, _)| name == "word/styles.xml").unwrap().1.clone()
    };
    let templates = office.path(".config/hoinghi/templates");
    fs::create_dir_all(&templates).unwrap();
    fs::write(templates.join("styles.docx"), packed(&[("word/styles.xml", &restyled(&styles(&ours)))]))
        .unwrap();
    let output = export();
    works(&output);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("styles.docx"), "every style is there");
    let theirs = styles(&parts(&fs::read(&paper).unwrap()));
    assert_eq!(theirs, styles(&ours).replace("567", "570"), "known by its name, under our id");
    let few =
        "<w:styles xmlns:w=\"x\"><w:style w:styleId=\"a\"><w:name w:val=\"heading 1\"/></w:style></w:styles>";
    fs::write(templates.join("styles.docx"), packed(&[("word/styles.xml", few)])).unwrap();
    let told = String::from_utf8_lossy(&export().stderr).into_owned();
    assert!(
        told.contains("styles.docx không có các kiểu: Normal, header, ") && !told.contains("heading 1"),
        "{told}"
    );
    fs::write(templates.join("styles.docx"), "no package").unwrap();
    fails(&export(), 1, "templates/styles.docx: không phải tệp DOCX");
}

#[test]
fn what_cannot_be_written_is_told_and_what_is_held_open_is_left() {
    let office = Office::with_sample();
    let out = office.path("out");
    fs::write(&out, "a file, no folder").unwrap();
    fails(
        &office.run(&["export", "--format", "docx", "--out", out.to_str().unwrap()]),
        1,
        "Chọn thư mục khác",
    );
    let folder = office.path("folder");
    let export = || office.run(&["export", "--format", "docx", "--out", folder.to_str().unwrap()]);
    let name = "2023-Q1_thong-bao_du-thao-1.docx";
    works(&export());
    let written = fs::read(folder.join(name)).unwrap();
    fs::write(folder.join("~$23-Q1_thong-bao_du-thao-1.docx"), "Lan").unwrap();
    fs::write(folder.join(name), "somebody types").unwrap();
    let told = String::from_utf8_lossy(&export().stderr).into_owned();
    assert!(told.contains("đang mở ở nơi khác. Đã ghi tên mới"), "{told}");
    assert_eq!(fs::read(folder.join(name)).unwrap(), b"somebody types");
    assert_eq!(fs::read(folder.join("2023-Q1_thong-bao_du-thao-1-2.docx")).unwrap(), written);
    let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 3, "no half file: {left:?}");
}

/// What stands in a folder, hidden files too.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(Result::unwrap);
    let mut names: Vec<String> = entries.map(|entry| entry.file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A file may not grow beyond some kilobytes, which is how a full disk looks to who writes: some papers fit and others do not.
#[cfg(unix)]
#[test]
fn a_disk_that_fills_leaves_the_folder_as_it_was() {
    let office = Office::with_sample();
    let (old, new) = (office.path("old"), office.path("new"));
    let export = |out: &Path, blocks: &str| {
        let line = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        Command::new("sh")
            .env_clear()
            .env("HOME", office.folder.path())
            .args(["-c", &line, "sh", env!("CARGO_BIN_EXE_hoinghi"), "--lang", "vi", "--data"])
            .arg(office.data())
            .args(["export", "--format", "docx,html", "--kind", "all", "--out"])
            .arg(out)
            .output()
            .unwrap()
    };
    works(&export(&old, "unlimited"));
    let before: Vec<(String, Vec<u8>)> =
        names(&old).into_iter().map(|name| (name.clone(), fs::read(old.join(name)).unwrap())).collect();
    for out in [&old, &new] {
        fails(&export(out, "16"), 1, "2023-Q1_");
    }
    let after: Vec<(String, Vec<u8>)> =
        names(&old).into_iter().map(|name| (name.clone(), fs::read(old.join(name)).unwrap())).collect();
    assert_eq!(before, after);
    assert!(!new.exists(), "{:?}", names(&new));
}

/// Whenever it is interrupted, all papers are there or none is, and never a temporary file.
#[cfg(unix)]
#[test]
fn an_interrupted_export_leaves_all_or_nothing() {
    let office = Office::with_sample();
    let mut given_up = 0;
    for wait in [5, 15, 25, 35, 45, 60, 80, 120, 200] {
        let out = office.path(&format!("out-{wait}"));
        let program = Command::new(env!("CARGO_BIN_EXE_hoinghi"))
            .env_clear()
            .env("HOME", office.folder.path())
            .args(["--lang", "vi", "--data"])
            .arg(office.data())
            .args(["export", "--format", "docx,html,md,txt,csv,json", "--kind", "all", "--out"])
            .arg(&out)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(wait));
        let id = program.id().to_string();
        Command::new("kill").args(["-INT", &id]).status().unwrap();
        let output = program.wait_with_output().unwrap();
        let names = names(&out);
        assert!(names.iter().all(|name| !name.starts_with('.')), "{names:?}");
        match output.status.code() {
            Some(0) => assert!(names.len() > 30, "{names:?}"),
            _ => assert_eq!(names.len(), 0, "{}", String::from_utf8_lossy(&output.stderr)),
        }
        given_up += usize::from(String::from_utf8_lossy(&output.stderr).contains("Đã hủy"));
    }
    println!("given up {given_up} times of 9");
}

/// A file that comes slowly, as from a stick that is being pulled or a line that hangs: a pipe that nobody has written to yet.
#[cfg(unix)]
#[test]
fn while_a_slow_file_is_read_the_screen_lives_and_esc_gives_up() {
    let office = Office::new();
    let slow = office.path("cham.txt");
    assert!(Command::new("mkfifo").arg(&slow).status().unwrap().success());
    let mut program = office.demo();
    let begin = |program: &mut crate::support::pty::Program| {
        program.press(&["F9"]).wait_for("┌─ Lệnh").send("nhap bao cao").settle();
        program.press(&["Enter"]).wait_for("┌─ Nhập báo cáo").press(&["Ctrl+U"]);
        program.send(format!("{}/", office.folder.path().display())).wait_for("cham.txt").press(&["Down"]);
        program.send("cham").settle();
        program.press(&["Enter"]).wait_for("Đang đọc tệp 0%");
    };
    let write = |text: String| {
        let mut pipe = fs::File::options().write(true).open(&slow).unwrap();
        drop(pipe.write_all(text.as_bytes()));
    };
    begin(&mut program);
    program
        .press(&["F6"])
        .wait_for("Ghi nhanh")
        .send("vẫn ghi được")
        .press(&["Enter"])
        .wait_for("vẫn ghi được");
    write("I- Chậm\nMột đoạn đến muộn.\n".to_owned());
    program.wait_for("1 mục, 1 đoạn").press(&["Esc"]).settle();
    begin(&mut program);
    program.press(&["Esc"]).wait_for("Đang dừng");
    write("Một đoạn dài.\n".repeat(20_000));
    program.wait_for("Đã hủy");
    assert!(program.quit().success());
}

#[test]
fn a_build_without_pdf_says_so_and_writes_the_rest() {
    let office = Office::with_sample();
    let out = office.path("out");
    let export = |formats| office.run(&["export", "--format", formats, "--out", out.to_str().unwrap()]);
    let (pdf, both) = (export("pdf"), export("docx,pdf"));
    if cfg!(feature = "pdf") {
        works(&pdf);
        works(&both);
    } else {
        fails(&pdf, 2, "Bản này không ghi được PDF");
        assert_eq!(both.status.code(), Some(2));
    }
    let is_there = |ending: &str| out.join(format!("2023-Q1_thong-bao_du-thao-1.{ending}")).is_file();
    assert_eq!((is_there("docx"), is_there("pdf")), (true, cfg!(feature = "pdf")));
}

#[cfg(feature = "pdf")]
#[test]
fn letters_that_no_font_of_the_pdf_has_are_told() {
    let office = Office::with_sample();
    let wording = "Xong 漢 😀.";
    configure(&office, "templates/notice-closing.j2", wording);
    let output = office.run(&["export", "--format", "pdf", "--out", office.path("out").to_str().unwrap()]);
    works(&output);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("Phông chữ của PDF không có: 漢 😀. Những chỗ đó in thành □"), "{told}");
}
