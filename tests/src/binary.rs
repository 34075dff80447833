//! The real `rutter` binary, as users run it: never a stale one.

mod cli;
mod home;
mod server;

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
};

pub use self::{
    cli::{Cli, Ran},
    home::{Home, is_root},
    server::{Server, greet},
};

/// The binary that `RUTTER_BIN` names; where it is not set, the one that cargo builds now beside this test, from the
/// sources as they are.
///
/// # Panics
/// If it can't be built.
pub fn binary() -> &'static Path {
    static FOUND: OnceLock<PathBuf> = OnceLock::new();
    FOUND.get_or_init(|| match std::env::var_os("RUTTER_BIN") {
        Some(path) if !path.is_empty() => PathBuf::from(path),
        _ => build(),
    })
}

fn build() -> PathBuf {
    let test = std::env::current_exe().expect("this test has a path");
    // <target>/<profile>/deps/<test>
    let folder = test.ancestors().nth(2).expect("tests lie in `deps`");
    let target = folder.parent().expect("a target folder");
    let profile = match folder.file_name().and_then(|name| name.to_str()) {
        Some("debug") | None => "dev",
        Some(other) => other,
    };
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let output = Command::new(cargo)
        .args(["build", "--quiet", "-p", "rutter-cli", "--profile", profile])
        .arg("--target-dir")
        .arg(target)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null())
        .output()
        .expect("cargo starts; or set RUTTER_BIN");
    assert!(
        output.status.success(),
        "rutter could not be built:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
    folder.join(format!("rutter{}", std::env::consts::EXE_SUFFIX))
}
