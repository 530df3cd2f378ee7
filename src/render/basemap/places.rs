//! Names of places out of a vector tile.

use std::collections::HashMap;

use geo::Geometry;
use mvt_reader::Reader;
use mvt_reader::feature::Value;

use super::TileAt;

/// What a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceClass {
    /// A country.
    Country,
    /// A region of a country.
    Region,
    /// A place of 100,000 people and over.
    City,
    /// A town.
    Town,
    /// A place of fewer than 10,000 people.
    Village,
}

/// A named place.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// What it is.
    pub class: PlaceClass,
    /// Lower is more important, among places of one class (localities are
    /// one class here).
    pub rank: i64,
    /// 2 for the capital of a country, 4 for that of a region, else 0.
    pub capital: i64,
    /// Map zoom at which it should begin to show, for countries and regions.
    pub min_label: f64,
    /// Position in the Mercator square, 0 to 1.
    pub unit: (f64, f64),
    /// Names by language; the empty one is the name where no other is known.
    pub names: Vec<(String, String)>,
    /// The same in every tile that holds the place.
    pub key: u64,
}

impl Place {
    /// The name in a language, else the general one.
    #[must_use]
    pub fn name(&self, lang: &str) -> &str {
        let of = |tag: &str| self.names.iter().find(|(l, _)| l == tag);
        of(lang).or_else(|| of("")).map_or("", |(_, n)| n.as_str())
    }
}

fn text(v: Option<&Value>) -> Option<&str> {
    match v {
        Some(Value::String(s)) => Some(s),
        _ => None,
    }
}

fn number(v: Option<&Value>) -> Option<f64> {
    match v? {
        Value::Int(i) | Value::SInt(i) => Some(*i as f64),
        Value::UInt(u) => Some(*u as f64),
        Value::Double(d) => Some(*d),
        Value::Float(f) => Some(f64::from(*f)),
        _ => None,
    }
}

#[allow(
    clippy::cast_possible_truncation,
    reason = "ranks are small whole numbers"
)]
fn whole(v: Option<&Value>) -> Option<i64> {
    number(v).map(|n| n as i64)
}

/// Extent of our tiles.
const EXTENT: f64 = 4096.0;

/// The places of a tile, without the copies of its neighbours' that stand
/// just beyond its edges. A tile that cannot be read has none.
#[must_use]
pub fn decode(bytes: Vec<u8>, at: TileAt) -> Vec<Place> {
    let Ok(reader) = Reader::new(bytes) else {
        return Vec::new();
    };
    let layers = reader.get_layer_metadata().unwrap_or_default();
    let Some(layer) = layers.iter().find(|l| l.name == "places") else {
        return Vec::new();
    };
    let features = reader.get_features(layer.layer_index).unwrap_or_default();
    features
        .iter()
        .filter_map(|f| {
            let point = match &f.geometry {
                Geometry::Point(p) => *p,
                Geometry::MultiPoint(m) => *m.0.first()?,
                _ => return None,
            };
            place(
                (f64::from(point.x()), f64::from(point.y())),
                f.properties.as_ref()?,
                at,
            )
        })
        .collect()
}

fn place((x, y): (f64, f64), props: &HashMap<String, Value>, at: TileAt) -> Option<Place> {
    if !(0.0..EXTENT).contains(&x) || !(0.0..EXTENT).contains(&y) {
        return None;
    }
    let get = |key: &str| props.get(key);
    let class = match (text(get("kind"))?, text(get("kind_detail"))) {
        ("country", _) => PlaceClass::Country,
        ("region", _) => PlaceClass::Region,
        ("locality", Some("city")) => PlaceClass::City,
        ("locality", Some("village")) => PlaceClass::Village,
        ("locality", _) => PlaceClass::Town,
        _ => return None,
    };
    let mut names: Vec<(String, String)> = props
        .iter()
        .filter_map(|(k, v)| {
            let lang = k.strip_prefix("name")?;
            let lang = lang.strip_prefix('_').unwrap_or(lang);
            let name = text(Some(v))?.trim();
            // A question mark stands for a letter that the source lost.
            (!name.is_empty() && !name.contains('?')).then(|| (lang.to_owned(), name.to_owned()))
        })
        .collect();
    names.sort_unstable();
    if names.is_empty() {
        return None;
    }
    let tiles = f64::from(at.z).exp2();
    let name = names.first().map(|(_, n)| n.clone()).unwrap_or_default();
    Some(Place {
        class,
        rank: whole(get("rank")).unwrap_or(20),
        capital: whole(get("capital")).unwrap_or(0),
        min_label: number(get("min_label")).unwrap_or(0.0),
        unit: (
            (f64::from(at.x) + x / EXTENT) / tiles,
            (f64::from(at.y) + y / EXTENT) / tiles,
        ),
        key: key(&name, class, props),
        names,
    })
}

/// A number for a place that does not depend on the tile: FNV-1a over what
/// tiles of all zooms say alike.
fn key(name: &str, class: PlaceClass, props: &HashMap<String, Value>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut eat = |bytes: &[u8]| {
        for b in bytes {
            hash = (hash ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    eat(name.as_bytes());
    eat(&[class as u8]);
    for k in ["iso2", "a3", "population", "rank"] {
        let v = props.get(k);
        eat(text(v).unwrap_or("").as_bytes());
        eat(&number(v).unwrap_or(0.0).to_le_bytes());
    }
    hash
}
