//! What a format cannot hold: one line a thing, with how many there were.
//!
//! There is one list of everything that can be lost, and each target says what
//! of it it holds: a thing that nobody thought of for a new target is a line too
//! many, and not one too few.

use geo::Geometry;
use serde_json::Value;

use crate::dataset::Meta;
use crate::model::{
    Actor, Certainty, EventDetail, Extra, Localised, Place, Precision, Role, Schema, Source,
    SourceKind, TollKind,
};

use super::{Scope, Target, flat, ftm};

/// Declares what can be lost, with its line for one and for several.
macro_rules! losses {
    ($($name:ident = $one:literal, $many:literal;)*) => {
        /// What can be lost.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        enum Loss { $($name),* }

        impl Loss {
            const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The line for one and for several.
            fn words(self) -> (&'static str, &'static str) {
                match self { $(Self::$name => ($one, $many)),* }
            }
        }
    };
}

losses! {
    Meta = "description of the dataset is left out",
        "descriptions of the dataset are left out";
    Claims = "claim is left out",
        "claims are left out";
    Relations = "relation is left out",
        "relations are left out";
    EventTexts = "title or summary in another language is left out",
        "titles and summaries in other languages are left out";
    ActorNames = "further name of an actor is left out",
        "further names of actors are left out";
    ActorTexts = "summary of an actor in another language is left out",
        "summaries of actors in other languages are left out";
    PlaceNames = "name of a place in another language is left out",
        "names of places in other languages are left out";
    SourceTexts = "title or summary of a source in another language is left out",
        "titles and summaries of sources in other languages are left out";
    Actors = "actor is left with a name only",
        "actors are left with a name only";
    States = "state of an actor is left out",
        "states of actors are left out";
    Places = "place is left with a name only",
        "places are left with a name only";
    Sources = "source is left with title and address only",
        "sources are left with title and address only";
    Side = "side of an event is left out",
        "sides of events are left out";
    Shape = "shape is written as its middle",
        "shapes are written as their middle";
    Precision = "precision of a position is left out",
        "precisions of positions are left out";
    Radius = "radius of a position is left out",
        "radii of positions are left out";
    Roles = "role of a participant is left out",
        "roles of participants are left out";
    Certainty = "participant loses how certain it is",
        "participants lose how certain they are";
    Whose = "toll loses whom it counts",
        "tolls lose whom they count";
    Range = "toll loses its lowest and highest figure",
        "tolls lose their lowest and highest figures";
    Summed = "event has its tolls added up",
        "events have their tolls added up";
    Flags = "warning of an event is left out",
        "warnings of events are left out";
    Sets = "event with several times spans them all",
        "events with several times span them all";
    Doubt = "date loses its doubt",
        "dates lose their doubt";
    Bounds = "date is left to what its expression says, without its exact bounds",
        "dates are left to what their expressions say, without their exact bounds";
    Attributes = "attribute is left out",
        "attributes are left out";
    Typed = "attribute that is no text is written as one",
        "attributes that are no texts are written as such";
    Members = "member that is not of our schema is left out",
        "members that are not of our schema are left out";
}

/// What an event in texts holds; the last only where values may be JSON.
const FLAT: &[Loss] = &[
    Loss::Side,
    Loss::Shape,
    Loss::Precision,
    Loss::Radius,
    Loss::Roles,
    Loss::Range,
    Loss::Summed,
    Loss::Flags,
    Loss::Sets,
    Loss::Doubt,
    Loss::Attributes,
    Loss::Typed,
];

/// What a target holds.
fn held(target: Target) -> &'static [Loss] {
    match target {
        Target::GeoJson | Target::GeoParquet | Target::Folder | Target::Zip => Loss::ALL,
        Target::Csv | Target::Kml => FLAT.split_at(FLAT.len() - 1).0,
        Target::Timemap => FLAT,
        // What entities do not hold of actors, places, sources and relations is
        // counted where they are written.
        Target::Ftm => &[
            Loss::Relations,
            Loss::EventTexts,
            Loss::ActorNames,
            Loss::ActorTexts,
            Loss::PlaceNames,
            Loss::SourceTexts,
            Loss::Actors,
            Loss::States,
            Loss::Places,
            Loss::Sources,
            Loss::Precision,
            Loss::Radius,
            Loss::Roles,
            Loss::Flags,
            Loss::Sets,
            Loss::Doubt,
            Loss::Typed,
        ],
    }
}

/// The losses of one file.
pub(super) struct Losses {
    target: Target,
    lines: Vec<(&'static str, &'static str, u64)>,
}

impl Losses {
    /// Begins with what is known before anything is written.
    pub fn new(target: Target, scope: &Scope<'_>) -> Self {
        let mut losses = Self {
            target,
            lines: Vec::new(),
        };
        losses.add(
            "reference of an actor or relation to an event outside the set is left out",
            "references of actors and relations to events outside the set are left out",
            count(scope.dropped_references()),
        );
        losses.lose(Loss::Meta, u64::from(says_more(scope.dataset.meta())));
        losses.lose(Loss::Claims, count(scope.claims().count()));
        losses.lose(Loss::Relations, count(scope.relations().count()));
        for relation in scope.relations() {
            losses.lose(Loss::Members, losses.left_out(&relation.extra));
        }
        for actor in scope.actors() {
            losses.actor(actor);
        }
        for place in scope.places() {
            losses.place(place);
        }
        for source in scope.sources() {
            losses.source(source);
        }
        losses
    }

    fn actor(&mut self, actor: &Actor) {
        self.lose(Loss::ActorNames, count(actor.names.len().saturating_sub(1)));
        self.lose(Loss::ActorTexts, further(&actor.summary));
        self.lose(Loss::States, count(actor.states.len()));
        let more = actor.schema != Schema::LegalEntity
            || actor.side.is_some()
            || !actor.summary.is_empty()
            || !actor.country.is_empty();
        self.lose(Loss::Actors, u64::from(more));
        self.lose(Loss::Members, self.left_out(&actor.extra));
    }

    fn place(&mut self, place: &Place) {
        self.lose(Loss::PlaceNames, further(&place.names));
        let more = place.geonames.is_some()
            || place.country.is_some()
            || place.origin.is_some()
            || place.radius_m.is_some();
        self.lose(Loss::Places, u64::from(more || place.geometry.is_some()));
        self.lose(Loss::Members, self.left_out(&place.extra));
    }

    fn source(&mut self, source: &Source) {
        let texts = further(&source.title) + further(&source.summary);
        self.lose(Loss::SourceTexts, texts);
        let told = [
            &source.author,
            &source.publisher,
            &source.language,
            &source.licence,
        ];
        let more = told.iter().any(|t| t.is_some())
            || source.kind != SourceKind::Report
            || source.published.is_some()
            || source.reliability.is_some()
            || source.document.is_some()
            || !source.summary.is_empty();
        self.lose(Loss::Sources, u64::from(more));
        self.lose(Loss::Members, self.left_out(&source.extra));
    }

    /// Notes what is lost of an event.
    pub fn event(&mut self, event: &EventDetail) {
        if held(self.target) == Loss::ALL {
            return;
        }
        let texts = further(&event.titles) + further(&event.summary);
        self.lose(Loss::EventTexts, texts);
        self.lose(Loss::Side, u64::from(event.side.is_some()));
        let shape = matches!(&event.geometry, Some(g) if !matches!(g, Geometry::Point(_)));
        self.lose(Loss::Shape, u64::from(shape));
        let known = event.precision != Precision::Unknown;
        self.lose(Loss::Precision, u64::from(known));
        self.lose(Loss::Radius, u64::from(event.radius_m.is_some()));
        for part in &event.participants {
            // A part that is no more than one can be told everywhere.
            let told = matches!(part.role, Role::Initiator | Role::Other);
            self.lose(Loss::Roles, u64::from(!told));
            let vague = part.certainty != Certainty::Certain || part.inferred;
            self.lose(Loss::Certainty, u64::from(vague));
            self.lose(Loss::Members, count(part.extra.len()));
        }
        for toll in &event.tolls {
            let among = |who| event.participants.iter().any(|p| p.actor == who);
            let listed = held(self.target).contains(&Loss::Summed);
            let lost = toll.who.is_some_and(|who| !listed || !among(who));
            // Those who take no part have no name in a list of tolls.
            let (one, many) = Loss::Whose.words();
            self.add(one, many, u64::from(lost));
            let best = toll.best.or(toll.low).or(toll.high);
            let ranged = [toll.low, toll.high]
                .iter()
                .any(|f| f.is_some() && *f != best);
            self.lose(Loss::Range, u64::from(ranged));
            self.lose(Loss::Members, count(toll.extra.len()));
        }
        let summed = TollKind::ALL.iter().any(|what| flat::toll(event, *what).1);
        self.lose(Loss::Summed, u64::from(summed));
        self.lose(Loss::Flags, count(event.flags.len()));
        if let Some(when) = &event.when {
            self.lose(Loss::Sets, u64::from(when.members().len() > 1));
            let doubt = when.is_uncertain() || when.is_approximate();
            self.lose(Loss::Doubt, u64::from(doubt));
            self.lose(Loss::Bounds, u64::from(when.held_extent().is_some()));
        }
        self.lose(Loss::Attributes, self.left_out(&event.extra));
        let typed = event.extra.values().filter(|v| !v.is_string());
        self.lose(Loss::Typed, count(typed.count()));
        self.lose(Loss::Members, count(event.feature_extra.len()));
    }

    /// Members of a record that the target does not hold, where it does not
    /// hold them all.
    fn left_out(&self, extra: &Extra) -> u64 {
        let held = |name: &str, value: &Value| {
            self.target == Target::Ftm && (name == "schema" || ftm::is_property(name, value))
        };
        count(extra.iter().filter(|(n, v)| !held(n, v)).count())
    }

    /// Notes so much more of one thing, unless the target holds it.
    fn lose(&mut self, loss: Loss, how_many: u64) {
        if !held(self.target).contains(&loss) {
            let (one, many) = loss.words();
            self.add(one, many, how_many);
        }
    }

    /// Notes that so much more of one thing is lost.
    pub fn add(&mut self, one: &'static str, many: &'static str, how_many: u64) {
        if how_many == 0 {
            return;
        }
        match self.lines.iter_mut().find(|(known, ..)| *known == one) {
            Some((.., n)) => *n += how_many,
            None => self.lines.push((one, many, how_many)),
        }
    }

    /// One line a thing.
    pub fn lines(&self) -> Vec<String> {
        let line = |(one, many, n): &(&str, &str, u64)| {
            let what = if *n == 1 { one } else { many };
            format!("{}: {n} {what}", self.target.name())
        };
        self.lines.iter().map(line).collect()
    }
}

fn count(n: usize) -> u64 {
    n as u64
}

/// Languages beyond the first.
fn further(text: &Localised) -> u64 {
    count(text.iter().count().saturating_sub(1))
}

/// Whether a dataset says more of itself than what it is called.
fn says_more(meta: &Meta) -> bool {
    !meta.description.is_empty()
        || [&meta.extra, &meta.events_extra]
            .iter()
            .any(|e| !e.is_empty())
        || !meta.tables_extra.is_empty()
}
