//! The folder of a session: which papers there are, their names, and what they say as HTML and CSV.

use std::{collections::BTreeMap, fs, path::Path};

use hoinghi::{
    document::{self, Depth, Paper, Wording},
    domain::{
        board::Board,
        command::{Capture, Command},
        edit::Edit,
        ids::RecordId,
        kind::{Kind, SessionState as S},
        policy::Role,
    },
    export::{self, ExportError, Format, Order, Profiles, Progress, Rendered},
};

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use super::support::{
    papers::Bench,
    sessions::{bare, parts, state},
};

fn rendered(board: &Board, formats: &[Format], papers: &[Paper]) -> Rendered {
    let none = BTreeMap::new();
    let (wording, profiles) = (Wording::new(&none).unwrap(), Profiles::read(&none).unwrap());
    let order = Order { formats: formats.to_vec(), papers: papers.to_vec(), ..Order::all(Depth::Full) };
    export::render(board, &order, &wording, &profiles).unwrap()
}

fn names(rendered: &Rendered) -> Vec<&str> {
    rendered.files.iter().map(|file| file.name.as_str()).collect()
}

fn texts(board: &Board, format: Format) -> BTreeMap<String, String> {
    let files = rendered(board, &[format], &Paper::ALL).files;
    files.into_iter().map(|file| (file.name, String::from_utf8(file.bytes).unwrap())).collect()
}

fn sample() -> Board {
    let mut bench = Bench::default();
    bench.hold_sample();
    bench.board()
}

#[test]
fn the_folder_of_the_sample_has_every_paper_under_an_ascii_name() {
    let rendered = rendered(&sample(), Format::ALL, &Paper::ALL);
    let docx: Vec<&str> = names(&rendered).into_iter().filter(|name| name.ends_with("docx")).collect();
    assert_eq!(
        docx,
        [
            "2023-Q1_thong-bao_du-thao-1.docx",
            "2023-Q1_bien-ban.docx",
            "2023-Q1_phu-luc_ban-to-chuc-thanh-uy.docx",
            "2023-Q1_giao-uoc.docx",
            "2023-Q1_danh-sach-dai-bieu.docx",
            "2023-Q1_danh-sach-ky-nhan.docx",
            "2023-Q1_chuong-trinh.docx",
        ]
    );
    assert!(names(&rendered).iter().all(|name| name.is_ascii()));
    let of_each = Format::ALL.len() - 2;
    assert_eq!(rendered.files.len(), 7 * of_each + 4 + 1, "CSV of papers with tables, one JSON");
}

/// The files of a folder, hidden ones too.
fn folder(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(path).into_iter().flatten().map(Result::unwrap);
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

/// Nothing of a set that is given up is there, and all of it once it is complete; what was there stays as it was until then.
#[test]
fn an_export_that_is_given_up_changes_no_file() {
    let place = tempfile::tempdir().unwrap();
    let (old, new) = (place.path().join("old"), place.path().join("new/inner"));
    let none = BTreeMap::new();
    let (wording, profiles) = (Wording::new(&none).unwrap(), Profiles::read(&none).unwrap());
    let export = |board: &Board, into: &Path, until: u64| {
        let mut steps = 0;
        let order = Order::all(Depth::Full);
        export::export(board, &order, (&wording, &profiles), into, &mut |Progress { done, total }| {
            steps += 1;
            assert!(done <= total);
            assert!(into.join(".2023-Q1_thong-bao_du-thao-1.docx.part").exists(), "{steps}");
            steps < until
        })
    };
    let mut bench = Bench::default();
    bench.hold_sample();
    export(&bench.board(), &old, u64::MAX).unwrap();
    let before = folder(&old);
    assert!(before.keys().all(|name| !name.starts_with('.')), "{:?}", before.keys());
    bench.capture(Role::NoteTaker, Kind::Difficulty, "thêm một khó khăn", Vec::new());
    for until in [1, 2, 9, 30] {
        for into in [&old, &new] {
            assert_eq!(export(&bench.board(), into, until).unwrap_err(), ExportError::GivenUp);
        }
        assert_eq!(folder(&old), before);
        assert!(!place.path().join("new").exists());
    }
    export(&bench.board(), &old, u64::MAX).unwrap();
    assert_ne!(folder(&old), before);
    assert!(folder(&old).keys().eq(before.keys()));
}

#[test]
fn a_session_with_nothing_in_it_says_for_what_it_has_nothing() {
    let rendered = rendered(&Bench::default().board(), &[Format::Docx], &Paper::ALL);
    assert_eq!(
        names(&rendered),
        ["hoi-nghi_thong-bao.docx", "hoi-nghi_bien-ban.docx", "hoi-nghi_danh-sach-ky-nhan.docx",]
    );
    assert_eq!(rendered.empty, [Paper::Annex, Paper::Pledge, Paper::Attendance, Paper::Programme]);
}

#[test]
fn every_addressee_has_an_annex_of_its_own() {
    let mut bench = Bench::session(Vec::new());
    for (text, addressee) in [("một", "Ban A"), ("hai", "Sở B & C"), ("ba", "Ban A")] {
        let details = vec![Edit::Text(text.to_owned()), Edit::Addressee(addressee.to_owned())];
        bench.add(Kind::Recommendation, details);
    }
    let annexes = rendered(&bench.board(), &[Format::Markdown], &[Paper::Annex]);
    assert_eq!(names(&annexes), ["2024-Q2_phu-luc-1_ban-a.md", "2024-Q2_phu-luc-2_so-b-c.md"]);
    let text = |at: usize| String::from_utf8(annexes.files[at].bytes.clone()).unwrap();
    assert!(text(0).contains("| 1 | một |") && text(0).contains("| 2 | ba |") && !text(0).contains("hai"));
    assert!(text(1).contains("# PHỤ LỤC 2") && text(1).contains("kiến nghị đối với Sở B \\& C"));
}

#[test]
fn drafts_of_the_notice_are_counted_until_it_is_issued() {
    let mut bench = Bench::session(Vec::new());
    let name = |bench: &Bench| {
        let rendered = rendered(&bench.board(), &[Format::Text], &[Paper::Notice]);
        names(&rendered)[0].trim_start_matches("2024-Q2_thong-bao").trim_end_matches(".txt").to_owned()
    };
    for (state, draft) in [
        (S::Open, "_du-thao-1"),
        (S::Closed, "_du-thao-1"),
        (S::OutForComments, "_du-thao-1"),
        (S::Closed, "_du-thao-2"),
        (S::OutForComments, "_du-thao-2"),
        (S::ForSignature, "_du-thao-3"),
        (S::Issued, ""),
    ] {
        bench.run(Role::Facilitator, Command::SetState { state });
        assert_eq!(name(&bench), draft, "{state:?}");
    }
}

/// The words of a file of a paper, whatever its format: marks taken out, what they stand for put back, no white space.
fn said(name: &str, bytes: &[u8]) -> String {
    let text = if name.ends_with("docx") {
        parts(bytes).into_iter().find(|(part, _)| part == "word/document.xml").unwrap().1
    } else {
        String::from_utf8(bytes.to_vec()).unwrap()
    };
    let is_marked = name.ends_with("docx") || name.ends_with("html");
    let words = text.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, words)| words));
    let bare = if is_marked { words.collect() } else { text.replace('\\', "").replace("\"\"", "\"") };
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let plain = pairs.iter().fold(bare, |text, (mark, letter)| text.replace(mark, letter));
    plain.split_whitespace().collect()
}

#[test]
fn odd_words_stand_whole_in_every_paper_and_format() {
    let decomposed: String = "Đảng ủy Phường Nguyễn Huệ".nfd().collect();
    let long = "ệ".repeat(300);
    let odd =
        ["A & B < C > \"D\"", decomposed.as_str(), "có 👩‍👩‍👧 và 🇻🇳", long.as_str(), "ông A\nphó trưởng ban"];
    let day = NaiveDate::from_ymd_opt(2024, 2, 5).unwrap();
    let mut bench = Bench::session(vec![Edit::Date(day)]);
    for words in odd {
        bench.add(Kind::Attendee, vec![Edit::Title(words.into())]);
        bench.add(Kind::AgendaItem, vec![Edit::Title(words.into()), Edit::Planned(5)]);
        let details = vec![Edit::Text(words.into()), Edit::Addressee("Ban & Sở".into())];
        bench.add(Kind::Recommendation, details);
        bench.add(Kind::PledgeGroup, vec![Edit::Title(words.into())]);
        bench.capture(Role::Facilitator, Kind::Difficulty, words, Vec::new());
    }
    let formats = [Format::Docx, Format::Html, Format::Markdown, Format::Text, Format::Csv];
    let files = rendered(&bench.board(), &formats, &Paper::ALL).files;
    assert!(files.len() > 30, "{}", files.len());
    for file in files {
        let told = said(&file.name, &file.bytes);
        for words in odd {
            let wanted: String = words.nfc().collect::<String>().split_whitespace().collect();
            assert!(told.contains(&wanted), "{}: {wanted}\n{told}", file.name);
        }
    }
    let notice =
        document::conclusion_notice(&bench.board(), &Wording::new(&BTreeMap::new()).unwrap()).unwrap();
    assert!(notice.blocks[0].text().starts_with("Ngày 05/02/2024, "), "{}", notice.blocks[0].text());
}

#[test]
fn golden_html_and_csv() {
    for (name, board) in [("sample", sample()), ("state", state().board())] {
        for format in [Format::Html, Format::Csv] {
            for (file, text) in texts(&board, format) {
                let (_, file) = file.split_once('_').unwrap();
                let is_told =
                    format == Format::Csv || file.starts_with("thong-bao") || file.starts_with("phu-luc");
                if is_told {
                    insta::assert_snapshot!(format!("{name}_{file}"), text.replace("\r\n", "␍\n"));
                }
            }
        }
    }
}

#[test]
fn a_page_fetches_nothing_and_closes_what_it_opens() {
    for board in [sample(), state().board(), bare().board(), Bench::default().board()] {
        for (name, page) in texts(&board, Format::Html) {
            for outside in ["http:", "https:", "src=", "url(", "@import", "<script", "<link", "<img"] {
                assert!(!page.contains(outside), "{name}: {outside}");
            }
            for tag in ["p", "div", "table", "tr", "td", "th", "h1", "h2", "h3", "mark", "main", "header"] {
                let opened =
                    page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
                assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{name}: {tag}");
            }
        }
    }
}

#[test]
fn what_people_write_is_text_in_a_page_and_in_a_spreadsheet() {
    let mut bench = Bench::session(Vec::new());
    let words = "<script>alert(\"1\")</script> & 'x'";
    bench.capture(Role::Facilitator, Kind::Difficulty, words, Vec::new());
    bench.add(
        Kind::Recommendation,
        vec![Edit::Text("=HYPERLINK(\"x\";\"y\")".to_owned()), Edit::Addressee("@Ban".to_owned())],
    );
    for page in texts(&bench.board(), Format::Html).values() {
        assert!(!page.contains("<script"));
    }
    let notice = &texts(&bench.board(), Format::Html)["2024-Q2_thong-bao_du-thao-1.html"];
    assert!(notice.contains("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;x&#39;"));
    let table = &texts(&bench.board(), Format::Csv)["2024-Q2_phu-luc_ban.csv"];
    assert!(
        table.starts_with('\u{FEFF}') && table.contains("\"'=HYPERLINK(\"\"x\"\";\"\"y\"\")\""),
        "{table}"
    );
    assert!(table.lines().count() == table.matches("\r\n").count());
}

#[test]
fn an_office_changes_the_form_of_every_format() {
    let text = "separator = \"…\"\nfont = \"Tinos\"\n[page]\nleft = 35\n";
    let office = BTreeMap::from([("dang-36hd-2018".to_owned(), text.to_owned())]);
    let wording = Wording::new(&BTreeMap::new()).unwrap();
    let profiles = Profiles::read(&office).unwrap();
    let rendered = export::render(&sample(), &Order::all(Depth::Full), &wording, &profiles).unwrap();
    let file = |ending: &str| rendered.files.iter().find(|file| file.name.ends_with(ending)).unwrap();
    let html = String::from_utf8(file("1.html").bytes.clone()).unwrap();
    assert!(html.contains("margin: 20mm 15mm 20mm 35mm") && html.contains("font-family: 'Tinos'"));
    for ending in ["1.html", "1.md", "1.txt"] {
        let text = String::from_utf8(file(ending).bytes.clone()).unwrap();
        assert!(text.contains("Thành ủy…"), "{ending}");
    }
    let told: Vec<&str> = rendered.deviations.iter().map(|deviation| deviation.name.as_str()).collect();
    assert_eq!(told, ["font", "separator", "page.left"]);
}

#[test]
fn five_thousand_difficulties_are_a_paper_like_any_other() {
    let mut bench = Bench::session(Vec::new());
    let said_at = bench.board().changes().next().unwrap().header.at;
    for number in 0..5_000_u128 {
        let capture = Capture {
            record: RecordId(1_000_000 + number),
            kind: Kind::Difficulty,
            text: format!("vướng mắc thứ {number}"),
            said_at,
            details: Vec::new(),
            off_record: false,
        };
        bench.run(Role::Facilitator, Command::Capture(Box::new(capture)));
    }
    let files = rendered(&bench.board(), &[Format::Docx, Format::Html], &[Paper::Notice]).files;
    assert!(files[0].bytes.len() < 400_000, "{}", files[0].bytes.len());
    assert!(String::from_utf8(files[1].bytes.clone()).unwrap().contains("5000. vướng mắc thứ 4999"));
}
