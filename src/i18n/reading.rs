//! Words about reading back and closing.

use super::{Strings, fill};
use crate::domain::kind::{Reading, SessionState};

/// The words of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each key is documented by its text below")]
pub struct ReadingWords {
    pub pane: &'static str,
    pub empty: &'static str,
    pub place: &'static str,
    pub tally: &'static str,
    pub unread: &'static str,
    pub agreed: &'static str,
    pub changed: &'static str,
    pub left: &'static str,
    pub edited: &'static str,
    pub edited_since_frozen: &'static str,
    pub edited_since_read: &'static str,
    pub frozen_at: &'static str,
    pub next: &'static str,
    pub all_read: &'static str,
    pub action_read_back: &'static str,
    pub action_agree: &'static str,
    pub action_edit: &'static str,
    pub action_leave_open: &'static str,
    pub action_freeze: &'static str,
    pub action_close: &'static str,
    pub notice_frozen: &'static str,
    pub notice_frozen_unread: &'static str,
    pub notice_opened: &'static str,
    pub step_open: &'static str,
    pub step_comments: &'static str,
    pub step_signature: &'static str,
    pub step_issue: &'static str,
    pub step_send: &'static str,
    pub step_back: &'static str,
    pub history_read_back: &'static str,
    pub history_freeze: &'static str,
    pub field_reading: &'static str,
    pub field_read_as: &'static str,
    pub field_frozen_as: &'static str,
    pub field_frozen_at: &'static str,
    pub closing: &'static str,
    pub close_anyway: &'static str,
    pub go_to_first: &'static str,
    pub missing_unclassified: &'static str,
    pub missing_speaker: &'static str,
    pub missing_answer: &'static str,
    pub missing_lints: &'static str,
    pub missing_reading: &'static str,
}

/// Tiếng Việt.
pub(super) const VI: ReadingWords = ReadingWords {
    pane: "Đọc lại kết luận",
    empty: "Chưa có gì để đọc lại. F5 rồi {} để thêm kết luận",
    place: "đoạn {}/{}",
    tally: "nhất trí {} · sửa {} · để lại {} · chưa đọc {}",
    unread: "Chưa đọc",
    agreed: "Nhất trí",
    changed: "Sửa, nhất trí",
    left: "Để lại",
    edited: "đã sửa sau khi đọc",
    edited_since_frozen: "So với bản đã chốt:",
    edited_since_read: "So với lúc đọc:",
    frozen_at: "chốt {}",
    next: "Tiếp: {}",
    all_read: "Đã đọc hết. {} để chốt bản đã đọc",
    action_read_back: "Đọc lại kết luận",
    action_agree: "Nhất trí",
    action_edit: "Sửa",
    action_leave_open: "Để lại",
    action_freeze: "Chốt bản đã đọc",
    action_close: "Bế mạc",
    notice_frozen: "Chốt {} đoạn như đã đọc. Sửa sau đây sẽ hiện so với bản này",
    notice_frozen_unread: "Chốt {} đoạn, trong đó {} đoạn chưa đọc. {} để hoàn tác",
    notice_opened: "Đã khai mạc. {} để vào mục đầu chương trình",
    step_open: "Khai mạc",
    step_comments: "Gửi xin ý kiến",
    step_signature: "Trình ký",
    step_issue: "Ghi nhận ban hành",
    step_send: "Ghi nhận đã gửi",
    step_back: "Đưa về: {}",
    history_read_back: "{} đọc lại {}: {}",
    history_freeze: "{} chốt bản đã đọc, {} đoạn",
    field_reading: "Khi đọc lại",
    field_read_as: "Lời đã đọc",
    field_frozen_as: "Lời đã chốt",
    field_frozen_at: "Giờ chốt",
    closing: "Trước khi bế mạc còn thiếu",
    close_anyway: "Vẫn bế mạc",
    go_to_first: "Đến chỗ thiếu đầu tiên",
    missing_unclassified: "{} ghi nhanh chưa phân loại",
    missing_speaker: "{} ý kiến chưa rõ ai nêu",
    missing_answer: "{} khó khăn chưa có hướng xử lý",
    missing_lints: "{} mục thiếu chủ trì, thời hạn, sản phẩm hoặc nơi nhận",
    missing_reading: "{} đoạn chưa đọc lại",
};

/// English.
pub(super) const EN: ReadingWords = ReadingWords {
    pane: "Read back",
    empty: "Nothing to read back yet. F5, then {} to add a conclusion",
    place: "paragraph {}/{}",
    tally: "agreed {} · changed {} · left {} · unread {}",
    unread: "Unread",
    agreed: "Agreed",
    changed: "Changed, agreed",
    left: "Left",
    edited: "edited since it was read",
    edited_since_frozen: "Against the frozen version:",
    edited_since_read: "Against what was read:",
    frozen_at: "frozen {}",
    next: "Next: {}",
    all_read: "All is read. {} freezes it as read",
    action_read_back: "Read back",
    action_agree: "Agree",
    action_edit: "Edit",
    action_leave_open: "Leave for later",
    action_freeze: "Freeze as read",
    action_close: "Close session",
    notice_frozen: "{} {paragraph|paragraphs} frozen as read. Later edits will show against them",
    notice_frozen_unread: "{} {paragraph|paragraphs} frozen, {} of them unread. {} to undo",
    notice_opened: "The session is open. {} goes to the first agenda item",
    step_open: "Open session",
    step_comments: "Send out for comments",
    step_signature: "Submit for signature",
    step_issue: "Record issue",
    step_send: "Record as sent",
    step_back: "Back to: {}",
    history_read_back: "{} read back {}: {}",
    history_freeze: "{} froze the version as read, {} {paragraph|paragraphs}",
    field_reading: "When read back",
    field_read_as: "Words as read",
    field_frozen_as: "Words as frozen",
    field_frozen_at: "Frozen at",
    closing: "Missing before closing",
    close_anyway: "Close all the same",
    go_to_first: "Go to the first missing thing",
    missing_unclassified: "Unclassified notes: {}",
    missing_speaker: "Lines of an unknown speaker: {}",
    missing_answer: "Unanswered difficulties: {}",
    missing_lints: "Without lead, date, deliverable or addressee: {}",
    missing_reading: "Paragraphs not read back: {}",
};

impl Strings {
    /// What somebody does who moves the session on, or back.
    pub fn step(&self, from: SessionState, to: SessionState) -> String {
        use SessionState as S;
        let words = &self.read_back;
        match to {
            _ if to < from => fill(words.step_back, &[self.state(to)]),
            S::Draft | S::Open => words.step_open.to_owned(),
            S::Closed => words.action_close.to_owned(),
            S::OutForComments => words.step_comments.to_owned(),
            S::ForSignature => words.step_signature.to_owned(),
            S::Issued => words.step_issue.to_owned(),
            S::Sent => words.step_send.to_owned(),
        }
    }

    /// What became of a paragraph; of an unread one, that.
    pub fn reading(&self, reading: Option<Reading>) -> &'static str {
        match reading {
            None => self.read_back.unread,
            Some(Reading::Agreed) => self.read_back.agreed,
            Some(Reading::Changed) => self.read_back.changed,
            Some(Reading::Left) => self.read_back.left,
        }
    }
}
