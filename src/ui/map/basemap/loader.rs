//! Tiles are unpacked and cut into triangles on threads of their own.

use std::collections::HashSet;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use egui::ColorImage;
use walkers::{Drawables, Tile};

use crate::render::basemap::{Archive, Place, TileAt, decode_places, decode_relief};

use super::MapStyle;

/// Points a side of a tile as walkers counts them. Larger tiles are fewer
/// pieces to draw.
pub(super) const TILE_POINTS: u32 = 512;

/// Something to decode. A theme is part of the key: a tile of one theme is
/// never shown in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Job {
    /// Land use, water and lines; `dark` or not.
    Vector(bool, TileAt),
    /// Shaded relief; `dark` or not.
    Relief(bool, TileAt),
    /// Names.
    Places(TileAt),
}

impl Job {
    pub fn tile(self) -> TileAt {
        match self {
            Self::Vector(_, at) | Self::Relief(_, at) | Self::Places(at) => at,
        }
    }
}

/// A decoded tile.
pub(super) enum Decoded {
    Vector(Drawables),
    Relief(ColorImage),
    Places(Vec<Place>),
    /// The archive has none there, or it cannot be read.
    Nothing,
}

/// What both sides need: archives and styles.
pub(super) struct Source {
    pub world: Option<Archive>,
    pub relief: Option<Archive>,
    pub light: MapStyle,
    pub dark: MapStyle,
}

impl Source {
    pub fn style(&self, dark: bool) -> &MapStyle {
        if dark { &self.dark } else { &self.light }
    }

    /// Decodes a tile.
    pub fn decode(&self, job: Job) -> Decoded {
        self.try_decode(job).unwrap_or(Decoded::Nothing)
    }

    fn try_decode(&self, job: Job) -> Option<Decoded> {
        let read = |archive: &Option<Archive>| {
            let tile = archive.as_ref()?.tile(job.tile());
            tile.inspect_err(|e| tracing::error!("basemap tile {:?}: {e}", job.tile()))
                .ok()?
        };
        match job {
            Job::Vector(dark, at) => {
                let bytes = read(&self.world)?;
                let style = &self.style(dark).vectors;
                let tile = Tile::from_mvt(&bytes, style, at.z, TILE_POINTS)
                    .inspect_err(|e| tracing::error!("basemap tile {at:?}: {e}"))
                    .ok()?;
                let Tile::Vector { drawables, .. } = tile else {
                    return None;
                };
                let list = Arc::try_unwrap(drawables).unwrap_or_else(|shared| (*shared).clone());
                Some(Decoded::Vector(Drawables::new(list)))
            }
            Job::Relief(dark, _) => {
                let tint = self.style(dark).tint?;
                let (size, pixels) = decode_relief(&read(&self.relief)?, &tint)?;
                Some(Decoded::Relief(ColorImage::from_rgb(size, &pixels)))
            }
            Job::Places(at) => Some(Decoded::Places(decode_places(read(&self.world)?, at))),
        }
    }
}

#[derive(Default)]
struct Queue {
    /// Most wanted last.
    wanted: Vec<Job>,
    /// Being decoded, or decoded and not yet taken.
    under_way: HashSet<Job>,
    stop: bool,
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    wake: Condvar,
}

fn lock(shared: &Shared) -> MutexGuard<'_, Queue> {
    shared.queue.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The threads, and what they have decoded.
pub(super) struct Loader {
    shared: Arc<Shared>,
    done: Receiver<(Job, Decoded)>,
}

impl Loader {
    /// Starts the threads. Two, if the machine has them: one would let names
    /// wait for vectors, more would take the window's own time.
    pub fn start(source: &Arc<Source>, ctx: &egui::Context) -> Self {
        let shared = Arc::new(Shared::default());
        let (sender, done) = channel();
        let threads = thread::available_parallelism().map_or(1, |n| n.get().min(2));
        for n in 0..threads {
            let worker = Worker {
                source: Arc::clone(source),
                shared: Arc::clone(&shared),
                done: sender.clone(),
                ctx: ctx.clone(),
            };
            let spawned = thread::Builder::new()
                .name(format!("basemap-{n}"))
                .spawn(move || worker.run());
            if let Err(e) = spawned {
                tracing::error!("no thread for the basemap: {e}");
            }
        }
        Self { shared, done }
    }

    /// Replaces what is wanted; most wanted first.
    pub fn want(&self, jobs: &[Job]) {
        let mut queue = lock(&self.shared);
        queue.wanted = jobs
            .iter()
            .rev()
            .filter(|j| !queue.under_way.contains(j))
            .copied()
            .collect();
        if !queue.wanted.is_empty() {
            self.shared.wake.notify_all();
        }
    }

    /// Whether something is wanted or under way.
    pub fn is_busy(&self) -> bool {
        let queue = lock(&self.shared);
        !queue.wanted.is_empty() || !queue.under_way.is_empty()
    }

    /// Takes what has been decoded.
    pub fn take(&self) -> Vec<(Job, Decoded)> {
        let list: Vec<_> = self.done.try_iter().collect();
        if !list.is_empty() {
            let mut queue = lock(&self.shared);
            for (job, _) in &list {
                queue.under_way.remove(job);
            }
        }
        list
    }
}

impl Drop for Loader {
    fn drop(&mut self) {
        lock(&self.shared).stop = true;
        self.shared.wake.notify_all();
    }
}

struct Worker {
    source: Arc<Source>,
    shared: Arc<Shared>,
    done: Sender<(Job, Decoded)>,
    ctx: egui::Context,
}

impl Worker {
    fn run(self) {
        while let Some(job) = self.next() {
            let decoded = self.source.decode(job);
            if self.done.send((job, decoded)).is_err() {
                return;
            }
            self.ctx.request_repaint();
        }
    }

    fn next(&self) -> Option<Job> {
        let mut queue = lock(&self.shared);
        loop {
            if queue.stop {
                return None;
            }
            if let Some(job) = queue.wanted.pop() {
                queue.under_way.insert(job);
                return Some(job);
            }
            queue = self
                .shared
                .wake
                .wait(queue)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}
