//! What the sample session says. `mẫu` marks what the report does not say.

use chrono::{NaiveDate, NaiveTime};

use super::{
    Authority, Command, DifficultyNature, Edit, Kind, Layout, Lead, NewItem, NewSession, PartPlayed,
    PledgeState, Quarter, RecordId, Role, Script, SessionState,
};
use crate::domain::{
    agenda,
    kind::{AgendaKind, Attendance, ConclusionPart},
};

/// The keynote's theme, as the report names it.
const THEME: &str = "Công tác tiếp nhận, giới thiệu chuyển sinh hoạt Đảng";

/// The units: code and name.
const UNITS: [(&str, &str); 6] = [
    ("Q1", "Ban Tổ chức Quận ủy Quận 1"),
    ("Q3", "Ban Tổ chức Quận ủy Quận 3"),
    ("Q5", "Ban Tổ chức Quận ủy Quận 5"),
    ("Q10", "Ban Tổ chức Quận ủy Quận 10"),
    ("TB", "Ban Tổ chức Quận ủy Tân Bình"),
    ("TĐ", "Ban Tổ chức Thành ủy Thủ Đức"),
];

/// The usual titles of the agenda's items, in their order for the first session of a year.
const ITEMS: [&str; 9] = [
    "Đón tiếp, điểm danh đại biểu",
    "Tuyên bố lý do, thông qua chương trình, cử thư ký",
    "Thông báo kết quả thực hiện kết luận kỳ trước",
    "Ký kết giao ước thi đua năm 2023",
    "Báo cáo đề dẫn chuyên đề",
    "Thảo luận: khó khăn, vướng mắc và giải pháp",
    "Ý kiến của Ban Tổ chức Thành ủy",
    "Cụm trưởng kết luận chuyên đề",
    "Bàn giao, bế mạc",
];

/// The pledge: content groups, each with targets. The groups are the report's, the figures are not.
const PLEDGE: [(&str, &[(&str, &str)]); 5] = [
    (
        "Tham mưu Ban Thường vụ, Thường trực cấp ủy quán triệt và tổ chức thực hiện nghiêm nghị quyết, chỉ thị, văn bản \
         của Trung ương và Thành ủy về xây dựng tổ chức đảng, đảng viên, cán bộ, bảo vệ chính trị nội bộ; hoàn thành các \
         nhiệm vụ trọng tâm, đột xuất trong năm",
        &[("Văn bản mới được tham mưu triển khai đúng thời gian", "100%")],
    ),
    (
        "Củng cố, kiện toàn, nâng cao chất lượng tổ chức cơ sở đảng và chất lượng sinh hoạt chi bộ",
        &[("Chi bộ sinh hoạt chuyên đề theo quý", "từ 95%")],
    ),
    (
        "Sắp xếp khu phố, ấp; tiếp tục đổi mới, sắp xếp bộ máy của hệ thống chính trị tinh gọn, hiệu lực, hiệu quả",
        &[("Phương án sắp xếp được trình cấp ủy", "trong năm 2023")],
    ),
    (
        "Quản lý, kết nạp đảng viên và xét tặng Huy hiệu Đảng",
        &[
            ("Hồ sơ chuyển sinh hoạt được xử lý đúng hạn", "từ 98%"),
            ("Kết nạp đảng viên mới", "đạt chỉ tiêu giao"),
        ],
    ),
    (
        "Rà soát, bổ sung quy hoạch; đào tạo, luân chuyển, bố trí cán bộ; thực hiện Đề án 01-ĐA/TU ngày 5/2/2021 về hỗ \
         trợ phát triển tài năng trẻ và lãnh đạo tương lai của Thành phố",
        &[("Cán bộ trong quy hoạch được cử đi đào tạo, bồi dưỡng", "từ 80%")],
    ),
];

/// The keynote: headings and paragraphs; `true` where the report does not say it.
const KEYNOTE: [(&str, &[(&str, bool)]); 2] = [
    (
        "Vị trí của công tác tiếp nhận, giới thiệu chuyển sinh hoạt Đảng",
        &[
            (
                "Đây là một nhiệm vụ trọng tâm của công tác xây dựng Đảng, được làm thường xuyên, liên tục.",
                false,
            ),
            ("Làm tốt việc này thì quyền lợi của đảng viên được bảo đảm.", false),
            ("Các tổ chức đảng nhờ đó quản lý chặt chẽ tình hình đảng viên.", false),
        ],
    ),
    (
        "Một số nội dung gợi ý thảo luận",
        &[
            ("Việc vận động đảng viên chuyển về sinh hoạt ở nơi thực tế cư trú.", true),
            ("Việc chuyển dữ liệu cùng với hồ sơ giấy khi giới thiệu đảng viên.", true),
        ],
    ),
];

/// Writes the whole session.
pub(super) fn write(script: &mut Script) {
    script.at(0);
    let units = create(script);
    agenda_marks(script);
    let recorder = people(script, &units);
    pledge(script, &units);
    keynote(script, &units);
    set(script, super::SCOPE.root(), Edit::Recorder(Some(recorder)));
    open(script);
    let difficulties = discussion(script, &units);
    script.at(141);
    answers(script, &units, &difficulties);
    concluded(script);
    notes(script, &units);
}

/// Gives a field of a record its first value.
fn set(script: &mut Script, record: RecordId, edit: Edit) {
    script.run(Role::Facilitator, Command::Edit { record, edit, seen: Vec::new() });
}

/// Marks one field as not the report's.
fn sample_of(field: &str) -> Edit {
    Edit::SampleOf(field.to_owned(), true)
}

/// The report names the pledge, the keynote, the discussion and the conclusion, and no times; the other points are not in it.
fn agenda_marks(script: &mut Script) {
    for (item, kind) in
        script.agenda().into_iter().zip(agenda::half_day(true).into_iter().map(|(kind, _)| kind))
    {
        let named = [AgendaKind::Pledge, AgendaKind::Keynote, AgendaKind::Discussion, AgendaKind::Conclusion];
        if named.contains(&kind) {
            for field in ["planned", "started_at", "ended_at"] {
                set(script, item, sample_of(field));
            }
        } else {
            set(script, item, Edit::Sample(true));
        }
    }
}

fn unit(units: &[RecordId], at: usize) -> Option<RecordId> {
    units.get(at).copied()
}

fn create(script: &mut Script) -> Vec<RecordId> {
    let units: Vec<_> =
        UNITS.iter().map(|(code, name)| (script.record(), (*code).to_owned(), (*name).to_owned())).collect();
    let ids: Vec<RecordId> = units.iter().map(|(id, ..)| *id).collect();
    let agenda = agenda::half_day(true).into_iter().zip(ITEMS).map(|((kind, planned), title)| NewItem {
        record: script.record(),
        kind,
        title: title.to_owned(),
        planned,
    });
    let agenda: Vec<NewItem> = agenda.collect();
    let date = NaiveDate::from_ymd_opt(2023, 3, 10).map(Edit::Date);
    let mut details = vec![
        Edit::Begins(NaiveTime::from_hms_opt(8, 0, 0)),
        Edit::Place("Hội trường Quận ủy Quận 1".to_owned()),
        Edit::Locality("Quận 1".to_owned()),
        Edit::Cluster("Cụm thi đua 1".to_owned()),
        Edit::HeadUnit(ids.first().copied()),
        Edit::Superior("Ban Tổ chức Thành ủy".to_owned()),
        Edit::Issuer("Cụm thi đua 1".to_owned()),
        Edit::Layout(Layout::Party),
        sample_of("begins"),
        sample_of("place"),
        sample_of("locality"),
        sample_of("recorder"),
    ];
    details.extend(date);
    let Some(quarter) = Quarter::new(2023, 1) else { return ids };
    let session = NewSession {
        title: "Ký kết giao ước thi đua năm 2023 và sinh hoạt chuyên đề Quý I/2023".to_owned(),
        quarter,
        details,
        themes: vec![(script.record(), THEME.to_owned())],
        agenda,
        units,
        further: Vec::new(),
        others: Vec::new(),
    };
    script.run(Role::Facilitator, Command::CreateSession(Box::new(session)));
    ids
}

/// Who came: roles in place of names. The chair, the guest and the keynote's speaker are the report's. The recorder's record.
fn people(script: &mut Script, units: &[RecordId]) -> RecordId {
    let mut add = |title: &str, post: &str, unit: Option<RecordId>, part: PartPlayed, sample: bool| {
        let details = vec![
            Edit::Title(title.to_owned()),
            Edit::Post(post.to_owned()),
            Edit::Unit(unit),
            Edit::PartPlayed(part),
            Edit::Attendance(Attendance::Present),
            Edit::Sample(sample),
        ];
        script.add(Kind::Attendee, details)
    };
    let of = |at| unit(units, at);
    let chair = "Trưởng Ban Tổ chức Quận ủy Quận 1";
    let chair = add("Đồng chí chủ trì", chair, of(0), PartPlayed::Chair, false);
    let keynote = "Phó trưởng Ban Tổ chức Quận ủy Quận 1";
    add("Đồng chí báo cáo đề dẫn", keynote, of(0), PartPlayed::Delegate, false);
    let guest = "Phó trưởng Phòng Tổng hợp chính sách, Ban Tổ chức Thành ủy";
    add("Khách mời của Ban Tổ chức Thành ủy", guest, None, PartPlayed::Guest, false);
    for at in 1..UNITS.len() {
        let name = UNITS.get(at).map(|(_, name)| *name).unwrap_or_default();
        add(&format!("Đại diện {name}"), "Lãnh đạo ban", of(at), PartPlayed::Delegate, true);
    }
    let recorder = add("Đồng chí thư ký", "Chuyên viên", of(0), PartPlayed::NoteTaker, true);
    set(script, super::SCOPE.root(), Edit::Chair(Some(chair)));
    recorder
}

fn pledge(script: &mut Script, units: &[RecordId]) {
    for (title, targets) in PLEDGE {
        let group = script.add(Kind::PledgeGroup, vec![Edit::Title(title.to_owned())]);
        for (text, figure) in targets {
            let details = vec![
                Edit::Parent(group),
                Edit::Text((*text).to_owned()),
                Edit::Figure((*figure).to_owned()),
                Edit::Sample(true),
            ];
            script.add(Kind::Target, details);
        }
    }
    script.run(Role::Facilitator, Command::SetPledge { state: PledgeState::Agreed });
    for unit in units {
        let record = script.record();
        let details = vec![Edit::Unit(Some(*unit)), Edit::SignedOn(NaiveDate::from_ymd_opt(2023, 3, 10))];
        script.run(Role::Facilitator, Command::Sign { record, details });
    }
    script.run(Role::Facilitator, Command::SetPledge { state: PledgeState::Signed });
}

fn keynote(script: &mut Script, units: &[RecordId]) {
    for (title, paragraphs) in KEYNOTE {
        let sample = paragraphs.iter().all(|(_, sample)| *sample);
        let details = vec![Edit::Title(title.to_owned()), Edit::Unit(unit(units, 0)), Edit::Sample(sample)];
        let section = script.add(Kind::Section, details);
        for (text, sample) in paragraphs {
            let details = vec![Edit::Parent(section), Edit::Text((*text).to_owned()), Edit::Sample(*sample)];
            script.add(Kind::Paragraph, details);
        }
    }
}

/// Receives people, opens the session and goes through the agenda to the discussion.
fn open(script: &mut Script) {
    for (item, minute) in script.agenda().into_iter().zip([45, 60, 70, 80, 100, 115]) {
        script.at(minute);
        if minute == 60 {
            script.run(Role::Facilitator, Command::SetState { state: SessionState::Open });
        }
        script.run(Role::Facilitator, Command::StartItem { record: Some(item) });
    }
}

/// The four difficulties of the report; who raised them is not in it.
fn discussion(script: &mut Script, units: &[RecordId]) -> Vec<RecordId> {
    let item = script.agenda().get(5).copied();
    let said = [
        (
            0,
            DifficultyNature::Difficulty,
            "Khó vận động đảng viên chuyển sinh hoạt đảng về nơi thực tế cư trú",
            2,
            &[2, 4][..],
        ),
        (
            2,
            DifficultyNature::Shortcoming,
            "Nhiều cơ sở đảng giới thiệu đảng viên chuyển sinh hoạt nhưng không chuyển đồng bộ dữ liệu của đảng viên",
            3,
            &[0, 3],
        ),
        (
            1,
            DifficultyNature::Obstacle,
            "Vướng mắc con dấu do sáp nhập các quận, phường nên không khắc phục được hồ sơ cũ",
            3,
            &[],
        ),
        (
            3,
            DifficultyNature::Difficulty,
            "Khó tiếp nhận đảng viên đang làm việc ở doanh nghiệp có trụ sở chính tại tỉnh, thành khác",
            1,
            &[5],
        ),
    ];
    let mut difficulties = Vec::new();
    for ((by, nature, text, weight, same), minute) in said.into_iter().zip([118, 124, 131, 139]) {
        script.at(minute);
        let mut details = vec![Edit::Nature(nature), Edit::Item(item)];
        details.extend([Edit::Unit(unit(units, by)), Edit::Weight(weight)]);
        details.extend(["unit", "weight", "same", "said_at", "nature"].map(sample_of));
        details.extend(same.iter().filter_map(|at| unit(units, *at)).map(|id| Edit::SameOpinion(id, true)));
        difficulties.push(script.capture(Kind::Difficulty, text, details));
    }
    say_again(script, units, difficulties.get(1).copied());
    difficulties
}

/// A second unit says in its own words what was said before; the two lines are merged.
fn say_again(script: &mut Script, units: &[RecordId], same: Option<RecordId>) {
    let Some(into) = same else { return };
    script.at(140);
    let item = script.agenda().get(5).copied();
    let details = vec![Edit::Item(item), Edit::Unit(unit(units, 4)), Edit::Sample(true)];
    let text = "Hồ sơ giấy đã đến nhưng dữ liệu trên phần mềm vẫn ở nơi cũ";
    let again = script.capture(Kind::Difficulty, text, details);
    script.run(Role::NoteTaker, Command::Merge { into, from: vec![again] });
}

/// What the report says of the conclusion: that there were solutions and recommendations, not which.
fn concluded(script: &mut Script) {
    let text = "Tổng hợp các ý kiến thảo luận và giải pháp; kiến nghị với Thành phố một số nội dung về quản lý đảng viên và \
                tiếp nhận, giới thiệu chuyển sinh hoạt đảng, giúp các quận và thành phố Thủ Đức làm tốt nhiệm vụ thời gian tới";
    let details = vec![Edit::Text(text.to_owned()), Edit::Part(ConclusionPart::Settlement)];
    script.add(Kind::Conclusion, details);
}

/// Causes, solutions, recommendations, conclusions and tasks that complete the sample: none of them is in the report.
fn answers(script: &mut Script, units: &[RecordId], difficulties: &[RecordId]) {
    let answer = |at: usize| difficulties.get(at).map(|id| Edit::Answers(*id, true));
    let add = |script: &mut Script, kind, text: &str, answered: &[usize], more: Vec<Edit>| {
        let mut details = vec![Edit::Text(text.to_owned()), Edit::Sample(true)];
        details.extend(answered.iter().filter_map(|at| answer(*at)));
        details.extend(more);
        script.add(kind, details)
    };
    let due = |month, day| Edit::Due(NaiveDate::from_ymd_opt(2023, month, day));
    add(script, Kind::Cause, "Phần mềm quản lý đảng viên ở các nơi chưa liên thông", &[1], vec![]);
    add(script, Kind::Cause, "Nhiều đảng viên ở trọ, hay đổi chỗ ở", &[0], vec![]);
    let work = vec![Edit::LeadUnit(Some(Lead::Each)), due(6, 30)];
    add(
        script,
        Kind::Solution,
        "Rà soát đảng viên đã đổi nơi cư trú, gặp gỡ và hướng dẫn thủ tục chuyển sinh hoạt",
        &[0],
        work,
    );
    let work = vec![Edit::LeadUnit(unit(units, 0).map(Lead::Unit)), due(5, 31)];
    add(
        script,
        Kind::Solution,
        "Chuyển dữ liệu đảng viên cùng lúc với hồ sơ giấy, có phiếu kiểm hai bên ký",
        &[1],
        work,
    );
    let to_city =
        || vec![Edit::Authority(Some(Authority::City)), Edit::Addressee("Ban Tổ chức Thành ủy".to_owned())];
    add(
        script,
        Kind::Recommendation,
        "Hướng dẫn cách xác nhận hồ sơ đóng dấu của quận, phường đã sáp nhập",
        &[2],
        to_city(),
    );
    add(
        script,
        Kind::Recommendation,
        "Liên thông dữ liệu đảng viên giữa các quận, thành phố Thủ Đức",
        &[1],
        to_city(),
    );
    let part = |part| vec![Edit::Part(part)];
    let conclusion = add(
        script,
        Kind::Conclusion,
        "Chuyên đề được chuẩn bị kỹ, các đơn vị thảo luận thẳng thắn, sát thực tế công việc",
        &[],
        part(ConclusionPart::Assessment),
    );
    add(
        script,
        Kind::Conclusion,
        "Các đơn vị thống nhất một quy trình tiếp nhận, giới thiệu chuyển sinh hoạt đảng áp dụng trong Cụm",
        &[0, 1],
        part(ConclusionPart::Settlement),
    );
    let task = vec![
        Edit::LeadUnit(unit(units, 0).map(Lead::Unit)),
        due(4, 28),
        Edit::Deliverable("Dự thảo quy trình gửi các đơn vị góp ý".to_owned()),
        Edit::Follows(conclusion, true),
    ];
    let support = [2, 4].into_iter().filter_map(|at| unit(units, at)).map(|id| Edit::Support(id, true));
    let task = task.into_iter().chain(support).collect();
    add(script, Kind::Task, "Soạn quy trình phối hợp chuyển sinh hoạt đảng trong Cụm", &[1], task);
    let task = vec![
        Edit::LeadUnit(Some(Lead::Each)),
        due(6, 30),
        Edit::Deliverable("Danh sách đảng viên cần chuyển về nơi cư trú".to_owned()),
    ];
    add(script, Kind::Task, "Rà soát đảng viên chưa chuyển sinh hoạt về nơi thực tế cư trú", &[0], task);
}

/// Lines as the note-taker left them, to be sorted at the break.
fn notes(script: &mut Script, units: &[RecordId]) {
    let item = script.agenda().get(5).copied();
    let said = [
        (Some(4), "đảng viên trẻ ở trọ, đổi chỗ liên tục, chi bộ không nắm kịp"),
        (Some(3), "doanh nghiệp không có tổ chức đảng thì giới thiệu về đâu"),
        (None, "một là thống nhất biểu mẫu; hai là có đầu mối liên hệ ở từng đơn vị"),
    ];
    for ((by, text), minute) in said.into_iter().zip([147, 149, 152]) {
        script.at(minute);
        let mut details = vec![Edit::Item(item), Edit::Sample(true)];
        details.extend(by.map(|at| Edit::Unit(unit(units, at))));
        script.capture(Kind::Note, text, details);
    }
}
