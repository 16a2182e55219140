//! The styles of an office's own DOCX in the place of ours.
//!
//! Styles are known by their names, since the ids that office programs give them differ from language to language; whatever the file has
//! under one of our names takes our id. What it has not stays ours, and is named.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::styles::Definition;

/// The most that the part with the styles may be, in bytes.
const MOST: u64 = 8 << 20;
const OPENING: &str = "<w:style ";
const CLOSING: &str = "</w:style>";

/// Why an office's file cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StylesFault {
    /// Not a DOCX, or one without styles.
    NotDocx,
    /// More than styles can be.
    TooLarge,
    /// Declares a document type, which no office program writes.
    Doctype,
}

/// The styles of an office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficeStyles {
    /// What stands before the first style.
    head: String,
    styles: Vec<Known>,
}

/// A style of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Known {
    id: String,
    name: String,
    xml: String,
}

impl OfficeStyles {
    /// Reads the styles of a DOCX.
    ///
    /// # Errors
    /// [`StylesFault`].
    pub fn read(bytes: &[u8]) -> Result<Self, StylesFault> {
        let text = part(bytes)?;
        if text.contains("<!DOCTYPE") {
            return Err(StylesFault::Doctype);
        }
        let body = text.strip_suffix("</w:styles>").ok_or(StylesFault::NotDocx)?;
        let mut pieces = body.split(OPENING);
        let head = pieces.next().filter(|head| head.contains("<w:styles")).ok_or(StylesFault::NotDocx)?;
        let styles = pieces.map(known).collect::<Option<Vec<Known>>>().ok_or(StylesFault::NotDocx)?;
        Ok(Self { head: head.to_owned(), styles })
    }

    /// The names of those of our styles that the file has not.
    pub(super) fn missing<'a>(&self, ours: &'a [Definition]) -> Vec<&'a str> {
        ours.iter().filter(|own| self.standing_for(own).is_none()).map(|own| own.name).collect()
    }

    /// The part with the styles: the office's under our ids, and ours where it has none.
    pub(super) fn render(&self, ours: &[Definition]) -> Vec<u8> {
        let mut styles: String = self.styles.iter().map(|style| style.xml.as_str()).collect();
        for own in ours {
            match self.standing_for(own) {
                Some(style) if style.id != own.id => rename(&mut styles, &style.id, own.id),
                Some(_) => {}
                None => styles.push_str(&own.xml),
            }
        }
        format!("{}{styles}</w:styles>", self.head).into_bytes()
    }

    fn standing_for(&self, own: &Definition) -> Option<&Known> {
        let by_id = self.styles.iter().find(|style| style.id == own.id);
        by_id.or_else(|| self.styles.iter().find(|style| style.name.eq_ignore_ascii_case(own.name)))
    }
}

/// The part with the styles, as text.
fn part(bytes: &[u8]) -> Result<String, StylesFault> {
    let not_docx = |_unreadable| StylesFault::NotDocx;
    let mut package = ZipArchive::new(Cursor::new(bytes)).map_err(not_docx)?;
    let file = package.by_name("word/styles.xml").map_err(not_docx)?;
    let mut text = String::new();
    file.take(MOST + 1).read_to_string(&mut text).map_err(|_unreadable| StylesFault::NotDocx)?;
    if u64::try_from(text.len()).is_ok_and(|length| length <= MOST) {
        Ok(text.trim_end().to_owned())
    } else {
        Err(StylesFault::TooLarge)
    }
}

/// A style from what stands behind its opening.
fn known(piece: &str) -> Option<Known> {
    let end = piece.find(CLOSING)? + CLOSING.len();
    let xml = format!("{OPENING}{}", piece.get(..end)?);
    let after = |mark: &str| Some(xml.split_once(mark)?.1.split_once('"')?.0.to_owned());
    Some(Known { id: after("w:styleId=\"")?, name: after("<w:name w:val=\"")?, xml })
}

/// Gives a style another id, wherever other styles name it too.
fn rename(styles: &mut String, from: &str, to: &str) {
    for (before, behind) in [
        ("w:styleId=\"", "\""),
        ("<w:basedOn w:val=\"", "\""),
        ("<w:next w:val=\"", "\""),
        ("<w:link w:val=\"", "\""),
    ] {
        *styles = styles.replace(&format!("{before}{from}{behind}"), &format!("{before}{to}{behind}"));
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn package(name: &str, text: &str) -> Vec<u8> {
        let mut package = ZipWriter::new(Cursor::new(Vec::new()));
        package.start_file(name, SimpleFileOptions::default()).unwrap();
        package.write_all(text.as_bytes()).unwrap();
        package.finish().unwrap().into_inner()
    }

    fn own(id: &'static str, name: &'static str) -> Definition {
        Definition {
            id,
            name,
            xml: format!("<w:style w:styleId=\"{id}\"><w:name w:val=\"{name}\"/></w:style>"),
        }
    }

    #[test]
    fn styles_are_known_by_name_and_take_our_ids_and_what_is_missing_is_ours() {
        let text = "<?xml?><w:styles xmlns:w=\"x\"><w:docDefaults/>\
                    <w:style w:type=\"paragraph\" w:styleId=\"u1\"><w:name w:val=\"heading 1\"/></w:style>\
                    <w:style w:type=\"paragraph\" w:styleId=\"u11\"><w:name w:val=\"x\"/><w:basedOn w:val=\"u1\"/></w:style></w:styles>";
        let styles = OfficeStyles::read(&package("word/styles.xml", text)).unwrap();
        let ours = [own("Heading1", "heading 1"), own("Title", "Title")];
        assert_eq!(styles.missing(&ours), ["Title"]);
        let rendered = String::from_utf8(styles.render(&ours)).unwrap();
        assert_eq!(
            rendered,
            "<?xml?><w:styles xmlns:w=\"x\"><w:docDefaults/>\
             <w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/></w:style>\
             <w:style w:type=\"paragraph\" w:styleId=\"u11\"><w:name w:val=\"x\"/><w:basedOn w:val=\"Heading1\"/></w:style>\
             <w:style w:styleId=\"Title\"><w:name w:val=\"Title\"/></w:style></w:styles>"
        );
    }

    #[test]
    fn what_is_no_file_of_styles_is_refused() {
        let refused = |bytes: &[u8]| OfficeStyles::read(bytes).unwrap_err();
        assert_eq!(refused(b"PK, but no more"), StylesFault::NotDocx);
        assert_eq!(refused(&package("word/document.xml", "<w:document/>")), StylesFault::NotDocx);
        assert_eq!(refused(&package("word/styles.xml", "<w:styles><w:style ")), StylesFault::NotDocx);
        let doctype = "<!DOCTYPE x><w:styles></w:styles>";
        assert_eq!(refused(&package("word/styles.xml", doctype)), StylesFault::Doctype);
        let bomb = " ".repeat(9 << 20);
        assert_eq!(refused(&package("word/styles.xml", &bomb)), StylesFault::TooLarge);
    }
}
