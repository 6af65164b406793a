//! Everything that must pass before a change lands, in the order in which failures are cheapest to learn.

use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use crate::{EXIT_MISSING, needs, tests, tidy, walls};

/// How much to check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    All,
    /// Without the crates that link typst or drive a browser.
    Quick,
}

impl Scope {
    /// Arguments that keep cargo from the crates left out.
    pub fn excludes(self) -> &'static [&'static str] {
        match self {
            Self::All => &[],
            Self::Quick => &[
                "--exclude",
                "typeset",
                "--exclude",
                "cli",
                "--exclude",
                "e2e",
            ],
        }
    }
}

struct Step {
    name: &'static str,
    took: Duration,
    problem: Option<String>,
}

/// Runs every step, also after one has failed, and ends with a summary and the line `N passed, N failed`.
pub fn run(scope: Scope) -> ExitCode {
    if let Err(missing) = needs::provide(scope) {
        eprintln!("{missing}");
        return ExitCode::from(EXIT_MISSING);
    }
    let mut count = tests::Count::default();
    let steps = [
        step("format", || cargo(&["fmt", "--all", "--check"], &[], &[])),
        step("tidy", || none_of(tidy::check())),
        step("walls", || none_of(walls::check())),
        step("lints", || {
            let deny = ["--", "--deny", "warnings"];
            cargo(&["clippy", "--workspace"], scope.excludes(), &deny)?;
            // A helper of a test may unwrap; clippy itself excuses only the functions marked as tests.
            let tests = [deny.as_slice(), &["--allow", "clippy::unwrap_used"]].concat();
            cargo(
                &["clippy", "--workspace", "--all-targets"],
                scope.excludes(),
                &tests,
            )
        }),
        step("tests", || {
            let (counted, outcome) = tests::run(scope);
            count = counted;
            outcome
        }),
        step("documentation", || {
            cargo(
                &[
                    "doc",
                    "--workspace",
                    "--no-deps",
                    "--document-private-items",
                ],
                scope.excludes(),
                &[],
            )
        }),
    ];
    summary(&steps, count)
}

fn summary(steps: &[Step], count: tests::Count) -> ExitCode {
    println!("\n== summary");
    for step in steps {
        let outcome = step.problem.as_deref().map_or("ok", |_| "FAILED");
        println!(
            "{:<14} {outcome:<7} {:>6.1} s",
            step.name,
            step.took.as_secs_f64()
        );
    }
    let problems = steps.iter().filter(|step| step.problem.is_some()).count();
    for (step, problem) in steps
        .iter()
        .filter_map(|step| Some((step.name, step.problem.as_ref()?)))
    {
        println!("{step}: {problem}");
    }
    if problems == 0 && count.passed == 0 {
        println!("no test ran");
        return ExitCode::FAILURE;
    }
    // A step that failed by itself counts as one failure, so that "0 failed" is never printed over a failure.
    let failed = count.failed.max(problems as u64);
    println!("{} passed, {failed} failed", count.passed);
    if problems == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn step(name: &'static str, run: impl FnOnce() -> Result<(), String>) -> Step {
    println!("\n== {name}");
    let since = Instant::now();
    let problem = run().err();
    let took = since.elapsed();
    println!(
        "== {name}: {} after {:.1} s",
        if problem.is_some() { "FAILED" } else { "ok" },
        took.as_secs_f64()
    );
    Step {
        name,
        took,
        problem,
    }
}

fn cargo(args: &[&str], excludes: &[&str], last: &[&str]) -> Result<(), String> {
    let status = Command::new(env!("CARGO"))
        .args([args, excludes, last].concat())
        .env("RUSTDOCFLAGS", "--deny warnings")
        .status()
        .map_err(|e| format!("cargo {}: {e}", args[0]))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("cargo {}: {status}", args[0]))
    }
}

fn none_of(findings: Vec<String>) -> Result<(), String> {
    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() {
        Ok(())
    } else {
        Err(format!("{} found", findings.len()))
    }
}
