//! PDF beside the command of the library that sets it, and of a session of 5,000 difficulties.

use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use super::{
    Failure, Rounds,
    archives::Place,
    papers::{exporting, paper, run, session},
    table::{Row, against, median, ms, ratio},
};

const TYPST: &str = "typst";

/// What a process took: from start to end in milliseconds, its greatest memory in MiB.
struct Taken {
    time: f64,
    memory: f64,
}

pub(crate) fn rows(place: &Place, rounds: &Rounds) -> Result<Vec<Row>, Failure> {
    if !cfg!(feature = "pdf") {
        return Ok(vec![Row::skipped("PDF", "this build has none")]);
    }
    let taken = watched(&mut exporting(&session(place, 5000)?, "pdf", &place.file("papers")))?;
    Ok(vec![
        beside_typst(place, &session(place, 200)?, rounds.starts)?,
        Row::new("PDF of 5,000 records, s", taken.time / 1000.0, 2.5, 2.5, String::new()),
        Row::new("PDF of 5,000 records, MiB", taken.memory, 450.0, 450.0, String::new()),
    ])
}

/// The conclusion notice of a session of 200 records, and the same words set by the command, by turns.
fn beside_typst(place: &Place, dir: &Path, times: usize) -> Result<Row, Failure> {
    const WHAT: &str = "PDF of 200 records : `typst`";
    let out = place.file("papers");
    run(&mut exporting(dir, "md", &out))?;
    let source = place.file("paper.typ");
    fs::write(&source, as_source(&fs::read_to_string(paper(&out, "md")?)?))?;
    let has_typst = Command::new(TYPST).arg("--version").stdout(Stdio::null()).status().is_ok();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..times {
        ours.push(run(&mut exporting(dir, "pdf", &out))?);
        if has_typst {
            let standard = ["--pdf-standard", "a-2a"];
            let mut command = Command::new(TYPST);
            command.arg("compile").args(standard).arg(&source).arg(place.file("theirs.pdf"));
            theirs.push(run(&mut command)?);
        }
    }
    if has_typst {
        return Ok(Row::new(WHAT, ratio(&ours, &theirs), 1.0, 0.7, against(&ours, &theirs, "ms")));
    }
    Ok(Row::skipped(WHAT, &format!("no {TYPST} here; ours takes {:.1} ms", median(&ours))))
}

/// Runs a program to its end.
fn watched(command: &mut Command) -> Result<Taken, Failure> {
    const LOOK: Duration = Duration::from_micros(500);
    let started = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let mut memory = 0.0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        memory = greatest_memory(child.id()).unwrap_or(memory);
        std::thread::sleep(LOOK);
    };
    if !status.success() {
        return Err(format!("{command:?} failed").into());
    }
    Ok(Taken { time: ms(started.elapsed()), memory })
}

/// What the kernel says while the process lives.
fn greatest_memory(process: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kib / 1024.0)
}

/// Paragraphs as the command reads them, in the looks of ours.
fn as_source(text: &str) -> String {
    const LOOKS: &str = "#set page(paper: \"a4\", numbering: \"1\")\n#set document(title: \"x\", date: datetime(year: 2024, month: 1, day: 1))\n\
                         #set text(font: \"Tinos\", size: 14pt, lang: \"vi\", hyphenate: false)\n#set par(justify: true)\n";
    let paragraph = |line: &str| format!("#par({:?})\n", line.trim_start_matches('#'));
    LOOKS.to_owned() + &text.split("\n\n").map(paragraph).collect::<String>()
}
