//! What leaves its process group is ended with the run all the same, and nothing else is.
#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "a test grants itself leave")]
#![allow(clippy::unwrap_used)]
#![expect(clippy::disallowed_types, reason = "a process that is not ours")]

use std::fs;
use std::future::pending;
use std::io::Cursor;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::{Pid, PidfdFlags, pidfd_open};
use rutter_host::{Grounds, Permit};
use rutter_process::{End, Program, Request, end_orphans, run, spawn_piped, watch};

fn permit() -> Permit {
    Permit::grant(Grounds::Asked {
        what: "a test".into(),
    })
}

/// A run whose command notes in `pid` who leaves the group, and ends when that has been noted.
fn leaving(folder: &Path, how: &str) -> Request {
    let line = format!("mkfifo up\n{how}\nread pid < up; echo $pid > pid");
    Request::new(Program::Shell(line), folder)
}

/// Says who it is, then stays, holding nothing of ours open.
const STAYS: &str = "sh -c 'echo $$ > up; exec sleep 600' < /dev/null > /dev/null 2>&1";

fn noted(folder: &Path) -> Pid {
    let pid = fs::read_to_string(folder.join("pid")).unwrap();
    Pid::from_raw(pid.trim().parse().unwrap()).unwrap()
}

/// Whether a process has ended, or ends within `patience`.
fn ends(pid: Pid, patience: Duration) -> bool {
    let Ok(process) = pidfd_open(pid, PidfdFlags::empty()) else {
        return true;
    };
    let patience = Timespec::try_from(patience).unwrap();
    poll(&mut [PollFd::new(&process, PollFlags::IN)], Some(&patience)).unwrap() > 0
}

const SOON: Duration = Duration::from_secs(10);

#[tokio::test]
async fn who_leaves_the_group_is_ended_with_the_run() {
    let ways = [
        ("a session of its own", format!("setsid {STAYS} &")),
        (
            "a daemon that forked twice",
            format!("(setsid {STAYS} & ) &"),
        ),
        ("deaf to hangups", format!("nohup setsid nohup {STAYS} &")),
        (
            "its own environment too",
            format!("MORE=1 setsid {STAYS} &"),
        ),
    ];
    for (what, how) in ways {
        let folder = tempfile::tempdir().unwrap();
        let output = run(permit(), leaving(folder.path(), &how), pending())
            .await
            .unwrap();
        assert_eq!(
            output.end,
            End::Exited(0),
            "{what}: {}",
            output.stderr.text()
        );
        assert!(ends(noted(folder.path()), Duration::ZERO), "{what}");
    }
}

#[tokio::test]
async fn also_at_the_time_limit_and_with_its_output_open() {
    let folder = tempfile::tempdir().unwrap();
    let how = "setsid sh -c 'echo $$ > up; echo still here; exec sleep 600' &";
    let mut request = leaving(folder.path(), &format!("{how} "));
    request.program = match request.program {
        Program::Shell(line) => Program::Shell(format!("{line}; exec sleep 600")),
        other => other,
    };
    request.time_limit = Some(Duration::from_millis(500));
    let output = run(permit(), request, pending()).await.unwrap();
    assert_eq!(output.end, End::TimedOut);
    assert_eq!(output.stdout.text(), "still here\n");
    assert!(ends(noted(folder.path()), Duration::ZERO));
}

#[tokio::test]
async fn dropping_what_is_talked_with_ends_it_too() {
    let folder = tempfile::tempdir().unwrap();
    let mut request = leaving(folder.path(), &format!("setsid {STAYS} &"));
    request.program = match request.program {
        Program::Shell(line) => Program::Shell(format!("{line}; echo up; exec cat")),
        other => other,
    };
    let piped = spawn_piped(permit(), &request).unwrap();
    let mut up = [0; 3];
    let mut stdout = piped.stdout;
    tokio::io::AsyncReadExt::read_exact(&mut stdout, &mut up)
        .await
        .unwrap();
    let pid = noted(folder.path());
    assert!(!ends(pid, Duration::ZERO));
    drop(piped.group);
    assert!(ends(pid, SOON));
}

/// A process in a group of its own with this mark.
fn marked(mark: &str) -> Child {
    Command::new("sleep")
        .arg("600")
        .env("RUTTER_RUN", mark)
        .process_group(0)
        .stdin(Stdio::null())
        .spawn()
        .unwrap()
}

fn pid(child: &Child) -> Pid {
    Pid::from_raw(child.id().cast_signed()).unwrap()
}

fn namespace() -> String {
    let link = fs::read_link("/proc/self/ns/pid").unwrap();
    let link = link.to_string_lossy().into_owned();
    link["pid:[".len()..link.len() - 1].to_owned()
}

#[test]
fn orphans_are_ended_and_nobody_else() {
    let space = namespace();
    let mut ended = Command::new("true").spawn().unwrap();
    let dead = ended.id();
    ended.wait().unwrap();
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let started = stat
        .rsplit_once(") ")
        .unwrap()
        .1
        .split(' ')
        .nth(19)
        .unwrap();
    let ours = format!("{}.{started}.{space}.1", std::process::id());
    let mut others = [
        marked(&ours),
        marked("no mark"),
        marked(&format!("{dead}.1.1.1")),
    ];
    let mut orphans = [
        marked(&format!("{dead}.1.{space}.1")),
        marked(&format!("{}.1.{space}.1", std::process::id())),
        marked(&format!("{ours} {dead}.1.{space}.7")),
    ];
    end_orphans();
    for orphan in &mut orphans {
        assert!(ends(pid(orphan), SOON));
        orphan.wait().unwrap();
    }
    for other in &mut others {
        assert!(!ends(pid(other), Duration::ZERO));
        other.kill().unwrap();
        other.wait().unwrap();
    }
}

#[test]
fn the_watchdog_ends_what_it_was_told_of_and_not_what_has_ended_since() {
    let mut stays = marked("no mark");
    let mut groups = [marked("no mark"), marked("no mark")];
    let mut of_session = [marked("77.88.99.1"), marked("77.88.99.12")];
    let mut of_another = marked("77.88.999.1");
    let told = format!(
        "=77.88.99\n+{}\n+{}\n+{}\n-{}\nnonsense\n+\n",
        groups[0].id(),
        stays.id(),
        groups[1].id(),
        stays.id()
    );
    watch(Cursor::new(told));
    for child in groups.iter_mut().chain(&mut of_session) {
        assert!(ends(pid(child), SOON));
        child.wait().unwrap();
    }
    for child in [&mut stays, &mut of_another] {
        assert!(!ends(pid(child), Duration::ZERO));
        child.kill().unwrap();
        child.wait().unwrap();
    }
}
