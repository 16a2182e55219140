//! What a seat does when others are at the table: closing, another folder, their news.

use std::sync::Arc;

use hoinghi::{
    app::{
        company::{Company, Doing, Present, Writing},
        effect::Effect,
        lobby::{Caller, CallerId, DoorNews, Lobby},
        msg::Msg,
        session::SessionSeat,
    },
    domain::policy::Role,
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
