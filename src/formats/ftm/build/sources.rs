//! Documents become sources.

use std::collections::HashSet;

use crate::formats::import::DraftSource;
use crate::model::time::When;
use crate::model::{Localised, Source, SourceIx, SourceKind};

use super::super::entity::Entity;
use super::{Builder, MISSING, texts};

impl Builder {
    pub(super) fn document(&mut self, mut entity: Entity) {
        let title = ["title", "name", "fileName", "subject"]
            .iter()
            .find_map(|n| entity.take_first(n));
        entity.drop_said("name", title.as_deref());
        let published = ["publishedAt", "date", "authoredAt"]
            .iter()
            .find_map(|n| When::parse(entity.first(&[n])?).ok().map(|w| (*n, w)));
        if let Some((name, _)) = &published {
            entity.take_first(name);
        }
        let id = self.ours.id(&entity.id);
        let sources = &mut self.gather.parts_mut().sources;
        let source = SourceIx::new(sources.len());
        self.sources.insert(entity.id.clone(), source);
        sources.push(Source {
            kind: SourceKind::Report,
            title: Localised::new("und", title.as_deref().unwrap_or(&id)),
            author: entity.take_first("author"),
            publisher: entity.take_first("publisher"),
            language: entity.take_first("language"),
            published: published.map(|(_, when)| when),
            published_inferred: false,
            url: entity
                .take_first("sourceUrl")
                .or_else(|| entity.take_first("publisherUrl")),
            licence: None,
            reliability: None,
            summary: texts(
                entity
                    .take_first("summary")
                    .or_else(|| entity.take_first("description")),
            ),
            document: None,
            missing: false,
            extra: entity.rest(),
            id,
        });
    }

    pub(super) fn documentation(&mut self, entity: &Entity) {
        let (documents, told_of) = (entity.all("document"), entity.all("entity"));
        let line = ("entity", entity.line);
        for (document, about) in self.pairs(documents, told_of, usize::MAX, line) {
            let documents = self.told.entry(about.to_owned()).or_default();
            documents.push(document.to_owned());
        }
    }

    /// The sources of an event: documents that are tied to it, its proofs, and
    /// what its own properties name.
    pub(super) fn sources_of(&mut self, entity: &mut Entity) -> Vec<SourceIx> {
        let mut ids = entity.take("proof");
        ids.extend(self.told.remove(&entity.id).unwrap_or_default());
        let mut sources = Vec::new();
        for id in ids {
            let source = if let Some(known) = self.sources.get(&id) {
                *known
            } else {
                self.gather
                    .findings
                    .note(&MISSING, "proof", entity.line, &id);
                let source = self.gather.source(&DraftSource {
                    title: id.as_str().into(),
                    ..DraftSource::default()
                });
                self.gather.source_mut(source).missing = true;
                source
            };
            sources.push(source);
        }
        let publisher = entity.take_first("publisher").unwrap_or_default();
        let mut urls = entity.take("sourceUrl");
        // The address of a proof is no source of its own.
        let known = &self.gather.parts_mut().sources;
        let proofs: HashSet<&str> = sources
            .iter()
            .filter_map(|s| known[s.at()].url.as_deref())
            .collect();
        urls.retain(|url| !proofs.contains(url.as_str()));
        if urls.is_empty() && !publisher.is_empty() {
            urls.extend(entity.take_first("publisherUrl").or(Some(String::new())));
        }
        for url in urls {
            sources.push(self.gather.source(&DraftSource {
                title: "".into(),
                publisher: publisher.as_str().into(),
                published: "".into(),
                url: url.into(),
            }));
        }
        sources.sort_unstable();
        sources.dedup();
        sources
    }
}
