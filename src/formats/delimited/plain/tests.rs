use std::fmt::Write as _;

use proptest::prelude::*;

use crate::dataset::{PlainEvent, PlainId};
use crate::model::time::{DAY_MS, Extent, OPEN_FUTURE, OPEN_PAST, When, days_from_civil};
use crate::model::{Kind, Precision};

use super::*;

fn parse(text: &str, block: usize) -> Result<(Dataset, Report), OpenError> {
    let begun = begin(Input::of_bytes("t.csv", "t", text.as_bytes().to_vec()))?;
    if !takes(&begun) {
        return Err(OpenError::new("t.csv", "not plain", "write other columns"));
    }
    let (events, actors, _, findings) = read_blocks(begun, block, &Watch::default())?;
    let mut report = Report::default();
    findings.report("t.csv", &mut report);
    let parts = Parts {
        actors: with_ids(actors),
        ..Parts::default()
    };
    Ok((Dataset::from_plain(parts, events, &|_, _| {}), report))
}

/// Every event on a line of its own, as far as a table can tell of it.
fn told(dataset: &Dataset) -> String {
    let mut out = String::new();
    for row in dataset.rows() {
        let event = dataset.event(row);
        let when = event.when.as_ref();
        let _ = writeln!(
            out,
            "{} {:?} {:?} {:?} {} {:?} {:?}",
            event.id,
            dataset.table().position(row),
            when.map(When::extent),
            when.map(When::members),
            event.kind.id(),
            dataset
                .actors_of(row)
                .map(|a| dataset.actor(a).name("en"))
                .collect::<Vec<_>>(),
            event.summary.get("en"),
        );
    }
    out
}

#[test]
fn columns_stand_in_any_order_and_others_are_left_out() {
    let text = "\u{feff}Notes,lon,kind,LAT,date_start,id\r\n\"a, \"\"b\"\"\r\nc\",2.5,attack,14,2017-10-04,x\r\n";
    let (dataset, report) = parse(text, BLOCK).unwrap();
    assert_eq!(report.problems, []);
    let row = dataset.event_by_id("x").unwrap();
    assert_eq!(dataset.title(row, "en"), "a, \"b\"\r\nc");
    let (lon, lat) = dataset.table().lon_lat(row).unwrap();
    assert!((lon - 2.5).abs() < 1e-6 && (lat - 14.0).abs() < 1e-6);
}

#[test]
fn other_separators_are_seen() {
    for text in [
        "id;lat;lon;date_start\na;1;2;2014\n",
        "id\tlat\tlon\tdate_start\na\t1\t2\t2014",
    ] {
        let (dataset, report) = parse(text, BLOCK).unwrap();
        assert_eq!((dataset.len(), report.problems.len()), (1, 0));
    }
}

#[test]
fn actors_of_one_name_are_one_and_have_ids_of_their_own() {
    let text =
        "id,lat,lon,date_start,actor\n1,,,2014,Al X\n2,,,2014, Al X\n3,,,2014,al-x\n4,,,2014,\n";
    let (dataset, _) = parse(text, 40).unwrap();
    let ids: Vec<_> = dataset.actors().iter().map(|a| a.id.as_str()).collect();
    assert_eq!(ids, ["al-x", "al-x-2"]);
    let first = dataset.actor_by_id("al-x").unwrap();
    assert_eq!(dataset.events_of_actor(first).len(), 2);
}

#[test]
fn what_is_wrong_takes_one_line_however_often_it_is() {
    let mut text = "id,lat,lon,date_start,kind\n".to_owned();
    for n in 0..5_000 {
        let _ = writeln!(text, "{n},91,{n}x,{n} May,kind {}", n % 7);
    }
    let (dataset, report) = parse(&text, 1_000).unwrap();
    assert_eq!(dataset.len(), 5_000);
    assert_eq!(report.problems.len(), 4);
    assert!(report.problems.iter().all(|p| p.rows == 5_000));
}

fn date() -> impl Strategy<Value = (i64, i64)> {
    // Days, months and years between 1900 and 2100.
    (1900_i64..2100, 1_u8..=12, 1_u8..=28, 0..3).prop_map(|(year, month, day, unit)| {
        let of = |y, m, d| days_from_civil(y, m, d) * DAY_MS;
        let next = if month == 12 {
            (year + 1, 1)
        } else {
            (year, month + 1)
        };
        match unit {
            0 => (of(year, month, day), of(year, month, day) + DAY_MS - 1),
            1 => (of(year, month, 1), of(next.0, next.1, 1) - 1),
            _ => (of(year, 1, 1), of(year + 1, 1, 1) - 1),
        }
    })
}

fn extent() -> impl Strategy<Value = Option<Extent>> {
    let open = (OPEN_PAST, OPEN_FUTURE);
    prop_oneof![
        Just(None),
        date().prop_map(|(a, b)| Some(Extent::within(a, b))),
        date().prop_map(move |start| Some(Extent::spanning(start, open))),
        (date(), date()).prop_filter_map("in order", |(a, b)| {
            (a.1 < b.0).then(|| Some(Extent::spanning(a, b)))
        }),
    ]
}

type Row = (
    Option<Extent>,
    Option<(f64, f64)>,
    usize,
    Option<String>,
    String,
    bool,
);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let place = prop::option::of((-180.0..180.0_f64, -84.0..84.0_f64));
    let actor = prop::option::of("[a-zé,\"][a-zé \n,\"]{0,6}[a-zé,\"]");
    let row = (
        extent(),
        place,
        0..Kind::ALL.len(),
        actor,
        "[a-zé\r\n,;\" ]{0,20}",
        any::<bool>(),
    );
    prop::collection::vec(row, 0..30)
}

proptest! {
    #[test]
    fn what_is_written_is_read_again(rows in rows(), block in 20_usize..400) {
        let mut events = PlainEvents::default();
        let mut actors = Vec::new();
        for (n, (extent, lon_lat, kind, actor, notes, by_number)) in rows.iter().enumerate() {
            let text = format!("e-{n}");
            let actor = actor.as_ref().map(|name| {
                let known = actors.iter().position(|a| a == name);
                ActorIx::new(known.unwrap_or_else(|| {
                    actors.push(name.clone());
                    actors.len() - 1
                }))
            });
            events.push(&PlainEvent {
                id: if *by_number {
                    PlainId::Number(u32::try_from(n).unwrap())
                } else {
                    PlainId::Text(&text)
                },
                extent: *extent,
                lon_lat: *lon_lat,
                precision: Precision::Unknown,
                kind: Kind::ALL[*kind],
                side: None,
                actor,
                place: None,
                killed: None,
                title: "",
                notes,
            });
        }
        let parts = Parts { actors: with_ids(actors), ..Parts::default() };
        let dataset = Dataset::from_plain(parts, events, &|_, _| {});
        let mut file = Vec::new();
        write(&dataset, &mut file).unwrap();
        let (again, report) = parse(std::str::from_utf8(&file).unwrap(), block).unwrap();
        prop_assert_eq!(report.problems, []);
        prop_assert_eq!(told(&again), told(&dataset));
    }

    #[test]
    fn anything_is_answered(text in "(id,lat,lon,date_start,kind\n)?([0-9a,\"\r\n/.-]{0,60})", block in 1_usize..60) {
        let whole = parse(&text, BLOCK);
        let parts = parse(&text, block);
        prop_assert_eq!(whole.is_ok(), parts.is_ok());
        if let (Ok((a, one)), Ok((b, other))) = (whole, parts) {
            prop_assert_eq!(told(&a), told(&b));
            prop_assert_eq!(one, other);
        }
    }
}
