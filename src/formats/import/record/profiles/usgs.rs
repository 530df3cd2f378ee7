//! Earthquakes as the U.S. Geological Survey gives them out
//! (earthquake.usgs.gov/earthquakes/feed/v1.0/csv.php).

use std::borrow::Cow;

use crate::model::Kind;

use super::super::super::mapping::Role;
use super::super::super::{Draft, DraftSource};
use super::super::generic;
use super::super::row::Row;
use super::{Field, other, part, whole};

// As a table, and as features, whose position is their geometry.
pub(super) const SIGNS: &[&[&str]] = &[
    &["time", "latitude", "longitude", "mag"],
    &["mag", "place", "time", "updated", "magtype", "detail"],
];

// Fractions of seconds are not held.
pub(super) const FIELDS: &[Field] = &[
    whole("id", Role::Id),
    part("time", Role::Date),
    whole("latitude", Role::Latitude),
    whole("longitude", Role::Longitude),
    whole("place", Role::Place),
    other("mag"),
    other("type"),
    other("horizontalerror"),
    whole("title", Role::Title),
    whole("url", Role::Url),
];
const ID: usize = 0;
const TIME: usize = 1;
const LATITUDE: usize = 2;
const LONGITUDE: usize = 3;
const PLACE: usize = 4;
const MAG: usize = 5;
const TYPE: usize = 6;
const ERROR_KM: usize = 7;
const TITLE: usize = 8;
const URL: usize = 9;

pub(super) fn fill<'a>(draft: &mut Draft<'a>, row: &mut Row<'_, 'a>) {
    draft.id = Cow::Borrowed(row.field(ID));
    draft.place = Cow::Borrowed(row.field(PLACE));
    let (mag, kind) = (row.field(MAG), row.field(TYPE));
    draft.kind = generic::kind_of(kind).unwrap_or(Kind::Other);
    let kind = match kind {
        "" | "earthquake" => "M",
        other => other,
    };
    let parts = [
        kind,
        " ",
        mag,
        if draft.place.is_empty() { "" } else { ", " },
        &draft.place,
    ];
    draft.title = match row.field(TITLE) {
        "" => Cow::Owned(parts.concat().trim().to_owned()),
        title => Cow::Borrowed(title),
    };
    if !row.field(URL).is_empty() {
        draft.sources.push(DraftSource {
            url: Cow::Borrowed(row.field(URL)),
            ..DraftSource::default()
        });
    }
    if let Some(told) = row.date_field(TIME) {
        draft.time = told.time;
    }
    row.point_fields(draft, LATITUDE, LONGITUDE);
    // Kilometres.
    if let Ok(km) = row.field(ERROR_KM).parse::<f64>()
        && km.is_finite()
        && km >= 0.0
    {
        draft.radius_m = Some(km * 1_000.0);
    }
}
