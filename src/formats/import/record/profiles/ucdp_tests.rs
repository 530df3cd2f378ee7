use super::super::super::super::{Findings, Gather, Plan};
use super::*;

fn read(header: &str, values: &str, test: impl FnOnce(&Draft<'_>, &Findings)) {
    let columns: Vec<String> = header.split('|').map(str::to_owned).collect();
    let values: Vec<&str> = values.split('|').collect();
    let mut gather = Gather::default();
    let samples = |c: usize| values.get(c).map(|v| (*v).to_owned()).into_iter().collect();
    let plan = Plan::new(&columns, &samples, None, &mut gather);
    let mut draft = Draft::default();
    let mut findings = Findings::default();
    let get = |c: usize| values.get(c).copied().unwrap_or("");
    plan.fill(&mut draft, get, 2, &mut findings);
    test(&draft, &findings);
}

const SOME: &str = "id|date_start|date_end|date_prec|side_a|side_b|type_of_violence";

fn extent(start: &str, end: &str, prec: &str) -> Extent {
    let mut got = None;
    read(
        SOME,
        &format!("7|{start}|{end}|{prec}|A|B|1"),
        |draft, _| {
            if let DraftTime::Extent(extent) = draft.time {
                got = Some(extent);
            }
        },
    );
    got.unwrap()
}

fn when(text: &str) -> Extent {
    crate::model::time::When::parse(text).unwrap().extent()
}

#[test]
fn the_date_code_says_how_vague_the_dates_are() {
    assert_eq!(extent("2016-01-05", "2016-01-05", "1"), when("2016-01-05"));
    let lasted = extent("2016-01-05", "2016-01-09", "1");
    assert_eq!(lasted, when("2016-01-05/2016-01-09"));
    let sometime = extent("2016-01-05 00:00:00.000", "2016-01-09 00:00:00.000", "2");
    assert_eq!(sometime.start_latest, when("2016-01-09").end_latest);
    assert_eq!(sometime.start_earliest, when("2016-01-05").start_earliest);
    assert_eq!(extent("2016-02-10", "2016-02-10", "4"), when("2016-02"));
    assert_eq!(extent("2016-02-10", "2016-02-10", "5"), when("2016"));
    let week = extent("2016-01-06", "2016-01-06", "3");
    assert_eq!(week.start_earliest, when("2016-01-04").start_earliest);
    assert_eq!(week.end_latest, when("2016-01-10").end_latest);
}

#[test]
fn an_end_before_the_start_is_told() {
    read(
        SOME,
        "7|2016-02-10|2016-01-10|1|A|B|1",
        |draft, findings| {
            assert_eq!(draft.time, DraftTime::Extent(when("2016-02-10")));
            assert_eq!(findings.rows(&wrong::ORDER), 1);
        },
    );
}

#[test]
fn sides_take_part_and_civilians_suffer() {
    read(
        SOME,
        "7|2016-02-10||1|Government of Syria|Civilians|3",
        |draft, _| {
            assert_eq!(draft.kind, Kind::Attack);
            assert_eq!(draft.title, "Government of Syria – Civilians");
            let parts: Vec<_> = draft
                .participants
                .iter()
                .map(|p| (p.role, p.schema))
                .collect();
            assert_eq!(
                parts,
                [
                    (Part::Initiator, Schema::PublicBody),
                    (Part::Victim, Schema::LegalEntity)
                ]
            );
        },
    );
}

#[test]
fn figures_are_low_best_and_high_and_codes_are_checked() {
    let header =
        "id|date_start|side_a|side_b|type_of_violence|low|best|high|where_prec|latitude|longitude";
    read(
        header,
        "7|2016|A|B|9|1|2|x|4|35.5|36.5",
        |draft, findings| {
            let toll = draft.tolls[0];
            assert_eq!((toll.low, toll.best, toll.high), (Some(1), Some(2), None));
            assert_eq!(draft.precision, Precision::Admin1);
            assert_eq!(findings.rows(&wrong::CODE), 1);
            assert_eq!(findings.rows(&wrong::TOLL), 1);
            assert!(draft.geometry.is_some());
        },
    );
}

#[test]
fn articles_in_every_form_become_sources() {
    let told = |text: &str| -> Vec<[String; 3]> {
        pieces(text)
            .map(article)
            .map(|s| [&s.publisher, &s.published, &s.title].map(|t| t.clone().into_owned()))
            .collect()
    };
    assert_eq!(
        told("\"First Daily,2013-01-03,A; b \"\"c\"\"\";\"Other, Inc,2013-01-04, d\""),
        [
            ["First Daily", "2013-01-03", "A; b \"\"c"].map(str::to_owned),
            ["Other, Inc", "2013-01-04", "d"].map(str::to_owned)
        ]
    );
    assert_eq!(
        told("Agency 1989-05-17 \"NIGHT RAID"),
        [["Agency", "1989-05-17", "NIGHT RAID"].map(str::to_owned)]
    );
    assert_eq!(
        told("A book; a report"),
        [["", "", "A book"], ["", "", "a report"]].map(|s| s.map(str::to_owned))
    );
    for odd in ["", "\"", "\";", ";;", "é1989-05-1", "2013-01-03"] {
        let _ = told(odd);
    }
}

#[test]
fn rows_without_a_header_are_known_by_what_stands_where() {
    let mut row: Vec<String> = COLUMNS.iter().map(|_| String::new()).collect();
    for (at, value) in [
        (0, "300380"),
        (5, "1"),
        (29, "35.7"),
        (30, "36.5"),
        (38, "2026-05-05 00:00:00.000"),
        (39, "2026-05-05 00:00:00.000"),
        (44, "2"),
        (45, "2"),
        (46, "2"),
    ] {
        row[at] = value.to_owned();
    }
    assert_eq!(
        headerless(std::slice::from_ref(&row)).unwrap()[14],
        "side_a"
    );
    row[5] = "7".to_owned();
    assert_eq!(headerless(&[row]), None);
    assert_eq!(headerless(&[]), None);
}

#[test]
fn figures_out_of_order_are_kept_and_said() {
    let header = "id|date_start|side_a|side_b|type_of_violence|low|best|high";
    for (figures, odd) in [
        ("5|3|9", 1),
        ("1|3|2", 1),
        ("2||1", 1),
        ("1|1|4", 0),
        ("|3|", 0),
    ] {
        let row = format!("7|2016|A|B|1|{figures}");
        read(header, &row, |draft, findings| {
            let toll = draft.tolls[0];
            let figure = |n: Option<u32>| n.map_or(String::new(), |n| n.to_string());
            let kept = [toll.low, toll.best, toll.high].map(figure).join("|");
            assert_eq!(kept, figures);
            assert_eq!(findings.rows(&wrong::TOLL_ORDER), odd, "{figures}");
        });
    }
}
