//! Places, how well they are known, and where their coordinates come from.

use geo::Geometry;

use super::{Extra, Localised, coded};

coded!(
    /// How well a position is known, from a surveyed point to nothing.
    Precision {
        /// The spot itself.
        Exact = "exact",
        /// Within some kilometres of the point.
        Near = "near",
        /// Somewhere in a second-order division (district, cercle).
        Admin2 = "admin2",
        /// Somewhere in a first-order division (region, governorate).
        Admin1 = "admin1",
        /// Somewhere in a named region that is no division.
        Region = "region",
        /// Somewhere in a country.
        Country = "country",
        /// Not known.
        Unknown = "unknown",
    }
);

impl Precision {
    /// Precision of a UCDP GED `where_prec` code (1–7).
    ///
    /// Source: UCDP GED Codebook 23.1, `where_prec`.
    #[must_use]
    pub fn from_ucdp(code: u8) -> Self {
        match code {
            1 => Self::Exact,
            2 => Self::Near,
            3 => Self::Admin2,
            4 => Self::Admin1,
            5 => Self::Region,
            6 => Self::Country,
            _ => Self::Unknown,
        }
    }

    /// Precision of an ACLED `geo_precision` code (1–3).
    ///
    /// Source: ACLED Codebook (2023), `geo_precision`.
    #[must_use]
    pub fn from_acled(code: u8) -> Self {
        match code {
            1 => Self::Exact,
            2 => Self::Near,
            3 => Self::Admin1,
            _ => Self::Unknown,
        }
    }

    /// Precision of a GTD `specificity` code (1–5); 1 is the middle of the town
    /// in which it happened.
    ///
    /// Source: GTD Codebook (2021), "specificity".
    #[must_use]
    pub fn from_gtd(code: u8) -> Self {
        match code {
            1 => Self::Near,
            2 | 3 => Self::Admin2,
            4 => Self::Admin1,
            _ => Self::Unknown,
        }
    }

    /// Whether the position stands for an area rather than a spot: such a
    /// place is never drawn as a crisp pin.
    #[must_use]
    pub fn is_area(self) -> bool {
        !matches!(self, Self::Exact)
    }

    /// Radius in metres to draw when a place gives a point and no radius.
    /// Trade-off: wide enough that nobody takes the point for the spot,
    /// narrow enough that neighbours stay apart.
    #[must_use]
    pub fn default_radius_m(self) -> f64 {
        match self {
            Self::Exact | Self::Unknown => 0.0,
            Self::Near => 10_000.0,
            Self::Admin2 => 30_000.0,
            Self::Admin1 => 80_000.0,
            Self::Region => 120_000.0,
            Self::Country => 300_000.0,
        }
    }
}

/// Where a place's coordinates were taken from.
#[derive(Clone, Debug, PartialEq)]
pub struct Origin {
    /// Id of the source.
    pub source: String,
    /// Identifier within that source, such as a GeoNames id.
    pub reference: String,
    /// Remark on how far to trust it.
    pub note: Localised,
    /// Members of the record that this version does not know.
    pub extra: Extra,
}

/// A named place.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Unique id.
    pub id: String,
    /// Names by language.
    pub names: Localised,
    /// WGS 84 lon/lat geometry, if any.
    pub geometry: Option<Geometry<f64>>,
    /// How well the position is known.
    pub precision: Precision,
    /// Radius of uncertainty in metres, if given.
    pub radius_m: Option<f64>,
    /// GeoNames id.
    pub geonames: Option<u64>,
    /// ISO 3166-1 alpha-2 code of the country.
    pub country: Option<String>,
    /// Names of what it lies in, smallest first: district, province, country.
    pub within: Box<[Box<str>]>,
    /// Where the coordinates come from.
    pub origin: Option<Origin>,
    /// Referred to but not defined: stands in so that nothing is dropped.
    pub missing: bool,
    /// Members of the record that this version does not know.
    pub extra: Extra,
}
