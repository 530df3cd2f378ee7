//! Datasets made up at random, with all that a record can hold.

use geo::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon,
    Point, Polygon,
};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Value, json};

use crate::dataset::{Layer, Meta, Parts, SideInfo};
use crate::model::time::{DAY_MS, Extent, OPEN_FUTURE, OPEN_PAST, Unit, When};
use crate::model::{
    Actor, ActorIx, ActorName, ActorState, Certainty, Claim, EventDetail, EventRow, Extra, Flag,
    Kind, Localised, Locator, NameType, Origin, Participant, Place, PlaceIx, Precision, Relation,
    RelationKind, Reliability, Role, Schema, Source, SourceIx, SourceKind, Stance, State, Subject,
    Toll, TollKind,
};

const WHENS: [&str; 14] = [
    "2016-11-03",
    "2016-11",
    "-0044-03-15",
    "-0500/-0499",
    "2016?",
    "2016-05~",
    "2016-%05-03",
    "[2016-01,2016-03]",
    "{2016-01-01,2017-01-01..2017-02-01}",
    "../2014-05",
    "2014/..",
    "201X",
    "2017-10-04T08:15:00Z",
    "Y17000",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z ]{1,12}",
        "\\PC{1,8}",
        Just("=1+1\r\n\"quoted\"; , \u{0}\u{202e}حدث 🎉".to_owned()),
    ]
}

fn localised() -> impl Strategy<Value = Localised> {
    btree_map(select(vec!["en", "fr", "ar", "und"]), text(), 0..3)
        .prop_map(|m| Localised::from_map(m.into_iter().map(|(k, v)| (k.to_owned(), v)).collect()))
}

/// Extents, among them such as no expression says.
fn extent() -> impl Strategy<Value = Extent> {
    let moment = -90_000_000_000_000_i64..90_000_000_000_000;
    let end = || prop_oneof![4 => 0..90_000_000_000_i64, 1 => Just(0), 1 => Just(DAY_MS - 1)];
    (moment, end(), end(), end(), any::<bool>(), 0..6).prop_map(|(a, b, c, d, days, form)| {
        let a = if days { Unit::Day.floor(a) } else { a };
        match form {
            0 | 1 => Extent::within(a, a + b),
            2 => Extent::spanning((a, a + b), (OPEN_PAST, OPEN_FUTURE)),
            3 => Extent::spanning((OPEN_PAST, OPEN_FUTURE), (a, a + b)),
            _ => Extent::spanning((a, a + b), (a + c, a + c + d)),
        }
    })
}

fn when() -> impl Strategy<Value = When> {
    let written = select(WHENS.to_vec()).prop_map(|text| When::parse(text).unwrap());
    let counted = extent().prop_map(|extent| When::of_extent(extent).unwrap());
    prop_oneof![written, counted]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(|n: f64| json!(n)),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..3).prop_map(Value::from),
            btree_map(text(), inner, 0..3).prop_map(|m| Value::Object(m.into_iter().collect())),
        ]
    })
}

/// Members of an event that the schema does not know, among them names that it
/// uses itself or that are added for others.
fn event_extra() -> impl Strategy<Value = Extra> {
    let name = prop_oneof![
        "x-[a-z]{1,3}",
        text(),
        select(vec![
            "title",
            "kind",
            "place",
            "start",
            "end",
            "killed",
            "when",
            "attributes",
            "record",
            "geometry",
            "id",
            "type",
            "start_",
            "layer",
        ])
        .prop_map(str::to_owned),
    ];
    btree_map(name, value(), 0..4).prop_map(|m| m.into_iter().collect())
}

fn extra() -> impl Strategy<Value = Extra> {
    btree_map("x-[a-z]{1,3}", value(), 0..2).prop_map(|m| m.into_iter().collect())
}

fn coord() -> impl Strategy<Value = Coord<f64>> {
    // With all the digits there are: what was computed has them.
    (-180.0..=180.0, -90.0..=90.0).prop_map(|(x, y)| Coord { x, y })
}

fn line() -> impl Strategy<Value = LineString<f64>> {
    vec(coord(), 2..5).prop_map(LineString)
}

fn polygon() -> impl Strategy<Value = Polygon<f64>> {
    let ring = || vec(coord(), 3..5).prop_map(LineString);
    (ring(), vec(ring(), 0..2)).prop_map(|(outer, holes)| Polygon::new(outer, holes))
}

fn geometry() -> impl Strategy<Value = Geometry<f64>> {
    let plain = prop_oneof![
        4 => coord().prop_map(|c| Geometry::Point(Point(c))),
        1 => line().prop_map(Geometry::LineString),
        1 => polygon().prop_map(Geometry::Polygon),
        1 => vec(coord().prop_map(Point), 0..3).prop_map(|p| Geometry::MultiPoint(MultiPoint(p))),
        1 => vec(line(), 0..3).prop_map(|l| Geometry::MultiLineString(MultiLineString(l))),
        1 => vec(polygon(), 0..3).prop_map(|p| Geometry::MultiPolygon(MultiPolygon(p))),
    ];
    plain.prop_recursive(2, 6, 3, |inner| {
        vec(inner, 0..3).prop_map(|g| Geometry::GeometryCollection(GeometryCollection::new_from(g)))
    })
}

fn some<T: std::fmt::Debug>(of: impl Strategy<Value = T>) -> impl Strategy<Value = Option<T>> {
    proptest::option::of(of)
}

fn certainty() -> impl Strategy<Value = Certainty> {
    select(Certainty::ALL.to_vec())
}

const ACTORS: usize = 4;
const PLACES: usize = 3;
const SOURCES: usize = 3;
const SIDES: u8 = 2;

fn actor() -> impl Strategy<Value = Actor> {
    let name = (
        text(),
        select(NameType::ALL.to_vec()),
        some(when()),
        extra(),
    );
    let state = (
        select(State::ALL.to_vec()),
        when(),
        some("e[0-9]"),
        certainty(),
        any::<bool>(),
    );
    let rest = (
        select(Schema::ALL.to_vec()),
        some(0..SIDES),
        localised(),
        extra(),
    );
    (vec(name, 1..3), vec(state, 0..2), rest).prop_map(
        |(names, states, (schema, side, summary, extra))| Actor {
            id: String::new(),
            schema,
            names: names
                .into_iter()
                .map(|(name, kind, when, extra)| ActorName {
                    name,
                    kind,
                    lang: Some("fr".to_owned()),
                    when,
                    extra,
                })
                .collect(),
            side,
            summary,
            country: vec!["ML".to_owned()],
            states: states
                .into_iter()
                .map(|(state, when, event, certainty, inferred)| ActorState {
                    state,
                    when,
                    event,
                    certainty,
                    inferred,
                    extra: Extra::new(),
                })
                .collect(),
            missing: false,
            extra,
        },
    )
}

fn place() -> impl Strategy<Value = Place> {
    let origin = (text(), localised()).prop_map(|(reference, note)| Origin {
        source: "s0".to_owned(),
        reference,
        note,
        extra: Extra::new(),
    });
    (
        localised(),
        some(geometry()),
        select(Precision::ALL.to_vec()),
        some(0_u32..900_000),
        some(origin),
        extra(),
    )
        .prop_map(
            |(names, geometry, precision, radius, origin, extra)| Place {
                id: String::new(),
                names,
                geometry,
                precision,
                radius_m: radius.map(f64::from),
                geonames: radius.map(u64::from),
                country: None,
                within: radius
                    .iter()
                    .map(|n| format!("District {n}").into())
                    .collect(),
                origin,
                missing: false,
                extra,
            },
        )
}

fn source() -> impl Strategy<Value = Source> {
    let rest = (
        some(when()),
        some(select(Reliability::ALL.to_vec())),
        any::<bool>(),
        extra(),
    );
    (
        select(SourceKind::ALL.to_vec()),
        localised(),
        some(text()),
        rest,
    )
        .prop_map(
            |(kind, title, url, (published, reliability, inferred, extra))| Source {
                id: String::new(),
                kind,
                title,
                author: url.clone(),
                publisher: None,
                language: None,
                published,
                published_inferred: inferred,
                url,
                licence: None,
                reliability,
                summary: Localised::default(),
                document: None,
                missing: false,
                extra,
            },
        )
}

const LAYERS: u8 = 2;

fn event() -> impl Strategy<Value = EventDetail> {
    let participant = (
        0..ACTORS,
        select(Role::ALL.to_vec()),
        certainty(),
        any::<bool>(),
        extra(),
    )
        .prop_map(|(actor, role, certainty, inferred, extra)| Participant {
            actor: ActorIx::new(actor),
            role,
            certainty,
            inferred,
            extra,
        });
    let figure = || some(0_u32..5_000);
    let toll = (
        some(0..ACTORS),
        select(TollKind::ALL.to_vec()),
        figure(),
        figure(),
        figure(),
    )
        .prop_map(|(who, what, low, best, high)| Toll {
            who: who.map(ActorIx::new),
            what,
            low,
            best,
            high,
            extra: Extra::new(),
        });
    let head = (
        localised(),
        localised(),
        select(Kind::ALL.to_vec()),
        some(0..SIDES),
        some(when()),
    );
    let position = (
        some(geometry()),
        some(0..PLACES),
        select(Precision::ALL.to_vec()),
        some(0_u32..900_000),
    );
    let rest = (
        vec(participant, 0..3),
        vec(toll, 0..3),
        (vec(select(Flag::ALL.to_vec()), 0..2), 0..LAYERS),
        extra(),
        event_extra(),
    );
    (head, position, rest).prop_map(
        |(
            (titles, summary, kind, side, when),
            (geometry, place, precision, radius),
            (participants, tolls, (flags, layer), feature_extra, extra),
        )| EventDetail {
            id: String::new(),
            titles,
            summary,
            kind,
            side,
            when,
            geometry,
            place: place.map(PlaceIx::new),
            precision,
            radius_m: radius.map(f64::from),
            participants,
            tolls,
            flags,
            layer,
            feature_extra,
            extra,
        },
    )
}

fn relation() -> impl Strategy<Value = Relation> {
    (
        select(RelationKind::ALL.to_vec()),
        (0..ACTORS, 0..ACTORS),
        localised(),
        when(),
        (certainty(), any::<bool>(), some("e[0-9]"), extra()),
    )
        .prop_map(|(kind, (from, to), role, when, rest)| Relation {
            id: String::new(),
            kind,
            from: ActorIx::new(from),
            to: ActorIx::new(to),
            role,
            when,
            ended_by: rest.2,
            certainty: rest.0,
            inferred: rest.1,
            extra: rest.3,
        })
}

fn claim() -> impl Strategy<Value = (Claim, u8, Index)> {
    let locator = prop_oneof![
        (0_u64..50, 1_u64..50).prop_map(|(start, n)| Locator::Position {
            start,
            end: start + n,
            sha256: "00ff".repeat(16),
        }),
        text().prop_map(Locator::Fragment),
    ];
    let rest = (localised(), some(1_u8..=6), some(locator), extra());
    (
        (0..SOURCES, value(), select(Stance::ALL.to_vec())),
        (any::<bool>(), any::<bool>()),
        rest,
        (0_u8..5, any::<Index>()),
    )
        .prop_map(
            |((source, value, stance), (shown, inferred), rest, about)| {
                let claim = Claim {
                    id: String::new(),
                    source: SourceIx::new(source),
                    subject: Subject::Source(SourceIx(0)),
                    attribute: "when".to_owned(),
                    value,
                    stance,
                    shown,
                    inferred,
                    credibility: rest.1,
                    note: rest.0,
                    locator: rest.2,
                    locator_extra: Extra::new(),
                    subject_extra: rest.3.clone(),
                    extra: rest.3,
                };
                (claim, about.0, about.1)
            },
        )
}

/// Gives records ids in order of their place in the list.
fn number<T>(list: &mut [T], letter: char, id: fn(&mut T) -> &mut String) {
    for (at, record) in list.iter_mut().enumerate() {
        *id(record) = format!("{letter}{at:02}");
    }
}

/// Events that refer to actors, places and sources, with claims about all.
pub(super) fn parts() -> impl Strategy<Value = Parts> {
    let tables = (
        vec(actor(), ACTORS),
        vec(place(), PLACES),
        vec(source(), SOURCES),
        vec(relation(), 0..3),
        vec(claim(), 0..5),
    );
    let meta = (
        localised(),
        localised(),
        extra(),
        extra(),
        (extra(), any::<bool>()),
    );
    (vec(event(), 1..6), tables, meta).prop_map(|(events, tables, meta)| {
        let (actors, places, sources, relations, claims) = tables;
        let (tables_extra, layered) = meta.4;
        let side = |n: u8| SideInfo {
            id: format!("side {n}"),
            label: meta.1.clone(),
            extra: Extra::new(),
        };
        let layer = |n: u8| Layer {
            id: format!("layer-{n}"),
            name: format!("Layer {n}.csv"),
        };
        let mut parts = Parts {
            meta: Meta {
                id: "made".to_owned(),
                title: meta.0,
                description: meta.1.clone(),
                sides: (0..SIDES).map(side).collect(),
                layers: (0..if layered { LAYERS } else { 0 }).map(layer).collect(),
                center: Some([1.5, -2.25]),
                window: Some("2012/2024".to_owned()),
                extra: meta.2,
                events_extra: meta.3,
                tables_extra: [("actors".to_owned(), tables_extra)]
                    .into_iter()
                    .filter(|(_, members)| !members.is_empty())
                    .collect(),
                ..Meta::default()
            },
            events,
            actors,
            places,
            sources,
            relations,
            claims: Vec::new(),
        };
        if !layered {
            parts.events.iter_mut().for_each(|e| e.layer = 0);
        }
        number(&mut parts.events, 'e', |e| &mut e.id);
        number(&mut parts.actors, 'a', |a| &mut a.id);
        number(&mut parts.places, 'p', |p| &mut p.id);
        number(&mut parts.sources, 's', |s| &mut s.id);
        number(&mut parts.relations, 'r', |r| &mut r.id);
        parts.sort_events();
        for (mut claim, kind, at) in claims {
            claim.subject = match kind {
                0 => Subject::Event(EventRow::new(at.index(parts.events.len()))),
                1 => Subject::Actor(ActorIx::new(at.index(ACTORS))),
                2 => Subject::Place(PlaceIx::new(at.index(PLACES))),
                3 if !parts.relations.is_empty() => {
                    let n = at.index(parts.relations.len());
                    Subject::Relation(crate::model::RelationIx::new(n))
                }
                _ => Subject::Source(SourceIx::new(at.index(SOURCES))),
            };
            parts.claims.push(claim);
        }
        number(&mut parts.claims, 'c', |c| &mut c.id);
        parts
    })
}
