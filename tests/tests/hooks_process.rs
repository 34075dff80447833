//! Hooks of the real server: nothing of them is left when it ends, however it ends.

#![cfg(target_os = "linux")]
#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used
)]

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, Signal, kill_process, pidfd_open};
use rutter_store::OutcomeKind;
use rutter_tests::binary::{Cli, Home, Server};
use rutter_tests::lsp::{Client, WAIT};
use rutter_tests::product::{command, logged, uri};
use serde_json::{Value, json};

const HOOKS: usize = 8;

/// Eight hooks that would run for minutes, each with a child and a grandchild, and note the processes they are.
fn busy() -> Home {
    let home = Home::own();
    home.write("a.rs", "");
    for n in 0..HOOKS {
        let runs = format!(
            "(sleep 600 & echo $! >> pids-{n}; echo $BASHPID >> pids-{n}; echo ready >> pids-{n}; wait) & wait"
        );
        let text = command(&format!("h{n}"), "PostFileSave", &runs, &Value::Null);
        home.write(&format!(".rutter/hooks/h{n}.json"), text);
    }
    Cli(&home).run(&["hooks", "trust", "--all"]).done();
    home
}

fn save(client: &mut Client, home: &Home) {
    let document = json!({"uri": uri(&home.path("a.rs"))});
    client.notify("textDocument/didSave", json!({ "textDocument": document }));
}

fn wait(what: &str, mut done: impl FnMut() -> bool) {
    let deadline = Instant::now() + WAIT;
    while !done() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// The processes of all hooks, once each runs.
fn running(home: &Home) -> Vec<u32> {
    let noted = |n: usize| fs::read_to_string(home.path(&format!("pids-{n}"))).unwrap_or_default();
    wait("the hooks run", || {
        (0..HOOKS).all(|n| noted(n).contains("ready"))
    });
    (0..HOOKS)
        .flat_map(|n| {
            noted(n)
                .lines()
                .filter_map(|l| l.parse().ok())
                .collect::<Vec<u32>>()
        })
        .collect()
}

fn is_alive(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    // A zombie is nobody's work any more.
    stat.rsplit_once(") ")
        .is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

fn ends(how: impl FnOnce(&Server, &mut Client)) {
    let home = busy();
    let (server, mut client) = Server::ready(&home);
    save(&mut client, &home);
    let pids = running(&home);
    assert_eq!(pids.len(), 2 * HOOKS);
    let begun = Instant::now();
    how(&server, &mut client);
    server.exit_code();
    let took = begun.elapsed();
    assert!(took < Duration::from_millis(500), "{took:?}");
    wait("nothing is left", || !pids.iter().any(|pid| is_alive(*pid)));
    let outcomes = logged(&home.at("state"), &home.root(), HOOKS);
    assert!(
        outcomes.iter().all(|o| o.outcome == OutcomeKind::Failed),
        "{outcomes:?}"
    );
}

#[test]
fn shutdown_and_exit_end_hooks() {
    ends(|_, client| {
        client.shut_down();
    });
}

#[test]
fn the_end_of_input_ends_hooks() {
    ends(|_, client| client.close());
}

#[test]
fn exit_alone_ends_hooks() {
    ends(|_, client| client.send(&json!({"jsonrpc": "2.0", "method": "exit"})));
}

#[test]
fn sigterm_ends_hooks() {
    ends(|server, _| {
        let pid = Pid::from_raw(server.id().cast_signed()).unwrap();
        kill_process(pid, Signal::TERM).unwrap();
    });
}

/// A hook that stays, and starts one that leaves its group and one that has lost its mark; `up` tells who they are.
fn staying() -> (Home, Vec<Pid>, Server, Client) {
    let home = Home::own();
    home.write("a.rs", "");
    let runs = "mkfifo up
        setsid sh -c 'echo $$ > up; exec sleep 600' < /dev/null > /dev/null 2>&1 &
        read daemon < up
        env -u RUTTER_RUN sleep 600 &
        echo $daemon $! $$ > pids.new; mv pids.new pids; exec sleep 600";
    let text = command("h", "PostFileSave", runs, &Value::Null);
    home.write(".rutter/hooks/h.json", text);
    Cli(&home).run(&["hooks", "trust", "--all"]).done();
    let (server, mut client) = Server::ready(&home);
    save(&mut client, &home);
    wait("the hook runs", || home.path("pids").exists());
    let pids = home.read("pids");
    let pids = pids
        .split_whitespace()
        .map(|pid| Pid::from_raw(pid.parse().unwrap()).unwrap())
        .collect();
    (home, pids, server, client)
}

/// Whether a process ends within `patience`.
fn ended(pid: Pid, patience: Duration) -> bool {
    let Ok(process) = pidfd_open(pid, PidfdFlags::empty()) else {
        return true;
    };
    let patience = Timespec::try_from(patience).unwrap();
    poll(&mut [PollFd::new(&process, PollFlags::IN)], Some(&patience)).unwrap() > 0
}

/// The watchdog of a server, once it is there.
fn watchdog(server: &Server) -> Pid {
    let mut found = None;
    wait("the watchdog watches", || {
        let tasks = fs::read_dir(format!("/proc/{}/task", server.id())).unwrap();
        let children: String = tasks
            .flatten()
            .filter_map(|task| fs::read_to_string(task.path().join("children")).ok())
            .collect();
        found = children.split_whitespace().find_map(|pid| {
            let line = fs::read_to_string(format!("/proc/{pid}/cmdline")).ok()?;
            line.contains("watchdog").then(|| pid.parse().ok())?
        });
        found.is_some()
    });
    Pid::from_raw(found.unwrap()).unwrap()
}

#[test]
fn a_server_that_is_killed_leaves_no_hook_running() {
    let (_home, pids, mut server, _client) = staying();
    let watchdog = watchdog(&server);
    assert!(!pids.iter().any(|pid| ended(*pid, Duration::ZERO)));
    server.kill();
    for (pid, who) in pids.into_iter().zip(["daemon", "no mark", "leader"]) {
        assert!(ended(pid, WAIT), "{who}");
    }
    assert!(ended(watchdog, WAIT));
}

#[test]
fn what_nobody_was_left_to_end_is_ended_by_the_next_server() {
    let (home, pids, mut server, _client) = staying();
    kill_process(watchdog(&server), Signal::KILL).unwrap();
    server.kill();
    let (_next, _client) = Server::ready(&home);
    let [daemon, unmarked, leader] = pids[..] else {
        panic!("{pids:?}");
    };
    assert!(ended(daemon, WAIT) && ended(leader, WAIT));
    // Nothing tells whose this is any more, so it is not ours to end.
    assert!(!ended(unmarked, Duration::ZERO));
    kill_process(unmarked, Signal::KILL).unwrap();
}

#[test]
fn a_server_that_is_killed_leaves_a_folder_where_the_next_one_fires() {
    let home = Home::own();
    home.write("a.rs", "");
    let text = command("h", "PostFileSave", "echo run >> runs", &Value::Null);
    home.write(".rutter/hooks/h.json", text);
    Cli(&home).run(&["hooks", "trust", "--all"]).done();
    let (mut first, mut client) = Server::ready(&home);
    save(&mut client, &home);
    logged(&home.at("state"), &home.root(), 1);
    first.kill();
    let (_second, mut client) = Server::ready(&home);
    save(&mut client, &home);
    let outcomes = logged(&home.at("state"), &home.root(), 2);
    assert!(outcomes.iter().all(|o| o.outcome == OutcomeKind::Ran));
    assert_eq!(
        fs::read_to_string(Path::new(&home.path("runs")))
            .unwrap()
            .lines()
            .count(),
        2
    );
}
