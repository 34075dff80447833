//! Markdown as lines with byte ranges: what is a heading, what is code, what is an item.
//!
//! CommonMark (by `pulldown-cmark`) decides what is a heading, a fence or a comment; list items are read from the
//! lines themselves, because the `.kiro` format is written by line and nests by number as often as by indentation.

mod again;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

/// What a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Only white space.
    Blank,
    /// An ATX heading, or a title underlined with `=`.
    Heading {
        /// 1 to 6.
        level: u8,
        /// The text without marks.
        text: Range<usize>,
    },
    /// Part of a fenced code block, its delimiters included; the number is its place in [`Outline::fences`].
    Fence(usize),
    /// Part of the front matter.
    FrontMatter,
    /// Part of an HTML comment.
    Comment,
    /// Anything else.
    Text,
}

/// A line without its ending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The bytes of the line, without line ending.
    pub range: Range<usize>,
    /// What it is.
    pub kind: LineKind,
}

/// A fenced code block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// The whole block.
    pub range: Range<usize>,
    /// The info string, such as `json`.
    pub info: String,
    /// What stands between the delimiters.
    pub content: Range<usize>,
    /// Whether there is a closing delimiter.
    pub closed: bool,
}

/// The list marker that opens a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Columns before the marker; a tab counts up to the next multiple of four.
    pub indent: usize,
    /// The number of an ordered item.
    pub ordinal: Option<u32>,
    /// The marker itself.
    pub marker: Range<usize>,
    /// What follows the marker, to the end of the line.
    pub content: Range<usize>,
}

/// A document as lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outline {
    /// Every line in order.
    pub lines: Vec<Line>,
    /// Every fenced block in order.
    pub fences: Vec<Fence>,
    /// The lines that nothing before them has a say in; see [`again`].
    cuts: Vec<usize>,
    /// The bytes of the document.
    length: usize,
}

impl Outline {
    /// Reads a document.
    pub fn new(text: &str) -> Self {
        let mut lines = split(text);
        let mut fences = Vec::new();
        let mut cuts = Vec::new();
        // A byte order mark is no part of the first line.
        let bom = if text.starts_with('\u{feff}') {
            '\u{feff}'.len_utf8()
        } else {
            0
        };
        let events = Parser::new_ext(&text[bom..], Options::ENABLE_YAML_STYLE_METADATA_BLOCKS)
            .into_offset_iter();
        for (event, range) in events {
            let range = range.start + bom..range.end + bom;
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                    let fence = fence(text, range.clone(), info.to_string());
                    mark(&mut lines, &fence.range, |_| LineKind::Fence(fences.len()));
                    fences.push(fence);
                }
                Event::Start(Tag::Heading { level, .. }) => {
                    cuts.extend(again::cut(text, &lines, range.start));
                    heading(text, &mut lines, range, level as u8)
                }
                Event::Start(Tag::Item) => cuts.extend(again::cut(text, &lines, range.start)),
                Event::Start(Tag::MetadataBlock(_)) => {
                    mark(&mut lines, &range, |_| LineKind::FrontMatter)
                }
                Event::Start(Tag::HtmlBlock)
                    if text[range.clone()].trim_start().starts_with("<!--") =>
                {
                    let end = text[range.clone()]
                        .find("-->")
                        .map_or(range.end, |i| range.start + i + 3);
                    mark(&mut lines, &(range.start..end), |_| LineKind::Comment);
                }
                _ => {}
            }
        }
        Self {
            lines,
            fences,
            cuts,
            length: text.len(),
        }
    }

    /// The number of the line that holds `offset`.
    pub fn line_at(&self, offset: usize) -> usize {
        self.lines
            .partition_point(|l| l.range.start <= offset)
            .saturating_sub(1)
    }

    /// The heading on a line: level and text.
    pub fn heading(&self, line: usize) -> Option<(u8, Range<usize>)> {
        match &self.lines.get(line)?.kind {
            LineKind::Heading { level, text } => Some((*level, text.clone())),
            _ => None,
        }
    }

    /// The line after the section that a heading opens: the next heading of its level or above, or the end.
    pub fn section_end(&self, heading_line: usize) -> usize {
        let Some((level, _)) = self.heading(heading_line) else {
            return heading_line + 1;
        };
        (heading_line + 1..self.lines.len())
            .find(|&i| self.heading(i).is_some_and(|(l, _)| l <= level))
            .unwrap_or(self.lines.len())
    }

    /// The line after `line` that is the next heading of any level, or the end.
    pub fn next_heading(&self, line: usize) -> usize {
        (line + 1..self.lines.len())
            .find(|&i| self.heading(i).is_some())
            .unwrap_or(self.lines.len())
    }

    /// The bytes of a run of lines, the last line's ending included.
    pub fn bytes(&self, lines: Range<usize>, text: &str) -> Range<usize> {
        let start = self
            .lines
            .get(lines.start)
            .map_or(text.len(), |l| l.range.start);
        let end = self
            .lines
            .get(lines.end)
            .map_or(text.len(), |l| l.range.start);
        start..end.max(start)
    }

    /// The text lines of a run: neither blank, heading, code, comment nor front matter.
    pub fn text_lines(&self, lines: Range<usize>) -> impl Iterator<Item = usize> + '_ {
        lines.filter(|&i| self.lines[i].kind == LineKind::Text)
    }
}

/// Splits a text into lines, all of them text or blank.
fn split(text: &str) -> Vec<Line> {
    let mut lines = Vec::with_capacity(text.len() / 40);
    let index = crate::position::LineIndex::new(text);
    for i in 0..index.count() {
        let Some(mut range) = index.line_range(text, i) else {
            continue;
        };
        if i == 0 && text.starts_with('\u{feff}') {
            range.start = '\u{feff}'.len_utf8();
        }
        if range.is_empty() && range.start == text.len() {
            break;
        }
        let kind = if text[range.clone()].trim().is_empty() {
            LineKind::Blank
        } else {
            LineKind::Text
        };
        lines.push(Line { range, kind });
    }
    lines
}

fn mark(lines: &mut [Line], range: &Range<usize>, kind: impl Fn(usize) -> LineKind) {
    let first = lines.partition_point(|l| l.range.end < range.start);
    for (i, line) in lines.iter_mut().enumerate().skip(first) {
        if line.range.start >= range.end {
            break;
        }
        line.kind = kind(i);
    }
}

/// Marks a heading. Underlined with dashes it stays text: far more often than not that is a rule under a paragraph.
fn heading(text: &str, lines: &mut [Line], range: Range<usize>, level: u8) {
    let i = lines.partition_point(|l| l.range.end < range.start);
    let Some(line) = lines.get_mut(i) else { return };
    let content = &text[line.range.clone()];
    let trimmed = content.trim_start();
    if trimmed.starts_with('#') {
        let hashes = trimmed.len() - trimmed.trim_start_matches('#').len();
        let body = trimmed[hashes..].trim();
        let closed = body.trim_end_matches('#');
        let body = if closed.is_empty() || closed.ends_with(' ') {
            closed.trim_end()
        } else {
            body
        };
        let start = line.range.start + (content.len() - trimmed.len()) + hashes;
        let lead = trimmed[hashes..].len() - trimmed[hashes..].trim_start().len();
        line.kind = LineKind::Heading {
            level,
            text: start + lead..start + lead + body.len(),
        };
    } else if level == 1 && range.start >= line.range.start && is_title(text, &range) {
        let start = line.range.start + (content.len() - trimmed.len());
        line.kind = LineKind::Heading {
            level,
            text: start..start + trimmed.trim_end().len(),
        };
        if let Some(rule) = lines.get_mut(i + 1) {
            rule.kind = LineKind::Blank;
        }
    }
}

/// Whether an underlined heading is one line. A longer one is a paragraph that a merge conflict's `=======` cuts.
fn is_title(text: &str, range: &Range<usize>) -> bool {
    text[range.clone()].trim_end().lines().count() == 2
}

fn fence(text: &str, range: Range<usize>, info: String) -> Fence {
    let block = &text[range.clone()];
    let first_len = block.find('\n').map_or(block.len(), |i| i + 1);
    let opener = block.trim_start();
    let mark = opener.chars().next().unwrap_or('`');
    let width = opener.chars().take_while(|&c| c == mark).count();
    let body = &block[first_len..];
    let last_start = body
        .trim_end_matches(['\n', '\r'])
        .rfind('\n')
        .map_or(0, |i| i + 1);
    let last = body[last_start..].trim();
    let closed = last.len() >= width && !last.is_empty() && last.chars().all(|c| c == mark);
    let content = range.start + first_len..if closed {
        range.start + first_len + last_start
    } else {
        range.end
    };
    Fence {
        range,
        info,
        content,
        closed,
    }
}

/// Reads the list marker of a line: `-`, `*`, `+`, `1.` or `1)`, followed by a space or the end.
pub fn item(text: &str, line: &Line) -> Option<Item> {
    let content = &text[line.range.clone()];
    let mut indent = 0;
    let mut at = 0;
    for c in content.chars() {
        match c {
            ' ' => indent += 1,
            '\t' => indent = (indent / 4 + 1) * 4,
            _ => break,
        }
        at += 1;
    }
    let rest = &content[at..];
    let (ordinal, width) = if rest.starts_with(['-', '*', '+']) {
        (None, 1)
    } else {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 9 || !matches!(rest.as_bytes().get(digits), Some(b'.' | b')')) {
            return None;
        }
        (Some(rest[..digits].parse().ok()?), digits + 1)
    };
    let after = &rest[width..];
    if !after.is_empty() && !after.starts_with([' ', '\t']) {
        return None;
    }
    let lead = after.len() - after.trim_start().len();
    let marker = line.range.start + at..line.range.start + at + width;
    Some(Item {
        indent,
        ordinal,
        content: marker.end + lead..line.range.end,
        marker,
    })
}

/// The columns a line is indented by.
pub fn indent(text: &str, line: &Line) -> usize {
    let mut columns = 0;
    for c in text[line.range.clone()].chars() {
        match c {
            ' ' => columns += 1,
            '\t' => columns = (columns / 4 + 1) * 4,
            _ => break,
        }
    }
    columns
}

/// Whether a line is a thematic break (`---`, `***`, `___`).
pub fn is_rule(text: &str, line: &Line) -> bool {
    let mut marks = text[line.range.clone()]
        .chars()
        .filter(|c| !c.is_whitespace());
    let Some(mark @ ('-' | '*' | '_')) = marks.next() else {
        return false;
    };
    let mut count = 1;
    marks.all(|c| {
        count += 1;
        c == mark
    }) && count >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> String {
        Outline::new(text)
            .lines
            .iter()
            .map(|l| match &l.kind {
                LineKind::Blank => '.',
                LineKind::Heading { level, .. } => char::from(b'0' + level),
                LineKind::Fence(_) => 'f',
                LineKind::FrontMatter => 'm',
                LineKind::Comment => 'c',
                LineKind::Text => 't',
            })
            .collect()
    }

    #[test]
    fn lines_are_what_commonmark_says() {
        assert_eq!(
            kinds(
                "---\na: b\n---\n# T #\n\ntext\n---\n```js\n# no\n```\n<!-- x\n## y -->\nafter\n"
            ),
            "mmm1.ttfffcct"
        );
        assert_eq!(
            kinds("Title\n=====\n- a\n  ~~~\n  # x\n  ~~~\n- b"),
            "1.tffft"
        );
        assert_eq!(kinds("a\n```\n# open\n- [ ] x"), "tfff");
        assert_eq!(kinds("<<<<<<< a\n2. b\n=======\n2. c\n"), "tttt");
        assert_eq!(kinds(""), "");
        assert_eq!(kinds("\u{feff}# A\r\n\r\nb\r"), "1.t");
    }

    #[test]
    fn heading_text_has_no_marks() {
        let text = "  ## A `b` ##\n### C#\n";
        let outline = Outline::new(text);
        let texts: Vec<_> = (0..2)
            .filter_map(|i| outline.heading(i))
            .map(|(_, r)| &text[r])
            .collect();
        assert_eq!(texts, ["A `b`", "C#"]);
    }

    #[test]
    fn fences_know_their_content() {
        let text = "```json\n{}\n```\n\n~~~\nx\n";
        let outline = Outline::new(text);
        assert_eq!(&text[outline.fences[0].content.clone()], "{}\n");
        assert!(outline.fences[0].closed && !outline.fences[1].closed);
    }

    #[test]
    fn items_have_markers() {
        let text = "  12) a\n-b\n\t* c\n1.";
        let outline = Outline::new(text);
        let items: Vec<_> = outline.lines.iter().map(|l| item(text, l)).collect();
        assert_eq!(
            items[0].as_ref().map(|i| (i.indent, i.ordinal)),
            Some((2, Some(12)))
        );
        assert_eq!(items[1], None);
        assert_eq!(
            items[2]
                .as_ref()
                .map(|i| (i.indent, &text[i.content.clone()])),
            Some((4, "c"))
        );
        assert_eq!(items[3].as_ref().and_then(|i| i.ordinal), Some(1));
    }
}
