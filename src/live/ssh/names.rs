//! Whom the name of an SSH user means: a name typed without accents finds the person who is known by it.

use std::{collections::BTreeSet, sync::Arc};

use crate::text::{clusters, fold::fold, nfc};

/// The most cells of a name.
const LONGEST: usize = 60;

/// Whether two names are the same, accents and case aside.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    plain(one) == plain(other)
}

/// A name as it is compared: user names have dots and dashes between words.
fn plain(name: &str) -> String {
    let spaced: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    fold(&spaced).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name without what steers terminals, of a length that lists have room for.
pub(super) fn clean(name: &str) -> String {
    let name = nfc::clean_line(name);
    clusters::clusters(name.trim())
        .take(LONGEST)
        .map(|(_, cluster)| cluster)
        .collect::<String>()
        .trim()
        .to_owned()
}

/// The name to propose for an SSH user: the known one that is the same without accents, else the only one whose given name it is, else as typed.
pub(super) fn proposed(user: &str, known: &BTreeSet<Arc<str>>) -> String {
    let wanted = plain(user);
    let whole = known.iter().find(|name| plain(name) == wanted);
    let mut given = known.iter().filter(|name| {
        let name = plain(name);
        name.split(' ').next_back() == Some(&wanted) || name.replace(' ', "") == wanted
    });
    let only = given.next().filter(|_| given.next().is_none());
    whole.or(only).map_or_else(|| clean(user), ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_name_finds_the_person_it_means() {
        let known: BTreeSet<Arc<str>> =
            ["Lê Thị Mai", "Trần Văn Đức", "Nguyễn Lan", "Phạm Lan"].into_iter().map(Arc::from).collect();
        for (user, name) in [
            ("le-thi-mai", "Lê Thị Mai"),
            ("LeThiMai", "Lê Thị Mai"),
            ("mai", "Lê Thị Mai"),
            ("duc", "Trần Văn Đức"),
            ("nguyen.lan", "Nguyễn Lan"),
            ("lan", "lan"),
            ("hoa", "hoa"),
            ("Hoà\u{1b}[2J", "Hoà[2J"),
        ] {
            assert_eq!(proposed(user, &known), nfc::nfc(name), "{user}");
        }
        assert_eq!(clean(&"a".repeat(500)).len(), LONGEST);
    }
}
