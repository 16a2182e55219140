//! The session's clock and who speaks, told as a facilitator would tell it.

use std::time::Duration;

use chrono::TimeDelta;
use hoinghi::{
    app::{effect::Effect, msg::Msg, panes::PaneId},
    domain::{
        command::Command,
        field,
        ids::RecordId,
        kind::{AgendaKind, Kind},
        policy::Role,
        record::Record,
        speech, timing,
    },
    i18n::Lang,
};

use super::{looks::picture, session};
use crate::support::desk::Desk;

/// A session with two units whose first item is on.
fn begun(columns: u16, rows: u16) -> Desk {
    let mut desk = session(columns, rows);
    desk.press(&["Alt+9"]);
    desk
}

/// The same at its discussion.
fn discussing(columns: u16, rows: u16) -> Desk {
    let mut desk = session(columns, rows);
    let kind = |desk: &Desk| {
        let board = &desk.app.session().unwrap().board;
        hoinghi::domain::agenda::current(board).map(hoinghi::domain::agenda::item_kind)
    };
    while kind(&desk) != Some(AgendaKind::Discussion) {
        desk.press(&["Alt+9"]);
        desk.now += TimeDelta::minutes(10);
    }
    desk
}

fn unit(desk: &Desk, code: &str) -> RecordId {
    hoinghi::domain::roster::unit_by_code(&desk.app.session().unwrap().board, code).unwrap()
}

fn current(desk: &Desk) -> Option<Record> {
    speech::current(&desk.app.session().unwrap().board).cloned()
}

fn tick(desk: &mut Desk, seconds: i64) {
    desk.now += TimeDelta::seconds(seconds);
    desk.tell(Msg::Tick);
}

fn commands(desk: &Desk) -> Vec<&Command> {
    let submitted = desk.effects.iter().filter_map(|effect| match effect {
        Effect::Submit(sent) => Some(&sent.command),
        _ => None,
    });
    submitted.collect()
}

#[test]
fn nothing_ticks_until_a_clock_runs_and_is_seen() {
    let mut desk = session(80, 24);
    assert_eq!(desk.app.next_tick(), None, "nothing was begun");
    desk.press(&["Alt+9"]);
    assert!(desk.app.next_tick().is_some_and(|pause| pause <= Duration::from_secs(1)));
    desk.press(&["F12"]);
    assert_eq!(desk.app.next_tick(), None, "covered");
    desk.press(&["F12", "Alt+0"]);
    assert!(desk.app.next_tick().is_some_and(|pause| pause > Duration::from_secs(1)), "by the minute");
    desk.press(&["Alt+0"]);
    assert!(desk.app.next_tick().is_some_and(|pause| pause <= Duration::from_secs(1)));
    desk.press(&["Esc"]);
    assert_eq!(desk.app.next_tick(), None, "at Home no clock is shown");
    let mut sample = Desk::sample(80, 24, Lang::Vietnamese);
    assert!(sample.app.next_tick().is_some());
    sample.tell(Msg::Failed("Đĩa đầy".into()));
    assert_eq!(sample.app.next_tick(), None, "what went wrong stands in its place until a key");
}

#[test]
fn the_clock_shows_seconds_and_a_pause_stops_it() {
    let mut desk = begun(120, 40);
    tick(&mut desk, 58);
    assert!(desk.text().contains("1 Đón tiếp, điểm danh 00:58 / 15:00"), "{}", desk.text());
    desk.press(&["Alt+0"]);
    assert!(desk.text().contains("Alt+0 để họp tiếp"), "{}", desk.text());
    tick(&mut desk, 3600);
    assert!(desk.text().contains("01:00 / 15:00 (tạm nghỉ)"), "{}", desk.text());
    desk.press(&["Alt+0"]);
    tick(&mut desk, 10);
    assert!(desk.text().contains("01:10 / 15:00"), "{}", desk.text());
    desk.press(&["Ctrl+Z"]);
    tick(&mut desk, 10);
    assert!(desk.text().contains("01:00 / 15:00 (tạm nghỉ)"), "{}", desk.text());
}

#[test]
fn a_kill_and_a_clock_set_back_lose_no_time() {
    let mut desk = begun(120, 40);
    tick(&mut desk, 300);
    let mut again = desk.restarted();
    again.now += TimeDelta::seconds(60);
    again.tell(Msg::Tick);
    assert!(again.text().contains("06:00 / 15:00"), "{}", again.text());
    again.now -= TimeDelta::hours(2);
    again.tell(Msg::Tick);
    assert!(again.text().contains("Giờ của máy vừa lùi"), "{}", again.text());
    again.press(&["F4"]);
    tick(&mut again, 28);
    assert!(again.text().contains("06:30 / 15:00"), "{}", again.text());
}

#[test]
fn a_clock_that_is_set_back_while_the_program_is_not_there_loses_no_time() {
    let mut desk = begun(120, 40);
    tick(&mut desk, 300);
    desk.now -= TimeDelta::hours(2);
    let mut again = desk.restarted_at(desk.now);
    again.now += TimeDelta::seconds(60);
    again.press(&["F4"]);
    assert!(again.text().contains("05:25"), "six minutes but for the seconds of the last\n{}", again.text());
}

#[test]
fn one_queues_gets_the_floor_and_ends() {
    let mut desk = discussing(120, 40);
    desk.press(&["F8"]);
    assert_eq!(desk.app.session().unwrap().pane, PaneId::Speakers);
    desk.press(&["Ctrl+N"]).type_text("q3").press(&["Enter"]);
    desk.press(&["Ctrl+N"]).type_text("q1").press(&["Enter"]);
    assert!(desk.text().contains("Chờ phát biểu: 2, khoảng 10 phút"), "{}", desk.text());
    let queued = speech::queue(&desk.app.session().unwrap().board).len();
    assert_eq!(queued, 2);
    desk.press(&["F4", "Ctrl+F"]);
    assert!(desk.text().contains("kế tiếp"), "{}", desk.text());
    desk.press(&["Enter"]);
    assert_eq!(current(&desk).unwrap().link(&field::UNIT), Some(unit(&desk, "Q3")));
    tick(&mut desk, 70);
    assert!(desk.text().contains("đang nói Q3 01:10"), "{}", desk.text());
    desk.press(&["F8", "Space"]);
    tick(&mut desk, 100);
    let speech = current(&desk).unwrap();
    let board = &desk.app.session().unwrap().board;
    assert_eq!(timing::spent(board, &speech, desk.now), TimeDelta::seconds(74));
    desk.press(&["Space", "Ctrl+D"]);
    assert_eq!(current(&desk), None);
    assert!(desk.text().contains("Hết lượt: Q3"), "{}", desk.text());
}

#[test]
fn the_queue_is_put_in_another_order_and_left() {
    let mut desk = discussing(100, 30);
    desk.press(&["F8"]);
    for code in ["q1", "q3", "?"] {
        desk.press(&["Ctrl+N"]).type_text(code).press(&["Enter"]);
    }
    let queue = |desk: &Desk| -> Vec<Option<RecordId>> {
        let board = &desk.app.session().unwrap().board;
        speech::queue(board).into_iter().map(|speech| speech.link(&field::UNIT)).collect()
    };
    let (q1, q3) = (unit(&desk, "Q1"), unit(&desk, "Q3"));
    assert_eq!(queue(&desk), [Some(q1), Some(q3), None]);
    desk.press(&["Home", "Down", "Ctrl+Up"]);
    assert_eq!(queue(&desk), [Some(q3), Some(q1), None]);
    desk.press(&["Home", "Delete"]);
    assert_eq!(queue(&desk), [Some(q1), None]);
    desk.press(&["Ctrl+Z", "Ctrl+Z"]);
    assert_eq!(queue(&desk), [Some(q1), Some(q3), None]);
}

#[test]
fn a_silent_unit_is_not_removed_among_the_speakers() {
    let mut desk = discussing(100, 30);
    desk.press(&["F8", "Delete"]);
    assert_eq!(desk.app.session().unwrap().board.of_kind(Kind::Unit).len(), 2);
    desk.press(&["Ctrl+F"]);
    let speech = current(&desk).unwrap();
    assert_eq!(speech.link(&field::UNIT), Some(unit(&desk, "Q1")));
    let item = hoinghi::domain::agenda::current(&desk.app.session().unwrap().board).map(|item| item.id);
    assert_eq!(speech.link(&field::ITEM), item);
}

#[test]
fn a_line_has_the_speaker_of_its_first_letter() {
    let mut desk = discussing(120, 40);
    desk.press(&["F8", "Ctrl+F", "F6"]).type_text("chậm");
    desk.press(&["Ctrl+F"]).type_text("q3").press(&["Enter"]);
    desk.type_text(" trả hồ sơ").press(&["Enter"]);
    desk.type_text("thiếu mẫu").press(&["Enter"]);
    let board = &desk.app.session().unwrap().board;
    let notes = board.of_kind(Kind::Note);
    let units: Vec<_> = notes.iter().map(|note| note.link(&field::UNIT)).collect();
    assert_eq!(units, [Some(unit(&desk, "Q1")), Some(unit(&desk, "Q3"))]);
    let passages: Vec<usize> =
        speech::held(board).into_iter().map(|speech| speech::passage(board, speech).len()).collect();
    assert_eq!(passages, [1, 1]);
    desk.press(&["Esc", "F8", "Ctrl+D", "F6"]).type_text("ai đó");
    assert!(desk.text().contains("Ghi nhanh · ?"), "{}", desk.text());
}

#[test]
fn the_last_lines_get_another_speaker_by_the_same_key_again() {
    let mut desk = discussing(100, 30);
    desk.press(&["F6"]);
    for text in ["một", "hai", "ba"] {
        desk.type_text(text).press(&["Enter"]);
    }
    desk.type_text("bốn").press(&["Ctrl+O", "Ctrl+O", "Ctrl+O"]);
    assert!(desk.text().contains("và 2 dòng trước"), "{}", desk.text());
    desk.type_text("q3").press(&["Enter", "Enter"]);
    let board = &desk.app.session().unwrap().board;
    let units: Vec<_> = board.of_kind(Kind::Note).iter().map(|note| note.link(&field::UNIT)).collect();
    let q3 = Some(unit(&desk, "Q3"));
    assert_eq!(units, [None, q3, q3, q3]);
}

#[test]
fn the_last_lines_and_the_next_ones_get_a_person() {
    let mut desk = discussing(100, 30);
    desk.press(&["F7", "Ctrl+N"]).type_text("Bà Lan").press(&["Enter"]);
    desk.press(&["F6"]).type_text("một").press(&["Enter"]).type_text("hai");
    desk.press(&["Ctrl+O", "Ctrl+O"]).type_text("ba lan").press(&["Enter"]);
    assert!(desk.text().contains("Người nói: Bà Lan"), "{}", desk.text());
    desk.press(&["Enter"]).type_text("ba").press(&["Enter"]);
    let board = &desk.app.session().unwrap().board;
    let person = board.of_kind(Kind::Attendee)[0].id;
    let notes = board.of_kind(Kind::Note);
    assert!(notes.iter().all(|note| note.link(&field::SPEAKER) == Some(person)), "{notes:?}");
    desk.type_text("bốn").press(&["Ctrl+O"]).type_text("q1").press(&["Enter", "Enter"]);
    let board = &desk.app.session().unwrap().board;
    assert_eq!(board.of_kind(Kind::Note)[3].link(&field::SPEAKER), None);
}

#[test]
fn the_time_that_is_left_is_shared_out_by_one_key() {
    let mut desk = discussing(80, 24);
    desk.press(&["F8"]);
    assert!(
        desk.text().contains("2 đơn vị chưa nói, giữ 20 phút kết luận, 20 phút mục khác: mỗi đơn vị"),
        "{}",
        desk.text()
    );
    desk.press(&["Ctrl+A"]);
    let limit = speech::limit(&desk.app.session().unwrap().board).unwrap();
    assert!(limit > TimeDelta::zero());
    let said = format!("Đã chia giờ: mỗi lượt {} phút. Ctrl+Z để hoàn tác", limit.num_minutes());
    assert!(desk.text().contains(&said), "{}", desk.text());
    desk.press(&["Ctrl+F"]);
    tick(&mut desk, 6);
    let clock = format!("00:06 / {:02}:00", limit.num_minutes());
    assert!(desk.text().contains(&clock), "{}", desk.text());
    desk.press(&["Ctrl+Z", "Ctrl+Z"]);
    assert_eq!(speech::limit(&desk.app.session().unwrap().board), None);
    desk.now += TimeDelta::hours(5);
    desk.press(&["Ctrl+A"]);
    assert!(desk.text().contains("Không còn giờ để chia"), "{}", desk.text());
}

#[test]
fn a_note_taker_gives_nobody_the_floor() {
    let mut desk = discussing(100, 30);
    desk.app.role = Role::NoteTaker;
    desk.press(&["F8", "Ctrl+F"]);
    assert_eq!(current(&desk), None);
    assert!(desk.text().contains("không được"), "{}", desk.text());
    assert!(matches!(commands(&desk).last(), Some(Command::GiveFloor { .. })));
}

#[test]
fn what_was_said_gives_way_to_the_clock() {
    let mut desk = begun(100, 30);
    assert!(desk.text().contains("Đang ở mục"), "{}", desk.text());
    tick(&mut desk, 1);
    assert!(desk.text().contains("Đang ở mục"), "{}", desk.text());
    tick(&mut desk, 5);
    assert!(desk.text().contains("00:06"), "{}", desk.text());
}

#[test]
fn a_unit_that_gets_the_floor_does_not_wait_any_longer() {
    let mut desk = discussing(100, 30);
    desk.press(&["F8", "Ctrl+N"]).type_text("q3").press(&["Enter", "F4", "Ctrl+F"]).type_text("q3 ban");
    desk.press(&["Enter"]);
    assert_eq!(current(&desk).unwrap().link(&field::UNIT), Some(unit(&desk, "Q3")));
    assert!(speech::queue(&desk.app.session().unwrap().board).is_empty());
}

/// The sample, with three units waiting and one speaking.
fn sample(columns: u16, rows: u16, lang: Lang) -> Desk {
    let mut desk = Desk::sample(columns, rows, lang);
    desk.now = hoinghi::cli::sample::requests().last().unwrap().at;
    desk.press(&["F8"]);
    for code in ["q5", "q3", "tb", "?"] {
        desk.press(&["Ctrl+N"]).type_text(code).press(&["Enter"]);
    }
    desk.press(&["F8", "Home", "Ctrl+F"]);
    tick(&mut desk, 128);
    desk
}

#[test]
fn pictures_of_the_speakers() {
    for (columns, rows) in [(120, 40), (80, 24), (60, 20)] {
        for (lang, code) in [(Lang::Vietnamese, "vi"), (Lang::English, "en")] {
            let desk = sample(columns, rows, lang);
            picture(&format!("speakers_{columns}x{rows}_{code}"), &desk);
        }
    }
}

#[test]
fn who_was_put_in_the_queue_is_given_the_floor_by_the_next_key() {
    let mut desk = discussing(80, 24);
    desk.press(&["F8", "Ctrl+N"]).type_text("Q3").press(&["Enter", "Ctrl+F"]);
    let speech = current(&desk).expect("somebody speaks");
    assert_eq!(speech.link(&field::UNIT), Some(unit(&desk, "Q3")));
}

#[test]
fn from_beside_the_panes_one_comes_back_to_the_pane_and_then_home() {
    let mut desk = discussing(80, 24);
    for beside in ["F8", "F7", "Ctrl+T", "Alt+5", "Alt+6", "Alt+L"] {
        desk.press(&["F3", beside, "Esc"]);
        assert_eq!(desk.app.session().unwrap().pane, PaneId::Keynote, "from {beside}");
    }
    assert_eq!(desk.restarted().app.session().unwrap().behind, PaneId::Keynote);
    desk.press(&["Esc"]);
    assert!(desk.app.session().is_none());
}

#[test]
fn a_speech_over_its_limit_is_highlighted_by_a_word_and_by_weight() {
    use hoinghi::ui::{self, theme::Theme};
    use ratatui::{buffer::Buffer, layout::Rect, style::Modifier};
    let mut desk = discussing(100, 30);
    desk.press(&["F8", "Ctrl+A", "Ctrl+F"]).type_text("q1").press(&["Enter"]);
    let limit = speech::limit(&desk.app.session().unwrap().board).unwrap();
    tick(&mut desk, limit.num_seconds() - 10);
    assert!(!desk.text().contains("quá giờ"), "{}", desk.text());
    tick(&mut desk, 20);
    let screen = desk.text();
    assert_eq!(screen.matches("quá giờ").count(), 2, "in the list and in the clock line: {screen}");
    for theme in [Theme::full(), Theme { colour: false, ascii: true, light: false }] {
        let area = Rect::new(0, 0, 100, 30);
        let mut buffer = Buffer::empty(area);
        ui::view(&desk.app, theme, &mut buffer);
        let row = |y| (0..100).map(|x| buffer[(x, y)].symbol()).collect::<String>();
        let is_weighty = |y: u16| {
            let line = row(y);
            let Some((before, _)) = line.split_once("quá giờ") else { return false };
            let x = u16::try_from(before.chars().count()).unwrap();
            buffer[(x, y)].modifier.contains(Modifier::BOLD)
        };
        assert_eq!((0..30).filter(|y| is_weighty(*y)).count(), 2, "{theme:?}");
    }
    desk.press(&["Ctrl+D"]);
    assert!(!desk.text().contains("quá giờ"), "it is over: {}", desk.text());
}

#[test]
fn those_who_wait_have_places_a_hundred_of_them_too() {
    let mut desk = discussing(80, 24);
    desk.press(&["F8"]);
    for code in ["q3", "q1"] {
        desk.press(&["Ctrl+N"]).type_text(code).press(&["Enter"]);
    }
    let screen = desk.text();
    assert!(screen.contains(" 1. Q3") && screen.contains(" 2. Q1"), "{screen}");
    assert!(screen.contains("Q1 đăng ký, lượt thứ 2"), "{screen}");
    for _ in 2..100 {
        desk.press(&["Ctrl+N"]).type_text("q3").press(&["Enter"]);
    }
    let screen = desk.text();
    assert!(screen.contains("lượt thứ 100") && screen.contains("100. Q3"), "{screen}");
    desk.press(&["Home"]);
    assert!(desk.text().contains("Chờ phát biểu: 100, khoảng 500 phút"), "{}", desk.text());
}
