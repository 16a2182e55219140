//! Test support: the Vietnamese letters, and text made of everything that ever broke an editor.

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// Vowels by letter, tones in the order ngang, huyền, hỏi, ngã, sắc, nặng.
pub(super) const VOWELS: [&str; 12] = [
    "aàảãáạ",
    "ăằẳẵắặ",
    "âầẩẫấậ",
    "eèẻẽéẹ",
    "êềểễếệ",
    "iìỉĩíị",
    "oòỏõóọ",
    "ôồổỗốộ",
    "ơờởỡớợ",
    "uùủũúụ",
    "ưừửữứự",
    "yỳỷỹýỵ",
];

/// The 134 letters that are not ASCII, NFC.
pub(super) fn all() -> Vec<char> {
    let small: Vec<char> = VOWELS.concat().chars().chain(['đ']).filter(|c| !c.is_ascii()).collect();
    small.iter().flat_map(|c| [*c].into_iter().chain(c.to_uppercase())).collect()
}

/// `text` in NFD.
pub(super) fn nfd(text: &str) -> String {
    text.nfd().collect()
}

/// Words, their NFD, marks without a letter, spaces of all kinds, emoji, flags, controls.
pub(super) fn anything() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Chuyển", "sinh", "hoạt", "Đảng", "nghiêng", "quý", "IV", "2026;", "ệ", "ư",
    ]);
    let odd = prop::sample::select(vec![
        " ",
        "  ",
        "\u{A0}",
        "\u{202F}",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\0",
        "\u{1B}",
        "\u{7F}",
        "\u{9B}",
        "\u{202E}",
        "\u{2066}",
        "\u{FEFF}",
        "\u{301}",
        "\u{323}",
        "\u{302}",
        "👨‍👩‍👧‍👦",
        "🇻🇳",
        "👍🏽",
        "日本",
        "ｶﾞ",
        "\u{200B}",
        "\u{AD}",
        "…",
        "ﬁ",
    ]);
    let piece = prop_oneof![
        4 => word.prop_map(str::to_owned),
        2 => prop::sample::select(vec!["Thường", "ủy", "ế", "Đặng"]).prop_map(nfd),
        4 => odd.prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}
