//! What a person does with the keys, told as a person would tell it: one test a thing that can be done.

use hoinghi::{
    app::{panes::PaneId, session::Focus},
    domain::{
        agenda,
        command::Command,
        difficulty,
        edit::Edit,
        field::{self, set},
        kind::{Kind, SessionState},
        policy,
        record::Record,
    },
    i18n::Lang,
};

mod staying;

use super::session;
use crate::support::desk::{Answering, Desk};

fn sample() -> Desk {
    Desk::sample(120, 40, Lang::Vietnamese)
}

fn texts(desk: &Desk, kind: Kind) -> Vec<String> {
    let seat = desk.app.session().expect("a session is open");
    difficulty::main_of(&seat.board, kind).into_iter().map(|record| record.wording().to_owned()).collect()
}

fn selected(desk: &Desk) -> Record {
    desk.app.session().unwrap().selected().expect("something is selected").clone()
}

fn focus(desk: &Desk) -> Focus {
    desk.app.session().unwrap().focus
}

fn sees(desk: &Desk, text: &str) {
    assert!(desk.text().contains(text), "{text:?} is not on the screen\n{}", desk.text());
}

fn misses(desk: &Desk, text: &str) {
    assert!(!desk.text().contains(text), "{text:?} is on the screen\n{}", desk.text());
}

mod wizard {
    use super::*;

    #[test]
    fn what_is_wrong_is_said_and_the_form_stays() {
        let mut desk = Desk::empty(100, 30, Lang::Vietnamese);
        desk.press(&["Ctrl+N", "Tab", "Ctrl+U"]).type_text("5");
        desk.press(&["Tab"; 10]).press(&["Enter"]);
        sees(&desk, "Chưa có tên chuyên đề");
        desk.type_text("Chuyển sinh hoạt");
        desk.press(&["Tab"; 11]).press(&["Enter"]);
        sees(&desk, "Quý phải từ 1 đến 4");
        desk.press(&["Backspace"]).type_text("1");
        desk.press(&["Tab", "Tab", "Ctrl+U"]).type_text("30/2/2023");
        desk.press(&["Tab"; 8]).press(&["Enter"]);
        sees(&desk, "Ngày không hợp lệ: 30/2/2023");
        desk.press(&["Ctrl+U"]).type_text("10/3/2023");
        desk.press(&["Tab"; 8]).press(&["Enter"]);
        assert_eq!(desk.app.session().map(|seat| seat.pane), Some(PaneId::Difficulties));
    }

    #[test]
    fn esc_keeps_the_form_and_so_do_help_palette_and_the_end_of_the_program() {
        let mut desk = Desk::empty(100, 30, Lang::Vietnamese);
        desk.press(&["Ctrl+N"]).type_text("Chuyển sinh hoạt");
        for key in ["F1", "F9", "Ctrl+K"] {
            desk.press(&[key, "Esc"]);
            sees(&desk, "Lập hội nghị");
            sees(&desk, "Chuyển sinh hoạt");
        }
        desk.press(&["F12", "F12"]);
        sees(&desk, "Chuyển sinh hoạt");
        sees(&desk.restarted(), "Chuyển sinh hoạt");
        desk.press(&["Esc"]);
        misses(&desk, "Chuyển sinh hoạt");
        sees(desk.press(&["Ctrl+N"]), "Chuyển sinh hoạt");
    }

    #[test]
    fn a_session_that_could_not_be_written_gives_the_form_back() {
        let mut desk = Desk::empty(100, 30, Lang::Vietnamese);
        desk.answering = Answering::Failing;
        desk.press(&["Ctrl+N"]).type_text("Chuyển sinh hoạt");
        desk.press(&["Tab"; 11]).press(&["Enter"]);
        sees(&desk, "Đĩa đầy");
        sees(&desk, "Chuyển sinh hoạt");
        desk.deliver();
        desk.press(&["Enter"]);
        assert!(desk.app.session().is_some());
    }

    #[test]
    fn a_proposed_number_or_date_gives_way_to_what_is_typed_and_words_do_not() {
        let mut desk = Desk::empty(100, 30, Lang::Vietnamese);
        desk.press(&["Ctrl+N"])
            .type_text("Tên")
            .press(&["Tab"])
            .type_text("3")
            .press(&["Tab"])
            .type_text("2024");
        desk.press(&["Tab"]).type_text("5/9/2024").press(&["Tab", "Tab"]).type_text("Hội trường");
        desk.press(&["Tab", "Shift+Tab"]).type_text(" lớn").press(&["Tab"; 6]).press(&["Enter"]);
        let header = &desk.app.catalogue.sessions()[0];
        assert_eq!(
            (header.quarter, header.date),
            (Some((2024, 3)), chrono::NaiveDate::from_ymd_opt(2024, 9, 5))
        );
        let root = desk.app.session().unwrap().board.scope().root();
        let session = desk.app.session().unwrap().board.record(root).unwrap().clone();
        assert_eq!(
            (session.text(&field::PLACE), session.text(&field::LOCALITY)),
            (Some("Hội trường lớn"), None)
        );
        desk.press(&["F9"]).type_text("cac hoi nghi").press(&["Enter", "Ctrl+N"]);
        assert_eq!(
            desk.text().matches("Hội trường lớn").count(),
            1,
            "a hall is no locality\n{}",
            desk.text()
        );
    }

    #[test]
    fn arrows_go_from_field_to_field() {
        let mut desk = Desk::empty(100, 30, Lang::Vietnamese);
        desk.press(&["Ctrl+N", "Down", "Ctrl+U"]).type_text("2").press(&["Up"]).type_text("Tên");
        desk.press(&["Tab"; 11]).press(&["Enter"]);
        let header = &desk.app.catalogue.sessions()[0];
        assert_eq!((header.title.as_str(), header.quarter), ("Tên", Some((2023, 2))));
    }
}

mod records {
    use super::*;

    #[test]
    fn an_item_is_added_edited_moved_removed_and_brought_back() {
        let mut desk = session(120, 40);
        desk.press(&["F2", "End", "Ctrl+N", "Enter"]).type_text("Thăm quan").press(&["Enter"]);
        assert_eq!(selected(&desk).wording(), "Thăm quan");
        desk.press(&["Right", "Down", "Enter", "Ctrl+U"]).type_text("25").press(&["Enter"]);
        assert_eq!(agenda::planned(&selected(&desk)), 25);
        sees(&desk, "25 phút");
        desk.press(&["Esc", "Ctrl+Up", "Ctrl+Up"]);
        let seat = desk.app.session().unwrap();
        let place = agenda::ordinal(&seat.board, selected(&desk).id);
        assert_eq!(place, Some(8));
        desk.press(&["Ctrl+Down"]);
        assert_eq!(agenda::ordinal(&desk.app.session().unwrap().board, selected(&desk).id), Some(9));
        desk.press(&["Delete"]);
        sees(&desk, "Đã bỏ mục chương trình “Thăm quan”. Ctrl+Z để hoàn tác");
        desk.press(&["Ctrl+R"]).type_text("tham").press(&["Enter"]);
        sees(&desk, "Thăm quan");
    }

    #[test]
    fn a_number_that_is_none_is_not_taken_and_stays() {
        let mut desk = session(120, 40);
        desk.press(&["F2", "End", "Right", "Down", "Enter", "Ctrl+U"]).type_text("nhiều").press(&["Enter"]);
        sees(&desk, "Không phải số phút: nhiều");
        assert_eq!(focus(&desk), Focus::Editing);
    }

    #[test]
    fn tab_stores_a_field_and_goes_on_to_the_next() {
        let mut desk = sample();
        desk.press(&["F5"]);
        while selected(&desk).kind() != Some(Kind::Recommendation) {
            desk.press(&["Down"]);
        }
        desk.press(&["Right", "Down", "Down", "Enter", "Ctrl+U"]).type_text("Thành ủy").press(&["Tab"]);
        assert_eq!(selected(&desk).text(&field::ADDRESSEE), Some("Thành ủy"));
        assert_eq!(focus(&desk), Focus::Detail(3));
    }

    #[test]
    fn a_solution_is_added_to_the_selected_difficulty_and_answers_it() {
        let mut desk = sample();
        let before = desk.app.session().unwrap().figures.unanswered;
        let open = desk.app.session().unwrap().board.unanswered().next().unwrap().id;
        while selected(&desk).id != open {
            desk.press(&["Down"]);
        }
        desk.press(&["Ctrl+N"]).type_text("giai phap").press(&["Enter"]);
        desk.type_text("Lập đầu mối").press(&["Enter"]);
        assert!(texts(&desk, Kind::Solution).contains(&"Lập đầu mối".to_owned()));
        assert_eq!(desk.app.session().unwrap().figures.unanswered, before - 1);
    }

    #[test]
    fn links_are_made_and_ended_from_the_difficulty() {
        let mut desk = sample();
        let id = selected(&desk).id;
        desk.press(&["Ctrl+L", "Enter"]);
        let answers = |desk: &Desk| {
            let seat = desk.app.session().unwrap();
            let all = seat.board.records();
            all.filter(|record| record.linked(set::ANSWERS).any(|to| to == id)).count()
        };
        let first = answers(&desk);
        desk.press(&["Enter"]);
        assert_eq!(answers(&desk).abs_diff(first), 1, "the list stays open, so that more can be chosen");
    }

    #[test]
    fn a_chosen_field_shows_what_holds_and_takes_another() {
        let mut desk = sample();
        desk.press(&["Right", "Down", "Enter"]).type_text("ton tai").press(&["Enter"]);
        assert_eq!(selected(&desk).text(&field::NATURE), Some("shortcoming"));
    }

    #[test]
    fn pasted_paragraphs_become_paragraphs() {
        let mut desk = session(120, 40);
        desk.press(&["F3", "Ctrl+N"]).type_text("Thực trạng").press(&["Enter", "Ctrl+N", "Enter"]);
        desk.paste("Đoạn một\nĐoạn hai\n\nĐoạn ba").press(&["Enter"]);
        let seat = desk.app.session().unwrap();
        let paragraphs: Vec<&str> = seat.board.of_kind(Kind::Paragraph).iter().map(|p| p.wording()).collect();
        assert_eq!(paragraphs, ["Đoạn một", "Đoạn hai", "Đoạn ba"]);
    }

    #[test]
    fn what_is_merged_is_found_under_what_stands_for_it() {
        let mut desk = sample();
        desk.press(&["Space", "Ctrl+G"]);
        let into = selected(&desk);
        desk.press(&["F2", "Ctrl+K"]).type_text(into.short_number().unwrap()).press(&["Enter"]);
        assert_eq!(selected(&desk).id, into.id);
    }

    #[test]
    fn the_quarter_can_be_corrected() {
        let mut desk = session(120, 40);
        desk.press(&["F2", "Home", "Right", "End", "Enter", "Ctrl+U"]).type_text("II/2024").press(&["Enter"]);
        assert_eq!(desk.app.catalogue.sessions()[0].quarter, Some((2024, 2)));
        sees(&desk, "Quý II/2024");
    }
}

mod capture {
    use super::*;

    #[test]
    fn the_room_is_the_one_at_the_first_letter() {
        let mut desk = session(120, 40);
        desk.press(&["F2", "Alt+9", "F6", "Ctrl+O"]).type_text("q3").press(&["Enter"]);
        desk.type_text("con dấu");
        sees(&desk, "Ghi nhanh · Q3 · mục 1");
        let item = agenda::current(&desk.app.session().unwrap().board).map(|item| item.id);
        let session = desk.app.session().unwrap();
        let next = session.board.of_kind(Kind::AgendaItem)[1].id;
        desk.foreign(Command::StartItem { record: Some(next) });
        desk.type_text(" cũ").press(&["Enter"]);
        let seat = desk.app.session().unwrap();
        let note = difficulty::main_of(&seat.board, Kind::Note)[0];
        assert_eq!(note.wording(), "con dấu cũ");
        assert_eq!(note.link(&field::ITEM), item);
        sees(&desk, "Ghi nhanh · Q3 · mục 2");
    }

    #[test]
    fn codes_say_unit_kind_weight_tags_and_to_whom() {
        let mut desk = session(120, 40);
        desk.press(&["F6"]).type_text("q1 vm con dấu cũ !! #hồsơ ??");
        sees(&desk, "Ghi nhanh · Q1 · vướng mắc");
        desk.press(&["Enter"]).type_text("kn liên thông dữ liệu >Thành ủy").press(&["Enter"]);
        let seat = desk.app.session().unwrap();
        let difficulty = difficulty::main_of(&seat.board, Kind::Difficulty)[0];
        assert_eq!(difficulty.wording(), "con dấu cũ");
        assert_eq!((difficulty::weight(difficulty), difficulty.flag(&field::CHECK_LATER)), (2, true));
        assert_eq!(difficulty.members(set::TAG).collect::<Vec<_>>(), ["hồsơ"]);
        let asked = difficulty::main_of(&seat.board, Kind::Recommendation)[0];
        assert_eq!(asked.text(&field::ADDRESSEE), Some("Thành ủy"));
    }

    #[test]
    fn tab_completes_a_code_or_says_which_there_are() {
        let mut desk = session(120, 40);
        desk.press(&["F6"]).type_text("q").press(&["Tab"]);
        sees(&desk, "Mã: Q1  Q3");
        desk.type_text("3")
            .press(&["Tab"])
            .type_text("v")
            .press(&["Tab"])
            .type_text("con dấu")
            .press(&["Enter"]);
        assert_eq!(texts(&desk, Kind::Difficulty), ["con dấu"]);
    }

    #[test]
    fn the_line_opens_from_every_pane_and_from_a_field_whose_text_survives() {
        let mut desk = sample();
        for pane in ["F2", "F3", "F4", "F5", "Alt+5", "Alt+6", "Ctrl+T"] {
            desk.press(&[pane, "F6"]).type_text("dòng").press(&["Enter", "Esc"]);
            assert_eq!(focus(&desk), Focus::List);
        }
        assert_eq!(texts(&desk, Kind::Note).iter().filter(|text| *text == "dòng").count(), 7);
        desk.press(&["F4", "Right", "Enter"])
            .type_text(" thêm")
            .press(&["F6"])
            .type_text("chen")
            .press(&["Enter"]);
        desk.press(&["Esc"]);
        assert_eq!(focus(&desk), Focus::Editing);
        desk.press(&["Enter"]);
        assert!(selected(&desk).wording().ends_with(" thêm"));
    }

    #[test]
    fn the_list_follows_the_lines_and_goes_back_to_its_selection() {
        let mut desk = session(80, 24);
        desk.press(&["F4", "F6"]);
        for number in 1..30 {
            desk.type_text(&format!("dòng số {number}")).press(&["Enter"]);
            sees(&desk, &format!("dòng số {number}"));
        }
        desk.press(&["Esc"]);
        sees(&desk, "dòng số 1 ");
    }

    #[test]
    fn pasted_lines_wait_for_their_enter() {
        let mut desk = session(120, 40);
        desk.press(&["F2", "Alt+9", "F6"]).paste("một\r\nhai\n\nba");
        sees(&desk, "còn 2 dòng chờ ghi");
        desk.press(&["Enter"]);
        sees(&desk, "hai");
        desk.press(&["Enter", "Enter", "Enter"]);
        assert_eq!(texts(&desk, Kind::Note), ["một", "hai", "ba"]);
        let seat = desk.app.session().unwrap();
        let notes = difficulty::main_of(&seat.board, Kind::Note);
        assert!(notes.iter().all(|note| note.link(&field::ITEM).is_some()));
        sees(&desk, "Dòng trống, chưa ghi gì");
    }

    #[test]
    fn an_emptied_line_lets_the_next_one_through() {
        let mut desk = session(120, 40);
        desk.press(&["F6"]).paste("một\nhai").press(&["Ctrl+U", "Enter", "Enter"]);
        assert_eq!(texts(&desk, Kind::Note), ["hai"]);
    }

    #[test]
    fn lines_of_one_burst_keep_their_order() {
        let mut desk = session(120, 40);
        desk.press(&["F6"]).burst("một⏎hai⏎ba⏎");
        assert_eq!(texts(&desk, Kind::Note), ["một"]);
        desk.press(&["Enter", "Enter"]);
        assert_eq!(texts(&desk, Kind::Note), ["một", "hai", "ba"]);
    }

    #[test]
    fn a_refused_line_comes_back_and_does_not_disturb_the_next() {
        let mut desk = session(120, 40);
        desk.press(&["F6"]);
        desk.answering = Answering::Refusing;
        desk.type_text("con dấu").press(&["Enter"]);
        sees(&desk, "Chưa ghi được, chữ vẫn còn");
        sees(&desk, "│ con dấu");
        desk.answering = Answering::Failing;
        desk.press(&["Enter"]);
        sees(&desk, "Đĩa đầy");
        sees(&desk, "CHƯA LƯU, chữ vẫn còn");
        sees(&desk, "│ con dấu");
        desk.deliver();
        desk.press(&["Enter"]);
        sees(&desk, "Đã lưu");
        assert_eq!(texts(&desk, Kind::Note), ["con dấu"]);
    }

    #[test]
    fn a_line_refused_while_the_next_is_typed_waits_behind_it() {
        let mut desk = session(120, 40);
        desk.press(&["F6"]);
        desk.answering = Answering::Later;
        desk.type_text("một").press(&["Enter"]).type_text("ha");
        desk.deliver_as(Answering::Refusing);
        desk.type_text("i").press(&["Enter", "Enter"]);
        assert_eq!(texts(&desk, Kind::Note), ["hai", "một"]);
    }

    #[test]
    fn a_text_refused_after_the_person_went_home_is_there_on_return() {
        let mut desk = session(120, 40);
        desk.press(&["F6"]);
        desk.answering = Answering::Later;
        desk.type_text("con dấu").press(&["Enter", "Esc", "Esc"]);
        desk.deliver_as(Answering::Failing);
        desk.press(&["Enter", "F6"]);
        sees(&desk, "│ con dấu");
    }
}

mod triage {
    use super::*;

    #[test]
    fn digits_say_what_lines_are_and_the_next_one_comes_up() {
        let mut desk = session(120, 40);
        desk.press(&["F6"]);
        for text in ["a", "b", "c"] {
            desk.type_text(text).press(&["Enter"]);
        }
        desk.press(&["Esc", "Ctrl+T", "1"]);
        assert_eq!(texts(&desk, Kind::Difficulty), ["a"]);
        desk.press(&["5"]);
        assert_eq!(texts(&desk, Kind::Solution).len(), 1);
        assert_eq!(texts(&desk, Kind::Note).len(), 1);
    }

    #[test]
    fn a_line_is_split_at_the_cursor() {
        let mut desk = session(120, 40);
        desk.press(&["F6"]).type_text("việc a việc b").press(&["Enter", "Esc", "Ctrl+T", "Ctrl+B"]);
        sees(&desk, "Đưa con trỏ tới chỗ tách rồi Enter");
        desk.press(&["Home"]).press(&["Right"; 7]).press(&["Enter"]);
        assert_eq!(texts(&desk, Kind::Note), ["việc a", "việc b"]);
    }

    #[test]
    fn marked_lines_are_merged_and_taken_apart_again() {
        let mut desk = session(120, 40);
        desk.press(&["F6"]);
        for text in ["a", "b", "c"] {
            desk.type_text(text).press(&["Enter"]);
        }
        desk.press(&["Esc", "Ctrl+G"]);
        sees(&desk, "Chọn các dòng cần gộp");
        desk.press(&["Home", "Space", "Space", "Ctrl+G"]);
        assert_eq!(texts(&desk, Kind::Note), ["c"]);
        sees(&desk, "Các ý đã gộp");
        desk.press(&["F9"]).type_text("bo gop").press(&["Enter", "Enter"]);
        assert_eq!(texts(&desk, Kind::Note).len(), 2);
    }

    #[test]
    fn a_refused_merge_leaves_the_marks() {
        let mut desk = session(120, 40);
        desk.press(&["F6"])
            .type_text("a")
            .press(&["Enter"])
            .type_text("b")
            .press(&["Enter", "Esc", "Home", "Space"]);
        desk.answering = Answering::Refusing;
        desk.press(&["Ctrl+G"]);
        assert_eq!(desk.app.session().unwrap().marked.len(), 1);
    }

    #[test]
    fn a_line_is_attached_to_the_one_above_and_gets_another_speaker() {
        let mut desk = session(120, 40);
        desk.press(&["F6"]).type_text("a").press(&["Enter"]).type_text("b").press(&["Enter"]);
        desk.press(&["Esc", "Ctrl+T", "End", "Ctrl+A"]);
        assert_eq!(texts(&desk, Kind::Note).len(), 1);
        desk.press(&["Ctrl+O"]).type_text("q3").press(&["Enter"]);
        sees(&desk, "Người nói: Q3");
    }
}

mod changes {
    use super::*;

    #[test]
    fn undo_and_redo_name_what_they_do() {
        let mut desk = session(120, 40);
        desk.press(&["F6"]).type_text("a").press(&["Enter", "Ctrl+Z"]);
        sees(&desk, "Đã hoàn tác: Lan ghi GN-01");
        assert_eq!(texts(&desk, Kind::Note).len(), 0);
        desk.press(&["Ctrl+Y"]);
        sees(&desk, "Đã làm lại: Lan ghi ");
        assert_eq!(texts(&desk, Kind::Note), ["a"]);
        desk.press(&["Ctrl+Z"]);
        sees(&desk, "Đã hoàn tác: Lan ghi GN-01");
        assert_eq!(texts(&desk, Kind::Note).len(), 0);
    }

    #[test]
    fn undo_does_not_overtake_what_is_on_its_way() {
        let mut desk = session(120, 40);
        desk.press(&["F6"]).type_text("a").press(&["Enter"]);
        desk.answering = Answering::Later;
        desk.type_text("b").press(&["Enter", "Ctrl+Z"]);
        sees(&desk, "Đang ghi");
        desk.deliver();
        assert_eq!(texts(&desk, Kind::Note), ["a", "b"]);
    }

    #[test]
    fn history_is_sentences_in_both_languages() {
        let mut desk = session(120, 40);
        desk.press(&["F6"]).type_text("q1 kk con dấu").press(&["Enter", "Esc", "Alt+7"]);
        sees(&desk, "Nhật ký thay đổi · KK-01");
        sees(&desk, "Lan ghi KK-01");
        desk.press(&["Esc", "Alt+8"]);
        sees(&desk, "Lan lập hội nghị");
        desk.press(&["Esc", "F9"]).type_text("english").press(&["Enter", "Alt+8"]);
        sees(&desk, "Lan recorded KK-01");
    }

    #[test]
    fn another_persons_edit_is_not_overwritten_silently() {
        for (choice, expected) in [
            ("Giữ của tôi", "mới của tôi"),
            ("Lấy bản mới", "mới của Minh"),
            ("Giữ cả hai", "mới của Minh\nmới của tôi"),
        ] {
            let mut desk = sample();
            let record = selected(&desk);
            desk.press(&["Right", "Enter", "Ctrl+U"]).type_text("mới của tôi");
            let edit = Edit::Text("mới của Minh".into());
            assert!(desk.foreign(Command::Edit { record: record.id, seen: record.seen(&field::TEXT), edit }));
            sees(&desk, "mới của tôi");
            desk.press(&["Enter"]);
            sees(&desk, "Người khác vừa sửa chỗ này; chữ của bạn vẫn còn");
            assert_eq!(selected(&desk).wording(), "mới của Minh");
            desk.press(&["Enter"]).type_text(choice).press(&["Enter"]);
            if choice == "Giữ cả hai" {
                desk.press(&["Enter"]);
            }
            assert_eq!(selected(&desk).wording(), expected);
            assert!(!desk.app.session().unwrap().has_unsaved());
        }
    }

    #[test]
    fn a_choice_made_on_an_old_value_is_not_made() {
        let mut desk = sample();
        let record = selected(&desk);
        desk.press(&["Right", "Down", "Enter"]);
        let edit = Edit::Nature(hoinghi::domain::kind::DifficultyNature::Obstacle);
        desk.foreign(Command::Edit { record: record.id, seen: record.seen(&field::NATURE), edit });
        desk.type_text("ton tai").press(&["Enter"]);
        sees(&desk, "Người khác vừa sửa chỗ này, chưa làm gì");
        assert_eq!(selected(&desk).text(&field::NATURE), Some("obstacle"));
    }

    #[test]
    fn closing_says_what_is_unanswered() {
        let mut desk = sample();
        desk.press(&["F9"])
            .type_text("trang thai hoi nghi")
            .press(&["Enter"])
            .type_text("be mac")
            .press(&["Enter"])
            .type_text("van be mac")
            .press(&["Enter"]);
        assert_eq!(policy::session_state(&desk.app.session().unwrap().board), SessionState::Closed);
        sees(&desk, "Đã bế mạc. Còn");
    }
}
