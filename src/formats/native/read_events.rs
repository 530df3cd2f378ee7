//! `events.geojson`.

use serde::Deserialize as _;
use serde_json::Value;

use crate::formats::{OpenError, Report};
use crate::model::{
    EventDetail, Extra, Flag, Kind, Localised, Participant, Precision, Role, Toll, TollKind,
    figures_in_order,
};

use super::read_tables::{KEPT, certainty, code, side, when};
use super::resolve::Names;
use super::{EVENTS_FILE, attributes, foreign, geometry, timespans, v1};

/// Members of a feature that are read.
const FEATURE_MEMBERS: [&str; 4] = ["type", "id", "geometry", "properties"];

impl Names {
    /// Reads the features of `events.geojson`.
    ///
    /// # Errors
    /// When the file is no `FeatureCollection`.
    pub fn read_events(
        &mut self,
        file: &Value,
        label: &str,
        report: &mut Report,
    ) -> Result<(), OpenError> {
        let features = file
            .get("features")
            .and_then(Value::as_array)
            .filter(|_| file.get("type").and_then(Value::as_str) == Some("FeatureCollection"))
            .ok_or_else(|| {
                OpenError::new(
                    label,
                    "it is no GeoJSON FeatureCollection",
                    "write the events as a FeatureCollection with a list of features",
                )
            })?;
        self.parts.meta.events_extra = foreign(file, &["type", "features"]);
        let mut seen = std::collections::HashSet::new();
        for (at, feature) in features.iter().enumerate() {
            let id = match feature.get("id") {
                Some(Value::String(s)) if !s.is_empty() => s.clone(),
                Some(Value::Number(n)) => n.to_string(),
                _ => {
                    report.error(
                        EVENTS_FILE,
                        format!("features[{at}]"),
                        "the event has no id, it was skipped".to_owned(),
                        "give it an id of its own",
                    );
                    continue;
                }
            };
            if !seen.insert(id.clone()) {
                report.error(
                    EVENTS_FILE,
                    &id,
                    "the id stands twice, this event was skipped".to_owned(),
                    "give each event an id of its own",
                );
                continue;
            }
            let properties = feature.get("properties").unwrap_or(&Value::Null);
            match v1::EventProperties::deserialize(properties) {
                Ok(p) => {
                    let shape = feature.get("geometry").unwrap_or(&Value::Null);
                    // As it is written of an event that an import left without one.
                    let untitled = properties.get("title").and_then(Value::as_str) == Some("");
                    let mut event = self.event(id, p, shape, untitled, report);
                    event.feature_extra = foreign(feature, &FEATURE_MEMBERS);
                    self.parts.events.push(event);
                }
                Err(e) => report.error(
                    EVENTS_FILE,
                    &id,
                    format!("the event is not as the schema asks ({e}), it was skipped"),
                    "correct that member of its properties",
                ),
            }
        }
        Ok(())
    }

    fn event(
        &mut self,
        id: String,
        p: v1::EventProperties,
        shape: &Value,
        untitled: bool,
        report: &mut Report,
    ) -> EventDetail {
        let at = (EVENTS_FILE, id.as_str());
        let geometry = geometry::parse(shape).unwrap_or_else(|e| {
            report.error(
                at.0,
                at.1,
                e,
                "correct the geometry; the event is kept without it",
            );
            None
        });
        let participants = self.participants(p.participants, at, report);
        let tolls = p
            .tolls
            .into_iter()
            .filter_map(|t| self.toll(t, at, report))
            .collect();
        let flags = p.flags.iter().filter_map(|f| flag(f, at, report)).collect();
        let sides = self.parts.meta.sides.clone();
        let titles = match (p.titles.is_empty(), p.title.is_empty()) {
            (true, false) => Localised::new("en", &p.title),
            _ => Localised::from_map(p.titles),
        };
        if titles.is_empty() && !untitled {
            report.warning(
                at.0,
                at.1,
                "the event has no title".to_owned(),
                "give it one; until then its id is shown",
            );
        }
        let (when, members) = match p.when {
            Some(w) => {
                let mut members = w.extra;
                let when = when(&w.edtf, at, KEPT, report);
                let held = when.map(|w| timespans::read(w, &mut members, at, report));
                (held, Some(members))
            }
            None => (None, None),
        };
        let mut extra = p.extra;
        let layer = self.layer(&mut extra, at, report);
        let extra = attributes::unpack(extra, members.as_ref());
        EventDetail {
            titles: if titles.is_empty() && !untitled {
                Localised::new("en", &id)
            } else {
                titles
            },
            summary: Localised::from_map(p.summary),
            kind: code(
                &p.kind,
                Kind::from_id,
                Kind::Other,
                (at.0, at.1, "kind"),
                report,
            ),
            side: p.side.and_then(|s| side(&s, &sides, at, report)),
            when,
            geometry,
            place: p.place.map(|x| self.place(&x, at, report)),
            precision: code(
                &p.precision,
                Precision::from_id,
                Precision::Unknown,
                (at.0, at.1, "precision"),
                report,
            ),
            radius_m: p.radius_m,
            participants,
            tolls,
            flags,
            layer,
            feature_extra: Extra::new(),
            extra,
            id,
        }
    }

    /// The layer that an event is of, where there are layers.
    fn layer(&self, extra: &mut Extra, at: (&str, &str), report: &mut Report) -> u8 {
        let layers = &self.parts.meta.layers;
        let found = attributes::take_layer(extra, layers);
        if found.is_none() && !layers.is_empty() {
            report.error(
                at.0,
                at.1,
                format!(
                    "it is of no layer of dataset.json, and was taken into \"{}\"",
                    layers[0].name
                ),
                "write the id of one as \"layer\"",
            );
        }
        found.unwrap_or(0)
    }

    fn participants(
        &mut self,
        list: Vec<v1::Participant>,
        at: (&str, &str),
        report: &mut Report,
    ) -> Vec<Participant> {
        list.into_iter()
            .map(|x| Participant {
                actor: self.actor(&x.actor, at, report),
                role: code(
                    &x.role,
                    Role::from_id,
                    Role::Other,
                    (at.0, at.1, "role"),
                    report,
                ),
                certainty: certainty(x.certainty.as_deref(), at, report),
                inferred: x.inferred.unwrap_or(false),
                extra: x.extra,
            })
            .collect()
    }

    fn toll(&mut self, t: v1::Toll, at: (&str, &str), report: &mut Report) -> Option<Toll> {
        let Some(what) = TollKind::from_id(&t.what) else {
            report.error(
                at.0,
                at.1,
                format!("toll \"{}\" is not known, it was skipped", t.what),
                "use killed, wounded, captured, surrendered, displaced or joined",
            );
            return None;
        };
        // What the source says stands, even where it contradicts itself.
        if !figures_in_order(t.low, t.best, t.high) {
            report.warning(
                at.0,
                at.1,
                format!("the toll of {} is not low ≤ best ≤ high", t.what),
                "check the figures; they are kept as they stand",
            );
        }
        Some(Toll {
            who: t.who.map(|w| self.actor(&w, at, report)),
            what,
            low: t.low,
            best: t.best,
            high: t.high,
            extra: t.extra,
        })
    }
}

fn flag(id: &str, at: (&str, &str), report: &mut Report) -> Option<Flag> {
    let flag = Flag::from_id(id);
    if flag.is_none() {
        report.error(
            at.0,
            at.1,
            format!("flag \"{id}\" is not known"),
            "use inferred-date, inferred-place or contested",
        );
    }
    flag
}
