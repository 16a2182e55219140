//! A second start on the same folder: it joins the program that has it open.

use std::{path::Path, process::ExitCode, sync::Arc};

use super::{CliError, Context, screens};
use crate::{app::company::View, live::Errand, runtime::House, store::Store};

/// What a start came to.
pub(super) enum Way {
    /// The folder is open here.
    Opened(Box<Store>),
    /// It was open elsewhere, and that was joined; how that ended.
    Joined(ExitCode),
}

/// Joins whoever has the folder open, else opens it.
pub(super) fn or_open(context: &Context) -> Result<Way, CliError> {
    if let Some(code) = here::try_to_join(context, None)? {
        return Ok(Way::Joined(code));
    }
    match context.open() {
        Ok(store) => Ok(Way::Opened(Box::new(store))),
        Err(error) => match here::join_late(context, &error)? {
            Some(code) => Ok(Way::Joined(code)),
            None => Err(error),
        },
    }
}

/// Has something done by the program that has the folder open; nothing if there is none, and the report else.
pub(super) fn ask(
    context: &Context,
    errand: impl FnOnce() -> Errand,
) -> Result<Option<Vec<String>>, CliError> {
    here::ask(context, errand)
}

/// Joins, or says that there is nobody to join.
pub(super) fn only(context: &Context, view: Option<View>) -> Result<ExitCode, CliError> {
    screens::ensure_terminal()?;
    let joined = here::try_to_join(context, view)?;
    joined.ok_or_else(|| CliError::Nobody(context.folders.data.clone()))
}

/// Lets other starts join; if that cannot be, they are told who has the folder.
pub(super) fn let_in(house: &Arc<House>, data: &Path) {
    here::let_in(house, data);
}

#[cfg(unix)]
mod here {
    use std::{path::Path, process::ExitCode, sync::Arc, thread, time::Duration};

    use super::{CliError, Context, Errand, House, View, screens};
    use crate::{
        cli::{deeds, error},
        domain::policy::Role,
        live::{self, Called, Ended, Hello},
        store::StoreError,
    };

    /// How often somebody who has the folder open is called, and how long is waited in between: a program that has just begun lets others in
    /// behind its first frame.
    const CALLS: usize = 20;
    const PAUSE: Duration = Duration::from_millis(50);

    pub(super) fn try_to_join(context: &Context, view: Option<View>) -> Result<Option<ExitCode>, CliError> {
        let called = live::call(&context.folders.data);
        called.map(|called| join(context, called, view)).transpose()
    }

    /// The same if the folder turned out to be in use.
    pub(super) fn join_late(context: &Context, refused: &CliError) -> Result<Option<ExitCode>, CliError> {
        if !matches!(refused, CliError::Store(StoreError::InUse { .. })) {
            return Ok(None);
        }
        for _ in 0..CALLS {
            thread::sleep(PAUSE);
            if let Some(code) = try_to_join(context, None)? {
                return Ok(Some(code));
            }
        }
        Ok(None)
    }

    fn join(context: &Context, called: Called, view: Option<View>) -> Result<ExitCode, CliError> {
        let given = context.args.role.map(Role::from);
        let role = given.or(view.map(View::role)).unwrap_or(Role::Facilitator);
        let theme = screens::theme(context);
        let name = context.author.value.clone();
        let mut hello = Hello::new(name, role, context.lang);
        (hello.colour, hello.ascii, hello.view) = (theme.colour, theme.ascii, view);
        match live::join(called, hello).map_err(|error| CliError::Failed(error.to_string()))? {
            Ended::Left => {}
            ended @ Ended::Closed => deeds::remark(&error::parted(context.lang.strings(), &ended)),
            ended => return Err(CliError::Parted(ended)),
        }
        Ok(ExitCode::SUCCESS)
    }

    pub(super) fn ask(
        context: &Context,
        errand: impl FnOnce() -> Errand,
    ) -> Result<Option<Vec<String>>, CliError> {
        let Some(called) = live::call(&context.folders.data) else { return Ok(None) };
        let role = context.args.role.map_or(Role::Facilitator, Role::from);
        let mut hello = Hello::new(context.author.value.clone(), role, context.lang);
        hello.errand = Some(errand());
        match live::ask(called, hello).map_err(|error| CliError::Failed(error.to_string()))? {
            Ended::Told(lines) => Ok(Some(lines)),
            Ended::Refused(why) => Err(CliError::Undone(why)),
            ended => Err(CliError::Parted(ended)),
        }
    }

    pub(super) fn let_in(house: &Arc<House>, data: &Path) {
        if let Err(error) = live::open(house, data) {
            tracing::warn!("nobody can join: {error}");
        }
    }
}

/// Where there are no such sockets, the second start is told who has the folder.
#[cfg(not(unix))]
mod here {
    use std::{path::Path, process::ExitCode, sync::Arc};

    use super::{CliError, Context, Errand, House, View};

    pub(super) fn ask(_: &Context, _: impl FnOnce() -> Errand) -> Result<Option<Vec<String>>, CliError> {
        Ok(None)
    }

    pub(super) fn try_to_join(_: &Context, _: Option<View>) -> Result<Option<ExitCode>, CliError> {
        Ok(None)
    }

    pub(super) fn join_late(_: &Context, _: &CliError) -> Result<Option<ExitCode>, CliError> {
        Ok(None)
    }

    pub(super) fn let_in(_: &Arc<House>, _: &Path) {}
}
