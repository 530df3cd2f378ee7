//! Several files as layers of one dataset.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

use std::sync::Arc;

use chronotope::dataset::{Dataset, Filter, Meta, join, synthetic};
use chronotope::formats::bundled;
use chronotope::formats::import::{Draft, DraftParticipant, DraftSource, Gather, Watch};
use chronotope::model::{Role, Schema, Subject};

#[test]
fn joined_files_keep_all_they_hold_and_are_layers() {
    let bundled = Arc::new(bundled().unwrap().0);
    let many = Arc::new(synthetic::dataset(300, 7, &|_, _| {}));
    let list = [
        ("The Sahel".to_owned(), Arc::clone(&many)),
        ("Ours".to_owned(), Arc::clone(&bundled)),
        ("the sahel".to_owned(), Arc::clone(&many)),
    ];
    let all = join(&list);
    let ids: Vec<&str> = all.layers().iter().map(|l| l.id.as_str()).collect();
    assert_eq!(ids, ["the-sahel", "ours", "the-sahel-2"]);
    assert_eq!(all.len(), 600 + bundled.len());
    // The imported actors of both are the same ones.
    assert_eq!(
        all.actors().len(),
        many.actors().len() + bundled.actors().len()
    );
    assert_eq!(all.sources().len(), bundled.sources().len());
    assert_eq!(all.claims().len(), bundled.claims().len());
    assert_eq!(all.relations().len(), bundled.relations().len());
    let id = |row| all.event_id(row).into_owned();
    let mut of_layer = [0_u64; 3];
    for row in all.rows() {
        of_layer[usize::from(all.layer(row))] += 1;
        let (event, from) = match all.layer(row) {
            1 => (
                bundled.event(bundled.event_by_id(&id(row)).unwrap()),
                &bundled,
            ),
            layer => {
                let text = id(row);
                let stem = match layer {
                    0 => text.as_str(),
                    _ => text.strip_suffix("-2").unwrap(),
                };
                (many.event(many.event_by_id(stem).unwrap()), &many)
            }
        };
        let joined = all.event(row);
        assert_eq!(joined.when, event.when);
        assert_eq!(joined.geometry, event.geometry);
        assert_eq!(
            (&joined.titles, &joined.summary),
            (&event.titles, &event.summary)
        );
        assert_eq!(joined.killed(), event.killed());
        let there: Vec<_> = event
            .participants
            .iter()
            .map(|p| from.actor(p.actor).name("en"))
            .collect();
        let here: Vec<_> = all
            .actors_of(row)
            .map(|a| all.actor(a).name("en"))
            .collect();
        assert_eq!(here, there);
        let side =
            |d: &Dataset, s: Option<u8>| s.map(|s| d.meta().sides[usize::from(s)].id.clone());
        let before = from.event_by_id(&event.id).unwrap();
        assert_eq!(side(&all, all.side(row)), side(from, from.side(before)));
        let sources = |d: &Dataset, r| {
            d.sources_of_event(r)
                .iter()
                .map(|s| d.source(*s).id.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(sources(&all, row), sources(from, before));
        assert_eq!(
            all.claims_about(Subject::Event(row)).len(),
            from.claims_about(Subject::Event(before)).len()
        );
    }
    assert_eq!(of_layer, [300, bundled.len() as u64, 300]);
    let counts = all.facets(&all.all()).layers;
    assert_eq!(counts, [(0, 300), (1, of_layer[1]), (2, 300)]);
    let filter = Filter::parse("layer:ours,the-sahel-2", &all).unwrap();
    assert_eq!(filter.to_line(&all), "layer:ours,the-sahel-2");
    assert_eq!(all.filtered(&filter).len(), of_layer[1] + 300);
    assert!(Filter::parse("layer:theirs", &all).is_err());
    let one = join(&list[..1]);
    assert!(one.layers().is_empty() && one.facets(&one.all()).layers.is_empty());
}

/// A file of one event, in which somebody takes part and of which a paper tells.
fn imported(who: &str, paper: &str, column: &str) -> Arc<Dataset> {
    let mut gather = Gather::default();
    let column = gather.column(column, false);
    let draft = Draft {
        id: "7".into(),
        place: "Hajin".into(),
        participants: vec![DraftParticipant {
            name: who.into(),
            role: Role::Initiator,
            schema: Schema::Organization,
        }],
        sources: vec![DraftSource {
            title: paper.into(),
            ..DraftSource::default()
        }],
        attributes: vec![(column, "value".into())],
        ..Draft::default()
    };
    gather.add(&draft, 1);
    Arc::new(
        gather
            .finish("a.csv", "test", Meta::default(), &Watch::default())
            .0,
    )
}

#[test]
fn imported_actors_of_one_name_become_one_whatever_file_they_are_in() {
    let list = [
        ("one".to_owned(), imported("Boko Haram", "AFP", "iso")),
        (
            "two".to_owned(),
            imported("BOKO-HARAM", "Reuters", "admin1"),
        ),
    ];
    let all = join(&list);
    assert_eq!((all.actors().len(), all.places().len()), (1, 1));
    assert_eq!((all.sources().len(), all.claim_count()), (2, 2));
    let told = |r| {
        let sources = all.sources_of_event(r).iter();
        sources
            .map(|s| all.source(*s).id.as_str())
            .collect::<Vec<_>>()
    };
    let rows: Vec<_> = all
        .rows()
        .map(|r| (all.event_id(r), all.layer(r), told(r)))
        .collect();
    assert_eq!(
        rows,
        [
            ("7".into(), 0, vec!["afp"]),
            ("7-2".into(), 1, vec!["reuters"])
        ]
    );
    let members: Vec<_> = all.rows().map(|r| all.event(r).extra.clone()).collect();
    assert_eq!(
        (members[0]["iso"].as_str(), members[1]["admin1"].as_str()),
        (Some("value"), Some("value"))
    );
    assert!(
        all.rows()
            .all(|r| all.side(r) == Some(0) && all.event(r).side.is_none())
    );
    assert_eq!(all.meta().sides.len(), 1);
    let name = all
        .actor(all.actors_of(all.rows().next().unwrap()).next().unwrap())
        .name("");
    assert_eq!(name, "Boko Haram");
}

/// A folder of its own, with the dataset written into it by `convert`.
fn written(at: &std::path::Path, dataset: &Dataset) -> (Arc<Dataset>, usize) {
    use chronotope::formats::write::{Target, WriteOptions, write};
    let rows = dataset.all();
    let options = WriteOptions::default();
    write(
        dataset,
        &rows,
        Target::Folder,
        at,
        &options,
        &Watch::default(),
    )
    .unwrap();
    let (back, report) = chronotope::formats::open(at).unwrap();
    (Arc::new(back), report.problems.len())
}

#[test]
fn joined_files_are_written_and_read_with_their_layers_and_without_a_problem() {
    let temp = tempfile::tempdir().unwrap();
    let table = imported("Faction", "The Paper", "column");
    // The same table, written as a folder: there its implied claims stand.
    let (folder, problems) = written(&temp.path().join("folder"), &table);
    assert_eq!((problems, folder.claims().len()), (0, 1));
    let ours = Arc::new(bundled().unwrap().0);
    let list = [
        ("a.csv".to_owned(), Arc::clone(&table)),
        ("Folder".to_owned(), Arc::clone(&folder)),
        ("Ours".to_owned(), Arc::clone(&ours)),
        ("b.csv".to_owned(), Arc::clone(&table)),
    ];
    for list in [&list[..], &list[1..2], &list[..2], &list[1..]] {
        let all = join(list);
        assert_eq!(all.claims().len() % ours.claims().len(), 0);
        let ids: Vec<String> = all.all_claims().map(|c| c.id.clone()).collect();
        let once: std::collections::BTreeSet<&String> = ids.iter().collect();
        assert_eq!(once.len(), ids.len());
        let path = temp.path().join(format!("{}-{}", list.len(), list[0].0));
        let (back, problems) = written(&path, &all);
        assert_eq!(problems, 0);
        assert_eq!(back.meta(), all.meta());
        assert_eq!(back.layers(), all.layers());
        assert_eq!(back.claim_count(), all.claim_count());
        for layer in all.layers() {
            let filter = format!("layer:{}", layer.id);
            let count = |d: &Dataset| d.filtered(&Filter::parse(&filter, d).unwrap()).len();
            assert_eq!(count(&back), count(&all));
            assert!(count(&back) > 0);
        }
        assert_eq!(
            back.facets(&back.all()).layers,
            all.facets(&all.all()).layers
        );
        // Joined again, it brings its layers.
        let again = join(&[
            ("all".to_owned(), back),
            ("c.csv".to_owned(), Arc::clone(&table)),
        ]);
        assert_eq!(again.layers().len(), all.layers().len().max(1) + 1);
    }
}

#[test]
fn a_claim_that_says_more_than_an_implied_one_keeps_its_own_id() {
    let temp = tempfile::tempdir().unwrap();
    let table = imported("Faction", "The Paper", "column");
    let path = temp.path().join("folder");
    written(&path, &table);
    let claims = path.join("claims.json");
    let text = std::fs::read_to_string(&claims).unwrap();
    let doubted = text.replace("\"asserts\"", "\"doubts\"");
    assert_ne!(doubted, text);
    std::fs::write(&claims, doubted).unwrap();
    let folder = Arc::new(chronotope::formats::open(&path).unwrap().0);
    let list = [
        ("Folder".to_owned(), folder),
        ("a.csv".to_owned(), Arc::clone(&table)),
        ("b.csv".to_owned(), table),
    ];
    for list in [[0, 1, 2], [1, 0, 2], [2, 1, 0]].map(|order| order.map(|n| list[n].clone())) {
        let all = join(&list);
        assert_eq!((all.claims().len(), all.claim_count()), (1, 3));
        let ids: std::collections::BTreeSet<String> =
            all.all_claims().map(|c| c.id.clone()).collect();
        assert_eq!(ids.len(), 3, "{ids:?}");
    }
}

#[test]
fn joined_files_say_of_themselves_what_each_does() {
    let of = |licence: &str, window: Option<&str>, members: &[(&str, i64)]| {
        let members = members.iter().map(|(k, v)| ((*k).to_owned(), (*v).into()));
        let meta = Meta {
            description: chronotope::model::Localised::new("en", &format!("About {licence}.")),
            licence: Some(licence.to_owned()),
            attribution: Some(format!("{licence} people")),
            center: Some([1.0, 2.0]),
            zoom: Some(4.0),
            window: window.map(str::to_owned),
            events_extra: members.collect(),
            ..Meta::default()
        };
        let parts = chronotope::dataset::Parts {
            meta,
            ..chronotope::dataset::Parts::default()
        };
        Arc::new(Dataset::new(parts))
    };
    let list = [
        of("CC0", Some("2012/2013"), &[("x", 1), ("bbox", 3)]),
        of("ODbL", Some("2016-05"), &[("x", 2), ("y", 2)]),
        of("CC0", Some("2014"), &[]),
    ];
    let list = list.map(|dataset| ("file".to_owned(), dataset));
    let all = join(&list);
    let meta = all.meta();
    assert_eq!(meta.licence.as_deref(), Some("CC0; ODbL"));
    assert_eq!(meta.attribution.as_deref(), Some("CC0 people; ODbL people"));
    assert_eq!(meta.description.get("en"), "About CC0.\n\nAbout ODbL.");
    assert_eq!((meta.center, meta.zoom), (Some([1.0, 2.0]), Some(4.0)));
    assert_eq!(meta.window.as_deref(), Some("2012-01-01/2016-05-31"));
    let members: Vec<_> = meta
        .events_extra
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_i64()))
        .collect();
    assert_eq!(members, [("x", Some(1)), ("y", Some(2))]);
    // One that says no window would be hidden by those of the others.
    let open = of("ODbL", None, &[]);
    let all = join(&[list[0].clone(), ("open".to_owned(), open)]);
    assert_eq!(all.meta().window, None);
}
