//! UCDP Georeferenced Event Dataset: yearly and candidate releases, whole or
//! some columns of them, with or without a header.
//!
//! Source of columns and codes: UCDP GED Codebook 23.1.

use std::borrow::Cow;

use crate::model::time::{DAY_MS, Extent, Unit};
use crate::model::{Kind, Precision, Role as Part, Schema, TollKind, figures_in_order};

use super::super::super::mapping::Role;
use super::super::super::{Draft, DraftParticipant, DraftSource, DraftTime, DraftToll};
use super::super::row::Row;
use super::super::{blank, wrong};
use super::{Field, most_fit, other, part, whole};

pub(super) const SIGNS: &[&[&str]] = &[
    &["side_a", "side_b", "date_start"],
    &["type_of_violence", "date_start"],
    &["dyad_name", "date_start"],
    &["dyad_new_id", "date_start"],
];

// Most are held in part: codes become words, lists become sources.
pub(super) const FIELDS: &[Field] = &[
    whole("id", Role::Id),
    part("date_start", Role::Start),
    part("date_end", Role::End),
    other("date_prec"),
    whole("latitude", Role::Latitude),
    whole("longitude", Role::Longitude),
    part("where_prec", Role::Precision),
    whole("where_coordinates", Role::Place),
    part("adm_2", Role::Within),
    part("adm_1", Role::Within),
    part("country", Role::Within),
    whole("side_a", Role::Actor),
    whole("side_b", Role::Target),
    part("dyad_name", Role::Attribute),
    part("type_of_violence", Role::Kind),
    whole("low", Role::Killed),
    whole("best", Role::Killed),
    whole("high", Role::Killed),
    part("source_article", Role::Source),
    part("source_office", Role::Attribute),
    part("source_date", Role::Attribute),
    part("source_headline", Role::Attribute),
    part("relid", Role::Attribute),
    part("geom_wkt", Role::Attribute),
];
const ID: usize = 0;
const START: usize = 1;
const END: usize = 2;
const DATE_PREC: usize = 3;
const LATITUDE: usize = 4;
const LONGITUDE: usize = 5;
const WHERE_PREC: usize = 6;
const PLACE: usize = 7;
const WITHIN: [usize; 3] = [8, 9, 10];
const SIDE_A: usize = 11;
const SIDE_B: usize = 12;
const DYAD: usize = 13;
const VIOLENCE: usize = 14;
const LOW: usize = 15;
const BEST: usize = 16;
const HIGH: usize = 17;
const ARTICLE: usize = 18;
const OFFICE: usize = 19;
const DATE: usize = 20;
const HEADLINE: usize = 21;

/// The columns of a release without a header, in their order.
const COLUMNS: [&str; 49] = [
    "id",
    "relid",
    "year",
    "active_year",
    "code_status",
    "type_of_violence",
    "conflict_dset_id",
    "conflict_new_id",
    "conflict_name",
    "dyad_dset_id",
    "dyad_new_id",
    "dyad_name",
    "side_a_dset_id",
    "side_a_new_id",
    "side_a",
    "side_b_dset_id",
    "side_b_new_id",
    "side_b",
    "number_of_sources",
    "source_article",
    "source_office",
    "source_date",
    "source_headline",
    "source_original",
    "where_prec",
    "where_coordinates",
    "where_description",
    "adm_1",
    "adm_2",
    "latitude",
    "longitude",
    "geom_wkt",
    "priogrid_gid",
    "country",
    "country_id",
    "region",
    "event_clarity",
    "date_prec",
    "date_start",
    "date_end",
    "deaths_a",
    "deaths_b",
    "deaths_civilians",
    "deaths_unknown",
    "best",
    "high",
    "low",
    "gwnoa",
    "gwnob",
];

/// The columns, if these are rows of a release without a header: as many values
/// as there are columns, with ids, codes, coordinates and dates in their places.
pub(super) fn headerless(rows: &[Vec<String>]) -> Option<Vec<&'static str>> {
    let fits = |row: &[String]| {
        let number = |at: usize| row[at].trim().parse::<f64>().is_ok();
        let degrees = |at: usize| blank::is_nothing(row[at].trim()) || number_of(&row[at]);
        let date = |at: usize| {
            let day = row[at].trim().get(..10).unwrap_or("").as_bytes();
            super::super::dates::iso(day).is_some()
        };
        row.len() == COLUMNS.len()
            && number(0)
            && matches!(row[5].trim(), "1" | "2" | "3")
            && [29, 30].into_iter().all(degrees)
            && [44, 45, 46].into_iter().all(number)
            && date(38)
            && date(39)
    };
    let told: Vec<_> = rows.iter().filter(|row| row.len() > 1).take(20).collect();
    most_fit(&told, fits).then(|| COLUMNS.to_vec())
}

/// Whether a text is a number, with a point or a comma.
fn number_of(text: &str) -> bool {
    text.trim().replacen(',', ".", 1).parse::<f64>().is_ok()
}

pub(super) fn fill<'a>(draft: &mut Draft<'a>, row: &mut Row<'_, 'a>) {
    draft.id = Cow::Borrowed(row.field(ID));
    draft.time = time(row);
    row.point_fields(draft, LATITUDE, LONGITUDE);
    draft.place = Cow::Borrowed(row.field(PLACE));
    for field in WITHIN {
        let name = row.field(field);
        if !name.is_empty() {
            draft.within.push(Cow::Borrowed(name));
        }
    }
    draft.precision = match row.code(WHERE_PREC) {
        0 => Precision::Unknown,
        code @ 1..=7 => Precision::from_ucdp(code),
        _ => {
            row.note_field(&wrong::CODE, WHERE_PREC, row.field(WHERE_PREC));
            Precision::Unknown
        }
    };
    // Where there is no such column, the spot is taken as given.
    if row.column(WHERE_PREC).is_none() {
        draft.precision = Precision::Exact;
    }
    draft.kind = kind(row);
    participants(draft, row);
    draft.title = title(row, &draft.place);
    let (low, best, high) = (
        row.people_field(LOW),
        row.people_field(BEST),
        row.people_field(HIGH),
    );
    if !figures_in_order(low, best, high) {
        let figures = [LOW, BEST, HIGH].map(|field| match row.field(field) {
            "" => "–",
            figure => figure,
        });
        let field = if row.column(BEST).is_some() {
            BEST
        } else {
            HIGH
        };
        row.remark_field(&wrong::TOLL_ORDER, field, &figures.join(" / "));
    }
    if low.or(best).or(high).is_some() {
        draft.tolls.push(DraftToll {
            who: None,
            what: TollKind::Killed,
            low,
            best,
            high,
        });
    }
    sources(draft, row);
}

/// The kind of an event by its `type_of_violence`: 1 state-based and 2
/// non-state conflict are fought between two sides, 3 is one-sided violence.
fn kind(row: &mut Row<'_, '_>) -> Kind {
    match row.code(VIOLENCE) {
        0 => Kind::Other,
        1 | 2 => Kind::Clash,
        3 => Kind::Attack,
        _ => {
            row.note_field(&wrong::CODE, VIOLENCE, row.field(VIOLENCE));
            Kind::Other
        }
    }
}

/// When: with `date_prec` 1 the event went on from `date_start` to `date_end`;
/// with 2 to 5 (some days, a week, a month, a year) it happened sometime from
/// the one to the other, and where both are the same day sometime in the week,
/// month or year around it.
fn time(row: &mut Row<'_, '_>) -> DraftTime {
    let first = row.date_field(START).and_then(|t| day_of(t.extent()?));
    let last = row.date_field(END).and_then(|t| day_of(t.extent()?));
    let Some(first) = first.or(last) else {
        return DraftTime::Unknown;
    };
    let last = match last {
        Some(last) if last < first => {
            row.note_field(&wrong::ORDER, END, row.field(END));
            first
        }
        Some(last) => last,
        None => first,
    };
    let code = row.code(DATE_PREC);
    if code > 5 {
        row.note_field(&wrong::CODE, DATE_PREC, row.field(DATE_PREC));
    }
    let around = |unit: Unit| Extent::within(unit.floor(first), unit.next(first) - 1);
    DraftTime::Extent(match code {
        0 | 1 => Extent::spanning((first, first + DAY_MS - 1), (last, last + DAY_MS - 1)),
        3 if first == last => around(Unit::Week),
        4 if first == last => around(Unit::Month),
        5 if first == last => around(Unit::Year),
        _ => Extent::within(first, last + DAY_MS - 1),
    })
}

/// The beginning of the day that an extent begins in: releases write midnight
/// for days.
fn day_of(extent: Extent) -> Option<i64> {
    let days = extent.start_earliest.div_euclid(DAY_MS);
    // Days at the ends of time have no end of their own.
    days.checked_mul(DAY_MS)
        .filter(|ms| ms.checked_add(2 * DAY_MS).is_some())
}

/// The two sides; those who fight for a state are told by the form of their
/// name, and civilians only ever suffer.
fn participants<'a>(draft: &mut Draft<'a>, row: &Row<'_, 'a>) {
    for (field, role) in [(SIDE_A, Part::Initiator), (SIDE_B, Part::Target)] {
        let name = row.field(field);
        if name.is_empty() {
            continue;
        }
        let civilians = name.eq_ignore_ascii_case("civilians");
        draft.participants.push(DraftParticipant {
            name: Cow::Borrowed(name),
            role: if civilians { Part::Victim } else { role },
            schema: if name.starts_with("Government of ") {
                Schema::PublicBody
            } else if civilians {
                Schema::LegalEntity
            } else {
                Schema::Organization
            },
        });
    }
}

fn title<'a>(row: &Row<'_, 'a>, place: &str) -> Cow<'a, str> {
    let (a, b) = (row.field(SIDE_A), row.field(SIDE_B));
    let mut title = match (a, b) {
        ("", "") => row.field(DYAD).to_owned(),
        ("", one) | (one, "") => one.to_owned(),
        (a, b) => [a, " – ", b].concat(),
    };
    if !place.is_empty() {
        if !title.is_empty() {
            title.push_str(", ");
        }
        title.push_str(place);
    }
    Cow::Owned(title)
}

/// The articles: `"office,date,headline";"office,date,headline"` in newer
/// entries, free text in older ones. Without that column, the lists of offices,
/// dates and headlines are taken side by side.
fn sources<'a>(draft: &mut Draft<'a>, row: &Row<'_, 'a>) {
    let articles = row.field(ARTICLE);
    if !articles.is_empty() {
        draft.sources.extend(pieces(articles).map(article));
        draft
            .sources
            .retain(|s| !s.title.is_empty() || !s.publisher.is_empty());
        return;
    }
    let (mut dates, mut headlines) = (row.field(DATE).split(';'), row.field(HEADLINE).split(';'));
    for office in row.field(OFFICE).split(';').map(str::trim) {
        let (date, headline) = (dates.next().unwrap_or(""), headlines.next().unwrap_or(""));
        if office.is_empty() && headline.trim().is_empty() {
            continue;
        }
        draft.sources.push(DraftSource {
            title: Cow::Borrowed(headline.trim()),
            publisher: Cow::Borrowed(office),
            published: Cow::Borrowed(date.trim().get(..10).unwrap_or("")),
            url: Cow::Borrowed(""),
        });
    }
}

/// The parts of a list between semicolons, but for those inside quotes.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = match text.strip_prefix('"').and_then(|t| t.find("\";")) {
            Some(at) => Some(at + 2),
            None if text.starts_with('"') => None,
            None => text.find(';'),
        };
        rest = end.map(|at| text[at + 1..].trim_start());
        Some(end.map_or(text, |at| &text[..at]).trim())
    })
}

/// One article: what stands before a date is who published it, what stands
/// behind it the headline; without a date, all is the headline.
fn article(text: &str) -> DraftSource<'_> {
    let bare =
        |text: &str| -> usize { text.len() - text.trim_start_matches([',', ' ', '"', ':']).len() };
    let text = text.strip_prefix('"').unwrap_or(text);
    let text = text.strip_suffix('"').unwrap_or(text).trim();
    let Some(at) = date_at(text) else {
        return DraftSource {
            title: Cow::Borrowed(text),
            ..DraftSource::default()
        };
    };
    let (before, date, after) = (&text[..at], &text[at..at + 10], &text[at + 10..]);
    DraftSource {
        publisher: Cow::Borrowed(before.trim_matches([',', ' ', '"'])),
        published: Cow::Borrowed(date),
        title: Cow::Borrowed(after[bare(after)..].trim_end_matches(['"', ' '])),
        url: Cow::Borrowed(""),
    }
}

/// Where the first `YYYY-MM-DD` stands.
fn date_at(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let is = |at: usize| {
        bytes[at..at + 10].iter().enumerate().all(|(n, b)| match n {
            4 | 7 => *b == b'-',
            _ => b.is_ascii_digit(),
        })
    };
    (0..bytes.len().saturating_sub(9)).find(|at| bytes[at + 4] == b'-' && is(*at))
}

#[cfg(test)]
#[path = "ucdp_tests.rs"]
mod tests;
