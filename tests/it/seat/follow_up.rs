//! What the last session left to do: a new one opens on it, and says what became of it.

use hoinghi::{
    app::panes::PaneId,
    document::{Block, Depth, Document, Paper, Wording, conclusion_notice, minutes, write},
    domain::{
        agenda,
        board::Board,
        follow_up::{self, DueBucket},
        kind::{AgendaKind, Kind},
        record::Record,
    },
    i18n::Lang,
};

use super::looks::picture;
use crate::support::desk::Desk;

/// The sample, and the next quarter's session made from it through the form.
fn next_quarter(columns: u16, rows: u16, lang: Lang) -> Desk {
    let mut desk = Desk::sample(columns, rows, lang);
    desk.now += chrono::TimeDelta::days(90);
    desk.press(&["Esc"]);
    desk.press(&["Ctrl+N"]).type_text("Kiểm tra, giám sát");
    desk.press(&["Enter"; 10]);
    desk.press(&["Tab", "Enter"]);
    desk
}

fn board(desk: &Desk) -> &Board {
    &desk.app.session().unwrap().board
}

fn selected(desk: &Desk) -> &Record {
    desk.app.session().unwrap().selected().unwrap()
}

/// All that a paper says.
fn told(paper: &Document) -> String {
    paper.blocks.iter().map(Block::text).collect::<Vec<_>>().join("\n")
}

#[test]
fn pictures_of_the_follow_up() {
    for (columns, rows) in [(80, 24), (120, 40), (60, 20)] {
        for (lang, code) in [(Lang::Vietnamese, "vi"), (Lang::English, "en")] {
            let mut desk = next_quarter(columns, rows, lang);
            picture(&format!("follow_up_{columns}x{rows}_{code}"), &desk);
            desk.press(&["Space", "Ctrl+D", "Enter"]);
            picture(&format!("follow_up_item_{columns}x{rows}_{code}"), &desk);
            desk.press(&["Esc", "Ctrl+Z", "Ctrl+Z", "Ctrl+Z"]);
            picture(&format!("follow_up_empty_{columns}x{rows}_{code}"), &desk);
        }
    }
}

#[test]
fn a_new_session_opens_on_what_the_last_one_concluded() {
    let desk = next_quarter(100, 30, Lang::Vietnamese);
    let seat = desk.app.session().unwrap();
    assert_eq!(seat.pane, PaneId::FollowUp);
    let last = &desk.writer.shared[&hoinghi::cli::sample::SCOPE];
    let decided = last.of_kind(Kind::Task).len() + last.of_kind(Kind::Recommendation).len();
    assert_eq!(follow_up::items(board(&desk)).len(), decided);
    assert!(desk.text().contains("Quá hạn: "), "{}", desk.text());
    assert!(!desk.text().contains("Hoàn thành"), "{}", desk.text());
}

#[test]
fn one_key_says_that_an_item_is_done_the_next_comes_up_and_undo_takes_it_back() {
    let mut desk = next_quarter(100, 30, Lang::Vietnamese);
    let first = selected(&desk).id;
    let standing = |desk: &Desk| follow_up::bucket(board(desk).record(first).unwrap(), desk.now.date_naive());
    assert_eq!(standing(&desk), DueBucket::Overdue);
    let changes = desk.writer.shared[&hoinghi::cli::sample::SCOPE].changes().count();
    desk.press(&["Space"]);
    assert_eq!(standing(&desk), DueBucket::DoneLate);
    assert!(desk.text().contains("Hoàn thành quá hạn: 1"), "{}", desk.text());
    assert_ne!(selected(&desk).id, first);
    desk.press(&["End"]);
    assert_eq!(selected(&desk).id, first);
    desk.press(&["Ctrl+D"]);
    assert!(!follow_up::is_carried(selected(&desk)), "what is done does not go on: {}", desk.text());
    desk.press(&["Space"]);
    assert_eq!((standing(&desk), selected(&desk).id), (DueBucket::Overdue, first));
    desk.press(&["Ctrl+Z"]);
    assert_eq!(standing(&desk), DueBucket::DoneLate);
    let after = desk.writer.shared[&hoinghi::cli::sample::SCOPE].changes().count();
    assert_eq!(after, changes, "the session of the last quarter has not moved");
}

#[test]
fn what_the_last_session_said_stays_and_its_result_is_typed() {
    let mut desk = next_quarter(100, 30, Lang::Vietnamese);
    let words = selected(&desk).wording().to_owned();
    desk.press(&["Enter", "Enter"]).type_text("khác");
    assert_eq!(selected(&desk).wording(), words);
    desk.press(&["Down", "Enter"]).type_text("đã rà soát 5 chi bộ").press(&["Enter"]);
    assert_eq!(selected(&desk).text(&hoinghi::domain::field::RESULT), Some("đã rà soát 5 chi bộ"));
}

#[test]
fn the_papers_say_what_became_of_it_and_what_goes_on() {
    let mut desk = next_quarter(100, 30, Lang::Vietnamese);
    desk.press(&["Space", "End"]);
    let asked = follow_up::items(board(&desk))
        .into_iter()
        .find(|item| follow_up::kind(item) == Kind::Recommendation)
        .unwrap()
        .id;
    while selected(&desk).id != asked {
        desk.press(&["Up"]);
    }
    desk.press(&["Ctrl+D"]);
    assert!(desk.text().contains("lần 2 → kỳ sau"), "{}", desk.text());
    let words = Wording::new(&std::collections::BTreeMap::new()).unwrap();
    let minutes = told(&minutes(board(&desk), &words, Depth::Full).unwrap());
    let counted = "Kết quả thực hiện kết luận kỳ trước: chưa xong, trong hạn: 3; hoàn thành quá hạn: 1.";
    assert!(minutes.contains(counted), "{minutes}");
    assert!(minutes.contains("chưa được trả lời. Chuyển kỳ sau"), "{minutes}");
    assert!(minutes.contains("hoàn thành quá hạn ngày 08/6/2023"), "{minutes}");
    assert!(minutes.contains("Chuyển kỳ sau theo dõi tiếp."), "{minutes}");
    let notice = told(&conclusion_notice(board(&desk), &words).unwrap());
    assert!(notice.contains("Tiếp tục kiến nghị:") && notice.contains("lần thứ 2"), "{notice}");
    let annexes = write(board(&desk), Paper::Annex, &words, Depth::Full).unwrap();
    let [annex] = &annexes[..] else { panic!("one addressee: {annexes:?}") };
    let annex = annex.tables().flat_map(|table| table.rows.concat()).collect::<Vec<_>>().join(" | ");
    assert!(annex.contains("Đã kiến nghị: KN-"), "{annex}");
    assert!(annex.contains("quý I/2023; lần này là lần thứ 2, chưa được trả lời"), "{annex}");
}

#[test]
fn the_point_of_the_agenda_leads_there_and_an_item_to_its_own_session() {
    let mut desk = next_quarter(100, 30, Lang::Vietnamese);
    let item = selected(&desk).id;
    let (scope, record) = follow_up::origin(selected(&desk)).unwrap();
    desk.press(&["F2", "Home"]);
    while agenda::item_kind(selected(&desk)) != AgendaKind::FollowUp {
        desk.press(&["Down"]);
    }
    desk.press(&["Enter"]);
    assert_eq!(desk.app.session().unwrap().pane, PaneId::FollowUp, "{}", desk.text());
    assert_eq!(selected(&desk).id, item);
    desk.press(&["Ctrl+Left"]);
    let seat = desk.app.session().unwrap();
    assert_eq!((seat.scope(), seat.selected().map(|record| record.id)), (scope, Some(record)));
}

#[test]
fn what_was_decided_later_is_taken_up_by_one_key() {
    let mut desk = next_quarter(100, 30, Lang::Vietnamese);
    let next = desk.app.session().unwrap().scope();
    let before = follow_up::items(board(&desk)).len();
    desk.press(&["Ctrl+N"]);
    assert!(desk.text().contains("không để lại việc nào chưa lấy"), "{}", desk.text());
    desk.press(&["Ctrl+Left", "F6"]).type_text("q3 nv rà soát thêm").press(&["Enter", "Esc"]);
    let effects = desk.app.open(next, None);
    desk.run(effects);
    desk.press(&["Alt+N", "Ctrl+N"]);
    assert_eq!(follow_up::items(board(&desk)).len(), before + 1, "{}", desk.text());
    desk.press(&["Ctrl+Z"]);
    assert_eq!(follow_up::items(board(&desk)).len(), before);
}

#[test]
fn a_session_of_another_cluster_leaves_nothing_here() {
    let mut desk = Desk::sample(100, 30, Lang::Vietnamese);
    desk.press(&["Esc", "Ctrl+N"]).type_text("Chuyên đề khác");
    desk.press(&["Enter"; 7]);
    desk.press(&["Ctrl+U"]).type_text("Cụm thi đua 9").press(&["Tab", "Tab", "Tab", "Tab", "Enter"]);
    let seat = desk.app.session().unwrap();
    assert_eq!((seat.pane, follow_up::items(&seat.board).len()), (PaneId::Difficulties, 0));
    desk.press(&["Alt+N"]);
    assert!(desk.text().contains("Chưa lấy việc kỳ trước"), "{}", desk.text());
}
