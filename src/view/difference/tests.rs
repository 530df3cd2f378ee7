use super::*;
use crate::dataset::{Meta, Parts};
use crate::formats::import::{Draft, DraftTime, DraftToll, Gather, Watch};
use crate::model::time::When;
use crate::model::{Kind, TollKind};

fn draft(id: &'static str, title: &'static str, date: &str) -> Draft<'static> {
    Draft {
        id: id.into(),
        title: title.into(),
        time: DraftTime::When(When::parse(date).unwrap()),
        geometry: Some(geo::Geometry::Point(geo::Point::new(2.0, 14.0))),
        ..Draft::default()
    }
}

fn dataset(drafts: &[Draft<'_>]) -> Dataset {
    let mut gather = Gather::default();
    for (at, draft) in drafts.iter().enumerate() {
        gather.add(draft, at as u64 + 2);
    }
    gather
        .finish("test", "test", Meta::default(), &Watch::default())
        .0
}

fn titles(dataset: &Dataset, rows: &[EventRow]) -> Vec<String> {
    let title = |row: &EventRow| dataset.title(*row, "en").to_owned();
    rows.iter().map(title).collect()
}

#[test]
fn the_same_data_has_no_difference_whatever_the_order() {
    let (a, b) = (draft("1", "A", "2020"), draft("2", "B", "2021"));
    let old = dataset(&[a.clone(), b.clone()]);
    let new = dataset(&[b, a]);
    assert!(difference(&old, &new).is_empty());
    assert!(Dataset::new(Parts::default()).is_empty());
    assert!(parts_differ_nowhere(&Parts::default()));
}

fn parts_differ_nowhere(parts: &Parts) -> bool {
    let (old, new) = (Dataset::new(parts.clone()), Dataset::new(parts.clone()));
    difference(&old, &new).is_empty()
}

#[test]
fn events_are_matched_by_id_and_compared_field_by_field() {
    let old = dataset(&[
        draft("1", "Stays", "2020"),
        draft("2", "Goes", "2020"),
        draft("3", "Changes", "2020-01"),
    ]);
    let changed = Draft {
        kind: Kind::Attack,
        tolls: vec![DraftToll {
            who: None,
            what: TollKind::Killed,
            low: Some(2),
            best: Some(3),
            high: None,
        }],
        ..draft("3", "Changes", "2020-01-05")
    };
    let new = dataset(&[
        draft("4", "Comes", "2019"),
        draft("1", "Stays", "2020"),
        changed,
    ]);
    let found = difference(&old, &new);
    assert_eq!(titles(&new, &found.added), ["Comes"]);
    assert_eq!(titles(&old, &found.removed), ["Goes"]);
    let [(a, b)] = found.changed[..] else {
        panic!("{found:?}");
    };
    let told: Vec<_> = fields(&old, &new, a, b)
        .into_iter()
        .map(|c| (c.field, c.old, c.new))
        .collect();
    let text = str::to_owned;
    assert_eq!(
        told,
        [
            (Field::When, text("2020-01"), text("2020-01-05")),
            (Field::Kind, text("other"), text("attack")),
            (Field::Tolls, String::new(), text("killed 3 (2–?)")),
        ]
    );
}

#[test]
fn lines_without_an_id_are_matched_by_what_they_say() {
    let old = dataset(&[
        draft("", "First", "2020"),
        draft("", "Twice", "2020"),
        draft("", "Twice", "2020"),
        draft("", "Moves", "2021"),
    ]);
    let moved = Draft {
        geometry: None,
        ..draft("", "Moves", "2021")
    };
    // A line put in before the others gives each of them another number.
    let new = dataset(&[
        draft("", "New", "2018"),
        draft("", "First", "2020"),
        draft("", "Twice", "2020"),
        moved,
    ]);
    let found = difference(&old, &new);
    assert_eq!(titles(&new, &found.added), ["New"]);
    assert_eq!(titles(&old, &found.removed), ["Twice"]);
    let [(a, b)] = found.changed[..] else {
        panic!("{found:?}");
    };
    let told = fields(&old, &new, a, b);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].field, Field::Where);
    assert_eq!((told[0].old.as_str(), told[0].new.as_str()), ("14 2", ""));
}

#[test]
fn attributes_are_told_one_by_one() {
    let make = |value: &'static str| {
        let mut gather = Gather::default();
        let (a, b) = (gather.column("phase", false), gather.column("same", false));
        let draft = Draft {
            attributes: vec![(a, value.into()), (b, "x".into())],
            ..draft("1", "A", "2020")
        };
        gather.add(&draft, 2);
        gather
            .finish("test", "test", Meta::default(), &Watch::default())
            .0
    };
    let (old, new) = (make("one"), make("two"));
    let found = difference(&old, &new);
    let (a, b) = found.changed[0];
    let told = fields(&old, &new, a, b);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].name, "phase");
    assert_eq!((told[0].old.as_str(), told[0].new.as_str()), ("one", "two"));
}

#[test]
fn only_numbers_of_lines_are_no_ids() {
    assert!(is_line("line-12"));
    assert!(is_line("line-12-2"));
    assert!(!is_line("line-a"));
    assert!(!is_line("line-"));
    assert!(!is_line("baseline-3"));
}
