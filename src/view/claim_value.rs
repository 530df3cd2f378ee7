//! What a claim says, read as a value of the model.

use serde_json::Value as Json;

use crate::dataset::Dataset;
use crate::model::time::When;
use crate::model::{ActorIx, Claim, Kind, PlaceIx, Precision, RelationKind, Role, State, TollKind};

/// What a claim says of its attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A date.
    When(When),
    /// What happened.
    Kind(Kind),
    /// A place, and how well it is known.
    Place {
        /// Where.
        place: PlaceIx,
        /// How well that is known.
        precision: Option<Precision>,
    },
    /// A position in degrees.
    Position {
        /// Latitude.
        lat: f64,
        /// Longitude.
        lon: f64,
    },
    /// A number of people.
    Toll(TollValue),
    /// A part in an event.
    Part {
        /// Who.
        actor: ActorIx,
        /// In which role.
        role: Role,
    },
    /// A state of an actor.
    State {
        /// Which.
        state: State,
        /// Since when.
        when: Option<When>,
    },
    /// A link between two actors.
    Relation {
        /// How they are related.
        kind: RelationKind,
        /// Read from this actor …
        from: ActorIx,
        /// … to this one.
        to: ActorIx,
        /// When.
        when: Option<When>,
    },
    /// A text, in the words of the file.
    Text(String),
    /// Anything else, member by member.
    Members(Vec<(String, Member)>),
}

/// A number of people, as a claim gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TollValue {
    /// Whom it counts; `None` for all together.
    pub who: Option<ActorIx>,
    /// What it counts.
    pub what: TollKind,
    /// Lowest figure.
    pub low: Option<u32>,
    /// Best figure.
    pub best: Option<u32>,
    /// Highest figure.
    pub high: Option<u32>,
}

/// One member of a value that is no part of the model.
#[derive(Clone, Debug, PartialEq)]
pub enum Member {
    /// An actor.
    Actor(ActorIx),
    /// A place.
    Place(PlaceIx),
    /// A whole number.
    Number(i64),
    /// Anything else, as written.
    Text(String),
}

/// Reads the value of a claim. What is not understood stays a text: nothing
/// that a source says is dropped.
#[must_use]
pub fn value_of(dataset: &Dataset, claim: &Claim) -> Value {
    understood(dataset, claim).unwrap_or_else(|| match &claim.value {
        Json::String(text) => Value::Text(text.clone()),
        Json::Null => Value::Text(String::new()),
        Json::Object(map) => Value::Members(
            map.iter()
                .map(|(key, v)| (key.clone(), member(dataset, v)))
                .collect(),
        ),
        other => Value::Text(other.to_string()),
    })
}

fn understood(dataset: &Dataset, claim: &Claim) -> Option<Value> {
    let v = &claim.value;
    let text = |key: &str| v.get(key).and_then(Json::as_str);
    let when = || text("when").and_then(|w| When::parse(w).ok());
    let actor = |key: &str| text(key).and_then(|id| dataset.actor_by_id(id));
    match claim.attribute.as_str() {
        "when" | "announced" | "published" => v
            .as_str()
            .and_then(|w| When::parse(w).ok())
            .map(Value::When),
        "kind" => v.as_str().and_then(Kind::from_id).map(Value::Kind),
        "where" | "held-at" | "operates-in" if v.get("with").is_none() => {
            if let Some(place) = text("place").and_then(|id| dataset.place_by_id(id)) {
                let precision = text("precision").and_then(Precision::from_id);
                return Some(Value::Place { place, precision });
            }
            let degrees = |key: &str| v.get(key).and_then(Json::as_f64);
            let (lat, lon) = (degrees("lat")?, degrees("lon")?);
            Some(Value::Position { lat, lon })
        }
        "toll" => {
            let number = |key: &str| {
                let n = v.get(key).and_then(Json::as_u64)?;
                u32::try_from(n).ok()
            };
            // Whom it counts must be known, or it would pass for a total.
            if v.get("who").is_some_and(|w| !w.is_null()) && actor("who").is_none() {
                return None;
            }
            Some(Value::Toll(TollValue {
                who: actor("who"),
                what: text("what").and_then(TollKind::from_id)?,
                low: number("low"),
                best: number("best"),
                high: number("high"),
            }))
        }
        "participant" => Some(Value::Part {
            actor: actor("actor")?,
            role: text("role").and_then(Role::from_id)?,
        }),
        "state" => Some(Value::State {
            state: text("state").and_then(State::from_id)?,
            when: when(),
        }),
        "relation" => Some(Value::Relation {
            kind: text("kind").and_then(RelationKind::from_id)?,
            from: actor("from")?,
            to: actor("to")?,
            when: when(),
        }),
        _ => None,
    }
}

fn member(dataset: &Dataset, value: &Json) -> Member {
    match value {
        Json::String(text) => dataset
            .actor_by_id(text)
            .map(Member::Actor)
            .or_else(|| dataset.place_by_id(text).map(Member::Place))
            .unwrap_or_else(|| Member::Text(text.clone())),
        Json::Number(n) => n
            .as_i64()
            .map_or_else(|| Member::Text(n.to_string()), Member::Number),
        other => Member::Text(other.to_string()),
    }
}

/// A whole number with its thousands set apart from five digits on.
#[must_use]
pub fn grouped(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::new();
    for (at, c) in digits.chars().enumerate() {
        let left = digits.len() - at;
        if at > 0 && left.is_multiple_of(3) && digits.len() > 4 {
            // A narrow no-break space: understood in either language.
            out.push('\u{202f}');
        }
        out.push(c);
    }
    if n < 0 { format!("\u{2212}{out}") } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::bundled;

    #[test]
    fn every_bundled_claim_of_the_model_is_understood() {
        let (dataset, _) = bundled().unwrap();
        let model = [
            "when",
            "kind",
            "where",
            "toll",
            "participant",
            "state",
            "relation",
            "published",
        ];
        let mut seen = 0;
        for claim in dataset.claims() {
            if model.contains(&claim.attribute.as_str()) {
                let value = value_of(&dataset, claim);
                assert!(
                    !matches!(value, Value::Text(_) | Value::Members(_)),
                    "{}: {value:?}",
                    claim.id
                );
                seen += 1;
            }
        }
        assert!(seen > 300, "{seen}");
    }

    #[test]
    fn members_name_actors_and_places() {
        let (dataset, _) = bundled().unwrap();
        let held = dataset.claims().iter().find(|c| c.attribute == "held-at");
        let Value::Members(members) = value_of(&dataset, held.unwrap()) else {
            panic!("held-at with a number of people is no plain place");
        };
        let raqqa = dataset.place_by_id("raqqa").unwrap();
        assert!(members.contains(&("place".to_owned(), Member::Place(raqqa))));
        assert!(members.contains(&("with".to_owned(), Member::Number(25))));
    }

    #[test]
    fn thousands_are_set_apart_from_five_digits_on() {
        for (n, text) in [
            (8, "8"),
            (4000, "4000"),
            (70_000, "70\u{202f}000"),
            (5_000_000, "5\u{202f}000\u{202f}000"),
            (-12_345, "\u{2212}12\u{202f}345"),
        ] {
            assert_eq!(grouped(n), text);
        }
    }
}
