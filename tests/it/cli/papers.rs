//! Papers at a shell: what an office's own files change, and where nothing can be written.

use std::fs;

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
    fails(&office.run(&["export", "--format", "docx", "--out", out.to_str().unwrap()]), 1, "out");
    let folder = office.path("folder");
    let export = || office.run(&["export", "--format", "docx,pdf", "--out", folder.to_str().unwrap()]);
    let name = "2023-Q1_thong-bao_du-thao-1.docx";
    let first = export();
    assert_eq!(first.status.code(), Some(2), "PDF was asked for too");
    assert!(String::from_utf8_lossy(&first.stderr).contains("Bản này không ghi được PDF"));
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
