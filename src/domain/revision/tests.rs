//! A keynote, marks on its paragraphs, and newer versions laid over it.

use proptest::prelude::*;

use super::*;
use crate::domain::{
    change::Write,
    command::{Place, Refusal},
    kind::Kind,
    testing::{Desk, shown},
};

/// `Một: a b | c d` is a section with two paragraphs.
fn parts(sections: &[&str]) -> Vec<Part> {
    let part = |section: &&str| {
        let (heading, texts) = section.split_once(':').unwrap();
        let texts = texts.split('|').map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        (heading.to_owned(), texts.collect())
    };
    sections.iter().map(part).collect()
}

fn import(desk: &mut Desk, parts: &[Part]) {
    let sections = created(parts.to_vec(), &mut desk.ids);
    desk.submit(&Command::AddKeynote { sections }).unwrap();
}

fn lay(desk: &mut Desk, parts: &[Part]) -> (Revision, Result<ChangeId, Refusal>) {
    let mut ids = desk.ids.clone();
    let revision = Revision::of(&desk.board, parts, &mut ids);
    desk.ids = ids;
    let done = desk.submit(&revision.clone().command());
    (revision, done)
}

fn now(desk: &Desk) -> Vec<Part> {
    let texts = |records: Vec<&Record>| records.iter().map(|record| record.wording().to_owned()).collect();
    let sections = keynote::sections(&desk.board).into_iter();
    sections.map(|section| (section.record.wording().to_owned(), texts(section.paragraphs))).collect()
}

fn record(desk: &Desk, words: &str) -> RecordId {
    let all = keynote::sections(&desk.board).into_iter();
    let mut all = all.flat_map(|section| std::iter::once(section.record).chain(section.paragraphs));
    all.find(|record| record.wording() == words).unwrap().id
}

const FIRST: [&str; 3] = [
    "Thực trạng: hồ sơ giấy đến chậm hơn dữ liệu | con dấu thay đổi sau khi chia tách",
    "Nguyên nhân: thiếu một đầu mối chung | chưa có hướng dẫn thống nhất của thành phố",
    "Kiến nghị: ban hành sổ tay dùng chung cho sáu quận",
];

#[test]
fn a_newer_version_keeps_records_and_marks_and_tells_what_changed() {
    let mut desk = Desk::at_session(1);
    import(&mut desk, &parts(&FIRST));
    let [seal, point, guide] =
        ["con dấu thay đổi sau khi chia tách", "thiếu một đầu mối chung", "Nguyên nhân"]
            .map(|words| record(&desk, words));
    desk.edit(seal, Edit::CheckLater(true)).unwrap();
    let answer = desk.line(Kind::Difficulty, "con dấu cũ còn dùng");
    desk.edit(answer, Edit::Answers(seal, true)).unwrap();
    let before = shown(&desk.board);
    let newer = parts(&[
        "Nguyên nhân: thiếu một đầu mối chung",
        "Thực trạng: con dấu thay đổi sau khi sáp nhập và chia tách | hồ sơ giấy đến chậm hơn dữ liệu | số liệu quý I",
        "Kiến nghị: ban hành sổ tay dùng chung cho sáu quận",
    ]);
    let (revision, done) = lay(&mut desk, &newer);
    assert_eq!(now(&desk), newer);
    assert_eq!(revision.counts(), Counts { edited: 1, added: 1, gone: 1, moved: 2 });
    assert_eq!(revision.known, 4);
    assert_eq!(record(&desk, "con dấu thay đổi sau khi sáp nhập và chia tách"), seal);
    assert_eq!([record(&desk, "thiếu một đầu mối chung"), record(&desk, "Nguyên nhân")], [point, guide]);
    let marked = desk.board.record(seal).unwrap();
    assert!(marked.flag(&field::CHECK_LATER));
    assert_eq!(desk.board.pointing_at(field::set::ANSWERS, seal)[0].id, answer);
    desk.submit(&Command::Undo { change: done.unwrap() }).unwrap();
    assert_eq!(shown(&desk.board), before);
}

#[test]
fn of_two_reports_only_the_one_that_is_meant_is_revised() {
    let mut desk = Desk::at_session(1);
    let by_hand = |desk: &mut Desk, kind, details| {
        let record = desk.ids.record();
        desk.submit(&Command::Add { record, kind, details, place: Place::Last }).unwrap();
        record
    };
    by_hand(&mut desk, Kind::Section, vec![Edit::Title("Nguyên nhân".into())]);
    import(&mut desk, &parts(&FIRST));
    import(&mut desk, &parts(&["Kiến nghị: một sổ tay riêng của quận ven", "Kết luận: hết"]));
    let section = record(&desk, "Thực trạng");
    by_hand(
        &mut desk,
        Kind::Paragraph,
        vec![Edit::Parent(section), Edit::Text("gõ tay trong lúc họp".into())],
    );
    let newer = parts(&["Kiến nghị: ban hành sổ tay dùng chung cho sáu quận", "Phụ lục: biểu số một"]);
    let (revision, _) = lay(&mut desk, &newer);
    let told = [
        "Nguyên nhân:",
        "Thực trạng: gõ tay trong lúc họp",
        "Kiến nghị: ban hành sổ tay dùng chung cho sáu quận",
        "Phụ lục: biểu số một",
        "Kiến nghị: một sổ tay riêng của quận ven",
        "Kết luận: hết",
    ];
    assert_eq!(now(&desk), parts(&told));
    assert_eq!(revision.counts(), Counts { edited: 0, added: 2, gone: 5, moved: 0 });
    let (again, done) = lay(&mut desk, &newer);
    assert!(again.is_empty());
    assert_eq!(done, Err(Refusal::NoChange));
}

#[test]
fn what_somebody_changed_meanwhile_is_stale() {
    let mut desk = Desk::at_session(1);
    import(&mut desk, &parts(&FIRST));
    let newer = parts(&["Nguyên nhân: thiếu một đầu mối chung của quận", "Kiến nghị: hết"]);
    let revision = Revision::of(&desk.board, &newer, &mut desk.ids.clone());
    let point = record(&desk, "thiếu một đầu mối chung");
    desk.edit(point, Edit::Text("thiếu cả hai".into())).unwrap();
    assert!(
        matches!(desk.submit(&revision.command()), Err(Refusal::Stale { record, .. }) if record == point)
    );
}

/// Lays a version over a keynote to which somebody has done something since it was compared.
fn meanwhile(newer: &[&str], deed: impl Fn(&mut Desk)) -> Result<ChangeId, Refusal> {
    let mut desk = Desk::at_session(1);
    import(&mut desk, &parts(&["Một: a a | b b | c c", "Hai: d d | e e"]));
    let revision = Revision::of(&desk.board, &parts(newer), &mut desk.ids.clone());
    deed(&mut desk);
    desk.submit(&revision.command())
}

#[test]
fn what_somebody_moved_or_added_meanwhile_is_stale() {
    let place = |words: &'static str, behind: &'static str| {
        move |desk: &mut Desk| {
            let (record, place) = (record(desk, words), Place::After(record(desk, behind)));
            desk.submit(&Command::Move { record, place }).unwrap();
        }
    };
    let under = |heading: &'static str| {
        move |desk: &mut Desk| {
            let details = vec![Edit::Text("gõ tay".into()), Edit::Parent(record(desk, heading))];
            let (record, kind) = (desk.ids.record(), Kind::Paragraph);
            desk.submit(&Command::Add { record, kind, details, place: Place::Last }).unwrap();
        }
    };
    let is_stale = |answer: Result<ChangeId, Refusal>| matches!(answer, Err(Refusal::Stale { .. }));
    let moved = ["Một: c c | a a | b b", "Hai: d d | e e"];
    assert!(is_stale(meanwhile(&moved, place("a a", "b b"))));
    let edited = ["Một: a a | b b | c c x", "Hai: d d | e e"];
    assert!(is_stale(meanwhile(&edited, place("a a", "c c"))), "it would be put back");
    assert!(is_stale(meanwhile(&edited, place("Một", "Hai"))), "it would be put back");
    let elsewhere = ["Một: a a | b b", "Hai: d d | c c | e e"];
    assert!(is_stale(meanwhile(&elsewhere, place("c c", "a a"))));
    let without = ["Một: a a | b b | c c"];
    assert!(is_stale(meanwhile(&without, place("d d", "e e"))));
    assert!(is_stale(meanwhile(&without, under("Hai"))), "it would be hidden");
    assert!(meanwhile(&without, under("Một")).is_ok(), "what stays has room for it");
    let other = |desk: &mut Desk| {
        desk.edit(record(desk, "d d"), Edit::CheckLater(true)).unwrap();
    };
    assert!(meanwhile(&without, other).is_ok(), "marks are not what is overwritten");
}

#[test]
fn space_between_words_is_no_change() {
    let mut desk = Desk::at_session(1);
    import(&mut desk, &parts(&["Mục: Số        -BB"]));
    let (revision, done) = lay(&mut desk, &parts(&["Mục: Số -BB"]));
    assert!(revision.is_empty());
    assert_eq!(done, Err(Refusal::NoChange));
}

#[test]
fn a_paper_that_quotes_the_report_is_likely_no_version_of_it() {
    let mut desk = Desk::at_session(1);
    import(&mut desk, &parts(&FIRST));
    let quoting = parts(&[
        "Biên bản: khai mạc lúc tám giờ | thiếu một đầu mối chung | bế mạc | ký tên | lưu văn phòng",
    ]);
    let revision = Revision::of(&desk.board, &quoting, &mut desk.ids.clone());
    assert_eq!((revision.known, revision.is_likely), (1, false));
    assert!(Revision::of(&desk.board, &parts(&FIRST), &mut desk.ids).is_likely);
}

#[test]
fn nothing_is_known_again_of_something_else() {
    let mut desk = Desk::at_session(1);
    import(&mut desk, &parts(&FIRST));
    let revision = Revision::of(&desk.board, &parts(&["Khác: chuyện khác hẳn"]), &mut desk.ids);
    assert_eq!(revision.known, 0);
}

/// Paragraphs of words of their own, so that each is like itself alone.
fn some_parts() -> impl Strategy<Value = Vec<Part>> {
    prop::collection::vec(prop::collection::vec(3_usize..8, 0..5), 1..5).prop_map(|sections| {
        let mut word = 0;
        let mut text = |length: usize| {
            (0..length)
                .map(|_| {
                    word += 1;
                    format!("từ{word}")
                })
                .collect::<Vec<_>>()
                .join(" ")
        };
        let part = |(at, lengths): (usize, Vec<usize>)| {
            (format!("Mục {at}"), lengths.into_iter().map(&mut text).collect())
        };
        sections.into_iter().enumerate().map(part).collect()
    })
}

/// The record of each paragraph.
fn records(desk: &Desk) -> BTreeMap<String, RecordId> {
    let all = keynote::sections(&desk.board).into_iter().flat_map(|section| section.paragraphs);
    all.map(|record| (record.wording().to_owned(), record.id)).collect()
}

proptest! {
    #[test]
    fn the_same_version_writes_nothing(parts in some_parts()) {
        let mut desk = Desk::at_session(1);
        import(&mut desk, &parts);
        let (revision, done) = lay(&mut desk, &parts);
        prop_assert!(revision.is_empty());
        prop_assert_eq!(done, Err(Refusal::NoChange));
    }

    #[test]
    fn whatever_moves_keeps_its_record_and_its_marks(parts in some_parts(), turns in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..8), edits: [bool; 8]) {
        let mut desk = Desk::at_session(1);
        import(&mut desk, &parts);
        for id in records(&desk).into_values() {
            desk.edit(id, Edit::CheckLater(true)).unwrap();
        }
        let before = records(&desk);
        let mut newer = parts;
        let mut names: BTreeMap<String, String> = before.keys().map(|text| (text.clone(), text.clone())).collect();
        for (from, to) in turns {
            let section = from.index(newer.len());
            if let Some(text) = newer[section].1.pop() {
                let section = to.index(newer.len());
                let place = from.index(newer[section].1.len() + 1);
                newer[section].1.insert(place, text);
            }
        }
        for (text, edited) in newer.iter_mut().flat_map(|(_, texts)| texts).zip(edits.into_iter().cycle()) {
            if edited {
                let old = text.clone();
                let (_, rest) = old.split_once(' ').unwrap();
                *text = format!("sửa {rest} thêm");
                names.insert(old, text.clone());
            }
        }
        let (revision, done) = lay(&mut desk, &newer);
        prop_assert_eq!(revision.is_empty(), done == Err(Refusal::NoChange));
        prop_assert_eq!(now(&desk), newer.clone());
        let after = records(&desk);
        for (old, new) in &names {
            prop_assert_eq!(after.get(new), before.get(old), "{} {}", old, new);
            prop_assert!(desk.board.record(before[old]).unwrap().flag(&field::CHECK_LATER));
        }
        let (_, again) = lay(&mut desk, &newer);
        prop_assert_eq!(again, Err(Refusal::NoChange));
        if let Ok(change) = done {
            desk.submit(&Command::Undo { change }).unwrap();
            prop_assert_eq!(records(&desk), before);
        }
    }

    /// Whatever somebody did to the keynote meanwhile, a version is refused or leaves it: what they wrote stands, in the order in which
    /// they put it.
    #[test]
    fn nothing_done_meanwhile_is_overwritten(first in some_texts(), second in some_texts(), deeds in prop::collection::vec(deed(), 1..4)) {
        let mut desk = Desk::at_session(1);
        import(&mut desk, &first);
        let revision = Revision::of(&desk.board, &second, &mut desk.ids.clone());
        desk.ids = IdStream::new(77);
        let before = desk.board.clone();
        for deed in deeds {
            do_to(&mut desk, &deed).ok();
        }
        let theirs = desk.board.clone();
        if desk.submit(&revision.command()).is_ok() {
            let holds = |board: &Board, id, write: &Write| board.record(write.record).unwrap().seen(&write.field).contains(&id);
            let written = theirs.changes().filter(|change| before.change(change.id).is_none());
            let written: Vec<_> = written.flat_map(|change| change.identified().collect::<Vec<_>>()).collect();
            for (id, write) in &written {
                prop_assert!(!holds(&theirs, *id, write) || holds(&desk.board, *id, write), "{:?}", write);
            }
            let moves = |write: &Write| write.field == field::POSITION && before.record(write.record).is_some();
            let moved: Vec<RecordId> = written.iter().filter(|(_, write)| moves(write)).map(|(_, write)| write.record).collect();
            let mut now = lists(&desk.board);
            for (parent, then) in lists(&theirs).into_iter().filter(|(_, then)| then.iter().any(|id| moved.contains(id))) {
                let now = now.remove(&parent).unwrap_or_default();
                let both = |list: &[RecordId]| list.iter().copied().filter(|id| now.contains(id) && then.contains(id)).collect::<Vec<_>>();
                prop_assert_eq!(both(&now), both(&then));
            }
        }
    }

    #[test]
    fn any_version_can_follow_any_other(first in some_texts(), second in some_texts()) {
        let mut desk = Desk::at_session(1);
        import(&mut desk, &first);
        let known = Revision::of(&desk.board, &second, &mut desk.ids.clone()).known;
        if known == 0 {
            import(&mut desk, &second);
        } else {
            lay(&mut desk, &second).1.ok();
            prop_assert_eq!(now(&desk), second.clone());
        }
        let (_, again) = lay(&mut desk, &second);
        prop_assert_eq!(again, Err(Refusal::NoChange));
    }
}

/// Texts of a few words, so that many are equal or nearly so.
fn some_texts() -> impl Strategy<Value = Vec<Part>> {
    let text = || prop::collection::vec("[abc]", 1..4).prop_map(|words| words.join(" "));
    prop::collection::vec((text(), prop::collection::vec(text(), 0..4)), 1..5)
}

/// Something that somebody does to a keynote: to which of its records, and beside which.
fn deed() -> impl Strategy<Value = (u8, prop::sample::Index, prop::sample::Index)> {
    (0_u8..5, any::<prop::sample::Index>(), any::<prop::sample::Index>())
}

fn do_to(
    desk: &mut Desk,
    (what, to, beside): &(u8, prop::sample::Index, prop::sample::Index),
) -> Result<ChangeId, Refusal> {
    let lists = lists(&desk.board);
    let all: Vec<RecordId> = lists.values().flatten().copied().collect();
    if all.is_empty() {
        return Err(Refusal::NoChange);
    }
    let record = *to.get(&all);
    let siblings = lists.into_values().find(|list| list.contains(&record)).unwrap();
    let place = Place::After(*beside.get(&siblings));
    let (new, section) = (desk.ids.record(), keynote::sections(&desk.board)[0].record.id);
    let is_section = desk.board.record(record).unwrap().kind() == Some(Kind::Section);
    let words = "d e f".to_owned();
    match what {
        0 => desk.submit(&Command::Move { record, place }),
        1 => desk.submit(&Command::Move { record, place: Place::First }),
        2 => desk.submit(&Command::Remove { record }),
        3 if is_section => desk.edit(record, Edit::Title(words)),
        3 => desk.edit(record, Edit::Text(words)),
        _ => {
            let under = if is_section { record } else { section };
            let details = vec![Edit::Text(words), Edit::Parent(under)];
            desk.submit(&Command::Add { record: new, kind: Kind::Paragraph, details, place: Place::Last })
        }
    }
}

/// The sections in order, and the paragraphs of each.
fn lists(board: &Board) -> BTreeMap<Option<RecordId>, Vec<RecordId>> {
    let ids = |records: Vec<&Record>| records.into_iter().map(|record| record.id).collect();
    let sections = keynote::sections(board);
    let under = sections.iter().map(|section| (Some(section.record.id), ids(section.paragraphs.clone())));
    under.chain([(None, ids(sections.iter().map(|section| section.record).collect()))]).collect()
}
