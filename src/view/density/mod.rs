//! Where much happened: shown events counted in a grid about the view, kept in
//! step with the current set, and made into a picture.
//!
//! Counting anew costs by events, so beyond a few it is done in the background
//! while the picture before stays; a step of the window costs by the events
//! that come and go; moving the map a little costs by the pixels.

mod blend;
mod field;
mod raster;
mod scale;
mod slots;

pub use blend::{Blend, FEW, MANY};
pub use field::{CELL, Field, Part, covers, grid_about, part_in_view, place};
pub use raster::{BLOCK, Colours, Picture, picture};
pub use scale::{Rgba, Scale, colour, shading};
pub use slots::Slots;

use std::sync::{Arc, Mutex, PoisonError};

use crate::dataset::{Dataset, DensityGrid};
use crate::session::CurrentSet;

use super::viewport::Viewport;

/// Rows looked at within a frame, about a millisecond's worth; more are
/// counted in the background.
const AT_ONCE: u64 = 100_000;

/// What is counted about the view, as a share of its size to each side: so far
/// the map can be moved before it has to be counted anew.
const ABOUT: f64 = 0.25;
/// The same, where just out of view there are too many to list.
const TIGHT: f64 = 0.02;

/// What a field was counted for.
#[derive(Clone, PartialEq)]
struct Key {
    dataset: u64,
    slots: Slots,
    grid: DensityGrid,
}

/// A count in the background.
struct Job {
    key: Key,
    /// Of the current set.
    revision: u64,
    answer: Arc<Mutex<Option<Field>>>,
}

/// The field about the view.
pub struct Density {
    /// Rows looked at within a frame, at most.
    at_once: u64,
    field: Option<(Key, Field)>,
    /// Revision of the current set that the field tells of.
    revision: u64,
    /// Counts changes of the field.
    version: u64,
    /// What changed since is not known: the field shows what was before.
    stale: bool,
    job: Option<Job>,
    /// The last answer to [`Density::in_view`], and what it was for.
    in_view: Option<(u64, Part, u64)>,
}

impl Default for Density {
    fn default() -> Self {
        Self {
            at_once: AT_ONCE,
            field: None,
            revision: 0,
            version: 0,
            stale: false,
            job: None,
            in_view: None,
        }
    }
}

impl Density {
    /// Brings the field up to date for a view. `most_rows` is the number of
    /// events that are listed one by one, and `wake` is called when a count in
    /// the background is done.
    pub fn update(
        &mut self,
        dataset: &Arc<Dataset>,
        current: &CurrentSet,
        slots: &Slots,
        view: &Viewport,
        most_rows: u64,
        wake: impl Fn() + Send + 'static,
    ) {
        self.finish(dataset, current);
        if let Some((key, _)) = &self.field
            && (key.dataset != dataset.revision() || key.slots != *slots)
        {
            // Colours that no more mean what they did are no use; nor is
            // another dataset.
            self.stale = true;
            if key.dataset != dataset.revision() {
                self.field = None;
            }
        }
        self.follow(dataset, current);
        if let Some((key, field)) = &mut self.field
            && field.turn(&grid_about(view, ABOUT))
        {
            key.grid = *field.grid();
            self.version += 1;
        }
        let Some(wanted) = self.wanted(slots, view, most_rows) else {
            return;
        };
        let key = Key {
            dataset: dataset.revision(),
            slots: slots.clone(),
            grid: wanted,
        };
        if dataset.visit_cost(&wanted, current.shown()) <= self.at_once {
            let field = Field::count(dataset, wanted, slots, current.shown(), most_rows);
            self.put(key, field, current.revision);
            // What was being counted is of no use any more.
            self.job = None;
            return;
        }
        if self.job.is_some() {
            return;
        }
        let answer = Arc::new(Mutex::new(None));
        let (to, dataset, slots) = (Arc::clone(&answer), Arc::clone(dataset), slots.clone());
        let shown = current.shown().clone();
        self.job = Some(Job {
            key,
            revision: current.revision,
            answer,
        });
        rayon::spawn(move || {
            let field = Field::count(&dataset, wanted, &slots, &shown, most_rows);
            *to.lock().unwrap_or_else(PoisonError::into_inner) = Some(field);
            wake();
        });
    }

    /// The grid to be counted; `None` if the field is as it should be.
    fn wanted(&mut self, slots: &Slots, view: &Viewport, most_rows: u64) -> Option<DensityGrid> {
        let in_view = self.in_view(view);
        let roomy = grid_about(view, ABOUT);
        let Some((key, field)) = self.field.as_ref().filter(|_| !self.stale) else {
            return Some(roomy);
        };
        let bits = roomy.cell_bits;
        if key.slots != *slots || key.grid.cell_bits != bits || !covers(&key.grid, view) {
            return Some(roomy);
        }
        if field.could_list() {
            return Some(roomy);
        }
        // Many lie just out of view, and few in it: then only these.
        let few = field.rows().is_none() && in_view.is_some_and(|n| n <= most_rows / 2);
        let tight = grid_about(view, TIGHT);
        (few && key.grid != tight && key.grid.cells() > tight.cells()).then_some(tight)
    }

    fn put(&mut self, key: Key, field: Field, revision: u64) {
        self.field = Some((key, field));
        self.revision = revision;
        self.stale = false;
        self.version += 1;
    }

    /// Takes the answer of a count in the background, if it has come.
    fn finish(&mut self, dataset: &Dataset, current: &CurrentSet) {
        let Some(job) = &self.job else { return };
        let answer = job
            .answer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let Some(field) = answer else { return };
        if let Some(job) = self.job.take()
            && job.key.dataset == dataset.revision()
        {
            // Outdated it is still nearer to the truth than what was before.
            let known = current.since(job.revision).is_some();
            self.put(job.key, field, job.revision);
            self.stale = !known;
        }
    }

    /// Follows the changes of the current set.
    fn follow(&mut self, dataset: &Dataset, current: &CurrentSet) {
        if self.stale || self.revision == current.revision {
            return;
        }
        let Some((key, field)) = &mut self.field else {
            return;
        };
        let Some(changes) = current.since(self.revision) else {
            self.stale = true;
            return;
        };
        for delta in changes {
            field.change(dataset, &key.slots, &delta.added, &delta.removed);
        }
        self.revision = current.revision;
        self.version += 1;
    }

    /// The field, if there is one yet, and the slots it is counted by.
    #[must_use]
    pub fn field(&self) -> Option<(&Field, &Slots)> {
        self.field.as_ref().map(|(key, field)| (field, &key.slots))
    }

    /// How many events of the current set are in view, or a few points beside
    /// it; `None` while that is not known.
    pub fn in_view(&mut self, view: &Viewport) -> Option<u64> {
        let (key, field) = self.field.as_ref().filter(|_| !self.stale)?;
        if !covers(&key.grid, view) {
            return None;
        }
        let part = part_in_view(&key.grid, view);
        if let Some((version, same, events)) = self.in_view
            && (version, same) == (self.version, part)
        {
            return Some(events);
        }
        let events = field.sums(&part).iter().sum();
        self.in_view = Some((self.version, part, events));
        Some(events)
    }

    /// Counts changes of the field.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Whether something is being counted.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.job.is_some()
    }
}

#[cfg(test)]
mod tests;
