//! What an event is, in words.

use fluent_templates::fluent_bundle::FluentValue;

use crate::model::{EventDetail, EventRow, Kind, Precision};
use crate::ui::{Ctx, Tr};

/// The name of a kind.
pub(super) fn kind_name(tr: Tr, kind: Kind) -> String {
    tr.t(&format!("kind-{}", kind.id()))
}

/// The name of a side; `None` is "no side".
pub(super) fn side_name(cx: &Ctx<'_>, side: Option<u8>) -> String {
    let sides = &cx.dataset().meta().sides;
    side.and_then(|s| sides.get(usize::from(s))).map_or_else(
        || cx.tr.t("map-side-none"),
        |s| s.label.get(cx.lang()).to_owned(),
    )
}

/// Where it was, and how well that is known; empty without a place.
pub(super) fn place(cx: &Ctx<'_>, event: &EventDetail) -> String {
    let name = event
        .place
        .map(|p| cx.dataset().place(p).names.get(cx.lang()).to_owned())
        .unwrap_or_default();
    if event.precision == Precision::Exact {
        return name;
    }
    let precision = cx.tr.t(&format!("map-precision-{}", event.precision.id()));
    if name.is_empty() {
        precision
    } else {
        format!("{name} ({precision})")
    }
}

/// How many were killed; `None` when no figure is known.
pub(super) fn killed(cx: &Ctx<'_>, event: &EventDetail) -> Option<String> {
    let sum = event.killed();
    let best = sum.best?;
    let range = match (sum.low, sum.high) {
        (Some(low), Some(high)) if low != high => format!("{low}–{high}"),
        _ => best.to_string(),
    };
    Some(cx.tr.with(
        "map-killed",
        &[
            ("n", FluentValue::from(best)),
            ("range", FluentValue::from(range)),
        ],
    ))
}

/// The lines of an event's card below its title.
pub(super) fn lines(cx: &Ctx<'_>, row: EventRow) -> Vec<String> {
    let event = cx.dataset().event(row);
    let when = event
        .when
        .as_ref()
        .map_or_else(|| cx.tr.t("map-no-date"), |w| cx.when(w));
    let what = match killed(cx, &event) {
        Some(toll) => format!("{} · {toll}", kind_name(cx.tr, event.kind)),
        None => kind_name(cx.tr, event.kind),
    };
    [when, place(cx, &event), what]
        .into_iter()
        .filter(|l| !l.is_empty())
        .collect()
}

/// Latitude and longitude in decimal degrees, as maps and searches take them.
pub(super) fn coordinates((lon, lat): (f64, f64), digits: usize) -> String {
    format!("{lat:.digits$}, {lon:.digits$}")
}

/// A length in kilometres or metres.
pub(super) fn length(metres: f64) -> String {
    if metres >= 1000.0 {
        format!("{:.0}\u{a0}km", metres / 1000.0)
    } else {
        format!("{metres:.0}\u{a0}m")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::time::Lang;

    #[test]
    fn every_kind_and_precision_has_a_name_in_both_languages() {
        for lang in [Lang::En, Lang::Fr] {
            let tr = Tr::new(lang);
            for kind in Kind::ALL {
                assert!(!kind_name(tr, *kind).starts_with("kind-"), "{kind:?}");
            }
            for p in Precision::ALL {
                let key = format!("map-precision-{}", p.id());
                assert!(*p == Precision::Exact || tr.t(&key) != key, "{key}");
            }
        }
    }

    #[test]
    fn coordinates_are_latitude_first() {
        assert_eq!(coordinates((1.80455, 14.93611), 5), "14.93611, 1.80455");
        assert_eq!(length(500.0), "500\u{a0}m");
        assert_eq!(length(20_000.0), "20\u{a0}km");
    }
}
