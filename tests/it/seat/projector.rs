//! What the room sees, and what covers it.

use std::{collections::BTreeSet, sync::Arc};

use hoinghi::{
    app::{
        msg::{Input, Mouse, MouseKind, Msg},
        projector::{self, MOST},
    },
    domain::{command::Command, edit::Edit, field, kind::Kind, policy::Role},
    i18n::Lang,
    keymap::{Change, Context, Keymap, action::Action, key::Key},
};
use ratatui::layout::Rect;

use super::looks::picture;
use crate::support::desk::Desk;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (60, 20)];

/// The sample with its first two difficulties and its first conclusion published.
fn shown(columns: u16, rows: u16, lang: Lang) -> Desk {
    let mut desk = Desk::sample(columns, rows, lang);
    desk.press(&["Space", "Space", "Alt+P", "F5", "Alt+P", "F4", "Alt+M"]);
    desk
}

/// Every key that means something somewhere.
fn every_key() -> BTreeSet<Key> {
    let keymap = Keymap::default();
    let of = |context: &Context| {
        let keys = |action| keymap.keys(*context, action);
        keymap.actions(*context).into_iter().flat_map(keys).collect::<Vec<_>>()
    };
    Context::ALL.iter().flat_map(of).collect()
}

/// What was said and not published, each by its first letters.
fn hidden(desk: &Desk) -> Vec<String> {
    let board = &desk.app.session().unwrap().board;
    let lines =
        Kind::CAPTURED.iter().chain(&[Kind::Paragraph, Kind::Target]).flat_map(|kind| board.of_kind(*kind));
    let hidden = lines.filter(|line| line.text(&field::PUBLISHED).is_none());
    let mut hidden: Vec<String> = hidden.map(|line| line.wording().chars().take(16).collect()).collect();
    let shown: Vec<&str> = desk
        .app
        .session()
        .unwrap()
        .figures
        .published
        .iter()
        .filter_map(|id| board.record(*id)?.text(&field::PUBLISHED))
        .collect();
    hidden.retain(|text| !shown.iter().any(|shown| shown.contains(text.as_str())));
    hidden
}

fn is_seen(desk: &Desk, text: &str) -> bool {
    desk.text().contains(text)
}

#[test]
fn pictures_of_what_the_room_sees() {
    for (columns, rows) in SIZES {
        for (lang, code) in [(Lang::Vietnamese, "vi"), (Lang::English, "en")] {
            picture(&format!("projector_{columns}x{rows}_{code}"), &shown(columns, rows, lang));
        }
    }
}

#[test]
fn the_room_sees_what_was_published_and_nothing_else_whatever_is_pressed() {
    let mut desk = shown(80, 24, Lang::Vietnamese);
    let hidden = hidden(&desk);
    assert!(hidden.len() > 20);
    assert!(is_seen(&desk, "KK-01") && is_seen(&desk, "KL-01"));
    let mouse = |kind| Msg::Input(vec![Input::Mouse(Mouse { kind, column: 10, row: 8 })]);
    for key in every_key() {
        desk.tell(Msg::Input(vec![Input::Key(key)]));
        desk.tell(Msg::Input(vec![Input::Paste("dán vào".into())]));
        desk.tell(mouse(MouseKind::Down));
        desk.tell(mouse(MouseKind::Drag));
        if desk.app.projected().is_none() {
            assert!(
                ["Esc", "Alt+M"].contains(&&*key.to_string()),
                "{key} shows the room what it must not see"
            );
            desk.press(&["Alt+M"]);
        }
        let covered = desk.app.covered;
        assert_eq!(covered, key.to_string() == "F12", "{key}");
        let leaked = hidden.iter().find(|text| is_seen(&desk, text));
        assert_eq!(leaked, None, "{key}\n{}", desk.text());
        if covered {
            desk.press(&["F12"]);
        }
    }
}

#[test]
fn notices_are_not_for_the_room_but_an_unsaved_change_is_told() {
    let mut desk = shown(80, 24, Lang::Vietnamese);
    desk.tell(Msg::Warned("KK-03 của Quận 3".into()));
    assert!(!is_seen(&desk, "KK-03"));
    desk.press(&["PageDown", "Esc"]);
    assert!(is_seen(&desk, "KK-03 của Quận 3"), "it waits until somebody can read it");
    desk.press(&["Alt+M"]);
    desk.answering = crate::support::desk::Answering::Failing;
    desk.press(&["Alt+9"]);
    assert!(is_seen(&desk, "CHƯA LƯU"), "{}", desk.text());
}

#[test]
fn a_line_is_shown_as_it_was_published_until_it_is_published_again() {
    let mut desk = Desk::sample(120, 40, Lang::Vietnamese);
    desk.press(&["Alt+P"]);
    assert!(is_seen(&desk, "chiếu "), "{}", desk.text());
    let record = desk.app.session().unwrap().list().selected.unwrap();
    let seen = desk.app.session().unwrap().board.record(record).unwrap().seen(&field::TEXT);
    assert!(desk.foreign(Command::Edit { record, edit: Edit::Text("chữ lạ".into()), seen }));
    assert!(is_seen(&desk, "chiếu bản cũ"), "{}", desk.text());
    desk.press(&["Alt+M"]);
    assert!(is_seen(&desk, "KK-01") && !is_seen(&desk, "chữ lạ"));
    desk.press(&["Esc", "Alt+P", "Alt+M"]);
    assert!(!is_seen(&desk, "KK-01"), "taken off first");
    desk.press(&["Esc", "Alt+P", "Alt+M"]);
    assert!(is_seen(&desk, "chữ lạ"));
    desk.press(&["Esc", "Ctrl+Z", "Alt+M"]);
    assert!(!is_seen(&desk, "chữ lạ"), "undone");
}

#[test]
fn lines_are_published_from_the_lines_to_be_sorted_too() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["Ctrl+T", "Alt+P", "Alt+M"]);
    assert!(is_seen(&desk, "GN-01"), "{}", desk.text());
}

#[test]
fn pages_hold_five_lines_and_a_long_one_goes_on() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["F6"]);
    for n in 1..=12 {
        desk.type_text(&format!("ý kiến số {n}")).press(&["Enter"]);
    }
    desk.paste(&"một ý kiến rất dài ".repeat(120)).press(&["Enter", "Esc"]);
    let seat = desk.app.session().unwrap();
    let records = seat.board.of_kind(Kind::Note).iter().map(|note| note.id).collect();
    assert!(desk.foreign(Command::Publish { records }));
    for (columns, rows) in SIZES {
        let seat = desk.app.session().unwrap();
        let body = projector::body(seat, Rect { x: 0, y: 0, width: columns, height: rows });
        let pages = projector::pages(seat, body);
        let rows =
            |page: &Vec<projector::Piece>| page.iter().map(|piece| piece.rows.len() + 1).sum::<usize>() - 1;
        assert!(pages.iter().all(|page| page.len() <= MOST && rows(page) <= usize::from(body.height)));
        let words: Vec<String> = pages.iter().flatten().flat_map(|piece| piece.rows.clone()).collect();
        let words = words.join(" ");
        assert_eq!(words.matches("rất dài").count(), 120);
        assert!((1..=12).all(|n| words.contains(&format!("ý kiến số {n}"))));
    }
    desk.press(&["Alt+M"]);
    let last = desk.app.projected().unwrap();
    assert!(last > 2, "it opens where something was published last");
    desk.press(&["Home"]);
    assert_eq!(desk.app.projected(), Some(0));
    desk.press(&["PageUp"]);
    assert_eq!(desk.app.projected(), Some(0));
    desk.press(&["PageDown", "End", "PageDown"]);
    let end = desk.app.projected().unwrap();
    assert!(end >= last);
    desk.press(&["PageUp"]);
    assert_eq!(desk.app.projected(), Some(end - 1));
}

#[test]
fn a_note_taker_publishes_nothing() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.app.role = Role::NoteTaker;
    desk.press(&["Alt+P"]);
    assert!(desk.app.session().unwrap().figures.published.is_empty());
    assert!(is_seen(&desk, "không"), "{}", desk.text());
}

#[test]
fn what_is_typed_stays_and_after_a_kill_the_room_sees_the_same() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["Alt+P", "F6"]).type_text("nửa dòng").press(&["Esc", "Alt+M"]);
    let wall = desk.text();
    desk.type_text("mật").press(&["Enter", "F6"]).burst("vie⌫êt⏎x");
    assert_eq!(desk.text(), wall);
    let mut desk = desk.restarted();
    assert_eq!(desk.text(), wall);
    desk.press(&["F12"]);
    let covered = desk.text();
    let mut desk = desk.restarted();
    assert_eq!(desk.text(), covered, "still covered");
    desk.press(&["F12", "Esc"]);
    assert_eq!(desk.app.session().unwrap().capture.editor.text(), "nửa dòng");
}

#[test]
fn the_cover_comes_at_once_from_everywhere_and_shows_nothing() {
    let places: [&[&str]; 12] = [
        &["Esc"],
        &["Esc", "Ctrl+N"],
        &["F6"],
        &["F2"],
        &["F7", "2"],
        &["Right", "Enter"],
        &["F1"],
        &["F9"],
        &["Ctrl+K"],
        &["Alt+8"],
        &["Ctrl+T", "Ctrl+B"],
        &["Alt+M"],
    ];
    for keys in places {
        let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
        desk.press(keys).type_text("chữ");
        let before = desk.text();
        desk.press(&["F12"]);
        let cover = desk.text();
        assert_eq!(
            cover.split_whitespace().collect::<Vec<_>>().join(" "),
            "Màn hình đang che. F12 để mở lại"
        );
        assert_eq!(desk.screen().1, None, "no cursor");
        for key in every_key().into_iter().filter(|key| key.to_string() != "F12") {
            desk.tell(Msg::Input(vec![Input::Key(key)]));
            assert_eq!(desk.text(), cover, "{keys:?} {key}");
        }
        desk.type_text("mật").paste("mật").burst("a⏎b");
        desk.tell(Msg::Warned("tin nhắn".into()));
        assert_eq!(desk.text(), cover);
        desk.app.notice = None;
        desk.press(&["F12"]);
        let gone = |text: &str| text.lines().take(22).collect::<Vec<_>>().join("\n");
        assert_eq!(gone(&desk.text()), gone(&before), "{keys:?}");
    }
}

/// Whoever took the key away can still come back.
#[test]
fn the_screen_can_be_shown_again_whatever_keys_there_are() {
    for keys in [&[][..], &["Ctrl+V"]] {
        let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
        let mut keymap = Keymap::default();
        let keys: Vec<Key> = keys.iter().map(|key| key.parse().unwrap()).collect();
        keymap.change(&[Change { table: "everywhere", action: Action::Cover, keys: Vec::new() }]);
        keymap.change(&[Change { table: "session", action: Action::Cover, keys: keys.clone() }]);
        desk.app.keymap = Arc::new(keymap);
        let before = desk.text();
        desk.press(&["F9"]).type_text("che màn").press(&["Enter"]);
        let key = keys.first().map_or("F12".to_owned(), Key::to_string);
        assert!(is_seen(&desk, &key), "{}", desk.text());
        desk.press(&[&key]);
        assert_eq!(desk.text(), before);
    }
}

#[test]
fn where_there_is_room_the_clock_of_the_item_is_drawn_in_large_digits() {
    let rows_of_blocks = |desk: &Desk| desk.screen().0.iter().filter(|row| row.contains('█')).count();
    for (columns, rows, blocks) in [(80, 24, 0), (100, 30, 5), (160, 50, 10)] {
        let mut desk = shown(columns, rows, Lang::Vietnamese);
        desk.press(&["Alt+9"]);
        assert_eq!(rows_of_blocks(&desk), blocks, "{}", desk.text());
        desk.press(&["F12"]);
        assert_eq!(rows_of_blocks(&desk), 0, "covered at once: {}", desk.text());
        desk.press(&["F12", "Esc"]);
        assert_eq!(rows_of_blocks(&desk), 0);
    }
}

#[test]
fn pictures_of_large_digits() {
    for (columns, rows) in [(120, 40), (160, 50)] {
        let mut desk = shown(columns, rows, Lang::Vietnamese);
        desk.press(&["Alt+9"]);
        desk.now += chrono::TimeDelta::seconds(754);
        desk.tell(hoinghi::app::msg::Msg::Tick);
        picture(&format!("projector_digits_{columns}x{rows}"), &desk);
    }
}
