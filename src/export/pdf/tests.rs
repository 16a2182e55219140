use std::collections::BTreeMap;

use typst::{
    layout::{Abs, Frame, FrameItem, Point},
    text::{Glyph, TextItem},
    visualize::{Geometry, Shape},
};

use super::*;
use crate::{
    document::{Block, Column, Head, Letterhead, Paper, Signature, Table},
    domain::kind::Layout,
    export::{Length, Profiles},
};

const MM: f64 = 72.0 / 25.4;

/// A line of a page: its left, baseline and right in points, and its words.
struct Set {
    left: f64,
    baseline: f64,
    right: f64,
    words: String,
}

fn profile(name: &str) -> Profile {
    Profiles::read(&BTreeMap::new()).unwrap().named(name).unwrap().clone()
}

fn paper(blocks: Vec<Block>, signatures: usize) -> Document {
    let text = str::to_owned;
    let letterhead = Letterhead {
        superior: text("BAN TỔ CHỨC THÀNH ỦY"),
        issuer: text("CỤM THI ĐUA 1"),
        number: text("Số        -TB"),
        right: vec![text("ĐẢNG CỘNG SẢN VIỆT NAM")],
        place_and_date: text("Quận 1, ngày      tháng 02 năm 2023"),
    };
    let signature = |at| Signature {
        authority: text("T/M BAN"),
        position: format!("TRƯỞNG BAN {at}"),
        name: text("Nguyễn Văn A"),
    };
    Document {
        paper: Paper::Notice,
        slug: text("thong-bao"),
        layout: Layout::Party,
        head: Head {
            letterhead: Some(letterhead),
            title: text("THÔNG BÁO"),
            about: text("kết luận"),
            note: text(""),
        },
        blocks,
        signatures: (0..signatures).map(signature).collect(),
        recipients: if signatures == 1 { vec![text("Ban A"), text("Lưu")] } else { Vec::new() },
        missing: Vec::new(),
        withheld: 0,
        told: BTreeMap::new(),
    }
}

fn set(document: &Document, profile: &Profile) -> PagedDocument {
    let press = Press::new(&profile.office_fonts);
    let (data, _) = Data::of(document, profile, &press.faces);
    press.set(&data).unwrap()
}

fn pages(document: &Document, profile: &Profile) -> Vec<Vec<Set>> {
    let set = set(document, profile);
    assert!(typst_pdf::pdf(&set, &options(None).unwrap()).unwrap().starts_with(b"%PDF-1.7"));
    let page = |frame: &Frame| {
        let mut found = Vec::new();
        walk(frame, Point::zero(), &mut found);
        found
    };
    set.pages().iter().map(|it| page(&it.frame)).collect()
}

fn walk(frame: &Frame, from: Point, found: &mut Vec<Set>) {
    for (at, item) in frame.items() {
        let at = from + *at;
        match item {
            FrameItem::Group(group) => walk(&group.frame, at, found),
            FrameItem::Text(text) => found.push(Set {
                left: at.x.to_pt(),
                baseline: at.y.to_pt(),
                right: (at.x + text.width()).to_pt(),
                words: read(text),
            }),
            _ => {}
        }
    }
}

/// What is read of a run glyph by glyph, as programs do that know no `ActualText`.
fn read(text: &TextItem) -> String {
    let range = |glyph: &Glyph| usize::from(glyph.range.start)..usize::from(glyph.range.end);
    let letters = |glyph: &Glyph| text.text.get(range(glyph)).unwrap();
    text.glyphs.iter().map(letters).collect()
}

/// The lines that are drawn on a frame, outside its groups too: left, height and right in points.
fn rules(frame: &Frame, from: Point) -> Vec<[f64; 3]> {
    let rule = |(at, item): &(Point, FrameItem)| match item {
        FrameItem::Group(group) => rules(&group.frame, from + *at),
        FrameItem::Shape(Shape { geometry: Geometry::Line(to), .. }, _) => {
            let at = from + *at;
            vec![[at.x, at.y, at.x + to.x].map(Abs::to_pt)]
        }
        _ => Vec::new(),
    };
    frame.items().flat_map(rule).collect()
}

fn words(page: &[Set]) -> String {
    page.iter().flat_map(|set| set.words.split_whitespace()).collect()
}

fn paragraph(text: &str) -> Block {
    Block::Paragraph(text.to_owned())
}

fn table(rows: Vec<Vec<String>>) -> Block {
    let column = |title: &str, share, centred| Column { title: title.to_owned(), share, centred };
    let columns = vec![column("TT", 1, true), column("Nội dung", 9, false), column("Đơn vị", 2, false)];
    Block::Table(Table { columns, rows, by_hand: false })
}

/// Whatever a text holds that means something in the template's language, in data or in a PDF.
const ODD: &str = "#let x = 1; $a$ *b* _c_ @d [e] \\f `g` <h> // i /* j */ = k ~ -- \"l\" 'm' {n} & %o (p) \\u{1F} == - + 1. http://q";

/// Letters of the highlands' languages and others that no code point is, some of them twice.
const MARKED: &str =
    "Y Bhê\u{306}ê\u{306} Ơ\u{306}ơ\u{306}ư\u{306} q\u{323}q\u{323}Q\u{323} x\u{302}\u{301}x\u{302}\u{301}a";

#[test]
fn every_letter_is_set_as_it_was_written() {
    let letters =
        "aàảãáạ ăằẳẵắặ âầẩẫấậ eèẻẽéẹ êềểễếệ iìỉĩíị oòỏõóọ ôồổỗốộ ơờởỡớợ uùủũúụ ưừửữứự yỳỷỹýỵ đ fi ffl";
    let upper = letters.to_uppercase();
    let blocks = vec![
        Block::Heading { level: 1, label: "I-".to_owned(), text: ODD.to_owned() },
        paragraph(letters),
        Block::Item { level: 2, label: "-".to_owned(), text: upper.clone() },
        paragraph("tại [CẦN BỔ SUNG: nơi], x\u{323} – “ngoặc” № 5₫ Жё Ω"),
        paragraph(MARKED),
        table(vec![vec!["1".to_owned(), ODD.to_owned(), letters.to_owned()]]),
    ];
    let found: String =
        pages(&paper(blocks, 0), &profile("dang-05hd-2026")).iter().map(|page| words(page)).collect();
    let wanted = [
        "BAN TỔ CHỨC THÀNH ỦY CỤM THI ĐUA 1 * ĐẢNG CỘNG SẢN VIỆT NAM Số -TB Quận 1, ngày tháng 02 năm 2023 THÔNG BÁO kết luận -----",
        "I-",
        ODD,
        letters,
        "-",
        &upper,
        "tại [CẦN BỔ SUNG: nơi], x\u{323} – “ngoặc” № 5₫ Жё Ω",
        MARKED,
        "TT Nội dung Đơn vị 1",
        ODD,
        letters,
    ];
    let wanted: String = wanted.concat().split_whitespace().collect();
    assert_eq!(found, wanted);
}

/// Text ends at the right margin, words of 300 letters and cells of five pages included.
#[test]
fn nothing_leaves_the_page() {
    let long = "Wệ".repeat(150);
    let deep = "một trang dài ".repeat(3000);
    let mut document = paper(
        vec![
            paragraph(&long),
            Block::Heading { level: 2, label: "1.".to_owned(), text: long.clone() },
            paragraph(&format!("[CẦN BỔ SUNG: {long}] 👩‍👩‍👧 漢 \u{200B}\u{AD}\u{2003}\u{E000}")),
            table(vec![
                vec!["123456".to_owned(), long.clone(), long.clone()],
                vec![deep.clone(), deep, long.clone()],
            ]),
        ],
        1,
    );
    document.head.about.clone_from(&long);
    document.recipients.push(long);
    for name in ["dang-05hd-2026", "nn-nd30-2020"] {
        let profile = profile(name);
        let length = |length| profile.length(length) * MM;
        let right = length(Length::Width) - length(Length::Right) + 0.1;
        let bottom = length(Length::Height) - length(Length::Bottom);
        let pages = pages(&document, &profile);
        assert!(pages.len() > 5);
        for set in pages.iter().flatten().filter(|set| !set.words.trim().is_empty()) {
            let Set { left, baseline, right: end, words } = set;
            assert!(*left > length(Length::Left) - 0.1 && *end <= right, "{name}: {words} ends at {end}");
            assert!(*baseline < bottom, "{name}: {words} stands at {baseline}");
        }
    }
}

#[test]
fn the_title_row_stands_on_every_page_and_the_page_number_on_all_but_the_first() {
    let rows = (1..=120).map(|at| vec![at.to_string(), format!("ý kiến thứ {at}"), "Quận 1".to_owned()]);
    let profile = profile("dang-36hd-2018");
    let pages = pages(&paper(vec![table(rows.collect())], 0), &profile);
    assert_eq!(pages.len(), 4);
    for (at, page) in pages.iter().enumerate() {
        assert!(words(page).contains("TTNộidungĐơnvị"), "page {at}");
        let above = page.iter().filter(|set| set.baseline < profile.length(Length::Top) * MM);
        let above: Vec<(&str, f64)> =
            above.map(|set| (set.words.as_str(), f64::midpoint(set.left, set.right))).collect();
        let middle = (210.0 + 30.0 - 15.0) / 2.0 * MM;
        match above[..] {
            [] => assert_eq!(at, 0),
            [(number, centre)] => {
                assert_eq!(number, (at + 1).to_string());
                assert!((centre - middle).abs() < 0.1, "{centre}");
            }
            _ => panic!("{above:?}"),
        }
    }
}

#[test]
fn signatures_are_on_one_page_with_the_last_words() {
    for signatures in [1, 2] {
        for lines in 14..34 {
            let mut blocks = vec![paragraph("Một dòng."); lines];
            blocks.push(paragraph("Lời cuối."));
            let pages = pages(&paper(blocks, signatures), &profile("dang-05hd-2026"));
            let last = pages.iter().find(|page| words(page).contains("Lờicuối.")).unwrap();
            for part in ["T/MBAN", "TRƯỞNGBAN", "NguyễnVănA"] {
                assert_eq!(words(last).matches(part).count(), signatures, "{part} after {lines} lines");
            }
        }
    }
}

/// Whoever signs beside a unit with a longer name does not sign higher.
#[test]
fn names_beside_each_other_are_level() {
    let mut document = paper(vec![paragraph("Lời cuối.")], 2);
    document.signatures[1].position = "TRƯỞNG BAN TỔ CHỨC THÀNH ỦY THÀNH PHỐ THỦ ĐỨC NHIỆM KỲ MỚI".to_owned();
    let pages = pages(&document, &profile("nn-nd30-2020"));
    let names: Vec<f64> =
        pages[0].iter().filter(|set| set.words.contains("Nguyễn")).map(|set| set.baseline).collect();
    assert!(names.len() == 2 && (names[0] - names[1]).abs() < 0.01, "{names:?}");
}

#[test]
fn rules_stand_below_the_middle_of_what_they_close() {
    for (name, count) in [("dang-05hd-2026", 1), ("nn-nd30-2020", 3)] {
        let (document, profile) = (paper(vec![paragraph("Lời cuối.")], 0), profile(name));
        let rules = rules(&set(&document, &profile).pages()[0].frame, Point::zero());
        assert_eq!(rules.len(), count);
        let pages = pages(&document, &profile);
        for [left, height, right] in rules {
            let over = |set: &&Set| set.baseline < height && set.left < right && set.right > left;
            let text = pages[0].iter().filter(over).max_by(|a, b| a.baseline.total_cmp(&b.baseline)).unwrap();
            let middles = [f64::midpoint(left, right), f64::midpoint(text.left, text.right)];
            assert!((middles[0] - middles[1]).abs() < 0.1, "{name}: {} {middles:?}", text.words);
        }
    }
}

/// A row into which somebody writes is 10 mm high, and higher only where its own words need it.
#[test]
fn rows_to_sign_in_are_as_high_as_a_hand_needs() {
    let deep = "một trang dài ".repeat(20);
    let rows = ["", "một dòng", deep.as_str(), ""].into_iter().zip(1..);
    let rows = rows.map(|(words, at)| vec![at.to_string(), words.to_owned(), String::new()]).collect();
    let Block::Table(sheet) = table(rows) else { panic!("a table") };
    let blocks = vec![Block::Table(Table { by_hand: true, ..sheet })];
    let pages = pages(&paper(blocks, 0), &profile("dang-05hd-2026"));
    let at = |number: &str| pages[0].iter().find(|set| set.words == number).unwrap().baseline;
    let steps = [at("2") - at("1"), at("3") - at("2"), at("4") - at("3")].map(|step| step / MM);
    assert!((steps[0] - 10.0).abs() < 0.01, "{steps:?}");
    assert!(steps[1] > 15.0 && (steps[1] - steps[2]).abs() < 0.01, "{steps:?}");
}

#[test]
fn fonts_of_the_office_come_before_ours_and_what_is_none_is_passed_over() {
    let face: &[u8] = include_bytes!("../../../assets/fonts/Tinos-Italic.ttf");
    let profiles =
        Profiles::read(&BTreeMap::new()).unwrap().with_fonts(vec![b"no font".to_vec(), face.to_vec()]);
    let press = Press::new(&profiles.named("nn-nd30-2020").unwrap().office_fonts);
    assert_eq!(press.faces.all().len(), 5);
    let italic = press.faces.all()[0].info();
    assert_eq!((italic.family.as_str(), italic.variant.style), ("Tinos", typst::text::FontStyle::Italic));
}

/// Seventeen signatures take more than a page; each stays whole.
#[test]
fn many_signatures_are_divided_between_rows_only() {
    let pages = pages(&paper(vec![paragraph("Lời cuối.")], 17), &profile("dang-05hd-2026"));
    let all: String = pages.iter().map(|page| words(page)).collect();
    assert!(pages.len() > 1 && all.matches("TRƯỞNGBAN").count() == 17);
    for page in &pages {
        let count = |part| words(page).matches(part).count();
        assert_eq!((count("T/MBAN"), count("TRƯỞNGBAN")), (count("NguyễnVănA"), count("NguyễnVănA")));
    }
}

#[test]
fn lines_follow_each_other_at_the_pitch_of_the_profile() {
    for (name, pitch) in [("dang-05hd-2026", 18.0), ("nn-nd30-2020", 1.15 * 1.15 * 14.0)] {
        let pages = pages(&paper(vec![paragraph(&"một dòng dài ".repeat(40))], 0), &profile(name));
        let mut lines: Vec<f64> =
            pages[0].iter().filter(|set| set.words.contains("dòng")).map(|set| set.baseline).collect();
        lines.dedup();
        assert!(lines.len() > 4);
        assert!(lines.windows(2).all(|pair| (pair[1] - pair[0] - pitch).abs() < 0.01), "{name}: {lines:?}");
    }
}
