//! What a reader hands over to build a dataset from.

use std::collections::BTreeMap;

use crate::model::time::{OPEN_FUTURE, OPEN_PAST};
use crate::model::{
    Actor, Claim, EventDetail, EventRow, Extra, Localised, Place, Relation, Source, Subject,
};

/// One side of the conflict or category of actors, which gets a colour.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SideInfo {
    /// Unique id.
    pub id: String,
    /// Label by language.
    pub label: Localised,
    /// Members that this version does not know.
    pub extra: Extra,
}

/// One of several files that are shown together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layer {
    /// Unique id, as in filters.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// What a dataset says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meta {
    /// Id of the dataset.
    pub id: String,
    /// Title by language.
    pub title: Localised,
    /// Description by language.
    pub description: Localised,
    /// Licence of the data.
    pub licence: Option<String>,
    /// Whom to name.
    pub attribution: Option<String>,
    /// Languages its texts come in.
    pub languages: Vec<String>,
    /// Sides, in colour order.
    pub sides: Vec<SideInfo>,
    /// Files that are shown together, if there are several.
    pub layers: Vec<Layer>,
    /// Default centre of the map, `[lon, lat]` in degrees.
    pub center: Option<[f64; 2]>,
    /// Default zoom of the map.
    pub zoom: Option<f64>,
    /// Default window, EDTF.
    pub window: Option<String>,
    /// Unknown members of the view.
    pub view_extra: Extra,
    /// Foreign members of the event collection.
    pub events_extra: Extra,
    /// Unknown members of the tables, by the name of their list.
    pub tables_extra: BTreeMap<String, Extra>,
    /// Unknown members of the head.
    pub extra: Extra,
}

/// The records of a dataset, before columns and indices.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts {
    /// What the dataset says of itself.
    pub meta: Meta,
    /// The events; see [`Parts::sort_events`].
    pub events: Vec<EventDetail>,
    /// The actors.
    pub actors: Vec<Actor>,
    /// The relations.
    pub relations: Vec<Relation>,
    /// The places.
    pub places: Vec<Place>,
    /// The sources.
    pub sources: Vec<Source>,
    /// The claims.
    pub claims: Vec<Claim>,
}

impl Parts {
    /// Sorts the events by earliest start, then latest end, then id; events
    /// without a date come last. This fixes their rows.
    pub fn sort_events(&mut self) {
        self.events.sort_by(|a, b| {
            let key = |e: &EventDetail| {
                e.when.as_ref().map_or((OPEN_FUTURE, OPEN_PAST), |w| {
                    let x = w.extent();
                    (x.start_earliest, x.end_latest)
                })
            };
            key(a).cmp(&key(b)).then_with(|| a.id.cmp(&b.id))
        });
    }

    /// Follows events into another order: the event that was the `order[n]`-th
    /// is now the `n`-th.
    pub(super) fn reorder_claims(&mut self, order: &[u32]) {
        if !self
            .claims
            .iter()
            .any(|c| matches!(c.subject, Subject::Event(_)))
        {
            return;
        }
        let mut rows = vec![EventRow(0); order.len()];
        for (row, before) in order.iter().enumerate() {
            rows[*before as usize] = EventRow::new(row);
        }
        for claim in &mut self.claims {
            if let Subject::Event(row) = &mut claim.subject {
                *row = rows.get(row.at()).copied().unwrap_or(*row);
            }
        }
    }
}
