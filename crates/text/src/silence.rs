//! Silencing a finding at its line: `<!-- rutter: ignore task/cycle, task/wave-order -->` on the line or the line before.

use crate::edit::with_endings_of;
use crate::{Edit, Finding};

const MARK: &str = "rutter: ignore ";

/// Takes out the findings that a comment silences.
pub fn retain(text: &str, findings: &mut Vec<Finding>) {
    if !text.contains(MARK) {
        return;
    }
    findings.retain(|finding| {
        let (start, end) = line(text, finding.range.start);
        let before = (start > 0).then(|| line(text, start - 1));
        let silenced = |(start, end): (usize, usize)| {
            comment_codes(&text[start..end]).any(|code| code == finding.code)
        };
        !silenced((start, end)) && !before.is_some_and(silenced)
    });
}

/// The edit that silences a finding: a comment behind its line, or above a heading, whose text it must not join.
pub fn silence(text: &str, finding: &Finding) -> Edit {
    let (start, end) = line(text, finding.range.start);
    let content = text[start..end].trim_end();
    if content.trim_start().starts_with('#') {
        Edit::insert(
            start,
            with_endings_of(text, &format!("<!-- {MARK}{} -->\n", finding.code)),
        )
    } else {
        Edit::insert(
            start + content.len(),
            format!(" <!-- {MARK}{} -->", finding.code),
        )
    }
}

fn line(text: &str, offset: usize) -> (usize, usize) {
    let offset = offset.min(text.len());
    let start = text[..offset].rfind('\n').map_or(0, |i| i + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |i| offset + i);
    (start, end)
}

fn comment_codes(line: &str) -> impl Iterator<Item = &str> {
    line.split("<!--")
        .skip(1)
        .filter_map(|rest| {
            let comment = rest.split_once("-->")?.0.trim();
            comment.strip_prefix(MARK)
        })
        .flat_map(|list| list.split([',', ' ']))
        .map(str::trim)
}

#[cfg(test)]
mod tests {
    use crate::Severity;
    use crate::edit::apply;

    use super::*;

    #[test]
    fn a_comment_on_the_line_or_above_silences() {
        let here = |text: &str| {
            let at = text.find('@').unwrap();
            let mut findings = vec![Finding::new(
                "task/cycle",
                Severity::Warning,
                at..at + 1,
                "x",
            )];
            retain(text, &mut findings);
            findings.is_empty()
        };
        assert!(here("@ <!-- rutter: ignore task/cycle -->"));
        assert!(here(
            "a\r\n<!-- rutter: ignore task/wave-order, task/cycle -->\r\n🚀 @\r\n"
        ));
        assert!(!here("<!-- rutter: ignore task/cycle -->\n\n@"));
        assert!(!here("@ <!-- rutter: ignore task/wave-order -->"));
        assert!(!here("@ <!-- rutter: ignore -->"));
    }

    #[test]
    fn the_edit_silences_what_it_was_made_for() {
        for text in ["- a @\r\n- b\r\n", "## @\n", "@", "é\n\n  - 🚀 @ b  \n"] {
            let at = text.find('@').unwrap();
            let finding = Finding::new("task/cycle", Severity::Warning, at..at + 1, "x");
            let silenced = apply(text, &[silence(text, &finding)]);
            let at = silenced.find('@').unwrap();
            let mut findings = vec![Finding::new(
                "task/cycle",
                Severity::Warning,
                at..at + 1,
                "x",
            )];
            retain(&silenced, &mut findings);
            assert!(findings.is_empty(), "{silenced}");
            assert_eq!(text.contains("\r\n"), silenced.contains("\r\n"));
        }
    }
}
