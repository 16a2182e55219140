//! What a seat does when others are at the table: closing, another folder, their news.

use std::sync::Arc;

use hoinghi::{
    app::{
        company::{Company, Doing, Present, Writing},
        effect::Effect,
        lobby::{Caller, CallerId, DoorNews, Invitation, Lobby, Wish},
        msg::Msg,
        session::SessionSeat,
    },
    domain::{change::Author, ids::PersonId, policy::Role},
    i18n::Lang,
};

use crate::support::desk::Desk;

/// The host's seat with one guest at the table.
fn hosting() -> Desk {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    let mai = Present { name: Arc::from("Mai"), role: Role::NoteTaker, doing: Doing::default() };
    desk.tell(Msg::Company(Company { hosting: true, others: vec![mai] }));
    desk
}

fn has_quit(desk: &Desk) -> bool {
    desk.effects.contains(&Effect::Quit)
}

#[test]
fn before_the_room_closing_is_asked_without_names_and_done_the_second_time() {
    let mut desk = hosting();
    desk.press(&["F9"]).type_text("man hinh chieu").press(&["Enter", "Ctrl+Q"]);
    assert!(!has_quit(&desk));
    assert!(desk.text().contains("Còn 1 người đang dùng. Ctrl+Q lần nữa"), "{}", desk.text());
    assert!(!desk.text().contains("Mai"));
    desk.press(&["PageDown"]);
    assert!(!desk.text().contains("lần nữa"), "another key takes it back");
    desk.press(&["Ctrl+Q"]);
    assert!(!has_quit(&desk));
    desk.press(&["Ctrl+Q"]);
    assert!(has_quit(&desk));
}

#[test]
fn of_many_only_those_are_named_who_write() {
    let mut desk = Desk::sample(120, 30, Lang::Vietnamese);
    let scope = desk.app.session().map(SessionSeat::scope);
    let present = |number: usize| {
        let writing = (number == 7).then_some(Writing::Line);
        let (name, doing) = (format!("Khách {number}").into(), Doing { scope, writing });
        Present { name, role: Role::NoteTaker, doing }
    };
    desk.tell(Msg::Company(Company { hosting: true, others: (0..200).map(present).collect() }));
    assert_eq!(desk.app.company_words(), ["Khách 7 đang ghi · cùng 200 người", "cùng 200 người"]);
    assert!(desk.text().contains("Khách 7 đang ghi · cùng 200 người"), "{}", desk.text());
}

/// People at the door, who wait unless they have a role.
fn lobby(callers: &[(&str, Option<Role>)]) -> Msg {
    let caller = |(number, (name, role)): (u32, &(&str, Option<Role>))| Caller {
        id: CallerId(number),
        name: Arc::from(*name),
        from: "192.0.2.7".to_owned(),
        has_key: false,
        role: *role,
    };
    Msg::Lobby(Lobby { invitation: None, callers: (1..).zip(callers).map(caller).collect() })
}

/// The same with the door open.
fn open(lobby: Msg) -> Msg {
    let Msg::Lobby(lobby) = lobby else { panic!() };
    let until = chrono::DateTime::from_timestamp_nanos(0).fixed_offset();
    let [line, code, fingerprint] = ["ssh 192.0.2.1", "1234 5678", "SHA256:x"].map(str::to_owned);
    let invitation = Invitation { line, code, fingerprint, until, square: Vec::new() };
    Msg::Lobby(Lobby { invitation: Some(Arc::new(invitation)), ..lobby })
}

#[test]
fn what_is_said_of_those_who_wait_is_true_until_a_key_answers_it() {
    let mut desk = Desk::sample(100, 30, Lang::Vietnamese);
    desk.tell(lobby(&[("Mai", None)]));
    desk.tell(Msg::Door(DoorNews::Waits("Mai".into())));
    assert!(desk.text().contains("Mai đang chờ ở cửa"), "{}", desk.text());
    desk.tell(lobby(&[("Mai", None), ("Hoa", None), ("Tú", None)]));
    desk.tell(Msg::Door(DoorNews::Waits("Tú".into())));
    assert!(desk.text().contains("Tú và 2 người nữa đang chờ ở cửa"), "{}", desk.text());
    desk.tell(lobby(&[("Mai", None), ("Hoa", Some(Role::NoteTaker))]));
    assert!(desk.text().contains("Mai đang chờ ở cửa"), "{}", desk.text());
    desk.tell(lobby(&[("Hoa", Some(Role::NoteTaker))]));
    assert!(!desk.text().contains("đang chờ ở cửa"), "{}", desk.text());
    desk.press(&["Down", "Down", "Down"]);
    assert!(!desk.text().contains("đang chờ ở cửa"), "nothing old comes after it");
}

#[test]
fn a_window_is_called_by_its_session_and_role() {
    let desk = Desk::sample(80, 24, Lang::English);
    assert_eq!(
        desk.app.title(),
        "Ký kết giao ước thi đua năm 2023 và sin… · Quarter I/2023 · facilitator – hoinghi"
    );
}

#[test]
fn what_is_selected_or_typed_goes_to_the_terminals_clipboard() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["F4"]);
    let words = desk.text();
    desk.press(&["Alt+Y"]);
    let copied = |desk: &Desk| {
        let mut all = desk.effects.iter().filter_map(|effect| match effect {
            Effect::Copy(text) => Some(text.clone()),
            _ => None,
        });
        all.next_back()
    };
    let selected = copied(&desk).unwrap();
    assert!(words.contains(selected.split(' ').next().unwrap()), "{selected}");
    assert!(desk.text().contains("bộ nhớ tạm"));
    desk.press(&["F6"]).type_text("dòng đang gõ").press(&["Alt+Y"]);
    assert_eq!(copied(&desk).as_deref(), Some("dòng đang gõ"));
    desk.press(&["F12", "Alt+Y"]);
    assert_eq!(desk.effects.iter().filter(|effect| matches!(effect, Effect::Copy(_))).count(), 2);
}

#[test]
fn a_guest_before_the_room_leaves_at_once() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["F9"]).type_text("man hinh chieu").press(&["Enter", "Ctrl+Q"]);
    assert!(has_quit(&desk));
}

#[test]
fn of_another_folder_the_host_reads_and_a_guest_is_told_in_a_line() {
    let moved = Msg::Moved { folder: "/media/usb".to_owned(), changes: 12 };
    let mut host = hosting();
    host.tell(moved.clone());
    assert!(host.app.dialog.is_some());
    let mut guest = Desk::sample(80, 24, Lang::Vietnamese);
    guest.app.sit_as_guest();
    guest.press(&["F6"]).type_text("đang gõ");
    guest.tell(moved);
    assert!(guest.app.dialog.is_none());
    assert!(guest.text().contains("/media/usb") && guest.text().contains("đang gõ"), "{}", guest.text());
}

#[test]
fn whoever_has_several_windows_is_named_once() {
    let mut desk = Desk::sample(120, 30, Lang::English);
    let present = |name: &str| Present { name: name.into(), role: Role::Chair, doing: Doing::default() };
    let others = ["Mai", "Hoa", "Mai"].map(present).to_vec();
    desk.tell(Msg::Company(Company { hosting: true, others }));
    assert_eq!(
        desk.app.company_words(),
        ["with Mai (chair) ×2, Hoa (chair)", "with Mai ×2, Hoa", "with 3 others"]
    );
}

#[test]
fn that_somebody_waits_stands_there_until_they_are_answered() {
    let mut desk = hosting();
    desk.tell(lobby(&[("Hoa", None)]));
    desk.press(&["F6"]).type_text("một dòng");
    assert!(desk.text().contains("chờ ở cửa: Hoa"), "{}", desk.text());
    desk.tell(lobby(&[("Hoa", None), ("Tú", None)]));
    assert!(desk.text().contains("chờ ở cửa: 2"), "{}", desk.text());
    desk.tell(lobby(&[("Hoa", Some(Role::Observer)), ("Tú", Some(Role::Observer))]));
    assert!(!desk.text().contains("chờ ở cửa"), "{}", desk.text());
}

#[test]
fn whoever_admits_one_goes_on_with_the_next_who_waits() {
    let mut desk = Desk::sample(80, 24, Lang::English);
    desk.tell(open(lobby(&[("Hoa", None), ("Mai", Some(Role::NoteTaker)), ("Tú", None)])));
    desk.press(&["F9"]).type_text("lobby").press(&["Enter", "Enter", "Enter"]);
    assert!(desk.effects.contains(&Effect::Door(Wish::Admit(CallerId(1), Role::NoteTaker))));
    assert!(desk.text().contains("Hoa is in: note-taker"), "{}", desk.text());
    desk.press(&["Enter"]);
    assert!(desk.text().contains("Tú · 192.0.2.7"), "{}", desk.text());
    let [hoa, mai] = ["Hoa", "Mai"].map(|name| (name, Some(Role::NoteTaker)));
    desk.tell(open(lobby(&[hoa, mai, ("Tú", None)])));
    desk.press(&["Enter"]);
    assert!(desk.app.dialog.is_none(), "nobody waits any more: {}", desk.text());
}

#[test]
fn that_the_door_is_closed_is_said() {
    let mut desk = Desk::sample(80, 24, Lang::English);
    desk.tell(open(lobby(&[])));
    desk.tell(lobby(&[]));
    assert!(desk.text().contains("The door is closed"), "{}", desk.text());
    desk.press(&["F9"]).type_text("close the door");
    assert!(desk.text().contains("The door is not open"), "{}", desk.text());
}

/// Whoever only looks on is told so at the key, not after a line was typed.
#[test]
fn whoever_looks_on_is_told_so_before_anything_is_typed() {
    let host = Desk::sample(80, 24, Lang::English);
    let mut desk = host.joined_by(Author { person: PersonId(7), name: "Hoa".into() }, Role::Observer);
    assert!(!desk.text().contains("F6 to record") && !desk.text().contains("Ctrl+N"), "{}", desk.text());
    for key in ["F6", "Ctrl+N", "Delete", "Alt+9"] {
        desk.press(&["F4", key]);
        assert!(desk.text().contains("looks on; ask the facilitator"), "{key}: {}", desk.text());
        assert!(desk.app.dialog.is_none());
    }
    desk.press(&["Enter", "Enter"]);
    assert!(desk.app.session().is_none_or(|seat| seat.editing.is_none()), "{}", desk.text());
    desk.press(&["Esc", "Alt+M"]);
    assert!(desk.app.session().is_some_and(|seat| seat.projected.is_some()));
}

#[test]
fn whoever_came_is_told_in_which_role_for_a_moment() {
    let host = Desk::sample(80, 24, Lang::English);
    let mut desk = host.joined_by(Author { person: PersonId(7), name: "Hoa".into() }, Role::Chair);
    desk.app.greet();
    assert!(desk.text().contains("you are here as chair"), "{}", desk.text());
    desk.now += chrono::TimeDelta::seconds(6);
    desk.tell(Msg::Tick);
    assert!(!desk.text().contains("you are here"), "{}", desk.text());
}
