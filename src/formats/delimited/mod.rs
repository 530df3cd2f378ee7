//! Delimited text: tables of events with commas, semicolons, tabs or bars, in
//! any encoding.
//!
//! The file is read in blocks of whole records, which are parted into fields on
//! all cores; a [`Plan`](super::import::Plan) turns each record into a draft
//! that borrows from its block. Tables with the columns of [`plain`] go straight
//! into columns.

mod asides;
mod begin;
mod blocks;
mod dialect;
mod encoding;
mod fill;
pub mod plain;
mod preview;
mod read;
mod records;
mod wrong;

pub use begin::recognises;
pub use preview::{ColumnView, Preview, SampleRow, TryOut, mapping_key, preview};
pub use read::read;
