//! The figures of a session: who was there and spoke, what was raised and how far it is settled.

use hoinghi::{
    app::effect::Effect,
    domain::{policy::Role, roll_call::Slot, statistics::Statistics},
    i18n::Lang,
    text::width::width,
};

use super::looks::picture;
use crate::support::desk::{Desk, lan};

fn open(columns: u16, rows: u16, lang: Lang) -> Desk {
    let mut desk = Desk::sample(columns, rows, lang);
    desk.press(&["Alt+Q"]);
    desk
}

fn printed(desk: &Desk) -> &str {
    let print = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Print { text, slug: "so-lieu", .. } => Some(&**text),
        _ => None,
    });
    print.expect("something was printed")
}

#[test]
fn pictures_of_the_figures() {
    for (columns, rows) in [(80, 24), (120, 40), (60, 20)] {
        for (lang, code) in [(Lang::Vietnamese, "vi"), (Lang::English, "en")] {
            picture(&format!("statistics_{columns}x{rows}_{code}"), &open(columns, rows, lang));
        }
    }
}

#[test]
fn the_figures_are_those_of_the_board_and_follow_it() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    let before = figures(&desk);
    assert_eq!(before.0, 4);
    desk.press(&["F6"])
        .type_text("q3 kk con dấu cũ")
        .press(&["Enter"])
        .type_text("td kk bí mật **")
        .press(&["Enter"]);
    desk.press(&["Esc", "Ctrl+F"]).type_text("q3").press(&["Enter"]);
    desk.now += chrono::TimeDelta::seconds(130);
    desk.press(&["F8", "Ctrl+D", "Alt+Q"]);
    let after = figures(&desk);
    assert_eq!((after.0, after.1), (5, before.1 + 1), "what is off the record is in no figure");
    assert!(desk.text().contains("nói 1 lần 02:1"), "{}", desk.text());
    assert!(desk.text().contains("Khó khăn, vướng mắc: 5"), "{}", desk.text());
}

/// Difficulties, and the lines that were recorded.
fn figures(desk: &Desk) -> (usize, usize) {
    let board = &desk.app.session().unwrap().board;
    let figures = Statistics::of(board, Slot::FIRST, desk.now);
    let recorded = figures.recorded.iter().map(|(_, lines)| lines).sum();
    (figures.natures.iter().map(|(_, count)| count).sum(), recorded)
}

#[test]
fn they_are_read_by_everybody_found_in_the_palette_and_written_into_a_file() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese).joined_by(lan(), Role::Observer);
    desk.press(&["F9"]).type_text("so lieu").press(&["Enter"]);
    assert!(desk.text().contains("Ctrl+E Xuất trang số liệu"), "{}", desk.text());
    desk.press(&["PageDown", "PageDown", "Ctrl+E"]);
    let page = printed(&desk);
    assert!(page.starts_with("SỐ LIỆU HỘI NGHỊ\n") && page.contains("KIẾN NGHỊ THEO THẨM QUYỀN"), "{page}");
    assert!(page.lines().all(|line| width(line) <= 80), "{page}");
    desk.press(&["Esc"]);
    assert!(desk.app.dialog.is_none());
}
