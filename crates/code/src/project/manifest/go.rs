//! `go.mod`.

use super::Facts;

pub(super) fn read(text: &str, facts: &mut Facts) {
    let mut in_require = false;
    for line in text.lines() {
        let line = line.split("//").next().unwrap_or_default().trim();
        let mut words = line.split_whitespace();
        match words.next() {
            Some("module") => facts.name = words.next().map(|path| last_part(path).to_owned()),
            Some("require") => match words.next() {
                Some("(") => in_require = true,
                Some(path) => facts.dependencies.push(path.to_owned()),
                None => {}
            },
            Some(")") => in_require = false,
            Some(path) if in_require => facts.dependencies.push(path.to_owned()),
            _ => {}
        }
    }
}

/// `shop` of `example.com/team/shop/v2`.
fn last_part(path: &str) -> &str {
    let version = |part: &str| {
        part.strip_prefix('v')
            .is_some_and(|n| n.parse::<u32>().is_ok())
    };
    path.trim_matches('"')
        .rsplit('/')
        .find(|part| !version(part))
        .unwrap_or(path)
}
