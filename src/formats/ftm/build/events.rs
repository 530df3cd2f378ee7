//! Whatever happened becomes an event.

use std::collections::HashSet;

use geo::Geometry;

use crate::model::{ActorIx, EventDetail, Extra, Localised, Participant, PlaceIx, Precision, Role};

use super::super::entity::Entity;
use super::super::own;
use super::super::schema::role;
use super::{Builder, texts};

impl Builder {
    /// Where an event was: its own position, or that of an address.
    pub(super) fn place_of(
        &mut self,
        entity: &mut Entity,
    ) -> (Option<PlaceIx>, Option<Geometry<f64>>) {
        let own = self.position(entity);
        let alone = entity.first(&["addressEntity"]);
        let alone = alone.and_then(|id| self.positions.remove(id));
        if alone.is_some() {
            entity.take_first("addressEntity");
        }
        let own = own.or(alone);
        let mut place = None;
        for property in ["addressEntity", "locationEntity", "location", "address"] {
            let known = entity
                .first(&[property])
                .and_then(|id| self.places.get(id).copied());
            if let Some(known) = known {
                place = Some(known);
                entity.take_first(property);
                let name = self.gather.place_mut(known).names.get("").to_owned();
                entity.drop_said("location", Some(&name));
                break;
            }
        }
        if place.is_none()
            && let Some(name) = entity
                .take_first("location")
                .or_else(|| entity.take_first("address"))
        {
            let within: Vec<String> = entity
                .first(&["country"])
                .map(str::to_owned)
                .into_iter()
                .collect();
            let within: Vec<&str> = within.iter().map(String::as_str).collect();
            place = Some(self.gather.place(&name, &within));
        }
        let geometry =
            own.or_else(|| place.and_then(|p| self.gather.place_mut(p).geometry.clone()));
        (place, geometry)
    }

    pub(super) fn event(&mut self, mut entity: Entity) {
        let line = entity.line;
        let when = self.when(&mut entity, false);
        let sources = self.sources_of(&mut entity);
        let (place, geometry) = self.place_of(&mut entity);
        let notes = own::notes(&mut entity, &|id| self.actors.get(id).copied());
        let mut participants = notes.participants;
        let mut named_so_far: HashSet<ActorIx> = participants.iter().map(|p| p.actor).collect();
        // Those of whom no more is said than that they took part come last.
        let mut properties: Vec<String> = entity.properties.keys().cloned().collect();
        properties.sort_by_key(|p| role(p) == Some(Role::Other));
        for property in properties {
            let part = role(&property);
            let named = entity
                .all(&property)
                .iter()
                .any(|v| self.actors.contains_key(v));
            if part.is_none() && !named {
                continue;
            }
            for id in entity.take(&property) {
                let actor = self.actor_of(&id, &property, line);
                let role = part.unwrap_or(Role::Other);
                if named_so_far.insert(actor) || role != Role::Other {
                    participants.push(Participant::stated(actor, role));
                }
            }
        }
        let kind = own::kind(&mut entity);
        let title = entity
            .take_first("name")
            .or_else(|| entity.take_first("title"));
        let summary = entity
            .take_first("summary")
            .or_else(|| entity.take_first("description"));
        let (is_ours, id) = own::record_id(&mut entity);
        let schema = entity.schema.clone();
        let mut extra = entity.rest();
        if schema != "Event" {
            extra.insert("schema".to_owned(), schema.into());
        }
        let titles = if title.as_ref() == Some(&id) && is_ours {
            // It had none, and every entity must be called something.
            Localised::default()
        } else {
            texts(title)
        };
        let record = EventDetail {
            titles,
            summary: texts(summary),
            kind,
            side: None,
            when: notes.when.or(when),
            place,
            precision: notes.precision.unwrap_or(Precision::Unknown),
            geometry,
            radius_m: notes.radius_m,
            participants,
            tolls: notes.tolls,
            flags: notes.flags,
            layer: 0,
            feature_extra: Extra::new(),
            extra,
            id,
        };
        self.gather.record(record, &sources, line);
    }
}
