//! The notice as it is read aloud: the paragraphs that somebody concluded, each with the record that it tells.
//!
//! Headings say where one is; sentences that a template writes are not read back, because nobody decides about them.

use crate::{
    domain::{
        board::Board,
        ids::RecordId,
        reading::{self, Tally},
        record::Record,
    },
    text::nfc,
};

use super::{
    Block,
    facts::{Pen, clock, ended},
    notice,
};

/// A paragraph to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// The record that it tells.
    pub record: RecordId,
    /// The heading above it.
    pub heading: String,
    /// Its words, as they would be printed; further lines of it begin with a dash.
    pub words: String,
}

/// The paragraphs of the notice, in its order.
///
/// Wordings that were merged, and what is told elsewhere, belong to the paragraph under which they stand; what was told before is
/// not read twice.
pub fn paragraphs(board: &Board) -> Vec<Paragraph> {
    let mut pen = Pen::in_own_layout(board);
    notice::body(&mut pen);
    let mut reader = Reader::default();
    for (at, block) in pen.blocks.iter().enumerate() {
        let teller = pen.telling.get(&at).copied();
        let is_first = teller.is_some_and(|record| pen.told.get(&record) == Some(&at));
        let own = teller.filter(|record| board.under(*record).is_none());
        match (teller, own) {
            (Some(_), Some(record)) if is_first => reader.begin(record, block),
            (Some(_), Some(_)) => {}
            _ => reader.go_on(block),
        }
    }
    reader.paragraphs
}

/// What the minutes say of the reading back; nothing if nobody read back.
pub(super) fn told(pen: &Pen<'_>) -> Option<String> {
    let paragraphs = paragraphs(pen.board);
    let pairs = paragraphs.iter().map(|paragraph| (paragraph.record, &*paragraph.words));
    let tally = Tally::of(pen.board, pairs);
    let frozen = reading::frozen_at(pen.board);
    if tally.read() == 0 && frozen.is_none() {
        return None;
    }
    let mut parts =
        vec![format!("Kết luận được đọc lại tại hội nghị, {}/{} đoạn", tally.read(), tally.total())];
    let lists = [
        ("nhất trí", &tally.agreed),
        ("sửa rồi nhất trí", &tally.changed),
        ("để lại", &tally.left),
        ("chưa đọc", &tally.unread),
    ];
    parts.extend(lists.into_iter().filter_map(|(what, records)| listed(pen.board, what, records)));
    parts.extend(frozen.map(|at| format!("bản đã đọc được chốt lúc {}", clock(at.time()))));
    parts.extend(listed(pen.board, "sửa sau khi đọc", &tally.edited));
    Some(ended(&parts.join("; ")))
}

/// `nhất trí: KL-01, NV-02`.
fn listed(board: &Board, what: &str, records: &[RecordId]) -> Option<String> {
    let records = records.iter().filter_map(|id| board.record(*id));
    let numbers: Vec<&str> = records.filter_map(Record::short_number).collect();
    (!numbers.is_empty()).then(|| format!("{what}: {}", numbers.join(", ")))
}

#[derive(Default)]
struct Reader {
    paragraphs: Vec<Paragraph>,
    headings: [String; 2],
    /// The paragraph to which lines without a record belong.
    main: Option<usize>,
}

impl Reader {
    fn begin(&mut self, record: RecordId, block: &Block) {
        if !is_dash(block) || self.main.is_none() {
            self.main = Some(self.paragraphs.len());
        }
        let heading = self.headings.iter().filter(|heading| !heading.is_empty()).cloned();
        let heading = heading.collect::<Vec<_>>().join(" · ");
        self.paragraphs.push(Paragraph { record, heading, words: text_of(block) });
    }

    fn go_on(&mut self, block: &Block) {
        if let Block::Heading { level, .. } = block {
            self.main = None;
            let [main, sub] = &mut self.headings;
            if *level == 1 {
                (*main, *sub) = (labelled(block), String::new());
            } else {
                *sub = labelled(block);
            }
        } else if let Some(paragraph) = self.main.and_then(|at| self.paragraphs.get_mut(at)) {
            paragraph.words = format!("{}\n- {}", paragraph.words, text_of(block));
        }
    }
}

fn is_dash(block: &Block) -> bool {
    matches!(block, Block::Item { level: 2, .. })
}

fn text_of(block: &Block) -> String {
    nfc::clean_line(block.text())
}

fn labelled(block: &Block) -> String {
    match block {
        Block::Heading { label, .. } | Block::Item { label, .. } => format!("{label} {}", text_of(block)),
        Block::Paragraph(_) | Block::Table(_) => text_of(block),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::Command,
        edit::Edit,
        kind::{ConclusionPart, Kind},
        testing::{Desk, UNITS},
    };

    fn read(desk: &Desk) -> Vec<(RecordId, String, String)> {
        paragraphs(&desk.board).into_iter().map(|p| (p.record, p.heading, p.words)).collect()
    }

    #[test]
    fn each_record_is_read_once_under_its_heading_with_what_belongs_to_it() {
        let mut desk = Desk::at_session(1);
        let assessment = desk.line(Kind::Conclusion, "đạt yêu cầu");
        let organised = desk.line(Kind::Conclusion, "báo cáo hằng tháng");
        desk.edit(organised, Edit::Part(ConclusionPart::Organisation)).unwrap();
        let difficulty = desk.line(Kind::Difficulty, "thiếu dữ liệu");
        let again = desk.line(Kind::Difficulty, "không có dữ liệu");
        desk.submit(&Command::Merge { into: difficulty, from: vec![again] }).unwrap();
        let [solution, asked, task] =
            [Kind::Solution, Kind::Recommendation, Kind::Task].map(|kind| desk.line(kind, "liên thông"));
        for answer in [solution, asked, task] {
            desk.edit(answer, Edit::Answers(difficulty, true)).unwrap();
        }
        desk.edit(asked, Edit::Addressee("Thành ủy".into())).unwrap();
        let other = desk.line(Kind::Recommendation, "bổ sung biên chế");
        desk.edit(other, Edit::Addressee("Thành ủy".into())).unwrap();
        let (assessed, settled) = ("I- ĐÁNH GIÁ CHUNG", "II- KHÓ KHĂN, VƯỚNG MẮC VÀ HƯỚNG XỬ LÝ");
        let to = "IV- KIẾN NGHỊ · 1. Đối với Thành ủy";
        let wanted = [
            (assessment, assessed, "đạt yêu cầu."),
            (
                difficulty,
                settled,
                "thiếu dữ liệu (Quận 1).\n- Quận 1 nêu: không có dữ liệu.\n- Giao nhiệm vụ 1 tại mục III.",
            ),
            (solution, settled, "Hướng xử lý: liên thông."),
            (asked, settled, "Kiến nghị: liên thông."),
            (other, to, "bổ sung biên chế."),
            (organised, "V- TỔ CHỨC THỰC HIỆN", "báo cáo hằng tháng."),
        ];
        let mut shown = read(&desk);
        let of_task = shown.iter().position(|(record, ..)| *record == task).unwrap();
        assert!(shown.remove(of_task).2.starts_with("liên thông (chủ trì: [CẦN BỔ SUNG"));
        let wanted = wanted.map(|(record, heading, words)| (record, heading.to_owned(), words.to_owned()));
        assert_eq!(shown, wanted);
    }

    #[test]
    fn the_minutes_say_what_was_agreed_and_what_was_edited_afterwards() {
        let mut desk = Desk::at_session(1);
        let told = |desk: &Desk| told(&Pen::in_own_layout(&desk.board));
        let [one, two] = ["một", "hai"].map(|text| desk.line(Kind::Conclusion, text));
        assert_eq!(told(&desk), None);
        let reading = crate::domain::kind::Reading::Agreed;
        desk.submit(&Command::ReadBack { record: one, reading, words: "một.".into() }).unwrap();
        let so_far = "Kết luận được đọc lại tại hội nghị, 1/2 đoạn; nhất trí: KL-01; chưa đọc: KL-02.";
        assert_eq!(told(&desk).as_deref(), Some(so_far));
        let words = paragraphs(&desk.board).into_iter().map(|p| (p.record, p.words)).collect();
        desk.submit(&Command::Freeze { paragraphs: words }).unwrap();
        desk.edit(two, Edit::Text("hai khác".into())).unwrap();
        let all = told(&desk).unwrap();
        assert!(all.contains("bản đã đọc được chốt lúc 08 giờ"), "{all}");
        assert!(all.ends_with("sửa sau khi đọc: KL-02."), "{all}");
    }

    #[test]
    fn a_paragraph_says_who_and_by_when_and_nothing_off_the_record_is_read() {
        use crate::domain::edit::Lead;
        let mut desk = Desk::at_session(1);
        let task = desk.line(Kind::Task, "rà soát");
        desk.capture(Kind::Task, "kín", true);
        desk.edit(task, Edit::LeadUnit(Some(Lead::Unit(UNITS[1])))).unwrap();
        let shown = read(&desk);
        assert_eq!(shown.len(), 1);
        assert!(shown[0].2.starts_with("rà soát (chủ trì: Quận 2; thời hạn: ["), "{shown:?}");
    }
}
