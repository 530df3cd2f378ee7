//! Tests of the histogram.

use proptest::prelude::*;

use super::*;
use crate::model::time::{DAY_MS, When};

fn event(text: &str) -> (Vec<Extent>, u16, f64) {
    (When::parse(text).unwrap().members().to_vec(), 0, 1.0)
}

fn bins(text: &str, unit: Unit) -> Vec<Millis> {
    calendar_bins(Window::parse(text).unwrap(), unit)
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
}

#[test]
fn a_month_is_no_spike_on_the_first() {
    let days = Histogram::build([event("2016-11")], &bins("2016-11", Unit::Day));
    assert_eq!(days.totals().len(), 30);
    assert!(days.totals().iter().all(|&mass| close(mass, 1.0 / 30.0)));
}

#[test]
fn three_days_count_a_third_each() {
    let fight = event("{2022-10-28..2022-10-29,2022-10-31}");
    let days = Histogram::build([fight], &bins("2022-10-28/2022-10-31", Unit::Day));
    let thirds = [1.0, 1.0, 0.0, 1.0].map(|share| share / 3.0);
    assert!(
        days.totals()
            .iter()
            .zip(thirds)
            .all(|(mass, third)| close(*mass, third))
    );
}

#[test]
fn open_events_lie_at_their_known_end() {
    let edges = bins("2013/2016", Unit::Year);
    let masses = |text| Histogram::build([event(text)], &edges).totals().to_vec();
    assert_eq!(masses("2014/.."), [0.0, 1.0, 0.0, 0.0]);
    assert_eq!(masses("/2015"), [0.0, 0.0, 1.0, 0.0]);
    assert_eq!(masses("[..2015]"), [0.0, 0.0, 1.0, 0.0]);
    assert_eq!(masses("[2014..]"), [0.0, 1.0, 0.0, 0.0]);
    let open = [Extent::within(OPEN_PAST, OPEN_FUTURE)];
    let undated = Histogram::build([(open, 3, 2.0)], &edges);
    assert!(close(undated.undated(), 2.0) && close(undated.mass(), 2.0));
    let none = Histogram::build([event("2014")], &[]);
    assert!(close(none.mass(), 1.0) && none.totals().is_empty());
}

#[test]
fn bins_are_calendar_cells_and_never_too_many() {
    assert_eq!(bins("2024", Unit::Month).len(), 13);
    assert_eq!(bins("2024-02-10/2024-03-02", Unit::Month).len(), 3);
    for unit in Unit::ALL {
        let edges = calendar_bins(Window::ALL, unit);
        assert!((100..=16_384).contains(&edges.len()));
    }
    let axis = TimeAxis::new(Window::parse("2024").unwrap(), 0.0, 1_000.0);
    assert_eq!(auto_unit(&axis, 10.0), Unit::Week);
    assert_eq!(auto_unit(&axis, 2.0), Unit::Day);
}

#[test]
fn nothing_is_left_where_nothing_is() {
    let items = (0..1_000_i64).map(|i| {
        (
            vec![Extent::within(i * 7, i * 7 + 3_000 + i)],
            0,
            0.1 + i as f64,
        )
    });
    let edges: Vec<Millis> = (0..=200).map(|i| i * 100).collect();
    let histogram = Histogram::build(items, &edges);
    assert!(
        histogram.totals()[120..]
            .iter()
            .all(|mass| mass.total_cmp(&0.0).is_eq())
    );
}

fn any_extent() -> impl Strategy<Value = Extent> {
    let range = || (0..400_i64, 0..120_i64).prop_map(|(a, n)| (a - 50, a - 50 + n));
    prop_oneof![
        range().prop_map(|(a, b)| Extent::within(a, b)),
        (range(), range()).prop_map(|(s, e)| Extent::spanning(s, e)),
        range().prop_map(|s| Extent::spanning(s, (OPEN_PAST, OPEN_FUTURE))),
        range().prop_map(|e| Extent::spanning((OPEN_PAST, OPEN_FUTURE), e)),
        Just(Extent::within(OPEN_PAST, OPEN_FUTURE)),
        (0..300_i64).prop_map(Extent::at),
    ]
}

proptest! {
    #[test]
    fn mass_is_conserved_and_as_counted_one_by_one(
        items in proptest::collection::vec(
            (proptest::collection::vec(any_extent(), 1..4), 0_u16..4, 0.0..5.0_f64), 0..20),
        cuts in proptest::collection::btree_set(0..300_i64, 2..30),
    ) {
        let edges: Vec<Millis> = cuts.into_iter().collect();
        let histogram = Histogram::build(items.iter().cloned(), &edges);
        // Millisecond by millisecond.
        let mut naive = vec![0.0; edges.len() - 1];
        let (mut before, mut after, mut undated) = (0.0, 0.0, 0.0);
        for (members, _, weight) in &items {
            let moments: Vec<Millis> = members
                .iter()
                .filter_map(known_stretch)
                .flat_map(|(start, end)| start..end)
                .collect();
            if moments.is_empty() {
                undated += weight;
            }
            for &ms in &moments {
                let share = weight / moments.len() as f64;
                if ms < edges[0] {
                    before += share;
                } else if ms >= edges[edges.len() - 1] {
                    after += share;
                } else {
                    naive[edges.iter().rposition(|&edge| edge <= ms).unwrap()] += share;
                }
            }
        }
        for (ours, theirs) in histogram.totals().iter().zip(&naive) {
            prop_assert!((ours - theirs).abs() < 1e-9, "{ours} {theirs}");
        }
        prop_assert!(close(histogram.before(), before));
        prop_assert!(close(histogram.after(), after));
        prop_assert!(close(histogram.undated(), undated));
        prop_assert!(close(histogram.mass(), items.iter().map(|item| item.2).sum()));
        // The groups add up to the whole.
        for (bin, total) in histogram.totals().iter().enumerate() {
            let stacked: f64 = histogram.groups().map(|(_, masses)| masses[bin]).sum();
            prop_assert!(close(stacked, *total));
        }
    }

    #[test]
    fn mass_is_conserved_over_real_lengths(
        items in proptest::collection::vec(
            (-60_000_i64..20_000, 0_i64..4_000, 0_u16..3, 0.0..5.0_f64), 0..200),
        unit in proptest::sample::select(vec![Unit::Day, Unit::Week, Unit::Month, Unit::Year]),
        from in -5_000_i64..5_000, days in 1_i64..4_000,
    ) {
        let window = Window::new(from * DAY_MS, (from + days) * DAY_MS);
        let edges = calendar_bins(window, unit);
        let extents = items.iter().map(|&(day, length, group, weight)| {
            ([Extent::within(day * DAY_MS, (day + length + 1) * DAY_MS - 1)], group, weight)
        });
        let histogram = Histogram::build(extents, &edges);
        prop_assert!(close(histogram.mass(), items.iter().map(|item| item.3).sum()));
        prop_assert!(histogram.totals().iter().all(|&mass| mass > -1e-9));
    }
}
