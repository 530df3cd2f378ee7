//! Work on a thread of its own, for what takes longer than a frame may.

use std::sync::mpsc::{Receiver, TryRecvError, channel};

/// Something that is being made. Dropped, it is made all the same, but nobody
/// hears of it.
pub(super) struct Task<T>(Receiver<T>);

/// How far something is.
pub(super) enum Progress<T> {
    /// Being made.
    UnderWay,
    /// Made; told once.
    Done(T),
    /// It cannot be made, or was told of before.
    Gone,
}

impl<T: Send + 'static> Task<T> {
    /// Begins to make something; `None` if there is no thread to be had.
    pub(super) fn begin(make: impl FnOnce() -> T + Send + 'static) -> Option<Self> {
        let (sender, receiver) = channel();
        let run = move || {
            // Whoever asked may be gone by now.
            let _ = sender.send(make());
        };
        let begun = std::thread::Builder::new().spawn(run);
        begun.is_ok().then_some(Self(receiver))
    }

    /// Whether it has been made.
    pub(super) fn poll(&self) -> Progress<T> {
        match self.0.try_recv() {
            Ok(made) => Progress::Done(made),
            Err(TryRecvError::Empty) => Progress::UnderWay,
            Err(TryRecvError::Disconnected) => Progress::Gone,
        }
    }
}
