//! The annexes of the conclusion notice: what is recommended to each addressee, in a table of its own.

use std::collections::BTreeMap;

use super::{
    Column, Document, Paper, Wording,
    facts::{Pen, wording},
    following,
    notice::by_addressee,
};
use crate::{
    domain::{
        board::Board,
        field::{self, set},
        ids::RecordId,
        kind::Kind,
        record::Record,
    },
    text::fold::fold,
};

/// Where each difficulty stands in the notice.
type Places = BTreeMap<RecordId, usize>;

/// One annex for each addressee.
pub(super) fn annexes(board: &Board, words: &Wording) -> Vec<Document> {
    let groups = requests(&Pen::new(board, words));
    let several = groups.len() > 1;
    let difficulties = Pen::new(board, words).records(Kind::Difficulty).into_iter();
    let places: Places = difficulties.enumerate().map(|(at, difficulty)| (difficulty.id, at)).collect();
    let numbered = (1..).zip(groups);
    let annex = |(number, (addressee, records)): (usize, (Option<&str>, Vec<&Record>))| {
        let title = if several { format!("PHỤ LỤC {number}") } else { "PHỤ LỤC".to_owned() };
        let mut document = annex(Pen::new(board, words), title, (addressee, &records), &places);
        let ordinal = if several { format!("-{number}") } else { String::new() };
        document.slug =
            format!("{}{ordinal}{}", Paper::Annex.slug(), in_ascii(addressee.unwrap_or_default()));
        document
    };
    numbered.map(annex).collect()
}

/// What is recommended to each addressee: what this session asks for, then what it asks for again.
fn requests<'a>(pen: &Pen<'a>) -> Vec<(Option<&'a str>, Vec<&'a Record>)> {
    let mut groups = by_addressee(pen);
    for item in following::carried(pen, true) {
        let addressee = item.text(&field::ADDRESSEE);
        match groups.iter_mut().find(|(known, _)| *known == addressee) {
            Some((_, records)) => records.push(item),
            None => groups.push((addressee, vec![item])),
        }
    }
    groups
}

fn annex(
    mut pen: Pen<'_>,
    title: String,
    (addressee, records): (Option<&str>, &[&Record]),
    places: &Places,
) -> Document {
    let addressee = match (addressee, records.first()) {
        (None, Some(record)) => pen.gap_of(record, "nơi nhận kiến nghị"),
        (addressee, _) => addressee.unwrap_or_default().to_owned(),
    };
    let head = pen.head_attached(title, format!("kiến nghị đối với {addressee}"));
    let columns = vec![
        Column::centred("TT", 1),
        Column::new("Nội dung kiến nghị", 7),
        Column::new("Khó khăn, vướng mắc", 5),
        Column::new("Đơn vị nêu", 3),
    ];
    let rows = (1..).zip(records).map(|(number, record)| row(&mut pen, number, record, places)).collect();
    pen.table(columns, rows);
    pen.finish(Paper::Annex, head, Vec::new(), Vec::new())
}

fn row(pen: &mut Pen<'_>, number: usize, record: &Record, places: &Places) -> Vec<String> {
    let text = pen.tell(record);
    if record.kind() == Some(Kind::FollowUp) {
        let asked = following::asked_before(record);
        return vec![number.to_string(), text, asked, following::assigned(pen, record).join("; ")];
    }
    let difficulties = answered(pen, record, places);
    let reasons: Vec<String> = difficulties.iter().copied().map(wording).collect();
    vec![number.to_string(), text, reasons.join("; "), by(pen, record, &difficulties)]
}

/// The unit that recommends it, else those that raised what it answers.
fn by(pen: &Pen<'_>, record: &Record, difficulties: &[&Record]) -> String {
    let raised = || difficulties.iter().filter_map(|difficulty| pen.unit_of(difficulty));
    let mut units: Vec<String> = Vec::new();
    for unit in pen.unit_of(record).map_or_else(|| raised().collect(), |unit| vec![unit]) {
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    units.join("; ")
}

/// The difficulties of the notice that a recommendation answers, each by the one that stands for it, in the notice's order.
fn answered<'a>(pen: &Pen<'a>, record: &Record, places: &Places) -> Vec<&'a Record> {
    let roots = record.linked(set::ANSWERS).map(|id| pen.board.merge_root(id));
    let mut found: Vec<(usize, RecordId)> = roots.filter_map(|id| Some((*places.get(&id)?, id))).collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().filter_map(|(_, id)| pen.board.record(id)).collect()
}

/// A name as a part of file names, after an underscore: letters and digits of ASCII, hyphens between.
fn in_ascii(name: &str) -> String {
    const LETTERS: usize = 40;
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        if slug.len() + word.len() > LETTERS {
            break;
        }
        slug.push(if slug.is_empty() { '_' } else { '-' });
        slug.push_str(word);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_ascii() {
        assert_eq!(in_ascii("Ban Tổ chức Thành ủy (mẫu)"), "_ban-to-chuc-thanh-uy-mau");
        assert_eq!(in_ascii("../Đảng & 民"), "_dang");
        assert_eq!(in_ascii(""), "");
        assert_eq!(in_ascii(&"ê".repeat(300)), "");
    }
}
