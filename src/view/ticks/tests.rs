//! Tests of the ticks.

use proptest::prelude::*;

use super::*;
use crate::model::time::Window;

/// As wide as a proportional face of 12 px may be.
#[allow(clippy::cast_precision_loss, reason = "few characters")]
fn measure(text: &str) -> f32 {
    text.chars().count() as f32 * 6.5
}

fn labels(shown: &str, width: f64, row: u8, lang: Lang) -> Vec<String> {
    let window = Window::parse(shown).unwrap();
    ticks(&TimeAxis::new(window, 0.0, width), 40.0, lang, measure)
        .into_iter()
        .filter(|tick| tick.row == row)
        .filter_map(|tick| tick.label)
        .collect()
}

#[test]
fn rows_name_cells_and_what_they_belong_to() {
    let days = labels("2017-10-02/2017-10-08", 700.0, 0, Lang::En);
    assert_eq!(
        days,
        [
            "Mon 2", "Tue 3", "Wed 4", "Thu 5", "Fri 6", "Sat 7", "Sun 8"
        ]
    );
    assert_eq!(
        labels("2017-10-02/2017-10-08", 700.0, 1, Lang::En),
        ["October 2017"]
    );
    let months = labels("2017-07/2018-06", 720.0, 0, Lang::Fr);
    assert_eq!(months[..3], ["juil.", "août", "sept."]);
    assert_eq!(
        labels("2017-07/2018-06", 720.0, 1, Lang::Fr),
        ["2017", "2018"]
    );
    assert_eq!(
        labels("2017-10-04", 500.0, 0, Lang::En)[..3],
        ["00:00", "03:00", "06:00"]
    );
    assert_eq!(labels("2017-10-04", 500.0, 1, Lang::Fr), ["4 octobre 2017"]);
    let years = labels("2012/2024", 1_000.0, 0, Lang::En);
    assert_eq!(years.first().map(String::as_str), Some("2012"));
    assert_eq!(
        labels("2012/2024", 1_000.0, 1, Lang::En),
        ["2010s", "2020s"]
    );
    assert_eq!(
        labels("-0999/-0500", 800.0, 1, Lang::En),
        ["1000–901 BCE", "900–801 BCE"]
            .into_iter()
            .chain(["800–701 BCE", "700–601 BCE", "600–501 BCE"])
            .collect::<Vec<_>>()
    );
}

#[test]
fn snapping_finds_the_nearest_boundary() {
    let at = |month, day| CivilDateTime::date(2024, month, day).to_millis();
    assert_eq!(snap(at(2, 12), Unit::Month), at(2, 1));
    assert_eq!(snap(at(2, 1), Unit::Month), at(2, 1));
    assert_eq!(snap(at(2, 1) - 1, Unit::Day), at(2, 1));
}

fn any_axis() -> impl Strategy<Value = TimeAxis> {
    (
        -40.0..40.0_f64,
        0.0..13.0_f64,
        0.0..400.0_f64,
        30.0..3_000.0_f64,
    )
        .prop_map(|(position, zoom, x0, width)| {
            // Cubed, so that most are near today and some millennia away.
            #[allow(clippy::cast_possible_truncation, reason = "within ±1e16")]
            let start = (position.powi(3) * 1.0e11) as i64;
            let axis = TimeAxis::new(Window::new(start, start + 1_000), x0, width);
            axis.zoom_at(x0, axis.ms_per_px() / 10.0_f64.powf(zoom))
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn labels_never_overlap(axis in any_axis(), french in any::<bool>(), gap in 10.0..120.0_f64) {
        let lang = if french { Lang::Fr } else { Lang::En };
        let all = ticks(&axis, gap, lang, measure);
        prop_assert!(all.len() < 2_000);
        for row in 0..2 {
            let row: Vec<&Tick> = all.iter().filter(|tick| tick.row == row).collect();
            for pair in row.windows(2) {
                prop_assert!(pair[0].ms < pair[1].ms && pair[0].x < pair[1].x);
            }
            let mut free_from = axis.x0();
            for tick in row.iter().filter(|tick| tick.label.is_some()) {
                prop_assert!(tick.label_x >= free_from);
                free_from = tick.label_x + f64::from(measure(tick.label.as_deref().unwrap()));
                prop_assert!(free_from <= axis.x1() + 0.01);
            }
        }
    }

    #[test]
    fn ticks_lie_on_calendar_boundaries(axis in any_axis()) {
        let all = ticks(&axis, 40.0, Lang::En, measure);
        for tick in &all {
            let fixed = Unit::Second.floor(tick.ms) == tick.ms;
            prop_assert!(fixed, "{tick:?}");
            prop_assert!((axis.x(tick.ms) - tick.x).abs() < 1e-9);
            if tick.level == Level::Major && tick.row == 1 {
                prop_assert!(Unit::Day.floor(tick.ms) == tick.ms);
            }
        }
        // A full-size axis is never without ticks.
        if axis.width() > 300.0 {
            prop_assert!(all.iter().any(|tick| tick.label.is_some()));
        }
    }

    #[test]
    fn snapping_is_idempotent_and_near(ms in -1_i64 << 50..1 << 50, unit in proptest::sample::select(Unit::ALL.to_vec())) {
        let snapped = snap(ms, unit);
        prop_assert_eq!(unit.floor(snapped), snapped);
        prop_assert_eq!(snap(snapped, unit), snapped);
        prop_assert!(snapped.abs_diff(ms) <= unit.next(ms).abs_diff(unit.floor(ms)) / 2 + 1);
    }
}
