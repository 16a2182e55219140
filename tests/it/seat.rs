//! A seat over a writer in memory: what keys do, told as a person would tell it.

use hoinghi::{
    app::{panes::PaneId, session::Focus},
    domain::{difficulty, kind::Kind},
    i18n::Lang,
};

use crate::support::desk::Desk;

mod arranged;
mod bad_input;
mod capturing;
mod chain;
mod chair;
mod cloned;
mod company;
mod concluding;
mod contested;
mod elsewhere;
mod everything;
mod fields;
mod findings;
mod follow_up;
mod home;
mod listed;
mod looks;
mod mouse;
mod office;
mod pieces;
mod previewed;
mod projector;
mod random;
mod read_back;
mod roll_call;
mod room;
mod short;
mod similar;
mod speakers;
mod statistics;
mod switched_on;
mod taken;
mod told;
mod triage;
mod units;
mod walk;
mod whispered;

/// A session made through the wizard: theme, then everything as it is offered, then two units.
fn session(columns: u16, rows: u16) -> Desk {
    let mut desk = Desk::empty(columns, rows, Lang::Vietnamese);
    desk.press(&["Ctrl+N"]).type_text("Chuyển sinh hoạt Đảng");
    desk.press(&["Enter"; 10]);
    desk.type_text("Q1 Ban Tổ chức Quận ủy Quận 1").burst("x⏎x");
    desk.press(&["Backspace"]).type_text("Q3 Ban Tổ chức Quận ủy Quận 3");
    desk.press(&["Tab", "Enter"]);
    desk
}

#[test]
fn the_wizard_makes_a_session_and_opens_it() {
    let desk = session(120, 40);
    let seat = desk.app.session().expect("a session is open");
    assert_eq!(seat.pane, PaneId::Difficulties);
    assert_eq!(seat.board.of_kind(Kind::Unit).len(), 2);
    assert_eq!(seat.board.of_kind(Kind::AgendaItem).len(), 9);
}

#[test]
fn a_bare_line_and_enter_is_a_record() {
    let mut desk = session(100, 30);
    desk.press(&["F6"]).burst("vie⌫êt⌫⌫ệt").type_text(" nam");
    desk.press(&["Enter"]);
    let seat = desk.app.session().unwrap();
    let notes = difficulty::main_of(&seat.board, Kind::Note);
    assert_eq!(notes[0].wording(), "việt nam");
    assert_eq!(seat.focus, Focus::Capture);
    assert!(seat.capture.editor.is_empty());
}
