//! One key press, the same on every terminal.
//!
//! Terminals name the same press in several ways (`0x08`, Ctrl+H and Backspace; Shift+Tab and
//! `BackTab`; `AltGr` as Ctrl+Alt). [`Key::new`] gives all of them one form, so that two keys are
//! equal exactly when a person pressed the same thing. Keymap files and hints use the form that
//! [`Display`](fmt::Display) writes and [`FromStr`] reads.

use std::fmt;
use std::str::FromStr;

/// What was pressed, without modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyCode {
    /// A character as the keyboard or the input method produced it.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Backspace, also sent as Ctrl+H.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, counted from 1.
    F(u8),
}

/// A key press in its canonical form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// What was pressed.
    pub code: KeyCode,
    /// Whether Ctrl was held.
    pub ctrl: bool,
    /// Whether Alt was held.
    pub alt: bool,
    /// Whether Shift was held; never so for a character.
    pub shift: bool,
}

/// Why a text names no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The part before a `+` is none of Ctrl, Alt, Shift.
    #[error("unknown modifier {0:?}")]
    Modifier(String),
    /// The last part is neither one character nor the name of a key.
    #[error("unknown key {0:?}")]
    Code(String),
}

const NAMES: [(KeyCode, &str); 15] = [
    (KeyCode::Enter, "Enter"),
    (KeyCode::Esc, "Esc"),
    (KeyCode::Tab, "Tab"),
    (KeyCode::Backspace, "Backspace"),
    (KeyCode::Delete, "Delete"),
    (KeyCode::Insert, "Insert"),
    (KeyCode::Up, "Up"),
    (KeyCode::Down, "Down"),
    (KeyCode::Left, "Left"),
    (KeyCode::Right, "Right"),
    (KeyCode::Home, "Home"),
    (KeyCode::End, "End"),
    (KeyCode::PageUp, "PageUp"),
    (KeyCode::PageDown, "PageDown"),
    (KeyCode::Char(' '), "Space"),
];

/// The arrows as they stand on keys; a file of keys may name them so too.
const ARROWS: [(KeyCode, &str); 4] =
    [(KeyCode::Up, "↑"), (KeyCode::Down, "↓"), (KeyCode::Left, "←"), (KeyCode::Right, "→")];

/// The names of keys and of what is held with them.
pub fn names() -> impl Iterator<Item = &'static str> {
    NAMES.iter().map(|(_, name)| *name).chain(["Ctrl", "Alt", "Shift"])
}

impl Key {
    /// The canonical key for what a terminal reported.
    ///
    /// Ctrl+H is Backspace, Ctrl+I Tab, Ctrl+M Enter and Ctrl+[ Esc; Ctrl+Alt+character is the character
    /// (`AltGr`); a character never carries Shift, which has already chosen the character; beside
    /// Ctrl or Alt an ASCII letter is lower case, because old terminals cannot tell the cases apart.
    pub fn new(code: KeyCode, ctrl: bool, alt: bool, shift: bool) -> Self {
        match code {
            KeyCode::Char(c) => Self::from_char(c, ctrl && !alt, alt && !ctrl),
            _ => Self { code, ctrl, alt, shift },
        }
    }

    fn from_char(c: char, ctrl: bool, alt: bool) -> Self {
        let c = if ctrl || alt { c.to_ascii_lowercase() } else { c };
        match c {
            'h' if ctrl => Self::plain(KeyCode::Backspace),
            'i' if ctrl => Self::plain(KeyCode::Tab),
            'm' if ctrl => Self::plain(KeyCode::Enter),
            '[' if ctrl => Self::plain(KeyCode::Esc),
            _ => Self { code: KeyCode::Char(c), ctrl, alt, shift: false },
        }
    }

    /// A key without modifiers.
    pub fn plain(code: KeyCode) -> Self {
        Self { code, ctrl: false, alt: false, shift: false }
    }

    /// A typed character.
    pub fn char(c: char) -> Self {
        Self::plain(KeyCode::Char(c))
    }

    /// A character or named key together with Ctrl.
    pub fn ctrl(code: KeyCode) -> Self {
        Self::new(code, true, false, false)
    }

    /// The key as screens show it: arrows as arrows.
    pub fn shown(&self) -> String {
        let text = self.to_string();
        let arrow = ARROWS.iter().find(|(code, _)| *code == self.code);
        arrow.map_or(text.clone(), |(code, arrow)| text.replace(name(*code), arrow))
    }

    /// The character that this key types, if it types one.
    pub fn text(&self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            f.write_str(if held { name } else { "" })?;
        }
        match self.code {
            KeyCode::F(n) => write!(f, "F{n}"),
            KeyCode::Char(c) if c != ' ' && (self.ctrl || self.alt) => {
                write!(f, "{}", c.to_ascii_uppercase())
            }
            KeyCode::Char(c) if c != ' ' => write!(f, "{c}"),
            code => f.write_str(name(code)),
        }
    }
}

fn name(code: KeyCode) -> &'static str {
    NAMES.iter().find(|(named, _)| *named == code).map_or("", |(_, name)| name)
}

impl FromStr for Key {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        let (mut ctrl, mut alt, mut shift) = (false, false, false);
        let mut rest = text;
        // A plus sign that stands last is itself the key: `Ctrl++`.
        while let Some((modifier, code)) =
            rest.split_once('+').filter(|(m, c)| !m.is_empty() && !c.is_empty())
        {
            match modifier.to_ascii_lowercase().as_str() {
                "ctrl" => ctrl = true,
                "alt" => alt = true,
                "shift" => shift = true,
                _ => return Err(KeyError::Modifier(modifier.to_owned())),
            }
            rest = code;
        }
        parse_code(rest).map(|code| Self::new(code, ctrl, alt, shift))
    }
}

fn parse_code(name: &str) -> Result<KeyCode, KeyError> {
    if let Some((code, _)) = ARROWS.iter().find(|(_, arrow)| *arrow == name) {
        return Ok(*code);
    }
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return Ok(KeyCode::Char(c));
    }
    let named = NAMES.iter().find(|(_, n)| n.eq_ignore_ascii_case(name)).map(|(code, _)| *code);
    named.or_else(|| function_key(name)).ok_or_else(|| KeyError::Code(name.to_owned()))
}

fn function_key(name: &str) -> Option<KeyCode> {
    let digits = name.strip_prefix(['F', 'f'])?;
    let n: u8 = digits.parse().ok()?;
    (1..=35).contains(&n).then_some(KeyCode::F(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_are_shown_as_arrows_and_read_by_either_name() {
        for (named, shown) in
            [("Ctrl+Up", "Ctrl+↑"), ("Left", "←"), ("Alt+Right", "Alt+→"), ("PageUp", "PageUp")]
        {
            let key: Key = named.parse().unwrap();
            assert_eq!((key.shown().as_str(), key.to_string().as_str()), (shown, named));
            assert_eq!(shown.parse(), Ok(key));
        }
    }

    fn key(text: &str) -> Key {
        text.parse().unwrap()
    }

    #[test]
    fn keymap_names_are_read_and_written_the_same() {
        for name in
            ["Ctrl+N", "Shift+Tab", "F4", "F12", "Alt+1", "/", "ă", "Space", "+", "Ctrl++", "Ctrl+Shift+Left"]
        {
            assert_eq!(key(name).to_string(), name);
        }
        assert_eq!(key("ctrl+n"), key("Ctrl+N"));
        assert_eq!(key("PAGEUP"), Key::plain(KeyCode::PageUp));
    }

    #[test]
    fn what_names_no_key_is_refused_with_the_part_at_fault() {
        assert_eq!("Hyper+a".parse::<Key>(), Err(KeyError::Modifier("Hyper".into())));
        for wrong in ["", "F0", "F36", "Ctrl+ab", "ab"] {
            assert!(matches!(wrong.parse::<Key>(), Err(KeyError::Code(_))), "{wrong}");
        }
    }

    #[test]
    fn one_press_has_one_form() {
        assert_eq!(key("Ctrl+H"), Key::plain(KeyCode::Backspace));
        assert_eq!(key("Ctrl+I"), Key::plain(KeyCode::Tab));
        assert_eq!(key("Ctrl+M"), Key::plain(KeyCode::Enter));
        assert_eq!(key("Ctrl+Alt+ư"), Key::char('ư'));
        assert_eq!(key("Ctrl+Alt+a"), Key::char('a'));
        assert_eq!(key("Shift+Ế"), Key::char('Ế'));
        assert!(key("Shift+Tab").shift);
    }

    #[test]
    fn only_a_bare_character_types_text() {
        assert_eq!(key("ệ").text(), Some('ệ'));
        assert_eq!(key("Space").text(), Some(' '));
        for name in ["Ctrl+a", "Alt+a", "Enter", "F1"] {
            assert_eq!(key(name).text(), None, "{name}");
        }
    }
}
