//! Markdown to a keynote: its headings, lists and tables, and in its paragraphs the shapes of reports (`I-`, `a)`).
//!
//! A paragraph may stand on several lines; whether a line goes on in the next is guessed, since people also write a paragraph a line.
//! Invariant: every word is in a section or in the report of what was left out.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{Keynote, Omission, heading, is_rule, is_short};

/// A longer text is read line by line: what the library holds of one is many times as long.
const LONGEST: usize = 1 << 20;
/// How long lines are, in letters, that were broken to a width and not where a paragraph ends.
const BROKEN: Range<usize> = 60..121;

/// Whether a text has marks of Markdown that mean nothing else.
pub(super) fn is_markdown(text: &str) -> bool {
    text.len() <= LONGEST && text.lines().map(str::trim).any(is_marked)
}

fn is_marked(line: &str) -> bool {
    let hashed = line.strip_prefix('#').map(|rest| rest.trim_start_matches('#'));
    let is_underline = line.len() > 2 && line.chars().all(|c| c == '=');
    let is_table = line.starts_with('|') && line.contains("---");
    let has_bold = !is_rule(line) && line.matches("**").count() > 1;
    hashed.is_some_and(|rest| rest.starts_with(' '))
        || is_underline
        || is_table
        || has_bold
        || line.contains("](")
        || line.starts_with("```")
}

/// Reads a text that [`is_markdown`].
pub(super) fn read(text: &str) -> Keynote {
    let wanted =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    let ends = text.match_indices('\n').map(|(at, _)| at).collect();
    let mut reader = Reader { text, ends, ..Reader::default() };
    let mut events = Parser::new_ext(text, wanted).into_offset_iter();
    for (event, range) in events.by_ref() {
        reader.take(event, range);
    }
    for (_, definition) in events.reference_definitions().iter() {
        reader.leave(Omission::Link, &definition.span);
    }
    reader.close();
    reader.keynote
}

/// What was read so far.
#[derive(Debug, Default)]
struct Reader<'a> {
    text: &'a str,
    /// Where lines end.
    ends: Vec<usize>,
    keynote: Keynote,
    /// The lines of the block that is open.
    lines: Vec<Line>,
    /// The label of an item, until it has words.
    label: Option<String>,
    /// Where the last words end.
    end: usize,
    in_code: bool,
    /// How deep in bold words, and in what is told in the report.
    bold: usize,
    skipped: usize,
    cells: Option<Vec<String>>,
}

/// A line of a block.
#[derive(Debug, Default)]
struct Line {
    text: String,
    number: usize,
    letters: usize,
    bold: usize,
    /// Whether it is indented below the item that it belongs to.
    is_inside: bool,
    /// Its length as it stands in the source.
    length: usize,
}

impl Line {
    fn is_bold(&self) -> bool {
        self.letters > 0 && self.bold == self.letters && is_short(&self.text)
    }

    fn is_heading(&self) -> bool {
        self.is_bold() || heading(&self.text).is_some()
    }

    /// Whether a paragraph goes on in the next line.
    fn goes_on(&self, next: &Self) -> bool {
        let begins_small = next.text.starts_with(char::is_lowercase);
        let ends = self.text.ends_with(['.', ';', ':', '!', '?', '…']);
        next.is_inside
            || !next.is_heading()
                && (begins_small || !self.is_heading())
                && (!ends || BROKEN.contains(&self.length))
    }

    fn join(&mut self, next: &Self) {
        self.text = [self.text.as_str(), &next.text].join(" ");
        self.letters = self.letters.saturating_add(next.letters);
        self.bold = self.bold.saturating_add(next.bold);
        self.length = next.length;
    }
}

impl Reader<'_> {
    fn take(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.begin(&tag, &range),
            Event::End(tag) => self.finish(tag, &range),
            _ if self.skipped > 0 => {}
            Event::Text(text) if self.in_code => self.code(&text, range.start),
            Event::Text(text) | Event::Code(text) => self.words(&text, &range),
            Event::SoftBreak | Event::HardBreak => self.begin_line(range.end),
            Event::Rule => self.leave(Omission::Rule, &range),
            Event::FootnoteReference(_) => self.leave(Omission::Footnote, &range),
            Event::Html(_) | Event::InlineHtml(_) => {
                self.leave(Omission::Markup, &range);
                self.words(" ", &range);
            }
            _ => {}
        }
    }

    fn begin(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        let told = match tag {
            Tag::Image { .. } => Some(Omission::Image),
            Tag::FootnoteDefinition(_) => Some(Omission::Footnote),
            Tag::MetadataBlock(_) => Some(Omission::Markup),
            _ => None,
        };
        if let Some(what) = told {
            if self.skipped == 0 {
                self.leave(what, range);
            }
            self.skipped = self.skipped.saturating_add(1);
        }
        if self.skipped > 0 {
            return;
        }
        match tag {
            Tag::Item => {
                self.close();
                self.leave_label(range.start);
                self.label = self.source(range).split_whitespace().next().map(label);
            }
            Tag::CodeBlock(_) => {
                self.close();
                self.in_code = true;
            }
            Tag::Heading { .. } | Tag::Paragraph | Tag::List(_) | Tag::BlockQuote(_) => self.close(),
            Tag::Table(_) => {
                self.close();
                self.leave_line(Omission::Rule, range, 1);
            }
            Tag::TableHead | Tag::TableRow => self.cells = Some(Vec::new()),
            Tag::Strong => {
                self.bold = self.bold.saturating_add(1);
                self.leave_mark("**", range);
            }
            Tag::Emphasis => self.leave_mark("*", range),
            _ => {}
        }
    }

    fn finish(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Image | TagEnd::FootnoteDefinition | TagEnd::MetadataBlock(_) => {
                self.skipped = self.skipped.saturating_sub(1);
                self.end = range.end;
            }
            _ if self.skipped > 0 => {}
            TagEnd::Heading(_) => self.head(range),
            TagEnd::Paragraph => self.close(),
            TagEnd::Item => {
                self.close();
                self.leave_label(range.start);
            }
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::Strong => self.bold = self.bold.saturating_sub(1),
            TagEnd::TableCell => self.cell(range.end),
            TagEnd::TableHead | TagEnd::TableRow => self.row(range),
            TagEnd::Link => {
                let target = self.end.min(range.end)..range.end;
                let told =
                    self.source(&target).trim_matches(|c: char| "[]()<>".contains(c) || c.is_whitespace());
                if told.chars().any(char::is_alphanumeric) {
                    let told = told.to_owned();
                    self.keynote.leave(Omission::Link, self.line_of(range.start), &told);
                }
            }
            _ => {}
        }
    }

    fn source(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// The line, from 1, in which a place of the text is.
    fn line_of(&self, at: usize) -> usize {
        self.ends.partition_point(|end| *end < at).saturating_add(1)
    }

    fn leave(&mut self, what: Omission, range: &Range<usize>) {
        let told = self.source(range).trim().to_owned();
        self.keynote.leave(what, self.line_of(range.start), &told);
    }

    /// Leaves out one line of a block, counted from 0.
    fn leave_line(&mut self, what: Omission, range: &Range<usize>, line: usize) {
        let told = self.source(range).lines().nth(line).unwrap_or_default().trim().to_owned();
        self.keynote.leave(what, self.line_of(range.start).saturating_add(line), &told);
    }

    fn leave_mark(&mut self, mark: &str, range: &Range<usize>) {
        self.keynote.leave(Omission::Bold, self.line_of(range.start), mark);
    }

    /// The number of an item that has no words of its own.
    fn leave_label(&mut self, at: usize) {
        if let Some(label) = self.label.take() {
            self.keynote.leave(Omission::Number, self.line_of(at), &label);
        }
    }

    fn words(&mut self, text: &str, range: &Range<usize>) {
        if self.lines.is_empty() {
            self.begin_line(range.start);
        }
        self.end = range.end;
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        let Some(line) = self.lines.last_mut() else { return };
        line.text.push_str(text);
        line.letters = line.letters.saturating_add(letters);
        if self.bold > 0 {
            line.bold = line.bold.saturating_add(letters);
        }
    }

    /// A line of a block begins behind its end in the source, or where a place in it is.
    fn begin_line(&mut self, at: usize) {
        let number = self.line_of(at);
        let from =
            number.checked_sub(2).and_then(|last| self.ends.get(last)).map_or(0, |end| end.saturating_add(1));
        let source = self.text.get(from..).and_then(|rest| rest.lines().next()).unwrap_or_default();
        let is_inside = self.label.is_some() && source.starts_with([' ', '\t']) && !self.lines.is_empty();
        let length = source.chars().count();
        self.lines.push(Line { number, is_inside, length, ..Line::default() });
    }

    /// Lines that stand as they are.
    fn code(&mut self, text: &str, at: usize) {
        let number = self.line_of(at);
        for (line, number) in text.lines().map(str::trim).zip(number..).filter(|(line, _)| !line.is_empty()) {
            self.keynote.line(number, line);
        }
    }

    /// The block that was open is one: paragraphs, or headings by their shapes.
    fn close(&mut self) {
        let label = self.label.take();
        let mut lines = std::mem::take(&mut self.lines).into_iter();
        let Some(mut open) = lines.next() else {
            self.label = label;
            return;
        };
        if let Some(label) = label {
            open.text = [label.as_str(), open.text.trim()].join(" ");
        }
        for next in lines {
            if open.goes_on(&next) {
                open.join(&next);
            } else {
                self.paragraph(&open);
                open = next;
            }
        }
        self.paragraph(&open);
    }

    fn paragraph(&mut self, line: &Line) {
        let text = line.text.trim();
        if line.is_bold() {
            self.keynote.begin(line.number, text);
        } else if !text.is_empty() {
            self.keynote.line(line.number, text);
        }
    }

    /// The words that were read are a heading's; the marks before or below them are left out. Several lines above a rule are a paragraph.
    fn head(&mut self, range: &Range<usize>) {
        let lines = std::mem::take(&mut self.lines);
        let words: Vec<&str> = lines.iter().map(|line| line.text.trim()).collect();
        let source = self.source(range).trim();
        let marks: String = source.chars().take_while(|c| *c == '#').collect();
        let number = self.line_of(range.start);
        let below = source.lines().count().saturating_sub(1);
        if !marks.is_empty() {
            self.keynote.leave(Omission::Number, number, &marks);
            return self.keynote.begin(number, &words.join(" "));
        }
        if lines.len() > 1 {
            self.lines = lines;
            self.close();
        } else {
            self.keynote.begin(number, &words.join(" "));
        }
        self.leave_line(Omission::Rule, range, below);
    }

    fn cell(&mut self, end: usize) {
        self.end = end;
        let lines = std::mem::take(&mut self.lines);
        let words: Vec<&str> = lines.iter().map(|line| line.text.trim()).collect();
        if let Some(cells) = &mut self.cells {
            cells.push(words.join(" "));
        }
    }

    /// A row is a paragraph; cells beyond the last column are told too.
    fn row(&mut self, range: &Range<usize>) {
        let beyond = self.end.clamp(range.start, range.end)..range.end;
        let mut cells = self.cells.take().unwrap_or_default();
        cells.extend(self.source(&beyond).split('|').map(|cell| cell.trim().to_owned()));
        let words: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        if !words.is_empty() {
            self.keynote.paragraph(words.join(" | "));
        }
    }
}

/// The label of an item: its number as it stands, or a dash.
fn label(mark: &str) -> String {
    if mark.starts_with(['-', '*', '+']) { "-".to_owned() } else { mark.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(keynote: &Keynote) -> Vec<(&str, Vec<&str>)> {
        let sections = keynote.sections.iter();
        sections.map(|it| (&*it.heading, it.paragraphs.iter().map(String::as_str).collect())).collect()
    }

    #[test]
    fn a_report_written_in_markdown_is_read_as_it_is_shown() {
        let text = "# Báo cáo\n\nLời mở đầu của **báo cáo** này được ngắt dòng ở giữa câu, như\nNgười soạn thảo hay làm, với *chữ nghiêng* và [liên kết](https://example.org).\n\n\
                    ## I- Thực trạng\n\n1. Khó khăn\n2. Hồ sơ chưa đủ;\n   cần bổ sung.\n\n* gạch một\n* gạch hai\n  nối dòng\n\n\
                    | Đơn vị | Số |\n|---|---|\n| Q1 | **4** | thừa |\n\nKiến nghị\n---------\n\na) Về dữ liệu\n\nĐoạn cuối.[^1]\n\n**Tổ chức thực hiện**\nĐoạn sau.\n\n[^1]: chú thích\n";
        assert!(is_markdown(text));
        let keynote = read(text);
        assert_eq!(
            shape(&keynote),
            [
                (
                    "Báo cáo",
                    vec![
                        "Lời mở đầu của báo cáo này được ngắt dòng ở giữa câu, như Người soạn thảo hay làm, với chữ nghiêng và liên kết."
                    ]
                ),
                ("Thực trạng", vec![]),
                (
                    "Khó khăn",
                    vec![
                        "2. Hồ sơ chưa đủ; cần bổ sung.",
                        "- gạch một",
                        "- gạch hai nối dòng",
                        "Đơn vị | Số",
                        "Q1 | 4 | thừa"
                    ]
                ),
                ("Kiến nghị", vec![]),
                ("Về dữ liệu", vec!["Đoạn cuối."]),
                ("Tổ chức thực hiện", vec!["Đoạn sau."]),
            ]
        );
        let mut left = keynote.left_out;
        left.sort_by_key(|left| (left.line, left.what));
        let left: Vec<_> = left.iter().map(|left| (left.line, left.what, left.text.as_str())).collect();
        assert_eq!(
            left,
            [
                (1, Omission::Number, "#"),
                (3, Omission::Bold, "**"),
                (4, Omission::Bold, "*"),
                (4, Omission::Link, "https://example.org"),
                (6, Omission::Number, "##"),
                (6, Omission::Number, "I-"),
                (8, Omission::Number, "1."),
                (17, Omission::Rule, "|---|---|"),
                (18, Omission::Bold, "**"),
                (21, Omission::Rule, "---------"),
                (23, Omission::Number, "a)"),
                (25, Omission::Footnote, "[^1]"),
                (27, Omission::Bold, "**"),
                (30, Omission::Footnote, "[^1]: chú thích"),
            ]
        );
    }

    #[test]
    fn a_line_is_a_paragraph_where_nobody_broke_lines_to_a_width() {
        let long = "Một đoạn dài hơn mọi dòng mà người ta hay ngắt, vì nó được gõ liền một mạch từ đầu đến cuối, không xuống dòng lần nào cho đến khi hết ý.";
        let text = format!("# A\nĐoạn một.\nĐoạn hai.\n{long}\nĐoạn ba.\nII- Kiến nghị\nĐoạn bốn\n");
        let keynote = read(&text);
        let told = [("A", vec!["Đoạn một.", "Đoạn hai.", long, "Đoạn ba."]), ("Kiến nghị", vec!["Đoạn bốn"])];
        assert_eq!(shape(&keynote), told);
    }

    #[test]
    fn what_is_for_programs_is_told_and_code_is_text() {
        let text = "---\ntitle: Báo cáo\n---\n\nmột<br>hai\n\n```\n  x = 1\n```\n\n[a]: b\n\n1.\n2. # Mục\n";
        let keynote = read(text);
        assert_eq!(shape(&keynote), [("", vec!["một hai", "x = 1"]), ("Mục", vec![])]);
        let left: Vec<_> = keynote.left_out.iter().map(|left| (left.line, left.text.as_str())).collect();
        assert_eq!(
            left,
            [(1, "---\ntitle: Báo cáo\n---"), (5, "<br>"), (13, "1."), (14, "#"), (14, "2."), (11, "[a]: b")]
        );
    }

    #[test]
    fn a_report_with_numbers_and_rules_is_no_markdown() {
        let text = "BÁO CÁO\nvề chuyên đề\n-----\nI- Thực trạng\n- gạch\n* * *\n#nhãn\n2 * 3 = 6\n";
        assert!(!is_markdown(text));
        for marked in ["# A", "a\n===", "| a |\n|---|", "đoạn **một**", "![a](b)", "```"] {
            assert!(is_markdown(marked), "{marked}");
        }
        assert!(!is_markdown(&"# A\n".repeat(LONGEST)));
    }
}
