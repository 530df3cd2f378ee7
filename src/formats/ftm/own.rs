//! What we write into entities, see `formats::write::ftm`: ids, kinds among the
//! keywords, and notes such as `killed: 3`, `victim: actor-x` or `when: 2014~`.

use std::collections::{HashMap, HashSet};

use crate::formats::import::record::generic;
use crate::formats::write::entity_id;
use crate::model::time::When;
use crate::model::{ActorIx, Extra, Flag, Kind, Participant, Precision, Role, Toll, TollKind};

use super::entity::Entity;
use super::schema::{Sort, sort};

/// What is known of a file of ours before it is read.
#[derive(Default)]
pub(super) struct Ours {
    /// Addresses that are but the positions of single events.
    pub positions: HashSet<String>,
    /// Ids of actors, places and sources by those of their entities.
    bare: HashMap<String, String>,
}

impl Ours {
    /// Looks through the entities. The kind is taken off the ids of actors,
    /// places and sources, if all of a kind have it: else two could be the same.
    pub fn of(entities: &[Entity]) -> Self {
        let mut ours = Self::default();
        if !entities.iter().any(|e| record_of(e).is_some()) {
            return ours;
        }
        let events = entities.iter().filter(|e| sort(&e.schema) == Sort::Event);
        let records = events.filter_map(record_of);
        ours.positions = records.map(|id| entity_id("address", id)).collect();
        for (prefix, fits) in [
            (
                "actor-",
                (|s| matches!(s, Sort::Actor(_))) as fn(Sort) -> bool,
            ),
            ("place-", |s| s == Sort::Address),
            ("source-", |s| s == Sort::Source),
        ] {
            let of = entities.iter().filter(|e| fits(sort(&e.schema)));
            let of = of.filter(|e| !ours.positions.contains(&e.id));
            let bare = |e: &Entity| {
                let bare = e.id.strip_prefix(prefix).filter(|bare| !bare.is_empty())?;
                Some((e.id.clone(), bare.to_owned()))
            };
            let bare: Option<Vec<_>> = of.map(bare).collect();
            ours.bare.extend(bare.into_iter().flatten());
        }
        ours
    }

    /// The id of what an entity becomes.
    pub fn id(&self, entity: &str) -> String {
        self.bare
            .get(entity)
            .map_or(entity, String::as_str)
            .to_owned()
    }
}

/// The id of the record that we wrote as an entity.
fn record_of(entity: &Entity) -> Option<&str> {
    let id = entity.first(&["recordId"])?;
    let kinds = ["event", "relation"];
    let ours = kinds.iter().any(|kind| entity_id(kind, id) == entity.id);
    ours.then_some(id)
}

/// The id of an event or relation, and whether we wrote it.
pub(super) fn record_id(entity: &mut Entity) -> (bool, String) {
    if record_of(entity).is_some()
        && let Some(id) = entity.take_first("recordId")
    {
        return (true, id);
    }
    (false, entity.id.clone())
}

/// What happened: what is said to be the kind, or the first keyword that is one.
pub(super) fn kind(entity: &mut Entity) -> Kind {
    if let Some(kind) = entity.first(&["kind"]).and_then(Kind::from_id) {
        entity.take_first("kind");
        return kind;
    }
    let Some(keywords) = entity.properties.get_mut("keywords") else {
        return Kind::Other;
    };
    if let Some(at) = keywords.iter().position(|k| Kind::from_id(k).is_some()) {
        return Kind::from_id(&keywords.remove(at)).unwrap_or(Kind::Other);
    }
    // A word says more than the kind that it is taken for, and stays.
    let mut words = keywords.iter().filter(|k| !k.trim().is_empty());
    words
        .find_map(|k| generic::kind_of(k))
        .unwrap_or(Kind::Other)
}

/// What our notes say of an event.
#[derive(Default)]
pub(super) struct Notes {
    pub participants: Vec<Participant>,
    pub tolls: Vec<Toll>,
    pub flags: Vec<Flag>,
    pub precision: Option<Precision>,
    pub radius_m: Option<f64>,
    pub when: Option<When>,
}

/// Takes our notes out; others stay.
pub(super) fn notes(entity: &mut Entity, actor: &dyn Fn(&str) -> Option<ActorIx>) -> Notes {
    let mut notes = Notes::default();
    if let Some(values) = entity.properties.get_mut("notes") {
        values.retain(|text| notes.read(text, actor).is_none());
    }
    notes
}

impl Notes {
    /// Reads a note; `None` if it is none of ours.
    fn read(&mut self, text: &str, actor: &dyn Fn(&str) -> Option<ActorIx>) -> Option<()> {
        let (name, value) = text.split_once(": ")?;
        // Killed, wounded and captured are roles as well as tolls.
        if let (Some(role), Some(actor)) = (Role::from_id(name), actor(value)) {
            self.participants.push(Participant::stated(actor, role));
            return Some(());
        }
        if let Some(what) = TollKind::from_id(name) {
            let [low, best, high] = figures(value)?;
            self.tolls.push(Toll {
                who: None,
                what,
                low,
                best,
                high,
                extra: Extra::new(),
            });
            return Some(());
        }
        match name {
            "precision" => self.precision = Some(Precision::from_id(value)?),
            "radius_m" => {
                let radius = value.parse::<f64>().ok();
                self.radius_m = Some(radius.filter(|r| r.is_finite() && *r >= 0.0)?);
            }
            "warning" => self.flags.push(Flag::from_id(value)?),
            "when" => self.when = Some(When::parse(value).ok()?),
            _ => return None,
        }
        Some(())
    }
}

/// `3`, or the lowest, best and highest figure as `1/3/5`.
fn figures(text: &str) -> Option<[Option<u32>; 3]> {
    if let Ok(best) = text.parse() {
        return Some([None, Some(best), None]);
    }
    let mut parts = text.split('/');
    let mut next = || match parts.next()? {
        "" => Some(None),
        number => number.parse().ok().map(Some),
    };
    let figures = [next()?, next()?, next()?];
    parts.next().is_none().then_some(figures)
}
