//! Lists of units and people: a table that a spreadsheet has saved or a person has typed, a line each.
//!
//! Columns are known by their titles, in Vietnamese or English, with or without accents. Without titles a line is the unit's code, then the
//! person's name, post and part; the line that names a code first is the unit's. A line without columns is a unit, with or without a code.

use csv::{ReaderBuilder, StringRecord, Trim};

use crate::{
    domain::{kind::PartPlayed, summons::Entry, unit_line},
    text::{fold::fold, nfc},
};

/// What was read of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct List {
    /// Its units and people, in order.
    pub entries: Vec<Entry>,
    /// The lines that name neither, from 1.
    pub unread: Vec<u64>,
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    /// A number of the line, or anything else that is not kept.
    Other,
    Code,
    Unit,
    Name,
    /// Name and post, with a comma between.
    NameAndPost,
    Post,
    Part,
}

/// The titles of columns, folded.
const TITLES: [(Column, &[&str]); 7] = [
    (Column::Other, &["tt", "stt", "so tt", "no", "no."]),
    (Column::Code, &["ma", "ma don vi", "ky hieu", "code", "unit code"]),
    (
        Column::Unit,
        &["don vi", "ten don vi", "co quan", "co quan, don vi", "unit", "unit name", "organisation"],
    ),
    (
        Column::Name,
        &["ho va ten", "ho ten", "ten", "dai bieu", "ho ten dai bieu", "name", "full name", "person"],
    ),
    (Column::NameAndPost, &["ho va ten, chuc vu", "ho ten, chuc vu", "name, post"]),
    (Column::Post, &["chuc vu", "chuc danh", "post", "position"]),
    (Column::Part, &["vai tro", "thanh phan", "tu cach", "role", "part"]),
];

/// What a person does at the session, folded.
const PARTS: [(PartPlayed, &[&str]); 5] = [
    (PartPlayed::Chair, &["chu tri", "chair"]),
    (PartPlayed::Facilitator, &["nguoi dieu hanh", "dieu hanh", "facilitator"]),
    (PartPlayed::NoteTaker, &["thu ky", "note-taker", "note taker", "secretary"]),
    (PartPlayed::Delegate, &["dai bieu", "delegate"]),
    (PartPlayed::Guest, &["khach moi", "khach", "guest"]),
];

/// What our own lists put behind the name of a guest.
const GUEST: &str = "(khách mời)";
/// What they put behind what only completes a sample.
const SAMPLE: &str = "(mẫu)";

/// Whether a text is a list by the titles of its columns: one of a person or a unit, and another one.
pub fn is_list(text: &str) -> bool {
    let first = rows(text).into_iter().next();
    first.is_some_and(|(_, cells)| titles(&cells).is_some())
}

/// Reads a list; `codes` are those of the units that are known.
pub fn list(text: &str, codes: &[&str]) -> List {
    let mut rows = rows(text).into_iter().peekable();
    let columns = rows.peek().and_then(|(_, cells)| titles(cells));
    if columns.is_some() {
        rows.next();
    }
    let mut known: Vec<String> = codes.iter().map(|code| code.to_lowercase()).collect();
    let mut list = List::default();
    for (line, cells) in rows {
        let entry = match &columns {
            Some(columns) => titled(columns, &cells),
            None => untitled(&cells, &mut known),
        };
        match entry
            .filter(|entry| ![&entry.code, &entry.unit, &entry.name].iter().all(|text| text.is_empty()))
        {
            Some(entry) => list.entries.push(entry),
            None => list.unread.push(line),
        }
    }
    list
}

/// The lines that hold anything, by their cells.
fn rows(text: &str) -> Vec<(u64, Vec<String>)> {
    let text = text.trim_start_matches('\u{FEFF}');
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(text))
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let cells = |record: &StringRecord| record.iter().map(cleaned).collect::<Vec<_>>();
    let rows = reader.records().filter_map(Result::ok).map(|record| {
        let line = record.position().map_or(0, csv::Position::line);
        (line, cells(&record))
    });
    rows.filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty())).collect()
}

fn cleaned(cell: &str) -> String {
    unmarked(&nfc::clean_line(cell)).to_owned()
}

fn unmarked(cell: &str) -> &str {
    cell.strip_suffix(SAMPLE).map_or(cell, str::trim_end)
}

/// What parts the cells: what the first line has most of.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: &u8| first.bytes().filter(|byte| byte == delimiter).count();
    // Of equally many the last one counts, and tabs are typed by nobody.
    b",;\t".iter().copied().max_by_key(count).unwrap_or(b',')
}

/// What stands in the columns, if these are their titles.
fn titles(cells: &[String]) -> Option<Vec<Column>> {
    let column = |cell: &String| {
        let folded = fold(cell);
        let known = TITLES.iter().find(|(_, titles)| titles.contains(&folded.as_str()));
        known.map_or(Column::Other, |(column, _)| *column)
    };
    let columns: Vec<Column> = cells.iter().map(column).collect();
    let named = columns.iter().filter(|column| **column != Column::Other).count();
    let telling = [Column::Name, Column::NameAndPost, Column::Unit];
    (named > 1 && columns.iter().any(|column| telling.contains(column))).then_some(columns)
}

fn titled(columns: &[Column], cells: &[String]) -> Option<Entry> {
    let mut entry = Entry::default();
    for (column, cell) in columns.iter().zip(cells) {
        match column {
            Column::Other => {}
            Column::Code => (entry.code, entry.also) = several(cell, entry.also),
            Column::Unit => (entry.unit, entry.also) = several(cell, entry.also),
            Column::Name => entry.name.clone_from(cell),
            Column::NameAndPost => {
                let guest = cell.strip_suffix(GUEST).map(str::trim_end);
                let cell = unmarked(guest.unwrap_or(cell));
                let (name, post) = cell.split_once(", ").unwrap_or((cell, ""));
                (entry.name, entry.post) = (name.to_owned(), post.to_owned());
                entry.part = guest.map(|_| PartPlayed::Guest).or(entry.part);
            }
            Column::Post => entry.post.clone_from(cell),
            Column::Part => entry.part = part(cell),
        }
    }
    let has_names = columns.iter().any(|column| matches!(column, Column::Name | Column::NameAndPost));
    // A number alone is a line of a form that nobody has filled in.
    (!has_names || !entry.name.is_empty() || !entry.unit.is_empty()).then_some(entry)
}

/// A unit, and the further ones behind semicolons.
fn several(cell: &str, mut also: Vec<String>) -> (String, Vec<String>) {
    let mut units = cell.split(';').map(|unit| unit.trim().to_owned()).filter(|unit| !unit.is_empty());
    let first = units.next().unwrap_or_default();
    if also.is_empty() {
        also = units.collect();
    }
    (first, also)
}

fn untitled(cells: &[String], known: &mut Vec<String>) -> Option<Entry> {
    let is_number = |cell: &String| !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit());
    let cells = match cells {
        [number, rest @ ..] if rest.len() > 1 && is_number(number) => rest,
        all => all,
    };
    let (code, rest) = match cells {
        [only] => {
            let (code, unit) = unit_line::read(only);
            known.extend(code.as_ref().map(|code| code.to_lowercase()));
            return Some(Entry { code: code.unwrap_or_default(), unit, ..Entry::default() });
        }
        [code, rest @ ..] => (code, rest),
        [] => return None,
    };
    let lower = code.to_lowercase();
    let is_known = code.is_empty() || known.contains(&lower);
    if let ([unit], false) = (rest, is_known) {
        known.push(lower);
        return Some(Entry { code: code.clone(), unit: unit.clone(), ..Entry::default() });
    }
    let cell = |at: usize| rest.get(at).cloned().unwrap_or_default();
    let (code, also) = several(code, Vec::new());
    Some(Entry { code, also, name: cell(0), post: cell(1), part: part(&cell(2)), ..Entry::default() })
}

fn part(cell: &str) -> Option<PartPlayed> {
    let folded = fold(cell);
    PARTS.iter().find(|(_, words)| words.contains(&folded.as_str())).map(|(part, _)| *part)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Code, unit, name, post and part of each.
    fn read(text: &str) -> Vec<[String; 4]> {
        let list = list(text, &["Q1"]);
        list.entries.into_iter().map(|entry| [entry.code, entry.unit, entry.name, entry.post]).collect()
    }

    #[test]
    fn columns_are_known_by_their_titles_whatever_parts_them() {
        let wanted = [
            ["Q1", "Quận ủy Quận 1", "Nguyễn Văn An", "Trưởng ban"],
            ["TĐ", "Thành ủy Thủ Đức", "Lê Thị Bình", ""],
        ];
        for text in [
            "\u{FEFF}STT,Mã,Đơn vị,Họ và tên,Chức vụ\r\n1,Q1,Quận ủy Quận 1,Nguyễn Văn An,Trưởng ban\r\n2,TĐ,Thành ủy Thủ Đức,Lê Thị Bình,\r\n",
            "ma;ho ten;don vi;chuc vu\nQ1;Nguyễn Văn An;Quận ủy Quận 1;Trưởng ban\nTĐ;Lê Thị Bình;Thành ủy Thủ Đức;",
            "Code\tUnit\tName\tPost\nQ1\tQuận ủy Quận 1\tNguyễn Văn An\tTrưởng ban\n\nTĐ\tThành ủy Thủ Đức\tLê Thị Bình",
            "Mã,Đơn vị,\"Họ và tên, chức vụ\"\nQ1,Quận ủy Quận 1,\"Nguyễn Văn An, Trưởng ban\"\nTĐ,Thành ủy Thủ Đức,Lê Thị Bình\n",
        ] {
            assert!(is_list(text), "{text}");
            assert_eq!(read(text), wanted, "{text}");
        }
    }

    #[test]
    fn without_titles_the_first_line_of_a_code_is_the_units_and_the_others_are_people() {
        let text = "Q7, Quận ủy Quận 7\nQ7, Trần Ba, Phó ban, chủ trì\nQ1, Lê Tư\n\n1, Q7, Vũ Năm, Chuyên viên\nQ8 Quận ủy Quận 8\n";
        assert!(!is_list(text));
        let wanted = [
            ["Q7", "Quận ủy Quận 7", "", ""],
            ["Q7", "", "Trần Ba", "Phó ban"],
            ["Q1", "", "Lê Tư", ""],
            ["Q7", "", "Vũ Năm", "Chuyên viên"],
            ["Q8", "Quận ủy Quận 8", "", ""],
        ];
        assert_eq!(read(text), wanted);
        assert_eq!(list(text, &[]).entries[1].part, Some(PartPlayed::Chair));
    }

    #[test]
    fn a_person_may_be_of_several_units_and_have_a_part() {
        let text = "Mã,Họ tên,Vai trò\nQ1; Q3,Nguyễn An,Khách mời\n";
        let entry = &list(text, &[]).entries[0];
        assert_eq!(
            (&*entry.code, &entry.also[..], entry.part),
            ("Q1", &["Q3".to_owned()][..], Some(PartPlayed::Guest))
        );
    }

    #[test]
    fn lines_that_name_nobody_are_told_by_their_numbers() {
        let text = "TT,Đơn vị,Họ và tên\n1,Q1,An\n2,,\n,,\n3,,Bình\n";
        let list = list(text, &[]);
        assert_eq!((list.entries.len(), list.unread), (2, vec![3]));
    }

    #[test]
    fn what_is_no_list_is_none() {
        for text in
            ["", "I- THỰC TRẠNG\nMột đoạn, có dấu phẩy, và hai.", "Đơn vị\nQ1", "tên\nmột", "\"chưa đóng,\n"]
        {
            assert!(!is_list(text), "{text}");
        }
        assert_eq!(list("", &[]), List::default());
    }
}
