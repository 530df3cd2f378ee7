//! The world below the marks: relief, vectors and names, out of the archives
//! inside the program.

mod grid;
mod loader;
mod names;
mod style;
mod tiles;

pub(super) use names::{Page, PlaceNames};
pub(super) use style::MapStyle;
pub(super) use tiles::Basemap;
