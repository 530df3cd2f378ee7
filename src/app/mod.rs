//! The program put together: command line, window, pictures.

mod bench;
mod cli;
mod columns;
mod convert;
mod files;
pub mod info;
mod log;
mod open;
mod opening;
mod output;
mod pasted;
mod render;
mod shell;
mod storage;
mod window;

pub use opening::{Later, Wish};
pub use shell::{Shell, Start};
pub use storage::Storage;

use std::process::ExitCode;

use clap::Parser as _;

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    log::init();
    let cli = cli::Cli::parse();
    match cli::run(cli) {
        Ok(code) => code,
        Err(e) => {
            output::error(&format!("{e:#}"));
            ExitCode::FAILURE
        }
    }
}
