//! `config.toml`: who writes, in which language.

use std::{fs, io, path::Path};

use super::{
    Env,
    fault::{Fault, What},
    file::{Entry, Source},
};
use crate::{i18n::Lang, text::nfc};

/// The file's name in the configuration folder.
const FILE: &str = "config.toml";
/// The names that it takes.
const NAMES: [&str; 2] = ["author", "language"];

/// Where a setting comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// The command line.
    Option(&'static str),
    /// A variable of the environment.
    Variable(&'static str),
    /// A line of a file of the configuration folder.
    File(&'static str, usize),
    /// The program.
    Default,
}

/// A setting and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen<T> {
    /// The setting.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

impl<T> Chosen<T> {
    fn new(value: T, origin: Origin) -> Self {
        Self { value, origin }
    }
}

/// What `config.toml` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    author: Option<Chosen<String>>,
    language: Option<Chosen<Lang>>,
}

impl Settings {
    /// Reads the file of a configuration folder; where there is none, nothing is set.
    pub fn read(folder: &Path, faults: &mut Vec<Fault>) -> Self {
        let Some(text) = text_of(folder, FILE, faults) else { return Self::default() };
        let source = Source { file: FILE, text: &text };
        let mut settings = Self::default();
        let table = source.parse(faults);
        for Entry { line, name, value } in source.entries(&table, faults) {
            let (origin, text) = (Origin::File(FILE, line), value.as_str().map(nfc::clean_line));
            let text = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
            match (name, text) {
                ("author", Some(author)) => settings.author = Some(Chosen::new(author, origin)),
                ("author", None) => {
                    faults.push(source.fault(line, What::Value { name: "author", wanted: "\"…\"" }));
                }
                ("language", text) => match text.as_deref().and_then(Lang::named) {
                    Some(lang) => settings.language = Some(Chosen::new(lang, origin)),
                    None => faults.push(source.fault(line, LANGUAGE)),
                },
                _ => faults.push(source.fault(line, What::unknown(name, NAMES))),
            }
        }
        faults.sort_by_key(|fault| fault.line);
        settings
    }

    /// The language of the screens: the option, `HOINGHI_LANG`, the file, the locale, else Vietnamese.
    pub fn language(&self, option: Option<Lang>, env: Env<'_>) -> Chosen<Lang> {
        let variable = |name: &'static str| {
            let lang = env(name).as_deref().and_then(Lang::named)?;
            Some(Chosen::new(lang, Origin::Variable(name)))
        };
        let locale = || ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(variable);
        let option = option.map(|lang| Chosen::new(lang, Origin::Option("--lang")));
        let chosen = option.or_else(|| variable("HOINGHI_LANG")).or_else(|| self.language.clone());
        chosen.or_else(locale).unwrap_or(Chosen::new(Lang::default(), Origin::Default))
    }

    /// Who writes: the option, the file, else the system's user name, in the normal form. The system's own account is nobody.
    pub fn author(&self, option: Option<&str>, env: Env<'_>) -> Chosen<String> {
        let named = |name: &str, origin| {
            let name = nfc::clean_line(name).trim().to_owned();
            (!name.is_empty()).then(|| Chosen::new(name, origin))
        };
        let variable = |name: &'static str| {
            named(&env(name)?, Origin::Variable(name)).filter(|chosen| chosen.value != "root")
        };
        let system = || ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(variable);
        let option = option.and_then(|name| named(name, Origin::Option("--user")));
        let chosen = option.or_else(|| self.author.clone()).or_else(system);
        chosen.unwrap_or_else(|| Chosen::new("hoinghi".to_owned(), Origin::Default))
    }
}

/// What is wrong with a language.
const LANGUAGE: What = What::Value { name: "language", wanted: "\"vi\", \"en\"" };

/// The text of a file of the configuration folder; a file that is not there is no fault.
pub(super) fn text_of(folder: &Path, file: &'static str, faults: &mut Vec<Fault>) -> Option<String> {
    match fs::read_to_string(folder.join(file)) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            faults.push(Fault { file, line: 0, what: What::Unreadable(error.to_string()) });
            None
        }
    }
}

/// A text as the files hold it.
pub fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// Keeps who writes in `config.toml`; every other line stays as it is.
///
/// # Errors
/// What the system says; the file is as it was.
pub fn keep_author(folder: &Path, author: &str) -> io::Result<()> {
    let path = folder.join(FILE);
    let text = match fs::read_to_string(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        text => text.unwrap_or_default(),
    };
    let is_author = |line: &&str| {
        line.trim_start().strip_prefix("author").is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let others = text.lines().filter(|line| !is_author(line)).map(|line| format!("{line}\n"));
    let own = format!("author = {}\n", quoted(author));
    fs::create_dir_all(folder)?;
    let beside = folder.join("config.toml.new");
    fs::write(&beside, std::iter::once(own).chain(others).collect::<String>())?;
    fs::rename(beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn env(pairs: &[(&'static str, &'static str)]) -> impl Fn(&str) -> Option<String> {
        let pairs = pairs.to_vec();
        move |name| pairs.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
    }

    fn read(text: &str) -> (Settings, Vec<Fault>) {
        let (folder, mut faults) = (tempfile::tempdir().unwrap(), Vec::new());
        fs::write(folder.path().join(FILE), text).unwrap();
        (Settings::read(folder.path(), &mut faults), faults)
    }

    #[test]
    fn the_language_is_vietnamese_unless_something_says_otherwise() {
        let file = read("language = \"en\"").0;
        for (settings, option, variables, lang, origin) in [
            (Settings::default(), None, &[("LANG", "C.UTF-8")][..], Lang::Vietnamese, Origin::Default),
            (Settings::default(), None, &[("LANG", "en_GB")], Lang::English, Origin::Variable("LANG")),
            (file.clone(), None, &[("LANG", "vi_VN")], Lang::English, Origin::File(FILE, 1)),
            (
                file.clone(),
                None,
                &[("HOINGHI_LANG", "vi")],
                Lang::Vietnamese,
                Origin::Variable("HOINGHI_LANG"),
            ),
            (file, Some(Lang::Vietnamese), &[], Lang::Vietnamese, Origin::Option("--lang")),
        ] {
            assert_eq!(settings.language(option, &env(variables)), Chosen::new(lang, origin));
        }
    }

    #[test]
    fn the_author_is_the_option_the_file_or_the_system() {
        let (file, none) = (read("\nauthor = \"La\u{302}n\"").0, Settings::default());
        let user = env(&[("USER", "lan")]);
        assert_eq!(
            file.author(Some("Mai\u{7}\n"), &user),
            Chosen::new("Mai".into(), Origin::Option("--user"))
        );
        assert_eq!(file.author(None, &user), Chosen::new("Lân".into(), Origin::File(FILE, 2)));
        assert_eq!(none.author(None, &user), Chosen::new("lan".into(), Origin::Variable("USER")));
        let root = env(&[("USER", "root")]);
        assert_eq!(none.author(None, &root), Chosen::new("hoinghi".into(), Origin::Default));
        assert_eq!(none.author(Some(" "), &env(&[])), Chosen::new("hoinghi".into(), Origin::Default));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_the_rest_holds() {
        let (settings, faults) = read("auhtor = \"Lan\"\nlanguage = \"en\"\n\n[keys]\nauthor = 3\n");
        assert_eq!(settings.language, Some(Chosen::new(Lang::English, Origin::File(FILE, 2))));
        let unknown = |name: &str, nearest| What::Unknown { name: name.to_owned(), nearest };
        let fault = |line, what| Fault { file: FILE, line, what };
        assert_eq!(faults, [fault(1, unknown("auhtor", Some("author"))), fault(4, unknown("keys", None))]);

        let (settings, faults) = read("author = 3\nlanguage = \"fr\"\n");
        assert_eq!(settings, Settings::default());
        assert_eq!(faults, [fault(1, What::Value { name: "author", wanted: "\"…\"" }), fault(2, LANGUAGE)]);

        let (settings, faults) = read("language = \"en\"\nauthor = Lan\n");
        assert_eq!(settings.language.map(|lang| lang.value), Some(Lang::English));
        assert!(matches!(&faults[0], Fault { line: 2, what: What::Syntax(_), .. }), "{faults:?}");
        assert!(matches!(&read("author = \"a\"\nauthor = \"b\"").1[0].what, What::Syntax(_)));
    }

    #[test]
    fn no_file_is_no_fault_and_an_unreadable_one_is() {
        let (folder, mut faults) = (tempfile::tempdir().unwrap(), Vec::new());
        assert_eq!(Settings::read(folder.path(), &mut faults), Settings::default());
        assert_eq!(faults, []);
        fs::write(folder.path().join(FILE), b"author = \"\xff\"").unwrap();
        Settings::read(folder.path(), &mut faults);
        assert!(matches!(&faults[..], [Fault { line: 0, what: What::Unreadable(_), .. }]));
    }

    #[test]
    fn an_author_is_kept_beside_what_else_the_file_says() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("made");
        keep_author(&folder, "Nguyễn \"Lan\"").unwrap();
        let read = || Settings::read(&folder, &mut Vec::new());
        assert_eq!(read().author.unwrap().value, "Nguyễn \"Lan\"");
        let path = folder.join(FILE);
        fs::write(&path, "# của văn phòng\nlanguage = \"en\"\nauthor=3\nauthors = 1\n").unwrap();
        keep_author(&folder, "Mai").unwrap();
        let text = fs::read_to_string(path).unwrap();
        assert_eq!(text, "author = \"Mai\"\n# của văn phòng\nlanguage = \"en\"\nauthors = 1\n");
    }
}
