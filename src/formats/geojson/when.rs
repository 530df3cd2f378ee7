//! The member `when` of Linked Places, and of our own features.
//!
//! Source: Linked Places Format 1.3, "when"; GeoJSON-LD time.

use serde_json::Value;

use crate::formats::Severity;
use crate::formats::dates;
use crate::formats::import::record::wrong;
use crate::formats::import::{DraftTime, Findings, Wrong};
use crate::model::time::{Extent, OPEN_FUTURE, OPEN_PAST, When};

const BACKWARDS: Wrong = Wrong {
    id: "end-before-start",
    severity: Severity::Error,
    what: "the end lies before the start; the event was kept with its start alone",
    remedy: "correct one of the two",
};
const NO_DATE: Wrong = Wrong {
    id: "no-date",
    severity: Severity::Error,
    what: "a part of it is no date that is understood, and was left out",
    remedy: "write dates as 2014-05-01, or another form of EDTF",
};

/// What a `when` says, and what is wrong with it.
#[derive(Debug, PartialEq)]
pub(in crate::formats) struct Told {
    pub time: DraftTime,
    wrong: Vec<(&'static Wrong, String)>,
}

impl Told {
    /// Notes what is wrong with it.
    pub fn note(&self, name: &str, line: u64, findings: &mut Findings) {
        for (wrong, value) in &self.wrong {
            findings.note(wrong, name, line, value);
        }
    }
}

/// What a `when` says: our EDTF, a date, time spans, or a start and an end.
pub(in crate::formats) fn read(value: &Value) -> Option<Told> {
    let mut reader = Reader::default();
    let time = reader.read(value)?;
    Some(Told {
        time,
        wrong: reader.wrong,
    })
}

#[derive(Default)]
struct Reader {
    wrong: Vec<(&'static Wrong, String)>,
}

impl Reader {
    fn read(&mut self, value: &Value) -> Option<DraftTime> {
        let Some(spans) = value.get("timespans").and_then(Value::as_array) else {
            return self.span(value);
        };
        let spans: Vec<_> = spans.iter().filter_map(|s| self.span(s)).collect();
        match spans.as_slice() {
            [] => self.span(value),
            [one] => Some(one.clone()),
            several => Some(all_of(several)),
        }
    }

    /// A date, or from a start to an end.
    fn span(&mut self, value: &Value) -> Option<DraftTime> {
        if value.is_string() || value.is_number() {
            return self.date(value);
        }
        for name in ["edtf", "date", "datetime", "in", "@value"] {
            if let Some(time) = value.get(name).and_then(|v| self.date(v)) {
                return Some(time);
            }
        }
        let mut either = |names: [&str; 2]| {
            let found = names.iter().find_map(|n| value.get(*n));
            found.and_then(|v| self.end(v))
        };
        let (start, end) = (either(["start", "begin"]), either(["end", "stop"]));
        let last = end.as_ref().and_then(dates::extent);
        let time = dates::join(start, end, false).unwrap_or_else(|start| {
            let last = last.and_then(When::of_extent);
            let last = last.map_or_else(String::new, |w| w.edtf().to_owned());
            self.wrong.push((&BACKWARDS, last));
            start
        });
        (time != DraftTime::Unknown).then_some(time)
    }

    /// One end of a span: a date, or what is known of it.
    fn end(&mut self, value: &Value) -> Option<DraftTime> {
        let Value::Object(members) = value else {
            return self.date(value);
        };
        if let Some(time) = members.get("in").and_then(|v| self.date(v)) {
            return Some(time);
        }
        let mut of = |name: &str| {
            let time = members.get(name).and_then(|v| self.date(v))?;
            dates::extent(&time)
        };
        let (first, last) = match (of("earliest"), of("latest")) {
            (Some(a), Some(b)) if a.start_earliest > b.end_latest => {
                let latest = When::of_extent(b).map(|w| w.edtf().to_owned());
                self.wrong.push((&BACKWARDS, latest.unwrap_or_default()));
                return Some(DraftTime::Extent(a));
            }
            (Some(a), Some(b)) => (a.start_earliest, b.end_latest),
            // The other bound is not known.
            (Some(a), None) => (a.start_earliest, OPEN_FUTURE),
            (None, Some(b)) => (OPEN_PAST, b.end_latest),
            (None, None) => return None,
        };
        Some(DraftTime::Extent(Extent::within(first, last)))
    }

    fn date(&mut self, value: &Value) -> Option<DraftTime> {
        let told = match value {
            // Years before 1000 are often written as they are.
            Value::String(text) => dates::read(&dates::padded(text)),
            Value::Number(number) => {
                let extent = number.as_f64().and_then(dates::number);
                return extent.map(DraftTime::Extent);
            }
            _ => return None,
        };
        let text = || value.as_str().unwrap_or_default().to_owned();
        match told {
            Some(told) => {
                if told.either {
                    self.wrong.push((&wrong::DAY_FIRST, text()));
                }
                Some(told.time)
            }
            None if text().trim().is_empty() => None,
            None => {
                self.wrong.push((&NO_DATE, text()));
                None
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn edtf(value: &Value) -> Option<String> {
        let extent = dates::extent(&read(value)?.time)?;
        match read(value)?.time {
            DraftTime::When(when) => Some(when.edtf().to_owned()),
            _ => When::of_extent(extent).map(|w| w.edtf().to_owned()),
        }
    }

    #[test]
    fn time_spans_are_read_as_linked_places_has_them() {
        for (value, wanted) in [
            (json!({"edtf": "2016-11~"}), "2016-11~"),
            (json!("2014"), "2014"),
            (json!("2001-21"), "2001-21"),
            (json!({"edtf": "2001-33"}), "2001-33"),
            (
                json!({"timespans": [{"start": {"in": "1635-06"}, "end": {"in": "1636"}}]}),
                "1635-06/1636",
            ),
            (json!({"timespans": [{"start": {"in": "-200"}}]}), "-0200"),
            (json!({"start": "2014", "end": "2015-03"}), "2014/2015-03"),
            (
                json!({"start": "2020-05-01", "stop": "2020-05-03"}),
                "2020-05-01/2020-05-03",
            ),
            (json!({"timespans": [{"in": "1635"}]}), "1635"),
            (json!({"datetime": "2020-05-01"}), "2020-05-01"),
            (json!({"start": {"in": "-44"}}), "-0044"),
            (
                json!({"timespans": [{"start": {"in": "1800"}}, {"start": {"in": "1900"}, "end": {"in": "1902"}}]}),
                "{1800,1900..1902}",
            ),
        ] {
            assert_eq!(edtf(&value).as_deref(), Some(wanted), "{value}");
        }
        for (value, wanted) in [
            (json!({"end": {"latest": "1990"}}), "[..1990]"),
            (json!({"start": {"earliest": "1990"}}), "[1990..]"),
            (json!({"start": {"latest": "1990"}}), "[..1990]"),
            (
                json!({"start": {"earliest": "1990"}, "end": {"latest": "1995"}}),
                "1990/1995",
            ),
        ] {
            let spans = json!({ "timespans": [value] });
            let extent = dates::extent(&read(&spans).unwrap().time).unwrap();
            let bounds = When::parse(wanted).unwrap().extent();
            assert_eq!(
                (extent.start_earliest, extent.end_latest),
                (bounds.start_earliest, bounds.end_latest),
                "{spans}"
            );
        }
        let doubt =
            read(&json!({"timespans": [{"start": {"earliest": "1800", "latest": "1810"}}]}));
        let extent = dates::extent(&doubt.unwrap().time).unwrap();
        assert_eq!(
            extent,
            When::parse("1800/1810")
                .map(|w| Extent::within(w.extent().start_earliest, w.extent().end_latest))
                .unwrap()
        );
        assert_eq!(read(&json!({"timespans": []})), None);
        assert_eq!(read(&json!({"label": "long ago"})), None);
        assert_eq!(read(&json!("-323-06/30")), None);
    }

    #[test]
    fn what_is_wrong_is_told() {
        let of = |value: &Value| {
            let told = read(value).unwrap();
            told.wrong
                .iter()
                .map(|(w, v)| (w.id, v.clone()))
                .collect::<Vec<_>>()
        };
        let backwards = of(&json!({"start": "2020-05-03", "end": "2020-05-01"}));
        assert_eq!(backwards, [("end-before-start", "2020-05-01".to_owned())]);
        let half = of(&json!({"timespans": [{"start": "1635", "end": "soon"}]}));
        assert_eq!(half, [("no-date", "soon".to_owned())]);
        assert_eq!(
            of(&json!("03/04/2020")),
            [("day-first", "03/04/2020".to_owned())]
        );
    }
}
