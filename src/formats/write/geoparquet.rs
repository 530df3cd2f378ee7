//! A `GeoParquet` 1.1 file: columns for other programs, the whole record of
//! each event in the column `record`, and all else in the file's metadata.
//!
//! Source: OGC's `GeoParquet` 1.1, "Metadata" and "Geometry columns".

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::builder::{
    BinaryBuilder, Float64Builder, Int64Builder, StringBuilder, TimestampMillisecondBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use geo::{BoundingRect as _, Geometry};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use serde_json::{Value, json};

use crate::dataset::Dataset;
use crate::formats::native;
use crate::model::{EventDetail, EventRow, TollKind};

use super::typed::{Column, Type};
use super::{Job, flat, geojson};

/// Rows handed over at a time, and rows of a group. Trade-off: groups large
/// enough to be packed well, small enough to be held in memory.
const BATCH: usize = 4_096;
const GROUP: usize = 64 * BATCH / 4;

/// Column with our record.
pub(in crate::formats) const RECORD: &str = "record";
/// Key of the file's metadata with all but the events.
pub(in crate::formats) const KEY: &str = "chronotope";
const GEOMETRY: &str = "geometry";

const TEXTS: [&str; 9] = [
    "id",
    "title",
    "kind",
    "when",
    "precision",
    "place",
    "actors",
    "sources",
    "notes",
];
const FIGURES: [&str; 6] = [
    "killed_low",
    "killed",
    "killed_high",
    "wounded_low",
    "wounded",
    "wounded_high",
];

pub(super) fn write(job: &mut Job<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let flat::Used {
        attributes, types, ..
    } = flat::used(job)?;
    let schema = schema(&attributes, &types);
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_max_row_group_row_count(Some(GROUP))
        .set_created_by(concat!("chronotope ", env!("CARGO_PKG_VERSION")).to_owned())
        .build();
    let mut writer = ArrowWriter::try_new(out, Arc::clone(&schema), Some(properties))?;
    let mut shapes = Shapes::default();
    let mut batch = Batch::new(&types);
    let (scope, ticker, lang) = (&job.scope, &mut job.ticker, job.lang);
    for row in scope.rows() {
        ticker.tick()?;
        let event = scope.dataset.event(row);
        shapes.note(event.geometry.as_ref());
        batch.add(scope.dataset, row, &event, lang, &attributes)?;
        if batch.rows == BATCH {
            writer.write(&batch.finish(&schema)?)?;
        }
    }
    writer.write(&batch.finish(&schema)?)?;
    let mut rest = Vec::new();
    geojson::everything_else(job, &[], &mut rest)?;
    let rest = String::from_utf8(rest).map_err(io::Error::other)?;
    writer.append_key_value_metadata(KeyValue::new("geo".to_owned(), shapes.metadata()));
    writer.append_key_value_metadata(KeyValue::new(KEY.to_owned(), rest));
    writer.close()?;
    Ok(())
}

fn schema(attributes: &[String], types: &[Type]) -> SchemaRef {
    let moment = || DataType::Timestamp(TimeUnit::Millisecond, Some("UTC".into()));
    let mut fields: Vec<Field> = TEXTS
        .iter()
        .map(|name| Field::new(*name, DataType::Utf8, *name != "id"))
        .collect();
    fields.extend(["start", "end"].map(|name| Field::new(name, moment(), true)));
    fields.extend(FIGURES.map(|name| Field::new(name, DataType::Int64, true)));
    fields.push(Field::new("radius_m", DataType::Float64, true));
    fields.push(Field::new(GEOMETRY, DataType::Binary, true));
    fields.push(Field::new(RECORD, DataType::Utf8, false));
    for (name, of) in attributes.iter().zip(types) {
        let taken = |n: &str| fields.iter().any(|f| f.name() == n);
        fields.push(Field::new(
            flat::free_name(name, taken),
            of.data_type(),
            true,
        ));
    }
    Arc::new(Schema::new(fields))
}

/// What the metadata says of the geometries.
#[derive(Default)]
struct Shapes {
    types: BTreeSet<&'static str>,
    bounds: Option<[f64; 4]>,
}

impl Shapes {
    fn note(&mut self, geometry: Option<&Geometry<f64>>) {
        let Some(geometry) = geometry else {
            return;
        };
        self.types.insert(match geometry {
            Geometry::Point(_) => "Point",
            Geometry::Line(_) | Geometry::LineString(_) => "LineString",
            Geometry::Polygon(_) | Geometry::Rect(_) | Geometry::Triangle(_) => "Polygon",
            Geometry::MultiPoint(_) => "MultiPoint",
            Geometry::MultiLineString(_) => "MultiLineString",
            Geometry::MultiPolygon(_) => "MultiPolygon",
            Geometry::GeometryCollection(_) => "GeometryCollection",
        });
        if let Some(found) = geometry.bounding_rect() {
            let (low, high) = (found.min(), found.max());
            let [west, south, east, north] = self.bounds.unwrap_or([low.x, low.y, high.x, high.y]);
            self.bounds = Some([
                west.min(low.x),
                south.min(low.y),
                east.max(high.x),
                north.max(high.y),
            ]);
        }
    }

    fn metadata(&self) -> String {
        let mut column = json!({ "encoding": "WKB", "geometry_types": self.types });
        if let Some(b) = self.bounds {
            column["bbox"] = json!(b);
        }
        json!({
            "version": "1.1.0",
            "primary_column": GEOMETRY,
            "columns": { GEOMETRY: column },
        })
        .to_string()
    }
}

/// Rows on their way into the file.
struct Batch {
    rows: usize,
    texts: [StringBuilder; 9],
    moments: [TimestampMillisecondBuilder; 2],
    figures: [Int64Builder; 6],
    radius: Float64Builder,
    geometry: BinaryBuilder,
    record: StringBuilder,
    attributes: Vec<Column>,
    wkb: Vec<u8>,
}

impl Batch {
    fn new(attributes: &[Type]) -> Self {
        let moment = || TimestampMillisecondBuilder::new().with_timezone("UTC");
        Self {
            rows: 0,
            texts: Default::default(),
            moments: [moment(), moment()],
            figures: Default::default(),
            radius: Float64Builder::new(),
            geometry: BinaryBuilder::new(),
            record: StringBuilder::new(),
            attributes: attributes.iter().map(|of| Column::new(*of)).collect(),
            wkb: Vec::new(),
        }
    }

    fn add(
        &mut self,
        dataset: &Dataset,
        row: EventRow,
        event: &EventDetail,
        lang: &str,
        attributes: &[String],
    ) -> io::Result<()> {
        self.rows += 1;
        let actors = flat::actors(dataset, event, lang);
        let sources = flat::sources(dataset, row, lang);
        let texts = [
            event.id.as_str(),
            event.titles.get(lang),
            event.kind.id(),
            event.when.as_ref().map_or("", |w| w.edtf()),
            event.precision.id(),
            dataset.place_name(row, lang),
            &actors,
            &sources,
            event.summary.get(lang),
        ];
        for (n, (column, text)) in self.texts.iter_mut().zip(texts).enumerate() {
            column.append_option((n == 0 || !text.is_empty()).then_some(text));
        }
        let (start, end) = flat::ends(event.when.as_ref());
        self.moments[0].append_option(start);
        self.moments[1].append_option(end);
        let killed = flat::toll(event, TollKind::Killed).0;
        let wounded = flat::toll(event, TollKind::Wounded).0;
        let figures = [
            killed.low,
            killed.best,
            killed.high,
            wounded.low,
            wounded.best,
            wounded.high,
        ];
        for (column, figure) in self.figures.iter_mut().zip(figures) {
            column.append_option(figure.and_then(|n| i64::try_from(n).ok()));
        }
        self.radius.append_option(event.radius_m);
        match &event.geometry {
            Some(geometry) => {
                self.wkb.clear();
                wkb::writer::write_geometry(
                    &mut self.wkb,
                    geometry,
                    &wkb::writer::WriteOptions::default(),
                )
                .map_err(io::Error::other)?;
                self.geometry.append_value(&self.wkb);
            }
            None => self.geometry.append_null(),
        }
        // Where it is stands in the column for that.
        let mut record = native::feature(dataset, event)?;
        if let Value::Object(members) = &mut record {
            members.remove("geometry");
        }
        self.record.append_value(record.to_string());
        for (column, name) in self.attributes.iter_mut().zip(attributes) {
            column.append(event.extra.get(name));
        }
        Ok(())
    }

    fn finish(&mut self, schema: &SchemaRef) -> io::Result<RecordBatch> {
        self.rows = 0;
        let mut columns: Vec<ArrayRef> = Vec::new();
        for column in &mut self.texts {
            columns.push(Arc::new(column.finish()));
        }
        for column in &mut self.moments {
            columns.push(Arc::new(column.finish()));
        }
        for column in &mut self.figures {
            columns.push(Arc::new(column.finish()));
        }
        columns.push(Arc::new(self.radius.finish()));
        columns.push(Arc::new(self.geometry.finish()));
        columns.push(Arc::new(self.record.finish()));
        for column in &mut self.attributes {
            columns.push(column.finish());
        }
        RecordBatch::try_new(Arc::clone(schema), columns).map_err(io::Error::other)
    }
}
