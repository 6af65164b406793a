//! Bundles the editor of the section page, when Node is there.
//!
//! The pinned packages are installed into `editor/node_modules` once for each lock file, then bundled into `OUT_DIR`.
//! Without Node, without a network for the first installation, or with `DONDOC_EDITOR=off`, an empty bundle is embedded
//! and the plain field is served; the build never fails for it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{env, fs, thread};

const FOLDER: &str = "editor";
const LOCK: &str = "package-lock.json";
/// A copy of the lock file that the installed packages are of.
const INSTALLED: &str = "node_modules/.dondoc-lock.json";
/// How long the installation may take before the build goes on without the editor.
const MOST_SECONDS: u64 = 90;

fn main() {
    for watched in [
        "build.rs",
        "editor/src",
        "editor/bundle.mjs",
        "editor/package.json",
        "editor/package-lock.json",
    ] {
        println!("cargo:rerun-if-changed={watched}");
    }
    println!("cargo:rerun-if-env-changed=DONDOC_EDITOR");
    let Some(out) = env::var_os("OUT_DIR") else {
        return;
    };
    let bundle = PathBuf::from(out).join("editor.js");
    if let Err(why) = make(&bundle) {
        println!(
            "cargo:warning=the plain field is served instead of the editor: {why} (touch crates/web/build.rs to try again)"
        );
        if let Err(problem) = fs::write(&bundle, "") {
            println!("cargo:warning={}: {problem}", bundle.display());
        }
    }
}

fn make(bundle: &Path) -> Result<(), String> {
    if env::var_os("DONDOC_EDITOR").is_some_and(|switch| switch == "off") {
        return Err("DONDOC_EDITOR=off".into());
    }
    let folder = Path::new(FOLDER);
    run(folder, Command::new("node").arg("--version"))?;
    install(folder)?;
    run(folder, Command::new("node").arg("bundle.mjs").arg(bundle))
}

fn install(folder: &Path) -> Result<(), String> {
    let read = |name: &str| fs::read(folder.join(name));
    let lock = read(LOCK).map_err(|problem| format!("{LOCK}: {problem}"))?;
    if read(INSTALLED).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    // No script of a package is run.
    let flags = "ci --ignore-scripts --no-audit --no-fund --prefer-offline --loglevel=error --fetch-retries=1";
    run(folder, Command::new("npm").args(flags.split(' ')))?;
    fs::write(folder.join(INSTALLED), lock).map_err(|problem| format!("{INSTALLED}: {problem}"))
}

/// Runs a program to its end, or to the end of its time.
fn run(folder: &Path, command: &mut Command) -> Result<(), String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let mut child = command
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .map_err(|problem| format!("{name}: {problem}"))?;
    let pause = Duration::from_millis(50);
    for _ in 0..MOST_SECONDS * 20 {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(format!("{name}: {status}")),
            Ok(None) => thread::sleep(pause),
            Err(problem) => return Err(format!("{name}: {problem}")),
        }
    }
    // A program that cannot be ended is left to itself.
    let _ = child.kill();
    Err(format!("{name} took longer than {MOST_SECONDS} s"))
}
