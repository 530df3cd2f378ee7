//! The mass of every kind and side in fine bins, made once, from which the
//! histogram of any filter by kind and side is put together: by bins, not by
//! events.

use rayon::prelude::*;

use crate::dataset::{Dataset, Filter};
use crate::model::time::{Extent, Millis, Unit, Window};
use crate::model::{EventRow, Kind};
use crate::session::ColourBy;

use super::histogram::{Histogram, calendar_bins};
use super::timeline::{kind_group, side_group};

/// With fewer events than this a histogram is made from the events.
pub const LEAST: usize = 100_000;

/// Mass by kind, side and fine bin.
pub struct MassIndex {
    /// Edges of the fine bins: days, unless the data span more than 45 years.
    edges: Vec<Millis>,
    cells: Vec<Cell>,
}

/// Mass of the events of one kind and side.
struct Cell {
    kind: Kind,
    side: Option<u8>,
    groups: [u16; 2],
    /// Mass up to the end of each fine bin.
    until: Vec<f64>,
}

impl Cell {
    /// Mass before a fine edge.
    fn before(&self, edge: usize) -> f64 {
        edge.checked_sub(1).map_or(0.0, |bin| self.until[bin])
    }
}

/// A number for a kind and a side.
fn cell_of(dataset: &Dataset, row: EventRow) -> u16 {
    let side = dataset.side(row).map_or(0, |s| u16::from(s) + 1);
    // 16 kinds and 257 sides fit.
    side * KINDS + kind_group(dataset.kind(row))
}

/// Number of kinds.
const KINDS: u16 = 16;
const _: () = assert!(Kind::ALL.len() == KINDS as usize);

impl MassIndex {
    /// Spreads all events over fine bins, in parallel. `None` for small
    /// datasets, and for those without a date.
    #[must_use]
    pub fn build(dataset: &Dataset) -> Option<Self> {
        if dataset.len() < LEAST {
            return None;
        }
        Self::of(dataset)
    }

    /// The same on threads of its own, of which one less than there are cores:
    /// who asks goes on drawing, with what threads all share.
    #[must_use]
    pub fn build_aside(dataset: &Dataset) -> Option<Self> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = rayon::ThreadPoolBuilder::new().num_threads((cores - 1).max(1));
        match threads.build() {
            Ok(threads) => threads.install(|| Self::build(dataset)),
            Err(_) => Self::build(dataset),
        }
    }

    /// Whether the index of a dataset, once there is one, can serve such a
    /// filter and unit, as a rule.
    #[must_use]
    pub fn may_serve(filter: &Filter, unit: Unit) -> bool {
        unit >= Unit::Day && of_kind_and_side(filter) == *filter
    }

    fn of(dataset: &Dataset) -> Option<Self> {
        let edges = calendar_bins(dataset.time_span()?, Unit::Day);
        let n = u32::try_from(dataset.len()).unwrap_or(u32::MAX);
        // One part a thread: each holds masses of every kind and side.
        let threads = u32::try_from(rayon::current_num_threads()).unwrap_or(1);
        let size = n.div_ceil(threads).max(1);
        let parts: Vec<Histogram> = (0..n.div_ceil(size))
            .into_par_iter()
            .map(|part| {
                let rows = part * size..(part + 1).saturating_mul(size).min(n);
                let items = rows.map(EventRow).map(|row| {
                    let one = [dataset.table().extent(row)];
                    (
                        Members(dataset.table().set(row), one),
                        cell_of(dataset, row),
                        1.0,
                    )
                });
                Histogram::build(items, &edges)
            })
            .collect();
        let mut cells: std::collections::BTreeMap<u16, Vec<f64>> =
            std::collections::BTreeMap::new();
        for (cell, masses) in parts.into_iter().flat_map(Histogram::into_groups) {
            match cells.get_mut(&cell) {
                Some(sums) => {
                    for (sum, mass) in sums.iter_mut().zip(masses) {
                        *sum += mass;
                    }
                }
                None => {
                    cells.insert(cell, masses);
                }
            }
        }
        let cells = cells
            .into_iter()
            .map(|(cell, mut masses)| {
                let kind = Kind::ALL[usize::from(cell % KINDS)];
                let of_side = u8::try_from(cell / KINDS)
                    .ok()
                    .and_then(|s| s.checked_sub(1));
                let mut sum = 0.0;
                for mass in &mut masses {
                    sum += *mass;
                    *mass = sum;
                }
                Cell {
                    kind,
                    side: of_side,
                    groups: [side_group(dataset, of_side), kind_group(kind)],
                    until: masses,
                }
            })
            .collect();
        Some(Self { edges, cells })
    }

    /// The histogram of the events that a filter lets through, over the
    /// calendar cells of a window; `None` if the filter asks for more than kind
    /// and side, or the cells are finer than the index. Of what lies outside
    /// the cells nothing is told.
    #[must_use]
    pub fn histogram(
        &self,
        filter: &Filter,
        colour_by: Option<ColourBy>,
        covers: Window,
        unit: Unit,
    ) -> Option<Histogram> {
        if of_kind_and_side(filter) != *filter {
            return None;
        }
        let edges = calendar_bins(covers, unit);
        // Where each edge is among the fine ones.
        let last = self.edges.len() - 1;
        let at: Vec<usize> = edges
            .iter()
            .map(|edge| match self.edges.binary_search(edge) {
                Ok(at) => Some(at),
                Err(0) => Some(0),
                Err(at) if at > last => Some(last),
                Err(_) => None,
            })
            .collect::<Option<_>>()?;
        let mut groups: std::collections::BTreeMap<u16, Vec<f64>> =
            std::collections::BTreeMap::new();
        let passes = |c: &&Cell| {
            (filter.kinds.is_empty() || filter.kinds.contains(&c.kind))
                && (filter.sides.is_empty() || filter.sides.contains(&c.side))
        };
        for cell in self.cells.iter().filter(passes) {
            let group = match colour_by {
                None | Some(ColourBy::Number) => 0,
                Some(ColourBy::Side) => cell.groups[0],
                Some(ColourBy::Kind) => cell.groups[1],
            };
            let masses = groups
                .entry(group)
                .or_insert_with(|| vec![0.0; edges.len().saturating_sub(1)]);
            for (mass, pair) in masses.iter_mut().zip(at.windows(2)) {
                *mass += cell.before(pair[1]) - cell.before(pair[0]);
            }
        }
        Some(Histogram::from_masses(edges, groups.into_iter().collect()))
    }
}

/// What the index knows of a filter.
fn of_kind_and_side(filter: &Filter) -> Filter {
    Filter {
        kinds: filter.kinds.clone(),
        sides: filter.sides.clone(),
        ..Filter::default()
    }
}

/// The extents of a row's members.
struct Members<'a>(Option<&'a [Extent]>, [Extent; 1]);

impl AsRef<[Extent]> for Members<'_> {
    fn as_ref(&self) -> &[Extent] {
        self.0.unwrap_or(&self.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::synthetic;
    use crate::view::timeline::colour_group;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static DATA: LazyLock<(Dataset, MassIndex)> = LazyLock::new(|| {
        let dataset = synthetic::dataset(3_000, 11, &|_, _| {});
        let index = MassIndex::of(&dataset).unwrap();
        (dataset, index)
    });

    proptest! {
        #[test]
        fn a_histogram_from_the_index_is_the_one_from_the_events(
            kinds in proptest::collection::btree_set(0..16_usize, 0..4),
            sides in proptest::collection::btree_set(proptest::option::of(0..6_u8), 0..3),
            years in (1_998_i64..2_026, 1_i64..20),
            unit in proptest::sample::select(vec![Unit::Day, Unit::Week, Unit::Month, Unit::Year]),
            by in proptest::sample::select(vec![None, Some(ColourBy::Side), Some(ColourBy::Kind)]),
        ) {
            let (dataset, index) = &*DATA;
            let covers = Window::parse(&format!("{}/{}", years.0, years.0 + years.1)).unwrap();
            let filter = Filter {
                kinds: kinds.into_iter().map(|k| Kind::ALL[k]).collect(),
                sides,
                ..Filter::default()
            };
            let ours = index.histogram(&filter, by, covers, unit).unwrap();
            let rows = dataset.filtered(&filter);
            let items = rows.iter().map(|row| {
                let group = by.map_or(0, |by| colour_group(dataset, row, by));
                ([dataset.table().extent(row)], group, 1.0)
            });
            let wanted = Histogram::build(items, &calendar_bins(covers, unit));
            prop_assert_eq!(ours.edges(), wanted.edges());
            let close = |a: &f64, b: &f64| (a - b).abs() < 1e-6;
            prop_assert!(ours.totals().iter().zip(wanted.totals()).all(|(a, b)| close(a, b)));
            for ((a, ours), (b, wanted)) in ours.groups().zip(wanted.groups()) {
                prop_assert_eq!(a, b);
                prop_assert!(ours.iter().zip(wanted).all(|(a, b)| close(a, b)));
            }
            prop_assert_eq!(ours.groups().count(), wanted.groups().count());
        }
    }

    #[test]
    fn what_the_index_cannot_tell_it_does_not() {
        let (_, index) = &*DATA;
        let covers = Window::parse("2010").unwrap();
        let words = Filter {
            text: "ba".to_owned(),
            ..Filter::default()
        };
        assert!(index.histogram(&words, None, covers, Unit::Month).is_none());
        assert!(
            index
                .histogram(&Filter::default(), None, covers, Unit::Hour)
                .is_none()
        );
    }
}
