//! Members of an event that the schema does not know, such as the unmapped
//! columns of an imported table. One whose name the schema uses itself is
//! written under `attributes`, so that it takes nothing's place.

use serde_json::Value;

use crate::dataset::Layer;
use crate::model::{EventDetail, Extra};

use super::timespans;

/// Member of [`EventDetail::extra`] under which the members of `when` other
/// than the EDTF string are kept.
const WHEN: &str = "when";
/// Where members lie whose own names are taken.
const ATTRIBUTES: &str = "attributes";
/// Where the layer of an event stands, in a dataset of several.
const LAYER: &str = "layer";
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
/// With `layer`, that one is added.
pub(super) fn pack(event: &EventDetail, layer: Option<&str>) -> (Extra, Extra) {
    let mut extra = event.extra.clone();
    let mut when = Extra::new();
    if event.when.is_some()
        && let Some(Value::Object(members)) = extra.get(WHEN)
        && !members.is_empty()
        && !members.contains_key("edtf")
        && !(event
            .when
            .as_ref()
            .is_some_and(|w| w.held_extent().is_some())
            && members.contains_key(timespans::MEMBER))
    {
        when.clone_from(members);
        extra.remove(WHEN);
    }
    timespans::write(event.when.as_ref(), &mut when);
    let clashes = |name: &str| is_taken(name) || (layer.is_some() && name == LAYER);
    let clashing: Vec<_> = extra.keys().filter(|k| clashes(k)).cloned().collect();
    if !clashing.is_empty() {
        let moved: Extra = clashing
            .into_iter()
            .filter_map(|name| extra.remove_entry(&name))
            .collect();
        extra.insert(ATTRIBUTES.to_owned(), Value::Object(moved));
    }
    if let Some(layer) = layer {
        extra.insert(LAYER.to_owned(), layer.into());
    }
    (when, extra)
}

/// Takes the position of the event's layer in the list, if it names one of it.
pub(super) fn take_layer(extra: &mut Extra, layers: &[Layer]) -> Option<u8> {
    let id = extra.get(LAYER)?.as_str()?;
    let at = layers.iter().position(|l| l.id == id)?;
    extra.remove(LAYER);
    u8::try_from(at).ok()
}

/// The inverse of [`pack`]; without the layer, which [`take_layer`] has taken.
pub(super) fn unpack(mut extra: Extra, when: Option<&Extra>) -> Extra {
    if let Some(Value::Object(mut members)) = extra.remove(ATTRIBUTES) {
        for name in TAKEN.into_iter().chain([LAYER]) {
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
