//! A scripted tool server in a repository.
#![allow(dead_code, reason = "each test file uses a part")]

use std::time::{Duration, Instant};

use rutter_tests::binary::Home;
use serde_json::{Value, json};

/// Where a workspace declares its servers.
pub const SETTINGS: &str = ".kiro/settings/mcp.json";

/// Notes its process in `started`; its tool `echo` is described by the file `says`; `hang` notes that it was called, and
/// never answers; what it starts leaves the group.
const SCRIPT: &str = r#"echo $$ >>started
answer() { printf '{"jsonrpc":"2.0","id":%s,%s}\n' "$id" "$1"; }
tool() { printf '{"name":"%s","description":"%s","inputSchema":{"type":"object"}}' "$1" "$2"; }
while IFS= read -r line; do
  rest=${line#*\"id\":}; id=${rest%%[,\}]*}
  case $line in
    *'"method":"server/discover"'*) answer '"error":{"code":-32601,"message":"no such method"}' ;;
    *'"method":"initialize"'*) answer '"result":{"protocolVersion":"2025-06-18","capabilities":{"tools":{}},"serverInfo":{"name":"scripted","version":"1"}}' ;;
    *'"method":"tools/list"'*) answer '"result":{"tools":['"$(tool echo "$(cat says)"),$(tool fail Fails.),$(tool drop Drops.),$(tool hang Hangs.)"']}' ;;
    *'"name":"echo"'*) said=${line#*\"message\":\"}; answer '"result":{"content":[{"type":"text","text":"Echo: '"${said%%\"*}"'"}]}' ;;
    *'"name":"fail"'*) answer '"result":{"isError":true,"content":[{"type":"text","text":"disk full"}]}' ;;
    *'"name":"hang"'*) $(command -v setsid) sh -c 'echo $$ >>started; echo >called; exec sleep 600' & wait ;;
  esac
done
"#;

/// A home whose workspace brings the server `s`; `more` are further keys of its declaration.
pub fn home(more: &Value) -> Home {
    let home = Home::own();
    home.write("server.sh", SCRIPT);
    home.write("says", "Says it again.");
    declare(&home, &server(more));
    home
}

/// The server as it is declared.
pub fn server(more: &Value) -> Value {
    let mut server = json!({"command": "sh", "args": ["server.sh"]});
    for (key, value) in more.as_object().into_iter().flatten() {
        server[key] = value.clone();
    }
    json!({"s": server})
}

/// A server without tools that needs no file.
pub fn calm() -> Value {
    let script = SCRIPT
        .replace("echo $$ >>started", "")
        .replace("$(cat says)", "");
    json!({"command": "sh", "args": ["-c", script]})
}

/// Declares servers in the workspace.
pub fn declare(home: &Home, servers: &Value) {
    home.write(SETTINGS, json!({"mcpServers": servers}).to_string());
}

/// Every process that a server noted is gone. Nothing tells of the end of another's child, so it is looked for.
pub fn all_gone(home: &Home) {
    let started = home.read("started");
    assert_ne!(started, "", "a server ran");
    let deadline = Instant::now() + Duration::from_secs(5);
    for pid in started.lines() {
        let lives = || {
            std::process::Command::new("ps")
                .args(["-o", "stat=", "-p", pid])
                .output()
                .is_ok_and(|ps| !ps.stdout.is_empty() && !ps.stdout.starts_with(b"Z"))
        };
        while lives() {
            assert!(Instant::now() < deadline, "{pid} still runs");
            std::thread::yield_now();
        }
    }
}
