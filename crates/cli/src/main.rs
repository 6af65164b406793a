//! The `dondoc` binary: reads the command line, wires the crates together, runs one command.

mod args;
mod cmd;
mod error;
mod mailing;
mod wire;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let args = args::Args::parse();
    wire::start_log();
    match args.command.run(&args.global) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("dondoc: {error}");
            ExitCode::from(error.exit_code())
        }
    }
}
