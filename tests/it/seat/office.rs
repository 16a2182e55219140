//! What an office settles once: who records, how deep the minutes go.

use hoinghi::{
    app::{
        Asking,
        effect::Effect,
        msg::{Listed, Msg, News, ReadKeynote},
    },
    document::Depth,
    domain::{ids::RecordId, keynote, kind::Kind},
    i18n::Lang,
    text::legacy::Legacy,
};

use crate::support::desk::{Answering, Desk};

/// A seat whose person nobody has asked for a name, with the theme typed into the first form.
fn unnamed() -> Desk {
    let mut desk = Desk::empty(100, 30, Lang::Vietnamese);
    desk.app.asking = Asking::Offering;
    desk.press(&["Ctrl+N"]).type_text("Chuyển sinh hoạt");
    desk
}

/// Who made the open session.
fn made_by(desk: &Desk) -> String {
    let board = &desk.app.session().expect("a session is open").board;
    board.changes().next().unwrap().header.author.name.to_string()
}

#[test]
fn the_first_form_asks_who_records_and_the_answer_counts_at_once() {
    let mut desk = unnamed();
    assert!(desk.text().contains("Người ghi            Lan"), "{}", desk.text());
    desk.press(&["Tab"; 10]).press(&["Ctrl+U"]).type_text("Nguyễn Mai").press(&["Tab", "Tab", "Enter"]);
    assert_eq!(made_by(&desk), "Nguyễn Mai");
    let named = desk.effects.iter().filter(|effect| matches!(effect, Effect::Author { .. }));
    assert_eq!(named.count(), 1);
    desk.press(&["F6"]).type_text("một câu").press(&["Enter"]);
    let board = &desk.app.session().unwrap().board;
    assert_eq!(
        board.history_of(board.of_kind(Kind::Note)[0].id)[0].header.author.name.as_ref(),
        "Nguyễn Mai"
    );
    desk.press(&["Esc", "Esc", "Esc", "Ctrl+N"]);
    assert!(
        desk.text().contains("Lập hội nghị mới") && !desk.text().contains("Người ghi"),
        "{}",
        desk.text()
    );
}

#[test]
fn the_name_offered_is_an_answer_too_and_none_is_no_obstacle() {
    let mut desk = unnamed();
    desk.press(&["Tab"; 12]).press(&["Enter"]);
    assert!(matches!(&desk.effects[0], Effect::Author { name, .. } if name == "Lan"), "{:?}", desk.effects);
    assert_eq!(desk.app.asking, Asking::No);

    let mut desk = unnamed();
    desk.press(&["Tab"; 10]).press(&["Ctrl+U", "Tab", "Tab", "Enter"]);
    assert_eq!(made_by(&desk), "Lan");
    assert_eq!(desk.app.asking, Asking::Offering, "asked again another time");
}

#[test]
fn where_nobody_is_known_nothing_is_offered_and_a_name_is_asked_for() {
    let mut desk = Desk::empty(80, 24, Lang::Vietnamese);
    desk.app.asking = Asking::Needing;
    desk.press(&["Ctrl+N"]).type_text("Chuyển sinh hoạt");
    assert!(!desk.text().contains("Lan"), "{}", desk.text());
    desk.press(&["Tab"; 12]).press(&["Enter"]);
    assert!(desk.text().contains("Chưa có tên người ghi"), "{}", desk.text());
    desk.type_text("Nguyễn Mai").press(&["Tab", "Tab", "Enter"]);
    assert_eq!(made_by(&desk), "Nguyễn Mai");
}

#[test]
fn a_name_that_could_not_be_written_leaves_the_form_as_it_is() {
    let mut desk = unnamed();
    desk.answering = Answering::Failing;
    desk.press(&["Tab"; 12]).press(&["Enter"]);
    assert!(desk.text().contains("Đĩa đầy") && desk.text().contains("Chuyển sinh hoạt"), "{}", desk.text());
    desk.answering = Answering::AtOnce;
    desk.press(&["Enter"]);
    assert_eq!(made_by(&desk), "Lan");
}

#[test]
fn a_half_filled_form_keeps_the_question_while_nobody_has_answered() {
    let mut desk = unnamed();
    desk.press(&["Tab"; 11]);
    let kept = serde_json::to_vec(&desk.app.seat()).unwrap();
    for asks in [true, false] {
        let mut again = Desk::empty(100, 30, Lang::Vietnamese);
        again.app.asking = if asks { Asking::Offering } else { Asking::No };
        again.app.resume(serde_json::from_slice(&kept).unwrap());
        assert!(again.text().contains("Chuyển sinh hoạt"));
        assert_eq!(again.text().contains("Người ghi"), asks);
        again.type_text("Q1 Quận 1").press(&["Tab", "Enter"]);
        assert_eq!(
            again.app.session().unwrap().board.of_kind(Kind::Unit).len(),
            1,
            "the field typed in stays"
        );
    }
}

#[test]
fn the_palette_writes_minutes_of_each_depth() {
    let mut desk = Desk::sample(100, 30, Lang::Vietnamese);
    let scope = desk.app.session().unwrap().scope();
    for (name, depth) in [
        ("xuat van ban", Depth::Full),
        ("dien bien chinh", Depth::MainCourse),
        ("chi ghi ket luan", Depth::ConclusionsOnly),
    ] {
        desk.press(&["F9"]).type_text(name).press(&["Enter"]);
        let generation = desk.app.work.unwrap().generation;
        assert_eq!(desk.effects.last(), Some(&Effect::Export { generation, scope, depth }));
        desk.tell(Msg::Work { generation, news: News::GivenUp });
    }
}

#[test]
fn a_keynote_is_chosen_among_files_taken_in_by_one_change_and_reported() {
    let mut desk = Desk::sample(100, 30, Lang::Vietnamese);
    let sections = |desk: &Desk| keynote::sections(&desk.app.session().unwrap().board).len();
    let before = sections(&desk);
    desk.press(&["F9"]).type_text("nhap bao cao").press(&["Enter"]);
    let asked = |desk: &Desk| match desk.effects.last() {
        Some(Effect::ListFiles { generation, typed }) => (*generation, typed.clone()),
        other => panic!("{other:?}"),
    };
    let (generation, typed) = asked(&desk);
    assert_eq!(typed, "~/");
    let listed =
        |name: &str, is_folder| Listed { name: name.into(), path: format!("/nhà/{name}"), is_folder };
    let files = vec![listed("quý 1", true), listed("đề dẫn.txt", false)];
    desk.tell(Msg::Files { generation: generation - 1, files: vec![listed("cũ", false)] });
    desk.tell(Msg::Files { generation, files });
    assert!(desk.text().contains("quý 1/") && !desk.text().contains("cũ"), "{}", desk.text());
    desk.press(&["Enter"]);
    let (generation, typed) = asked(&desk);
    assert_eq!(typed, "/nhà/quý 1/");
    desk.tell(Msg::Files { generation, files: vec![listed("đề dẫn.txt", false)] });
    desk.press(&["Enter"]);
    let scope = desk.app.session().unwrap().scope();
    let generation = desk.app.work.unwrap().generation;
    let path = "/nhà/đề dẫn.txt".into();
    assert_eq!(desk.effects.last(), Some(&Effect::ReadKeynote { generation, scope, path }));
    let read = ReadKeynote {
        sections: vec![
            (String::new(), vec!["Một".into()]),
            ("Thực trạng".into(), vec!["Hai".into(), "Ba".into()]),
        ],
        converted: None,
        report: vec!["Không đưa vào (đường kẻ): dòng 3: ---".into()],
    };
    desk.tell(Msg::Keynote { scope, read });
    assert!(desk.text().contains("2 mục, 3 đoạn") && desk.text().contains("dòng 3: ---"), "{}", desk.text());
    assert_eq!(sections(&desk), before + 2);
    desk.press(&["Esc"]);
    assert!(desk.text().contains("Thực trạng"), "{}", desk.text());
    desk.press(&["Ctrl+Z"]);
    assert_eq!(sections(&desk), before);
}

#[test]
fn long_work_tells_how_far_it_is_and_is_given_up_with_esc() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["F9"]).type_text("xuat van ban").press(&["Enter"]);
    let generation = desk.app.work.unwrap().generation;
    desk.tell(Msg::Work { generation, news: News::Percent(40) });
    assert!(desk.text().contains("Đang xuất văn bản 40% (Esc để hủy)"), "{}", desk.text());
    desk.press(&["Down", "F6"]).type_text("vẫn ghi được").press(&["Enter", "Esc"]);
    assert!(desk.app.work.is_some_and(|work| !work.given_up), "Esc left the line and nothing more");
    desk.press(&["F9"]).type_text("xuat van ban").press(&["Enter"]);
    assert!(desk.text().contains("Việc trước chưa xong"), "{}", desk.text());
    desk.press(&["Esc"]);
    assert_eq!(desk.effects.last(), Some(&Effect::GiveUp));
    assert!(desk.app.session().is_some() && desk.app.work.is_some(), "it has not stopped yet");
    desk.tell(Msg::Work { generation: generation - 1, news: News::GivenUp });
    assert!(desk.app.work.is_some(), "news of older work");
    desk.tell(Msg::Work { generation, news: News::GivenUp });
    assert!(desk.text().contains("Đã hủy; không tệp nào thay đổi"), "{}", desk.text());
    desk.press(&["Esc"]);
    assert!(desk.app.session().is_none(), "Esc leaves again");
}

#[test]
fn work_that_was_done_before_it_could_stop_says_so() {
    let mut desk = Desk::sample(100, 30, Lang::Vietnamese);
    desk.press(&["F9"]).type_text("xuat van ban").press(&["Enter", "Esc"]);
    let generation = desk.app.work.unwrap().generation;
    let exported = Msg::Exported { files: 7, folder: "/nhà".into(), missing: 0, withheld: 0, renamed: None };
    desk.tell(Msg::Work { generation, news: News::Done(Box::new(exported)) });
    assert!(desk.text().contains("Đã xuất 7 tệp vào /nhà"), "{}", desk.text());
    assert_eq!(desk.app.work, None);
}

#[test]
fn a_newer_keynote_is_laid_over_the_one_that_is_there_and_shows_what_changed() {
    let mut desk = Desk::sample(100, 30, Lang::Vietnamese);
    let scope = desk.app.session().unwrap().scope();
    let told = |desk: &Desk| -> Vec<(RecordId, String)> {
        let sections = keynote::sections(&desk.app.session().unwrap().board).into_iter();
        let records = sections.flat_map(|section| std::iter::once(section.record).chain(section.paragraphs));
        records.map(|record| (record.id, record.wording().to_owned())).collect()
    };
    let read = |sections| Msg::Keynote {
        scope,
        read: ReadKeynote { sections, converted: None, report: Vec::new() },
    };
    let sections = |last: &str| {
        let texts = ["Sổ tay tra cứu cho mỗi phường", "Thêm một trang hỏi đáp", last];
        vec![("Đề xuất".to_owned(), texts.map(str::to_owned).to_vec())]
    };
    desk.tell(read(sections("Kinh phí do thành phố lo")));
    desk.press(&["Esc"]);
    let before = told(&desk);
    desk.tell(read(sections("Kinh phí do quận lo")));
    assert!(desk.text().contains("Bản mới của báo cáo đó (nhận ra 3 đoạn cũ)"), "{}", desk.text());
    assert!(desk.text().contains("Báo cáo khác, để sau báo cáo đang có"), "{}", desk.text());
    desk.press(&["Enter"]);
    assert!(desk.text().contains("sửa 1, thêm 0, bỏ 0, chuyển chỗ 0"), "{}", desk.text());
    assert!(desk.text().contains("Kinh phí do [-thành phố-] {+quận+} lo"), "{}", desk.text());
    let after = told(&desk);
    assert_eq!(
        before.iter().map(|(id, _)| id).collect::<Vec<_>>(),
        after.iter().map(|(id, _)| id).collect::<Vec<_>>()
    );
    desk.press(&["Esc"]).tell(read(sections("Kinh phí do quận lo")));
    desk.press(&["Enter"]);
    assert!(desk.text().contains("không có gì thay đổi"), "{}", desk.text());
    desk.press(&["Esc", "Ctrl+Z"]);
    assert_eq!(told(&desk), before);
}

#[test]
fn of_several_warnings_each_is_said_until_a_key_answers_it() {
    let mut desk = Desk::sample(100, 30, Lang::Vietnamese);
    for what in ["thẻ nhớ đầy", "thư mục dùng chung", "thẻ nhớ đầy"] {
        desk.tell(Msg::Warned(what.to_owned()));
    }
    desk.tell(Msg::Failed("không ghi được".to_owned()));
    for said in ["không ghi được", "thư mục dùng chung", "thẻ nhớ đầy"] {
        assert!(desk.text().contains(said), "{said}: {}", desk.text());
        desk.press(&["Down"]);
    }
    assert_eq!(desk.app.notice, None);
}

#[test]
fn a_paste_in_an_old_font_is_shown_both_ways_and_converted_only_if_asked() {
    let mut desk = Desk::sample(100, 30, Lang::Vietnamese);
    let old = "§¶ng ñy x· tæ chøc héi nghÞ";
    desk.press(&["F6"]).paste(old);
    for shown in ["TCVN3", "Chuyển sang Unicode: Đảng ủy xã tổ chức hội nghị", &format!("Giữ nguyên: {old}")]
    {
        assert!(desk.text().contains(shown), "{shown}: {}", desk.text());
    }
    desk.press(&["Enter"]);
    let line = |desk: &Desk| desk.app.session().unwrap().capture.editor.text();
    assert_eq!(line(&desk), "Đảng ủy xã tổ chức hội nghị");
    desk.press(&["Ctrl+U"]).paste(old).press(&["Down", "Enter"]);
    assert_eq!(line(&desk), old);
    desk.press(&["Ctrl+U"]).paste("Café résumé, garçon");
    assert_eq!(line(&desk), "Café résumé, garçon");
}

#[test]
fn a_keynote_in_an_old_font_is_asked_about() {
    let mut desk = Desk::sample(100, 30, Lang::Vietnamese);
    let scope = desk.app.session().unwrap().scope();
    let sections = |text: &str| vec![("Thực trạng".to_owned(), vec![text.to_owned()])];
    let converted = Some((Legacy::Vni, sections("hội nghị")));
    desk.tell(Msg::Keynote {
        scope,
        read: ReadKeynote { sections: sections("hoäi nghò"), converted, report: vec![] },
    });
    assert!(desk.text().contains("VNI") && desk.text().contains("hoäi nghò"), "{}", desk.text());
    desk.press(&["Enter", "Esc"]);
    assert!(desk.text().contains("hội nghị"), "{}", desk.text());
}
