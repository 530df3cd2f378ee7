//! Named values become an event: by what the user says they mean, else by
//! their names. What means nothing to us stays an attribute.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::formats::dates::{self, Unread};
use crate::formats::import::{
    Column, DateOrder, Draft, DraftParticipant, DraftSource, DraftTime, DraftToll, Gather, Mapping,
    Role, Wrong,
};
use crate::formats::{OpenOptions, Severity};
use crate::model::time::SECOND_MS;
use crate::model::{self, Kind, Precision, Schema, TollKind};

use super::checked_point;
use super::roles::guess;

/// Different attributes kept as columns of their own. Trade-off: far more than
/// a table shows; the rest goes into one column as an object.
const COLUMNS: usize = 2_000;
/// The column that the rest goes into.
const MORE: &str = "more";

const NO_DATE: Wrong = Wrong {
    id: "no-date",
    severity: Severity::Error,
    what: "it is no date that is understood; the event was kept without it, the value as an attribute",
    remedy: "write dates as 2014-05-01, or another form of EDTF",
};
const AMBIGUOUS: Wrong = Wrong {
    id: "ambiguous-date",
    severity: Severity::Error,
    what: "day and month can be read both ways; the event was kept without the date, the value as an attribute",
    remedy: "say which comes first with dates=day-first or dates=month-first",
};
const BACKWARDS: Wrong = Wrong {
    id: "end-before-start",
    severity: Severity::Error,
    what: "the end lies before the start; the event was kept with its start alone",
    remedy: "correct one of the two",
};
const NO_COUNT: Wrong = Wrong {
    id: "no-count",
    severity: Severity::Warning,
    what: "it is no number of people; it was kept as an attribute",
    remedy: "write a whole number",
};

/// Reads the named values of one file.
pub(in crate::formats) struct Fields {
    mapping: Option<Mapping>,
    /// Which comes first where day and month can be read both ways.
    pub order: Option<DateOrder>,
    roles: HashMap<String, (Role, usize)>,
    columns: HashMap<String, Column>,
    /// Whether an end that is not given is open.
    pub open_ends: bool,
}

/// The values of one event by what they mean.
type Found<'v> = BTreeMap<Role, (usize, &'v str, &'v Value)>;

impl Fields {
    pub fn new(options: &OpenOptions) -> Self {
        Self {
            mapping: options.mapping.clone(),
            order: options.mapping.as_ref().and_then(|m| m.date_order),
            roles: HashMap::new(),
            columns: HashMap::new(),
            open_ends: false,
        }
    }

    fn role(&mut self, name: &str) -> (Role, usize) {
        if let Some(known) = self.roles.get(name) {
            return *known;
        }
        let said = self.mapping.as_ref().and_then(|m| m.roles.get(name));
        let role = said.map_or_else(|| guess(name), |role| (*role, 0));
        if self.roles.len() < COLUMNS {
            self.roles.insert(name.to_owned(), role);
        }
        role
    }

    /// Whether anything among these names is known to be a date or a place.
    pub fn understands<'n>(&mut self, names: impl Iterator<Item = &'n str>) -> bool {
        let mut names = names;
        names.any(|n| {
            matches!(
                self.role(n).0,
                Role::Date | Role::Start | Role::Year | Role::Latitude | Role::Place
            )
        })
    }

    /// Keeps a value as an attribute, as JSON.
    pub fn attribute(
        &mut self,
        draft: &mut Draft<'static>,
        gather: &mut Gather,
        name: &str,
        value: &Value,
    ) {
        if value.is_null() {
            return;
        }
        let known = self.columns.len();
        let column = match self.columns.get(name) {
            Some(column) => *column,
            None if known < COLUMNS => {
                let column = gather.column(name, true);
                self.columns.insert(name.to_owned(), column);
                column
            }
            None => return self.more(draft, gather, name, value),
        };
        // The same name twice in one event: both are kept.
        if let Some((_, text)) = draft.attributes.iter_mut().find(|(c, _)| *c == column) {
            let before: Value = serde_json::from_str(text).unwrap_or_default();
            if before != *value {
                let mut list = match before {
                    Value::Array(list) => list,
                    one => vec![one],
                };
                list.push(value.clone());
                *text = Cow::Owned(Value::Array(list).to_string());
            }
            return;
        }
        draft
            .attributes
            .push((column, Cow::Owned(value.to_string())));
    }

    fn more(&mut self, draft: &mut Draft<'static>, gather: &mut Gather, name: &str, value: &Value) {
        let column = gather.column(MORE, true);
        let at = draft.attributes.iter().position(|(c, _)| *c == column);
        let mut object = at
            .and_then(|at| serde_json::from_str(&draft.attributes[at].1).ok())
            .unwrap_or_else(model::Extra::new);
        object.insert(name.to_owned(), value.clone());
        let text = Cow::Owned(Value::Object(object).to_string());
        match at {
            Some(at) => draft.attributes[at].1 = text,
            None => draft.attributes.push((column, text)),
        }
    }

    /// Puts named values into an event. What it already has stays; values that
    /// then have no use are kept as attributes.
    pub fn apply<'v>(
        &mut self,
        draft: &mut Draft<'static>,
        gather: &mut Gather,
        line: u64,
        values: impl IntoIterator<Item = (&'v str, &'v Value)>,
    ) {
        let mut found = Found::new();
        for (name, value) in values {
            let (role, sure) = self.role(name);
            match role {
                Role::Ignore => {}
                Role::Attribute => self.attribute(draft, gather, name, value),
                _ if value.is_null() => {}
                Role::Within => {
                    if let Some(text) = plain(value) {
                        draft.within.push(text.into());
                    }
                    self.attribute(draft, gather, name, value);
                }
                role => {
                    let entry = (sure, name, value);
                    let loser = match found.get(&role) {
                        Some(before) if before.0 <= sure => Some(entry),
                        _ => found.insert(role, entry),
                    };
                    if let Some((_, name, value)) = loser {
                        self.attribute(draft, gather, name, value);
                    }
                }
            }
        }
        self.dates(draft, gather, line, &mut found);
        self.position(draft, gather, line, &mut found);
        self.source(draft, gather, &mut found);
        for (role, (_, name, value)) in found {
            if !put(draft, gather, line, role, name, value) {
                self.attribute(draft, gather, name, value);
            }
        }
    }

    /// One date, with a finding if it is none.
    fn date(&self, gather: &mut Gather, line: u64, name: &str, value: &Value) -> Option<DraftTime> {
        match read_date(value, self.order) {
            Ok(time) => time,
            Err((wrong, text)) => {
                gather.findings.note(wrong, name, line, &text);
                None
            }
        }
    }

    fn dates(
        &mut self,
        draft: &mut Draft<'static>,
        gather: &mut Gather,
        line: u64,
        found: &mut Found<'_>,
    ) {
        const ROLES: [Role; 5] = [
            Role::Start,
            Role::End,
            Role::Date,
            Role::EpochMillis,
            Role::EpochSeconds,
        ];
        let mut taken = ROLES.map(|role| found.remove(&role));
        let mut times = [const { None }; 5];
        if draft.time == DraftTime::Unknown {
            for (at, slot) in taken.iter_mut().enumerate() {
                // A plain date is looked at only where there is no start or end.
                if at > 1 && times.iter().any(Option::is_some) {
                    break;
                }
                let Some((_, name, value)) = *slot else {
                    continue;
                };
                times[at] = match ROLES[at] {
                    Role::EpochMillis => epoch(value, 1),
                    Role::EpochSeconds => epoch(value, SECOND_MS),
                    _ => self.date(gather, line, name, value),
                };
                // A number with a fraction of a second says more than is kept.
                if times[at].is_some() && value.as_f64().is_none_or(|v| v < 1e11 || v % 1e3 == 0.0)
                {
                    *slot = None;
                }
            }
            let [start, end, rest @ ..] = times;
            if start.is_some() || end.is_some() {
                draft.time = dates::join(start, end, self.open_ends).unwrap_or_else(|start| {
                    gather.findings.note(&BACKWARDS, "end", line, &draft.id);
                    start
                });
            } else if let Some(time) = rest.into_iter().flatten().next() {
                draft.time = time;
            } else {
                self.year_month_day(draft, gather, line, found);
            }
        }
        for (_, name, value) in taken.into_iter().flatten() {
            self.attribute(draft, gather, name, value);
        }
    }

    fn year_month_day(
        &mut self,
        draft: &mut Draft<'static>,
        gather: &mut Gather,
        line: u64,
        found: &mut Found<'_>,
    ) {
        let Some((_, name, value)) = found.remove(&Role::Year) else {
            return;
        };
        let year = whole(value).filter(|y| (-9999..=9999).contains(y));
        let Some(year) = year else {
            if let Some(time) = self.date(gather, line, name, value) {
                draft.time = time;
            } else {
                self.attribute(draft, gather, name, value);
            }
            return;
        };
        let of = |role| {
            found.get(&role).and_then(|f: &(_, _, &Value)| {
                let word = f.2.as_str().and_then(|w| dates::month_named(w));
                word.or_else(|| whole(f.2).and_then(|n| u8::try_from(n).ok()))
            })
        };
        let (month, day) = (of(Role::Month), of(Role::Day));
        let finest = match (month, day) {
            (Some(m), Some(d)) if dates::day(year, m, d).is_some() => dates::day(year, m, d),
            (Some(m), _) => dates::month(year, m).or_else(|| dates::year(year)),
            (None, _) => dates::year(year),
        };
        draft.time = finest.map_or(DraftTime::Unknown, DraftTime::Extent);
        found.remove(&Role::Month);
        found.remove(&Role::Day);
    }

    fn position(
        &mut self,
        draft: &mut Draft<'static>,
        gather: &mut Gather,
        line: u64,
        found: &mut Found<'_>,
    ) {
        let (lat, lon) = (found.get(&Role::Latitude), found.get(&Role::Longitude));
        let (Some(&lat), Some(&lon)) = (lat, lon) else {
            return;
        };
        let (Some(y), Some(x)) = (float(lat.2), float(lon.2)) else {
            return;
        };
        if draft.geometry.is_none() {
            match checked_point(x, y) {
                Ok(point) => draft.geometry = Some(point.into()),
                Err(wrong) => gather
                    .findings
                    .note(wrong, lat.1, line, &format!("{x}, {y}")),
            }
        }
        // What the geometry says already is not said twice.
        let at = draft.geometry.as_ref();
        if at == Some(&geo::Geometry::Point(geo::Point::new(x, y))) {
            found.remove(&Role::Latitude);
            found.remove(&Role::Longitude);
        }
    }

    fn source(&mut self, draft: &mut Draft<'static>, gather: &mut Gather, found: &mut Found<'_>) {
        let url = found.remove(&Role::Url);
        let source = found.remove(&Role::Source);
        let of = |f: &Option<(usize, &str, &Value)>| f.and_then(|f| plain(f.2)).unwrap_or_default();
        let (title, url_text) = (of(&source), of(&url));
        if title.is_empty() && url_text.is_empty() {
            for (_, name, value) in [url, source].into_iter().flatten() {
                self.attribute(draft, gather, name, value);
            }
            return;
        }
        let is_url = |text: &str| text.starts_with("http://") || text.starts_with("https://");
        let names: Vec<&str> = title
            .split(';')
            .map(str::trim)
            .filter(|t| !t.is_empty())
            .collect();
        if is_url(&title) || names.is_empty() {
            let url = if url_text.is_empty() { title } else { url_text };
            draft.sources.push(DraftSource {
                url: url.into(),
                ..DraftSource::default()
            });
            return;
        }
        for name in &names {
            draft.sources.push(DraftSource {
                title: (*name).to_owned().into(),
                url: if names.len() == 1 {
                    url_text.clone()
                } else {
                    String::new()
                }
                .into(),
                ..DraftSource::default()
            });
        }
        if let (Some((_, name, value)), true) = (url, names.len() > 1) {
            self.attribute(draft, gather, name, value);
        }
    }
}

/// The date that a value is: text, a number, or an object with our EDTF or the
/// members of Linked Places.
fn read_date(
    value: &Value,
    order: Option<DateOrder>,
) -> Result<Option<DraftTime>, (&'static Wrong, String)> {
    let no_date = || (&NO_DATE, value.to_string());
    match value {
        Value::Null => Ok(None),
        Value::String(text) if text.trim().is_empty() => Ok(None),
        Value::String(text) => match dates::read(text, order) {
            Ok(time) => Ok(Some(time)),
            Err(Unread::Ambiguous) => Err((&AMBIGUOUS, text.clone())),
            Err(Unread::NoDate) => {
                let count = text.trim().parse::<f64>().ok();
                let count = count.filter(|n| n.abs() >= 1e8).and_then(dates::number);
                count
                    .map(|e| Some(DraftTime::Extent(e)))
                    .ok_or((&NO_DATE, text.clone()))
            }
        },
        Value::Number(number) => {
            let extent = number.as_f64().and_then(dates::number);
            extent
                .map(|e| Some(DraftTime::Extent(e)))
                .ok_or_else(no_date)
        }
        Value::Object(_) => {
            let time = crate::formats::geojson::when::read(value, order);
            time.map(Some).ok_or_else(no_date)
        }
        _ => Err(no_date()),
    }
}

#[allow(clippy::cast_possible_truncation, reason = "the range is checked")]
fn epoch(value: &Value, unit: i64) -> Option<DraftTime> {
    let count = float(value).filter(|v| v.abs() < 1e15)?;
    let ms = (count * unit as f64).floor() as i64;
    Some(DraftTime::Extent(dates::second(ms)))
}

/// A value that is a text or number, as text.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn float(value: &Value) -> Option<f64> {
    match value {
        Value::String(text) => text.trim().parse().ok().filter(|v: &f64| v.is_finite()),
        value => value.as_f64(),
    }
}

fn whole(value: &Value) -> Option<i64> {
    match value {
        Value::String(text) => text.trim().parse().ok(),
        value => value.as_i64(),
    }
}

/// Puts a value where its role says; `false` if it has no use there.
fn put(
    draft: &mut Draft<'static>,
    gather: &mut Gather,
    line: u64,
    role: Role,
    name: &str,
    value: &Value,
) -> bool {
    let Some(text) = plain(value) else {
        return false;
    };
    let fill = |slot: &mut Cow<'static, str>, text: String| {
        let free = slot.is_empty();
        if free {
            *slot = text.into();
        }
        free
    };
    match role {
        Role::Id => fill(&mut draft.id, text),
        Role::Title => fill(&mut draft.title, text),
        Role::Summary => fill(&mut draft.summary, text),
        Role::Place => fill(&mut draft.place, text),
        Role::Kind => {
            let kind =
                Kind::from_id(&text.to_lowercase()).unwrap_or_else(|| Kind::from_acled(&text));
            draft.kind = kind;
            // Other words than ours are kept beside.
            kind.id() == text.to_lowercase()
        }
        Role::Precision => match Precision::from_id(&text.to_lowercase()) {
            Some(precision) => {
                draft.precision = precision;
                true
            }
            None => false,
        },
        Role::Radius => match float(value).filter(|r| *r >= 0.0) {
            Some(radius) => {
                draft.radius_m = Some(radius);
                true
            }
            None => false,
        },
        Role::Actor => actors(draft, &text, model::Role::Initiator),
        Role::Target => actors(draft, &text, model::Role::Target),
        Role::Killed | Role::Wounded => {
            let count = float(value).filter(|n| n.fract() == 0.0 && (0.0..=4e9).contains(n));
            let Some(count) = count else {
                gather.findings.note(&NO_COUNT, name, line, &text);
                return false;
            };
            draft.tolls.push(DraftToll {
                who: None,
                what: if role == Role::Killed {
                    TollKind::Killed
                } else {
                    TollKind::Wounded
                },
                low: None,
                #[allow(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "checked"
                )]
                best: Some(count as u32),
                high: None,
            });
            true
        }
        _ => false,
    }
}

fn actors(draft: &mut Draft<'static>, text: &str, role: model::Role) -> bool {
    for name in text.split(';').map(str::trim).filter(|n| !n.is_empty()) {
        draft.participants.push(DraftParticipant {
            name: name.to_owned().into(),
            role,
            schema: Schema::LegalEntity,
        });
    }
    true
}
