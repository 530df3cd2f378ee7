//! What is gathered is what the drafts say, in however many pieces.

use std::borrow::Cow;

use geo::{Geometry, LineString, Point};
use proptest::prelude::*;

use super::super::{DraftParticipant, DraftToll, Watch};
use super::*;
use crate::dataset::{Dataset, Filter, Meta};
use crate::formats::Report;
use crate::model::fold;
use crate::model::time::{DAY_MS, Extent};
use crate::model::{EventRow, Subject};
use crate::model::{Flag, Kind, TollKind};

const NAMES: [&str; 5] = ["Boko Haram", "boko-haram", "ISWAP", "Élan", "الساحل"];
const TIMES: [&str; 5] = [
    "2015-03?",
    "{2022-10-28..2022-10-29,2022-10-31}",
    "2016-11",
    "../2016~",
    "2014-02-03/2014-02-05",
];

type Part = (usize, usize);
type Row = (
    (String, usize, Option<usize>, Option<i64>),
    (
        Vec<Part>,
        Vec<(Option<usize>, usize, [Option<u32>; 3])>,
        Vec<usize>,
    ),
    (Option<usize>, usize, Option<f64>, Vec<usize>),
    Vec<(usize, String)>,
);

fn figure() -> impl Strategy<Value = Option<u32>> {
    proptest::option::of(prop_oneof![0..90_u32, Just(u32::MAX), Just(u32::MAX - 1)])
}

fn any_row() -> impl Strategy<Value = Row> {
    use proptest::collection::vec;
    (
        (
            prop_oneof![Just(String::new()), "[0-9]{1,3}", "[ab]{1,2}"],
            0..Kind::ALL.len(),
            proptest::option::of(0..TIMES.len()),
            proptest::option::of(-20_000_i64..20_000),
        ),
        (
            vec((0..NAMES.len(), 0..Role::ALL.len()), 0..4),
            vec(
                (
                    proptest::option::of(0..4_usize),
                    0..TollKind::ALL.len(),
                    proptest::array::uniform3(figure()),
                ),
                0..3,
            ),
            vec(0..4_usize, 0..3),
        ),
        (
            proptest::option::of(0..5_usize),
            0..4_usize,
            proptest::option::of(0.0..9e5_f64),
            vec(0..Flag::ALL.len(), 0..3),
        ),
        vec((0..4_usize, "[a-z\"{}1]{0,4}"), 0..3),
    )
}

fn geometry(n: usize) -> Geometry<f64> {
    match n {
        0 => Point::new(2.5, 15.123_456_7).into(),
        1 => Point::new(180.0, -89.9).into(),
        2 => Point::new(2.123_456_789_012_3, 3.1).into(),
        3 => LineString::from(vec![(0.0, 0.0), (1.0, 2.0)]).into(),
        _ => Point::new(-8.0, 12.0).into(),
    }
}

const COLUMNS: [(&str, bool); 4] = [
    ("iso", false),
    ("kind", false),
    ("extra", true),
    ("column:x", true),
];

fn draft(row: &Row) -> Draft<'_> {
    let ((id, kind, when, day), (parts, tolls, sources), (place, named, radius, flags), more) = row;
    Draft {
        id: Cow::Borrowed(id),
        title: Cow::Borrowed(if *named > 2 { "A title" } else { "" }),
        summary: Cow::Borrowed("Some notes"),
        kind: Kind::ALL[*kind],
        time: match (when, day) {
            (Some(when), _) => DraftTime::When(When::parse(TIMES[*when]).unwrap()),
            (None, Some(day)) => {
                DraftTime::Extent(Extent::within(day * DAY_MS, (day + 1) * DAY_MS - 1))
            }
            (None, None) => DraftTime::Unknown,
        },
        geometry: place.map(geometry),
        place: Cow::Borrowed(["", "Ménaka", "menaka", "Hajin"][*named]),
        within: if *named == 3 {
            vec!["Deir ez-Zor".into()]
        } else {
            Vec::new()
        },
        precision: Precision::ALL[*named],
        radius_m: *radius,
        participants: parts
            .iter()
            .map(|(name, role)| DraftParticipant {
                name: Cow::Borrowed(NAMES[*name]),
                role: Role::ALL[*role],
                schema: [Schema::LegalEntity, Schema::Organization][name % 2],
            })
            .collect(),
        tolls: tolls
            .iter()
            .map(|(who, what, [low, best, high])| DraftToll {
                who: *who,
                what: TollKind::ALL[*what],
                low: *low,
                best: *best,
                high: *high,
            })
            .collect(),
        sources: sources
            .iter()
            .map(|n| DraftSource {
                title: ["Reuters", "reuters", "AFP", ""][*n].into(),
                publisher: if *n == 3 { "Local".into() } else { "".into() },
                published: "2015".into(),
                url: "".into(),
            })
            .collect(),
        flags: flags.iter().map(|f| Flag::ALL[*f]).collect(),
        attributes: more
            .iter()
            .map(|(c, text)| {
                (
                    Column(u16::try_from(*c).unwrap()),
                    Cow::Borrowed(text.as_str()),
                )
            })
            .collect(),
    }
}

fn gather(rows: &[Row], from: usize) -> Gather {
    let mut gather = Gather::default();
    for (name, json) in COLUMNS {
        gather.column(name, json);
    }
    for (at, row) in rows.iter().enumerate() {
        gather.add(&draft(row), (from + at + 1) as u64);
    }
    gather
}

fn finish(gather: Gather) -> (Dataset, Report) {
    gather.finish(
        "folder/My file.csv",
        "test",
        Meta::default(),
        &Watch::default(),
    )
}

fn name(d: &Dataset, actor: ActorIx) -> String {
    fold(d.actor(actor).name(""))
}

/// What stands in the columns of an event is what its draft says.
fn same(d: &Dataset, row: EventRow, event: &EventDetail, wanted: &Draft<'_>) {
    let when = match &wanted.time {
        DraftTime::Unknown => None,
        DraftTime::Extent(extent) => When::of_extent(*extent),
        DraftTime::When(when) => Some(when.clone()),
    };
    assert_eq!(event.when, when);
    assert_eq!(event.geometry, wanted.geometry);
    assert_eq!((event.kind, event.radius_m), (wanted.kind, wanted.radius_m));
    assert_eq!(event.precision, wanted.precision);
    assert_eq!(event.titles.get(""), wanted.title);
    assert_eq!(event.summary.get(""), wanted.summary);
    let parts: Vec<_> = event
        .participants
        .iter()
        .map(|p| (name(d, p.actor), p.role))
        .collect();
    let said: Vec<_> = wanted
        .participants
        .iter()
        .map(|p| (fold(&p.name), p.role))
        .collect();
    assert_eq!(parts, said);
    let tolls: Vec<_> = event
        .tolls
        .iter()
        .map(|t| (t.who.map(|w| name(d, w)), t.what, t.low, t.best, t.high))
        .collect();
    let said: Vec<_> = wanted
        .tolls
        .iter()
        .map(|t| {
            let who = t.who.and_then(|n| wanted.participants.get(n));
            (who.map(|p| fold(&p.name)), t.what, t.low, t.best, t.high)
        })
        .collect();
    assert_eq!(tolls, said);
    assert_eq!(event.killed(), d.killed(row));
    let place = event.place.map(|p| fold(d.place(p).names.get("")));
    assert_eq!(place.unwrap_or_default(), fold(&wanted.place));
    let mut flags = wanted.flags.clone();
    flags.sort_unstable();
    flags.dedup();
    assert_eq!(event.flags, flags);
    assert_eq!(d.flags_of(row).collect::<Vec<_>>(), flags);
    let mut sources: Vec<_> = wanted
        .sources
        .iter()
        .map(|s| {
            fold(if s.title.is_empty() {
                &s.publisher
            } else {
                &s.title
            })
        })
        .collect();
    sources.sort();
    sources.dedup();
    let told = d.sources_of_event(row).iter();
    let mut told: Vec<_> = told.map(|s| fold(d.source(*s).title.get(""))).collect();
    told.sort();
    assert_eq!(told, sources);
    for (column, value) in wanted.attributes.iter().filter(|(_, v)| !v.is_empty()) {
        let (name, _) = COLUMNS[usize::from(column.0)];
        let held: Vec<_> = d
            .attributes(row)
            .filter(|(c, _)| c.name == name)
            .map(|(_, v)| v.to_owned())
            .collect();
        assert!(held.contains(&value.to_string()), "{name}: {held:?}");
        let member = ["iso", "column:kind", "extra", "column:column:x"][usize::from(column.0)];
        assert!(event.extra.contains_key(member), "{member}");
    }
    let values = wanted.attributes.iter().filter(|(_, v)| !v.is_empty());
    assert_eq!(d.attributes(row).count(), values.count());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_drafts_say_stands_in_the_columns(rows in proptest::collection::vec(any_row(), 0..12)) {
        let (d, report) = finish(gather(&rows, 0));
        prop_assert_eq!(d.len(), rows.len());
        prop_assert_eq!(report.rows.kept, rows.len() as u64);
        let mut left: Vec<&Row> = rows.iter().collect();
        let mut ids = std::collections::HashSet::new();
        for row in d.rows() {
            let event = d.event(row);
            prop_assert!(ids.insert(event.id.clone()), "{} stands twice", event.id);
            prop_assert_eq!(d.event_by_id(&event.id), Some(row));
            prop_assert_eq!(&*d.event_id(row), &event.id);
            // Rows of one start keep their order.
            let start = |r: &Row| match draft(r).time {
                DraftTime::Unknown => i64::MAX,
                DraftTime::Extent(e) => e.start_earliest,
                DraftTime::When(w) => w.extent().start_earliest,
            };
            let first = left.iter().map(|r| start(r)).min().unwrap();
            let at = left.iter().position(|r| start(r) == first).unwrap();
            same(&d, row, &event, &draft(left.remove(at)));
        }
    }

    #[test]
    fn pieces_are_as_good_as_the_whole(
        rows in proptest::collection::vec(any_row(), 0..14),
        cuts in proptest::collection::vec(0..14_usize, 0..3),
    ) {
        let (whole, report) = finish(gather(&rows, 0));
        let mut cuts: Vec<usize> = cuts.into_iter().map(|c| c.min(rows.len())).collect();
        cuts.push(rows.len());
        cuts.sort_unstable();
        let mut pieces = Gather::default();
        let mut from = 0;
        for to in cuts {
            pieces.append(gather(&rows[from..to], from));
            from = to;
        }
        let (pieced, pieced_report) = finish(pieces);
        prop_assert_eq!(pieced_report, report);
        prop_assert_eq!(whole.actors(), pieced.actors());
        prop_assert_eq!(whole.places(), pieced.places());
        prop_assert_eq!(whole.sources(), pieced.sources());
        prop_assert_eq!(whole.meta(), pieced.meta());
        for row in whole.rows() {
            prop_assert_eq!(whole.event(row), pieced.event(row));
            prop_assert_eq!(whole.side(row), pieced.side(row));
        }
        prop_assert!(whole.all_claims().eq(pieced.all_claims()));
    }

    #[test]
    fn links_facets_and_claims_hold_what_a_naive_reading_finds(
        rows in proptest::collection::vec(any_row(), 0..14),
    ) {
        let (d, _) = finish(gather(&rows, 0));
        let d = &d;
        let all = d.facets(&d.all());
        let rows_with = |f: &dyn Fn(EventRow) -> bool| d.rows().filter(|r| f(*r)).collect::<Vec<_>>();
        for at in 0..d.actors().len() {
            let actor = ActorIx::new(at);
            let theirs = rows_with(&|r| d.event(r).participants.iter().any(|p| p.actor == actor));
            prop_assert_eq!(d.events_of_actor(actor), &theirs[..]);
            let filter = Filter { actors: [actor].into(), ..Filter::default() };
            prop_assert_eq!(d.filtered(&filter).iter().collect::<Vec<_>>(), theirs.clone());
            prop_assert!(all.actors.contains(&(actor, theirs.len() as u64)) || theirs.is_empty());
        }
        for at in 0..d.sources().len() {
            let source = SourceIx::new(at);
            let theirs = rows_with(&|r| d.sources_of_event(r).contains(&source));
            prop_assert_eq!(d.events_of_source(source), &theirs[..]);
            let filter = Filter { sources: [source].into(), ..Filter::default() };
            prop_assert_eq!(d.filtered(&filter).iter().collect::<Vec<_>>(), theirs.clone());
            prop_assert!(all.sources.contains(&(source, theirs.len() as u64)) || theirs.is_empty());
            let claims = d.claims_of(source);
            let about: Vec<_> = claims.iter().map(|c| d.claim(*c).subject).collect();
            let wanted: Vec<_> = theirs.into_iter().map(Subject::Event).collect();
            prop_assert_eq!(about, wanted);
            prop_assert!(claims.iter().all(|c| d.claim(*c).source == source && d.only_tells(*c)));
        }
        let mut count = 0;
        for row in d.rows() {
            let claims = d.claims_about(Subject::Event(row));
            count += claims.len();
            let said: Vec<_> = claims.iter().map(|c| d.claim(*c).source).collect();
            prop_assert_eq!(said, d.sources_of_event(row));
        }
        prop_assert_eq!(d.claim_count(), count);
        for flag in [None, Some(Flag::Contested), Some(Flag::InferredDate)] {
            let has = |r| flag.map_or(d.event(r).flags.is_empty(), |f| d.event(r).has(f));
            let theirs = rows_with(&has);
            let filter = Filter { flags: [flag].into(), ..Filter::default() };
            prop_assert_eq!(d.filtered(&filter).iter().collect::<Vec<_>>(), theirs.clone());
            prop_assert!(all.flags.contains(&(flag, theirs.len() as u64)) || theirs.is_empty());
        }
    }

    #[test]
    fn our_own_format_keeps_all_of_it(rows in proptest::collection::vec(any_row(), 1..8)) {
        let (d, _) = finish(gather(&rows, 0));
        let folder = tempfile::tempdir().unwrap();
        crate::formats::native::save(&d, folder.path()).unwrap();
        let (again, report) = crate::formats::open(folder.path()).unwrap();
        prop_assert_eq!(again.len(), d.len());
        prop_assert_eq!(again.claim_count(), d.claim_count());
        for row in d.rows() {
            let event = d.event(row);
            let back = again.event(again.event_by_id(&event.id).unwrap());
            prop_assert_eq!(&event.extra, &back.extra);
            prop_assert_eq!((&event.when, &event.geometry), (&back.when, &back.geometry));
            prop_assert_eq!(event.killed(), back.killed());
            prop_assert_eq!(event.participants.len(), back.participants.len());
        }
        let about_claims = report.problems.iter().filter(|p| p.what.contains("claim")).count();
        prop_assert_eq!(about_claims, 0, "{:?}", report.problems);
    }
}

#[test]
fn the_same_id_twice_keeps_both_and_says_so() {
    let mut g = Gather::default();
    for (line, id) in [
        (2, "7"),
        (3, "7"),
        (4, "7-2"),
        (5, "a"),
        (6, "a"),
        (7, "7"),
        (8, ""),
    ] {
        g.add(
            &Draft {
                id: id.into(),
                ..Draft::default()
            },
            line,
        );
    }
    let (d, report) = finish(g);
    let ids: Vec<String> = d.rows().map(|r| d.event(r).id.clone()).collect();
    assert_eq!(ids, ["7", "7-3", "7-2", "a", "a-2", "7-4", "line-8"]);
    // Ids are found by their beginnings, as soon as there is a digit.
    for (text, rows) in [
        ("7", 4),
        ("7-3", 1),
        ("line-8", 1),
        ("LINE 8", 1),
        ("a-2", 1),
        ("a", 1),
        ("9", 0),
    ] {
        assert_eq!(d.search(text).len(), rows, "{text}");
    }
    let [problem] = report.problems.as_slice() else {
        panic!("{:?}", report.problems);
    };
    assert_eq!(
        (problem.code, problem.rows, problem.line),
        (SAME_ID.id, 3, Some(3))
    );
    assert_eq!(problem.values, ["7", "a"]);
}

#[test]
fn names_become_ids_of_their_own_and_those_who_initiate_most_become_sides() {
    let mut g = Gather::default();
    for (line, (who, place, province)) in [
        ("Forces of Syria", "Hama", "Hama"),
        ("Forces of Syria", "Hama", "Homs"),
        ("(forces) OF Syria", "Hama", "Hama"),
        ("Rebels", "", ""),
        ("???", "", ""),
    ]
    .into_iter()
    .enumerate()
    {
        let part = DraftParticipant {
            name: who.into(),
            role: if who == "???" {
                Role::Target
            } else {
                Role::Initiator
            },
            schema: Schema::Organization,
        };
        let draft = Draft {
            participants: vec![part],
            place: place.into(),
            within: vec![province.into()],
            ..Draft::default()
        };
        g.add(&draft, line as u64);
    }
    let (d, _) = finish(g);
    let ids: Vec<&str> = d.actors().iter().map(|a| a.id.as_str()).collect();
    assert_eq!(ids, ["forces-of-syria", "rebels", "actor-3"]);
    let ids: Vec<&str> = d.places().iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["hama", "hama-homs"]);
    let sides: Vec<&str> = d.meta().sides.iter().map(|s| s.id.as_str()).collect();
    assert_eq!(sides, ["forces-of-syria", "rebels"]);
    let of: Vec<_> = d.rows().map(|r| d.side(r)).collect();
    assert_eq!(of, [Some(0), Some(0), Some(0), Some(1), None]);
    assert_eq!(
        (d.meta().id.as_str(), d.meta().title.get("")),
        ("my-file", "My file")
    );
    assert_eq!(d.search("forces").len(), 3);
    assert_eq!(
        d.search("homs").len(),
        0,
        "a province is not the place's name"
    );
    assert_eq!(d.search("hama").len(), 3);
}

#[test]
fn records_stand_among_columns_and_claims_follow_the_order() {
    use crate::model::{Claim, Stance};
    let mut first = Gather::default();
    first.add(
        &Draft {
            id: "late".into(),
            time: DraftTime::When(When::parse("2020").unwrap()),
            ..Draft::default()
        },
        1,
    );
    let mut g = Gather::default();
    let actor = g.actor("Jane Doe", Schema::Person);
    g.actor_mut(actor).id = "q1".to_owned();
    let source = g.source(&DraftSource {
        title: "Gazette".into(),
        ..DraftSource::default()
    });
    let (bundled, _) = crate::formats::bundled().unwrap();
    let mut record = bundled
        .event(bundled.event_by_id("tongo-tongo-ambush").unwrap())
        .into_owned();
    record.participants.truncate(1);
    record.participants[0].actor = actor;
    record.tolls.iter_mut().for_each(|t| t.who = None);
    (record.place, record.side) = (None, None);
    let row = EventRow::new(g.len());
    g.record(record.clone(), &[source], 9);
    g.parts_mut().claims.push(Claim {
        id: "written".to_owned(),
        source,
        subject: Subject::Event(row),
        attribute: "when".to_owned(),
        value: "2017-10-04".into(),
        stance: Stance::Asserts,
        shown: true,
        inferred: false,
        credibility: None,
        note: Localised::default(),
        locator: None,
        locator_extra: Extra::new(),
        subject_extra: Extra::new(),
        extra: Extra::new(),
    });
    first.append(g);
    let (d, _) = finish(first);
    let row = d.event_by_id("tongo-tongo-ambush").unwrap();
    assert_eq!(row, EventRow(0), "it is the earlier one");
    assert_eq!(*d.event(row), record);
    assert_eq!(d.killed(row), record.killed());
    assert_eq!(d.title(row, "fr"), record.titles.get("fr"));
    assert_eq!(
        d.actors_of(row)
            .map(|a| d.actor(a).id.clone())
            .collect::<Vec<_>>(),
        ["q1"]
    );
    let about: Vec<_> = d
        .claims_about(Subject::Event(row))
        .iter()
        .map(|c| d.claim(*c).attribute.clone())
        .collect();
    assert_eq!(about, ["when", "record"]);
    assert_eq!(d.sources_of_event(row), d.sources_of_event(row));
    assert_eq!(d.claims_of(source).len(), 2);
    assert_eq!(d.events_of_source(source), [row]);
    let word = record
        .summary
        .get("fr")
        .split(' ')
        .find(|w| w.len() > 6)
        .unwrap();
    assert!(d.search(word).contains(row), "{word}");
    assert_eq!(d.claim_count(), 2);
}
