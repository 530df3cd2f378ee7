//! What stands in columns where an event has no record, and the record that is
//! made of it when somebody asks for one.

use geo::Geometry;
use serde_json::Value;

use crate::model::time::When;
use crate::model::{
    ActorIx, EventDetail, EventRow, Extra, Flag, Localised, Participant, PlaceIx, Precision, Role,
    SourceIx, Toll, TollKind, TollSum,
};

use super::narrow::Narrow;
use super::plain::NONE;
use super::text_index::has_digit;
use super::texts::Texts;
use super::wide::{AttributeColumn, PlainToll, Wide};
use super::{EventTable, GeoBox, geometry_box, mercator};

/// Members of our own events, which no attribute may be called like.
pub const OWN_MEMBERS: [&str; 13] = [
    "id",
    "title",
    "titles",
    "summary",
    "kind",
    "side",
    "when",
    "place",
    "precision",
    "radius_m",
    "participants",
    "tolls",
    "flags",
];
/// Stands before the name of an attribute that is called like a member of ours.
const COLUMN: &str = "column:";

/// Columns that stand in for the records of a table without any.
pub(super) struct PlainColumns {
    pub(super) precision: Vec<Precision>,
    pub(super) actor: Narrow,
    /// Empty if no event has a place.
    pub(super) place: Narrow,
    pub(super) killed: Narrow,
    pub(super) id: Vec<u32>,
    pub(super) text: Texts,
    pub(super) wide: Wide,
}

impl PlainColumns {
    /// Who took part, and how.
    pub(super) fn participants(
        &self,
        row: EventRow,
    ) -> impl Iterator<Item = (ActorIx, Role)> + use<'_> {
        let one = self.actor.get(row.at());
        let one = one.map(|actor| (ActorIx(actor), Role::Initiator));
        let several = self.wide.participants.of(row.at());
        one.into_iter().chain(several.iter().copied())
    }

    /// The tolls of a row, in order.
    pub(super) fn tolls(&self, row: EventRow) -> impl Iterator<Item = PlainToll> + use<'_> {
        let one = self.killed.get(row.at()).map(|best| PlainToll {
            who: None,
            what: TollKind::Killed,
            low: None,
            best: Some(best),
            high: None,
        });
        let several = self.wide.tolls.of(row.at());
        one.into_iter().chain(several.iter().map(|t| t.toll()))
    }

    /// The sources that tell of a row, ascending.
    pub(super) fn sources(&self, row: EventRow) -> &[SourceIx] {
        self.wide.sources.of(row.at())
    }

    /// The warnings of a row, each once.
    pub(super) fn flags(&self, row: EventRow) -> impl Iterator<Item = Flag> + use<> {
        self.wide.flags(row.at())
    }

    pub(super) fn place(&self, row: EventRow) -> Option<PlaceIx> {
        self.place.get(row.at()).map(PlaceIx)
    }

    pub(super) fn precision(&self, row: EventRow) -> Precision {
        self.precision[row.at()]
    }

    pub(super) fn killed(&self, row: EventRow) -> TollSum {
        if let Some(sum) = self.wide.killed(row.at()) {
            return sum;
        }
        let sum = self.killed.get(row.at()).map(u64::from);
        TollSum {
            low: sum,
            best: sum,
            high: sum,
        }
    }

    pub(super) fn radius_m(&self, row: EventRow) -> Option<f64> {
        match self.record(row) {
            Some(record) => record.radius_m,
            None => self.wide.radius_m(row.at()),
        }
    }

    /// The record of a row that has one.
    pub(super) fn record(&self, row: EventRow) -> Option<&EventDetail> {
        self.wide.records.get(&row.0).map(AsRef::as_ref)
    }

    /// The id, if it is a number.
    pub(super) fn number(&self, row: EventRow) -> Option<u32> {
        let id = self.id[row.at()];
        (id != NONE).then_some(id)
    }

    /// Title, notes, and the id if it is a text.
    pub(super) fn texts(&self, row: EventRow) -> [&str; 3] {
        self.text.of(row.at())
    }

    /// Every text of a row in which words are looked for, but for its id if
    /// that has digits.
    pub(super) fn each_text<'a>(&'a self, row: EventRow, put: &mut dyn FnMut(&'a str)) {
        let [title, notes, id] = self.texts(row);
        put(title);
        put(notes);
        if !has_digit(id) {
            put(id);
        }
        if let Some(record) = self.record(row) {
            let texts = record.titles.iter().chain(record.summary.iter());
            texts.for_each(|(_, text)| put(text));
        }
    }

    /// The title in `lang` or another language; of an event without a title,
    /// its notes.
    pub(super) fn title(&self, row: EventRow, lang: &str) -> &str {
        if let Some(record) = self.record(row) {
            return match record.titles.get(lang) {
                "" => record.summary.get(lang),
                title => title,
            };
        }
        match self.texts(row) {
            ["", notes, _] => notes,
            [title, ..] => title,
        }
    }

    /// The id as text.
    pub(super) fn id(&self, row: EventRow) -> String {
        match self.number(row) {
            Some(number) => number.to_string(),
            None => self.texts(row)[2].to_owned(),
        }
    }

    /// The columns of attributes.
    pub(super) fn attribute_columns(&self) -> &[AttributeColumn] {
        &self.wide.columns
    }

    /// Attributes of a row by number of the column.
    pub(super) fn attribute_values(&self, row: EventRow) -> impl Iterator<Item = (u16, &str)> {
        self.wide.attributes.of(row.at())
    }

    /// Attributes of a row: column and value.
    pub(super) fn attributes(
        &self,
        row: EventRow,
    ) -> impl Iterator<Item = (&AttributeColumn, &str)> {
        let values = self.wide.attributes.of(row.at());
        values
            .filter_map(|(column, text)| Some((self.wide.columns.get(usize::from(column))?, text)))
    }

    /// Attributes as members of a record.
    fn extra(&self, row: EventRow) -> Extra {
        let members = self.attributes(row).map(|(column, text)| {
            let plain = || Value::String(text.to_owned());
            let value = if column.json {
                serde_json::from_str(text).unwrap_or_else(|_| plain())
            } else {
                plain()
            };
            (member_of(&column.name), value)
        });
        members.collect()
    }
}

/// The member of a record that holds the attributes of a column.
fn member_of(column: &str) -> String {
    if OWN_MEMBERS.contains(&column) || column.starts_with(COLUMN) {
        format!("{COLUMN}{column}")
    } else {
        column.to_owned()
    }
}

/// The column of attributes that a member of a record holds.
#[must_use]
pub fn column_of(member: &str) -> &str {
    member.strip_prefix(COLUMN).unwrap_or(member)
}

impl EventTable {
    /// Longitude and latitude of a row's mark as they were read.
    #[must_use]
    pub fn exact_lon_lat(&self, row: EventRow) -> Option<(f64, f64)> {
        let exact = self.plain().and_then(|plain| plain.wide.exact(row.at()));
        exact.or_else(|| self.position(row).map(|(x, y)| mercator::degrees(x, y)))
    }

    /// Whether no event without a record has a side of its own.
    pub(super) fn sides_derived(&self) -> bool {
        self.plain().is_some_and(|plain| plain.wide.sides_derived)
    }

    /// Whether positions or shapes of rows are kept beyond their marks.
    pub(super) fn is_wide(&self) -> bool {
        self.plain().is_some_and(|p| p.wide.is_imported())
    }

    /// The box around the geometry of a row, in a table without records.
    pub(super) fn exact_box(&self, row: EventRow) -> Option<GeoBox> {
        let shape = self.plain().and_then(|p| p.wide.shapes.get(&row.0));
        match shape {
            Some(shape) => geometry_box(shape),
            None => self.exact_lon_lat(row).map(|(lon, lat)| GeoBox {
                west: lon,
                south: lat,
                east: lon,
                north: lat,
            }),
        }
    }

    fn when(&self, row: EventRow) -> Option<When> {
        let plain = self.plain()?;
        if let Some(when) = self.set_when(row).or_else(|| plain.wide.when(row.0)) {
            return Some(when.clone());
        }
        let extent = self.is_dated(row).then(|| self.extent(row));
        extent.and_then(When::of_extent)
    }

    /// A record made from the columns of a row, if there are no records.
    pub(super) fn detail(&self, row: EventRow) -> Option<EventDetail> {
        let plain = self.plain()?;
        let [title, notes, _] = plain.texts(row);
        let text = |text: &str| match text {
            "" => Localised::default(),
            text => Localised::new("und", text),
        };
        let point = || {
            let (lon, lat) = self.exact_lon_lat(row)?;
            Some(Geometry::Point(geo::Point::new(lon, lat)))
        };
        Some(EventDetail {
            id: plain.id(row),
            titles: text(title),
            summary: text(notes),
            kind: self.kind(row),
            side: self.side(row).filter(|_| !plain.wide.sides_derived),
            when: self.when(row),
            geometry: plain.wide.shapes.get(&row.0).cloned().or_else(point),
            place: plain.place(row),
            precision: plain.precision(row),
            radius_m: plain.radius_m(row),
            participants: plain
                .participants(row)
                .map(|(actor, role)| Participant::stated(actor, role))
                .collect(),
            tolls: plain.tolls(row).map(toll).collect(),
            feature_extra: Extra::new(),
            flags: plain.flags(row).collect(),
            layer: plain.wide.layer(row.at()),
            extra: plain.extra(row),
        })
    }
}

fn toll(toll: PlainToll) -> Toll {
    Toll {
        who: toll.who,
        what: toll.what,
        low: toll.low,
        best: toll.best,
        high: toll.high,
        extra: Extra::new(),
    }
}
