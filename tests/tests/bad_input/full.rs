//! A full disk and a limit on file sizes: each verb is done wholly or refused wholly.

use std::fs;
use std::process::{Command, Stdio};

use rutter_tests::binary::{Cli, Home, Server, is_root};
use rutter_tests::product::RATE_LIMIT;
use serde_json::json;

use crate::{APPROVALS, TASKS, assert_clear, call, sample};

/// A small disk over a folder of the home; it goes away with this value.
struct SmallDisk(std::path::PathBuf);

impl SmallDisk {
    /// Nothing where the system does not let us have one.
    fn over(home: &Home, below: &str) -> Option<Self> {
        let path = home.at(below);
        fs::create_dir_all(&path).expect("ours");
        let done = is_root()
            && Command::new("mount")
                .args(["-t", "tmpfs", "-o", "size=64k,mode=0777", "tmpfs"])
                .arg(&path)
                .stderr(Stdio::null())
                .status()
                .is_ok_and(|status| status.success());
        if !done {
            println!(
                "No tmpfs can be mounted here, so no disk was full in this test; only root may."
            );
        }
        done.then_some(Self(path))
    }

    /// Fills it so that about `pages` pages are left.
    fn fill(&self, pages: usize) {
        use std::io::Write;
        let ballast = self.0.join("ballast");
        let _ = fs::remove_file(&ballast);
        let mut file = fs::File::create(&ballast).expect("a new file");
        let page = [b'x'; 4096];
        let mut written: u64 = 0;
        // Up to the end, and then some of it back.
        while file.write_all(&page).is_ok() {
            written += 4096;
        }
        file.set_len(written.saturating_sub(4096 * pages as u64))
            .expect("it gets smaller");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

fn without_ballast(home: &Home) -> Vec<(String, Vec<u8>)> {
    let mut tree = home.tree();
    tree.retain(|(path, _)| path != "ballast");
    tree
}

/// Each verb is done wholly or refused wholly, whatever room is left.
#[track_caller]
fn wholly(home: &Home, args: &[&str], full: &mut usize) {
    let before = without_ballast(home);
    let ran = Cli(home).json(args);
    if ran.code == Some(0) {
        Cli(home).json(&["undo"]);
        return;
    }
    *full += 1;
    assert_eq!(
        (ran.code, ran.error_code().as_str()),
        (Some(3), "disk-full"),
        "{ran:?}"
    );
    assert!(
        without_ballast(home) == before,
        "{args:?} left something behind: {ran:?}"
    );
}

#[test]
fn a_full_disk_keeps_the_workspace_as_it_was() {
    let home = Home::unprivileged();
    let Some(disk) = SmallDisk::over(&home, "work") else {
        return;
    };
    for (path, text) in RATE_LIMIT {
        home.write(path, text);
    }
    let mut full = 0;
    for pages in 0..=8 {
        for args in [
            &["new", "Add a login page"][..],
            &["new", "Add a login page", "--workflow", "quick"],
            &["approve", "rate-limit", "requirements"],
            &["set", "rate-limit", "2", "done"],
        ] {
            disk.fill(pages);
            wholly(&home, args, &mut full);
            disk.fill(8);
            let rest = without_ballast(&home)
                .iter()
                .any(|(path, _)| path.contains("rutter-tmp"));
            assert!(!rest, "a temporary file stays");
        }
        for (path, text) in RATE_LIMIT {
            home.write(path, text);
        }
        let _ = fs::remove_file(home.path(APPROVALS));
    }
    assert!(full >= 4, "the disk was never full");
    disk.fill(0);
    let ran = Cli(&home).run(&["set", "rate-limit", "2", "done"]);
    assert_eq!(ran.code, Some(3));
    assert_clear(&ran.stderr, "The disk is full");
    let (_server, mut client) = Server::ready(&home);
    let argument = json!({"spec": "rate-limit", "task": "2", "state": "done"});
    let answer = call(&mut client, "rutter.setTask", argument.clone());
    assert_eq!(answer["error"]["data"]["code"], "disk-full", "{answer}");
    disk.fill(8);
    let answer = call(&mut client, "rutter.setTask", argument);
    assert!(answer["result"]["change"].is_string(), "{answer}");
}

#[test]
fn a_full_state_folder_keeps_the_workspace_as_it_was() {
    let home = sample();
    let Some(disk) = SmallDisk::over(&home, "state") else {
        return;
    };
    let mut full = 0;
    for pages in [8, 0, 1, 2, 3] {
        for args in [
            &["new", "Add a login page"][..],
            &["approve", "rate-limit", "requirements"],
            &["set", "rate-limit", "2", "done"],
        ] {
            disk.fill(pages);
            wholly(&home, args, &mut full);
            disk.fill(8);
        }
        for (path, text) in RATE_LIMIT {
            home.write(path, text);
        }
        let _ = fs::remove_file(home.path(APPROVALS));
    }
    assert!(full >= 3, "the disk was never full");
}

#[test]
fn a_limit_on_file_sizes_is_a_sentence_too() {
    let home = sample();
    let line = format!("- [ ] 1. {}\n- [ ] 2. B\n", "word ".repeat(4_000));
    home.write(TASKS, line);
    let before = home.tree();
    let direct = home.command();
    // Limits and ignored signals are handed on; without the latter the signal would end the verb.
    let mut limited = Command::new("sh");
    limited
        .args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$@\"", "sh"])
        .arg(direct.get_program())
        .args(["set", "rate-limit", "2", "done"])
        .env_clear()
        .envs(
            direct
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .current_dir(home.root());
    let output = limited.output().expect("sh starts");
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert_clear(
        &String::from_utf8_lossy(&output.stderr),
        "could not be written",
    );
    assert!(home.tree() == before);
}
