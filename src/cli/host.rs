//! Letting other computers join: with the usual screens, or without any.

use std::{
    io::{self, Write as _},
    process::ExitCode,
    sync::Arc,
};

use super::{
    CliError, Context,
    args::Granted,
    deeds, join,
    screens::{self, wording},
};
use crate::{
    config::Keys,
    domain::{ids::ScopeId, policy::Role},
    live::{Keeper, Manner, Welcome},
    runtime::{self, Headless, House},
    store::Store,
};

/// What was asked for.
pub(super) struct Order<'a> {
    pub(super) listen: &'a Option<String>,
    pub(super) session: Option<&'a str>,
    pub(super) admit: Option<Granted>,
}

impl Order<'_> {
    fn manner(&self, context: &Context) -> Manner {
        let (data, lang) = (context.folders.data.clone(), context.lang);
        Manner { data, lang, listen: self.listen.clone(), admit: self.admit.map(Role::from) }
    }

    fn session(&self, store: &mut Store) -> Result<Option<ScopeId>, CliError> {
        self.session.map(|name| deeds::wanted(&store.catalogue(), Some(name))).transpose()
    }
}

/// Keeps the door of a house, which is closed until somebody opens it.
pub(super) fn keep_door(house: &Arc<House>, manner: Manner) -> Keeper {
    let keeper = Keeper::new(house, manner);
    house.employ(Arc::new(keeper.clone()));
    keeper
}

/// The usual screens, with the door open.
pub(super) fn screens(context: &Context, order: &Order<'_>) -> Result<ExitCode, CliError> {
    screens::ensure_terminal()?;
    let mut store = context.open()?;
    let wanted = order.session(&mut store)?;
    screens::host(context, store, wanted, order.manner(context))
}

/// No screens: whoever joins sits in a house whose host is not there.
pub(super) fn headless(context: &Context, order: &Order<'_>) -> Result<ExitCode, CliError> {
    context.tell(&context.faults);
    let mut store = context.open()?;
    let asked = order.session(&mut store)?;
    let session = asked.or_else(|| store.catalogue().first().map(|header| header.scope));
    let host = Headless {
        session,
        store,
        name: context.author.value.clone(),
        config: context.folders.config.clone(),
        clock: context.clock,
        keymap: Keys::read(&context.folders.config, &mut Vec::new()).keymap,
        exports: context.folders.data.join("exports"),
        wording: wording(context)?,
    };
    screens::log_to_file(&context.folders.state.join("logs"));
    runtime::serve(host, |house| {
        join::let_in(house, &context.folders.data);
        let welcome = keep_door(house, order.manner(context)).open()?;
        announce(&welcome)
    })?;
    Ok(ExitCode::SUCCESS)
}

/// One line for whoever started this, or a program that did.
fn announce(welcome: &Welcome) -> Result<(), CliError> {
    let told = serde_json::to_string(welcome)
        .map_err(io::Error::other)
        .and_then(|line| writeln!(io::stdout(), "{line}").and_then(|()| io::stdout().flush()));
    told.map_err(|error| CliError::Failed(error.to_string()))
}
