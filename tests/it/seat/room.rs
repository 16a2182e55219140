//! What is so for the whole room: themes, times, what was left open.

use chrono::TimeDelta;
use hoinghi::{
    app::{msg::Msg, panes::PaneId},
    domain::{field, ids::RecordId, kind::Kind, record::Record},
    i18n::Lang,
};

use super::session;
use crate::support::desk::Desk;

fn records(desk: &Desk, kind: Kind) -> Vec<RecordId> {
    let board = &desk.app.session().unwrap().board;
    board.of_kind(kind).into_iter().map(|record| record.id).collect()
}

/// Selects the first point of the agenda, behind the session and its themes.
fn first_item(desk: &mut Desk) {
    desk.press(&["F2", "Home"]);
    while desk.app.session().unwrap().selected().unwrap().kind() != Some(Kind::AgendaItem) {
        desk.press(&["Down"]);
    }
}

#[test]
fn lines_are_about_the_theme_that_is_discussed_at_their_first_letter() {
    let mut desk = session(80, 24);
    desk.press(&["Alt+9"]);
    desk.press(&["Alt+T"]);
    assert!(desk.app.dialog.is_none(), "there is one theme only");
    desk.press(&["F2", "Home", "Down", "Ctrl+N"]).type_text("chuyên đề").press(&["Enter"]);
    desk.type_text("Quản lý hồ sơ").press(&["Enter"]);
    let themes = records(&desk, Kind::Theme);
    assert_eq!(themes.len(), 2);
    desk.press(&["Alt+T"]).type_text("hồ sơ").press(&["Enter", "F6"]).type_text("thiếu");
    assert!(desk.text().contains("Ghi nhanh · ? · mục 1 · chuyên đề Quản lý hồ sơ"), "{}", desk.text());
    desk.press(&["Enter", "Esc", "Alt+T"]).type_text("chuyển").press(&["Enter", "F6"]).type_text("chậm");
    desk.press(&["Enter"]);
    let board = &desk.app.session().unwrap().board;
    let about: Vec<_> = board.of_kind(Kind::Note).iter().map(|note| note.link(&field::THEME)).collect();
    assert_eq!(about, [Some(themes[1]), Some(themes[0])]);
    desk.press(&["Esc", "Ctrl+F"]).type_text("q1").press(&["Enter"]);
    let board = &desk.app.session().unwrap().board;
    assert_eq!(board.of_kind(Kind::Speech)[0].link(&field::THEME), Some(themes[0]));
}

#[test]
fn when_an_item_began_and_ended_is_put_right() {
    let mut desk = session(80, 24);
    desk.press(&["Alt+9", "Alt+9"]);
    first_item(&mut desk);
    let specs = desk.app.session().unwrap().specs();
    let at = specs.iter().position(|spec| spec.field == field::ENDED_AT).unwrap();
    desk.press(&["Enter"]).press(&vec!["Down"; at]);
    desk.press(&["Enter", "Ctrl+U"]).type_text("8h25").press(&["Enter"]);
    assert!(desk.text().contains("Kết thúc lúc          08:25"), "{}", desk.text());
    let item = desk.app.session().unwrap().selected().unwrap();
    assert_eq!(item.text(&field::ENDED_AT), Some("2023-03-10T08:25:00+07:00"));
    desk.press(&["Alt+8"]);
    assert!(desk.text().contains("sửa kết thúc lúc"), "{}", desk.text());
    desk.press(&["Esc", "Esc", "Ctrl+Z"]);
    let item = desk.app.session().unwrap().selected().unwrap();
    assert!(item.moment(&field::ENDED_AT).unwrap() < desk.now, "as it was");
}

#[test]
fn an_item_that_was_left_open_for_days_says_since_when_and_does_not_tick() {
    for (lang, words) in [(Lang::Vietnamese, "mở từ 10/3/2023"), (Lang::English, "open since 10/3/2023")]
    {
        let mut desk = Desk::sample(80, 24, lang);
        desk.now += TimeDelta::days(16);
        desk.tell(Msg::Tick);
        assert!(desk.text().contains(words), "{}", desk.text());
        assert_eq!(desk.app.next_tick(), None);
        desk.press(&["F2"]);
        assert_eq!(desk.text().matches(words).count(), 2, "{}", desk.text());
        desk.press(&["Alt+9"]);
        assert!(desk.app.next_tick().is_some(), "the next item is on");
    }
}

#[test]
fn among_the_speakers_only_what_somebody_said_wants_a_speaker() {
    let mut desk = session(80, 24);
    desk.press(&["Alt+9", "F6"]);
    for line in ["gp một đầu mối", "kn liên thông dữ liệu", "kl thống nhất", "kk chậm trả", "thiếu mẫu"]
    {
        desk.type_text(line).press(&["Enter"]);
    }
    desk.press(&["Esc", "F8"]);
    assert_eq!(desk.app.session().unwrap().pane, PaneId::Speakers);
    let text = desk.text();
    assert!(text.contains("chậm trả") && text.contains("thiếu mẫu"), "{text}");
    for other in ["đầu mối", "liên thông", "thống nhất"] {
        assert!(!text.contains(other), "{text}");
    }
}

/// A session in its first item, with a delegate of Q1 at each of two venues.
fn in_two_places(lang: Lang) -> Desk {
    let mut desk = session(80, 24);
    desk.press(&["Alt+5"]);
    for (kind, title) in [("đại biểu", "Ông A"), ("đại biểu", "Bà B"), ("điểm cầu", "Thủ Đức")]
    {
        desk.press(&["Ctrl+N"]).type_text(kind).press(&["Enter"]).type_text(title).press(&["Enter"]);
    }
    let unit = records(&desk, Kind::Unit)[0];
    let people = desk.app.session().unwrap().board.of_kind(Kind::Attendee);
    assert!(
        people.iter().all(|person| person.link(&field::UNIT) == Some(unit)),
        "of the unit that was selected"
    );
    if lang == Lang::English {
        desk.press(&["F9"]).type_text("english").press(&["Enter"]);
    }
    desk.press(&["Alt+9", "F7", "Ctrl+A", "Home"]);
    desk
}

#[test]
fn lunch_ends_the_sitting_and_the_next_key_begins_another_with_its_own_roll() {
    let mut desk = in_two_places(Lang::Vietnamese);
    desk.now += TimeDelta::minutes(10);
    desk.press(&["Alt+B"]);
    assert!(desk.text().contains("Hết buổi sáng, đồng hồ dừng. Alt+B để vào buổi tiếp"), "{}", desk.text());
    desk.now += TimeDelta::hours(4);
    desk.tell(Msg::Tick);
    assert!(desk.text().contains("(nghỉ giữa buổi)"), "{}", desk.text());
    desk.press(&["Alt+B"]);
    assert!(desk.text().contains("Buổi chiều bắt đầu"), "{}", desk.text());
    let title = |desk: &Desk| desk.app.session().unwrap().sitting().unwrap().wording().to_owned();
    assert_eq!(title(&desk), "Buổi chiều");
    assert!(desk.text().contains("Điểm danh · Buổi chiều"), "{}", desk.text());
    assert!(desk.text().contains("chưa điểm danh 2"), "{}", desk.text());
    desk.now += TimeDelta::minutes(1);
    desk.tell(Msg::Tick);
    assert!(desk.text().contains("11:"), "eleven minutes without lunch\n{}", desk.text());
    desk.press(&["Alt+8"]);
    assert!(desk.text().contains("Lan cho vào buổi “Buổi chiều”"), "{}", desk.text());
    assert!(desk.text().contains("Lan cho hết buổi “Buổi sáng”"), "{}", desk.text());
    desk.press(&["Esc", "Ctrl+Z", "Ctrl+Z"]);
    assert!(records(&desk, Kind::Sitting).is_empty(), "it goes on as if nothing had been said");
    assert!(!desk.app.session().unwrap().figures.paused);
}

#[test]
fn sittings_of_one_day_are_numbered_and_those_of_another_dated() {
    let mut desk = in_two_places(Lang::Vietnamese);
    for days in [0, 0, 1] {
        desk.press(&["Alt+B"]);
        desk.now += TimeDelta::days(days);
        desk.press(&["Alt+B"]);
    }
    let board = &desk.app.session().unwrap().board;
    let titles: Vec<&str> = board.of_kind(Kind::Sitting).into_iter().map(Record::wording).collect();
    assert_eq!(titles, ["Buổi sáng", "Buổi sáng (2)", "Buổi sáng (3)", "Buổi sáng 11/3/2023"]);
}

#[test]
fn what_goes_on_after_lunch_begins_the_sitting() {
    for key in ["Alt+0", "Alt+9"] {
        let mut desk = in_two_places(Lang::Vietnamese);
        desk.press(&["Alt+B"]);
        assert!(desk.app.session().unwrap().figures.adjourned);
        desk.press(&[key]);
        assert!(!desk.app.session().unwrap().figures.paused, "{key}");
        assert_eq!(records(&desk, Kind::Sitting).len(), 2, "{key}");
    }
}

#[test]
fn a_sitting_that_was_prepared_is_the_next_one() {
    let mut desk = in_two_places(Lang::Vietnamese);
    desk.press(&["Ctrl+B", "Enter", "Ctrl+B"]).type_text("chieu").press(&["Enter"]);
    assert_eq!(records(&desk, Kind::Sitting).len(), 2);
    desk.press(&["Alt+B", "Alt+B"]);
    let sittings = records(&desk, Kind::Sitting);
    let board = &desk.app.session().unwrap().board;
    assert_eq!(sittings.len(), 2);
    assert_eq!(hoinghi::domain::sitting::current(board).map(|sitting| sitting.id), Some(sittings[1]));
}

#[test]
fn venues_have_their_people_and_tell_that_they_are_lost() {
    let mut desk = in_two_places(Lang::Vietnamese);
    desk.press(&["Ctrl+L"]).type_text("cả đơn vị").press(&["Enter"]);
    assert!(desk.text().contains("Thủ Đức 2/2"), "{}", desk.text());
    desk.press(&["Ctrl+L"]).type_text("không ghi").press(&["Enter"]);
    assert!(desk.text().contains("Thủ Đức 1/1"), "{}", desk.text());
    desk.press(&["End"]);
    assert!(desk.text().contains("1/1, đang kết nối"), "{}", desk.text());
    desk.press(&["Space"]);
    assert!(desk.text().contains("Đã ghi: Thủ Đức mất kết nối"), "{}", desk.text());
    desk.press(&["F4"]);
    desk.now += TimeDelta::seconds(10);
    desk.tell(Msg::Tick);
    assert!(desk.text().contains(" Thủ Đức mất kết nối   1 "), "{}", desk.text());
    desk.press(&["F9"]).type_text("mat ket noi").press(&["Enter", "Enter"]);
    assert!(desk.text().contains("Đã ghi: Thủ Đức kết nối lại"), "{}", desk.text());
    assert!(desk.app.session().unwrap().figures.lost.is_empty());
    desk.press(&["Ctrl+Z"]);
    assert_eq!(desk.app.session().unwrap().figures.lost.len(), 1);
}

#[test]
fn pictures_of_the_room() {
    for (lang, code) in [(Lang::Vietnamese, "vi"), (Lang::English, "en")] {
        let mut desk = in_two_places(lang);
        desk.press(&["Ctrl+L", "Enter", "End", "Space", "Alt+B"]);
        desk.now += TimeDelta::hours(5);
        desk.tell(Msg::Tick);
        super::looks::picture(&format!("adjourned_80x24_{code}"), &desk);
    }
}

#[test]
fn several_marked_lines_get_their_theme_at_once_and_undo_takes_it_from_all() {
    let mut desk = session(100, 30);
    desk.press(&["F2", "Home", "Down", "Ctrl+N"]).type_text("chuyên đề").press(&["Enter"]);
    desk.type_text("Quản lý hồ sơ").press(&["Enter", "F6"]);
    for line in ["một", "hai", "ba"] {
        desk.type_text(line).press(&["Enter"]);
    }
    desk.press(&["Esc", "Ctrl+T", "Home", "Space", "Space", "Alt+T"]);
    assert!(desk.text().contains("Chuyên đề của dòng đã chọn · 2"), "{}", desk.text());
    desk.type_text("hồ sơ").press(&["Enter"]);
    let themes = records(&desk, Kind::Theme);
    let about = |desk: &Desk| -> Vec<Option<RecordId>> {
        let board = &desk.app.session().unwrap().board;
        board.of_kind(Kind::Note).iter().map(|note| note.link(&field::THEME)).collect()
    };
    assert_eq!(about(&desk), [Some(themes[1]), Some(themes[1]), None]);
    assert!(desk.app.session().unwrap().marked.is_empty());
    desk.press(&["Alt+8"]);
    assert!(desk.text().contains("Lan điền chuyên đề của GN-01"), "{}", desk.text());
    desk.press(&["Esc", "Ctrl+Z"]);
    assert_eq!(about(&desk), [None; 3]);
}

#[test]
fn a_hint_names_its_key_while_something_is_typed_below() {
    let mut desk = session(80, 24);
    desk.press(&["F5", "F6"]).type_text("một câu");
    assert!(desk.text().contains("Ctrl+N"), "{}", desk.text());
}

#[test]
fn however_long_a_notice_is_it_says_beside_it_that_all_is_saved() {
    for (columns, rows) in [(80, 24), (60, 20)] {
        let mut desk = Desk::sample(columns, rows, Lang::Vietnamese);
        desk.press(&["Down", "Space", "Space"]);
        desk.press(&["Ctrl+G"]);
        let words = "một hai ba bốn năm sáu bảy tám chín mười ".repeat(3);
        desk.tell(Msg::Warned(words.trim().to_owned()));
        let screen = desk.text();
        assert!(screen.contains("Đã lưu"), "{screen}");
        let last = screen.lines().next_back().unwrap().trim_end();
        let end = if columns == 80 { "mười" } else { "…" };
        assert!(last.ends_with(end), "{screen}");
    }
}
