//! Whole-house tests: a module a theme, one binary to link.

#[cfg(test)]
mod archive;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod clock;
#[cfg(test)]
mod commands;
#[cfg(test)]
mod configuration;
#[cfg(test)]
mod docx;
#[cfg(test)]
mod export;
#[cfg(test)]
mod import;
#[cfg(test)]
#[cfg(unix)]
mod live;
#[cfg(test)]
mod meeting;
#[cfg(test)]
mod papers;
#[cfg(feature = "pdf")]
#[cfg(test)]
mod pdf;
#[cfg(test)]
mod program;
#[cfg(test)]
mod radar;
#[cfg(test)]
mod rooms;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod seat;
#[cfg(test)]
mod secrecy;
#[cfg(test)]
mod store;
#[cfg(test)]
mod support;
#[cfg(test)]
mod torture;
#[cfg(test)]
mod typed_session;
#[cfg(test)]
mod typing;
