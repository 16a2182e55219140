//! What papers say of the tasks and recommendations of earlier sessions.

use super::facts::{Pen, ended, full_date, marked, unit_name, wording};
use crate::domain::{
    field,
    follow_up::{self, DueBucket},
    kind::Kind,
    record::Record,
    roster,
    session::Session,
};

/// The minutes: how many stand how on the day of the session, and what became of each.
pub(super) fn in_minutes(pen: &mut Pen<'_>) {
    let board = pen.board;
    let held = pen.session().and_then(Session::date);
    let created = || board.root().and_then(|root| board.change(root.born.id));
    let Some(day) = held.or_else(|| created().map(|change| change.header.at.date_naive())) else { return };
    let buckets = follow_up::by_bucket(board, day);
    if buckets.is_empty() {
        return;
    }
    let counts = buckets.iter().map(|(bucket, items)| format!("{}: {}", words(*bucket), items.len()));
    let counts = counts.collect::<Vec<_>>().join("; ");
    pen.paragraph(ended(&format!("Kết quả thực hiện kết luận kỳ trước: {counts}")));
    for (bucket, items) in buckets {
        for item in items {
            pen.dash(item_words(pen, item, bucket));
        }
    }
}

fn words(bucket: DueBucket) -> &'static str {
    match bucket {
        DueBucket::Overdue => "chưa xong, quá hạn",
        DueBucket::InTime => "chưa xong, trong hạn",
        DueBucket::DoneOnTime => "hoàn thành đúng hạn",
        DueBucket::DoneLate => "hoàn thành quá hạn",
    }
}

/// `NV-03 quý I/2023: rà soát (chủ trì: Quận 1; thời hạn: 10/4/2023): hoàn thành đúng hạn ngày 08/4/2023. Đã báo cáo.`
fn item_words(pen: &Pen<'_>, item: &Record, bucket: DueBucket) -> String {
    let work = work(pen, item);
    let work = if work.is_empty() { work } else { format!(" ({work})") };
    let done = item.date(&field::DONE_ON).map(|day| format!(" ngày {}", full_date(day))).unwrap_or_default();
    let state = match (follow_up::kind(item), bucket) {
        (Kind::Recommendation, DueBucket::Overdue) => "chưa được trả lời, quá hạn",
        (Kind::Recommendation, DueBucket::InTime) => "chưa được trả lời",
        (Kind::Recommendation, _) => "đã được trả lời",
        (_, bucket) => words(bucket),
    };
    let state = format!("{state}{done}");
    let carried = follow_up::is_carried(item).then_some("Chuyển kỳ sau theo dõi tiếp.");
    let told = [item.text(&field::RESULT), item.text(&field::ANSWER)].into_iter().flatten().map(ended);
    let head = ended(&format!("{}: {}{work}: {state}", source(item), wording(item)));
    std::iter::once(head).chain(told).chain(carried.map(str::to_owned)).collect::<Vec<_>>().join(" ")
}

/// `NV-03 quý I/2023`.
fn source(item: &Record) -> String {
    let quarter = follow_up::quarter(item).map(|quarter| format!(" quý {quarter}")).unwrap_or_default();
    format!("{}{quarter}", follow_up::number(item))
}

/// `Đã kiến nghị: KN-03 quý I/2023; lần này là lần thứ 2, chưa được trả lời`.
pub(super) fn asked_before(item: &Record) -> String {
    let times = follow_up::raised(item);
    format!("Đã kiến nghị: {}; lần này là lần thứ {times}, chưa được trả lời", source(item))
}

/// Who has to do it, as this session calls those units.
pub(super) fn assigned(pen: &Pen<'_>, item: &Record) -> Vec<String> {
    item.text(&field::ASSIGNED).map(|all| names(pen, all)).unwrap_or_default()
}

/// Who has to do it or to whom it goes, by when, what there will be.
fn work(pen: &Pen<'_>, item: &Record) -> String {
    let names = assigned(pen, item);
    let (lead, support) = names.split_first().map_or((None, String::new()), |(lead, support)| {
        (Some(format!("chủ trì: {lead}")), support.join(", "))
    });
    let day = item.date(&field::DUE).map(full_date);
    let due = item.text(&field::DUE_WORDS).map(str::to_owned).or(day);
    let parts = [
        lead,
        (!support.is_empty()).then(|| format!("phối hợp: {support}")),
        due.map(|due| format!("thời hạn: {due}")),
        item.text(&field::DELIVERABLE).map(|made| format!("sản phẩm: {made}")),
        item.text(&field::ADDRESSEE).map(|to| format!("nơi nhận: {to}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// The units as this session calls those of the same codes.
fn names(pen: &Pen<'_>, assigned: &str) -> Vec<String> {
    let units = pen.board.of_kind(Kind::Unit);
    let name = |code: &str| {
        if code == follow_up::EACH {
            return "mỗi đơn vị".to_owned();
        }
        let unit = units.iter().find(|unit| roster::code(unit) == code);
        unit.map_or(code, |unit| unit_name(unit)).to_owned()
    };
    assigned.split(", ").map(name).collect()
}

/// The notice: the tasks of earlier sessions that go on, behind those that this one gives.
pub(super) fn tasks_in_notice(pen: &mut Pen<'_>) {
    let carried = carried(pen, false);
    if !carried.is_empty() {
        pen.paragraph("Tiếp tục thực hiện nhiệm vụ của kỳ trước:".to_owned());
    }
    for item in carried {
        let text = pen.tell(item);
        let work = work(pen, item);
        let work = if work.is_empty() { source(item) } else { format!("{}; {work}", source(item)) };
        pen.dash(ended(&format!("{text} ({work})")));
    }
}

/// The recommendations of earlier sessions that this one raises again, to whom and how often.
pub(super) fn recommendations_in_notice(pen: &mut Pen<'_>) {
    let carried = carried(pen, true);
    if !carried.is_empty() {
        pen.paragraph("Tiếp tục kiến nghị:".to_owned());
    }
    for item in carried {
        let text = pen.tell(item);
        let to = item.text(&field::ADDRESSEE).map(|to| marked(to, item.is_sample(&field::ADDRESSEE)));
        let to = to.unwrap_or_else(|| pen.gap_of(item, "nơi nhận kiến nghị"));
        pen.dash(ended(&format!("{to}: {text} ({}, lần thứ {})", source(item), follow_up::raised(item))));
    }
}

/// What goes on of what was decided before: the recommendations, or the work.
pub(super) fn carried<'a>(pen: &Pen<'a>, requests: bool) -> Vec<&'a Record> {
    let is_request = |item: &Record| follow_up::kind(item) == Kind::Recommendation;
    let items = follow_up::items(pen.board).into_iter();
    items.filter(|item| follow_up::is_carried(item) && is_request(item) == requests).collect()
}
