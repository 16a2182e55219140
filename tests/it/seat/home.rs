//! Home with the sessions of many years.

use std::sync::Arc;

use hoinghi::{
    app::{
        Screen,
        msg::{Input, Mouse, MouseKind, Msg},
    },
    domain::{
        catalogue::{Catalogue, Ever, SessionHeader},
        ids::ScopeId,
        kind::SessionState,
    },
    i18n::Lang,
};

use super::looks::picture;
use crate::support::desk::Desk;

/// Ten years of four sessions, and one of which the quarter is not known.
fn ten_years(columns: u16, rows: u16, lang: Lang) -> Desk {
    let header = |scope: u128, quarter: Option<(i32, u8)>| SessionHeader {
        scope: ScopeId(scope),
        title: format!("Sinh hoạt chuyên đề công tác tổ chức xây dựng Đảng lần {scope}"),
        themes: Vec::new(),
        quarter,
        state: if scope == 40 { SessionState::Open } else { SessionState::Issued },
        date: quarter
            .and_then(|(year, number)| chrono::NaiveDate::from_ymd_opt(year, u32::from(number) * 3, 10)),
        created: None,
        difficulties: usize::try_from(scope % 13).unwrap(),
        ever: Ever::default(),
        removed: false,
    };
    let quarters = (2014..2024).flat_map(|year| (1..=4).map(move |number| Some((year, number))));
    let headers = (1..).zip(quarters.chain([None])).map(|(scope, quarter)| header(scope, quarter));
    let mut desk = Desk::empty(columns, rows, lang);
    desk.tell(Msg::Catalogue(Arc::new(Catalogue::new(headers.collect()))));
    desk
}

fn selected(desk: &Desk) -> usize {
    let Screen::Home(home) = &desk.app.screen else { panic!("not at Home") };
    home.selected
}

#[test]
fn pictures_of_ten_years() {
    for (columns, rows) in [(80, 24), (120, 40), (60, 20)] {
        for (lang, code) in [(Lang::Vietnamese, "vi"), (Lang::English, "en")] {
            let mut desk = ten_years(columns, rows, lang);
            picture(&format!("home_years_{columns}x{rows}_{code}"), &desk);
            desk.press(&["End"]);
            picture(&format!("home_years_end_{columns}x{rows}_{code}"), &desk);
        }
    }
}

#[test]
fn steps_pass_over_headings_which_stay_in_view_above_their_first_session() {
    let mut desk = ten_years(80, 24, Lang::Vietnamese);
    assert!(desk.text().contains("Năm 2023"), "{}", desk.text());
    for at in 1..41 {
        desk.press(&["Down"]);
        assert_eq!(selected(&desk), at);
    }
    assert!(desk.text().contains("Chưa rõ quý"), "{}", desk.text());
    desk.press(&["Home"]);
    assert_eq!(selected(&desk), 0);
    assert!(desk.text().contains("Năm 2023"), "{}", desk.text());
}

#[test]
fn a_click_selects_a_session_and_none_on_a_heading() {
    let mut desk = ten_years(80, 24, Lang::Vietnamese);
    let mut click = |row| {
        desk.tell(Msg::Input(vec![Input::Mouse(Mouse { kind: MouseKind::Down, column: 10, row })]));
        selected(&desk)
    };
    assert_eq!(click(5), 1, "heading, first, second");
    assert_eq!(click(3), 1, "a heading");
    assert_eq!(click(8), 1, "the heading of 2022");
    assert_eq!(click(9), 4);
}

#[test]
fn keys_of_a_session_say_that_they_mean_nothing_here() {
    let mut desk = ten_years(80, 24, Lang::Vietnamese);
    for key in ["Alt+M", "Alt+C", "Alt+L", "Alt+H", "Alt+N", "F8", "Alt+G", "Ctrl+E"] {
        desk.press(&["Down"]);
        assert!(!desk.text().contains("Trước hết hãy mở một hội nghị"), "{}", desk.text());
        desk.press(&[key]);
        assert!(desk.text().contains("Trước hết hãy mở một hội nghị"), "{key}\n{}", desk.text());
    }
}
