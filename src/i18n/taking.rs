//! Words about taking papers along: their folder, and a stick.

/// The words of a language; `{}` is filled in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakingWords {
    /// The command that opens the folder for papers.
    pub action_folder: &'static str,
    /// The command that copies to a stick.
    pub action_stick: &'static str,
    /// The folder was opened; which.
    pub opened: &'static str,
    /// The system has nothing to open a folder with; which folder.
    pub no_manager: &'static str,
    /// There are no papers yet; the key that writes them.
    pub nothing_exported: &'static str,
    /// No stick is plugged in.
    pub no_stick: &'static str,
    /// The system does not say which sticks are plugged in.
    pub no_table: &'static str,
    /// Asks for one of several sticks.
    pub title_stick: &'static str,
    /// Something is being copied; how far, and the key that gives it up.
    pub copying: &'static str,
    /// It is copied; how many papers.
    pub copied: &'static str,
    /// Where.
    pub copied_to: &'static str,
    /// The backup beside; its name, and how many changes.
    pub copied_backup: &'static str,
    /// How many places have to be filled in.
    pub missing: &'static str,
    /// The stick is not there any more, or does not answer.
    pub gone: &'static str,
    /// It is full.
    pub full: &'static str,
    /// It takes no writes.
    pub read_only: &'static str,
}

pub(super) const VI: TakingWords = TakingWords {
    action_folder: "Mở thư mục",
    action_stick: "Chép ra USB",
    opened: "Đã mở thư mục {}",
    no_manager: "Không mở được cửa sổ thư mục. Văn bản ở {}",
    nothing_exported: "Chưa xuất văn bản nào. Trong hội nghị, {} để xuất",
    no_stick: "Chưa thấy USB nào ghi được. Cắm USB, chờ máy nhận rồi làm lại",
    no_table: "Trên máy này chương trình không tự tìm được USB. Xuất văn bản, “Mở thư mục”, rồi chép từ đó",
    title_stick: "Chép ra USB nào?",
    copying: "Đang chép ra USB {}% ({} để hủy)",
    copied: "Đã chép {} tệp văn bản và bản sao lưu ra USB. Tháo USB an toàn (Eject) rồi mới rút.",
    copied_to: "Ở thư mục {}",
    copied_backup: "Bản sao lưu {}: {} thay đổi, đã đọc lại kiểm tra, không có lời lưu nội bộ.",
    missing: "Văn bản còn {} chỗ cần bổ sung.",
    gone: "USB đã rút ra hoặc không ghi được nữa; chưa chép được. Cắm lại hoặc dùng USB khác rồi làm lại",
    full: "USB đầy; chưa chép được, không để lại gì trên đó. Dọn bớt hoặc dùng USB khác rồi làm lại",
    read_only: "USB chỉ đọc hoặc không cho ghi; chưa chép được. Mở khóa ghi hoặc dùng USB khác rồi làm lại",
};

pub(super) const EN: TakingWords = TakingWords {
    action_folder: "Open folder",
    action_stick: "Copy to USB",
    opened: "Opened the folder {}",
    no_manager: "No window for folders could be opened. The papers are in {}",
    nothing_exported: "No papers were exported yet. In a session, {} exports them",
    no_stick: "There is no USB stick that takes files. Plug one in, wait until it is there, and try again",
    no_table: "On this system the program does not find USB sticks. Export, “Open folder”, and copy from there",
    title_stick: "Copy to which USB stick?",
    copying: "Copying to USB {}% ({} gives up)",
    copied: "{} {paper|papers} and a backup are on the USB stick. Eject it, then take it out.",
    copied_to: "In the folder {}",
    copied_backup: "Backup {}: {} {change|changes}, read back; no words off the record are in it.",
    missing: "{} {place|places} of the papers are to be filled in.",
    gone: "The USB stick was pulled out or fails; nothing was copied. Plug it in or take another one, and try again",
    full: "The USB stick is full; nothing was copied or left there. Make room or take another one, and try again",
    read_only: "The USB stick is read-only; nothing was copied. Unlock it or take another one, and try again",
};
