//! Words about papers being written and looked at.

/// The words of a language; `{}` is filled in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperWords {
    /// The page of figures.
    pub statistics: super::statistics::StatisticsWords,
    /// Taking papers along.
    pub taking: super::taking::TakingWords,
    /// Papers are being written; how far, and the key that gives it up.
    pub exporting: &'static str,
    /// A file is being read; the same.
    pub reading: &'static str,
    /// The person has given it up; it will stop.
    pub giving_up: &'static str,
    /// It has stopped.
    pub given_up: &'static str,
    /// A file could not be written: where, and why in the system's words.
    pub not_written: &'static str,
    /// Nothing new can be begun.
    pub busy: &'static str,
    /// At the shell: how far an export is.
    pub progress: &'static str,
    /// The command that shows what a paper would say.
    pub action_preview: &'static str,
    /// The names of the papers.
    pub notice: &'static str,
    /// The same, as those below.
    pub minutes: &'static str,
    /// Annexes.
    pub annex: &'static str,
    /// The pledge.
    pub pledge: &'static str,
    /// Attendees.
    pub attendance: &'static str,
    /// The sheet to sign.
    pub sign_in: &'static str,
    /// The agenda.
    pub programme: &'static str,
}

pub(super) const VI: PaperWords = PaperWords {
    statistics: super::statistics::VI,
    taking: super::taking::VI,
    exporting: "Đang xuất văn bản {}% ({} để hủy)",
    reading: "Đang đọc tệp {}% ({} để hủy)",
    giving_up: "Đang dừng…",
    given_up: "Đã hủy; không tệp nào thay đổi",
    not_written: "Không ghi được vào {} ({}). Chọn thư mục khác hoặc dọn chỗ trống; dữ liệu hội nghị vẫn nguyên",
    busy: "Việc trước chưa xong; chờ hoặc hủy rồi làm tiếp",
    progress: "Đang xuất {}/{}",
    action_preview: "Xem trước văn bản",
    notice: "Thông báo kết luận",
    minutes: "Biên bản",
    annex: "Phụ lục kiến nghị",
    pledge: "Bản giao ước thi đua",
    attendance: "Danh sách đại biểu",
    sign_in: "Danh sách ký nhận",
    programme: "Chương trình",
};

pub(super) const EN: PaperWords = PaperWords {
    statistics: super::statistics::EN,
    taking: super::taking::EN,
    exporting: "Writing papers {}% ({} gives up)",
    reading: "Reading the file {}% ({} gives up)",
    giving_up: "Stopping…",
    given_up: "Given up; no file has changed",
    not_written: "Nothing could be written to {} ({}). Choose another folder or make room; what was recorded is untouched",
    busy: "Something is still being done; wait, or give it up first",
    progress: "Writing {}/{}",
    action_preview: "Preview a paper",
    notice: "Conclusion notice",
    minutes: "Minutes",
    annex: "Annexes of recommendations",
    pledge: "Pledge",
    attendance: "List of attendees",
    sign_in: "Sign-in sheet",
    programme: "Programme",
};
