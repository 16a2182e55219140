//! What a panic leaves behind: a terminal that works, a report, and a sentence for the person.

use std::{
    fs,
    io::{self, IsTerminal as _},
    panic::{self, PanicHookInfo},
    path::PathBuf,
    sync::Once,
    thread,
};

use super::terminal;
use crate::{
    i18n::{Lang, fill},
    store::DATABASE_THREAD,
};

/// What the threads of guests' seats are called: a panic there closes that seat and nothing else.
pub const SEAT_THREAD: &str = "guest";
/// What the thread is called that keeps the door to other computers: a panic there ends one connection.
pub const DOOR_THREAD: &str = "ssh";
/// What the database's library calls the threads that it starts itself.
const LIBRARY_THREADS: &str = "sled-io";

/// Makes every panic give the terminal back, write a report into `folder`, and say that nothing stored was lost.
///
/// The database panics over damaged files, and a guest's seat may fail: that is caught where it happens and told, so it is only logged here.
pub fn guard(folder: PathBuf, lang: Lang) {
    let told = Once::new();
    panic::set_hook(Box::new(move |info| {
        tracing::error!("panic: {info}");
        if is_contained(thread::current().name().unwrap_or_default()) {
            return;
        }
        told.call_once(|| tell(&folder, lang, info));
    }));
}

fn is_contained(thread: &str) -> bool {
    [DATABASE_THREAD, SEAT_THREAD, DOOR_THREAD].contains(&thread) || thread.starts_with(LIBRARY_THREADS)
}

#[expect(clippy::print_stderr, reason = "the screen is gone; this is the last word to the person")]
fn tell(folder: &std::path::Path, lang: Lang, info: &PanicHookInfo<'_>) {
    if io::stdout().is_terminal() {
        terminal::give_back();
    }
    let report = folder.join("crash.txt");
    let trace = std::backtrace::Backtrace::force_capture();
    let written =
        fs::create_dir_all(folder).and_then(|()| fs::write(&report, format!("{info}\n\n{trace}\n")));
    let shown = if written.is_ok() { report.display().to_string() } else { info.to_string() };
    eprintln!("{}", fill(lang.strings().crashed, &[&shown]));
}
