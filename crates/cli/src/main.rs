//! The `dondoc` binary: reads the command line, wires the crates together, runs one command.

mod args;
mod cmd;
mod error;
mod help;
mod indexing;
mod mailing;
mod office;
mod recounting;
mod wire;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches};
use std::process::ExitCode;

fn main() -> ExitCode {
    let command = help::vietnamese(args::Args::command());
    let parsed = command
        .try_get_matches()
        .and_then(|matches| args::Args::from_arg_matches(&matches));
    let args = match parsed {
        Ok(args) => args,
        Err(error) => return not_run(&error),
    };
    wire::start_log();
    match args.command.run(&args.global) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("dondoc: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}

/// Help that was asked for, or wrong usage.
fn not_run(error: &clap::Error) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            cmd::print_line(help::page(error).trim_end());
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            eprintln!("{}", help::page(error).trim_end());
            ExitCode::from(2)
        }
        _ => {
            eprintln!("dondoc: {}", help::refusal(error));
            ExitCode::from(2)
        }
    }
}
