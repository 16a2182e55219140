//! Vietnamese syllables, built from the sounds of the language instead of a word list.

use unicode_normalization::UnicodeNormalization;

const ONSETS: [&str; 28] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p",
    "ph", "qu", "r", "s", "t", "th", "tr", "v", "x",
];

/// Rimes that end in a vowel, a glide or a nasal take any tone.
const SMOOTH: &str = "a e ê i y o ô ơ u ư ai ao au ay âu ây eo êu ia iu oa oe oi ôi ơi ua ui uy ưa ưi ưu iêu oai oay uây \
    uôi ươi ươu uê uyu oeo am an ang anh ăm ăn ăng âm ân âng em en eng êm ên ênh im in inh om on ong ôm ôn ông ơm ơn \
    um un ung ưng iêm iên iêng uôm uôn uông ươm ươn ương oan oang oanh oăn oăng oen uân uâng uênh uynh uyên yêu yên yêm";

/// Rimes that end in a stop take the tones sắc and nặng only.
const STOPPED: &str = "ap at ac ach ăp ăt ăc âp ât âc ep et ec êp êt êch ip it ich op ot oc ôp ôt ôc ơp ơt up ut uc ưt ưc \
    iêp iêt iêc uôt uôc ươp ươt ươc oat oac oach oăt oăc oet uât uêch uyt uych uyêt yêt";

const TONES: [&str; 6] = ["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"];

/// The 134 letters that Vietnamese adds to ASCII, đ and Đ among them, in NFC.
pub(crate) fn letters() -> Vec<String> {
    let vowels = "aăâeêioôơuưy";
    let small =
        vowels.chars().flat_map(|vowel| TONES.map(|tone| format!("{vowel}{tone}").nfc().collect::<String>()));
    let small: Vec<String> = small.chain(["đ".into()]).filter(|letter| !letter.is_ascii()).collect();
    let capital: Vec<String> = small.iter().map(|letter| letter.to_uppercase()).collect();
    [small, capital].concat()
}

/// `count` syllables spread evenly over all that the sounds allow, in NFC, always the same ones.
pub(crate) fn spread(count: usize) -> Vec<String> {
    let all = all();
    assert!(all.len() >= count, "only {} syllables", all.len());
    (0..count).map(|n| all[n * all.len() / count].clone()).collect()
}

fn all() -> Vec<String> {
    let smooth = SMOOTH.split_whitespace().map(|rime| (rime, &TONES[..]));
    let stopped = STOPPED.split_whitespace().map(|rime| (rime, &TONES[4..]));
    let rimes: Vec<(&str, &[&str])> = smooth.chain(stopped).collect();
    let pairs =
        ONSETS.iter().flat_map(|onset| rimes.iter().map(move |(rime, tones)| (*onset, *rime, *tones)));
    pairs
        .filter(|(onset, rime, _)| agree(onset, rime))
        .flat_map(|(onset, rime, tones)| {
            tones.iter().map(move |tone| onset.to_string() + &with_tone(rime, tone))
        })
        .collect()
}

/// The spelling rules: `k gh ngh` stand before `e ê i` and only there; `gi` and `qu` hold a vowel
/// already; rounded rimes follow neither `qu` nor a lip sound.
fn agree(onset: &str, rime: &str) -> bool {
    let first = rime.chars().next().unwrap();
    let front = "eêiy".contains(first);
    let rounded = ["oa", "oe", "oă", "uâ", "uê", "uy"].iter().any(|glide| rime.starts_with(glide));
    match onset {
        "k" | "gh" | "ngh" => front,
        "c" | "g" | "ng" => !front,
        "gi" => first != 'i' && !rounded,
        "qu" => !"ioôuư".contains(first),
        "" | "h" | "l" | "t" if rime == "y" => true,
        "" if first == 'y' => true,
        _ if first == 'y' => false,
        "b" | "m" | "p" | "ph" | "v" => !rounded,
        _ => true,
    }
}

/// The tone stands on the vowel that has a shape of its own (the second of `ươ`), else on the last
/// vowel before a consonant, else on the first of two and the middle of three.
fn with_tone(rime: &str, tone: &str) -> String {
    let letters: Vec<char> = rime.chars().collect();
    let vowels = letters.iter().take_while(|c| "aăâeêioôơuưy".contains(**c)).count();
    let shaped = letters.iter().rposition(|c| "ăâêôơư".contains(*c));
    let place = shaped.unwrap_or(if vowels == letters.len() && vowels < 3 { 0 } else { (vowels - 1).min(1) });
    let text: String = letters[..=place].iter().collect::<String>()
        + tone
        + &letters[place + 1..].iter().collect::<String>();
    text.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_134_letters_and_enough_syllables() {
        assert_eq!(letters().len(), 134);
        let syllables = spread(5_000);
        let mut unique = syllables.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), 5_000);
    }

    #[test]
    fn the_syllables_are_the_ones_people_write() {
        let all = all();
        for known in
            "nghị hội việt được người quý chuyển sinh hoạt khó khăn đảng ủy hòa ương thưởng khuỷu ngoèo giải \
            quyết vướng mắc"
                .split_whitespace()
        {
            assert!(all.iter().any(|syllable| syllable == known), "{known}");
        }
        for wrong in ["ká", "ghá", "ngê", "quòa", "càch"] {
            assert!(!all.iter().any(|syllable| syllable == wrong), "{wrong}");
        }
    }
}
