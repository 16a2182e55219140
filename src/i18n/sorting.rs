//! The words of capturing and sorting: pins, abbreviations, triage, the order of the difficulties. Both languages side by side.

macro_rules! words {
    ($($name:ident: $vi:literal, $en:literal;)*) => {
        /// The words of capturing and sorting.
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each field is the phrase of its name")]
        pub struct Sorting {
            $(pub $name: &'static str,)*
        }

        pub(super) const VI: Sorting = Sorting { $($name: $vi,)* };
        pub(super) const EN: Sorting = Sorting { $($name: $en,)* };
    };
}

words! {
    pinned: "đã ghim", "pinned";
    action_pin: "Ghim / theo phòng họp", "Pin / follow the room";
    action_same_opinion: "Thêm đơn vị cùng ý", "Add same-opinion unit";
    notice_pinned: "Đã ghim {}: các dòng sau giữ như vậy, {} để theo phòng họp", "{} is pinned for the lines to come; {} follows the room again";
    notice_following: "Các dòng sau theo phòng họp", "The lines to come follow the room";
    not_raised: "chưa: {}", "not: {}";
    coverage: "Đơn vị cùng nêu", "Raised by";
    join_merge: "Gộp vào {}, giữ nguyên lời", "Merge into {}, keeping the wording";
    join_attach: "Ghi nối vào {}", "Attach to {}";
}
