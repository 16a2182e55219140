use std::io::{Cursor, Write};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::{import::Section, text::legacy::Legacy};

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn document(body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>"#
    )
}

fn styles(styles: &[(&str, &str, &str)]) -> String {
    let style = |(id, name, rest): &(&str, &str, &str)| {
        format!(r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{rest}</w:style>"#)
    };
    let all: String = styles.iter().map(style).collect();
    format!(
        r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{all}</w:styles>"#
    )
}

fn read(body: &str) -> Keynote {
    keynote(Cursor::new(archive(&[(MAIN, &document(body))]))).unwrap()
}

fn paragraph(text: &str) -> String {
    format!(r#"<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#)
}

fn styled(style: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
}

fn words(section: &Section) -> Vec<&str> {
    section.paragraphs.iter().map(String::as_str).collect()
}

fn shape(keynote: &Keynote) -> Vec<(&str, Vec<&str>)> {
    keynote.sections.iter().map(|section| (section.heading.as_str(), words(section))).collect()
}

#[test]
fn headings_are_known_by_style_name_level_weight_and_shape() {
    let styles = styles(&[
        ("u1", "heading 1", ""),
        ("DeMuc", "Đề mục của cơ quan", r#"<w:basedOn w:val="u1"/>"#),
        ("Muc", "Mục", r#"<w:pPr><w:outlineLvl w:val="1"/></w:pPr>"#),
        ("Than", "Thân", r#"<w:pPr><w:outlineLvl w:val="9"/></w:pPr>"#),
    ]);
    let bold = r"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Nguyên nhân</w:t></w:r></w:p>";
    let unbold = r#"<w:p><w:r><w:rPr><w:b w:val="0"/></w:rPr><w:t>không đậm</w:t></w:r></w:p>"#;
    let half = r"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>đậm</w:t></w:r><w:r><w:t> và không</w:t></w:r></w:p>";
    let body = [
        styled("DeMuc", "I. Thực trạng"),
        paragraph("một"),
        styled("Muc", "Kết quả"),
        styled("Than", "hai"),
        bold.to_owned(),
        unbold.to_owned(),
        half.to_owned(),
        paragraph("a) Về dữ liệu"),
        paragraph("ba"),
    ];
    let parts = [(MAIN, document(&body.concat())), ("word/styles.xml", styles)];
    let parts: Vec<_> = parts.iter().map(|(name, content)| (*name, content.as_str())).collect();
    let keynote = keynote(Cursor::new(archive(&parts))).unwrap();
    assert_eq!(
        shape(&keynote),
        [
            ("Thực trạng", vec!["một"]),
            ("Kết quả", vec!["hai"]),
            ("Nguyên nhân", vec!["không đậm", "đậm và không"]),
            ("Về dữ liệu", vec!["ba"]),
        ]
    );
    assert_eq!(keynote.left_out.iter().map(|left| &*left.text).collect::<Vec<_>>(), ["I.", "a)"]);
}

/// A paragraph that a list counts.
fn listed(list: &str, level: &str, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
    )
}

#[test]
fn what_a_list_counts_is_read_as_if_it_were_typed() {
    let level = |at: &str, format: &str, text: &str, more: &str| {
        format!(
            r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>"#
        )
    };
    let kind = |id: &str, levels: &[String]| {
        format!(r#"<w:abstractNum w:abstractNumId="{id}">{}</w:abstractNum>"#, levels.concat())
    };
    let list = |id: &str, kind: &str, more: &str| {
        format!(r#"<w:num w:numId="{id}"><w:abstractNumId w:val="{kind}"/>{more}</w:num>"#)
    };
    let numbering = [
        r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#.to_owned(),
        kind(
            "0",
            &[
                level("0", "upperRoman", "%1-", r#"<w:pStyle w:val="Muc"/>"#),
                level("1", "decimal", "%2.", ""),
                level("2", "lowerLetter", "%3)", ""),
                level("3", "decimal", "%1.%2.", "<w:isLgl/>"),
            ],
        ),
        kind("1", &[level("0", "bullet", "\u{F0B7}", "")]),
        list("1", "0", ""),
        list("2", "0", r#"<w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride>"#),
        list("3", "1", ""),
        list(
            "4",
            "0",
            &format!(
                r#"<w:lvlOverride w:ilvl="0">{}</w:lvlOverride>"#,
                level("0", "decimal", "Điều %1:", "")
            ),
        ),
        "</w:numbering>".to_owned(),
    ];
    let styles = styles(&[("Muc", "Mục", r#"<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>"#)]);
    let body = [
        styled("Muc", "Thực trạng"),
        listed("1", "1", "Khó khăn trong tiếp nhận"),
        listed("1", "2", "hồ sơ chưa đủ;"),
        listed("1", "2", "dữ liệu chưa liên thông."),
        listed("1", "1", "Nguyên nhân là:"),
        listed("3", "0", "đổi chỗ ở;"),
        styled("Muc", "Kiến nghị"),
        listed("2", "1", "Rà soát lại, báo cáo."),
        listed("1", "3", "Sửa quy định, xin ý kiến."),
        listed("0", "0", "không có số"),
        listed("4", "0", "quy định chung."),
        format!(
            "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
            listed("2", "1", ""),
            paragraph("Q1")
        ),
    ];
    let parts = [
        (MAIN, document(&body.concat())),
        ("word/styles.xml", styles),
        ("word/numbering.xml", numbering.concat()),
    ];
    let parts: Vec<_> = parts.iter().map(|(name, content)| (*name, content.as_str())).collect();
    let keynote = keynote(Cursor::new(archive(&parts))).unwrap();
    assert_eq!(
        shape(&keynote),
        [
            ("Thực trạng", vec![]),
            ("Khó khăn trong tiếp nhận", vec!["a) hồ sơ chưa đủ;", "b) dữ liệu chưa liên thông."]),
            ("Nguyên nhân là:", vec!["- đổi chỗ ở;"]),
            (
                "Kiến nghị",
                vec![
                    "5. Rà soát lại, báo cáo.",
                    "2.5. Sửa quy định, xin ý kiến.",
                    "không có số",
                    "Điều 3: quy định chung.",
                    "5. | Q1",
                ]
            ),
        ]
    );
    let left: Vec<_> = keynote.left_out.iter().map(|left| (left.line, &*left.text)).collect();
    assert_eq!(left, [(1, "I-"), (2, "1."), (5, "2."), (7, "II-")]);
}

#[test]
fn headings_are_known_in_the_names_of_other_languages() {
    for name in
        ["heading 3", "Title", "Tiêu đề 1", "Đề mục", "Titre 2", "Überschrift 1", "Заголовок 1", "标题 1"]
    {
        let styles = styles(&[("x", name, "")]);
        let body = document(&[styled("x", "Thực trạng"), paragraph("một")].concat());
        let bytes = archive(&[(MAIN, &body), ("word/styles.xml", &styles)]);
        assert_eq!(shape(&keynote(Cursor::new(bytes)).unwrap()), [("Thực trạng", vec!["một"])], "{name}");
    }
    for name in ["Tiêu đề bảng", "Body Text", "heading 1 Char"] {
        let styles = styles(&[("x", name, "")]);
        let body = document(&styled("x", "Thực trạng"));
        let bytes = archive(&[(MAIN, &body), ("word/styles.xml", &styles)]);
        assert_eq!(shape(&keynote(Cursor::new(bytes)).unwrap()), [("", vec!["Thực trạng"])], "{name}");
    }
}

#[test]
fn notes_remarks_and_lines_of_contents_are_left_out_with_their_words() {
    let notes = |mark: &str, words: &str| {
        format!(
            r#"<w:{mark}s xmlns:w="x"><w:{mark} w:type="separator" w:id="-1"><w:p/></w:{mark}><w:{mark} w:id="1"><w:p><w:r><w:{mark}Ref/><w:t xml:space="preserve"> {words} &amp; Sở</w:t></w:r></w:p></w:{mark}></w:{mark}s>"#
        )
    };
    let styles = styles(&[("TOC1", "toc 1", "")]);
    let body = [
        styled("TOC1", "Thực trạng 3"),
        r#"<w:p><w:pPr><w:pStyle w:val="Normal"/><w:pPrChange w:id="3"><w:pPr><w:pStyle w:val="TOC1"/></w:pPr></w:pPrChange></w:pPr><w:r><w:t>một</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:endnoteReference w:id="1"/></w:r><w:r><w:commentReference w:id="1"/></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>"#
            .to_owned(),
    ];
    let parts = [
        (MAIN, document(&body.concat())),
        ("word/styles.xml", styles),
        ("word/footnotes.xml", notes("footnote", "Theo Ban")),
        ("word/endnotes.xml", notes("endnote", "Xem Ban")),
        ("word/comments.xml", notes("comment", "Hỏi Ban")),
    ];
    let parts: Vec<_> = parts.iter().map(|(name, content)| (*name, content.as_str())).collect();
    let keynote = keynote(Cursor::new(archive(&parts))).unwrap();
    assert_eq!(shape(&keynote), [("", vec!["một"])]);
    let left: Vec<_> = keynote.left_out.iter().map(|left| (left.line, left.what, &*left.text)).collect();
    assert_eq!(
        left,
        [
            (1, Omission::Contents, "Thực trạng 3"),
            (2, Omission::Footnote, "Theo Ban & Sở"),
            (2, Omission::Footnote, "…"),
            (2, Omission::Endnote, "Xem Ban & Sở"),
            (2, Omission::Comment, "Hỏi Ban & Sở"),
        ]
    );
}

#[test]
fn a_table_is_read_row_by_row_and_one_in_another_with_its_cell() {
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", paragraph(text));
    let inner = format!("<w:tc><w:tbl><w:tr>{}{}</w:tr></w:tbl><w:p/></w:tc>", cell("x"), cell("y"));
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell("Q1"),
        cell("4 đảng viên"),
        cell("Q3"),
        inner
    );
    assert_eq!(shape(&read(&body)), [("", vec!["Q1 | 4 đảng viên", "Q3 | x | y"])]);
}

#[test]
fn tracked_changes_boxes_and_marks_are_read_as_a_person_sees_them() {
    let body = r#"<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs></w:pPr>
        <w:r><w:t>Đề</w:t><w:noBreakHyphen/><w:t>an</w:t><w:tab/><w:t>A &amp; B &#7879; &lt;</w:t></w:r>
        <w:del><w:r><w:delText>bỏ đi</w:delText></w:r></w:del><w:ins><w:r><w:t xml:space="preserve"> thêm</w:t></w:r></w:ins>
        <w:moveFrom><w:r><w:t>chuyển đi</w:t></w:r></w:moveFrom>
        <w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:drawing/></w:r>
        <w:r><mc:AlternateContent><mc:Choice><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>"#;
    let keynote = read(body);
    assert_eq!(shape(&keynote), [("", vec!["trong khung", "Đề-an A & B ệ < thêm"])]);
    let left: Vec<_> = keynote.left_out.iter().map(|left| (left.what, &*left.text)).collect();
    assert_eq!(left, [(Omission::Image, "…"), (Omission::Footnote, "…"), (Omission::Deleted, "bỏ đi")]);
}

#[test]
fn small_letters_in_a_font_of_capitals_are_offered_as_capitals() {
    let run = |font: &str, text: &str| {
        format!(
            r#"<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#
        )
    };
    let styles = styles(&[
        ("Hoa", "Chữ hoa", r#"<w:rPr><w:rFonts w:ascii=".VnTimeH"/></w:rPr>"#),
        ("Con", "Con", r#"<w:basedOn w:val="Hoa"/>"#),
    ]);
    let body = format!(
        "{}<w:p>{}{}</w:p><w:p><w:pPr><w:pStyle w:val=\"Con\"/></w:pPr><w:r><w:t>kiÕn nghÞ víi thµnh ñy</w:t></w:r></w:p>{}",
        format_args!("<w:p>{}</w:p>", run(".VnTimeH", "thùc tr¹ng c«ng t¸c")),
        run(".VnTimeH", "®¶ng ñy"),
        run(".VnTime", " x· tæ chøc héi nghÞ"),
        "<w:tbl><w:tr><w:tc><w:p>".to_owned() + &run(".VnArialH", "quËn") + "</w:p></w:tc></w:tr></w:tbl>",
    );
    let document = document(&body);
    let keynote = keynote(Cursor::new(archive(&[(MAIN, &document), ("word/styles.xml", &styles)]))).unwrap();
    assert_eq!(keynote.sections[0].paragraphs[1], "®¶ng ñy x· tæ chøc héi nghÞ", "as it stands");
    let (encoding, sections) = keynote.offer().unwrap();
    let told: Vec<_> = sections.iter().map(|section| (section.heading.as_str(), words(section))).collect();
    assert_eq!(encoding, Legacy::Tcvn3);
    assert_eq!(
        told,
        [
            ("THỰC TRẠNG CÔNG TÁC", vec!["ĐẢNG ỦY xã tổ chức hội nghị"]),
            ("KIẾN NGHỊ VỚI THÀNH ỦY", vec!["QUẬN"]),
        ]
    );
}

#[test]
fn decomposed_letters_are_composed() {
    let nfd = "Kho\u{301} kha\u{306}n";
    assert_eq!(shape(&read(&paragraph(nfd))), [("", vec!["Khó khăn"])]);
}

#[test]
fn the_main_part_is_the_one_that_is_named() {
    let relations = r#"<Relationships><Relationship Id="1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="/w/d.xml"/></Relationships>"#;
    let document = document(&paragraph("ở nơi khác"));
    let bytes = archive(&[("_rels/.rels", relations), ("w/d.xml", &document)]);
    assert_eq!(shape(&keynote(Cursor::new(bytes)).unwrap()), [("", vec!["ở nơi khác"])]);
}

#[test]
fn what_is_no_document_or_does_harm_is_refused() {
    let refused = |bytes: Vec<u8>| keynote(Cursor::new(bytes)).unwrap_err();
    let whole = archive(&[(MAIN, &document(&paragraph("một")))]);
    assert!(matches!(refused(b"PK\x03\x04 nothing".to_vec()), DocxError::NotDocx));
    assert!(matches!(refused(whole[..whole.len() / 2].to_vec()), DocxError::NotDocx));
    assert!(matches!(refused(archive(&[("content.xml", "<a/>")])), DocxError::NotDocx));
    let entity = r#"<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>"#;
    assert!(matches!(refused(archive(&[(MAIN, entity)])), DocxError::Doctype));
    assert!(matches!(refused(archive(&[(MAIN, "<w:document><w:body>")])), DocxError::Broken(_)));
    assert!(matches!(refused(archive(&[(MAIN, "<a></b>")])), DocxError::Broken(_)));
    let bomb = document(&paragraph(&"a".repeat(17 << 20)));
    assert!(matches!(refused(archive(&[(MAIN, &bomb)])), DocxError::TooLarge));
}
