//! The first page of each paper of the sample session, as the program's own HTML on a sheet of A4 in an SVG. What a browser or an office
//! program makes of it differs between machines; these bytes do not.

use std::collections::BTreeMap;

use hoinghi::{
    document::{Depth, Paper, Wording},
    domain::board::Board,
    export::{self, Format, Order, Profiles},
};

use super::Failure;

/// A sheet of A4 in the pixels of CSS, and the margins that the profile of the sample gives it.
const SHEET: &str = "width: 210mm; height: 297mm; padding: 20mm 15mm 20mm 30mm; overflow: hidden; box-sizing: border-box; \
                     background: #fff; color: #000; overflow-wrap: anywhere; font-family: 'Times New Roman', Tinos, \
                     'Liberation Serif', serif";

/// A picture of each paper, by its file.
pub(crate) fn pictures(board: &Board) -> Result<Vec<(String, String)>, Failure> {
    let none = BTreeMap::new();
    let (wording, profiles) = (Wording::new(&none)?, Profiles::read(&none)?);
    let picture = |paper: Paper| {
        let order = Order { formats: vec![Format::Html], papers: vec![paper], ..Order::all(Depth::Full) };
        let files = export::render(board, &order, &wording, &profiles)?.files;
        let first = files.into_iter().next().ok_or("a paper of the sample is empty")?;
        Ok((format!("paper_{}", paper.name()), sheet(&String::from_utf8(first.bytes)?)?))
    };
    Paper::ALL.into_iter().map(picture).collect()
}

/// A page of HTML on a sheet: its style but for the rules of other media, and its body.
fn sheet(page: &str) -> Result<String, Failure> {
    let between = |from: &str, to: &str| {
        page.split_once(from).and_then(|(_, rest)| rest.split_once(to)).map(|(found, _)| found)
    };
    let style = between("<style>", "</style>").ok_or("a page without a style")?;
    let rules = style.split("@media").next().unwrap_or_default();
    let rules: String = rules.split_inclusive('\n').filter(|rule| !rule.starts_with("@page")).collect();
    let body = between("<main>", "</main>").ok_or("a page without a body")?;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 794 1123\" width=\"794\" height=\"1123\">\n\
         <foreignObject width=\"794\" height=\"1123\">\n<div xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"vi\" style=\"{SHEET}\">\n\
         <style>\n{}</style>\n<main style=\"height: 257mm; overflow: hidden\">{body}</main>\n</div>\n</foreignObject>\n</svg>\n",
        rules.replace('&', "&amp;").replace('<', "&lt;")
    ))
}
