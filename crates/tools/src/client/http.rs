//! A server at an address.

use std::collections::HashMap;

use reqwest::header::{HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use rmcp::transport::StreamableHttpClientTransport;
use rmcp::transport::streamable_http_client::StreamableHttpClientTransportConfig;
use rutter_host::Permit;

use super::ToolError;
use crate::settings::{Server, Text, Variables};

/// What talks with the address; nothing is sent yet.
pub(super) fn transport(
    permit: Permit,
    server: &Server,
    url: &Text,
    variables: &Variables,
) -> Result<StreamableHttpClientTransport<reqwest::Client>, ToolError> {
    let name = || server.name.value.clone();
    let fill = |text: &Text| {
        variables
            .expand(&text.value)
            .map_err(|source| ToolError::Variable {
                server: name(),
                source,
            })
    };
    let bad = |what: String| ToolError::BadRequest {
        server: name(),
        what,
    };
    let url = fill(url)?;
    let parsed = url::Url::parse(&url).map_err(|_| bad("its `url` is no address".to_owned()))?;
    if !matches!(parsed.scheme(), "http" | "https") || parsed.host().is_none() {
        return Err(bad("its `url` is no https address".to_owned()));
    }
    #[expect(
        clippy::mutable_key_type,
        reason = "a header's name does not change; the transport takes this map"
    )]
    let mut headers = HashMap::new();
    for pair in &server.headers {
        let header = &pair.name.value;
        let parsed = HeaderName::from_bytes(header.as_bytes())
            .map_err(|_| bad(format!("`{header}` is no name of a header")))?;
        let mut value = HeaderValue::from_str(&fill(&pair.value)?)
            .map_err(|_| bad(format!("the value of the header `{header}` cannot be sent")))?;
        value.set_sensitive(true);
        headers.insert(parsed, value);
    }
    tracing::debug!(grounds = ?permit.grounds(), host = ?parsed.host_str(), "a tool server is connected to");
    // One provider a process; another part of it may have installed the same before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .user_agent(concat!("rutter/", env!("CARGO_PKG_VERSION")))
        // Trust is for this address, and the headers are meant for nobody else.
        .redirect(Policy::none())
        .connect_timeout(server.time_limit())
        .build()
        .map_err(|error| bad(format!("the HTTP client could not be made: {error}")))?;
    let config = StreamableHttpClientTransportConfig::with_uri(url).custom_headers(headers);
    Ok(StreamableHttpClientTransport::with_client(client, config))
}
