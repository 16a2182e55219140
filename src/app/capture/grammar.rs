//! What a captured line says beside its words: codes that help and never stand in the way.
//!
//! A unit code or kind among the first two words, `#tag`, `!` to `!!!`, `>addressee`, `??` check later, `**` off the
//! record. Codes match folded text and the images that input methods make of them (`kk` comes as `kh`, `TW` as `TƯ`). Whatever does
//! not parse is text; nothing is refused. Pure: units come in as `(code, record)`.

use crate::{
    domain::{
        edit::Edit,
        ids::RecordId,
        kind::{DifficultyNature, Kind},
    },
    text::{fold::fold, typed::Typed},
};

/// What a line amounts to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The kind, if a code named one.
    pub kind: Option<Kind>,
    /// The nature, if a code named one.
    pub nature: Option<DifficultyNature>,
    /// The unit, if a code named one.
    pub unit: Option<RecordId>,
    /// 0 to 3.
    pub weight: u8,
    /// Tags without their `#`.
    pub tags: Vec<String>,
    /// To whom it goes.
    pub addressee: Option<String>,
    /// `??`.
    pub check_later: bool,
    /// `**`.
    pub off_record: bool,
    /// The words that remain.
    pub text: String,
}

impl Parsed {
    /// The kind that the line shall have; [`Kind::Note`] if nobody said.
    pub fn kind_or_note(&self) -> Kind {
        self.kind.unwrap_or(Kind::Note)
    }

    /// The fields that the codes fill, for a record of that kind; the unit is not among them.
    pub fn details(&self) -> Vec<Edit> {
        let kind = self.kind_or_note();
        let mut edits: Vec<Edit> = self.tags.iter().map(|tag| Edit::Tag(tag.clone(), true)).collect();
        edits.extend(self.nature.map(Edit::Nature));
        edits.extend(Some(self.weight).filter(|weight| *weight > 0).map(Edit::Weight));
        edits.extend(Some(self.check_later).filter(|on| *on).map(Edit::CheckLater));
        edits.extend(self.addressee.clone().map(Edit::Addressee));
        edits.retain(|edit| edit.fits(kind));
        edits
    }
}

/// The kinds that two letters name. `ych` is no word; a quick method makes it of `yk`.
const KINDS: [(&str, Kind, Option<DifficultyNature>); 10] = [
    ("kk", Kind::Difficulty, Some(DifficultyNature::Difficulty)),
    ("vm", Kind::Difficulty, Some(DifficultyNature::Obstacle)),
    ("tt", Kind::Difficulty, Some(DifficultyNature::Shortcoming)),
    ("nn", Kind::Cause, None),
    ("gp", Kind::Solution, None),
    ("kn", Kind::Recommendation, None),
    ("yk", Kind::Opinion, None),
    ("ych", Kind::Opinion, None),
    ("kl", Kind::Conclusion, None),
    ("nv", Kind::Task, None),
];

/// Reads a line. `units` are the session's codes.
pub fn parse(line: &str, units: &[(String, RecordId)]) -> Parsed {
    let mut parsed = Parsed::default();
    let mut rest = line;
    for _ in 0..2 {
        let (word, behind) = first_word(rest);
        let is_subject = parsed.is_work() && leads(behind);
        if word.is_empty() || is_subject || !parsed.take_code(word, units) {
            break;
        }
        rest = behind;
    }
    if may_have_marks(rest) {
        parsed.take_marks(rest);
    } else {
        rest.trim().clone_into(&mut parsed.text);
    }
    parsed
}

/// The first word, and what stands behind its space.
fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim_start_matches(' ');
    text.split_once(' ').unwrap_or((text, ""))
}

/// Whether a word begins as a mark does. Most lines have none, and then their words need not be looked at one by one.
fn may_have_marks(text: &str) -> bool {
    text.split(' ').any(|word| word.starts_with(['!', '?', '*', '#', '>']))
}

/// Whether a text goes on as of somebody who leads: then the code before it is the subject of the sentence.
fn leads(text: &str) -> bool {
    let next = text.split(' ').filter(|word| !word.is_empty()).take(2);
    next.map(fold).collect::<Vec<_>>().join(" ").starts_with("chu tri")
}

fn starts_name(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphabetic)
}

impl Parsed {
    /// Whether its kind gives work to somebody.
    fn is_work(&self) -> bool {
        matches!(self.kind, Some(Kind::Task | Kind::Solution | Kind::Conclusion))
    }

    /// A unit or kind code as one of the first two words.
    fn take_code(&mut self, word: &str, units: &[(String, RecordId)]) -> bool {
        let (typed, bare) = (Typed::new(word), Typed::new(word.trim_end_matches(':')));
        let is = |code: &str| typed.stands_for(code);
        let unit =
            units.iter().find(|(code, _)| bare.is(code)).or_else(|| units.iter().find(|(code, _)| is(code)));
        if self.unit.is_none()
            && let Some((_, unit)) = unit
        {
            self.unit = Some(*unit);
            return true;
        }
        let known = KINDS.iter().find(|(code, ..)| is(code)).filter(|_| self.kind.is_none());
        let Some((_, kind, nature)) = known else { return false };
        self.kind = Some(*kind);
        self.nature = *nature;
        true
    }

    /// What is no mark of these words is the text.
    fn take_marks(&mut self, words: &str) {
        let mut kept = Vec::new();
        let mut rest = words.split(' ');
        while let Some(word) = rest.next() {
            if word.strip_prefix('>').is_some_and(starts_name) {
                self.take_addressee(word, &mut rest, &mut kept);
            } else if !self.take_mark(word) {
                kept.push(word);
            }
        }
        kept.join(" ").trim().clone_into(&mut self.text);
        if self.addressee.is_some() && !self.keeps_addressee() {
            let name = self.addressee.take().unwrap_or_default();
            self.text = [&self.text, " >", &name].concat().trim_start().into();
        }
    }

    /// A mark that stands as a word of its own.
    fn take_mark(&mut self, word: &str) -> bool {
        match word {
            "!" | "!!" | "!!!" => self.weight = u8::try_from(word.len()).unwrap_or(3),
            "??" => self.check_later = true,
            "**" => self.off_record = true,
            _ => {
                let tag = word.strip_prefix('#').filter(|tag| starts_name(tag));
                let Some(tag) = tag else { return false };
                self.tags.push(tag.to_owned());
            }
        }
        true
    }

    /// `>` and a name: up to the next mark or the end of the line.
    fn take_addressee<'a>(
        &mut self,
        first: &'a str,
        rest: &mut impl Iterator<Item = &'a str>,
        kept: &mut Vec<&'a str>,
    ) {
        let mut words = vec![first];
        for word in rest.by_ref() {
            if self.take_mark(word) {
                break;
            }
            words.push(word);
        }
        if self.addressee.is_none() {
            let name = words.join(" ");
            self.addressee = Some(name.strip_prefix('>').unwrap_or(&name).trim().to_owned());
        } else {
            kept.extend(words);
        }
    }

    /// Only recommendations have an addressee; elsewhere the words stay words.
    fn keeps_addressee(&self) -> bool {
        self.kind_or_note() == Kind::Recommendation
    }
}

/// The code words that begin with what was typed, for completion: units first.
pub fn completions(word: &str, units: &[(String, RecordId)]) -> Vec<String> {
    let typed = fold(word);
    let codes = units.iter().map(|(code, _)| code.clone());
    let kinds = ["kk", "vm", "tt", "nn", "gp", "kn", "yk", "kl", "nv"].into_iter().map(str::to_owned);
    codes.chain(kinds).filter(|code| fold(code).starts_with(&typed)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn units() -> Vec<(String, RecordId)> {
        vec![("Q1".into(), RecordId(1)), ("TĐ".into(), RecordId(2)), ("TB".into(), RecordId(3))]
    }

    fn read(line: &str) -> Parsed {
        parse(line, &units())
    }

    #[test]
    fn a_bare_line_is_a_note_of_its_words() {
        let parsed = read("đảng viên ngại chuyển về nơi cư trú");
        assert_eq!(parsed.text, "đảng viên ngại chuyển về nơi cư trú");
        assert_eq!(parsed.kind_or_note(), Kind::Note);
        assert_eq!(parsed.details(), []);
    }

    #[test]
    fn unit_and_kind_stand_among_the_first_two_words_in_any_order() {
        for line in ["q1 kk con dấu cũ", "kk Q1 con dấu cũ", "KK q1: con dấu cũ"] {
            let parsed = read(line);
            assert_eq!((parsed.unit, parsed.kind), (Some(RecordId(1)), Some(Kind::Difficulty)), "{line}");
            assert_eq!(parsed.text, "con dấu cũ");
        }
    }

    #[test]
    fn a_unit_that_leads_a_task_is_a_word_of_its_sentence() {
        let parsed = read("nv Q1 chủ trì, phối hợp TB rà soát");
        assert_eq!((parsed.kind, parsed.unit), (Some(Kind::Task), None));
        assert_eq!(parsed.text, "Q1 chủ trì, phối hợp TB rà soát");
        assert_eq!(read("kk Q1 chủ trì họp muộn").unit, Some(RecordId(1)));
        assert_eq!(read("nv Q1 rà soát").unit, Some(RecordId(1)));
    }

    #[test]
    fn codes_match_what_input_methods_make_of_them() {
        assert_eq!(read("kh con dấu").kind, Some(Kind::Difficulty));
        assert_eq!(read("th hồ sơ cũ").nature, Some(DifficultyNature::Shortcoming));
        assert_eq!(read("ng do sáp nhập").kind, Some(Kind::Cause));
        assert_eq!(read("tđ hồ sơ").unit, Some(RecordId(2)));
        assert_eq!(read("td hồ sơ").unit, Some(RecordId(2)));
    }

    #[test]
    fn every_code_survives_the_quick_methods_and_words_of_the_language_stay_words() {
        let images = [("kk", "kh"), ("tt", "th"), ("nn", "ng"), ("yk", "ych"), ("KK", "KH")];
        for (code, image) in images {
            for tail in [" hồ sơ cũ", ": hồ sơ cũ"] {
                let (plain, distorted) = (read(&[code, tail].concat()), read(&[image, tail].concat()));
                assert_eq!(plain, distorted, "{code} {image}");
                assert_eq!(distorted.text, "hồ sơ cũ");
            }
        }
        let units = [("TW".to_owned(), RecordId(9)), ("T".to_owned(), RecordId(8))];
        assert_eq!(parse("TƯ kk hồ sơ", &units).unit, Some(RecordId(9)));
        assert_eq!(parse("tư: hồ sơ", &units).unit, Some(RecordId(9)));
        assert_eq!(parse("tư tưởng còn ngại", &units).text, "tư tưởng còn ngại");
        assert_eq!(parse("T kk hồ sơ", &units).unit, Some(RecordId(8)));
    }

    #[test]
    fn marks_are_words_of_their_own() {
        let parsed = read("vm con dấu !! #hồsơ kẹt ??");
        assert_eq!(parsed.text, "con dấu kẹt");
        assert_eq!((parsed.weight, parsed.check_later), (2, true));
        assert_eq!(parsed.tags, ["hồsơ"]);
        assert!(read("nội bộ **").off_record);
    }

    #[test]
    fn an_addressee_belongs_to_a_recommendation() {
        let parsed = read("kn liên thông dữ liệu >Ban Tổ chức Thành ủy !!");
        assert_eq!(parsed.addressee.as_deref(), Some("Ban Tổ chức Thành ủy"));
        assert_eq!(parsed.text, "liên thông dữ liệu");
        assert_eq!(read("nhiều >Thành ủy").text, "nhiều >Thành ủy");
    }

    #[test]
    fn a_second_addressee_stays_as_it_was_typed() {
        let parsed = read("kn liên thông >Thành ủy ?? sớm >Quận 1");
        assert_eq!((parsed.addressee.as_deref(), parsed.check_later), (Some("Thành ủy"), true));
        assert_eq!(parsed.text, "liên thông sớm >Quận 1");
    }

    #[test]
    fn what_does_not_parse_is_text() {
        for line in ["Có 3 > 2 vấn đề", "wow! thật", "# đầu mục", "hỏi? đáp??", "5 ** 2x"] {
            let parsed = read(line);
            assert!(parsed.kind.is_none());
            assert!(!parsed.text.is_empty());
        }
        assert_eq!(read("Có 3 > 2 vấn đề").text, "Có 3 > 2 vấn đề");
        assert_eq!(read("gặp kk khi nộp").kind, None);
    }

    #[test]
    fn completion_knows_units_and_kinds() {
        assert_eq!(completions("t", &units()), ["TĐ", "TB", "tt"]);
        assert_eq!(completions("k", &units()), ["kk", "kn", "kl"]);
    }

    /// The meaning of a line by looking at every word of it.
    fn read_word_by_word(line: &str, units: &[(String, RecordId)]) -> Parsed {
        let mut parsed = Parsed::default();
        let mut words: Vec<&str> = line.split(' ').collect();
        for _ in 0..2 {
            let Some(at) = words.iter().position(|word| !word.is_empty()) else { break };
            let is_subject = parsed.is_work() && leads(&words[at + 1..].join(" "));
            if is_subject || !parsed.take_code(words[at], units) {
                break;
            }
            words.drain(..=at);
        }
        parsed.take_marks(&words.join(" "));
        parsed
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn what_is_not_looked_at_word_by_word_would_say_the_same(
            codes in "( |kk |nv |Q1 |tđ: |KN |chủ |trì ){0,4}",
            rest in "([a-zàđ !>?*#]{0,3}|[ \t\u{a0}]|>Quận |#hồ |!! |\\*\\* |\\?\\? |word!|x\\*\\*){0,8}",
        ) {
            let line = [codes, rest].concat();
            prop_assert_eq!(read(&line), read_word_by_word(&line, &units()), "{:?}", line);
        }

        #[test]
        fn no_word_is_lost(line in "[a-zàđ#>!?* ]{0,60}") {
            let parsed = read(&line);
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
            let tags: usize = parsed.tags.iter().map(|tag| letters(tag)).sum();
            let codes = letters(&line) - letters(&parsed.text) - tags - parsed.addressee.as_deref().map_or(0, letters);
            prop_assert!(codes <= 4, "{line:?} {parsed:?}");
        }
    }
}
