//! The tables of a paper for spreadsheets: UTF-8 with its mark, lines that end in CR LF.

use crate::document::{Document, Table};

/// By which spreadsheets know UTF-8.
const MARK: char = '\u{FEFF}';

/// The tables of a paper, an empty line between two; `None` if it has none.
pub(super) fn render(document: &Document) -> Option<Vec<u8>> {
    let tables: Vec<String> = document.tables().map(table).collect();
    (!tables.is_empty()).then(|| format!("{MARK}{}", tables.join("\r\n")).into_bytes())
}

fn table(table: &Table) -> String {
    let titles = line(table.columns.iter().map(|column| column.title.as_str()));
    let rows = table.rows.iter().map(|row| line(row.iter().map(String::as_str)));
    std::iter::once(titles).chain(rows).collect()
}

fn line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let cells: Vec<String> = cells.map(cell).collect();
    format!("{}\r\n", cells.join(","))
}

/// A cell that a spreadsheet takes for a text and not for a formula.
fn cell(text: &str) -> String {
    let is_formula =
        text.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
    let guarded = if is_formula { format!("'{text}") } else { text.to_owned() };
    let needs_quotes = guarded.contains([',', ';', '"', '\n', '\r', '\t']) || text.trim() != text;
    if needs_quotes { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_one_cell_and_no_formula() {
        for (text, wanted) in [
            ("một", "một"),
            ("một, hai", "\"một, hai\""),
            ("một; hai", "\"một; hai\""),
            ("nói \"được\"", "\"nói \"\"được\"\"\""),
            ("=1+1", "'=1+1"),
            ("  =1+1", "\"'  =1+1\""),
            ("-2+3", "'-2+3"),
            ("+84", "'+84"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "\"'\t=1\""),
            ("＝1", "'＝1"),
            ("1-2", "1-2"),
            ("", ""),
        ] {
            assert_eq!(cell(text), wanted);
        }
    }
}
