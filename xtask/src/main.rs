//! Automation of the workspace: `cargo xtask COMMAND`.
//!
//! Needs nothing but the Rust toolchain; what the tests need beyond that, `setup` installs or names.

mod gate;
mod needs;
mod postgres;
mod source;
mod tests;
mod tidy;
mod walls;

use std::process::ExitCode;

const HELP: &str = "\
cargo xtask test [--quick]  everything that must pass: format, tidy, walls, lints, tests, documentation.
                            Installs what the tests need (as root), or says what to install.
                            --quick leaves out the crates `typeset` and `cli`: no typst to compile, no browser.
cargo xtask setup           only installs, or names, what the tests need
cargo xtask walls           which crate may depend on which
cargo xtask tidy            rules for files that no compiler checks
";

/// Exit code when the machine lacks something that a person must install.
const EXIT_MISSING: u8 = 2;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = args.iter().map(String::as_str).collect();
    std::env::set_current_dir(source::root())
        .expect("the workspace this was compiled in is still there");
    match words.as_slice() {
        ["test"] => gate::run(gate::Scope::All),
        ["test", "--quick"] => gate::run(gate::Scope::Quick),
        ["setup"] => match needs::provide(gate::Scope::All) {
            Ok(()) => ExitCode::SUCCESS,
            Err(missing) => {
                eprintln!("{missing}");
                ExitCode::from(EXIT_MISSING)
            }
        },
        ["walls"] => report("walls", walls::check()),
        ["tidy"] => report("tidy", tidy::check()),
        _ => {
            print!("{HELP}");
            if matches!(words.as_slice(), ["help" | "--help" | "-h"]) {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
    }
}

/// Prints the findings of one check; fails when there are any.
fn report(check: &str, findings: Vec<String>) -> ExitCode {
    for finding in &findings {
        eprintln!("{finding}");
    }
    if findings.is_empty() {
        println!("{check}: nothing found");
        ExitCode::SUCCESS
    } else {
        eprintln!("{check}: {} found", findings.len());
        ExitCode::FAILURE
    }
}
