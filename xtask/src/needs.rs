//! What the tests need of the machine beyond the Rust toolchain, and how it gets there.
//!
//! Looked up by program, so that any Linux will do; installed by package, on Debian, as root.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::gate::Scope;

/// Something the tests need, and the Debian packages that bring it.
struct Need {
    what: &'static str,
    present: fn() -> bool,
    packages: &'static [&'static str],
    /// Packages to use instead where LibreOffice is installed with windows; the two kinds exclude each other.
    packages_beside_windows: &'static [&'static str],
    browser: bool,
}

const NEEDS: &[Need] = &[
    Need {
        what: "PostgreSQL (initdb, postgres)",
        present: || postgres_program("initdb").is_some(),
        packages: &["postgresql"],
        packages_beside_windows: &["postgresql"],
        browser: false,
    },
    Need {
        what: "Chromium",
        present: || program("chromium").is_some(),
        packages: &["chromium"],
        packages_beside_windows: &["chromium"],
        browser: true,
    },
    Need {
        what: "chromedriver",
        present: || program("chromedriver").is_some(),
        packages: &["chromium-driver"],
        packages_beside_windows: &["chromium-driver"],
        browser: true,
    },
    Need {
        what: "LibreOffice Writer",
        present: || office_has("libswlo.so"),
        packages: &["libreoffice-writer-nogui"],
        packages_beside_windows: &["libreoffice-writer"],
        browser: false,
    },
    Need {
        what: "LibreOffice Calc",
        present: || office_has("libsclo.so"),
        packages: &["libreoffice-calc-nogui"],
        packages_beside_windows: &["libreoffice-calc"],
        browser: false,
    },
    Need {
        what: "poppler's pdftotext and pdftoppm",
        present: || program("pdftotext").is_some() && program("pdftoppm").is_some(),
        packages: &["poppler-utils"],
        packages_beside_windows: &["poppler-utils"],
        browser: false,
    },
];

/// Sees to it that everything is there: installs as root, otherwise tells what to run.
pub fn provide(scope: Scope) -> Result<(), String> {
    provide_components()?;
    let packages = missing(scope);
    if packages.is_empty() {
        println!("Everything the tests need is installed.");
        return Ok(());
    }
    let install = ["apt-get", "install", "--yes", "--no-install-recommends"];
    let by_hand = format!(
        "apt-get update && {} {}",
        install.join(" "),
        packages.join(" ")
    );
    if !is_root() || program("apt-get").is_none() {
        return Err(format!(
            "The tests need more than this machine has. As root, on Debian, run:\n\n    {by_hand}\n"
        ));
    }
    println!("Installing {}", packages.join(" "));
    apt(&["update"])?;
    apt(&[&install[1..], &packages].concat())?;
    match missing(scope).as_slice() {
        [] => Ok(()),
        still => Err(format!(
            "Installed, but still not found: {}. Tried: {by_hand}",
            still.join(" ")
        )),
    }
}

/// The packages of what is not there, each once.
fn missing(scope: Scope) -> Vec<&'static str> {
    let beside_windows =
        office_folder().is_some_and(|folder| folder.join("libvclplug_genlo.so").is_file());
    let mut packages = Vec::new();
    for need in NEEDS {
        if (need.browser && scope == Scope::Quick) || (need.present)() {
            continue;
        }
        println!("Missing: {}", need.what);
        packages.extend(if beside_windows {
            need.packages_beside_windows
        } else {
            need.packages
        });
    }
    packages
}

fn apt(args: &[&str]) -> Result<(), String> {
    let status = Command::new("apt-get")
        .args(args)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .status()
        .map_err(|e| format!("apt-get: {e}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("apt-get {} failed: {status}", args.join(" ")))
    }
}

/// rustfmt and clippy, which a minimal toolchain leaves out.
fn provide_components() -> Result<(), String> {
    for (component, command) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        let works = |mut cargo: Command| {
            cargo
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status()
                .is_ok_and(|s| s.success())
        };
        let mut version = Command::new(env!("CARGO"));
        version.args([command, "--version"]);
        if works(version) {
            continue;
        }
        println!("Missing: {component}");
        let added = Command::new("rustup")
            .args(["component", "add", component])
            .status()
            .is_ok_and(|s| s.success());
        if !added {
            return Err(format!(
                "The toolchain has no {component}. Run:\n\n    rustup component add {component}\n"
            ));
        }
    }
    Ok(())
}

/// Whether this process runs as root.
pub fn is_root() -> bool {
    // The owner of /proc/self is the effective user of this process.
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

/// Where a program is, looked up in `PATH`.
pub fn program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// A server program of PostgreSQL: Debian keeps them out of `PATH`, by version; the newest wins.
pub fn postgres_program(name: &str) -> Option<PathBuf> {
    let version = |folder: &Path| folder.file_name()?.to_str()?.parse::<u32>().ok();
    let installed = std::fs::read_dir("/usr/lib/postgresql")
        .ok()
        .into_iter()
        .flatten()
        .flatten();
    let mut folders: Vec<PathBuf> = installed.map(|entry| entry.path()).collect();
    folders.sort_by_key(|folder| std::cmp::Reverse(version(folder)));
    folders
        .into_iter()
        .map(|folder| folder.join("bin").join(name))
        .find(|file| file.is_file())
        .or_else(|| program(name))
}

/// The folder of LibreOffice's programs and libraries.
fn office_folder() -> Option<PathBuf> {
    Some(
        program("soffice")?
            .canonicalize()
            .ok()?
            .parent()?
            .to_owned(),
    )
}

fn office_has(library: &str) -> bool {
    office_folder().is_some_and(|folder| folder.join(library).is_file())
}
