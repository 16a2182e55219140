//! What a seat wants done outside: submitting, opening, exporting, finding.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    thread,
};

use chrono::{DateTime, FixedOffset};

use super::{
    apart::Given,
    find::Question,
    house::{House, Membership},
    inbox::{Happening, Outlet},
    keynote::{self, KeynoteError},
    manager,
    stick::{self, Luggage, StickError},
    words,
    work::{Going, LongWork},
};
use crate::{
    app::{
        effect::{Deciding, Effect, ListSource},
        msg::{Msg, News, ReadKeynote, ReadList, ReadTable},
    },
    config::{keep_abbreviations, read_abbreviations},
    document::{self, Depth},
    domain::{abbreviation::Table, command::Request, ids::ScopeId, policy::Role},
    export::{self, ExportError, Progress},
    i18n::{Lang, Strings, fill},
    import::{
        Section,
        list::{List, list},
    },
    store::{Host, OpenOptions, StoreError},
    text::shorthand::{self, TableFile},
};

/// The hands of a seat.
pub(super) struct Deeds {
    seat: Membership,
    outlet: Outlet,
    lang: Lang,
    /// Whether the terminal is another computer's.
    is_away: bool,
    work: LongWork,
    copied: Option<String>,
    quit: bool,
}

impl Deeds {
    pub(super) fn new(seat: Membership, outlet: Outlet, (lang, is_away): (Lang, bool)) -> Self {
        Self { seat, outlet, lang, is_away, work: LongWork::default(), copied: None, quit: false }
    }

    /// The seat in its house.
    pub(super) fn seat(&mut self) -> &mut Membership {
        &mut self.seat
    }

    pub(super) fn house(&self) -> &Arc<House> {
        self.seat.house()
    }

    /// Does what a seat asked for, in order.
    pub(super) fn run(&mut self, effects: Vec<Effect>) {
        let strings = self.lang.strings();
        for effect in effects {
            if self.refuses(&effect) {
                continue;
            }
            match effect {
                Effect::Submit(sent) => self.submit(*sent),
                Effect::Author { name, at } => self.ask_author(name, at),
                Effect::Open(scope) => self.answer(self.house().open_scope(self.seat.seat(), scope)),
                Effect::Export { generation, scope, depth } => self.export(generation, scope, depth),
                Effect::OpenFolder => self.open_folder(),
                Effect::FindSticks => self.aside(find_sticks),
                Effect::CopyToStick { generation, scope, stick } => {
                    self.copy_out(generation, scope, PathBuf::from(stick));
                }
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
                Effect::ReadList { scope, from, codes } => {
                    self.aside(move |strings| read_list(strings, scope, from, &codes));
                }
                Effect::ReadTable(path) => self.aside(move |strings| read_table(strings, Path::new(&path))),
                Effect::AtHome => self.house().finder().note_home(),
                Effect::Nearest { generation, scope, record, text } => {
                    let question = Question { generation, scope, record, text };
                    self.house().finder().near(self.seat.seat(), question);
                }
                Effect::Find { generation, query } => {
                    self.house().finder().find(self.seat.seat(), generation, query);
                }
                Effect::Receive { path, deciding } => self.receive(&path, deciding),
                Effect::TakeNotebook { scope, taker, deciding } => self.give_notebook(scope, taker, deciding),
                Effect::GoElsewhere(folder) => self.go_elsewhere(&folder),
                Effect::Door(wish) => drop(self.house().wish(self.seat.seat(), wish)),
                Effect::Copy(text) => self.copied = Some(text),
                Effect::Quit => self.quit = true,
            }
        }
    }

    /// Refuses to another computer's seat what concerns this one's files, and says so.
    fn refuses(&mut self, effect: &Effect) -> bool {
        let strings = self.lang.strings();
        let words = &strings.table.door;
        let role = self.house().role_of(self.seat.seat()).filter(|_| self.is_away);
        let Some(role) = role else { return false };
        let writes = matches!(role, Role::Facilitator | Role::Chair);
        let why = match reach(effect) {
            Reach::Table => return false,
            Reach::Papers if writes => return false,
            Reach::Papers => fill(words.not_in_role, &[strings.role(role)]),
            Reach::Files => words.not_from_away.to_owned(),
            Reach::OwnFiles => return true,
        };
        let told = match effect {
            Effect::Export { generation, .. }
            | Effect::CopyToStick { generation, .. }
            | Effect::ReadKeynote { generation, .. } => {
                let news = News::Done(Box::new(Msg::Failed(why)));
                Msg::Work { generation: *generation, news }
            }
            Effect::GoElsewhere(_) => Msg::NotMoved(why),
            _ => Msg::Failed(why),
        };
        self.tell(told);
        true
    }

    /// Whether the person wants to leave.
    pub(super) fn quit(&self) -> bool {
        self.quit
    }

    /// What is to be put into the terminal's clipboard.
    pub(super) fn copied(&mut self) -> Option<String> {
        self.copied.take()
    }

    /// Gives up what is on its way, and waits until it has stopped.
    pub(super) fn stop(&mut self) {
        self.work.stop();
    }

    fn submit(&self, request: Request) {
        let command_id = request.command_id;
        if let Err(error) = self.house().submit(self.seat.seat(), request) {
            let what = words::store_error(self.lang.strings(), &error);
            self.tell(Msg::NotSaved { command: command_id, what });
        }
    }

    fn ask_author(&self, name: String, at: DateTime<FixedOffset>) {
        let outlet = self.outlet.clone();
        let answer = move |found| outlet.send(Happening::Named(found));
        self.answer(self.house().writer().person(name, at, answer));
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

    fn receive(&self, path: &str, deciding: Deciding) {
        let (outlet, strings) = (self.outlet.clone(), self.lang.strings());
        let answer = move |received: Result<_, _>| {
            outlet.send(Happening::Done(match received {
                Ok(report) => Msg::Told {
                    title: strings.notebook.action_receive.to_owned(),
                    lines: words::union(strings, &report),
                },
                Err(error) => Msg::Failed(words::commit_error(strings, &error)),
            }));
        };
        let host = self.host(deciding);
        self.answer(self.house().receive(typed_path(path), |_| Ok(host), answer));
    }

    fn give_notebook(&self, scope: ScopeId, taker: String, deciding: Deciding) {
        let (outlet, strings) = (self.outlet.clone(), self.lang.strings());
        let answer = move |given: Result<Given, _>| {
            outlet.send(Happening::Done(match given {
                Ok((notebook, file)) => Msg::Told {
                    title: strings.notebook.action_notebook.to_owned(),
                    lines: words::notebook(strings, &notebook, &file),
                },
                Err(error) => Msg::Failed(words::commit_error(strings, &error)),
            }));
        };
        self.answer(self.house().give_notebook(scope, taker, self.host(deciding), answer));
    }

    /// Whoever decides, in the role that the house holds for them.
    fn host(&self, Deciding { author, role, at }: Deciding) -> Host {
        Host { author, role: self.house().role_of(self.seat.seat()).unwrap_or(role), at }
    }

    /// Asks the writer to go on in a folder given as a person types it.
    fn go_elsewhere(&self, folder: &str) {
        let strings = self.lang.strings();
        let mut seed = [0; 16];
        let asked = match getrandom::fill(&mut seed) {
            Ok(()) => {
                let holder = format!("pid {}", std::process::id());
                let options = OpenOptions::new(u128::from_be_bytes(seed), holder);
                self.house().go_elsewhere(self.seat.seat(), typed_path(folder), options)
            }
            Err(_no_randomness) => Err(StoreError::Stopped),
        };
        if let Err(error) = asked {
            self.tell(Msg::NotMoved(words::store_error(strings, &error)));
        }
    }

    /// Writes all documents of a session in a thread of its own, into the folder for papers.
    fn export(&mut self, generation: u64, scope: ScopeId, depth: Depth) {
        let (papers, strings) = (self.house().papers(), self.lang.strings());
        let (board, stem) = (self.house().board(scope), export::stem(&self.house().catalogue(), scope));
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

    /// Shows the folder for papers in a window of the system's own.
    fn open_folder(&self) {
        let folder = self.house().papers().folder;
        self.aside(move |strings| {
            if !folder.is_dir() {
                return Msg::NothingExported;
            }
            let path = std::path::absolute(&folder).unwrap_or(folder).display().to_string();
            if manager::program().is_some_and(|program| manager::open(program, Path::new(&path))) {
                Msg::FolderOpened(path)
            } else {
                Msg::Failed(fill(strings.papers.taking.no_manager, &[&path]))
            }
        });
    }

    /// Writes all documents of a session and a backup to a stick, in a thread of its own. The logs are read there: the writer is not asked.
    fn copy_out(&mut self, generation: u64, scope: ScopeId, stick: PathBuf) {
        let (house, strings) = (self.house(), self.lang.strings());
        let (papers, backups, at) = (house.papers(), house.backups(), house.kit().clock.now());
        let (board, stem) = (house.board(scope), export::stem(&house.catalogue(), scope));
        self.work.begin(generation, &self.outlet, move |going| {
            let Some(board) = board else { return News::GivenUp };
            let luggage = Luggage { papers, backups, board, stem, at };
            match luggage.copy(&stick, &mut |done, total| going.on(done, total)) {
                Ok(copied) => News::Done(Box::new(Msg::CopiedOut(words::copied(strings, &copied)))),
                Err(StickError::GivenUp) => News::GivenUp,
                Err(error) => News::Done(Box::new(Msg::Failed(words::stick_error(strings, &error)))),
            }
        });
    }

    fn print(&self, scope: ScopeId, slug: &'static str, text: String) {
        let (papers, stem) = (self.house().papers(), export::stem(&self.house().catalogue(), scope));
        let board = self.house().board(scope);
        self.aside(move |strings| {
            let private = board.is_some_and(|board| document::withheld(&board) > 0);
            papers
                .print(export::page(&stem, slug, text), private)
                .unwrap_or_else(|error| Msg::Failed(words::export_error(strings, &error)))
        });
    }

    /// Reads the person's own abbreviations; lines that are none are told.
    fn read_abbreviations(&self) {
        let (folder, strings) = (self.house().kit().config.clone(), self.lang.strings());
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
        if let Err(error) = keep_abbreviations(&self.house().kit().config, own) {
            self.tell(Msg::Failed(self.file_words(&error)));
        }
    }

    fn file_words(&self, error: &std::io::Error) -> String {
        fill(
            self.lang.strings().cli_no_file,
            &[&self.house().kit().config.display().to_string(), &error.to_string()],
        )
    }
}

/// How far an effect reaches.
enum Reach {
    /// What the table shares.
    Table,
    /// The folder for papers.
    Papers,
    /// Files of the host's computer that somebody names.
    Files,
    /// What the host keeps for themselves.
    OwnFiles,
}

fn reach(effect: &Effect) -> Reach {
    match effect {
        Effect::Submit(_)
        | Effect::Open(_)
        | Effect::GiveUp
        | Effect::AtHome
        | Effect::Nearest { .. }
        | Effect::Find { .. }
        | Effect::Door(_)
        | Effect::Copy(_)
        | Effect::TakeNotebook { .. }
        | Effect::ReadList { from: ListSource::Pasted(_), .. }
        | Effect::Quit => Reach::Table,
        Effect::Export { .. } | Effect::Print { .. } => Reach::Papers,
        Effect::Author { .. }
        | Effect::OpenFolder
        | Effect::FindSticks
        | Effect::CopyToStick { .. }
        | Effect::Receive { .. }
        | Effect::ReadKeynote { .. }
        | Effect::ReadList { from: ListSource::File(_), .. }
        | Effect::ReadTable(_)
        | Effect::KeepAbbreviations(_)
        | Effect::GoElsewhere(_) => Reach::Files,
        Effect::ListFiles { .. } | Effect::ReadAbbreviations => Reach::OwnFiles,
    }
}

/// The sticks that are plugged in.
fn find_sticks(strings: &Strings) -> Msg {
    match stick::plugged_in() {
        Some(sticks) => Msg::Sticks(sticks),
        None => Msg::Failed(strings.papers.taking.no_table.to_owned()),
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

/// Reads a list of units and people.
fn read_list(strings: &Strings, scope: ScopeId, from: ListSource, codes: &[String]) -> Msg {
    let is_pasted = matches!(from, ListSource::Pasted(_));
    let text = match from {
        ListSource::Pasted(text) => Ok(text),
        ListSource::File(path) => keynote::read_text(&typed_path(&path)),
    };
    match text {
        Ok(text) => {
            let List { entries, unread } = list(&text, &codes.iter().map(String::as_str).collect::<Vec<_>>());
            Msg::List { scope, list: ReadList { entries, unread, is_pasted } }
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
