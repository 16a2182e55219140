//! The effective configuration, as the files would hold it.

use super::{Context, deeds::say};
use crate::{
    config::{Chosen, Keys, Origin, Settings, quoted},
    i18n::{Lang, Strings, fill},
    keymap::{TABLES, action::Action},
};

/// Shows every setting and key that holds, or would hold without the files; wanted, with where it comes from.
pub(super) fn show(context: &Context, default: bool, origin: bool) {
    let mut faults = Vec::new();
    let (settings, keys) = if default {
        (Settings::default(), Keys::default())
    } else {
        let folder = &context.folders.config;
        (context.settings.clone(), Keys::read(folder, &mut faults))
    };
    context.tell(&faults);
    let page = Page { strings: context.lang.strings(), origin };
    say(&format!("# {}", context.folders.config.join("config.toml").display()));
    let Chosen { value, origin } = context.author_in(&settings);
    page.line("author", &quoted(&value), origin);
    let Chosen { value, origin } = context.language_in(&settings);
    let language = if value == Lang::Vietnamese { "vi" } else { "en" };
    page.line("language", &quoted(language), origin);
    say(&format!("\n# {}", context.folders.config.join("keys.toml").display()));
    for table in TABLES {
        page.keys(&keys, table);
    }
}

struct Page {
    strings: &'static Strings,
    origin: bool,
}

impl Page {
    fn line(&self, name: &str, value: &str, origin: Origin) {
        let origin = self.origin.then(|| format!("  # {}", self.words(origin)));
        say(&format!("{name} = {value}{}", origin.unwrap_or_default()));
    }

    fn words(&self, origin: Origin) -> String {
        match origin {
            Origin::Option(name) | Origin::Variable(name) => name.to_owned(),
            Origin::File(file, line) => {
                format!("{file}, {}", fill(self.strings.config_line, &[&line.to_string()]))
            }
            Origin::Default => self.strings.config_default.to_owned(),
        }
    }

    /// The keys of a table; those of the program that were freed are shown as such.
    fn keys(&self, keys: &Keys, table: &'static str) {
        say(&format!("[{table}]"));
        for action in Action::ALL {
            let listed = keys.keymap.listed(table, *action);
            let origin = keys.origin(table, *action);
            if !listed.is_empty() || origin != Origin::Default {
                let names: Vec<String> = listed.iter().map(|key| quoted(&key.to_string())).collect();
                self.line(action.name(), &format!("[{}]", names.join(", ")), origin);
            }
        }
    }
}
