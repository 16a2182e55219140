//! Tasks as they are typed: what is read from the sentence, what is missing, and what one key fills in.

use hoinghi::{
    domain::{conclusion, difficulty, edit::Lead, field, kind::Kind, record::Record},
    i18n::Lang,
};

use super::{looks::picture, session};
use crate::support::desk::Desk;

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (60, 20)];

/// A desk at the conclusions, a task half-typed.
fn typing(mut desk: Desk, text: &str) -> Desk {
    desk.press(&["F5", "Ctrl+N", "Down", "Down", "Enter"]).type_text(text);
    desk
}

fn last_task(desk: &Desk) -> &Record {
    difficulty::main_of(&desk.app.session().unwrap().board, Kind::Task).pop().unwrap()
}

fn due(desk: &Desk) -> (Option<&str>, Option<&str>) {
    let task = last_task(desk);
    (task.text(&field::DUE), task.text(&field::DUE_WORDS))
}

fn history(desk: &mut Desk) -> String {
    desk.press(&["Alt+7"]);
    let text = desk.text();
    desk.press(&["Esc"]);
    text
}

#[test]
fn pictures_of_a_task_being_typed_and_of_what_it_lacks() {
    for (columns, rows) in SIZES {
        for (lang, code) in [(Lang::Vietnamese, "vi"), (Lang::English, "en")] {
            let text = "Q3 chủ trì, phối hợp Q5, Q99 lập sổ đầu mối, xong sớm";
            let mut desk = typing(Desk::sample(columns, rows, lang), text);
            picture(&format!("task_typed_{columns}x{rows}_{code}"), &desk);
            desk.press(&["Enter"]);
            picture(&format!("task_listed_{columns}x{rows}_{code}"), &desk);
            desk.press(&["Right"]);
            picture(&format!("task_details_{columns}x{rows}_{code}"), &desk);
        }
    }
}

#[test]
fn one_sentence_fills_in_the_task() {
    let text = "Giao Q1 chủ trì, phối hợp Q3 soạn quy trình, xong trong quý II/2023; sản phẩm: dự thảo";
    let mut desk = typing(session(100, 30), text);
    let read = "Đọc được: chủ trì thực hiện Q1; phối hợp Q3; sản phẩm “dự thảo”; thời hạn 30/6/2023";
    let shown = desk.text().replace('│', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(read.split("; ").all(|part| shown.contains(part)), "{}", desk.text());
    desk.press(&["Enter"]);
    let task = last_task(&desk);
    assert_eq!(task.wording(), text, "nothing is taken out of the sentence");
    assert!(matches!(conclusion::lead(task), Some(Lead::Unit(_))));
    assert_eq!(task.text(&field::DUE), Some("2023-06-30"));
    assert_eq!(task.text(&field::DELIVERABLE), Some("dự thảo"));
    assert_eq!(task.linked("support").count(), 1);
    desk.press(&["Ctrl+Z"]);
    assert!(difficulty::main_of(&desk.app.session().unwrap().board, Kind::Task).is_empty());
}

#[test]
fn what_the_sentence_may_mean_waits_for_one_key_which_is_undone_as_one() {
    let mut desk = typing(session(100, 30), "Mỗi đơn vị rà soát sớm");
    assert!(desk.text().contains("Thời hạn chưa rõ"), "{}", desk.text());
    desk.press(&["Enter"]);
    assert_eq!(conclusion::lead(last_task(&desk)), Some(Lead::Each));
    assert_eq!(due(&desk), (None, None));
    assert!(desk.text().contains("Thiếu thời hạn +1"), "{}", desk.text());
    desk.press(&["Right"]);
    assert!(desk.text().contains("Ctrl+A điền: thời hạn 10/4/2023"), "{}", desk.text());
    assert!(desk.text().contains("Mỗi đơn vị: Q1, Q3"), "{}", desk.text());
    desk.press(&["Ctrl+A"]);
    assert_eq!(due(&desk), (Some("2023-04-10"), None));
    let told = history(&mut desk);
    assert!(told.contains("Lan điền thời hạn của NV-01"), "{told}");
    desk.press(&["Ctrl+Z"]);
    assert_eq!(due(&desk), (None, None));
    desk.press(&["Ctrl+Y"]);
    assert_eq!(due(&desk), (Some("2023-04-10"), None));
}

/// In the field of the deadline, everything is taken, and what names no day is told while it is typed.
#[test]
fn a_vague_deadline_is_stored_as_it_was_said_and_one_key_types_the_day() {
    let mut desk = typing(session(100, 30), "Q1 chủ trì rà soát");
    desk.press(&["Enter", "Right", "Down", "Down", "Down", "Enter"]).type_text("trong quý II");
    let text = desk.text();
    assert!(text.contains("Thời hạn chưa rõ") && text.contains("Ctrl+A điền: thời hạn 30/6/2023"), "{text}");
    desk.press(&["Enter"]);
    assert_eq!(due(&desk), (None, Some("trong quý II")));
    desk.press(&["Enter"]).type_text("/2023");
    let told = desk.text().matches("Thời hạn chưa rõ").count();
    assert_eq!(told, 1, "only the list tells what is stored: {}", desk.text());
    desk.press(&["Enter"]);
    assert_eq!(due(&desk), (Some("2023-06-30"), Some("trong quý II/2023")));
    assert!(desk.text().contains("30/6/2023 (trong qu"), "{}", desk.text());
    desk.press(&["Enter", "Ctrl+U"]).type_text("sớm").press(&["Ctrl+A", "Enter"]);
    assert_eq!(due(&desk), (Some("2023-04-10"), None));
}

#[test]
fn a_task_of_every_quarter_lacks_no_date() {
    let mut desk = typing(session(100, 30), "Mỗi đơn vị báo cáo về Cụm; sản phẩm: báo cáo");
    desk.press(&["Enter", "Right", "Down", "Down", "Down", "Enter"])
        .type_text("hằng quý")
        .press(&["Enter", "Esc"]);
    assert!(desk.text().contains("hằng quý") && !desk.text().contains("Thiếu"), "{}", desk.text());
}

/// A note-taker only proposes, and fills in what is theirs.
#[test]
fn a_note_taker_fills_in_own_proposals_only() {
    use hoinghi::domain::policy::Role;
    let mut desk = typing(session(100, 30), "Q1 chủ trì rà soát sớm");
    desk.press(&["Enter"]);
    desk.app.role = Role::NoteTaker;
    desk.press(&["Ctrl+A"]);
    assert_eq!(due(&desk), (None, None), "it is decided: {}", desk.text());
    let mut desk = typing(desk, "Q1 chủ trì báo cáo sớm");
    desk.press(&["Enter", "Ctrl+A"]);
    assert_eq!(due(&desk), (Some("2023-04-10"), None), "{}", desk.text());
}

#[test]
fn a_captured_task_takes_what_its_sentence_says_and_undo_takes_it_back() {
    let mut desk = session(100, 30);
    desk.press(&["F6"])
        .type_text("nv Q1 chủ trì, phối hợp Q3 soạn quy trình trước 10/4/2023; sản phẩm: dự thảo");
    desk.press(&["Enter"]);
    assert!(desk.text().contains("Đọc được: chủ trì thực hiện Q1"), "{}", desk.text());
    let lead = |desk: &Desk| conclusion::lead(last_task(desk));
    assert!(matches!(lead(&desk), Some(Lead::Unit(_))));
    assert_eq!(due(&desk).0, Some("2023-04-10"));
    assert_eq!(last_task(&desk).text(&field::DELIVERABLE), Some("dự thảo"));
    desk.press(&["Esc", "Ctrl+Z"]);
    assert_eq!((lead(&desk), due(&desk)), (None, (None, None)), "the line itself stays");
    desk.press(&["Ctrl+Y"]);
    assert!(lead(&desk).is_some());
}

#[test]
fn one_key_of_the_triage_makes_a_line_a_task_with_all_that_it_says() {
    let mut desk = session(100, 30);
    desk.press(&["F6"]).type_text("giao Q3 rà soát trước 10/4/2023").press(&["Enter", "Esc", "Ctrl+T", "9"]);
    assert!(matches!(conclusion::lead(last_task(&desk)), Some(Lead::Unit(_))), "{}", desk.text());
    assert_eq!(due(&desk).0, Some("2023-04-10"));
    desk.press(&["Ctrl+Z"]);
    assert_eq!((conclusion::lead(last_task(&desk)), due(&desk).0), (None, None));
}

#[test]
fn a_conclusion_that_gives_work_is_checked_as_it_is_typed() {
    let mut desk = session(100, 30);
    desk.press(&["F5", "Ctrl+N", "Enter"]).type_text("Giao Q1 rà soát sớm");
    for lacks in ["Thời hạn chưa rõ", "Thiếu sản phẩm"] {
        assert!(desk.text().contains(lacks), "{}", desk.text());
    }
    desk.press(&["Ctrl+U"]).type_text("Hội nghị đạt yêu cầu trong quý I/2023");
    assert!(!desk.text().contains("Thiếu"), "{}", desk.text());
    desk.press(&["Ctrl+U"]).type_text("Giao Q1 rà soát sớm").press(&["Enter"]);
    let seat = desk.app.session().unwrap();
    let concluded = seat.selected().unwrap();
    assert_eq!(concluded.kind(), Some(Kind::Conclusion));
    assert!(matches!(conclusion::lead(concluded), Some(Lead::Unit(_))));
    desk.press(&["Ctrl+A"]);
    assert!(desk.app.session().unwrap().selected().unwrap().date(&field::DUE).is_some(), "{}", desk.text());
}

#[test]
fn the_day_that_a_vague_deadline_may_mean_is_taken_while_the_sentence_is_typed() {
    let mut desk = typing(session(80, 24), "Q1 chủ trì rà soát hồ sơ trong quý II");
    assert!(desk.text().contains("Ctrl+A điền: thời hạn 30/6/2023"), "{}", desk.text());
    desk.press(&["Ctrl+A"]);
    let screen = desk.text();
    assert!(screen.contains("thời hạn 30/6/2023") && !screen.contains("Thời hạn chưa rõ"), "{screen}");
    desk.type_text(", Q3 phối hợp").press(&["Enter"]);
    assert_eq!(due(&desk), (Some("2023-06-30"), None));
    assert_eq!(conclusion::support(&desk.app.session().unwrap().board, last_task(&desk)).len(), 1);
}
