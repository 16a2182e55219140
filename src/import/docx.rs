//! The words of a DOCX, as Word, `LibreOffice`, Google Docs and pandoc write it (ECMA-376, transitional).
//!
//! Read as a stream within fixed bounds: however much a file pretends to hold, no part of it is inflated beyond a bound.
//! Tracked deletions are left out, insertions are text; of two drawings of one thing the first counts. Numbers that a word processor
//! counts are read as if somebody had typed them.

mod body;
mod lists;
mod notes;
mod styles;

use std::io::{BufReader, Read, Seek};

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
};
use zip::{ZipArchive, result::ZipError};

use self::{body::Body, lists::Lists, notes::Notes, styles::Styles};
use super::{Keynote, Omission};

/// How many bytes of one part are read: a thousand pages of text and their marks. A part that goes on was made to do harm.
const LARGEST_PART: u64 = 16 << 20;
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
    let (mut styles, mut lists) = (Styles::default(), Lists::default());
    beside(&mut archive, folder, "styles", |event| styles.take(event))?;
    beside(&mut archive, folder, "numbering", |event| lists.take(event))?;
    let mut notes = Notes::default();
    for what in [Omission::Footnote, Omission::Endnote, Omission::Comment] {
        beside(&mut archive, folder, notes::part(what), |event| notes.take(what, event))?;
    }
    let mut body = Body::new(styles, lists, notes);
    part(&mut archive, &main, |event| body.take(event))?;
    if !body.has_capitals() {
        return Ok(body.finished());
    }
    let mut shown = body.as_shown();
    part(&mut archive, &main, |event| shown.take(event))?;
    Ok(Keynote { shown: shown.finished().sections, ..body.finished() })
}

/// Goes through a part beside the main one, should there be such a part.
fn beside<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    folder: &str,
    name: &str,
    take: impl FnMut(&Event<'_>),
) -> Result<(), DocxError> {
    match part(archive, &format!("{folder}/{name}.xml"), take) {
        Err(DocxError::NotDocx) => Ok(()),
        other => other,
    }
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

#[cfg(test)]
mod tests;
