//! Words about conclusions and tasks.

use super::{Strings, fill};
use crate::domain::{kind::TaskKind, lint::Lint};

/// The words of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each key is documented by its text below")]
pub struct ConcludingWords {
    pub no_lead: &'static str,
    pub several_leads: &'static str,
    pub unknown_lead: &'static str,
    pub no_due: &'static str,
    pub vague_due: &'static str,
    pub no_deliverable: &'static str,
    pub unknown_support: &'static str,
    pub lead_supports: &'static str,
    pub no_addressee: &'static str,
    pub read_as: &'static str,
    pub offer: &'static str,
    pub action_fill: &'static str,
    pub history_fill: &'static str,
    pub field_task_kind: &'static str,
    pub field_due_words: &'static str,
    pub dated: &'static str,
    pub standing: &'static str,
    pub weekly: &'static str,
    pub monthly: &'static str,
    pub quarterly: &'static str,
    pub half_yearly: &'static str,
    pub yearly: &'static str,
    pub chain: &'static str,
    pub empty_chain: &'static str,
    pub part_before: &'static str,
    pub part_here: &'static str,
    pub part_after: &'static str,
    pub part_nothing_after: &'static str,
    pub part_loose: &'static str,
    pub nothing_after: &'static str,
    pub nothing_before: &'static str,
    pub action_chain_next: &'static str,
    pub action_chain_previous: &'static str,
}

/// Tiếng Việt.
pub(super) const VI: ConcludingWords = ConcludingWords {
    no_lead: "Thiếu đơn vị chủ trì",
    several_leads: "Nhiều đơn vị chủ trì, chỉ chọn một",
    unknown_lead: "Đơn vị chủ trì không có trong hội nghị",
    no_due: "Thiếu thời hạn",
    vague_due: "Thời hạn chưa rõ",
    no_deliverable: "Thiếu sản phẩm",
    unknown_support: "Đơn vị phối hợp không có trong hội nghị: {}",
    lead_supports: "Đơn vị chủ trì ghi cả ở phối hợp",
    no_addressee: "Thiếu nơi nhận",
    read_as: "Đọc được: {}",
    offer: "{} điền: {}",
    action_fill: "Điền theo gợi ý",
    history_fill: "{} điền {} của {}",
    field_task_kind: "Kiểu nhiệm vụ",
    field_due_words: "Thời hạn như đã nói",
    dated: "Có thời hạn",
    standing: "Thường xuyên",
    weekly: "Hằng tuần",
    monthly: "Hằng tháng",
    quarterly: "Hằng quý",
    half_yearly: "6 tháng một lần",
    yearly: "Hằng năm",
    chain: "Mạch xử lý",
    empty_chain: "Khó khăn nào cũng có hướng xử lý, không có gì đứng riêng",
    part_before: "Từ đâu",
    part_here: "Đang xem",
    part_after: "Đi tới",
    part_nothing_after: "Đi tới: chưa có gì",
    part_loose: "Không gắn với gì",
    nothing_after: "Chưa có gì sau {}",
    nothing_before: "{} không gắn với gì",
    action_chain_next: "Mắt xích sau",
    action_chain_previous: "Mắt xích trước",
};

/// English.
pub(super) const EN: ConcludingWords = ConcludingWords {
    no_lead: "No lead unit",
    several_leads: "Several lead units, choose one",
    unknown_lead: "The lead unit is not in this session",
    no_due: "No deadline",
    vague_due: "Vague deadline",
    no_deliverable: "No deliverable",
    unknown_support: "A supporting unit is not in this session: {}",
    lead_supports: "The lead unit supports itself",
    no_addressee: "No addressee",
    read_as: "Read: {}",
    offer: "{} fills in: {}",
    action_fill: "Take suggestion",
    history_fill: "{} filled in {} of {}",
    field_task_kind: "Kind of task",
    field_due_words: "Deadline as said",
    dated: "By a date",
    standing: "Standing",
    weekly: "Every week",
    monthly: "Every month",
    quarterly: "Every quarter",
    half_yearly: "Every six months",
    yearly: "Every year",
    chain: "Chain",
    empty_chain: "Every difficulty is answered, nothing hangs loose",
    part_before: "What leads here",
    part_here: "Here",
    part_after: "What comes of it",
    part_nothing_after: "What comes of it: nothing yet",
    part_loose: "Answers nothing",
    nothing_after: "Nothing comes of {} yet",
    nothing_before: "{} answers nothing",
    action_chain_next: "Next link",
    action_chain_previous: "Previous link",
};

impl Strings {
    /// What a task lacks.
    pub fn lint(&self, lint: &Lint) -> String {
        let words = &self.concluding;
        match lint {
            Lint::NoLead => words.no_lead,
            Lint::SeveralLeads => words.several_leads,
            Lint::UnknownLead => words.unknown_lead,
            Lint::NoDue => words.no_due,
            Lint::VagueDue => words.vague_due,
            Lint::NoDeliverable => words.no_deliverable,
            Lint::LeadSupports => words.lead_supports,
            Lint::NoAddressee => words.no_addressee,
            Lint::UnknownSupport(name) => {
                return fill(words.unknown_support, &[if name.is_empty() { "?" } else { name }]);
            }
        }
        .to_owned()
    }

    /// Whether a task is done once, always, or again and again.
    pub fn task_kind(&self, kind: TaskKind) -> &'static str {
        let words = &self.concluding;
        match kind {
            TaskKind::Dated => words.dated,
            TaskKind::Standing => words.standing,
            TaskKind::Weekly => words.weekly,
            TaskKind::Monthly => words.monthly,
            TaskKind::Quarterly => words.quarterly,
            TaskKind::HalfYearly => words.half_yearly,
            TaskKind::Yearly => words.yearly,
        }
    }
}
