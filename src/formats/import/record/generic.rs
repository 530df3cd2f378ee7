//! Columns of any table, by what they were said or guessed to mean.

use std::borrow::Cow;

use crate::model::time::{DAY_MS, Extent};
use crate::model::{Kind, Precision, Role as Part, Schema, TollKind};

use super::super::mapping::Role;
use super::super::{Draft, DraftParticipant, DraftSource, DraftTime, DraftToll};
use super::coords::{self, At};
use super::row::Row;
use super::{Plan, dates, guess, wrong};
use crate::formats::native;

/// What belongs together: if the user speaks of one, the others are guessed
/// and not the profile's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// When it happened.
    Time,
    /// Where it happened.
    Place,
    /// Anything else.
    None,
}

pub(super) fn group(role: Role) -> Group {
    match role {
        Role::Date
        | Role::Start
        | Role::End
        | Role::Year
        | Role::Month
        | Role::Day
        | Role::Time
        | Role::EpochSeconds
        | Role::EpochMillis => Group::Time,
        Role::Latitude
        | Role::Longitude
        | Role::LatLon
        | Role::LonLat
        | Role::Wkt
        | Role::Geometry => Group::Place,
        _ => Group::None,
    }
}

/// Whether a draft holds all that a column of this role says.
pub(super) fn is_whole(role: Role) -> bool {
    !matches!(role, Role::Attribute | Role::Kind | Role::Precision)
}

/// Roles that several columns can have.
pub(super) fn many(role: Role) -> bool {
    matches!(
        role,
        Role::Within | Role::Actor | Role::Target | Role::Source | Role::Url | Role::Attribute
    )
}

/// What each column means: as said, else by name, else by content.
pub(super) fn guess(
    names: &[String],
    samples: &dyn Fn(usize) -> Vec<String>,
    said: &[Option<Role>],
) -> Vec<Role> {
    let mut roles: Vec<Role> = said.iter().map(|r| r.unwrap_or(Role::Attribute)).collect();
    let mut taken: Vec<Role> = said.iter().flatten().copied().collect();
    for (column, name) in names.iter().enumerate() {
        if said[column].is_some() {
            continue;
        }
        if let Some(role) = guess::by_name(name)
            && (many(role) || !taken.contains(&role))
            && let Some(role) = fits(role, &samples(column))
        {
            roles[column] = role;
            taken.push(role);
        }
    }
    let has = |roles: &[Role], any: &[Role]| roles.iter().any(|r| any.contains(r));
    let place = [
        Role::Latitude,
        Role::LatLon,
        Role::LonLat,
        Role::Wkt,
        Role::Geometry,
    ];
    let time = [
        Role::Date,
        Role::Start,
        Role::Year,
        Role::EpochSeconds,
        Role::EpochMillis,
    ];
    for column in 0..names.len() {
        let (placed, dated) = (has(&roles, &place), has(&roles, &time));
        if placed && dated {
            break;
        }
        if said[column].is_some() || !matches!(roles[column], Role::Attribute | Role::Time) {
            continue;
        }
        match guess::by_content(&samples(column)) {
            Some(Role::Date) if !dated => roles[column] = Role::Date,
            Some(role) if role != Role::Date && !placed => roles[column] = role,
            _ => {}
        }
    }
    roles
}

/// Whether what stands in a column can be what its name says; what it is.
fn fits(role: Role, samples: &[String]) -> Option<Role> {
    let values: Vec<&str> = samples
        .iter()
        .map(|s| s.trim())
        .filter(|s| !s.is_empty())
        .collect();
    if values.is_empty() {
        return Some(role);
    }
    let most =
        |test: &dyn Fn(&str) -> bool| values.iter().filter(|v| test(v)).count() * 2 > values.len();
    match role {
        Role::Latitude | Role::Longitude => most(&|v| coords::degrees(v).is_some()).then_some(role),
        Role::LatLon if most(&|v| coords::pair(v).is_some()) => Some(guess::first_of_pair(&values)),
        Role::LonLat => most(&|v| coords::pair(v).is_some()).then_some(role),
        Role::LatLon | Role::Wkt | Role::Geometry => {
            if most(&guess::is_wkt) {
                Some(Role::Wkt)
            } else if most(&|v| v.starts_with('{')) {
                Some(Role::Geometry)
            } else {
                None
            }
        }
        // A time that is a date and a time.
        Role::Time => {
            let dated = |v: &str| v.len() > 8 && dates::read(v, super::DateOrder::DayFirst).is_ok();
            Some(
                if most(&dated) || guess::form(samples) != guess::Form::Text {
                    Role::Date
                } else {
                    role
                },
            )
        }
        // A "place" that is a pair of coordinates.
        Role::Place if most(&|v| coords::pair(v).is_some()) => Some(guess::first_of_pair(&values)),
        Role::Killed | Role::Wounded | Role::Radius => {
            most(&|v| v.bytes().any(|b| b.is_ascii_digit()) || !v.is_ascii()).then_some(role)
        }
        role => Some(role),
    }
}

/// Fills in what the columns say that have a role of their own.
pub(super) fn fill<'a>(plan: &Plan, draft: &mut Draft<'a>, row: &mut Row<'_, 'a>) {
    let first = |role: Role| plan.slots[role as usize].first().copied();
    let text = |row: &Row<'_, 'a>, role: Role| first(role).map_or("", |c| row.text(c));
    let put = |slot: &mut Cow<'a, str>, value: &'a str| {
        if !value.is_empty() {
            *slot = Cow::Borrowed(value);
        }
    };
    put(&mut draft.id, text(row, Role::Id));
    put(&mut draft.title, text(row, Role::Title));
    put(&mut draft.summary, text(row, Role::Summary));
    put(&mut draft.place, text(row, Role::Place));
    for column in &plan.slots[Role::Within as usize] {
        let value = row.text(*column);
        if !value.is_empty() {
            draft.within.push(Cow::Borrowed(value));
        }
    }
    if let Some(column) = first(Role::Kind) {
        kind(draft, row, column);
    }
    time(plan, draft, row);
    if draft.geometry.is_none() {
        place(plan, draft, row);
    }
    if let Some(column) = first(Role::Precision) {
        precision(draft, row, column);
    }
    if let Some(column) = first(Role::Radius) {
        radius(draft, row, column);
    }
    for (role, part) in [(Role::Actor, Part::Initiator), (Role::Target, Part::Target)] {
        for column in &plan.slots[role as usize] {
            participant(draft, row.text(*column), part);
        }
    }
    for (role, what) in [
        (Role::Killed, TollKind::Killed),
        (Role::Wounded, TollKind::Wounded),
    ] {
        if let Some(best) = first(role).and_then(|column| row.people(column)) {
            draft.tolls.push(DraftToll {
                who: None,
                what,
                low: None,
                best: Some(best),
                high: None,
            });
        }
    }
    sources(plan, draft, row);
}

fn participant<'a>(draft: &mut Draft<'a>, name: &'a str, role: Part) {
    if !name.is_empty() {
        draft.participants.push(DraftParticipant {
            name: Cow::Borrowed(name),
            role,
            schema: Schema::LegalEntity,
        });
    }
}

fn sources<'a>(plan: &Plan, draft: &mut Draft<'a>, row: &Row<'_, 'a>) {
    let (titles, urls) = (
        &plan.slots[Role::Source as usize],
        &plan.slots[Role::Url as usize],
    );
    for at in 0..titles.len().max(urls.len()) {
        let of = |columns: &[usize]| columns.get(at).map_or("", |c| row.text(*c));
        let (title, url) = (of(titles), of(urls));
        // An address among the titles is an address.
        let (title, url) = if url.is_empty() && is_url(title) {
            ("", title)
        } else {
            (title, url)
        };
        if title.is_empty() && url.is_empty() {
            continue;
        }
        draft.sources.push(DraftSource {
            title: Cow::Borrowed(title),
            url: Cow::Borrowed(url),
            ..DraftSource::default()
        });
    }
}

fn is_url(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(' ')
}

/// The kind for an id or a word: `leader-killing`, `Leader killing`, or a
/// sub-event type of ACLED's. Nothing is "other".
pub(crate) fn kind_of(text: &str) -> Option<Kind> {
    let text = text.trim();
    if text.is_empty() {
        return Some(Kind::Other);
    }
    let id: String = text
        .chars()
        .map(|c| match c {
            ' ' | '_' => '-',
            c => c.to_ascii_lowercase(),
        })
        .collect();
    let acled = Kind::from_acled(text);
    Kind::from_id(&id).or_else(|| (acled != Kind::Other).then_some(acled))
}

fn kind<'a>(draft: &mut Draft<'a>, row: &mut Row<'_, 'a>, column: usize) {
    let text = row.text(column);
    match kind_of(text) {
        Some(kind) => draft.kind = kind,
        None => row.note(&wrong::KIND, column, text, ""),
    }
}

fn precision<'a>(draft: &mut Draft<'a>, row: &mut Row<'_, 'a>, column: usize) {
    let text = row.text(column);
    if text.is_empty() {
        return;
    }
    match Precision::from_id(&text.to_ascii_lowercase()) {
        Some(precision) => draft.precision = precision,
        None => row.note(&wrong::PRECISION, column, text, ""),
    }
}

fn radius<'a>(draft: &mut Draft<'a>, row: &mut Row<'_, 'a>, column: usize) {
    let text = row.text(column);
    if text.is_empty() {
        return;
    }
    match text
        .parse()
        .ok()
        .filter(|r: &f64| r.is_finite() && *r >= 0.0)
    {
        Some(radius) => draft.radius_m = Some(radius),
        None => row.note(&wrong::RADIUS, column, text, ""),
    }
}

/// When it happened: a date or a start, with an end; else a year with month
/// and day.
fn time<'a>(plan: &Plan, draft: &mut Draft<'a>, row: &mut Row<'_, 'a>) {
    let first = |role: Role| plan.slots[role as usize].first().copied();
    let starts = [
        Role::Start,
        Role::Date,
        Role::EpochMillis,
        Role::EpochSeconds,
    ];
    let mut begin = None;
    for column in starts.into_iter().filter_map(first) {
        if column_is_open(row.text(column)) {
            continue;
        }
        begin = row.date(column).map(|told| (column, told));
        if begin.is_some() {
            break;
        }
    }
    let end = first(Role::End).filter(|c| !row.text(*c).is_empty());
    let Some((column, told)) = begin else {
        open_start(plan, draft, row, end);
        return;
    };
    let Some(mut from) = told.extent() else {
        return;
    };
    if let Some(clock) = first(Role::Time) {
        from = with_clock(from, row, clock);
    }
    let Some(end) = end.filter(|c| *c != column) else {
        draft.time = match told.time {
            DraftTime::Extent(_) => DraftTime::Extent(from),
            told => told,
        };
        return;
    };
    let same = row.text(end) == row.text(column);
    if same {
        draft.time = DraftTime::Extent(from);
        return;
    }
    let until = match row.text(end) {
        ".." => Some((
            crate::model::time::OPEN_PAST,
            crate::model::time::OPEN_FUTURE,
        )),
        _ => row
            .date(end)
            .and_then(|t| t.extent())
            .map(|e| (e.end_earliest, e.end_latest)),
    };
    draft.time = match until {
        Some((_, latest)) if latest < from.start_earliest => {
            let text = row.text(end);
            row.note(&wrong::ORDER, end, text, "");
            DraftTime::Extent(from)
        }
        Some(until) => DraftTime::Extent(Extent::spanning(
            (from.start_earliest, from.start_latest),
            until,
        )),
        None => DraftTime::Extent(from),
    };
}

fn column_is_open(text: &str) -> bool {
    text.is_empty() || text == ".."
}

/// Without a start: up to its end, or the year with its month and day.
fn open_start<'a>(plan: &Plan, draft: &mut Draft<'a>, row: &mut Row<'_, 'a>, end: Option<usize>) {
    let first = |role: Role| plan.slots[role as usize].first().copied();
    if let Some(column) = first(Role::Year)
        && !row.text(column).is_empty()
    {
        let (month, day) = (first(Role::Month), first(Role::Day));
        if let Some(extent) = parts(row, column, month, day) {
            let extent = match first(Role::Time) {
                Some(clock) => with_clock(extent, row, clock),
                None => extent,
            };
            draft.time = DraftTime::Extent(extent);
        }
        return;
    }
    if let Some(end) = end
        && let Some(until) = row.date(end).and_then(|t| t.extent())
    {
        let open = crate::model::time::OPEN_PAST;
        draft.time = DraftTime::Extent(Extent::spanning(
            (open, until.end_latest),
            (until.end_earliest, until.end_latest),
        ));
    }
}

/// A date of three columns; month and day that are empty or 0 are not known.
pub(super) fn parts(
    row: &mut Row<'_, '_>,
    year: usize,
    month: Option<usize>,
    day: Option<usize>,
) -> Option<Extent> {
    let text = row.text(year);
    let whole = text.strip_suffix(".0").unwrap_or(text);
    let Some(y) = whole.parse::<i64>().ok().filter(|y| y.abs() < 10_000) else {
        row.note(&wrong::DATE, year, text, "");
        return None;
    };
    let unknown = |text: &str| matches!(text, "" | "0" | "00" | "-99" | "-9" | "99");
    let Some(month) = month.filter(|c| !unknown(row.text(*c))) else {
        return Some(dates::year(y));
    };
    let text = row.text(month);
    let number = text.strip_suffix(".0").unwrap_or(text).parse::<i64>().ok();
    let m = number.or_else(|| super::months::month_of(text));
    let Some((m, whole)) = m.and_then(|m| Some((m, dates::month(y, m)?))) else {
        row.note(&wrong::SPELL, month, text, "");
        return Some(dates::year(y));
    };
    let Some(day) = day.filter(|c| !unknown(row.text(*c))) else {
        return Some(whole);
    };
    let text = row.text(day);
    let d = text.strip_suffix(".0").unwrap_or(text).parse::<i64>().ok();
    Some(d.and_then(|d| dates::day(y, m, d)).unwrap_or_else(|| {
        row.note(&wrong::SPELL, day, text, "");
        whole
    }))
}

/// A day with a time of day from a column of its own.
fn with_clock(day: Extent, row: &mut Row<'_, '_>, column: usize) -> Extent {
    let text = row.text(column);
    let whole = day.end_latest.saturating_sub(day.start_earliest) == DAY_MS - 1;
    if text.is_empty() || !whole {
        return day;
    }
    if let Some(ms) = dates::loose_clock(text) {
        dates::moment(day.start_earliest + ms)
    } else {
        row.note(&wrong::TIME, column, text, "");
        day
    }
}

/// Where it happened: two columns, one with both, or a geometry.
fn place<'a>(plan: &Plan, draft: &mut Draft<'a>, row: &mut Row<'_, 'a>) {
    let first = |role: Role| plan.slots[role as usize].first().copied();
    let name = |column: usize| plan.names[column].as_str();
    if let (Some(lat), Some(lon)) = (first(Role::Latitude), first(Role::Longitude)) {
        row.point(draft, lat, lon);
    }
    for role in [Role::LatLon, Role::LonLat, Role::Wkt, Role::Geometry] {
        let Some(column) = first(role).filter(|_| draft.geometry.is_none()) else {
            continue;
        };
        let text = row.text(column);
        if text.is_empty() {
            continue;
        }
        let at = At {
            lat: name(column),
            lon: name(column),
            line: row.line,
        };
        draft.geometry = match role {
            Role::LatLon | Role::LonLat => {
                if let Some((a, b)) = coords::pair(text) {
                    let (lat, lon) = if role == Role::LatLon { (a, b) } else { (b, a) };
                    coords::located(lat, lon, &at, row.findings)
                } else {
                    row.findings.note(&wrong::COORDINATE, at.lat, at.line, text);
                    None
                }
            }
            _ => match geometry(text) {
                Ok(geometry) => coords::checked(geometry, &at, row.findings),
                Err(why) => {
                    row.findings
                        .note_why(&wrong::GEOMETRY, at.lat, at.line, text, &why);
                    None
                }
            },
        };
        if draft.geometry.is_none() {
            row.fail(column);
        }
    }
}

/// A geometry as text: well-known text or `GeoJSON`.
fn geometry(text: &str) -> Result<geo::Geometry<f64>, String> {
    if !text.starts_with('{') {
        return coords::well_known(text);
    }
    let value = serde_json::from_str(text).map_err(|e| format!("it is no JSON ({e})"))?;
    let read = native::geometry::parse(&value)?;
    read.ok_or_else(|| "it is empty".to_owned())
}
