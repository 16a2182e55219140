//! The chain of a difficulty walked from link to link and back, and what hangs loose at either end.

use hoinghi::{
    app::panes::PaneId,
    domain::{difficulty, kind::Kind},
    i18n::Lang,
};

use super::{looks::picture, session};
use crate::support::desk::Desk;

fn at(desk: &Desk) -> String {
    let seat = desk.app.session().unwrap();
    seat.selected().and_then(|record| record.short_number()).unwrap_or_default().to_owned()
}

fn pane(desk: &Desk) -> PaneId {
    desk.app.session().unwrap().pane
}

/// A difficulty with a solution, and a task of its own that answers nothing.
fn chained(columns: u16, rows: u16) -> Desk {
    let mut desk = session(columns, rows);
    desk.press(&["F6"]).type_text("q3 kk thiếu dữ liệu").press(&["Enter", "Esc"]);
    desk.press(&["Ctrl+N"])
        .type_text("giai phap")
        .press(&["Enter"])
        .type_text("chuyển cùng lúc")
        .press(&["Enter"]);
    desk.press(&["F5", "Ctrl+N"])
        .type_text("nhiem vu")
        .press(&["Enter"])
        .type_text("rà soát")
        .press(&["Enter"]);
    desk.press(&["F4", "Home"]);
    desk
}

#[test]
fn pictures_of_a_chain() {
    for (columns, rows) in [(80, 24), (120, 40), (60, 20)] {
        for (lang, code) in [(Lang::Vietnamese, "vi"), (Lang::English, "en")] {
            let mut desk = Desk::sample(columns, rows, lang);
            desk.press(&["F5", "Down", "Alt+K"]);
            picture(&format!("chain_{columns}x{rows}_{code}"), &desk);
            desk.press(&["Ctrl+Left"]);
            picture(&format!("chain_choice_{columns}x{rows}_{code}"), &desk);
        }
    }
}

#[test]
fn one_key_walks_on_and_esc_walks_back_to_where_it_began() {
    let mut desk = chained(100, 30);
    assert_eq!((pane(&desk), at(&desk)), (PaneId::Difficulties, "KK-01".into()));
    desk.press(&["Ctrl+Right"]);
    assert_eq!((pane(&desk), at(&desk)), (PaneId::Chain, "GP-01".into()));
    assert!(desk.text().contains("Đi tới: chưa có gì"), "{}", desk.text());
    desk.press(&["Ctrl+Right"]);
    assert!(desk.text().contains("Chưa có gì sau GP-01"), "{}", desk.text());
    desk.press(&["Ctrl+Left"]);
    assert_eq!(at(&desk), "KK-01");
    desk.press(&["Ctrl+Left"]);
    assert!(desk.text().contains("KK-01 không gắn với gì"), "{}", desk.text());
    desk.press(&["Esc"]);
    assert_eq!(at(&desk), "GP-01");
    desk.press(&["Esc"]);
    assert_eq!((pane(&desk), at(&desk)), (PaneId::Chain, "KK-01".into()));
    desk.press(&["Esc"]);
    assert_eq!((pane(&desk), at(&desk)), (PaneId::Difficulties, "KK-01".into()));
}

#[test]
fn of_several_links_one_is_chosen() {
    let mut desk = Desk::sample(100, 30, Lang::Vietnamese);
    desk.press(&["F4", "Home", "Ctrl+Right"]).type_text("NV-02").press(&["Enter"]);
    assert_eq!((pane(&desk), at(&desk)), (PaneId::Chain, "NV-02".into()));
    assert!(!desk.text().contains("Đi tới"), "a task is the end: {}", desk.text());
    desk.press(&["Esc", "Esc"]);
    assert_eq!((pane(&desk), at(&desk)), (PaneId::Difficulties, "KK-01".into()));
}

#[test]
fn what_hangs_loose_at_either_end_is_listed_and_tied_there() {
    let mut desk = chained(100, 30);
    desk.press(&["F2", "Alt+K"]);
    let text = desk.text();
    assert!(text.contains("Không gắn với gì") && text.contains("NV-01"), "{text}");
    assert!(!text.contains("Chưa có hướng xử lý"), "KK-01 is answered: {text}");
    desk.press(&["Home", "Ctrl+L"]).type_text("KK-01").press(&["Enter", "Esc"]);
    let board = &desk.app.session().unwrap().board;
    let task = difficulty::main_of(board, Kind::Task)[0];
    assert_eq!(task.linked("answers").count(), 1, "{}", desk.text());
    assert!(!desk.text().contains("Không gắn với gì"), "{}", desk.text());
    desk.press(&["Ctrl+Z"]);
    assert!(desk.text().contains("Không gắn với gì"), "{}", desk.text());
}

#[test]
fn the_way_along_chains_is_kept_over_a_restart() {
    let mut desk = chained(100, 30);
    desk.press(&["Ctrl+Right"]);
    let mut again = desk.restarted();
    assert_eq!((pane(&again), at(&again)), (PaneId::Chain, "GP-01".into()));
    again.press(&["Esc", "Esc"]);
    assert_eq!((pane(&again), at(&again)), (PaneId::Difficulties, "KK-01".into()));
}
