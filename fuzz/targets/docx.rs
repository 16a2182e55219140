//! Bytes as a DOCX: an archive as it is, or its document, styles and relations, cut at `0xff`.
//!
//! It is refused or read, in bounded memory; what is read holds nothing that steers a terminal.

#![no_main]

use std::io::{Cursor, Write as _};

use hoinghi::{import::docx, text::nfc};
use libfuzzer_sys::fuzz_target;
use zip::{CompressionMethod, ZipWriter, result::ZipResult, write::SimpleFileOptions};

const PARTS: [&str; 3] = ["word/document.xml", "word/styles.xml", "_rels/.rels"];

/// The parts as an archive, not compressed, so that what is changed is what is read.
fn archive(bytes: &[u8]) -> ZipResult<Vec<u8>> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, part) in PARTS.into_iter().zip(bytes.split(|byte| *byte == 0xff)) {
        writer.start_file(name, stored)?;
        writer.write_all(part)?;
    }
    Ok(writer.finish()?.into_inner())
}

fuzz_target!(|bytes: &[u8]| {
    let whole = if bytes.starts_with(b"PK") { bytes.to_vec() } else { archive(bytes).expect("an archive") };
    let Ok(read) = docx::keynote(Cursor::new(whole)) else { return };
    let sections =
        read.sections.iter().flat_map(|section| section.paragraphs.iter().chain([&section.heading]));
    for text in sections {
        assert!(!text.chars().any(|c| nfc::is_steering(c) && c != '\t'), "{text:?}");
    }
    assert!(read.left_out.iter().all(|left| left.line > 0));
});
