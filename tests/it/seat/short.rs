//! What is written short: shown beside the line, written out at Enter, given back by the first undo; both tables and their list.

use std::collections::BTreeMap;

use hoinghi::{
    app::{
        msg::{Msg, ReadTable},
        session::SessionSeat,
    },
    domain::{
        abbreviation, command::Command, edit::Edit, field, gathering::Under, ids::ScopeId, kind::Kind,
        record::Record,
    },
    i18n::Lang,
};

use super::looks::picture;
use crate::support::desk::{Answering, Desk};

fn seat(desk: &Desk) -> &SessionSeat {
    desk.app.session().unwrap()
}

fn last(desk: &Desk) -> &Record {
    seat(desk).board.record(seat(desk).captured.unwrap()).unwrap()
}

/// A seat whose person and office have abbreviations.
fn desk(columns: u16, rows: u16, lang: Lang) -> Desk {
    let mut desk = Desk::sample(columns, rows, lang);
    desk.press(&["Alt+V"]).type_text("đv:đơn vị").press(&["Enter"]);
    desk.type_text("shđ = sinh hoạt đảng").press(&["Down", "Enter", "Esc"]);
    desk
}

fn office(desk: &Desk) -> abbreviation::Table {
    desk.writer.shared.get(&ScopeId::ORGANISATION).map(abbreviation::of).unwrap_or_default()
}

fn table(rows: &[(&str, &str)]) -> BTreeMap<String, String> {
    rows.iter().map(|(short, long)| ((*short).to_owned(), (*long).to_owned())).collect()
}

#[test]
fn pictures_of_the_abbreviations() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        for (lang, code) in [(Lang::Vietnamese, "vi"), (Lang::English, "en")] {
            let mut desk = desk(columns, rows, lang);
            desk.press(&["Alt+V"]);
            picture(&format!("abbreviations_{columns}x{rows}_{code}"), &desk);
            desk.press(&["Esc", "F6"]).type_text("kk chuyển shđ về đv mới");
            picture(&format!("abbreviations_typed_{columns}x{rows}_{code}"), &desk);
        }
    }
}

#[test]
fn both_tables_are_filled_in_one_list() {
    let mut desk = desk(80, 24, Lang::Vietnamese);
    assert_eq!(desk.writer.own, table(&[("đv", "đơn vị")]));
    assert_eq!(office(&desk), table(&[("shđ", "sinh hoạt đảng")]));
    desk.press(&["Alt+V"]);
    let text = desk.text();
    assert!(text.contains("đv = đơn vị") && text.contains("của tôi"), "{text}");
    assert!(text.contains("shđ = sinh hoạt đảng") && text.contains("của cơ quan"), "{text}");
    desk.type_text("hoat");
    assert!(!desk.text().contains("đv = đơn vị"));
}

#[test]
fn nothing_is_written_out_under_the_fingers_and_all_at_enter() {
    for lang in [Lang::Vietnamese, Lang::English] {
        let mut desk = desk(80, 24, lang);
        desk.press(&["F6"]).type_text("kk Chuyển shđ về Đv");
        assert_eq!(seat(&desk).capture.editor.text(), "kk Chuyển shđ về Đv");
        assert!(desk.text().contains("shđ = sinh hoạt đảng · Đv = Đơn vị"), "{}", desk.text());
        desk.press(&["Enter"]);
        assert_eq!(last(&desk).wording(), "Chuyển sinh hoạt đảng về Đơn vị");
        assert_eq!(last(&desk).kind(), Some(Kind::Difficulty));
        desk.press(&["Ctrl+Z"]);
        assert_eq!(last(&desk).wording(), "Chuyển shđ về Đv", "the first undo");
        desk.press(&["Ctrl+Y"]);
        assert_eq!(last(&desk).wording(), "Chuyển sinh hoạt đảng về Đơn vị");
        desk.press(&["Ctrl+Z", "Ctrl+Z"]);
        assert_eq!(last(&desk).kind(), None, "the second undo takes the line");
    }
}

#[test]
fn a_line_without_abbreviations_is_one_change() {
    let mut desk = desk(120, 40, Lang::Vietnamese);
    let before = seat(&desk).board.change_count();
    desk.press(&["F6"]).type_text("không có gì").press(&["Enter"]);
    assert_eq!(seat(&desk).board.change_count(), before + 1);
}

#[test]
fn a_merged_line_gets_its_abbreviations_back_first() {
    let mut desk = desk(120, 40, Lang::Vietnamese);
    desk.press(&["F6"]).type_text("đv doi con dau sap nhap phuong, hs cu ").press(&["Ctrl+G", "Enter"]);
    let line = last(&desk).id;
    assert!(last(&desk).wording().starts_with("đơn vị doi"));
    desk.press(&["Ctrl+Z"]);
    assert!(last(&desk).wording().starts_with("đv doi"));
    assert!(matches!(seat(&desk).board.under(line), Some(Under::Merged(_))));
}

#[test]
fn a_line_that_is_refused_comes_back_short_and_only_that_is_told() {
    let mut desk = desk(120, 40, Lang::Vietnamese);
    desk.answering = Answering::Refusing;
    desk.press(&["F6"]).type_text("về đv").press(&["Enter"]);
    assert_eq!(seat(&desk).capture.editor.text(), "về đv");
    assert!(desk.text().contains("Không có gì thay đổi"), "{}", desk.text());
}

#[test]
fn what_somebody_has_corrected_meanwhile_is_not_written_over() {
    let mut desk = desk(120, 40, Lang::Vietnamese);
    desk.press(&["F6"]).type_text("về dv").press(&["Enter"]);
    let record = last(&desk).id;
    let seen = last(&desk).seen(&field::TEXT);
    assert!(desk.foreign(Command::Edit { record, edit: Edit::Text("về phường".into()), seen }));
    let expand = Command::Expand { record, from: "về dv".into(), to: "về đơn vị".into() };
    assert!(!desk.foreign(expand));
    assert_eq!(last(&desk).wording(), "về phường");
}

#[test]
fn one_is_changed_taken_away_and_brought_back_in_either_table() {
    let mut desk = desk(120, 40, Lang::Vietnamese);
    desk.press(&["Alt+V"]).type_text("đv").press(&["Enter"]).type_text("Bo").press(&["Enter"]);
    assert!(desk.writer.own.is_empty(), "{}", desk.text());
    desk.press(&["Ctrl+Z"]);
    assert_eq!(desk.writer.own, table(&[("đv", "đơn vị")]));
    desk.type_text("shđ").press(&["Enter"]).type_text("Bo").press(&["Enter"]);
    assert!(office(&desk).is_empty());
    desk.press(&["Ctrl+Z"]);
    assert_eq!(office(&desk), table(&[("shđ", "sinh hoạt đảng")]));
    desk.press(&["Ctrl+Y"]);
    assert!(office(&desk).is_empty());
    desk.press(&["Ctrl+Z"]).type_text("shđ").press(&["Enter", "Enter"]);
    desk.type_text(" viên").press(&["Down", "Enter"]);
    assert_eq!(office(&desk), table(&[("shđ", "sinh hoạt đảng viên")]), "{}", desk.text());
}

#[test]
fn a_session_is_never_undone_from_the_list() {
    let mut desk = Desk::sample(120, 40, Lang::Vietnamese);
    let before = seat(&desk).board.change_count();
    desk.press(&["Alt+V", "Ctrl+Z"]);
    assert_eq!(seat(&desk).board.change_count(), before);
    assert!(office(&desk).is_empty());
}

#[test]
fn the_table_of_an_input_method_goes_where_one_says() {
    for (keys, of_office) in [(&["Enter"][..], false), (&["Down", "Enter"], true)] {
        let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
        let entries = table(&[("ubnd", "ủy ban nhân dân"), ("đv", "đảng viên")]);
        desk.press(&["Alt+V"]);
        desk.tell(Msg::Table(ReadTable { entries: entries.clone(), skipped: 1 }));
        desk.press(keys);
        let (own, office_table) = (desk.writer.own.clone(), office(&desk));
        assert_eq!(if of_office { &office_table } else { &own }, &entries);
        assert!(if of_office { own } else { office_table }.is_empty());
        assert!(desk.text().contains("Đã nhập 2 gõ tắt"), "{}", desk.text());
        desk.press(&["Ctrl+Z"]);
        assert!(desk.writer.own.is_empty() && office(&desk).is_empty(), "one step back");
    }
}

#[test]
fn an_own_one_goes_before_the_offices() {
    let mut desk = desk(120, 40, Lang::Vietnamese);
    desk.press(&["Alt+V"]).type_text("đv:đảng viên").press(&["Down", "Enter", "Esc", "F6"]);
    desk.type_text("đv").press(&["Enter"]);
    assert_eq!(last(&desk).wording(), "đơn vị");
}
