//! Entities that tie two others become relations.

use crate::formats::Severity;
use crate::formats::import::Wrong;
use crate::formats::write::UNKNOWN_YEAR;
use crate::model::time::When;
use crate::model::{Certainty, Extra, Relation};

use super::super::entity::Entity;
use super::super::own;
use super::super::schema::Link;
use super::{Builder, texts};

/// Bytes that the relations of one entity may take together. Trade-off: far
/// more than any membership says, and a short file cannot fill the memory.
const MOST_BYTES: usize = 16 << 20;

const NO_END: Wrong = Wrong {
    id: "no-end",
    severity: Severity::Error,
    what: "the relation lacks one of its two ends, and was skipped",
    remedy: "name both",
};
const UNDATED: Wrong = Wrong {
    id: "undated-relation",
    severity: Severity::Warning,
    what: "the relation has no date: it is taken to have held in some unknown year (XXXX)",
    remedy: "give it a startDate or endDate where they are known",
};

impl Builder {
    pub(super) fn relation(&mut self, mut entity: Entity, ends: Link) {
        let (from, to) = (entity.take(ends.from), entity.take(ends.to));
        if from.is_empty() || to.is_empty() {
            let property = if from.is_empty() { ends.from } else { ends.to };
            self.gather
                .findings
                .note(&NO_END, property, entity.line, &entity.id);
            self.gather.skip();
            return;
        }
        let line = entity.line;
        let Some(when) = self.when(&mut entity, true).or_else(|| {
            self.gather
                .findings
                .note(&UNDATED, &entity.schema, line, &entity.id);
            When::parse(UNKNOWN_YEAR).ok()
        }) else {
            return;
        };
        let role = ["role", "relationship", "position", "summary"]
            .iter()
            .find_map(|n| entity.take_first(n));
        let (_, id) = own::record_id(&mut entity);
        let schema = entity.schema.clone();
        let mut extra = entity.rest();
        extra.insert("schema".to_owned(), schema.into());
        let said = size_of_all(&id, role.as_deref(), &extra);
        let most = (MOST_BYTES / said).max(1);
        let pairs = self.pairs(&from, &to, most, (ends.to, line));
        for (at, (a, b)) in pairs.into_iter().enumerate() {
            let relation = Relation {
                id: if at == 0 {
                    id.clone()
                } else {
                    format!("{id}-{}", at + 1)
                },
                kind: ends.kind,
                from: self.actor_of(a, ends.from, line),
                to: self.actor_of(b, ends.to, line),
                role: texts(role.clone()),
                when: when.clone(),
                ended_by: None,
                certainty: Certainty::Certain,
                inferred: false,
                extra: extra.clone(),
            };
            self.gather.parts_mut().relations.push(relation);
        }
    }
}

/// Bytes of a relation that says this.
fn size_of_all(id: &str, role: Option<&str>, extra: &Extra) -> usize {
    let rest = serde_json::to_vec(extra).map_or(0, |text| text.len());
    size_of::<Relation>() + id.len() + role.map_or(0, str::len) + rest
}
