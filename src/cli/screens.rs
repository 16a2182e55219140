//! The screens, on the person's own folder or on the sample session.

use std::{
    fs,
    io::{self, IsTerminal},
    path::{Path, PathBuf},
    process::ExitCode,
};

use chrono::{DateTime, FixedOffset};

use super::{
    CliError, Context, deeds,
    host::keep_door,
    join::{self, Way},
    random, sample, variable,
};
use crate::{
    app::Asking,
    config::{self, Fault, Keys, Origin},
    document::Wording,
    domain::{ids::ScopeId, policy::Role},
    i18n::{self, Lang},
    live::Manner,
    runtime::{self, Later, Local, RunError, Screen},
    store::{Notebook, Store, StoreError},
    ui::theme::Theme,
};

/// Days for which log files are kept.
const LOG_DAYS: usize = 7;

/// Opens the screens on the person's folder.
pub(super) fn run(context: &Context) -> Result<ExitCode, CliError> {
    ensure_terminal()?;
    match join::or_open(context)? {
        Way::Opened(store) => seat(context, *store, None, None),
        Way::Joined(code) => Ok(code),
    }
}

/// Opens the sample session; the first start fills its folder, later ones reopen it.
pub(super) fn demo(context: &Context) -> Result<ExitCode, CliError> {
    ensure_terminal()?;
    let mut store = match join::or_open(context)? {
        Way::Opened(store) => *store,
        Way::Joined(code) => return Ok(code),
    };
    // The list alone does not say no: behind an unclean close it is not complete yet.
    let is_listed = store.catalogue().sessions().iter().any(|header| header.scope == sample::SCOPE);
    if !is_listed && store.board(sample::SCOPE)?.change_count() == 0 {
        fill(&mut store)?;
    }
    seat(context, store, Some(sample::SCOPE), None)
}

/// Opens the screens with the door open, at a session if one is wanted.
pub(super) fn host(
    context: &Context,
    store: Store,
    wanted: Option<ScopeId>,
    manner: Manner,
) -> Result<ExitCode, CliError> {
    seat(context, store, None, Some((wanted, manner)))
}

/// Opens a notebook, and writes what was recorded back into its file when it is left.
pub(super) fn notebook(context: &Context, file: &Path) -> Result<ExitCode, CliError> {
    ensure_terminal()?;
    let notebook = Notebook::read(file).map_err(|error| match error {
        StoreError::NotChanges(path) => CliError::NoNotebook(path),
        other => other.into(),
    })?;
    let own = context.in_notebook(file, &notebook)?;
    let mut store = match join::or_open(&own)? {
        Way::Opened(store) => *store,
        Way::Joined(code) => return Ok(code),
    };
    let before = store.unpack(file)?;
    let ended = seat(&own, store, None, None);
    let written = own.read()?.write_notebook(file, &notebook)?;
    let new = written.changes.saturating_sub(before);
    deeds::notebook::tell_left(context, file, &own.folders.data, new, written.withheld);
    ended
}

/// Carries out the commands of the sample session.
pub(super) fn fill(store: &mut Store) -> Result<(), CliError> {
    for request in sample::requests() {
        store.commit(&request)?;
    }
    Ok(())
}

pub(super) fn ensure_terminal() -> Result<(), CliError> {
    let there = io::stdin().is_terminal() && io::stdout().is_terminal();
    if there { Ok(()) } else { Err(CliError::NoTerminal) }
}

/// Takes the terminal first and reads the rest behind the frame that it was left with.
fn seat(
    context: &Context,
    mut store: Store,
    demo: Option<ScopeId>,
    hosting: Option<(Option<ScopeId>, Manner)>,
) -> Result<ExitCode, CliError> {
    let role = context.args.role.map_or(Role::Facilitator, Role::from);
    let screen = screen(context, role, &mut store)?;
    let rests_at = demo.map(|scope| last_moment(&mut store, scope)).transpose()?.flatten();
    let me = store.person(&context.author.value, rests_at.unwrap_or_else(|| context.clock.now()))?;
    let session = demo.or_else(|| store.catalogue().first().map(|header| header.scope));
    let asking = match context.author.origin {
        Origin::Option(_) | Origin::File(..) => Asking::No,
        _ if demo.is_some() => Asking::No,
        Origin::Default => Asking::Needing,
        Origin::Variable(_) => Asking::Offering,
    };
    let mut faults = context.faults.clone();
    let keys = Keys::read(&context.folders.config, &mut faults);
    let opens_door = hosting.is_some();
    let (wanted, manner) = hosting.unwrap_or_else(|| (None, usual_manner(context)));
    runtime::run(Local {
        screen,
        store,
        me,
        asking,
        config: context.folders.config.clone(),
        role,
        lang: context.lang,
        clock: context.clock,
        rests_at,
        session,
        keymap: keys.keymap,
        later: later(context, manner, misread(context, &faults)),
        exports: context.folders.data.join("exports"),
        elsewhere: elsewhere(context),
        wording: wording(context)?,
        seed: random()?,
        wanted,
        opens_door,
    })?;
    Ok(ExitCode::SUCCESS)
}

fn screen(context: &Context, role: Role, store: &mut Store) -> Result<Screen, CliError> {
    let theme = theme(context);
    let viewer = format!("{:?} {} {}", context.lang, role.name(), context.author.value);
    Screen::open(theme, &viewer, &store.last_frame()).map_err(|error| RunError::from(error).into())
}

/// How the terminal wants to be drawn.
pub(super) fn theme(context: &Context) -> Theme {
    let ascii = context.args.ascii || config::wants_ascii(&variable);
    Theme { colour: config::wants_colour(&variable), ascii, light: false }
}

/// When the last change of a session was made.
fn last_moment(store: &mut Store, scope: ScopeId) -> Result<Option<DateTime<FixedOffset>>, CliError> {
    Ok(store.board(scope)?.changes().next_back().map(|change| change.header.at))
}

/// How the door opens if nothing was said about it.
fn usual_manner(context: &Context) -> Manner {
    Manner { data: context.folders.data.clone(), lang: context.lang, listen: None, admit: None }
}

/// What waits for the first frame: the day's log file, letting other terminals join, and warnings: of files that were misread, of other machines that write to the
/// data folder.
fn later(context: &Context, manner: Manner, misread: Option<String>) -> Later {
    let (logs, data, lang) = (context.folders.state.join("logs"), context.folders.data.clone(), context.lang);
    Box::new(move |house| {
        log_to_file(&logs);
        join::let_in(house, &data);
        keep_door(house, manner);
        shared_folder(&data, lang).into_iter().chain(misread).collect()
    })
}

/// The folder to propose when the data folder takes no more writes: a stick that is plugged in, else one beside.
fn elsewhere(context: &Context) -> PathBuf {
    let user = std::env::var("USER").unwrap_or_default();
    let places =
        [Path::new("/run/media").join(&user), Path::new("/media").join(&user), PathBuf::from("/Volumes")];
    let sticks = places.iter().filter_map(|place| fs::read_dir(place).ok()).flatten().filter_map(Result::ok);
    let stick = sticks.map(|entry| entry.path()).find(|path| path.is_dir());
    stick.map_or_else(|| context.folders.data.with_extension("2"), |stick| stick.join("hoinghi"))
}

/// A warning if other machines write to the data folder; where the system does not tell, there is none.
fn shared_folder(data: &Path, lang: Lang) -> Option<String> {
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let folder = fs::canonicalize(data).unwrap_or_else(|_| data.to_owned());
    let words = lang.strings().shared_folder;
    config::is_shared(&folder, &mounts).then(|| i18n::fill(words, &[&folder.display().to_string()]))
}

/// What is wrong with the files of the configuration folder: the first thing, and how much more.
fn misread(context: &Context, faults: &[Fault]) -> Option<String> {
    let strings = context.lang.strings();
    let first = i18n::fill(strings.config_rest, &[&faults.first()?.words(strings)]);
    let more = faults.len() - 1;
    Some(if more > 0 { i18n::fill(strings.config_more, &[&first, &more.to_string()]) } else { first })
}

/// The sentences of documents, with the templates of the configuration folder in the place of the program's own.
pub(super) fn wording(context: &Context) -> Result<Wording, CliError> {
    let folder = context.folders.config.join("templates");
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let read = |entry: fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        Some((name, fs::read_to_string(entry.path()).ok()?))
    };
    Ok(Wording::new(&entries.filter_map(read).collect())?)
}

/// Everything shown is also logged to a file a day; without a place for it the program works all the same.
pub(super) fn log_to_file(folder: &Path) {
    // The appender would tell about a folder that is missing, on the terminal.
    if fs::create_dir_all(folder).is_err() {
        return;
    }
    let appender = tracing_appender::rolling::Builder::new()
        .rotation(tracing_appender::rolling::Rotation::DAILY)
        .filename_prefix("hoinghi")
        .filename_suffix("log")
        .max_log_files(LOG_DAYS)
        .build(folder);
    if let Ok(appender) = appender {
        let subscriber =
            tracing_subscriber::fmt().with_ansi(false).with_writer(std::sync::Mutex::new(appender));
        // It would complain on the terminal, over the screen, when the disk is full.
        let subscriber = subscriber.log_internal_errors(false);
        drop(tracing::subscriber::set_global_default(subscriber.finish()));
    }
}
