//! Columns of attributes whose values have one type: whole numbers, numbers,
//! yes or no, or else texts.

use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_schema::DataType;
use serde_json::Value;

use super::flat;

/// What all values of an attribute are, from the narrowest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Type {
    /// There was no value yet.
    #[default]
    Nothing,
    Boolean,
    Whole,
    Number,
    Text,
}

impl Type {
    /// The type that holds one more value.
    pub fn with(self, value: &Value) -> Self {
        let of = match value {
            Value::Null => return self,
            Value::Bool(_) => Self::Boolean,
            Value::Number(n) if n.is_i64() => Self::Whole,
            // A float does not hold the largest whole numbers.
            Value::Number(n) if !n.is_u64() => Self::Number,
            _ => Self::Text,
        };
        match (self, of) {
            (Self::Nothing, of) => of,
            (a, b) if a == b => a,
            (Self::Whole, Self::Number) | (Self::Number, Self::Whole) => Self::Number,
            _ => Self::Text,
        }
    }

    /// The type of its column.
    pub fn data_type(self) -> DataType {
        match self {
            Self::Boolean => DataType::Boolean,
            Self::Whole => DataType::Int64,
            Self::Number => DataType::Float64,
            Self::Nothing | Self::Text => DataType::Utf8,
        }
    }
}

/// A column as it grows.
pub(super) enum Column {
    Boolean(BooleanBuilder),
    Whole(Int64Builder),
    Number(Float64Builder),
    Text(StringBuilder),
}

impl Column {
    /// An empty column.
    pub fn new(of: Type) -> Self {
        match of {
            Type::Boolean => Self::Boolean(BooleanBuilder::new()),
            Type::Whole => Self::Whole(Int64Builder::new()),
            Type::Number => Self::Number(Float64Builder::new()),
            Type::Nothing | Type::Text => Self::Text(StringBuilder::new()),
        }
    }

    /// Adds a value of its type, or none.
    pub fn append(&mut self, value: Option<&Value>) {
        let value = value.filter(|v| !v.is_null());
        match self {
            Self::Boolean(column) => column.append_option(value.and_then(Value::as_bool)),
            Self::Whole(column) => column.append_option(value.and_then(Value::as_i64)),
            Self::Number(column) => column.append_option(value.and_then(Value::as_f64)),
            Self::Text(column) => column.append_option(value.map(flat::plain)),
        }
    }

    /// What was added since the last time.
    pub fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Boolean(column) => Arc::new(column.finish()),
            Self::Whole(column) => Arc::new(column.finish()),
            Self::Number(column) => Arc::new(column.finish()),
            Self::Text(column) => Arc::new(column.finish()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_column_has_the_narrowest_type_that_holds_all_values() {
        let of = |values: &Value| {
            let values = values.as_array().into_iter().flatten();
            values.fold(Type::Nothing, Type::with)
        };
        for (values, wanted) in [
            (json!([]), Type::Nothing),
            (json!([null, true]), Type::Boolean),
            (json!([1, null, -2]), Type::Whole),
            (json!([1, 2.5]), Type::Number),
            (json!([2.5, 1]), Type::Number),
            (json!([1, "a"]), Type::Text),
            (json!([true, 1]), Type::Text),
            (json!([[1]]), Type::Text),
            (json!([u64::MAX]), Type::Text),
        ] {
            assert_eq!(of(&values), wanted, "{values}");
        }
    }
}
