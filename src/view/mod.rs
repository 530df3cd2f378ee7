//! What the panels would show: pure view-models of plain numbers and texts.
//!
//! **Invariant:** nothing in here knows of egui or of a graphics card.

pub mod axis;
pub mod histogram;
pub mod lanes;
pub mod ticks;
pub mod timeline;
