//! `CMakeLists.txt`.

use super::Facts;

pub(super) fn read(text: &str, facts: &mut Facts) {
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default().trim();
        let Some((command, rest)) = line.split_once('(') else {
            continue;
        };
        let first = rest
            .split([' ', ')', '\t'])
            .find(|word| !word.is_empty())
            .unwrap_or_default()
            .trim_matches('"');
        match command.trim().to_lowercase().as_str() {
            "project" => facts.name = facts.name.take().or(Some(first.to_owned())),
            "find_package" | "fetchcontent_declare" | "pkg_check_modules" => {
                facts.dependencies.push(first.to_owned())
            }
            "enable_testing" | "add_test" | "gtest_discover_tests" | "catch_discover_tests" => {
                facts.scripts.push(("test".to_owned(), "ctest".to_owned()));
            }
            "include" if first == "CTest" => {
                facts.scripts.push(("test".to_owned(), "ctest".to_owned()))
            }
            _ => {}
        }
    }
    // `${PROJECT_NAME}` is no name.
    facts.name = facts.name.take().filter(|name| !name.contains('$'));
}
