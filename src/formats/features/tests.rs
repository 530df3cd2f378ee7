#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::formats::import::{Input, Mapping, Watch};
use crate::formats::shown::bytes;
use crate::formats::{OpenError, OpenOptions, Opened, open_input};
use crate::model::EventDetail;

fn opened(name: &str, text: &str) -> Opened {
    bytes(name, text.as_bytes().to_vec()).unwrap()
}

fn mapped(name: &str, text: &str, mapping: &str) -> Result<Opened, OpenError> {
    let input = Input::of_bytes(name, "x", text.as_bytes().to_vec());
    let mapping = Some(Mapping::parse(mapping).unwrap());
    open_input(input, "", &OpenOptions { mapping }, &Watch::default())
}

fn collection(features: &[(Value, Value)]) -> String {
    let feature = |(geometry, properties): &(Value, Value)| json!({"type": "Feature", "geometry": geometry, "properties": properties});
    let features: Vec<Value> = features.iter().map(feature).collect();
    json!({"type": "FeatureCollection", "features": features}).to_string()
}

/// Features without a place.
fn features(properties: &[Value]) -> String {
    let features = properties.iter().map(|p| (Value::Null, p.clone()));
    collection(&features.collect::<Vec<_>>())
}

/// The events in the order of their ids.
fn events((dataset, _): &Opened) -> Vec<EventDetail> {
    let mut events: Vec<EventDetail> = dataset
        .rows()
        .map(|row| dataset.event(row).into_owned())
        .collect();
    events.sort_by_key(|event| event.id.clone());
    events
}

fn whens(opened: &Opened) -> Vec<String> {
    let when = |e: &EventDetail| {
        e.when
            .as_ref()
            .map_or(String::new(), |w| w.edtf().to_owned())
    };
    events(opened).iter().map(when).collect()
}

fn codes((_, report): &Opened) -> Vec<&'static str> {
    report.problems.iter().map(|p| p.code).collect()
}

fn point(event: &EventDetail) -> Option<(f64, f64)> {
    match &event.geometry {
        Some(geo::Geometry::Point(p)) => Some((p.x(), p.y())),
        _ => None,
    }
}

#[test]
fn a_date_with_an_end_lasts_until_it() {
    let text = features(&[
        json!({"id": "a", "date": "2020-05-01", "end": "2020-05-03"}),
        json!({"id": "b", "date": "2020-05-01", "end": null}),
    ]);
    assert_eq!(
        whens(&opened("x.geojson", &text)),
        ["2020-05-01/2020-05-03", "2020-05-01"]
    );
    let text = features(&[json!({"event_date": "2020-05-01", "end_date": "2020-05-03"})]);
    assert_eq!(
        whens(&opened("x.geojson", &text)),
        ["2020-05-01/2020-05-03"]
    );
    let records = r#"[{"id":1,"date":"2020-05-01","end":"2020-05-03"}]"#;
    assert_eq!(whens(&opened("x.json", records)), ["2020-05-01/2020-05-03"]);
}

#[test]
fn the_whole_file_decides_which_of_day_and_month_comes_first() {
    let dates = |last: &str| {
        let mut all = vec![json!({"id": "a", "date": "03/04/2020"}); 3_000];
        all.push(json!({"id": "z", "date": last}));
        features(&all)
    };
    // Far behind the first features, and beyond the first 64 KiB.
    let months = opened("x.geojson", &dates("04/25/2020"));
    assert_eq!(whens(&months)[0], "2020-03-04");
    assert!(
        !codes(&months).contains(&"day-first"),
        "{:?}",
        codes(&months)
    );
    let days = opened("x.geojson", &dates("25/04/2020"));
    assert_eq!(whens(&days)[0], "2020-04-03");
    let neither = opened("x.geojson", &dates("2020"));
    assert_eq!(whens(&neither)[0], "2020-04-03");
    assert!(codes(&neither).contains(&"day-first"));
    let said = mapped("x.geojson", &dates("2020"), "dates=month-first").unwrap();
    assert_eq!(whens(&said)[0], "2020-03-04");
    let placemark =
        |date: &str| format!("<Placemark><TimeStamp><when>{date}</when></TimeStamp></Placemark>");
    let kml = format!(
        "<kml>{}{}</kml>",
        placemark("03/04/2020"),
        placemark("04/25/2020")
    );
    assert_eq!(whens(&opened("x.kml", &kml)), ["2020-03-04", "2020-04-25"]);
    let kml = format!("<kml>{}</kml>", placemark("03/04/2020"));
    let opened_kml = opened("x.kml", &kml);
    assert_eq!(
        (whens(&opened_kml), codes(&opened_kml)),
        (vec!["2020-04-03".to_owned()], vec!["day-first"])
    );
}

#[test]
fn counts_of_time_are_told_by_the_whole_column() {
    let of = |values: &[Value]| {
        let name = |value| json!({ "timestamp": value });
        let all: Vec<Value> = values.iter().map(name).collect();
        whens(&opened("x.geojson", &features(&all)))
    };
    assert_eq!(of(&[json!(0)]), ["1970-01-01T00:00:00Z"]);
    assert_eq!(
        of(&[json!(1_517_966_773), json!(0)]),
        ["2018-02-07T01:26:13Z", "1970-01-01T00:00:00Z"]
    );
    assert_eq!(
        of(&[json!(1_517_966_773_000_i64), json!(60_000)]),
        ["2018-02-07T01:26:13Z", "1970-01-01T00:01:00Z"]
    );
    let text = features(&[json!({"time": 50_000_000_000_i64, "mag": 5})]);
    assert_eq!(whens(&opened("x.geojson", &text)), ["1971-08-02T16:53:20Z"]);
}

#[test]
fn features_with_the_columns_of_a_database_are_read_as_its_rows() {
    let ucdp = features(&[json!({
        "id": 300_380, "date_start": "2019-05-01 00:00:00", "date_end": "2019-05-31 00:00:00",
        "date_prec": 4, "side_a": "Government of Syria", "side_b": "IS", "low": 4, "best": 6,
        "high": 9, "where_prec": 3, "type_of_violence": 1,
        "source_article": "\"AFP,2019-05-03,Strikes\"",
    })]);
    let ucdp = opened("x.geojson", &ucdp);
    assert!(ucdp.1.format.contains("UCDP"), "{}", ucdp.1.format);
    let event = &events(&ucdp)[0];
    assert_eq!(event.id, "300380");
    let toll = &event.tolls[0];
    assert_eq!(
        (toll.low, toll.best, toll.high),
        (Some(4), Some(6), Some(9))
    );
    assert_eq!(event.participants.len(), 2);
    let acled = features(&[json!({
        "event_id_cnty": "MLI1", "event_date": "2020-12-03", "time_precision": 2,
        "event_type": "Battles", "sub_event_type": "Armed clash", "actor1": "JNIM",
        "assoc_actor_1": "Katiba Serma; X", "inter1": 2, "actor2": "Military Forces of Mali",
        "inter2": 1, "fatalities": 3, "source": "RFI; Twitter", "geo_precision": 2,
    })]);
    let acled = opened("x.geojson", &acled);
    let event = &events(&acled)[0];
    assert_eq!((event.id.as_str(), event.participants.len()), ("MLI1", 4));
    assert_eq!(acled.0.sources().len(), 2);
    // A week: the day is not known.
    assert_ne!(whens(&acled), ["2020-12-03"]);
}

#[test]
fn midnight_throughout_a_file_is_the_day() {
    let text = features(&[
        json!({"id": "a", "date": "2020-05-01T00:00:00"}),
        json!({"id": "b", "date": "2020-05-02T00:00:00"}),
    ]);
    assert_eq!(
        whens(&opened("x.geojson", &text)),
        ["2020-05-01", "2020-05-02"]
    );
    let text = features(&[
        json!({"id": "a", "date": "2020-05-01T00:00:00"}),
        json!({"id": "b", "date": "2020-05-02T10:00:00"}),
    ]);
    assert_eq!(
        whens(&opened("x.geojson", &text))[0],
        "2020-05-01T00:00:00Z"
    );
}

#[test]
fn the_user_says_what_values_mean() {
    let text = features(&[json!({"Wann": "2020-05-01", "was": "X", "wo": "15.5, 2.5", "tote": 4})]);
    let said = mapped(
        "x.geojson",
        &text,
        "wann=date,WAS=title,wo=lat-lon,tote=killed",
    )
    .unwrap();
    let event = &events(&said)[0];
    assert_eq!(
        (event.titles.get(""), point(event)),
        ("X", Some((2.5, 15.5)))
    );
    assert_eq!(
        (whens(&said), event.tolls[0].best),
        (vec!["2020-05-01".to_owned()], Some(4))
    );
    let error = mapped("x.geojson", &text, "nie=date").err().unwrap();
    assert!(
        error.what.contains("nie") && error.remedy.contains("Wann"),
        "{error}"
    );
    let text = collection(&[(
        json!({"type": "Point", "coordinates": [9, 9]}),
        json!({"form": "POINT (2.5 15.5)"}),
    )]);
    let said = mapped("x.geojson", &text, "form=wkt").unwrap();
    assert_eq!(point(&events(&said)[0]), Some((2.5, 15.5)));
    // Records of which nothing is known are tried.
    let records = r#"[{"w":"2020-05-01","q":"X"}]"#;
    assert!(bytes("x.json", records.as_bytes().to_vec()).is_err());
    assert_eq!(
        whens(&mapped("x.json", records, "w=date").unwrap()),
        ["2020-05-01"]
    );
    assert!(mapped("x.json", records, "z=date").is_err());
    let kml = "<kml><Placemark><name>2020-05-01</name><ExtendedData><Data name='was'>\
               <value>X</value></Data></ExtendedData></Placemark></kml>";
    let said = mapped("x.kml", kml, "name=date,was=title").unwrap();
    assert_eq!(
        (whens(&said), events(&said)[0].titles.get("").to_owned()),
        (vec!["2020-05-01".to_owned()], "X".to_owned())
    );
}

#[test]
fn records_say_their_place_in_many_ways() {
    let list = json!([
        {"id": "1", "date": "2020", "location": {"lat": 15.5, "lon": 2.5}},
        {"id": "2", "date": "2020", "coordinates": [2.5, 15.5]},
        {"id": "3", "date": "2020", "geometry": {"type": "Point", "coordinates": [2.5, 15.5]}},
        {"id": "4", "date": "2020", "lat": "15,5", "lon": "2,5"},
        {"id": "5", "date": "2020", "location": {"name": "Gao", "lat": "15.5", "lng": "2.5"}},
    ]);
    let plain = opened("x.json", &list.to_string());
    for event in events(&plain) {
        assert_eq!(point(&event), Some((2.5, 15.5)), "{}", event.id);
    }
    assert_eq!(plain.0.places().len(), 1);
    for answer in [
        json!({"status": 200, "data": list}),
        json!({"TotalCount": 5, "Result": list}),
        json!({"results": list, "next": null}),
    ] {
        let opened = opened("x.json", &answer.to_string());
        assert_eq!(opened.0.len(), 5, "{answer}");
    }
}

#[test]
fn a_broken_text_is_lost_alone() {
    let feature =
        |n: u64| json!({"type": "Feature", "geometry": null, "properties": {"year": 2000 + n}});
    let broken = [
        r#"{"type":"Feature","properties":{"note":"no end"#,
        r#"{"type":"Feature","properties":{{{"#,
        "]]]",
        "nonsense \u{1}",
    ];
    for broken in broken {
        let lines = [
            feature(1).to_string(),
            broken.to_owned(),
            feature(2).to_string(),
            feature(3).to_string(),
        ];
        for (name, text) in [
            ("x.geojsonl", lines.join("\n")),
            (
                "x.geojsons",
                lines
                    .iter()
                    .fold(String::new(), |t, l| t + "\u{1e}" + l + "\n"),
            ),
        ] {
            let opened = opened(name, &text);
            let rows = opened.1.rows;
            assert_eq!(
                (rows.read, rows.kept, rows.skipped),
                (4, 3, 1),
                "{name}: {broken}"
            );
            let problem = opened
                .1
                .problems
                .iter()
                .find(|p| p.code == "broken-feature")
                .unwrap();
            assert_eq!(problem.line, Some(2), "{name}: {broken}");
        }
        let records = ["{\"date\":\"2001\"}", broken, "{\"date\":\"2002\"}"].join("\n");
        let opened = opened("x.jsonl", &records);
        assert_eq!((opened.0.len(), opened.1.rows.skipped), (2, 1), "{broken}");
        assert_eq!(opened.1.problems[0].line, Some(2));
    }
    // The first one, too.
    let lines = [
        broken[0].to_owned(),
        feature(1).to_string(),
        feature(2).to_string(),
    ];
    let opened = opened("x.geojsonl", &lines.join("\n"));
    assert_eq!((opened.0.len(), opened.1.rows.skipped), (2, 1));
}

#[test]
fn many_names_take_time_in_step_with_their_number() {
    let began = Instant::now();
    let mut text = r#"{"type":"Feature","geometry":null,"properties":{"date":"2014""#.to_owned();
    for n in 0..100_000 {
        write!(text, ",\"p{n}\":{n}").unwrap();
    }
    text += "}}";
    let wide = opened("x.geojson", &text);
    assert_eq!(whens(&wide), ["2014"]);
    let event = &events(&wide)[0];
    assert_eq!(event.extra["p10"], json!(10));
    assert_eq!(event.extra["more"]["p99999"], json!(99_999));
    for name in ["same", "other{}"] {
        let mut kml = "<kml><Placemark><ExtendedData>".to_owned();
        for n in 0..12_000 {
            let name = name.replace("{}", &n.to_string());
            write!(kml, "<Data name='{name}'><value>{n}</value></Data>").unwrap();
        }
        kml += "</ExtendedData></Placemark></kml>";
        let opened = opened("x.kml", &kml);
        let event = &events(&opened)[0];
        match name {
            "same" => assert_eq!(event.extra["same"].as_array().unwrap().len(), 12_000),
            _ => assert_eq!(event.extra["more"]["other11999"], json!("11999")),
        }
    }
    // A quadratic way takes minutes.
    assert!(
        began.elapsed() < Duration::from_mins(1),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn a_file_of_one_line_is_told_by_the_numbers_of_its_features() {
    let at = |x: f64, y: f64| json!({"type": "Point", "coordinates": [x, y]});
    let text = collection(&[
        (at(1.0, 2.0), json!({"date": "2020"})),
        (at(100.0, 95.0), json!({"date": "2020"})),
        (at(0.0, -0.0), json!({"date": "soon"})),
        (
            json!({"type": "LineString", "coordinates": [[170, 1], [190, 2]]}),
            json!({"year": 2020}),
        ),
    ]);
    let one = opened("x.geojson", &text);
    let place = |code: &str| {
        let problem = one.1.problems.iter().find(|p| p.code == code);
        problem.map(|p| (p.place.clone(), p.values.clone(), p.line))
    };
    assert_eq!(
        place("out-of-range"),
        Some((
            "feature 2, column geometry".into(),
            vec!["[100.0,95.0]".into()],
            None
        ))
    );
    assert_eq!(
        place("zero-zero"),
        Some((
            "feature 3, column geometry".into(),
            vec!["0, 0".into()],
            None
        ))
    );
    assert_eq!(
        place("date"),
        Some(("feature 3, column date".into(), vec!["soon".into()], None))
    );
    assert_eq!(
        place("lon-360"),
        Some((
            "feature 4, column geometry".into(),
            vec!["190".into()],
            None
        ))
    );
    let events = events(&one);
    assert_eq!(events[1].extra["geometry"], at(100.0, 95.0));
    let zero = point(&events[2]).unwrap();
    assert!(zero.0.is_sign_positive() && zero.1.is_sign_positive());
    assert_eq!(
        events[3].geometry,
        Some(
            geo::MultiLineString::new(vec![
                geo::LineString::from(vec![(170.0, 1.0), (180.0, 1.5)]),
                geo::LineString::from(vec![(-180.0, 1.5), (-170.0, 2.0)]),
            ])
            .into()
        )
    );
}

#[test]
fn what_the_geometry_says_is_not_said_twice() {
    let at = json!({"type": "Point", "coordinates": [2.5, 15.5]});
    let text = collection(&[
        (
            at.clone(),
            json!({"lat": 15.5, "lon": 2.5, "empty": "", "yes": true}),
        ),
        (at, json!({"lat": 15.25, "lon": 2.5})),
    ]);
    let events = events(&opened("x.geojson", &text));
    let extra = |n: usize| Value::Object(events[n].extra.clone());
    assert_eq!(extra(0), json!({"empty": "", "yes": true}));
    assert_eq!(extra(1), json!({"lat": 15.25, "lon": 2.5}));
}

#[test]
fn names_that_turn_up_late_are_attributes_unless_they_say_what_they_are() {
    let mut all: Vec<Value> = (0..2_500)
        .map(|n| json!({"id": format!("a{n:05}"), "date": "2020"}))
        .collect();
    all.push(json!({"id": "z", "date": "2021", "end": "2022", "title": "Late", "mood": "calm"}));
    let opened = opened("x.geojson", &features(&all));
    let events = events(&opened);
    let last = events.last().unwrap();
    assert_eq!(
        (last.titles.get(""), &last.extra["mood"]),
        ("Late", &json!("calm"))
    );
    assert_eq!(whens(&opened).last().unwrap(), "2021/2022");
}

#[test]
fn features_of_one_file_need_not_be_alike() {
    let text = features(&[
        json!({"id": "a", "title": "A", "date": "2020-05-01", "name": "other"}),
        json!({"id": "b", "name": "B", "timestamp": 1_517_966_773}),
        json!({"id": "c", "headline": "C", "when": {"edtf": "2016-11~"}}),
    ]);
    let opened = opened("x.geojson", &text);
    assert_eq!(
        whens(&opened),
        ["2020-05-01", "2018-02-07T01:26:13Z", "2016-11~"]
    );
    let titles: Vec<String> = events(&opened)
        .iter()
        .map(|e| e.titles.get("").to_owned())
        .collect();
    assert_eq!(titles, ["A", "B", "C"]);
    assert_eq!(events(&opened)[0].extra["name"], json!("other"));
    assert!(events(&opened)[1].extra.is_empty());
}

#[test]
fn fractions_of_a_second_are_kept_beside_it() {
    let all = ["2020-05-01T10:00:00.750Z", "2020-05-01T10:00:00.000Z"];
    let all = all.map(|date| json!({"date": date}));
    let events = events(&opened("x.geojson", &features(&all)));
    assert_eq!(events[0].extra["date"], json!("2020-05-01T10:00:00.750Z"));
    assert!(events[1].extra.is_empty());
}

#[test]
fn dates_of_a_form_that_is_not_read_are_told() {
    for value in [
        json!(["2020-01-01", "2020-01-05"]),
        json!({"from": "long ago"}),
    ] {
        let all = [
            json!({"id": "a", "date": "2019", "title": "A"}),
            json!({"id": "b", "date": value, "title": "B"}),
        ];
        let (_, report) = opened("x.geojson", &features(&all));
        let told: Vec<_> = report.problems.iter().map(|p| p.code).collect();
        assert_eq!(
            (report.rows.without_date, told),
            (1, vec!["date"]),
            "{value}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    // No word of any language, so that none of the names says what it is.
    #[test]
    fn no_value_is_lost(
        values in prop::collection::btree_map("q[a-z]x[0-9]", "[a-zA-Z]{0,6}", 0..12),
    ) {
        let text = features(&[json!(values)]);
        let events = events(&opened("x.geojson", &text));
        for (name, value) in values {
            prop_assert_eq!(&events[0].extra[&name], &json!(value));
        }
    }
}
