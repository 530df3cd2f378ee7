//! Values of Arrow arrays as texts, and as JSON where they are nested.

use std::borrow::Cow;

use arrow_array::Array;
use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type,
    Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    Time32MillisecondType, Time32SecondType, Time64MicrosecondType, Time64NanosecondType,
    TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_schema::{DataType, TimeUnit};
use serde_json::{Map, Value};

use crate::model::time::{DAY_MS, Millis, SECOND_MS, Unit, iso};

/// Deepest nesting of values that is read.
const MAX_DEPTH: usize = 16;

/// Whether the values of a type are written as JSON.
#[must_use]
pub fn is_json(kind: &DataType) -> bool {
    if kind.is_integer() || kind.is_floating() || *kind == DataType::Boolean {
        return true;
    }
    match kind {
        DataType::Dictionary(_, values) => is_json(values),
        kind => kind.is_nested(),
    }
}

/// The value at `row` as text: dates and times in ISO 8601; nested values as
/// JSON, bytes in hexadecimal. Whether midnight stands for a whole day is for
/// the whole column to say. `None` for null, for numbers that are none,
/// and for types that are not read.
#[must_use]
pub fn text(array: &dyn Array, row: usize) -> Option<Cow<'_, str>> {
    if array.is_null(row) {
        return None;
    }
    macro_rules! number {
        ($kind:ty) => {
            array.as_primitive::<$kind>().value(row)
        };
    }
    macro_rules! plain {
        ($kind:ty) => {
            number!($kind).to_string()
        };
    }
    let finite = |n: f64, text: String| n.is_finite().then_some(text);
    let owned = match array.data_type() {
        DataType::Utf8 => return Some(array.as_string::<i32>().value(row).into()),
        DataType::LargeUtf8 => return Some(array.as_string::<i64>().value(row).into()),
        DataType::Utf8View => return Some(array.as_string_view().value(row).into()),
        DataType::Boolean => array.as_boolean().value(row).to_string(),
        DataType::Int8 => plain!(Int8Type),
        DataType::Int16 => plain!(Int16Type),
        DataType::Int32 => plain!(Int32Type),
        DataType::Int64 => plain!(Int64Type),
        DataType::UInt8 => plain!(UInt8Type),
        DataType::UInt16 => plain!(UInt16Type),
        DataType::UInt32 => plain!(UInt32Type),
        DataType::UInt64 => plain!(UInt64Type),
        DataType::Float16 => {
            let n = number!(Float16Type).to_f32();
            finite(f64::from(n), n.to_string())?
        }
        DataType::Float32 => {
            let n = number!(Float32Type);
            finite(f64::from(n), n.to_string())?
        }
        DataType::Float64 => finite(number!(Float64Type), plain!(Float64Type))?,
        DataType::Decimal32(..) => array.as_primitive::<Decimal32Type>().value_as_string(row),
        DataType::Decimal64(..) => array.as_primitive::<Decimal64Type>().value_as_string(row),
        DataType::Decimal128(..) => array.as_primitive::<Decimal128Type>().value_as_string(row),
        DataType::Decimal256(..) => array.as_primitive::<Decimal256Type>().value_as_string(row),
        DataType::Date32 => iso(i64::from(number!(Date32Type)) * DAY_MS, Unit::Day),
        DataType::Date64 => date(number!(Date64Type)),
        DataType::Timestamp(unit, _) => second(match unit {
            TimeUnit::Second => number!(TimestampSecondType).checked_mul(SECOND_MS)?,
            TimeUnit::Millisecond => number!(TimestampMillisecondType),
            TimeUnit::Microsecond => number!(TimestampMicrosecondType).div_euclid(1_000),
            TimeUnit::Nanosecond => number!(TimestampNanosecondType).div_euclid(1_000_000),
        }),
        DataType::Time32(TimeUnit::Second) => {
            clock(i64::from(number!(Time32SecondType)).checked_mul(SECOND_MS)?)
        }
        DataType::Time32(_) => clock(i64::from(number!(Time32MillisecondType))),
        DataType::Time64(TimeUnit::Microsecond) => clock(number!(Time64MicrosecondType) / 1_000),
        DataType::Time64(_) => clock(number!(Time64NanosecondType) / 1_000_000),
        DataType::Binary => hex(array.as_binary::<i32>().value(row)),
        DataType::LargeBinary => hex(array.as_binary::<i64>().value(row)),
        DataType::BinaryView => hex(array.as_binary_view().value(row)),
        DataType::FixedSizeBinary(_) => hex(array.as_fixed_size_binary_opt()?.value(row)),
        DataType::Dictionary(..) => {
            let dictionary = array.as_any_dictionary();
            let key = key_at(dictionary.keys(), row)?;
            return text(dictionary.values().as_ref(), key);
        }
        kind if kind.is_nested() => json(array, row, 0)?.to_string(),
        _ => return None,
    };
    Some(Cow::Owned(owned))
}

/// A moment in ISO 8601, to the second.
fn second(ms: Millis) -> String {
    iso(ms, Unit::Second)
}

/// A date that is stored in milliseconds: midnight as its day.
fn date(ms: Millis) -> String {
    let unit = match ms.rem_euclid(DAY_MS) {
        0 => Unit::Day,
        _ => Unit::Second,
    };
    iso(ms, unit)
}

/// A time of day.
fn clock(ms: i64) -> String {
    let seconds = ms.rem_euclid(DAY_MS) / SECOND_MS;
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    format!("{:02}:{:02}:{seconds:02}", minutes / 60, minutes % 60)
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The value at `row` as JSON.
fn json(array: &dyn Array, row: usize, depth: usize) -> Option<Value> {
    if depth > MAX_DEPTH || array.is_null(row) {
        return Some(Value::Null);
    }
    let items = |items: &dyn Array| -> Option<Value> {
        let values = (0..items.len()).map(|n| json(items, n, depth + 1));
        values.collect::<Option<Vec<_>>>().map(Value::Array)
    };
    Some(match array.data_type() {
        DataType::List(_) => items(&array.as_list::<i32>().value(row))?,
        DataType::LargeList(_) => items(&array.as_list::<i64>().value(row))?,
        DataType::ListView(_) => items(&array.as_list_view::<i32>().value(row))?,
        DataType::LargeListView(_) => items(&array.as_list_view::<i64>().value(row))?,
        DataType::FixedSizeList(..) => items(&array.as_fixed_size_list().value(row))?,
        DataType::Struct(fields) => {
            let columns = array.as_struct().columns().iter();
            let members = fields
                .iter()
                .zip(columns)
                .map(|(field, column)| Some((field.name().clone(), json(column, row, depth + 1)?)));
            Value::Object(members.collect::<Option<Map<_, _>>>()?)
        }
        DataType::Map(..) => {
            let entries = array.as_map().value(row);
            let [keys, values] = entries.columns() else {
                return None;
            };
            let members = (0..entries.len()).map(|n| {
                let key = text(keys, n).unwrap_or_default().into_owned();
                Some((key, json(values, n, depth + 1)?))
            });
            Value::Object(members.collect::<Option<Map<_, _>>>()?)
        }
        DataType::Boolean => Value::Bool(array.as_boolean().value(row)),
        kind if kind.is_numeric() && !matches!(kind, DataType::Float16) => {
            let text = text(array, row)?;
            // A decimal with more digits than a number holds stays a text.
            serde_json::from_str(&text).unwrap_or_else(|_| Value::from(text))
        }
        _ => text(array, row).map_or(Value::Null, Value::from),
    })
}

/// A key of a dictionary as position of its value.
fn key_at(keys: &dyn Array, row: usize) -> Option<usize> {
    text(keys, row)?.parse().ok()
}
