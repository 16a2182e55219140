//! Taking somebody's name out of everything, and saying where it may still be.

use std::{fs, path::Path, process::ExitCode};

use super::{CliError, Context, host, say};
use crate::{
    domain::{change::Author, ids::PersonId, policy::Role},
    i18n::{Strings, fill},
    store::{Erasure, Host},
    text::redact::Redaction,
};

pub(super) fn erase(context: &Context, words: &str, yes: bool) -> Result<ExitCode, CliError> {
    if !yes {
        return tell_where(context, words);
    }
    let strings = context.lang.strings();
    let mut store = context.open()?;
    let host = host(context, &mut store)?;
    let done = store.erase(words, &host)?;
    store.close()?;
    let counts = [done.changes, done.files, done.cleaned].map(|count| count.to_string());
    say(&fill(strings.cli_erased, &counts.each_ref().map(String::as_str)));
    let logs = forget_logs(&context.folders.state, words)?;
    if logs > 0 {
        say(&fill(strings.cli_erase_logs, &[&logs.to_string(), words]));
    }
    tell_the_rest(context, strings, &done);
    Ok(ExitCode::SUCCESS)
}

/// Where the words stand; nothing is written.
fn tell_where(context: &Context, words: &str) -> Result<ExitCode, CliError> {
    let strings = context.lang.strings();
    let author = Author { person: PersonId(0), name: context.author.value.as_str().into() };
    let role = context.args.role.map_or(Role::Facilitator, Role::from);
    let host = Host { author, role, at: context.clock.now() };
    let mut store = context.read()?;
    let catalogue = store.catalogue();
    let found = store.erasable(words, &host)?;
    if found.is_empty() {
        say(&fill(strings.cli_erase_nothing, &[words]));
        return Ok(ExitCode::SUCCESS);
    }
    for (scope, count) in found {
        let header = catalogue.sessions().iter().find(|header| header.scope == scope);
        let title = header.map_or(strings.home, |header| header.title.as_str());
        say(&fill(strings.cli_erase_found, &[title, &count.to_string()]));
    }
    say(strings.cli_erase_ask);
    Ok(ExitCode::SUCCESS)
}

/// Removes the files of the program's own log that hold the words; how many.
fn forget_logs(state: &Path, words: &str) -> Result<usize, CliError> {
    let Some(words) = Redaction::new(words) else { return Ok(0) };
    let mut gone = 0;
    let folders = [state.to_owned(), state.join("logs")];
    for entry in folders.iter().flat_map(fs::read_dir).flatten().flatten() {
        let path = entry.path();
        if path.is_file() && fs::read(&path).is_ok_and(|content| words.is_in_bytes(&content)) {
            fs::remove_file(&path)
                .map_err(|error| CliError::Failed(format!("{}: {error}", path.display())))?;
            gone += 1;
        }
    }
    Ok(gone)
}

fn tell_the_rest(context: &Context, strings: &Strings, done: &Erasure) {
    for path in &done.left {
        let is_log =
            ["log", "private", "db"].iter().any(|part| path.starts_with(context.folders.data.join(part)));
        let pattern = if is_log { strings.cli_erase_author } else { strings.cli_erase_left };
        say(&fill(pattern, &[&path.display().to_string()]));
    }
    let authors: Vec<&str> = done.authors.iter().map(String::as_str).collect();
    let exports = context.folders.data.join("exports").display().to_string();
    say(&fill(strings.cli_erase_copies, &[&exports, &authors.join(", ")]));
}
