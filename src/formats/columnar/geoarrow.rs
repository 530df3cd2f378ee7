//! Geometries in Arrow arrays: WKB, WKT, and the native encodings, in which a
//! position is a struct of `x` and `y` or a list of two to four numbers, and
//! every further level is a list.
//!
//! Source: GeoArrow 0.2, "Memory layout"; GeoParquet 1.1, "Encoding".

use arrow_array::cast::AsArray as _;
use arrow_array::types::{Float32Type, Float64Type};
use arrow_array::{Array, ArrayRef};
use arrow_schema::DataType;
use geo::{Coord, Geometry, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};

use super::wkb;

/// How a column encodes geometries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// Well-known binary.
    Wkb,
    /// Well-known text.
    Wkt,
    /// Positions.
    Point,
    /// Lists of positions.
    LineString,
    /// Lists of rings.
    Polygon,
    /// Lists of positions that are points.
    MultiPoint,
    /// Lists of lines.
    MultiLineString,
    /// Lists of polygons.
    MultiPolygon,
}

impl Encoding {
    /// By its name in `GeoParquet` or after `geoarrow.`.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.strip_prefix("geoarrow.").unwrap_or(name);
        Some(match name.to_ascii_lowercase().as_str() {
            "wkb" | "ogc.wkb" => Self::Wkb,
            "wkt" => Self::Wkt,
            "point" => Self::Point,
            "linestring" => Self::LineString,
            "polygon" => Self::Polygon,
            "multipoint" => Self::MultiPoint,
            "multilinestring" => Self::MultiLineString,
            "multipolygon" => Self::MultiPolygon,
            _ => return None,
        })
    }
}

/// The geometry at `row`; `Ok(None)` where there is none.
///
/// # Errors
/// What is wrong with it.
pub fn geometry(
    array: &dyn Array,
    row: usize,
    encoding: Encoding,
) -> Result<Option<Geometry<f64>>, &'static str> {
    if array.is_null(row) {
        return Ok(None);
    }
    match encoding {
        Encoding::Wkb => match binary(array, row) {
            Some(bytes) => wkb::parse(bytes),
            None => Err("the column holds no WKB"),
        },
        Encoding::Wkt => {
            let text = super::values::text(array, row).unwrap_or_default();
            super::table::wkt(&text)
        }
        Encoding::Point => match position(array, row)? {
            c if c.x.is_nan() || c.y.is_nan() => Ok(None),
            c => Ok(Some(Geometry::Point(Point(c)))),
        },
        Encoding::LineString => Ok(Some(line(&list(array, row)?)?.into())),
        Encoding::Polygon => Ok(Some(polygon(&list(array, row)?)?.into())),
        Encoding::MultiPoint => {
            let points = line(&list(array, row)?)?.0;
            Ok(Some(Geometry::MultiPoint(MultiPoint(
                points.into_iter().map(Point).collect(),
            ))))
        }
        Encoding::MultiLineString => {
            let lines = each(&list(array, row)?, |part| line(&part))?;
            Ok(Some(Geometry::MultiLineString(MultiLineString(lines))))
        }
        Encoding::MultiPolygon => {
            let parts = each(&list(array, row)?, |part| polygon(&part))?;
            Ok(Some(Geometry::MultiPolygon(MultiPolygon(parts))))
        }
    }
}

/// The bytes at `row` of a binary column.
fn binary(array: &dyn Array, row: usize) -> Option<&[u8]> {
    Some(match array.data_type() {
        DataType::Binary => array.as_binary::<i32>().value(row),
        DataType::LargeBinary => array.as_binary::<i64>().value(row),
        DataType::BinaryView => array.as_binary_view().value(row),
        DataType::FixedSizeBinary(_) => array.as_fixed_size_binary_opt()?.value(row),
        _ => return None,
    })
}

const SHAPE: &str = "the column is not nested as its encoding asks";

/// The items of the list at `row`.
fn list(array: &dyn Array, row: usize) -> Result<ArrayRef, &'static str> {
    match array.data_type() {
        DataType::List(_) => Ok(array.as_list::<i32>().value(row)),
        DataType::LargeList(_) => Ok(array.as_list::<i64>().value(row)),
        _ => Err(SHAPE),
    }
}

fn each<T>(
    items: &ArrayRef,
    one: impl Fn(ArrayRef) -> Result<T, &'static str>,
) -> Result<Vec<T>, &'static str> {
    (0..items.len()).map(|n| one(list(items, n)?)).collect()
}

fn polygon(rings: &ArrayRef) -> Result<Polygon<f64>, &'static str> {
    let mut rings = each(rings, |ring| line(&ring))?.into_iter();
    let outer = rings.next().unwrap_or_else(|| LineString(Vec::new()));
    Ok(Polygon::new(outer, rings.collect()))
}

fn line(positions: &ArrayRef) -> Result<LineString<f64>, &'static str> {
    (0..positions.len())
        .map(|n| position(positions, n))
        .collect::<Result<Vec<_>, _>>()
        .map(LineString)
}

/// The position at `row`.
fn position(array: &dyn Array, row: usize) -> Result<Coord<f64>, &'static str> {
    match array.data_type() {
        DataType::Struct(_) => {
            let parts = array.as_struct();
            let number = |name: &str| {
                let column = parts.column_by_name(name).ok_or(SHAPE)?;
                float(column, row).ok_or(SHAPE)
            };
            Ok(Coord {
                x: number("x")?,
                y: number("y")?,
            })
        }
        DataType::FixedSizeList(_, 2..=4) => {
            let list = array.as_fixed_size_list();
            let at = list.value_offset_at(row);
            Ok(Coord {
                x: float(list.values(), at).ok_or(SHAPE)?,
                y: float(list.values(), at + 1).ok_or(SHAPE)?,
            })
        }
        _ => Err(SHAPE),
    }
}

fn float(array: &dyn Array, row: usize) -> Option<f64> {
    if row >= array.len() || array.is_null(row) {
        return None;
    }
    match array.data_type() {
        DataType::Float64 => Some(array.as_primitive::<Float64Type>().value(row)),
        DataType::Float32 => Some(f64::from(array.as_primitive::<Float32Type>().value(row))),
        _ => None,
    }
}
