//! Giving out a notebook, and what is said when somebody leaves theirs.

use std::{path::Path, process::ExitCode};

use super::{CliError, Context, host, say, wanted};
use crate::{i18n::fill, runtime::words};

pub(super) fn take(
    context: &Context,
    session: &str,
    file: &Path,
    taker: Option<&str>,
) -> Result<ExitCode, CliError> {
    let mut store = context.open()?;
    let scope = wanted(&store.catalogue(), Some(session))?;
    let host = host(context, &mut store)?;
    let taker = taker.unwrap_or(&context.author.value);
    let (notebook, _) = store.take_notebook(scope, taker, file, &host)?;
    store.close()?;
    for line in words::notebook(context.lang.strings(), &notebook, file) {
        say(&line);
    }
    Ok(ExitCode::SUCCESS)
}

/// How much of the work is in the file now, and what stays behind.
pub(in crate::cli) fn tell_left(context: &Context, file: &Path, folder: &Path, new: u64, withheld: usize) {
    let words = &context.lang.strings().notebook;
    let path = file.display().to_string();
    say(&match new {
        0 => fill(words.left_empty, &[&path]),
        new => fill(words.left, &[&new.to_string(), &path]),
    });
    if withheld > 0 {
        say(&fill(words.withheld, &[&withheld.to_string(), &folder.display().to_string()]));
    }
}
