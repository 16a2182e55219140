//! Looking at papers before they are written: all of each can be read, in small windows too.

use hoinghi::{
    app::dialogs::Dialog,
    document::{self, Depth, Document, Paper, Wording},
    i18n::Lang,
};

use super::looks::picture;
use crate::support::desk::Desk;

const NAMES: [(Paper, &str); 7] = [
    (Paper::Notice, "Thông báo kết luận"),
    (Paper::Minutes, "Biên bản"),
    (Paper::Annex, "Phụ lục kiến nghị"),
    (Paper::Pledge, "Bản giao ước thi đua"),
    (Paper::Attendance, "Danh sách đại biểu"),
    (Paper::SignIn, "Danh sách ký nhận"),
    (Paper::Programme, "Chương trình"),
];

fn look(desk: &mut Desk, name: &str) {
    desk.press(&["F9"]).type_text("xem truoc van ban").press(&["Enter"]).type_text(name).press(&["Enter"]);
}

/// The words of what a window shows, without its frame.
fn words(desk: &Desk) -> String {
    let inner = |line: &str| line.trim_matches(|c| c != '│').trim_matches('│').trim().to_owned();
    let lines = desk.text().lines().filter(|line| line.contains('│')).map(inner).collect::<Vec<_>>();
    lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every text that a paper says, in order.
fn told(document: &Document) -> Vec<String> {
    let cells = |block: &document::Block| match block {
        document::Block::Table(table) => table.rows.concat(),
        other => vec![other.text().to_owned()],
    };
    let head = [document.head.title.clone(), document.head.about.clone()];
    let names = document.signatures.iter().map(|signature| signature.position.clone());
    let all = head.into_iter().chain(document.blocks.iter().flat_map(cells)).chain(names);
    all.chain(document.recipients.clone()).filter(|text| !text.is_empty()).collect()
}

#[test]
fn every_paper_can_be_read_to_its_end_in_small_windows() {
    let wording = Wording::new(&std::collections::BTreeMap::new()).unwrap();
    for (columns, rows) in [(80, 24), (60, 20)] {
        let mut desk = Desk::sample(columns, rows, Lang::Vietnamese);
        let board = desk.app.session().unwrap().board.clone();
        for (paper, name) in NAMES {
            look(&mut desk, name);
            let mut pages = vec![words(&desk)];
            for _ in 0..200 {
                desk.press(&["PageDown"]);
                let page = words(&desk);
                if pages.last() == Some(&page) {
                    break;
                }
                pages.push(page);
            }
            let read = pages.join(" ");
            let documents = document::write(&board, paper, &wording, Depth::Full).unwrap();
            for text in documents.iter().flat_map(told) {
                for word in text.split_whitespace() {
                    assert!(read.contains(word), "{name} {columns}x{rows}: {word} of {text}\n{read}");
                }
            }
            let end = pages.len();
            for _ in 0..end {
                desk.press(&["PageUp"]);
            }
            assert_eq!(words(&desk), pages[0], "{name}");
            desk.press(&["Esc"]);
            assert!(desk.app.dialog.is_none());
        }
    }
}

#[test]
fn pictures_of_papers_before_they_are_written() {
    for (columns, rows) in [(80, 24), (60, 20)] {
        let mut desk = Desk::sample(columns, rows, Lang::Vietnamese);
        look(&mut desk, "Biên bản");
        picture(&format!("preview_minutes_{columns}x{rows}_vi"), &desk);
        desk.press(&["Esc"]);
        look(&mut desk, "Danh sách đại biểu");
        desk.press(&["PageDown"]);
        picture(&format!("preview_attendance_{columns}x{rows}_vi"), &desk);
    }
}

#[test]
fn a_paper_for_which_there_is_nothing_says_so() {
    let mut desk = super::session(80, 24);
    look(&mut desk, "Bản giao ước");
    assert!(desk.app.dialog.is_none());
    assert!(desk.text().contains("Chưa có nội dung để lập: Bản giao ước thi đua"), "{}", desk.text());
    look(&mut desk, "Biên bản");
    assert!(matches!(desk.app.dialog, Some(Dialog::Pages(_))));
    assert!(
        desk.text().contains("chỗ cần bổ sung") || desk.text().contains("CẦN BỔ SUNG"),
        "{}",
        desk.text()
    );
}
