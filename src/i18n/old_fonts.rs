//! Words about text in the fonts of before Unicode.

/// The words of a language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldFontStrings {
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

pub(super) const VI: OldFontStrings = OldFontStrings {
    title_tcvn3: "Chữ này có vẻ là TCVN3 (.VnTime)",
    title_vni: "Chữ này có vẻ là VNI",
    convert: "Chuyển sang Unicode",
    keep: "Giữ nguyên",
    say_which: "{} có vẻ dùng phông chữ cũ; đọc ra là “{}”. Chưa lấy vào gì: thêm --convert yes để chuyển, --convert no để giữ nguyên",
};

pub(super) const EN: OldFontStrings = OldFontStrings {
    title_tcvn3: "This looks like TCVN3 (.VnTime)",
    title_vni: "This looks like VNI",
    convert: "Convert to Unicode",
    keep: "Keep as it is",
    say_which: "{} seems to be in an old font; it reads “{}”. Nothing was taken in: add --convert yes to convert, --convert no to keep it",
};
