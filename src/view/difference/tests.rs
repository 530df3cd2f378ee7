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

/// What one change of the bundled dataset does to the difference.
fn after(change: impl Fn(&mut serde_json::Value), file: &str) -> (Difference, Dataset, Dataset) {
    use crate::formats::{bundled, native};
    let old = bundled().unwrap().0;
    let mut collection = serde_json::Value::Null;
    let mut others = serde_json::Map::new();
    for (name, text) in native::to_files(&old).unwrap() {
        let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
        if name == file {
            change(&mut value);
        }
        match name.split_once('.').unwrap() {
            ("events", _) => collection = value,
            (list, _) => {
                others.insert(list.to_owned(), value);
            }
        }
    }
    collection["chronotope"] = others.into();
    let new = native::read_single(collection, "new").unwrap().0;
    (difference(&old, &new), old, new)
}

#[test]
fn what_changes_beside_the_events_is_counted_by_table() {
    let none = after(|_| {}, "").0;
    assert!(none.is_empty(), "{none:?}");
    for (file, list, table) in [
        ("actors.json", "actors", Table::Actors),
        ("relations.json", "relations", Table::Relations),
        ("places.json", "places", Table::Places),
        ("sources.json", "sources", Table::Sources),
        ("claims.json", "claims", Table::Claims),
    ] {
        let changed = after(|file| file[list][0]["x-new"] = "value".into(), file).0;
        assert!(!changed.is_empty());
        assert_eq!(changed.changed, []);
        let one = TableChange {
            table,
            added: 0,
            removed: 0,
            changed: 1,
        };
        assert_eq!(changed.tables, [one]);
    }
    let removed = after(
        |file| {
            file["claims"].as_array_mut().unwrap().remove(3);
        },
        "claims.json",
    );
    let [gone] = removed.0.tables[..] else {
        panic!("{:?}", removed.0);
    };
    assert_eq!(
        (gone.table, gone.removed, gone.len()),
        (Table::Claims, 1, 1)
    );
    let head = after(|file| file["licence"] = "another".into(), "dataset.json").0;
    assert_eq!(head.tables[0].table, Table::Head);
    assert!(!head.is_empty());
}

#[test]
fn side_certainty_and_address_are_values_of_an_event() {
    let (found, old, new) = after(
        |file| {
            let events = file["features"].as_array_mut().unwrap();
            let event = events.iter_mut().map(|e| &mut e["properties"]);
            let mut event = event.filter(|p| p["participants"].is_array());
            let event = event.next().unwrap();
            event["participants"][0]["certainty"] = "possible".into();
            event["participants"][0]["inferred"] = true.into();
            let sides = ["islamic-state", "jnim"];
            let was = event["side"].as_str().unwrap_or_default().to_owned();
            event["side"] = (*sides.iter().find(|s| **s != was).unwrap()).into();
        },
        "events.geojson",
    );
    let [(a, b)] = found.changed[..] else {
        panic!("{found:?}");
    };
    let changes = fields(&old, &new, a, b);
    let of = |field| changes.iter().find(|c| c.field == field).unwrap();
    assert!(
        of(Field::Participants)
            .new
            .contains(", possible, inferred)")
    );
    assert_ne!(of(Field::Side).old, of(Field::Side).new);
    let (found, old, new) = after(
        |file| file["sources"][0]["url"] = "https://example.org/new".into(),
        "sources.json",
    );
    let Some((a, b)) = found.changed.first() else {
        panic!("{found:?}");
    };
    let changes = fields(&old, &new, *a, *b);
    assert!(
        changes.iter().all(|c| c.field == Field::Sources),
        "{changes:?}"
    );
    assert!(changes[0].new.contains("<https://example.org/new>"));
}
