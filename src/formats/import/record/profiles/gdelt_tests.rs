use super::super::super::super::{DraftTime, Findings, Gather};
use super::super::super::Plan;
use super::super::Profile;
use super::*;

/// A made-up row of 2.0 with these values.
fn row(values: &[(&str, &str)]) -> Vec<String> {
    let usual = [
        ("GLOBALEVENTID", "410412345"),
        ("SQLDATE", "20150218"),
        ("MonthYear", "201502"),
        ("Year", "2015"),
        ("FractionDate", "2015.1315"),
        ("IsRootEvent", "1"),
        ("DATEADDED", "20150218230000"),
    ];
    let value = |name: &str| {
        let mut all = values.iter().chain(&usual);
        all.find(|(n, _)| *n == name).map_or("", |(_, v)| *v)
    };
    COLUMNS.iter().map(|name| value(name).to_owned()).collect()
}

fn old(mut row: Vec<String>, many: usize) -> Vec<String> {
    row.remove(55);
    row.remove(47);
    row.remove(39);
    row[56] = "20150218".to_owned();
    row.truncate(many);
    row
}

fn draft(columns: &[String], row: &[String], test: impl FnOnce(&Draft<'_>, &Findings)) {
    let mut gather = Gather::default();
    let plan = Plan::new(columns, &|c| vec![row[c].clone()], None, &mut gather);
    assert_eq!(plan.profile(), Some(Profile::Gdelt));
    let (mut draft, mut findings) = (Draft::default(), Findings::default());
    plan.fill(&mut draft, |c| row[c].as_str(), 1, &mut findings);
    test(&draft, &findings);
}

fn full() -> Vec<String> {
    row(&[
        ("Actor1Name", "ARMY"),
        ("Actor1Type1Code", "MIL"),
        ("Actor2Name", "VILLAGE"),
        ("EventCode", "195"),
        ("EventRootCode", "19"),
        ("ActionGeo_Type", "4"),
        ("ActionGeo_FullName", "Exampleville, Region, Country"),
        ("ActionGeo_Lat", "14.5"),
        ("ActionGeo_Long", "-3.25"),
        (
            "SOURCEURL",
            "https://news.example.org/2015/strike-kills.html?x=1",
        ),
    ])
}

fn is_full(draft: &Draft<'_>) {
    assert_eq!(draft.id, "410412345");
    assert_eq!(draft.title, "ARMY – VILLAGE: Fight");
    assert_eq!(draft.kind, Kind::Strike);
    let day = dates::day(2015, 2, 18).unwrap();
    assert_eq!(draft.time, DraftTime::Extent(day));
    assert_eq!(draft.geometry, Some(geo::Point::new(-3.25, 14.5).into()));
    assert_eq!(draft.place, "Exampleville, Region, Country");
    assert_eq!(draft.precision, Precision::Near);
    let who = |p: &DraftParticipant<'_>| (p.name.to_string(), p.role, p.schema);
    let who: Vec<_> = draft.participants.iter().map(who).collect();
    assert_eq!(
        who,
        [
            ("ARMY".to_owned(), Part::Initiator, Schema::PublicBody),
            ("VILLAGE".to_owned(), Part::Target, Schema::LegalEntity)
        ]
    );
    assert!(draft.tolls.is_empty());
}

#[test]
fn rows_without_a_header_are_known_and_read() {
    let row = full();
    let (profile, columns) = Profile::headerless(std::slice::from_ref(&row)).unwrap();
    assert_eq!((profile, columns.len()), (Profile::Gdelt, 61));
    draft(&columns, &row, |draft, _| {
        is_full(draft);
        assert_eq!(
            draft.sources[0].title,
            "news.example.org: strike-kills.html"
        );
        let url = "https://news.example.org/2015/strike-kills.html?x=1";
        assert_eq!(draft.sources[0].url, url);
        assert!(draft.attributes.iter().any(|(_, v)| v == "20150218230000"));
    });
    for many in [57, 58] {
        let row = old(full(), many);
        let (_, columns) = Profile::headerless(std::slice::from_ref(&row)).unwrap();
        assert_eq!(columns.len(), many);
        draft(&columns, &row, |draft, _| {
            is_full(draft);
            assert_eq!(draft.sources.len(), many - 57);
        });
    }
}

#[test]
fn other_tables_of_61_columns_are_not_taken_for_it() {
    let numbers: Vec<String> = (0..61).map(|n| n.to_string()).collect();
    let bad = [
        numbers,
        row(&[("SQLDATE", "20151318"), ("MonthYear", "201513")]),
        row(&[("MonthYear", "201503")]),
        row(&[("ActionGeo_Lat", "95")]),
        row(&[("GLOBALEVENTID", "A1")]),
        COLUMNS.iter().map(|c| (*c).to_owned()).collect(),
        full()[..60].to_vec(),
    ];
    for row in bad {
        assert_eq!(headerless(std::slice::from_ref(&row)), None, "{row:?}");
    }
    assert_eq!(headerless(&[]), None);
    assert_eq!(headerless(&[full(), old(full(), 58)]), None);
}

#[test]
fn a_damaged_row_among_others_changes_nothing() {
    let odd = [
        row(&[("ActionGeo_Lat", "36.2#")]),
        full()[..60].to_vec(),
        [full(), vec!["more".to_owned()]].concat(),
        old(full(), 58),
    ];
    for odd in odd {
        for at in 0..3 {
            let mut rows = vec![full(), full()];
            rows.insert(at, odd.clone());
            assert_eq!(headerless(&rows).map(|n| n.len()), Some(61), "{at}");
        }
    }
    let bad = row(&[("ActionGeo_Lat", "95")]);
    assert_eq!(headerless(&[full(), bad.clone(), bad, full()]), None);
}

#[test]
fn codes_become_kinds() {
    for (code, root, expected) in [
        ("181", "18", Kind::Abduction),
        ("1831", "18", Kind::Explosion),
        ("186", "18", Kind::Attack),
        ("190", "19", Kind::Clash),
        ("0874", "08", Kind::Withdrawal),
        // The zero was dropped: 011, not 11.
        ("11", "1", Kind::Statement),
        ("874", "8", Kind::Withdrawal),
        ("154", "15", Kind::Deployment),
        ("", "20", Kind::Attack),
        ("040", "", Kind::Other),
    ] {
        assert_eq!(kind(&full_code(code, root)), expected, "{code}");
    }
    assert_eq!(full_code("11", "1"), "011");
}

#[test]
fn a_code_that_is_not_in_the_book_is_noted() {
    let columns: Vec<String> = COLUMNS.iter().map(|c| (*c).to_owned()).collect();
    let row = row(&[("EventCode", "999"), ("ActionGeo_Type", "9")]);
    draft(&columns, &row, |draft, findings| {
        assert_eq!(draft.kind, Kind::Other);
        assert_eq!(draft.precision, Precision::Unknown);
        assert_eq!(findings.rows(&wrong::CODE), 2);
    });
}
