//! The histograms of a timeline, kept from frame to frame. What takes longer
//! than a frame may is made in the background, and what was there before is
//! shown meanwhile.

use std::sync::Arc;

use crate::dataset::{Dataset, Filter, RowSet};
use crate::model::EventRow;
use crate::model::time::{Unit, Window};
use crate::session::ColourBy;
use crate::view::axis::TimeAxis;
use crate::view::background::{Progress, Task};
use crate::view::histogram::{Histogram, calendar_bins};
use crate::view::mass::{LEAST, MassIndex};

use super::{Members, Scene, colour_group};

/// A histogram of at most so many events in sight is made between two frames:
/// about two milliseconds.
const AT_ONCE: u64 = 20_000;

/// What a histogram depends on.
#[derive(Clone, PartialEq)]
struct Key {
    unit: Unit,
    /// `None` for the ghost.
    of: Option<(Filter, ColourBy)>,
}

/// A histogram, with the stretch of time it was made for.
struct Mass {
    key: Key,
    covers: Window,
    histogram: Histogram,
}

/// A histogram that is shown, and one that is on its way.
#[derive(Default)]
struct Slot {
    shown: Option<Mass>,
    coming: Option<Task<Mass>>,
    /// What is shown is not what was asked for.
    late: bool,
}

/// Fine masses of a large dataset, from which most histograms come.
#[derive(Default)]
enum Index {
    #[default]
    Unknown,
    Coming(Task<Option<MassIndex>>),
    There(Option<MassIndex>),
}

/// The histograms of one dataset.
#[derive(Default)]
pub(super) struct Masses {
    /// Revision of the dataset.
    dataset: u64,
    index: Index,
    ghost: Slot,
    filtered: Slot,
    nothing: Histogram,
}

impl Index {
    /// Begins to make it, or sees whether it is made.
    fn poll(&mut self, dataset: &Arc<Dataset>) {
        match self {
            Self::Unknown if dataset.len() < LEAST => *self = Self::There(None),
            Self::Unknown => {
                let data = Arc::clone(dataset);
                *self = match Task::begin(move || MassIndex::build_aside(&data)) {
                    Some(task) => Self::Coming(task),
                    None => Self::There(MassIndex::build(dataset)),
                };
            }
            Self::Coming(task) => match task.poll() {
                Progress::Done(index) => *self = Self::There(index),
                Progress::Gone => *self = Self::There(None),
                Progress::UnderWay => {}
            },
            Self::There(_) => {}
        }
    }
}

impl Masses {
    /// As [`super::TimelineView::histograms`]; `builds` counts what is made
    /// anew.
    pub(super) fn histograms(
        &mut self,
        scene: Scene<'_>,
        axis: &TimeAxis,
        unit: Unit,
        colour_by: ColourBy,
        builds: &mut usize,
    ) -> (&Histogram, &Histogram) {
        if self.dataset != scene.dataset.revision() {
            *self = Self {
                dataset: scene.dataset.revision(),
                ..Self::default()
            };
        }
        self.index.poll(scene.dataset);
        let shown = axis.window();
        let key = Key {
            unit,
            of: Some((scene.filter.clone(), colour_by)),
        };
        *builds += self.filtered.renew(key, shown, scene, &self.index);
        // The ghost goes with what is shown before it, bin by bin.
        let unit = self.filtered.shown.as_ref().map_or(unit, |m| m.key.unit);
        let key = Key { unit, of: None };
        *builds += self.ghost.renew(key, shown, scene, &self.index);
        (
            self.ghost.histogram().unwrap_or(&self.nothing),
            self.filtered.histogram().unwrap_or(&self.nothing),
        )
    }

    /// Whether something shown is not what was asked for last, which is on its
    /// way.
    pub(super) fn is_late(&self) -> bool {
        self.ghost.late || self.filtered.late
    }
}

impl Slot {
    fn histogram(&self) -> Option<&Histogram> {
        self.shown.as_ref().map(|mass| &mass.histogram)
    }

    /// Sees to it that what is asked for is shown, or on its way. It is made for
    /// a screen more on either side, so that panning does not make it anew each
    /// frame. Returns how many were made.
    fn renew(&mut self, key: Key, shown: Window, scene: Scene<'_>, index: &Index) -> usize {
        if let Some(coming) = &self.coming {
            match coming.poll() {
                Progress::Done(mass) => (self.shown, self.coming) = (Some(mass), None),
                Progress::Gone => self.coming = None,
                Progress::UnderWay => {}
            }
        }
        let fresh = |mass: &Mass| mass.key == key && mass.covers.covers(shown);
        self.late = !self.shown.as_ref().is_some_and(fresh);
        if !self.late {
            return 0;
        }
        let margin = shown.end.saturating_sub(shown.start);
        let covers = Window::new(
            shown.start.saturating_sub(margin),
            shown.end.saturating_add(margin),
        );
        if let Some(histogram) = at_once(&key, covers, scene, index) {
            *self = Self {
                shown: Some(Mass {
                    key,
                    covers,
                    histogram,
                }),
                ..Self::default()
            };
            return 1;
        }
        // One at a time; and what the index will tell is not counted by hand.
        let awaited =
            matches!(index, Index::Coming(_)) && MassIndex::may_serve(&key.filter(), key.unit);
        if awaited || self.coming.is_some() {
            return 0;
        }
        let data = Arc::clone(scene.dataset);
        let rows = match key.of {
            Some(_) => scene.filtered.clone(),
            None => scene.dataset.all(),
        };
        self.coming = Task::begin(move || Mass {
            histogram: count(&key, covers, &data, &rows),
            covers,
            key,
        });
        usize::from(self.coming.is_some())
    }
}

impl Key {
    fn filter(&self) -> Filter {
        self.of
            .as_ref()
            .map_or_else(Filter::default, |(filter, _)| filter.clone())
    }
}

/// A histogram, if it takes no longer than a frame may.
fn at_once(key: &Key, covers: Window, scene: Scene<'_>, index: &Index) -> Option<Histogram> {
    let colour_by = key.of.as_ref().map(|(_, by)| *by);
    if let Index::There(Some(index)) = index
        && let Some(histogram) = index.histogram(&key.filter(), colour_by, covers, key.unit)
    {
        return Some(histogram);
    }
    let all = scene.dataset.all();
    let rows = key.of.as_ref().map_or(&all, |_| scene.filtered);
    let (_, in_sight) = scene.dataset.counts(covers);
    (in_sight.min(rows.len()) <= AT_ONCE).then(|| count(key, covers, scene.dataset, rows))
}

/// The histogram of some rows, from the events.
fn count(key: &Key, covers: Window, dataset: &Dataset, rows: &RowSet) -> Histogram {
    let group = |row: EventRow| match key.of {
        Some((_, by)) => colour_group(dataset, row, by),
        None => 0,
    };
    let edges = calendar_bins(covers, key.unit);
    // The outermost bins as a whole.
    let covers = match (edges.first(), edges.last()) {
        (Some(first), Some(last)) => Window::new(*first, *last),
        _ => covers,
    };
    let rows = dataset.select(rows, covers).possible;
    let items = rows
        .iter()
        .map(|row| (Members::of(dataset, row), group(row), 1.0));
    Histogram::build(items, &edges)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::synthetic;
    use std::time::Duration;

    /// Asks until what was asked for is shown.
    fn settled<'a>(
        masses: &'a mut Masses,
        scene: Scene<'_>,
        axis: &TimeAxis,
        unit: Unit,
    ) -> (&'a Histogram, &'a Histogram) {
        for _ in 0..10_000 {
            masses.histograms(scene, axis, unit, ColourBy::Kind, &mut 0);
            if !masses.is_late() {
                break;
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        assert!(!masses.is_late(), "never made");
        masses.histograms(scene, axis, unit, ColourBy::Kind, &mut 0)
    }

    #[test]
    fn what_is_made_in_the_background_is_what_a_naive_reading_makes() {
        let dataset = Arc::new(synthetic::dataset(LEAST, 5, &|_, _| {}));
        let mut masses = Masses::default();
        let axis = TimeAxis::new(Window::parse("2003/2012").unwrap(), 0.0, 500.0);
        let mut before: Option<Histogram> = None;
        // By the index, and what the index knows nothing of: words and hours.
        for (text, unit) in [
            ("", Unit::Month),
            ("kind:attack", Unit::Month),
            ("ba", Unit::Month),
            ("ba", Unit::Year),
            ("", Unit::Hour),
        ] {
            let filter = Filter::parse(text, &dataset).unwrap();
            let filtered = dataset.filtered(&filter);
            let scene = Scene {
                dataset: &dataset,
                filter: &filter,
                filtered: &filtered,
            };
            let (_, first) = masses.histograms(scene, &axis, unit, ColourBy::Kind, &mut 0);
            let first = first.clone();
            if masses.is_late() {
                assert_eq!(first, before.unwrap_or_default(), "{text} {unit:?}");
            }
            let (ghost, filtered) = settled(&mut masses, scene, &axis, unit);
            let covers = Window::new(ghost.edges()[0], *ghost.edges().last().unwrap());
            let of = Some((filter.clone(), ColourBy::Kind));
            for (ours, of, rows) in [
                (ghost, None, &dataset.all()),
                (filtered, of, scene.filtered),
            ] {
                let wanted = count(&Key { unit, of }, covers, &dataset, rows);
                assert_eq!(ours.edges(), wanted.edges());
                let close = |(a, b): (&f64, &f64)| (a - b).abs() < 1e-6;
                assert!(ours.totals().iter().zip(wanted.totals()).all(close));
                assert_eq!(ours.groups().count(), wanted.groups().count());
                assert!(wanted.mass() > 0.0);
            }
            before = Some(filtered.clone());
        }
    }
}
