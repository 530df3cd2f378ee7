//! The log, on standard error.

use tracing_subscriber::EnvFilter;

/// Starts the log: warnings of ours, errors of the libraries; `CHRONOTOPE_LOG`
/// changes that (for example `CHRONOTOPE_LOG=debug`).
pub fn init() {
    let filter = EnvFilter::try_from_env("CHRONOTOPE_LOG")
        .unwrap_or_else(|_| EnvFilter::new("error,chronotope=warn"));
    // A second start in one process (a test) keeps the first log.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .without_time()
        .with_target(false)
        .try_init();
}
