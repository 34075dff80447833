//! How a document writes its reference lines, so that a new one looks like its neighbours.

use rutter_text::Ident;
use rutter_text::markdown;
use rutter_text::refs::{self, Reference, Target};

use crate::{Design, Tasks, mentions};

/// A reference line to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ReferenceStyle {
    /// Columns further in than what it belongs to.
    pub indent: usize,
    /// What stands in front of the first id, such as `- _Requirements: `.
    pub lead: String,
    /// What stands behind the last one.
    pub tail: String,
    /// Letters in front of each id (`R3`) where the requirements have none.
    pub prefix: String,
}

impl ReferenceStyle {
    /// The style of the last `_Requirements: …_` line, else of the last line that validates, else Kiro's own.
    pub fn of_tasks(text: &str, tasks: &Tasks) -> Self {
        let found = |list: fn(&crate::Task) -> &Vec<Reference>| {
            tasks.tasks.iter().rev().find_map(|task| {
                let mut style = Self::of_line(text, list(task), &tasks.outline)?;
                style.indent = style.indent.saturating_sub(task.indent);
                Some(style)
            })
        };
        found(|t| &t.requirements)
            .or_else(|| found(|t| &t.validates))
            .unwrap_or_else(|| Self::new(2, "- _Requirements: ", "_"))
    }

    /// The style of the last property's line, else Kiro's own.
    pub fn of_design(text: &str, design: &Design) -> Self {
        design
            .properties
            .iter()
            .rev()
            .find_map(|p| Self::of_line(text, &p.validates, &design.outline))
            .unwrap_or_else(|| Self::new(0, "**Validates: Requirements ", "**"))
    }

    fn new(indent: usize, lead: &str, tail: &str) -> Self {
        Self {
            indent,
            lead: lead.to_owned(),
            tail: tail.to_owned(),
            prefix: String::new(),
        }
    }

    fn of_line(text: &str, references: &[Reference], outline: &markdown::Outline) -> Option<Self> {
        let known = references
            .iter()
            .find(|r| matches!(r.target, Target::Id(_) | Target::Range(..)))?;
        let line = &outline.lines[outline.line_at(known.range.start)];
        let list = mentions::labelled_list(text, line.range.clone())?;
        let first = refs::parse(text, list.clone()).into_iter().next()?;
        let prefix = match &first.target {
            Target::Id(id) | Target::Range(id, _) => id.prefix.clone(),
            _ => return None,
        };
        let content = text[line.range.clone()].trim_start();
        let lead = &text[line.range.end - content.len()..first.range.start];
        // Marks that the lead opens; the line's own end may hold a remark or none at all.
        let tail = ["**", "_", "`"]
            .iter()
            .find(|mark| lead.matches(**mark).count() % 2 == 1);
        Some(Self {
            indent: markdown::indent(text, line),
            lead: lead.to_owned(),
            tail: tail.map_or_else(String::new, |mark| (*mark).to_owned()),
            prefix,
        })
    }

    /// The line for these ids, without indentation.
    pub fn line(&self, labels: &[String]) -> String {
        let ids: Vec<String> = labels.iter().map(|l| self.id(l)).collect();
        format!(
            "{}{}{}",
            self.lead,
            refs::write(ids.iter().map(String::as_str)),
            self.tail
        )
    }

    fn id(&self, label: &str) -> String {
        match Ident::parse(label) {
            Some(id) if id.prefix.is_empty() => format!("{}{label}", self.prefix),
            _ => label.to_owned(),
        }
    }

    /// The words for what a task still needs, in the language of the document's label.
    pub fn words(&self) -> Words {
        let has = |words: &[&str]| words.iter().any(|w| self.lead.contains(w));
        if has(&["要件"]) {
            Words {
                files: "ファイル: 未定（着手前に決める）",
                done_when: "完了条件: 次をテストで確認できること: ",
                every: "すべての基準",
            }
        } else if has(&["需求", "要求"]) {
            Words {
                files: "文件：待定（开始前先确定）",
                done_when: "完成条件：有测试证明：",
                every: "所有验收标准",
            }
        } else {
            Words {
                files: "Files: not known yet, name them before you start",
                done_when: "Done when: a test shows that ",
                every: "every criterion named below holds",
            }
        }
    }
}

/// The line by which a property validates these ids, written like its neighbours'.
pub(crate) fn property_line(text: &str, design: &Design, ids: &[String]) -> String {
    ReferenceStyle::of_design(text, design).line(ids)
}

/// The fixed words of a new task.
pub(super) struct Words {
    /// That its files are not known.
    pub files: &'static str,
    /// What the success criterion starts with.
    pub done_when: &'static str,
    /// The success criterion of a task for several criteria.
    pub every: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_lines_look_like_their_neighbours() {
        for (line, expected) in [
            ("  - _Requirements: 1.1, 2.3_", "- _Requirements: 1.2, 1.3_"),
            ("    - _要件: 1.1_  ", "- _要件: 1.2, 1.3_"),
            (
                "  - Requirements: Req 1.1, Req 2.2",
                "- Requirements: Req 1.2, 1.3",
            ),
            ("  - _Requirements: R1, R2_", "- _Requirements: R1.2, R1.3_"),
            (
                "  - **Validates: Requirements 1.1**",
                "- **Validates: Requirements 1.2, 1.3**",
            ),
            ("_Requirements: 1.1 (both)_", "_Requirements: 1.2, 1.3_"),
            ("  - no reference", "- _Requirements: 1.2, 1.3_"),
        ] {
            let text = format!("- [ ] 1. A\n{line}\n- [ ] 2. B\n  - _Requirements: All_\n");
            let style = ReferenceStyle::of_tasks(&text, &Tasks::parse(&text));
            assert_eq!(
                style.line(&["1.2".into(), "1.3".into()]),
                expected,
                "{line}"
            );
        }
    }
}
