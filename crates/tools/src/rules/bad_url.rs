//! An address cannot be used, or sends what it carries in the clear.
//!
//! An address is `https://…`; plain `http://` is fine on this machine only, since everybody on the way could read the headers.
//!
//! ```json
//! {"url": "example.com/mcp"}      <- https:// is missing
//! ```

use rutter_text::Edit;
use rutter_text::rule::{Level, docs};
use url::{Host, Url};

use super::{Context, Rule, Sink};
use crate::settings::{Text, Transport, variable_names};

pub(super) const RULE: Rule = Rule {
    code: "mcp/bad-url",
    default: Level::Warning,
    docs: docs!("bad_url.rs"),
    check,
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for server in &context.file.servers {
        let Ok(Transport::Http { url }) = server.transport() else {
            continue;
        };
        let Some((message, meant)) = wrong(url) else {
            continue;
        };
        let finding = sink.finding(url.range.clone(), message);
        sink.add(match meant {
            Some(meant) => finding.fix(
                format!("Change to {meant}"),
                vec![Edit::replace(
                    url.range.clone(),
                    serde_json::Value::from(meant).to_string(),
                )],
            ),
            None => finding,
        });
    }
}

fn wrong(url: &Text) -> Option<(String, Option<String>)> {
    let written = url.value.as_str();
    // A variable may stand for any part, the scheme too; then only a person knows.
    if variable_names(written).any(|(range, _)| range.start == 0) {
        return None;
    }
    let mut plain = written.to_owned();
    let variables: Vec<_> = variable_names(written).map(|(range, _)| range).collect();
    for range in variables.into_iter().rev() {
        plain.replace_range(range, "1");
    }
    let whole = |text: &str| Url::parse(text).ok().filter(|u| u.host().is_some());
    match whole(&plain) {
        Some(url) if url.scheme() == "https" => None,
        Some(url) if url.scheme() == "http" && is_here(&url) => None,
        Some(url) if url.scheme() == "http" => Some((
            "This address sends headers and answers in the clear: use https.".to_owned(),
            Some(written.replacen("http", "https", 1)),
        )),
        Some(url) => Some((
            format!(
                "`{}:` is no address of a tool server: use https://….",
                url.scheme()
            ),
            None,
        )),
        None => {
            let meant = format!("https://{written}");
            let likely = !plain.contains("//")
                && plain.contains('.')
                && !plain.contains(char::is_whitespace)
                && whole(&format!("https://{plain}")).is_some();
            Some((
                "This is no address: write https://, the host and the path.".to_owned(),
                likely.then_some(meant),
            ))
        }
    }
}

/// Whether the address is on this machine.
fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, one};
    use super::RULE;

    #[test]
    fn an_address_is_whole_and_private() {
        let at = |url: &str| found(RULE.code, &one(&format!("\"url\": \"{url}\"")));
        assert_eq!(
            at("example.com/mcp"),
            [
                "\"example.com/mcp\"|This is no address: write https://, the host and the path.|Change to https://example.com/mcp → \"url\": \"https://example.com/mcp\""
            ]
        );
        assert_eq!(
            at("http://example.com/mcp"),
            [
                "\"http://example.com/mcp\"|This address sends headers and answers in the clear: use https.|Change to https://example.com/mcp → \"url\": \"https://example.com/mcp\""
            ]
        );
        assert_eq!(at("ws://example.com").len(), 1);
        assert_eq!(at("not an address").len(), 1);
        for fine in [
            "https://é.example/mcp",
            "http://localhost:3000/mcp",
            "http://127.0.0.1/",
            "http://[::1]:80/",
            "${BASE}/mcp",
            "https://${HOST}/mcp",
            "https://a.b:${PORT}/x",
        ] {
            assert_eq!(at(fine), [""; 0], "{fine}");
        }
    }
}
