//! PDF as archives take it: what a file says of itself, and equal bytes from equal data.

use std::collections::BTreeMap;

use hoinghi::{
    document::{Depth, Paper, Wording},
    domain::{board::Board, kind::Kind, policy::Role},
    export::{self, File, Format, Order, Profiles},
};
use unicode_normalization::UnicodeNormalization;

use super::support::{
    papers::Bench,
    sessions::{bare, state},
};

fn files(board: &Board, papers: &[Paper]) -> Vec<File> {
    let none = BTreeMap::new();
    let (wording, profiles) = (Wording::new(&none).unwrap(), Profiles::read(&none).unwrap());
    let order = Order { formats: vec![Format::Pdf], papers: papers.to_vec(), ..Order::all(Depth::Full) };
    export::render(board, &order, &wording, &profiles).unwrap().files
}

fn sample() -> Board {
    let mut bench = Bench::default();
    bench.hold_sample();
    bench.board()
}

/// Whether a file holds these bytes as they are: its catalogue and its metadata are not packed.
fn holds(file: &File, words: &str) -> bool {
    file.bytes.windows(words.len()).any(|window| window == words.as_bytes())
}

#[test]
fn every_paper_claims_the_standard_its_language_and_its_title() {
    for board in [sample(), state().board(), bare().board(), Bench::default().board()] {
        for file in files(&board, &Paper::ALL) {
            for words in [
                "%PDF-1.7\n",
                "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>",
                "/Lang(vi-VN)",
                "/MarkInfo<</Marked true",
                "/StructTreeRoot",
                "/OutputIntents",
                "<dc:title>",
                "<xmp:CreatorTool>hoinghi ",
            ] {
                assert!(holds(&file, words), "{}: {words}", file.name);
            }
        }
    }
    let notice = &files(&sample(), &[Paper::Notice])[0];
    assert!(holds(notice, "THÔNG BÁO kết luận chuyên đề “Công tác tiếp nhận"));
}

#[test]
fn a_paper_is_dated_by_its_data_and_equal_data_are_equal_bytes() {
    let board = sample();
    let (first, second) = (files(&board, &Paper::ALL), files(&sample(), &Paper::ALL));
    assert!(first == second);
    let last = board.changes().next_back().unwrap().header.at.to_rfc3339();
    assert!(first.iter().all(|file| holds(file, &format!("<xmp:CreateDate>{last}</xmp:CreateDate>"))));
}

/// What the other formats pass on, the standard refuses: letters without a shape, controls, private letters.
#[test]
fn any_text_makes_a_paper() {
    let decomposed: String = "Đảng ủy Phường Nguyễn Huệ".nfd().collect();
    let long = "ệ".repeat(300);
    let odd = "A & B < C > \"D\" # $ * _ @ [ ] \\ ` ~ // {} #{panic()} $x$";
    let strange = "👩‍👩‍👧 🇻🇳 漢字 \u{E000}\u{FFFF}\u{FEFF}\u{200B}\u{AD}\u{301}x\u{302}\u{301}";
    let mut bench = Bench::session(Vec::new());
    for text in [odd, &decomposed, &long, strange, "dòng\u{1B}[31m\u{0}"] {
        bench.capture(Role::Facilitator, Kind::Difficulty, text, Vec::new());
    }
    assert_eq!(files(&bench.board(), &[Paper::Notice, Paper::Minutes]).len(), 2);
}
