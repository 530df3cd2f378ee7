//! What every importer shares: an event as a file tells it ([`Draft`]), the
//! place where drafts become a dataset ([`Gather`]), what is wrong with them
//! ([`Findings`]), and the line to whoever waits ([`Watch`]).
//!
//! A reader never builds actors, places, sources or claims itself: it hands
//! over drafts that name them, and the gatherer merges what has the same name.

mod draft;
mod findings;
mod gather;
mod input;
mod mapping;
pub mod record;
mod watch;

pub use draft::{Draft, DraftParticipant, DraftSource, DraftTime, DraftToll};
pub use findings::{Findings, Wrong};
pub use gather::{Column, Gather, SAME_ID};
pub use input::Input;
pub use mapping::{DateOrder, Mapping, Role};
pub use record::{Plan, Profile, Question};
pub use watch::Watch;
