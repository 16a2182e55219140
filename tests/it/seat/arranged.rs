//! The order of the difficulties, by themes, and which of them are seen.

use hoinghi::{
    app::{panes::Row, session::SessionSeat},
    domain::{
        command::{Command, Place},
        difficulty,
        edit::Edit,
        field,
        ids::RecordId,
        kind::Kind,
        record::Record,
    },
    i18n::Lang,
};

use crate::support::desk::Desk;

fn seat(desk: &Desk) -> &SessionSeat {
    desk.app.session().unwrap()
}

fn shown(desk: &Desk) -> Vec<&Record> {
    seat(desk).rows.iter().filter_map(|row| seat(desk).board.record(row.record()?)).collect()
}

fn difficulties(desk: &Desk) -> Vec<&Record> {
    shown(desk).into_iter().filter(|record| record.kind() == Some(Kind::Difficulty)).collect()
}

fn choose(desk: &mut Desk, key: &str, name: &str) {
    desk.press(&[key]).type_text(name).press(&["Enter"]);
}

#[test]
fn the_order_is_one_key_and_a_choice_away_and_kept() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    let placed: Vec<RecordId> = difficulties(&desk).iter().map(|record| record.id).collect();
    choose(&mut desk, ",", "nang truoc");
    let weights: Vec<u8> = difficulties(&desk).iter().map(|record| difficulty::weight(record)).collect();
    assert!(
        weights.windows(2).all(|pair| pair[0] >= pair[1]) && weights.len() == placed.len(),
        "{weights:?}"
    );
    assert!(desk.text().contains("Khó khăn, vướng mắc · nặng trước"), "{}", desk.text());
    let mut desk = desk.restarted();
    assert!(desk.text().contains("· nặng trước"), "the seat remembers it");
    choose(&mut desk, ",", "nhieu don vi");
    let board = &seat(&desk).board;
    let raised: Vec<usize> =
        difficulties(&desk).iter().map(|record| difficulty::raised_by(board, record).len()).collect();
    assert!(raised.windows(2).all(|pair| pair[0] >= pair[1]), "{raised:?}");
    choose(&mut desk, ",", "moi neu");
    let said: Vec<_> = difficulties(&desk).iter().map(|record| record.moment(&field::SAID_AT)).collect();
    assert!(said.windows(2).all(|pair| pair[0] >= pair[1]), "{said:?}");
    choose(&mut desk, ",", "da xep");
    assert_eq!(difficulties(&desk).iter().map(|record| record.id).collect::<Vec<_>>(), placed);
}

#[test]
fn what_is_sorted_is_not_moved_by_hand() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    choose(&mut desk, ",", "theo don vi");
    let before = seat(&desk).board.change_count();
    desk.press(&["Ctrl+Down"]);
    assert_eq!(seat(&desk).board.change_count(), before);
    assert!(desk.text().contains("Danh sách đang sắp xếp"));
}

#[test]
fn a_filter_says_how_many_it_lets_through_and_how_to_change_it() {
    let mut desk = Desk::sample(80, 24, Lang::English);
    let all = shown(&desk).len();
    choose(&mut desk, ".", "unanswered");
    let seen = shown(&desk).len();
    assert!(seen > 0 && seen < all);
    assert!(desk.text().contains(&format!("unanswered ({seen}/{all})")), "{}", desk.text());
    let board = &seat(&desk).board;
    assert_eq!(shown(&desk).len(), difficulty::unanswered(board).len());
    choose(&mut desk, ".", "check later");
    assert_eq!(shown(&desk).len(), 0);
    assert!(desk.text().contains("No line passes this filter. . changes it"), "{}", desk.text());
    choose(&mut desk, ".", "raised by TB");
    let tb = hoinghi::domain::roster::unit_by_code(&seat(&desk).board, "TB").unwrap();
    let board = &seat(&desk).board;
    assert!(shown(&desk).iter().all(|record| difficulty::raised_by(board, record).contains(&tb)));
    assert!(!shown(&desk).is_empty());
    choose(&mut desk, ".", "all");
    assert_eq!(shown(&desk).len(), all);
}

#[test]
fn a_tag_filters_too() {
    let mut desk = Desk::sample(120, 40, Lang::Vietnamese);
    desk.press(&["F6"]).type_text("kk mất dấu #condau").press(&["Enter", "Esc"]);
    choose(&mut desk, ".", "#condau");
    assert_eq!(shown(&desk).iter().map(|record| record.wording()).collect::<Vec<_>>(), ["mất dấu"]);
}

#[test]
fn going_to_a_line_that_a_filter_hides_shows_all() {
    let mut desk = Desk::sample(120, 40, Lang::Vietnamese);
    let first = seat(&desk).list().selected.unwrap();
    choose(&mut desk, ".", "kiem tra lai");
    assert!(shown(&desk).is_empty());
    desk.press(&["Ctrl+K"]).type_text("KK-01").press(&["Enter"]);
    assert_eq!(seat(&desk).list().selected, Some(first));
    assert!(!seat(&desk).is_filtered());
}

#[test]
fn themes_head_their_difficulties() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    let first = seat(&desk).list().selected.unwrap();
    let theme = RecordId(0x7e);
    let details = vec![Edit::Title("Sinh hoạt chi bộ".into())];
    assert!(desk.foreign(Command::Add { record: theme, kind: Kind::Theme, details, place: Place::Last }));
    let seen = Vec::new();
    assert!(desk.foreign(Command::Edit { record: first, edit: Edit::Theme(Some(theme)), seen }));
    choose(&mut desk, ",", "nhom theo");
    let text = desk.text();
    assert!(text.contains("Khó khăn · Sinh hoạt chi bộ") && text.contains("· nhóm theo chuyên đề"), "{text}");
    let at = seat(&desk).rows.iter().position(|row| *row == Row::Theme(Some(theme))).unwrap();
    assert_eq!(seat(&desk).rows[at + 1].record(), Some(first));
    assert!(seat(&desk).rows.contains(&Row::Theme(None)), "{text}");
    choose(&mut desk, ".", "sinh hoat chi bo");
    assert_eq!(shown(&desk).len(), 1);
    assert_eq!(seat(&desk).list().selected, Some(first));
}

#[test]
fn elsewhere_there_is_nothing_to_sort() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["F5", ","]);
    assert!(desk.text().contains("Chỉ ở Khó khăn, vướng mắc"));
}
