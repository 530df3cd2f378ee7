//! What the readers of features and records share: their named values become
//! an event by the same plan as the columns of a table ([`Records`]), whose
//! names are only known as they are read; positions are checked here.

mod keep;
mod names;
mod position;
mod records;
mod structure;
#[cfg(test)]
mod tests;

pub(super) use position::{NULL_ISLAND, checked_point, position, refused};
pub(super) use records::{Feature, Records};
