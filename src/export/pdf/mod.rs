//! A paper as PDF/A-2a: tagged, every letter as text, its fonts inside.
//!
//! What a paper says and every length of its profile go as data to a template, which says how that is set; a library sets it and holds the
//! file against the standard. Nothing is fetched and no file is read.

mod data;
mod faces;
mod marks;
mod text;

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, FixedOffset, Timelike};
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::{File, profile::Profile};
use crate::document::Document;
use data::Data;
use faces::Faces;

/// How a paper is set.
const TEMPLATE: &str = include_str!("../../../assets/pdf/paper.typ");
/// Under which name the library reads it.
const MAIN: &str = "paper.typ";
/// Under which name the template reads the data.
const DATA: &str = "paper.json";

/// A paper that is printed.
#[derive(Debug)]
pub(super) struct Printed {
    /// The file.
    pub(super) bytes: Vec<u8>,
    /// What no face has, shown as an empty square.
    pub(super) unprintable: BTreeSet<String>,
}

/// What papers are printed with.
pub(super) struct Press {
    faces: Faces,
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
}

impl Press {
    /// With an office's fonts before the program's own.
    pub(super) fn new(office: &[Vec<u8>]) -> Self {
        let faces = Faces::new(office);
        let book = LazyHash::new(FontBook::from_fonts(faces.all()));
        Self { faces, library: LazyHash::new(Library::default()), book }
    }

    /// Prints a paper whose newest content is of `moment`; what goes wrong is told in the library's words.
    pub(super) fn print(
        &self,
        document: &Document,
        profile: &Profile,
        moment: Option<DateTime<FixedOffset>>,
    ) -> Result<Printed, String> {
        let (data, unprintable) = Data::of(document, profile, &self.faces);
        let options = options(moment)?;
        let bytes =
            self.set(&data).and_then(|set| typst_pdf::pdf(&set, &options).map_err(|told| words(&told)));
        // What the library remembers of a paper is of no use for the next.
        comemo::evict(0);
        Ok(Printed { bytes: bytes?, unprintable })
    }

    /// The two files that the library reads of a paper: how it is set, and what it says.
    pub(super) fn source(&self, document: &Document, profile: &Profile) -> Result<[File; 2], String> {
        let (data, _) = Data::of(document, profile, &self.faces);
        let data = serde_json::to_vec(&data).map_err(|error| error.to_string())?;
        let file = |name: &str, bytes| File { name: name.to_owned(), bytes };
        Ok([file(MAIN, TEMPLATE.as_bytes().to_vec()), file(DATA, data)])
    }

    /// The pages of a paper.
    fn set(&self, data: &Data<'_>) -> Result<PagedDocument, String> {
        let data = serde_json::to_vec(data).map_err(|error| error.to_string())?;
        let set = typst::compile(&Sheet::new(self, data)?).output.map_err(|told| words(&told))?;
        Ok(marks::joined(set))
    }
}

/// One paper on the press: the world that the library sees.
struct Sheet<'a> {
    press: &'a Press,
    template: Source,
    data: (FileId, Bytes),
}

impl<'a> Sheet<'a> {
    fn new(press: &'a Press, data: Vec<u8>) -> Result<Self, String> {
        let template = Source::new(file(MAIN)?, TEMPLATE.to_owned());
        Ok(Self { press, template, data: (file(DATA)?, Bytes::new(data)) })
    }
}

fn file(name: &str) -> Result<FileId, String> {
    let path = VirtualPath::new(name).map_err(|error| error.to_string())?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl World for Sheet<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.press.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.press.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.template.id() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let (data, bytes) = &self.data;
        if id == *data { Ok(bytes.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.press.faces.all().get(index).cloned()
    }

    /// A paper knows no clock.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// The standard, and the date that it asks for: that of the newest content, or of no time at all.
fn options(moment: Option<DateTime<FixedOffset>>) -> Result<PdfOptions, String> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a]).map_err(|told| told.message().to_string())?;
    let creator = Smart::Custom(Some(format!("hoinghi {}", env!("CARGO_PKG_VERSION"))));
    let timestamp = timestamp(moment.unwrap_or_default());
    Ok(PdfOptions { creator, timestamp, standards, ..PdfOptions::default() })
}

fn timestamp(moment: DateTime<FixedOffset>) -> Option<Timestamp> {
    let small = |number: u32| u8::try_from(number).ok();
    let moment_of_day = Datetime::from_ymd_hms(
        moment.year(),
        small(moment.month())?,
        small(moment.day())?,
        small(moment.hour())?,
        small(moment.minute())?,
        small(moment.second())?,
    )?;
    Timestamp::new_local(moment_of_day, moment.offset().local_minus_utc() / 60)
}

fn words(told: &[SourceDiagnostic]) -> String {
    told.first().map(|first| first.message.to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
