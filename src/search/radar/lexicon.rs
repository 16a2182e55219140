//! What note-takers of offices write short, which words say the same, and which say nothing. All folded and in order.
//!
//! An abbreviation stands here if it is common in offices, a class of words if a tuning line asked for it (`tests/it/data/radar`).

/// Abbreviations with what they stand for; one that may stand for several things has several lines.
const ABBREVIATIONS: &[(&str, &str)] = &[
    ("bb", "bien ban"),
    ("bc", "bao cao"),
    ("bc", "bien che"),
    ("bch", "ban chap hanh"),
    ("bcv", "bao cao vien"),
    ("bh", "bao hiem"),
    ("bs", "bac si"),
    ("bs", "bo sung"),
    ("bt", "bi thu"),
    ("btc", "ban to chuc"),
    ("btg", "ban tuyen giao"),
    ("btv", "ban thuong vu"),
    ("cb", "can bo"),
    ("cb", "chi bo"),
    ("cbcc", "can bo cong chuc"),
    ("cc", "chung cu"),
    ("cc", "cong chuc"),
    ("ccb", "cuu chien binh"),
    ("cccd", "can cuoc cong dan"),
    ("cd", "chuyen de"),
    ("cd", "cong doan"),
    ("cd", "cong dong"),
    ("cl", "chat luong"),
    ("cn", "cong nghiep"),
    ("cn", "cong nhan"),
    ("cntt", "cong nghe thong tin"),
    ("cs", "co so"),
    ("cstd", "chien si thi dua"),
    ("csttd", "chien si thi dua"),
    ("csvc", "co so vat chat"),
    ("ct", "chi tieu"),
    ("ct", "chinh tri"),
    ("ct", "chuong trinh"),
    ("ct", "cong tac"),
    ("ct", "cu tru"),
    ("cty", "cong ty"),
    ("cv", "cong van"),
    ("cv", "cong viec"),
    ("db", "dai bieu"),
    ("db", "dang bo"),
    ("db", "dia ban"),
    ("dh", "dai hoi"),
    ("dl", "du lieu"),
    ("dn", "doanh nghiep"),
    ("dp", "dang phi"),
    ("dp", "dia phuong"),
    ("dt", "dao tao"),
    ("dt", "dien tich"),
    ("dt", "dien tu"),
    ("dtc", "dau tu cong"),
    ("du", "dang uy"),
    ("dv", "dang vien"),
    ("dv", "don vi"),
    ("dvc", "dich vu cong"),
    ("gp", "giai phap"),
    ("gt", "gioi thieu"),
    ("hd", "huong dan"),
    ("hdnd", "hoi dong nhan dan"),
    ("hn", "hoi nghi"),
    ("hs", "ho so"),
    ("ht", "he thong"),
    ("ht", "hoan thanh"),
    ("htx", "hop tac xa"),
    ("hv", "hoi vien"),
    ("kd", "kinh doanh"),
    ("kdc", "khu dan cu"),
    ("kh", "ke hoach"),
    ("kk", "kho khan"),
    ("kl", "ket luan"),
    ("kl", "ky luat"),
    ("kn", "ket nap"),
    ("kn", "kien nghi"),
    ("kp", "khu pho"),
    ("kp", "kinh phi"),
    ("kq", "ket qua"),
    ("kt", "khen thuong"),
    ("kt", "kiem tra"),
    ("kt", "kinh te"),
    ("ktgs", "kiem tra giam sat"),
    ("ld", "lanh dao"),
    ("ld", "lao dong"),
    ("ll", "ly lich"),
    ("llct", "ly luan chinh tri"),
    ("mttq", "mat tran to quoc"),
    ("nd", "nhan dan"),
    ("nd", "noi dung"),
    ("nq", "nghi quyet"),
    ("ns", "ngan sach"),
    ("ns", "nhan su"),
    ("nv", "nghiep vu"),
    ("nv", "nhiem vu"),
    ("nvqs", "nghia vu quan su"),
    ("nx", "nhan xet"),
    ("pc", "phu cap"),
    ("pm", "phan mem"),
    ("qc", "quan chung"),
    ("qc", "quy che"),
    ("qd", "quy dinh"),
    ("qd", "quyet dinh"),
    ("qh", "quy hoach"),
    ("ql", "quan ly"),
    ("sh", "sinh hoat"),
    ("shcb", "sinh hoat chi bo"),
    ("shcd", "sinh hoat chuyen de"),
    ("shd", "sinh hoat dang"),
    ("sx", "san xuat"),
    ("td", "thi dua"),
    ("tdkt", "thi dua khen thuong"),
    ("tg", "thoi gian"),
    ("th", "thuc hien"),
    ("th", "tieu hoc"),
    ("tk", "thong ke"),
    ("tl", "tai lieu"),
    ("tl", "ty le"),
    ("tn", "thanh nien"),
    ("tn", "tu nhan"),
    ("tp", "thanh pho"),
    ("ts", "tai san"),
    ("tt", "tap the"),
    ("tt", "thong tin"),
    ("tt", "truc thuoc"),
    ("tt", "trung tam"),
    ("tu", "thanh uy"),
    ("tw", "trung uong"),
    ("ubkt", "uy ban kiem tra"),
    ("ubnd", "uy ban nhan dan"),
    ("uv", "uy vien"),
    ("vb", "van ban"),
    ("vp", "van phong"),
    ("vp", "vi pham"),
    ("xd", "xay dung"),
    ("xh", "xa hoi"),
    ("xm", "xac minh"),
];

/// Words that carry no matter by themselves.
const EMPTY: &[&str] = &[
    "ai", "bi", "ca", "cac", "can", "cho", "chua", "co", "con", "cua", "cung", "da", "dang", "day", "dc",
    "de", "den", "di", "do", "duoc", "em", "gi", "giua", "hay", "het", "hoac", "hoai", "hon", "k", "khi",
    "kho", "khong", "ko", "la", "lai", "lam", "len", "luc", "ma", "moi", "mot", "nao", "nay", "ne", "nen",
    "ng", "nguoi", "nhieu", "nhung", "o", "phai", "qua", "ra", "rat", "roi", "sao", "se", "su", "tai",
    "theo", "thi", "thieu", "toi", "trong", "tu", "va", "van", "vao", "ve", "vi", "viec", "voi", "vuong",
    "xong",
];

/// Words that say the same in an office, with the name of their class.
const SAME: &[(&str, &str)] = &[
    ("bi mat", "bi mat"),
    ("bo viec", "bo viec"),
    ("cao tuoi", "cao tuoi"),
    ("cham", "cham"),
    ("chinh quyen", "uy ban"),
    ("cho co", "qua loa"),
    ("con dau", "dau"),
    ("cong ty", "cong ty"),
    ("cu tru", "cu tru"),
    ("dau", "dau"),
    ("doanh nghiep", "cong ty"),
    ("doi", "doi"),
    ("dong cua", "dong cua"),
    ("email", "email"),
    ("facebook", "facebook"),
    ("fb", "facebook"),
    ("gia", "cao tuoi"),
    ("gia yeu", "cao tuoi"),
    ("giai the", "dong cua"),
    ("gop", "gop"),
    ("hinh thuc", "qua loa"),
    ("hong", "hong"),
    ("hop thu", "email"),
    ("hu", "hong"),
    ("khong day", "khong day"),
    ("kinh phi", "kinh phi"),
    ("lanh dao", "lanh dao"),
    ("lau", "cham"),
    ("lon tuoi", "cao tuoi"),
    ("mang xa hoi", "facebook"),
    ("muon", "cham"),
    ("ne", "ne"),
    ("ngai", "ne"),
    ("nghi sinh", "nghi sinh"),
    ("nghi viec", "bo viec"),
    ("nhap", "gop"),
    ("noi o", "cu tru"),
    ("online", "online"),
    ("pha san", "dong cua"),
    ("qua loa", "qua loa"),
    ("sap nhap", "gop"),
    ("sep", "lanh dao"),
    ("sinh em", "nghi sinh"),
    ("so", "ne"),
    ("so sai", "qua loa"),
    ("thai san", "nghi sinh"),
    ("that lac", "bi mat"),
    ("thay doi", "doi"),
    ("thoi viec", "bo viec"),
    ("thu dien tu", "email"),
    ("tien", "kinh phi"),
    ("tin don", "tin don"),
    ("tin gia", "tin don"),
    ("trang thong tin", "trang thong tin"),
    ("trang web", "trang thong tin"),
    ("tre", "cham"),
    ("tren mang", "online"),
    ("truc tuyen", "online"),
    ("uy ban", "uy ban"),
    ("web", "trang thong tin"),
    ("wifi", "khong day"),
    ("zalo", "facebook"),
];

/// The longest words of [`SAME`], in syllables.
pub(super) const LONGEST_SAME: usize = 3;

/// What an abbreviation may stand for.
pub(super) fn meanings(short: &str) -> impl Iterator<Item = &'static str> {
    let first = ABBREVIATIONS.partition_point(|(known, _)| *known < short);
    let from = ABBREVIATIONS.get(first..).unwrap_or_default();
    from.iter().take_while(move |(known, _)| *known == short).map(|(_, long)| *long)
}

/// Whether a syllable carries no matter by itself.
pub(super) fn is_empty(syllable: &str) -> bool {
    EMPTY.binary_search(&syllable).is_ok()
}

/// The class of words that say what some syllables say.
pub(super) fn class(words: &str) -> Option<&'static str> {
    let at = SAME.binary_search_by_key(&words, |(known, _)| known).ok()?;
    SAME.get(at).map(|(_, class)| *class)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    #[test]
    fn the_tables_are_in_order_so_that_they_can_be_looked_up() {
        assert!(ABBREVIATIONS.is_sorted());
        assert!(EMPTY.is_sorted());
        assert!(SAME.is_sorted_by_key(|(words, _)| words));
    }

    #[test]
    fn the_tables_are_folded_as_the_words_are() {
        let words = ABBREVIATIONS.iter().chain(SAME).flat_map(|(a, b)| [*a, *b]).chain(EMPTY.iter().copied());
        for word in words {
            assert_eq!(fold(word), word);
        }
    }

    #[test]
    fn no_words_of_a_class_are_longer_than_is_looked_for() {
        assert!(SAME.iter().all(|(words, _)| words.split(' ').count() <= LONGEST_SAME));
    }

    #[test]
    fn an_abbreviation_may_stand_for_several_things() {
        assert_eq!(meanings("dv").collect::<Vec<_>>(), ["dang vien", "don vi"]);
        assert_eq!(meanings("abc").count(), 0);
    }

    #[test]
    fn words_of_one_class_have_one_name() {
        assert_eq!(class("online"), class("truc tuyen"));
        assert_eq!(class("con dau"), class("dau"));
        assert_eq!(class("xyz"), None);
    }
}
