//! HTTP routes, as web frameworks write them: a method's name and a path.

const METHODS: [&str; 7] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

/// The name of a route from a method word such as `get`, `HttpPost` or `PostMapping` and the
/// literal of a path. `None` if either is not one: a map's `get("key")` is no route.
pub(super) fn name(method: &str, literal: &str) -> Option<String> {
    let path = unquoted(literal)?;
    if !path.starts_with('/') || path.contains(char::is_whitespace) {
        return None;
    }
    Some(format!("{} {path}", verb(method)?))
}

/// The same, where the framework adds the leading slash itself.
pub(super) fn name_in_attribute(method: &str, literal: &str) -> Option<String> {
    let path = unquoted(literal)?;
    if path.contains(char::is_whitespace) {
        return None;
    }
    Some(format!(
        "{} /{}",
        verb(method)?,
        path.trim_start_matches('/')
    ))
}

/// A route as declared in a controller with a path of its own.
pub(super) fn below(prefix: Option<&str>, name: &str) -> String {
    let prefix = prefix.unwrap_or_default().trim_matches('/');
    match name.split_once(" /") {
        Some((verb, "")) if !prefix.is_empty() => format!("{verb} /{prefix}"),
        Some((verb, path)) if !prefix.is_empty() => format!("{verb} /{prefix}/{path}"),
        _ => name.to_owned(),
    }
}

fn verb(method: &str) -> Option<&'static str> {
    let word = method.trim_end_matches("Mapping");
    let word = word.strip_prefix("Http").unwrap_or(word);
    match word.to_ascii_uppercase().as_str() {
        "ALL" | "ANY" | "ROUTE" | "HANDLEFUNC" | "HANDLE" | "REQUEST" => Some("ANY"),
        upper => METHODS.into_iter().find(|known| *known == upper),
    }
}

/// What a plain string literal says; `None` for anything else, interpolated ones among it.
pub(super) fn unquoted(literal: &str) -> Option<&str> {
    let literal = literal.trim();
    let quote = literal
        .chars()
        .next()
        .filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let inside = literal.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inside.contains(quote) && !inside.contains("${")).then_some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_controller_puts_its_path_before_the_route() {
        assert_eq!(
            below(Some("/api/users"), "GET /{id}"),
            "GET /api/users/{id}"
        );
        assert_eq!(below(Some("users"), "POST /"), "POST /users");
        assert_eq!(below(Some("/"), "POST /a"), "POST /a");
        assert_eq!(below(None, "POST /a"), "POST /a");
    }

    #[test]
    fn only_a_verb_with_a_path_is_a_route() {
        assert_eq!(name("post", "\"/login\"").as_deref(), Some("POST /login"));
        assert_eq!(name("HandleFunc", "\"/x\"").as_deref(), Some("ANY /x"));
        assert_eq!(name("get", "\"key\""), None);
        assert_eq!(name("fetch", "\"/x\""), None);
        assert_eq!(name("get", "path"), None);
        assert_eq!(name("get", "`/u/${id}`"), None);
        assert_eq!(
            name_in_attribute("HttpGet", "\"{id}\"").as_deref(),
            Some("GET /{id}")
        );
        assert_eq!(
            name_in_attribute("PostMapping", "\"/a\"").as_deref(),
            Some("POST /a")
        );
    }
}
