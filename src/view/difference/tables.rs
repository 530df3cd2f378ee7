//! What has changed beside the events: in the tables of actors, relations,
//! places, sources and claims, and in what the dataset says of itself.

use std::collections::HashMap;

use crate::dataset::Dataset;
use crate::model::{Actor, ActorIx, Claim, EventRow, Relation, SourceIx, Subject};

/// What a dataset holds beside its events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// Title, description, licence, sides, view: what it says of itself.
    Head,
    /// Actors.
    Actors,
    /// Relations.
    Relations,
    /// Places.
    Places,
    /// Sources.
    Sources,
    /// Claims that are written down.
    Claims,
}

impl Table {
    /// The id that keys of texts end in.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Head => "head",
            Self::Actors => "actors",
            Self::Relations => "relations",
            Self::Places => "places",
            Self::Sources => "sources",
            Self::Claims => "claims",
        }
    }
}

/// How many records of a table differ, by id. Of the head, one at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableChange {
    /// Which table.
    pub table: Table,
    /// Records that only the new one has.
    pub added: usize,
    /// Records that only the old one has.
    pub removed: usize,
    /// Records that say something else.
    pub changed: usize,
}

impl TableChange {
    /// How many records in all.
    #[must_use]
    pub fn len(&self) -> usize {
        self.added + self.removed + self.changed
    }

    /// Whether none differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The tables that differ.
pub(super) fn tables(old: &Dataset, new: &Dataset) -> Vec<TableChange> {
    let head = TableChange {
        table: Table::Head,
        added: 0,
        removed: 0,
        changed: usize::from(old.meta() != new.meta()),
    };
    let mut all = vec![
        head,
        compare(
            Table::Actors,
            (old.actors(), new.actors()),
            |a| &a.id,
            |a, b| actor(old, a) == actor(new, b),
        ),
        compare(
            Table::Relations,
            (old.relations(), new.relations()),
            |r| &r.id,
            |a, b| relation(old, a) == relation(new, b),
        ),
        compare(
            Table::Places,
            (old.places(), new.places()),
            |p| &p.id,
            |a, b| a == b,
        ),
        compare(
            Table::Sources,
            (old.sources(), new.sources()),
            |s| &s.id,
            |a, b| a == b,
        ),
        compare(
            Table::Claims,
            (old.claims(), new.claims()),
            |c| &c.id,
            |a, b| claim(old, a) == claim(new, b),
        ),
    ];
    all.retain(|change| !change.is_empty());
    all
}

fn compare<'a, T>(
    table: Table,
    (old, new): (&'a [T], &'a [T]),
    id: fn(&T) -> &String,
    same: impl Fn(&T, &T) -> bool,
) -> TableChange {
    let mut before: HashMap<&'a str, &'a T> = old.iter().map(|t| (id(t).as_str(), t)).collect();
    let mut change = TableChange {
        table,
        added: 0,
        removed: 0,
        changed: 0,
    };
    for record in new {
        match before.remove(id(record).as_str()) {
            Some(known) => change.changed += usize::from(!same(known, record)),
            None => change.added += 1,
        }
    }
    change.removed = before.len();
    change
}

/// A record without the numbers that its dataset gives to others, and the ids
/// of those.
fn actor<'a>(dataset: &'a Dataset, actor: &Actor) -> (Actor, Option<&'a str>) {
    let side = actor
        .side
        .and_then(|s| dataset.meta().sides.get(usize::from(s)));
    let alone = Actor {
        side: None,
        ..actor.clone()
    };
    (alone, side.map(|s| s.id.as_str()))
}

fn relation<'a>(dataset: &'a Dataset, relation: &Relation) -> (Relation, [&'a str; 2]) {
    let ends = [relation.from, relation.to];
    let alone = Relation {
        from: ActorIx(0),
        to: ActorIx(0),
        ..relation.clone()
    };
    (alone, ends.map(|a| dataset.actor(a).id.as_str()))
}

fn claim(dataset: &Dataset, claim: &Claim) -> (Claim, [String; 3]) {
    let (kind, about) = match claim.subject {
        Subject::Event(x) => ("event", dataset.event_id(x).into_owned()),
        Subject::Actor(x) => ("actor", dataset.actor(x).id.clone()),
        Subject::Relation(x) => ("relation", dataset.relation(x).id.clone()),
        Subject::Place(x) => ("place", dataset.place(x).id.clone()),
        Subject::Source(x) => ("source", dataset.source(x).id.clone()),
    };
    let source = dataset.source(claim.source).id.clone();
    let alone = Claim {
        source: SourceIx(0),
        subject: Subject::Event(EventRow(0)),
        ..claim.clone()
    };
    (alone, [kind.to_owned(), about, source])
}
