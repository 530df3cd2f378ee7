//! One selection everywhere: for random filters and windows, the current set,
//! the map, the facets, the summary and the command line's notation agree with
//! a naive reading of every event.

#![allow(clippy::unwrap_used, reason = "a test may fail where it stands")]

mod common;

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use chronotope::dataset::{Dataset, Filter, GeoBox};
use chronotope::formats::Report;
use chronotope::model::time::{CivilDateTime, Inclusion, Unit, Window};
use chronotope::model::{ActorIx, EventRow, Flag, Kind, PlaceIx, SourceIx, Subject, fold};
use chronotope::session::{ColourBy, Command, GroupBy, Mode, Prefs, Workbench};
use chronotope::view::axis::TimeAxis;
use chronotope::view::table_rows::{self, Column, Order};
use chronotope::view::timeline::{Scene, TimelineView};
use proptest::prelude::*;

static DATA: LazyLock<Arc<Dataset>> = LazyLock::new(|| common::bundled().0);

/// Whether an event passes, read straight from its record.
fn passes(row: EventRow, f: &Filter) -> bool {
    let d = &*DATA;
    let e = d.event(row);
    let words: Vec<String> = {
        let mut text = vec![e.id.clone()];
        text.extend(
            e.titles
                .iter()
                .chain(e.summary.iter())
                .map(|(_, t)| t.to_owned()),
        );
        text.extend(
            e.place
                .iter()
                .flat_map(|p| d.place(*p).names.iter().map(|(_, n)| n.to_owned())),
        );
        for p in &e.participants {
            let actor = d.actor(p.actor);
            text.push(actor.id.clone());
            text.extend(actor.names.iter().map(|n| n.name.clone()));
        }
        text.iter()
            .flat_map(|t| fold(t).split(' ').map(str::to_owned).collect::<Vec<_>>())
            .collect()
    };
    let flags: BTreeSet<Option<Flag>> = if e.flags.is_empty() {
        BTreeSet::from([None])
    } else {
        e.flags.iter().map(|f| Some(*f)).collect()
    };
    let sources: BTreeSet<SourceIx> = d
        .claims_about(Subject::Event(row))
        .iter()
        .map(|c| d.claim(*c).source)
        .collect();
    (f.kinds.is_empty() || f.kinds.contains(&e.kind))
        && (f.sides.is_empty() || f.sides.contains(&d.table().side(row)))
        && (f.actors.is_empty() || e.participants.iter().any(|p| f.actors.contains(&p.actor)))
        && (f.sources.is_empty() || !f.sources.is_disjoint(&sources))
        && (f.places.is_empty() || e.place.is_some_and(|p| f.places.contains(&p)))
        && (f.flags.is_empty() || !f.flags.is_disjoint(&flags))
        && fold(&f.text)
            .split(' ')
            .filter(|q| !q.is_empty())
            .all(|q| words.iter().any(|w| w.starts_with(q)))
        && f.area.is_none_or(|a| {
            d.table()
                .lon_lat(row)
                .is_some_and(|(lon, lat)| a.contains(lon, lat))
        })
}

fn any_filter() -> impl Strategy<Value = Filter> {
    let d = &*DATA;
    let few = |n: usize| proptest::collection::btree_set(0..n, 0..3);
    (
        few(Kind::ALL.len()),
        proptest::collection::btree_set(proptest::option::of(0..5_u8), 0..2),
        prop_oneof![3 => Just(BTreeSet::new()), 1 => few(d.actors().len())],
        prop_oneof![2 => Just(BTreeSet::new()), 1 => few(d.sources().len())],
        prop_oneof![3 => Just(BTreeSet::new()), 1 => few(d.places().len())],
        prop_oneof![2 => Just(None), 1 => Just(Some(Some(Flag::Contested))), 1 => Just(Some(None))],
        prop_oneof![4 => Just(""), 1 => Just("mali"), 1 => Just("al bagh"), 1 => Just("Ménaka")],
        proptest::option::of((
            -180.0..180.0_f64,
            -10.0..40.0_f64,
            0.0..300.0_f64,
            0.0..40.0_f64,
        )),
    )
        .prop_map(
            |(kinds, sides, actors, sources, places, flag, text, area)| Filter {
                kinds: kinds.into_iter().map(|k| Kind::ALL[k]).collect(),
                sides,
                actors: actors.into_iter().map(ActorIx::new).collect(),
                sources: sources.into_iter().map(SourceIx::new).collect(),
                places: places.into_iter().map(PlaceIx::new).collect(),
                flags: flag.into_iter().collect(),
                layers: BTreeSet::new(),
                text: text.to_owned(),
                area: area.map(|(west, south, w, h)| GeoBox {
                    west,
                    south,
                    // Some boxes cross the antimeridian.
                    east: if west + w > 180.0 {
                        west + w - 360.0
                    } else {
                        west + w
                    },
                    north: south + h,
                }),
            },
        )
}

fn any_window() -> impl Strategy<Value = Window> {
    let day = |y: i64, n: i64| CivilDateTime::date(y, 1, 1).to_millis() + n * 86_400_000;
    prop_oneof![
        1 => Just(Window::ALL),
        6 => (2011_i64..2026, 0_i64..366, 1_i64..3000).prop_map(move |(y, n, len)| {
            Window::new(day(y, n), day(y, n + len))
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_panel_has_the_set_of_the_naive_reading(
        filter in any_filter(),
        window in any_window(),
        certainly in any::<bool>(),
    ) {
        let d = &*DATA;
        let mut bench = Workbench::new(d.clone(), Report::default(), Prefs::default());
        bench.apply(Command::SetFilter(filter.clone()));
        bench.apply(Command::SetWindow(window));
        bench.apply(Command::SetCertainly(certainly));
        let current = bench.current();

        let inclusion = |row: EventRow| {
            d.event(row).when.as_ref().map_or(Inclusion::No, |w| w.relation(window))
        };
        let enough = if certainly { Inclusion::Certainly } else { Inclusion::Possibly };
        let naive: Vec<EventRow> = d
            .rows()
            .filter(|r| passes(*r, &filter) && inclusion(*r) >= enough)
            .collect();
        let shown: Vec<EventRow> = current.shown().iter().collect();
        prop_assert_eq!(&shown, &naive);

        // The map draws the located ones, the shelf the rest.
        let world = GeoBox { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
        let mut map = d.in_box(world);
        map.intersect(current.shown());
        let shelf = d.unlocated(current.shown());
        prop_assert_eq!(map.len() + shelf.len(), naive.len() as u64);
        prop_assert!(map.iter().all(|r| d.event(r).geometry.is_some()));

        // The table has the same rows, whatever the order.
        for column in Column::ALL {
            for descending in [false, true] {
                let order = Order { column, descending };
                let mut rows = table_rows::sorted(d, current, order, "en");
                rows.sort_unstable();
                prop_assert_eq!(&rows, &naive);
            }
        }

        // The timeline has a bar for each dated event of the filtered set, and
        // its histogram their mass; the window only brightens them.
        let dated: Vec<EventRow> = d
            .rows()
            .filter(|r| passes(*r, &filter) && d.event(*r).when.is_some())
            .collect();
        let scene = Scene { dataset: d, filter: &filter, filtered: &current.filtered };
        let axis = TimeAxis::fit(d.time_span().unwrap(), 1000.0, 10.0);
        let mut timeline = TimelineView::default();
        let lanes = &timeline.lanes(scene, &axis, GroupBy::Kind).lanes;
        let mut bars: Vec<EventRow> = lanes.bars.iter().map(|b| EventRow(b.row)).collect();
        bars.sort_unstable();
        prop_assert_eq!(&bars, &dated);
        let (ghost, histogram) = timeline.histograms(scene, &axis, Unit::Year, ColourBy::Side);
        prop_assert!((histogram.mass() - dated.len() as f64).abs() < 1e-6);
        prop_assert!((ghost.mass() - d.len() as f64).abs() < 1e-6);

        // `info` sums up the same set.
        let summary = d.summary(current.shown(), "en");
        prop_assert_eq!(summary.events, naive.len() as u64);
        prop_assert_eq!(summary.kinds.values().sum::<u64>(), naive.len() as u64);
        let killed: u64 = naive.iter().filter_map(|r| d.killed(*r).best).sum();
        prop_assert_eq!(summary.killed.best.unwrap_or(0), killed);

        // Each facet's chosen values count what they hold.
        for (kind, n) in &current.facets.kinds {
            if filter.kinds.is_empty() || filter.kinds.contains(kind) {
                let held = naive.iter().filter(|r| d.event(**r).kind == *kind).count();
                prop_assert_eq!(*n, held as u64);
            }
        }

        // The one-line notation says the same filter.
        let line = filter.to_line(d);
        prop_assert_eq!(Filter::parse(&line, d).unwrap(), filter);
    }

    #[test]
    fn undo_brings_back_every_set(steps in proptest::collection::vec((any_filter(), any_window()), 1..6)) {
        let mut bench = Workbench::new(DATA.clone(), Report::default(), Prefs::default());
        let mut seen = vec![bench.session().scope.clone()];
        for (filter, window) in steps {
            for command in [Command::SetFilter(filter), Command::SetWindow(window)] {
                bench.apply(command);
                if seen.last() != Some(&bench.session().scope) {
                    seen.push(bench.session().scope.clone());
                }
            }
        }
        for scope in seen.iter().rev().skip(1) {
            bench.apply(Command::Undo);
            prop_assert_eq!(&bench.session().scope, scope);
            let fresh = DATA.select(&DATA.filtered(&scope.filter), scope.window);
            prop_assert_eq!(&bench.current().selected, &fresh);
        }
        prop_assert!(!bench.can_undo());
    }
}

/// A drag is one step of undo, whatever the pointer passes over meanwhile.
#[test]
fn a_drag_is_undone_whole() {
    let mut bench = common::workbench();
    let start = bench.session().scope.window;
    for n in 1..20 {
        bench.apply(Command::DragWindow(start.shift(n * 1_000_000)));
        bench.apply(Command::Hover(Some(EventRow(0))));
    }
    bench.apply(Command::Undo);
    assert_eq!(bench.session().scope.window, start);
    assert!(!bench.can_undo());
}

/// So is what is typed without anything else in between.
#[test]
fn typed_words_are_undone_whole() {
    let mut bench = common::workbench();
    for text in ["m", "me", "men"] {
        bench.apply(Command::SetText(text.to_owned()));
    }
    bench.apply(Command::ToggleKind(Kind::Attack));
    for text in ["mena", "menak"] {
        bench.apply(Command::SetText(text.to_owned()));
    }
    let filter = |bench: &Workbench| bench.session().scope.filter.clone();
    bench.apply(Command::Undo);
    assert_eq!(filter(&bench).text, "men");
    bench.apply(Command::Undo);
    assert!(filter(&bench).kinds.is_empty());
    bench.apply(Command::Undo);
    assert_eq!(filter(&bench).text, "");
}

/// Playback is one step too: undo goes back to where it started.
#[test]
fn playback_is_undone_whole() {
    let mut bench = common::workbench();
    let window = |text: &str| Window::parse(text).unwrap();
    bench.apply(Command::SetWindow(window("2015")));
    bench.apply(Command::SetWindow(window("2017-10")));
    bench.apply(Command::SetSpeed(10.0));
    bench.apply(Command::TogglePlay);
    for _ in 0..5 {
        bench.apply(Command::Tick(0.1));
    }
    bench.apply(Command::TogglePlay);
    assert_eq!(bench.session().scope.window, window("2018-03"));
    bench.apply(Command::Undo);
    assert_eq!(bench.session().scope.window, window("2017-10"));
    bench.apply(Command::Undo);
    assert_eq!(bench.session().scope.window, window("2015"));
    // A change of filter while it plays is a step of its own.
    bench.apply(Command::TogglePlay);
    bench.apply(Command::Tick(0.1));
    bench.apply(Command::ToggleKind(Kind::Attack));
    bench.apply(Command::Tick(0.1));
    bench.apply(Command::Undo);
    assert!(!bench.session().scope.filter.kinds.is_empty());
    bench.apply(Command::Undo);
    assert!(bench.session().scope.filter.kinds.is_empty());
    assert_ne!(bench.session().scope.window, window("2015"));
    bench.apply(Command::Undo);
    assert_eq!(bench.session().scope.window, window("2015"));
}

/// From the first event to the last: each once, and the playhead never turns
/// round; and back again.
#[test]
fn stepping_visits_every_event_in_order() {
    for mode in Mode::ALL {
        let mut bench = common::workbench();
        bench.apply(Command::SetWindow(Window::parse("2013-02").unwrap()));
        bench.apply(Command::SetMode(mode));
        bench.apply(Command::StepEnd(false));
        let mut visited = vec![bench.session().primary.unwrap()];
        let mut playhead = bench.session().playhead();
        while bench.apply(Command::StepEvent(1)).is_none() {
            visited.push(bench.session().primary.unwrap());
            assert!(bench.session().playhead() >= playhead);
            playhead = bench.session().playhead();
            assert!(visited.len() <= DATA.len());
        }
        let mut sorted = visited.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, DATA.rows().collect::<Vec<_>>());
        for expected in visited.iter().rev().skip(1) {
            assert!(bench.apply(Command::StepEvent(-1)).is_none());
            assert_eq!(bench.session().primary, Some(*expected));
        }
    }
}

/// Playing from a window that takes in everything starts with a part of it.
#[test]
fn playing_everything_starts_at_the_beginning() {
    let mut bench = common::workbench();
    bench.apply(Command::WindowAll);
    bench.apply(Command::TogglePlay);
    assert_eq!(bench.session().scope.window, Window::parse("2012").unwrap());
    assert!(bench.session().playback.playing);
}

/// The next event is the next after where we are, not after an old selection.
#[test]
fn next_event_starts_from_the_window() {
    let mut bench = common::workbench();
    bench.apply(Command::StepEnd(false));
    bench.apply(Command::SetWindow(Window::parse("2022-09").unwrap()));
    bench.apply(Command::StepEvent(1));
    let row = bench.session().primary.unwrap();
    let extent = DATA.table().extent(row);
    assert!(extent.start_earliest >= Window::parse("2022-10").unwrap().start);
    assert!(bench.current().shown().contains(row));
}
