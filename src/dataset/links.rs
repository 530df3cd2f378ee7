//! Which records belong together, by index.

use std::collections::HashMap;

use crate::model::{ActorIx, ClaimIx, EventRow, Locator, RelationIx, SourceIx, Subject};

use super::columns::PlainColumns;
use super::{EventTable, Parts};

/// Lists of linked records.
pub(super) struct Links {
    claims_about: HashMap<Subject, Vec<ClaimIx>>,
    claims_of: Vec<Vec<ClaimIx>>,
    events_of_actor: Vec<Vec<EventRow>>,
    events_of_source: Vec<Vec<EventRow>>,
    sources_of_event: Vec<Vec<SourceIx>>,
    relations_of: Vec<Vec<RelationIx>>,
    /// Rows by actor and by source of a table without records; then
    /// `events_of_actor`, `events_of_source` and `sources_of_event` are empty.
    columns: Option<ByColumn>,
}

/// Rows by what stands in their columns.
struct ByColumn {
    actors: RowLists,
    sources: RowLists,
    /// Sources of the rows about which there are written claims besides.
    told: HashMap<EventRow, Vec<SourceIx>>,
}

impl ByColumn {
    fn build(parts: &Parts, plain: &PlainColumns, rows: usize) -> Self {
        let mut told: HashMap<EventRow, Vec<SourceIx>> = HashMap::new();
        for claim in &parts.claims {
            if let Subject::Event(row) = claim.subject {
                let list = told.entry(row);
                let list = list.or_insert_with(|| plain.sources(row).to_vec());
                list.push(claim.source);
            }
        }
        for list in told.values_mut() {
            list.sort_unstable();
            list.dedup();
        }
        let actors = |row| plain.participants(row).map(|(actor, _)| actor.0);
        let of = |row| {
            told.get(&row)
                .map_or_else(|| plain.sources(row), Vec::as_slice)
        };
        let sources = |row| of(row).iter().map(|source| source.0);
        Self {
            actors: RowLists::by_numbers(rows, actors, parts.actors.len()),
            sources: RowLists::by_numbers(rows, sources, parts.sources.len()),
            told,
        }
    }
}

/// Lists of rows, one behind the other.
pub(super) struct RowLists {
    /// Where each list begins, and where the last ends.
    starts: Vec<usize>,
    rows: Vec<EventRow>,
}

impl RowLists {
    /// The rows of each number below `lists`, ascending and each once.
    pub(super) fn by_numbers<I: IntoIterator<Item = u32>>(
        rows: usize,
        numbers: impl Fn(EventRow) -> I,
        lists: usize,
    ) -> Self {
        let visit = |put: &mut dyn FnMut(usize, EventRow)| {
            let mut last = vec![u32::MAX; lists];
            for row in (0..rows).map(EventRow::new) {
                for number in numbers(row) {
                    let number = number as usize;
                    // A number that stands twice in a row counts once.
                    if let Some(last) = last.get_mut(number).filter(|last| **last != row.0) {
                        *last = row.0;
                        put(number, row);
                    }
                }
            }
        };
        let mut starts = vec![0_usize; lists + 1];
        visit(&mut |number, _| starts[number + 1] += 1);
        for at in 0..lists {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut all = vec![EventRow(0); starts[lists]];
        visit(&mut |number, row| {
            all[next[number]] = row;
            next[number] += 1;
        });
        Self { starts, rows: all }
    }

    pub(super) fn of(&self, number: usize) -> &[EventRow] {
        match (self.starts.get(number), self.starts.get(number + 1)) {
            (Some(from), Some(to)) => &self.rows[*from..*to],
            _ => &[],
        }
    }
}

/// A list for each of `things` things, unless there is nothing to be listed:
/// imports have many things and few links that are written down.
fn lists<T: Clone>(things: usize, any: bool) -> Vec<Vec<T>> {
    vec![Vec::new(); if any { things } else { 0 }]
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
            claims_of: lists(parts.sources.len(), !parts.claims.is_empty()),
            events_of_actor: lists(parts.actors.len(), table.plain().is_none()),
            events_of_source: lists(parts.sources.len(), table.plain().is_none()),
            sources_of_event: vec![Vec::new(); parts.events.len()],
            relations_of: lists(parts.actors.len(), !parts.relations.is_empty()),
            columns: table
                .plain()
                .map(|plain| ByColumn::build(parts, plain, table.len())),
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
            if let Subject::Event(row) = claim.subject
                && links.columns.is_none()
            {
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
        self.claims_of.get(source.at()).map_or(&[], Vec::as_slice)
    }

    pub(super) fn events_of_actor(&self, actor: ActorIx) -> &[EventRow] {
        match &self.columns {
            Some(columns) => columns.actors.of(actor.at()),
            None => &self.events_of_actor[actor.at()],
        }
    }

    pub(super) fn events_of_source(&self, source: SourceIx) -> &[EventRow] {
        match &self.columns {
            Some(columns) => columns.sources.of(source.at()),
            None => &self.events_of_source[source.at()],
        }
    }

    pub(super) fn sources_of_event<'a>(
        &'a self,
        table: &'a EventTable,
        row: EventRow,
    ) -> &'a [SourceIx] {
        let told = self.columns.as_ref().and_then(|c| c.told.get(&row));
        match (
            told.or_else(|| self.sources_of_event.get(row.at())),
            table.plain(),
        ) {
            (Some(sources), _) => sources,
            (None, Some(plain)) => plain.sources(row),
            (None, None) => &[],
        }
    }

    pub(super) fn relations_of(&self, actor: ActorIx) -> &[RelationIx] {
        self.relations_of.get(actor.at()).map_or(&[], Vec::as_slice)
    }
}
