//! Start, memory and exit.

use std::thread::sleep;
use std::time::Duration;

use super::options::Server;
use super::sample::Sample;
use super::session::Session;
use super::table::{Bar, Cell, Row, ms};

/// How often a server is started.
const RUNS: usize = 11;

/// How many specs count as a full workspace, and the size of each `tasks.md`.
const SPECS: usize = 200;
const SPEC_BYTES: usize = 10_000;

/// The rows of start, memory and exit.
pub fn rows(servers: &[Server]) -> Vec<Row> {
    let of = |_: &Server| Vec::with_capacity(RUNS);
    let mut starts: Vec<Vec<f64>> = servers.iter().map(of).collect();
    let (mut idle, mut exits) = (starts.clone(), starts.clone());
    for _ in 0..RUNS {
        for (i, server) in servers.iter().enumerate() {
            let mut session =
                Session::start(server, &[("one".to_owned(), Sample::of_tasks(2_000))]);
            starts[i].push(ms(session.start));
            session.peer.quiet(Duration::from_millis(200));
            idle[i].extend(session.peer.pss());
            exits[i].extend(session.peer.leave().map(ms));
        }
    }
    let loaded = servers.iter().map(full).collect();
    let cells = |all: Vec<Vec<f64>>, otherwise| {
        all.into_iter()
            .map(|s| Cell::of(s, otherwise))
            .collect::<Vec<_>>()
    };
    vec![
        Row::new(
            "start → `initialize` reply",
            Bar::Most(10.0),
            "ms",
            cells(starts, "no reply"),
        ),
        Row::new(
            "memory (PSS), idle",
            Bar::Most(16.0),
            "MB",
            cells(idle, "unknown"),
        ),
        Row::new(
            format!("memory (PSS), {SPECS} specs"),
            Bar::Most(40.0),
            "MB",
            loaded,
        ),
        Row::new(
            "exit, idle",
            Bar::Most(50.0),
            "ms",
            cells(exits, "hangs with its input open"),
        ),
    ]
}

fn full(server: &Server) -> Cell {
    let specs: Vec<(String, Sample)> = (0..SPECS)
        .map(|i| (format!("spec-{i}"), Sample::of_tasks(SPEC_BYTES)))
        .collect();
    let mut session = Session::start(server, &specs);
    session.peer.quiet(Duration::from_millis(500));
    let text = &specs[0].1.tasks;
    session.open("spec-0", "tasks.md", text);
    session.peer.quiet(Duration::from_millis(500));
    let mut samples = Vec::new();
    for _ in 0..5 {
        samples.extend(session.peer.pss());
        sleep(Duration::from_millis(50));
    }
    Cell::of(samples, "unknown")
}
