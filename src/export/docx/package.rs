//! The small parts of the package around the text.

use super::xml::{Attribute, Xml};
use crate::{document::Document, export::profile::Profile};

pub(super) const W: Attribute<'static> =
    ("xmlns:w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main");
pub(super) const R: Attribute<'static> =
    ("xmlns:r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
const RELATIONS: Attribute<'static> =
    ("xmlns", "http://schemas.openxmlformats.org/package/2006/relationships");
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// What belongs to the text: the kind, which is also the part of its content type, and the file. The place is its id.
const BELONGINGS: [(&str, &str); 7] = [
    ("styles", "styles.xml"),
    ("numbering", "numbering.xml"),
    ("settings", "settings.xml"),
    ("fontTable", "fontTable.xml"),
    ("header", "header1.xml"),
    ("header", "header2.xml"),
    ("theme", "theme1.xml"),
];
/// The id of the header with the page number.
pub(super) const NUMBERED: &str = "rId5";
/// The id of the first page's.
pub(super) const FIRST: &str = "rId6";

pub(super) fn content_types() -> Vec<u8> {
    let mut xml = Xml::new();
    let space = ("xmlns", "http://schemas.openxmlformats.org/package/2006/content-types");
    let package = "application/vnd.openxmlformats-package";
    xml.element("Types", &[space], |xml| {
        let relations = format!("{package}.relationships+xml");
        xml.empty("Default", &[("Extension", "rels"), ("ContentType", &relations)]);
        xml.empty("Default", &[("Extension", "xml"), ("ContentType", "application/xml")]);
        let mut part = |path: &str, kind: &str| {
            xml.empty("Override", &[("PartName", path), ("ContentType", kind)]);
        };
        part("/docProps/core.xml", &format!("{package}.core-properties+xml"));
        part("/word/document.xml", &format!("{TYPES}.document.main+xml"));
        for (kind, file) in BELONGINGS {
            let of = if kind == "theme" { "application/vnd.openxmlformats-officedocument" } else { TYPES };
            part(&format!("/word/{file}"), &format!("{of}.{kind}+xml"));
        }
    });
    xml.finish()
}

pub(super) fn relations() -> Vec<u8> {
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    let mut xml = Xml::new();
    xml.element("Relationships", &[RELATIONS], |xml| {
        let text = format!("{OFFICE}/officeDocument");
        xml.empty("Relationship", &[("Id", "rId1"), ("Type", &text), ("Target", "word/document.xml")]);
        xml.empty("Relationship", &[("Id", "rId2"), ("Type", core), ("Target", "docProps/core.xml")]);
    });
    xml.finish()
}

pub(super) fn document_relations() -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("Relationships", &[RELATIONS], |xml| {
        for (number, (kind, file)) in (1..).zip(BELONGINGS) {
            let (id, kind) = (format!("rId{number}"), format!("{OFFICE}/{kind}"));
            xml.empty("Relationship", &[("Id", &id), ("Type", &kind), ("Target", file)]);
        }
    });
    xml.finish()
}

/// Title and language; no time, so that equal papers are equal.
pub(super) fn properties(document: &Document) -> Vec<u8> {
    let spaces = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    let mut xml = Xml::new();
    xml.element("cp:coreProperties", &spaces, |xml| {
        let title = format!("{} {}", document.head.title, document.head.about);
        xml.element("dc:title", &[], |xml| xml.text(title.trim()));
        let issuer = document.head.letterhead.as_ref().map(|letterhead| letterhead.issuer.as_str());
        xml.element("dc:creator", &[], |xml| xml.text(issuer.unwrap_or_default()));
        xml.element("dc:language", &[], |xml| xml.text("vi-VN"));
    });
    xml.finish()
}

/// No mode of compatibility with older programs, else tables begin left of the margin.
pub(super) fn settings() -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("w:settings", &[W], |xml| {
        xml.val("w:defaultTabStop", "567");
        xml.val("w:characterSpacingControl", "doNotCompress");
        xml.element("w:compat", &[], |xml| {
            let uri = ("w:uri", "http://schemas.microsoft.com/office/word");
            xml.empty("w:compatSetting", &[("w:name", "compatibilityMode"), uri, ("w:val", "15")]);
        });
        xml.empty("w:themeFontLang", &[("w:val", "vi-VN")]);
    });
    xml.finish()
}

/// Colours and fonts of drawings: papers have none, but some programs miss a package without it.
pub(super) fn theme() -> Vec<u8> {
    include_bytes!("../../../assets/docx/theme1.xml").to_vec()
}

pub(super) fn fonts(profile: &Profile) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("w:fonts", &[W], |xml| {
        xml.element("w:font", &[("w:name", &profile.font)], |xml| {
            xml.val("w:charset", "A3");
            xml.val("w:family", "roman");
            xml.val("w:pitch", "variable");
        });
    });
    xml.finish()
}

/// The header of a page: the page number, or nothing on the first page.
pub(super) fn header(numbered: bool) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("w:hdr", &[W, R], |xml| {
        xml.element("w:p", &[], |xml| {
            xml.element("w:pPr", &[], |xml| xml.val("w:pStyle", "Header"));
            if numbered {
                xml.element("w:fldSimple", &[("w:instr", " PAGE ")], |xml| {
                    xml.element("w:r", &[], |xml| xml.element("w:t", &[], |xml| xml.text("2")));
                });
            }
        });
    });
    xml.finish()
}
