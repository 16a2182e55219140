//! What joined terminals can do, what they see of each other, and how it ends.

use std::{
    thread,
    time::{Duration, Instant},
};

use super::{guest, guest_with, line, table};
use crate::support::{capture::exported_notes, pty::Program};

#[test]
fn what_one_captures_the_other_sees() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, mut mai) = table(folder.path());
    host.wait_for("cùng Mai (người điều hành)");
    mai.wait_for("cùng Lan (người điều hành)");
    mai.press(&["F6"]).type_text("của Mai").wait_for("của Mai");
    host.wait_for("Mai (người điều hành) đang ghi");
    host.type_text("của Lan").press(&["Enter"]).wait_for("GN-02 ?    của Lan");
    mai.wait_for("GN-02 ?    của Lan");
    assert_eq!(line(&mut mai), "của Mai", "what others write leaves one's own line alone");
    mai.press(&["Enter"]).wait_for("GN-03 ?    của Mai");
    host.wait_for("GN-03 ?    của Mai");
    host.wait_until(|text| !text.contains("đang ghi"), "Mai has stored her line");
    assert!(mai.quit().success());
    assert!(mai.gave_the_terminal_back());
    host.wait_until(|text| !text.contains("cùng Mai"), "Mai has left");
    assert!(host.quit().success());
    assert_eq!(exported_notes(folder.path()), ["dòng đầu", "của Lan", "của Mai"]);
}

#[test]
fn undo_takes_back_ones_own_and_nobody_elses() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, mut mai) = table(folder.path());
    mai.press(&["F6"]).type_text("của Mai").press(&["Enter"]).wait_for("GN-02 ?    của Mai");
    host.wait_for("GN-02 ?    của Mai").press(&["Ctrl+Z"]);
    host.wait_until(|text| !text.contains("dòng đầu"), "the host's own line is taken back");
    mai.wait_until(|text| !text.contains("dòng đầu"), "for everybody");
    mai.wait_for("GN-02 ?    của Mai");
}

#[test]
fn half_typed_lines_come_back_to_whoever_typed_them_after_the_host_was_killed() {
    for first_back in ["Lan", "Mai"] {
        let folder = tempfile::tempdir().unwrap();
        let (mut host, mut mai) = table(folder.path());
        host.type_text("Lan gõ dở").settle();
        mai.press(&["F6"]).type_text("Mai gõ dở").wait_for("Mai gõ dở");
        mai.settle();
        host.signal("KILL").wait();
        assert_eq!(mai.wait().exit_code(), 1);
        assert!(mai.gave_the_terminal_back());
        assert!(mai.last_screen().contains("Mất liên lạc"), "{}", mai.text());
        let mut back: Vec<Program> = Vec::new();
        let order = if first_back == "Lan" { ["Lan", "Mai"] } else { ["Mai", "Lan"] };
        for name in order {
            let mut program = guest(folder.path(), name, &[]);
            program.wait_for("GN-01 ?    dòng đầu").wait_for(&format!("{name} gõ dở"));
            assert_eq!(line(&mut program), format!("{name} gõ dở"), "{first_back} first");
            back.push(program);
        }
        back[1].press(&["Enter"]).wait_for("GN-02");
        back[0].wait_for("GN-02");
    }
}

#[test]
fn two_windows_of_one_person_have_a_line_each() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, _mai) = table(folder.path());
    host.type_text("cửa sổ một").settle();
    let mut again = guest(folder.path(), "Lan", &[]);
    again.wait_for("GN-01 ?    dòng đầu").press(&["F6"]).type_text("cửa sổ hai").wait_for("cửa sổ hai");
    assert_eq!(line(&mut host), "cửa sổ một");
    again.press(&["Enter"]);
    host.wait_for("Lan ghi");
    again.wait_for("GN-02 ?    cửa sổ hai");
    assert!(!again.text().contains("Lan ghi"), "one's own deeds are no news: {}", again.text());
    again.type_text("cửa sổ hai").wait_for("cửa sổ hai");
    again.hang_up();
    let mut third = guest(folder.path(), "Lan", &[]);
    third.wait_for("cửa sổ hai");
    assert_eq!(line(&mut third), "cửa sổ hai");
}

#[test]
fn a_host_who_closes_asks_and_the_others_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, mut mai) = table(folder.path());
    mai.press(&["F6"]).type_text("chưa xong").settle();
    host.wait_for("Mai (người điều hành) đang ghi").press(&["Ctrl+Q"]).wait_for("Còn người khác: Mai");
    host.press(&["Enter"]).wait_for("GN-01 ?    dòng đầu");
    assert_eq!(line(&mut mai), "chưa xong", "nobody had to leave");
    host.press(&["Ctrl+Q"]).wait_for("Còn người khác: Mai").press(&["Down", "Enter"]);
    assert!(host.wait().success());
    assert!(mai.wait().success());
    assert!(mai.last_screen().contains("Người điều hành đã đóng chương trình"), "{}", mai.text());
    assert!(mai.gave_the_terminal_back());
    let mut back = guest(folder.path(), "Mai", &[]);
    back.wait_for("chưa xong");
    assert!(back.quit().success(), "whoever is alone is not asked");
}

#[test]
fn a_guest_is_parted_in_order_when_the_system_ends_either_program() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, mut mai) = table(folder.path());
    let mut hung = guest(folder.path(), "Hoa", &[]);
    host.wait_for("Hoa");
    mai.signal("TERM").wait();
    assert!(mai.gave_the_terminal_back());
    hung.hang_up();
    host.wait_until(|text| !text.contains("cùng"), "both are gone");
    let mut tu = guest(folder.path(), "Tú", &[]);
    host.wait_for("cùng Tú").signal("TERM").wait();
    assert!(tu.wait().success());
    assert!(tu.last_screen().contains("đã đóng chương trình"), "{}", tu.text());
}

#[test]
fn each_view_starts_where_it_is_used_and_in_its_role() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, _mai) = table(folder.path());
    let mut wall = guest(folder.path(), "Phòng", &["join", "--view", "projector"]);
    wall.wait_for("Chưa có dòng nào trên màn chiếu");
    let mut chair = guest(folder.path(), "Chủ tọa", &["join", "--view", "chair"]);
    chair.wait_for("Trang chủ trì");
    let mut noter = guest(folder.path(), "Thư ký", &["join", "--view", "note-taker"]);
    assert!(noter.wait_for("GN-01").shows_cursor(Duration::from_secs(20)), "{}", noter.text());
    noter.type_text("ghi ngay").press(&["Enter"]).wait_for("GN-02 ?    ghi ngay");
    host.wait_for("GN-02 ?    ghi ngay").press(&["Esc"]);
    for role in ["Phòng", "Chủ tọa", "Thư ký"] {
        host.wait_for(role);
    }
}

#[test]
fn a_role_that_may_not_is_told_so_at_the_key_and_one_that_may_records() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, _mai) = table(folder.path());
    let mut looker = guest(folder.path(), "Khách", &["--role", "observer"]);
    looker.wait_for("GN-01").press(&["F6"]).wait_for("chỉ xem; cần ghi thì hỏi người điều hành");
    looker.type_text("chen vào").press(&["Enter"]);
    let mut noter = guest(folder.path(), "Thư ký", &["--role", "note-taker"]);
    noter.wait_for("GN-01").press(&["F6"]).type_text("được ghi").press(&["Enter"]).wait_for("GN-02");
    host.wait_for("GN-02 ?    được ghi");
    assert!(!host.text().contains("chen vào"));
}

#[test]
fn what_is_off_the_record_stays_with_its_author_the_chair_and_the_facilitator() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, mut mai) = table(folder.path());
    let mut looker = guest(folder.path(), "Khách", &["--role", "observer"]);
    let mut noter = guest(folder.path(), "Thư ký", &["--role", "note-taker"]);
    looker.wait_for("GN-01");
    noter.wait_for("GN-01");
    host.type_text("chuyện riêng **").press(&["Enter"]).wait_for("GN-02");
    mai.wait_for("chuyện riêng");
    host.type_text("chuyện chung").press(&["Enter"]).wait_for("GN-03");
    for other in [&mut looker, &mut noter] {
        other.wait_for("chuyện chung").settle();
        assert!(!other.text().contains("chuyện riêng"), "{}", other.text());
    }
}

#[test]
fn language_colour_size_and_lines_are_each_terminals_own() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, mut mai) = table(folder.path());
    let mut plain = guest_with(folder.path(), "Hoa", &["--lang", "en", "--ascii"], &["NO_COLOR=1"]);
    plain.wait_for("Difficulties").wait_for("dòng đầu").settle();
    assert!(!plain.has_colour() && !plain.text().contains('│'), "{}", plain.text());
    assert!(host.has_colour() && mai.has_colour());
    assert!(mai.text().contains("Khó khăn, vướng mắc") && mai.text().contains('│'));
    mai.resize(60, 20).wait_for("dòng đầu");
    plain.resize(140, 40).wait_for("dòng đầu");
    host.type_text("ba cửa sổ").press(&["Enter"]);
    for other in [&mut mai, &mut plain] {
        other.wait_for("ba cửa sổ");
    }
}

#[test]
fn a_storm_of_sizes_ends_with_the_last_one() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, mut mai) = table(folder.path());
    for round in 0..60u16 {
        mai.storm(20 + round * 2, 5 + round % 40);
        host.send("a");
    }
    mai.resize(90, 28).wait_for("dòng đầu");
    let mut fresh = guest(folder.path(), "Mai", &[]);
    fresh.resize(90, 28).wait_for("dòng đầu");
    host.press(&["Enter"]).wait_for("GN-02");
    mai.wait_for("GN-02").settle();
    assert_eq!(mai.text().lines().nth(4), fresh.wait_for("GN-02").settle().text().lines().nth(4));
}

#[test]
fn a_terminal_that_stops_reading_delays_nobody_gets_the_newest_frame_and_is_parted_in_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, mut mai) = table(folder.path());
    let mut hoa = guest(folder.path(), "Hoa", &[]);
    hoa.wait_for("GN-01");
    for program in [&mut mai, &mut hoa] {
        program.signal("STOP");
    }
    let started = Instant::now();
    for number in 2..12 {
        host.type_text(&format!("dòng {number}")).press(&["Enter"]).wait_for(&format!("GN-{number:02}"));
    }
    assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    mai.signal("CONT").wait_for("GN-11 ?    dòng 11");
    thread::sleep(Duration::from_secs(31).saturating_sub(started.elapsed()));
    host.wait_until(|text| !text.contains("Hoa"), "Hoa counts as gone");
    hoa.signal("CONT");
    assert_eq!(hoa.wait().exit_code(), 1);
    assert!(hoa.last_screen().contains("quá 30 giây"), "{}", hoa.text());
    assert!(hoa.gave_the_terminal_back());
    mai.press(&["F6"]).type_text("vẫn ghi").press(&["Enter"]).wait_for("GN-12 ?    vẫn ghi");
}

#[test]
fn syllables_of_an_input_method_arrive_whole_at_both_seats_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, mut mai) = table(folder.path());
    mai.press(&["F6"]);
    for _ in 0..40 {
        host.send("vie\x7fêt\x7f\x7fệt ");
        mai.send("d\x7fđuo\x7f\x7fươc\x7f\x7fợc ");
    }
    host.settle().press(&["Enter"]);
    mai.settle().press(&["Enter"]).wait_for("GN-03");
    host.wait_for("GN-03");
    assert!(mai.quit().success());
    assert!(host.quit().success());
    let mut notes = exported_notes(folder.path());
    notes.sort();
    assert_eq!(notes, ["dòng đầu".to_owned(), ["việt"; 40].join(" "), ["được"; 40].join(" ")]);
}

#[test]
fn what_others_did_is_told_for_a_moment_and_takes_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, mut mai) = table(folder.path());
    mai.press(&["F6"]).type_text("Mai đang gõ").settle();
    host.type_text("dòng hai").press(&["Enter"]);
    mai.wait_for("Lan ghi GN-02");
    mai.type_text(" tiếp").wait_for("Mai đang gõ tiếp").wait_for("Lan ghi GN-02");
    mai.wait_until(|text| !text.contains("Lan ghi GN-02"), "it goes away by itself");
    assert!(!host.text().contains("Lan ghi GN-02"), "one's own deeds are no news");
    let bytes = mai.settle().bytes();
    thread::sleep(Duration::from_millis(1500));
    assert_eq!(mai.bytes(), bytes, "and then the terminal rests");
}

#[test]
fn of_two_who_edit_one_text_the_later_chooses_and_sees_who_else_is_at_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut host, mut mai) = table(folder.path());
    host.press(&["Esc"]);
    for program in [&mut host, &mut mai] {
        program.press(&["Right", "Enter"]).wait_until(|text| text.contains("Enter Ghi"), "the text is open");
    }
    host.wait_for("Mai đang sửa dòng này");
    host.type_text(" của Lan").press(&["Enter"]).wait_for("dòng đầu của Lan");
    mai.wait_for("Lan sửa").type_text(" của Mai").press(&["Enter"]).wait_for("Người khác vừa sửa chỗ này");
    mai.press(&["Enter"]).wait_for("Giữ của tôi").wait_for("Lấy bản mới").press(&["Enter"]);
    for program in [&mut mai, &mut host] {
        program.wait_for("dòng đầu của Mai");
    }
}
