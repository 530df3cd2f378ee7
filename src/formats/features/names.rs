//! The names of values, each with a number.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::formats::import::record::features::rank;
use crate::formats::import::record::names_a_role;

/// Names that become columns of their own. Trade-off: far more than a table
/// shows; the rest goes into one column as an object.
const COLUMNS: usize = 2_000;

/// Names beyond those that are looked at, in case they mean something.
const LOOKED_AT: usize = 20_000;

/// The names met so far.
#[derive(Default)]
pub(super) struct Names {
    pub list: Vec<String>,
    numbers: HashMap<String, usize>,
    looked_at: usize,
}

impl Names {
    /// The number of a name, which gets one if it has none; `None` where there
    /// are too many. `spoken`: whether the user speaks of it, so that it always
    /// gets one.
    pub fn number(&mut self, name: &str, spoken: impl Fn(&str) -> bool) -> Option<usize> {
        if let Some(known) = self.numbers.get(name) {
            return Some(*known);
        }
        if self.list.len() >= COLUMNS && !spoken(name) {
            self.looked_at += 1;
            let looked_at = self.looked_at < LOOKED_AT && self.list.len() < 2 * COLUMNS;
            if !looked_at || !names_a_role(name) {
                return None;
            }
        }
        self.list.push(name.to_owned());
        self.numbers.insert(name.to_owned(), self.list.len() - 1);
        Some(self.list.len() - 1)
    }

    /// Numbers the names anew, the surest first; answers with the new numbers
    /// by the old ones.
    pub fn sort(&mut self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.list.len()).collect();
        order.sort_by_cached_key(|at| (rank(&self.list[*at]), *at));
        let mut numbers = vec![0; order.len()];
        for (new, old) in order.iter().enumerate() {
            numbers[*old] = new;
        }
        let list = std::mem::take(&mut self.list);
        self.list = order.iter().map(|old| list[*old].clone()).collect();
        for number in self.numbers.values_mut() {
            *number = numbers[*number];
        }
        numbers
    }
}

/// A value of a feature.
#[derive(Debug)]
pub(super) struct Cell {
    /// The number of its name.
    pub name: usize,
    pub value: Value,
    /// Kept as it is, whatever it is called.
    pub plain: bool,
}

/// The values of one feature, each name once.
#[derive(Debug, Default)]
pub(super) struct Cells {
    pub list: Vec<Cell>,
    /// Those that have no column of their own.
    pub more: Map<String, Value>,
}

impl Cells {
    /// About how many bytes they take.
    pub fn size(&self) -> usize {
        let of_cells: usize = self.list.iter().map(|c| 24 + size(&c.value)).sum();
        let of_more = self.more.iter().map(|(n, v)| 64 + n.len() + size(v));
        of_cells + of_more.sum::<usize>()
    }
}

/// The same name twice in one feature: both values are kept, as a list.
pub(super) fn join(before: &mut Value, value: Value) {
    match before {
        Value::Array(list) if list.last() != Some(&value) => list.push(value),
        Value::Array(_) => {}
        one if *one == value => {}
        one => {
            let first = std::mem::take(one);
            *one = Value::Array(vec![first, value]);
        }
    }
}

/// About how many bytes a value takes; what is nested deep is not looked at.
fn size(value: &Value) -> usize {
    let text = |value: &Value| 32 + value.as_str().map_or(0, str::len);
    match value {
        Value::Array(list) => list.iter().map(|v| 32 + text(v)).sum::<usize>() + 32,
        Value::Object(members) => {
            let inner = members.iter().map(|(n, v)| 64 + n.len() + text(v));
            inner.sum::<usize>() + 32
        }
        value => text(value),
    }
}
