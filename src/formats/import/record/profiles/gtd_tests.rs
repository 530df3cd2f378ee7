use super::super::super::super::{Findings, Gather};
use super::super::super::Plan;
use super::super::Profile;
use super::*;

const USUAL: &[(&str, &str)] = &[
    ("eventid", "201501070001"),
    ("iyear", "2015"),
    ("imonth", "1"),
    ("iday", "7"),
    ("approxdate", ""),
    ("resolution", ""),
    ("country_txt", "Exampleland"),
    ("provstate", "North"),
    ("city", "Exampleville"),
    ("latitude", "14.5"),
    ("longitude", "-3.25"),
    ("specificity", "1"),
    ("vicinity", "0"),
    ("doubtterr", "0"),
    ("summary", "A made-up attack."),
    ("attacktype1", "2"),
    ("attacktype1_txt", "Armed Assault"),
    ("target1", "Market"),
    ("gname", "Group A"),
    ("gname2", ""),
    ("gname3", ""),
    ("motive", "Not told"),
    ("guncertain1", "1"),
    ("nkill", "3.0"),
    ("nwound", "0"),
    ("scite1", "Paper One, 2015."),
    ("scite2", "Paper Two, 2015."),
    ("scite3", ""),
];

/// Shows what becomes of the usual row with these values changed.
fn draft(changed: &[(&str, &str)], test: impl FnOnce(&Draft<'_>, &Findings)) {
    let columns: Vec<String> = USUAL.iter().map(|(name, _)| (*name).to_owned()).collect();
    let value = |(name, usual): &(&str, &'static str)| {
        let told = changed.iter().find(|(n, _)| n == name);
        told.map_or_else(|| (*usual).to_owned(), |(_, v)| (*v).to_owned())
    };
    let row: Vec<String> = USUAL.iter().map(value).collect();
    let mut gather = Gather::default();
    let plan = Plan::new(&columns, &|c| vec![row[c].clone()], None, &mut gather);
    assert_eq!(plan.profile(), Some(Profile::Gtd));
    let (mut draft, mut findings) = (Draft::default(), Findings::default());
    plan.fill(&mut draft, |c| row[c].as_str(), 2, &mut findings);
    test(&draft, &findings);
}

fn names(draft: &Draft<'_>, role: Part) -> Vec<String> {
    let all = draft.participants.iter().filter(|p| p.role == role);
    all.map(|p| p.name.to_string()).collect()
}

fn tolls(draft: &Draft<'_>) -> Vec<(TollKind, Option<u32>)> {
    draft.tolls.iter().map(|t| (t.what, t.best)).collect()
}

#[test]
fn a_row_becomes_a_draft() {
    draft(&[], |draft, findings| {
        assert_eq!(draft.id, "201501070001");
        let title = "Armed Assault: Group A – Market, Exampleville";
        assert_eq!(draft.title, title);
        assert_eq!(draft.summary, "A made-up attack.");
        assert_eq!(draft.kind, Kind::Attack);
        let day = dates::day(2015, 1, 7).unwrap();
        assert_eq!(draft.time, DraftTime::Extent(day));
        assert_eq!(draft.geometry, Some(geo::Point::new(-3.25, 14.5).into()));
        assert_eq!(draft.place, "Exampleville");
        assert_eq!(draft.within, ["North", "Exampleland"]);
        assert_eq!(draft.precision, Precision::Near);
        assert_eq!(names(draft, Part::Initiator), ["Group A"]);
        assert_eq!(names(draft, Part::Target), ["Market"]);
        let told = [(TollKind::Killed, Some(3)), (TollKind::Wounded, Some(0))];
        assert_eq!(tolls(draft), told);
        let titles: Vec<_> = draft.sources.iter().map(|s| &*s.title).collect();
        assert_eq!(titles, ["Paper One, 2015.", "Paper Two, 2015."]);
        assert!(draft.attributes.iter().any(|(_, v)| v == "Not told"));
        for wrong in [&wrong::CODE, &wrong::TOLL, &wrong::FRACTION, &wrong::SPELL] {
            assert_eq!(findings.rows(wrong), 0, "{}", wrong.id);
        }
    });
}

#[test]
fn day_and_month_0_are_not_known() {
    draft(&[("iday", "0")], |draft, findings| {
        let month = dates::month(2015, 1).unwrap();
        assert_eq!(draft.time, DraftTime::Extent(month));
        assert_eq!(findings.rows(&wrong::SPELL), 0);
    });
    draft(&[("iday", "0"), ("imonth", "0")], |draft, _| {
        assert_eq!(draft.time, DraftTime::Extent(dates::year(2015)));
    });
}

#[test]
fn an_extended_event_lasts_until_it_is_resolved() {
    // Month first, as the database writes days.
    for end in [
        "2015-02-09",
        "2/9/2015",
        "2015-02-09 00:00:00",
        "2/9/2015 12:00:00 AM",
        "42044",
    ] {
        draft(&[("resolution", end)], |draft, _| {
            let (from, until) = (dates::day(2015, 1, 7), dates::day(2015, 2, 9));
            let (from, until) = (from.unwrap(), until.unwrap());
            let told = Extent::spanning(
                (from.start_earliest, from.start_latest),
                (until.end_earliest, until.end_latest),
            );
            assert_eq!(draft.time, DraftTime::Extent(told), "{end}");
        });
    }
    draft(&[("resolution", "later")], |draft, findings| {
        let day = dates::day(2015, 1, 7).unwrap();
        assert_eq!(draft.time, DraftTime::Extent(day));
        assert_eq!(findings.rows(&wrong::DATE), 1);
    });
    draft(&[("resolution", "2015-01-01")], |draft, findings| {
        let day = dates::day(2015, 1, 7).unwrap();
        assert_eq!(draft.time, DraftTime::Extent(day));
        assert_eq!(findings.rows(&wrong::ORDER), 1);
    });
}

#[test]
fn groups_are_initiators_unless_unknown() {
    let three = [("gname2", "Group B"), ("gname3", "Group C")];
    draft(&three, |draft, _| {
        let groups = names(draft, Part::Initiator);
        assert_eq!(groups, ["Group A", "Group B", "Group C"]);
    });
    draft(&[("gname", "Unknown"), ("city", "Unknown")], |draft, _| {
        assert!(names(draft, Part::Initiator).is_empty());
        assert_eq!(draft.title, "Armed Assault: Market");
        assert_eq!(draft.place, "North");
        assert_eq!(draft.within, ["Exampleland"]);
    });
}

#[test]
fn a_place_that_is_not_known_has_no_point() {
    for (lat, lon) in [("0.0", "0.0"), ("14.5", "-3.25")] {
        let told = [("specificity", "5"), ("latitude", lat), ("longitude", lon)];
        draft(&told, |draft, findings| {
            assert_eq!(draft.geometry, None);
            assert_eq!(draft.precision, Precision::Unknown);
            assert_eq!(findings.rows(&wrong::NO_SPOT), 2);
            assert_eq!(findings.rows(&wrong::NULL_ISLAND), 0);
            assert!(draft.attributes.iter().any(|(_, v)| v == lat));
        });
    }
}

#[test]
fn what_the_database_doubts_is_contested() {
    draft(&[("doubtterr", "1")], |draft, _| {
        assert_eq!(draft.flags, [Flag::Contested]);
    });
    draft(&[("doubtterr", "-9")], |draft, _| {
        assert!(draft.flags.is_empty());
    });
}

#[test]
fn half_a_person_is_none_or_one() {
    draft(&[("nkill", "0.5")], |draft, findings| {
        let toll = draft.tolls[0];
        assert_eq!((toll.low, toll.best, toll.high), (Some(0), None, Some(1)));
        assert_eq!(findings.rows(&wrong::FRACTION), 1);
    });
}

#[test]
fn numbers_that_stand_for_unknown_are_no_tolls_and_no_errors() {
    draft(
        &[("nkill", "-99"), ("nwound", "-9.0")],
        |draft, findings| {
            assert!(draft.tolls.is_empty());
            assert_eq!(findings.rows(&wrong::TOLL), 0);
            assert!(draft.attributes.iter().any(|(_, v)| v == "-99"));
        },
    );
}

#[test]
fn codes_become_kinds_and_unknown_ones_are_noted() {
    for (code, words, expected) in [
        ("3", "", Kind::Explosion),
        ("6.0", "", Kind::Abduction),
        ("", "Hijacking", Kind::Abduction),
        ("9", "Unknown", Kind::Other),
    ] {
        let told = [("attacktype1", code), ("attacktype1_txt", words)];
        draft(&told, |draft, findings| {
            assert_eq!(draft.kind, expected, "{code} {words}");
            assert_eq!(findings.rows(&wrong::CODE), 0);
        });
    }
    let told = [("attacktype1", "12"), ("attacktype1_txt", "")];
    draft(&told, |draft, findings| {
        assert_eq!(draft.kind, Kind::Other);
        assert_eq!(findings.rows(&wrong::CODE), 1);
    });
}
