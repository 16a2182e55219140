//! PDF beside the library that sets it, called by others on the same template and data; and of a session of 5,000 difficulties.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use hoinghi::{
    document::{Depth, Paper, Wording},
    export::{self, Format, Order, Profiles},
    store::{OpenOptions, Store},
};

use super::{
    Failure, Rounds,
    archives::Place,
    papers::{exporting, run, session, watched},
    table::{Row, against, median, ratio},
};

/// The library's command, and the interpreter of the language for which it is a module.
const TYPST: &str = "typst";
const PYTHON: &str = "python3";

pub(crate) fn rows(place: &Place, rounds: &Rounds) -> Result<Vec<Row>, Failure> {
    let taken = watched(&mut exporting(&session(place, 5000)?, "pdf", &place.file("papers")))?;
    Ok(vec![
        beside_typst(place, &session(place, 200)?, rounds.starts)?,
        Row::new("PDF of 5,000 records, s", taken.time / 1000.0, 2.5, 2.5, String::new()),
        Row::new("PDF of 5,000 records, MiB", taken.memory, 450.0, 450.0, String::new()),
    ])
}

/// The conclusion notice of a session of 200 records, from the session to the file; and the same pages set by others, by turns.
fn beside_typst(place: &Place, dir: &Path, times: usize) -> Result<Row, Failure> {
    const WHAT: &str = "PDF of 200 records, whole process : `typst`";
    let (out, source) = (place.file("papers"), source(place, dir)?);
    let reference = Reference::found();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..times {
        ours.push(run(&mut exporting(dir, "pdf", &out))?);
        if let Some(reference) = reference {
            theirs.push(reference.set(&source, &place.file("theirs.pdf"))?);
        }
    }
    Ok(match reference {
        Some(reference) => {
            let figures = format!("{}, {}", against(&ours, &theirs, "ms"), reference.words());
            Row::new(WHAT, ratio(&ours, &theirs), 1.0, 0.7, figures)
        }
        None => Row::skipped(
            WHAT,
            &format!(
                "no {TYPST} {} here, neither the command nor the module of {PYTHON} (`pip install typst`); ours takes {:.1} ms",
                version().unwrap_or_default(),
                median(&ours)
            ),
        ),
    })
}

/// The template and the data of the notice of a folder's newest session.
fn source(place: &Place, dir: &Path) -> Result<PathBuf, Failure> {
    let mut store = Store::open(dir, OpenOptions::new(99, "the benchmark").read_only())?;
    let scope = store.catalogue().first().ok_or("no session")?.scope;
    let board = store.board(scope)?;
    let none = BTreeMap::new();
    let (wording, profiles) = (Wording::new(&none)?, Profiles::read(&none)?);
    let order = Order { formats: vec![Format::Pdf], papers: vec![Paper::Notice], ..Order::all(Depth::Full) };
    let files = export::pdf_source(&board, &order, &wording, &profiles)?.ok_or("no notice")?;
    let folder = place.file("source");
    fs::create_dir_all(&folder)?;
    for file in &files {
        fs::write(folder.join(&file.name), &file.bytes)?;
    }
    let [template, _] = files;
    Ok(folder.join(template.name))
}

/// Who else sets the pages, with the same version of the library.
#[derive(Debug, Clone, Copy)]
enum Reference {
    /// Its command, from start to end.
    Command,
    /// Its Python module: a process that calls it, less one that does nothing.
    Module,
}

impl Reference {
    fn found() -> Option<Self> {
        let version = version()?;
        let asked = |command: &mut Command| {
            let said = command.stderr(Stdio::null()).output().ok().filter(|it| it.status.success());
            said.is_some_and(|said| String::from_utf8_lossy(&said.stdout).contains(version))
        };
        let command = asked(Command::new(TYPST).arg("--version")).then_some(Self::Command);
        let ask = "import typst; print(typst.eval(b'', 'array(sys.version).map(str).join(\".\")'))";
        command.or_else(|| asked(Command::new(PYTHON).args(["-c", ask])).then_some(Self::Module))
    }

    /// Sets a source; how long it took, in milliseconds.
    fn set(self, source: &Path, to: &Path) -> Result<f64, Failure> {
        const CALL: &str = "import sys, typst\n\
            typst.compile(sys.argv[1], sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True, pdf_standards='a-2a')";
        let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/fonts");
        let python = |code| {
            let mut command = Command::new(PYTHON);
            command.args(["-c", code]).arg(source).arg(to).arg(&fonts);
            run(&mut command)
        };
        if let Self::Module = self {
            return Ok(python(CALL)? - python("pass")?);
        }
        let mut command = Command::new(TYPST);
        command.args(["compile", "--ignore-system-fonts", "--pdf-standard", "a-2a", "--font-path"]);
        run(command.arg(&fonts).arg(source).arg(to).stderr(Stdio::null()))
    }

    fn words(self) -> &'static str {
        match self {
            Self::Command => "the command",
            Self::Module => "its Python module, less an empty process",
        }
    }
}

/// The version of the library that is linked in.
fn version() -> Option<&'static str> {
    let lock = include_str!("../../Cargo.lock");
    let (_, entry) = lock.split_once("name = \"typst\"\nversion = \"")?;
    entry.split('"').next()
}
