//! Whole tables: what becomes of columns, values and rows.

use std::fmt::Write as _;

use super::*;
use crate::dataset::Dataset;
use crate::formats::shown::bytes;
use crate::formats::{OpenOptions, Report, open_input};
use crate::model::Role as Part;
use crate::model::time::{OPEN_PAST, When};

use super::super::{Input, Watch};

mod columns;
mod finer;

fn open(text: &str) -> (Dataset, Report) {
    bytes("t.csv", text.as_bytes().to_vec()).unwrap()
}

fn open_mapped(text: &str, mapping: &str) -> (Dataset, Report) {
    let options = OpenOptions {
        mapping: Some(Mapping::parse(mapping).unwrap()),
    };
    let input = Input::of_bytes("t.csv", "t", text.as_bytes().to_vec());
    open_input(input, "csv", &options, &Watch::default()).unwrap()
}

/// The codes of what is wrong.
fn codes(report: &Report) -> Vec<&str> {
    report.problems.iter().map(|p| p.code).collect()
}

/// Attributes of the first event, as `name=value`.
fn attributes(dataset: &Dataset) -> Vec<String> {
    let row = dataset.rows().next().unwrap();
    let event = dataset.event(row);
    let mut all: Vec<String> = event
        .extra
        .iter()
        .map(|(name, value)| format!("{name}={}", value.as_str().unwrap_or("?")))
        .collect();
    all.sort();
    all
}

/// When the first event happened, as EDTF.
fn when(dataset: &Dataset) -> Option<String> {
    let row = dataset.rows().next()?;
    let event = dataset.event(row);
    event.when.as_ref().map(|w| w.edtf().to_owned())
}

fn lat_lon(dataset: &Dataset) -> Option<(f64, f64)> {
    let row = dataset.rows().next()?;
    match &dataset.event(row).geometry {
        Some(geo::Geometry::Point(p)) => Some((p.y(), p.x())),
        _ => None,
    }
}

#[test]
fn a_record_becomes_a_draft() {
    let columns = ["Nom", "Latitude", "Longitude", "Date de début", "humeur"];
    let row = ["Marche", "14,5", "2°30'E", "3 mai 2014", "bonne"];
    let names: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
    let samples = |c: usize| vec![row[c].to_owned()];
    let plan = Plan::new(&names, &samples, None, &mut Gather::default());
    let wanted = [
        Role::Title,
        Role::Latitude,
        Role::Longitude,
        Role::Start,
        Role::Attribute,
    ];
    assert_eq!(plan.roles(), wanted);
    let (mut draft, mut findings) = (Draft::default(), Findings::default());
    plan.fill(&mut draft, |c| row[c], 2, &mut findings);
    assert_eq!(draft.title, "Marche");
    assert_eq!(draft.geometry, Some(geo::Point::new(2.5, 14.5).into()));
    let day = dates::day(2014, 5, 3).unwrap();
    assert_eq!(draft.time, super::super::DraftTime::Extent(day));
    assert_eq!(draft.attributes, [(Column(4), Cow::Borrowed("bonne"))]);
}

#[test]
fn columns_that_were_not_needed_are_kept() {
    for (header, row, kept) in [
        (
            "lat,lon,date,country,province",
            "1,2,2020,Mali,Gao",
            &["country=Mali", "province=Gao"][..],
        ),
        ("lat,lon,date,place,country", "1,2,2020,Gao,Mali", &[]),
        (
            "lat,lon,date,wkt",
            "1,2,2020,POINT (3 4)",
            &["wkt=POINT (3 4)"],
        ),
        (
            "lat,lon,date,coordinates",
            "1,2,2020,\"3.5, 4.5\"",
            &["coordinates=3.5, 4.5"],
        ),
        ("lat,lon,date,wkt", ",,2020,POINT (3 4)", &[]),
        ("lat,lon,start,date", "1,2,2020,2021", &["date=2021"]),
        (
            "lat,lon,date,year,month,day",
            "1,2,2020-01-02,2021,3,4",
            &["day=4", "month=3", "year=2021"],
        ),
        (
            "lat,lon,start,epoch",
            "1,2,2020,1431512106",
            &["epoch=1431512106"],
        ),
        (
            "lat,lon,date,time",
            "1,2,2020-01-02 10:00,11:30",
            &["time=11:30"],
        ),
        ("lat,lon,date,time", "1,2,2020-01-02,11:30", &[]),
        ("lat,lon,month,day", "1,2,5,3", &["day=3", "month=5"]),
        ("lat,date,name", "1.5,2020,x", &["lat=1.5"]),
        (
            "lat,lon,start,end",
            "1,2,2020-05-02,2020-05-01",
            &["end=2020-05-01"],
        ),
        ("lat,lon,date,kind", "1,2,2020,attack", &[]),
        (
            "lat,lon,date,kind",
            "1,2,2020,Armed clash",
            &["column:kind=Armed clash"],
        ),
        ("lat,lon,date,country", "1,2,2020,NA", &[]),
    ] {
        let (dataset, _) = open(&format!("{header}\n{row}\n"));
        assert_eq!(attributes(&dataset), kept, "{header}");
    }
    // So many columns that they are not all held as bits.
    let names: Vec<String> = (0..400).map(|n| format!("c{n}")).collect();
    let header = format!("{},date,start,lat,lon", names.join(","));
    let row = format!("{},2021,2020,1,2", names.join(","));
    let (dataset, _) = open(&format!("{header}\n{row}\n"));
    assert!(attributes(&dataset).contains(&"date=2021".to_owned()));
    assert_eq!(attributes(&dataset).len(), 401);
}

#[test]
fn dates_are_read_by_what_the_whole_column_holds() {
    for (header, rows, wanted) in [
        ("date", &["25/1/2020 12:00:00 AM"][..], Some("2020-01-25")),
        ("date", &["2020-05-01T00:00:00Z"], Some("2020-05-01")),
        (
            "date",
            &["2020-05-01T00:00:00Z", "2020-05-02T10:00:00Z"],
            Some("2020-05-01T00:00:00Z"),
        ),
        (
            "epoch",
            &["-86400", "0", "1431512106"],
            Some("1969-12-31T00:00:00Z"),
        ),
        (
            "epoch_ms",
            &["86400000", "1431512106000"],
            Some("1970-01-02T00:00:00Z"),
        ),
        (
            "timestamp",
            &["1431512106000000"],
            Some("2015-05-13T10:15:06Z"),
        ),
        ("ts", &["1431512106"], Some("2015-05-13T10:15:06Z")),
        ("ts", &["2015-05-13"], Some("2015-05-13")),
        ("date", &["NA", "2015-05-13"], Some("2015-05-13")),
        ("date", &["\u{200f}2015-05-13\u{200e}"], Some("2015-05-13")),
        (
            "date",
            &["2020-05-01 - 2020-05-03"],
            Some("2020-05-01/2020-05-03"),
        ),
        ("date", &["1–3 May 2020"], Some("2020-05-01/2020-05-03")),
        ("jour", &["25/12/2020"], Some("2020-12-25")),
        ("date", &["٠٣/٠٤/٢٠٢٠", "٢٥/٠٤/٢٠٢٠"], Some("2020-04-03")),
    ] {
        let mut text = format!("lat,lon,{header}\n");
        for row in rows {
            let _ = writeln!(text, "1,2,{row}");
        }
        let (dataset, report) = open(&text);
        assert_eq!(when(&dataset).as_deref(), wanted, "{header} {rows:?}");
        assert_eq!(codes(&report), [] as [&str; 0], "{header} {rows:?}");
    }
    let (dataset, _) = open("lat,lon,السنة,الشهر,اليوم\n1,2,٢٠٢٠,أيار,٣\n");
    assert_eq!(when(&dataset).as_deref(), Some("2020-05-03"));
}

#[test]
fn only_a_start_that_is_empty_or_open_is_an_open_past() {
    let open_past = |row: &str| {
        let (dataset, report) = open(&format!("lat,lon,start,end\n1,2,{row}\n"));
        let row = dataset.rows().next().unwrap();
        let extent = dataset.table().extent(row);
        (
            extent.start_earliest == OPEN_PAST,
            codes(&report).contains(&"date"),
        )
    };
    assert_eq!(open_past(",2020-03-05"), (true, false));
    assert_eq!(open_past("..,2020-03-05"), (true, false));
    assert_eq!(open_past("NULL,2020-03-05"), (true, false));
    assert_eq!(open_past("garbage,2020-03-05"), (false, true));
    let (dataset, _) = open("lat,lon,start,end\n1,2,garbage,2020-03-05\n");
    assert_eq!(when(&dataset).as_deref(), Some("2020-03-05"));
}

#[test]
fn positions_are_read_as_tables_write_them() {
    for (header, row, wanted, told) in [
        ("lat,lon", "NA,NULL", None, &[][..]),
        ("lat,lon", "-,#N/A", None, &[]),
        ("lat,lon", "10,-190", Some((10.0, 170.0)), &["lon-360"]),
        (
            "lat,lon",
            "\u{200f}36.25,37.5\u{200e}",
            Some((36.25, 37.5)),
            &[],
        ),
        (
            "latitude,longitude",
            "48°30'N,2°30'O",
            Some((48.5, -2.5)),
            &["letter-o"],
        ),
        ("Breite,Länge", "48°30'N,2°30'O", Some((48.5, 2.5)), &[]),
        ("geo_lat,geo_long", "36.25,37.5", Some((36.25, 37.5)), &[]),
        (
            "lat,lengthways",
            "36.25,37.5",
            None,
            &["half-pair", "no-place-column"],
        ),
        ("wkt,x1", "POINT EMPTY,", None, &[]),
        (
            "geom,x1",
            "010100000000000000004042400000000000E04140,",
            Some((35.75, 36.5)),
            &[],
        ),
        (
            "whatever,x1",
            "0101000020E610000000000000004042400000000000E04140,",
            Some((35.75, 36.5)),
            &[],
        ),
        ("x,y", "500000,4000000", None, &["projected"]),
        (
            "X,Y,LATITUDE,LONGITUDE",
            "500000,4000000,36.25,37.5",
            Some((36.25, 37.5)),
            &[],
        ),
    ] {
        let (dataset, report) = open(&format!("date,{header}\n2020,{row}\n"));
        assert_eq!(lat_lon(&dataset), wanted, "{header}: {row}");
        let mut found = codes(&report);
        found.sort_unstable();
        assert_eq!(found, told, "{header}: {row}");
        let precision = dataset.event(dataset.rows().next().unwrap()).precision;
        let known = if wanted.is_some() {
            Precision::Exact
        } else {
            Precision::Unknown
        };
        assert_eq!(precision, known, "{header}: {row}");
    }
    let line = "date,wkt\n2020,\"LINESTRING (170 0, 190 0)\"\n2020,LINESTRING EMPTY\n2020,LINESTRING EMPTY\n";
    let (dataset, report) = open(line);
    assert_eq!(codes(&report), ["lon-360"]);
    assert_eq!(report.rows.without_place, 2);
    assert_eq!(dataset.len(), 3);
}

#[test]
fn numbers_of_people_are_never_made_smaller() {
    for (text, low, best, high) in [
        (
            "lat;lon;date;killed\n1,5;2;2020;1.200\n",
            None,
            Some(1_200),
            None,
        ),
        ("lat,lon,date,victims\n1,2,2020,4\n", None, Some(4), None),
        (
            "lat,lon,date,total_fatalities\n1,2,2020,4\n",
            None,
            Some(4),
            None,
        ),
        (
            "lat,lon,date,deaths_low,deaths_best,deaths_high\n1,2,2020,1,2,3\n",
            Some(1),
            Some(2),
            Some(3),
        ),
        (
            "lat,lon,date,killed\n1,2,2020,0.5\n",
            Some(0),
            None,
            Some(1),
        ),
    ] {
        let (dataset, _) = open(text);
        let event = dataset.event(dataset.rows().next().unwrap()).into_owned();
        let toll = event.tolls[0].clone();
        assert_eq!(
            (toll.low, toll.best, toll.high),
            (low, best, high),
            "{text}"
        );
        assert_eq!(dataset.actors().len(), 0, "{text}");
    }
    let (dataset, report) = open("lat,lon,date,killed\n1,2,2020,unknown\n1,2,2020,NULL\n");
    assert_eq!(codes(&report), [] as [&str; 0]);
    let event = dataset.event(dataset.rows().next().unwrap());
    assert!(event.tolls.is_empty());
}

#[test]
fn lists_of_names_are_parted_and_numbers_are_nobody() {
    let (dataset, _) = open(
        "lat,lon,date,actor1,target,source,url\n\
         1,2,2020,A; B,4,\"AFP; Reuters\",http://a.b/c\n\
         1,2,2020,NA,N/A,NULL,-\n",
    );
    let names: Vec<&str> = dataset.actors().iter().map(|a| a.name("")).collect();
    assert_eq!(names, ["A", "B"]);
    let event = dataset.event(dataset.rows().next().unwrap()).into_owned();
    assert!(event.participants.iter().all(|p| p.role == Part::Initiator));
    assert_eq!(attributes(&dataset), ["target=4"]);
    let sources: Vec<&str> = dataset.sources().iter().map(|s| s.title.get("")).collect();
    assert_eq!(sources, ["AFP", "Reuters", "http://a.b/c"]);
    let (dataset, _) = open("lat,lon,date,reference\n1,2,2020,X\n1,2,2020,X\n");
    assert!(dataset.event_by_id("X").is_none());
    assert_eq!(dataset.sources().len(), 1);
}

#[test]
fn what_the_user_says_comes_before_a_database() {
    let acled = "event_id_cnty,event_date,event_type,sub_event_type,actor1,notes,fatalities,latitude,longitude,mine,who\n\
                 X1,2020-05-01,Battles,Armed clash,Army,Long text,3,1,2,9,Me\n";
    let first = |dataset: &Dataset| dataset.event(dataset.rows().next().unwrap()).into_owned();
    let (dataset, _) = open_mapped(acled, "mine=killed,who=actor,notes=title");
    let event = first(&dataset);
    assert_eq!(event.titles.get("und"), "Long text");
    assert_eq!(event.tolls.len(), 1);
    assert_eq!(event.tolls[0].best, Some(9));
    let names: Vec<&str> = dataset.actors().iter().map(|a| a.name("")).collect();
    assert_eq!(names, ["Me"]);
    assert!(attributes(&dataset).contains(&"fatalities=3".to_owned()));
    assert!(attributes(&dataset).contains(&"actor1=Army".to_owned()));
    // Without a word of it, all is as the database has it.
    let (dataset, _) = open_mapped(acled, "who=attribute");
    assert_eq!(first(&dataset).tolls[0].best, Some(3));
    assert_eq!(dataset.actors()[0].name(""), "Army");
}

#[test]
fn what_is_wrong_is_told_with_its_value() {
    let (_, report) = open("name,lat,lon,date\na,1,,2020\nb,1,2,2020\nc,x,2,2020\n");
    let half = report.problems.iter().find(|p| p.code == "half-place");
    assert_eq!(
        half.map(|p| (p.line, p.values.clone())),
        Some((Some(2), vec!["1".to_owned()]))
    );
    let (_, report) = open("name,lat,lon,date\na,1,2,2020\nb,1,2,2020,more\n");
    let width = report.problems.iter().find(|p| p.code == "width").unwrap();
    assert_eq!(
        (width.line, width.values[0].as_str()),
        (Some(3), "5 of 4: more")
    );
    let mut findings = Findings::default();
    findings.note(&wrong::TOLL, "killed", 2, "");
    findings.note(&wrong::TOLL, "killed", 3, "many");
    let mut report = Report::default();
    findings.report("t.csv", &mut report);
    assert_eq!(report.problems[0].values, ["", "many"]);
    assert!(
        report.problems[0]
            .to_string()
            .contains("column killed: \"\": this")
    );
}

#[test]
fn a_date_is_vague_where_it_is_written_short() {
    let (dataset, _) = open("lat,lon,epoch_ms\n1,2,1.43E+12\n");
    let extent = dataset.table().extent(dataset.rows().next().unwrap());
    let whole = When::parse("2015").unwrap().extent();
    assert!(extent.start_earliest >= whole.start_earliest && extent.end_latest <= whole.end_latest);
    assert!(extent.end_latest - extent.start_earliest > 86_400_000);
}

#[test]
fn a_damaged_row_does_not_change_how_a_table_without_a_header_is_read() {
    let row = |id: u32| {
        let mut fields = vec![String::new(); 61];
        for (at, value) in [
            (1, "20150218"),
            (2, "201502"),
            (3, "2015"),
            (25, "1"),
            (51, "4"),
            (52, "Aleppo, Halab, Syria"),
            (56, "36.25"),
            (57, "37.5"),
            (59, "20150218230000"),
            (60, "http://a.b/c,d,e"),
        ] {
            value.clone_into(&mut fields[at]);
        }
        fields[0] = id.to_string();
        fields
    };
    for width in [60, 62] {
        let mut rows: Vec<Vec<String>> = (1..5).map(row).collect();
        rows[1].resize(width, String::new());
        let lines: Vec<String> = rows.iter().map(|r| r.join("\t")).collect();
        let (dataset, report) = open(&lines.join("\n"));
        assert_eq!(report.format, "GDELT events", "{width}");
        assert_eq!(
            (dataset.len(), report.rows.without_place),
            (4, 0),
            "{width}"
        );
        assert_eq!(codes(&report), ["width"], "{width}");
    }
}
