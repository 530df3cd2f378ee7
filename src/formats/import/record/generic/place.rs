//! Where something happened, by the columns of a table.

use super::super::super::Draft;
use super::super::super::mapping::Role;
use super::super::coords::{self, At};
use super::super::degrees::{Order, geopoint, order_of};
use super::super::row::Row;
use super::super::{Plan, geometry, wrong};

/// Two columns, one with both, or a geometry.
pub(super) fn fill<'a>(plan: &Plan, draft: &mut Draft<'a>, row: &mut Row<'_, 'a>) {
    let first = |role: Role| plan.slots[role as usize].first().copied();
    if let (Some(lat), Some(lon)) = (first(Role::Latitude), first(Role::Longitude)) {
        row.point(draft, lat, lon);
    }
    for role in [Role::LatLon, Role::LonLat, Role::Wkt, Role::Geometry] {
        let Some(column) = first(role).filter(|_| draft.geometry.is_none()) else {
            continue;
        };
        let text = row.value(column);
        if text.is_empty() {
            continue;
        }
        let name = plan.names[column].as_str();
        let at = At {
            lat: name,
            lon: name,
            line: row.line,
            letter: plan.letter,
        };
        draft.geometry = if matches!(role, Role::LatLon | Role::LonLat) {
            let spot = geopoint(text).filter(|_| role == Role::LatLon);
            if spot.is_some() {
                // Its height and accuracy are kept.
                row.fail(column);
            }
            let order = order_of(text);
            let pair = spot.or_else(|| coords::pair_with(text, at.letter));
            if let Some((a, b)) = pair.filter(|_| order != Order::Neither) {
                let lat_first = match order {
                    Order::LatLon => true,
                    Order::LonLat => false,
                    _ => role == Role::LatLon,
                };
                let (lat, lon) = if lat_first { (a, b) } else { (b, a) };
                if at.letter == coords::Letter::Presumed && coords::has_o(text) {
                    row.findings.note(&wrong::LETTER_O, at.lon, at.line, text);
                }
                coords::located(lat, lon, &at, row.findings)
            } else {
                row.findings.note(&wrong::COORDINATE, at.lat, at.line, text);
                None
            }
        } else {
            match geometry::read(text) {
                Ok(Some(geometry)) => geometry::checked(&geometry, &at, row.findings),
                // It says that there is none.
                Ok(None) => {
                    row.take(column);
                    continue;
                }
                Err(why) => {
                    row.findings
                        .note_why(&wrong::GEOMETRY, at.lat, at.line, text, &why);
                    None
                }
            }
        };
        if draft.geometry.is_some() {
            row.take(column);
        }
    }
}
