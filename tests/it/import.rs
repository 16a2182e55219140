//! A published report as a keynote: what real files hold, no-break space, dashes and quotes included.

use hoinghi::{
    import::{self, Section},
    text::{TextError, nfc},
};

const REPORT: &[u8] = include_bytes!("data/seed.txt");

fn read(bytes: &[u8]) -> Vec<Section> {
    import::keynote(&nfc::decode_bytes(bytes).unwrap()).sections
}

#[test]
fn the_report_becomes_one_section_of_eight_paragraphs() {
    let sections = read(REPORT);
    assert_eq!(sections.len(), 1);
    assert!(sections[0].heading.starts_with("NÂNG CAO HIỆU QUẢ"));
    assert_eq!(sections[0].paragraphs.len(), 8);
}

#[test]
fn the_report_keeps_every_word_and_every_special_character() {
    let text = std::str::from_utf8(REPORT).unwrap();
    let sections = read(REPORT);
    let kept: Vec<&str> = sections
        .iter()
        .flat_map(|section| std::iter::once(&section.heading).chain(&section.paragraphs))
        .flat_map(|text| text.split_whitespace())
        .collect();
    assert_eq!(kept, text.split_whitespace().collect::<Vec<_>>());
    let all = sections[0].paragraphs.join("\n");
    for (special, count) in [('\u{A0}', 1), ('–', 1), ('“', 1), ('”', 1), ('…', 1)] {
        assert_eq!(all.matches(special).count(), count, "{special:?}");
    }
}

#[test]
fn decomposed_letters_and_windows_line_ends_read_the_same() {
    let text = std::str::from_utf8(REPORT).unwrap();
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(text).collect();
    let windows = format!("\u{FEFF}{}", decomposed.replace('\n', "\r\n"));
    assert_eq!(read(windows.as_bytes()), read(REPORT));
}

#[test]
fn a_report_with_parts_is_cut_at_its_headings() {
    let text = "BÁO CÁO ĐỀ DẪN\n\nI- Thực trạng\nĐoạn\u{A0}một – có gạch.\n1. Kết quả\n“Đoạn hai”…\n\na) Về hồ sơ\nĐoạn ba\n\
                ## Giải pháp\n- Một là rà soát;\n- Hai là hướng dẫn.\n";
    let sections = read(text.as_bytes());
    let shape: Vec<(&str, usize)> =
        sections.iter().map(|section| (section.heading.as_str(), section.paragraphs.len())).collect();
    assert_eq!(
        shape,
        [("BÁO CÁO ĐỀ DẪN", 0), ("Thực trạng", 1), ("Kết quả", 1), ("Về hồ sơ", 1), ("Giải pháp", 2)]
    );
    assert_eq!(sections[1].paragraphs[0], "Đoạn\u{A0}một – có gạch.");
}

#[test]
fn bytes_that_are_no_text_are_refused_with_their_place() {
    let mut bytes = REPORT.to_vec();
    bytes.insert(3, 0xFF);
    assert!(matches!(nfc::decode_bytes(&bytes), Err(TextError::NotUtf8 { offset }) if offset <= 3));
}
