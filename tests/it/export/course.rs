//! The course of the session in the minutes: sittings, pauses, speeches, who was where.

use chrono::{NaiveDate, NaiveTime};
use hoinghi::{
    document::{self, Depth},
    domain::{command::Command, edit::Edit, ids::RecordId, kind::Kind, policy::Role, roll_call::Mark},
};
use serde_json::Value;

use super::{SCHEMA, at, conforms, file, has_line, lines, own_wording};
use crate::support::papers::Bench;

#[test]
fn pauses_and_breaks_stand_in_the_course_where_they_fell() {
    let date = NaiveDate::from_ymd_opt(2024, 5, 2).unwrap();
    let mut bench = Bench::session(vec![Edit::Date(date)]);
    let unit = bench.add(Kind::Unit, vec![Edit::Title("Quận 5".to_owned()), Edit::Code("Q5".to_owned())]);
    let held = |title: &str, from: &str, to: &str| {
        vec![Edit::Title(title.to_owned()), Edit::StartedAt(at(from)), Edit::EndedAt(at(to))]
    };
    let item = bench.add(Kind::AgendaItem, held("Thảo luận", "08:30", "14:00"));
    bench.add(Kind::AgendaItem, held("Kết luận", "14:00", "15:00"));
    for (from, to) in [("08:45", "08:45"), ("08:50", "09:00"), ("14:10", "14:20")] {
        let times = vec![Edit::StartedAt(at(from)), Edit::EndedAt(at(to))];
        bench.add(Kind::Pause, [vec![Edit::Text("giải lao".to_owned())], times].concat());
    }
    bench.add(Kind::Sitting, held("Buổi sáng", "08:00", "11:30"));
    bench.add(Kind::Sitting, held("Buổi chiều", "13:30", "15:30"));
    for (from, to) in [("08:40", "08:50"), ("13:40", "13:50")] {
        let times = vec![Edit::StartedAt(at(from)), Edit::EndedAt(at(to))];
        let whose = vec![Edit::Text("ý chính".to_owned()), Edit::Unit(Some(unit)), Edit::Item(Some(item))];
        bench.add(Kind::Speech, [whose, times].concat());
    }
    let minutes = document::minutes(&bench.board(), &own_wording(), Depth::Full).unwrap();
    let all = lines(&minutes);
    let course = [
        "Buổi sáng: từ 08 giờ 00 đến 11 giờ 30",
        "Buổi chiều: từ 13 giờ 30 đến 15 giờ 30",
        "Thảo luận (08 giờ 30 – 14 giờ 00)",
        "Quận 5 (08 giờ 40 – 08 giờ 50): ý chính.",
        "Hội nghị tạm nghỉ từ 08 giờ 50 đến 09 giờ 00.",
        "Nghỉ giữa hai buổi từ 11 giờ 30 đến 13 giờ 30.",
        "Quận 5 (13 giờ 40 – 13 giờ 50): ý chính.",
        "Kết luận (14 giờ 00 – 15 giờ 00)",
        "Hội nghị tạm nghỉ từ 14 giờ 10 đến 14 giờ 20.",
    ];
    let found: Vec<&str> = all.iter().copied().filter(|line| course.contains(line)).collect();
    assert_eq!(found, course, "{all:#?}");
    assert!(!all.iter().any(|line| line.contains("08 giờ 45")), "a slip");
    let json: Value = serde_json::from_str(&file(&bench.board(), ".json")).unwrap();
    let sitting = &json["records"]["sitting"][1]["fields"];
    assert_eq!(sitting["started_at"], "2024-05-02T13:30:00+07:00");
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert_eq!(conforms(&schema, &schema, &json), Ok(()));
}

#[test]
fn the_end_has_its_day_if_that_is_another_than_the_first_and_requests_say_to_whom() {
    let date = NaiveDate::from_ymd_opt(2024, 5, 2);
    for (first, end) in
        [(date, "17 giờ 30"), (date.and_then(|day| day.pred_opt()), "17 giờ 30, ngày 02/5/2024")]
    {
        let mut bench = Bench::session(vec![Edit::Date(first.unwrap()), Edit::ClosedAt(at("17:30"))]);
        let details =
            vec![Edit::Text("bổ sung biên chế".to_owned()), Edit::Addressee("Sở Nội vụ".to_owned())];
        bench.add(Kind::Recommendation, details);
        let minutes = document::minutes(&bench.board(), &own_wording(), Depth::ConclusionsOnly).unwrap();
        let all = lines(&minutes);
        assert!(all.contains(&"KN-01: bổ sung biên chế (nơi nhận: Sở Nội vụ)."), "{all:#?}");
        assert!(
            all.iter().any(|line| line.starts_with(&format!("Hội nghị kết thúc lúc {end}. "))),
            "{all:#?}"
        );
    }
}

#[test]
fn of_several_themes_each_item_names_its_own() {
    let mut bench = Bench::session(Vec::new());
    let theme = bench.board().of_kind(Kind::Theme)[0].id;
    let item = |bench: &mut Bench| {
        bench.add(Kind::AgendaItem, vec![Edit::Title("Thảo luận".to_owned()), Edit::Theme(Some(theme))])
    };
    item(&mut bench);
    let named = |bench: &Bench| {
        let minutes = document::minutes(&bench.board(), &own_wording(), Depth::Full).unwrap();
        lines(&minutes).into_iter().filter(|line| *line == "Chuyên đề: Chuyên đề thử.").count()
    };
    assert_eq!(named(&bench), 0, "there is one only");
    bench.add(Kind::Theme, vec![Edit::Title("Chuyên đề hai".to_owned())]);
    assert_eq!(named(&bench), 1);
}

#[test]
fn a_night_between_two_sittings_is_told_with_its_date() {
    let mut bench = Bench::session(vec![Edit::Date(NaiveDate::from_ymd_opt(2024, 5, 2).unwrap())]);
    let next_day = chrono::DateTime::parse_from_rfc3339("2024-05-03T08:00:00+07:00").ok();
    let named = |title: &str| Edit::Title(title.to_owned());
    bench.add(
        Kind::Sitting,
        vec![named("Ngày đầu"), Edit::StartedAt(at("08:00")), Edit::EndedAt(at("17:00"))],
    );
    bench.add(Kind::Sitting, vec![named("Ngày sau"), Edit::StartedAt(next_day)]);
    let minutes = document::minutes(&bench.board(), &own_wording(), Depth::Full).unwrap();
    for line in [
        "Ngày đầu: từ 08 giờ 00 đến 17 giờ 00",
        "Ngày sau: từ 08 giờ 00, ngày 03/5/2024",
        "Nghỉ giữa hai buổi từ 17 giờ 00 đến 08 giờ 00, ngày 03/5/2024.",
    ] {
        assert!(has_line(&minutes, line), "{line}\n{:#?}", lines(&minutes));
    }
}

#[test]
fn a_speech_is_a_passage_with_what_was_recorded_during_it() {
    let mut bench = Bench::session(Vec::new());
    let unit = bench.add(Kind::Unit, vec![Edit::Title("Quận 5".to_owned()), Edit::Code("Q5".to_owned())]);
    let other = bench.add(Kind::Unit, vec![Edit::Title("Quận 3".to_owned()), Edit::Code("Q3".to_owned())]);
    let speech = RecordId(79);
    bench.run(Role::Facilitator, Command::GiveFloor { record: speech, unit: Some(unit), speaker: None });
    let during = |unit| vec![Edit::Unit(Some(unit)), Edit::Speech(Some(speech))];
    bench.capture(Role::NoteTaker, Kind::Opinion, "lời của lượt này", during(unit));
    bench.capture(Role::NoteTaker, Kind::Opinion, "lời người khác chen vào", during(other));
    bench.run(Role::Facilitator, Command::EndSpeech);
    let wording = own_wording();
    let told = |depth| {
        let minutes = document::minutes(&bench.board(), &wording, depth).unwrap();
        lines(&minutes).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let full = told(Depth::Full);
    let at =
        full.iter().position(|line| line.starts_with("Quận 5 (08")).unwrap_or_else(|| panic!("{full:?}"));
    assert_eq!(full[at + 1], "lời của lượt này.");
    assert!(full.iter().any(|line| line == "Quận 3: lời người khác chen vào."), "{full:?}");
    assert!(!told(Depth::MainCourse).iter().any(|line| line.starts_with("Quận 5 (")));
    let json = file(&bench.board(), ".json");
    assert!(json.contains("\"speech\": [") && json.contains("\"ended_at\""), "{json}");
}

#[test]
fn minutes_tell_each_sitting_substitutes_reasons_and_venues() {
    let text = |text: &str| text.to_owned();
    let mut bench = Bench::session(vec![Edit::Begins(NaiveTime::from_hms_opt(8, 0, 0))]);
    let unit = bench.add(Kind::Unit, vec![Edit::Code(text("Q1")), Edit::Title(text("Quận 1"))]);
    let venue = bench.add(Kind::Venue, vec![Edit::Title(text("Thủ Đức")), Edit::Place(text("Hội trường B"))]);
    let add = |bench: &mut Bench, title: &str| {
        let details = vec![Edit::Title(text(title)), Edit::Unit(Some(unit)), Edit::Venue(Some(venue))];
        bench.add(Kind::Attendee, details)
    };
    let [first, second, third] = ["Ông A", "Bà B", "Bà C"].map(|title| add(&mut bench, title));
    let mark = |bench: &mut Bench, attendees: &[RecordId], sitting, mark| {
        let attendees = attendees.to_vec();
        bench.run(Role::Facilitator, Command::MarkAttendance { attendees, sitting, mark });
    };
    mark(&mut bench, &[second], None, Mark::Substitute(first.to_string()));
    mark(&mut bench, &[third], None, Mark::Late(at("08:20").unwrap()));
    bench.add(Kind::Sitting, vec![Edit::Title(text("Buổi sáng"))]);
    let afternoon = bench.add(Kind::Sitting, vec![Edit::Title(text("Buổi chiều"))]);
    mark(&mut bench, &[first, second, third], Some(afternoon), Mark::Excused);
    let edit = Edit::InSitting(afternoon, Box::new(Edit::AbsenceReason(text("đi công tác"))));
    bench.run(Role::Facilitator, Command::Edit { record: third, edit, seen: Vec::new() });
    for connected in [false, true] {
        bench.run(Role::Facilitator, Command::SetConnection { venue, connected });
    }
    let minutes = document::minutes(&bench.board(), &own_wording(), Depth::Full).unwrap();
    for line in [
        "Buổi sáng: triệu tập 2, có mặt 2, vắng có lý do 0, vắng không lý do 0, đến muộn 1.",
        "Buổi chiều: triệu tập 3, có mặt 0, vắng có lý do 3, vắng không lý do 0; không có đại biểu của: Quận 1.",
        "Ông A – tại Thủ Đức; buổi sáng: có người dự thay; buổi chiều: vắng có lý do",
        "Bà B – tại Thủ Đức; buổi sáng: dự thay Ông A; buổi chiều: vắng có lý do",
        "Bà C – tại Thủ Đức; buổi sáng: đến lúc 08 giờ 20; buổi chiều: vắng có lý do (đi công tác)",
    ] {
        assert!(has_line(&minutes, line), "{line}\n{:#?}", lines(&minutes));
    }
    let connection = lines(&minutes).into_iter().find(|line| line.starts_with("Điểm cầu: ")).unwrap();
    assert!(
        connection.starts_with(
            "Điểm cầu: Thủ Đức, Hội trường B, buổi sáng có mặt 2/2, buổi chiều có mặt 0/3, mất kết nối từ 08 giờ "
        ),
        "{connection}"
    );
    let json: Value = serde_json::from_str(&file(&bench.board(), ".json")).unwrap();
    let of_third =
        json["records"]["attendee"].as_array().unwrap().iter().find(|r| r["id"] == third.to_string());
    let fields = &of_third.unwrap()["fields"];
    assert_eq!(fields["arrived"], "2024-05-02T08:20:00+07:00");
    assert_eq!(fields[format!("absence_reason.{afternoon}")], "đi công tác");
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    assert_eq!(conforms(&schema, &schema, &json), Ok(()));
}

#[test]
fn what_is_typed_in_a_list_stands_with_what_it_answers_or_where_it_was_typed() {
    let mut bench = Bench::session(Vec::new());
    let text = |text: &str| Edit::Text(text.to_owned());
    let item =
        |bench: &mut Bench, title: &str| bench.add(Kind::AgendaItem, vec![Edit::Title(title.to_owned())]);
    let [discussed, concluded] = ["Thảo luận", "Kết luận"].map(|title| item(&mut bench, title));
    let start = |item| Command::StartItem { record: Some(item) };
    bench.run(Role::Facilitator, start(discussed));
    let about = vec![Edit::Item(Some(discussed))];
    let difficulty = bench.capture(Role::Facilitator, Kind::Difficulty, "hồ sơ chậm", about);
    bench.run(Role::Facilitator, start(concluded));
    bench.add(Kind::Cause, vec![text("thiếu người"), Edit::Answers(difficulty, true)]);
    bench.add(Kind::Solution, vec![text("lập tổ giúp việc")]);
    let minutes = document::minutes(&bench.board(), &own_wording(), Depth::Full).unwrap();
    let course =
        ["Thảo luận (", "Nguyên nhân: thiếu người.", "Kết luận (", "Giải pháp: lập tổ", "Ý kiến khác:"];
    let all = lines(&minutes);
    let found: Vec<&str> =
        all.iter().filter_map(|line| course.into_iter().find(|part| line.starts_with(part))).collect();
    assert_eq!(found, course[..4], "{all:#?}");
}
