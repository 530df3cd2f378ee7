//! What has changed between two states of the same data: events added, removed
//! and changed, and of those that changed the values, field by field; and how
//! many records of the other tables.

mod tables;
mod words;

pub use tables::{Table, TableChange};

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::dataset::Dataset;
use crate::model::time::When;
use crate::model::{EventDetail, EventRow, Extra};

use super::attributes;
use words::text;

/// What differs between an old and a new dataset.
///
/// Only rows are kept, so that hundreds of thousands of changes are counted
/// exactly; [`fields`] tells what changed of those that are looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Rows of the new one that the old one does not have.
    pub added: Vec<EventRow>,
    /// Rows of the old one that the new one does not have.
    pub removed: Vec<EventRow>,
    /// Rows of the old and of the new one whose values differ.
    pub changed: Vec<(EventRow, EventRow)>,
    /// The other tables that differ; the head too.
    pub tables: Vec<TableChange>,
}

impl Difference {
    /// Whether nothing differs, in the events or beside them.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let rows = self.added.len() + self.removed.len() + self.changed.len();
        rows == 0 && self.tables.is_empty()
    }
}

/// A value of an event that may change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Title.
    Title,
    /// Summary.
    Summary,
    /// When.
    When,
    /// Position and named place.
    Where,
    /// How well the position is known.
    Precision,
    /// What happened.
    Kind,
    /// Whose action it is.
    Side,
    /// Numbers of people.
    Tolls,
    /// Who took part.
    Participants,
    /// What tells of it.
    Sources,
    /// Warnings.
    Flags,
    /// Everything else that the file says of it.
    Attributes,
}

impl Field {
    /// Every field, in the order shown.
    pub const ALL: [Self; 12] = [
        Self::Title,
        Self::When,
        Self::Where,
        Self::Precision,
        Self::Kind,
        Self::Side,
        Self::Tolls,
        Self::Participants,
        Self::Sources,
        Self::Flags,
        Self::Summary,
        Self::Attributes,
    ];

    /// The id that keys of texts end in.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Summary => "summary",
            Self::When => "when",
            Self::Where => "where",
            Self::Precision => "precision",
            Self::Kind => "kind",
            Self::Side => "side",
            Self::Tolls => "tolls",
            Self::Participants => "participants",
            Self::Sources => "sources",
            Self::Flags => "flags",
            Self::Attributes => "attributes",
        }
    }
}

/// One value before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Which value.
    pub field: Field,
    /// For an attribute, its name; else empty.
    pub name: String,
    /// What it was; empty if there was none.
    pub old: String,
    /// What it is; empty if there is none.
    pub new: String,
}

/// Compares two datasets. Events are matched by id; those whose id is only the
/// number of their line, by what they say.
#[must_use]
pub fn difference(old: &Dataset, new: &Dataset) -> Difference {
    let mut out = Difference {
        tables: tables::tables(old, new),
        ..Difference::default()
    };
    let mut pairs: Vec<(EventRow, EventRow)> = Vec::new();
    let mut by_id: HashMap<String, EventRow> = HashMap::new();
    let mut old_lines = Vec::new();
    for row in old.rows() {
        let event = old.event(row);
        if is_line(&event.id) {
            old_lines.push(row);
            continue;
        }
        // Of two with one id, the second counts as removed: nothing is hidden.
        if let Some(twice) = by_id.insert(event.into_owned().id, row) {
            out.removed.push(twice);
        }
    }
    let mut new_lines = Vec::new();
    for row in new.rows() {
        let event = new.event(row);
        if is_line(&event.id) {
            new_lines.push(row);
        } else if let Some(before) = by_id.remove(&event.id) {
            pairs.push((before, row));
        } else {
            out.added.push(row);
        }
    }
    out.removed.extend(by_id.into_values());
    for (before, row) in pairs {
        if differs(old, new, before, row) {
            out.changed.push((before, row));
        }
    }
    lines(old, new, old_lines, new_lines, &mut out);
    out.added.sort_unstable();
    out.removed.sort_unstable();
    out.changed.sort_unstable_by_key(|(_, row)| *row);
    out
}

/// Whether an id says no more than where the event stood in its file.
fn is_line(id: &str) -> bool {
    id.strip_prefix("line-").is_some_and(|n| {
        let digits = n.split('-').next().unwrap_or_default();
        !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Matches events without ids: first those that say all the same, then, among
/// the others, those that have title and date in common.
fn lines(
    old: &Dataset,
    new: &Dataset,
    old_rows: Vec<EventRow>,
    new_rows: Vec<EventRow>,
    out: &mut Difference,
) {
    let (old_rows, new_rows, _) = matched(old_rows, new_rows, |which, row| {
        Some(content(if which { new } else { old }, row))
    });
    let (old_rows, new_rows, pairs) = matched(old_rows, new_rows, |which, row| {
        let dataset = if which { new } else { old };
        let event = dataset.event(row);
        let title = event.titles.get("en");
        let when = event.when.as_ref().map(When::edtf);
        (!title.is_empty()).then(|| hash(&(title, when)))
    });
    out.removed.extend(old_rows);
    out.added.extend(new_rows);
    out.changed.extend(pairs);
}

type Matched = (Vec<EventRow>, Vec<EventRow>, Vec<(EventRow, EventRow)>);

/// Pairs rows of the same key; answers with the rest of both sides, and the
/// pairs. The key is asked of the old side with `false`, of the new with `true`.
fn matched(
    old_rows: Vec<EventRow>,
    new_rows: Vec<EventRow>,
    key: impl Fn(bool, EventRow) -> Option<u64>,
) -> Matched {
    let mut waiting: HashMap<u64, Vec<EventRow>> = HashMap::new();
    let mut rest_old = Vec::new();
    for row in old_rows {
        match key(false, row) {
            Some(key) => waiting.entry(key).or_default().push(row),
            None => rest_old.push(row),
        }
    }
    // The first of several is matched with the first.
    for rows in waiting.values_mut() {
        rows.reverse();
    }
    let (mut rest_new, mut pairs) = (Vec::new(), Vec::new());
    for row in new_rows {
        match key(true, row).and_then(|k| waiting.get_mut(&k)?.pop()) {
            Some(before) => pairs.push((before, row)),
            None => rest_new.push(row),
        }
    }
    rest_old.extend(waiting.into_values().flatten());
    (rest_old, rest_new, pairs)
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// All that an event says, but not its id.
fn content(dataset: &Dataset, row: EventRow) -> u64 {
    let event = dataset.event(row);
    let mut hasher = DefaultHasher::new();
    for field in Field::ALL {
        match field {
            Field::Attributes => {
                for (name, value) in event.extra.iter().chain(&event.feature_extra) {
                    (name, value.to_string()).hash(&mut hasher);
                }
            }
            field => text(dataset, row, &event, field).hash(&mut hasher),
        }
    }
    hasher.finish()
}

/// Whether two events say something different, without making texts of it.
fn differs(old: &Dataset, new: &Dataset, a: EventRow, b: EventRow) -> bool {
    let (x, y) = (old.event(a), new.event(b));
    x.titles != y.titles
        || x.summary != y.summary
        || x.kind != y.kind
        || x.precision != y.precision
        || x.radius_m != y.radius_m
        || x.flags != y.flags
        || x.geometry != y.geometry
        || x.extra != y.extra
        || x.feature_extra != y.feature_extra
        || x.when != y.when
        || x.tolls.len() != y.tolls.len()
        || x.participants.len() != y.participants.len()
        || [
            Field::Where,
            Field::Side,
            Field::Tolls,
            Field::Participants,
            Field::Sources,
        ]
        .into_iter()
        .any(|field| text(old, a, &x, field) != text(new, b, &y, field))
}

/// What changed of an event.
#[must_use]
pub fn fields(old: &Dataset, new: &Dataset, a: EventRow, b: EventRow) -> Vec<FieldChange> {
    let (x, y) = (old.event(a), new.event(b));
    let mut out = Vec::new();
    for field in Field::ALL {
        if field == Field::Attributes {
            out.extend(changed_attributes(&x, &y));
            continue;
        }
        let (before, after) = (text(old, a, &x, field), text(new, b, &y, field));
        if before != after {
            out.push(FieldChange {
                field,
                name: String::new(),
                old: before,
                new: after,
            });
        }
    }
    out
}

fn changed_attributes(x: &EventDetail, y: &EventDetail) -> Vec<FieldChange> {
    let mut out = changed_members(&x.extra, &y.extra);
    out.extend(changed_members(&x.feature_extra, &y.feature_extra));
    out
}

fn changed_members(x: &Extra, y: &Extra) -> Vec<FieldChange> {
    let gone = x.keys().filter(|name| !y.contains_key(*name));
    let names = y.keys().chain(gone);
    let shown = |members: &Extra, name: &str| {
        let value = members.get(name);
        value.map(attributes::plain).unwrap_or_default()
    };
    names
        .filter(|name| x.get(*name) != y.get(*name))
        .map(|name| FieldChange {
            field: Field::Attributes,
            name: name.clone(),
            old: shown(x, name),
            new: shown(y, name),
        })
        .collect()
}

#[cfg(test)]
mod tests;
