//! Taking in what others wrote: who is not admitted, or goes beyond their role, makes proposals.

use std::{collections::BTreeMap, path::Path};

use chrono::{DateTime, FixedOffset};

use super::{
    commit::CommitError, error::StoreError, line::Line, open::Store, scope::Stamp, union::UnionReport,
};
use crate::domain::{
    admission::Admission,
    change::{Author, Change},
    command::{Command, Refusal},
    cover::Cover,
    ids::ScopeId,
    plan::Room,
    policy::Role,
    rulings::Aside,
};

/// Who takes something in, or erases: the person at the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Host {
    /// Who.
    pub author: Author,
    /// In which role.
    pub role: Role,
    /// When.
    pub at: DateTime<FixedOffset>,
}

impl Host {
    /// # Errors
    /// [`Refusal::NotPermitted`] for everybody but a facilitator and the chair.
    pub(super) fn ensure_may_decide(&self) -> Result<(), Refusal> {
        match self.role {
            Role::Facilitator | Role::Chair => Ok(()),
            other => Err(Refusal::NotPermitted(other)),
        }
    }
}

/// Stands between a union and one scope, and says what is a proposal.
pub(super) struct Gate {
    host: Host,
    admission: Option<Admission>,
}

impl Gate {
    pub(super) fn new(host: Host) -> Self {
        Self { host, admission: None }
    }
}

impl Store {
    /// Adds what a backup, a log file or another data folder has, as [`Store::unite`] does; in sessions that are here already, what comes
    /// from people who are not admitted, or goes beyond their role, comes as proposals.
    ///
    /// # Errors
    /// [`Refusal::NotPermitted`] if the host may not decide about others; else as [`Store::unite`].
    pub fn receive(&mut self, source: &Path, host: &Host) -> Result<UnionReport, CommitError> {
        host.ensure_may_decide()?;
        Ok(self.unite_through(source, Some(Gate::new(host.clone())))?)
    }

    /// At the gate of another scope. A session that is not here yet has nobody who could admit; the organisation's scope holds
    /// names only, and sessions keep their own.
    pub(super) fn enter(&mut self, gate: &mut Gate, id: ScopeId) -> Result<(), StoreError> {
        let board = self.board(id)?;
        let watched = id != ScopeId::ORGANISATION && board.change_count() > 0;
        gate.admission = watched.then(|| Admission::of(&board));
        Ok(())
    }

    /// Records which of the lines that are about to be written are proposals. It is on the medium before they are: so they are
    /// never in effect, whatever happens in between.
    pub(super) fn hold(&mut self, gate: &mut Gate, id: ScopeId, lines: &[Line]) -> Result<(), StoreError> {
        let board = self.board(id)?;
        let Some(admission) = &mut gate.admission else { return Ok(()) };
        let mut shared: Vec<&Change> =
            lines.iter().filter(|line| !line.private).map(|line| line.change.as_ref()).collect();
        shared.sort_by_key(|change| (change.header.origin, change.header.sequence));
        let outside: Vec<&Change> =
            shared.into_iter().filter(|change| !admission.takes(&board, change)).collect();
        if outside.is_empty() {
            return Ok(());
        }
        let cover = Box::new(Cover::of(&board, outside.iter().copied()));
        let Host { author, role, at } = gate.host.clone();
        let plan = Room { board: &board, author: &author, role, at, notebook: None }.hold(&cover);
        let command = Command::Receive { cover };
        let greatest = outside.iter().map(|change| change.header.counter).max().unwrap_or_default();
        let counter = self.scope(id)?.next_counter().max(greatest.saturating_add(1));
        let (author, name, command) = (&author, command.name(), self.ids.command());
        let stamp = Stamp { scope: id, counter, command, name, author, role, at };
        let appended = self.append_plan(&stamp, &plan)?;
        self.fold(id, appended.lines, appended.before);
        Ok(())
    }

    /// Counts which of the lines just added are not in effect, and from whom.
    pub(super) fn count_aside(
        &mut self,
        id: ScopeId,
        lines: &[Line],
        report: &mut UnionReport,
    ) -> Result<(), StoreError> {
        let board = self.board(id)?;
        for line in lines.iter().filter(|line| !line.private) {
            let count = |of: &mut BTreeMap<String, usize>| {
                *of.entry(line.change.header.author.name.to_string()).or_default() += 1;
            };
            match board.aside_of(line.change.id) {
                Some(Aside::Proposed) => count(&mut report.proposed),
                Some(Aside::Late) => count(&mut report.late),
                Some(Aside::Declined) | None => {}
            }
        }
        Ok(())
    }
}
