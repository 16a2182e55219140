//! Subcommands that need no screen: one deed, one report.

mod erasing;
mod importing;
pub(super) mod notebook;

use std::{
    io::{self, IsTerminal, Write},
    path::Path,
    process::ExitCode,
    sync::{Arc, atomic::Ordering},
};

use serde::Serialize;

use super::{
    CliError, Context,
    args::{Action, NotebookDeed},
    effective, random,
    screens::wording,
};
use crate::{
    app::{chair, session::SessionSeat, statistics},
    document::{self, Wording, conclusion_notice},
    domain::{
        board::Board,
        catalogue::{Catalogue, SessionHeader},
        command::{Command, Request},
        ids::{IdStream, ScopeId},
        policy::Role,
    },
    export::{self, ExportError, Order, Page, Progress},
    i18n::{Strings, fill},
    runtime::{interrupted, profiles, words},
    store::{self, Host, Store, StoreError, UnionReport},
    text::fold::fold,
};

/// Damage was found.
const DAMAGED: u8 = 4;

pub(super) fn run(context: &Context) -> Result<ExitCode, CliError> {
    context.tell(&context.faults);
    match &context.args.command {
        Some(Action::Config { default, origin }) => {
            effective::show(context, *default, *origin);
            Ok(ExitCode::SUCCESS)
        }
        Some(Action::List { json }) => list(context, *json),
        Some(Action::Backup { file, private }) => backup(context, file, *private),
        Some(Action::Restore { file, merge }) => restore(context, file, *merge),
        Some(Action::Doctor { repair }) => doctor(context, *repair),
        Some(Action::Erase { words, yes }) => erasing::erase(context, words, *yes),
        Some(Action::Export { session, format, kind, depth, layout, profile, out }) => {
            let order = Order::parse(format, kind, depth)?.in_form(layout, profile.as_deref())?;
            export(context, session.as_deref(), &order, out)
        }
        Some(Action::Import { file, session, behind, over, convert, people }) => {
            let keynote = importing::Wanted {
                session: session.as_deref(),
                behind: *behind,
                over: *over,
                convert: *convert,
                people: *people,
            };
            importing::import(context, file, &keynote)
        }
        Some(Action::Notebook { deed: NotebookDeed::Take { session, file, taker } }) => {
            notebook::take(context, session, file, taker.as_deref())
        }
        Some(Action::Host { .. } | Action::Demo | Action::Join { .. } | Action::Notebook { .. }) | None => {
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// Says a line of a report. Whoever reads it may have read enough, as in `hoinghi list | head -1`: what was to be done is done all the same.
pub(super) fn say(line: &str) {
    _ = writeln!(io::stdout(), "{line}");
}

fn say_all(lines: &[String]) {
    for line in lines {
        say(line);
    }
}

/// Says a line apart from the report.
pub(super) fn remark(line: &str) {
    _ = io::stderr().write_all(format!("{line}\n").as_bytes());
}

/// A session as `list --json` shows it.
#[derive(Debug, Serialize)]
struct Listed<'a> {
    id: String,
    title: &'a str,
    quarter: Option<String>,
    state: &'a str,
    date: Option<String>,
}

impl<'a> Listed<'a> {
    fn new(header: &'a SessionHeader) -> Self {
        Self {
            id: header.scope.to_string(),
            title: &header.title,
            quarter: header.quarter().map(|quarter| quarter.to_string()),
            state: header.state.name(),
            date: header.date.map(|date| date.to_string()),
        }
    }
}

/// The catalogue; a folder that does not exist yet has no sessions.
fn catalogue(context: &Context) -> Result<Option<(Store, Arc<Catalogue>)>, CliError> {
    match context.read() {
        Ok(mut store) => {
            store.settle()?;
            let catalogue = store.catalogue();
            Ok(Some((store, catalogue)))
        }
        Err(CliError::Store(StoreError::Missing(_))) => Ok(None),
        Err(error) => Err(error),
    }
}

fn list(context: &Context, json: bool) -> Result<ExitCode, CliError> {
    let strings = context.lang.strings();
    let opened = catalogue(context)?;
    let sessions = opened.as_ref().map(|(_, catalogue)| catalogue.sessions()).unwrap_or_default();
    let is_sound = opened.as_ref().is_none_or(|(store, _)| tell(strings, store));
    if json {
        let listed: Vec<Listed<'_>> = sessions.iter().map(Listed::new).collect();
        let text =
            serde_json::to_string_pretty(&listed).map_err(|error| CliError::Failed(error.to_string()))?;
        say(&text);
    } else if sessions.is_empty() && is_sound {
        say(strings.cli_no_sessions);
    } else {
        for header in sessions {
            say(&listed_line(strings, header));
        }
    }
    Ok(ending(is_sound))
}

/// Tells apart what was found damaged, because of which something may be missing; whether nothing is.
fn tell(strings: &Strings, store: &Store) -> bool {
    for finding in store.findings() {
        remark(&words::finding(strings, finding));
    }
    store.findings().iter().all(|finding| finding.repaired)
}

fn ending(is_sound: bool) -> ExitCode {
    if is_sound { ExitCode::SUCCESS } else { ExitCode::from(DAMAGED) }
}

fn listed_line(strings: &Strings, header: &SessionHeader) -> String {
    let quarter =
        header.quarter().map_or_else(|| strings.no_quarter.to_owned(), |quarter| quarter.to_string());
    let id = header.scope.to_string();
    let short = id.get(..8).unwrap_or(&id);
    format!("{short}  {quarter:<9} {}  {}", strings.state(header.state), header.title)
}

/// The session that a person means: an id or its beginning, a quarter, or nothing for the one to show first.
pub(super) fn wanted(catalogue: &Catalogue, name: Option<&str>) -> Result<ScopeId, CliError> {
    let sessions = catalogue.sessions();
    let Some(name) = name else {
        return catalogue.first().map(|h| h.scope).ok_or_else(|| CliError::NoSession(String::new()));
    };
    let typed = fold(name);
    let by_id = |header: &&SessionHeader| header.scope.to_string().starts_with(&typed) && typed.len() >= 4;
    let by_quarter =
        |header: &&SessionHeader| header.quarter().is_some_and(|q| fold(&q.to_string()) == typed);
    let found = sessions.iter().find(by_id).or_else(|| sessions.iter().find(by_quarter));
    found.map(|header| header.scope).ok_or_else(|| CliError::NoSession(name.to_owned()))
}

/// Tells how far an export is, if somebody looks on; it goes on until it is interrupted.
fn progress(strings: &Strings) -> Result<impl FnMut(Progress) -> bool, CliError> {
    let interrupted = interrupted().map_err(|error| CliError::Failed(error.to_string()))?;
    let is_watched = io::stderr().is_terminal();
    Ok(move |Progress { done, total }| {
        if is_watched {
            let words = fill(strings.papers.progress, &[&done.to_string(), &total.to_string()]);
            note(&if done < total { format!("\r{words}") } else { format!("\r{:1$}\r", "", words.len()) });
        }
        !interrupted.load(Ordering::Relaxed)
    })
}

/// Writes to the person's line without ending it; who does not read it misses nothing.
fn note(words: &str) {
    let mut line = io::stderr();
    drop(line.write_all(words.as_bytes()).and_then(|()| line.flush()));
}

fn export(context: &Context, session: Option<&str>, order: &Order, out: &Path) -> Result<ExitCode, CliError> {
    let strings = context.lang.strings();
    let wording = wording(context)?;
    let profiles = profiles(&context.folders.config)?;
    let Some((mut store, catalogue)) = catalogue(context)? else {
        return Err(CliError::NoSession(session.unwrap_or_default().to_owned()));
    };
    let scope = match wanted(&catalogue, session) {
        Err(_) if !tell(strings, &store) && session.is_none() => return Ok(ending(false)),
        found => found?,
    };
    let board = store.board(scope)?;
    let stem = export::stem(&catalogue, scope);
    let order = order.clone().under(stem.clone());
    let (rendered, mut written) =
        export::export(&board, &order, (&wording, &profiles), out, &mut progress(strings)?)?;
    if !order.pages.is_empty() {
        let pages: Vec<_> =
            order.pages.iter().map(|page| printed(*page, strings, &board, &wording, &stem)).collect();
        written.extend(export::write_all(out, &pages, document::withheld(&board) > 0)?);
    }
    for written in written {
        say(&fill(strings.cli_exported, &[&written.path.display().to_string()]));
        if let Some(name) = written.instead_of {
            remark(&fill(strings.cli_renamed, &[&name, &written.path.display().to_string()]));
        }
    }
    for line in words::rendered(strings, &rendered) {
        remark(&line);
    }
    let code = ending(tell(strings, &store));
    // The program ends here, and the system takes back in one piece what would be given back record by record.
    std::mem::forget((board, store));
    if order.pdf {
        return Err(CliError::Export(ExportError::NoPdf));
    }
    Ok(code)
}

/// A page as things stood at the last change, so that equal data give equal bytes.
fn printed(
    page: Page,
    strings: &'static Strings,
    board: &Arc<Board>,
    wording: &Wording,
    stem: &str,
) -> export::File {
    let seat = SessionSeat::new(Arc::clone(board), Arc::new(Board::empty(board.scope())));
    let last = board.changes().next_back().map(|change| change.header.at).unwrap_or_default();
    match page {
        Page::Chair => {
            let notice = conclusion_notice(board, wording).ok();
            export::page(stem, chair::SLUG, chair::printed_of(&seat, strings, last, notice.as_ref()))
        }
        Page::Statistics => {
            export::page(stem, statistics::SLUG, statistics::printed_of(&seat, strings, last))
        }
    }
}

/// Gives a command as the person at the shell.
fn commit(context: &Context, store: &mut Store, scope: ScopeId, command: Command) -> Result<(), CliError> {
    let Host { author, role, at } = host(context, store)?;
    let command_id = IdStream::new(random()?).command();
    store.commit(&Request { command_id, scope, author, role, at, command })?;
    Ok(())
}

/// The person at the shell, as whoever decides about what others wrote.
fn host(context: &Context, store: &mut Store) -> Result<Host, CliError> {
    let at = context.clock.now();
    let author = store.person(&context.author.value, at)?;
    Ok(Host { author, role: context.args.role.map_or(Role::Facilitator, Role::from), at })
}

fn backup(context: &Context, file: &Path, private: bool) -> Result<ExitCode, CliError> {
    let mut store = context.read()?;
    store.look()?;
    let count = store.backup(file, private)?;
    let strings = context.lang.strings();
    say(&fill(strings.cli_backup, &[&count.to_string(), &file.display().to_string()]));
    Ok(ending(tell(strings, &store)))
}

fn restore(context: &Context, file: &Path, merge: bool) -> Result<ExitCode, CliError> {
    let mut store = open(context)?;
    let report = if merge {
        let host = host(context, &mut store)?;
        store.receive(file, &host)?
    } else {
        store.restore(file)?
    };
    united(context.lang.strings(), store, &report)
}

/// Opens the folder to bring something into it, and tells apart what it lacks until then.
fn open(context: &Context) -> Result<Store, CliError> {
    let mut store = context.open()?;
    store.settle()?;
    tell(context.lang.strings(), &store);
    Ok(store)
}

/// Closes a folder that something was brought into, and tells what.
fn united(strings: &Strings, store: Store, report: &UnionReport) -> Result<ExitCode, CliError> {
    store.close()?;
    say_all(&words::union(strings, report));
    Ok(ExitCode::SUCCESS)
}

fn doctor(context: &Context, repair: bool) -> Result<ExitCode, CliError> {
    let strings = context.lang.strings();
    let diagnosis = store::examine(&context.folders.data, &context.options()?, repair)?;
    for finding in &diagnosis.findings {
        say(&words::finding(strings, finding));
    }
    if diagnosis.mended_behind > 0 {
        say(&fill(strings.cli_mended_behind, &[&diagnosis.mended_behind.to_string()]));
    }
    if diagnosis.findings.is_empty() {
        say(strings.cli_healthy);
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::from(DAMAGED))
}
