//! The member `when` of Linked Places, and of our own features.
//!
//! Source: Linked Places Format 1.3, "when"; GeoJSON-LD time.

use serde_json::Value;

use crate::formats::dates;
use crate::formats::import::{DateOrder, DraftTime};
use crate::model::time::{Extent, OPEN_FUTURE, OPEN_PAST, When};

/// What a `when` says: our EDTF, time spans, or a start and an end.
pub(in crate::formats) fn read(value: &Value, order: Option<DateOrder>) -> Option<DraftTime> {
    match value {
        Value::String(_) | Value::Number(_) => return date(value, order),
        _ => {}
    }
    for name in ["edtf", "date", "in"] {
        if let Some(time) = value.get(name).and_then(|v| date(v, order)) {
            return Some(time);
        }
    }
    let Some(spans) = value.get("timespans").and_then(Value::as_array) else {
        return span(value, order);
    };
    let spans: Vec<_> = spans.iter().filter_map(|s| span(s, order)).collect();
    match spans.as_slice() {
        [] => span(value, order),
        [one] => Some(one.clone()),
        several => Some(all_of(several)),
    }
}

/// Several spans: each happened. Where EDTF cannot say so, from the first to
/// the last.
fn all_of(spans: &[DraftTime]) -> DraftTime {
    let extents: Vec<Extent> = spans.iter().filter_map(dates::extent).collect();
    let texts: Option<Vec<String>> = extents
        .iter()
        .map(|e| When::of_extent(*e).map(|w| w.edtf().replace('/', "..")))
        .collect();
    if let Some(texts) = texts
        && let Ok(when) = When::parse(&format!("{{{}}}", texts.join(",")))
        && when.members() == extents
    {
        return DraftTime::When(when);
    }
    let least = |of: fn(&Extent) -> i64| extents.iter().map(of).min().unwrap_or(OPEN_PAST);
    let most = |of: fn(&Extent) -> i64| extents.iter().map(of).max().unwrap_or(OPEN_FUTURE);
    DraftTime::Extent(Extent::spanning(
        (least(|e| e.start_earliest), least(|e| e.start_latest)),
        (most(|e| e.end_earliest), most(|e| e.end_latest)),
    ))
}

fn span(value: &Value, order: Option<DateOrder>) -> Option<DraftTime> {
    let start = value.get("start").or_else(|| value.get("begin"));
    let start = start.and_then(|v| end(v, order));
    let stop = value.get("end").and_then(|v| end(v, order));
    match dates::join(start, stop, false) {
        Ok(DraftTime::Unknown) | Err(DraftTime::Unknown) => None,
        Ok(time) | Err(time) => Some(time),
    }
}

/// One end of a span: a date, or what is known of it.
fn end(value: &Value, order: Option<DateOrder>) -> Option<DraftTime> {
    let Value::Object(members) = value else {
        return date(value, order);
    };
    if let Some(time) = members.get("in").and_then(|v| date(v, order)) {
        return Some(time);
    }
    let of = |name: &str| {
        let time = members.get(name).and_then(|v| date(v, order))?;
        dates::extent(&time)
    };
    let (first, last) = match (of("earliest"), of("latest")) {
        (Some(a), Some(b)) if a.start_earliest <= b.end_latest => (a.start_earliest, b.end_latest),
        (Some(one), _) | (None, Some(one)) => (one.start_earliest, one.end_latest),
        (None, None) => return None,
    };
    Some(DraftTime::Extent(Extent::within(first, last)))
}

fn date(value: &Value, order: Option<DateOrder>) -> Option<DraftTime> {
    match value {
        Value::String(text) => {
            let text = text.trim();
            // Years before 1000 are often written as they are.
            let digits = text.strip_prefix('-').unwrap_or(text);
            if (1..4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit()) {
                let year = dates::year(text.parse().ok()?);
                return year.map(DraftTime::Extent);
            }
            dates::read(text, order).ok()
        }
        Value::Number(number) => {
            let extent = number.as_f64().and_then(dates::number);
            extent.map(DraftTime::Extent)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn edtf(value: &Value) -> Option<String> {
        let extent = dates::extent(&read(value, None)?)?;
        match read(value, None)? {
            DraftTime::When(when) => Some(when.edtf().to_owned()),
            _ => When::of_extent(extent).map(|w| w.edtf().to_owned()),
        }
    }

    #[test]
    fn time_spans_are_read_as_linked_places_has_them() {
        for (value, wanted) in [
            (json!({"edtf": "2016-11~"}), "2016-11~"),
            (json!("2014"), "2014"),
            (
                json!({"timespans": [{"start": {"in": "1635-06"}, "end": {"in": "1636"}}]}),
                "1635-06/1636",
            ),
            (json!({"timespans": [{"start": {"in": "-200"}}]}), "-0200"),
            (json!({"start": "2014", "end": "2015-03"}), "2014/2015-03"),
            (
                json!({"timespans": [{"start": {"in": "1800"}}, {"start": {"in": "1900"}, "end": {"in": "1902"}}]}),
                "{1800,1900..1902}",
            ),
        ] {
            assert_eq!(edtf(&value).as_deref(), Some(wanted), "{value}");
        }
        let doubt = read(
            &json!({"timespans": [{"start": {"earliest": "1800", "latest": "1810"}}]}),
            None,
        );
        let extent = dates::extent(&doubt.unwrap()).unwrap();
        assert_eq!(
            extent,
            When::parse("1800/1810")
                .map(|w| Extent::within(w.extent().start_earliest, w.extent().end_latest))
                .unwrap()
        );
        assert_eq!(read(&json!({"timespans": []}), None), None);
        assert_eq!(read(&json!({"label": "long ago"}), None), None);
    }
}
