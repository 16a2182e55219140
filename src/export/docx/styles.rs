//! The named styles: one for each part of a paper, and those of tables.

use super::{
    numbering,
    package::W,
    twips, twips_of,
    xml::{Attribute, Xml},
};
use crate::export::profile::{Length, Part, Profile};

/// A part's style: its id, its name in the office program, how it is aligned.
struct Named {
    id: &'static str,
    name: &'static str,
    align: &'static str,
}

/// The id of a part's style.
pub(super) fn id(part: Part) -> &'static str {
    named(part).id
}

/// The names that office programs know from home where there is one, else ours.
fn named(part: Part) -> Named {
    let (id, name, align) = match part {
        Part::PageNumber => ("Header", "header", "center"),
        Part::State => ("State", "Quốc hiệu hoặc tiêu đề", "center"),
        Part::Motto => ("Motto", "Tiêu ngữ", "center"),
        Part::Superior => ("Superior", "Cơ quan cấp trên", "center"),
        Part::Issuer => ("Issuer", "Cơ quan ban hành", "center"),
        Part::Number => ("DocumentNumber", "Số và ký hiệu", "center"),
        Part::Date => ("PlaceAndDate", "Địa danh và ngày tháng", "center"),
        Part::Title => ("Title", "Title", "center"),
        Part::About => ("Subtitle", "Subtitle", "center"),
        Part::Note => ("Attachment", "Kèm theo", "center"),
        Part::Body => ("BodyText", "Body Text", "both"),
        Part::Heading => ("Heading1", "heading 1", "both"),
        Part::Subheading => ("Heading2", "heading 2", "both"),
        Part::Cell => ("Cell", "Ô bảng", "left"),
        Part::Authority => ("Authority", "Thẩm quyền ký", "center"),
        Part::Position => ("Position", "Chức vụ người ký", "center"),
        Part::Name => ("SignerName", "Họ tên người ký", "center"),
        Part::RecipientsTitle => ("RecipientsTitle", "Nơi nhận", "left"),
        Part::Recipients => ("Recipients", "Danh sách nơi nhận", "left"),
    };
    Named { id, name, align }
}

/// One of our styles.
#[derive(Debug)]
pub(super) struct Definition {
    /// Its id.
    pub(super) id: &'static str,
    /// Its name in office programs.
    pub(super) name: &'static str,
    /// The whole element.
    pub(super) xml: String,
}

/// The part with the styles: the office's own, if the profile has them.
pub(super) fn render(profile: &Profile) -> Vec<u8> {
    let ours = definitions(profile);
    if let Some(office) = &profile.office_styles {
        return office.render(&ours);
    }
    let mut xml = Xml::new();
    xml.element("w:styles", &[W], |xml| {
        defaults(xml, profile);
        for own in &ours {
            xml.whole(&own.xml);
        }
    });
    xml.finish()
}

/// The names of the styles that an office's file has not.
pub(super) fn missing(profile: &Profile) -> Vec<String> {
    let ours = definitions(profile);
    let missing = profile.office_styles.iter().flat_map(|office| office.missing(&ours));
    missing.map(str::to_owned).collect()
}

fn definitions(profile: &Profile) -> Vec<Definition> {
    let defined = |id, name, write: &dyn Fn(&mut Xml)| {
        let mut xml = Xml::fragment();
        write(&mut xml);
        Definition { id, name, xml: xml.into_text() }
    };
    let parts = Part::ALL.iter().map(|part| {
        let Named { id, name, .. } = named(*part);
        defined(id, name, &|xml| style(xml, profile, *part))
    });
    let others = [
        defined("Heading3", "heading 3", &deeper_heading),
        defined("TableNormal", "Normal Table", &plain_table),
        defined("TableGrid", "Table Grid", &lined_table),
    ];
    std::iter::once(defined("Normal", "Normal", &normal)).chain(parts).chain(others).collect()
}

fn normal(xml: &mut Xml) {
    let attributes = [("w:type", "paragraph"), ("w:default", "1"), ("w:styleId", "Normal")];
    xml.element("w:style", &attributes, |xml| {
        xml.val("w:name", "Normal");
        xml.empty("w:qFormat", &[]);
    });
}

fn defaults(xml: &mut Xml, profile: &Profile) {
    xml.element("w:docDefaults", &[], |xml| {
        xml.element("w:rPrDefault", &[], |xml| {
            xml.element("w:rPr", &[], |xml| {
                let font = profile.font.as_str();
                let scripts = ["w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"].map(|script| (script, font));
                xml.empty("w:rFonts", &scripts);
                size(xml, profile.size(Part::Body));
                let language = [("w:val", "vi-VN"), ("w:eastAsia", "vi-VN"), ("w:bidi", "vi-VN")];
                xml.empty("w:lang", &language);
            });
        });
        xml.element("w:pPrDefault", &[], |xml| {
            xml.element("w:pPr", &[], |xml| {
                let single = [("w:before", "0"), ("w:after", "0"), ("w:line", "240"), ("w:lineRule", "auto")];
                xml.empty("w:spacing", &single);
            });
        });
    });
}

/// In half points.
fn size(xml: &mut Xml, points: f64) {
    let half_points = format!("{:.0}", points * 2.0);
    xml.val("w:sz", &half_points);
    xml.val("w:szCs", &half_points);
}

fn style(xml: &mut Xml, profile: &Profile, part: Part) {
    let Named { id, name, align } = named(part);
    let own = !matches!(
        part,
        Part::PageNumber | Part::Title | Part::About | Part::Body | Part::Heading | Part::Subheading
    );
    let custom = own.then_some(("w:customStyle", "1"));
    let attributes: Vec<Attribute<'_>> =
        [("w:type", "paragraph")].into_iter().chain(custom).chain([("w:styleId", id)]).collect();
    xml.element("w:style", &attributes, |xml| {
        xml.val("w:name", name);
        xml.val("w:basedOn", "Normal");
        if matches!(part, Part::Heading | Part::Subheading) {
            xml.val("w:next", "BodyText");
        }
        xml.empty("w:qFormat", &[]);
        xml.element("w:pPr", &[], |xml| paragraph(xml, profile, part, align));
        xml.element("w:rPr", &[], |xml| run(xml, profile, part));
    });
}

fn paragraph(xml: &mut Xml, profile: &Profile, part: Part, align: &str) {
    let level = match part {
        Part::Heading => Some("0"),
        Part::Subheading => Some("1"),
        _ => None,
    };
    let in_text = level.is_some() || part == Part::Body;
    if level.is_some() || matches!(part, Part::Title | Part::About) {
        xml.empty("w:keepNext", &[]);
    }
    if let Some(level) = level {
        numbering::reference(xml, level, numbering::HEADINGS);
    }
    spacing(xml, profile, part, in_text);
    if in_text {
        xml.empty("w:ind", &[("w:firstLine", &twips(profile.length(Length::Indent)))]);
    }
    xml.val("w:jc", align);
    if let Some(level) = level {
        xml.val("w:outlineLvl", level);
    }
}

fn spacing(xml: &mut Xml, profile: &Profile, part: Part, in_text: bool) {
    let gap = profile.length(Length::Gap);
    let before = if part == Part::Title { profile.length(Length::BeforeTitle) } else { 0.0 };
    let (before, after) = (twips_of(before), twips_of(if in_text { gap } else { 0.0 }));
    let pitch = profile.length(Length::Pitch);
    let (line, rule) = match (in_text, profile.exact_pitch) {
        (true, true) => (twips_of(pitch), "exact"),
        (true, false) => (format!("{:.0}", pitch * 240.0), "auto"),
        (false, _) => ("240".to_owned(), "auto"),
    };
    xml.empty(
        "w:spacing",
        &[("w:before", &before), ("w:after", &after), ("w:line", &line), ("w:lineRule", rule)],
    );
}

fn run(xml: &mut Xml, profile: &Profile, part: Part) {
    let style = profile.style(part);
    if style.bold {
        xml.empty("w:b", &[]);
        xml.empty("w:bCs", &[]);
    }
    if style.italic {
        xml.empty("w:i", &[]);
        xml.empty("w:iCs", &[]);
    }
    xml.val("w:color", "000000");
    size(xml, profile.size(part));
    if style.underline {
        xml.val("w:u", "single");
    }
}

/// `1.1.` looks like `1.`, a level deeper.
fn deeper_heading(xml: &mut Xml) {
    xml.element("w:style", &[("w:type", "paragraph"), ("w:styleId", "Heading3")], |xml| {
        xml.val("w:name", "heading 3");
        xml.val("w:basedOn", "Heading2");
        xml.val("w:next", "BodyText");
        xml.empty("w:qFormat", &[]);
        xml.element("w:pPr", &[], |xml| {
            numbering::reference(xml, "2", numbering::HEADINGS);
            xml.val("w:outlineLvl", "2");
        });
    });
}

/// Tables for layout: no lines.
fn plain_table(xml: &mut Xml) {
    let plain = [("w:type", "table"), ("w:default", "1"), ("w:styleId", "TableNormal")];
    xml.element("w:style", &plain, |xml| {
        xml.val("w:name", "Normal Table");
        xml.val("w:uiPriority", "99");
        xml.empty("w:semiHidden", &[]);
        xml.empty("w:unhideWhenUsed", &[]);
        xml.element("w:tblPr", &[], |xml| {
            xml.empty("w:tblInd", &[("w:w", "0"), ("w:type", "dxa")]);
            xml.element("w:tblCellMar", &[], |xml| {
                for (side, width) in [("top", "28"), ("left", "85"), ("bottom", "28"), ("right", "85")] {
                    xml.empty(&format!("w:{side}"), &[("w:w", width), ("w:type", "dxa")]);
                }
            });
        });
    });
}

/// Tables of the text.
fn lined_table(xml: &mut Xml) {
    xml.element("w:style", &[("w:type", "table"), ("w:styleId", "TableGrid")], |xml| {
        xml.val("w:name", "Table Grid");
        xml.val("w:basedOn", "TableNormal");
        xml.element("w:tblPr", &[], |xml| {
            xml.element("w:tblBorders", &[], |xml| {
                for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
                    let line = [("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "000000")];
                    xml.empty(&format!("w:{side}"), &line);
                }
            });
        });
    });
}
