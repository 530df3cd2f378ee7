//! Which records belong together, by index.

use std::collections::HashMap;

use crate::model::{ActorIx, ClaimIx, EventRow, Locator, RelationIx, SourceIx, Subject};

use super::{EventTable, Parts};

/// Lists of linked records.
pub(super) struct Links {
    claims_about: HashMap<Subject, Vec<ClaimIx>>,
    claims_of: Vec<Vec<ClaimIx>>,
    events_of_actor: Vec<Vec<EventRow>>,
    events_of_source: Vec<Vec<EventRow>>,
    sources_of_event: Vec<Vec<SourceIx>>,
    relations_of: Vec<Vec<RelationIx>>,
    /// Rows by actor of a table without records; then `events_of_actor` and
    /// `sources_of_event` are empty.
    by_actor: Option<RowLists>,
}

/// Lists of rows, one behind the other.
pub(super) struct RowLists {
    /// Where each list begins, and where the last ends.
    starts: Vec<usize>,
    rows: Vec<EventRow>,
}

impl RowLists {
    /// The rows of each number below `lists`, ascending.
    pub(super) fn by_number(
        rows: usize,
        number: impl Fn(EventRow) -> Option<u32>,
        lists: usize,
    ) -> Self {
        let numbered = || {
            let rows = (0..rows).map(EventRow::new);
            rows.filter_map(|row| Some((row, number(row)? as usize)))
                .filter(|(_, number)| *number < lists)
        };
        let mut starts = vec![0_usize; lists + 1];
        for (_, number) in numbered() {
            starts[number + 1] += 1;
        }
        for at in 0..lists {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut rows = vec![EventRow(0); starts[lists]];
        for (row, number) in numbered() {
            rows[next[number]] = row;
            next[number] += 1;
        }
        Self { starts, rows }
    }

    pub(super) fn of(&self, number: usize) -> &[EventRow] {
        match (self.starts.get(number), self.starts.get(number + 1)) {
            (Some(from), Some(to)) => &self.rows[*from..*to],
            _ => &[],
        }
    }
}

fn put<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if list.last() != Some(&item) {
        list.push(item);
    }
}

impl Links {
    pub(super) fn build(parts: &Parts, table: &EventTable) -> Self {
        let mut links = Self {
            claims_about: HashMap::new(),
            claims_of: vec![Vec::new(); parts.sources.len()],
            events_of_actor: vec![Vec::new(); parts.actors.len()],
            events_of_source: vec![Vec::new(); parts.sources.len()],
            sources_of_event: vec![Vec::new(); parts.events.len()],
            relations_of: vec![Vec::new(); parts.actors.len()],
            by_actor: table.plain().map(|plain| {
                let actor = |row| plain.actor(row).map(|a| a.0);
                RowLists::by_number(table.len(), actor, parts.actors.len())
            }),
        };
        for (at, event) in parts.events.iter().enumerate() {
            for p in &event.participants {
                put(&mut links.events_of_actor[p.actor.at()], EventRow::new(at));
            }
        }
        for (at, claim) in parts.claims.iter().enumerate() {
            let ix = ClaimIx::new(at);
            links
                .claims_about
                .entry(claim.subject)
                .or_default()
                .push(ix);
            links.claims_of[claim.source.at()].push(ix);
            if let Subject::Event(row) = claim.subject {
                links.events_of_source[claim.source.at()].push(row);
                if let Some(sources) = links.sources_of_event.get_mut(row.at()) {
                    sources.push(claim.source);
                }
            }
        }
        for list in &mut links.events_of_source {
            list.sort_unstable();
            list.dedup();
        }
        for list in &mut links.sources_of_event {
            list.sort_unstable();
            list.dedup();
        }
        let start = |ix: &ClaimIx| match &parts.claims[ix.at()].locator {
            Some(Locator::Position { start, .. }) => *start,
            _ => u64::MAX,
        };
        for list in &mut links.claims_of {
            list.sort_by_key(start);
        }
        for (at, relation) in parts.relations.iter().enumerate() {
            let ix = RelationIx::new(at);
            put(&mut links.relations_of[relation.from.at()], ix);
            put(&mut links.relations_of[relation.to.at()], ix);
        }
        links
    }

    pub(super) fn claims_about(&self, subject: Subject) -> &[ClaimIx] {
        self.claims_about.get(&subject).map_or(&[], Vec::as_slice)
    }

    pub(super) fn claims_of(&self, source: SourceIx) -> &[ClaimIx] {
        &self.claims_of[source.at()]
    }

    pub(super) fn events_of_actor(&self, actor: ActorIx) -> &[EventRow] {
        match &self.by_actor {
            Some(lists) => lists.of(actor.at()),
            None => &self.events_of_actor[actor.at()],
        }
    }

    pub(super) fn events_of_source(&self, source: SourceIx) -> &[EventRow] {
        &self.events_of_source[source.at()]
    }

    pub(super) fn sources_of_event(&self, row: EventRow) -> &[SourceIx] {
        self.sources_of_event
            .get(row.at())
            .map_or(&[], Vec::as_slice)
    }

    pub(super) fn relations_of(&self, actor: ActorIx) -> &[RelationIx] {
        &self.relations_of[actor.at()]
    }
}
