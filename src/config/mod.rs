//! Folders and settings: where things are, and what the person chose.
//!
//! The room reads arguments, variables and the files of the configuration folder; it opens no terminal and knows no session. Invariant: a setting
//! always has a value, whatever its file holds; what a file says wrongly is told with its line, and the rest holds.

mod abbreviations;
mod fault;
mod file;
mod keys;
mod office;
mod settings;
mod shared_folder;

pub use abbreviations::{keep_abbreviations, read_abbreviations};
pub use fault::{Fault, What};
pub use keys::Keys;
pub use office::{fonts, profiles, styles};
pub use settings::{Chosen, Origin, Settings, keep_author, quoted};
pub use shared_folder::is_shared;

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// A look-up of environment variables, so that tests bring their own.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Where the program keeps what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folders {
    /// Sessions and all their changes.
    pub data: PathBuf,
    /// Templates that an office overrides.
    pub config: PathBuf,
    /// Logs and crash reports.
    pub state: PathBuf,
}

impl Folders {
    /// The folders: `--data`, else `HOINGHI_DATA`, else the platform's; `HOINGHI_CONFIG` for the configuration.
    ///
    /// `None` if the platform names no home and nothing was given.
    pub fn find(data: Option<&Path>, env: Env<'_>) -> Option<Self> {
        let platform = ProjectDirs::from("", "", "hoinghi");
        let given = |name: &str| env(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let data = data
            .map(Path::to_path_buf)
            .or_else(|| given("HOINGHI_DATA"))
            .or_else(|| platform.as_ref().map(|dirs| dirs.data_dir().to_path_buf()))?;
        let beside = |name: &str| data.join(name);
        let config =
            given("HOINGHI_CONFIG").or_else(|| platform.as_ref().map(|dirs| dirs.config_dir().to_path_buf()));
        let state =
            platform.as_ref().map(|dirs| dirs.state_dir().unwrap_or_else(|| dirs.cache_dir()).to_path_buf());
        Some(Self {
            config: config.unwrap_or_else(|| beside("config")),
            state: state.unwrap_or_else(|| beside("state")),
            data,
        })
    }
}

/// Whether the terminal can be sent line-drawing characters: not the Linux console, not a locale without UTF-8.
pub fn wants_ascii(env: Env<'_>) -> bool {
    let locale =
        ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| env(name).filter(|value| !value.is_empty()));
    let utf8 = locale.is_none_or(|locale| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    });
    env("TERM").as_deref() == Some("linux") || !utf8
}

/// Whether colours shall be shown: `NO_COLOR` with any content says no.
pub fn wants_colour(env: Env<'_>) -> bool {
    env("NO_COLOR").is_none_or(|value| value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&'static str, &'static str)]) -> impl Fn(&str) -> Option<String> {
        let pairs = pairs.to_vec();
        move |name| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn the_option_wins_over_the_variable() {
        let env = env(&[("HOINGHI_DATA", "/b")]);
        assert_eq!(Folders::find(Some(Path::new("/a")), &env).unwrap().data, Path::new("/a"));
        assert_eq!(Folders::find(None, &env).unwrap().data, Path::new("/b"));
    }

    #[test]
    fn plain_terminals_get_plain_lines() {
        assert!(wants_ascii(&env(&[("TERM", "linux"), ("LANG", "vi_VN.UTF-8")])));
        assert!(wants_ascii(&env(&[("LANG", "vi_VN")])));
        assert!(!wants_ascii(&env(&[("LANG", "C.UTF-8")])));
        assert!(!wants_colour(&env(&[("NO_COLOR", "1")])));
        assert!(wants_colour(&env(&[("NO_COLOR", "")])));
    }
}
