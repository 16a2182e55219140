//! Sessions that papers are made of: one in which everything is missing, one in which nothing is; and files as text.

use std::io::{Cursor, Read, Write};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};
use hoinghi::{
    domain::{
        command::Command,
        edit::{Edit, Lead},
        kind::{Attendance, Authority, ConclusionPart, Kind, Layout, PartPlayed},
        policy::Role,
    },
    export::File,
};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::papers::Bench;

/// The parts of a package by name, in their order.
pub(crate) fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let mut package = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut part = |at| {
        let mut file = package.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        (file.name().to_owned(), text)
    };
    (0..ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(&mut part).collect()
}

/// A package of parts.
pub(crate) fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        package.start_file(*name, SimpleFileOptions::default()).unwrap();
        package.write_all(text.as_bytes()).unwrap();
    }
    package.finish().unwrap().into_inner()
}

/// Everything that a file says, packed or not.
pub(crate) fn unpacked(file: &File) -> String {
    match String::from_utf8(file.bytes.clone()) {
        Ok(text) => text,
        Err(_) => parts(&file.bytes).into_iter().map(|(_, text)| text).collect(),
    }
}

/// A moment of the State session's day.
pub(crate) fn at(time: &str) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc3339(&format!("2024-05-02T{time}:00+07:00")).ok()
}

/// A session in which every record lacks what it can lack.
pub(crate) fn bare() -> Bench {
    let mut bench = Bench::session(Vec::new());
    for kind in [Kind::Difficulty, Kind::Opinion] {
        bench.capture(Role::Facilitator, kind, "một câu không ai nhận", Vec::new());
    }
    for kind in [Kind::Cause, Kind::Solution, Kind::Recommendation, Kind::Task] {
        bench.add(kind, vec![Edit::Text(format!("chỉ có chữ ({})", kind.name()))]);
    }
    bench.capture(Role::NoteTaker, Kind::Recommendation, "thư ký đề xuất", Vec::new());
    bench.add(
        Kind::Attendee,
        vec![Edit::Title("Đồng chí A".to_owned()), Edit::Attendance(Attendance::Substitute)],
    );
    bench
}

/// A short State session in which everything is known.
pub(crate) fn state() -> Bench {
    let text = |text: &str| text.to_owned();
    let mut bench = Bench::session(vec![
        Edit::Layout(Layout::State),
        Edit::Date(NaiveDate::from_ymd_opt(2024, 5, 2).unwrap()),
        Edit::Begins(NaiveTime::from_hms_opt(8, 0, 0)),
        Edit::Place(text("Hội trường Sở")),
        Edit::Locality(text("Phường Một")),
        Edit::Cluster(text("Khối thi đua số 2")),
        Edit::Superior(text("Ủy ban nhân dân Thành phố")),
        Edit::Issuer(text("Sở Nội vụ")),
        Edit::ClosedAt(at("11:30")),
    ]);
    let unit = bench.add(Kind::Unit, vec![Edit::Code(text("NV1")), Edit::Title(text("Phòng Nội vụ 1"))]);
    let other = bench.add(Kind::Unit, vec![Edit::Code(text("NV2")), Edit::Title(text("Phòng Nội vụ 2"))]);
    let chair = bench.add(
        Kind::Attendee,
        vec![
            Edit::Title(text("Ông B")),
            Edit::Post(text("Giám đốc")),
            Edit::PartPlayed(PartPlayed::Chair),
            Edit::Attendance(Attendance::Present),
            Edit::Arrived(at("08:20")),
        ],
    );
    let root = bench.board().scope().root();
    for edit in [Edit::Chair(Some(chair)), Edit::Recorder(Some(chair)), Edit::HeadUnit(Some(unit))] {
        bench.run(Role::Facilitator, Command::Edit { record: root, edit, seen: Vec::new() });
    }
    let difficulty = bench.capture(
        Role::Facilitator,
        Kind::Difficulty,
        "Thiếu người đọc hồ sơ",
        vec![Edit::Unit(Some(unit)), Edit::Speaker(Some(chair)), Edit::SameOpinion(other, true)],
    );
    let answers = Edit::Answers(difficulty, true);
    bench.add(Kind::Cause, vec![Edit::Text(text("Biên chế giảm")), answers.clone()]);
    let due = Edit::Due(NaiveDate::from_ymd_opt(2024, 6, 30));
    let task = vec![
        Edit::Text(text("Lập phương án bố trí người")),
        Edit::LeadUnit(Some(Lead::Unit(unit))),
        Edit::Support(other, true),
        due,
        Edit::Deliverable(text("Phương án")),
        answers,
    ];
    bench.add(Kind::Task, task);
    let recommendation = vec![
        Edit::Text(text("Bổ sung biên chế")),
        Edit::Authority(Some(Authority::City)),
        Edit::Addressee(text("Ủy ban nhân dân Thành phố")),
    ];
    bench.add(Kind::Recommendation, recommendation);
    for (part, words) in [
        (ConclusionPart::Assessment, "Hội nghị đạt yêu cầu"),
        (ConclusionPart::Organisation, "Các phòng báo cáo hằng tháng"),
    ] {
        bench.add(Kind::Conclusion, vec![Edit::Text(text(words)), Edit::Part(part)]);
    }
    bench
}
