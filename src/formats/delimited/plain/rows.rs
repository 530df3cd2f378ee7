//! From a block of records to events in columns.

use crate::dataset::{PlainEvent, PlainId};
use crate::formats::import::Gather;
use crate::formats::import::record::dates;
use crate::formats::import::record::{Plan, blank};
use crate::model::time::{Extent, OPEN_FUTURE, OPEN_PAST};
use crate::model::{ActorIx, Kind, Precision, Schema};

use super::super::blocks::Block;
use super::Layout;

const ID: usize = 0;
const LAT: usize = 1;
const LON: usize = 2;
const START: usize = 3;
const END: usize = 4;
const KIND: usize = 5;
const ACTOR: usize = 6;
const NOTES: usize = 7;

/// An open end.
const OPEN: &str = "..";
/// A date longer than this has a time of day.
const DAY: usize = "2014-05-01".len();

/// The events of a block, or `None` if anything in it is not written so
/// plainly that there is nothing to be asked, assumed or warned of.
pub(in super::super) fn gather(block: &Block, layout: &Layout, plan: &Plan) -> Option<Gather> {
    if !block.is_sound() {
        return None;
    }
    let records = &block.records;
    let mut gather = Gather::piece(records.len(), text_bytes(block, layout));
    plan.declare(&mut gather);
    let mut kind = ("", Kind::Other);
    let mut actor: (&str, Option<ActorIx>) = ("", None);
    for record in 0..records.len() {
        if records.width(record) != layout.width {
            return None;
        }
        let get = |column: usize| match layout.at[column] {
            Some(at) => blank::trim(records.get(record, at)),
            None => "",
        };
        let id = get(ID);
        if id.is_empty() {
            return None;
        }
        let lon_lat = place(get(LAT), get(LON))?;
        let extent = when(get(START), get(END), plan)?;
        if lon_lat.is_none() && extent.is_none() {
            // A row of totals, perhaps.
            return None;
        }
        // Neighbours are often of one kind and by one actor.
        if kind.0 != get(KIND) {
            kind = match get(KIND) {
                "" => ("", Kind::Other),
                word => (word, Kind::from_id(word)?),
            };
        }
        if actor.0 != get(ACTOR) {
            actor = (get(ACTOR), named(get(ACTOR), &mut gather)?);
        }
        let event = PlainEvent {
            id: PlainId::of(id),
            extent,
            lon_lat,
            precision: match lon_lat {
                Some(_) => Precision::Exact,
                None => Precision::Unknown,
            },
            kind: kind.1,
            side: None,
            actor: actor.1,
            place: None,
            killed: None,
            title: "",
            notes: get(NOTES),
        };
        gather.add_plain(&event, records.line(record));
    }
    Some(gather)
}

/// Bytes that the texts of the events of a block take.
pub(super) fn text_bytes(block: &Block, layout: &Layout) -> usize {
    let records = &block.records;
    let of = |column: usize| {
        let at = layout.at[column];
        (0..records.len())
            .map(|r| at.map_or(0, |at| records.get(r, at).len()))
            .sum::<usize>()
    };
    of(NOTES) + of(ID)
}

/// `Some(None)` where there is none.
#[allow(clippy::option_option, reason = "there is none, or it is not plain")]
fn place(lat: &str, lon: &str) -> Option<Option<(f64, f64)>> {
    if lat.is_empty() && lon.is_empty() {
        return Some(None);
    }
    let (y, x): (f64, f64) = (lat.parse().ok()?, lon.parse().ok()?);
    let plain = y.abs() <= 90.0 && x.abs() <= 180.0 && !(x == 0.0 && y == 0.0);
    plain.then_some(Some((x + 0.0, y + 0.0)))
}

/// `Some(None)` where there is none.
#[allow(clippy::option_option, reason = "there is none, or it is not plain")]
fn when(start: &str, end: &str, plan: &Plan) -> Option<Option<Extent>> {
    if start.is_empty() {
        return end.is_empty().then_some(None);
    }
    let from = date(start)?;
    let extent = match end {
        "" => from,
        end if end == start => from,
        OPEN => Extent::spanning(
            (from.start_earliest, from.start_latest),
            (OPEN_PAST, OPEN_FUTURE),
        ),
        end => {
            let to = date(end).filter(|to| to.end_latest >= from.start_earliest)?;
            Extent::spanning(
                (from.start_earliest, from.start_latest),
                (to.end_earliest, to.end_latest),
            )
        }
    };
    (!plan.is_future(extent)).then_some(Some(extent))
}

/// A date in ISO 8601; what midnight means is for the whole column to say.
fn date(text: &str) -> Option<Extent> {
    let timed = text.len() > DAY && dates::at_midnight(text) != Some(false);
    dates::iso(text.as_bytes()).filter(|_| !timed)
}

/// Who did it, if that is one, and has a name.
#[allow(clippy::option_option, reason = "there is none, or it is not plain")]
fn named(name: &str, gather: &mut Gather) -> Option<Option<ActorIx>> {
    if name.is_empty() {
        return Some(None);
    }
    let plain = !name.contains(';') && !blank::is_no_name(name) && name.parse::<f64>().is_err();
    plain.then(|| Some(gather.actor(name, Schema::LegalEntity)))
}
