//! By when something is to be done, read from how people say it.
//!
//! A day is what an office can hold a unit to: a date, or a month, a quarter, a half or a year that is named with its year, which
//! ends on its last day. Everything else (`sớm`, `quý II`, `đầu tháng 6/2023`, `trong 15 ngày`) names no day; then the day that may
//! be meant is worked out from the day on which it was said.
//!
//! Invariant: reading never fails and refuses nothing.

mod phrase;

use chrono::{Datelike as _, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::kind::TaskKind;
use phrase::{Phrase, Span};

/// By when, as far as words say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deadline {
    /// They say nothing of it.
    Unsaid,
    /// On that day at the latest.
    Day(NaiveDate),
    /// Always, or again and again; perhaps until a day.
    Regular(TaskKind, Option<NaiveDate>),
    /// They name no day; this one may be meant.
    Vague(NaiveDate),
}

impl Deadline {
    /// The day, if one is named.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::Day(day) => Some(day),
            Self::Regular(_, until) => until,
            Self::Unsaid | Self::Vague(_) => None,
        }
    }

    /// How often, if that is said.
    pub fn task_kind(self) -> Option<TaskKind> {
        if let Self::Regular(kind, _) = self { Some(kind) } else { None }
    }
}

/// The deadline in the field for it: all its words are about that. `on` is the day on which it was said.
pub fn of_field(text: &str, on: NaiveDate) -> Deadline {
    let phrase = Phrase::of(text);
    if phrase.is_empty() {
        return Deadline::Unsaid;
    }
    let found = read(&phrase, on, |_| true);
    if found == Deadline::Unsaid { Deadline::Vague(soon(on)) } else { found }
}

/// The deadline that a sentence names among other things: only what stands behind a word such as `trước`, `trong`, `hết` counts,
/// because sentences name days and quarters for other reasons too.
pub fn in_sentence(text: &str, on: NaiveDate) -> Deadline {
    let phrase = Phrase::of(text);
    match read(&phrase, on, |at| phrase.is_led(at)) {
        Deadline::Unsaid if phrase.says_soon() => Deadline::Vague(soon(on)),
        found => found,
    }
}

/// What `sớm` may mean: a month.
fn soon(on: NaiveDate) -> NaiveDate {
    on.checked_add_months(Months::new(1)).unwrap_or(on)
}

/// The last day named counts, and if none is, the last one that may be meant.
fn read(phrase: &Phrase, on: NaiveDate, counts: impl Fn(usize) -> bool) -> Deadline {
    let regular = phrase.regular();
    let within = |at: usize| regular.as_ref().is_some_and(|(_, range)| range.contains(&at));
    let (mut named, mut meant) = (None, None);
    let mut at = 0;
    while at < phrase.len() {
        let span = if within(at) || !counts(at) { None } else { phrase.span(at, on) };
        match span {
            Some((Span { last, is_named: true }, _)) => named = Some(last),
            Some((Span { last, is_named: false }, _)) => meant = Some(last),
            None => {}
        }
        at += span.map_or(1, |(_, used)| used.max(1));
    }
    match (regular, named, meant) {
        (Some((kind, _)), until, _) => Deadline::Regular(kind, until),
        (None, Some(day), _) => Deadline::Day(day),
        (None, None, Some(day)) => Deadline::Vague(day),
        (None, None, None) => Deadline::Unsaid,
    }
}

/// The last day of a month.
pub(super) fn last_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
}

/// The last day of the period in which `today` lies, for what is done again and again; `None` for what is not.
pub fn period_end(kind: TaskKind, today: NaiveDate) -> Option<NaiveDate> {
    let months = match kind {
        TaskKind::Dated | TaskKind::Standing => return None,
        TaskKind::Weekly => {
            return today.checked_add_days(Days::new(6 - u64::from(today.weekday().num_days_from_monday())));
        }
        TaskKind::Monthly => 1,
        TaskKind::Quarterly => 3,
        TaskKind::HalfYearly => 6,
        TaskKind::Yearly => 12,
    };
    last_of_month(today.year(), today.month0() / months * months + months)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    /// The day of the sample session.
    fn said_on() -> NaiveDate {
        day(2023, 3, 10)
    }

    #[test]
    fn a_day_is_a_date_or_the_end_of_a_period_named_with_its_year() {
        let table = [
            ("10/3/2023", (3, 10)),
            ("10-03-2023", (3, 10)),
            ("2023-03-10", (3, 10)),
            ("30.6.2023", (6, 30)),
            ("trước ngày 30/6/2023", (6, 30)),
            ("ngày 15 tháng 6 năm 2023", (6, 15)),
            ("chậm nhất là ngày 5 tháng 4/2023", (4, 5)),
            ("trong quý II/2023", (6, 30)),
            ("quý 2/2023", (6, 30)),
            ("Quý II năm 2023", (6, 30)),
            ("hết quý iv - 2023", (12, 31)),
            ("trong quy III/2023", (9, 30)),
            ("tháng 4/2023", (4, 30)),
            ("cuối tháng 02 năm 2023", (2, 28)),
            ("hết năm 2023", (12, 31)),
            ("6 tháng đầu năm 2023", (6, 30)),
            ("sáu tháng cuối năm 2023", (12, 31)),
            ("từ nay đến 30/4/2023", (4, 30)),
            ("từ 1/4/2023 đến 30/4/2023", (4, 30)),
            ("30/6/2023 (sau khi có hướng dẫn)", (6, 30)),
        ];
        for (text, (month, of_month)) in table {
            assert_eq!(of_field(text, said_on()), Deadline::Day(day(2023, month, of_month)), "{text}");
        }
        assert_eq!(of_field("tháng 2/2024", said_on()), Deadline::Day(day(2024, 2, 29)));
        assert_eq!(of_field("  ", said_on()), Deadline::Unsaid);
    }

    #[test]
    fn words_that_name_no_day_give_the_one_that_may_be_meant() {
        let table = [
            ("sớm", (2023, 4, 10)),
            ("trong thời gian sớm nhất", (2023, 4, 10)),
            ("ngay sau hội nghị", (2023, 4, 10)),
            ("thời gian tới", (2023, 4, 10)),
            ("khi có hướng dẫn", (2023, 4, 10)),
            ("trong quý II", (2023, 6, 30)),
            ("quý I", (2023, 3, 31)),
            ("tháng 2", (2024, 2, 29)),
            ("tháng 6", (2023, 6, 30)),
            ("30/6", (2023, 6, 30)),
            ("ngày 5 tháng 3", (2024, 3, 5)),
            ("10/4/23", (2023, 4, 10)),
            ("31/6/2023", (2023, 6, 30)),
            ("đầu quý II/2023", (2023, 4, 30)),
            ("giữa tháng 6/2023", (2023, 6, 20)),
            ("đầu năm 2024", (2024, 3, 31)),
            ("cuối năm", (2023, 12, 31)),
            ("giữa năm 2024", (2024, 6, 30)),
            ("trong năm nay", (2023, 12, 31)),
            ("năm sau", (2024, 12, 31)),
            ("quý này", (2023, 3, 31)),
            ("quý tới", (2023, 6, 30)),
            ("tháng tới", (2023, 4, 30)),
            ("tháng sau", (2023, 4, 30)),
            ("trong tuần tới", (2023, 3, 19)),
            ("trong tuần này", (2023, 3, 12)),
            ("trong vòng 15 ngày", (2023, 3, 25)),
            ("2 tuần", (2023, 3, 24)),
            ("3 tháng", (2023, 6, 10)),
            ("6 tháng đầu năm", (2023, 6, 30)),
            ("32/13/2023", (2023, 4, 10)),
            ("ngày mai", (2023, 4, 10)),
        ];
        for (text, (year, month, of_month)) in table {
            let meant = Deadline::Vague(day(year, month, of_month));
            assert_eq!(of_field(text, said_on()), meant, "{text}");
        }
    }

    #[test]
    fn what_is_done_always_or_again_and_again_needs_no_day() {
        let table = [
            ("thường xuyên", TaskKind::Standing, None),
            ("liên tục", TaskKind::Standing, None),
            ("hằng ngày", TaskKind::Standing, None),
            ("hằng tuần", TaskKind::Weekly, None),
            ("hàng tháng", TaskKind::Monthly, None),
            ("định kỳ tháng", TaskKind::Monthly, None),
            ("định kỳ hằng quý", TaskKind::Quarterly, None),
            ("mỗi quý một lần", TaskKind::Quarterly, None),
            ("6 tháng một lần", TaskKind::HalfYearly, None),
            ("định kỳ 6 tháng", TaskKind::HalfYearly, None),
            ("3 tháng/lần", TaskKind::Quarterly, None),
            ("hằng năm", TaskKind::Yearly, None),
            ("hằng quý, đến hết năm 2023", TaskKind::Quarterly, Some(day(2023, 12, 31))),
        ];
        for (text, kind, until) in table {
            assert_eq!(of_field(text, said_on()), Deadline::Regular(kind, until), "{text}");
        }
    }

    #[test]
    fn a_sentence_names_a_deadline_only_behind_a_word_that_leads_to_one() {
        let table = [
            ("Q1 chủ trì soạn quy trình, xong trước 28/4/2023", Deadline::Day(day(2023, 4, 28))),
            (
                "Hoàn thành trong quý II/2023 theo Kế hoạch số 12 ngày 5/1/2023",
                Deadline::Day(day(2023, 6, 30)),
            ),
            ("Rà soát theo Quy định ngày 9/1/2023", Deadline::Unsaid),
            ("Thực hiện giao ước thi đua năm 2023", Deadline::Unsaid),
            ("Báo cáo quý I/2023", Deadline::Unsaid),
            ("Báo cáo quý I/2023 trước ngày 5/4/2023", Deadline::Day(day(2023, 4, 5))),
            ("Có 4/6 đơn vị đồng ý", Deadline::Unsaid),
            ("Sớm hoàn thành việc rà soát", Deadline::Vague(day(2023, 4, 10))),
            ("Rà soát trong quý II", Deadline::Vague(day(2023, 6, 30))),
            ("Kiểm tra hằng quý", Deadline::Regular(TaskKind::Quarterly, None)),
            ("Thường xuyên gặp gỡ đảng viên", Deadline::Regular(TaskKind::Standing, None)),
            ("", Deadline::Unsaid),
        ];
        for (text, deadline) in table {
            assert_eq!(in_sentence(text, said_on()), deadline, "{text}");
        }
    }

    #[test]
    fn a_period_ends_on_its_last_day() {
        let table = [
            (TaskKind::Weekly, Some((3, 12))),
            (TaskKind::Monthly, Some((3, 31))),
            (TaskKind::Quarterly, Some((3, 31))),
            (TaskKind::HalfYearly, Some((6, 30))),
            (TaskKind::Yearly, Some((12, 31))),
            (TaskKind::Standing, None),
            (TaskKind::Dated, None),
        ];
        for (kind, end) in table {
            let end = end.map(|(month, of_month)| day(2023, month, of_month));
            assert_eq!(period_end(kind, said_on()), end, "{kind:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_on_any_day_is_read(
            text in proptest::collection::vec("[ -/]?(quý|tháng|ngày|năm|đầu|cuối|trong|hằng|II|[0-9]{1,9}|\\PC)", 0..9),
            days in -800_000i32..80_000_000,
        ) {
            let on = NaiveDate::from_num_days_from_ce_opt(days).unwrap_or(NaiveDate::MAX);
            let text = text.join(" ");
            let _ = (of_field(&text, on), in_sentence(&text, on));
        }
    }
}
