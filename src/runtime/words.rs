//! What went wrong outside the domain, in the person's language: what happened, what was kept, what to do next.

use std::path::{Path, PathBuf};

use super::RunError;
use super::keynote::KeynoteError;
use super::stick::{BACKUP, Copied, StickError};
use crate::{
    export::{ExportError, ProfileError, ProfileFault, Rendered, StylesFault},
    i18n::{Strings, fill},
    import::{LeftOut, Omission, Shape, docx::DocxError},
    store::{BadLine, CommitError, Damage, Finding, Notebook, StoreError, UnionReport},
    text::{TextError, width::width},
};

/// How many things of a kind that an import left out are listed one by one.
const LISTED: usize = 8;

/// The most cells of a path in a sentence that has to stand in two lines of a small window.
const PATH: usize = 16;
/// The folders of ours that hold files of the store.
const OURS: [&str; 4] = ["log", "private", "drafts", "db"];

/// The data folder of a file in it, its end if it is long.
fn folder(path: &Path) -> String {
    let is_ours = |part: &&Path| {
        part.file_name().and_then(|name| name.to_str()).is_some_and(|name| OURS.contains(&name))
    };
    let data = path.ancestors().find(is_ours).and_then(Path::parent).unwrap_or(path).display().to_string();
    let mut end = data.as_str();
    while width(end) > PATH {
        let Some((_, rest)) = end.trim_start_matches('/').split_once('/') else { break };
        end = rest;
    }
    if end.len() == data.len() { data } else { format!("…/{end}") }
}

/// An error of the store, said to somebody at a shell: with the options that help.
pub fn store_error_at_shell(strings: &Strings, error: &StoreError) -> String {
    let advice = match error {
        StoreError::Foreign(_) | StoreError::ReadOnly(_) => strings.cli_data,
        StoreError::HasData(_) => strings.cli_merge,
        _ => "",
    };
    // There is room for the file itself, which may be one alone of somebody else.
    let file = match error {
        StoreError::ReadOnly(path) | StoreError::DiskFull(path) | StoreError::Io { path, .. } => {
            let path = path.display().to_string();
            if folder(Path::new(&path)) == path { String::new() } else { format!("({path}) ") }
        }
        _ => String::new(),
    };
    format!("{} {file}{advice}", store_error(strings, error)).trim_end().to_owned()
}

/// An error of the store.
pub fn store_error(strings: &Strings, error: &StoreError) -> String {
    let named = |pattern: &str, path: &Path| fill(pattern, &[&path.display().to_string()]);
    match error {
        StoreError::Missing(path) => named(strings.store_missing, path),
        StoreError::Foreign(path) => named(strings.store_foreign, path),
        StoreError::Newer { path, .. } => named(strings.store_newer, path),
        StoreError::Damaged(path) => named(strings.store_damaged, path),
        StoreError::ReadOnly(path) => fill(strings.store_read_only, &[&folder(path)]),
        StoreError::InUse { path, holder } => {
            fill(strings.store_in_use, &[&path.display().to_string(), holder])
        }
        StoreError::DiskFull(path) => fill(strings.store_disk_full, &[&folder(path)]),
        StoreError::HasData(path) => named(strings.store_has_data, path),
        StoreError::Exists(path) => named(strings.notebook.exists, path),
        StoreError::NotChanges(path) => named(strings.store_not_changes, path),
        StoreError::BackupUnverified(path) => named(strings.store_unverified, path),
        StoreError::Database(detail) => fill(strings.store_database, &[detail]),
        StoreError::NoLine(reason) => fill(strings.store_no_line, &[&bad_line(strings, reason)]),
        StoreError::Stopped => strings.store_stopped.to_owned(),
        StoreError::GivenUp => strings.papers.given_up.to_owned(),
        StoreError::Io { path, detail, .. } => fill(strings.store_io, &[&folder(path), detail]),
    }
}

/// Why a seat could not be taken, or ended.
pub fn run_error(strings: &Strings, error: &RunError) -> String {
    match error {
        RunError::Store(error) => store_error(strings, error),
        RunError::Author(error) => commit_error(strings, error),
        RunError::Terminal(_) | RunError::Closing => fill(strings.cli_failed, &[&error.to_string()]),
    }
}

/// What became of unsaved text that this program cannot read.
pub(super) fn unread_draft(strings: &Strings, kept: Result<PathBuf, StoreError>) -> String {
    match kept {
        Ok(path) => fill(strings.notice_draft_unread, &[&path.display().to_string()]),
        Err(error) => fill(strings.notice_draft_lost, &[&store_error(strings, &error)]),
    }
}

/// Why a command was not carried out.
pub fn commit_error(strings: &Strings, error: &CommitError) -> String {
    match error {
        CommitError::NotSaved(error) => store_error(strings, error),
        CommitError::Refused(refusal) => strings.refusal(refusal),
    }
}

/// What a file brought: what is new, from whom, what waits for somebody to decide, what was not taken.
pub fn union(strings: &Strings, report: &UnionReport) -> Vec<String> {
    let nothing = report.new == 0 && report.refused == 0;
    if nothing {
        return vec![fill(strings.notebook.nothing_new, &[&report.known.to_string()])];
    }
    let counts =
        [report.new, report.known, report.forks.len(), report.refused].map(|count| count.to_string());
    let mut lines = vec![fill(strings.cli_union, &counts.each_ref().map(String::as_str))];
    if report.new > 0 {
        let records = report.records.iter().map(|(kind, count)| (*kind, *count));
        lines.push(strings.brought(records, report.edits));
    }
    let lists = [
        (strings.cli_from, &report.from),
        (strings.cli_proposed, &report.proposed),
        (strings.cli_late, &report.late),
    ];
    for (pattern, people) in lists.into_iter().filter(|(_, people)| !people.is_empty()) {
        let people: Vec<String> = people.iter().map(|(name, count)| format!("{name} ({count})")).collect();
        lines.push(fill(pattern, &[&people.join(", ")]));
    }
    if !(report.proposed.is_empty() && report.late.is_empty()) {
        lines.push(fill(strings.notebook.waiting, &[strings.action_proposals]));
    }
    let listed = report.refused_lines.iter().take(LISTED);
    lines.extend(listed.map(|line| format!("{}: {}", line.number, line.reason)));
    lines
}

/// A notebook that was given out: where it is, and what to do with it.
pub fn notebook(strings: &Strings, notebook: &Notebook, file: &Path) -> Vec<String> {
    let (words, path) = (&strings.notebook, file.display().to_string());
    let name = file.file_name().unwrap_or_default().display().to_string();
    vec![
        fill(words.taken, &[&notebook.letter.to_string(), &notebook.taker.name, &path]),
        fill(words.how_to_open, &[&name]),
        fill(words.how_to_return, &[&name]),
    ]
}

/// What is on a stick now: what has to be known first stands first.
pub(super) fn copied(strings: &Strings, copied: &Copied) -> Vec<String> {
    let (words, count) = (&strings.papers.taking, |count: usize| count.to_string());
    let mut lines = vec![
        fill(words.copied, &[&count(copied.papers)]),
        fill(words.copied_to, &[&copied.folder.display().to_string()]),
        fill(words.copied_backup, &[BACKUP, &copied.changes.to_string()]),
    ];
    if copied.missing > 0 {
        lines.push(fill(words.missing, &[&count(copied.missing)]));
    }
    if copied.withheld > 0 {
        lines.push(fill(strings.cli_withheld, &[&count(copied.withheld)]));
    }
    lines
}

/// Why nothing was copied to a stick.
pub(super) fn stick_error(strings: &Strings, error: &StickError) -> String {
    let words = &strings.papers.taking;
    match error {
        StickError::GivenUp => strings.papers.given_up.to_owned(),
        StickError::Gone => words.gone.to_owned(),
        StickError::Full => words.full.to_owned(),
        StickError::ReadOnly => words.read_only.to_owned(),
        StickError::Papers(error) => export_error(strings, error),
        StickError::Backup(error) => store_error(strings, error),
    }
}

/// Why documents were not written.
pub fn export_error(strings: &Strings, error: &ExportError) -> String {
    match error {
        ExportError::NoPdf => strings.export_no_pdf.to_owned(),
        ExportError::GivenUp => strings.papers.given_up.to_owned(),
        ExportError::NoProfile(name, known) => fill(strings.export_no_profile, &[name, &known.join(", ")]),
        ExportError::Styles(fault) => fill(strings.export_styles, &[styles_fault(strings, *fault)]),
        ExportError::Profile(error) => fill(strings.export_profile, &[&profile_error(strings, error)]),
        ExportError::Write { path, detail, .. } => fill(strings.papers.not_written, &[path, detail]),
        other => fill(strings.cli_failed, &[&other.to_string()]),
    }
}

/// What is wrong with a profile of the office: file, line, and what.
fn profile_error(strings: &Strings, error: &ProfileError) -> String {
    let what = match &error.fault {
        ProfileFault::Syntax(detail) => fill(strings.config_syntax, &[detail]),
        ProfileFault::Unknown(name) => fill(strings.config_unknown, &[name]),
        ProfileFault::Value(name) => fill(strings.profile_value, &[name]),
        ProfileFault::NoBase => strings.profile_no_base.to_owned(),
        ProfileFault::NoRoom => strings.profile_no_room.to_owned(),
    };
    match error.line {
        0 => format!("{}: {what}", error.file),
        line => fill(strings.config_fault, &[&error.file, &line.to_string(), &what]),
    }
}

fn styles_fault(strings: &Strings, fault: StylesFault) -> &'static str {
    match fault {
        StylesFault::NotDocx => strings.styles_not_docx,
        StylesFault::TooLarge => strings.styles_too_large,
        StylesFault::Doctype => strings.styles_doctype,
    }
}

/// What people should know about papers that were written: gaps, lines that were left out, where a profile leaves the rules.
pub fn rendered(strings: &Strings, rendered: &Rendered) -> Vec<String> {
    let missing = rendered.missing.iter().map(|missing| fill(strings.cli_missing, &[missing]));
    let withheld =
        (rendered.withheld > 0).then(|| fill(strings.cli_withheld, &[&rendered.withheld.to_string()]));
    let deviations = rendered.deviations.iter().map(|deviation| {
        fill(strings.export_deviation, &[&deviation.profile, &deviation.name, &deviation.is, &deviation.rule])
    });
    let empty: Vec<&str> = rendered.empty.iter().map(|paper| paper.name()).collect();
    let empty = (!empty.is_empty()).then(|| fill(strings.export_empty, &[&empty.join(", ")]));
    let styles = &rendered.missing_styles;
    let styles = (!styles.is_empty()).then(|| fill(strings.export_no_style, &[&styles.join(", ")]));
    let unprintable: Vec<&str> = rendered.unprintable.iter().map(String::as_str).collect();
    let unprintable =
        (!unprintable.is_empty()).then(|| fill(strings.export_unprintable, &[&unprintable.join(" ")]));
    missing.chain(withheld).chain(empty).chain(deviations).chain(styles).chain(unprintable).collect()
}

/// Why no keynote was read.
pub fn keynote_error(strings: &Strings, error: &KeynoteError) -> String {
    let named = |path: &Path, detail: &str| fill(strings.cli_no_file, &[&path.display().to_string(), detail]);
    match error {
        KeynoteError::GivenUp => strings.papers.given_up.to_owned(),
        KeynoteError::Empty(error) => store_error(strings, error),
        KeynoteError::File { path, error } => named(path, &error.to_string()),
        KeynoteError::NotText { path, error: TextError::NotUtf8 { offset } } => {
            fill(strings.import.not_text, &[&path.display().to_string(), &offset.to_string()])
        }
        KeynoteError::NotText { path, error } => named(path, &error.to_string()),
        KeynoteError::Docx { path, error } => docx_error(strings, path, error),
        KeynoteError::Kind { path, shape: Shape::Pdf } => {
            fill(strings.import.pdf, &[&path.display().to_string()])
        }
        KeynoteError::Kind { path, .. } => fill(strings.import.old_word, &[&path.display().to_string()]),
    }
}

fn docx_error(strings: &Strings, path: &Path, error: &DocxError) -> String {
    let path = path.display().to_string();
    match error {
        DocxError::NotDocx => fill(strings.import.docx_none, &[&path]),
        DocxError::TooLarge => fill(strings.import.docx_too_large, &[&path]),
        DocxError::Doctype => fill(strings.import.docx_doctype, &[&path]),
        DocxError::Broken(detail) => fill(strings.import.docx_broken, &[&path, detail]),
    }
}

/// What an import left out: a line for each kind, with the first few places.
pub fn left_out(strings: &Strings, left: &[LeftOut]) -> Vec<String> {
    let kinds =
        Omission::ALL.into_iter().map(|what| (what, left.iter().filter(move |left| left.what == what)));
    let line = |(what, left): (Omission, _)| {
        let places = places(strings, left);
        (!places.is_empty()).then(|| fill(strings.import.left_out, &[omission(strings, what), &places]))
    };
    kinds.filter_map(line).collect()
}

fn places<'a>(strings: &Strings, left: impl Iterator<Item = &'a LeftOut>) -> String {
    let place = |left: &LeftOut| fill(strings.import.line, &[&left.line.to_string(), &left.text]);
    let mut places: Vec<String> = left.map(place).collect();
    let more = places.len().saturating_sub(LISTED);
    places.truncate(LISTED);
    places.extend((more > 0).then(|| format!("+{more}")));
    places.join("; ")
}

fn omission(strings: &Strings, what: Omission) -> &'static str {
    match what {
        Omission::Number => strings.import.left_number,
        Omission::Bold => strings.import.left_bold,
        Omission::Rule => strings.import.left_rule,
        Omission::Image => strings.import.left_image,
        Omission::Hidden => strings.import.left_hidden,
        Omission::Footnote => strings.import.left_footnote,
        Omission::Endnote => strings.import.left_endnote,
        Omission::Comment => strings.import.left_comment,
        Omission::Deleted => strings.import.left_deleted,
        Omission::Contents => strings.import.left_contents,
        Omission::Link => strings.import.left_link,
        Omission::Markup => strings.import.left_markup,
    }
}

/// Something that was found damaged.
pub fn finding(strings: &Strings, finding: &Finding) -> String {
    let what = damage(strings, &finding.damage);
    let scope = finding.scope.map(|scope| scope.to_string());
    let place = scope.as_deref().and_then(|scope| scope.get(..8)).map(|scope| format!("{scope}: "));
    let private = if finding.private { format!(" ({})", strings.damage.private) } else { String::new() };
    let lasting = matches!(finding.damage, Damage::Lost { .. } | Damage::Fork { .. } | Damage::Draft { .. });
    let mended = match (finding.repaired, lasting) {
        (true, _) => format!(" – {}", strings.damage.repaired),
        (false, true) => String::new(),
        (false, false) => format!(" – {}", strings.damage.open),
    };
    [place.unwrap_or_default(), what, private, mended].concat()
}

fn damage(strings: &Strings, damage: &Damage) -> String {
    let at = |pattern: &str, number: &dyn ToString| fill(pattern, &[&number.to_string()]);
    match damage {
        Damage::Marker => strings.damage.marker.to_owned(),
        Damage::Obstacle { path } => fill(strings.damage.obstacle, &[path]),
        Damage::TornLine { offset } => at(strings.damage.torn, offset),
        Damage::BadLine { offset, reason } => {
            fill(strings.damage.bad_line, &[&offset.to_string(), &bad_line(strings, reason)])
        }
        Damage::Misplaced { offset } => at(strings.damage.misplaced, offset),
        Damage::Missing { first, last } => {
            fill(strings.damage.missing, &[&first.to_string(), &last.to_string()])
        }
        Damage::Lost { first, last } => fill(strings.damage.lost, &[&first.to_string(), &last.to_string()]),
        Damage::Draft { name } => fill(strings.damage.draft, &[name]),
        Damage::Fork { sequence } => at(strings.damage.fork, sequence),
        Damage::LogLacks { changes } => at(strings.damage.log_lacks, changes),
        Damage::DatabaseMissing => strings.damage.database_missing.to_owned(),
        Damage::Database(detail) => fill(strings.damage.database, &[detail]),
        Damage::DatabaseDiffers => strings.damage.differs.to_owned(),
    }
}

fn bad_line(strings: &Strings, reason: &BadLine) -> String {
    let words = &strings.damage;
    match reason {
        BadLine::TooLong => words.too_long.to_owned(),
        BadLine::Unreadable(detail) => fill(words.unreadable, &[detail]),
        BadLine::WrongId => words.wrong_id.to_owned(),
        BadLine::WrongPayload => words.wrong_payload.to_owned(),
        BadLine::CounterJump(counter) => fill(words.counter_jump, &[&counter.to_string()]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{i18n::Lang, text::wrap::wrap};

    const LOG: &str = "/home/lan/.local/share/hoinghi/log/20230310000000000000000000000001/3f.jsonl";

    #[test]
    fn what_is_wrong_with_a_line_is_told_in_the_persons_language() {
        let reasons = [BadLine::TooLong, BadLine::WrongId, BadLine::WrongPayload, BadLine::CounterJump(9)];
        for reason in reasons {
            let found = Damage::BadLine { offset: 7, reason: reason.clone() };
            let told = [Lang::Vietnamese, Lang::English].map(|lang| damage(lang.strings(), &found));
            assert!(told[0].starts_with("Dòng hỏng ở byte 7: "), "{told:?}");
            assert!(told.iter().all(|told| !told.contains(&reason.to_string())), "{told:?}");
        }
    }

    #[test]
    fn at_a_shell_the_file_is_named_that_cannot_be_written() {
        let words =
            |path: &str| store_error_at_shell(Lang::English.strings(), &StoreError::ReadOnly(path.into()));
        assert!(words(LOG).contains(LOG));
        assert_eq!(words("/srv").matches("/srv").count(), 1);
    }

    #[test]
    fn what_could_not_be_written_is_told_whole_in_a_small_window() {
        for lang in [Lang::Vietnamese, Lang::English] {
            let strings = lang.strings();
            let full = store_error(strings, &StoreError::DiskFull(LOG.into()));
            let said = format!("{} {full}", fill(strings.offer_folder, &["Ctrl+S"]));
            assert!(said.contains("…/share/hoinghi"), "{said}");
            assert!(wrap(&said, 59).len() <= 2 && width(&said) <= 118, "{said}");
        }
        assert_eq!(folder(Path::new("/media/usb/log/a.jsonl")), "/media/usb");
        assert_eq!(folder(Path::new("/media/usb")), "/media/usb");
    }

    #[test]
    fn only_at_a_shell_options_are_named() {
        let strings = Lang::Vietnamese.strings();
        let folder = || Path::new("/cdrom").to_owned();
        for error in
            [StoreError::Foreign(folder()), StoreError::ReadOnly(folder()), StoreError::HasData(folder())]
        {
            assert!(!store_error(strings, &error).contains("--"), "{error:?}");
            assert!(store_error_at_shell(strings, &error).contains(" --"), "{error:?}");
        }
    }
}
