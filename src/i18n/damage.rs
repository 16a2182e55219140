//! Words about what was found damaged.

/// The words of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each key is documented by its text below")]
pub struct DamageWords {
    pub marker: &'static str,
    pub obstacle: &'static str,
    pub torn: &'static str,
    pub bad_line: &'static str,
    pub misplaced: &'static str,
    pub lost: &'static str,
    pub draft: &'static str,
    pub fork: &'static str,
    pub log_lacks: &'static str,
    pub database: &'static str,
    pub differs: &'static str,
    pub repaired: &'static str,
    pub open: &'static str,
    pub private: &'static str,
}

pub(super) const VI: DamageWords = DamageWords {
    marker: "Tệp mô tả thư mục bị hỏng",
    obstacle: "Ở {} có thứ không phải tệp hay thư mục của chương trình",
    torn: "Dòng cuối bị cắt dở ở byte {}; chưa từng báo “Đã lưu” hoặc bị cắt về sau",
    bad_line: "Dòng hỏng ở byte {}: {}",
    misplaced: "Dòng của hội nghị khác ở byte {}",
    lost: "MẤT các thay đổi số {} đến {}: không bản nào còn",
    draft: "Bản nháp {} bị hỏng hoặc mất: những chữ cuối chưa ghi có thể thiếu; phần còn lại ở quarantine/",
    fork: "Số {} có hai thay đổi khác nhau; giữ cả hai",
    log_lacks: "Nhật ký thiếu {} thay đổi mà cơ sở dữ liệu còn",
    database: "Cơ sở dữ liệu không đọc được: {}",
    differs: "Cơ sở dữ liệu khác với nhật ký",
    repaired: "đã sửa",
    open: "chưa sửa; chạy: hoinghi doctor --repair",
    private: "phần lưu nội bộ",
};

pub(super) const EN: DamageWords = DamageWords {
    marker: "The folder's description is damaged",
    obstacle: "{} is not the file or folder that belongs there",
    torn: "The last line is cut at byte {}; it was never “Saved”, or was cut later",
    bad_line: "A damaged line at byte {}: {}",
    misplaced: "A line of another session at byte {}",
    lost: "LOST changes {} to {}: neither copy has them",
    draft: "The draft {} is damaged or gone: the last letters that were not stored may be missing; the rest is in quarantine/",
    fork: "Number {} names two different changes; both are kept",
    log_lacks: "The log lacks {} {change|changes} that the database has",
    database: "The database cannot be read: {}",
    differs: "The database differs from the log",
    repaired: "repaired",
    open: "not repaired; run: hoinghi doctor --repair",
    private: "off-record part",
};
