//! LibreOffice behind its port: one conversion at a time, in a folder of its own, stopped when it takes too long.

use app::ports::{Convert, ConvertError};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// How long one conversion may take.
const TIME: Duration = Duration::from_secs(60);
/// How often it is looked at.
const STEP: Duration = Duration::from_millis(50);
/// Names of the program in the search path.
const NAMES: &[&str] = &["soffice", "libreoffice"];
/// Macros never run, links are never followed.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"#;

/// The program where it was found; `DONDOC_SOFFICE` names it when it is not in the search path.
pub struct LibreOffice {
    program: Option<PathBuf>,
    /// Conversions run one after another, so that a batch of files cannot fill the memory.
    turn: Mutex<()>,
}

impl LibreOffice {
    /// Looks for the program; without it every conversion is refused as such.
    pub fn find() -> Self {
        let named = std::env::var_os("DONDOC_SOFFICE").filter(|name| !name.is_empty());
        let path = std::env::var_os("PATH").unwrap_or_default();
        let in_path = || {
            std::env::split_paths(&path)
                .flat_map(|folder| NAMES.iter().map(move |name| folder.join(name)))
                .find(|program| program.is_file())
        };
        LibreOffice {
            program: named.map(PathBuf::from).or_else(in_path),
            turn: Mutex::new(()),
        }
    }
}

impl Convert for LibreOffice {
    fn to_docx(&self, bytes: &[u8]) -> Result<Vec<u8>, ConvertError> {
        let program = self.program.as_deref().ok_or(ConvertError::Missing)?;
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let folder = Folder::make().map_err(failed)?;
        convert(program, &folder.path, bytes, TIME)
    }
}

fn convert(
    program: &Path,
    folder: &Path,
    bytes: &[u8],
    time: Duration,
) -> Result<Vec<u8>, ConvertError> {
    let (profile, input) = (folder.join("profile"), folder.join("input.doc"));
    std::fs::create_dir_all(profile.join("user")).map_err(failed)?;
    std::fs::write(profile.join("user/registrymodifications.xcu"), SETTINGS).map_err(failed)?;
    std::fs::write(&input, bytes).map_err(failed)?;
    let mut profile_url = OsString::from("-env:UserInstallation=file://");
    profile_url.push(&profile);
    let mut command = Command::new(program);
    command
        .arg(profile_url)
        .args([
            "--headless",
            "--norestore",
            "--nologo",
            "--convert-to",
            "docx",
            "--outdir",
        ])
        .arg(folder.join("out"))
        .arg(&input)
        .current_dir(folder)
        .env("HOME", folder)
        .env("TMPDIR", folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    own_group(&mut command);
    let mut child = command.spawn().map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => ConvertError::Missing,
        _ => failed(error),
    })?;
    let ended = wait(&mut child, time).map_err(failed)?;
    if !ended {
        stop(&mut child);
        return Err(ConvertError::TimedOut);
    }
    let output = folder.join("out/input.docx");
    let size = std::fs::metadata(&output).map_err(failed)?.len();
    if size > formats::limits::FILE_BYTES as u64 {
        return Err(ConvertError::TooLarge);
    }
    std::fs::read(&output).map_err(failed)
}

/// Whether the program ended within `time`.
fn wait(child: &mut Child, time: Duration) -> std::io::Result<bool> {
    let mut left = time;
    loop {
        if child.try_wait()?.is_some() {
            return Ok(true);
        }
        let Some(less) = left.checked_sub(STEP) else {
            return Ok(false);
        };
        left = less;
        std::thread::sleep(STEP);
    }
}

/// The starter of LibreOffice has children: they are ended with it.
#[cfg(unix)]
fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn own_group(_: &mut Command) {}

fn stop(child: &mut Child) {
    #[cfg(unix)]
    {
        let group = format!("-{}", child.id());
        let ended = Command::new("kill").args(["-KILL", "--", &group]).status();
        if let Err(error) = ended {
            tracing::warn!(%error, "the office program could not be ended with its children");
        }
    }
    if let Err(error) = child.kill().and_then(|()| child.wait().map(|_| ())) {
        tracing::warn!(%error, "the office program could not be ended");
    }
}

fn failed(error: std::io::Error) -> ConvertError {
    tracing::warn!(%error, "a file could not be converted");
    ConvertError::Failed(error.to_string())
}

/// A folder that only we can read and that goes when we are done.
struct Folder {
    path: PathBuf,
}

impl Folder {
    fn make() -> std::io::Result<Folder> {
        static MADE: AtomicU64 = AtomicU64::new(0);
        loop {
            let number = MADE.fetch_add(1, Ordering::Relaxed);
            let name = format!("dondoc-office-{}-{number}", std::process::id());
            let path = std::env::temp_dir().join(name);
            let mut builder = std::fs::DirBuilder::new();
            #[cfg(unix)]
            {
                use std::os::unix::fs::DirBuilderExt;
                builder.mode(0o700);
            }
            match builder.create(&path) {
                Ok(()) => return Ok(Folder { path }),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.path) {
            tracing::warn!(%error, path = %self.path.display(), "a temporary folder stays behind");
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    /// A program that stands in for LibreOffice: a script with the given last lines.
    fn program(folder: &Path, script: &str) -> PathBuf {
        let path = folder.join("office");
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("allowed");
        path
    }

    #[test]
    fn the_document_that_the_program_makes_is_read_and_its_folder_goes() {
        let folder = Folder::make().expect("made");
        let path = folder.path.clone();
        let office = program(&path, "mkdir out; cat input.doc > out/input.docx");
        let made = convert(&office, &path, b"noi dung", TIME);
        assert_eq!(made, Ok(b"noi dung".to_vec()));
        drop(folder);
        assert!(!path.exists());
    }

    #[test]
    fn a_program_that_never_ends_is_stopped_with_its_children() {
        let folder = Folder::make().expect("made");
        let office = program(&folder.path, "(sleep 1; touch alive) & sleep 30");
        let made = convert(&office, &folder.path, b"x", Duration::from_millis(200));
        assert_eq!(made, Err(ConvertError::TimedOut));
        std::thread::sleep(Duration::from_millis(1300));
        assert!(!folder.path.join("alive").exists());
    }

    #[test]
    fn no_output_and_no_program_are_told_apart() {
        let folder = Folder::make().expect("made");
        let office = program(&folder.path, "exit 1");
        assert!(matches!(
            convert(&office, &folder.path, b"x", TIME),
            Err(ConvertError::Failed(_))
        ));
        let nobody = folder.path.join("nobody");
        assert_eq!(
            convert(&nobody, &folder.path, b"x", TIME),
            Err(ConvertError::Missing)
        );
    }
}
