//! The world map inside the program: its tiles, place names and relief.

mod archive;
mod places;
mod relief;

pub use archive::{Archive, ArchiveError, TileAt};
pub use places::{Place, PlaceClass, decode as decode_places};
pub use relief::{ReliefTint, decode as decode_relief};

macro_rules! basemap {
    ($name:literal) => {
        include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/assets/basemap/",
            $name
        ))
    };
}

/// Vector tiles of the world.
///
/// # Errors
/// Only if the program was built from a damaged `assets/` folder.
pub fn world() -> Result<Archive, ArchiveError> {
    Archive::open(basemap!("world.pmtiles"))
}

/// Grey shaded relief of the world.
///
/// # Errors
/// Only if the program was built from a damaged `assets/` folder.
pub fn relief() -> Result<Archive, ArchiveError> {
    Archive::open(basemap!("relief.pmtiles"))
}

#[cfg(test)]
mod tests;
