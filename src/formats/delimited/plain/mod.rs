//! The quick way for tables of very many events with the plainest columns: the
//! first row names, in any order, `id`, `lat`, `lon` and `date_start`, and if
//! there are any `date_end`, `kind`, `actor` and `notes`, and no others.
//!
//! A block of such a table goes straight into columns as long as every value in
//! it is written as plainly as can be: numbers with a point, days in ISO 8601,
//! our own words for kinds. A block with anything else is read as that of any
//! other table; what comes out is the same either way.

mod rows;
mod write;

pub use write::write;

use std::path::Path;

use crate::dataset::{Parts, PlainEvents};
use crate::formats::import::{Gather, Input, Plan, Role, Watch};
use crate::formats::{OpenError, OpenOptions, Report};

use super::begin::begin;
use super::blocks::Block;
use super::dialect::Dialect;
use super::read as reading;
pub(super) use rows::gather;

/// What such a table is called in reports.
pub(super) const NAME: &str = "plain table of events";

/// The columns that are read, and what they mean.
const COLUMNS: [(&str, Role); 8] = [
    ("id", Role::Id),
    ("lat", Role::Latitude),
    ("lon", Role::Longitude),
    ("date_start", Role::Start),
    ("date_end", Role::End),
    ("kind", Role::Kind),
    ("actor", Role::Actor),
    ("notes", Role::Summary),
];
/// How many of them, from the first on, there have to be.
const REQUIRED: usize = 4;

/// Where in a record the columns stand.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Layout {
    /// Position of each of [`COLUMNS`].
    at: [Option<usize>; COLUMNS.len()],
    /// Number of columns.
    width: usize,
}

impl Layout {
    /// Where the columns are, if a table has these and no others.
    fn of(dialect: &Dialect) -> Option<Self> {
        let names: Vec<String> = dialect.columns.iter().map(|c| c.to_lowercase()).collect();
        let at = COLUMNS.map(|(column, _)| names.iter().position(|n| n == column));
        let known = at.iter().flatten().count();
        // `lat` beside `LAT`: which is meant is not for this reader to say.
        let plain = dialect.header && known == names.len();
        (plain && at[..REQUIRED].iter().all(Option::is_some)).then_some(Self {
            at,
            width: names.len(),
        })
    }

    /// The same, if the plan takes the columns for what they are called.
    pub fn as_planned(dialect: &Dialect, plan: &Plan) -> Option<Self> {
        let layout = Self::of(dialect)?;
        let all = layout.at.iter().zip(COLUMNS);
        let fits = |(at, (_, role)): (&Option<usize>, (&str, Role))| {
            at.is_none_or(|at| plan.roles().get(at) == Some(&role))
        };
        (plan.profile().is_none() && all.into_iter().all(fits)).then_some(layout)
    }
}

/// A gatherer with room for what a file of `size` bytes holds if it goes on as
/// it begins: columns that grow are held twice.
pub(super) fn room(dialect: &Dialect, begun: &[Block], size: Option<u64>) -> Gather {
    let (Some(layout), Some(size)) = (Layout::of(dialect), size) else {
        return Gather::default();
    };
    let (mut bytes, mut rows, mut text) = (0_u64, 0_usize, 0_usize);
    for block in begun {
        bytes += block.bytes;
        rows += block.records.len();
        text += rows::text_bytes(block, &layout);
    }
    let scale = (size as f64 / bytes.max(1) as f64).max(1.0) * 1.02;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size in memory"
    )]
    let scaled = |n: usize| (n as f64 * scale) as usize;
    Gather::piece(scaled(rows), scaled(text))
}

/// Events in columns, and the actors they refer to, with what was wrong.
pub struct Table {
    /// Title and actors.
    pub parts: Parts,
    /// The events, in the order of the file.
    pub events: PlainEvents,
    /// What was wrong with them.
    pub report: Report,
}

/// Whether the file is a table with exactly these columns.
#[must_use]
pub fn is_table(path: &Path) -> bool {
    let begun = Input::open(path).ok().and_then(|i| begin(i).ok());
    begun.is_some_and(|b| Layout::of(&b.dialect).is_some())
}

/// Reads a table into columns, from which a dataset is made.
///
/// # Errors
/// When the file cannot be read, is empty, or is no table.
pub fn read(path: &Path) -> Result<Table, OpenError> {
    let input = Input::open(path)?;
    let gathered = reading::gathered(input, &OpenOptions::default(), &Watch::default())?;
    let (parts, events, report) = gathered.columns();
    Ok(Table {
        parts,
        events,
        report,
    })
}

#[cfg(test)]
mod tests;
