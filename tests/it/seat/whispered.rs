//! Lines off the record: who sees them, and that nobody else does.

use hoinghi::{
    app::session::SessionSeat,
    domain::{change::Author, ids::PersonId, kind::Kind, policy::Role, record::Record},
    i18n::Lang,
};

use crate::support::desk::{Desk, lan};

/// Every place there is, and the lists and pages that open there.
const PLACES: [&str; 30] = [
    "Esc",
    "F2",
    "F3",
    "F4",
    "F5",
    "F6",
    "F7",
    "F8",
    "Alt+5",
    "Alt+6",
    "Ctrl+T",
    "Alt+M",
    "Alt+7",
    "Alt+8",
    "Ctrl+K",
    "Ctrl+R",
    "F9",
    "F1",
    "F4 End",
    "F4 End Right",
    "F4 End Alt+7",
    "F4 Ctrl+L",
    "F8 Ctrl+N",
    "Ctrl+X",
    "Alt+C",
    "Alt+H",
    "Alt+K",
    "Alt+L",
    "Alt+Q",
    "F4 ,",
];

fn hoa() -> Author {
    Author { person: PersonId(2), name: "Hòa".into() }
}

/// The sample, in which Lan as a note-taker has whispered two lines, one of them a difficulty.
fn whispered() -> Desk {
    let mut desk = Desk::sample(120, 40, Lang::Vietnamese).joined_by(lan(), Role::NoteTaker);
    desk.press(&["F6"]).type_text("trưởng đoàn nói nhỏ chuyện kín **").press(&["Enter"]);
    desk.type_text("q3 kk con dấu mật thất lạc #thẻkín ** !!").press(&["Enter", "Esc"]);
    desk
}

fn seat(desk: &Desk) -> &SessionSeat {
    desk.app.session().unwrap()
}

fn secrets(desk: &Desk) -> Vec<&Record> {
    seat(desk).board.records().filter(|record| record.is_off_record()).collect()
}

fn shows(desk: &Desk) -> bool {
    ["chuyện kín", "dấu mật", "thẻkín", "nội bộ]"].iter().any(|word| desk.text().contains(word))
}

/// The places at which some of it is seen.
fn seen_at(desk: &Desk, me: &Author, role: Role) -> Vec<&'static str> {
    let mut places = Vec::new();
    for keys in PLACES {
        let mut desk = desk.joined_by(me.clone(), role);
        desk.press(&keys.split(' ').collect::<Vec<_>>());
        places.extend(shows(&desk).then_some(keys));
    }
    places
}

#[test]
fn what_is_off_the_record_is_marked_and_told_so() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["F6"]).type_text("q3 kk con dấu mật **");
    assert!(desk.text().contains("Q3 · khó khăn · mục 6 · Lưu nội bộ"), "{}", desk.text());
    desk.press(&["Enter"]);
    assert!(desk.text().contains("chỉ người ghi, người điều hành và chủ trì thấy"), "{}", desk.text());
    assert!(desk.text().contains("KK-06 Q3   [Lưu nội bộ] con dấu mật"), "{}", desk.text());
    assert!(desk.text().contains("vướng mắc 4"), "nobody's figure: {}", desk.text());
}

#[test]
fn its_author_the_facilitator_and_the_chair_see_it_in_its_list() {
    let desk = whispered();
    for (me, role) in [(lan(), Role::NoteTaker), (hoa(), Role::Facilitator), (hoa(), Role::Chair)] {
        let places = seen_at(&desk, &me, role);
        assert!(places.contains(&"F4"), "{role:?}: {places:?}");
        let never = ["F2", "F5", "Ctrl+T", "Alt+M", "Alt+8", "F8"];
        assert!(never.iter().all(|place| !places.contains(place)), "{role:?}: {places:?}");
    }
}

#[test]
fn nobody_else_sees_a_letter_of_it_anywhere() {
    let desk = whispered();
    for (me, role) in [(hoa(), Role::NoteTaker), (hoa(), Role::Observer), (lan(), Role::Observer)] {
        assert_eq!(seen_at(&desk, &me, role), Vec::<&str>::new(), "{role:?}");
        let other = desk.joined_by(me, role);
        let held = format!("{:?}", other.app);
        assert!(!held.contains("chuyện kín") && !held.contains("dấu mật") && !held.contains("thẻkín"));
        let hidden = secrets(&other).into_iter().map(|record| record.id).collect::<Vec<_>>();
        assert_eq!(hidden.len(), 2);
        let rows = &seat(&other).rows;
        assert!(rows.iter().all(|row| row.record().is_none_or(|id| !hidden.contains(&id))));
        assert!(rows.last().is_some_and(|row| row.record().is_some()), "no heading over nothing");
    }
}

#[test]
fn no_hint_leads_to_it() {
    let mut desk = whispered();
    desk.press(&["Ctrl+K"]).type_text("con dấu mật");
    assert!(desk.text().contains(desk.app.strings().empty_list), "{}", desk.text());
    desk.press(&["Esc", "Ctrl+K"]).type_text("KK-06");
    assert!(desk.text().contains(desk.app.strings().empty_list), "{}", desk.text());
    desk.press(&["Esc"]);
    desk.press(&["F6"]).type_text("con dấu mật thất lạc");
    assert!(!desk.text().contains("gần giống KK-06"), "{}", desk.text());
    assert!(seat(&desk).near().is_none_or(|near| !near.is_off_record()));
}

#[test]
fn it_is_made_public_by_somebodys_decision_and_undone() {
    let mut desk = whispered().joined_by(lan(), Role::Facilitator);
    let secret = secrets(&desk).into_iter().find(|line| line.kind() == Some(Kind::Difficulty)).unwrap().id;
    desk.press(&["F4", "Down", "Down", "Down", "Down"]);
    assert_eq!(seat(&desk).list().selected, Some(secret));
    desk.press(&["Alt+P"]);
    assert!(desk.text().contains("Công khai KK-06?"), "{}", desk.text());
    desk.press(&["Enter"]);
    assert_eq!(secrets(&desk).iter().filter(|line| line.is_removed()).count(), 0, "kept");
    desk.press(&["Alt+P", "Down", "Enter"]);
    assert!(desk.text().contains("KK-07 Q3   con dấu mật thất lạc"), "{}", desk.text());
    assert!(!desk.text().contains("[Lưu nội bộ] con dấu"), "{}", desk.text());
    let other = desk.joined_by(hoa(), Role::Observer);
    assert!(other.text().contains("KK-07 Q3   con dấu mật thất lạc"), "{}", other.text());
    desk.press(&["Alt+8"]);
    assert!(desk.text().contains("Lan công khai KK-07"), "{}", desk.text());
    desk.press(&["Esc", "Ctrl+Z"]);
    assert!(desk.text().contains("[Lưu nội bộ] con dấu"), "{}", desk.text());
    assert!(!desk.joined_by(hoa(), Role::Observer).text().contains("con dấu mật"));
}

#[test]
fn a_note_taker_makes_their_own_public_by_the_palette() {
    let mut desk = whispered();
    desk.press(&["F4", "Down", "Down", "Down", "Down", "F9"]).type_text("cong khai").press(&["Enter"]);
    desk.press(&["Down", "Enter"]);
    assert!(desk.text().contains("KK-07 Q3   con dấu mật thất lạc"), "{}", desk.text());
    let mut desk = Desk::sample(80, 24, Lang::English);
    desk.press(&["F9"]).type_text("public");
    assert!(desk.text().contains("Make off-record line public"));
    desk.press(&["Enter"]);
    assert!(desk.app.dialog.is_some() && desk.app.notice.is_some(), "not for an ordinary line");
}

#[test]
fn it_is_edited_removed_and_brought_back_by_whom_it_concerns() {
    let mut desk = whispered();
    desk.press(&["F4", "Down", "Down", "Down", "Down", "Right", "Enter", "End"])
        .type_text(" rồi")
        .press(&["Enter"]);
    assert!(desk.text().contains("con dấu mật thất lạc rồi"), "{}", desk.text());
    let shared = format!("{:?}", seat(&desk).board);
    assert!(!shared.contains("thất lạc"));
    desk.press(&["Esc", "F4", "Delete"]);
    assert!(!desk.text().contains("dấu mật"), "{}", desk.text());
    desk.press(&["Ctrl+R"]);
    assert!(desk.text().contains("KK-06  [Lưu nội bộ] con dấu mật thất lạc rồi"), "{}", desk.text());
    assert!(!desk.joined_by(hoa(), Role::NoteTaker).press(&["Ctrl+R"]).text().contains("KK-06"));
    desk.press(&["Enter"]);
    assert!(desk.text().contains("[Lưu nội bộ] con dấu mật"), "{}", desk.text());
}

#[test]
fn half_typed_it_survives_a_kill() {
    let mut desk = whispered();
    desk.press(&["F6"]).type_text("** nửa câu kín");
    let desk = desk.restarted();
    assert_eq!(seat(&desk).capture.editor.text(), "** nửa câu kín");
    let shared = format!("{:?}", desk.writer.shared);
    assert!(!shared.contains("nửa câu kín") && !shared.contains("chuyện kín"));
}
