//! The bundled dataset says what it must.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod common;

use std::collections::BTreeSet;

use chronotope::formats::Documents;
use chronotope::model::time::{Inclusion, Window};
use chronotope::model::{Flag, SourceKind, State, Subject};

#[test]
fn it_holds_thirty_events_and_five_reports_without_a_problem() {
    let (dataset, report) = common::bundled();
    assert_eq!(report.problems, []);
    assert_eq!(dataset.len(), 30);
    let reports = dataset
        .sources()
        .iter()
        .filter(|s| s.kind == SourceKind::Report);
    assert_eq!(reports.count(), 5);
}

#[test]
fn every_text_is_in_english_and_french() {
    let (dataset, _) = common::bundled();
    let both = |text: &chronotope::model::Localised, what: &str| {
        let langs: BTreeSet<_> = text
            .iter()
            .filter(|(_, t)| !t.is_empty())
            .map(|(l, _)| l)
            .collect();
        assert!(langs.contains("en") && langs.contains("fr"), "{what}");
    };
    for row in dataset.rows() {
        let event = dataset.event(row);
        both(&event.titles, &event.id);
        both(&event.summary, &event.id);
    }
    for source in dataset
        .sources()
        .iter()
        .filter(|s| s.kind == SourceKind::Report)
    {
        both(&source.summary, &source.id);
    }
}

#[test]
fn the_tongo_tongo_ambush_shows_eight_dead_and_knows_of_twenty_eight() {
    let (dataset, _) = common::bundled();
    let row = dataset.event_by_id("tongo-tongo-ambush").unwrap();
    let event = dataset.event(row);
    assert_eq!(event.killed().best, Some(8));
    let best: Vec<u64> = dataset
        .claims_about(Subject::Event(row))
        .iter()
        .map(|c| dataset.claim(*c))
        .filter(|c| c.attribute == "toll" && !c.shown)
        .filter_map(|c| c.value.get("best").and_then(serde_json::Value::as_u64))
        .collect();
    assert!(best.contains(&28), "{best:?}");
    let october = Window::parse("2017-10").unwrap();
    assert_eq!(
        event.when.as_ref().unwrap().relation(october),
        Inclusion::Certainly
    );
}

#[test]
fn illiassou_djibo_is_killed_at_the_end_of_october_2022() {
    let (dataset, _) = common::bundled();
    let djibo = dataset.actor(dataset.actor_by_id("illiassou-djibo").unwrap());
    let killed = djibo
        .states
        .iter()
        .find(|s| s.state == State::Killed)
        .unwrap();
    assert_eq!(
        killed.when.members().len(),
        2,
        "28–29 and 31, not four days"
    );
    let names: Vec<_> = djibo.names.iter().map(|n| n.name.as_str()).collect();
    for name in [
        "Petit Chapore",
        "Petit Chaffori",
        "Petit Chafori",
        "Petit Chapori",
    ] {
        assert!(names.contains(&name), "{name}");
    }
    let event = dataset
        .event_by_id(killed.event.as_deref().unwrap())
        .unwrap();
    assert!(dataset.event(event).geometry.is_some());
}

#[test]
fn what_is_contested_or_inferred_is_marked() {
    let (dataset, _) = common::bundled();
    let flagged = |flag| {
        dataset
            .rows()
            .filter(|r| dataset.event(*r).has(flag))
            .count()
    };
    assert!(flagged(Flag::Contested) >= 2);
    assert!(flagged(Flag::InferredDate) >= 3);
    assert!(dataset.claims().iter().any(|c| c.inferred));
}

#[test]
fn every_value_has_a_claim() {
    let (dataset, _) = common::bundled();
    for (at, relation) in dataset.relations().iter().enumerate() {
        let ix = chronotope::model::RelationIx::new(at);
        assert!(
            !dataset.claims_about(Subject::Relation(ix)).is_empty(),
            "{}",
            relation.id
        );
    }
    for row in dataset.rows() {
        assert!(!dataset.claims_about(Subject::Event(row)).is_empty());
    }
}

/// Checks every locator and hash; needs the documents themselves, which are
/// not part of the project.
#[test]
fn every_citation_matches_its_document() {
    let Some(folder) = common::documents() else {
        eprintln!("CHRONOTOPE_DOCUMENTS names no folder: citations were not checked");
        return;
    };
    let (dataset, _) = common::bundled();
    let mut documents = Documents::default();
    assert_eq!(documents.add(&folder, &dataset).unwrap(), 5);
    let mut report = chronotope::formats::Report::default();
    documents.verify(&dataset, &mut report);
    assert_eq!(report.problems, []);
}
