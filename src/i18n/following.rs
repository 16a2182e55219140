//! Words about what earlier sessions left to do, and about what is found on a board.

use super::{Strings, fill};
use crate::domain::{board::Board, field, finding::Finding, follow_up::DueBucket, record::Record, roster};

/// The words of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each key is documented by its text below")]
pub struct FollowingWords {
    pub kind: &'static str,
    pub pane: &'static str,
    pub empty: &'static str,
    pub action_pane: &'static str,
    pub action_take_up: &'static str,
    pub action_done: &'static str,
    pub action_not_done: &'static str,
    pub action_carry: &'static str,
    pub action_carry_not: &'static str,
    pub action_origin: &'static str,
    pub overdue: &'static str,
    pub in_time: &'static str,
    pub done_on_time: &'static str,
    pub done_late: &'static str,
    pub heading: &'static str,
    pub done_on: &'static str,
    pub carried: &'static str,
    pub raised: &'static str,
    pub came_from: &'static str,
    pub field_from: &'static str,
    pub field_assigned: &'static str,
    pub field_raised: &'static str,
    pub field_carried: &'static str,
    pub taken: &'static str,
    pub nothing_to_take: &'static str,
    pub only_text_here: &'static str,
    pub history_take_up: &'static str,
    pub findings: &'static str,
    pub nothing_found: &'static str,
    pub doctor: &'static str,
    pub contested: &'static str,
    pub merge_circle: &'static str,
    pub chain_circle: &'static str,
    pub dangling: &'static str,
    pub same_number: &'static str,
    pub unknown_kind: &'static str,
    pub signed_twice: &'static str,
    pub overlap: &'static str,
    pub ends_before: &'static str,
    pub gap: &'static str,
    pub fork: &'static str,
    pub unknown_changes: &'static str,
    pub waiting: &'static str,
    pub seal_broken: &'static str,
    pub of_nobody: &'static str,
    pub unanswered: &'static str,
    pub loose: &'static str,
    pub field_valid_to: &'static str,
    pub field_successor: &'static str,
    pub field_also: &'static str,
    pub unit_from: &'static str,
    pub unit_to: &'static str,
    pub unit_over: &'static str,
    pub unit_replaced: &'static str,
}

/// Vietnamese.
pub(super) const VI: FollowingWords = FollowingWords {
    kind: "việc kỳ trước",
    pane: "Theo dõi thực hiện",
    empty: "Chưa lấy việc kỳ trước. {} để lấy nhiệm vụ, kiến nghị của phiên trước cùng cụm",
    action_pane: "Theo dõi thực hiện",
    action_take_up: "Lấy việc kỳ trước",
    action_done: "Đã xong",
    action_not_done: "Chưa xong",
    action_carry: "Chuyển kỳ sau",
    action_carry_not: "Thôi chuyển",
    action_origin: "Về phiên gốc",
    overdue: "Quá hạn",
    in_time: "Trong hạn",
    done_on_time: "Hoàn thành đúng hạn",
    done_late: "Hoàn thành quá hạn",
    heading: "{}: {}",
    done_on: "xong {}",
    carried: "→ kỳ sau",
    raised: "lần {}",
    came_from: "{} quý {}",
    field_from: "Từ",
    field_assigned: "Đơn vị thực hiện",
    field_raised: "Số kỳ đã nêu",
    field_carried: "Chuyển kỳ sau",
    taken: "Lấy {} việc của quý {} để theo dõi. {} để hoàn tác",
    nothing_to_take: "Phiên trước cùng cụm không để lại việc nào chưa lấy",
    only_text_here: "Lời của kỳ trước giữ nguyên; kết quả, thời hạn thì sửa được",
    history_take_up: "{} lấy {} việc kỳ trước để theo dõi",
    findings: "Điều cần xem lại",
    nothing_found: "Không có gì cần xem lại",
    doctor: "xem bằng hoinghi doctor",
    contested: "Hai bản, cần chọn ({})",
    merge_circle: "Gộp vòng tròn",
    chain_circle: "Nối vòng tròn",
    dangling: "Nối tới dòng không còn ({})",
    same_number: "Trùng số {}",
    unknown_kind: "Loại chỉ bản mới hơn biết",
    signed_twice: "Đơn vị ký hai lần",
    overlap: "Phát biểu trùng giờ",
    ends_before: "Kết thúc trước khi bắt đầu",
    gap: "Nhật ký thiếu thay đổi",
    fork: "Nhật ký có hai bản của một số",
    unknown_changes: "Thay đổi của bản mới hơn: {}",
    waiting: "Thay đổi chờ quyết định: {}",
    seal_broken: "Thiếu {} thay đổi so với lúc bế mạc hoặc ban hành",
    of_nobody: "Chưa rõ ai nêu",
    unanswered: "Chưa có hướng xử lý",
    loose: "Không gắn với gì",
    field_valid_to: "Đến hết ngày",
    field_successor: "Đơn vị kế tục",
    field_also: "Cũng của đơn vị",
    unit_from: "từ {}",
    unit_to: "đến {}",
    unit_over: "Các kỳ sau ngày đó không có đơn vị này. Văn bản đã lập giữ tên cũ.",
    unit_replaced: "Các kỳ sau có {} thay đơn vị này. Văn bản đã lập giữ tên cũ.",
};

/// English.
pub(super) const EN: FollowingWords = FollowingWords {
    kind: "earlier item",
    pane: "Follow-up",
    empty: "Nothing taken up yet. {} takes tasks and recommendations of this cluster's last session",
    action_pane: "Follow-up",
    action_take_up: "Take up last session's items",
    action_done: "Done",
    action_not_done: "Not done",
    action_carry: "Carry over",
    action_carry_not: "Carry no more",
    action_origin: "To its session",
    overdue: "Overdue",
    in_time: "In time",
    done_on_time: "Done on time",
    done_late: "Done late",
    heading: "{}: {}",
    done_on: "done {}",
    carried: "→ next session",
    raised: "raised {}×",
    came_from: "{} of {}",
    field_from: "From",
    field_assigned: "Assigned to",
    field_raised: "Times raised",
    field_carried: "Carried over",
    taken: "{} {item|items} of {} taken up. {} to undo",
    nothing_to_take: "This cluster's last session left nothing that is not here",
    only_text_here: "Words of an earlier session stay; result and deadline can be changed",
    history_take_up: "{} took up {} {item|items} of earlier sessions",
    findings: "To look at again",
    nothing_found: "Nothing to look at again",
    doctor: "see hoinghi doctor",
    contested: "Two versions, choose ({})",
    merge_circle: "Merged in a circle",
    chain_circle: "Linked in a circle",
    dangling: "Linked to what is gone ({})",
    same_number: "Same number {}",
    unknown_kind: "A kind that only a newer version knows",
    signed_twice: "The unit signed twice",
    overlap: "Speeches at the same time",
    ends_before: "Ends before it begins",
    gap: "The log lacks changes",
    fork: "The log has two of one number",
    unknown_changes: "Changes of a newer version: {}",
    waiting: "Changes that wait for a verdict: {}",
    seal_broken: "{} {change is|changes are} missing since it was closed or issued",
    of_nobody: "Speaker unknown",
    unanswered: "Unanswered",
    loose: "Answers nothing",
    field_valid_to: "Until",
    field_successor: "Successor",
    field_also: "Also of the unit",
    unit_from: "from {}",
    unit_to: "until {}",
    unit_over: "Sessions after that day are without this unit. Papers that exist keep its name.",
    unit_replaced: "In later sessions {} stands in its place. Papers that exist keep its name.",
};

impl Strings {
    /// The name of a due bucket.
    pub fn due_bucket(&self, bucket: DueBucket) -> &'static str {
        match bucket {
            DueBucket::Overdue => self.following.overdue,
            DueBucket::InTime => self.following.in_time,
            DueBucket::DoneOnTime => self.following.done_on_time,
            DueBucket::DoneLate => self.following.done_late,
        }
    }

    /// What is found, in a few words.
    pub fn finding(&self, finding: &Finding) -> String {
        let words = &self.following;
        match finding {
            Finding::Contested { field, .. } => fill(words.contested, &[&self.field(field).to_lowercase()]),
            Finding::Dangling { field, .. } => fill(words.dangling, &[&self.field(field).to_lowercase()]),
            Finding::MergeCircle(_) => words.merge_circle.to_owned(),
            Finding::ChainCircle(_) => words.chain_circle.to_owned(),
            Finding::Lint { lint, .. } => self.lint(lint),
            Finding::SameNumber { number, .. } => fill(words.same_number, &[number]),
            Finding::UnknownKind(_) => words.unknown_kind.to_owned(),
            Finding::SignedTwice(_) => words.signed_twice.to_owned(),
            Finding::SpeechesOverlap(..) => words.overlap.to_owned(),
            Finding::EndsBeforeItBegins(_) => words.ends_before.to_owned(),
            Finding::Gap(_) => words.gap.to_owned(),
            Finding::Fork(_) => words.fork.to_owned(),
            Finding::UnknownChanges(count) => fill(words.unknown_changes, &[&count.to_string()]),
            Finding::Waiting(count) => fill(words.waiting, &[&count.to_string()]),
            Finding::SealBroken { missing } => fill(words.seal_broken, &[&missing.to_string()]),
            Finding::OfNobody(_) => words.of_nobody.to_owned(),
            Finding::Unanswered(_) => words.unanswered.to_owned(),
            Finding::Loose(_) => words.loose.to_owned(),
        }
    }

    /// `từ 1/1/2021 đến 30/6/2023 → TĐ`: how long a unit exists and what took its place; nothing of one that just exists.
    pub fn unit_lasts(&self, board: &Board, unit: &Record) -> Option<String> {
        let words = &self.following;
        let day = |field| unit.date(&field).map(|day| day.format("%-d/%-m/%Y").to_string());
        let from = day(field::VALID_FROM).map(|day| fill(words.unit_from, &[&day]));
        let to = day(field::VALID_TO).map(|day| fill(words.unit_to, &[&day]));
        let next = roster::successor(board, unit).map(|next| format!("→ {}", roster::code(next)));
        let parts: Vec<String> = [from, to, next].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    /// What the end of a unit means for the sessions to come.
    pub fn unit_ends(&self, board: &Board, unit: &Record) -> Option<String> {
        let words = &self.following;
        let next =
            roster::successor(board, unit).map(|next| fill(words.unit_replaced, &[roster::code(next)]));
        next.or_else(|| unit.date(&field::VALID_TO).map(|_| words.unit_over.to_owned()))
    }

    /// `NV-03 quý I/2023`: where an item that is followed was first.
    pub fn came_from(&self, item: &Record) -> String {
        use crate::domain::follow_up;
        let number = follow_up::number(item);
        match follow_up::quarter(item) {
            Some(quarter) => fill(self.following.came_from, &[number, &quarter.to_string()]),
            None => number.to_owned(),
        }
    }
}
