//! The event table: one column an attribute, sorted by time.

use geo::Geometry;

use crate::model::time::{Extent, Inclusion, When, Window};
use crate::model::{EventDetail, EventRow, Kind, Role};

use super::anchor::anchor;
use super::columns::PlainColumns;
use super::narrow::Narrow;
use super::plain::{NO_SIDE, NONE, PlainEvents, UNDATED, position};
use super::times::Times;
use super::{GeoBox, Parts, geometry_box, mercator};

/// Columns of the events, in order of earliest start.
pub struct EventTable {
    times: Times,
    x: Vec<u32>,
    /// [`NONE`] without a place.
    y: Vec<u32>,
    kind: Vec<Kind>,
    side: Vec<u8>,
    /// Rows whose time is a set of several extents, which the four columns
    /// only bound, with that set.
    sets: std::collections::HashMap<u32, When>,
    /// Rows whose geometry is more than a point, with its bounds in degrees.
    extended: Vec<(EventRow, GeoBox)>,
    /// The rest of what is known, where there are no records beside the table.
    plain: Option<PlainColumns>,
}

impl EventTable {
    /// Takes over the columns of plain events, which are sorted.
    pub(super) fn from_plain(events: PlainEvents) -> Self {
        let shapes = events.wide.shapes.iter();
        let mut extended: Vec<(EventRow, GeoBox)> = shapes
            .filter_map(|(row, shape)| Some((EventRow(*row), geometry_box(shape)?)))
            .collect();
        extended.sort_unstable_by_key(|(row, _)| *row);
        Self {
            times: events.times,
            x: events.x,
            y: events.y,
            kind: events.kind,
            side: events.side,
            sets: events.sets,
            extended,
            plain: Some(PlainColumns {
                precision: events.precision,
                actor: Narrow::of(events.actor),
                place: Narrow::of(events.place),
                killed: Narrow::of(events.killed),
                id: events.id,
                text: events.text,
                wide: events.wide,
            }),
        }
    }

    /// The columns that stand in for records, if there are no records.
    pub(super) fn plain(&self) -> Option<&PlainColumns> {
        self.plain.as_ref()
    }

    /// Builds the columns from sorted events.
    #[must_use]
    pub fn build(parts: &Parts) -> Self {
        let n = parts.events.len();
        let mut table = Self {
            times: Times::with_capacity(n),
            x: Vec::with_capacity(n),
            y: Vec::with_capacity(n),
            kind: Vec::with_capacity(n),
            side: Vec::with_capacity(n),
            sets: std::collections::HashMap::new(),
            extended: Vec::new(),
            plain: None,
        };
        for event in &parts.events {
            table.push(event, parts);
        }
        table.times.finish();
        table
    }

    fn push(&mut self, event: &EventDetail, parts: &Parts) {
        let row = EventRow::new(self.kind.len());
        // Without a date an event is in no window but the one without ends.
        let extent = event.when.as_ref().map_or(UNDATED, When::extent);
        self.times.push(extent);
        if let Some(when) = &event.when
            && when.members().len() > 1
        {
            self.sets.insert(row.0, when.clone());
        }
        let (x, y) = position(event.geometry.as_ref().and_then(anchor));
        self.x.push(x);
        self.y.push(y);
        if let Some(g) = &event.geometry
            && !matches!(g, Geometry::Point(_))
            && let Some(bounds) = geometry_box(g)
        {
            self.extended.push((row, bounds));
        }
        self.kind.push(event.kind);
        let initiator = event
            .participants
            .iter()
            .find(|p| p.role == Role::Initiator);
        let side = event
            .side
            .or_else(|| initiator.and_then(|p| parts.actors[p.actor.at()].side));
        self.side.push(side.unwrap_or(NO_SIDE));
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.kind.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kind.is_empty()
    }

    /// The four-point extent of a row in UTC milliseconds; of a set, its hull.
    /// An event without a date has an extent that ends before it starts.
    #[must_use]
    pub fn extent(&self, row: EventRow) -> Extent {
        self.times.extent(row.at())
    }

    /// Whether the row has a date.
    #[must_use]
    pub fn is_dated(&self, row: EventRow) -> bool {
        let extent = self.extent(row);
        extent.start_earliest <= extent.end_latest
    }

    /// The extents of a row whose time is a set of several; else `None`.
    #[must_use]
    pub fn set(&self, row: EventRow) -> Option<&[Extent]> {
        self.sets.get(&row.0).map(When::members)
    }

    /// The set of dates of a row, if its time is one of several extents.
    pub(super) fn set_when(&self, row: EventRow) -> Option<&When> {
        self.sets.get(&row.0)
    }

    /// How the row stands to a window.
    #[must_use]
    pub fn inclusion(&self, row: EventRow, window: Window) -> Inclusion {
        match self.sets.get(&row.0) {
            Some(when) => when.relation(window),
            None => self.extent(row).relation(window),
        }
    }

    /// Earliest starts of all rows, ascending.
    #[must_use]
    pub fn starts(&self) -> &[i64] {
        self.times.starts()
    }

    /// For each row the number of what its extent allows beyond its earliest
    /// start; empty if nearly every row has one of its own.
    #[must_use]
    pub fn shapes(&self) -> &[u32] {
        self.times.numbers()
    }

    /// Positions of all rows, without meaning where there is none.
    pub(super) fn positions(&self) -> (&[u32], &[u32]) {
        (&self.x, &self.y)
    }

    /// Rows whose time is a set of several extents, in no order.
    pub(super) fn set_rows(&self) -> impl Iterator<Item = u32> {
        self.sets.keys().copied()
    }

    /// Position of the row's mark in fixed-point Mercator, if it has a place.
    #[must_use]
    pub fn position(&self, row: EventRow) -> Option<(u32, u32)> {
        let at = row.at();
        let y = self.y[at];
        (y != NONE).then(|| (self.x[at], y))
    }

    /// Position of the row's mark as longitude and latitude in degrees.
    #[must_use]
    pub fn lon_lat(&self, row: EventRow) -> Option<(f64, f64)> {
        self.position(row)
            .map(|(x, y)| (mercator::lon_of(x), mercator::lat_of(y)))
    }

    /// The row's kind.
    #[must_use]
    pub fn kind(&self, row: EventRow) -> Kind {
        self.kind[row.at()]
    }

    /// The side whose action the event is: its own, else that of its first
    /// initiator.
    #[must_use]
    pub fn side(&self, row: EventRow) -> Option<u8> {
        let side = self.side[row.at()];
        (side != NO_SIDE).then_some(side)
    }

    /// Rows whose geometry is more than a point, with its bounds.
    #[must_use]
    pub fn extended(&self) -> &[(EventRow, GeoBox)] {
        &self.extended
    }

    /// Whether the row's geometry is more than a point.
    #[must_use]
    pub fn is_extended(&self, row: EventRow) -> bool {
        let found = self.extended.binary_search_by_key(&row, |(row, _)| *row);
        found.is_ok()
    }
}
