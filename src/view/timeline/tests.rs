//! Tests of the timeline's view-model, on the bundled dataset.

use super::*;
use crate::formats::bundled;
use crate::model::time::Window;

fn window(text: &str) -> Window {
    Window::parse(text).unwrap()
}

fn with_scene(filter: &str, test: impl FnOnce(Scene<'_>)) {
    let dataset = Arc::new(bundled().unwrap().0);
    let filter = Filter::parse(filter, &dataset).unwrap();
    let filtered = dataset.filtered(&filter);
    test(Scene {
        dataset: &dataset,
        filter: &filter,
        filtered: &filtered,
    });
}

fn axis(shown: &str) -> TimeAxis {
    TimeAxis::new(window(shown), 100.0, 1_000.0)
}

#[test]
#[allow(clippy::cast_precision_loss, reason = "small counts")]
fn every_dated_event_has_its_mass_in_the_histogram() {
    with_scene("kind:attack,clash", |scene| {
        let mut view = TimelineView::default();
        let axis = axis("2011/2026");
        for by in [ColourBy::Side, ColourBy::Kind] {
            let (ghost, filtered) = view.histograms(scene, &axis, Unit::Month, by);
            assert!((ghost.mass() - scene.dataset.len() as f64).abs() < 1e-9);
            assert!((filtered.mass() - scene.filtered.len() as f64).abs() < 1e-9);
            for (all, some) in ghost.totals().iter().zip(filtered.totals()) {
                assert!(some <= &(all + 1e-9), "a bar above its ghost");
            }
        }
        assert_eq!(scene.dataset.undated(scene.filtered), 0);
    });
}

#[test]
fn the_histogram_is_kept_while_panning_within_what_it_covers() {
    with_scene("", |scene| {
        let mut view = TimelineView::default();
        let at = axis("2014/2018");
        view.histograms(scene, &at, Unit::Month, ColourBy::Side);
        assert_eq!(view.builds, 2);
        view.histograms(scene, &at.pan(900.0), Unit::Month, ColourBy::Side);
        view.histograms(scene, &at.zoom_at(600.0, 1.5), Unit::Month, ColourBy::Side);
        assert_eq!(view.builds, 2);
        view.histograms(scene, &at.pan(-1_100.0), Unit::Month, ColourBy::Side);
        assert_eq!(view.builds, 4);
        // Another colouring leaves the ghost as it is.
        view.histograms(scene, &at.pan(-1_100.0), Unit::Month, ColourBy::Kind);
        assert_eq!(view.builds, 5);
    });
}

#[test]
fn lanes_show_every_event_in_sight_once() {
    with_scene("", |scene| {
        let mut view = TimelineView::default();
        for by in [GroupBy::Kind, GroupBy::Side, GroupBy::Source] {
            let lanes = view.lanes(scene, &axis("2011/2026"), by);
            let mut rows: Vec<u32> = lanes.lanes.bars.iter().map(|bar| bar.row).collect();
            rows.sort_unstable();
            assert_eq!(rows, (0..30).collect::<Vec<_>>());
            assert_eq!(lanes.in_sight, 30);
        }
        let october = view.lanes(scene, &axis("2017-10"), GroupBy::Kind);
        let tongo = scene.dataset.event_by_id("tongo-tongo-ambush").unwrap();
        assert!(october.lanes.bars.iter().any(|bar| bar.row == tongo.0));
        assert!(october.in_sight < 30);
    });
}

#[test]
fn lanes_are_kept_until_axis_filter_or_grouping_change() {
    with_scene("", |scene| {
        let mut view = TimelineView::default();
        let at = axis("2014/2018");
        view.lanes(scene, &at, GroupBy::Kind);
        view.lanes(scene, &at, GroupBy::Kind);
        assert_eq!(view.builds, 1);
        view.lanes(scene, &at, GroupBy::Side);
        view.lanes(scene, &at.pan(1.0), GroupBy::Side);
        assert_eq!(view.builds, 3);
    });
}

#[test]
fn room_beside_bars_ends_at_the_next_bar() {
    with_scene("", |scene| {
        let mut view = TimelineView::default();
        let at = axis("2011/2026");
        let lanes = view.lanes(scene, &at, GroupBy::Kind);
        assert_eq!(lanes.room.len(), lanes.lanes.bars.len());
        for (bar, (left, right)) in lanes.lanes.bars.iter().zip(&lanes.room) {
            let reach = (bar.x0 - left, bar.x1 + right);
            for other in &lanes.lanes.bars {
                let apart = other.x1 <= reach.0 + 1e-6 || other.x0 >= reach.1 - 1e-6;
                assert!(other.lane != bar.lane || other.row == bar.row || apart);
            }
        }
    });
}

#[test]
fn the_nearest_bar_within_reach_is_hit() {
    with_scene("", |scene| {
        let mut view = TimelineView::default();
        let at = axis("2017-10");
        let tongo = scene.dataset.event_by_id("tongo-tongo-ambush").unwrap();
        let lanes = view.lanes(scene, &at, GroupBy::Kind);
        let bar = lanes.lanes.bars.iter().find(|b| b.row == tongo.0).unwrap();
        let hit = |x: f64| lanes.bar_at(x, bar.lane).map(|bar| bar.row);
        assert_eq!(hit(bar.x0 - 2.5), Some(tongo.0));
        assert_eq!(hit(f64::midpoint(bar.x0, bar.x1)), Some(tongo.0));
        assert_eq!(hit(bar.x0 - 5.0), None);
    });
}

#[test]
fn a_chosen_unit_gives_way_when_its_bins_could_not_be_seen() {
    let years = axis("2012/2024");
    assert_eq!(bin_unit(&years, None), Unit::Month);
    assert_eq!(bin_unit(&years, Some(Unit::Year)), Unit::Year);
    assert_eq!(bin_unit(&years, Some(Unit::Day)), Unit::Month);
    assert_eq!(bin_unit(&years, Some(Unit::Second)), Unit::Month);
}
