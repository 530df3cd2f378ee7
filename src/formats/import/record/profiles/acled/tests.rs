use super::super::super::super::{Findings, Gather, Plan};
use super::*;
use crate::model::time::When;

const NEW: &str = "event_id_cnty|event_date|time_precision|event_type|sub_event_type|actor1|assoc_actor_1|inter1|actor2|inter2|country|location|latitude|longitude|geo_precision|source|notes|fatalities";

fn read(header: &str, values: &str, test: impl FnOnce(&Draft<'_>, &Findings)) {
    let columns: Vec<String> = header.split('|').map(str::to_owned).collect();
    let values: Vec<&str> = values.split('|').collect();
    let samples = |c: usize| {
        let value = values.get(c).map(|v| (*v).to_owned());
        value.into_iter().collect()
    };
    let plan = Plan::new(&columns, &samples, None, &mut Gather::default());
    assert_eq!(plan.profile(), Some(super::super::Profile::Acled));
    let (mut draft, mut findings) = (Draft::default(), Findings::default());
    let get = |c: usize| values.get(c).copied().unwrap_or("");
    plan.fill(&mut draft, get, 2, &mut findings);
    test(&draft, &findings);
}

fn extent(date: &str, precision: &str) -> Extent {
    let mut got = None;
    let row =
        format!("XYZ1|{date}|{precision}|Battles|Armed clash|A||1|B|2|Nowhere|Town|1|2|1|S|n|");
    read(NEW, &row, |draft, _| {
        if let DraftTime::Extent(extent) = draft.time {
            got = Some(extent);
        }
    });
    got.unwrap()
}

fn when(text: &str) -> Extent {
    When::parse(text).unwrap().extent()
}

#[test]
fn dates_are_days_weeks_or_months_in_every_spelling() {
    for date in ["03 December 2020", "2020-12-03", "2020-12-03 00:00:00"] {
        assert_eq!(extent(date, "1"), when("2020-12-03"), "{date}");
        assert_eq!(extent(date, "3"), when("2020-12"), "{date}");
    }
    let week = extent("03 December 2020", "2");
    assert!(week.start_earliest <= when("2020-12-03").start_earliest);
    assert!(week.end_latest >= when("2020-12-03").end_latest);
    assert_eq!(week.end_latest - week.start_earliest, 7 * DAY_MS - 1);
}

#[test]
fn a_row_becomes_an_event_with_actors_tolls_and_sources() {
    let row = "XYZ1|2020-12-03|1|Violence against civilians|Attack|Armed Men|First; Second ;|3|\
               Civilians (Nowhere)|7|Nowhere|Town|1.5|2.5|2|Daily; Radio|told|0";
    read(NEW, row, |draft, findings| {
        assert_eq!(draft.id, "XYZ1");
        assert_eq!(draft.kind, Kind::Attack);
        assert_eq!(draft.title, "Armed Men – Civilians (Nowhere), Town");
        assert_eq!(draft.summary, "told");
        let names: Vec<_> = draft
            .participants
            .iter()
            .map(|p| (&*p.name, p.role))
            .collect();
        assert_eq!(names[0], ("Armed Men", Part::Initiator));
        assert!(names.contains(&("First", Part::Ally)) && names.contains(&("Second", Part::Ally)));
        let civilians = names.iter().find(|n| n.0.starts_with("Civilians")).unwrap();
        assert!(matches!(civilians.1, Part::Victim | Part::Target));
        assert_eq!(draft.tolls[0].best, Some(0));
        assert_eq!(draft.precision, Precision::Near);
        let sources: Vec<_> = draft.sources.iter().map(|s| &*s.title).collect();
        assert_eq!(sources, ["Daily", "Radio"]);
        assert!(draft.geometry.is_some());
        assert_eq!(findings.rows(&wrong::CODE), 0);
    });
}

#[test]
fn unknown_deaths_are_not_zero_and_unknown_codes_are_told() {
    let row = "XYZ1|2020-12-03|9|Battles|Armed clash|A||State Forces|B|Rebel group|Nowhere|Town|1|2|8|S|n|";
    read(NEW, row, |draft, findings| {
        assert!(draft.tolls.is_empty());
        assert_eq!(draft.precision, Precision::Unknown);
        assert_eq!(findings.rows(&wrong::CODE), 2);
        assert_eq!(draft.participants[0].schema, Schema::PublicBody);
    });
}
