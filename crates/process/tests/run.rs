//! Real processes.
#![cfg(unix)]
#![expect(clippy::disallowed_methods, reason = "a test grants itself leave")]

use std::collections::BTreeMap;
use std::future::pending;
use std::time::{Duration, Instant};

use rutter_host::{Grounds, Permit};
use rutter_process::{End, Environment, Output, Program, Request, StartError, run, spawn_piped};

fn permit() -> Permit {
    Permit::grant(Grounds::Asked {
        what: "a test".into(),
    })
}

fn shell(line: &str) -> Request {
    Request::new(Program::Shell(line.into()), std::env::temp_dir())
}

async fn done(request: Request) -> Output {
    run(permit(), request, pending()).await.expect("it starts")
}

/// Whether a process of this id is there and is no zombie.
fn lives(pid: &str) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

/// Waits until a process that was sent a signal is gone.
async fn gone(pid: &str) {
    let deadline = Instant::now() + Duration::from_secs(5);
    while lives(pid) {
        assert!(Instant::now() < deadline, "{pid} still runs");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn output_input_environment_and_code() {
    let mut request = shell("cat; echo $GREETING >&2; pwd; exit 3");
    request.stdin = b"in\n".to_vec();
    request.environment = Environment::Inherited(BTreeMap::from([(
        "GREETING".to_owned(),
        "hello".to_owned(),
    )]));
    let folder = tempfile::tempdir().unwrap();
    request.folder = folder.path().canonicalize().unwrap();
    let output = done(request.clone()).await;
    assert_eq!(output.end, End::Exited(3));
    assert_eq!(
        output.stdout.text(),
        format!("in\n{}\n", request.folder.display())
    );
    assert_eq!(output.stderr.text(), "hello\n");
}

#[tokio::test]
async fn an_environment_of_its_own_holds_nothing_else() {
    let mut request = shell("env | cut -d= -f1 | sort");
    request.environment =
        Environment::Only(BTreeMap::from([("API_URL".to_owned(), "x".to_owned())]));
    let output = done(request).await.stdout.text();
    assert!(
        output.contains("API_URL") && output.contains("PATH"),
        "{output}"
    );
    assert!(!output.contains("CARGO"), "{output}");
}

#[tokio::test]
async fn arguments_are_not_read_by_a_shell() {
    let request = Request::new(
        Program::Argv(vec!["echo".into(), "$HOME;".into(), "a b".into()]),
        "/",
    );
    assert_eq!(done(request).await.stdout.text(), "$HOME; a b\n");
}

#[tokio::test]
async fn a_time_limit_ends_the_whole_group() {
    let mut request = shell("sleep 60 & echo $!; sleep 60");
    request.time_limit = Some(Duration::from_millis(100));
    let output = done(request).await;
    assert_eq!(output.end, End::TimedOut);
    assert!(output.took < Duration::from_secs(5));
    gone(output.stdout.text().trim()).await;
}

#[tokio::test]
async fn what_it_leaves_running_is_ended_with_it() {
    let started = Instant::now();
    let output = done(shell("sleep 60 & echo $!")).await;
    assert_eq!(output.end, End::Exited(0));
    assert!(started.elapsed() < Duration::from_secs(5));
    gone(output.stdout.text().trim()).await;
}

#[tokio::test]
async fn cancel_ends_it() {
    let (sender, receiver) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(run(permit(), shell("echo up; sleep 60"), async {
        let _ = receiver.await;
    }));
    sender.send(()).unwrap();
    assert_eq!(running.await.unwrap().unwrap().end, End::Cancelled);
}

#[tokio::test]
async fn an_endless_talker_is_capped_and_never_blocks() {
    let mut request = shell("yes | head -c 3000000; echo end");
    request.output_limit = 1000;
    let output = done(request).await;
    assert_eq!(output.end, End::Exited(0));
    assert_eq!(output.stdout.left_out(), 3_000_004 - 1000);
    assert!(output.stdout.text().ends_with("end\n"));
}

#[tokio::test]
async fn input_that_nobody_reads_does_no_harm() {
    let mut request = shell("exit 0");
    request.stdin = vec![b'x'; 1_000_000];
    assert_eq!(done(request).await.end, End::Exited(0));
}

#[tokio::test]
async fn a_missing_program_or_folder_is_named() {
    let missing = Request::new(Program::Argv(vec!["no-such-program".into()]), "/");
    let error = run(permit(), missing, pending()).await.unwrap_err();
    assert!(matches!(&error, StartError::NotFound(name) if name == "no-such-program"));
    assert!(error.to_string().contains("install it"));
    let nowhere = Request::new(Program::Argv(vec!["echo".into()]), "/no/such/folder");
    assert!(matches!(
        run(permit(), nowhere, pending()).await.unwrap_err(),
        StartError::Io { .. }
    ));
}

#[tokio::test]
async fn a_process_talked_with_ends_when_it_is_dropped() {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    let request = shell("echo $$; while read line; do echo got $line; done");
    let mut piped = spawn_piped(permit(), &request).unwrap();
    let mut lines = BufReader::new(piped.stdout).lines();
    let pid = lines.next_line().await.unwrap().unwrap();
    piped.stdin.write_all(b"x\n").await.unwrap();
    assert_eq!(lines.next_line().await.unwrap().unwrap(), "got x");
    assert!(lives(&pid));
    drop(piped.group);
    assert_eq!(lines.next_line().await.unwrap(), None);
}

#[tokio::test]
async fn it_runs_at_low_priority() {
    // The priority is set right after the start.
    let output = done(shell("sleep 0.1; nice")).await;
    assert_eq!(output.stdout.text().trim(), "10");
}
