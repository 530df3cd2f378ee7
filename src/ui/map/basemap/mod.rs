//! The world below the marks: relief, vectors and names, out of the archives
//! inside the program.

mod canvas;
mod grid;
mod loader;
mod names;
mod studio;
mod style;
mod tiles;

pub(super) use canvas::{Canvas, Ground};
pub(super) use names::{Page, PlaceNames};
pub(super) use studio::install as install_studio;
pub(super) use style::MapStyle;
pub(super) use tiles::Basemap;
