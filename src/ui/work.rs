//! Work that may take longer than a frame, on a thread of its own.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

/// Something made for a key on another thread: what was made last is kept until
/// the next is there.
///
/// One thing at a time: while keys change faster than the work is done, the
/// work under way is told to stop, and only the newest key is taken up.
#[derive(Debug)]
pub struct Work<K, V> {
    made: Option<(K, V)>,
    under_way: Option<UnderWay<K, V>>,
}

#[derive(Debug)]
struct UnderWay<K, V> {
    key: K,
    answer: Receiver<V>,
    stop: Arc<AtomicBool>,
}

impl<K, V> Default for Work<K, V> {
    fn default() -> Self {
        Self {
            made: None,
            under_way: None,
        }
    }
}

impl<K, V> Drop for Work<K, V> {
    fn drop(&mut self) {
        self.stop();
    }
}

impl<K, V> Work<K, V> {
    fn stop(&self) {
        if let Some(work) = &self.under_way {
            work.stop.store(true, Ordering::Relaxed);
        }
    }

    /// What was made last, with its key.
    #[must_use]
    pub fn made(&self) -> Option<(&K, &V)> {
        self.made.as_ref().map(|(key, value)| (key, value))
    }

    /// Whether work is under way.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        self.under_way.is_some()
    }

    /// Forgets everything, and stops what is under way.
    pub fn forget(&mut self) {
        self.stop();
        *self = Self::default();
    }
}

impl<K: PartialEq, V: Send + 'static> Work<K, V> {
    /// Sees whether an answer is there. `true` if what was made last is for
    /// another key and nothing is under way: then [`Work::begin`] it.
    pub fn wants(&mut self, key: &K) -> bool {
        if let Some(work) = &self.under_way {
            let outdated = work.key != *key;
            match work.answer.try_recv() {
                Ok(value) => self.made = self.under_way.take().map(|work| (work.key, value)),
                Err(TryRecvError::Disconnected) => self.under_way = None,
                Err(TryRecvError::Empty) if outdated => self.stop(),
                Err(TryRecvError::Empty) => {}
            }
        }
        self.under_way.is_none() && self.made.as_ref().is_none_or(|(made, _)| made != key)
    }

    /// Keeps what was made here and now.
    pub fn put(&mut self, key: K, value: V) {
        self.forget();
        self.made = Some((key, value));
    }

    /// Begins work, which asks now and then whether to stop, and then answers
    /// `None`. Another frame is asked for when it is done.
    pub fn begin(
        &mut self,
        ctx: &egui::Context,
        key: K,
        work: impl FnOnce(&dyn Fn() -> bool) -> Option<V> + Send + 'static,
    ) {
        self.stop();
        let (sender, answer) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let (ctx, stopped) = (ctx.clone(), Arc::clone(&stop));
        let run = move || {
            let value = work(&|| stopped.load(Ordering::Relaxed));
            if let Some(value) = value {
                // Whoever asked may be gone by now.
                let _ = sender.send(value);
            }
            drop(sender);
            ctx.request_repaint();
        };
        // Without a thread to be had, the next frame tries again.
        if std::thread::Builder::new().spawn(run).is_ok() {
            self.under_way = Some(UnderWay { key, answer, stop });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::Sender;
    use std::time::Duration;

    /// Waits until the work under way is over, and says if the key is wanted.
    fn wait(work: &mut Work<u32, u32>, key: u32) -> bool {
        for _ in 0..1_000 {
            let wanted = work.wants(&key);
            if !work.is_under_way() {
                return wanted;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("it never ends");
    }

    #[test]
    fn what_was_made_stays_until_the_next_is_there() {
        let ctx = egui::Context::default();
        let mut work = Work::default();
        assert!(work.wants(&1) && work.made().is_none());
        work.begin(&ctx, 1, |_| Some(10));
        assert!(!wait(&mut work, 1));
        assert_eq!(work.made(), Some((&1, &10)));
        assert!(work.wants(&2));
        let (go, gone): (Sender<()>, _) = channel();
        work.begin(&ctx, 2, move |_| gone.recv().ok().map(|()| 20));
        assert!(!work.wants(&2));
        assert_eq!(work.made(), Some((&1, &10)));
        go.send(()).unwrap();
        assert!(!wait(&mut work, 2));
        assert_eq!(work.made(), Some((&2, &20)));
    }

    #[test]
    fn outdated_work_is_stopped_and_the_newest_key_taken_up() {
        let ctx = egui::Context::default();
        let mut work: Work<u32, u32> = Work::default();
        work.begin(&ctx, 1, |stop| {
            while !stop() {
                std::thread::sleep(Duration::from_millis(1));
            }
            None
        });
        // Nothing else is begun while it goes on.
        assert!(!work.wants(&1));
        assert!(wait(&mut work, 2));
        assert!(work.made().is_none());
        work.put(2, 20);
        assert!(!work.wants(&2));
    }
}
