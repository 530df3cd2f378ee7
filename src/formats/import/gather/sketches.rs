//! What the places of a piece of a file are called: each piece names most of
//! those that the others do, so a place is only made of a name that is new to
//! the whole.

use geo::Point;

use crate::model::{Extra, Localised, Place, Precision};

use super::names::Key;

/// A place that is not made yet.
#[derive(Debug)]
pub(super) struct Sketch {
    /// By what it is found to be the same as another.
    pub key: Key,
    /// Where it lies.
    pub point: Option<Point>,
    /// How well that is known.
    pub precision: Precision,
    /// Where its names end among all parts.
    parts: usize,
}

/// Places of a piece, by number.
#[derive(Debug, Default)]
pub(super) struct Sketches {
    pub list: Vec<Sketch>,
    /// Where in the text each part ends: a name, and those of what it lies in.
    ends: Vec<usize>,
    text: String,
}

impl Sketches {
    /// Adds a place; answers with its number.
    pub fn push(&mut self, key: Key, name: &str, within: &[&str]) -> usize {
        for part in std::iter::once(&name).chain(within) {
            self.text.push_str(part);
            self.ends.push(self.text.len());
        }
        self.list.push(Sketch {
            key,
            point: None,
            precision: Precision::Unknown,
            parts: self.ends.len(),
        });
        self.list.len() - 1
    }

    /// The place of a number, made.
    pub fn place(&self, number: usize) -> Place {
        let parts = |at: usize| self.list[at].parts;
        let first = number.checked_sub(1).map_or(0, parts);
        let mut names = (first..parts(number)).map(|part| {
            let start = part.checked_sub(1).map_or(0, |before| self.ends[before]);
            &self.text[start..self.ends[part]]
        });
        let name = names.next().unwrap_or_default();
        let sketch = &self.list[number];
        Place {
            geometry: sketch.point.map(Into::into),
            precision: sketch.precision,
            ..new_place(name, names)
        }
    }
}

/// A place of which only the name is known, and those of what it lies in.
pub(super) fn new_place<'a>(name: &str, within: impl Iterator<Item = &'a str>) -> Place {
    let within = within.map(str::trim).filter(|part| !part.is_empty());
    Place {
        id: String::new(),
        names: Localised::new("und", name.trim()),
        geometry: None,
        precision: Precision::Unknown,
        radius_m: None,
        geonames: None,
        country: None,
        within: within.map(Into::into).collect(),
        origin: None,
        missing: false,
        extra: Extra::new(),
    }
}
