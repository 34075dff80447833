//! Edits of links in source: which spec they mean, more ids, new numbers, and a link where none was.

use std::ops::Range;

use rutter_text::edit::line_ending;
use rutter_text::{Edit, Ident};

use super::grammar::between;
use super::{Link, Written, owner_of_comment};
use crate::comments::{blocks, comments, comments_of};
use crate::parse::parse;
use crate::symbols::symbols_of;
use crate::unit::Digests;
use crate::{Language, SymbolKind, Unit};

/// Says in the link which spec it means: `Requirements 1.1-1.2` becomes `Requirements spec:login#1.1,1.2`. `None` for a
/// link without ids.
pub fn named(link: &Link, spec: &str) -> Option<Edit> {
    let list = link.written.first()?.range.start..link.written.last()?.range.end;
    let insert = format!("spec:{spec}#{}", link.ids.join(","));
    Some(Edit::replace(list, insert))
}

/// Adds ids to a link, those that it has left out.
pub fn extended(text: &str, link: &Link, ids: &[String]) -> Option<Edit> {
    let end = link.written.last()?.range.end;
    let joint = joint(text, link);
    let new: String = ids
        .iter()
        .filter(|id| !link.ids.contains(id))
        .flat_map(|id| [joint, id])
        .collect();
    (!new.is_empty()).then(|| Edit::insert(end, new))
}

fn joint(text: &str, link: &Link) -> &'static str {
    let words = text.get(link.range.clone()).unwrap_or_default();
    if words.starts_with("spec:") {
        ","
    } else {
        ", "
    }
}

/// Gives the ids of a link new numbers; `new` says which id becomes which, all at once. A range whose ids no longer follow
/// one another is spelled out.
pub fn renamed(text: &str, link: &Link, new: &dyn Fn(&str) -> Option<String>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut ids = link.ids.as_slice();
    let mut written = link.written.as_slice();
    while let [first, rest @ ..] = written {
        let ends = rest.iter().take_while(|id| id.ends_range).count();
        let (run, others) = written.split_at(ends + 1);
        written = others;
        let Some(last) = ids.iter().position(|id| *id == run[ends].id) else {
            return edits;
        };
        let (meant, others) = ids.split_at(last + 1);
        ids = others;
        if ends == 0 {
            edits.extend(new(&first.id).map(|id| Edit::replace(first.range.clone(), id)));
        } else {
            edits.extend(renamed_range(text, link, run, meant, new));
        }
    }
    edits.retain(|edit| text.get(edit.range.clone()) != Some(edit.insert.as_str()));
    edits
}

fn renamed_range(
    text: &str,
    link: &Link,
    run: &[Written],
    meant: &[String],
    new: &dyn Fn(&str) -> Option<String>,
) -> Vec<Edit> {
    let mut now: Vec<String> = meant
        .iter()
        .map(|id| new(id).unwrap_or_else(|| id.clone()))
        .collect();
    now.sort_by_key(|id| Ident::parse(id).map(|id| (id.numbers, id.suffix)));
    if now == meant {
        return Vec::new();
    }
    let (Some(first), Some(last), [from, to]) = (now.first(), now.last(), run) else {
        return spelled_out(text, link, run, &now);
    };
    if between(first, last).is_none_or(|rest| rest[..] != now[1..]) {
        return spelled_out(text, link, run, &now);
    }
    let is_short = text.get(to.range.clone()) != Some(to.id.as_str());
    let end = match last.rfind(['.', '-']).filter(|_| is_short) {
        Some(at) => &last[at + 1..],
        None => last,
    };
    vec![
        Edit::replace(from.range.clone(), first.as_str()),
        Edit::replace(to.range.clone(), end),
    ]
}

fn spelled_out(text: &str, link: &Link, run: &[Written], ids: &[String]) -> Vec<Edit> {
    let whole = run[0].range.start..run[run.len() - 1].range.end;
    vec![Edit::replace(whole, ids.join(joint(text, link)))]
}

/// The piece of code that a comment or a place in it belongs to.
pub fn unit_at(language: Language, text: &str, offset: usize) -> Option<Unit> {
    let tree = parse(language, text)?;
    let symbols = symbols_of(language, text, &tree);
    let comments = comments_of(text, &tree);
    let line = text.get(..offset)?.rfind('\n').map_or(0, |at| at + 1);
    let in_comment = blocks(text, &comments).into_iter().find(|block| {
        let indent = text.get(line..block.start);
        let start = if indent.is_some_and(|i| i.trim().is_empty()) {
            line
        } else {
            block.start
        };
        (start..=block.end).contains(&offset)
    });
    let owner = match in_comment {
        Some(block) => owner_of_comment(text, &symbols, &block),
        None => None,
    };
    let owner = owner.or_else(|| {
        let around = |whole: bool| {
            let fits = symbols.iter().enumerate().filter(|(_, symbol)| {
                let data = matches!(symbol.kind, SymbolKind::Field | SymbolKind::Variable);
                let start = start_of_line(text, symbol.range.start);
                (whole || !data) && start <= offset && offset <= symbol.range.end
            });
            let smallest = fits.min_by_key(|(_, symbol)| symbol.range.len());
            smallest.map(|(at, _)| at)
        };
        around(false).or_else(|| around(true))
    })?;
    Some(Digests::of(language, text, &tree, &comments, &symbols).unit(owner))
}

fn start_of_line(text: &str, offset: usize) -> usize {
    let line = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    if text[line..offset].trim().is_empty() {
        line
    } else {
        offset
    }
}

/// Writes a line of comment above a unit, behind what its comment says already.
pub fn added(language: Language, text: &str, unit: &Unit, line: &str) -> Edit {
    let ending = line_ending(text);
    let start = text[..unit.range.start].rfind('\n').map_or(0, |at| at + 1);
    let above = blocks(text, &comments(language, text))
        .into_iter()
        .rfind(|block| is_directly_above(text, block, start));
    if let Some(block) = above {
        let comment = &text[block.clone()];
        let indent = indent_at(text, text[..block.start].rfind('\n').map_or(0, |at| at + 1));
        // What C# documents is XML; a plain comment below it disturbs nothing.
        let marker = ["///", "//", "#"]
            .into_iter()
            .find(|marker| comment.starts_with(marker))
            .filter(|marker| language != Language::CSharp || *marker == "//");
        if let Some(marker) = marker {
            return Edit::insert(block.end, format!("{ending}{indent}{marker} {line}"));
        }
        let last = text[..block.end].rfind('\n').map_or(0, |at| at + 1);
        if last > block.start && text[last..block.end].trim() == "*/" {
            let star = if comment.starts_with("/**") { "* " } else { "" };
            let margin = indent_at(text, last);
            return Edit::insert(last, format!("{margin}{star}{line}{ending}"));
        }
    }
    let marker = match language {
        Language::Python | Language::Ruby => "#",
        _ => "//",
    };
    let indent = indent_at(text, start);
    Edit::insert(start, format!("{indent}{marker} {line}{ending}"))
}

fn is_directly_above(text: &str, block: &Range<usize>, start: usize) -> bool {
    let line = text[..block.start].rfind('\n').map_or(0, |at| at + 1);
    let between = text.get(block.end..start);
    text[line..block.start].trim().is_empty()
        && between.is_some_and(|b| b.trim().is_empty() && b.matches('\n').count() == 1)
}

fn indent_at(text: &str, line: usize) -> &str {
    let rest = &text[line..];
    &rest[..rest.len() - rest.trim_start_matches([' ', '\t']).len()]
}

#[cfg(test)]
mod tests {
    use rutter_text::edit::apply;

    use super::super::links;
    use super::*;

    fn one(text: &str) -> Link {
        links(Language::Rust, text).remove(0)
    }

    #[test]
    fn a_link_says_which_spec_it_means() {
        for (before, after) in [
            ("// Requirements 1.2\n", "// Requirements spec:login#1.2\n"),
            (
                "// Requirements: 1.1-1.3\r\n",
                "// Requirements: spec:login#1.1,1.2,1.3\r\n",
            ),
            (
                "// Validates: 1.1 and 2.1 🚀\n",
                "// Validates: spec:login#1.1,2.1 🚀\n",
            ),
        ] {
            let link = one(before);
            let text = apply(before, &[named(&link, "login").unwrap()]);
            assert_eq!(text, after);
            let read = one(&text);
            assert_eq!(
                (read.spec.as_deref(), &read.ids),
                (Some("login"), &link.ids)
            );
        }
    }

    #[test]
    fn ids_are_added_in_the_form_of_the_link() {
        for (before, after) in [
            ("// Requirements 1.2\n", "// Requirements 1.2, 1.3\n"),
            ("// spec:login#1.2\n", "// spec:login#1.2,1.3\n"),
        ] {
            let link = one(before);
            let edit = extended(before, &link, &["1.2".into(), "1.3".into()]).unwrap();
            assert_eq!(apply(before, &[edit]), after);
            assert_eq!(extended(before, &link, &["1.2".into()]), None);
        }
    }

    #[test]
    fn numbers_follow() {
        let swap = |id: &str| match id {
            "1.1" => Some("1.2".to_owned()),
            "1.2" => Some("1.1".to_owned()),
            "1.3" => Some("1.7".to_owned()),
            "2.1" => Some("3.1".to_owned()),
            "2.2" => Some("3.2".to_owned()),
            _ => None,
        };
        for (before, after) in [
            ("// Requirements 1.1, 1.2", "// Requirements 1.2, 1.1"),
            ("// Requirements 1.1-1.2", "// Requirements 1.1-1.2"),
            (
                "// Requirements 1.1-3, 2.1",
                "// Requirements 1.1, 1.2, 1.7, 3.1",
            ),
            (
                "// Requirements 2.1-2.2, 1.3",
                "// Requirements 3.1-3.2, 1.7",
            ),
            ("// Requirements 2.1-2", "// Requirements 3.1-2"),
            ("// spec:login#1.1,1.3", "// spec:login#1.2,1.7"),
            ("// Requirements 4.1", "// Requirements 4.1"),
        ] {
            let edits = renamed(before, &one(before), &swap);
            assert_eq!(apply(before, &edits), after);
        }
    }

    #[test]
    fn a_new_link_stands_in_the_comment_or_above_the_code() {
        use Language::{CSharp, Java, Python, Ruby, Rust, TypeScript};
        for (language, before, after) in [
            (
                Rust,
                "mod m {\n    #[inline]\n    fn $0f() {}\n}\n",
                "mod m {\n    // L 1.2\n    #[inline]\n    fn f() {}\n}\n",
            ),
            (
                Rust,
                "/// Says.\r\nfn $0f() {}\r\n",
                "/// Says.\r\n/// L 1.2\r\nfn f() {}\r\n",
            ),
            (
                Rust,
                "// say$0s 🚀\nfn f() {}\n",
                "// says 🚀\n// L 1.2\nfn f() {}\n",
            ),
            (
                TypeScript,
                "/**\n * Says.\n */\nfunction $0f() {}\n",
                "/**\n * Says.\n * L 1.2\n */\nfunction f() {}\n",
            ),
            (
                TypeScript,
                "/** Says. */\nexport function $0f() {}\n",
                "/** Says. */\n// L 1.2\nexport function f() {}\n",
            ),
            (
                Python,
                "class A:\n    @cached\n    def f(self):\n        $0return 1\n",
                "class A:\n    # L 1.2\n    @cached\n    def f(self):\n        return 1\n",
            ),
            (
                Ruby,
                "# says\ndef f$0\nend\n",
                "# says\n# L 1.2\ndef f\nend\n",
            ),
            (
                Java,
                "class A {\n\tvoid f$0() {}\n}\n",
                "class A {\n\t// L 1.2\n\tvoid f() {}\n}\n",
            ),
            (
                CSharp,
                "class A {\n    /// <summary>x</summary>\n    void F$0() {}\n}\n",
                "class A {\n    /// <summary>x</summary>\n    // L 1.2\n    void F() {}\n}\n",
            ),
        ] {
            let at = before.find("$0").unwrap();
            let text = before.replace("$0", "");
            let (line, after) = (
                "Requirements: 1.2",
                after.replace("L 1.2", "Requirements: 1.2"),
            );
            let unit = unit_at(language, &text, at).unwrap_or_else(|| panic!("{before}"));
            let edited = apply(&text, &[added(language, &text, &unit, line)]);
            assert_eq!(edited, after);
            let link = &links(language, &edited)[0];
            assert_eq!(link.unit.as_ref().unwrap().name, unit.name, "{edited}");
        }
    }
}
