//! Members of an event that the schema does not know, such as the unmapped
//! columns of an imported table. One whose name the schema uses itself is
//! written under `attributes`, so that it takes nothing's place.

use serde_json::Value;

use crate::model::{EventDetail, Extra};

/// Member of [`EventDetail::extra`] under which the members of `when` other
/// than the EDTF string are kept.
const WHEN: &str = "when";
/// Where members lie whose own names are taken.
const ATTRIBUTES: &str = "attributes";
/// Names of [`super::v1::EventProperties`], and the above.
const TAKEN: [&str; 13] = [
    "title",
    "titles",
    "summary",
    "kind",
    "side",
    WHEN,
    "place",
    "precision",
    "radius_m",
    "participants",
    "tolls",
    "flags",
    ATTRIBUTES,
];

/// Whether the schema of events uses this name itself.
pub(in crate::formats) fn is_taken(name: &str) -> bool {
    TAKEN.contains(&name)
}

/// What to write beside the known members: those of `when`, and the others.
pub(super) fn pack(event: &EventDetail) -> (Extra, Extra) {
    let mut extra = event.extra.clone();
    let mut when = Extra::new();
    if event.when.is_some()
        && let Some(Value::Object(members)) = extra.get(WHEN)
        && !members.is_empty()
        && !members.contains_key("edtf")
    {
        when.clone_from(members);
        extra.remove(WHEN);
    }
    let clashing: Vec<_> = extra.keys().filter(|k| is_taken(k)).cloned().collect();
    if !clashing.is_empty() {
        let moved: Extra = clashing
            .into_iter()
            .filter_map(|name| extra.remove_entry(&name))
            .collect();
        extra.insert(ATTRIBUTES.to_owned(), Value::Object(moved));
    }
    (when, extra)
}

/// The inverse of [`pack`].
pub(super) fn unpack(mut extra: Extra, when: Option<&Extra>) -> Extra {
    if let Some(Value::Object(mut members)) = extra.remove(ATTRIBUTES) {
        for name in TAKEN {
            if let Some(value) = members.remove(name) {
                extra.insert(name.to_owned(), value);
            }
        }
        // Written by somebody else: kept as it stands.
        if !members.is_empty() {
            extra
                .entry(ATTRIBUTES)
                .or_insert_with(|| Value::Object(members));
        }
    }
    if let Some(members) = when.filter(|w| !w.is_empty()) {
        extra.insert(WHEN.to_owned(), Value::Object(members.clone()));
    }
    extra
}
