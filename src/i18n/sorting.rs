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
    action_abbreviations: "Gõ tắt", "Abbreviations";
    action_import_table: "Nhập bảng gõ tắt UniKey", "Import a UniKey macro table";
    abbreviations: "Gõ tắt (gõ đv:đơn vị để thêm)", "Abbreviations (type đv:đơn vị to add)";
    add_own: "Thêm cho tôi: {} = {}", "Add for me: {} = {}";
    add_office: "Thêm cho cơ quan: {} = {}", "Add for the office: {} = {}";
    of_mine: "của tôi", "mine";
    of_office: "của cơ quan", "the office's";
    change_it: "Sửa", "Change";
    take_it_away: "Bỏ", "Remove";
    whose_table: "{} gõ tắt: nhập làm", "{} abbreviations: import as";
    notice_abbreviated: "{} = {} ({} để hoàn tác)", "{} = {} ({} to undo)";
    notice_unabbreviated: "Đã bỏ gõ tắt {} ({} để hoàn tác)", "Abbreviation {} removed ({} to undo)";
    notice_table: "Đã nhập {} gõ tắt, {} dòng không đọc được ({} để hoàn tác)", "{} abbreviations imported, {} lines not read ({} to undo)";
    cli_imported_table: "{} gõ tắt của cơ quan, {} dòng không đọc được", "{} abbreviations of the office, {} lines not read";
    notice_own_skipped: "abbreviations.txt: {} dòng không đọc được, dòng đầu là {}", "abbreviations.txt: {} lines not read, the first is {}";
    notice_no_table: "Không có gõ tắt nào trong tệp", "No abbreviations in the file";
    action_sort: "Sắp xếp khó khăn", "Sort difficulties";
    action_filter: "Lọc khó khăn", "Filter difficulties";
    order_placed: "theo thứ tự đã xếp", "as placed";
    order_weight: "nặng trước", "heaviest first";
    order_coverage: "nhiều đơn vị nêu trước", "raised by most units first";
    order_unit: "theo đơn vị", "by unit";
    order_said: "mới nêu trước", "last said first";
    by_theme: "nhóm theo chuyên đề", "by theme";
    no_theme: "chưa rõ chuyên đề", "no theme";
    filter_all: "tất cả", "all";
    filter_unanswered: "chưa có hướng xử lý", "unanswered";
    filter_unknown: "chưa rõ ai nêu", "speaker unknown";
    filter_unit: "{} nêu", "raised by {}";
    nothing_seen: "Không có dòng nào theo bộ lọc này. {} để đổi", "No line passes this filter. {} changes it";
    action_take: "Giữ dòng này, bỏ dòng trùng", "Take this one of two";
    action_keep_both: "Giữ cả hai dòng", "Keep both lines";
    notice_took: "Đã giữ {}, bỏ {}", "{} kept, {} removed";
    notice_kept_both: "{} và {} là hai ý", "{} and {} are two matters";
    notice_merged: "Đã gộp {} vào {}", "{} merged into {}";
    near: "Gần giống", "Nearly the same";
    nothing_near: "Chưa thấy ý nào gần giống, kỳ này và các kỳ trước", "Nothing nearly the same, in this session or past ones";
    written_twice: "Thư ký khác ghi", "Another note-taker wrote";
    notice_cuts: "{} chỗ tách: {} đến chỗ kế, Enter tách tại con trỏ, {} tách tất cả", "{} cuts: {} goes to the next, Enter splits at the cursor, {} splits at all";
    history_take: "{} bỏ {}, ghi trùng với dòng khác", "{} dropped {}, which says what another line says";
    history_keep_both: "{} giữ cả hai dòng: {}", "{} kept both lines: {}";
    history_expand: "{} viết đủ chữ tắt của {}", "{} wrote the abbreviations of {} out";
    history_abbreviations: "{} sửa gõ tắt của cơ quan: {}", "{} changed the office's abbreviations: {}";
    join_merge: "Gộp vào {}, giữ nguyên lời", "Merge into {}, keeping the wording";
    join_attach: "Ghi nối vào {}", "Attach to {}";
}
