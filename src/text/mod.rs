//! temp
#![allow(missing_docs, clippy::all, clippy::pedantic, clippy::string_slice)]
pub mod clusters {
    use unicode_segmentation::*;
    pub fn prev_boundary(t: &str, b: usize) -> usize {
        GraphemeCursor::new(b, t.len(), true).prev_boundary(t, 0).ok().flatten().unwrap_or(0)
    }
    pub fn next_boundary(t: &str, b: usize) -> usize {
        GraphemeCursor::new(b, t.len(), true).next_boundary(t, 0).ok().flatten().unwrap_or(t.len())
    }
    pub fn backspace_len(t: &str) -> usize {
        match t.chars().next_back() {
            Some(c) if ('\u{300}'..='\u{36f}').contains(&c) => c.len_utf8(),
            _ => t.len() - prev_boundary(t, t.len()),
        }
    }
    pub fn prev_word(t: &str, b: usize) -> usize {
        let s = t[..b].trim_end_matches(' ');
        s.rfind(' ').map_or(0, |i| i + 1)
    }
    pub fn next_word(t: &str, b: usize) -> usize {
        let s = &t[b..];
        let w = s.find(' ').unwrap_or(s.len());
        b + w + (s[w..].len() - s[w..].trim_start_matches(' ').len())
    }
}
pub mod width {
    pub fn width(s: &str) -> usize {
        unicode_width::UnicodeWidthStr::width(s)
    }
    pub fn truncate(s: &str, n: usize) -> std::borrow::Cow<'_, str> {
        s.chars().take(n).collect::<String>().into()
    }
    pub fn cluster_width(s: &str) -> usize {
        width(s)
    }
}
pub mod nfc {
    pub fn drawable(s: &str) -> String {
        s.nfc().filter(|c| !c.is_control()).collect()
    }
    use std::borrow::Cow;
    use unicode_normalization::UnicodeNormalization;
    pub fn nfc(s: &str) -> Cow<'_, str> {
        s.nfc().collect::<String>().into()
    }
    pub fn clean(s: &str) -> String {
        s.replace("\r\n", "\n")
            .replace('\r', "\n")
            .nfc()
            .filter(|c| !c.is_control() || *c == '\n' || *c == '\t')
            .collect::<String>()
    }
}
pub mod fold {
    use unicode_normalization::UnicodeNormalization;
    pub fn fold(s: &str) -> String {
        s.nfd()
            .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
            .map(|c| match c {
                'đ' | 'Đ' | 'Ð' => 'd',
                c => c,
            })
            .collect::<String>()
            .to_lowercase()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }
}
pub mod wrap {
    use std::ops::Range;
    pub fn wrap(t: &str, w: usize) -> Vec<Range<usize>> {
        let mut v = vec![];
        let mut s = 0;
        let mut u = 0;
        let mut b = 0;
        while b < t.len() {
            let n = super::clusters::next_boundary(t, b);
            let c = super::width::width(&t[b..n]);
            if u + c > w && b > s {
                v.push(s..b);
                s = b;
                u = 0;
            }
            u += c;
            b = n;
        }
        v.push(s..t.len());
        v
    }
}
