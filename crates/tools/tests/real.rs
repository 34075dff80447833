//! Real servers, as `tests/run --real` installs them: `RUTTER_MCP_SERVERS` is the folder they are in.
#![cfg(target_os = "linux")]
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used
)]

mod support;

use std::path::PathBuf;
use std::process::Command;

use rutter_tools::settings::{Place, Server};
use serde_json::{Value, json};
use support::{Ground, gone, ground, server};

fn installed(path: &str) -> String {
    let folder = std::env::var_os("RUTTER_MCP_SERVERS")
        .expect("RUTTER_MCP_SERVERS names the folder with the servers; tests/run --real sets it");
    let path = PathBuf::from(folder).join(path);
    assert!(path.exists(), "{} is not installed", path.display());
    path.display().to_string()
}

fn node(name: &str, args: &[&str]) -> Server {
    declared(&format!("node_modules/.bin/{name}"), args)
}

fn python(name: &str, args: &[&str]) -> Server {
    declared(&format!("venv/bin/{name}"), args)
}

fn declared(path: &str, args: &[&str]) -> Server {
    server(
        Place::Workspace,
        &json!({"command": installed(path), "args": args, "autoApprove": ["echo"]}),
    )
}

/// Lists a server's tools and calls one.
async fn try_out(ground: &Ground, server: &Server, tool: &str, arguments: Value) -> String {
    ground.servers.trust(&support::clock(), server).unwrap();
    let listed = ground.servers.tools(server).await.unwrap();
    let names: Vec<_> = listed.tools.iter().map(|t| t.name.as_str()).collect();
    assert!(names.contains(&tool), "{names:?}");
    assert_eq!(listed.changed, []);
    // Asked again, a real server says the same of its tools.
    assert_eq!(ground.servers.tools(server).await.unwrap().changed, []);
    let said = ground.call(server, tool, arguments).await.unwrap();
    assert!(!said.is_error, "{}", said.text);
    ground.servers.stop_all().await;
    said.text
}

#[tokio::test]
#[ignore = "needs the real servers: tests/run --real"]
async fn everything() {
    let ground = ground();
    let said = try_out(
        &ground,
        &node("mcp-server-everything", &["stdio"]),
        "echo",
        json!({"message": "hi"}),
    )
    .await;
    assert_eq!(said, "Echo: hi");
}

#[tokio::test]
#[ignore = "needs the real servers: tests/run --real"]
async fn filesystem() {
    let ground = ground();
    ground.write("é.txt", "x");
    let folder = ground.folder.path().canonicalize().unwrap();
    let folder = folder.to_str().unwrap();
    let files = node("mcp-server-filesystem", &[folder]);
    let said = try_out(&ground, &files, "list_directory", json!({"path": folder})).await;
    assert!(said.contains("[FILE] é.txt"), "{said}");
    ground.servers.trust(&support::clock(), &files).unwrap();
    let outside = ground
        .call(&files, "list_directory", json!({"path": "/"}))
        .await
        .unwrap();
    assert!(outside.is_error, "{}", outside.text);
    ground.servers.stop_all().await;
}

#[tokio::test]
#[ignore = "needs the real servers: tests/run --real"]
async fn git() {
    let ground = ground();
    let folder = ground.folder.path().to_str().unwrap();
    let made = Command::new("git")
        .args(["init", "-q", folder])
        .status()
        .unwrap();
    assert!(made.success());
    ground.write("new.txt", "x");
    let said = try_out(
        &ground,
        &python("mcp-server-git", &["-r", folder]),
        "git_status",
        json!({"repo_path": folder}),
    )
    .await;
    assert!(said.contains("new.txt"), "{said}");
}

#[tokio::test]
#[ignore = "needs the real servers: tests/run --real"]
async fn time() {
    let ground = ground();
    let said = try_out(
        &ground,
        &python("mcp-server-time", &[]),
        "get_current_time",
        json!({"timezone": "Asia/Tokyo"}),
    )
    .await;
    assert!(said.contains("+09:00"), "{said}");
}

#[tokio::test]
#[ignore = "needs the real servers: tests/run --real"]
async fn everything_over_http_leaves_nothing_running() {
    let ground = ground();
    let log = ground.path("log");
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let mut process = Command::new(installed("node_modules/.bin/mcp-server-everything"))
        .arg("streamableHttp")
        .env("PORT", port.to_string())
        .stderr(std::fs::File::create(&log).unwrap())
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    while !std::fs::read_to_string(&log).unwrap().contains("listening") {
        assert!(process.try_wait().unwrap().is_none(), "it ended");
        tokio::task::yield_now().await;
    }
    let address = server(
        Place::Workspace,
        &json!({"url": format!("http://127.0.0.1:{port}/mcp")}),
    );
    let said = try_out(&ground, &address, "echo", json!({"message": "hi"})).await;
    assert_eq!(said, "Echo: hi");
    let pid = process.id().to_string();
    process.kill().unwrap();
    process.wait().unwrap();
    gone(&pid).await;
}
