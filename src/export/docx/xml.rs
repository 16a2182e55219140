//! XML as text: elements that always close, and texts that are always escaped.

use std::io::{self, Write};

/// From this length in bytes on a piece is handed on.
const LONG: usize = 1 << 16;

/// An attribute: its name and its value.
pub(super) type Attribute<'a> = (&'a str, &'a str);

/// A part of a package being written.
pub(super) struct Xml(String);

impl Xml {
    pub(super) fn new() -> Self {
        Self("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_owned())
    }

    /// A piece of a part.
    pub(super) fn fragment() -> Self {
        Self(String::new())
    }

    /// A piece that was written before.
    pub(super) fn whole(&mut self, piece: &str) {
        self.0.push_str(piece);
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }

    /// Whether there is enough to be handed on.
    pub(super) fn is_long(&self) -> bool {
        self.0.len() > LONG
    }

    /// Hands on what was written so far.
    pub(super) fn pour(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.0.as_bytes())?;
        self.0.clear();
        Ok(())
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.0.into_bytes()
    }

    /// An element with what `inner` writes in it.
    pub(super) fn element(
        &mut self,
        name: &str,
        attributes: &[Attribute<'_>],
        inner: impl FnOnce(&mut Self),
    ) {
        self.begin(name, attributes);
        self.0.push('>');
        inner(self);
        for piece in ["</", name, ">"] {
            self.0.push_str(piece);
        }
    }

    pub(super) fn empty(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.begin(name, attributes);
        self.0.push_str("/>");
    }

    /// An element that only has the value that `WordprocessingML` calls `w:val`.
    pub(super) fn val(&mut self, name: &str, value: &str) {
        self.empty(name, &[("w:val", value)]);
    }

    pub(super) fn text(&mut self, text: &str) {
        let means_something = |c: char| matches!(c, '&' | '<' | '>' | '"') || !is_allowed(c);
        let mut rest = text;
        while let Some((plain, from)) = rest.find(means_something).and_then(|at| rest.split_at_checked(at)) {
            self.0.push_str(plain);
            let mut chars = from.chars();
            self.0.push_str(match chars.next() {
                Some('&') => "&amp;",
                Some('<') => "&lt;",
                Some('>') => "&gt;",
                Some('"') => "&quot;",
                _ => "",
            });
            rest = chars.as_str();
        }
        self.0.push_str(rest);
    }

    fn begin(&mut self, name: &str, attributes: &[Attribute<'_>]) {
        self.0.push('<');
        self.0.push_str(name);
        for (name, value) in attributes {
            for piece in [" ", name, "=\""] {
                self.0.push_str(piece);
            }
            self.text(value);
            self.0.push('"');
        }
    }
}

/// Whether XML 1.0 can hold a character at all.
fn is_allowed(c: char) -> bool {
    let is_control = c.is_control() && c != '\t' && c != '\n';
    !is_control && !matches!(c, '\u{FFFE}' | '\u{FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_is_escaped_and_what_cannot_be_is_left_out() {
        let mut xml = Xml(String::new());
        xml.element("a", &[("b", "\"<&")], |xml| xml.text("x\u{1B}<\u{FFFF}&\u{0}>ệ"));
        xml.val("c", "1");
        assert_eq!(xml.0, "<a b=\"&quot;&lt;&amp;\">x&lt;&amp;&gt;ệ</a><c w:val=\"1\"/>");
    }
}
