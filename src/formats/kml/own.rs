//! Placemarks as we write them: their data hold all that KML has no element for,
//! see `formats::write::kml` and `formats::own`.

use std::borrow::Cow;

use serde_json::Value;

use crate::formats::dates;
use crate::formats::import::{Draft, DraftTime, Gather, Wrong};
use crate::formats::own::{self, Texts};
use crate::formats::write::KML_NAMES;
use crate::model::{Kind, Precision};

/// Whether a placemark with these data is ours: these three are always there.
pub(super) fn is_ours(values: &[(String, Value)]) -> bool {
    let [id, kind, precision] =
        [own::ID, own::KIND, own::PRECISION].map(|field| first(values, own::NAMES[field]));
    id.is_some()
        && kind.is_some_and(|k| Kind::from_id(k).is_some())
        && precision.is_some_and(|p| Precision::from_id(p).is_some())
}

/// The first value of a name: later ones are not ours.
fn first<'v>(values: &'v [(String, Value)], name: &str) -> Option<&'v str> {
    let (_, value) = values.iter().find(|(n, _)| n == name)?;
    value.as_str()
}

struct Data<'v> {
    values: &'v [(String, Value)],
    /// Name and description of the placemark.
    said: [&'v str; 2],
    wrong: Vec<(&'static Wrong, usize, String)>,
}

impl<'v> Texts<'v> for Data<'v> {
    fn text(&self, field: usize) -> &'v str {
        // A placemark has elements for these.
        if (own::START..=own::WKT).contains(&field) {
            return "";
        }
        let said = match field {
            own::TITLE => self.said[0],
            own::NOTES => self.said[1],
            _ => "",
        };
        first(self.values, own::NAMES[field]).unwrap_or(said)
    }

    fn wrong(&mut self, wrong: &'static Wrong, field: usize, text: &str) {
        self.wrong.push((wrong, field, text.to_owned()));
    }

    fn keep(&mut self, _: usize) {}
}

/// Keeps a placemark of ours, of which the elements are read.
pub(super) fn keep(
    gather: &mut Gather,
    read: Draft<'static>,
    values: &[(String, Value)],
    (number, line): (u64, u64),
) {
    let said = [read.title.clone(), read.summary.clone()];
    let mut data = Data {
        values,
        said: [&said[0], &said[1]],
        wrong: Vec::new(),
    };
    let mut draft: Draft<'_> = read;
    let shown = std::mem::take(&mut draft.time);
    own::fill(&mut draft, &mut data);
    if differ(&shown, &draft.time) {
        // Another program has changed it since.
        draft.time = shown;
    }
    for (wrong, field, text) in data.wrong {
        let findings = &mut gather.findings;
        findings.note(wrong, own::NAMES[field], line, &text);
    }
    for (at, (name, value)) in values.iter().enumerate() {
        let ours = own::NAMES.contains(&name.as_str());
        let again = || values[..at].iter().any(|(n, _)| n == name);
        // A side is none of ours before it has been made one.
        let read = ours && name != own::NAMES[own::SIDE];
        if name == "description_html" || read && !again() {
            continue;
        }
        let name = own::own_name(name, &KML_NAMES);
        let column = gather.column(name, true);
        let value = Cow::Owned(value.to_string());
        draft.attributes.push((column, value));
    }
    gather.add(&draft, number);
}

/// Whether the time that a placemark shows is not that of its data, by more
/// than the fraction of a second that KML drops.
fn differ(shown: &DraftTime, told: &DraftTime) -> bool {
    let Some(shown) = dates::extent(shown) else {
        return false;
    };
    let Some(told) = dates::extent(told) else {
        return true;
    };
    let off = |a: i64, b: i64| a.abs_diff(b) > 1_000;
    off(shown.start_earliest, told.start_earliest) || off(shown.end_latest, told.end_latest)
}
