//! The sample session against the report that it retells: facts carry no mark, everything else does.

use std::collections::BTreeMap;

use hoinghi::{
    cli::sample,
    domain::{
        board::Board,
        change::{Field, Value},
        field,
        kind::{Kind, SessionState},
        policy,
        record::Record,
    },
    text::fold::fold,
};

use super::support::papers::Bench;

/// The report, people's names replaced by roles.
const REPORT: &str = include_str!("data/seed.txt");

/// What the report says: in a record of which kind, and the words that both must have (accents and case aside).
const FACTS: &[(Kind, &[&str])] = &[
    (
        Kind::Session,
        &[
            "cụm thi đua 1",
            "ban tổ chức thành ủy",
            "ký kết giao ước thi đua",
            "sinh hoạt chuyên đề",
            "quý i/2023",
        ],
    ),
    (Kind::Unit, &["quận 1"]),
    (Kind::Unit, &["3"]),
    (Kind::Unit, &["5"]),
    (Kind::Unit, &["10"]),
    (Kind::Unit, &["tân bình"]),
    (Kind::Unit, &["thủ đức"]),
    (Kind::Theme, &["công tác tiếp nhận", "giới thiệu chuyển sinh hoạt đảng"]),
    (Kind::Attendee, &["phó trưởng phòng tổng hợp chính sách", "ban tổ chức thành ủy"]),
    (Kind::Attendee, &["phó trưởng ban tổ chức quận ủy quận 1", "báo cáo đề dẫn"]),
    (Kind::Attendee, &["trưởng ban tổ chức quận ủy quận 1", "chủ trì"]),
    (Kind::AgendaItem, &["ký kết giao ước thi đua"]),
    (Kind::AgendaItem, &["báo cáo đề dẫn", "chuyên đề"]),
    (Kind::AgendaItem, &["thảo luận", "khó khăn, vướng mắc", "giải pháp"]),
    (Kind::AgendaItem, &["kết luận chuyên đề"]),
    (
        Kind::PledgeGroup,
        &[
            "tham mưu ban thường vụ, thường trực cấp ủy",
            "nghị quyết, chỉ thị, văn bản",
            "trung ương",
            "bảo vệ chính trị nội bộ",
            "đột xuất trong năm",
        ],
    ),
    (
        Kind::PledgeGroup,
        &["củng cố, kiện toàn", "nâng cao chất lượng", "tổ chức cơ sở đảng", "chất lượng sinh hoạt chi bộ"],
    ),
    (
        Kind::PledgeGroup,
        &["sắp xếp", "khu phố", "ấp", "bộ máy của hệ thống chính trị tinh gọn", "hiệu lực, hiệu quả"],
    ),
    (Kind::PledgeGroup, &["quản lý", "kết nạp đảng viên", "huy hiệu đảng"]),
    (
        Kind::PledgeGroup,
        &[
            "rà soát, bổ sung quy hoạch",
            "đào tạo, luân chuyển, bố trí cán bộ",
            "đề án 01-đa/tu ngày 5/2/2021",
            "phát triển tài năng trẻ và lãnh đạo tương lai",
        ],
    ),
    (Kind::Section, &["công tác", "tiếp nhận", "giới thiệu chuyển sinh hoạt đảng"]),
    (Kind::Paragraph, &["nhiệm vụ trọng tâm của công tác xây dựng đảng", "thường xuyên, liên tục"]),
    (Kind::Paragraph, &["quyền lợi", "đảng viên"]),
    (Kind::Paragraph, &["tổ chức đảng", "quản lý chặt chẽ tình hình đảng viên"]),
    (Kind::Difficulty, &["vận động đảng viên", "về", "nơi thực tế cư trú"]),
    (
        Kind::Difficulty,
        &["nhiều cơ sở đảng", "giới thiệu đảng viên chuyển sinh hoạt", "đồng bộ", "dữ liệu của đảng viên"],
    ),
    (Kind::Difficulty, &["con dấu do sáp nhập các quận, phường nên không khắc phục được hồ sơ cũ"]),
    (Kind::Difficulty, &["tiếp nhận đảng viên đang làm việc", "doanh nghiệp có trụ sở chính tại"]),
    (
        Kind::Conclusion,
        &[
            "tổng hợp các ý kiến thảo luận",
            "giải pháp",
            "kiến nghị với thành phố một số nội dung về",
            "quản lý đảng viên và tiếp nhận, giới thiệu chuyển sinh hoạt đảng",
            "thời gian tới",
        ],
    ),
];

/// Fields in which a record that is a fact may say something, by kind; all others need the sample mark.
const TOLD: &[(Kind, &[Field])] = &[
    (
        Kind::Session,
        &[
            field::TITLE,
            field::YEAR,
            field::QUARTER,
            field::DATE,
            field::CLUSTER,
            field::HEAD_UNIT,
            field::SUPERIOR,
            field::ISSUER,
            field::CHAIR,
        ],
    ),
    (Kind::Unit, &[field::CODE, field::TITLE]),
    (Kind::Theme, &[field::TITLE]),
    (Kind::Attendee, &[field::TITLE, field::POST, field::UNIT, field::PART_PLAYED, field::ATTENDANCE]),
    (Kind::AgendaItem, &[field::TITLE, field::ITEM_KIND]),
    (Kind::PledgeGroup, &[field::TITLE]),
    (Kind::Signature, &[field::UNIT, field::SIGNED_ON]),
    (Kind::Section, &[field::TITLE, field::UNIT]),
    (Kind::Paragraph, &[field::TEXT]),
    (Kind::Difficulty, &[field::TEXT]),
    (Kind::Conclusion, &[field::TEXT]),
];

/// Fields that place a record and say nothing of the session.
const FRAME: &[Field] = &[
    field::KIND,
    field::NUMBER,
    field::POSITION,
    field::PARENT,
    field::STATE,
    field::PLEDGE_STATE,
    field::LAYOUT,
    field::ITEM,
    field::PART,
];

fn board() -> Board {
    let mut bench = Bench::default();
    bench.hold_sample();
    bench.board()
}

fn unmarked(board: &Board) -> Vec<&Record> {
    board.records().filter(|record| record.kind().is_some() && !record.flag(&field::SAMPLE)).collect()
}

/// All that a record says, folded.
fn said(record: &Record) -> String {
    let texts = record.fields().filter_map(|(_, cell)| cell.value()?.as_text());
    fold(&texts.collect::<Vec<_>>().join(" \n "))
}

fn has(text: &str, words: &[&str]) -> bool {
    words.iter().all(|words| text.contains(&fold(words)))
}

#[test]
fn each_fact_is_in_the_report_and_in_a_record_without_mark() {
    let board = board();
    let report = fold(REPORT);
    // Words that roles and headings need and the report says otherwise.
    let ours = ["chủ trì", "thảo luận", "quyền lợi", "quý i/2023", "quản lý", "ấp"];
    for (kind, words) in FACTS {
        let held: Vec<_> = unmarked(&board)
            .into_iter()
            .filter(|r| r.kind() == Some(*kind) && has(&said(r), words))
            .collect();
        assert!(!held.is_empty(), "no {kind:?} tells {words:?}");
        for words in words.iter().filter(|words| !ours.contains(words)) {
            assert!(report.contains(&fold(words)), "{words:?} is not the report's");
        }
    }
}

#[test]
fn what_carries_no_mark_is_a_fact() {
    let board = board();
    for record in unmarked(&board) {
        let kind = record.kind().unwrap();
        let text = said(record);
        let is_fact = FACTS.iter().any(|(of, words)| *of == kind && has(&text, words));
        assert!(is_fact || kind == Kind::Signature, "{kind:?} {text}");
        let told = TOLD.iter().find(|(of, _)| *of == kind).map_or(&[][..], |(_, fields)| *fields);
        for (field, cell) in record.fields().filter(|(_, cell)| cell.value().is_some()) {
            let is_mark = field.as_str().starts_with("sample.");
            let set = field.as_str().split('.').next().unwrap_or_default().to_owned();
            let marked = record.is_sample(field) || record.is_sample(&Field::from(set));
            let allowed = FRAME.contains(field) || told.contains(field) || is_mark || marked;
            assert!(allowed, "{kind:?} {field:?} = {:?} has no mark", cell.value());
        }
    }
}

#[test]
fn what_the_report_does_not_say_is_there_and_marked() {
    let board = board();
    let mut marked: BTreeMap<Kind, usize> = BTreeMap::new();
    for record in board.records().filter(|record| record.flag(&field::SAMPLE)) {
        *marked.entry(record.kind().unwrap()).or_default() += 1;
    }
    for kind in [Kind::Cause, Kind::Solution, Kind::Recommendation, Kind::Task, Kind::Target, Kind::Note] {
        assert!(marked.get(&kind).is_some_and(|count| *count >= 2), "{kind:?} {marked:?}");
    }
    for kind in [Kind::Cause, Kind::Solution, Kind::Recommendation, Kind::Task, Kind::Target, Kind::Note] {
        assert!(unmarked(&board).iter().all(|record| record.kind() != Some(kind)), "{kind:?}");
    }
}

#[test]
fn the_session_is_open_with_its_four_difficulties_and_a_merged_line() {
    let board = board();
    assert_eq!(policy::session_state(&board), SessionState::Open);
    let main = hoinghi::domain::difficulty::main_difficulties(&board);
    let merged: Vec<usize> = main.iter().map(|record| board.merged_into(record.id).len()).collect();
    assert_eq!(merged, [0, 1, 0, 0]);
    let item = hoinghi::domain::agenda::current(&board).and_then(|item| item.text(&field::ITEM_KIND));
    assert_eq!(item, Some("discussion"));
}

#[test]
fn people_are_named_by_role() {
    for attendee in board().of_kind(Kind::Attendee) {
        let title = attendee.wording();
        assert!(
            ["Đồng chí ", "Khách mời ", "Đại diện "].iter().any(|role| title.starts_with(role)),
            "{title}"
        );
    }
}

#[test]
fn the_requests_are_the_same_every_time_and_in_order_of_time() {
    let requests = sample::requests();
    assert_eq!(requests, sample::requests());
    assert!(requests.windows(2).all(|pair| pair[0].at < pair[1].at));
    let first = requests[0].at.to_rfc3339();
    assert!(first.starts_with("2023-03-10T07:00") && first.ends_with("+07:00"), "{first}");
    assert!(board().records().all(|record| record.contested().next().is_none()));
    assert!(!board().records().any(|record| record.value(&field::OFF_RECORD) == Some(&Value::Flag(true))));
}
