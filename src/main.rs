//! The `chronotope` program: see `chronotope --help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    chronotope::app::main()
}
