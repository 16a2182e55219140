//! Makes the pictures in `screenshots/` from the real screens of the sample session.
//!
//! `cargo run --example screenshots` writes them, `-- --check` compares them with what the screens show now. The
//! pictures are SVG, one text element a run of equal style, so that they are the same bytes everywhere. The first pages of the papers are made beside them.

mod pages;
mod table;

use std::{fmt::Write as _, fs, path::Path, process::ExitCode, sync::Arc};

use chrono::{DateTime, FixedOffset, TimeDelta};
use hoinghi::{
    app::{
        App, Asking, Setup,
        effect::Effect,
        msg::{Input, Msg},
    },
    cli::sample,
    document::Wording,
    domain::{
        abbreviation::Table,
        change::Author,
        ids::{PersonId, ScopeId},
        policy::Role,
    },
    i18n::Lang,
    keymap::{Keymap, key::Key},
    store::{CommitError, OpenOptions, Store},
    text::clusters::clusters,
    ui::{self, theme::Theme},
};
use ratatui::{
    buffer::{Buffer, Cell},
    layout::{Position, Rect},
    style::{Color, Modifier},
};

type Failure = Box<dyn std::error::Error>;

/// A picture: its file, the size of the window, and the keys that lead there from the start of `demo`.
struct Picture {
    file: &'static str,
    size: (u16, u16),
    keys: &'static [&'static str],
}

const PICTURES: [Picture; 18] = [
    Picture { file: "home", size: (100, 24), keys: &["Esc"] },
    Picture { file: "agenda", size: (110, 28), keys: &["F2"] },
    Picture { file: "keynote", size: (110, 28), keys: &["F3"] },
    Picture { file: "difficulties", size: (110, 28), keys: &["F4"] },
    Picture { file: "conclusions", size: (120, 36), keys: &["F5"] },
    Picture {
        file: "capture",
        size: (110, 28),
        keys: &["F6", "\"q10 vm trụ sở ở tỉnh khác, khó tiếp nhận #doanhnghiệp !!"],
    },
    Picture { file: "read_back", size: (110, 28), keys: &["Alt+L", "Space", "Space", "Ctrl+D"] },
    Picture { file: "triage", size: (110, 28), keys: &["Ctrl+T"] },
    Picture { file: "roll_call", size: (110, 28), keys: &["F7", "Down", "5", "Down", "Down", "3"] },
    Picture {
        file: "speakers",
        size: (110, 28),
        keys: &[
            "F8",
            "Ctrl+N",
            "\"q5",
            "Enter",
            "Ctrl+N",
            "\"td",
            "Enter",
            "Ctrl+F",
            "Home",
            "F6",
            "\"mỗi phường một đầu mối",
        ],
    },
    Picture {
        file: "follow_up",
        size: (110, 28),
        keys: &[
            "Esc",
            "Ctrl+N",
            "\"Công tác kiểm tra",
            "Enter",
            "Ctrl+U",
            "\"2",
            "Enter",
            "Enter",
            "Ctrl+U",
            "\"8/6/2023",
            "Tab",
            "Tab",
            "Tab",
            "Tab",
            "Tab",
            "Tab",
            "Tab",
            "Tab",
            "Enter",
            "Space",
            "Down",
            "Ctrl+D",
        ],
    },
    Picture {
        file: "findings",
        size: (110, 28),
        keys: &["F6", "\"? kk chưa rõ ai nói điều này", "Enter", "\"nv rà soát sớm", "Enter", "Esc", "Alt+H"],
    },
    Picture {
        file: "abbreviations",
        size: (110, 28),
        keys: &["Alt+V", "\"đv:đơn vị", "Enter", "\"shđ:sinh hoạt đảng", "Down", "Enter"],
    },
    Picture { file: "projector", size: (110, 34), keys: &["Alt+P", "Down", "Alt+P", "F5", "Alt+P", "Alt+M"] },
    Picture { file: "chair", size: (100, 28), keys: &["Alt+C"] },
    Picture { file: "statistics", size: (100, 28), keys: &["Alt+Q"] },
    Picture { file: "palette", size: (110, 28), keys: &["F9", "\"gop"] },
    Picture { file: "small", size: (60, 20), keys: &["F4"] },
];

fn main() -> Result<ExitCode, Failure> {
    let check = std::env::args().any(|argument| argument == "--check");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    let mut stale = Vec::new();
    let mut pictures = pages::pictures(&*Stage::open((80, 24))?.store.board(sample::SCOPE)?)?;
    for picture in &PICTURES {
        pictures.push((picture.file.to_owned(), Stage::open(picture.size)?.play(picture.keys)?));
    }
    pictures.extend(table::pictures()?);
    for (file, svg) in pictures {
        let path = folder.join(format!("{file}.svg"));
        if !check {
            fs::write(&path, svg)?;
        } else if fs::read_to_string(&path).ok().as_deref() != Some(&svg) {
            stale.push(file);
        }
    }
    if stale.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("not what the screens show now: {}; run: cargo run --example screenshots", stale.join(", "));
    Ok(ExitCode::FAILURE)
}

/// The sample session on a real store in a folder that goes away, with a clock that rests.
struct Stage {
    app: App,
    store: Store,
    now: DateTime<FixedOffset>,
    /// The person's own abbreviations.
    own: Table,
    _folder: tempfile::TempDir,
}

impl Stage {
    fn open(size: (u16, u16)) -> Result<Self, Failure> {
        let folder = tempfile::tempdir()?;
        let mut store = Store::open(folder.path(), OpenOptions::new(1, "screenshots"))?;
        let mut now = DateTime::default();
        for request in sample::requests() {
            store.commit(&request)?;
            now = request.at;
        }
        let me = Author { person: PersonId(1), name: "Người điều hành".into() };
        let keymap = Arc::new(Keymap::default());
        let wording = Arc::new(Wording::new(&std::collections::BTreeMap::new())?);
        let app = App::new(Setup {
            asking: Asking::No,
            lang: Lang::Vietnamese,
            me,
            role: Role::Facilitator,
            keymap,
            wording,
            size,
            now,
            seed: 1,
            rests_at: None,
            elsewhere: "/media/usb/hoinghi".into(),
        });
        let mut stage = Self { app, store, now, own: Table::new(), _folder: folder };
        let catalogue = stage.store.catalogue();
        stage.tell(Msg::Catalogue(catalogue))?;
        let effects = stage.app.open(sample::SCOPE, None);
        stage.run(effects)?;
        Ok(stage)
    }

    fn tell(&mut self, msg: Msg) -> Result<(), Failure> {
        let effects = self.app.update(msg, self.now);
        self.run(effects)
    }

    fn run(&mut self, effects: Vec<Effect>) -> Result<(), Failure> {
        for effect in effects {
            match effect {
                Effect::Open(scope) => self.publish(scope)?,
                Effect::Submit(request) => {
                    let (command, scope) = (request.command_id, request.scope);
                    match self.store.commit(&request) {
                        Ok(_) => self.tell(Msg::Saved { command })?,
                        Err(CommitError::Refused(refusal)) => self.tell(Msg::Refused { command, refusal })?,
                        Err(error) => return Err(error.into()),
                    }
                    self.publish(scope)?;
                }
                Effect::ReadAbbreviations => self.tell(Msg::Abbreviations(self.own.clone()))?,
                Effect::KeepAbbreviations(own) => self.own = own,
                _ => {}
            }
        }
        Ok(())
    }

    fn publish(&mut self, scope: ScopeId) -> Result<(), Failure> {
        let (board, private) = (self.store.board(scope)?, self.store.private_board(scope)?);
        self.tell(Msg::Published { board, private })?;
        let catalogue = self.store.catalogue();
        self.tell(Msg::Catalogue(catalogue))
    }

    /// Presses the keys, a text after `"` letter by letter, and draws.
    fn play(self, keys: &[&str]) -> Result<String, Failure> {
        let (buffer, cursor) = self.drawn(keys)?;
        Ok(svg(&buffer, cursor))
    }

    /// The same as cells, and where the cursor stands.
    fn drawn(mut self, keys: &[&str]) -> Result<(Buffer, Option<Position>), Failure> {
        for key in keys {
            self.now += TimeDelta::seconds(2);
            let keys: Vec<Key> = match key.strip_prefix('"') {
                Some(text) => text.chars().map(Key::char).collect(),
                None => vec![key.parse()?],
            };
            for key in keys {
                self.tell(Msg::Input(vec![Input::Key(key)]))?;
            }
        }
        let (columns, rows) = self.app.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, rows));
        let cursor = ui::view(&self.app, Theme::full(), &mut buffer);
        Ok((buffer, cursor))
    }
}

const CELL: (u32, u32) = (9, 19);
const FOREGROUND: &str = "#d4d4d4";
const BACKGROUND: &str = "#1e1e1e";

/// How a run of cells looks.
#[derive(PartialEq, Eq, Clone)]
struct Look {
    foreground: &'static str,
    ground: Option<&'static str>,
    bold: bool,
    dim: bool,
}

fn look(cell: &Cell) -> Look {
    let foreground = match cell.fg {
        Color::Cyan => "#11a8cd",
        Color::Green => "#0dbc79",
        Color::Yellow => "#e5e510",
        Color::Red => "#f14c4c",
        Color::Black => "#000000",
        _ => FOREGROUND,
    };
    let has = |modifier| cell.modifier.contains(modifier);
    let ground = (cell.bg == Color::White).then_some("#ffffff");
    let (foreground, ground) = if has(Modifier::REVERSED) {
        (ground.unwrap_or(BACKGROUND), Some(foreground))
    } else {
        (foreground, ground)
    };
    Look { foreground, ground, bold: has(Modifier::BOLD), dim: has(Modifier::DIM) }
}

fn svg(buffer: &Buffer, cursor: Option<Position>) -> String {
    let (width, height) = (u32::from(buffer.area.width) * CELL.0, u32::from(buffer.area.height) * CELL.1);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         font-family=\"JetBrains Mono, Noto Sans Mono, monospace\" font-size=\"15\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"{BACKGROUND}\"/>\n"
    );
    for y in 0..buffer.area.height {
        row(buffer, y, &mut out);
    }
    if let Some(cursor) = cursor {
        let (x, y) = (u32::from(cursor.x) * CELL.0, u32::from(cursor.y) * CELL.1);
        let _infallible = writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"2\" height=\"{}\" fill=\"{FOREGROUND}\"/>",
            CELL.1
        );
    }
    out.push_str("</svg>\n");
    out
}

fn row(buffer: &Buffer, y: u16, out: &mut String) {
    let mut x = 0;
    while let Some(cell) = buffer.cell((x, y)) {
        let style = look(cell);
        let start = x;
        let mut text = String::new();
        while let Some(cell) = buffer.cell((x, y)).filter(|cell| look(cell) == style) {
            text.push_str(cell.symbol());
            x += 1;
        }
        run(out, &style, (start, y), x - start, &text);
    }
}

/// One run of equal style: its ground if it has one of its own, its text if there is any. Spaces beside each other do not
/// break: some readers of pictures would draw them as one.
fn run(out: &mut String, style: &Look, at: (u16, u16), cells: u16, text: &str) {
    let (x, y) = (u32::from(at.0) * CELL.0, u32::from(at.1) * CELL.1);
    let width = u32::from(cells) * CELL.0;
    let fill = style.foreground;
    if let Some(ground) = style.ground {
        let _infallible = writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\" fill=\"{ground}\"/>",
            CELL.1
        );
    }
    let shown = text.trim_end();
    if shown.is_empty() {
        return;
    }
    let lead = shown.len() - shown.trim_start().len();
    let length = u32::try_from(clusters(shown.trim_start()).count()).unwrap_or(0) * CELL.0;
    let x = x + u32::try_from(lead).unwrap_or(0) * CELL.0;
    let weight = if style.bold { " font-weight=\"bold\"" } else { "" };
    let opacity = if style.dim { " opacity=\"0.6\"" } else { "" };
    let escaped = shown.trim_start().replace('&', "&amp;").replace('<', "&lt;").replace("  ", "\u{a0}\u{a0}");
    let base = y + 14;
    let _infallible = writeln!(
        out,
        "<text x=\"{x}\" y=\"{base}\" textLength=\"{length}\" fill=\"{fill}\"{weight}{opacity}>{escaped}</text>"
    );
}
