//! Words about everyone at the table: who is here, joining, leaving.

/// The words of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each key is documented by its text below")]
pub struct TableWords {
    pub here: &'static str,
    pub count_here: &'static str,
    pub writes: &'static str,
    pub writes_here: &'static str,
    pub quit_on_wall: &'static str,
    pub full: &'static str,
    pub quit_title: &'static str,
    pub quit_no: &'static str,
    pub quit_yes: &'static str,
    pub nobody: &'static str,
    pub other_version: &'static str,
    pub other_folder: &'static str,
    pub closed: &'static str,
    pub lost: &'static str,
    pub silent: &'static str,
    pub crashed: &'static str,
    pub seat_crashed: &'static str,
    pub refused: &'static str,
}

pub(super) const VI: TableWords = TableWords {
    full: "đã đủ 64 cửa sổ. Đóng bớt một cửa sổ rồi vào lại.",
    quit_on_wall: "Còn {} người đang dùng. {} lần nữa thì đóng tất cả",
    here: "cùng {}",
    count_here: "cùng {} người",
    writes: "{} đang ghi",
    writes_here: "{} đang sửa dòng này",
    quit_title: "Còn người khác: {}. Đóng thì tất cả rời khỏi",
    quit_no: "Ở lại",
    quit_yes: "Đóng: mọi dòng báo “Đã lưu” vẫn còn, chữ gõ dở của từng người được giữ",
    nobody: "Chưa có hoinghi nào đang mở {}. Chạy hoinghi để mở.",
    other_version: "Cửa sổ kia chạy phiên bản hoinghi khác. Đóng cửa sổ kia rồi mở lại.",
    other_folder: "Cửa sổ kia đang mở thư mục khác.",
    closed: "Người điều hành đã đóng chương trình. Mọi dòng báo “Đã lưu” vẫn còn; chữ gõ dở được giữ cho lần vào sau.",
    lost: "Mất liên lạc với cửa sổ điều hành. Mọi dòng báo “Đã lưu” vẫn còn; chữ gõ dở được giữ. Chạy lại hoinghi để làm tiếp.",
    silent: "Cửa sổ này không trả lời quá 30 giây nên đã bị ngắt. Chữ gõ dở được giữ; vào lại để làm tiếp.",
    crashed: "Chỗ ngồi này gặp lỗi và đã đóng; các chỗ khác không bị ảnh hưởng. Chữ gõ dở được giữ; vào lại để làm tiếp.",
    seat_crashed: "Chỗ ngồi của {} gặp lỗi và đã đóng; chữ gõ dở được giữ. Báo cáo lỗi nằm trong nhật ký.",
    refused: "Cửa sổ kia không cho vào: {}",
};

pub(super) const EN: TableWords = TableWords {
    full: "there are 64 windows already. Close one of them, then join again.",
    quit_on_wall: "{} others are here. {} again closes for everybody",
    here: "with {}",
    count_here: "with {} others",
    writes: "{} is writing",
    writes_here: "{} is editing this line",
    quit_title: "Others are here: {}. Closing parts everybody",
    quit_no: "Stay",
    quit_yes: "Close: every line that was “Saved” stays, everybody's half-typed text is kept",
    nobody: "No hoinghi has {} open. Run hoinghi to open it.",
    other_version: "The other window runs another version of hoinghi. Close it, then start again.",
    other_folder: "The other window has another folder open.",
    closed: "The facilitator closed the program. Every line that was “Saved” is intact; half-typed text is kept for the next time.",
    lost: "The connection to the facilitator's window is lost. Every line that was “Saved” is intact; half-typed text is kept. Start hoinghi again to go on.",
    silent: "This window gave no answer for 30 seconds and was parted. Half-typed text is kept; join again to go on.",
    crashed: "This seat failed and was closed; the others are not concerned. Half-typed text is kept; join again to go on.",
    seat_crashed: "The seat of {} failed and was closed; half-typed text is kept. The log has the report.",
    refused: "The other window lets nobody in: {}",
};
