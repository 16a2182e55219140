//! What a seat wants done outside: submitting, opening, exporting, finding.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use super::{
    find::{Finder, Question},
    inbox::{Happening, Outlet},
    keynote::{self, KeynoteError},
    papers::Papers,
    words,
    work::{Going, LongWork},
};
use crate::{
    app::{
        effect::Effect,
        msg::{Msg, News, ReadKeynote, ReadTable},
    },
    config::{keep_abbreviations, read_abbreviations},
    document::Depth,
    domain::{abbreviation::Table, board::Board, catalogue::Catalogue, command::Request, ids::ScopeId},
    export::{self, ExportError, Progress},
    i18n::{Lang, Strings, fill},
    import::Section,
    store::{OpenOptions, StoreError, Writer},
    text::shorthand::{self, TableFile},
};

/// The hands of a seat.
pub(super) struct Deeds {
    writer: Writer,
    outlet: Outlet,
    papers: Papers,
    lang: Lang,
    boards: BTreeMap<ScopeId, Arc<Board>>,
    finder: Finder,
    catalogue: Arc<Catalogue>,
    work: LongWork,
    quit: bool,
}

impl Deeds {
    pub(super) fn new(writer: Writer, outlet: Outlet, papers: Papers, lang: Lang, finder: Finder) -> Self {
        let (boards, catalogue, work) = (BTreeMap::new(), Arc::default(), LongWork::default());
        Self { writer, outlet, papers, lang, boards, finder, catalogue, work, quit: false }
    }

    /// Does what a seat asked for, in order.
    pub(super) fn run(&mut self, effects: Vec<Effect>) {
        let strings = self.lang.strings();
        for effect in effects {
            match effect {
                Effect::Submit(sent) => self.submit(*sent),
                Effect::Author { name, at } => self.answer(self.writer.person(name, at)),
                Effect::Open(scope) => self.answer(self.writer.open_scope(scope)),
                Effect::Export { generation, scope, depth } => self.export(generation, scope, depth),
                Effect::GiveUp => self.work.give_up(),
                Effect::Print { scope, slug, text } => self.print(scope, slug, text),
                Effect::ListFiles { generation, typed } => {
                    self.aside(move |_| Msg::Files { generation, files: keynote::list(&typed) });
                }
                Effect::ReadKeynote { generation, scope, path } => {
                    self.work.begin(generation, &self.outlet, move |going| {
                        read_keynote(strings, scope, Path::new(&path), going)
                    });
                }
                Effect::ReadAbbreviations => self.read_abbreviations(),
                Effect::KeepAbbreviations(own) => self.keep_abbreviations(&own),
                Effect::ReadTable(path) => self.aside(move |strings| read_table(strings, Path::new(&path))),
                Effect::AtHome => self.finder.note_home(),
                Effect::Nearest { generation, scope, record, text } => {
                    self.finder.near(Question { generation, scope, record, text });
                }
                Effect::Find { generation, query } => self.finder.find(generation, query),
                Effect::GoElsewhere(folder) => self.go_elsewhere(&folder),
                Effect::Quit => self.quit = true,
            }
        }
    }

    /// Whether the person wants to leave.
    pub(super) fn quit(&self) -> bool {
        self.quit
    }

    /// Remembers the newest board of a scope, for exports and for finding.
    pub(super) fn note_board(&mut self, board: &Arc<Board>) {
        self.finder.note_board(board);
        self.boards.insert(board.scope(), Arc::clone(board));
    }

    /// Tells the sessions there are, for finding.
    pub(super) fn note_catalogue(&mut self, catalogue: &Arc<Catalogue>) {
        self.catalogue = Arc::clone(catalogue);
        self.finder.note_sessions(catalogue);
    }

    fn submit(&self, request: Request) {
        let command_id = request.command_id;
        if let Err(error) = self.writer.submit(request) {
            let what = words::store_error(self.lang.strings(), &error);
            self.tell(Msg::NotSaved { command: command_id, what });
        }
    }

    fn answer(&self, result: Result<(), StoreError>) {
        if let Err(error) = result {
            self.tell(Msg::Failed(words::store_error(self.lang.strings(), &error)));
        }
    }

    fn tell(&self, msg: Msg) {
        self.outlet.send(Happening::Done(msg));
    }

    /// Does something slow in a thread of its own, and tells what came of it.
    fn aside(&self, deed: impl FnOnce(&Strings) -> Msg + Send + 'static) {
        let (outlet, strings) = (self.outlet.clone(), self.lang.strings());
        thread::spawn(move || outlet.send(Happening::Done(deed(strings))));
    }

    /// Asks the writer to go on in a folder given as a person types it.
    fn go_elsewhere(&self, folder: &str) {
        let strings = self.lang.strings();
        let mut seed = [0; 16];
        let asked = match getrandom::fill(&mut seed) {
            Ok(()) => {
                let holder = format!("pid {}", std::process::id());
                let options = OpenOptions::new(u128::from_be_bytes(seed), holder);
                self.writer.go_elsewhere(typed_path(folder), options)
            }
            Err(_no_randomness) => Err(StoreError::Stopped),
        };
        if let Err(error) = asked {
            self.tell(Msg::NotMoved(words::store_error(strings, &error)));
        }
    }

    /// Exports go to the folder in which work goes on; how that folder is called.
    pub(super) fn moved(&mut self, folder: &Path) -> String {
        self.papers.folder = folder.join("exports");
        folder.display().to_string()
    }

    /// Writes all documents of a session in a thread of its own, into the folder for papers.
    fn export(&mut self, generation: u64, scope: ScopeId, depth: Depth) {
        let (papers, strings) = (self.papers.clone(), self.lang.strings());
        let (board, stem) = (self.boards.get(&scope).cloned(), export::stem(&self.catalogue, scope));
        self.work.begin(generation, &self.outlet, move |going| {
            let Some(board) = board else { return News::GivenUp };
            let written =
                papers.write(&board, (stem, depth), &mut |Progress { done, total }| going.on(done, total));
            match written {
                Err(ExportError::GivenUp) => News::GivenUp,
                Ok(msg) => News::Done(Box::new(msg)),
                Err(error) => News::Done(Box::new(Msg::Failed(words::export_error(strings, &error)))),
            }
        });
    }

    fn print(&self, scope: ScopeId, slug: &'static str, text: String) {
        let (papers, stem) = (self.papers.clone(), export::stem(&self.catalogue, scope));
        self.aside(move |strings| {
            papers
                .print(&stem, slug, text)
                .unwrap_or_else(|error| Msg::Failed(words::export_error(strings, &error)))
        });
    }

    /// Reads the person's own abbreviations; lines that are none are told.
    fn read_abbreviations(&self) {
        let (folder, strings) = (self.papers.config.clone(), self.lang.strings());
        match read_abbreviations(&folder) {
            Ok(file) => {
                self.tell(Msg::Abbreviations(file.entries));
                if let Some(line) = file.skipped.first() {
                    let pattern = strings.sorting.notice_own_skipped;
                    self.tell(Msg::Warned(fill(
                        pattern,
                        &[&file.skipped.len().to_string(), &line.to_string()],
                    )));
                }
            }
            Err(error) => self.tell(Msg::Warned(self.file_words(&error))),
        }
    }

    fn keep_abbreviations(&self, own: &Table) {
        if let Err(error) = keep_abbreviations(&self.papers.config, own) {
            self.tell(Msg::Failed(self.file_words(&error)));
        }
    }

    fn file_words(&self, error: &std::io::Error) -> String {
        fill(
            self.lang.strings().cli_no_file,
            &[&self.papers.config.display().to_string(), &error.to_string()],
        )
    }

    /// Finishes what was handed in and closes the folder, with the frame that the next start shows first.
    pub(super) fn close(mut self, frame: Vec<u8>) -> Result<(), StoreError> {
        self.work.stop();
        self.writer.leave_frame(frame)?;
        self.writer.close()
    }
}

/// A path as a person types it: `~` is their own folder, and what follows nothing is meant from where the program started.
fn typed_path(typed: &str) -> PathBuf {
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from);
    let path = match (typed.strip_prefix('~').map(|rest| rest.trim_start_matches(['/', '\\'])), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(typed),
    };
    std::path::absolute(&path).unwrap_or(path)
}

/// Reads the table of an input method.
fn read_table(strings: &Strings, path: &Path) -> Msg {
    match keynote::read_text(path) {
        Ok(text) => {
            let TableFile { entries, skipped } = shorthand::parse(&text);
            Msg::Table(ReadTable { entries, skipped: skipped.len() })
        }
        Err(error) => Msg::Failed(words::keynote_error(strings, &error)),
    }
}

fn read_keynote(strings: &Strings, scope: ScopeId, path: &Path, going: &Going) -> News {
    let msg = match keynote::read_keynote(path, &mut |done, total| going.on(done, total)) {
        Err(KeynoteError::GivenUp) => return News::GivenUp,
        Ok(read) => {
            let pairs = |sections: Vec<Section>| {
                sections.into_iter().map(|section| (section.heading, section.paragraphs)).collect()
            };
            let converted = read.offer().map(|(encoding, sections)| (encoding, pairs(sections)));
            let report = words::left_out(strings, &read.left_out);
            Msg::Keynote { scope, read: ReadKeynote { sections: pairs(read.sections), converted, report } }
        }
        Err(error) => Msg::Failed(words::keynote_error(strings, &error)),
    };
    News::Done(Box::new(msg))
}
