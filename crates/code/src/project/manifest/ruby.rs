//! `Gemfile` and `*.gemspec`.

use super::{Facts, quoted};

pub(super) fn read(text: &str, facts: &mut Facts) {
    for line in text
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with('#'))
    {
        let first = quoted(line).first().map(|name| (*name).to_owned());
        if line.starts_with("gem ")
            || line.starts_with("gem(")
            || line.contains("add_dependency")
            || line.contains("add_development_dependency")
        {
            facts.dependencies.extend(first);
        } else if line
            .split('=')
            .next()
            .is_some_and(|key| key.trim().ends_with(".name"))
        {
            facts.name = facts.name.take().or(first);
        }
    }
}
