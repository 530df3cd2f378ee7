//! The tables that we write ourselves: see `formats::own` for what stands in
//! their texts, and `formats::write` for what stands before these.

use super::super::super::mapping::Role;
use super::super::super::{Draft, Wrong};
use super::super::row::Row;
use super::super::wkt;
use super::{Field, other, whole};
use crate::formats::own::{self, LAT, LON, Texts, WKT};
use crate::formats::write::unguard;

/// The first of our columns, none of which is ever left out.
pub(super) const SIGNS: &[&[&str]] = &[own::NAMES.split_at(13).0];

// In the order of `own::NAMES`.
pub(super) const FIELDS: &[Field] = &[
    whole("id", Role::Id),
    whole("title", Role::Title),
    whole("kind", Role::Kind),
    whole("when", Role::Date),
    whole("start", Role::Start),
    whole("end", Role::End),
    whole("lat", Role::Latitude),
    whole("lon", Role::Longitude),
    whole("wkt", Role::Wkt),
    whole("precision", Role::Precision),
    whole("radius_m", Role::Radius),
    whole("place", Role::Place),
    whole("actors", Role::Actor),
    whole("sources", Role::Source),
    whole("notes", Role::Summary),
    other("side"),
    whole("flags", Role::Attribute),
    whole("tolls", Role::Attribute),
    whole("killed_low", Role::Killed),
    whole("killed", Role::Killed),
    whole("killed_high", Role::Killed),
    whole("wounded_low", Role::Wounded),
    whole("wounded", Role::Wounded),
    whole("wounded_high", Role::Wounded),
    whole("captured_low", Role::Attribute),
    whole("captured", Role::Attribute),
    whole("captured_high", Role::Attribute),
    whole("surrendered_low", Role::Attribute),
    whole("surrendered", Role::Attribute),
    whole("surrendered_high", Role::Attribute),
    whole("displaced_low", Role::Attribute),
    whole("displaced", Role::Attribute),
    whole("displaced_high", Role::Attribute),
    whole("joined_low", Role::Attribute),
    whole("joined", Role::Attribute),
    whole("joined_high", Role::Attribute),
];

/// The attribute that a column of ours holds.
pub(super) fn attribute(name: &str) -> &str {
    own::own_name(unguard(name), &[])
}

/// The texts of a row.
struct Cells<'c, 'r, 'a>(&'c mut Row<'r, 'a>);

impl<'a> Texts<'a> for Cells<'_, '_, 'a> {
    fn text(&self, field: usize) -> &'a str {
        self.0
            .column(field)
            .map_or("", |at| unguard(self.0.raw(at)))
    }

    fn wrong(&mut self, wrong: &'static Wrong, field: usize, text: &str) {
        self.0.note_field(wrong, field, text);
    }

    fn keep(&mut self, field: usize) {
        if let Some(column) = self.0.column(field) {
            self.0.fail(column);
        }
    }
}

pub(super) fn fill<'a>(draft: &mut Draft<'a>, row: &mut Row<'_, 'a>) {
    row.point_fields(draft, LAT, LON);
    let text = row.field(WKT);
    if let Some(column) = row.column(WKT)
        && draft.geometry.is_none()
        && !text.is_empty()
    {
        let plan = row.plan;
        let name = plan.names.get(column).map_or("", String::as_str);
        draft.geometry = wkt(text, name, row.line, row.findings);
        if draft.geometry.is_none() {
            row.fail(column);
        }
    }
    own::fill(draft, &mut Cells(row));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_those_of_the_texts() {
        let names: Vec<_> = FIELDS.iter().map(|f| f.name).collect();
        assert_eq!(names, own::NAMES);
    }
}
