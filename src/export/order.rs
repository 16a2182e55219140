//! What a person wants written, as the command line says it.

use super::{ExportError, Profile, Profiles};
use crate::{
    document::{Depth, Paper},
    domain::{board::Board, kind::Layout, session::Session},
};

/// A file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Office Open XML, as Word writes it.
    Docx,
    /// PDF/A, for archives.
    #[cfg(feature = "pdf")]
    Pdf,
    /// One page for browsers, printers and phones.
    Html,
    /// Markdown.
    Markdown,
    /// Plain text, 80 columns.
    Text,
    /// The tables of papers, for spreadsheets.
    Csv,
    /// All records, versioned.
    Json,
}

impl Format {
    /// All formats that this build writes.
    pub const ALL: &[Self] = &[
        Self::Docx,
        #[cfg(feature = "pdf")]
        Self::Pdf,
        Self::Html,
        Self::Markdown,
        Self::Text,
        Self::Csv,
        Self::Json,
    ];

    /// The names of all that this build writes, between commas.
    pub fn names() -> String {
        Self::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ")
    }

    /// The name on the command line, and the ending of files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            #[cfg(feature = "pdf")]
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Text => "txt",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

/// A page about the session as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    /// The chair's.
    Chair,
    /// The figures.
    Statistics,
}

impl Page {
    /// The pages by their names on the command line.
    const NAMED: [(&str, Self); 2] = [("chair", Self::Chair), ("statistics", Self::Statistics)];
}

/// What to export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// In which formats.
    pub formats: Vec<Format>,
    /// Whether PDF was asked for too, of a build that cannot write it.
    pub pdf: bool,
    /// Which papers.
    pub papers: Vec<Paper>,
    /// The pages that were asked for too, which are no papers and always texts.
    pub pages: Vec<Page>,
    /// How much the minutes tell.
    pub depth: Depth,
    /// In which family; without it, in the session's.
    pub layout: Option<Layout>,
    /// By which profile; without it, by the one that holds on the session's day.
    pub profile: Option<String>,
    /// What the files' names begin with; without it, the session's quarter.
    pub stem: Option<String>,
}

impl Order {
    /// Every paper in every format.
    pub fn all(depth: Depth) -> Self {
        let (formats, papers) = (Format::ALL.to_vec(), Paper::ALL.to_vec());
        Self {
            formats,
            pdf: false,
            papers,
            pages: Vec::new(),
            depth,
            layout: None,
            profile: None,
            stem: None,
        }
    }

    /// Reads two lists with commas between and a depth, as the command line gives them.
    ///
    /// # Errors
    /// The first name that is not known, with those that are; [`ExportError::NoPdf`] if there is no other format.
    pub fn parse(formats: &str, papers: &str, depth: &str) -> Result<Self, ExportError> {
        let (formats, pdf) = parse_formats(formats)?;
        let known = Depth::ALL.into_iter().find(|known| known.name() == depth.trim());
        let depth = known.ok_or_else(|| ExportError::Depth(depth.to_owned()))?;
        let (papers, pages) = parse_papers(papers)?;
        Ok(Self { formats, pdf, papers, pages, depth, layout: None, profile: None, stem: None })
    }

    /// The same in a layout (`party`, `state`, `auto`) and by a profile.
    ///
    /// # Errors
    /// [`ExportError::Layout`].
    pub fn in_form(self, layout: &str, profile: Option<&str>) -> Result<Self, ExportError> {
        let layout = match layout.trim() {
            "auto" => None,
            name => Some(Layout::named(name).ok_or_else(|| ExportError::Layout(name.to_owned()))?),
        };
        Ok(Self { layout, profile: profile.map(|name| name.trim().to_owned()), ..self })
    }

    /// The same under names that begin so.
    #[must_use]
    pub fn under(self, stem: String) -> Self {
        Self { stem: Some(stem), ..self }
    }

    /// The profile that holds for a board.
    ///
    /// # Errors
    /// [`ExportError::NoProfile`].
    pub(super) fn choose<'a>(
        &self,
        board: &Board,
        profiles: &'a Profiles,
    ) -> Result<&'a Profile, ExportError> {
        let session = Session::of(board);
        let own = session.map_or(Layout::Party, Session::layout);
        let family = self.layout.unwrap_or(own);
        let of_family = || (family.name(), profiles.of(family, session.and_then(Session::date)));
        let named = self.profile.as_deref().map(|name| (name, profiles.named(name)));
        let (name, chosen) = named.unwrap_or_else(of_family);
        let known = || profiles.names().into_iter().map(str::to_owned).collect();
        chosen.ok_or_else(|| ExportError::NoProfile(name.to_owned(), known()))
    }
}

/// The names in a list.
fn names(list: &str) -> impl Iterator<Item = &str> {
    list.split(',').map(str::trim)
}

/// The formats of a list, and whether PDF is in it although this build cannot write it.
fn parse_formats(list: &str) -> Result<(Vec<Format>, bool), ExportError> {
    let (mut formats, mut pdf) = (Vec::new(), false);
    for name in names(list) {
        match Format::ALL.iter().find(|format| format.name() == name) {
            Some(format) => formats.push(*format),
            None if name == "pdf" => pdf = true,
            None => return Err(ExportError::Format(name.to_owned())),
        }
    }
    if formats.is_empty() {
        return Err(ExportError::NoPdf);
    }
    formats.sort_unstable();
    formats.dedup();
    Ok((formats, pdf))
}

/// The papers of a list, and the pages in it.
fn parse_papers(list: &str) -> Result<(Vec<Paper>, Vec<Page>), ExportError> {
    let is_named = |name: &str| names(list).any(|known| known == name);
    let pages = Page::NAMED.iter().filter(|(name, _)| is_named(name)).map(|(_, page)| *page).collect();
    let is_page = |name: &str| Page::NAMED.iter().any(|(known, _)| *known == name);
    let mut papers = Vec::new();
    for name in names(list).filter(|name| !is_page(name)) {
        match Paper::ALL.into_iter().find(|paper| paper.name() == name) {
            Some(paper) => papers.push(paper),
            None if name == "all" => papers.extend(Paper::ALL),
            None => return Err(ExportError::Paper(name.to_owned())),
        }
    }
    papers.sort_unstable();
    papers.dedup();
    Ok((papers, pages))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_and_what_is_not_known_is_named() {
        let order = Order::parse("txt, md,md", "all", "main-course").unwrap();
        assert_eq!(order.formats, [Format::Markdown, Format::Text]);
        assert_eq!((order.papers, order.depth), (Paper::ALL.to_vec(), Depth::MainCourse));
        let error = |format, paper, depth| Order::parse(format, paper, depth).unwrap_err();
        assert_eq!(error("odt", "all", "full"), ExportError::Format("odt".to_owned()));
        assert_eq!(error("md", "plan", "full"), ExportError::Paper("plan".to_owned()));
        assert_eq!(error("md", "all", "deep"), ExportError::Depth("deep".to_owned()));
        let order = Order::parse("md", "notice", "full").unwrap();
        let form = |layout: &str| order.clone().in_form(layout, None);
        assert_eq!(form("state").unwrap().layout, Some(Layout::State));
        assert_eq!(form("auto").unwrap().layout, None);
        assert_eq!(form("army").unwrap_err(), ExportError::Layout("army".to_owned()));
    }

    #[test]
    fn pages_stand_beside_papers_and_are_none() {
        let order = |papers| Order::parse("md", papers, "full").unwrap();
        assert_eq!((order("chair").papers, order("chair").pages), (Vec::new(), vec![Page::Chair]));
        assert_eq!((order("chair,notice").papers, order("all").pages), (vec![Paper::Notice], Vec::new()));
        assert_eq!(order("statistics,chair").pages, [Page::Chair, Page::Statistics]);
    }

    #[cfg(not(feature = "pdf"))]
    #[test]
    fn pdf_is_no_format_of_a_build_without_it_and_the_others_are_written_all_the_same() {
        assert_eq!(Order::parse("pdf", "notice", "full").unwrap_err(), ExportError::NoPdf);
        let order = Order::parse("docx,pdf", "notice", "full").unwrap();
        assert_eq!((order.formats, order.pdf), (vec![Format::Docx], true));
        assert!(!Order::parse("docx", "notice", "full").unwrap().pdf);
    }
}
