//! Runs the workspace's tests, shows their output and counts their results.

use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use crate::gate::Scope;
use crate::postgres;

/// How many tests passed and failed, over all test binaries.
#[derive(Debug, Default, Clone, Copy)]
pub struct Count {
    pub passed: u64,
    pub failed: u64,
}

/// Runs every test with one shared PostgreSQL, to the end even when some fail.
///
/// `Err` when tests failed or could not be compiled or run; the count holds what ran.
pub fn run(scope: Scope) -> (Count, Result<(), String>) {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["test", "--workspace", "--no-fail-fast"])
        .args(scope.excludes());
    // A test run compares with the snapshots; it does not write new ones.
    cargo.env("INSTA_UPDATE", "no");
    let given = std::env::var_os(postgres::VARIABLE).is_some();
    let _server = if given {
        None
    } else {
        match postgres::Server::start() {
            Ok(server) => {
                cargo.env(postgres::VARIABLE, server.url());
                Some(server)
            }
            Err(problem) => return (Count::default(), Err(problem)),
        }
    };
    let mut child = match cargo.stdout(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(problem) => return (Count::default(), Err(format!("cargo test: {problem}"))),
    };
    let mut count = Count::default();
    if let Some(output) = child.stdout.take() {
        count = show_and_count(BufReader::new(output), &mut std::io::stdout());
    }
    let outcome = match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("cargo test: {status}")),
        Err(problem) => Err(format!("cargo test: {problem}")),
    };
    (count, outcome)
}

fn show_and_count(mut output: impl BufRead, out: &mut impl Write) -> Count {
    let mut count = Count::default();
    let mut line = Vec::new();
    while output
        .read_until(b'\n', &mut line)
        .is_ok_and(|bytes| bytes > 0)
    {
        let _ = out.write_all(&line);
        if let Some(one) = count_of(&String::from_utf8_lossy(&line)) {
            count.passed += one.passed;
            count.failed += one.failed;
        }
        line.clear();
    }
    count
}

/// The count in a test binary's last line: `test result: ok. 5 passed; 0 failed; …`.
fn count_of(line: &str) -> Option<Count> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let number = |word: &str| {
        counts
            .split("; ")
            .find_map(|part| part.strip_suffix(word)?.trim().parse().ok())
    };
    Some(Count {
        passed: number("passed")?,
        failed: number("failed")?,
    })
}

#[cfg(test)]
mod cases {
    use super::*;

    #[test]
    fn results_are_summed_over_the_binaries() {
        let output = "running 2 tests\n\
            test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            not a test result: ok. 9 passed; 9 failed;\n\
            test result: FAILED. 40 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s\n";
        let mut shown = Vec::new();
        let count = show_and_count(output.as_bytes(), &mut shown);
        assert_eq!((count.passed, count.failed), (42, 3));
        assert_eq!(shown, output.as_bytes());
    }
}
