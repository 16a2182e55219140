//! Words about what is taken in from files and clipboards: what is no keynote, what is left out, letters of old fonts.

use super::fill;
use crate::{
    domain::revision::{Changed, Counts},
    text::difference,
};

/// The words of a language; `{}` is filled in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportWords {
    /// Sessions made after others, and lists of units and people.
    pub making: super::making::MakingWords,
    /// A file that is no text; its name and the byte.
    pub not_text: &'static str,
    /// How many sections and paragraphs came in.
    pub imported: &'static str,
    /// How many headings and paragraphs a newer version edited, added, removed and moved.
    pub revised: &'static str,
    /// A newer version that says nothing new.
    pub unchanged: &'static str,
    /// Asks how a keynote is meant where one is.
    pub title_version: &'static str,
    /// As a newer version of the one that is there; how many paragraphs are known again follows.
    pub over: &'static str,
    /// Behind the one that is there.
    pub behind: &'static str,
    /// Edited, added, removed and moved, before the words.
    pub what_changed: [&'static str; 4],
    /// That somebody took in a newer version.
    pub history_revise: &'static str,
    /// What is left out, and where.
    pub left_out: &'static str,
    /// A line and what stands in it.
    pub line: &'static str,
    /// Numbers and marks before headings.
    pub left_number: &'static str,
    /// Marks of bold and slanted words.
    pub left_bold: &'static str,
    /// Lines drawn across.
    pub left_rule: &'static str,
    /// Pictures.
    pub left_image: &'static str,
    /// Characters that show nothing.
    pub left_hidden: &'static str,
    /// Notes at the foot of a page.
    pub left_footnote: &'static str,
    /// Notes at the end.
    pub left_endnote: &'static str,
    /// Remarks in the margin.
    pub left_comment: &'static str,
    /// Words deleted while changes were tracked.
    pub left_deleted: &'static str,
    /// Lines of the table of contents.
    pub left_contents: &'static str,
    /// Where links lead.
    pub left_link: &'static str,
    /// Marks and facts for programs.
    pub left_markup: &'static str,
    /// A file that begins like a DOCX and is none; its name, as in those below.
    pub docx_none: &'static str,
    /// One that inflates beyond measure.
    pub docx_too_large: &'static str,
    /// One that declares a document type.
    pub docx_doctype: &'static str,
    /// One that is broken; also what is wrong.
    pub docx_broken: &'static str,
    /// A file of Word before 2007, or one with a password.
    pub old_word: &'static str,
    /// A PDF.
    pub pdf: &'static str,
    /// A list of files without one; what is looked for.
    pub no_files: &'static str,
    /// Files with a keynote.
    pub wants_keynote: &'static str,
    /// Files with abbreviations.
    pub wants_table: &'static str,
    /// Files with changes.
    pub wants_changes: &'static str,
    /// Files with units and people.
    pub wants_list: &'static str,
    /// Asks whether a text is TCVN3.
    pub title_tcvn3: &'static str,
    /// Asks whether it is VNI.
    pub title_vni: &'static str,
    /// Take it as it reads in Unicode; the text follows.
    pub convert: &'static str,
    /// Take it as it is; the text follows.
    pub keep: &'static str,
    /// At the shell: how the file reads in Unicode, and how to say what is wanted.
    pub say_which: &'static str,
}

/// How many unchanged words stand beside changed ones.
const AROUND: usize = 4;

impl ImportWords {
    /// How much a newer version changed.
    pub fn counts(&self, counts: Counts) -> String {
        let counts = [counts.edited, counts.added, counts.gone, counts.moved].map(|count| count.to_string());
        fill(self.revised, &counts.each_ref().map(String::as_str))
    }

    /// What happened to a text of the keynote, and its words.
    pub fn change(&self, Changed { before, after, is_moved }: &Changed) -> (String, String) {
        let [edited, added, gone, moved] = self.what_changed;
        match (before, after) {
            (None, after) => (added.to_owned(), after.clone().unwrap_or_default()),
            (Some(before), None) => (gone.to_owned(), before.clone()),
            (Some(before), Some(after)) if before == after => (moved.to_owned(), after.clone()),
            (Some(before), Some(after)) => {
                let what = if *is_moved { format!("{edited}, {moved}") } else { edited.to_owned() };
                (what, difference::marked(before, after, AROUND))
            }
        }
    }
}

pub(super) const VI: ImportWords = ImportWords {
    making: super::making::VI,
    not_text: "{} không phải văn bản UTF-8 (lỗi ở byte {}). Lưu lại tệp theo UTF-8 rồi thử lại; chưa nhập gì.",
    imported: "Đã nhập {} mục, {} đoạn vào báo cáo đề dẫn",
    revised: "Bản mới của báo cáo đề dẫn: sửa {}, thêm {}, bỏ {}, chuyển chỗ {}",
    unchanged: "Báo cáo đề dẫn đã đúng như tệp này ({} mục, {} đoạn); không có gì thay đổi",
    title_version: "Đã có báo cáo đề dẫn; tệp này là",
    over: "Bản mới của báo cáo đó (nhận ra {} đoạn cũ)",
    behind: "Báo cáo khác, để sau báo cáo đang có",
    what_changed: ["sửa", "thêm", "bỏ", "chuyển chỗ"],
    history_revise: "{} nhập bản mới của báo cáo đề dẫn: {}",
    left_out: "Không đưa vào ({}): {}",
    line: "dòng {}: {}",
    left_number: "số, dấu trước đề mục",
    left_bold: "dấu in đậm, in nghiêng",
    left_rule: "đường kẻ",
    left_image: "hình",
    left_hidden: "ký tự ẩn",
    left_footnote: "chú thích cuối trang",
    left_endnote: "chú thích cuối văn bản",
    left_comment: "nhận xét bên lề",
    left_deleted: "chữ đã xóa trong lúc theo dõi sửa đổi",
    left_contents: "mục lục",
    left_link: "địa chỉ liên kết",
    left_markup: "mã dành cho phần mềm",
    docx_none: "{} không phải tệp DOCX, hoặc bị cắt cụt; không lấy vào chữ nào. Hãy lưu lại từ Word rồi thử lại",
    docx_too_large: "{} phình ra quá lớn khi giải nén nên không được đọc; không lấy vào chữ nào. Hãy chép riêng phần chữ sang một tệp DOCX mới",
    docx_doctype: "{} có khai báo DOCTYPE, không bộ soạn thảo nào ghi như thế; không lấy vào chữ nào",
    docx_broken: "{} bị hỏng ({}); không lấy vào chữ nào. Hãy mở và lưu lại từ Word rồi thử lại",
    old_word: "{} là tệp Word đời cũ (.doc) hoặc có mật khẩu; hãy lưu lại thành .docx không mật khẩu",
    pdf: "{} là PDF; chữ Việt trong PDF thường hỏng. Hãy xin tệp DOCX",
    no_files: "Ở đây không có tệp nào như vậy. Cần tìm {}. Gõ đường dẫn để sang thư mục khác (~/ là thư mục riêng)",
    wants_keynote: "báo cáo đề dẫn: DOCX, Markdown hoặc tệp chữ",
    wants_table: "bảng gõ tắt của UniKey: tệp chữ",
    wants_changes: "sổ ghi hoặc bản sao lưu của hoinghi",
    wants_list: "danh sách đơn vị, đại biểu: CSV hoặc tệp chữ",
    title_tcvn3: "Chữ này có vẻ là TCVN3 (.VnTime)",
    title_vni: "Chữ này có vẻ là VNI",
    convert: "Chuyển sang Unicode",
    keep: "Giữ nguyên",
    say_which: "{} có vẻ dùng phông chữ cũ; đọc ra là “{}”. Chưa lấy vào gì: thêm --convert yes để chuyển, --convert no để giữ nguyên",
};

pub(super) const EN: ImportWords = ImportWords {
    making: super::making::EN,
    not_text: "{} is not UTF-8 text (byte {}). Save it as UTF-8 and try again; nothing was imported.",
    imported: "{} {section|sections}, {} {paragraph|paragraphs} imported into the keynote",
    revised: "A newer version of the keynote: {} edited, {} added, {} removed, {} moved",
    unchanged: "The keynote is as this file has it already ({} {section|sections}, {} {paragraph|paragraphs}); nothing changed",
    title_version: "There is a keynote; this file is",
    over: "A newer version of it ({} {paragraph|paragraphs} known again)",
    behind: "Another one, to stand behind it",
    what_changed: ["edited", "added", "removed", "moved"],
    history_revise: "{} took in a newer version of the keynote: {}",
    left_out: "Left out ({}): {}",
    line: "line {}: {}",
    left_number: "numbers and marks before headings",
    left_bold: "marks of bold and italics",
    left_rule: "rules",
    left_image: "pictures",
    left_hidden: "hidden characters",
    left_footnote: "footnotes",
    left_endnote: "endnotes",
    left_comment: "comments",
    left_deleted: "words deleted while changes were tracked",
    left_contents: "table of contents",
    left_link: "addresses of links",
    left_markup: "marks for programs",
    docx_none: "{} is not a DOCX, or was cut short; nothing was taken in. Save it from Word again and try once more",
    docx_too_large: "{} inflates beyond measure and was not read; nothing was taken in. Copy its words alone into a new DOCX",
    docx_doctype: "{} declares a DOCTYPE, which no word processor writes; nothing was taken in",
    docx_broken: "{} is broken ({}); nothing was taken in. Open it in Word, save it, and try once more",
    old_word: "{} is an old Word file (.doc) or has a password; save it as .docx without one",
    pdf: "{} is a PDF, in which Vietnamese letters are often destroyed. Ask for the DOCX",
    no_files: "No such file here. Looked for is {}. Type a path to go to another folder (~/ is your own)",
    wants_keynote: "a keynote: DOCX, Markdown or a text file",
    wants_table: "a macro table of UniKey: a text file",
    wants_changes: "a notebook or a backup of hoinghi",
    wants_list: "a list of units and people: CSV or a text file",
    title_tcvn3: "This looks like TCVN3 (.VnTime)",
    title_vni: "This looks like VNI",
    convert: "Convert to Unicode",
    keep: "Keep as it is",
    say_which: "{} seems to be in an old font; it reads “{}”. Nothing was taken in: add --convert yes to convert, --convert no to keep it",
};
