//! Just enough of Rust's grammar to find every path in a file: words and signs without comments, strings and test code.

/// A word, or a sign; `::` is one sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) line: usize,
    pub(super) text: &'a str,
}

/// A file's tokens without test code, and the modules in files of their own that it declares for tests.
#[derive(Debug)]
pub(super) struct Source<'a> {
    pub(super) tokens: Vec<Token<'a>>,
    pub(super) test_modules: Vec<&'a str>,
}

impl<'a> Source<'a> {
    /// Reads a file that the compiler accepts; what it makes of another is unspecified.
    pub(super) fn read(text: &'a str) -> Self {
        let mut source = Self { tokens: Vec::new(), test_modules: Vec::new() };
        let all = tokens(text);
        let mut rest = all.as_slice();
        while let Some((token, after)) = rest.split_first() {
            if let Some(item) = after_words(rest, &["#", "[", "cfg", "(", "test", ")", "]"]) {
                let (skipped, after) = item.split_at(item_length(item));
                source.test_modules.extend(module_file(skipped));
                rest = after;
            } else {
                source.tokens.push(*token);
                rest = after;
            }
        }
        source
    }

    /// Every path; a `use` of a group is one path for each of its ends.
    pub(super) fn paths(&self) -> Vec<Named<'a>> {
        let mut found = Vec::new();
        let mut bodies = Bodies::default();
        let mut at = 0;
        while let Some((before, rest)) = self.tokens.split_at_checked(at)
            && let Some((token, after)) = rest.split_first()
        {
            let previous = before.last().map_or("", |token| token.text);
            bodies.pass(before, token);
            let mut step = Vec::new();
            let next = match token.text {
                "use" if after_words(after, &["<"]).is_none() => use_tree(after, &[], &mut step),
                "extern" if let Some(tree) = after_words(after, &["crate"]) => use_tree(tree, &[], &mut step),
                "::" if !is_word(previous) && previous != ">" => inline(after, &mut step),
                text if is_word(text) && previous != "::" => inline(rest, &mut step),
                _ => after,
            };
            let within = bodies.count();
            found.extend(step.into_iter().map(|(line, names)| Named { line, within, names }));
            at = self.tokens.len() - next.len();
        }
        found
    }
}

/// A path as it is written: its names, its line, and how many modules inside the file it stands in.
#[derive(Debug)]
pub(super) struct Named<'a> {
    pub(super) line: usize,
    pub(super) within: usize,
    pub(super) names: Vec<&'a str>,
}

/// The bodies that are open at a place, each with whether it is a module's.
#[derive(Default)]
struct Bodies(Vec<bool>);

impl Bodies {
    fn pass(&mut self, before: &[Token<'_>], token: &Token<'_>) {
        match token.text {
            "{" => self.0.push(matches!(before, [.., word, _] if word.text == "mod")),
            "}" => drop(self.0.pop()),
            _ => {}
        }
    }

    fn count(&self) -> usize {
        self.0.iter().filter(|module| **module).count()
    }
}

type Paths<'a> = Vec<(usize, Vec<&'a str>)>;

/// Reads `a::b::c` inside code; a single word is no path.
fn inline<'t, 'a>(tokens: &'t [Token<'a>], found: &mut Paths<'a>) -> &'t [Token<'a>] {
    let Some((first, mut rest)) = tokens.split_first() else { return tokens };
    let mut names = vec![first.text];
    while let [sign, name, after @ ..] = rest
        && sign.text == "::"
        && is_word(name.text)
    {
        names.push(name.text);
        rest = after;
    }
    if names.len() > 1 {
        found.push((first.line, names));
    }
    rest
}

/// Reads one tree of a `use` below `prefix`, and returns what follows it.
fn use_tree<'t, 'a>(tokens: &'t [Token<'a>], prefix: &[&'a str], found: &mut Paths<'a>) -> &'t [Token<'a>] {
    let mut names = prefix.to_vec();
    let mut rest = tokens;
    while let Some((token, after)) = rest.split_first() {
        match token.text {
            "::" => rest = after,
            "{" => return use_group(after, &names, found),
            "self" if !names.is_empty() => rest = after,
            "as" => {
                rest = after.get(1..).unwrap_or_default();
                break;
            }
            text if is_word(text) || text == "*" => {
                names.push(text);
                rest = after;
            }
            _ => break,
        }
    }
    let line = tokens.first().map_or(0, |token| token.line);
    found.push((line, names));
    rest
}

/// Reads the trees of a group behind its opening brace, and returns what follows the closing one.
fn use_group<'t, 'a>(tokens: &'t [Token<'a>], prefix: &[&'a str], found: &mut Paths<'a>) -> &'t [Token<'a>] {
    let mut rest = tokens;
    while let Some((token, after)) = rest.split_first() {
        rest = match token.text {
            "}" => return after,
            "," => after,
            _ => use_tree(rest, prefix, found),
        };
    }
    rest
}

/// The tokens behind `words`, if the slice begins with them.
fn after_words<'t, 'a>(tokens: &'t [Token<'a>], words: &[&str]) -> Option<&'t [Token<'a>]> {
    let (start, rest) = tokens.split_at_checked(words.len())?;
    start.iter().map(|token| token.text).eq(words.iter().copied()).then_some(rest)
}

/// How many tokens the item at the start has, its attributes included: up to its `;` or the end of its body.
fn item_length(tokens: &[Token<'_>]) -> usize {
    let mut depth = 0_usize;
    for (index, token) in tokens.iter().enumerate() {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(token.text, ";" | "}") {
            return index + 1;
        }
    }
    tokens.len()
}

/// The name in an item `mod name;`.
fn module_file<'a>(item: &[Token<'a>]) -> Option<&'a str> {
    match item {
        [.., word, name, end] if word.text == "mod" && end.text == ";" => Some(name.text),
        _ => None,
    }
}

fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphanumeric() || first == '_')
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let dropped = comment(rest).or_else(|| string(rest)).or_else(|| quote(rest));
        let length = dropped.or_else(|| word(rest)).unwrap_or(if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        });
        let (token, after) = rest.split_at(length);
        if dropped.is_none() && !first.is_whitespace() {
            found.push(Token { line, text: token });
        }
        line += token.matches('\n').count();
        rest = after;
    }
    found
}

fn word(rest: &str) -> Option<usize> {
    is_word(rest).then(|| rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len()))
}

/// The length of the comment at the start; block comments nest.
fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        return Some(rest.find('\n').unwrap_or(rest.len()));
    }
    if !rest.starts_with("/*") {
        return None;
    }
    let mut depth = 0_usize;
    let mut at = 0;
    while at < rest.len() {
        match rest.as_bytes().get(at..at + 2) {
            Some(b"/*") => (depth, at) = (depth + 1, at + 2),
            Some(b"*/") => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    Some(at)
}

/// The length of the string at the start: plain, byte, C or raw.
fn string(rest: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|prefix| rest.starts_with(prefix))?;
    let body = rest.strip_prefix(prefix)?;
    if prefix.ends_with('r') {
        let opening = body.trim_start_matches('#');
        let text = opening.strip_prefix('"')?;
        let end = format!("\"{}", "#".repeat(body.len() - opening.len()));
        return Some(text.find(&end).map_or(rest.len(), |at| rest.len() - text.len() + at + end.len()));
    }
    let text = body.strip_prefix('"')?;
    let mut escaped = false;
    let end = text.find(|c| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    });
    Some(end.map_or(rest.len(), |at| rest.len() - text.len() + at + 1))
}

/// The length of the character or lifetime at the start.
fn quote(rest: &str) -> Option<usize> {
    let text = rest.strip_prefix('\'')?;
    let mut chars = text.chars();
    let first = chars.next()?;
    if first == '\\' {
        // The character behind the backslash may itself be a quote.
        return text.get(2..)?.find('\'').map(|at| at + 4);
    }
    let lifetime = || word(text).map(|length| length + 1);
    if chars.next() == Some('\'') { Some(first.len_utf8() + 2) } else { lifetime() }
}
