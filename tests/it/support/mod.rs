//! What several themes need.

pub(crate) mod capture;
pub(crate) mod commands;
pub(crate) mod desk;
pub(crate) mod domain;
#[cfg(all(unix, feature = "ssh"))]
pub(crate) mod host;
pub(crate) mod ime;
pub(crate) mod papers;
pub(crate) mod pty;
pub(crate) mod sessions;
#[cfg(all(unix, feature = "ssh"))]
pub(crate) mod stranger;
pub(crate) mod syllables;
pub(crate) mod torture;
pub(crate) mod typist;
pub(crate) mod wrong_clock;
