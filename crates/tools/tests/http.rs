//! Servers at an address of this machine.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rutter_tools::ToolError;
use rutter_tools::settings::{Place, Server, Variables};
use serde_json::{Value, json};
use support::{ground, ground_with, server};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// An address where `answer(head, message)` gives status, more headers and body; how often it was asked is counted.
async fn address(
    answer: impl Fn(&str, &Value) -> (u16, String, String) + Send + Sync + 'static,
) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/mcp", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let (answer, count) = (Arc::new(answer), Arc::clone(&asked));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (answer, count) = (Arc::clone(&answer), Arc::clone(&count));
            tokio::spawn(async move { serve(stream, answer.as_ref(), &count).await });
        }
    });
    (url, asked)
}

async fn serve(
    stream: TcpStream,
    answer: &(impl Fn(&str, &Value) -> (u16, String, String) + Send + Sync),
    count: &AtomicUsize,
) -> Option<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if stream.read_line(&mut head).await.ok()? == 0 {
                return None;
            }
        }
        count.fetch_add(1, Ordering::SeqCst);
        let length = head
            .lines()
            .find_map(|l| {
                l.to_ascii_lowercase()
                    .strip_prefix("content-length: ")?
                    .parse()
                    .ok()
            })
            .unwrap_or(0);
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.ok()?;
        let message = serde_json::from_slice(&body).unwrap_or_default();
        let (status, headers, body) = answer(&head, &message);
        let reply = format!(
            "HTTP/1.1 {status} X\r\ncontent-length: {}\r\n{headers}\r\n{body}",
            body.len()
        );
        stream.write_all(reply.as_bytes()).await.ok()?;
    }
}

/// What a plain server answers; `echo` gives the value of the header `authorization`.
fn plain(head: &str, message: &Value) -> (u16, String, String) {
    if !head.starts_with("POST") {
        return (405, String::new(), String::new());
    }
    let result = match message["method"].as_str().unwrap_or_default() {
        "initialize" => {
            json!({"protocolVersion": "2025-06-18", "capabilities": {"tools": {}}, "serverInfo": {"name": "h", "version": "1"}})
        }
        "tools/list" => json!({"tools": [{"name": "echo", "inputSchema": {"type": "object"}}]}),
        "tools/call" => {
            let given = head
                .lines()
                .find_map(|l| l.strip_prefix("authorization: "))
                .unwrap_or("nothing");
            json!({"content": [{"type": "text", "text": format!("{} {given}", message["params"]["arguments"]["message"])}]})
        }
        method if method.starts_with("notifications/") => {
            return (202, String::new(), String::new());
        }
        _ => {
            let error = json!({"jsonrpc": "2.0", "id": message["id"], "error": {"code": -32601, "message": "no such method"}});
            return (
                200,
                "content-type: application/json\r\n".into(),
                error.to_string(),
            );
        }
    };
    let reply = json!({"jsonrpc": "2.0", "id": message["id"], "result": result});
    (
        200,
        "content-type: application/json\r\n".into(),
        reply.to_string(),
    )
}

fn at(place: Place, url: &str) -> Server {
    server(
        place,
        &json!({"url": url, "headers": {"Authorization": "Bearer ${TOKEN}"}, "timeout": 5000}),
    )
}

fn variables() -> Variables {
    Variables::new(["TOKEN".to_owned()], |_| Some("t-1".to_owned()))
}

#[tokio::test]
async fn tools_are_listed_and_called_with_the_headers() {
    let (url, _) = address(plain).await;
    let ground = ground_with(variables());
    let server = at(Place::User, &url);
    assert_eq!(ground.servers.tools(&server).await.unwrap().tools.len(), 1);
    let said = ground.call(&server, "echo", json!({"message": "é"})).await;
    assert_eq!(said.unwrap().text, "\"é\" Bearer t-1");
    ground.servers.stop_all().await;
}

#[tokio::test]
async fn a_repositorys_address_is_not_asked_before_trust_nor_without_the_variable() {
    let (url, asked) = address(plain).await;
    let ground = ground();
    let server = at(Place::Workspace, &url);
    assert!(matches!(
        ground.servers.tools(&server).await,
        Err(ToolError::Untrusted { .. })
    ));
    ground.servers.trust(&support::clock(), &server).unwrap();
    let refused = ground.servers.tools(&server).await.unwrap_err();
    assert!(
        refused.to_string().contains("TOKEN is not approved"),
        "{refused}"
    );
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn the_headers_go_nowhere_else() {
    let (elsewhere, asked) = address(plain).await;
    let (url, _) =
        address(move |_, _| (307, format!("location: {elsewhere}\r\n"), String::new())).await;
    let ground = ground_with(variables());
    let refused = ground
        .servers
        .tools(&at(Place::User, &url))
        .await
        .unwrap_err();
    assert!(matches!(refused, ToolError::Refused { .. }), "{refused:?}");
    assert_eq!(asked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn an_address_that_refuses_or_is_not_there_says_so() {
    let (url, _) =
        address(|_, _| (401, "www-authenticate: Bearer\r\n".into(), String::new())).await;
    let ground = ground_with(variables());
    let said = ground
        .servers
        .tools(&at(Place::User, &url))
        .await
        .unwrap_err()
        .to_string();
    assert!(
        said.starts_with("The tool server `s` refused while starting: it asks to sign in (401). Write `\"headers\": {\"Authorization\": \"Bearer ${NAME}\"}`"),
        "{said}"
    );
    let (broken, _) = address(|_, _| (500, String::new(), "<html>".into())).await;
    assert!(matches!(
        ground.servers.tools(&at(Place::User, &broken)).await,
        Err(ToolError::Refused { .. })
    ));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nobody = format!("http://{}/mcp", listener.local_addr().unwrap());
    drop(listener);
    let said = ground
        .servers
        .tools(&at(Place::User, &nobody))
        .await
        .unwrap_err()
        .to_string();
    assert!(
        said.contains("refused while starting: ") && said.contains("onnection refused"),
        "{said}"
    );
    for url in ["ftp://127.0.0.1/", "nonsense"] {
        assert!(matches!(
            ground.servers.tools(&at(Place::User, url)).await,
            Err(ToolError::BadRequest { .. })
        ));
    }
}
