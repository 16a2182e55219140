//! Walking out with the papers: their folder, and a stick.

use hoinghi::{
    app::{
        App,
        dialogs::Dialog,
        effect::Effect,
        msg::{Msg, News, Stick},
    },
    domain::policy::Role,
    i18n::{Lang, TakingWords, fill},
    keymap::action::Action,
};

use super::looks::picture;
use crate::support::desk::Desk;

const LANGS: [(Lang, &str); 2] = [(Lang::Vietnamese, "vi"), (Lang::English, "en")];

fn words(desk: &Desk) -> &'static TakingWords {
    &desk.app.strings().papers.taking
}

/// Chooses a command by its name in the palette.
fn choose(desk: &mut Desk, name: &str) {
    desk.press(&["F9"]).type_text(name).press(&["Enter"]);
}

fn sticks(names: &[&str]) -> Msg {
    let stick = |name: &&str| Stick { name: (*name).to_owned(), path: format!("/media/lan/{name}") };
    Msg::Sticks(names.iter().map(stick).collect())
}

/// The copying that was asked for last: the stick, and the work's number.
fn copying(desk: &Desk) -> Option<(String, u64)> {
    let scope = desk.app.session()?.scope();
    match desk.effects.last()? {
        Effect::CopyToStick { generation, scope: of, stick } if *of == scope => {
            Some((stick.clone(), *generation))
        }
        _ => None,
    }
}

fn done(generation: u64, msg: Msg) -> Msg {
    Msg::Work { generation, news: News::Done(Box::new(msg)) }
}

fn is_offered(app: &App) -> [bool; 2] {
    [Action::OpenFolder, Action::CopyToUsb].map(|action| app.is_possible_in_screen(action))
}

/// Whether the last two rows, where notices stand, tell all of a text.
fn tells(desk: &Desk, text: &str) -> bool {
    let (lines, _) = desk.screen();
    let rows = lines.iter().rev().take(2).rev().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    squeeze(text).split(' ').all(|word| rows.contains(word))
}

#[test]
fn the_folder_is_opened_from_everywhere_and_what_came_of_it_is_told() {
    for (lang, _) in LANGS {
        for keys in [&[][..], &["Esc"]] {
            let mut desk = Desk::sample(80, 24, lang);
            desk.press(keys);
            choose(&mut desk, if lang == Lang::English { "open folder" } else { "mo thu muc" });
            assert_eq!(desk.effects.last(), Some(&Effect::OpenFolder), "{}", desk.text());
            desk.tell(Msg::FolderOpened("/nhà/exports".into()));
            assert!(tells(&desk, &fill(words(&desk).opened, &["/nhà/exports"])), "{}", desk.text());
            desk.tell(Msg::NothingExported);
            assert!(tells(&desk, &fill(words(&desk).nothing_exported, &["Ctrl+E"])), "{}", desk.text());
        }
    }
}

#[test]
fn one_stick_is_gone_to_at_once() {
    for (lang, _) in LANGS {
        let mut desk = Desk::sample(80, 24, lang);
        choose(&mut desk, if lang == Lang::English { "copy to usb" } else { "chep ra usb" });
        assert_eq!(desk.effects.last(), Some(&Effect::FindSticks));
        desk.tell(sticks(&["KINGSTON"]));
        let (stick, generation) = copying(&desk).unwrap();
        assert_eq!(stick, "/media/lan/KINGSTON");
        desk.tell(Msg::Work { generation, news: News::Percent(40) });
        assert!(tells(&desk, &fill(words(&desk).copying, &["40", "Esc"])), "{}", desk.text());
        let lines = ["Đã chép", "Ở thư mục /media/lan/KINGSTON/hoinghi"].map(str::to_owned).to_vec();
        desk.tell(done(generation, Msg::CopiedOut(lines)));
        assert!(desk.app.work.is_none());
        assert!(matches!(desk.app.dialog, Some(Dialog::Pages(_))), "{}", desk.text());
        assert!(desk.text().contains("/media/lan/KINGSTON/hoinghi"), "{}", desk.text());
    }
}

#[test]
fn no_stick_is_said_and_of_several_one_is_chosen() {
    for (lang, code) in LANGS {
        let mut desk = Desk::sample(60, 20, lang);
        choose(&mut desk, "usb");
        desk.tell(sticks(&[]));
        assert!(tells(&desk, words(&desk).no_stick), "{}", desk.text());
        assert_eq!(desk.app.work, None);
        choose(&mut desk, "usb");
        desk.tell(sticks(&["KINGSTON", "Văn bản"]));
        picture(&format!("taken_stick_60x20_{code}"), &desk);
        desk.press(&["Esc"]);
        assert_eq!(copying(&desk), None);
        choose(&mut desk, "usb");
        desk.tell(sticks(&["KINGSTON", "Văn bản"]));
        desk.type_text("van").press(&["Enter"]);
        assert_eq!(copying(&desk).unwrap().0, "/media/lan/Văn bản");
    }
}

#[test]
fn it_is_given_up_with_esc_and_nothing_else_is_begun_meanwhile() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    choose(&mut desk, "chep ra usb");
    desk.tell(sticks(&["KINGSTON"]));
    let (_, generation) = copying(&desk).unwrap();
    choose(&mut desk, "chep ra usb");
    assert!(copying(&desk).is_some(), "nothing was looked for");
    assert!(desk.text().contains("Việc trước chưa xong"), "{}", desk.text());
    desk.press(&["Esc"]);
    assert_eq!(desk.effects.last(), Some(&Effect::GiveUp));
    desk.tell(Msg::Work { generation, news: News::GivenUp });
    assert!(desk.text().contains("Đã hủy"), "{}", desk.text());
}

#[test]
fn a_line_that_is_being_typed_keeps_its_letters_when_the_copy_is_done() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    choose(&mut desk, "chep ra usb");
    desk.tell(sticks(&["KINGSTON"]));
    let (_, generation) = copying(&desk).unwrap();
    desk.press(&["F6"]).type_text("con dấu");
    let first = fill(words(&desk).copied, &["22"]);
    desk.tell(done(generation, Msg::CopiedOut(vec![first.clone(), "Ở thư mục".to_owned()])));
    assert!(desk.app.dialog.is_none() && tells(&desk, &first), "{}", desk.text());
    desk.type_text(" cũ");
    assert_eq!(desk.app.session().unwrap().capture.editor.text(), "con dấu cũ");
}

#[test]
fn they_are_offered_at_the_hosts_screen_and_a_copy_to_whoever_decides_about_a_session() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    assert_eq!(is_offered(&desk.app), [true, true]);
    desk.app.role = Role::NoteTaker;
    assert_eq!(is_offered(&desk.app), [true, false]);
    desk.app.role = Role::Chair;
    assert_eq!(is_offered(&desk.app), [true, true]);
    desk.press(&["Esc"]);
    assert_eq!(is_offered(&desk.app), [true, false], "no session is open");
    for keys in [&[][..], &["Enter"]] {
        desk.press(keys);
        desk.app.sit_as_guest();
        assert_eq!(is_offered(&desk.app), [false, false]);
        for name in ["mo thu muc", "chep ra usb"] {
            let before = desk.effects.len();
            choose(&mut desk, name);
            assert!(desk.text().contains("Chỉ ở màn hình máy chính"), "{}", desk.text());
            desk.press(&["Esc"]);
            let asked = desk.effects.get(before..).unwrap().iter();
            assert_eq!(
                asked.filter(|effect| matches!(effect, Effect::OpenFolder | Effect::FindSticks)).count(),
                0
            );
        }
    }
}

#[test]
fn every_sentence_is_read_whole_in_the_smallest_window() {
    for (lang, _) in LANGS {
        let words = &lang.strings().papers.taking;
        let copied = fill(words.copied, &["22"]);
        let missing = fill(words.nothing_exported, &["Ctrl+E"]);
        let all =
            [words.no_stick, words.no_table, words.gone, words.full, words.read_only, &copied, &missing];
        for text in all {
            let mut desk = Desk::sample(60, 20, lang);
            desk.tell(Msg::Failed(text.to_owned()));
            assert!(tells(&desk, text), "{text}\n{}", desk.text());
        }
    }
}
