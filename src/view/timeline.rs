//! What the timeline shows: a histogram of the filtered set over a ghost of
//! the whole, and a bar an event in lanes.
//!
//! Both are kept until something they depend on changes. Moving the window is
//! nothing of that kind; neither, for the histogram, is panning a little.

mod brush;
mod ends;
mod masses;

pub use brush::{GRAB_PX, Grab, Part, Zones, edges, nudged, reveal, snap_unit, stretch};
pub use ends::{Ends, EndsError, WhichEnd, to_seconds};

use std::sync::Arc;

use crate::dataset::{Dataset, Filter, RowSet};
use crate::model::time::{Extent, SetKind, Unit, When};
use crate::model::{EventRow, Kind, SourceKind};
use crate::session::{ColourBy, GroupBy};

use super::axis::TimeAxis;
use super::histogram::{Histogram, auto_unit};
use super::lanes::{Bar, LaneItem, Lanes, pack};
use masses::Masses;

/// Bins of the automatic unit are at least this wide.
const BIN_PX: f64 = 6.0;
/// Bins of a chosen unit are at least this wide: finer ones no eye tells apart.
const MIN_BIN_PX: f64 = 2.0;
/// More lanes than this are folded into counts.
const MAX_LANES: usize = 96;
/// More events than this in sight are not drawn one by one. Packing so many
/// takes a few milliseconds, and no screen has room for their bars.
pub const MAX_BARS: u64 = 4_000;
/// A bar can be hit this far beside it.
const REACH_PX: f64 = 3.0;

/// The events of which the timeline is made.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The dataset.
    pub dataset: &'a Arc<Dataset>,
    /// The filter by which the set came about: the key of what is kept.
    pub filter: &'a Filter,
    /// The filtered set, whatever the window.
    pub filtered: &'a RowSet,
}

/// What the lanes depend on.
#[derive(Clone, PartialEq)]
struct LanesKey {
    dataset: u64,
    filter: Filter,
    axis: TimeAxis,
    group_by: GroupBy,
}

/// The bars in sight.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LaneView {
    /// Bars, counts of what found no lane, and the blocks of groups.
    pub lanes: Lanes,
    /// For each bar the free room to its left and right in its lane, within
    /// the axis.
    pub room: Vec<(f64, f64)>,
    /// How many events are in sight, drawn or not.
    pub in_sight: u64,
}

/// The timeline's view-models, kept from frame to frame.
#[derive(Default)]
pub struct TimelineView {
    masses: Masses,
    lanes: Option<(LanesKey, LaneView)>,
    /// How often something was made anew; tests look at it.
    builds: usize,
}

impl TimelineView {
    /// The histogram of the whole set, all in group 0, and that of the filtered
    /// set by colour, over at least what the axis shows; of a large dataset, what
    /// was shown before as long as [`TimelineView::is_pending`].
    pub fn histograms(
        &mut self,
        scene: Scene<'_>,
        axis: &TimeAxis,
        unit: Unit,
        colour_by: ColourBy,
    ) -> (&Histogram, &Histogram) {
        self.masses
            .histograms(scene, axis, unit, colour_by, &mut self.builds)
    }

    /// Whether a histogram is still being made in the background, and that of
    /// before shown: then ask again soon.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        self.masses.is_late()
    }

    /// The bars of the filtered set that are in sight.
    pub fn lanes(&mut self, scene: Scene<'_>, axis: &TimeAxis, group_by: GroupBy) -> &LaneView {
        let key = LanesKey {
            dataset: scene.dataset.revision(),
            filter: scene.filter.clone(),
            axis: *axis,
            group_by,
        };
        if self.lanes.as_ref().is_none_or(|(old, _)| *old != key) {
            self.builds += 1;
            self.lanes = None;
        }
        &self
            .lanes
            .get_or_insert_with(|| (key, lane_view(scene, axis, group_by)))
            .1
    }
}

/// The extents of a row's members.
enum Members<'a> {
    One([Extent; 1]),
    Many(&'a [Extent]),
}

impl<'a> Members<'a> {
    fn of(dataset: &'a Dataset, row: EventRow) -> Self {
        match dataset.table().set(row) {
            Some(members) => Self::Many(members),
            None => Self::One([dataset.table().extent(row)]),
        }
    }
}

impl AsRef<[Extent]> for Members<'_> {
    fn as_ref(&self) -> &[Extent] {
        match self {
            Self::One(one) => one,
            Self::Many(many) => many,
        }
    }
}

fn lane_view(scene: Scene<'_>, axis: &TimeAxis, group_by: GroupBy) -> LaneView {
    let Scene {
        dataset, filtered, ..
    } = scene;
    // The axis has ends, so what has no date is not among these.
    let in_sight = dataset.count_in(filtered, axis.window());
    if in_sight > MAX_BARS {
        return LaneView {
            in_sight,
            ..LaneView::default()
        };
    }
    let rows = dataset.select(filtered, axis.window()).possible;
    let members: Vec<(EventRow, Members<'_>)> = rows
        .iter()
        .map(|row| (row, Members::of(dataset, row)))
        .collect();
    let items = members.iter().map(|(row, members)| LaneItem {
        row: row.0,
        group: lane_group(dataset, *row, group_by),
        members: members.as_ref(),
        kind: match members {
            Members::One(_) => SetKind::Single,
            Members::Many(_) => dataset
                .event(*row)
                .when
                .as_ref()
                .map_or(SetKind::Single, When::set_kind),
        },
    });
    let lanes = pack(items, axis, MAX_LANES);
    LaneView {
        room: room(&lanes, axis),
        lanes,
        in_sight,
    }
}

/// Free room to the left and right of each bar in its lane.
fn room(lanes: &Lanes, axis: &TimeAxis) -> Vec<(f64, f64)> {
    // Bars of a lane come in order of their left ends.
    let mut last: Vec<Option<usize>> = vec![None; lanes.lanes];
    let mut room: Vec<(f64, f64)> = Vec::with_capacity(lanes.bars.len());
    for (at, bar) in lanes.bars.iter().enumerate() {
        let before = last
            .get_mut(bar.lane)
            .and_then(|last| last.replace(at))
            .map(|before| (before, bar.x0 - lanes.bars[before].x1));
        if let Some((before, gap)) = before {
            room[before].1 = gap;
        }
        let left = before.map_or(bar.x0 - axis.x0(), |(_, gap)| gap);
        room.push((left, axis.x1() - bar.x1));
    }
    room
}

impl LaneView {
    /// The bar at a screen position, or the nearest within reach of it.
    #[must_use]
    pub fn bar_at(&self, x: f64, lane: usize) -> Option<&Bar> {
        let beside = |bar: &Bar| (bar.x0 - x).max(x - bar.x1).max(0.0);
        self.lanes
            .bars
            .iter()
            .filter(|bar| bar.lane == lane && beside(bar) <= REACH_PX)
            .min_by(|a, b| beside(a).total_cmp(&beside(b)))
    }
}

/// The unit of the bins: the chosen one, or a coarser one where its bins would
/// be too narrow to see; without a choice the finest that reads well.
#[must_use]
pub fn bin_unit(axis: &TimeAxis, chosen: Option<Unit>) -> Unit {
    match chosen {
        Some(unit) => unit.max(auto_unit(axis, MIN_BIN_PX)),
        None => auto_unit(axis, BIN_PX),
    }
}

/// The colour group of an event: its side or the position of its kind. Events
/// without a side come after all sides.
#[must_use]
pub fn colour_group(dataset: &Dataset, row: EventRow, by: ColourBy) -> u16 {
    match by {
        ColourBy::Side => side_group(dataset, dataset.side(row)),
        ColourBy::Kind => kind_group(dataset.table().kind(row)),
        ColourBy::Number => 0,
    }
}

/// The group of an event's lane, in order of display. An event of several
/// sources is in the group of its first report; of none, after all.
#[must_use]
pub fn lane_group(dataset: &Dataset, row: EventRow, by: GroupBy) -> u16 {
    match by {
        GroupBy::Kind => kind_group(dataset.table().kind(row)),
        GroupBy::Side => side_group(dataset, dataset.side(row)),
        GroupBy::Source => {
            let sources = dataset.sources_of_event(row);
            let report = sources
                .iter()
                .find(|s| dataset.source(**s).kind == SourceKind::Report)
                .or_else(|| sources.first());
            let at = report.map_or(dataset.sources().len(), |s| s.at());
            u16::try_from(at).unwrap_or(u16::MAX)
        }
    }
}

pub(super) fn kind_group(kind: Kind) -> u16 {
    let at = Kind::ALL.iter().position(|k| *k == kind).unwrap_or(0);
    u16::try_from(at).unwrap_or(u16::MAX)
}

pub(super) fn side_group(dataset: &Dataset, side: Option<u8>) -> u16 {
    let sides = dataset.meta().sides.len();
    side.map_or_else(|| u16::try_from(sides).unwrap_or(u16::MAX), u16::from)
}

#[cfg(test)]
mod tests;
