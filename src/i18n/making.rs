//! Words about making a session after another one, and taking in who its units and people are.

use super::fill;
use crate::domain::{kind::Kind, quarter::Quarter, summons::Summons};

/// How many numbers of lines are told.
const TOLD: usize = 20;

/// The words of a language; `{}` is filled in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakingWords {
    /// The command that makes a session after another one.
    pub action_clone: &'static str,
    /// After which: a quarter, and what comes along.
    pub title_clone: &'static str,
    /// The points of the agenda, the people and the venues that come along.
    pub counts: [&'static str; 3],
    /// People who do not come along, since their unit is none of the new session.
    pub left_out: &'static str,
    /// The command that takes in a list of units and people.
    pub action_list: &'static str,
    /// That somebody took one in: how many new units and people.
    pub history_roster: &'static str,
    /// What a list brought: new units and people, and those that were known.
    pub listed: &'static str,
    /// The lines in which nobody is named.
    pub unread: &'static str,
    /// A list that brings nobody new; how many were known.
    pub nothing_new: &'static str,
    /// A text in which no unit and no person is named.
    pub no_list: &'static str,
    /// Asks whether what was pasted is taken in.
    pub title_pasted: &'static str,
    /// Take it in: how many units and people.
    pub take: &'static str,
    /// Leave it.
    pub leave: &'static str,
    /// What each field of the form of a new session asks for, in their order.
    pub hints: [&'static str; 12],
    /// What Enter does in the form.
    pub on_the_button: &'static str,
    /// What to do next in a session that was just made: the agenda, units and people, opening.
    pub made: &'static str,
    /// Who it is by their part in the list of people, as long as nobody else was chosen.
    pub by_part: &'static str,
}

impl MakingWords {
    /// What a list brings, and which of its lines name nobody.
    pub fn report(&self, summons: &Summons, unread: &[u64]) -> Vec<String> {
        let filled = |pattern, counts: &[usize]| {
            let counts: Vec<String> = counts.iter().map(ToString::to_string).collect();
            fill(pattern, &counts.iter().map(String::as_str).collect::<Vec<_>>())
        };
        let known = [summons.known_units, summons.known_people];
        let told = if summons.records.is_empty() {
            filled(self.nothing_new, &known)
        } else {
            let [units, people] = [Kind::Unit, Kind::Attendee].map(|kind| summons.count(kind));
            filled(self.listed, &[[units, people], known].concat())
        };
        let numbers = unread.iter().take(TOLD).map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let more = if unread.len() > TOLD { "…" } else { "" };
        let unread = (!unread.is_empty()).then(|| fill(self.unread, &[&(numbers + more)]));
        std::iter::once(told).chain(unread).collect()
    }

    /// After which session a new one is made, and what comes along.
    pub fn title_clone(&self, quarter: Option<Quarter>, counts: [usize; 3]) -> String {
        let quarter = quarter.map(|quarter| quarter.to_string()).unwrap_or_default();
        let counted = self.counts.iter().zip(counts).filter(|(_, count)| *count > 0);
        let along = counted.map(|(words, count)| fill(words, &[&count.to_string()])).collect::<Vec<_>>();
        fill(self.title_clone, &[&quarter, &along.join(", ")])
    }
}

pub(super) const VI: MakingWords = MakingWords {
    action_clone: "Lập từ kỳ trước",
    title_clone: "Lập từ kỳ trước {}: {}",
    counts: ["{} mục chương trình", "{} đại biểu", "{} điểm cầu"],
    left_out: "Không đưa vào danh sách, vì đơn vị không còn: {}",
    action_list: "Nhập danh sách đơn vị, đại biểu",
    history_roster: "{} nhập danh sách: {} đơn vị, {} đại biểu mới",
    listed: "Đã nhập {} đơn vị, {} đại biểu mới; đã có sẵn {} đơn vị, {} đại biểu",
    unread: "Dòng không có tên đơn vị hay đại biểu: {}",
    nothing_new: "Không có gì mới: {} đơn vị, {} đại biểu trong danh sách đã có ở đây",
    no_list: "Không thấy đơn vị hay đại biểu nào. Mỗi dòng: mã đơn vị, họ tên, chức vụ, vai trò",
    title_pasted: "Chữ vừa dán là danh sách",
    take: "Nhập {} đơn vị, {} đại biểu mới",
    leave: "Bỏ qua",
    hints: [
        "nội dung hội nghị bàn, ghi trên mọi văn bản",
        "từ 1 đến 4",
        "năm có bốn chữ số",
        "ngày/tháng/năm; để trống nếu chưa định",
        "giờ:phút",
        "nơi họp, ví dụ: Hội trường Quận ủy",
        "ghi trước ngày tháng trên văn bản, ví dụ: Quận 1",
        "cụm, khối hoặc hội tổ chức hội nghị",
        "dòng trên ở góc trái văn bản",
        "dòng dưới ở góc trái văn bản; cơ quan ký",
        "họ tên người đang gõ; chỉ hỏi một lần",
        "mỗi dòng một đơn vị: mã rồi tên, hoặc dán bảng",
    ],
    on_the_button: "Ô tiếp; ở nút cuối: lập hội nghị",
    made: "Đã lập. {} chương trình, {} đại biểu, {} khai mạc",
    by_part: "{} (theo vai trò)",
};

pub(super) const EN: MakingWords = MakingWords {
    action_clone: "Clone last session",
    title_clone: "Clone of {}: {}",
    counts: ["{} agenda {item|items}", "{} {person|people}", "{} {venue|venues}"],
    left_out: "Not on the list, since their unit is gone: {}",
    action_list: "Import units and people",
    history_roster: "{} imported a list; new units: {}, new people: {}",
    listed: "New: {} {unit|units}, {} {person|people}. Here already: {} {unit|units}, {} {person|people}",
    unread: "Lines that name no unit and nobody: {}",
    nothing_new: "Nothing new. Here already: {} {unit|units}, {} {person|people}",
    no_list: "No unit and nobody is named. A line: unit's code, name, post, role",
    title_pasted: "What was pasted is a list",
    take: "Import (new units: {}, new people: {})",
    leave: "Leave it",
    hints: [
        "what the session is about; stands in every paper",
        "1 to 4",
        "a year of four digits",
        "day/month/year; empty if not settled yet",
        "hour:minute",
        "where it is held, such as the town hall",
        "the place that papers are dated from",
        "the body that meets, as its papers call it",
        "the upper line at the top left of papers",
        "the lower line there: the office that signs",
        "the name of who is typing; asked once",
        "a unit a line: code, then name; or paste a table",
    ],
    on_the_button: "Next field; on the button: create the session",
    made: "Made. {} agenda, {} units and people, {} opens it",
    by_part: "{} (by role)",
};
