//! Taking in files: changes, an input method's table, a keynote or a newer version of it.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use super::{commit, host, open, say, say_all, united};
use crate::{
    cli::{CliError, Context, args::Answer, join, random},
    domain::{
        command::Command,
        ids::{IdStream, ScopeId},
        kind::Kind,
        revision::{Part, Revision, created},
        roster,
        summons::Summons,
    },
    i18n::{Strings, fill},
    import::{
        Keynote, Section,
        list::{List, is_list, list},
    },
    live::Errand,
    runtime::{read_keynote, read_text, words},
    store::{CommitError, Store, StoreError},
    text::{
        nfc,
        shorthand::{self, TableFile},
    },
};

/// How many words of a text are shown to tell how it reads.
const FIRST_WORDS: usize = 12;

/// What is wanted of a file, should it be a keynote.
pub(super) struct Wanted<'a> {
    /// The session it is for.
    pub(super) session: Option<&'a str>,
    /// Whether it goes behind the one that is there, whatever it looks like.
    pub(super) behind: bool,
    /// Whether it is a newer version of that, whatever it looks like.
    pub(super) over: bool,
    /// Whether letters of an old font are converted.
    pub(super) convert: Option<Answer>,
    /// Whether it is a list of units and people, whatever it looks like.
    pub(super) people: bool,
}

/// Takes in changes if the file holds changes; else abbreviations of the office if it is an input method's table; else units and people if it
/// is a list of them; else a keynote.
pub(super) fn import(context: &Context, file: &Path, wanted: &Wanted<'_>) -> Result<ExitCode, CliError> {
    let file = &as_spelled(file);
    if !file.exists() {
        return Err(StoreError::Missing(file.clone()).into());
    }
    let source = std::path::absolute(file).unwrap_or_else(|_| file.clone());
    let running = Store::recognises(file).then(|| join::ask(context, || Errand::Receive { source }));
    if let Some(told) = running.transpose()?.flatten() {
        say_all(&told);
        return Ok(ExitCode::SUCCESS);
    }
    let mut store = open(context)?;
    let host = host(context, &mut store)?;
    let report = match store.receive_with_folder(file, &host) {
        Err(CommitError::NotSaved(StoreError::NotChanges(_))) => {
            return match read_text(file) {
                Ok(text) if wanted.people || is_list(&text) => import_list(context, store, &text, wanted),
                Ok(table) if shorthand::is_table(&table) => import_table(context, store, &table),
                _ => import_keynote(context, store, file, wanted),
            };
        }
        other => other?,
    };
    united(context.lang.strings(), store, &report)
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

/// Takes in a list of units and people.
fn import_list(
    context: &Context,
    mut store: Store,
    text: &str,
    wanted: &Wanted<'_>,
) -> Result<ExitCode, CliError> {
    let words = &context.lang.strings().import.making;
    let scope = super::wanted(&store.catalogue(), wanted.session)?;
    let board = store.board(scope)?;
    let units = board.of_kind(Kind::Unit);
    let codes: Vec<&str> = units.iter().map(|unit| roster::code(unit)).collect();
    let List { entries, unread } = list(text, &codes);
    let summons = Summons::of(&board, &entries, &mut IdStream::new(random()?));
    let told =
        if entries.is_empty() { vec![words.no_list.to_owned()] } else { words.report(&summons, &unread) };
    if !summons.records.is_empty() {
        commit(context, &mut store, scope, Command::AddRoster { records: summons.records })?;
    }
    store.close()?;
    say_all(&told);
    Ok(ExitCode::SUCCESS)
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
    wanted: &Wanted<'_>,
) -> Result<ExitCode, CliError> {
    if !file.is_file() {
        return Err(StoreError::NotChanges(file.to_owned()).into());
    }
    let strings = context.lang.strings();
    let Keynote { sections, left_out, .. } =
        in_unicode(read_keynote(file, &mut |_, _| true)?, file, wanted.convert)?;
    let scope = super::wanted(&store.catalogue(), wanted.session)?;
    let parts: Vec<Part> = sections.into_iter().map(|section| part(strings, section)).collect();
    let paragraphs: usize = parts.iter().map(|(_, paragraphs)| paragraphs.len()).sum();
    let counts = [parts.len().to_string(), paragraphs.to_string()];
    let counts = counts.each_ref().map(String::as_str);
    let mut ids = IdStream::new(random()?);
    let revision = Revision::of(&*store.board(scope)?, &parts, &mut ids);
    if wanted.behind || !(wanted.over || revision.is_likely) {
        commit(context, &mut store, scope, Command::AddKeynote { sections: created(parts, &mut ids) })?;
        say(&fill(strings.import.imported, &counts));
    } else if revision.is_empty() {
        say(&fill(strings.import.unchanged, &counts));
    } else {
        let told = revised(strings, &revision);
        commit(context, &mut store, scope, revision.command())?;
        for line in &told {
            say(line);
        }
    }
    store.close()?;
    for line in words::left_out(strings, &left_out) {
        say(&line);
    }
    Ok(ExitCode::SUCCESS)
}

/// A section as it is kept: each has a heading.
fn part(strings: &Strings, Section { heading, paragraphs }: Section) -> Part {
    (if heading.is_empty() { strings.pane_keynote.to_owned() } else { heading }, paragraphs)
}

/// How much a newer version changed, and each change in a line of its own.
fn revised(strings: &Strings, revision: &Revision) -> Vec<String> {
    let changed = revision.changed.iter().map(|changed| strings.import.change(changed));
    let lines = changed.map(|(what, words)| format!("- {what}: {words}"));
    std::iter::once(strings.import.counts(revision.counts())).chain(lines).collect()
}
