//! Writing events as a table.

use std::io::Write;

use crate::dataset::mercator::{WORLD, lat_of, lon_of};
use crate::dataset::{Dataset, EventTable};
use crate::model::EventRow;
use crate::model::time::SetKind;

use super::COLUMNS;

/// Writes all events of a dataset as a table that [`super::read`] reads: of
/// each the columns there are, and the first actor. Positions, kinds, texts and
/// times that an expression says come back as they were; sides, tolls and the
/// like have no column.
///
/// # Errors
/// When it cannot be written.
pub fn write(dataset: &Dataset, out: impl Write) -> Result<(), csv::Error> {
    let mut out = csv::Writer::from_writer(out);
    out.write_record(COLUMNS.map(|(name, _)| name))?;
    for row in dataset.rows() {
        let event = dataset.event(row);
        let (start, end) = dates(&event);
        let (lat, lon) = degrees(dataset.table(), row);
        let actor = dataset.actors_of(row).next();
        let actor = actor.map_or("", |a| dataset.actor(a).name("en"));
        let notes = match event.summary.get("en") {
            "" => event.titles.get("en"),
            notes => notes,
        };
        let kind = event.kind.id();
        out.write_record([&event.id, &lat, &lon, start, end, kind, actor, notes])?;
    }
    out.flush()?;
    Ok(())
}

/// The columns of start and end.
fn dates(event: &crate::model::EventDetail) -> (&str, &str) {
    let Some(when) = &event.when else {
        return ("", "");
    };
    match when.edtf().split_once('/') {
        Some(ends) if when.set_kind() == SetKind::Single => ends,
        _ => (when.edtf(), ""),
    }
}

/// Latitude and longitude of the middle of the row's fixed-point position, with
/// as many digits as it takes to find it again.
fn degrees(table: &EventTable, row: EventRow) -> (String, String) {
    let Some((x, y)) = table.position(row) else {
        return (String::new(), String::new());
    };
    let lon = lon_of(x) + 180.0 / WORLD;
    let lat = f64::midpoint(lat_of(y), lat_of(y.saturating_add(1)));
    (format!("{lat:.9}"), format!("{lon:.9}"))
}
