//! The benchmark: what is measured on which server, and the table that shows it.

mod check;
mod drafts;
mod edits;
mod hooks;
mod lifetime;
mod options;
mod peer;
mod reading;
mod sample;
mod session;
mod sources;
mod steering;
mod table;

use std::fs;
use std::thread::available_parallelism;

pub use self::options::Options;
use self::options::Server;
use self::table::Row;

/// Measures every server and gives the table in Markdown. What the servers do is measured turn by turn.
pub fn run(options: &Options) -> String {
    let servers = &options.servers;
    let mut rows: Vec<Row> = Vec::new();
    let wants = |name: &str| options.only.as_deref().is_none_or(|only| only == name);
    if wants("lifetime") {
        rows.extend(lifetime::rows(servers));
    }
    if wants("edits") {
        for (name, bytes, bar) in [
            ("15 KB", 15_000, 2.0),
            ("100 KB", 100_000, 5.0),
            ("1 MB", 1_000_000, 30.0),
        ] {
            rows.push(edits::single(servers, name, bytes, bar));
        }
    }
    if wants("steering") {
        rows.push(steering::row(servers));
    }
    if wants("sources") {
        rows.extend(sources::rows(servers));
    }
    if wants("reading") {
        rows.extend(reading::rows(servers));
    }
    if wants("drafts") {
        rows.extend(drafts::rows(servers));
    }
    if wants("hooks") {
        rows.extend(hooks::rows(servers));
    }
    if wants("edits") {
        rows.extend(edits::burst(servers));
    }
    if wants("check") {
        rows.push(check::row(servers));
    }
    let mut out = format!("{}\n\n| what | bar (p95) |", machine());
    for Server { name, .. } in servers {
        out.push_str(&format!(" {name} p50 | p95 |"));
    }
    out.push_str("\n|---|---|");
    out.push_str(&"---:|---:|".repeat(servers.len()));
    for row in rows {
        out.push('\n');
        out.push_str(&row.line());
    }
    out
}

fn machine() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = info
        .lines()
        .find_map(|l| l.strip_prefix("model name")?.split_once(':'))
        .map_or("unknown CPU", |(_, name)| name.trim())
        .to_owned();
    let cores = available_parallelism().map_or(0, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split_whitespace().next().unwrap_or("?");
    format!("{cores} cores, {model}; load at the end {load}")
}
