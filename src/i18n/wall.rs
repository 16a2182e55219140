//! Words about who sees what: the room on the projector, the chair, those who may see what is off the record.

/// The words of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each key is documented by its text below")]
pub struct WallStrings {
    pub projector: &'static str,
    pub publish: &'static str,
    pub unpublish: &'static str,
    pub mark_published: &'static str,
    pub mark_outdated: &'static str,
    pub shown_now: &'static str,
    pub shown_words: &'static str,
    pub notice_published: &'static str,
    pub notice_unpublished: &'static str,
    pub nothing_published: &'static str,
    pub page: &'static str,
    pub history_publish: &'static str,
    pub history_unpublish: &'static str,
    pub history_disclose: &'static str,
}

pub(super) const VI: WallStrings = WallStrings {
    projector: "Màn hình chiếu",
    publish: "Đưa lên màn chiếu",
    unpublish: "Thôi chiếu",
    mark_published: "chiếu",
    mark_outdated: "chiếu bản cũ",
    shown_now: "đang chiếu",
    shown_words: "đang chiếu bản cũ: {}",
    notice_published: "Đưa lên màn chiếu: {}. {} để xem, {} để hoàn tác",
    notice_unpublished: "Thôi chiếu: {}. {} để hoàn tác",
    nothing_published: "Chưa có dòng nào trên màn chiếu",
    page: "Trang {}/{}",
    history_publish: "{} đưa {} lên màn chiếu",
    history_unpublish: "{} thôi chiếu {}",
    history_disclose: "{} công khai {}",
};

pub(super) const EN: WallStrings = WallStrings {
    projector: "Projector",
    publish: "Publish",
    unpublish: "Unpublish",
    mark_published: "shown",
    mark_outdated: "old text shown",
    shown_now: "shown",
    shown_words: "old text shown: {}",
    notice_published: "On the projector: {}. {} to look, {} to undo",
    notice_unpublished: "Off the projector: {}. {} to undo",
    nothing_published: "Nothing is on the projector yet",
    page: "Page {}/{}",
    history_publish: "{} published {}",
    history_unpublish: "{} unpublished {}",
    history_disclose: "{} made {} public",
};
