//! Bars below the timeline, one an event, packed into lanes.
//!
//! Each group has a block of lanes. What finds no lane is folded into counts by
//! place on screen, so that nothing goes unseen.

use crate::model::time::{DAY_MS, Extent, Millis, OPEN_FUTURE, OPEN_PAST, SetKind};

use super::axis::TimeAxis;

/// Narrower bars can be neither seen nor hit.
pub const MIN_BAR_PX: f64 = 4.0;
/// Free room between the bars of a lane.
pub const BAR_GAP_PX: f64 = 2.0;
/// The width of the buckets in which folded events are counted.
pub const FOLD_PX: f64 = 12.0;
/// Bars are cut this far beyond the edges of the axis, so that their ends stay
/// out of sight.
const OVERHANG_PX: f64 = 16.0;

/// An event to be packed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LaneItem<'a> {
    /// The event's row in its table.
    pub row: u32,
    /// What its lanes are grouped by.
    pub group: u16,
    /// The extents of its members, at least one.
    pub members: &'a [Extent],
    /// How the members belong together.
    pub kind: SetKind,
}

/// A part of a bar: one member of a set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Piece {
    /// The left end of what is possible.
    pub x0: f64,
    /// The right end of what is possible.
    pub x1: f64,
    /// What is certain, see [`Bar::certain`].
    pub certain: Option<(f64, f64)>,
}

/// An event's bar. Positions are pixels on screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// The event's row in its table.
    pub row: u32,
    /// Its group.
    pub group: u16,
    /// The lane, 0 on top, counted over all groups.
    pub lane: usize,
    /// The left end of what is possible.
    pub x0: f64,
    /// The right end of what is possible.
    pub x1: f64,
    /// The part in which it was certainly going on, to be drawn solid. An end
    /// known to the day counts as known, so that whatever is dated to the day
    /// is solid.
    pub certain: Option<(f64, f64)>,
    /// The members of a set that are in sight, from left to right; empty for
    /// anything else.
    pub pieces: Vec<Piece>,
    /// Whether its start is open or unknown.
    pub open_left: bool,
    /// Whether its end is open or unknown.
    pub open_right: bool,
}

/// Events that found no lane, counted where they begin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Folded {
    /// The group.
    pub group: u16,
    /// The lane that is kept for the counts.
    pub lane: usize,
    /// The left end of the bucket.
    pub x0: f64,
    /// The right end of the bucket.
    pub x1: f64,
    /// How many events begin here (or left of the axis, in the first bucket).
    pub count: u32,
}

/// The lanes of one group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// The group.
    pub group: u16,
    /// Its first lane.
    pub first_lane: usize,
    /// How many lanes it has; 0 if its counts share the last lane of all.
    pub lanes: usize,
    /// Whether its last lane, or the shared one, holds counts and no bars.
    pub folds: bool,
}

/// Packed bars and the counts of what did not fit.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lanes {
    /// The bars, by group and then in the order given.
    pub bars: Vec<Bar>,
    /// The counts, by group and from left to right.
    pub folded: Vec<Folded>,
    /// The groups that have events in sight, in ascending order.
    pub blocks: Vec<Block>,
    /// The number of lanes in use.
    pub lanes: usize,
}

/// Packs the events that are in sight into at most `max_lanes` lanes.
///
/// Each takes the first lane of its group that is free at its left end; with
/// items sorted by start, this needs as few lanes as can be. Lanes are shared
/// out one by one to the groups that still want more. A group that gets fewer
/// than it wants keeps its last lane for counts, and if there are fewer lanes
/// than groups, the last ones share one lane of counts. Every event in sight is
/// either a bar or counted once.
///
/// Costs events × lanes at worst; give only what the axis shows.
#[must_use]
pub fn pack<'a>(
    items: impl IntoIterator<Item = LaneItem<'a>>,
    axis: &TimeAxis,
    max_lanes: usize,
) -> Lanes {
    let mut seen: Vec<(LaneItem<'a>, f64, f64)> = items
        .into_iter()
        .filter_map(|item| reach(&item, axis).map(|(x0, x1)| (item, x0, x1)))
        .collect();
    // Stable: within a group the given order stays.
    seen.sort_by_key(|(item, _, _)| item.group);
    let groups: Vec<&[(LaneItem<'a>, f64, f64)]> =
        seen.chunk_by(|a, b| a.0.group == b.0.group).collect();

    let wanted: Vec<usize> = groups
        .iter()
        .map(|group| {
            let mut free = FreeLanes::new(max_lanes + 1);
            for (_, x0, x1) in *group {
                free.take(*x0, *x1);
            }
            free.used()
        })
        .collect();
    let granted = share_out(&wanted, max_lanes);

    let mut out = Lanes::default();
    for ((group, wanted), granted) in groups.iter().zip(wanted).zip(granted) {
        let folds = wanted > granted;
        let block = Block {
            group: group[0].0.group,
            first_lane: out.lanes,
            lanes: granted,
            folds,
        };
        // The lane of counts: the block's last, or the last of all.
        let fold_lane = match granted {
            0 => max_lanes.saturating_sub(1),
            _ => block.first_lane + granted - 1,
        };
        let mut free = FreeLanes::new(if folds {
            granted.saturating_sub(1)
        } else {
            granted
        });
        let mut buckets = Buckets::new(axis);
        for (item, x0, x1) in *group {
            match free.take(*x0, *x1) {
                Some(lane) => out
                    .bars
                    .push(bar(item, block.first_lane + lane, (*x0, *x1), axis)),
                None => buckets.count(*x0),
            }
        }
        out.folded.extend(buckets.folded(block.group, fold_lane));
        out.lanes += granted;
        out.blocks.push(block);
    }
    if out.blocks.iter().any(|block| block.lanes == 0) {
        out.lanes = max_lanes; // the shared lane of counts
    }
    out
}

/// The room that an event takes on screen, if it is in sight.
fn reach(item: &LaneItem<'_>, axis: &TimeAxis) -> Option<(f64, f64)> {
    let start = item
        .members
        .iter()
        .map(|member| member.start_earliest)
        .min()?;
    let last = item.members.iter().map(|member| member.end_latest).max()?;
    let (x0, x1) = span(start, last, axis);
    (x1 >= axis.x0() && x0 <= axis.x1()).then_some((x0, x1))
}

/// Positions of a first and a last moment: at least a bar's width apart, and
/// cut a little beyond the axis.
fn span(start: Millis, last: Millis, axis: &TimeAxis) -> (f64, f64) {
    let (low, high) = (axis.x0() - OVERHANG_PX, axis.x1() + OVERHANG_PX);
    let x0 = axis.x(start).clamp(low, high);
    let x1 = axis.x(last.saturating_add(1)).clamp(low, high);
    (x0, x1.max(x0 + MIN_BAR_PX))
}

/// A part at least a bar's width wide, moved to lie inside the whole.
fn within((x0, x1): (f64, f64), part: (f64, f64)) -> (f64, f64) {
    let width = (part.1 - part.0).min(x1 - x0);
    let left = part.0.min(x1 - width).max(x0);
    (left, left + width)
}

fn bar(item: &LaneItem<'_>, lane: usize, (x0, x1): (f64, f64), axis: &TimeAxis) -> Bar {
    let members = || item.members.iter();
    // Of alternatives none is certain, unless there is but one.
    let may_be_certain = item.kind != SetKind::OneOf || item.members.len() == 1;
    let piece = |extent: &Extent| {
        let whole = span(extent.start_earliest, extent.end_latest, axis);
        let (x0, x1) = within((x0, x1), whole);
        Piece {
            x0,
            x1,
            certain: certain(extent)
                .filter(|_| may_be_certain)
                .map(|(start, last)| within((x0, x1), span(start, last, axis))),
        }
    };
    let mut pieces: Vec<Piece> = match item.kind {
        SetKind::Single => Vec::new(),
        SetKind::AllOf | SetKind::OneOf => members()
            .map(piece)
            .filter(|piece| piece.x1 >= axis.x0() && piece.x0 <= axis.x1())
            .collect(),
    };
    pieces.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    Bar {
        row: item.row,
        group: item.group,
        lane,
        x0,
        x1,
        certain: match item.members {
            [only] => piece(only).certain,
            _ => None,
        },
        pieces,
        open_left: members().any(|member| member.start_earliest == OPEN_PAST),
        open_right: members().any(|member| member.end_latest == OPEN_FUTURE),
    }
}

/// First and last moment of the solid part, see [`Bar::certain`].
fn certain(extent: &Extent) -> Option<(Millis, Millis)> {
    let to_the_day = |from: Millis, to: Millis| to.saturating_sub(from) < DAY_MS;
    let start_known = to_the_day(extent.start_earliest, extent.start_latest);
    let end_known = to_the_day(extent.end_earliest, extent.end_latest);
    // Something that started on a known day certainly filled some of that day,
    // however long it went on; the same of its end.
    let start = match (start_known, end_known) {
        (true, _) => extent.start_earliest,
        (false, true) => extent.start_latest.min(extent.end_earliest),
        (false, false) => extent.start_latest,
    };
    let last = match (start_known, end_known) {
        (_, true) => extent.end_latest,
        (true, false) => extent.end_earliest.max(extent.start_latest),
        (false, false) => extent.end_earliest,
    };
    (start <= last && start != OPEN_PAST && last != OPEN_FUTURE).then_some((start, last))
}

/// Lanes, each with the position from which it is free.
struct FreeLanes {
    free_from: Vec<f64>,
    limit: usize,
}

impl FreeLanes {
    const fn new(limit: usize) -> Self {
        Self {
            free_from: Vec::new(),
            limit,
        }
    }

    /// The first lane that is free from `x0`, which then is taken until `x1`.
    fn take(&mut self, x0: f64, x1: f64) -> Option<usize> {
        let free_from = x1 + BAR_GAP_PX;
        if let Some(lane) = self.free_from.iter().position(|&free| free <= x0) {
            self.free_from[lane] = free_from;
            return Some(lane);
        }
        (self.free_from.len() < self.limit).then(|| {
            self.free_from.push(free_from);
            self.free_from.len() - 1
        })
    }

    fn used(&self) -> usize {
        self.free_from.len()
    }
}

/// Counts by place on screen.
struct Buckets {
    x0: f64,
    counts: Vec<u32>,
}

impl Buckets {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a width is positive, and no screen has 2^32 buckets"
    )]
    fn new(axis: &TimeAxis) -> Self {
        let buckets = (axis.width() / FOLD_PX).ceil().max(1.0) as usize;
        Self {
            x0: axis.x0(),
            counts: vec![0; buckets],
        }
    }

    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held to the buckets there are; left of the axis becomes 0"
    )]
    fn count(&mut self, x: f64) {
        let last = self.counts.len() - 1;
        let bucket = (((x - self.x0) / FOLD_PX).max(0.0) as usize).min(last);
        self.counts[bucket] = self.counts[bucket].saturating_add(1);
    }

    #[allow(clippy::cast_precision_loss, reason = "a number of buckets")]
    fn folded(self, group: u16, lane: usize) -> impl Iterator<Item = Folded> {
        let edge = move |bucket: usize| self.x0 + bucket as f64 * FOLD_PX;
        self.counts
            .into_iter()
            .enumerate()
            .filter(|(_, count)| *count > 0)
            .map(move |(bucket, count)| Folded {
                group,
                lane,
                x0: edge(bucket),
                x1: edge(bucket + 1),
                count,
            })
    }
}

/// How many lanes each group gets: one at a time to those that still want more,
/// in order. If there are more groups than lanes, the last lane goes to nobody
/// but to the counts of the groups that get none.
fn share_out(wanted: &[usize], max_lanes: usize) -> Vec<usize> {
    let mut granted = vec![0; wanted.len()];
    if wanted.len() > max_lanes {
        let served = max_lanes.saturating_sub(1);
        granted.iter_mut().take(served).for_each(|lanes| *lanes = 1);
        return granted;
    }
    let mut left = max_lanes;
    loop {
        let before = left;
        for (granted, wanted) in granted.iter_mut().zip(wanted) {
            if *granted < *wanted && left > 0 {
                *granted += 1;
                left -= 1;
            }
        }
        if left == before || left == 0 {
            return granted;
        }
    }
}

#[cfg(test)]
mod tests;
