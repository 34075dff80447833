//! A workspace with scripted servers.
#![allow(dead_code, reason = "each test file uses a part")]

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rutter_host::{FixedClock, Memory};
use rutter_store::Store;
use rutter_tools::Servers;
use rutter_tools::settings::{McpFile, Place, Server, Variables};
use serde_json::{Value, json};

pub fn clock() -> FixedClock {
    FixedClock("2026-11-21T09:30:00Z".into())
}

/// A server of a workspace (`place` tells whose) out of the JSON of its declaration.
pub fn server(place: Place, declaration: &Value) -> Server {
    let text = json!({"mcpServers": {"s": declaration}}).to_string();
    let file = McpFile::parse(place, &text);
    assert_eq!((file.faults.len(), file.wrong.len()), (0, 0), "{text}");
    file.server("s").expect("it is declared").clone()
}

/// The user's own server that runs this shell script.
pub fn script(body: &str) -> Server {
    server(Place::User, &json!({"command": "sh", "args": ["-c", body]}))
}

/// A shell script that speaks MCP: `tools` answers `tools/list`, `calls` are branches of a `case` on the line of a call.
/// `answer '"result":…'` answers.
pub fn speaking(start: &str, tools: &str, calls: &str) -> String {
    format!(
        r#"answer() {{ printf '{{"jsonrpc":"2.0","id":%s,%s}}\n' "$id" "$1"; }}
text() {{ answer '"result":{{"content":[{{"type":"text","text":"'"$1"'"}}]}}'; }}
{start}
while IFS= read -r line; do
  rest=${{line#*\"id\":}}; id=${{rest%%[,\}}]*}}
  case $line in
    *'"method":"server/discover"'*) answer '"error":{{"code":-32601,"message":"no such method"}}' ;;
    *'"method":"initialize"'*) answer '"result":{{"protocolVersion":"2025-06-18","capabilities":{{"tools":{{}}}},"serverInfo":{{"name":"scripted","version":"1"}}}}' ;;
    *'"method":"tools/list"'*) {tools} ;;
{calls}
  esac
done"#
    )
}

/// `answer` with a list of tools, each with this description.
pub fn listing(names: &[&str]) -> String {
    let tools: Vec<Value> = names
        .iter()
        .map(|n| json!({"name": n, "description": format!("Does {n}."), "inputSchema": {"type": "object"}}))
        .collect();
    format!("answer '\"result\":{{\"tools\":{}}}'", json!(tools))
}

/// A workspace folder on disk, and a state folder in memory.
pub struct Ground {
    pub folder: tempfile::TempDir,
    pub store: Store,
    pub servers: Servers,
}

pub fn ground() -> Ground {
    ground_with(Variables::default())
}

pub fn ground_with(variables: Variables) -> Ground {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::in_memory(Arc::new(Memory::default()), "/state");
    let servers = Servers::new(
        store.clone(),
        Arc::new(rutter_host::Disk),
        folder.path(),
        variables,
    );
    Ground {
        folder,
        store,
        servers,
    }
}

impl Ground {
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("written");
    }

    /// The file's text once it is there.
    pub async fn read(&self, name: &str) -> String {
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            match std::fs::read_to_string(self.path(name)) {
                Ok(text) if text.ends_with('\n') => return text.trim().to_owned(),
                _ => assert!(Instant::now() < deadline, "{name} was never written"),
            }
            tokio::task::yield_now().await;
        }
    }

    pub async fn call(
        &self,
        server: &Server,
        tool: &str,
        arguments: Value,
    ) -> Result<rutter_tools::CallOutput, rutter_tools::ToolError> {
        self.servers
            .call(server, tool, arguments, std::future::pending())
            .await
    }
}

/// Waits until a process is gone; a zombie is.
pub async fn gone(pid: &str) {
    let deadline = Instant::now() + Duration::from_secs(5);
    let lives = || {
        std::fs::read_to_string(format!("/proc/{pid}/stat"))
            .is_ok_and(|stat| !stat.contains(") Z "))
    };
    while lives() {
        assert!(Instant::now() < deadline, "{pid} still runs");
        tokio::task::yield_now().await;
    }
}
