//! `FlatGeobuf`: a header, an index that is passed over, and features.
//!
//! Header and features are verified `FlatBuffers`; all lengths are held against
//! limits before memory is taken, and properties are read within their bytes.
//!
//! Source: the FlatGeobuf specification, version 3.

use std::borrow::Cow;
use std::io::{self, Read};

use flatgeobuf::{
    ColumnType, Geometry as Shape, GeometryType, Header, size_prefixed_root_as_feature,
    size_prefixed_root_as_header,
};
use geo::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon,
    Point, Polygon,
};

use super::columnar::crs::Crs;
use super::columnar::{ColumnKind, Table, damaged, guarded, values};
use super::import::{Input, Watch};
use super::{OpenError, OpenOptions, Opened};

/// Bytes of the largest header and feature that are read.
const MAX_HEADER: usize = 16 << 20;
const MAX_FEATURE: usize = 256 << 20;
/// Deepest nesting of collections that is read.
const MAX_DEPTH: usize = 8;
/// Bytes of a node of the index: four edges and an offset.
const NODE: u64 = 40;

/// Whether a file begins as `FlatGeobuf` does: `fgb`, version, `fgb`, patch.
#[must_use]
pub fn recognises(head: &[u8]) -> bool {
    head.starts_with(b"fgb\x03fgb")
}

/// Reads the file.
///
/// # Errors
/// When it is damaged, or in a coordinate reference system that is not read.
pub fn read(input: Input, options: &OpenOptions, watch: &Watch) -> Result<Opened, OpenError> {
    let (label, name) = (input.label.clone(), input.name.clone());
    watch.expect(input.size.unwrap_or(0));
    let mut bytes = input.into_reader();
    guarded(&label, || {
        features(&mut bytes, &label, &name, options, watch)
    })
}

/// Reads what is behind its length, together with the length.
fn prefixed(bytes: &mut dyn Read, limit: usize) -> io::Result<Option<Vec<u8>>> {
    let mut prefix = [0; 4];
    let got = bytes.take(4).read(&mut prefix)?;
    if got == 0 {
        return Ok(None);
    }
    bytes.read_exact(&mut prefix[got..])?;
    let length = u32::from_le_bytes(prefix) as usize;
    if !(8..=limit).contains(&length) {
        return Err(io::Error::other(format!("a part of {length} bytes")));
    }
    let mut found = prefix.to_vec();
    // Grows with what is there, whatever the length says.
    let read = bytes.take(length as u64).read_to_end(&mut found)?;
    if read < length {
        return Err(io::Error::other("it is truncated"));
    }
    Ok(Some(found))
}

fn features(
    bytes: &mut dyn Read,
    label: &str,
    name: &str,
    options: &OpenOptions,
    watch: &Watch,
) -> Result<Opened, OpenError> {
    let broken = |e: &dyn std::fmt::Display| damaged(label, e);
    let mut magic = [0; 8];
    bytes.read_exact(&mut magic).map_err(|e| broken(&e))?;
    let header = prefixed(bytes, MAX_HEADER).map_err(|e| broken(&e))?;
    let header = header.ok_or_else(|| broken(&"it is truncated"))?;
    let header = size_prefixed_root_as_header(&header).map_err(|e| broken(&e))?;
    let skipped = index_bytes(&header).ok_or_else(|| broken(&"its index makes no sense"))?;
    let passed = io::copy(&mut bytes.take(skipped), &mut io::sink()).map_err(|e| broken(&e))?;
    if passed < skipped {
        return Err(broken(&"it is truncated"));
    }
    watch.advance(passed);
    let kinds: Vec<ColumnType> = header
        .columns()
        .iter()
        .flatten()
        .map(|c| c.type_())
        .collect();
    let mut columns: Vec<_> = header
        .columns()
        .iter()
        .flatten()
        .map(|c| {
            let kind = match c.type_() {
                ColumnType::Json
                | ColumnType::Bool
                | ColumnType::Byte
                | ColumnType::UByte
                | ColumnType::Short
                | ColumnType::UShort
                | ColumnType::Int
                | ColumnType::UInt
                | ColumnType::Long
                | ColumnType::ULong
                | ColumnType::Float
                | ColumnType::Double => ColumnKind::Json,
                _ => ColumnKind::Text,
            };
            (c.name().to_owned(), kind)
        })
        .collect();
    columns.push(("geometry".to_owned(), ColumnKind::Geometry));
    let mut table = Table::new(label, &columns, crs(&header), options, watch)?;
    let mut read = 0_u64;
    while let Some(feature) = prefixed(bytes, MAX_FEATURE).map_err(|e| broken(&e))? {
        watch.advance(feature.len() as u64);
        read += 1;
        let feature = size_prefixed_root_as_feature(&feature).map_err(|e| broken(&e))?;
        let mut cells = vec![None; columns.len()];
        if let Some(properties) = feature.properties() {
            cells_of(properties.bytes(), &kinds, &mut cells).ok_or_else(|| {
                broken(&format!("the properties of feature {read} make no sense"))
            })?;
        }
        let shape = match feature.geometry() {
            Some(shape) => geometry(&shape, header.geometry_type(), 0),
            None => Ok(None),
        };
        table.add(&cells, shape)?;
    }
    if header.features_count() > read {
        return Err(broken(&format!(
            "it is truncated: {} features of {}",
            read,
            header.features_count()
        )));
    }
    table.finish(
        "FlatGeobuf",
        header.title().filter(|t| !t.is_empty()).unwrap_or(name),
    )
}

/// The size of the packed index: nodes a level, from the features up to one.
fn index_bytes(header: &Header<'_>) -> Option<u64> {
    let (mut nodes, fan) = (header.features_count(), u64::from(header.index_node_size()));
    if nodes == 0 || fan == 0 {
        return Some(0);
    }
    let fan = fan.max(2);
    let mut all = nodes;
    while nodes > 1 {
        nodes = nodes.div_ceil(fan);
        all = all.checked_add(nodes)?;
    }
    // A file with one feature has a root beside its leaf.
    if header.features_count() == 1 {
        all += 1;
    }
    all.checked_mul(NODE)
}

fn crs(header: &Header<'_>) -> Result<Crs, String> {
    let Some(crs) = header.crs() else {
        return Ok(Crs::Unsaid);
    };
    let org = crs.org().filter(|o| !o.is_empty()).unwrap_or("EPSG");
    let code = match crs.code() {
        0 => crs.code_string().unwrap_or("").to_owned(),
        code => code.to_string(),
    };
    if let Some(known) = Crs::of_code(org, &code) {
        return Ok(known);
    }
    let wkt = crs.wkt().unwrap_or("");
    if code.is_empty() {
        return Crs::of_value(&serde_json::Value::from(wkt));
    }
    Err(format!("{org}:{code} {}", crs.name().unwrap_or("")))
}

/// Puts the properties of a feature into their columns; `None` if they are not
/// as the header says.
fn cells_of<'a>(
    bytes: &'a [u8],
    kinds: &[ColumnType],
    cells: &mut [Option<Cow<'a, str>>],
) -> Option<()> {
    fn take<'b, const N: usize>(bytes: &mut &'b [u8]) -> Option<&'b [u8; N]> {
        let (found, rest) = bytes.split_first_chunk::<N>()?;
        *bytes = rest;
        Some(found)
    }
    fn sized<'b>(bytes: &mut &'b [u8]) -> Option<&'b [u8]> {
        let length = u32::from_le_bytes(*take::<4>(bytes)?) as usize;
        let (found, rest) = bytes.split_at_checked(length)?;
        *bytes = rest;
        Some(found)
    }
    let mut rest = bytes;
    // A column of bytes may leave one byte behind.
    while rest.len() > 1 {
        let column = usize::from(u16::from_le_bytes(*take::<2>(&mut rest)?));
        macro_rules! number {
            ($kind:ty) => {
                Cow::from(<$kind>::from_le_bytes(*take(&mut rest)?).to_string())
            };
        }
        let value = match *kinds.get(column)? {
            ColumnType::Byte => number!(i8),
            ColumnType::UByte => number!(u8),
            ColumnType::Bool => (take::<1>(&mut rest)? != &[0]).to_string().into(),
            ColumnType::Short => number!(i16),
            ColumnType::UShort => number!(u16),
            ColumnType::Int => number!(i32),
            ColumnType::UInt => number!(u32),
            ColumnType::Long => number!(i64),
            ColumnType::ULong => number!(u64),
            ColumnType::Float => number!(f32),
            ColumnType::Double => number!(f64),
            ColumnType::String | ColumnType::Json | ColumnType::DateTime => {
                String::from_utf8_lossy(sized(&mut rest)?)
            }
            ColumnType::Binary => values::hex(sized(&mut rest)?).into(),
            _ => return None,
        };
        *cells.get_mut(column)? = Some(value);
    }
    Some(())
}

const MISFIT: &str = "the parts of the geometry are not as its type asks";

fn coords(shape: &Shape<'_>) -> Result<Vec<Coord<f64>>, &'static str> {
    let Some(xy) = shape.xy() else {
        return Ok(Vec::new());
    };
    if xy.len() % 2 != 0 {
        return Err(MISFIT);
    }
    let pairs = (0..xy.len()).step_by(2);
    Ok(pairs
        .map(|n| Coord {
            x: xy.get(n),
            y: xy.get(n + 1),
        })
        .collect())
}

/// Lines or rings: positions cut at the ends given.
fn lines(shape: &Shape<'_>) -> Result<Vec<LineString<f64>>, &'static str> {
    let all = coords(shape)?;
    let Some(ends) = shape.ends().filter(|e| !e.is_empty()) else {
        return Ok(if all.is_empty() {
            Vec::new()
        } else {
            vec![LineString(all)]
        });
    };
    let mut from = 0;
    ends.iter()
        .map(|end| {
            let line = all.get(from..end as usize).ok_or(MISFIT)?;
            from = end as usize;
            Ok(LineString(line.to_vec()))
        })
        .collect()
}

fn polygon(shape: &Shape<'_>) -> Result<Polygon<f64>, &'static str> {
    let mut rings = lines(shape)?.into_iter();
    let outer = rings.next().unwrap_or_else(|| LineString(Vec::new()));
    Ok(Polygon::new(outer, rings.collect()))
}

/// The geometry of a feature; `of_all` is the type of the whole file's, or
/// unknown where each says its own.
fn geometry(
    shape: &Shape<'_>,
    of_all: GeometryType,
    depth: usize,
) -> Result<Option<Geometry<f64>>, &'static str> {
    if depth > MAX_DEPTH {
        return Err("geometry collections are nested too deeply");
    }
    let kind = match of_all {
        GeometryType::Unknown => shape.type_(),
        kind => kind,
    };
    Ok(Some(match kind {
        GeometryType::Point => match coords(shape)?.first() {
            Some(c) if !c.x.is_nan() => Geometry::Point(Point(*c)),
            _ => return Ok(None),
        },
        GeometryType::MultiPoint => {
            Geometry::MultiPoint(MultiPoint(coords(shape)?.into_iter().map(Point).collect()))
        }
        GeometryType::LineString => Geometry::LineString(LineString(coords(shape)?)),
        GeometryType::MultiLineString => Geometry::MultiLineString(MultiLineString(lines(shape)?)),
        GeometryType::Polygon => Geometry::Polygon(polygon(shape)?),
        GeometryType::MultiPolygon => {
            let parts = shape.parts();
            let parts = parts.iter().flatten().map(|part| polygon(&part));
            Geometry::MultiPolygon(MultiPolygon(parts.collect::<Result<_, _>>()?))
        }
        GeometryType::GeometryCollection => {
            let mut parts = Vec::new();
            for part in shape.parts().iter().flatten() {
                parts.extend(geometry(&part, GeometryType::Unknown, depth + 1)?);
            }
            Geometry::GeometryCollection(GeometryCollection::new_from(parts))
        }
        _ => return Err("curves and surfaces are not read"),
    }))
}
