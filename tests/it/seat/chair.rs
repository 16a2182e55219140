//! The chair's page: what is left to do before the end, read and printed.

use hoinghi::{
    app::{
        dialogs::{Dialog, pages::Pages},
        effect::Effect,
        msg::Msg,
    },
    domain::{command::Command, policy::Role},
    i18n::Lang,
    text::width::width,
};

use super::looks::picture;
use crate::support::desk::{Desk, lan};

fn open(columns: u16, rows: u16, lang: Lang) -> Desk {
    let mut desk = Desk::sample(columns, rows, lang);
    desk.press(&["Alt+C"]);
    desk
}

fn pages(desk: &Desk) -> &Pages {
    let Some(Dialog::Pages(pages)) = &desk.app.dialog else { panic!("no page") };
    pages
}

fn printed(desk: &Desk) -> &str {
    let print = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Print { text, .. } => Some(&**text),
        _ => None,
    });
    print.expect("something was printed")
}

#[test]
fn pictures_of_the_chairs_page() {
    for (columns, rows) in [(80, 24), (120, 40), (60, 20)] {
        for (lang, code) in [(Lang::Vietnamese, "vi"), (Lang::English, "en")] {
            picture(&format!("chair_{columns}x{rows}_{code}"), &open(columns, rows, lang));
        }
    }
}

#[test]
fn it_tells_what_has_no_answer_who_was_silent_the_end_and_what_is_concluded() {
    let desk = open(120, 60, Lang::Vietnamese);
    for text in [
        "bế mạc dự kiến",
        "Còn 1 khó khăn chưa có hướng xử lý",
        "KK-04 Q10",
        "Chưa nói: 1",
        "Ban Tổ chức Thành ủy Thủ Đức",
        "Kết luận: 3",
        "KL-01",
        "Nhiệm vụ: ",
        "Thông báo kết luận còn thiếu: ",
        "KK-04: hướng xử lý",
    ] {
        assert!(desk.text().contains(text), "{text}\n{}", desk.text());
    }
}

#[test]
fn it_follows_the_session_while_it_is_read() {
    let mut desk = open(120, 60, Lang::Vietnamese);
    let open_one = desk.app.session().unwrap().board.unanswered().next().unwrap().id;
    assert!(desk.foreign(Command::Remove { record: open_one }));
    assert!(desk.text().contains("Mọi khó khăn đã có hướng xử lý"), "{}", desk.text());
    desk.tell(Msg::Warned("một lời nhắc".into()));
    assert!(desk.app.next_tick().is_some(), "its clock runs whatever is said");
    let before = desk.text();
    desk.now += chrono::TimeDelta::minutes(200);
    desk.tell(Msg::Tick);
    assert_ne!(desk.text(), before);
}

#[test]
fn pages_are_turned_and_no_line_is_passed_unread() {
    for (columns, rows) in [(80, 24), (60, 20)] {
        let mut desk = open(columns, rows, Lang::Vietnamese);
        let all: Vec<String> = pages(&desk).lines.iter().map(|line| format!("{line:?}")).collect();
        let first = |desk: &Desk| pages(desk).top;
        let mut read = String::new();
        let mut tops = vec![first(&desk)];
        loop {
            read.push_str(&desk.text());
            desk.press(&["PageDown"]);
            if first(&desk) == tops[tops.len() - 1] {
                break;
            }
            tops.push(first(&desk));
        }
        assert!(tops.len() > 1 && tops[tops.len() - 1] < all.len());
        for number in ["KL-01", "KL-02", "KL-03", "KN-01", "NV-01", "KK-04"] {
            assert!(read.contains(number), "{number}\n{read}");
        }
        while first(&desk) > 0 {
            let before = first(&desk);
            desk.press(&["PageUp"]);
            assert!(first(&desk) < before);
        }
    }
}

#[test]
fn it_is_only_read() {
    let mut desk = open(100, 30, Lang::Vietnamese);
    let before = desk.app.session().unwrap().board.change_count();
    desk.press(&["Delete", "Space", "Ctrl+N", "Ctrl+G", "Alt+P", "Ctrl+Up", "1", "Enter"]).type_text("chữ");
    assert_eq!(desk.app.session().unwrap().board.change_count(), before);
    let mut desk = desk.joined_by(lan(), Role::Chair);
    desk.press(&["Alt+C"]);
    assert!(desk.text().contains("Trang chủ trì"));
    desk.press(&["Esc"]);
    assert!(desk.app.dialog.is_none());
}

#[test]
fn it_is_printed_whole_without_what_is_off_the_record() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    let long = "kết luận rất dài ".repeat(60);
    desk.press(&["F6"]).type_text("kl zqkin nói nhỏ **").press(&["Enter"]);
    desk.type_text("kk zqthe **").press(&["Enter"]);
    desk.paste(&format!("kl {long}")).press(&["Enter", "Esc", "Alt+C"]);
    assert!(desk.text().contains("Ctrl+E Xuất trang chủ trì"), "{}", desk.text());
    desk.press(&["Ctrl+E"]);
    let text = printed(&desk).to_owned();
    assert!(text.starts_with("TRANG CHỦ TRÌ\n"), "{text}");
    assert_eq!(text.split_whitespace().filter(|word| *word == "dài").count(), 60);
    assert!(text.lines().all(|line| width(line) <= 80 && !line.ends_with(' ')), "{text}");
    assert!(text.contains("LƯU NỘI BỘ, KHÔNG CÓ Ở TRANG NÀY: 2"), "{text}");
    assert!(!text.contains("zqkin") && !text.contains("zqthe"), "{text}");
    assert!(!pages(&desk).lines.iter().any(|line| format!("{line:?}").contains("zqkin")));
    desk.press(&["Esc", "F9"]).type_text("xuat trang chu tri").press(&["Enter"]);
    assert_eq!(printed(&desk), text, "the palette prints the same page");
}

#[test]
fn the_page_of_a_session_that_has_not_begun_says_so() {
    let mut desk = super::session(80, 24);
    desk.press(&["Alt+C"]);
    assert!(desk.text().contains("chưa bắt đầu mục nào"), "{}", desk.text());
    assert!(desk.text().contains("Kết luận: 0"), "{}", desk.text());
}
