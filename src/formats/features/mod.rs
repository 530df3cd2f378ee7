//! What the readers of features share: named values become an event
//! ([`Fields`]), and events are checked before they are kept ([`Keeper`]).

mod fields;
mod keeper;
mod roles;

pub(super) use fields::Fields;
pub(super) use keeper::{Keeper, checked_point};
