//! What changed between two wordings of one text, by words.

/// A run of words that both texts have, or only one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// In both.
    Same(String),
    /// In the older one only.
    Gone(String),
    /// In the newer one only.
    New(String),
}

/// The most pairs of words that are compared one by one; of longer texts, all that is not alike at the ends counts as changed.
const MOST: usize = 4_000_000;

/// The runs of the two texts in reading order; what is gone stands before what is new in its place. White space only parts words.
pub fn by_words(older: &str, newer: &str) -> Vec<Run> {
    let (older, newer): (Vec<&str>, Vec<&str>) =
        (older.split_whitespace().collect(), newer.split_whitespace().collect());
    let head = older.iter().zip(&newer).take_while(|(a, b)| a == b).count();
    let (gone, new) = (older.get(head..).unwrap_or_default(), newer.get(head..).unwrap_or_default());
    let tail = gone.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count();
    let (gone, ending) = gone.split_at_checked(gone.len() - tail).unwrap_or_default();
    let new = new.get(..new.len() - tail).unwrap_or_default();
    let mut runs = Runs::default();
    runs.extend(Side::Both, older.get(..head).unwrap_or_default());
    middle(gone, new, &mut runs);
    runs.extend(Side::Both, ending);
    runs.flush();
    runs.done
}

/// The newer text with marks on what changed: `[-cũ-] {+mới+}`. Of a longer run that both have, `around` words stand on each side of
/// what changed.
pub fn marked(older: &str, newer: &str, around: usize) -> String {
    let runs = by_words(older, newer);
    let last = runs.len().saturating_sub(1);
    let marked = |(at, run): (usize, Run)| match run {
        Run::Same(words) if last == 0 => words,
        Run::Same(words) => brief(&words, around * usize::from(at > 0), around * usize::from(at < last)),
        Run::Gone(words) => format!("[-{words}-]"),
        Run::New(words) => format!("{{+{words}+}}"),
    };
    runs.into_iter().enumerate().map(marked).collect::<Vec<_>>().join(" ")
}

/// The first and last words of a run, and between them a sign for the others.
fn brief(words: &str, first: usize, last: usize) -> String {
    let all: Vec<&str> = words.split(' ').collect();
    let rest = all.len().saturating_sub(last);
    if first + 1 >= rest {
        return words.to_owned();
    }
    let parts = [all.get(..first), Some(&["…"][..]), all.get(rest..)];
    parts.into_iter().flatten().flatten().copied().collect::<Vec<_>>().join(" ")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Both,
    Older,
    Newer,
}

/// Words of one side, run by run. Where both sides changed, the older words come first.
#[derive(Debug, Default)]
struct Runs {
    done: Vec<Run>,
    same: Vec<String>,
    gone: Vec<String>,
    new: Vec<String>,
}

impl Runs {
    fn extend(&mut self, side: Side, words: &[&str]) {
        for word in words {
            self.push(side, word);
        }
    }

    fn push(&mut self, side: Side, word: &str) {
        let changes = !self.gone.is_empty() || !self.new.is_empty();
        if changes && side == Side::Both || !self.same.is_empty() && side != Side::Both {
            self.flush();
        }
        let run = match side {
            Side::Both => &mut self.same,
            Side::Older => &mut self.gone,
            Side::Newer => &mut self.new,
        };
        run.push(word.to_owned());
    }

    fn flush(&mut self) {
        let [same, gone, new] =
            [&mut self.same, &mut self.gone, &mut self.new].map(|words| std::mem::take(words).join(" "));
        let runs = [Run::Same(same), Run::Gone(gone), Run::New(new)];
        let has_words = |run: &Run| {
            let (Run::Same(words) | Run::Gone(words) | Run::New(words)) = run;
            !words.is_empty()
        };
        self.done.extend(runs.into_iter().filter(has_words));
    }
}

/// How many words the rests of two texts have in common, from each pair of places on.
struct Alike {
    counts: Vec<u32>,
    columns: usize,
}

impl Alike {
    fn of(gone: &[&str], new: &[&str]) -> Self {
        let columns = new.len() + 1;
        let mut alike = Self { counts: vec![0; (gone.len() + 1) * columns], columns };
        for (a, old) in gone.iter().enumerate().rev() {
            for (b, fresh) in new.iter().enumerate().rev() {
                let longest = if old == fresh {
                    alike.at(a + 1, b + 1) + 1
                } else {
                    alike.at(a + 1, b).max(alike.at(a, b + 1))
                };
                if let Some(count) = alike.counts.get_mut(a * columns + b) {
                    *count = longest;
                }
            }
        }
        alike
    }

    fn at(&self, a: usize, b: usize) -> u32 {
        self.counts.get(a * self.columns + b).copied().unwrap_or(0)
    }
}

/// The longest run of words that both have in order stays; the others are gone or new.
fn middle(gone: &[&str], new: &[&str], runs: &mut Runs) {
    let (mut a, mut b) = (0, 0);
    if gone.len().saturating_mul(new.len()) <= MOST {
        let alike = Alike::of(gone, new);
        while let (Some(old), Some(fresh)) = (gone.get(a), new.get(b)) {
            if old == fresh {
                runs.push(Side::Both, old);
                (a, b) = (a + 1, b + 1);
            } else if alike.at(a + 1, b) >= alike.at(a, b + 1) {
                runs.push(Side::Older, old);
                a += 1;
            } else {
                runs.push(Side::Newer, fresh);
                b += 1;
            }
        }
    }
    runs.extend(Side::Older, gone.get(a..).unwrap_or_default());
    runs.extend(Side::Newer, new.get(b..).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_that_changed_stand_out_and_the_others_stay() {
        let table = [
            ("Q1 chủ trì", "Q1 chủ trì", "Q1 chủ trì"),
            ("Q1 chủ trì", "Q3 chủ trì", "[-Q1-] {+Q3+} chủ trì"),
            ("xong trước 30/6", "xong sớm trước 30/9", "xong {+sớm+} trước [-30/6-] {+30/9+}"),
            ("một hai ba bốn", "một bốn", "một [-hai ba-] bốn"),
            ("", "mới", "{+mới+}"),
            ("cũ", "", "[-cũ-]"),
            ("a  b", "a b", "a b"),
            ("a b c", "c a b", "{+c+} a b [-c-]"),
        ];
        for (older, newer, runs) in table {
            assert_eq!(marked(older, newer, 9), runs);
        }
    }

    #[test]
    fn long_runs_that_stayed_are_cut_in_the_middle() {
        let (older, newer) =
            ("một hai ba bốn năm sáu cũ bảy tám chín mười", "một hai ba bốn năm sáu mới bảy tám chín mười");
        assert_eq!(marked(older, newer, 2), "… năm sáu [-cũ-] {+mới+} bảy tám …");
        assert_eq!(marked("a b c d e f h g", "A b c d e f h G", 2), "[-a-] {+A+} b c … f h [-g-] {+G+}");
        assert_eq!(marked("a b c d e", "A b c d E", 2), "[-a-] {+A+} b c d [-e-] {+E+}");
    }

    fn side(runs: &[Run], keep: impl Fn(&Run) -> Option<&str>) -> Vec<String> {
        let words = runs.iter().filter_map(keep).flat_map(str::split_whitespace);
        words.map(str::to_owned).collect()
    }

    proptest! {
        #[test]
        fn each_text_can_be_read_out_of_the_runs(
            older in proptest::collection::vec("[a-d]", 0..12),
            newer in proptest::collection::vec("[a-d]", 0..12),
        ) {
            let runs = by_words(&older.join(" "), &newer.join(" "));
            let of_older = side(&runs, |run| match run {
                Run::Same(words) | Run::Gone(words) => Some(words),
                Run::New(_) => None,
            });
            let of_newer = side(&runs, |run| match run {
                Run::Same(words) | Run::New(words) => Some(words),
                Run::Gone(_) => None,
            });
            prop_assert_eq!((of_older, of_newer), (older, newer));
        }
    }

    #[test]
    fn very_long_texts_are_compared_at_their_ends_only() {
        let words = |word: &str| vec![word; 3000].join(" ");
        let runs = by_words(&format!("x {} y", words("a")), &format!("x {} y", words("b")));
        assert_eq!(runs.len(), 4);
    }
}
