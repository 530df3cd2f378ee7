//! The files whose events a dataset holds: the member `layers` of the head, of
//! which each event names one. A member of that name but of another form is
//! somebody else's, and kept as it is.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::dataset::Layer;
use crate::formats::Report;
use crate::model::Extra;

use super::DATASET_FILE;

const MEMBER: &str = "layers";

/// The members of the head with the layers added, if there are any.
pub(super) fn beside(layers: &[Layer], members: &Extra) -> Extra {
    let mut members = members.clone();
    if !layers.is_empty() {
        let layer = |l: &Layer| json!({ "id": l.id, "name": l.name });
        let list: Vec<Value> = layers.iter().map(layer).collect();
        members.insert(MEMBER.to_owned(), list.into());
    }
    members
}

/// Takes the layers from the members of the head.
pub(super) fn take(members: &mut Extra, report: &mut Report) -> Vec<Layer> {
    let layer = |value: &Value| {
        let value = value.as_object().filter(|v| v.len() == 2)?;
        let text = |name: &str| Some(value.get(name)?.as_str()?.to_owned());
        Some(Layer {
            id: text("id")?,
            name: text("name")?,
        })
    };
    let list = members.get(MEMBER).and_then(Value::as_array);
    let list: Option<Vec<Layer>> = list.and_then(|l| l.iter().map(layer).collect());
    let Some(list) = list.filter(|l| !l.is_empty()) else {
        return Vec::new();
    };
    let ids: HashSet<&str> = list.iter().map(|l| l.id.as_str()).collect();
    if ids.len() < list.len() || list.len() > usize::from(u8::MAX) {
        report.error(
            DATASET_FILE,
            MEMBER,
            "its layers are more than 255, or two have one id; none is told apart".to_owned(),
            "give each an id of its own",
        );
        return Vec::new();
    }
    members.remove(MEMBER);
    list
}
