//! The line between a reader and whoever waits for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

#[derive(Debug, Default)]
struct Shared {
    done: AtomicU64,
    total: AtomicU64,
    cancelled: AtomicBool,
}

/// How far a reader is, and whether it should stop. Clones share one state.
#[derive(Clone, Debug, Default)]
pub struct Watch(Arc<Shared>);

impl Watch {
    /// Says how much there is to do, in bytes or whatever [`Watch::advance`]
    /// counts; zero where that is not known.
    pub fn expect(&self, total: u64) {
        self.0.total.store(total, Ordering::Relaxed);
    }

    /// Says that so much more is done.
    pub fn advance(&self, by: u64) {
        self.0.done.fetch_add(by, Ordering::Relaxed);
    }

    /// The share that is done, 0 to 1, where it is known.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "a share of 0 to 1")]
    pub fn share(&self) -> Option<f32> {
        let total = self.0.total.load(Ordering::Relaxed);
        let done = self.0.done.load(Ordering::Relaxed);
        (total > 0).then(|| (done as f64 / total as f64).min(1.0) as f32)
    }

    /// Asks the reader to stop; it then answers with an error that says so.
    pub fn cancel(&self) {
        self.0.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether the reader should stop: asked every few thousand rows.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.0.cancelled.load(Ordering::Relaxed)
    }

    /// Fails once the reader should stop.
    ///
    /// # Errors
    /// When somebody has cancelled.
    pub fn check(&self, place: &str) -> Result<(), crate::formats::OpenError> {
        if self.is_cancelled() {
            return Err(crate::formats::OpenError::new(
                place,
                "reading was cancelled",
                "open it again to read it whole",
            ));
        }
        Ok(())
    }
}
