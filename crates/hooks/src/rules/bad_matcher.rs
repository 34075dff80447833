//! A matcher cannot be read, or is a glob where a regular expression stands.
//!
//! In the v1 format a matcher of files is a regular expression, not a glob: `*.rs` is none, and `src/*.rs` is one that
//! means something else. A schedule has five cron fields.
//!
//! ```json
//! {"name": "Lint", "trigger": "PostFileSave", "matcher": "**/*.ts"}      <- write "\\.ts$"
//! ```

use rutter_text::Edit;
use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::glob;
use crate::hook::Format;
use crate::pattern::Pattern;
use crate::read::raw::Narrow;
use crate::trigger::Subject;

pub(super) const RULE: Rule = Rule {
    code: "hook/bad-matcher",
    default: Level::Error,
    docs: docs!("bad_matcher.rs"),
    check: Some(check),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for raw in &context.reading.raws {
        let Some(trigger) = raw.triggers.first().copied() else {
            continue;
        };
        let failed = raw.matcher(trigger).err();
        let Some(matcher) = &raw.matcher else {
            if let (Some(why), Some(written)) = (failed, &raw.trigger) {
                sink.add(sink.finding(written.range.clone(), why));
            }
            continue;
        };
        let glob = match &matcher.value {
            Narrow::One(text)
                if trigger.subject() == Subject::Path && context.format() != Format::Agent =>
            {
                Some(text).filter(|t| is_glob(t, failed.is_some()))
            }
            _ => None,
        };
        let Some(message) = failed.or_else(|| {
            glob.map(|_| {
                "This is a glob; a matcher is a regular expression and means something else here."
                    .to_owned()
            })
        }) else {
            continue;
        };
        let mut finding = sink.finding(matcher.range.clone(), message);
        if let Some(glob) = glob {
            let regex = glob::to_regex(std::slice::from_ref(glob));
            let regex = if regex.is_empty() {
                ".*".to_owned()
            } else {
                regex
            };
            if Pattern::new(&regex).is_ok() {
                finding = finding.fix(
                    format!("Change the glob to {regex}"),
                    vec![Edit::replace(matcher.range.clone(), context.quoted(&regex))],
                );
            }
        }
        sink.add(finding);
    }
}

/// Whether somebody wrote a glob: it has a star where a regular expression would repeat a slash or nothing.
fn is_glob(text: &str, failed: bool) -> bool {
    text.contains("/*.")
        || text.contains("**/")
        || (failed && text.contains('*') && !text.contains('\\'))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, v1};
    use super::RULE;

    #[test]
    fn globs_become_regular_expressions_and_others_are_explained() {
        let hook = |trigger: &str, matcher: &str| {
            v1(&format!(
                "\"trigger\": \"{trigger}\",\n\"matcher\": \"{matcher}\""
            ))
        };
        let said =
            |trigger: &str, matcher: &str| found(RULE.code, "a.json", &hook(trigger, matcher));
        assert!(
            said("PostFileSave", "*.rs")[0].ends_with("→ \"matcher\": \"(?:^|/)[^/]*\\\\.rs$\""),
            "{:?}",
            said("PostFileSave", "*.rs")
        );
        assert!(said("PostFileSave", "src/*.rs")[0].contains("This is a glob;"));
        assert!(said("Schedule", "every day")[0].contains("five fields"));
        assert_eq!(
            found(RULE.code, "a.json", &v1("\"trigger\": \"Schedule\"")).len(),
            1
        );
        assert_eq!(said("PreToolUse", "(").len(), 1);
        for (trigger, matcher) in [
            ("PostFileSave", "src/.*[^/]*\\\\.ts$"),
            ("PostFileSave", "^(?!x).*$"),
            ("PreToolUse", "*"),
            ("BuildFailed", "cargo build (x"),
            ("Stop", "("),
        ] {
            assert_eq!(said(trigger, matcher), [""; 0], "{matcher}");
        }
    }
}
