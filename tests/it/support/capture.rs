//! A session made through the wizard with its capture line open, and what was stored from that line.

use std::{fs, path::Path};

use super::pty::{Program, export};

/// A program with a session open and the capture line ready.
pub(crate) fn capturing(folder: &Path) -> Program {
    let mut program = Program::start(folder, 100, 30, &[]);
    program.wait_for("Các hội nghị").press(&["Ctrl+N"]).wait_for("Lập hội nghị mới");
    program.type_text("Chuyên đề").press(&["Tab"; 10]);
    program.type_text("Q1 Quận 1").press(&["Tab", "Enter"]).wait_for("Khó khăn, vướng mắc");
    program.press(&["F6"]);
    program
}

/// What the line of the cursor shows, without the frame.
pub(crate) fn shown_line(program: &Program) -> String {
    program.cursor_line().trim_matches(['│', ' ']).to_owned()
}

/// The wordings of all notes in the order of their numbers, as the program's own export gives them.
pub(crate) fn exported_notes(folder: &Path) -> Vec<String> {
    let out = export(folder, "json", "all");
    let file = fs::read_dir(&out).unwrap().next().unwrap().unwrap().path();
    let json: serde_json::Value = serde_json::from_slice(&fs::read(file).unwrap()).unwrap();
    let notes = json["records"]["note"].as_array().unwrap();
    notes.iter().map(|note| note["fields"]["text"].as_str().unwrap().to_owned()).collect()
}
