//! Giving out a notebook, and what is said when somebody leaves theirs.

use std::{path::Path, process::ExitCode};

use super::{CliError, Context, host, say, say_all, wanted};
use crate::{cli::join, i18n::fill, live::Errand, runtime::words};

pub(super) fn take(
    context: &Context,
    session: &str,
    file: &Path,
    taker: Option<&str>,
) -> Result<ExitCode, CliError> {
    let taker = taker.unwrap_or(&context.author.value);
    let scope = {
        let mut store = context.read()?;
        store.settle()?;
        wanted(&store.catalogue(), Some(session))?
    };
    let errand = || Errand::Notebook {
        session: scope,
        taker: taker.to_owned(),
        file: std::path::absolute(file).unwrap_or_else(|_| file.to_owned()),
    };
    if let Some(told) = join::ask(context, errand)? {
        say_all(&told);
        return Ok(ExitCode::SUCCESS);
    }
    let mut store = context.open()?;
    let host = host(context, &mut store)?;
    let (notebook, _) = store.take_notebook(scope, taker, file, &host)?;
    store.close()?;
    say_all(&words::notebook(context.lang.strings(), &notebook, file));
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
