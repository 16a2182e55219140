//! The radar: which known texts say nearly what a line says, while it is typed.
//!
//! Owns an index from terms to texts that grows and shrinks by a text at a time. It knows neither boards nor who asks; a key is
//! whatever names a text to its owner. Invariant: an answer depends on the texts that are in it, not on how they came there, and its work is
//! bounded, however many texts there are and however long the line is.

mod lexicon;
mod words;

use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap},
};

use words::Part;

/// An answer looks at no more than about so many places of terms in texts, the rarest terms first.
const MOST_WORK: usize = 400_000;

/// From this likeness on a text is close: on the farther tuning lines nine of ten that are shown are then right.
const CLOSE: f64 = 0.6;

/// One word that happens to be there proves nothing: so many must be found for a text to be close, …
const WORDS_FOUND: usize = 2;

/// … and what is found must weigh as much as so many words that one text alone has.
const RARE_WORDS_FOUND: f64 = 2.0;

/// Texts by what they say.
#[derive(Debug, Clone)]
pub struct Radar<K> {
    ids: HashMap<String, u32>,
    /// By a term's id: the slots of the texts that have it, ascending.
    places: Vec<Vec<u32>>,
    /// The texts; a free slot is `None`.
    slots: Vec<Option<Known<K>>>,
    free: Vec<u32>,
    by_key: BTreeMap<K, u32>,
}

#[derive(Debug, Clone)]
struct Known<K> {
    key: K,
    terms: Box<[u32]>,
    /// What its score is of the weight that is found in it: a text that says much beside what is sought ranks lower.
    share: f64,
}

/// A text that is near to a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near<K> {
    /// Which text.
    pub key: K,
    /// How much of the line it says, from 0 to 1; a rare word is more than a common one.
    pub likeness: f64,
    /// Whether it is near enough to be shown to somebody who did not ask.
    pub is_close: bool,
}

/// A part of a line as the index knows it: its terms with their weights, the heaviest first.
struct Sought {
    terms: Vec<(u32, f64)>,
    weight: f64,
    is_pair: bool,
}

/// A text with its place in the order.
struct Ranked<'a, K> {
    score: f64,
    weight: f64,
    known: &'a Known<K>,
}

impl<K> Default for Radar<K> {
    fn default() -> Self {
        let (ids, by_key) = (HashMap::new(), BTreeMap::new());
        Self { ids, places: Vec::new(), slots: Vec::new(), free: Vec::new(), by_key }
    }
}

impl<K: Copy + Ord> Radar<K> {
    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.by_key.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_key.is_empty()
    }

    /// Takes a text in, instead of the one it had under that key.
    pub fn put(&mut self, key: K, text: &str) {
        self.remove(key);
        let terms: Box<[u32]> = words::terms(text).into_iter().map(|term| self.id(term)).collect();
        let slot = self.free.pop().unwrap_or_else(|| number(self.slots.len()));
        for term in &terms {
            let Some(places) = self.places.get_mut(*term as usize) else { continue };
            let at = places.partition_point(|other| *other < slot);
            places.insert(at, slot);
        }
        let share = f64::from(number(terms.len())).sqrt().sqrt().recip();
        let known = Some(Known { key, terms, share });
        match self.slots.get_mut(slot as usize) {
            Some(free) => *free = known,
            None => self.slots.push(known),
        }
        self.by_key.insert(key, slot);
    }

    /// Lets a text go; whether there was one. Its words stay known as words.
    pub fn remove(&mut self, key: K) -> bool {
        let Some(slot) = self.by_key.remove(&key) else { return false };
        let known = self.slots.get_mut(slot as usize).and_then(Option::take);
        for term in known.iter().flat_map(|known| &known.terms) {
            let Some(places) = self.places.get_mut(*term as usize) else { continue };
            if let Ok(at) = places.binary_search(&slot) {
                places.remove(at);
            }
        }
        self.free.push(slot);
        true
    }

    fn id(&mut self, term: String) -> u32 {
        let next = number(self.places.len());
        let id = *self.ids.entry(term).or_insert(next);
        if id == next {
            self.places.push(Vec::new());
        }
        id
    }

    /// The `limit` texts that are nearest to a line, the nearest first.
    pub fn nearest(&self, line: &str, limit: usize) -> Vec<Near<K>> {
        let mut sought: Vec<Sought> =
            words::parts(line).iter().filter_map(|part| self.sought(part)).collect();
        let whole: f64 = sought.iter().map(|part| part.weight).sum();
        sought.sort_by_key(|part| self.work(part));
        let (weights, looked) = self.weights(&sought);
        let ranked = self.heaviest(&weights, limit);
        let looked = sought.get(..looked).unwrap_or_default();
        ranked.iter().map(|ranked| self.near(ranked, looked, whole)).collect()
    }

    /// The nearest text if it is close: what is worth showing to somebody who types.
    pub fn closest(&self, line: &str) -> Option<Near<K>> {
        self.nearest(line, 1).into_iter().next().filter(|near| near.is_close)
    }

    /// How a part of a line is looked up; a pair that no text has says nothing, a word that no text has is something new.
    fn sought(&self, part: &Part) -> Option<Sought> {
        let ids = part.terms.iter().filter_map(|term| self.ids.get(term).copied());
        let weighed = |id: u32| Some((id, self.places.get(id as usize)?.len()));
        let had = ids.filter_map(weighed).filter(|(_, texts)| *texts > 0);
        let mut terms: Vec<(u32, f64)> = had.map(|(id, texts)| (id, self.weight(texts))).collect();
        terms.sort_by(|one, other| other.1.total_cmp(&one.1));
        let least = terms.last().map(|(_, weight)| *weight);
        let weight = if part.is_pair { least? } else { least.unwrap_or_else(|| self.weight(1)) };
        Some(Sought { terms, weight, is_pair: part.is_pair })
    }

    /// What a term that so many texts have is worth: the rarer, the more.
    fn weight(&self, texts: usize) -> f64 {
        let (all, having) = (f64::from(number(self.len())), f64::from(number(texts)));
        (1.0 + (all - having + 0.5) / (having + 0.5)).ln()
    }

    fn work(&self, part: &Sought) -> usize {
        part.terms.iter().filter_map(|(term, _)| self.places.get(*term as usize)).map(Vec::len).sum()
    }

    /// What each slot has of what is sought: of every part the one term that counts most. And how many parts were looked for.
    fn weights(&self, sought: &[Sought]) -> (Vec<f64>, usize) {
        let mut weights = vec![0.0; self.slots.len()];
        // The part (from 1) that a slot was counted for last.
        let mut counted = vec![0_u16; self.slots.len()];
        let mut work = 0;
        for (part, number) in sought.iter().zip(1..) {
            work += self.work(part);
            if work > MOST_WORK {
                return (weights, usize::from(number) - 1);
            }
            for (term, weight) in &part.terms {
                for slot in self.places.get(*term as usize).into_iter().flatten() {
                    let slot = *slot as usize;
                    let (Some(sum), Some(last)) = (weights.get_mut(slot), counted.get_mut(slot)) else {
                        continue;
                    };
                    if *last != number {
                        (*sum, *last) = (*sum + weight, number);
                    }
                }
            }
        }
        (weights, sought.len())
    }

    /// The texts with the greatest scores, the greatest first. No score is more than the weight, so most texts need no look.
    fn heaviest(&self, weights: &[f64], limit: usize) -> Vec<Ranked<'_, K>> {
        let mut best: Vec<Ranked<'_, K>> = Vec::new();
        let mut least = f64::MIN_POSITIVE;
        for (known, weight) in self.slots.iter().zip(weights).filter(|_| limit > 0) {
            let Some(known) = known.as_ref().filter(|_| *weight >= least) else { continue };
            let ranked = Ranked { score: weight * known.share, weight: *weight, known };
            let at = best.partition_point(|other| other.before(&ranked).is_lt());
            best.insert(at, ranked);
            best.truncate(limit);
            if best.len() == limit {
                least = best.last().map_or(least, |last| last.score);
            }
        }
        best
    }

    fn near(&self, ranked: &Ranked<'_, K>, looked: &[Sought], whole: f64) -> Near<K> {
        let has = |part: &&Sought| part.terms.iter().any(|(term, _)| ranked.known.terms.contains(term));
        let words = looked.iter().filter(|part| !part.is_pair).filter(has).count();
        let likeness = (ranked.weight / whole).min(1.0);
        let proven = words >= WORDS_FOUND && ranked.weight >= RARE_WORDS_FOUND * self.weight(1);
        Near { key: ranked.known.key, likeness, is_close: proven && likeness >= CLOSE }
    }
}

impl<K: Ord> Ranked<'_, K> {
    fn before(&self, other: &Self) -> Ordering {
        other.score.total_cmp(&self.score).then_with(|| self.known.key.cmp(&other.known.key))
    }
}

/// Whether two lines say nearly the same by themselves, without other texts that would tell which words are rare: whether most words
/// of one are in the other.
pub fn are_alike(one: &str, other: &str) -> bool {
    let share = |line: &str, text: &str| {
        let terms = words::terms(text);
        let words = words::parts(line).into_iter().filter(|part| !part.is_pair);
        let (mut all, mut had) = (0_u16, 0_u16);
        for part in words {
            all = all.saturating_add(1);
            had = had
                .saturating_add(u16::from(part.terms.iter().any(|term| terms.binary_search(term).is_ok())));
        }
        usize::from(had) >= WORDS_FOUND && f64::from(had) >= CLOSE * f64::from(all)
    };
    share(one, other) || share(other, one)
}

/// A count as an id; nobody has four thousand million texts.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXTS: [&str; 5] = [
        "Con dấu thay đổi do sáp nhập quận, phường nên không khắc phục được hồ sơ cũ",
        "Phần mềm quản lý đảng viên hay bị treo vào cuối tháng",
        "Khó tiếp nhận đảng viên làm việc trong doanh nghiệp có trụ sở chính ở tỉnh khác",
        "Kinh phí hoạt động của chi bộ cấp chậm, cuối năm mới có",
        "Đảng viên ngại chuyển sinh hoạt về nơi cư trú",
    ];

    fn radar() -> Radar<usize> {
        let mut radar = Radar::default();
        (0..).zip(TEXTS).for_each(|(key, text)| radar.put(key, text));
        radar
    }

    fn first(radar: &Radar<usize>, line: &str) -> Option<Near<usize>> {
        radar.nearest(line, 1).first().copied()
    }

    #[test]
    fn a_text_is_nearest_to_itself_with_accents_or_without() {
        for (key, text) in TEXTS.iter().enumerate() {
            for line in [(*text).to_owned(), crate::text::fold::fold(text)] {
                let near = first(&radar(), &line).unwrap();
                assert_eq!((near.key, near.is_close), (key, true));
                assert!((near.likeness - 1.0).abs() < 1e-9, "{near:?}");
            }
        }
    }

    #[test]
    fn a_line_typed_at_speed_finds_what_is_written_out() {
        for (line, key) in [
            ("dn tru so tinh khac, dv kho tiep nhan", 2),
            ("kp cb cuoi nam moi cap", 3),
            ("pm qldv treo hoai", 1),
        ] {
            assert_eq!(first(&radar(), line).map(|near| near.key), Some(key), "{line}");
        }
    }

    #[test]
    fn one_word_in_common_is_not_close() {
        let near = first(&radar(), "treo").unwrap();
        assert_eq!((near.key, near.is_close), (1, false));
        assert!(!first(&radar(), "heo bi dich, nguoi nuoi cuoi thang ban chay").unwrap().is_close);
    }

    #[test]
    fn two_lines_are_alike_if_one_has_most_words_of_the_other() {
        for (one, other) in [
            ("con dấu cũ không dùng được, hồ sơ kẹt", "con dau cu, hs ket"),
            ("đv ngại chuyển shđ về nơi cư trú", "đảng viên ngại chuyển sinh hoạt đảng về nơi ở"),
        ] {
            assert!(are_alike(one, other) && are_alike(other, one), "{one}");
        }
        for (one, other) in
            [("", ""), ("con dấu", ""), ("con dấu", "con đường"), ("kinh phí cấp chậm", "con dấu cũ kẹt")]
        {
            assert!(!are_alike(one, other), "{one}");
        }
    }

    #[test]
    fn nothing_is_near_to_nothing() {
        for line in ["", "  ", "…", "xyz"] {
            assert_eq!(radar().nearest(line, 3), []);
        }
        assert_eq!(Radar::<usize>::default().nearest("con dấu", 3), []);
        assert_eq!(radar().nearest("con dấu", 0), []);
    }

    #[test]
    fn a_text_may_change_and_go() {
        let mut radar = radar();
        radar.put(0, "Nhà văn hóa ấp xuống cấp");
        assert_eq!(radar.len(), TEXTS.len());
        assert_eq!(first(&radar, "nvh ap dot nat").map(|near| near.key), Some(0));
        assert!(radar.nearest("con dau", 3).is_empty());
        assert!(radar.remove(0));
        assert!(!radar.remove(0));
        assert!(radar.nearest("nha van hoa", 3).is_empty());
    }

    #[test]
    fn the_rarest_words_are_looked_up_when_there_are_too_many_places() {
        let mut radar = Radar::default();
        (0..2000).for_each(|key| radar.put(key, "họp chi bộ định kỳ hằng tháng"));
        radar.put(2000, "họp chi bộ ở nhà sàn");
        let long = "họp chi bộ định kỳ hằng tháng ".repeat(60) + "nhà sàn";
        assert!(radar.nearest(&long, 1).len() == 1);
        assert_eq!(radar.nearest("họp chi bộ nhà sàn", 1).first().map(|near| near.key), Some(2000));
    }

    proptest! {
        #[test]
        fn answers_depend_on_the_texts_and_not_on_how_they_came(
            steps in prop::collection::vec((0usize..8, prop::option::of(0usize..5)), 0..40),
            line in 0usize..5,
        ) {
            let mut grown = Radar::default();
            let mut texts = BTreeMap::new();
            for (key, text) in steps {
                if let Some(text) = text {
                    grown.put(key, TEXTS[text]);
                    texts.insert(key, TEXTS[text]);
                } else {
                    prop_assert_eq!(grown.remove(key), texts.remove(&key).is_some());
                }
            }
            let mut fresh = Radar::default();
            for (key, text) in &texts {
                fresh.put(*key, text);
            }
            prop_assert_eq!(grown.len(), fresh.len());
            prop_assert_eq!(grown.nearest(TEXTS[line], 3), fresh.nearest(TEXTS[line], 3));
        }
    }
}
