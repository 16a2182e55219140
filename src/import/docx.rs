//! The words of a DOCX, as Word, `LibreOffice`, Google Docs and pandoc write it (ECMA-376, transitional).
//!
//! Read as a stream within fixed bounds: however much a file pretends to hold, no part of it is inflated beyond a bound.
//! Tracked deletions are left out, insertions are text; of two drawings of one thing the first counts.

mod styles;

use std::io::{BufReader, Read, Seek};

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
};
use zip::{ZipArchive, result::ZipError};

use self::styles::{Styles, capitals, is_outlined};
use super::{Keynote, Omission, is_short};
use crate::text::{
    legacy::{self, Legacy},
    nfc,
};

/// How many bytes of one part are read: a thousand pages of text and their marks. A part that goes on was made to do harm.
const LARGEST_PART: u64 = 16 << 20;
/// Stands in the report for what has no words.
const UNTOLD: &str = "…";
/// The main part where nothing names another.
const MAIN: &str = "word/document.xml";

/// Why a file was not read as a DOCX.
#[derive(Debug, thiserror::Error)]
pub enum DocxError {
    /// It is no archive, or one without a document.
    #[error("not a DOCX")]
    NotDocx,
    /// A part inflates beyond the bound.
    #[error("a part is larger than {LARGEST_PART} bytes")]
    TooLarge,
    /// It declares entities of its own, which no writer of documents does.
    #[error("it declares a document type")]
    Doctype,
    /// It ends too early, or its marks do not fit each other.
    #[error("broken: {0}")]
    Broken(String),
}

impl From<ZipError> for DocxError {
    fn from(error: ZipError) -> Self {
        match error {
            ZipError::Io(error) => Self::Broken(error.to_string()),
            ZipError::FileNotFound | ZipError::InvalidArchive(_) | ZipError::UnsupportedArchive(_) => {
                Self::NotDocx
            }
            other => Self::Broken(other.to_string()),
        }
    }
}

impl From<quick_xml::Error> for DocxError {
    fn from(error: quick_xml::Error) -> Self {
        Self::Broken(error.to_string())
    }
}

/// Reads the keynote in a DOCX.
///
/// A paragraph is a heading by its style or outline level, by being short and bold, or by the shapes of [`super::keynote`]; a row of
/// a table is a paragraph. Lines in the report are paragraphs, from 1.
///
/// # Errors
/// [`DocxError`].
pub fn keynote<R: Read + Seek>(source: R) -> Result<Keynote, DocxError> {
    let mut archive = ZipArchive::new(source)?;
    let main = main_part(&mut archive)?;
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut styles = Styles::default();
    match part(&mut archive, &format!("{folder}/styles.xml"), |event| styles.take(event)) {
        Ok(()) | Err(DocxError::NotDocx) => {}
        Err(error) => return Err(error),
    }
    let mut body = Body { styles, ..Body::default() };
    part(&mut archive, &main, |event| body.take(event))?;
    if !body.has_capitals {
        return Ok(body.finished());
    }
    let mut shown = Body { styles: std::mem::take(&mut body.styles), as_shown: true, ..Body::default() };
    part(&mut archive, &main, |event| shown.take(event))?;
    Ok(Keynote { shown: shown.keynote.sections, ..body.finished() })
}

/// The name of the main part, as the archive's own list of relations gives it.
fn main_part<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Result<String, DocxError> {
    let mut main = None;
    let named = part(archive, "_rels/.rels", |event| {
        let (Event::Start(mark) | Event::Empty(mark)) = event else { return };
        if attribute(mark, "Type").is_some_and(|kind| kind.ends_with("/officeDocument")) {
            main = attribute(mark, "Target").map(|target| target.trim_start_matches('/').to_owned());
        }
    });
    match named {
        Ok(()) | Err(DocxError::NotDocx) => Ok(main.unwrap_or_else(|| MAIN.to_owned())),
        Err(error) => Err(error),
    }
}

/// Goes through the events of a part.
fn part<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    name: &str,
    mut take: impl FnMut(&Event<'_>),
) -> Result<(), DocxError> {
    let source = BufReader::new(archive.by_name(name)?.take(LARGEST_PART));
    let mut reader = Reader::from_reader(source);
    let mut buffer = Vec::new();
    let mut depth = 0usize;
    loop {
        let event = reader.read_event_into(&mut buffer);
        if reader.get_ref().get_ref().limit() == 0 {
            return Err(DocxError::TooLarge);
        }
        match event? {
            Event::DocType(_) => return Err(DocxError::Doctype),
            Event::Eof if depth > 0 => return Err(DocxError::Broken(format!("{name} ends too early"))),
            Event::Eof => return Ok(()),
            event => {
                depth = match event {
                    Event::Start(_) => depth.saturating_add(1),
                    Event::End(_) => depth.saturating_sub(1),
                    _ => depth,
                };
                take(&event);
            }
        }
        buffer.clear();
    }
}

/// The value of an attribute, whatever prefix the writer gave it.
fn attribute(mark: &BytesStart<'_>, name: &str) -> Option<String> {
    let found =
        mark.attributes().filter_map(Result::ok).find(|found| found.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// The `val` of a mark that switches something: on, unless it says otherwise.
fn is_on(mark: &BytesStart<'_>) -> bool {
    !matches!(attribute(mark, "val").as_deref(), Some("0" | "false" | "off"))
}

/// What a reference in a text stands for; one that nobody declared stands for itself.
fn referred(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return letter.to_string();
    }
    let name: &str = reference;
    quick_xml::escape::resolve_predefined_entity(name).map_or_else(|| format!("&{name};"), str::to_owned)
}

/// What was read of the main part so far.
#[derive(Debug, Default)]
struct Body {
    styles: Styles,
    keynote: Keynote,
    /// How many paragraphs there were.
    number: usize,
    /// Those that are open: one stands in another where a box of text does.
    open: Vec<Paragraph>,
    /// Rows that are open, with their cells: one stands in another where a table does.
    rows: Vec<Vec<String>>,
    run: Run,
    /// Whether letters stood in a font of capitals.
    has_capitals: bool,
    /// Whether letters are read as TCVN3 and capitals as they are shown.
    as_shown: bool,
    /// How deep in content that counts elsewhere.
    skipped: usize,
}

#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    letters: usize,
    bold: usize,
    is_heading: bool,
    /// Whether its style's font is one of capitals.
    capitals: bool,
}

/// Letters of TCVN3 as their font shows them.
fn shown(text: &str, capitals: bool) -> String {
    let text = legacy::convert(Legacy::Tcvn3, text);
    if capitals { text.to_uppercase() } else { text }
}

/// The run of letters that is open.
#[derive(Debug, Default)]
struct Run {
    is_open: bool,
    is_bold: bool,
    /// Whether its own font, or its style's, is one of capitals, should it have one.
    capitals: Option<bool>,
    /// Whether the text that follows is a text's, or a deleted one's.
    takes: Option<Takes>,
}

#[derive(Debug, Clone, Copy)]
enum Takes {
    Text,
    Deleted,
}

impl Body {
    fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(mark) => {
                self.begin(mark);
                self.mark(mark);
            }
            Event::Empty(mark) => self.mark(mark),
            Event::End(mark) => self.end(mark.local_name().as_ref()),
            Event::Text(text) => self.letters(text),
            Event::CData(text) => self.letters(text),
            Event::GeneralRef(reference) => self.letters(&referred(reference)),
            _ => {}
        }
    }

    fn begin(&mut self, mark: &BytesStart<'_>) {
        match mark.local_name().as_ref() {
            "moveFrom" | "Fallback" => self.skipped = self.skipped.saturating_add(1),
            "p" => self.open.push(Paragraph::default()),
            "tr" => self.rows.push(Vec::new()),
            "tc" => {
                if let Some(row) = self.rows.last_mut() {
                    row.push(String::new());
                }
            }
            "r" => self.run = Run { is_open: true, ..Run::default() },
            "t" => self.run.takes = Some(Takes::Text),
            "delText" => self.run.takes = Some(Takes::Deleted),
            _ => {}
        }
    }

    /// What a mark means that has no end of its own.
    fn mark(&mut self, mark: &BytesStart<'_>) {
        let name = mark.local_name();
        match name.as_ref() {
            "pStyle" => {
                let style = attribute(mark, "val").unwrap_or_default();
                self.head(self.styles.is_heading(&style));
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.capitals = self.styles.capitals(&style) == Some(true);
                }
            }
            "rFonts" if self.run.is_open => self.run.capitals = capitals(mark).or(self.run.capitals),
            "rStyle" if self.run.is_open => {
                let style = attribute(mark, "val").unwrap_or_default();
                self.run.capitals = self.run.capitals.or(self.styles.capitals(&style));
            }
            "outlineLvl" => self.head(is_outlined(mark)),
            "b" if self.run.is_open => self.run.is_bold = is_on(mark),
            "tab" | "br" | "cr" if self.run.is_open => self.letter(" "),
            "noBreakHyphen" => self.letter("-"),
            "drawing" | "pict" | "object" => self.leave(Omission::Image, UNTOLD),
            "footnoteReference" | "endnoteReference" => self.leave(Omission::Footnote, UNTOLD),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "moveFrom" | "Fallback" => self.skipped = self.skipped.saturating_sub(1),
            "p" => self.close_paragraph(),
            "tr" => self.close_row(),
            "r" => self.run = Run::default(),
            "t" | "delText" => self.run.takes = None,
            _ => {}
        }
    }

    fn head(&mut self, is_heading: bool) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.is_heading |= is_heading;
        }
    }

    fn letters(&mut self, text: &str) {
        match self.run.takes {
            Some(Takes::Text) => self.letter(text),
            Some(Takes::Deleted) => self.leave(Omission::Deleted, text),
            None => {}
        }
    }

    fn letter(&mut self, text: &str) {
        let Some(paragraph) = self.open.last_mut().filter(|_| self.skipped == 0) else { return };
        let capitals = self.run.capitals.unwrap_or(paragraph.capitals);
        self.has_capitals |= capitals;
        let shown = self.as_shown.then(|| shown(text, capitals));
        let text = shown.as_deref().unwrap_or(text);
        let letters = text.chars().filter(|letter| letter.is_alphanumeric()).count();
        paragraph.text.push_str(text);
        paragraph.letters = paragraph.letters.saturating_add(letters);
        if self.run.is_bold {
            paragraph.bold = paragraph.bold.saturating_add(letters);
        }
    }

    fn leave(&mut self, what: Omission, text: &str) {
        if self.skipped == 0 {
            self.keynote.leave(what, self.number.saturating_add(1), text);
        }
    }

    fn close_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        let text = nfc::clean(&paragraph.text).replace('\n', " ");
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if let Some(cell) = self.rows.last_mut().and_then(|row| row.last_mut()) {
            let gap = if cell.is_empty() { "" } else { " " };
            cell.push_str(gap);
            cell.push_str(text);
            return;
        }
        self.number = self.number.saturating_add(1);
        let is_bold = paragraph.letters > 0 && paragraph.bold == paragraph.letters;
        if paragraph.is_heading || (is_bold && is_short(text)) {
            self.keynote.begin(self.number, text);
        } else {
            self.keynote.line(self.number, text);
        }
    }

    fn close_row(&mut self) {
        let Some(row) = self.rows.pop() else { return };
        let text = row.iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(" | ");
        match self.rows.last_mut().and_then(|outer| outer.last_mut()) {
            Some(cell) => cell.push_str(&text),
            None if text.is_empty() => {}
            None => {
                self.number = self.number.saturating_add(1);
                self.keynote.paragraph(text);
            }
        }
    }

    fn finished(mut self) -> Keynote {
        self.keynote.left_out.sort_by_key(|left| (left.line, left.what));
        self.keynote
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;
    use crate::import::Section;

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
            format!(
                r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{rest}</w:style>"#
            )
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
        let half =
            r"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>đậm</w:t></w:r><w:r><w:t> và không</w:t></w:r></w:p>";
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
        assert_eq!(
            left,
            [(Omission::Image, UNTOLD), (Omission::Footnote, UNTOLD), (Omission::Deleted, "bỏ đi")]
        );
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
            "<w:tbl><w:tr><w:tc><w:p>".to_owned()
                + &run(".VnArialH", "quËn")
                + "</w:p></w:tc></w:tr></w:tbl>",
        );
        let document = document(&body);
        let keynote =
            keynote(Cursor::new(archive(&[(MAIN, &document), ("word/styles.xml", &styles)]))).unwrap();
        assert_eq!(keynote.sections[0].paragraphs[1], "®¶ng ñy x· tæ chøc héi nghÞ", "as it stands");
        let (encoding, sections) = keynote.offer().unwrap();
        let told: Vec<_> =
            sections.iter().map(|section| (section.heading.as_str(), words(section))).collect();
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
}
