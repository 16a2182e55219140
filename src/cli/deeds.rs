//! Subcommands that need no screen: one deed, one report.

mod erasing;

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use serde::Serialize;

use super::{
    CliError, Context,
    args::{Action, Answer},
    effective, random,
    screens::wording,
};
use crate::{
    domain::{
        catalogue::{Catalogue, SessionHeader},
        command::{Command, NewSection, Request},
        ids::{IdStream, ScopeId},
        policy::Role,
    },
    export::{self, ExportError, Order},
    i18n::{Strings, fill},
    import::{Keynote, Section},
    runtime::{profiles, read_keynote, read_text, words},
    store::{self, CommitError, Host, Store, StoreError, UnionReport},
    text::{
        fold::fold,
        nfc,
        shorthand::{self, TableFile},
    },
};

/// Damage was found.
const DAMAGED: u8 = 4;
/// How many words of a text are shown to tell how it reads.
const FIRST_WORDS: usize = 12;

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
        Some(Action::Import { file, session, convert }) => {
            import(context, file, session.as_deref(), *convert)
        }
        Some(Action::Demo) | None => Ok(ExitCode::SUCCESS),
    }
}

#[expect(clippy::print_stdout, reason = "a report to the shell")]
pub(super) fn say(line: &str) {
    println!("{line}");
}

#[expect(clippy::print_stderr, reason = "a remark to the shell, apart from the report")]
pub(super) fn remark(line: &str) {
    eprintln!("{line}");
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
fn catalogue(context: &Context) -> Result<Option<(Store, std::sync::Arc<Catalogue>)>, CliError> {
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
    if json {
        let listed: Vec<Listed<'_>> = sessions.iter().map(Listed::new).collect();
        let text =
            serde_json::to_string_pretty(&listed).map_err(|error| CliError::Failed(error.to_string()))?;
        say(&text);
        return Ok(ExitCode::SUCCESS);
    }
    if sessions.is_empty() {
        say(strings.cli_no_sessions);
    }
    for header in sessions {
        say(&listed_line(strings, header));
    }
    Ok(ExitCode::SUCCESS)
}

fn listed_line(strings: &Strings, header: &SessionHeader) -> String {
    let quarter =
        header.quarter().map_or_else(|| strings.no_quarter.to_owned(), |quarter| quarter.to_string());
    let id = header.scope.to_string();
    let short = id.get(..8).unwrap_or(&id);
    format!("{short}  {quarter:<9} {}  {}", strings.state(header.state), header.title)
}

/// The session that a person means: an id or its beginning, a quarter, or nothing for the one to show first.
fn wanted(catalogue: &Catalogue, name: Option<&str>) -> Result<ScopeId, CliError> {
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

fn export(context: &Context, session: Option<&str>, order: &Order, out: &Path) -> Result<ExitCode, CliError> {
    let strings = context.lang.strings();
    let wording = wording(context)?;
    let profiles = profiles(&context.folders.config)?;
    let Some((mut store, catalogue)) = catalogue(context)? else {
        return Err(CliError::NoSession(session.unwrap_or_default().to_owned()));
    };
    let board = store.board(wanted(&catalogue, session)?)?;
    let rendered = export::render(&board, order, &wording, &profiles)?;
    for written in export::write_all(out, &rendered.files, rendered.withheld > 0)? {
        say(&fill(strings.cli_exported, &[&written.path.display().to_string()]));
        if let Some(name) = written.instead_of {
            remark(&fill(strings.cli_renamed, &[&name, &written.path.display().to_string()]));
        }
    }
    for line in words::rendered(strings, &rendered) {
        remark(&line);
    }
    if order.pdf {
        return Err(CliError::Export(ExportError::NoPdf));
    }
    Ok(ExitCode::SUCCESS)
}

/// Takes in changes if the file holds changes; else abbreviations of the office if it is an input method's table; else a keynote.
fn import(
    context: &Context,
    file: &Path,
    session: Option<&str>,
    convert: Option<Answer>,
) -> Result<ExitCode, CliError> {
    let file = &as_spelled(file);
    let mut store = context.open()?;
    let host = host(context, &mut store)?;
    let report = match store.receive(file, &host) {
        Err(CommitError::NotSaved(StoreError::NotChanges(_))) => {
            return match read_text(file) {
                Ok(table) if shorthand::is_table(&table) => import_table(context, store, &table),
                _ => import_keynote(context, store, file, session, convert),
            };
        }
        other => other?,
    };
    store.close()?;
    say_union(context.lang.strings(), &report);
    Ok(ExitCode::SUCCESS)
}

/// The path as the disk spells it: a name typed together may stand there apart, as macOS stores it, or the other way round.
fn as_spelled(file: &Path) -> PathBuf {
    let name = file.file_name().and_then(|name| name.to_str()).filter(|_| !file.exists());
    let Some(name) = name else { return file.to_owned() };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let same = |entry: &fs::DirEntry| {
        entry.file_name().to_str().is_some_and(|known| nfc::nfc(known) == nfc::nfc(name))
    };
    entries
        .map(|entry| (same(&entry), entry.path()))
        .find(|(same, _)| *same)
        .map_or(file.to_owned(), |(_, path)| path)
}

/// Takes in the table of an input method as abbreviations of the office.
fn import_table(context: &Context, mut store: Store, table: &str) -> Result<ExitCode, CliError> {
    let TableFile { entries, skipped } = shorthand::parse(table);
    let counts = [entries.len().to_string(), skipped.len().to_string()];
    let entries = entries.into_iter().map(|(short, long)| (short, Some(long))).collect();
    commit(context, &mut store, ScopeId::ORGANISATION, Command::SetAbbreviations { entries })?;
    store.close()?;
    let pattern = context.lang.strings().sorting.cli_imported_table;
    say(&fill(pattern, &counts.each_ref().map(String::as_str)));
    Ok(ExitCode::SUCCESS)
}

/// Gives a command as the person at the shell.
fn commit(context: &Context, store: &mut Store, scope: ScopeId, command: Command) -> Result<(), CliError> {
    let Host { author, role, at } = host(context, store)?;
    let command_id = IdStream::new(random()?).command();
    store.commit(&Request { command_id, scope, author, role, at, command })?;
    Ok(())
}

/// A keynote as it was read, or in Unicode if its letters are those of an old font and the person wants that.
fn in_unicode(read: Keynote, file: &Path, convert: Option<Answer>) -> Result<Keynote, CliError> {
    match (read.offer(), convert) {
        (Some((_, sections)), Some(Answer::Yes)) => Ok(Keynote { sections, ..read }),
        (Some((_, sections)), None) => {
            let words = Keynote { sections, ..Keynote::default() }.words();
            let start = words.split_whitespace().take(FIRST_WORDS).collect::<Vec<_>>().join(" ");
            Err(CliError::OldFont { file: file.to_owned(), start })
        }
        _ => Ok(read),
    }
}

fn import_keynote(
    context: &Context,
    mut store: Store,
    file: &Path,
    session: Option<&str>,
    convert: Option<Answer>,
) -> Result<ExitCode, CliError> {
    let strings = context.lang.strings();
    let Keynote { sections, left_out } = in_unicode(read_keynote(file)?, file, convert)?;
    let scope = wanted(&store.catalogue(), session)?;
    let mut ids = IdStream::new(random()?);
    let mut created = |text: &str| (ids.record(), text.to_owned());
    let new = |section: &Section| {
        let heading = Some(section.heading.as_str()).filter(|heading| !heading.is_empty());
        let (record, heading) = created(heading.unwrap_or(strings.pane_keynote));
        let paragraphs = section.paragraphs.iter().map(|paragraph| created(paragraph)).collect();
        NewSection { record, heading, paragraphs }
    };
    let command = Command::AddKeynote { sections: sections.iter().map(new).collect() };
    commit(context, &mut store, scope, command)?;
    store.close()?;
    let paragraphs: usize = sections.iter().map(|section| section.paragraphs.len()).sum();
    let counts = [sections.len().to_string(), paragraphs.to_string()];
    say(&fill(strings.import.imported, &counts.each_ref().map(String::as_str)));
    for line in words::left_out(strings, &left_out) {
        say(&line);
    }
    Ok(ExitCode::SUCCESS)
}

/// The person at the shell, as whoever decides about what others wrote.
fn host(context: &Context, store: &mut Store) -> Result<Host, CliError> {
    let at = context.clock.now();
    let author = store.person(&context.author.value, at)?;
    Ok(Host { author, role: context.args.role.map_or(Role::Facilitator, Role::from), at })
}

fn backup(context: &Context, file: &Path, private: bool) -> Result<ExitCode, CliError> {
    let count = context.read()?.backup(file, private)?;
    let strings = context.lang.strings();
    say(&fill(strings.cli_backup, &[&count.to_string(), &file.display().to_string()]));
    Ok(ExitCode::SUCCESS)
}

fn restore(context: &Context, file: &Path, merge: bool) -> Result<ExitCode, CliError> {
    let mut store = context.open()?;
    let report = if merge {
        let host = host(context, &mut store)?;
        store.receive(file, &host)?
    } else {
        store.restore(file, false)?
    };
    store.close()?;
    say_union(context.lang.strings(), &report);
    Ok(ExitCode::SUCCESS)
}

fn say_union(strings: &Strings, report: &UnionReport) {
    let counts =
        [report.new, report.known, report.forks.len(), report.refused].map(|count| count.to_string());
    let counts: Vec<&str> = counts.iter().map(String::as_str).collect();
    say(&fill(strings.cli_union, &counts));
    let lists = [
        (strings.cli_from, &report.from),
        (strings.cli_proposed, &report.proposed),
        (strings.cli_late, &report.late),
    ];
    for (pattern, people) in lists.into_iter().filter(|(_, people)| !people.is_empty()) {
        let people: Vec<String> = people.iter().map(|(name, count)| format!("{name} ({count})")).collect();
        say(&fill(pattern, &[&people.join(", ")]));
    }
    for line in &report.refused_lines {
        remark(&format!("{}: {}", line.number, line.reason));
    }
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
