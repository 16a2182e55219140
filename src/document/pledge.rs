//! The year's pledge: what the units promise each other, and where each of them signs.

use chrono::Datelike;

use super::{
    Document, Paper, Signature, Wording, WordingError,
    facts::{Pen, ended, full_date, marked, unit_name, wording},
};
use crate::domain::{board::Board, field, pledge, record::Record, session::Session};

/// The pledge of a board, from whatever state of the session.
///
/// # Errors
/// A template that an office overrode cannot be filled.
pub(super) fn pledge(board: &Board, words: &Wording) -> Result<Document, WordingError> {
    let mut pen = Pen::new(board, words);
    let cluster = pen.need_field(&field::CLUSTER, "tên cụm");
    let year = pen.session().and_then(Session::date).map(|date| format!("năm {}", date.year()));
    let year = pen.need(year, "năm");
    let head = pen.head_unnumbered("GIAO ƯỚC THI ĐUA", format!("của {cluster}, {year}"));
    let date = pen.session().and_then(Session::date).map(full_date);
    let opening = [
        ("date", pen.need(date, "ngày ký giao ước")),
        ("place", pen.need_field(&field::PLACE, "địa điểm")),
        ("cluster", cluster),
        ("year", year),
    ];
    pen.paragraph(words.sentence("pledge-opening.j2", &opening)?);
    promises(&mut pen);
    pen.paragraph(words.sentence("pledge-closing.j2", &[])?);
    let signatures = signatures(&mut pen);
    Ok(pen.finish(Paper::Pledge, head, signatures, Vec::new()))
}

fn promises(pen: &mut Pen<'_>) {
    for (number, group) in (1..).zip(pledge::groups(pen.board)) {
        pen.subheading(format!("{number}."), &ended(&wording(group.record)));
        for target in group.targets {
            pen.dash(ended(&promise(target)));
        }
    }
}

/// A target with its figure.
fn promise(target: &Record) -> String {
    let figure = target.text(&field::FIGURE).map(|figure| format!(": {figure}")).unwrap_or_default();
    marked(&format!("{}{figure}", target.wording()), target.flag(&field::SAMPLE))
}

/// A place for each unit; where it is recorded that a unit signed, the day stands in it.
fn signatures(pen: &mut Pen<'_>) -> Vec<Signature> {
    let units = pledge::signatures(pen.board);
    if units.is_empty() {
        pen.missing.push("đơn vị ký giao ước".to_owned());
    }
    let signature = |(unit, signed): (&Record, Option<&Record>)| {
        let day = signed.and_then(|signed| signed.date(&field::SIGNED_ON)).map(full_date);
        Signature {
            authority: "ĐẠI DIỆN".to_owned(),
            position: unit_name(unit).to_uppercase(),
            name: day.map(|day| format!("Đã ký ngày {day}")).unwrap_or_default(),
        }
    };
    units.into_iter().map(signature).collect()
}
