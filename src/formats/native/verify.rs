//! What a dataset must hold beyond its schema: every shown value is the value
//! of exactly one shown claim, and references between records make sense.

use std::collections::HashMap;

use serde_json::Value;

use crate::dataset::Dataset;
use crate::formats::Report;
use crate::model::time::When;
use crate::model::{ActorIx, ClaimIx, EventRow, Locator, PlaceIx, Subject, Toll};

use super::{ACTORS_FILE, CLAIMS_FILE, EVENTS_FILE, PLACES_FILE, RELATIONS_FILE};

/// Members of a claim's value that name an actor by its id.
const ACTOR_MEMBERS: [&str; 4] = ["who", "actor", "from", "to"];
/// The member of a claim's value that names a place by its id.
const PLACE_MEMBER: &str = "place";

/// The actors that the value of a claim names.
pub(in crate::formats) fn actors_named<'a>(
    dataset: &'a Dataset,
    value: &'a Value,
) -> impl Iterator<Item = ActorIx> + 'a {
    let ids = ACTOR_MEMBERS.iter().filter_map(|m| value.get(m)?.as_str());
    ids.filter_map(|id| dataset.actor_by_id(id))
}

/// The place that the value of a claim names.
pub(in crate::formats) fn place_named(dataset: &Dataset, value: &Value) -> Option<PlaceIx> {
    dataset.place_by_id(value.get(PLACE_MEMBER)?.as_str()?)
}

/// Checks the whole dataset.
pub fn verify(dataset: &Dataset, report: &mut Report) {
    for row in dataset.rows() {
        event(dataset, row, report);
    }
    if dataset.claims().is_empty() && dataset.sources().iter().any(|s| s.document.is_some()) {
        report.warning(
            CLAIMS_FILE,
            "",
            "there is no claim, so nothing says what the sources are cited for".to_owned(),
            "restore the file, or leave the documents out of sources.json",
        );
    }
    claims(dataset, report);
    references(dataset, report);
}

/// Text by which two values of one attribute are told apart or found equal.
fn key(attribute: &str, value: &Value) -> String {
    let text = |m: &str| {
        value
            .get(m)
            .and_then(Value::as_str)
            .unwrap_or("")
            .to_owned()
    };
    match attribute {
        "toll" => format!("{}|{}", text("what"), text("who")),
        "participant" => format!("{}|{}", text("actor"), text("role")),
        _ => String::new(),
    }
}

fn toll_value(dataset: &Dataset, toll: &Toll) -> (String, [Option<u32>; 3]) {
    let who = toll.who.map_or("", |w| dataset.actor(w).id.as_str());
    (
        format!("{}|{who}", toll.what.id()),
        [toll.low, toll.best, toll.high],
    )
}

/// The shown values of an event each need one shown claim that says the same.
fn event(dataset: &Dataset, row: EventRow, report: &mut Report) {
    let detail = dataset.event(row);
    let mut shown: HashMap<(String, String), Vec<ClaimIx>> = HashMap::new();
    let claims = dataset.claims_about(Subject::Event(row));
    if claims.is_empty() {
        // A dataset without any claims is complete as it is: nothing to hold it to.
        return;
    }
    if claims.iter().any(|ix| dataset.only_tells(*ix)) {
        // A source tells of the event as a whole, whatever is said of it.
        return;
    }
    for &ix in claims.iter() {
        let claim = dataset.claim(ix);
        if claim.shown {
            let slot = (claim.attribute.clone(), key(&claim.attribute, &claim.value));
            shown.entry(slot).or_default().push(ix);
        }
    }
    let mut expect = |attribute: &str, key: String, what: &str, says: &dyn Fn(&Value) -> bool| {
        let found = shown
            .remove(&(attribute.to_owned(), key))
            .unwrap_or_default();
        match found.as_slice() {
            [one] if says(&dataset.claim(*one).value) => {}
            [one] => report.error(
                EVENTS_FILE,
                &detail.id,
                format!(
                    "its {what} is not the value of its shown claim \"{}\"",
                    dataset.claim(*one).id
                ),
                "make the two agree, or show another claim",
            ),
            [] => report.error(
                EVENTS_FILE,
                &detail.id,
                format!("its {what} has no shown claim"),
                "add a claim with \"shown\": true for it",
            ),
            several => report.error(
                EVENTS_FILE,
                &detail.id,
                format!("its {what} has {} shown claims", several.len()),
                "leave \"shown\": true on one of them",
            ),
        }
    };
    if let Some(when) = &detail.when {
        expect("when", String::new(), "date", &|v| {
            v.as_str() == Some(when.edtf())
        });
    }
    if let Some(place) = detail.place {
        let id = &dataset.place(place).id;
        expect("where", String::new(), "place", &|v| {
            v.get("place").and_then(Value::as_str) == Some(id)
        });
    }
    for toll in &detail.tolls {
        let (key, figures) = toll_value(dataset, toll);
        let what = format!("toll \"{}\"", key.trim_end_matches('|'));
        expect("toll", key, &what, &|v| {
            let figure = |m: &str| v.get(m).and_then(Value::as_u64);
            [figure("low"), figure("best"), figure("high")] == figures.map(|f| f.map(u64::from))
        });
    }
    for p in &detail.participants {
        let key = format!("{}|{}", dataset.actor(p.actor).id, p.role.id());
        let what = format!("participant \"{}\"", key.replace('|', ", "));
        expect("participant", key, &what, &|_| true);
    }
}

fn claims(dataset: &Dataset, report: &mut Report) {
    for claim in dataset.claims() {
        let mut error = |what: String, remedy: &str| {
            report.error(CLAIMS_FILE, &claim.id, what, remedy);
        };
        if matches!(claim.attribute.as_str(), "when" | "published")
            && let Some(text) = claim.value.as_str()
            && let Err(e) = When::parse(text)
        {
            error(format!("its date is not EDTF: {e}"), "correct the value");
        }
        if claim.credibility.is_some_and(|c| !(1..=6).contains(&c)) {
            error(
                "its credibility is not 1 to 6".to_owned(),
                "use the Admiralty code: 1 confirmed … 6 cannot be judged",
            );
        }
        for member in ACTOR_MEMBERS {
            if let Some(id) = claim.value.get(member).and_then(Value::as_str)
                && dataset.actor_by_id(id).is_none()
            {
                error(
                    format!("its value names the actor \"{id}\", which is not defined"),
                    "add it to actors.json, or correct the id",
                );
            }
        }
        if let Some(id) = claim.value.get(PLACE_MEMBER).and_then(Value::as_str)
            && dataset.place_by_id(id).is_none()
        {
            error(
                format!("its value names the place \"{id}\", which is not defined"),
                "add it to places.json, or correct the id",
            );
        }
        let document = dataset.source(claim.source).document.as_ref();
        match (&claim.locator, document) {
            (Some(Locator::Position { end, .. }), Some(d))
                if d.chars.is_some_and(|chars| *end > chars) =>
            {
                error(
                    format!("its locator ends at {end}, past the end of \"{}\"", d.name),
                    "correct the locator",
                );
            }
            (Some(Locator::Position { .. }), None) => error(
                "its locator points into a document, but its source has none".to_owned(),
                "give the source a document, or use a FragmentSelector",
            ),
            (None, Some(_)) => error(
                "it has no locator into its source's document".to_owned(),
                "add the position of the passage and its SHA-256",
            ),
            _ => {}
        }
    }
}

fn references(dataset: &Dataset, report: &mut Report) {
    let mut event_id = |file: &str, id: &str, event: Option<&String>| {
        if let Some(e) = event
            && dataset.event_by_id(e).is_none()
        {
            report.error(
                file,
                id,
                format!("it refers to the event \"{e}\", which is not defined"),
                "add it to events.geojson, or correct the id",
            );
        }
    };
    for actor in dataset.actors() {
        for state in &actor.states {
            event_id(ACTORS_FILE, &actor.id, state.event.as_ref());
        }
    }
    for relation in dataset.relations() {
        event_id(RELATIONS_FILE, &relation.id, relation.ended_by.as_ref());
    }
    for place in dataset.places() {
        if let Some(origin) = &place.origin
            && dataset.source_by_id(&origin.source).is_none()
        {
            report.error(
                PLACES_FILE,
                &place.id,
                format!(
                    "its coordinates are from the source \"{}\", which is not defined",
                    origin.source
                ),
                "add it to sources.json, or correct the id",
            );
        }
    }
}
