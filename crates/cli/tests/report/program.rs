//! The program in a folder of its own, one command at a time.

use std::io::Write;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A data folder and a working folder.
pub struct Program {
    folder: TempDir,
}

/// What a command left.
pub struct Outcome {
    pub success: bool,
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Outcome {
    /// The one JSON document on standard output.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }
}

impl Program {
    pub fn new() -> Program {
        Program {
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    pub fn file(&self, name: &str, content: &str) {
        std::fs::write(self.folder.path().join(name), content).expect("the file is written");
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.folder.path().join(name)).expect("the file is there")
    }

    /// Runs a command with `input` on standard input; in `words` an underscore stands for a blank inside a word.
    pub fn ask(&self, words: &str, input: &str) -> Outcome {
        let words = words.split(' ').map(|word| word.replace('_', " "));
        let mut process = Command::new(env!("CARGO_BIN_EXE_dondoc"))
            .args(["--data", "du-lieu"])
            .args(words)
            .current_dir(self.folder.path())
            .env_remove("DONDOC_DATABASE")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut pipe = process.stdin.take().expect("standard input is piped");
        // A command that does not read its input may be gone already.
        let _ = pipe.write_all(input.as_bytes());
        drop(pipe);
        let output = process.wait_with_output().expect("the program ends");
        let read = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Outcome {
            success: output.status.success(),
            code: output.status.code().unwrap_or(-1),
            out: read(output.stdout),
            err: read(output.stderr),
        }
    }

    /// The result of a command that is done.
    pub fn json(&self, words: &str) -> serde_json::Value {
        let outcome = self.ask(&format!("{words} --json"), "");
        assert!(outcome.success, "{words}: {}", outcome.err);
        outcome.json()
    }

    /// The exit code of a command that is refused, and what it says.
    pub fn refused(&self, words: &str) -> (i32, String) {
        let outcome = self.ask(words, "");
        assert!(!outcome.success, "{words} was done: {}", outcome.out);
        (outcome.code, outcome.err)
    }
}

/// A text in a result.
pub fn text(value: &serde_json::Value) -> String {
    value.as_str().expect("a text").to_owned()
}
