//! Papers written at a shell: beside pandoc, which makes a DOCX of the same words, and of a long session by its processor time.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use super::{
    Failure, Rounds,
    archives::Place,
    making::Size,
    table::{Row, against, median, ms, ratio},
};

/// How many ticks of the kernel's accounts a second has.
const TICKS: f64 = 100.0;

pub(crate) fn rows(place: &Place, rounds: &Rounds) -> Result<Vec<Row>, Failure> {
    let taken = watched(&mut exporting(&session(place, 5000)?, "docx", &place.file("papers")))?;
    Ok(vec![
        beside_pandoc(place, rounds.starts)?,
        long(place, rounds.starts)?,
        Row::new(
            "notice of 5,000 records as DOCX, MiB",
            taken.memory,
            32.0,
            32.0,
            format!("{:.0} ms", taken.time),
        ),
    ])
}

fn beside_pandoc(place: &Place, times: usize) -> Result<Row, Failure> {
    let what = "notice of 200 records as DOCX, whole process : pandoc";
    let pandoc = PathBuf::from("/usr/bin/pandoc");
    if !pandoc.exists() {
        return Ok(Row::skipped(what, "no pandoc"));
    }
    let (dir, out) = (session(place, 200)?, place.file("papers"));
    run(&mut exporting(&dir, "md", &out))?;
    let markdown = paper(&out, "md")?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..times {
        ours.push(run(&mut exporting(&dir, "docx", &out))?);
        theirs.push(run(Command::new(&pandoc).arg(&markdown).arg("-o").arg(out.join("pandoc.docx")))?);
    }
    Ok(Row::new(what, ratio(&ours, &theirs), 0.15, 0.06, against(&ours, &theirs, "ms")))
}

/// Processor time, since the rest of the machine may be busy.
fn long(place: &Place, times: usize) -> Result<Row, Failure> {
    let what = "notice of 5,000 records as DOCX, seconds of processor time";
    let (dir, out) = (session(place, 5000)?, place.file("papers"));
    if spent_by_children().is_err() {
        return Ok(Row::skipped(what, "no accounts of processor time here"));
    }
    let mut spent = Vec::new();
    for _ in 0..times {
        let before = spent_by_children()?;
        run(&mut exporting(&dir, "docx", &out))?;
        spent.push(spent_by_children()? - before);
    }
    let bytes = fs::metadata(paper(&out, "docx")?)?.len() / 1000;
    Ok(Row::new(what, median(&spent), 0.1, 0.05, format!("{bytes} KB of DOCX")))
}

/// An archive of one session.
pub(crate) fn session(place: &Place, records: usize) -> Result<PathBuf, Failure> {
    place.archive(&format!("paper-{records}"), Size { sessions: 1, records, newest: None, seed: 5 })
}

pub(crate) fn exporting(dir: &Path, format: &str, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hoinghi"));
    command.args(["--lang", "vi", "export", "--kind", "notice", "--format", format, "--data"]);
    command.arg(dir).arg("--out").arg(out).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Runs a program to its end; how long it took, in milliseconds.
pub(crate) fn run(command: &mut Command) -> Result<f64, Failure> {
    let begun = Instant::now();
    let status = command.status()?;
    if status.success() { Ok(ms(begun.elapsed())) } else { Err(format!("{command:?} failed").into()) }
}

/// What a process took: from start to end in milliseconds, its greatest memory in MiB.
pub(crate) struct Taken {
    pub(crate) time: f64,
    pub(crate) memory: f64,
}

/// Runs a program to its end, and looks how much memory it takes.
pub(crate) fn watched(command: &mut Command) -> Result<Taken, Failure> {
    const LOOK: Duration = Duration::from_micros(500);
    let started = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let mut memory = 0.0;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        memory = greatest_memory(child.id()).unwrap_or(memory);
        thread::sleep(LOOK);
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

/// The notice in a folder.
pub(crate) fn paper(out: &Path, format: &str) -> Result<PathBuf, Failure> {
    let paths = fs::read_dir(out)?.filter_map(|entry| Some(entry.ok()?.path()));
    let named = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.contains("thong-bao") && path.extension().is_some_and(|ending| ending == format)
    };
    paths.into_iter().find(named).ok_or_else(|| "no notice was written".into())
}

/// The seconds of processor time of all programs that this one has run to their ends.
fn spent_by_children() -> Result<f64, Failure> {
    let account = fs::read_to_string("/proc/self/stat")?;
    let (_, fields) = account.rsplit_once(')').ok_or("an account without a name")?;
    let ticks = fields.split_whitespace().skip(13).take(2).map(str::parse::<f64>);
    Ok(ticks.sum::<Result<f64, _>>()? / TICKS)
}
