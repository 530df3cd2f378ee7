//! How much happened when: the histogram above the timeline.
//!
//! An event's mass is spread evenly over the time in which it can have happened,
//! so that something known to the month is no spike on the 1st. Mass is neither
//! made nor lost: what falls outside the bins is kept beside them.

#![allow(
    clippy::cast_precision_loss,
    reason = "shares of lengths of time need no more than f64 holds"
)]

use crate::model::time::{Extent, Millis, OPEN_FUTURE, OPEN_PAST, Unit, Window};

use super::axis::{TIME_LIMIT_MS, TimeAxis};

/// More bins than this no screen shows; coarser units are taken instead.
pub const MAX_BINS: i64 = 16_384;

/// Mass over time, in bins, stacked by group.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Histogram {
    edges: Vec<Millis>,
    /// By group, in ascending order, the mass of each bin.
    groups: Vec<(u16, Vec<f64>)>,
    totals: Vec<f64>,
    before: f64,
    after: f64,
    undated: f64,
}

impl Histogram {
    /// Spreads events over the bins between the edges, which ascend; edges that
    /// do not are skipped.
    ///
    /// An item is the extents of an event's members (one unless its date is a
    /// set), its group and its weight. Its weight is spread
    /// - evenly over all that the extents allow, members of a set in proportion
    ///   to their length (three days count a third each);
    /// - with one end open or unknown, over the other end alone (`2014/..` over
    ///   2014);
    /// - nowhere if nothing bounds it: see [`Histogram::undated`].
    ///
    /// An event costs two binary searches, however long it is. Weights that are
    /// not finite count as 0.
    #[must_use]
    pub fn build<M: AsRef<[Extent]>>(
        items: impl IntoIterator<Item = (M, u16, f64)>,
        edges: &[Millis],
    ) -> Self {
        let mut ascending: Vec<Millis> = Vec::with_capacity(edges.len());
        for &edge in edges {
            if ascending.last().is_none_or(|&last| edge > last) {
                ascending.push(edge);
            }
        }
        let bins = ascending.len().saturating_sub(1);
        let mut sums: Vec<Option<Sums>> = Vec::new();
        let mut out = Self {
            edges: ascending,
            groups: Vec::new(),
            totals: vec![0.0; bins],
            before: 0.0,
            after: 0.0,
            undated: 0.0,
        };
        for (members, group, weight) in items {
            if weight.is_finite() {
                let index = usize::from(group);
                if sums.len() <= index {
                    sums.resize_with(index + 1, || None);
                }
                let sums = sums[index].get_or_insert_with(|| Sums::new(bins));
                out.spread(members.as_ref(), weight, sums);
            }
        }
        for (group, sums) in (0..=u16::MAX).zip(sums) {
            let Some(sums) = sums else { continue };
            let masses = sums.masses(&out.edges);
            for (total, mass) in out.totals.iter_mut().zip(&masses) {
                *total += mass;
            }
            out.groups.push((group, masses));
        }
        out
    }

    /// A histogram of known masses: by group, ascending, one for each bin.
    pub(super) fn from_masses(edges: Vec<Millis>, groups: Vec<(u16, Vec<f64>)>) -> Self {
        let mut totals = vec![0.0; edges.len().saturating_sub(1)];
        for (_, masses) in &groups {
            for (total, mass) in totals.iter_mut().zip(masses) {
                *total += mass;
            }
        }
        Self {
            edges,
            groups,
            totals,
            before: 0.0,
            after: 0.0,
            undated: 0.0,
        }
    }

    fn spread(&mut self, members: &[Extent], weight: f64, sums: &mut Sums) {
        let known = || members.iter().filter_map(known_stretch);
        let whole: f64 = known().map(|(start, end)| length(start, end)).sum();
        if whole <= 0.0 {
            self.undated += weight;
            return;
        }
        for (start, end) in known() {
            self.add(start, end, weight * length(start, end) / whole, sums);
        }
    }

    /// Adds mass spread over `[start, end)`.
    fn add(&mut self, start: Millis, end: Millis, mass: f64, sums: &mut Sums) {
        let (Some(&first), Some(&last)) = (self.edges.first(), self.edges.last()) else {
            self.before += mass;
            return;
        };
        if end <= first {
            self.before += mass;
            return;
        }
        if start >= last {
            self.after += mass;
            return;
        }
        let density = mass / length(start, end);
        if start < first {
            self.before += density * length(start, first);
        }
        if end > last {
            self.after += density * length(last, end);
        }
        let (from, to) = (start.max(first), end.min(last));
        let (i, j) = (self.bin_of(from), self.bin_of(to - 1));
        if i == j {
            // The whole mass as it is, where there is no share to take.
            let inside = from == start && to == end;
            sums.partial[i] += if inside {
                mass
            } else {
                density * length(from, to)
            };
        } else {
            sums.partial[i] += density * length(from, self.edges[i + 1]);
            sums.partial[j] += density * length(self.edges[j], to);
            if i + 1 < j {
                sums.change[i + 1] += density;
                sums.change[j] -= density;
                sums.covering[i + 1] += 1;
                sums.covering[j] -= 1;
            }
        }
    }

    /// The bin that holds a moment, which is inside the edges.
    fn bin_of(&self, ms: Millis) -> usize {
        self.edges
            .partition_point(|&edge| edge <= ms)
            .saturating_sub(1)
    }

    /// The edges of the bins: one more than there are bins, or none.
    #[must_use]
    pub fn edges(&self) -> &[Millis] {
        &self.edges
    }

    /// The mass of each bin, all groups together.
    #[must_use]
    pub fn totals(&self) -> &[f64] {
        &self.totals
    }

    /// The groups in ascending order, with the mass of each bin.
    pub fn groups(&self) -> impl Iterator<Item = (u16, &[f64])> {
        self.groups
            .iter()
            .map(|(group, masses)| (*group, masses.as_slice()))
    }

    /// The groups in ascending order, with the mass of each bin, to keep.
    pub(super) fn into_groups(self) -> Vec<(u16, Vec<f64>)> {
        self.groups
    }

    /// The span of one bin.
    #[must_use]
    pub fn bin(&self, index: usize) -> Option<Window> {
        let (start, end) = (self.edges.get(index)?, self.edges.get(index + 1)?);
        Some(Window::new(*start, *end))
    }

    /// The mass of the fullest bin; 0 if there is none.
    #[must_use]
    pub fn highest(&self) -> f64 {
        self.totals.iter().copied().fold(0.0, f64::max)
    }

    /// The mass before the first bin.
    #[must_use]
    pub const fn before(&self) -> f64 {
        self.before
    }

    /// The mass after the last bin.
    #[must_use]
    pub const fn after(&self) -> f64 {
        self.after
    }

    /// The mass of events that nothing bounds in time.
    #[must_use]
    pub const fn undated(&self) -> f64 {
        self.undated
    }

    /// All mass, in the bins and outside.
    #[must_use]
    pub fn mass(&self) -> f64 {
        self.totals.iter().sum::<f64>() + self.before + self.after + self.undated
    }
}

/// What accumulates for one group.
struct Sums {
    /// Mass in bins that an event covers in part.
    partial: Vec<f64>,
    /// Change of density (mass per ms) from one fully covered bin to the next.
    change: Vec<f64>,
    /// Change of the number of events that cover the bin. Where none does, the
    /// density is exactly 0, whatever rounding has left in it.
    covering: Vec<i64>,
}

impl Sums {
    fn new(bins: usize) -> Self {
        Self {
            partial: vec![0.0; bins],
            change: vec![0.0; bins],
            covering: vec![0; bins],
        }
    }

    fn masses(self, edges: &[Millis]) -> Vec<f64> {
        let mut masses = self.partial;
        let (mut density, mut covering) = (0.0, 0);
        for (bin, mass) in masses.iter_mut().enumerate() {
            covering += self.covering[bin];
            density = if covering == 0 {
                0.0
            } else {
                density + self.change[bin]
            };
            *mass += density * length(edges[bin], edges[bin + 1]);
        }
        masses
    }
}

/// The stretch `[start, end)` over which an extent is spread, if it is bounded.
fn known_stretch(extent: &Extent) -> Option<(Millis, Millis)> {
    let (start, last) = match (extent.is_open_start(), extent.is_open_end()) {
        (true, true) => return None,
        (false, false) => (extent.start_earliest, extent.end_latest),
        (false, true) if extent.start_latest == OPEN_FUTURE => {
            (extent.start_earliest, extent.start_earliest)
        }
        (false, true) => (extent.start_earliest, extent.start_latest),
        (true, false) if extent.end_earliest == OPEN_PAST => (extent.end_latest, extent.end_latest),
        (true, false) => (extent.end_earliest, extent.end_latest),
    };
    (start <= last).then(|| (start, last.saturating_add(1)))
}

fn length(start: Millis, end: Millis) -> f64 {
    (i128::from(end) - i128::from(start)) as f64
}

/// The edges of the calendar cells that cover a window, clipped to the time
/// that an axis can show. If there were more than [`MAX_BINS`], the next coarser
/// unit that is coarse enough is taken.
#[must_use]
#[allow(clippy::cast_possible_truncation, reason = "the limit is 1e16")]
pub fn calendar_bins(window: Window, unit: Unit) -> Vec<Millis> {
    let limit = TIME_LIMIT_MS as Millis;
    let start = window.start.clamp(-limit, limit - 1);
    let end = window.end.clamp(start + 1, limit);
    let mut unit = unit;
    while (end - start) / unit.mean_ms() > MAX_BINS - 2 {
        match unit.coarser() {
            Some(coarser) => unit = coarser,
            None => break,
        }
    }
    let mut edges = vec![unit.floor(start)];
    let mut edge = unit.next(start);
    while edge < end {
        edges.push(edge);
        edge = unit.next(edge);
    }
    edges.push(edge);
    edges
}

/// The finest calendar unit whose cells are at least `target_px` wide on
/// average; millennia if none is.
#[must_use]
pub fn auto_unit(axis: &TimeAxis, target_px: f64) -> Unit {
    Unit::ALL
        .into_iter()
        .find(|unit| unit.mean_ms() as f64 / axis.ms_per_px() >= target_px)
        .unwrap_or(Unit::Millennium)
}

#[cfg(test)]
mod tests;
