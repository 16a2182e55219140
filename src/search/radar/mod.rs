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
const WORDS_FOUND: u16 = 2;

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

/// What of a line was found in one text.
#[derive(Debug, Clone, Copy, Default)]
struct Found {
    weight: f64,
    words: u16,
    /// The part that was counted last (from 1), and for how much.
    part: u16,
    counted: f64,
}

/// A part of a line as the index knows it: its terms with their weights.
struct Sought {
    terms: Vec<(u32, f64)>,
    weight: f64,
    is_pair: bool,
}

/// A near text with its place in the order.
struct Ranked<K> {
    score: f64,
    near: Near<K>,
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
        let known = Some(Known { key, terms });
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
        let found = self.found(&sought);
        let known = self.slots.iter().zip(&found).filter(|(_, found)| found.weight > 0.0);
        let mut ranked: Vec<Ranked<K>> =
            known.filter_map(|(known, found)| Some(self.ranked(known.as_ref()?, *found, whole))).collect();
        if limit < ranked.len() {
            ranked.select_nth_unstable_by(limit, Ranked::before);
            ranked.truncate(limit);
        }
        ranked.sort_unstable_by(Ranked::before);
        ranked.into_iter().map(|ranked| ranked.near).collect()
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
        let terms: Vec<(u32, f64)> = had.map(|(id, texts)| (id, self.weight(texts))).collect();
        let least = terms.iter().map(|(_, weight)| *weight).reduce(f64::min);
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

    /// What each slot has of what is sought: of every part the one term that counts most.
    fn found(&self, sought: &[Sought]) -> Vec<Found> {
        let mut found = vec![Found::default(); self.slots.len()];
        let mut work = 0;
        for (part, number) in sought.iter().zip(1..) {
            work += self.work(part);
            if work > MOST_WORK {
                break;
            }
            for (term, weight) in &part.terms {
                for slot in self.places.get(*term as usize).into_iter().flatten() {
                    if let Some(found) = found.get_mut(*slot as usize) {
                        found.count(number, *weight, part.is_pair);
                    }
                }
            }
        }
        found
    }

    /// A text that says much beside what is sought ranks lower.
    fn ranked(&self, known: &Known<K>, found: Found, whole: f64) -> Ranked<K> {
        let length = f64::from(number(known.terms.len()));
        let likeness = (found.weight / whole).min(1.0);
        let proven = found.words >= WORDS_FOUND && found.weight >= RARE_WORDS_FOUND * self.weight(1);
        let near = Near { key: known.key, likeness, is_close: proven && likeness >= CLOSE };
        Ranked { score: found.weight / length.sqrt().sqrt(), near }
    }
}

impl Found {
    fn count(&mut self, part: u16, weight: f64, is_pair: bool) {
        if self.part != part {
            (self.part, self.counted) = (part, 0.0);
            self.words += u16::from(!is_pair);
        }
        self.weight += (weight - self.counted).max(0.0);
        self.counted = self.counted.max(weight);
    }
}

impl<K: Ord> Ranked<K> {
    fn before(&self, other: &Self) -> Ordering {
        other.score.total_cmp(&self.score).then_with(|| self.near.key.cmp(&other.near.key))
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
        had >= WORDS_FOUND && f64::from(had) >= CLOSE * f64::from(all)
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
