//! What several themes need.

pub(crate) mod capture;
pub(crate) mod commands;
pub(crate) mod desk;
pub(crate) mod domain;
pub(crate) mod ime;
pub(crate) mod papers;
pub(crate) mod pty;
pub(crate) mod sessions;
pub(crate) mod syllables;
pub(crate) mod torture;
pub(crate) mod typist;
pub(crate) mod wrong_clock;
