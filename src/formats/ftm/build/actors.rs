//! People and organisations become actors.

use crate::model::{Actor, ActorIx, ActorName, Extra, NameType, Schema};

use super::super::entity::Entity;
use super::{Builder, MISSING, texts};

/// Properties of an actor that are further names.
const NAMES: [(&str, NameType); 4] = [
    ("alias", NameType::Alias),
    ("weakAlias", NameType::Spelling),
    ("previousName", NameType::Alias),
    ("abbreviation", NameType::Alias),
];

impl Builder {
    pub(super) fn actor(&mut self, mut entity: Entity, schema: Schema) {
        let mut names: Vec<(String, NameType)> = Vec::new();
        let given = entity.take("name").into_iter();
        names.extend(given.enumerate().map(|(at, name)| {
            (
                name,
                if at == 0 {
                    NameType::Primary
                } else {
                    NameType::Spelling
                },
            )
        }));
        for (property, kind) in NAMES {
            let others = entity.take(property).into_iter();
            names.extend(others.map(|name| (name, kind)));
        }
        if names.is_empty() {
            let parts = [entity.first(&["firstName"]), entity.first(&["lastName"])];
            let name = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
            let name = if name.is_empty() {
                entity.id.clone()
            } else {
                name
            };
            names.push((name, NameType::Primary));
        }
        let country = ["country", "nationality", "jurisdiction"];
        let country = country.iter().find(|n| !entity.all(n).is_empty());
        let country = country.map_or_else(Vec::new, |n| entity.take(n));
        let id = entity.id.clone();
        let mut actor = Actor::named(self.ours.id(&id), String::new(), schema);
        actor.names = names
            .into_iter()
            .map(|(name, kind)| ActorName {
                name,
                kind,
                lang: None,
                when: None,
                extra: Extra::new(),
            })
            .collect();
        actor.country = country.into_iter().map(|c| c.to_uppercase()).collect();
        actor.summary = texts(
            entity
                .take_first("summary")
                .or_else(|| entity.take_first("description")),
        );
        // Nothing of a source is lost, though no claim of ours is about actors alone.
        actor.extra = entity.rest();
        let actors = &mut self.gather.parts_mut().actors;
        self.actors.insert(id, ActorIx::new(actors.len()));
        actors.push(actor);
    }

    /// The actor of an id, or a stand-in.
    pub(super) fn actor_of(&mut self, id: &str, property: &str, line: u64) -> ActorIx {
        if let Some(known) = self.actors.get(id) {
            return *known;
        }
        self.gather.findings.note(&MISSING, property, line, id);
        let actors = &mut self.gather.parts_mut().actors;
        let mut actor = Actor::named(id.to_owned(), id.to_owned(), Schema::LegalEntity);
        actor.missing = true;
        let ix = ActorIx::new(actors.len());
        actors.push(actor);
        self.actors.insert(id.to_owned(), ix);
        ix
    }
}
