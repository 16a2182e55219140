//! DOCX as office programs want it: the schema's order of children, styles that exist, the same bytes every time.

use std::collections::{BTreeMap, BTreeSet};

use hoinghi::{
    document::{Depth, Paper, Wording},
    domain::{board::Board, kind::Kind, policy::Role},
    export::{self, Format, Order, Profiles},
};
use unicode_normalization::UnicodeNormalization;

use super::support::{
    papers::Bench,
    sessions::{bare, parts, state},
};

/// Every element that we write with children, and the children that it may have, in the order of ECMA-376, transitional.
const ORDER: &[(&str, &str)] = &[
    ("Types", "Default Override"),
    ("Relationships", "Relationship"),
    ("cp:coreProperties", "dc:title dc:creator dc:language"),
    ("w:document", "w:body"),
    ("w:hdr", "w:p"),
    ("w:fldSimple", "w:r"),
    ("w:pBdr", "w:top"),
    ("w:tblGrid", "w:gridCol"),
    ("w:rPrDefault", "w:rPr"),
    ("w:pPrDefault", "w:pPr"),
    ("w:num", "w:abstractNumId"),
    ("w:compat", "w:compatSetting"),
    ("w:fonts", "w:font"),
    ("w:p", "w:pPr w:r w:fldSimple"),
    ("w:r", "w:rPr w:t"),
    ("w:pPr", "w:pStyle w:keepNext w:keepLines w:numPr w:pBdr w:spacing w:ind w:jc w:outlineLvl"),
    ("w:rPr", "w:rFonts w:b w:bCs w:i w:iCs w:color w:sz w:szCs w:highlight w:u w:lang"),
    ("w:numPr", "w:ilvl w:numId"),
    ("w:tbl", "w:tblPr w:tblGrid w:tr"),
    ("w:tblPr", "w:tblStyle w:tblW w:tblInd w:tblBorders w:tblLayout w:tblCellMar"),
    ("w:tblBorders", "w:top w:left w:bottom w:right w:insideH w:insideV"),
    ("w:tblCellMar", "w:top w:left w:bottom w:right"),
    ("w:tr", "w:trPr w:tc"),
    ("w:tc", "w:tcPr w:p"),
    ("w:tcPr", "w:tcW w:vAlign"),
    ("w:sectPr", "w:headerReference w:pgSz w:pgMar w:titlePg"),
    ("w:styles", "w:docDefaults w:style"),
    ("w:docDefaults", "w:rPrDefault w:pPrDefault"),
    (
        "w:style",
        "w:name w:basedOn w:next w:uiPriority w:semiHidden w:unhideWhenUsed w:qFormat w:pPr w:rPr w:tblPr",
    ),
    ("w:numbering", "w:abstractNum w:num"),
    ("w:abstractNum", "w:multiLevelType w:lvl"),
    ("w:lvl", "w:start w:numFmt w:pStyle w:suff w:lvlText w:lvlJc w:pPr"),
    ("w:settings", "w:defaultTabStop w:characterSpacingControl w:compat w:themeFontLang"),
    ("w:font", "w:charset w:family w:pitch"),
];

/// Elements whose children may stand in any order.
const ANY_ORDER: &[(&str, &str)] =
    &[("w:body", "w:p w:tbl w:sectPr"), ("w:trPr", "w:cantSplit w:trHeight w:tblHeader")];

/// The attributes that our elements have.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("Default", "Extension ContentType"),
    ("Override", "PartName ContentType"),
    ("Relationship", "Id Type Target"),
    ("w:tblW w:tcW w:tblInd", "w:w w:type"),
    ("w:gridCol", "w:w"),
    ("w:tblLayout w:headerReference", "w:type r:id"),
    ("w:top w:left w:bottom w:right w:insideH w:insideV", "w:val w:sz w:space w:color w:w w:type"),
    ("w:spacing", "w:before w:after w:line w:lineRule"),
    ("w:ind", "w:left w:right w:firstLine w:hanging"),
    ("w:t", "xml:space"),
    ("w:pgSz", "w:w w:h"),
    ("w:pgMar", "w:top w:right w:bottom w:left w:header w:footer w:gutter"),
    ("w:rFonts", "w:ascii w:hAnsi w:eastAsia w:cs"),
    ("w:lang", "w:val w:eastAsia w:bidi"),
    ("w:style", "w:type w:default w:customStyle w:styleId"),
    ("w:abstractNum", "w:abstractNumId"),
    ("w:lvl", "w:ilvl"),
    ("w:num", "w:numId"),
    ("w:font", "w:name"),
    ("w:fldSimple", "w:instr"),
    ("w:trHeight", "w:val w:hRule"),
    ("w:compatSetting", "w:name w:uri w:val"),
];

/// Attributes of the elements that the schema has not: every other element has a `w:val`, or none.
fn unknown_attributes(xml: &str) -> Vec<String> {
    let mut found = Vec::new();
    for piece in xml.split('<').skip(2).filter(|piece| !piece.starts_with('/')) {
        let tag = piece.split_once('>').unwrap().0.trim_end_matches('/');
        let (name, rest) = tag.split_once(' ').unwrap_or((tag, ""));
        let row = ATTRIBUTES.iter().find(|(names, _)| names.split(' ').any(|known| known == name));
        let known: Vec<&str> = row.map_or("w:val", |(_, known)| known).split(' ').collect();
        let names = rest.split('"').step_by(2).map(|name| name.trim().trim_end_matches('='));
        let odd =
            names.filter(|name| !name.is_empty() && !name.starts_with("xmlns") && !known.contains(name));
        found.extend(odd.map(|attribute| format!("{attribute} of {name}")));
    }
    found
}

fn order(papers: &[Paper]) -> Order {
    Order { formats: vec![Format::Docx], papers: papers.to_vec(), ..Order::all(Depth::Full) }
}

/// The packages of a board by file name.
fn packages(board: &Board, order: &Order) -> BTreeMap<String, Vec<u8>> {
    let none = BTreeMap::new();
    let (wording, profiles) = (Wording::new(&none).unwrap(), Profiles::read(&none).unwrap());
    let files = export::render(board, order, &wording, &profiles).unwrap().files;
    files.into_iter().map(|file| (file.name, file.bytes)).collect()
}

fn part(package: &[u8], name: &str) -> String {
    parts(package).into_iter().find(|(known, _)| known == name).unwrap().1
}

fn sample() -> Board {
    let mut bench = Bench::default();
    bench.hold_sample();
    bench.board()
}

/// Sessions of every sort.
fn boards() -> Vec<Board> {
    vec![sample(), Bench::default().board(), bare().board(), state().board()]
}

/// A mark of an XML file: `+name` begins, `-name` ends, `=text` says something.
fn marks(xml: &str) -> Vec<String> {
    let mut marks = Vec::new();
    for piece in xml.split('<').skip(2) {
        let (tag, text) = piece.split_once('>').unwrap();
        let name = tag.trim_end_matches('/').split(' ').next().unwrap();
        match name.strip_prefix('/') {
            Some(name) => marks.push(format!("-{name}")),
            None => marks.push(format!("+{name}")),
        }
        if tag.ends_with('/') {
            marks.push(format!("-{name}"));
        }
        if !text.trim().is_empty() {
            marks.push(format!("={text}"));
        }
    }
    marks
}

/// The children that stand where the schema has them not, and elements that do not close.
fn misplaced(xml: &str) -> Vec<String> {
    let mut open: Vec<(String, usize)> = Vec::new();
    let mut found = Vec::new();
    for mark in marks(xml) {
        let (sort, name) = mark.split_at(1);
        if sort == "-" {
            if open.pop().is_none_or(|(known, _)| known != name) {
                found.push(format!("{name} does not close what is open"));
            }
        } else if sort == "+" {
            if let Some((parent, last)) = open.last_mut() {
                let place = |table: &[(&str, &str)]| {
                    let (_, children) = table.iter().find(|(known, _)| known == parent)?;
                    children.split(' ').position(|child| child == name)
                };
                match (place(ORDER), place(ANY_ORDER)) {
                    (Some(at), _) if at >= *last => *last = at,
                    (None, Some(_)) => {}
                    _ => found.push(format!("{name} in {parent}")),
                }
            }
            open.push((name.to_owned(), 0));
        }
    }
    found.extend(open.into_iter().map(|(name, _)| format!("{name} stays open")));
    found
}

#[test]
fn children_stand_in_the_order_of_the_schema() {
    for board in boards() {
        for (name, package) in packages(&board, &order(&Paper::ALL)) {
            for (part, xml) in parts(&package).into_iter().filter(|(part, _)| part != "word/theme1.xml") {
                assert_eq!(misplaced(&xml), [""; 0], "{name} {part}");
                assert_eq!(unknown_attributes(&xml), [""; 0], "{name} {part}");
            }
        }
    }
    let wrong = "<?xml?><w:pPr><w:jc w:val=\"both\"/><w:ind/></w:pPr>";
    assert_eq!(misplaced(wrong), ["w:ind in w:pPr"]);
    assert_eq!(misplaced("<?xml?><w:rPr><w:q/></w:rPr>"), ["w:q in w:rPr"]);
    assert_eq!(misplaced("<?xml?><w:b><w:t></w:b>").len(), 3);
    assert_eq!(
        misplaced("<?xml?><w:odd><w:t/></w:odd>"),
        ["w:t in w:odd"],
        "an element that nobody described"
    );
    assert_eq!(unknown_attributes("<?xml?><w:ind w:left=\"1\" w:val=\"2\"/>"), ["w:val of w:ind"]);
}

/// The values of an attribute wherever it stands in an element of that name.
fn values<'a>(xml: &'a str, element: &str) -> BTreeSet<&'a str> {
    let opening = format!("<{element} ");
    let tags = xml.split(opening.as_str()).skip(1).filter_map(|rest| rest.split('>').next());
    tags.filter_map(|tag| tag.split('"').nth(1)).collect()
}

#[test]
fn styles_lists_and_headers_that_are_named_exist() {
    for board in boards() {
        for package in packages(&board, &order(&Paper::ALL)).values() {
            let styles = part(package, "word/styles.xml");
            let body = part(package, "word/document.xml");
            for name in ["w:pStyle", "w:tblStyle"].iter().flat_map(|element| values(&body, element)) {
                assert!(styles.contains(&format!("w:styleId=\"{name}\"")), "{name}");
            }
            let numbering = part(package, "word/numbering.xml");
            for list in values(&body, "w:numId").into_iter().filter(|list| *list != "0") {
                assert!(numbering.contains(&format!("<w:num w:numId=\"{list}\">")), "{list}");
            }
            let relations = part(package, "word/_rels/document.xml.rels");
            let known: BTreeSet<String> = parts(package).into_iter().map(|(name, _)| name).collect();
            for target in relations.split("Target=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
                assert!(known.contains(&format!("word/{target}")), "{target}");
            }
        }
    }
}

#[test]
fn equal_data_give_equal_bytes_and_no_time_of_writing() {
    let order = order(&Paper::ALL);
    let first = packages(&sample(), &order);
    assert_eq!(first, packages(&sample(), &order));
    for package in first.values() {
        let stamped = package.windows(4).filter(|window| window == b"PK\x03\x04").count();
        assert_eq!(stamped, 12);
        // 1 January 1980, midnight: where a package begins to count.
        let header = package.windows(14).filter(|window| window.starts_with(b"PK\x03\x04"));
        assert!(header.into_iter().all(|header| header[10..] == [0, 0, 0x21, 0]));
    }
}

/// A line a paragraph: style, place in a list, text.
fn told(xml: &str) -> String {
    let paragraph = |paragraph: &str| {
        let value = |element| values(paragraph, element).into_iter().next().unwrap_or_default().to_owned();
        let list = if paragraph.contains("<w:numPr>") {
            format!(" {}/{}", value("w:numId"), value("w:ilvl"))
        } else {
            String::new()
        };
        let texts = marks(&format!("<?xml?><{paragraph}"));
        let text: String = texts.iter().filter_map(|mark| mark.strip_prefix('=')).collect();
        format!("{}{list}: {text}\n", value("w:pStyle"))
    };
    let paragraphs = xml.split("<w:p>").skip(1).map(|rest| rest.split("</w:p>").next().unwrap());
    paragraphs.map(|rest| paragraph(&format!("w:p>{rest}</w:p>"))).collect()
}

#[test]
fn golden_texts() {
    for (name, board) in
        [("sample", sample()), ("state", state().board()), ("nothing", Bench::default().board())]
    {
        for (file, package) in packages(&board, &order(&Paper::ALL)) {
            let (_, file) = file.trim_end_matches(".docx").split_once('_').unwrap();
            insta::assert_snapshot!(
                format!("docx_{name}_{file}"),
                told(&part(&package, "word/document.xml"))
            );
        }
    }
}

#[test]
fn the_page_is_the_profiles() {
    let page = |order: &Order| {
        let package = packages(&sample(), order).into_values().next().unwrap();
        part(&package, "word/document.xml")
    };
    let party = page(&order(&[Paper::Notice]));
    assert!(party.contains("<w:pgSz w:w=\"11906\" w:h=\"16838\"/>"));
    let margins = "w:top=\"1134\" w:right=\"850\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"567\"";
    assert!(party.contains(margins), "{party}");
    assert!(party.contains("ĐẢNG CỘNG SẢN VIỆT NAM") && !party.contains("CỘNG HÒA"));
    let state = page(&order(&[Paper::Notice]).in_form("state", None).unwrap());
    assert!(state.contains("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") && state.contains("TM. CỤM THI ĐUA 1"));
    let exact = order(&[Paper::Notice]).in_form("auto", Some("dang-05hd-2026")).unwrap();
    let package = packages(&sample(), &exact).into_values().next().unwrap();
    assert!(part(&package, "word/styles.xml").contains("w:line=\"360\" w:lineRule=\"exact\""));
    assert!(page(&exact).contains("Ban Tổ chức Thành ủy;"), "semicolons since 2026");
    assert!(party.contains("Ban Tổ chức Thành ủy,"), "commas before");
}

#[test]
fn any_text_passes_through_whole() {
    let odd = "A & B < C > \"D\" ]]> &amp;";
    let decomposed: String = "Đảng ủy Phường Nguyễn Huệ".nfd().collect();
    let long = "ệ".repeat(300);
    let mut bench = Bench::session(Vec::new());
    for text in [odd, &decomposed, "có 👩‍👩‍👧 và 🇻🇳", &long, "dòng\u{1B}[31m\u{0}\u{FFFF}"]
    {
        bench.capture(Role::Facilitator, Kind::Difficulty, text, Vec::new());
    }
    let package = packages(&bench.board(), &order(&[Paper::Notice])).into_values().next().unwrap();
    let xml = part(&package, "word/document.xml");
    assert_eq!(misplaced(&xml), [""; 0]);
    for text in [
        "A &amp; B &lt; C &gt; &quot;D&quot; ]]&gt; &amp;amp;",
        "Đảng ủy Phường Nguyễn Huệ",
        "👩‍👩‍👧",
        "🇻🇳",
        &long,
        "dòng[31m",
    ] {
        assert!(xml.contains(text), "{text}");
    }
    assert!(!xml.contains(['\u{1B}', '\u{0}', '\u{FFFF}']));
}

#[test]
fn the_signatures_never_stand_alone() {
    for board in [sample(), state().board()] {
        for (name, package) in packages(&board, &order(&[Paper::Notice, Paper::Minutes, Paper::Attendance])) {
            let xml = part(&package, "word/document.xml");
            let (before, signatures) = xml.rsplit_once("<w:tbl>").unwrap();
            let last = before.rsplit("<w:p>").nth(1).unwrap();
            assert!(last.contains("<w:keepNext/>"), "{name}: {last}");
            assert!(signatures.contains("<w:cantSplit/>") && signatures.contains("<w:sectPr>"));
        }
    }
}
