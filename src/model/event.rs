//! Events: when, where, who and at what cost.

use geo::Geometry;

use super::time::When;
use super::{ActorIx, Extra, Kind, Localised, PlaceIx, Precision, coded};

coded!(
    /// What an actor was to an event.
    Role {
        /// Who did it.
        Initiator = "initiator",
        /// Who or what it was aimed at.
        Target = "target",
        /// Who suffered it.
        Victim = "victim",
        /// Killed in it.
        Killed = "killed",
        /// Wounded in it.
        Wounded = "wounded",
        /// Captured in it.
        Captured = "captured",
        /// Saw it.
        Witness = "witness",
        /// Claimed it.
        Claimant = "claimant",
        /// Commented on it.
        Commentator = "commentator",
        /// Announced it.
        Announcer = "announcer",
        /// Led it.
        Leader = "leader",
        /// Belongs to what it founded or formed.
        Member = "member",
        /// Stood with the initiator.
        Ally = "ally",
        /// Stood against the initiator.
        Rival = "rival",
        /// Any other part in it.
        Other = "other",
    }
);

coded!(
    /// How sure a statement is.
    Certainty {
        /// Stated without reserve.
        Certain = "certain",
        /// Stated as likely.
        Probable = "probable",
        /// Stated as possible.
        Possible = "possible",
    }
);

/// An actor's part in an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Participant {
    /// Who.
    pub actor: ActorIx,
    /// In which role.
    pub role: Role,
    /// How sure.
    pub certainty: Certainty,
    /// Not stated by the source.
    pub inferred: bool,
    /// Members of the record that this version does not know.
    pub extra: Extra,
}

impl Participant {
    /// A part that is said without reserve.
    #[must_use]
    pub fn stated(actor: ActorIx, role: Role) -> Self {
        Self {
            actor,
            role,
            certainty: Certainty::Certain,
            inferred: false,
            extra: Extra::new(),
        }
    }
}

coded!(
    /// What a toll counts.
    TollKind {
        /// People killed.
        Killed = "killed",
        /// People wounded.
        Wounded = "wounded",
        /// People captured.
        Captured = "captured",
        /// People who surrendered.
        Surrendered = "surrendered",
        /// People displaced.
        Displaced = "displaced",
        /// People who joined.
        Joined = "joined",
    }
);

/// A number of people. What is not known is `None`, which is not zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Toll {
    /// Whom it counts; `None` for all together.
    pub who: Option<ActorIx>,
    /// What it counts.
    pub what: TollKind,
    /// Lowest figure.
    pub low: Option<u32>,
    /// Best figure.
    pub best: Option<u32>,
    /// Highest figure.
    pub high: Option<u32>,
    /// Members of the record that this version does not know.
    pub extra: Extra,
}

/// Whether figures are low ≤ best ≤ high, as far as they are given.
#[must_use]
pub fn figures_in_order(low: Option<u32>, best: Option<u32>, high: Option<u32>) -> bool {
    [low, best, high].into_iter().flatten().is_sorted()
}

/// Sums of tolls; each stays `None` while nothing was known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TollSum {
    /// Sum of the lowest figures.
    pub low: Option<u64>,
    /// Sum of the best figures.
    pub best: Option<u64>,
    /// Sum of the highest figures.
    pub high: Option<u64>,
}

impl TollSum {
    /// Adds one toll. A missing low or high falls back to the best figure,
    /// so that the range always holds what is known.
    pub fn add(&mut self, toll: &Toll) {
        self.add_figures(toll.low, toll.best, toll.high);
    }

    /// Adds the figures of one toll, as [`TollSum::add`] does.
    pub fn add_figures(&mut self, low: Option<u32>, best: Option<u32>, high: Option<u32>) {
        let mut put = |slot: fn(&mut Self) -> &mut Option<u64>, value: Option<u32>| {
            if let Some(v) = value {
                let sum = slot(self);
                *sum = Some(sum.unwrap_or(0).saturating_add(u64::from(v)));
            }
        };
        put(|s| &mut s.low, low.or(best));
        put(|s| &mut s.best, best.or(low));
        put(|s| &mut s.high, high.or(best).or(low));
    }

    /// Adds the sums of another event.
    pub fn merge(&mut self, other: Self) {
        let add = |a: Option<u64>, b: Option<u64>| match (a, b) {
            (None, None) => None,
            (a, b) => Some(a.unwrap_or(0).saturating_add(b.unwrap_or(0))),
        };
        self.low = add(self.low, other.low);
        self.best = add(self.best, other.best);
        self.high = add(self.high, other.high);
    }
}

coded!(
    /// What a reader must be warned of.
    Flag {
        /// The date is not stated by the source.
        InferredDate = "inferred-date",
        /// The place is not stated by the source.
        InferredPlace = "inferred-place",
        /// Sources contradict each other.
        Contested = "contested",
    }
);

/// All that is known of one event. Hot values (times, position, kind, side,
/// tolls) are also columns of the event table.
#[derive(Clone, Debug, PartialEq)]
pub struct EventDetail {
    /// Unique id.
    pub id: String,
    /// Title by language.
    pub titles: Localised,
    /// Summary by language, in our own words.
    pub summary: Localised,
    /// What happened.
    pub kind: Kind,
    /// Position in the dataset's list of sides, where the file gives one; the
    /// event table holds the side in effect.
    pub side: Option<u8>,
    /// When, as written; `None` for an event without a date.
    pub when: Option<When>,
    /// WGS 84 lon/lat geometry; `None` for an event without a place on the map.
    pub geometry: Option<Geometry<f64>>,
    /// The named place.
    pub place: Option<PlaceIx>,
    /// How well the position is known.
    pub precision: Precision,
    /// Radius of uncertainty in metres, if given.
    pub radius_m: Option<f64>,
    /// Who took part.
    pub participants: Vec<Participant>,
    /// Shown tolls.
    pub tolls: Vec<Toll>,
    /// Warnings.
    pub flags: Vec<Flag>,
    /// Position in the dataset's list of layers; 0 where there is none.
    pub layer: u8,
    /// Members of the feature beside its properties.
    pub feature_extra: Extra,
    /// Members of the record that this version does not know.
    pub extra: Extra,
}

impl EventDetail {
    /// Sum of the shown figures of people killed.
    #[must_use]
    pub fn killed(&self) -> TollSum {
        let mut sum = TollSum::default();
        for toll in self.tolls.iter().filter(|t| t.what == TollKind::Killed) {
            sum.add(toll);
        }
        sum
    }

    /// Whether the event carries this warning.
    #[must_use]
    pub fn has(&self, flag: Flag) -> bool {
        self.flags.contains(&flag)
    }
}
