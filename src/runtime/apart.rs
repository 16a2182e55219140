//! Giving out notebooks and taking in what others wrote, while the program runs: between two commands, on the writer's thread.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::mpsc,
};

use super::house::House;
use crate::{
    domain::{ids::ScopeId, policy::Role},
    export,
    store::{CommitError, Host, Notebook, Store, StoreError, UnionReport},
    text::fold::fold,
};

/// Somebody's name and role.
pub type Named = (String, Role);

/// A notebook that was given out, and its file.
pub(super) type Given = (Notebook, PathBuf);

impl House {
    /// Takes in a notebook, a backup, a log file or another folder as somebody known by name; the report.
    ///
    /// # Errors
    /// As [`Store::receive`], or [`StoreError::Stopped`].
    pub fn receive_as(&self, source: PathBuf, who: Named) -> Result<UnionReport, CommitError> {
        let (answer, answered) = mpsc::channel();
        let host = self.decider(who);
        self.receive(source, host, move |received| drop(answer.send(received)))?;
        answered.recv().map_err(|_gone| StoreError::Stopped)?
    }

    /// Gives out a notebook of a session into a file as somebody known by name.
    ///
    /// # Errors
    /// As [`Store::take_notebook`], or [`StoreError::Stopped`].
    pub fn give_notebook_as(
        &self,
        session: ScopeId,
        taker: String,
        file: PathBuf,
        who: Named,
    ) -> Result<Notebook, CommitError> {
        let (answer, answered) = mpsc::channel();
        let host = self.decider(who);
        self.writer().errand(move |store| {
            let given = host(store).and_then(|host| store.take_notebook(session, &taker, &file, &host));
            drop(answer.send(given.map(|(notebook, _)| notebook)));
            BTreeSet::from([session])
        })?;
        answered.recv().map_err(|_gone| StoreError::Stopped)?
    }

    /// Somebody known by name, as whoever decides about what others wrote.
    fn decider(&self, (name, role): Named) -> impl FnOnce(&mut Store) -> Result<Host, CommitError> + use<> {
        let at = self.kit().clock.now();
        move |store| Ok(Host { author: store.person(&name, at)?, role, at })
    }

    /// The same; `answer` is called on the writer's thread and must not wait.
    pub(super) fn receive(
        &self,
        source: PathBuf,
        who: impl FnOnce(&mut Store) -> Result<Host, CommitError> + Send + 'static,
        answer: impl FnOnce(Result<UnionReport, CommitError>) + Send + 'static,
    ) -> Result<(), StoreError> {
        self.writer().errand(move |store| {
            let received = who(store).and_then(|host| store.receive_with_folder(&source, &host));
            let scopes = received.as_ref().map(|report| report.scopes.clone()).unwrap_or_default();
            answer(received);
            scopes
        })
    }

    /// Gives out a notebook of a session into the folder for papers; `answer` is called on the writer's thread and must not wait.
    pub(super) fn give_notebook(
        &self,
        session: ScopeId,
        taker: String,
        host: Host,
        answer: impl FnOnce(Result<Given, CommitError>) + Send + 'static,
    ) -> Result<(), StoreError> {
        let (folder, stem) = (self.papers().folder, export::stem(&self.catalogue(), session));
        self.writer().errand(move |store| {
            let file = free_name(&folder, &stem, &taker);
            let given = store.take_notebook(session, &taker, &file, &host);
            answer(given.map(|(notebook, _)| (notebook, file)));
            BTreeSet::from([session])
        })
    }
}

/// A file that is not there yet: `2023-Q1_so-ghi_hoa.hoinghi`.
fn free_name(folder: &Path, stem: &str, taker: &str) -> PathBuf {
    let letters = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let name: String = fold(taker).chars().map(letters).collect();
    let first = format!("{stem}_so-ghi_{name}");
    let numbered = (2..).map(|number: u32| format!("{first}_{number}"));
    let names = std::iter::once(first.clone()).chain(numbered);
    let mut files = names.map(|name| folder.join(format!("{name}.hoinghi")));
    files.find(|file| !file.exists()).unwrap_or_else(|| folder.join(first))
}
