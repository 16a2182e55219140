//! What is shown of the difficulties that say nearly what is being typed.

use hoinghi::{
    app::session::{Focus, SessionSeat},
    domain::{change::Write, command::Command, edit::Edit, field, ids::RecordId, kind::Kind},
    i18n::Lang,
};

use crate::support::desk::Desk;

const LINE: &str = "doi con dau sap nhap phuong, hs cu ";

fn sample() -> Desk {
    let mut desk = Desk::sample(120, 40, Lang::Vietnamese);
    desk.press(&["F6"]);
    desk
}

fn seat(desk: &Desk) -> &SessionSeat {
    desk.app.session().unwrap()
}

fn near(desk: &Desk) -> Option<&str> {
    seat(desk).near()?.short_number()
}

/// The number of the sample's difficulty about seals.
fn seal(desk: &Desk) -> (RecordId, String) {
    let all = seat(desk).board.of_kind(Kind::Difficulty);
    let record = all.into_iter().find(|record| record.wording().contains("on dấu")).unwrap();
    (record.id, record.short_number().unwrap().to_owned())
}

#[test]
fn a_line_typed_without_accents_shows_the_difficulty_it_repeats() {
    for (lang, words) in [(Lang::Vietnamese, "gần giống"), (Lang::English, "similar to")] {
        let mut desk = Desk::sample(120, 40, lang);
        let (_, number) = seal(&desk);
        desk.press(&["F6"]).type_text(LINE);
        assert!(desk.text().contains(&format!("{words} {number}")), "{}", desk.text());
    }
}

#[test]
fn behind_a_long_line_it_stands_in_the_frame() {
    for columns in [60, 80, 120] {
        let mut desk = Desk::sample(columns, 24, Lang::Vietnamese);
        desk.press(&["F6"]).type_text(&LINE.repeat(4));
        let (_, number) = seal(&desk);
        let (rows, _) = desk.screen();
        let at = rows.iter().position(|row| row.contains(&format!("gần giống {number}"))).unwrap();
        assert!(rows[at].contains("Ghi nhanh"), "{}", desk.text());
        assert!(rows[at + 1].contains("sap nhap phuong"));
    }
}

#[test]
fn something_new_shows_nothing() {
    let mut desk = sample();
    desk.type_text("heo bi dich ta, dan ban chay ");
    assert_eq!(near(&desk), None);
    assert!(!desk.text().contains("gần giống"));
}

#[test]
fn half_a_word_does_not_take_it_away() {
    let mut desk = sample();
    desk.type_text(LINE);
    let (_, number) = seal(&desk);
    for letter in ["k", "h", "o"] {
        desk.type_text(letter);
        assert_eq!(near(&desk), Some(&*number), "{letter}");
    }
}

#[test]
fn a_key_goes_there_and_the_line_keeps_its_text() {
    let mut desk = sample();
    desk.type_text(LINE).press(&["Ctrl+L"]);
    let (id, _) = seal(&desk);
    assert_eq!((seat(&desk).list().selected, seat(&desk).focus), (Some(id), Focus::List));
    desk.press(&["F6"]);
    assert_eq!(seat(&desk).capture.editor.text(), LINE);
}

#[test]
fn the_key_has_no_meaning_while_nothing_is_near() {
    let mut desk = sample();
    desk.type_text("xin chao").press(&["Ctrl+L"]);
    assert_eq!(seat(&desk).focus, Focus::Capture);
    assert!(desk.text().contains("Chưa thấy ý gần giống"), "{}", desk.text());
}

#[test]
fn an_emptied_or_stored_line_is_near_to_nothing() {
    let mut desk = sample();
    desk.type_text(LINE).press(&["Ctrl+U"]);
    assert_eq!(near(&desk), None);
    desk.type_text(LINE);
    assert!(near(&desk).is_some());
    desk.press(&["Enter"]);
    assert_eq!(near(&desk), None);
}

#[test]
fn what_was_just_recorded_is_near_at_once_and_what_is_removed_is_not() {
    let mut desk = sample();
    desk.type_text("kk nhà văn hóa ấp xuống cấp, mưa dột").press(&["Enter"]);
    desk.type_text("nvh ap dot nat xuong cap ");
    let new = seat(&desk).near().expect("the new difficulty").id;
    assert!(desk.foreign(Command::Remove { record: new }));
    assert_eq!(near(&desk), None);
}

#[test]
fn what_others_write_counts_while_the_line_is_typed() {
    let mut desk = sample();
    let (id, number) = seal(&desk);
    desk.type_text("nvh ap dot nat xuong cap ");
    assert_eq!(near(&desk), None);
    let seen = seat(&desk).board.record(id).unwrap().seen(&field::TEXT);
    let edit = Edit::Text("Nhà văn hóa ấp xuống cấp, mưa dột".into());
    assert!(desk.foreign(Command::Edit { record: id, edit, seen }));
    assert_eq!(near(&desk), Some(&*number));
}

#[test]
fn a_merged_wording_leads_to_the_difficulty_it_stands_under() {
    let mut desk = sample();
    let (id, number) = seal(&desk);
    desk.type_text("kk nhà văn hóa ấp xuống cấp, mưa dột")
        .press(&["Enter"])
        .type_text("nvh ap dot nat xuong cap ");
    let new = seat(&desk).near().unwrap().id;
    assert!(desk.foreign(Command::Merge { into: id, from: vec![new] }));
    assert_eq!(near(&desk), Some(&*number));
}

#[test]
fn nothing_off_the_record_is_ever_near() {
    let mut desk = sample();
    desk.type_text("kk nhà văn hóa ấp xuống cấp, mưa dột **").press(&["Enter"]);
    desk.type_text("nhà văn hóa ấp xuống cấp, mưa dột ");
    assert_eq!(near(&desk), None);
    desk.press(&["Ctrl+U"]).type_text(LINE).type_text("**");
    assert_eq!(near(&desk), None);
}

#[test]
fn a_session_of_thousands_is_read_in_while_one_types() {
    let mut desk = sample();
    let write =
        |(number, field, value)| Write { record: RecordId(number), field, value, replaces: Vec::new() };
    let record = |n: u128, text: String| {
        [(n, field::KIND, Kind::Difficulty.into()), (n, field::TEXT, text.into())].map(write)
    };
    let many = (0x1000..0x1000 + 1000).flat_map(|n| record(n, format!("việc thứ {n} còn vướng")));
    desk.arrive(many.collect());
    desk.type_text("m");
    let last = RecordId(0x9000);
    desk.arrive(record(last.0, "Máy in hỏng mực cả tuần".to_owned()).into());
    desk.type_text("ay in hong muc ca tuan ");
    assert_eq!(seat(&desk).near(), None, "not all are read in yet");
    for _ in 0..10 {
        desk.type_text("x").press(&["Backspace"]);
    }
    assert_eq!(seat(&desk).near().map(|near| near.id), Some(last));
}
