//! Papers as people get them: golden files, gaps, what never leaves, and any text at all.

use std::collections::BTreeMap;

use chrono::DateTime;
use hoinghi::{
    document::{self, Block, Depth, Document, Wording},
    domain::{
        board::Board,
        command::{Capture, Command, Place},
        edit::Edit,
        ids::RecordId,
        kind::Kind,
        policy::Role,
    },
    export::{self, Order, Profiles, Rendered},
    text::width::width,
};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::support::{
    papers::Bench,
    sessions::{at, bare, state, unpacked},
};

mod course;

const SCHEMA: &str = include_str!("../../assets/schema/export-v1.json");

fn own_wording() -> Wording {
    Wording::new(&BTreeMap::new()).unwrap()
}

fn own_profiles() -> Profiles {
    Profiles::read(&BTreeMap::new()).unwrap()
}

/// Every format but PDF, which takes longer and has tests of its own.
fn rendered(board: &Board) -> Rendered {
    let mut order = Order::all(Depth::Full);
    order.formats.retain(|format| format.name() != "pdf");
    export::render(board, &order, &own_wording(), &own_profiles()).unwrap()
}

/// The text of the file whose name ends so.
fn file(board: &Board, ending: &str) -> String {
    let files = rendered(board).files;
    let file = files.into_iter().find(|file| file.name.replace("_du-thao-1", "").ends_with(ending)).unwrap();
    String::from_utf8(file.bytes).unwrap()
}

fn notice(board: &Board) -> Document {
    document::conclusion_notice(board, &own_wording()).unwrap()
}

fn sample() -> Bench {
    let mut bench = Bench::default();
    bench.hold_sample();
    bench
}

fn text_of(block: &Block) -> &str {
    block.text()
}

fn lines(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(text_of).collect()
}

fn has_line(document: &Document, line: &str) -> bool {
    lines(document).contains(&line)
}

fn golden(name: &str, board: &Board) {
    for ending in ["thong-bao.md", "thong-bao.txt", "bien-ban.md", "bien-ban.txt"] {
        insta::assert_snapshot!(format!("{name}_{ending}"), file(board, ending));
    }
}

#[test]
fn golden_sample() {
    golden("sample", &sample().board());
}

#[test]
fn golden_nothing_yet() {
    golden("nothing", &Bench::default().board());
}

#[test]
fn golden_everything_missing() {
    golden("bare", &bare().board());
}

#[test]
fn golden_state_layout() {
    golden("state", &state().board());
}

#[test]
fn equal_data_give_equal_bytes() {
    assert_eq!(rendered(&sample().board()), rendered(&sample().board()));
}

#[test]
fn plain_text_fits_the_page() {
    for board in [sample().board(), Board::empty(sample().board().scope()), bare().board(), state().board()] {
        for ending in ["thong-bao.txt", "bien-ban.txt"] {
            let text = file(&board, ending);
            let long: Vec<&str> = text.lines().filter(|line| width(line) > 80).collect();
            assert!(long.is_empty(), "{long:#?}");
        }
    }
}

#[test]
fn every_gap_is_visible_and_listed_with_its_record() {
    let missing = rendered(&bare().board()).missing;
    for gap in [
        "địa điểm",
        "chủ trì",
        "KK-01: hướng xử lý",
        "NV-01: thời hạn",
        "NV-01: sản phẩm",
        "KN-02: chủ trì chấp thuận",
    ] {
        assert!(missing.iter().any(|known| known == gap), "{gap} {missing:#?}");
    }
    let document = notice(&bare().board());
    let head = &document.head;
    let letterhead = head.letterhead.as_ref().unwrap();
    let of_head = [&letterhead.superior, &letterhead.issuer, &letterhead.place_and_date, &head.about];
    let signed = document.signatures.iter().flat_map(|s| [&s.authority, &s.position]);
    let all = of_head.into_iter().chain(signed).map(String::as_str).chain(lines(&document));
    let visible: usize = all.map(|text| text.matches("[CẦN BỔ SUNG").count()).sum();
    assert_eq!(visible, document.missing.len());
}

#[test]
fn a_full_session_lacks_nothing() {
    let rendered = rendered(&state().board());
    assert_eq!(rendered.missing, ["báo cáo đề dẫn"]);
    assert_eq!(rendered.withheld, 0);
}

#[test]
fn layouts_differ_in_words_too() {
    let party = notice(&sample().board());
    let letterhead = party.head.letterhead.as_ref().unwrap();
    assert_eq!(letterhead.number, "Số        -TB");
    assert_eq!(letterhead.right, ["ĐẢNG CỘNG SẢN VIỆT NAM"]);
    assert_eq!(party.signatures[0].authority, "T/M CỤM THI ĐUA 1");
    assert!(
        matches!(&party.blocks[1], Block::Heading { label, text, .. } if label == "I-" && text == "ĐÁNH GIÁ CHUNG")
    );
    let state = notice(&state().board());
    let letterhead = state.head.letterhead.as_ref().unwrap();
    assert_eq!(letterhead.number, "Số:        /TB");
    assert_eq!(letterhead.right, ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]);
    assert_eq!(state.signatures[0].authority, "TM. SỞ NỘI VỤ");
}

#[test]
fn the_locality_stands_before_the_date_and_the_venue_in_the_text() {
    let document = notice(&state().board());
    assert_eq!(
        document.head.letterhead.as_ref().unwrap().place_and_date,
        "Phường Một, ngày      tháng      năm 2024"
    );
    assert!(lines(&document)[0].contains("tại Hội trường Sở, "));

    let hall = Bench::session(vec![Edit::Place("Hội trường Quận 1".to_owned())]);
    let document = notice(&hall.board());
    let place_and_date = document.head.letterhead.as_ref().unwrap().place_and_date.as_str();
    assert!(place_and_date.starts_with("[CẦN BỔ SUNG: địa danh], ngày "), "a hall is no locality");
    assert!(lines(&document)[0].contains("tại Hội trường Quận 1, "));
}

#[test]
fn every_voice_keeps_its_own_words() {
    let mut bench = Bench::session(Vec::new());
    let mut units: Vec<RecordId> = Vec::new();
    for name in ["Đơn vị A", "Đơn vị B", "Đơn vị C", "Đơn vị D"] {
        units.push(bench.add(Kind::Unit, vec![Edit::Title(name.to_owned())]));
    }
    let mut said: Vec<RecordId> = Vec::new();
    for (unit, words) in units.iter().zip(["lời của A", "lời của B", "lời của C"]) {
        said.push(bench.capture(Role::Facilitator, Kind::Difficulty, words, vec![Edit::Unit(Some(*unit))]));
    }
    let same = Edit::SameOpinion(units[3], true);
    bench.run(Role::Facilitator, Command::Edit { record: said[1], edit: same, seen: Vec::new() });
    let more = bench.capture(Role::Facilitator, Kind::Note, "rồi A nói thêm", Vec::new());
    bench.run(Role::Facilitator, Command::Attach { record: more, to: Some(said[0]) });
    bench.run(Role::Facilitator, Command::Merge { into: said[1], from: vec![said[2]] });
    bench.run(Role::Facilitator, Command::Merge { into: said[0], from: vec![said[1]] });
    let notice = notice(&bench.board());
    assert!(has_line(&notice, "lời của A rồi A nói thêm (Đơn vị A)."), "{:#?}", lines(&notice));
    assert!(has_line(&notice, "Đơn vị B nêu: lời của B."));
    assert!(has_line(&notice, "Đơn vị C nêu: lời của C."));
    assert!(has_line(&notice, "Cùng ý kiến: Đơn vị D."));
    let minutes = document::minutes(&bench.board(), &own_wording(), Depth::Full).unwrap();
    let spoken: Vec<&str> = lines(&minutes).into_iter().filter(|line| line.contains(": lời của")).collect();
    assert_eq!(spoken, ["Đơn vị A: lời của A.", "Đơn vị B: lời của B.", "Đơn vị C: lời của C."]);
}

#[test]
fn what_answers_nothing_is_told_and_what_is_settled_by_a_task_says_so() {
    let notice = notice(&state().board());
    assert!(has_line(&notice, "Giao nhiệm vụ 1 tại mục III."));
    assert!(!lines(&notice).iter().any(|line| line.contains("hướng xử lý]")));
    let bare = self::notice(&bare().board());
    assert!(has_line(&bare, "Giải pháp chung: chỉ có chữ (solution)."));
    assert!(has_line(&bare, "Nguyên nhân chung: chỉ có chữ (cause)."));
    assert!(has_line(&bare, "thư ký đề xuất [CẦN BỔ SUNG: chủ trì chấp thuận]."));
}

#[test]
fn off_record_lines_are_counted_and_no_byte_of_them_leaves() {
    let mut bench = sample();
    let unit = bench.board().of_kind(Kind::Unit)[0].id;
    bench.whisper("bímật nội bộ", vec![Edit::Unit(Some(unit)), Edit::Tag("thẻkín".to_owned(), true)]);
    let rendered = rendered(&bench.board());
    assert_eq!(rendered.withheld, 1);
    for file in &rendered.files {
        let text = unpacked(file);
        assert!(!text.contains("bímật") && !text.contains("thẻkín"), "{}", file.name);
    }
    let json: Value = serde_json::from_str(&file(&bench.board(), ".json")).unwrap();
    assert_eq!(json["withheld"], 1);
    assert_eq!(json["records"]["difficulty"].as_array().unwrap().len(), 5);
}

#[test]
fn off_record_lines_stay_away_even_where_their_text_is_on_the_board() {
    let mut bench = Bench::session(Vec::new());
    let record = bench.whisper("giữ kín", Vec::new());
    let mut changes: Vec<_> = bench.board().changes().cloned().collect();
    let mut private = (*changes.pop().unwrap()).clone();
    if let hoinghi::domain::change::Body::Writes(writes) = &mut private.body {
        let value = "giữ kín".into();
        let field = hoinghi::domain::field::TEXT;
        writes.push(hoinghi::domain::change::Write { record, field, value, replaces: Vec::new() });
    }
    changes.push(private.into());
    let board = Board::fold(bench.board().scope(), changes);
    assert_eq!(board.record(record).unwrap().wording(), "giữ kín");
    for file in rendered(&board).files {
        assert!(!unpacked(&file).contains("giữ kín"), "{}", file.name);
    }
}

#[test]
fn difficulties_are_numbered_however_many_there_are() {
    for count in [0, 1, 9, 10, 200] {
        let mut bench = Bench::session(Vec::new());
        for number in 0..count {
            bench.capture(Role::Facilitator, Kind::Difficulty, &format!("việc thứ {number}"), Vec::new());
        }
        let notice = notice(&bench.board());
        let labels: Vec<&str> = notice
            .blocks
            .iter()
            .filter_map(|block| {
                if let Block::Item { level: 1, label, .. } = block { Some(label.as_str()) } else { None }
            })
            .collect();
        let expected: Vec<String> = (1..=count).map(|number| format!("{number}.")).collect();
        assert_eq!(labels, expected);
        assert_eq!(has_line(&notice, "Hội nghị không ghi nhận khó khăn, vướng mắc."), count == 0);
    }
}

#[test]
fn any_text_passes_through_whole() {
    let odd = "A & B < C > \"D\" | *đ* _e_ [f] # `g` \\h";
    let decomposed: String = "Đảng ủy Phường Nguyễn Huệ".nfd().collect();
    let long = "ệ".repeat(300);
    let mut bench = Bench::session(Vec::new());
    for text in [odd, &decomposed, "có 👩‍👩‍👧 và 🇻🇳", &long, "- gạch", "1. số", "dòng một\ndòng hai\u{1B}[31m"]
    {
        bench.capture(Role::Facilitator, Kind::Difficulty, text, Vec::new());
    }
    let notice = notice(&bench.board());
    let all = lines(&notice).join("\n");
    for text in
        [odd, "Đảng ủy Phường Nguyễn Huệ", "👩‍👩‍👧", "🇻🇳", &long, "- gạch", "1. số", "dòng một dòng hai[31m"]
    {
        assert!(all.contains(text), "{text}");
    }
    let plain = file(&bench.board(), "thong-bao.txt");
    assert!(!plain.contains('\u{1B}'));
    assert_eq!(plain.nfc().collect::<String>(), plain);
    assert_eq!(plain.matches('ệ').count(), all.matches('ệ').count());
    let marked = file(&bench.board(), "thong-bao.md");
    assert!(marked.contains("A \\& B \\< C \\> \"D\" \\| \\*đ\\* \\_e\\_ \\[f\\] \\# \\`g\\` \\\\h"));
}

#[test]
fn minutes_tell_more_or_less() {
    let board = sample().board();
    let told = |depth| document::minutes(&board, &own_wording(), depth).unwrap();
    let (full, main, short) = (told(Depth::Full), told(Depth::MainCourse), told(Depth::ConclusionsOnly));
    let note = "đảng viên trẻ ở trọ";
    let holds = |document: &Document, words: &str| lines(document).iter().any(|line| line.contains(words));
    assert!(holds(&full, note) && !holds(&main, note) && !holds(&short, note));
    assert!(holds(&main, "nơi thực tế cư trú") && !holds(&short, "Thảo luận"));
    let headings = |document: &Document| -> Vec<String> {
        let label = |block: &Block| match block {
            Block::Heading { label, .. } if label.len() == 2 => Some(label.clone()),
            _ => None,
        };
        document.blocks.iter().filter_map(label).collect()
    };
    assert_eq!(headings(&full), ["1.", "2.", "3."]);
    assert_eq!(headings(&short), ["1.", "2."]);
}

#[test]
fn minutes_keep_the_order_in_which_things_were_said() {
    let mut bench = Bench::session(Vec::new());
    bench.capture(Role::Facilitator, Kind::Opinion, "nói sau, ghi trước", Vec::new());
    let capture = Capture {
        record: RecordId(78),
        kind: Kind::Opinion,
        text: "nói trước, ghi sau".to_owned(),
        said_at: DateTime::parse_from_rfc3339("2023-03-10T07:00:00+07:00").unwrap(),
        details: Vec::new(),
        off_record: false,
    };
    bench.run(Role::NoteTaker, Command::Capture(Box::new(capture)));
    let minutes = document::minutes(&bench.board(), &own_wording(), Depth::Full).unwrap();
    let said: Vec<&str> = lines(&minutes).into_iter().filter(|line| line.contains("nói ")).collect();
    assert!(said[0].ends_with("nói trước, ghi sau.") && said[1].ends_with("nói sau, ghi trước."), "{said:?}");
}

#[test]
fn points_that_have_not_begun_are_no_headings_of_the_course_and_leave_no_number_out() {
    let headings = |board: &Board| {
        let minutes = document::minutes(board, &own_wording(), Depth::Full).unwrap();
        let course = minutes.blocks.iter().filter_map(|block| match block {
            Block::Heading { label, text, .. } if label.starts_with("2.") => Some(format!("{label} {text}")),
            _ => None,
        });
        course.skip(1).collect::<Vec<String>>()
    };
    let mut bench = Bench::session(Vec::new());
    let point = |bench: &mut Bench, title: &str| bench.add(Kind::AgendaItem, vec![Edit::Title(title.into())]);
    let [_, second, _, last] = ["một", "hai", "ba", "bốn"].map(|title| point(&mut bench, title));
    let planned = ["2.1. một", "2.2. hai", "2.3. ba", "2.4. bốn"];
    assert_eq!(headings(&bench.board()), planned, "before the session they are its plan");
    bench.run(Role::Facilitator, Command::StartItem { record: Some(second) });
    bench.capture(Role::Facilitator, Kind::Opinion, "nói thêm", vec![Edit::Item(Some(last))]);
    let held = headings(&bench.board());
    assert!(held.len() == 2 && held[0].starts_with("2.1. hai (từ ") && held[1] == "2.2. bốn", "{held:?}");
}

#[test]
fn minutes_count_who_came_late_and_are_signed_by_recorder_and_chair() {
    let board = state().board();
    let minutes = document::minutes(&board, &own_wording(), Depth::Full).unwrap();
    assert!(has_line(&minutes, "Triệu tập 1, có mặt 1, vắng có lý do 0, vắng không lý do 0, đến muộn 1."));
    assert!(has_line(&minutes, "Ông B, Giám đốc – đến lúc 08 giờ 20"));
    assert!(has_line(&minutes, "Ông B, Giám đốc: Thiếu người đọc hồ sơ."));
    let positions: Vec<&str> = minutes.signatures.iter().map(|s| s.position.as_str()).collect();
    assert_eq!(positions, ["THƯ KÝ", "CHỦ TRÌ"]);
    assert_eq!(minutes.signatures[1].name, "B", "no form of address");
}

#[test]
fn an_office_overrides_a_sentence_and_a_fault_in_it_is_named() {
    let own = |text: &str| Wording::new(&BTreeMap::from([("notice-closing.j2".to_owned(), text.to_owned())]));
    let board = sample().board();
    let notice = document::conclusion_notice(&board, &own("Nơi nhận thi hành.").unwrap()).unwrap();
    assert_eq!(lines(&notice).last(), Some(&"Nơi nhận thi hành."));
    let wording = own("một\nhai\n{{ ba }}").unwrap();
    let error = export::render(&board, &Order::all(Depth::Full), &wording, &own_profiles()).unwrap_err();
    assert!(error.to_string().starts_with("notice-closing.j2, dòng 3: "), "{error}");
}

#[test]
fn records_as_json_follow_the_schema() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    for board in [sample().board(), Bench::default().board(), bare().board()] {
        let json: Value = serde_json::from_str(&file(&board, ".json")).unwrap();
        assert_eq!(conforms(&schema, &schema, &json), Ok(()));
    }
    let last = sample().board().changes().next_back().unwrap().header.at.to_rfc3339();
    let json: Value = serde_json::from_str(&file(&sample().board(), ".json")).unwrap();
    assert_eq!(json["exported_at"], last);
}

#[test]
fn what_every_unit_has_to_do_is_exported_once_a_unit() {
    let json: Value = serde_json::from_str(&file(&sample().board(), ".json")).unwrap();
    let of = |number: &str| {
        let all = json["assignments"].as_array().unwrap().iter();
        all.filter(|one| one["number"] == number).map(|one| one["code"].as_str().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!((of("NV-01"), of("NV-02")), (vec!["Q1"], vec!["Q1", "Q3", "Q5", "Q10", "TB", "TĐ"]));
}

#[test]
fn the_schema_refuses_what_it_does_not_describe() {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    let good: Value = serde_json::from_str(&file(&sample().board(), ".json")).unwrap();
    for (pointer, wrong) in [
        ("/version", Value::from(2)),
        ("/session/id", Value::from("x")),
        ("/session/state", Value::from("asleep")),
        ("/withheld", Value::from("0")),
        ("/links/0/relation", Value::from("loves")),
        ("/records/unit/0/removed", Value::Null),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap() = wrong;
        assert!(conforms(&schema, &schema, &bad).is_err(), "{pointer}");
    }
}

/// The words of JSON Schema that ours uses, checked by hand: the path of the first place that does not conform.
fn conforms(root: &Value, schema: &Value, value: &Value) -> Result<(), String> {
    if let Some(name) = schema["$ref"].as_str() {
        return conforms(root, root.pointer(name.trim_start_matches('#')).unwrap(), value);
    }
    let wrong = || Err(format!("{value} is not {schema}"));
    if schema.get("const").is_some_and(|only| only != value)
        || schema["enum"].as_array().is_some_and(|known| !known.contains(value))
        || !has_type(&schema["type"], value)
        || schema["pattern"].is_string() && !is_id(value)
    {
        return wrong();
    }
    let required = schema["required"].as_array().into_iter().flatten();
    if required.into_iter().any(|name| value.get(name.as_str().unwrap()).is_none()) {
        return wrong();
    }
    for (name, member) in value.as_object().into_iter().flatten() {
        match (schema["properties"].get(name), &schema["additionalProperties"]) {
            (Some(known), _) => conforms(root, known, member)?,
            (None, Value::Bool(false)) => return Err(format!("{name} is not described")),
            (None, Value::Null) => {}
            (None, other) => conforms(root, other, member)?,
        }
    }
    value.as_array().into_iter().flatten().try_for_each(|item| conforms(root, &schema["items"], item))
}

fn has_type(wanted: &Value, value: &Value) -> bool {
    let is = |name: &Value| match name.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "boolean" => value.is_boolean(),
        _ => value.is_null(),
    };
    match wanted {
        Value::Null => true,
        Value::Array(names) => names.iter().any(is),
        name => is(name),
    }
}

/// The only pattern of the schema.
fn is_id(value: &Value) -> bool {
    value.as_str().is_some_and(|id| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[test]
fn an_agenda_that_was_not_held_leaves_no_line_behind() {
    let mut bench = Bench::session(Vec::new());
    let record = bench.add(Kind::AgendaItem, vec![Edit::Title("Mục bỏ".to_owned())]);
    bench.capture(Role::Facilitator, Kind::Opinion, "nói trong mục bỏ", vec![Edit::Item(Some(record))]);
    bench.run(Role::Facilitator, Command::Remove { record });
    bench.run(
        Role::Facilitator,
        Command::Add {
            record: RecordId(77),
            kind: Kind::AgendaItem,
            details: vec![Edit::Title("Mục còn".to_owned())],
            place: Place::Last,
        },
    );
    let minutes = document::minutes(&bench.board(), &own_wording(), Depth::Full).unwrap();
    let lines = lines(&minutes);
    assert!(lines.iter().any(|line| line.ends_with("nói trong mục bỏ.")), "{lines:#?}");
    assert!(!lines.iter().any(|line| line.contains("Mục bỏ")));
}
