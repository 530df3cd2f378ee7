//! Actors, their names and states over time, and the relations among them.

use super::time::When;
use super::{ActorIx, Certainty, Extra, Localised, coded};

coded!(
    /// What an actor is, by `FollowTheMoney` schema.
    Schema {
        /// A natural person.
        Person = "Person",
        /// A group, armed or not.
        Organization = "Organization",
        /// A state or a body of one.
        PublicBody = "PublicBody",
        /// A company.
        Company = "Company",
        /// Any legal entity whose nature is not known.
        LegalEntity = "LegalEntity",
    }
);

coded!(
    /// What a name is to its bearer.
    NameType {
        /// The name we call the actor by.
        Primary = "primary",
        /// Another name: a nom de guerre, an acronym, an earlier name.
        Alias = "alias",
        /// Another spelling of a name.
        Spelling = "spelling",
    }
);

/// One name of an actor.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorName {
    /// The name as written.
    pub name: String,
    /// Primary, alias or spelling.
    pub kind: NameType,
    /// BCP 47 tag of its language, if it has one.
    pub lang: Option<String>,
    /// When the name was in use, if limited.
    pub when: Option<When>,
    /// Members of the record that this version does not know.
    pub extra: Extra,
}

coded!(
    /// A state an actor can be in.
    State {
        /// Killed.
        Killed = "killed",
        /// Captured.
        Captured = "captured",
        /// "Neutralised": the source's own word; killed or captured.
        Neutralised = "neutralised",
        /// Wounded.
        Wounded = "wounded",
        /// Dissolved, of organisations.
        Dissolved = "dissolved",
        /// Wanted by somebody.
        Wanted = "wanted",
        /// Known to be at large.
        AtLarge = "at-large",
        /// Founded, of organisations and operations.
        Founded = "founded",
    }
);

impl State {
    /// Whether the actor no longer acts once this state has begun.
    #[must_use]
    pub fn ends_actor(self) -> bool {
        matches!(self, Self::Killed | Self::Neutralised | Self::Dissolved)
    }
}

/// A dated state of an actor.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorState {
    /// Which state.
    pub state: State,
    /// When it began (or held, for an interval).
    pub when: When,
    /// Id of the event that brought it about.
    pub event: Option<String>,
    /// How sure it is.
    pub certainty: Certainty,
    /// Not stated by the source.
    pub inferred: bool,
    /// Members of the record that this version does not know.
    pub extra: Extra,
}

/// A person, group, armed force, state or organisation.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// Unique id.
    pub id: String,
    /// What it is.
    pub schema: Schema,
    /// All its names, the primary one among them.
    pub names: Vec<ActorName>,
    /// Position in the dataset's list of sides.
    pub side: Option<u8>,
    /// Our own words about it.
    pub summary: Localised,
    /// Countries as ISO 3166-1 alpha-2 codes.
    pub country: Vec<String>,
    /// What became of it.
    pub states: Vec<ActorState>,
    /// Referred to but not defined: stands in so that nothing is dropped.
    pub missing: bool,
    /// Members of the record that this version does not know.
    pub extra: Extra,
}

impl Actor {
    /// An actor of whom nothing but a name is known.
    #[must_use]
    pub fn named(id: String, name: String, schema: Schema) -> Self {
        Self {
            id,
            schema,
            names: vec![ActorName {
                name,
                kind: NameType::Primary,
                lang: None,
                when: None,
                extra: Extra::new(),
            }],
            side: None,
            summary: Localised::default(),
            country: Vec::new(),
            states: Vec::new(),
            missing: false,
            extra: Extra::new(),
        }
    }

    /// The name to show: the primary name in `lang`, else the first primary
    /// one without a period, else any.
    #[must_use]
    pub fn name(&self, lang: &str) -> &str {
        let primary = || self.names.iter().filter(|n| n.kind == NameType::Primary);
        primary()
            .find(|n| n.lang.as_deref() == Some(lang) && n.when.is_none())
            .or_else(|| primary().find(|n| n.when.is_none()))
            .or_else(|| self.names.first())
            .map_or(self.id.as_str(), |n| n.name.as_str())
    }
}

coded!(
    /// How two actors are related; read "from … to".
    RelationKind {
        /// From is a member of to.
        Membership = "membership",
        /// From leads to.
        Leadership = "leadership",
        /// From is affiliated with to.
        Affiliation = "affiliation",
        /// From is a part of to.
        PartOf = "part-of",
        /// From succeeds to.
        Succession = "succession",
        /// From and to are rivals.
        Rivalry = "rivalry",
        /// From and to are allies.
        Alliance = "alliance",
        /// From serves under to.
        Command = "command",
        /// From was renamed to.
        Renamed = "renamed",
        /// From works for to.
        Employment = "employment",
        /// From is held by to.
        Captivity = "captivity",
    }
);

/// A dated link between two actors.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// Unique id.
    pub id: String,
    /// How they are related.
    pub kind: RelationKind,
    /// The actor the relation is read from.
    pub from: ActorIx,
    /// The actor it leads to.
    pub to: ActorIx,
    /// Rank or role, such as "lieutenant".
    pub role: Localised,
    /// When it held.
    pub when: When,
    /// Id of the event that ended it.
    pub ended_by: Option<String>,
    /// How sure it is.
    pub certainty: Certainty,
    /// Not stated by the source.
    pub inferred: bool,
    /// Members of the record that this version does not know.
    pub extra: Extra,
}

impl Relation {
    /// The other end, seen from `actor`.
    #[must_use]
    pub fn other(&self, actor: ActorIx) -> ActorIx {
        if self.from == actor {
            self.to
        } else {
            self.from
        }
    }
}
