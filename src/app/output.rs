//! Standard output and error. A closed pipe (`… | head`) is no error.

use std::io::{ErrorKind, Write as _};

/// Prints lines for the user or a script to read.
///
/// # Errors
/// When standard output cannot be written, unless its reader has gone.
pub fn print(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(e.into()),
        _ => Ok(()),
    }
}

/// Prints a line about what went wrong.
pub fn error(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "chronotope: {text}");
}

/// Prints a line that is complete in itself.
pub fn note(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
