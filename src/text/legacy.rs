//! Text in the fonts of before Unicode: TCVN3 (`.VnTime`) and VNI (`VNI-Times`), whose letters arrive as Latin-1 characters.
//!
//! What a text is can only be guessed, so the answer is an offer: nothing is converted before a person has said so. Invariant: a text that
//! reads at least as well as it stands (other languages, symbols, names in capitals, Vietnamese in Unicode) gets no offer.
//!
//! Sources: TCVN 5712:1993, table VN3; the VNI-Windows table of 1989, as the fonts have it.

use unicode_normalization::UnicodeNormalization as _;

/// An encoding of before Unicode.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Legacy {
    /// One character a letter, at U+00A1–U+00FE.
    Tcvn3,
    /// A letter of the alphabet and a mark behind it.
    Vni,
}

/// A text as it reads when its characters are taken for letters of an old font.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The font's encoding.
    pub encoding: Legacy,
    /// The text in Unicode.
    pub text: String,
}

/// At least so many words must become readable: fewer happen by chance.
const FEWEST: usize = 3;
/// How much of a hundred words must read as Vietnamese after converting, and by how much more than before.
const READABLE: usize = 75;
const BETTER: usize = 40;

/// What a text may be meant to be; `None` if it is best left alone.
pub fn offer(text: &str) -> Option<Offer> {
    if text.chars().any(is_unicode_vietnamese) {
        return None;
    }
    let before = Reading::of(text);
    let rated = [Legacy::Tcvn3, Legacy::Vni].map(|encoding| {
        let text = convert(encoding, text);
        (Reading::of(&text), Offer { encoding, text })
    });
    let (after, best) = rated.into_iter().max_by_key(|(reading, _)| reading.percent())?;
    let clearly = after.percent() >= READABLE && after.percent() >= before.percent().saturating_add(BETTER);
    let enough = after.syllables >= before.syllables.saturating_add(FEWEST);
    (clearly && enough).then_some(best)
}

/// A text whose characters are letters of an old font, in Unicode.
pub fn convert(encoding: Legacy, text: &str) -> String {
    match encoding {
        Legacy::Tcvn3 => from_tcvn3(text),
        Legacy::Vni => from_vni(text),
    }
}

/// Letters that neither font nor any other language here uses.
fn is_unicode_vietnamese(letter: char) -> bool {
    matches!(
        letter,
        '\u{1EA0}'..='\u{1EF9}' | 'Ă' | 'ă' | 'Đ' | 'đ' | 'Ĩ' | 'ĩ' | 'Ũ' | 'ũ' | 'Ơ' | 'ơ' | 'Ư' | 'ư'
    ) || matches!(letter, '\u{300}'..='\u{323}')
}

/// How much of a text reads as Vietnamese.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reading {
    words: usize,
    syllables: usize,
}

impl Reading {
    fn of(text: &str) -> Self {
        let words = text.split(|c: char| !c.is_alphabetic() && !('\u{A1}'..='\u{BF}').contains(&c));
        let words: Vec<&str> = words.filter(|word| word.chars().any(char::is_alphabetic)).collect();
        let syllables = words.iter().filter(|word| is_syllable(word)).count();
        Self { words: words.len(), syllables }
    }

    fn percent(self) -> usize {
        self.syllables.saturating_mul(100).checked_div(self.words).unwrap_or_default()
    }
}

/// Whether a word has the shape of a Vietnamese syllable: a beginning, and a rhyme of the language.
fn is_syllable(word: &str) -> bool {
    let plain: String = word.to_lowercase().nfd().filter(|c| !TONES.contains(c)).nfc().collect();
    ONSETS
        .iter()
        .filter_map(|onset| plain.strip_prefix(onset))
        .any(|rhyme| RHYMES.binary_search(&rhyme).is_ok())
}

fn from_tcvn3(text: &str) -> String {
    text.chars().map(|c| tcvn3(c).unwrap_or(c)).collect()
}

/// The letter at a place of TCVN3's table.
fn tcvn3(c: char) -> Option<char> {
    let place = u32::from(c).checked_sub(0xA1)?;
    TCVN3.chars().nth(usize::try_from(place).ok()?).filter(|letter| *letter != ' ')
}

fn from_vni(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let marked = letters.peek().and_then(|mark| vni_pair(letter, *mark));
        if marked.is_some() {
            letters.next();
        }
        out.push(marked.or_else(|| vni_single(letter)).unwrap_or(letter));
    }
    out
}

/// A letter that VNI writes with one character.
fn vni_single(letter: char) -> Option<char> {
    VNI_SINGLES.iter().find(|(written, _)| *written == letter).map(|(_, meant)| *meant)
}

/// A letter and the mark behind it.
fn vni_pair(letter: char, mark: char) -> Option<char> {
    let lower = |c: char| c.to_lowercase().next().unwrap_or(c);
    let (_, marks) = VNI_MARKS.iter().find(|(base, _)| *base == lower(letter))?;
    let meant = marks.split(' ').find_map(|pair| pair.strip_prefix(lower(mark))?.chars().next())?;
    if letter.is_uppercase() { meant.to_uppercase().next() } else { Some(meant) }
}

/// From U+00A1 on; a space where there is no letter.
const TCVN3: &str =
    "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ";

const VNI_SINGLES: [(char, char); 16] = [
    ('ì', 'ì'),
    ('í', 'í'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
    ('ô', 'ơ'),
    ('ö', 'ư'),
    ('î', 'ỵ'),
    ('ñ', 'đ'),
    ('Æ', 'Ỉ'),
    ('Ó', 'Ĩ'),
    ('Ò', 'Ị'),
    ('Ô', 'Ơ'),
    ('Ö', 'Ư'),
    ('Î', 'Ỵ'),
    ('Ñ', 'Đ'),
];

/// Letters, and each mark with what it makes of them.
const VNI_MARKS: [(char, &str); 8] = [
    ('a', "øà ùá ûả õã ïạ ââ àầ áấ åẩ ãẫ äậ êă èằ éắ úẳ üẵ ëặ"),
    ('e', "øè ùé ûẻ õẽ ïẹ âê àề áế åể ãễ äệ"),
    ('o', "øò ùó ûỏ õõ ïọ âô àồ áố åổ ãỗ äộ"),
    ('ô', "øờ ùớ ûở õỡ ïợ"),
    ('u', "øù ùú ûủ õũ ïụ"),
    ('ö', "øừ ùứ ûử õữ ïự"),
    ('y', "øỳ ùý ûỷ õỹ"),
    ('i', "øì ùí ûỉ õĩ ïị"),
];

/// The marks of the five tones, composed to none.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

const ONSETS: [&str; 28] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p",
    "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
];

/// The rhymes of the language without tones, in the order of their bytes.
const RHYMES: [&str; 161] = [
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "e", "ec", "em", "en",
    "eng", "eo", "ep", "et", "i", "ia", "ich", "im", "in", "inh", "ip", "it", "iu", "iêc", "iêm", "iên",
    "iêng", "iêp", "iêt", "iêu", "o", "oa", "oac", "oach", "oai", "oam", "oan", "oang", "oanh", "oao", "oap",
    "oat", "oay", "oc", "oe", "oen", "oeo", "oet", "oi", "om", "on", "ong", "ooc", "oong", "op", "ot", "oăc",
    "oăm", "oăn", "oăng", "oăt", "u", "ua", "uc", "ui", "um", "un", "ung", "up", "ut", "uy", "uya", "uych",
    "uyn", "uynh", "uyp", "uyt", "uyu", "uyên", "uyêt", "uân", "uâng", "uât", "uây", "uê", "uêch", "uênh",
    "uôc", "uôi", "uôm", "uôn", "uông", "uôt", "uơ", "y", "ych", "ynh", "yt", "yêm", "yên", "yêng", "yêt",
    "yêu", "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây", "ê", "êch", "êm", "ên", "ênh", "êp", "êt", "êu",
    "ô", "ôc", "ôi", "ôm", "ôn", "ông", "ôp", "ôt", "ăc", "ăm", "ăn", "ăng", "ăp", "ăt", "ơ", "ơi", "ơm",
    "ơn", "ơp", "ơt", "ư", "ưa", "ưc", "ưi", "ưng", "ưt", "ưu", "ươc", "ươi", "ươm", "ươn", "ương", "ươp",
    "ươt", "ươu",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::letters;

    fn offered(text: &str) -> Option<(Legacy, String)> {
        offer(text).map(|offer| (offer.encoding, offer.text))
    }

    #[test]
    fn case_35_tcvn3_is_offered_as_unicode() {
        let meant = "Đảng ủy xã tổ chức hội nghị".to_owned();
        assert_eq!(offered("§¶ng ñy x· tæ chøc héi nghÞ"), Some((Legacy::Tcvn3, meant)));
    }

    #[test]
    fn case_36_vni_is_offered_as_unicode() {
        let meant = "Cộng hòa xã hội chủ nghĩa Việt Nam".to_owned();
        assert_eq!(offered("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"), Some((Legacy::Vni, meant)));
    }

    #[test]
    fn case_37_other_languages_symbols_and_names_are_left_alone() {
        for text in [
            "Café résumé, garçon",
            "§ 5, 100 µm",
            "ÔNG HOÀNG LÂM",
            "Le préfet a décidé de réunir les délégués à Paris pour être à l'heure où ça commence",
            "Die Übergröße der Äpfel überrascht möglicherweise",
            "Đảng ủy xã tổ chức hội nghị",
            "cô giáo làm bài cho các em",
            "Hoàng, Lâm, Thành, Toàn, Hòa",
            "kh«ng",
            "",
            "12.5 ± 0.3 £ «abc» ¿qué?",
        ] {
            assert_eq!(offered(text), None, "{text}");
        }
    }

    #[test]
    fn capitals_and_every_mark_of_vni_are_read() {
        let written =
            "TRÖÔØNG ÑAÏI HOÏC KHOA HOÏC, quyeån saùch aáy raát hay, tuyeät vôøi; kyõ thuaät, lyù luaän";
        let meant = "TRƯỜNG ĐẠI HỌC KHOA HỌC, quyển sách ấy rất hay, tuyệt vời; kỹ thuật, lý luận";
        assert_eq!(offered(written), Some((Legacy::Vni, meant.to_owned())));
    }

    #[test]
    fn rhymes_are_sorted_so_that_they_are_found() {
        assert!(RHYMES.is_sorted());
        for word in ["nghiêng", "quyết", "giếng", "khuỷu", "ngoằn", "thuở", "yếu", "gì", "quốc", "Đảng"]
        {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["strong", "hội nghị", "ngx", "été", "và/hoặc"] {
            assert!(!is_syllable(word), "{word}");
        }
    }

    #[test]
    fn the_tables_hold_every_letter_once() {
        let letters = letters::all();
        let small: Vec<char> = letters.iter().copied().filter(|c| c.is_lowercase()).collect();
        for letter in &small {
            assert_eq!(TCVN3.matches(*letter).count(), 1, "{letter}");
        }
        let reads = |letter: &char| {
            let singles = VNI_SINGLES.map(|(written, _)| from_vni(&written.to_string()));
            let pairs = VNI_MARKS.iter().flat_map(|(base, marks)| {
                marks.split(' ').map(move |pair| from_vni(&format!("{base}{}", pair.chars().next().unwrap())))
            });
            let upper = |text: String| [text.to_uppercase(), text];
            singles.into_iter().chain(pairs).flat_map(upper).any(|read| read == letter.to_string())
        };
        assert_eq!(letters.iter().filter(|letter| !reads(letter)).collect::<Vec<_>>(), Vec::<&char>::new());
    }
}
