//! Parquet, with geometries as `GeoParquet` 1.0 and 1.1 has them, and without.

use std::fs::File;
use std::io::{self, Read as _, Seek as _};

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, Schema};
use parquet::arrow::arrow_reader::{ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::file::metadata::KeyValue;
use serde_json::{Value, json};

use super::columnar::crs::Crs;
use super::columnar::geoarrow::{self, Encoding};
use super::columnar::{ColumnKind, Table, damaged, guarded, values};
use super::import::{Input, Watch};
use super::{OpenError, OpenOptions, Opened, native};

/// Rows decoded at a time.
const BATCH: usize = 8_192;
/// Rows that are read. Trade-off: ten times what anybody maps, and a few bytes
/// that claim more stop here.
const MAX_ROWS: i64 = 100_000_000;
/// Bytes of an archive's member that are unpacked into a file of its own.
const MAX_UNPACKED: u64 = 8 << 30;

/// Whether a file begins as Parquet does.
#[must_use]
pub fn recognises(head: &[u8]) -> bool {
    head.starts_with(b"PAR1")
}

/// Reads the file.
///
/// # Errors
/// When it is damaged, has no columns, or is in a coordinate reference system
/// that is not read.
pub fn read(input: Input, options: &OpenOptions, watch: &Watch) -> Result<Opened, OpenError> {
    let (label, name) = (input.label.clone(), input.name.clone());
    let file = on_disk(input, watch)?;
    guarded(&label, || rows(file, &label, &name, options, watch))
}

/// A file to jump about in, made of what is in memory or packed.
pub(super) fn on_disk(input: Input, watch: &Watch) -> Result<File, OpenError> {
    let label = input.label.clone();
    let failed = |e: &io::Error| OpenError::unreadable(std::path::Path::new(&label), e);
    if let Some(file) = input.file() {
        return file.try_clone().map_err(|e| failed(&e));
    }
    let mut file = tempfile::tempfile().map_err(|e| failed(&e))?;
    let mut bytes = input.into_reader();
    let mut copied = 0;
    loop {
        watch.check(&label)?;
        let read = io::copy(&mut bytes.as_mut().take(1 << 24), &mut file);
        match read.map_err(|e| failed(&e))? {
            0 => break,
            n => copied += n,
        }
        if copied > MAX_UNPACKED {
            return Err(OpenError::new(
                label,
                format!("there is more than {} GiB of it", MAX_UNPACKED >> 30),
                "split it into smaller files",
            ));
        }
    }
    file.rewind().map_err(|e| failed(&e))?;
    Ok(file)
}

fn rows(
    file: File,
    label: &str,
    name: &str,
    options: &OpenOptions,
    watch: &Watch,
) -> Result<Opened, OpenError> {
    let size = file.metadata().map_or(0, |m| m.len());
    let reader =
        ParquetRecordBatchReaderBuilder::try_new_with_options(file, ArrowReaderOptions::new())
            .map_err(|e| damaged(label, &e))?;
    let metadata = reader.metadata().file_metadata();
    let count = metadata.num_rows();
    if reader.schema().fields().is_empty() {
        return Err(damaged(label, &"it has no columns"));
    }
    if !(0..=MAX_ROWS).contains(&count) {
        return Err(OpenError::new(
            label,
            format!("it says that it holds {count} rows"),
            "split it into files of fewer than 100 million",
        ));
    }
    let pairs = metadata.key_value_metadata().cloned().unwrap_or_default();
    let layout = Layout::of_parquet(reader.schema(), &pairs).map_err(|e| damaged(label, &e))?;
    watch.expect(size);
    // A batch is worth its share of the bytes.
    let each = |rows: usize| {
        u64::try_from(u128::from(size) * rows as u128 / u128::from(count.max(1).unsigned_abs()))
            .unwrap_or(0)
    };
    let batches = reader.with_batch_size(BATCH).build();
    let batches = batches.map_err(|e| damaged(label, &e))?;
    let everything = pair(&pairs, super::write::KEY).filter(|_| layout.record.is_some());
    if let Some(rest) = everything {
        let mut features = Vec::new();
        for batch in batches {
            let batch = batch.map_err(|e| damaged(label, &e))?;
            watch.check(label)?;
            watch.advance(each(batch.num_rows()));
            layout
                .features(&batch, &mut features)
                .map_err(|e| damaged(label, &e))?;
        }
        let rest: Value = serde_json::from_str(rest).map_err(|e| damaged(label, &e))?;
        let whole =
            json!({ "type": "FeatureCollection", "features": features, "chronotope": rest });
        let (dataset, mut report) = native::read_single(whole, label)?;
        "GeoParquet".clone_into(&mut report.format);
        return Ok((dataset, report));
    }
    let mut table = Table::new(label, &layout.columns, layout.crs.clone(), options, watch)?;
    for batch in batches {
        let batch = batch.map_err(|e| damaged(label, &e))?;
        watch.advance(each(batch.num_rows()));
        layout.add(&batch, &mut table)?;
    }
    let format = if layout.geometry.is_some() {
        "GeoParquet"
    } else {
        "Parquet"
    };
    table.finish(format, name)
}

fn pair<'a>(pairs: &'a [KeyValue], key: &str) -> Option<&'a str> {
    let found = pairs.iter().find(|p| p.key == key);
    found.and_then(|p| p.value.as_deref())
}

/// Where in a batch what is.
pub(super) struct Layout {
    /// The columns for the table.
    pub columns: Vec<(String, ColumnKind)>,
    /// The column of geometries.
    pub geometry: Option<(usize, Encoding)>,
    /// The column of our own records.
    pub record: Option<usize>,
    /// What its coordinates are.
    pub crs: Result<Crs, String>,
}

impl Layout {
    /// The layout of columns of which the geometry is known.
    pub fn new(
        schema: &Schema,
        geometry: Option<(usize, Encoding)>,
        crs: Result<Crs, String>,
    ) -> Self {
        let columns = schema.fields().iter().enumerate().map(|(at, field)| {
            let kind = match field.data_type() {
                _ if geometry.is_some_and(|(g, _)| g == at) => ColumnKind::Geometry,
                kind if values::is_json(kind) => ColumnKind::Json,
                _ => ColumnKind::Text,
            };
            (field.name().clone(), kind)
        });
        let record = schema.index_of(super::write::RECORD).ok();
        Self {
            columns: columns.collect(),
            geometry,
            record: record.filter(|at| *schema.field(*at).data_type() == DataType::Utf8),
            crs,
        }
    }

    fn of_parquet(schema: &Schema, pairs: &[KeyValue]) -> Result<Self, String> {
        let Some(geo) = pair(pairs, "geo") else {
            let found = by_extension_or_name(schema);
            let crs = found
                .as_ref()
                .map_or(Ok(Crs::Degrees), |(_, _, crs)| crs.clone());
            return Ok(Self::new(
                schema,
                found.map(|(at, encoding, _)| (at, encoding)),
                crs,
            ));
        };
        let geo: Value = serde_json::from_str(geo)
            .map_err(|e| format!("its \"geo\" metadata is no JSON: {e}"))?;
        let columns = geo.get("columns").and_then(Value::as_object);
        let name = geo.get("primary_column").and_then(Value::as_str);
        let name = name.or_else(|| columns.and_then(|c| c.keys().next()).map(String::as_str));
        let name = name.ok_or("its \"geo\" metadata names no column")?;
        let column = columns.and_then(|c| c.get(name)).unwrap_or(&Value::Null);
        let at = schema
            .index_of(name)
            .map_err(|_| format!("there is no column \"{name}\", which is to hold the geometry"))?;
        let encoding = column
            .get("encoding")
            .and_then(Value::as_str)
            .unwrap_or("WKB");
        let encoding = Encoding::of_name(encoding)
            .ok_or_else(|| format!("the geometry encoding \"{encoding}\" is not known"))?;
        // Without the member it is CRS84; null says that it is not known.
        let crs = column.get("crs").map_or(Ok(Crs::Degrees), Crs::of_value);
        Ok(Self::new(schema, Some((at, encoding)), crs))
    }

    /// The geometry of a row.
    fn shape(
        &self,
        batch: &RecordBatch,
        row: usize,
    ) -> Result<Option<geo::Geometry<f64>>, &'static str> {
        match self.geometry {
            Some((at, encoding)) => geoarrow::geometry(batch.column(at), row, encoding),
            None => Ok(None),
        }
    }

    /// Adds the rows of a batch.
    pub fn add(&self, batch: &RecordBatch, table: &mut Table<'_>) -> Result<(), OpenError> {
        let mut cells = Vec::with_capacity(self.columns.len());
        for row in 0..batch.num_rows() {
            cells.clear();
            for (column, (_, kind)) in batch.columns().iter().zip(&self.columns) {
                cells.push(match kind {
                    ColumnKind::Geometry => None,
                    _ => values::text(column.as_ref(), row),
                });
            }
            table.add(&cells, self.shape(batch, row))?;
        }
        Ok(())
    }

    /// Features of our own records, as in a `GeoJSON` file of ours.
    fn features(&self, batch: &RecordBatch, features: &mut Vec<Value>) -> Result<(), String> {
        let Some(record) = self.record else {
            return Ok(());
        };
        for row in 0..batch.num_rows() {
            let text = values::text(batch.column(record).as_ref(), row).unwrap_or_default();
            let mut feature: Value = serde_json::from_str(&text)
                .map_err(|e| format!("a record of it is no JSON: {e}"))?;
            if let Value::Object(members) = &mut feature {
                let shape = self.shape(batch, row)?;
                let shape = shape.as_ref().map(native::geometry::write);
                members.insert("geometry".to_owned(), json!(shape));
            }
            features.push(feature);
        }
        Ok(())
    }
}

/// The column of geometries of a schema without metadata of its own for that.
pub(super) fn by_extension_or_name(
    schema: &Schema,
) -> Option<(usize, Encoding, Result<Crs, String>)> {
    let fields = || schema.fields().iter().enumerate();
    let extended = fields().find_map(|(at, field)| {
        let (name, says) = super::columnar::extension(field)?;
        if !name.starts_with("geoarrow.") && name != "ogc.wkb" {
            return None;
        }
        let crs = says.get("crs").unwrap_or(&Value::Null);
        Some((at, Encoding::of_name(name)?, Crs::of_value(crs)))
    });
    extended.or_else(|| {
        let is_binary = |field: &Field| {
            matches!(
                field.data_type(),
                DataType::Binary | DataType::LargeBinary | DataType::BinaryView
            )
        };
        let named = |field: &Field| {
            let name = field.name().to_lowercase();
            [
                "geometry",
                "geom",
                "wkb",
                "wkb_geometry",
                "the_geom",
                "shape",
            ]
            .contains(&name.as_str())
        };
        let (at, _) = fields().find(|(_, f)| is_binary(f) && named(f))?;
        Some((at, Encoding::Wkb, Ok(Crs::Unsaid)))
    })
}
