//! The triage: cuts that are proposed, two note-takers' lines side by side, what is near here and in past sessions.

use chrono::{DateTime, FixedOffset, TimeDelta};
use hoinghi::{
    app::{panes::PaneId, session::SessionSeat},
    domain::{
        board::Board,
        change::Write,
        command::{Capture, Command},
        edit::Edit,
        field,
        gathering::Under,
        ids::{RecordId, ScopeId},
        kind::Kind,
        record::Record,
        roster,
    },
    i18n::Lang,
};

use super::looks::picture;
use crate::support::desk::Desk;

/// What Lan typed, and what Minh typed of the same words.
const LAN: &str = "con dấu cũ không dùng được, hồ sơ kẹt";
const MINH: &str = "con dau cu ko dung dc, hs ket";

fn seat(desk: &Desk) -> &SessionSeat {
    desk.app.session().unwrap()
}

fn record(desk: &Desk, id: RecordId) -> &Record {
    seat(desk).board.record(id).unwrap()
}

fn shown(desk: &Desk) -> Vec<RecordId> {
    seat(desk).rows.iter().filter_map(|row| row.record()).collect()
}

fn capture(record: RecordId, text: &str, said_at: DateTime<FixedOffset>, details: Vec<Edit>) -> Command {
    let (kind, text) = (Kind::Note, text.to_owned());
    Command::Capture(Box::new(Capture { record, kind, text, said_at, details, off_record: false }))
}

/// A line of Lan's, one of Minh's a minute later, both of one unit.
fn two_note_takers(columns: u16, rows: u16, lang: Lang) -> (Desk, RecordId, RecordId) {
    let mut desk = Desk::sample(columns, rows, lang);
    let unit = roster::unit_by_code(&seat(&desk).board, "Q5").unwrap();
    desk.press(&["F6"]).type_text("Q5 ").type_text(LAN).press(&["Enter", "Esc"]);
    let lan = seat(&desk).captured.unwrap();
    let minh = RecordId(0x900);
    let at = desk.now + TimeDelta::minutes(1);
    assert!(desk.foreign(capture(minh, MINH, at, vec![Edit::Unit(Some(unit))])));
    desk.press(&["Ctrl+T"]);
    (desk, lan, minh)
}

#[test]
fn pictures_of_the_triage() {
    for (columns, rows) in [(80, 24), (120, 40), (60, 20)] {
        for (lang, code) in [(Lang::Vietnamese, "vi"), (Lang::English, "en")] {
            let (mut desk, lan, _) = two_note_takers(columns, rows, lang);
            go(&mut desk, lan);
            picture(&format!("triage_twins_{columns}x{rows}_{code}"), &desk);
            desk.press(&["Home", "Ctrl+B"]);
            picture(&format!("triage_cut_{columns}x{rows}_{code}"), &desk);
            desk.press(&["Esc", "Space", "Space"]);
            picture(&format!("triage_marked_{columns}x{rows}_{code}"), &desk);
        }
    }
}

fn go(desk: &mut Desk, id: RecordId) {
    desk.press(&["Home"]);
    for _ in 0..shown(desk).len() {
        if seat(desk).list().selected == Some(id) {
            return;
        }
        desk.press(&["Down"]);
    }
    panic!("{id:?} is not shown");
}

#[test]
fn two_note_takers_lines_stand_side_by_side() {
    for (columns, rows, lang) in [(80, 24, Lang::Vietnamese), (120, 40, Lang::English)] {
        let (mut desk, lan, minh) = two_note_takers(columns, rows, lang);
        let all = shown(&desk);
        let at = all.iter().position(|id| *id == lan).unwrap();
        assert_eq!(all.get(at + 1), Some(&minh));
        go(&mut desk, lan);
        assert_eq!(seat(&desk).twin().map(|twin| twin.id), Some(minh));
        let text = desk.text();
        assert!(text.contains(&format!("Minh  {MINH}")), "below: {text}");
        assert!(text.contains(LAN), "{text}");
    }
}

#[test]
fn they_stay_until_one_is_taken() {
    let (mut desk, lan, minh) = two_note_takers(120, 40, Lang::Vietnamese);
    desk.press(&["F4"]);
    assert!(desk.foreign(Command::Classify { records: vec![lan, minh], kind: Kind::Opinion, nature: None }));
    desk.press(&["Ctrl+T"]);
    go(&mut desk, minh);
    desk.press(&["0"]);
    assert!(record(&desk, lan).is_removed() && !record(&desk, minh).is_removed());
    assert!(!shown(&desk).contains(&minh), "classified, known, and alone now");
    assert!(desk.text().contains("Đã giữ"), "{}", desk.text());
    desk.press(&["Ctrl+Z"]);
    assert!(shown(&desk).contains(&lan) && shown(&desk).contains(&minh));
}

#[test]
fn or_they_are_merged_by_one_key() {
    let (mut desk, lan, minh) = two_note_takers(120, 40, Lang::Vietnamese);
    go(&mut desk, lan);
    desk.press(&["Ctrl+G"]);
    assert_eq!(seat(&desk).board.under(minh), Some(Under::Merged(lan)));
    desk.press(&["Ctrl+Z"]);
    assert_eq!(seat(&desk).board.under(minh), None);
}

#[test]
fn or_both_are_kept_as_two_matters() {
    let (mut desk, lan, minh) = two_note_takers(80, 24, Lang::Vietnamese);
    go(&mut desk, minh);
    desk.press(&["+"]);
    assert!(seat(&desk).twins.is_empty());
    assert!(!record(&desk, lan).is_removed() && !record(&desk, minh).is_removed());
    desk.press(&["0"]);
    assert!(desk.text().contains("Không có dòng trùng"), "{}", desk.text());
    desk.press(&["Ctrl+Z"]);
    assert_eq!(seat(&desk).twins.len(), 2);
}

#[test]
fn what_one_person_wrote_twice_or_long_apart_or_of_two_units_is_no_pair() {
    let mut desk = Desk::sample(120, 40, Lang::Vietnamese);
    let unit = |code| roster::unit_by_code(&seat(&desk).board, code);
    let (q1, q5) = (unit("Q1"), unit("Q5"));
    desk.press(&["F6"]).type_text("Q5 ").type_text(LAN).press(&["Enter", "Esc"]);
    let at = desk.now;
    assert!(desk.foreign(capture(RecordId(0x901), MINH, at + TimeDelta::minutes(9), vec![Edit::Unit(q5)])));
    assert!(desk.foreign(capture(RecordId(0x902), MINH, at, vec![Edit::Unit(q1)])));
    assert!(desk.foreign(capture(RecordId(0x903), "kinh phí cấp chậm cuối năm", at, vec![Edit::Unit(q5)])));
    desk.press(&["Ctrl+T"]);
    assert!(seat(&desk).twins.is_empty(), "{:?}", seat(&desk).twins);
}

#[test]
fn the_same_speech_makes_a_pair_however_long_it_takes() {
    let mut desk = Desk::sample(120, 40, Lang::Vietnamese);
    let unit = roster::unit_by_code(&seat(&desk).board, "Q5");
    assert!(desk.foreign(Command::GiveFloor { record: RecordId(0x910), unit, speaker: None }));
    desk.press(&["F6"]).type_text(LAN).press(&["Enter", "Esc"]);
    let at = desk.now + TimeDelta::minutes(7);
    assert!(desk.foreign(capture(RecordId(0x911), MINH, at, vec![Edit::Speech(Some(RecordId(0x910)))])));
    desk.press(&["Ctrl+T"]);
    assert_eq!(seat(&desk).twins.len(), 2);
}

#[test]
fn a_line_is_cut_where_it_counts_one_by_one_or_at_once() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["F6"])
        .type_text("một là con dấu; hai là hồ sơ, ba là biểu mẫu")
        .press(&["Enter", "Esc", "Ctrl+T"]);
    let line = seat(&desk).captured.unwrap();
    go(&mut desk, line);
    desk.press(&["Ctrl+B"]);
    assert!(desk.text().contains("2 chỗ tách: Tab đến chỗ kế"), "{}", desk.text());
    let before = |desk: &Desk| seat(desk).editing.as_ref().unwrap().editor.split_at_cursor().0;
    assert_eq!(before(&desk), "một là con dấu; ");
    desk.press(&["Tab"]);
    assert_eq!(before(&desk), "một là con dấu; hai là hồ sơ, ");
    desk.press(&["Tab"]);
    assert_eq!(before(&desk), "một là con dấu; ", "round again");
    let lines = |desk: &Desk| -> Vec<String> {
        let pieces = |id: &RecordId| *id == line || record(desk, *id).link(&field::SPLIT_FROM) == Some(line);
        shown(desk).iter().filter(|id| pieces(id)).map(|id| record(desk, *id).wording().to_owned()).collect()
    };
    desk.press(&["Ctrl+B"]);
    assert_eq!(lines(&desk), ["một là con dấu", "hai là hồ sơ", "ba là biểu mẫu"]);
    desk.press(&["Ctrl+Z"]);
    assert_eq!(lines(&desk).len(), 1, "one step back");
    desk.press(&["Ctrl+B", "Enter"]);
    assert_eq!(lines(&desk), ["một là con dấu;", "hai là hồ sơ, ba là biểu mẫu"]);
}

#[test]
fn a_line_without_cuts_is_cut_at_the_cursor_as_before() {
    let mut desk = Desk::sample(80, 24, Lang::English);
    desk.press(&["F6"]).type_text("con dấu hồ sơ").press(&["Enter", "Esc", "Ctrl+T"]);
    let line = seat(&desk).captured.unwrap();
    go(&mut desk, line);
    desk.press(&["Ctrl+B", "Ctrl+B"]);
    assert!(seat(&desk).editing.is_some(), "nothing to cut at");
    desk.press(&["Tab", "Home", "Right", "Right", "Right", "Enter"]);
    assert_eq!(record(&desk, line).wording(), "con");
}

/// A past session with one difficulty.
fn with_past(desk: &mut Desk) {
    let scope = ScopeId(0xabc);
    let mut board = Board::empty(scope);
    let write = |(field, value)| Write { record: RecordId(0x77), field, value, replaces: Vec::new() };
    let writes = [
        (field::KIND, Kind::Difficulty.into()),
        (field::NUMBER, "KK-07".into()),
        (field::TEXT, "Hồ sơ cũ kẹt vì con dấu của phường".into()),
    ];
    let mut change = (*crate::support::domain::testing::foreign(9, 1, 1, writes.map(write).to_vec())).clone();
    change.header.scope = scope;
    board.apply(change.into());
    desk.writer.shared.insert(scope, board);
}

#[test]
fn what_is_near_here_and_in_past_sessions_stands_below() {
    for (columns, rows, lang) in [(80, 24, Lang::Vietnamese), (60, 20, Lang::English)] {
        let mut desk = Desk::sample(columns, rows, lang);
        with_past(&mut desk);
        desk.press(&["F6"]).type_text("con dấu hồ sơ cũ kẹt do sáp nhập").press(&["Enter", "Esc", "Ctrl+T"]);
        let line = seat(&desk).captured.unwrap();
        go(&mut desk, line);
        let text = desk.text();
        assert!(text.contains("KK-03 Q3  Vướng mắc con dấu"), "{text}");
        assert!(text.contains("IV/2022 KK-07  Hồ sơ cũ kẹt"), "{text}");
        desk.press(&["Ctrl+G"]);
        let near = seat(&desk).board.merge_root(line);
        assert_eq!(record(&desk, near).short_number(), Some("KK-03"));
        desk.press(&["Ctrl+Z"]);
        assert_eq!(seat(&desk).board.under(line), None);
        assert_eq!(seat(&desk).pane, PaneId::Triage);
    }
}

#[test]
fn one_key_takes_the_mark_to_check_later_off_or_sets_it() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["F6"]).type_text("q5 kk chưa chắc ??").press(&["Enter"]);
    desk.type_text("q5 kk cũng chưa chắc ??").press(&["Enter", "Esc", "Ctrl+T"]);
    let marked = |desk: &Desk| {
        let lines = seat(desk).board.of_kind(Kind::Difficulty);
        lines.into_iter().filter(|line| line.flag(&field::CHECK_LATER)).count()
    };
    let rows = shown(&desk).len();
    assert_eq!(marked(&desk), 2);
    desk.press(&["End", "Up", "Space", "Space", "?"]);
    assert_eq!(
        (marked(&desk), shown(&desk).len()),
        (0, rows - 2),
        "both marked lines, and both are sorted now"
    );
    assert!(desk.text().contains("Đã kiểm tra: KK-"), "{}", desk.text());
    desk.press(&["Ctrl+Z"]);
    assert_eq!(marked(&desk), 2, "one command");
    desk.press(&["F4", "Home", "?"]);
    assert_eq!(marked(&desk), 3);
    desk.app.role = hoinghi::domain::policy::Role::NoteTaker;
    desk.press(&["?"]);
    assert_eq!(marked(&desk), 2, "a note-taker sorts everybody's lines while the session is open");
}

#[test]
fn a_row_that_is_marked_and_selected_shows_both() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["Home", "Space", "Up"]);
    assert!(desk.text().contains("│>*KK-01"), "{}", desk.text());
    desk.press(&["Down"]);
    assert!(desk.text().contains("│ *KK-01") && desk.text().contains("│>KK-02"), "{}", desk.text());
}
