//! Words about commands that were refused: what is the matter, and what to do next.

use crate::{
    domain::{command::Refusal, edit::YEARS, kind::SessionState, policy},
    i18n::{Strings, fill},
};

/// What is the matter, and what to do next; `{}` is filled in order.
type Words = (&'static str, &'static str);

/// The words of one language, by the names of [`Refusal`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each key is named as what is refused, and documented by its text below")]
pub struct RefusalWords {
    pub not_permitted: Words,
    pub not_yours: Words,
    pub for_signature: Words,
    pub issued: Words,
    pub no_such_step: Words,
    pub last_step: Words,
    pub missing: Words,
    pub stale: Words,
    pub no_such_field: Words,
    pub empty_text: Words,
    pub wrong_kind: Words,
    pub circle: Words,
    pub bad_weight: Words,
    pub bad_date: Words,
    pub off_record: Words,
    pub exists: Words,
    pub pledge_signed: Words,
    pub already_signed: Words,
    pub nothing_to_undo: Words,
    pub no_change: Words,
}

pub(super) const VI: RefusalWords = RefusalWords {
    not_permitted: ("Vai trò {} không được làm việc này", "nhờ người điều hành"),
    not_yours: ("Đây là ý do người khác ghi", "nhờ người ấy hoặc người điều hành"),
    for_signature: ("Không sửa được khi {}", "hãy “{}” về “{}”"),
    issued: ("Không sửa được khi {}", "hoàn tác bước ấy, hoặc ghi vào kỳ sau"),
    no_such_step: ("{} không sang được {}", "chỉ sang: {}"),
    last_step: ("{} không sang được {}", "đó là bước cuối, hoàn tác nếu nhầm"),
    missing: ("Không còn mục này", "nếu đã bỏ, hãy “{}”"),
    stale: ("Người khác vừa sửa chỗ này, chưa làm gì", "xem lại rồi làm lại"),
    no_such_field: ("Mục này không có ô đó", "chọn ô khác"),
    empty_text: ("Chưa có chữ nào", "gõ chữ rồi ghi"),
    wrong_kind: ("Không làm được với loại này", "chọn mục khác"),
    circle: ("Sẽ thành vòng lặp", "hãy “{}” hoặc bỏ liên kết kia trước"),
    bad_weight: ("Mức độ {} không có", "chọn từ 0 đến 3"),
    bad_date: ("Không giữ được ngày {}", "ghi năm từ {} đến {}"),
    off_record: ("Ý này ghi nội bộ", "chọn ý khác, hoặc “{}” trước"),
    exists: ("Đã có rồi", "mở mục đã có"),
    pledge_signed: ("Giao ước đã ký", "hãy “{}” sang “{}”"),
    already_signed: ("Đơn vị này đã ký", "ghi nhầm thì bỏ lần ký cũ trước"),
    nothing_to_undo: ("Bạn không còn gì để hoàn tác hoặc làm lại", "xem “{}”"),
    no_change: ("Không có gì thay đổi", "mọi thứ đã như vậy"),
};

pub(super) const EN: RefusalWords = RefusalWords {
    not_permitted: ("As {} you may not do this", "ask the facilitator"),
    not_yours: ("Somebody else recorded this", "ask them or the facilitator"),
    for_signature: ("Not while it is {}", "first “{}” to “{}”"),
    issued: ("Not while it is {}", "undo that step, or write it in the next session"),
    no_such_step: ("{} cannot become {}", "only: {}"),
    last_step: ("{} cannot become {}", "it is the last step; undo it if it was a mistake"),
    missing: ("It is not there any more", "if it was removed: “{}”"),
    stale: ("Somebody just changed this; nothing was done", "look again and repeat"),
    no_such_field: ("There is no such field here", "choose another field"),
    empty_text: ("There is no text", "type some, then store it"),
    wrong_kind: ("Not possible for this kind", "choose another one"),
    circle: ("That would lead in a circle", "first “{}” or unlink the other one"),
    bad_weight: ("There is no weight {}", "choose 0 to 3"),
    bad_date: ("{} is no date that is kept", "write a year from {} to {}"),
    off_record: ("This is off the record", "choose another line, or “{}” first"),
    exists: ("Exists already", "open the one that is there"),
    pledge_signed: ("The pledge is signed", "first “{}” to “{}”"),
    already_signed: ("That unit has signed", "if that was a mistake, remove the signature first"),
    nothing_to_undo: ("Nothing of yours to undo or redo", "see “{}”"),
    no_change: ("Nothing would change", "it is like that already"),
};

impl Strings {
    /// Why a wish was not carried out, and what to do next.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        let words = &self.refusals;
        let told = |(why, next): Words, parts: &[&str], further: &[&str]| {
            format!("{}; {}", fill(why, parts), fill(next, further))
        };
        match refusal {
            Refusal::NotPermitted(role) => told(words.not_permitted, &[self.role(*role)], &[]),
            Refusal::NotYours(_) => told(words.not_yours, &[], &[]),
            Refusal::WrongState(state) => self.frozen(*state),
            Refusal::NoSuchStep { from, to } => self.no_such_step(*from, *to),
            Refusal::Missing(_) => told(words.missing, &[], &[self.action_restore]),
            Refusal::Stale { .. } => told(words.stale, &[], &[]),
            Refusal::NoSuchField { .. } => told(words.no_such_field, &[], &[]),
            Refusal::EmptyText => told(words.empty_text, &[], &[]),
            Refusal::WrongKind(_) => told(words.wrong_kind, &[], &[]),
            Refusal::Circle => told(words.circle, &[], &[self.action_unmerge]),
            Refusal::BadWeight(weight) => told(words.bad_weight, &[&weight.to_string()], &[]),
            Refusal::BadDate(day) => {
                let years = [YEARS.start(), YEARS.end()].map(ToString::to_string);
                let day = day.format("%-d/%-m/%Y").to_string();
                told(words.bad_date, &[&day], &[&years[0], &years[1]])
            }
            Refusal::OffRecord(_) => told(words.off_record, &[], &[self.wall.disclose]),
            Refusal::Exists => told(words.exists, &[], &[]),
            Refusal::PledgeSigned => {
                let next = [self.action_pledge_state, self.pledge_state_amended];
                told(words.pledge_signed, &[], &next)
            }
            Refusal::AlreadySigned => told(words.already_signed, &[], &[]),
            Refusal::NothingToUndo => told(words.nothing_to_undo, &[], &[self.action_session_history]),
            Refusal::NoChange => told(words.no_change, &[], &[]),
        }
    }

    /// Before the paper is issued the state goes back; afterwards nothing changes but by taking back that step.
    fn frozen(&self, state: SessionState) -> String {
        let goes_back = policy::step_is_possible(state, SessionState::Closed);
        let (why, next) = if goes_back { self.refusals.for_signature } else { self.refusals.issued };
        let next = fill(next, &[self.action_session_state, self.state_closed]);
        format!("{}; {next}", fill(why, &[&self.state(state).to_lowercase()]))
    }

    fn no_such_step(&self, from: SessionState, to: SessionState) -> String {
        let possible: Vec<&str> = policy::next_states(from).iter().map(|state| self.state(*state)).collect();
        let (why, next) =
            if possible.is_empty() { self.refusals.last_step } else { self.refusals.no_such_step };
        format!("{}; {}", fill(why, &[self.state(from), self.state(to)]), fill(next, &[&possible.join(", ")]))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chrono::NaiveDate;

    use super::*;
    use crate::{
        domain::{ids::RecordId, kind::Kind, policy::Role},
        i18n::Lang,
        text::width::width,
    };

    macro_rules! all {
        ($($pattern:pat => [$($refusal:expr),* $(,)?],)*) => {
            /// Every refusal; a new one does not compile until it stands here.
            fn all() -> Vec<Refusal> {
                let _ = |refusal: &Refusal| match refusal { $($pattern => {})* };
                [$($(Vec::from_iter($refusal)),*),*].concat()
            }
        };
    }

    const RECORD: RecordId = RecordId(7);

    all! {
        Refusal::NotPermitted(_) => [Role::ALL.iter().map(|role| Refusal::NotPermitted(*role))],
        Refusal::NotYours(_) => [[Refusal::NotYours(RECORD)]],
        Refusal::WrongState(_) => [frozen()],
        Refusal::NoSuchStep { .. } => [impossible_steps()],
        Refusal::Missing(_) => [[Refusal::Missing(RECORD)]],
        Refusal::Stale { .. } => [[Refusal::Stale { record: RECORD, field: "text".into() }]],
        Refusal::NoSuchField { .. } => [[Refusal::NoSuchField { kind: Kind::Task, field: "text".into() }]],
        Refusal::EmptyText => [[Refusal::EmptyText]],
        Refusal::WrongKind(_) => [[Refusal::WrongKind(Kind::Task)]],
        Refusal::Circle => [[Refusal::Circle]],
        Refusal::BadWeight(_) => [[Refusal::BadWeight(9)]],
        Refusal::BadDate(_) => [[Refusal::BadDate(NaiveDate::MIN)]],
        Refusal::OffRecord(_) => [[Refusal::OffRecord(RECORD)]],
        Refusal::Exists => [[Refusal::Exists]],
        Refusal::PledgeSigned => [[Refusal::PledgeSigned]],
        Refusal::AlreadySigned => [[Refusal::AlreadySigned]],
        Refusal::NothingToUndo => [[Refusal::NothingToUndo]],
        Refusal::NoChange => [[Refusal::NoChange]],
    }

    fn frozen() -> Vec<Refusal> {
        use SessionState as S;
        [S::ForSignature, S::Issued, S::Sent].map(Refusal::WrongState).to_vec()
    }

    fn impossible_steps() -> Vec<Refusal> {
        let pairs = SessionState::ALL.iter().flat_map(|from| SessionState::ALL.iter().map(|to| (*from, *to)));
        let impossible = pairs.filter(|(from, to)| from != to && !policy::step_is_possible(*from, *to));
        impossible.map(|(from, to)| Refusal::NoSuchStep { from, to }).collect()
    }

    /// In two lines of the smallest window, behind the words that the text is kept.
    const ROOM: usize = 2 * 56;

    #[test]
    fn every_refusal_says_what_is_the_matter_and_what_to_do_next() {
        for strings in [Lang::Vietnamese, Lang::English].map(Lang::strings) {
            let mut told = BTreeSet::new();
            for refusal in all() {
                let text = strings.refusal(&refusal);
                let (why, next) = text.split_once("; ").unwrap();
                assert!(!why.is_empty() && next.split(' ').count() > 1, "{text}");
                assert!(!text.contains("{}"), "{text}");
                let kept = fill(strings.notice_line_kept, &[&text]);
                assert!(width(&kept) <= ROOM, "{kept}: {}", width(&kept));
                assert!(told.insert(text), "{refusal:?} is told as another one");
            }
        }
    }

    #[test]
    fn what_is_issued_says_how_it_is_put_right() {
        let told = |state| Lang::Vietnamese.strings().refusal(&Refusal::WrongState(state));
        assert_eq!(
            told(SessionState::ForSignature),
            "Không sửa được khi trình ký; hãy “Chuyển trạng thái hội nghị” về “Đã bế mạc”"
        );
        assert_eq!(
            told(SessionState::Issued),
            "Không sửa được khi đã ban hành; hoàn tác bước ấy, hoặc ghi vào kỳ sau"
        );
    }
}
