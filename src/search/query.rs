//! What somebody typed, ready to be looked for in folded texts.

use memchr::memmem::Finder;

use crate::text::fold;

/// How much of the texts is looked at to learn which word is the rarest.
const SAMPLE: usize = 64 << 10;

/// The words of a query.
pub(super) struct Query {
    /// The rarest first: most texts fail at it.
    words: Vec<Word>,
}

struct Word {
    folded: Finder<'static>,
    /// With the accents typed, if there are any: lower case, with a capital, upper case. Texts are stored in normal form.
    accented: Option<[Finder<'static>; 3]>,
}

impl Word {
    fn new(typed: &str) -> Option<Self> {
        let query = fold::Query::new(typed);
        let finder = |text: &str| Finder::new(text.as_bytes()).into_owned();
        let forms = |lower: &str| [finder(lower), finder(&capitalised(lower)), finder(&lower.to_uppercase())];
        (!query.is_empty())
            .then(|| Self { folded: finder(query.folded()), accented: query.accented().map(forms) })
    }

    fn is_exact(&self, text: &[u8]) -> bool {
        self.accented.as_ref().is_none_or(|forms| forms.iter().any(|form| form.find(text).is_some()))
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

impl Query {
    /// Reads a query; `texts` are some of those in which it will be looked for.
    pub(super) fn new(typed: &str, texts: &[u8]) -> Self {
        let mut words: Vec<Word> = typed.split_whitespace().filter_map(Word::new).collect();
        let sample = texts.get(..SAMPLE).unwrap_or(texts);
        words.sort_by_cached_key(|word| {
            let length = word.folded.needle().len();
            (word.folded.find_iter(sample).count(), usize::MAX - length)
        });
        Self { words }
    }

    /// Whether accents were typed.
    pub(super) fn has_accents(&self) -> bool {
        self.words.iter().any(|word| word.accented.is_some())
    }

    /// The word that fewest texts hold; none if nothing was typed.
    pub(super) fn rarest(&self) -> Option<&Finder<'static>> {
        self.words.first().map(|word| &word.folded)
    }

    /// Whether a folded text that holds the rarest word holds the others too.
    pub(super) fn holds(&self, folded: &[u8]) -> bool {
        self.words.iter().skip(1).all(|word| word.folded.find(folded).is_some())
    }

    /// Whether a text that holds all words holds them with the accents typed; not if none were typed.
    pub(super) fn is_exact(&self, text: &str) -> bool {
        self.has_accents() && self.words.iter().all(|word| word.is_exact(text.as_bytes()))
    }
}
