//! `FollowTheMoney` entities as JSON lines: documents, actors, relations,
//! addresses and events. Ids are those of the records behind their kind, so
//! that they are the same at every export.
//!
//! Source: FollowTheMoney's schemata `Event`, `Interval`, `Thing`,
//! `LegalEntity`, `Membership`, `Employment`, `Directorship`, `Succession`,
//! `UnknownLink`, `Document` and `Address`.

use std::io::{self, Write};

use geo::{Centroid as _, Geometry};
use serde_json::{Map, Value, json};

use crate::dataset::Dataset;
use crate::formats::ftm::schema::{Sort, sort};
use crate::formats::sha256_hex;
use crate::model::time::{CivilDateTime, FIRST_MOMENT, LAST_MOMENT, Millis, Unit, When, iso};
use crate::model::{
    Actor, Certainty, EventDetail, EventRow, Extra, Localised, NameType, Place, Precision,
    Relation, RelationKind, Role, Schema, Source, SourceKind, State, TollKind, TollSum,
};

use super::{Job, Losses, flat};

/// A relation without dates is read as holding in such a year.
pub(in crate::formats) const UNKNOWN_YEAR: &str = "XXXX";

/// One entity as it is put together.
struct Entity {
    id: String,
    schema: String,
    properties: Map<String, Value>,
}

impl Entity {
    fn new(id: String, schema: &str) -> Self {
        Self {
            id,
            schema: schema.to_owned(),
            properties: Map::new(),
        }
    }

    /// Adds a value of a property, unless it is empty or there already.
    fn add(&mut self, property: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        let values = self.properties.entry(property).or_insert_with(|| json!([]));
        if let Value::Array(values) = values
            && !values.iter().any(|v| v == value)
        {
            values.push(Value::from(value));
        }
    }

    /// Adds the further members of a record that are properties, see
    /// [`is_property`].
    fn add_rest(&mut self, extra: &Extra) {
        for (name, value) in extra
            .iter()
            .filter(|(name, value)| is_property(name, value))
        {
            for value in value.as_array().into_iter().flatten() {
                self.add(name, value.as_str().unwrap_or_default());
            }
        }
    }

    fn add_some(&mut self, property: &str, value: Option<&String>) {
        self.add(property, value.map_or("", String::as_str));
    }

    fn put(self, out: &mut dyn Write) -> io::Result<()> {
        let entity = json!({
            "id": self.id, "schema": self.schema, "properties": self.properties,
        });
        writeln!(out, "{entity}")
    }
}

/// Whether a further member of a record is a property: it was read from an
/// entity (see `formats::ftm`), whose properties are lists of texts.
pub(super) fn is_property(name: &str, value: &Value) -> bool {
    let list = value.as_array().filter(|list| !list.is_empty());
    name.bytes().all(|b| b.is_ascii_alphanumeric())
        && list.is_some_and(|list| list.iter().all(Value::is_string))
}

/// The schema that an event or relation was read with, if it is of that sort.
fn own_schema(extra: &Extra, is: impl Fn(Sort) -> bool) -> Option<&str> {
    let schema = extra.get("schema")?.as_str()?;
    is(sort(schema)).then_some(schema)
}

/// The id of an entity: only letters that every tool takes.
///
/// What is read from entities has their ids without the kind, if all have one
/// (see `formats::ftm`), so that they are the same at the next export.
pub(in crate::formats) fn entity_id(kind: &str, id: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if !id.is_empty() && id.len() <= 120 && id.chars().all(plain) {
        format!("{kind}-{id}")
    } else {
        let mut hash = sha256_hex(id.as_bytes());
        hash.truncate(40);
        format!("{kind}-{hash}")
    }
}

pub(super) fn write(job: &mut Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Job { scope, losses, .. } = job;
    for source in scope.sources() {
        document(source, losses).put(out)?;
    }
    for actor in scope.actors() {
        actor_entity(actor, losses).put(out)?;
    }
    for relation in scope.relations() {
        relation_entity(scope.dataset, relation, losses).put(out)?;
    }
    for place in scope.places() {
        address(place, losses).put(out)?;
    }
    for row in scope.rows() {
        job.ticker.tick()?;
        let event = scope.dataset.event(row);
        losses.event(&event);
        let mut entity = event_entity(scope.dataset, job.lang, row, &event, losses);
        own_address(scope.dataset, job.lang, &event, &mut entity, out)?;
        entity.put(out)?;
    }
    Ok(())
}

fn document(source: &Source, losses: &mut Losses) -> Entity {
    let mut entity = Entity::new(entity_id("source", &source.id), "Document");
    for (_, title) in source.title.iter() {
        entity.add("name", title);
        entity.add("title", title);
    }
    for (_, summary) in source.summary.iter() {
        entity.add("summary", summary);
    }
    entity.add_some("author", source.author.as_ref());
    entity.add_some("publisher", source.publisher.as_ref());
    entity.add_some("language", source.language.as_ref());
    entity.add_some("sourceUrl", source.url.as_ref());
    if let Some(document) = &source.document {
        entity.add("fileName", &document.name);
        entity.add("mimeType", &document.media_type);
    }
    entity.add_rest(&source.extra);
    let published = dates(source.published.as_ref());
    entity.add_some("publishedAt", published.date.or(published.start).as_ref());
    losses.add(
        "source loses kind, licence, reliability or the hash of its document",
        "sources lose kind, licence, reliability or the hash of their document",
        u64::from(
            source.kind != SourceKind::Report
                || source.licence.is_some()
                || source.reliability.is_some()
                || source.document.is_some(),
        ),
    );
    untagged(losses, &[&source.title, &source.summary]);
    entity
}

/// Notes the texts of several languages, which lose what language they are in.
fn untagged(losses: &mut Losses, texts: &[&Localised]) {
    let several = texts.iter().filter(|t| t.iter().count() > 1);
    losses.add(
        "text of several languages loses which is which",
        "texts of several languages lose which is which",
        several.count() as u64,
    );
}

fn actor_entity(actor: &Actor, losses: &mut Losses) -> Entity {
    let mut entity = Entity::new(entity_id("actor", &actor.id), actor.schema.id());
    for name in &actor.names {
        let property = match name.kind {
            NameType::Primary => "name",
            NameType::Alias => "alias",
            NameType::Spelling => "weakAlias",
        };
        entity.add(property, &name.name);
    }
    if actor.names.is_empty() {
        entity.add("name", &actor.id);
    }
    for country in &actor.country {
        entity.add("country", &country.to_lowercase());
    }
    for (_, summary) in actor.summary.iter() {
        entity.add("summary", summary);
    }
    entity.add_rest(&actor.extra);
    untagged(losses, &[&actor.summary]);
    let mut left_out = 0;
    for state in &actor.states {
        let is_person = actor.schema == Schema::Person;
        let property = match (state.state, is_person) {
            (State::Killed, true) => "deathDate",
            (State::Dissolved, false) => "dissolutionDate",
            (State::Founded, false) => "incorporationDate",
            _ => "",
        };
        match dates(Some(&state.when)).date {
            Some(date) if !property.is_empty() => entity.add(property, &date),
            _ => left_out += 1,
        }
    }
    losses.add(
        "state of an actor is left out",
        "states of actors are left out",
        left_out,
    );
    entity
}

fn relation_entity(dataset: &Dataset, relation: &Relation, losses: &mut Losses) -> Entity {
    // Read "from … to": see `RelationKind`.
    let same = |s| matches!(s, Sort::Relation(link) if link.kind == relation.kind);
    let own = own_schema(&relation.extra, same);
    let own = own.and_then(|schema| match sort(schema) {
        Sort::Relation(link) => Some((schema, link.from, link.to)),
        _ => None,
    });
    let (schema, from, to) = own.unwrap_or(match relation.kind {
        RelationKind::Membership => ("Membership", "member", "organization"),
        RelationKind::Leadership => ("Directorship", "director", "organization"),
        RelationKind::Employment => ("Employment", "employee", "employer"),
        RelationKind::Succession => ("Succession", "successor", "predecessor"),
        _ => ("UnknownLink", "subject", "object"),
    });
    let mut entity = Entity::new(entity_id("relation", &relation.id), schema);
    let end = |actor| entity_id("actor", &dataset.actor(actor).id);
    let (source, target) = (end(relation.from), end(relation.to));
    entity.add(from, &source);
    entity.add(to, &target);
    if schema == "UnknownLink" && own.is_none() {
        entity.add("role", relation.kind.id());
    }
    for (_, role) in relation.role.iter() {
        entity.add("role", role);
    }
    entity.add("recordId", &relation.id);
    entity.add_rest(&relation.extra);
    add_dates(&mut entity, Some(&relation.when), losses);
    losses.add(
        "relation loses the doubt about it or its dates",
        "relations lose the doubt about them or their dates",
        u64::from(
            has_doubt(&relation.when)
                || relation.certainty != Certainty::Certain
                || relation.inferred,
        ),
    );
    losses.add(
        "event that ended a relation is not named",
        "events that ended relations are not named",
        u64::from(relation.ended_by.is_some()),
    );
    entity
}

fn address(place: &Place, losses: &mut Losses) -> Entity {
    let mut entity = Entity::new(entity_id("place", &place.id), "Address");
    for (_, name) in place.names.iter() {
        entity.add("name", name);
        entity.add("full", name);
    }
    if let Some(country) = &place.country {
        entity.add("country", &country.to_lowercase());
    }
    entity.add_rest(&place.extra);
    untagged(losses, &[&place.names]);
    add_position(&mut entity, place.geometry.as_ref());
    let more = place.geonames.is_some()
        || place.origin.is_some()
        || place.radius_m.is_some()
        || place.geometry.is_some() && place.precision != Precision::Unknown;
    losses.add(
        "place is left with name, country and middle only",
        "places are left with name, country and middle only",
        u64::from(more),
    );
    entity
}

fn add_position(entity: &mut Entity, geometry: Option<&Geometry<f64>>) {
    if let Some(middle) = geometry.and_then(geo::Centroid::centroid) {
        entity.add("latitude", &middle.y().to_string());
        entity.add("longitude", &middle.x().to_string());
    }
}

fn event_entity(
    dataset: &Dataset,
    lang: &str,
    row: EventRow,
    event: &EventDetail,
    losses: &mut Losses,
) -> Entity {
    let schema = own_schema(&event.extra, |s| s == Sort::Event).unwrap_or("Event");
    let mut entity = Entity::new(entity_id("event", &event.id), schema);
    for (_, title) in event.titles.iter() {
        entity.add("name", title);
    }
    if event.titles.is_empty() {
        // Every event must have a name there.
        entity.add("name", &event.id);
    }
    for (_, summary) in event.summary.iter() {
        entity.add("summary", summary);
    }
    untagged(losses, &[&event.titles, &event.summary]);
    entity.add("keywords", event.kind.id());
    entity.add("recordId", &event.id);
    for participant in &event.participants {
        let id = entity_id("actor", &dataset.actor(participant.actor).id);
        entity.add("involved", &id);
        match participant.role {
            Role::Initiator => entity.add("organizer", &id),
            Role::Other => {}
            // There is no property for these.
            role => entity.add("notes", &format!("{}: {id}", role.id())),
        }
    }
    for source in dataset.sources_of_event(row) {
        let source = dataset.source(*source);
        entity.add("proof", &entity_id("source", &source.id));
        entity.add_some("sourceUrl", source.url.as_ref());
    }
    if let Some(place) = event.place {
        let place = dataset.place(place);
        entity.add("location", place.names.get(lang));
        entity.add("addressEntity", &entity_id("place", &place.id));
    }
    for kind in TollKind::ALL {
        let TollSum { low, best, high } = flat::toll(event, *kind).0;
        let figure = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
        if [low, best, high].iter().any(Option::is_some) {
            let [low, best, high] = [low, best, high].map(figure);
            let text = if low.is_empty() && high.is_empty() {
                best
            } else {
                format!("{low}/{best}/{high}")
            };
            entity.add("notes", &format!("{}: {text}", kind.id()));
        }
    }
    let shape = matches!(&event.geometry, Some(g) if !matches!(g, Geometry::Point(_)));
    if event.geometry.is_some() && !shape && event.precision != Precision::Unknown {
        entity.add("notes", &format!("precision: {}", event.precision.id()));
    }
    if let Some(radius) = event.radius_m {
        entity.add("notes", &format!("radius_m: {radius}"));
    }
    for flag in &event.flags {
        entity.add("notes", &format!("warning: {}", flag.id()));
    }
    if let Some(when) = &event.when
        && is_more(when)
    {
        entity.add("notes", &format!("when: {}", when.edtf()));
    }
    entity.add_rest(&event.extra);
    add_dates(&mut entity, event.when.as_ref(), losses);
    entity
}

/// Whether a time is more than the dates of an event tell: all but a day, month
/// or year without doubt.
fn is_more(when: &When) -> bool {
    dates(Some(when)).date.is_none() || has_doubt(when)
}

/// Whether a time is more than what bounds it.
fn has_doubt(when: &When) -> bool {
    !is_unknown(when) && When::of_extent(when.extent()).as_ref() != Some(when)
}

/// An address of the event's own, where it is not that of its place.
fn own_address(
    dataset: &Dataset,
    lang: &str,
    event: &EventDetail,
    entity: &mut Entity,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Some(geometry) = &event.geometry else {
        return Ok(());
    };
    let place = event.place.map(|p| dataset.place(p));
    if place.and_then(|p| p.geometry.as_ref()) == Some(geometry) || geometry.centroid().is_none() {
        return Ok(());
    }
    let mut address = Entity::new(entity_id("address", &event.id), "Address");
    if let Some(place) = place {
        address.add("full", place.names.get(lang));
    }
    add_position(&mut address, Some(geometry));
    // The one the event is at comes first.
    let others = entity.properties.remove("addressEntity");
    entity.add("addressEntity", &address.id);
    for other in others.iter().filter_map(|o| o.as_array()).flatten() {
        entity.add("addressEntity", other.as_str().unwrap_or_default());
    }
    address.put(out)
}

/// Dates as there are in `FollowTheMoney`: beginnings of an ISO date and time.
#[derive(Default)]
struct Dates {
    date: Option<String>,
    start: Option<String>,
    end: Option<String>,
}

fn dates(when: Option<&When>) -> Dates {
    let writable = |ms: &Millis| {
        let bounded = (FIRST_MOMENT..=LAST_MOMENT).contains(ms);
        bounded && (0..=9999).contains(&CivilDateTime::from_millis(*ms).year)
    };
    let (start, end) = flat::ends(when);
    let (start, end) = (start.filter(writable), end.filter(writable));
    if let (Some(start), Some(end)) = (start, end) {
        let units = [Unit::Second, Unit::Day, Unit::Month, Unit::Year];
        let fits = |u: &Unit| u.floor(start) == start && u.next(start) - 1 == end;
        let unit = units.into_iter().find(fits);
        let unit = unit.or((start == end).then_some(Unit::Second));
        if let Some(unit) = unit {
            return Dates {
                date: Some(iso(start, unit)),
                ..Dates::default()
            };
        }
    }
    // A month or year says as much as is known, and no more.
    let cell = |first: Millis, last: Millis| {
        if !writable(&first) || !writable(&last) {
            return None;
        }
        let of = |u: &Unit| u.floor(first) == first && u.next(first) - 1 == last;
        let unit = [Unit::Day, Unit::Month, Unit::Year].into_iter().find(of)?;
        Some(iso(first, unit))
    };
    let extent = when.map(When::extent);
    let begun = extent.and_then(|e| cell(e.start_earliest, e.start_latest));
    let ended = extent.and_then(|e| cell(e.end_earliest, e.end_latest));
    Dates {
        date: None,
        start: start.map(|start| begun.unwrap_or_else(|| flat::iso_start(start))),
        end: end.map(|end| ended.unwrap_or_else(|| flat::iso_end(end))),
    }
}

/// Whether a time says no more than that there was one: the four digits of its
/// year are not known.
fn is_unknown(when: &When) -> bool {
    When::parse(UNKNOWN_YEAR).is_ok_and(|unknown| unknown.extent() == when.extent())
}

fn add_dates(entity: &mut Entity, when: Option<&When>, losses: &mut Losses) {
    if when.is_some_and(is_unknown) {
        return;
    }
    let found = dates(when);
    let nothing = found.date.is_none() && found.start.is_none() && found.end.is_none();
    entity.add_some("date", found.date.as_ref());
    entity.add_some("startDate", found.start.as_ref());
    entity.add_some("endDate", found.end.as_ref());
    let bounded = flat::ends(when) != (None, None);
    losses.add(
        "date outside the years 0 to 9999 is left out",
        "dates outside the years 0 to 9999 are left out",
        u64::from(nothing && bounded),
    );
}
