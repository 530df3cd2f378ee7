//! One feature becomes one event, by the plan.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::names::Cell;
use super::records::{Decided, Held, Records};
use super::structure::{self, Said};
use crate::dataset::OWN_MEMBERS;
use crate::formats::import::record::features::{Alias, is_place, is_time};
use crate::formats::import::record::wrong;
use crate::formats::import::{
    Column, Draft, DraftParticipant, DraftSource, DraftTime, Findings, Role,
};
use crate::model::Precision;

/// The column that values go into that have none of their own.
const MORE: &str = "more";

/// Whether our own features have a member of this name beside their id:
/// attributes that are called so get another.
fn is_ours(name: &str) -> bool {
    name != "id" && OWN_MEMBERS.contains(&name)
}

/// A value as a table would have it; empty where no table has such values.
pub(super) fn text(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Number(number) => Cow::Owned(number.to_string()),
        Value::Bool(yes) => Cow::Borrowed(if *yes { "true" } else { "false" }),
        Value::Null | Value::Array(_) | Value::Object(_) => Cow::Borrowed(""),
    }
}

/// What the format itself says, which its values do not override.
struct Given {
    id: String,
    title: String,
    summary: String,
    place: String,
    time: DraftTime,
}

impl Given {
    fn of(draft: &Draft<'_>) -> Self {
        Self {
            id: draft.id.trim().to_owned(),
            title: draft.title.to_string(),
            summary: draft.summary.to_string(),
            place: draft.place.to_string(),
            time: draft.time.clone(),
        }
    }

    /// Whether it says what a value of this role would say.
    fn says(&self, role: Role) -> bool {
        match role {
            Role::Title => !self.title.is_empty(),
            Role::Summary => !self.summary.is_empty(),
            Role::Place => !self.place.is_empty(),
            role => is_time(role) && self.time != DraftTime::Unknown,
        }
    }

    /// Says it again where a profile has overwritten it.
    fn again<'a>(&'a self, records: &Records, event: &mut Draft<'a>) {
        let free = |role: Role| !records.says(|said| said == role);
        let texts = [
            (Role::Id, &self.id, &mut event.id),
            (Role::Title, &self.title, &mut event.title),
            (Role::Summary, &self.summary, &mut event.summary),
            (Role::Place, &self.place, &mut event.place),
        ];
        for (role, text, slot) in texts {
            if !text.is_empty() && (free(role) || slot.is_empty()) {
                *slot = Cow::Borrowed(text);
            }
        }
        let timed = records.says(is_time) && event.time != DraftTime::Unknown;
        if self.time != DraftTime::Unknown && !timed {
            event.time = self.time.clone();
        }
    }
}

/// Keeps a feature as an event. The plan must be made.
pub(super) fn keep(records: &mut Records, held: Held) {
    let Some(decided) = records.decided.take() else {
        return;
    };
    add(records, &decided, held);
    records.decided = Some(decided);
}

fn add(records: &mut Records, decided: &Decided, held: Held) {
    let Held {
        mut draft,
        cells,
        inherited,
        number,
        line,
    } = held;
    let own = if number > line { number } else { line };
    records.numbered = number > line;
    let line = Findings::feature(number, line);
    let list = &cells.list;
    // Of what the user speaks, the format itself is not asked first.
    let spoken = records.says(is_place);
    let shape = draft.geometry.take_if(|_| spoken);
    let (stands, roles) = places(records, decided, list);
    let mut said: Vec<Said> = Vec::new();
    for (cell, role) in list.iter().zip(&roles) {
        let name = &records.names.list[cell.name];
        let means = if !cell.plain && (cell.value.is_array() || cell.value.is_object()) {
            let spoken = records.said(name).is_some();
            let findings = &mut records.gather.findings;
            let role = (*role, spoken);
            structure::read(&mut draft, &cell.value, role, (name, line), findings)
        } else {
            Said::Nothing
        };
        records.understood |= means != Said::Nothing;
        said.push(means);
    }
    let given = Given::of(&draft);
    let mut texts: Vec<Cow<'_, str>> = Vec::with_capacity(list.len());
    for (at, cell) in list.iter().enumerate() {
        let spoken = || records.said(&records.names.list[cell.name]).is_some();
        let value = text(&cell.value);
        texts.push(match (roles[at], stands[at]) {
            _ if cell.plain => Cow::Borrowed(""),
            (Role::Id, _) if !given.id.is_empty() && !spoken() => Cow::Borrowed(&given.id),
            (role, _) if given.says(role) && !spoken() => Cow::Borrowed(""),
            (_, Some(alias)) => alias.text(value),
            _ => value,
        });
    }
    let placed = draft.geometry.is_some();
    let mut event: Draft<'_> = draft;
    let get = |column: usize| match records.at[column] {
        0 => "",
        at => texts[at - 1].as_ref(),
    };
    let findings = &mut records.gather.findings;
    decided.plan.fill(&mut event, get, line, findings);
    // The plan's attributes are not declared here, and are no JSON.
    let mut kept = vec![false; list.len()];
    for (column, _) in event.attributes.drain(..) {
        let column = decided.by_attribute.get(usize::from(column.0));
        if let Some(at) = column.and_then(|c| records.at[*c].checked_sub(1)) {
            kept[at] = true;
        }
    }
    for (at, cell) in list.iter().enumerate() {
        kept[at] = match said[at] {
            _ if cell.plain => true,
            Said::All => false,
            Said::Part => true,
            Said::Nothing => {
                let placed = event.geometry.as_ref().filter(|_| placed);
                let same = placed.is_some_and(|g| same_place(records, decided, at, g, list));
                let told = (texts[at].as_ref(), stands[at].is_some());
                !same && says_more(roles[at], cell, told, &event, kept[at])
                    || !same && placed.is_some() && is_place(roles[at])
            }
        };
    }
    for (cell, alias) in list.iter().zip(&stands) {
        records.at[cell.name] = 0;
        if let Some(alias) = alias {
            records.at[alias.column] = 0;
        }
    }
    given.again(records, &mut event);
    if event.time == DraftTime::Unknown {
        event.time = inherited;
        let all = list.iter().zip(&roles).zip(&said);
        tell_unread(records, all, line);
    }
    if decided.plan.profile().is_none() {
        lists(&mut event);
    }
    if event.geometry.is_none() {
        event.geometry = shape;
    }
    if event.title.is_empty() && records.place_as_title {
        event.title = event.place.clone();
    }
    if event.id.is_empty() {
        event.id = Cow::Owned(format!("feature-{number}"));
    }
    if event.geometry.is_none() && event.precision == Precision::Exact {
        event.precision = Precision::Unknown;
    }
    attributes(records, &mut event, list.iter().zip(kept), cells.more);
    records.gather.add(&event, own);
}

/// Tells of lists and objects that are no date: what no table has, the plan was
/// not asked of.
fn tell_unread<'c>(
    records: &mut Records,
    all: impl Iterator<Item = ((&'c Cell, &'c Role), &'c Said)>,
    line: u64,
) {
    for ((cell, role), said) in all {
        let unread = is_time(*role) && *said == Said::Nothing && !cell.plain;
        if unread && is_filled(&cell.value) {
            let name = &records.names.list[cell.name];
            let findings = &mut records.gather.findings;
            findings.note(&wrong::DATE, name, line, &cell.value.to_string());
        }
    }
}

/// Whether a value is a list or an object with something in it.
fn is_filled(value: &Value) -> bool {
    let filled = value.as_array().map(|list| !list.is_empty());
    let filled = filled.or_else(|| value.as_object().map(|members| !members.is_empty()));
    filled.unwrap_or(false)
}

/// Notes where values stand; some stand in for others that are not there. With
/// that, what each means.
fn places(
    records: &mut Records,
    decided: &Decided,
    list: &[Cell],
) -> (Vec<Option<Alias>>, Vec<Role>) {
    for (at, cell) in list.iter().enumerate().filter(|(_, c)| !c.plain) {
        records.at[cell.name] = at + 1;
    }
    let mut stands: Vec<Option<Alias>> = vec![None; list.len()];
    for (at, cell) in list.iter().enumerate().filter(|(_, c)| !c.plain) {
        if let Some(alias) = decided.aliases[cell.name].filter(|a| records.at[a.column] == 0) {
            records.at[alias.column] = at + 1;
            records.at[cell.name] = 0;
            stands[at] = Some(alias);
        }
    }
    let roles = list
        .iter()
        .zip(&stands)
        .map(|(cell, alias)| decided.means[alias.map_or(cell.name, |a| a.column)])
        .collect();
    (stands, roles)
}

/// Gives an event the values that are kept.
fn attributes<'c>(
    records: &mut Records,
    event: &mut Draft<'_>,
    list: impl Iterator<Item = (&'c Cell, bool)>,
    more: Map<String, Value>,
) {
    for (cell, _) in list.filter(|(_, kept)| *kept) {
        let column = records.attribute(cell.name);
        let text = cell.value.to_string();
        event.attributes.push((column, Cow::Owned(text)));
    }
    if !more.is_empty() {
        let column = records.gather.column(MORE, true);
        let text = Value::Object(more).to_string();
        event.attributes.push((column, Cow::Owned(text)));
    }
}

/// Whether a value says only where the geometry lies anyway.
fn same_place(
    records: &Records,
    decided: &Decided,
    at: usize,
    geometry: &geo::Geometry<f64>,
    list: &[Cell],
) -> bool {
    let plan = &decided.plan;
    let stands = |column: usize| records.at[column].checked_sub(1);
    let alias = decided.aliases[list[at].name].filter(|a| stands(a.column) == Some(at));
    let column = alias.map_or(list[at].name, |a| a.column);
    let other = match decided.means[column] {
        Role::Latitude => plan.column(Role::Longitude),
        Role::Longitude => plan.column(Role::Latitude),
        _ => None,
    };
    let other = other.and_then(|column| list.get(stands(column)?));
    let other = other.map_or(Cow::Borrowed(""), |cell| text(&cell.value));
    plan.says_same_place(column, &text(&list[at].value), &other, geometry)
}

/// Whether a value that was not taken apart says more than the event does.
/// `told` is what the plan was told of it, `kept` whether it keeps it.
fn says_more(
    role: Role,
    cell: &Cell,
    (told, stands): (&str, bool),
    event: &Draft<'_>,
    kept: bool,
) -> bool {
    let whole = text(&cell.value);
    let same = |text: &str| text.trim() == whole.trim();
    match role {
        Role::Ignore => false,
        // Lists, objects, and texts without a letter.
        _ if whole.is_empty() => role == Role::Attribute || !cell.value.is_string(),
        Role::Kind if event.kind.id().eq_ignore_ascii_case(whole.trim()) => false,
        Role::Precision if event.precision.id().eq_ignore_ascii_case(whole.trim()) => false,
        _ if told == whole || stands && !told.is_empty() => {
            kept || is_time(role) && has_fraction(&cell.value)
        }
        Role::Id => !same(&event.id),
        Role::Title => !same(&event.title),
        Role::Summary => !same(&event.summary),
        Role::Place => !same(&event.place),
        _ => true,
    }
}

/// Whether a count of seconds or milliseconds, or a time of day, says more than
/// its second.
fn has_fraction(value: &Value) -> bool {
    if let Some((before, after)) = value.as_str().and_then(|text| text.rsplit_once('.')) {
        let mut digits = after.bytes().take_while(u8::is_ascii_digit);
        return before.contains(':') && digits.any(|digit| digit != b'0');
    }
    let number = value.as_f64().unwrap_or_default();
    number.fract() != 0.0 || (number.abs() >= 2e10 && number % 1e3 != 0.0)
}

/// Names with semicolons between them are several.
fn lists(event: &mut Draft<'_>) {
    let several = |name: &Cow<'_, str>| name.contains(';');
    if event.participants.iter().any(|p| several(&p.name)) {
        for part in std::mem::take(&mut event.participants) {
            for name in parts(&part.name) {
                event.participants.push(DraftParticipant { name, ..part });
            }
        }
    }
    if event.sources.iter().any(|s| several(&s.title)) {
        for source in std::mem::take(&mut event.sources) {
            if !several(&source.title) {
                event.sources.push(source);
                continue;
            }
            for title in parts(&source.title) {
                event.sources.push(DraftSource {
                    title,
                    ..DraftSource::default()
                });
            }
            // Of which of them it is, is not said.
            if !source.url.is_empty() {
                event.sources.push(DraftSource {
                    title: Cow::Borrowed(""),
                    ..source
                });
            }
        }
    }
}

fn parts<'a>(names: &Cow<'a, str>) -> Vec<Cow<'a, str>> {
    let parts = |text: &'a str| text.split(';').map(str::trim).filter(|n| !n.is_empty());
    match names {
        Cow::Borrowed(text) => parts(text).map(Cow::Borrowed).collect(),
        Cow::Owned(text) => {
            let parts = text.split(';').map(str::trim).filter(|n| !n.is_empty());
            parts.map(|n| Cow::Owned(n.to_owned())).collect()
        }
    }
}

impl Records {
    /// The attribute that values of a name are kept as.
    fn attribute(&mut self, name: usize) -> Column {
        if let Some(known) = self.attributes[name] {
            return known;
        }
        let text = &self.names.list[name];
        // What our own files call otherwise must not stand in its place.
        let column = if is_ours(text) {
            self.gather.column(&format!("{text}_"), true)
        } else {
            self.gather.column(text, true)
        };
        self.attributes[name] = Some(column);
        column
    }
}
