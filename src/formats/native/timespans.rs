//! The bounds of a time that no EDTF expression says exactly, such as an hour
//! or a start somewhere in a week: beside the expression, which says the days
//! around it, stands `timespans` as Linked Places has it, with moments to the
//! millisecond. An end that is open has no bound.

use serde_json::{Map, Value, json};

use crate::formats::Report;
use crate::model::Extra;
use crate::model::time::{Extent, OPEN_FUTURE, OPEN_PAST, When, moment_of, moment_text};

/// The member.
pub(super) const MEMBER: &str = "timespans";

/// Adds the bounds to the members beside the expression, if it needs them.
pub(super) fn write(when: Option<&When>, members: &mut Extra) {
    let Some(extent) = when.and_then(When::held_extent) else {
        return;
    };
    let of = |earliest, latest| {
        let bounds = [("earliest", earliest), ("latest", latest)];
        let bounds = bounds.into_iter().filter_map(|(name, ms)| {
            let text = moment_text(ms)?;
            Some((name.to_owned(), Value::from(text)))
        });
        bounds.collect::<Map<_, _>>()
    };
    let span = json!([{
        "start": of(extent.start_earliest, extent.start_latest),
        "end": of(extent.end_earliest, extent.end_latest),
    }]);
    members.insert(MEMBER.to_owned(), span);
}

/// The same members with the bounds added.
pub(super) fn beside(when: Option<&When>, members: &Extra) -> Extra {
    let mut members = members.clone();
    write(when, &mut members);
    members
}

/// Takes the bounds from the members beside the expression. Time spans of
/// another form than ours stay there, as do those that contradict it.
pub(super) fn read(
    when: When,
    members: &mut Extra,
    (file, place): (&str, &str),
    report: &mut Report,
) -> When {
    let Some(extent) = members.get(MEMBER).and_then(extent) else {
        return when;
    };
    let Some(held) = when.clone().held_to(extent) else {
        report.warning(
            file,
            place,
            format!(
                "its time spans do not lie within its date \"{}\", they were passed over",
                when.edtf()
            ),
            "correct the date, or leave the member timespans out",
        );
        return when;
    };
    if held.held_extent().is_some() {
        members.remove(MEMBER);
    }
    held
}

/// What [`write()`] writes.
fn extent(spans: &Value) -> Option<Extent> {
    let [Value::Object(span)] = spans.as_array()?.as_slice() else {
        return None;
    };
    let bounds = |end: &str| {
        let bounds = span.get(end)?.as_object()?;
        let known = bounds.keys().all(|k| k == "earliest" || k == "latest");
        let bound = |name: &str, open| match bounds.get(name) {
            Some(text) => moment_of(text.as_str()?),
            None => Some(open),
        };
        let found = (bound("earliest", OPEN_PAST)?, bound("latest", OPEN_FUTURE)?);
        known.then_some(found)
    };
    let (start, end) = (bounds("start")?, bounds("end")?);
    (span.len() == 2).then_some(Extent {
        start_earliest: start.0,
        start_latest: start.1,
        end_earliest: end.0,
        end_latest: end.1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_with(edtf: &str, spans: &Value) -> (When, Extra, usize) {
        let mut members = Extra::from_iter([(MEMBER.to_owned(), spans.clone())]);
        let mut report = Report::default();
        let when = When::parse(edtf).unwrap();
        let when = read(when, &mut members, ("file", "e1"), &mut report);
        (when, members, report.problems.len())
    }

    #[test]
    fn spans_of_others_stay_as_they_are() {
        let moment = "2017-01-03T10:00:00.000Z";
        let own = json!({ "earliest": moment, "latest": moment });
        for spans in [
            json!([{ "start": { "in": "2017-01-03" } }]),
            json!([{ "start": { "earliest": "2017-01-03" }, "end": {} }]),
            json!([{ "start": own, "end": own, "label": "ten" }]),
            json!([{ "start": own, "end": own }, { "start": own, "end": own }]),
        ] {
            let (when, members, problems) = read_with("2017-01", &spans);
            assert_eq!(when, When::parse("2017-01").unwrap());
            assert_eq!((members.get(MEMBER), problems), (Some(&spans), 0));
        }
        let ours = json!([{ "start": own, "end": own }]);
        let (when, members, problems) = read_with("2017-01", &ours);
        assert_eq!((members.len(), problems), (0, 0));
        let ms = moment_of(moment).unwrap();
        assert_eq!(when.held_extent(), Some(Extent::at(ms)));
        // A date that was corrected by hand counts, and what it left behind is
        // said.
        let (when, members, problems) = read_with("2018-01", &ours);
        assert_eq!(when, When::parse("2018-01").unwrap());
        assert_eq!((members.len(), problems), (1, 1));
    }
}
