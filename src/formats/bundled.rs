//! The dataset inside the program.

use super::native::{
    ACTORS_FILE, CLAIMS_FILE, DATASET_FILE, EVENTS_FILE, PLACES_FILE, RELATIONS_FILE, SOURCES_FILE,
};
use super::{Files, OpenError, Opened, native};

macro_rules! embedded {
    ($name:literal) => {
        include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/data/sahel-euphrates/",
            $name
        ))
    };
}

struct Embedded;

impl Files for Embedded {
    fn label(&self, name: &str) -> String {
        format!("bundled {name}")
    }

    fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, OpenError> {
        let bytes: &[u8] = match name {
            DATASET_FILE => embedded!("dataset.json"),
            EVENTS_FILE => embedded!("events.geojson"),
            ACTORS_FILE => embedded!("actors.json"),
            RELATIONS_FILE => embedded!("relations.json"),
            PLACES_FILE => embedded!("places.json"),
            SOURCES_FILE => embedded!("sources.json"),
            CLAIMS_FILE => embedded!("claims.json"),
            _ => return Ok(None),
        };
        Ok(Some(bytes.to_vec()))
    }
}

/// Reads the bundled dataset, "Sahel and Euphrates".
///
/// # Errors
/// Only if the program was built from a damaged `data/` folder.
pub fn bundled() -> Result<Opened, OpenError> {
    native::read(&mut Embedded)
}
