//! Globs of the older formats as the regular expressions of v1.

/// The longest pattern that is read, in bytes.
pub(crate) const LONGEST: usize = 4096;

/// One regex that matches the relative paths that any of the globs matches, and none that one with `!` in front
/// matches. A glob without a slash means a name in any folder.
pub(crate) fn to_regex(globs: &[String]) -> String {
    let (excluded, included): (Vec<&String>, Vec<&String>) =
        globs.iter().partition(|g| g.starts_with('!'));
    let join = |globs: &[&String]| -> String {
        let parts: Vec<String> = globs
            .iter()
            .map(|g| one(g.trim_start_matches('!')))
            .collect();
        match &parts[..] {
            [part] => part.clone(),
            parts => format!("(?:{})", parts.join("|")),
        }
    };
    let positive = match included.len() {
        0 => String::new(),
        _ => join(&included),
    };
    if excluded.is_empty() {
        return positive;
    }
    let negative = join(&excluded);
    if positive.is_empty() {
        format!("^(?!.*{negative})")
    } else {
        format!("^(?!.*{negative}).*{positive}")
    }
}

/// One glob. With a slash it starts at the root, without one it means a name in any folder.
fn one(glob: &str) -> String {
    let glob = glob.trim().trim_start_matches("./");
    let rooted = glob.trim_start_matches('/');
    let mut out = String::new();
    let mut rest = rooted;
    if rooted == "**" {
        return String::new();
    } else if !rooted.contains('/') && !glob.starts_with('/') {
        out.push_str("(?:^|/)");
    } else if let Some(tail) = rooted.strip_prefix("**/") {
        out.push_str("(?:^|/)");
        rest = tail;
        while let Some(tail) = rest.strip_prefix("**/") {
            rest = tail;
        }
    } else {
        out.push('^');
    }
    translate(rest, &mut out);
    if rest.ends_with('/') {
        // A folder means what is in it.
        out.push_str(".*");
    }
    out.push('$');
    out
}

fn translate(glob: &str, out: &mut String) {
    let chars: Vec<char> = glob.chars().collect();
    let balanced = balanced(&chars);
    let mut braces = 0usize;
    let mut at = 0;
    while at < chars.len() {
        match chars[at] {
            '*' if chars.get(at + 1) == Some(&'*') => {
                let mut end = at;
                while chars.get(end) == Some(&'*') {
                    end += 1;
                }
                let opens = at == 0 || chars[at - 1] == '/';
                if opens && chars.get(end) == Some(&'/') {
                    out.push_str("(?:.*/)?");
                    end += 1;
                } else {
                    out.push_str(".*");
                }
                at = end;
                continue;
            }
            '*' => out.push_str("[^/]*"),
            '?' => out.push_str("[^/]"),
            '[' => {
                if let Some(end) = class(&chars, at, out) {
                    at = end;
                    continue;
                }
                out.push_str("\\[");
            }
            '{' if balanced => {
                braces += 1;
                out.push_str("(?:");
            }
            '}' if balanced && braces > 0 => {
                braces -= 1;
                out.push(')');
            }
            ',' if braces > 0 => out.push('|'),
            '\\' if at + 1 < chars.len() => {
                at += 1;
                literal(chars[at], out);
            }
            other => literal(other, out),
        }
        at += 1;
    }
}

fn balanced(chars: &[char]) -> bool {
    let mut depth = 0i32;
    for c in chars {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// Copies `[a-z]` or `[!a]`; gives the index behind it, `None` where it is not closed.
fn class(chars: &[char], open: usize, out: &mut String) -> Option<usize> {
    let close = (open + 2..chars.len()).find(|i| chars[*i] == ']')?;
    let mut inner = &chars[open + 1..close];
    out.push('[');
    if let ['!' | '^', rest @ ..] = inner {
        out.push('^');
        inner = rest;
    }
    for c in inner {
        if matches!(c, '\\' | '[' | ']' | '^' | '&' | '~') {
            out.push('\\');
        }
        out.push(*c);
    }
    out.push(']');
    Some(close + 1)
}

fn literal(c: char, out: &mut String) {
    if matches!(
        c,
        '\\' | '.' | '+' | '*' | '?' | '(' | ')' | '|' | '[' | ']' | '{' | '}' | '^' | '$'
    ) {
        out.push('\\');
    }
    out.push(c);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_agrees_with_an_independent_reader() {
        let globs = [
            "**/*.rs",
            "src/**/*.ts",
            "src/*.py",
            "docs/**",
            "justfile",
            "*.cs",
            "src/**/{a,b}.rs",
            "a?c/[xy]*.md",
            "**/src/**",
            "src/lib.rs",
            "**/Cargo.toml",
            "x.{ts,tsx}",
            "src/[!a]*.rs",
            "a+b/(c).rs",
        ];
        let paths = [
            "a.rs",
            "src/a.rs",
            "src/x/b.rs",
            "src/x/y/c.ts",
            "src/q.ts",
            "src/m.py",
            "src/m/n.py",
            "docs/a",
            "docs/a/b",
            "docs",
            "justfile",
            "x/justfile",
            "P.cs",
            "p/q/R.cs",
            "abc/x1.md",
            "abc/z1.md",
            "m/src/n/o",
            "src/lib.rs",
            "a/src/lib.rs",
            "Cargo.toml",
            "crates/a/Cargo.toml",
            "x.ts",
            "k/x.tsx",
            "x.tsv",
            "a+b/(c).rs",
            "src/é.rs",
        ];
        for glob in globs {
            // Without a slash a glob means a name anywhere; globset is told so.
            let oracle = if glob.contains('/') {
                glob.to_owned()
            } else {
                format!("**/{glob}")
            };
            let oracle = globset::GlobBuilder::new(&oracle)
                .literal_separator(true)
                .build()
                .unwrap()
                .compile_matcher();
            let regex = regex::Regex::new(&to_regex(&[glob.to_owned()])).unwrap();
            for path in paths {
                assert_eq!(
                    regex.is_match(path),
                    oracle.is_match(path),
                    "{glob} {path} {regex}"
                );
            }
        }
    }

    #[test]
    fn several_and_excluded() {
        assert_eq!(
            to_regex(&["*.a".into(), "b/*".into()]),
            "(?:(?:^|/)[^/]*\\.a$|^b/[^/]*$)"
        );
        assert_eq!(to_regex(&["**".into()]), "");
        let regex =
            fancy_regex::Regex::new(&to_regex(&["**/*.ts".into(), "!**/*.d.ts".into()])).unwrap();
        assert!(regex.is_match("src/a.ts").unwrap());
        assert!(!regex.is_match("src/a.d.ts").unwrap());
    }
}
