use std::fmt::Write as _;

use proptest::prelude::*;

use crate::dataset::{Dataset, PlainEvent, PlainId};
use crate::formats::import::SAME_ID;
use crate::formats::import::record::wrong;
use crate::model::time::{DAY_MS, Extent, OPEN_FUTURE, OPEN_PAST, When, days_from_civil};
use crate::model::{Actor, ActorIx, Kind, Precision, Schema, fold};

use super::*;

/// Bytes a block, in which each of these tests' tables is one.
const BLOCK: usize = 1 << 20;

/// Reads a table in blocks of so many bytes, with the quick way or without it.
fn parse_with(text: &str, block: usize, quick: bool) -> Result<(Dataset, Report), OpenError> {
    let input = Input::of_bytes("t.csv", "t", text.as_bytes().to_vec());
    let options = OpenOptions::default();
    let gathered = reading::gathered_in_blocks(input, &options, &Watch::default(), (block, quick))?;
    let (parts, events, report) = gathered.columns();
    Ok((Dataset::from_plain(parts, events, &|_, _| {}), report))
}

fn parse(text: &str, block: usize) -> Result<(Dataset, Report), OpenError> {
    parse_with(text, block, true)
}

/// Whether the quick way takes all of a table.
fn is_quick(text: &str) -> bool {
    let begun = begin(Input::of_bytes("t.csv", "t", text.as_bytes().to_vec())).unwrap();
    let dialect = begun.dialect.clone();
    let blocks = super::super::blocks::Blocks::new(begun, BLOCK)
        .first()
        .unwrap();
    let plan = reading::plan(&dialect, &blocks, None, &mut Gather::default());
    let layout = Layout::as_planned(&dialect, &plan);
    let quick = |block| gather(block, layout.as_ref()?, &plan);
    blocks.iter().all(|block| quick(block).is_some())
}

/// Every event on a line of its own, as far as a table can tell of it.
fn told(dataset: &Dataset) -> String {
    let mut out = String::new();
    for row in dataset.rows() {
        let event = dataset.event(row);
        let when = event.when.as_ref();
        let _ = writeln!(
            out,
            "{} {:?} {:?} {:?} {:?} {} {:?} {:?} {:?}",
            event.id,
            event.precision,
            dataset.table().position(row),
            when.map(When::extent),
            when.map(When::members),
            event.kind.id(),
            dataset
                .actors_of(row)
                .map(|a| fold(dataset.actor(a).name("en")))
                .collect::<Vec<_>>(),
            event.summary.get("en"),
            event.extra,
        );
    }
    out
}

#[test]
fn columns_stand_in_any_order() {
    let text = "\u{feff}Notes,lon,kind,LAT,date_start,id\r\n\"a, \"\"b\"\"\r\nc\",2.5,attack,14,2017-10-04,x\r\n";
    assert!(is_quick(text));
    let (dataset, report) = parse(text, BLOCK).unwrap();
    assert_eq!(report.problems, []);
    assert_eq!(report.format, NAME);
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
        assert!(is_quick(text));
        let (dataset, report) = parse(text, BLOCK).unwrap();
        assert_eq!((dataset.len(), report.problems.len()), (1, 0));
    }
}

#[test]
fn actors_of_one_name_are_one() {
    let text = "id,lat,lon,date_start,actor\n1,,,2014,IS\n2,,,2014, IS\n3,,,2014,is\n4,,,2014,\n";
    assert!(is_quick(text));
    let (dataset, _) = parse(text, 40).unwrap();
    let ids: Vec<_> = dataset.actors().iter().map(|a| a.id.as_str()).collect();
    assert_eq!(ids, ["is"]);
    let first = dataset.actor_by_id("is").unwrap();
    assert_eq!(dataset.events_of_actor(first).len(), 3);
}

#[test]
fn what_is_not_plain_is_read_as_in_any_table() {
    let header = "id,lat,lon,date_start,date_end,kind,actor,notes";
    for (row, what) in [
        ("1,0,0,2020-05-01,,,,", Some(&wrong::NULL_ISLAND)),
        ("1,139.7,35.6,2020,,,,", Some(&wrong::SWAPPED)),
        ("1,4500000,500000,2020,,,,", Some(&wrong::PROJECTED)),
        ("1,10,200,2020,,,,", Some(&wrong::LON_360)),
        ("1,10,,2020,,,,", Some(&wrong::HALF_PLACE)),
        ("1,10,x,2020,,,,", Some(&wrong::COORDINATE)),
        ("1,NA,NA,2020,,,,", None),
        ("1,10,20,03/12/2020,,,,", Some(&wrong::DAY_FIRST)),
        ("1,10,20,25/12/2020,,,,", None),
        ("1,10,20,03 December 2020,,,,", None),
        ("1,10,20,2320-01-01,,,,", Some(&wrong::FUTURE)),
        ("1,10,20,2020-05-01T00:00:00Z,,,,", None),
        ("1,10,20,soon,,,,", Some(&wrong::DATE)),
        ("1,10,20,,2020,,,", None),
        ("1,10,20,2020-05-02,2020-05-01,,,", Some(&wrong::ORDER)),
        ("1,10,20,2020~,,,,", None),
        ("1,10,20,2020,,ambush,,", Some(&wrong::KIND)),
        ("1,10,20,2020,,Armed clash,,", None),
        (",10,20,2020,,,,", Some(&wrong::NO_ID)),
        ("1,10,20,2020,,,A; B,", None),
        (
            "1,10,20,2020,,,,\"never closed",
            Some(&crate::formats::delimited::wrong::BROKEN),
        ),
        (
            "1,10,20,2020,,,",
            Some(&crate::formats::delimited::wrong::WIDTH),
        ),
    ] {
        // Among others that are plain.
        let plain = "2,1,2,2020-05-03,2020-05-04,attack,IS,x";
        let text = format!("{header}\n{plain}\n{row}\n3{}\n", &plain[1..]);
        assert!(!is_quick(&text), "{row}");
        let (dataset, report) = parse(&text, BLOCK).unwrap();
        assert_eq!(dataset.len(), 3, "{row}");
        let codes: Vec<&str> = report.problems.iter().map(|p| p.code).collect();
        assert_eq!(
            codes,
            what.map(|w| w.id).into_iter().collect::<Vec<_>>(),
            "{row}"
        );
    }
    let twice = format!("{header}\n1,1,2,2020,,,,\n1,1,2,2020,,,,\n");
    assert!(is_quick(&twice));
    assert_eq!(parse(&twice, BLOCK).unwrap().1.problems[0].code, SAME_ID.id);
}

#[test]
fn semicolons_and_decimal_commas_are_read() {
    let text = "id;lat;lon;date_start\n1;36,5;37,25;2020-05-01\n2;36,5;37,25;01.05.2020\n";
    let (dataset, report) = parse(text, BLOCK).unwrap();
    assert_eq!(report.problems, []);
    let dates: Vec<Extent> = dataset.rows().map(|r| dataset.table().extent(r)).collect();
    assert_eq!(dates[0], dates[1]);
    for row in dataset.rows() {
        let (lon, lat) = dataset.table().lon_lat(row).unwrap();
        assert!((lon - 37.25).abs() < 1e-6 && (lat - 36.5).abs() < 1e-6);
    }
}

#[test]
fn what_is_wrong_takes_one_line_however_often_it_is() {
    let mut text = "id,lat,lon,date_start,kind\n".to_owned();
    for n in 0..5_000 {
        let _ = writeln!(text, "{n},91,{n}x,{n} Mayday,kind {}", n % 7);
    }
    let (dataset, report) = parse(&text, 1_000).unwrap();
    assert_eq!(dataset.len(), 5_000);
    for code in [wrong::DATE.id, wrong::KIND.id] {
        let found = report.problems.iter().filter(|p| p.code == code);
        let rows: Vec<u64> = found.map(|p| p.rows).collect();
        assert_eq!(rows, [5_000], "{code}");
    }
    assert!(report.problems.len() < 8);
}

fn date() -> impl Strategy<Value = (i64, i64)> {
    // Days, months and years between 1900 and 2020.
    (1900_i64..2020, 1_u8..=12, 1_u8..=28, 0..3).prop_map(|(year, month, day, unit)| {
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
        "([a-zé\",][a-zé\r\n,;\" ]{0,20}[a-zé\",])?",
        any::<bool>(),
    );
    prop::collection::vec(row, 1..30)
}

proptest! {
    // Each case reads two tables and makes two datasets.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_quick_way_comes_to_the_same(
        rows in prop::collection::vec(
            (
                "[0-9a]{1,2}",
                "(-?[0-9]{1,2}(\\.[0-9]{1,3})?|-0\\.0|0|NA|| 5 )",
                "(-?[0-9]{1,3}(\\.[0-9]{1,3})?|-0\\.0|0|NA||\u{200f}5)",
                "(19[0-9]{2}(-0[1-9](-[0-3][0-9])?)?|2014-05-0[1-9]([T ]0[0-9]:[0-5][0-9](:[0-5][0-9]Z?)?)?||\\.\\.)",
                "(|\\.\\.|1999|2014-05-0[1-9]|2014-05-04T00:00:00Z)",
                "(|attack|clash|Attack|other)",
                "(|IS|is| Al-X |al x|A; B|NA|4)",
                "[a ]{0,3}",
            ),
            1..12,
        ),
        block in 60_usize..400,
    ) {
        let mut text = "id,lat,lon,date_start,date_end,kind,actor,notes\n".to_owned();
        for (a, b, c, d, e, f, g, h) in rows {
            let _ = writeln!(text, "{a},{b},{c},{d},{e},{f},{g},{h}");
        }
        let (quick, one) = parse_with(&text, block, true).unwrap();
        let (general, other) = parse_with(&text, block, false).unwrap();
        prop_assert_eq!(told(&quick), told(&general));
        prop_assert_eq!(one.rows, other.rows);
        prop_assert_eq!(one.problems, other.problems);
    }
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
                precision: match lon_lat {
                    Some(_) => Precision::Exact,
                    None => Precision::Unknown,
                },
                kind: Kind::ALL[*kind],
                side: None,
                actor,
                place: None,
                killed: None,
                title: "",
                notes,
            });
        }
        let actors = actors.into_iter().enumerate();
        let actors = actors.map(|(n, name)| Actor::named(n.to_string(), name, Schema::LegalEntity));
        let parts = Parts { actors: actors.collect(), ..Parts::default() };
        let dataset = Dataset::from_plain(parts, events, &|_, _| {});
        let mut file = Vec::new();
        write(&dataset, &mut file).unwrap();
        let (again, report) = parse(std::str::from_utf8(&file).unwrap(), block).unwrap();
        prop_assert_eq!(report.problems, []);
        prop_assert_eq!(told(&again), told(&dataset));
    }

    #[test]
    fn anything_is_answered(text in "(id,lat,lon,date_start,kind\n)([0-9a,\"\r\n/.-]{0,60})", block in 1_usize..60) {
        let whole = parse(&text, BLOCK);
        let parts = parse(&text, block);
        prop_assert_eq!(whole.is_ok(), parts.is_ok());
        if let (Ok((a, one)), Ok((b, other))) = (whole, parts) {
            prop_assert_eq!(told(&a), told(&b));
            prop_assert_eq!(one, other);
        }
    }
}
