//! `pom.xml` and `build.gradle`, read by their shape: neither needs a full parser for this.

use super::{Facts, quoted};

pub(super) fn read_maven(text: &str, facts: &mut Facts) {
    let text = without(text, "<!--", "-->");
    let own = without(&text, "<parent>", "</parent>");
    let head = own.split("<dependencies>").next().unwrap_or_default();
    facts.name = tags(head, "artifactId").next().map(str::to_owned);
    for tag in ["artifactId", "groupId"] {
        facts
            .dependencies
            .extend(tags(&text, tag).map(str::to_owned));
    }
}

pub(super) fn read_gradle(text: &str, facts: &mut Facts) {
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with("//"))
    {
        let strings = quoted(line);
        if line.starts_with("rootProject.name") {
            facts.name = strings.first().map(|name| (*name).to_owned());
        }
        if line.starts_with("id") || line.starts_with("apply plugin") {
            facts
                .dependencies
                .extend(strings.iter().map(|id| (*id).to_owned()));
        }
        for coordinates in strings.iter().filter(|string| string.contains(':')) {
            facts
                .dependencies
                .extend(coordinates.split(':').take(2).map(str::to_owned));
        }
    }
}

/// The texts of all elements of one name.
fn tags<'t>(text: &'t str, name: &str) -> impl Iterator<Item = &'t str> {
    let open = format!("<{name}>");
    let parts: Vec<&str> = text.split(open.as_str()).skip(1).collect();
    parts
        .into_iter()
        .filter_map(|part| part.split('<').next().map(str::trim))
}

/// The text without everything from each `open` to its `close`.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        out.push_str(before);
        rest = after.split_once(close).map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out
}
