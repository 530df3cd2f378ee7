//! Arrow's own format, as a file (Feather 2) or a stream, with geometries as
//! `GeoArrow` has them.

mod sizes;

use std::io::BufReader;

use arrow_array::RecordBatch;
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_schema::{ArrowError, Schema};

use super::columnar::crs::Crs;
use super::columnar::{Table, damaged, guarded};
use super::import::{Input, Watch};
use super::parquet::{Layout, by_extension_or_name, on_disk};
use super::{OpenError, OpenOptions, Opened};

const FILE: &[u8] = b"ARROW1";
/// What a message of a stream begins with since Arrow 0.15.
const CONTINUED: [u8; 4] = [0xff; 4];

/// Whether a file begins as Arrow's do. A stream begins with four bytes of ones
/// and a short length.
#[must_use]
pub fn recognises(head: &[u8]) -> bool {
    let length = head.get(4..8).and_then(|b| b.try_into().ok());
    let plausible = length.is_some_and(|b| (8..1 << 24).contains(&i32::from_le_bytes(b)));
    head.starts_with(FILE) || (head.starts_with(&CONTINUED) && plausible)
}

/// Reads the file or stream.
///
/// # Errors
/// When it is damaged, or in a coordinate reference system that is not read.
pub fn read(input: Input, options: &OpenOptions, watch: &Watch) -> Result<Opened, OpenError> {
    let (label, name) = (input.label.clone(), input.name.clone());
    let is_file = input.head().starts_with(FILE);
    let file = on_disk(input, watch)?;
    watch.expect(file.metadata().map_or(0, |m| m.len()));
    let broken = |e: &dyn std::fmt::Display| damaged(&label, e);
    sizes::check(&file, is_file).map_err(|e| broken(&e))?;
    guarded(&label, || {
        let bytes = BufReader::with_capacity(1 << 20, file);
        if is_file {
            let reader = FileReader::try_new(bytes, None).map_err(|e| broken(&e))?;
            let schema = reader.schema();
            rows(&schema, reader, &label, &name, options, watch)
        } else {
            let reader = StreamReader::try_new(bytes, None).map_err(|e| broken(&e))?;
            let schema = reader.schema();
            rows(&schema, reader, &label, &name, options, watch)
        }
    })
}

fn rows(
    schema: &Schema,
    batches: impl Iterator<Item = Result<RecordBatch, ArrowError>>,
    label: &str,
    name: &str,
    options: &OpenOptions,
    watch: &Watch,
) -> Result<Opened, OpenError> {
    if schema.fields().is_empty() {
        return Err(damaged(label, &"it has no columns"));
    }
    let found = by_extension_or_name(schema);
    let crs = found
        .as_ref()
        .map_or(Ok(Crs::Degrees), |(.., crs)| crs.clone());
    let layout = Layout::new(schema, found.map(|(at, encoding, _)| (at, encoding)), crs);
    let mut table = Table::new(label, &layout.columns, layout.crs.clone(), options, watch)?;
    for batch in batches {
        let batch = batch.map_err(|e| damaged(label, &e))?;
        watch.check(label)?;
        watch.advance(batch.get_array_memory_size() as u64);
        layout.add(&batch, &mut table)?;
    }
    table.finish("Arrow", name)
}
