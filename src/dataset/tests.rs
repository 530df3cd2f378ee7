//! Every query against a naive reading of random events: sets of dates, open
//! ends, no date, no place, both sides of the antimeridian.

use proptest::prelude::*;

use super::*;
use crate::model::Precision;
use crate::model::time::{DAY_MS, Extent, Inclusion, OPEN_FUTURE, OPEN_PAST, When, Window};

const SETS: [&str; 4] = [
    "{1970-01-03..1970-01-05,1970-02-01}",
    "[1970-01-02,1970-01-20]",
    "{1969-12-30,1970-03-01}",
    "[..1970-01-10,1970-01-20]",
];

fn any_extent() -> impl Strategy<Value = Option<Extent>> {
    let day = || -10_i64..60;
    prop_oneof![
        4 => day().prop_map(|d| Some(Extent::within(d * DAY_MS, (d + 1) * DAY_MS - 1))),
        2 => day().prop_map(|d| Some(Extent::within(d * DAY_MS, (d + 30) * DAY_MS - 1))),
        2 => (day(), 0_i64..40, 0_i64..40, 0_i64..40).prop_map(|(d, a, b, c)| {
            Some(Extent::spanning((d * DAY_MS, (d + a) * DAY_MS), ((d + b) * DAY_MS, (d + b + c) * DAY_MS)))
        }),
        1 => day().prop_map(|d| Some(Extent::spanning((d * DAY_MS, (d + 1) * DAY_MS - 1), (OPEN_PAST, OPEN_FUTURE)))),
        1 => day().prop_map(|d| Some(Extent::spanning((OPEN_PAST, OPEN_FUTURE), (d * DAY_MS, (d + 1) * DAY_MS - 1)))),
        1 => day().prop_map(|d| Some(Extent::within(OPEN_PAST, d * DAY_MS))),
        1 => Just(Some(Extent::within(OPEN_PAST, OPEN_FUTURE))),
        1 => Just(None),
    ]
}

type Row = (
    (Option<Extent>, Option<usize>),
    Option<(f64, f64)>,
    (usize, Option<u8>, Option<u32>, Option<u32>, Option<u32>),
    String,
);

fn any_row() -> impl Strategy<Value = Row> {
    let place = prop_oneof![
        3 => (-180.0..180.0_f64, -80.0..80.0_f64),
        1 => (prop_oneof![-180.0..-179.5_f64, 179.5..180.0_f64], -1.0..1.0_f64),
    ];
    (
        (any_extent(), proptest::option::weighted(0.1, 0..SETS.len())),
        proptest::option::weighted(0.9, place),
        (
            0..16_usize,
            proptest::option::of(0..3_u8),
            proptest::option::of(0..5_u32),
            proptest::option::of(0..3_u32),
            proptest::option::of(0..90_u32),
        ),
        "[ab]{1,2} [abÉ]{1,2}",
    )
}

fn build(rows: &[Row]) -> Dataset {
    let mut events = PlainEvents::default();
    for (number, ((extent, set), lon_lat, (kind, side, actor, _, killed), notes)) in
        (0_u32..).zip(rows)
    {
        let event = PlainEvent {
            id: PlainId::Number(number),
            extent: *extent,
            lon_lat: *lon_lat,
            precision: Precision::Near,
            kind: Kind::ALL[*kind],
            side: *side,
            actor: actor.map(ActorIx),
            place: None,
            killed: *killed,
            title: "",
            notes,
        };
        match set {
            Some(at) => events.push_set(&event, &When::parse(SETS[*at]).unwrap()),
            None => events.push(&event),
        }
    }
    Dataset::from_plain(synthetic::parts(), events, &|_, _| {})
}

fn any_window() -> impl Strategy<Value = Window> {
    // Edges on, just before and just after the midnights of the events.
    let edge = || (-12_i64..95, -1_i64..2).prop_map(|(d, ms)| d * DAY_MS + ms);
    prop_oneof![
        6 => (edge(), edge()).prop_map(|(a, b)| Window::new(a, b)),
        1 => edge().prop_map(|a| Window::new(a, OPEN_FUTURE)),
        1 => edge().prop_map(|a| Window::new(OPEN_PAST, a)),
        1 => Just(Window::ALL),
    ]
}

fn naive(d: &Dataset, window: Window) -> Selected {
    let mut selected = Selected::default();
    for row in d.rows() {
        let inclusion = if window == Window::ALL {
            if d.table().is_dated(row) {
                Inclusion::Certainly
            } else {
                Inclusion::Possibly
            }
        } else {
            let when = d.table().set_when(row);
            when.map_or(d.table().extent(row).relation(window), |w| {
                w.relation(window)
            })
        };
        if inclusion >= Inclusion::Possibly && (window == Window::ALL || d.table().is_dated(row)) {
            selected.possible.insert(row.0);
            if inclusion == Inclusion::Certainly {
                selected.certain.insert(row.0);
            }
        }
    }
    selected
}

proptest! {
    #[test]
    fn windows_hold_what_a_naive_reading_finds(
        rows in proptest::collection::vec(any_row(), 0..80),
        windows in proptest::collection::vec(any_window(), 2..8),
    ) {
        let d = build(&rows);
        let mut selected = d.select(&d.all(), windows[0]);
        for pair in windows.windows(2) {
            let wanted = naive(&d, pair[1]);
            prop_assert_eq!(&d.select(&d.all(), pair[1]), &wanted);
            prop_assert_eq!(d.counts(pair[1]), (wanted.certain.len(), wanted.possible.len()));
            // Moved, the window comes to the same.
            match d.changes(pair[0], pair[1], usize::MAX) {
                Some(changes) => {
                    let grid = DensityGrid::covering(
                        GeoBox { west: -180.0, south: -80.0, east: 180.0, north: 80.0 }, 9, 9);
                    let mut counts = d.density(&grid, pair[0], None);
                    d.move_density(&grid, &mut counts, &changes.possible_in, &changes.possible_out);
                    prop_assert_eq!(&counts, &d.density(&grid, pair[1], None));
                    prop_assert!(changes.possible_in.shared(&selected.possible) == 0);
                    prop_assert_eq!(
                        changes.possible_out.shared(&selected.possible),
                        changes.possible_out.len()
                    );
                    changes.apply(&mut selected);
                }
                None => selected = d.select(&d.all(), pair[1]),
            }
            prop_assert_eq!(&selected, &wanted);
        }
    }

    #[test]
    fn records_are_made_from_columns(rows in proptest::collection::vec(any_row(), 1..20)) {
        let d = build(&rows);
        prop_assert!(!d.has_records() && d.len() == rows.len());
        for row in d.rows() {
            let event = d.event(row);
            let ((extent, set), lon_lat, (kind, side, actor, _, killed), notes) =
                &rows[event.id.parse::<usize>().unwrap()];
            prop_assert_eq!(d.event_by_id(&event.id), Some(row));
            prop_assert_eq!(d.title(row, "fr"), notes);
            prop_assert_eq!((event.kind, event.side), (Kind::ALL[*kind], *side));
            prop_assert_eq!(d.killed(row).best, killed.map(u64::from));
            prop_assert_eq!(event.killed(), d.killed(row));
            prop_assert_eq!(d.actors_of(row).next(), actor.map(ActorIx));
            prop_assert_eq!(event.geometry.is_some(), lon_lat.is_some());
            match set {
                Some(at) => prop_assert_eq!(event.when.as_ref().unwrap().edtf(), SETS[*at]),
                None if event.when.is_some() => {
                    prop_assert_eq!(event.when.as_ref().map(When::extent), *extent);
                }
                None => prop_assert!(extent.is_none_or(|e| e == Extent::within(OPEN_PAST, OPEN_FUTURE))),
            }
        }
        prop_assert_eq!(d.event_by_id("no such"), None);
    }

    #[test]
    fn facets_and_words_hold_what_a_naive_reading_finds(
        rows in proptest::collection::vec(any_row(), 1..60), word in "[abe]{1,2}", digit in 0..7_u32,
    ) {
        let d = build(&rows);
        let all = d.all();
        for (kinds, sides) in [(false, false), (true, false), (false, true), (true, true)] {
            let split = Split { kinds, sides };
            let tally = Tally::of(&d, &all, split);
            prop_assert_eq!(d.facet_counts(&tally, &Filter::default()), d.facets(&all));
            // A choice of what it is split by is a sum.
            let chosen = split.within(&Filter {
                kinds: [Kind::ALL[0], Kind::ALL[3]].into(),
                sides: [None, Some(2)].into(),
                ..Filter::default()
            });
            let counts = d.facet_counts(&tally, &chosen);
            prop_assert_eq!(&counts.actors, &d.facets(&d.filtered(&chosen)).actors);
            let without_kinds = Filter { kinds: std::collections::BTreeSet::new(), ..chosen.clone() };
            prop_assert_eq!(&counts.kinds, &d.facets(&d.filtered(&without_kinds)).kinds);
            let without_sides = Filter { sides: std::collections::BTreeSet::new(), ..chosen };
            prop_assert_eq!(&counts.sides, &d.facets(&d.filtered(&without_sides)).sides);
        }
        for (kind, n) in d.facets(&all).kinds {
            prop_assert_eq!(n, d.rows().filter(|r| d.kind(*r) == kind).count() as u64);
        }
        for (side, n) in d.facets(&all).sides {
            prop_assert_eq!(n, d.rows().filter(|r| d.side(*r) == side).count() as u64);
        }
        let d = &d;
        let of = |a: ActorIx| d.rows().filter(move |r| d.actors_of(*r).any(|x| x == a)).collect::<Vec<_>>();
        for (actor, n) in d.facets(&all).actors {
            prop_assert_eq!(n, of(actor).len() as u64);
            prop_assert_eq!(d.events_of_actor(actor), &of(actor)[..]);
            let filter = Filter { actors: [actor].into(), ..Filter::default() };
            prop_assert_eq!(d.filtered(&filter).iter().collect::<Vec<_>>(), of(actor));
        }
        let with = |text: &str| d.filtered(&Filter { text: text.to_owned(), ..Filter::default() });
        let naive = d.rows().filter(|r| {
            crate::model::fold(d.title(*r, "")).split(' ').any(|w| w.starts_with(&word))
        });
        prop_assert_eq!(with(&word), naive.collect::<RowSet>());
        let digits = digit.to_string();
        let naive = d.rows().filter(|r| {
            let actor = d.actors_of(*r).any(|a| a.0.to_string().starts_with(&digits));
            actor || d.event(*r).id.starts_with(&digits)
        });
        prop_assert_eq!(with(&digits), naive.collect::<RowSet>());
    }
}

proptest! {
    // Each case makes a cube of its own, which is large whatever is in it.
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn boxes_and_densities_hold_what_a_naive_reading_finds(
        rows in proptest::collection::vec(any_row(), 0..80),
        window in any_window(),
        (west, width) in (-180.0..180.0_f64, 0.1..360.0_f64),
        (south, north) in (-80.0..79.0_f64, -80.0..80.0_f64),
        columns in 1..40_u32, cell_bits in 20..31_u32,
    ) {
        let d = build(&rows);
        let east = west + width;
        let area = GeoBox {
            west,
            east: if east > 180.0 { east - 360.0 } else { east },
            south: south.min(north),
            north: south.max(north),
        };
        let inside: RowSet = d
            .rows()
            .filter(|r| d.table().lon_lat(*r).is_some_and(|(x, y)| area.contains(x, y)))
            .collect();
        prop_assert_eq!(d.in_box(area), inside);
        let covering = DensityGrid::covering(area, columns, columns);
        prop_assert!(covering.columns <= columns.max(2) && covering.rows <= columns.max(2));
        let free = DensityGrid {
            left: mercator::x_of(west) >> cell_bits << cell_bits,
            top: mercator::y_of(area.north) >> cell_bits << cell_bits,
            cell_bits,
            columns,
            rows: columns,
        };
        let cube = density::Cube::whatever_the_size(&d.table, &d.time);
        let possible = naive(&d, window).possible;
        for grid in [covering, free] {
            let mut counts = vec![0; grid.cells()];
            for row in possible.iter() {
                if let Some(cell) = d.table().position(row).and_then(|at| grid.cell(at)) {
                    counts[cell] += 1;
                }
            }
            prop_assert_eq!(&d.density(&grid, window, None), &counts);
            prop_assert_eq!(&d.density(&grid, window, Some(&d.all())), &counts);
            if window != Window::ALL && cube.serves(&grid) {
                prop_assert_eq!(&cube.density(&d.table, &d.time, &grid, window), &counts);
            }
        }
        // Whatever the box holds is in the grid that covers it.
        let held = possible.iter().filter(|r| d.table().lon_lat(*r).is_some_and(|(x, y)| area.contains(x, y)));
        for row in held {
            prop_assert!(covering.cell(d.table().position(row).unwrap()).is_some());
        }
    }
}

#[test]
fn made_up_events_are_always_the_same() {
    let [a, b] = [1, 1].map(|seed| synthetic::dataset(3_000, seed, &|_, _| {}));
    for row in a.rows() {
        assert_eq!(a.event(row), b.event(row));
    }
    let c = synthetic::dataset(3_000, 2, &|_, _| {});
    assert!(a.rows().any(|r| a.event(r) != c.event(r)));
    assert!(a.table().starts().is_sorted());
}

#[test]
fn a_large_table_gives_the_same_by_every_way() {
    let d = synthetic::dataset(300_000, 7, &|_, _| {});
    let year = |text: &str| Window::parse(text).unwrap();
    let windows = [
        "2003",
        "2003-02/2006",
        "2010-05-05",
        "2001/2023",
        "2005-01/..",
    ]
    .map(year);
    for window in windows {
        let possible = naive(&d, window).possible;
        let grid = DensityGrid::covering(
            GeoBox {
                west: -180.0,
                south: -80.0,
                east: 180.0,
                north: 80.0,
            },
            64,
            64,
        );
        let by_cube = d.density(&grid, window, None);
        assert_eq!(by_cube, d.density_of(&grid, &possible));
        // The box in strips, or of boxes, is the box of the points.
        let all = d.located(&possible);
        for rows in [&all, &d.all()] {
            let points = rows.iter().filter_map(|r| d.table().lon_lat(r));
            let wanted = GeoBox::around(points.map(|(x, y)| (x, y, x, y)));
            assert_eq!(d.bounds(rows), wanted);
        }
        assert_eq!(
            by_cube.iter().map(|n| u64::from(*n)).sum::<u64>(),
            d.located(&possible).len()
        );
        let tally = Tally::of(&d, &possible, Split::default());
        let counts = d.facet_counts(&tally, &Filter::default());
        let kinds: u64 = counts.kinds.iter().map(|(_, n)| n).sum();
        assert_eq!(kinds, possible.len());
    }
}

#[test]
fn joined_files_keep_all_they_hold_and_are_layers() {
    let bundled = std::sync::Arc::new(crate::formats::bundled().unwrap().0);
    let many = std::sync::Arc::new(synthetic::dataset(300, 7, &|_, _| {}));
    let list = [
        ("The Sahel".to_owned(), std::sync::Arc::clone(&many)),
        ("Ours".to_owned(), std::sync::Arc::clone(&bundled)),
        ("the sahel".to_owned(), std::sync::Arc::clone(&many)),
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
            all.claims_about(crate::model::Subject::Event(row)).len(),
            from.claims_about(crate::model::Subject::Event(before))
                .len()
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
