//! One actor at one moment: what it is called, what has become of it, and to
//! whom it is tied, each *certainly* or *possibly*.

use std::cmp::Reverse;

use crate::dataset::Dataset;
use crate::model::time::{Inclusion, Millis, OPEN_FUTURE, When, Window};
use crate::model::{
    Actor, ActorIx, ClaimIx, NameType, RelationIx, RelationKind, Schema, Stance, State, Subject,
};

use super::claim_value::{Value, value_of};
use super::event_view::Evidence;

/// How something dated stands to a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// It certainly holds.
    Holds,
    /// It may hold.
    MayHold,
    /// It no longer holds.
    Past,
    /// It does not hold yet.
    Future,
}

impl Phase {
    /// Whether it holds under some reading of the dates.
    #[must_use]
    pub fn is_now(self) -> bool {
        matches!(self, Self::Holds | Self::MayHold)
    }
}

/// How a stretch of time stands to a moment.
#[must_use]
pub fn phase(when: &When, at: Millis) -> Phase {
    match when.relation(Window::new(at, at.saturating_add(1))) {
        Inclusion::Certainly => Phase::Holds,
        Inclusion::Possibly => Phase::MayHold,
        Inclusion::No if when.extent().start_earliest > at => Phase::Future,
        Inclusion::No => Phase::Past,
    }
}

/// How something that happened once, and stays so, stands to a moment: a
/// death on one of three days may have happened on the first, and certainly
/// has after the last.
#[must_use]
pub fn phase_since(when: &When, at: Millis) -> Phase {
    let extent = when.extent();
    // With an open end only the start says when it came about.
    let done = match extent.end_latest {
        OPEN_FUTURE => extent.start_latest,
        end => end,
    };
    if done <= at {
        Phase::Holds
    } else if extent.start_earliest <= at {
        Phase::MayHold
    } else {
        Phase::Future
    }
}

/// Whether a state, once begun, stays.
#[must_use]
pub fn persists(state: State) -> bool {
    state.ends_actor() || matches!(state, State::Founded | State::Captured)
}

/// What has become of an actor by a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// It has not been founded yet.
    NotYet,
    /// It may not have been founded yet.
    PerhapsNotYet,
    /// It acts.
    Acts,
    /// It may have been killed or dissolved by then.
    PerhapsEnded,
    /// It has been killed or dissolved.
    Ended,
}

/// What has become of an actor by a moment, and the state that says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What has become of it.
    pub life: Life,
    /// Position of that state in the actor's list.
    pub state: Option<usize>,
}

impl Standing {
    /// What has become of `actor` by the moment `at`.
    #[must_use]
    pub fn of(actor: &Actor, at: Millis) -> Self {
        // Killed says more than "neutralised" of the same day.
        let plain = |s: State| s == State::Neutralised;
        let best = |wanted: fn(State) -> bool| {
            actor
                .states
                .iter()
                .enumerate()
                .filter(|(_, s)| wanted(s.state))
                .map(|(i, s)| (phase_since(&s.when, at), plain(s.state), i))
                .min()
        };
        if let Some((phase, _, i)) = best(State::ends_actor)
            && phase.is_now()
        {
            let life = if phase == Phase::Holds {
                Life::Ended
            } else {
                Life::PerhapsEnded
            };
            return Self {
                life,
                state: Some(i),
            };
        }
        if let Some((phase, _, i)) = best(|s| s == State::Founded) {
            let life = match phase {
                Phase::Holds | Phase::Past => Life::Acts,
                Phase::MayHold => Life::PerhapsNotYet,
                Phase::Future => Life::NotYet,
            };
            return Self {
                life,
                state: (life != Life::Acts).then_some(i),
            };
        }
        Self {
            life: Life::Acts,
            state: None,
        }
    }

    /// Whether it certainly acts no more.
    #[must_use]
    pub fn is_over(self) -> bool {
        self.life == Life::Ended
    }
}

/// The relation that gives an actor its rank or role at a moment: of those
/// that hold, the one that says most of its standing.
#[must_use]
pub fn rank_at(dataset: &Dataset, actor: ActorIx, at: Millis) -> Option<(RelationIx, Phase)> {
    let weight = |kind: RelationKind| match kind {
        RelationKind::Leadership => 0,
        RelationKind::Command => 1,
        RelationKind::Employment => 2,
        _ => 3,
    };
    dataset
        .relations_of(actor)
        .iter()
        .map(|r| (*r, dataset.relation(*r)))
        .filter(|(_, r)| r.from == actor && !r.role.is_empty())
        .map(|(ix, r)| (weight(r.kind), phase(&r.when, at), ix))
        .filter(|(_, phase, _)| phase.is_now())
        .min()
        .map(|(_, phase, ix)| (ix, phase))
}

/// A name, and whether it was in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NameLine {
    /// Position in the actor's list of names.
    pub at: usize,
    /// `None` for a name without a date: always in use.
    pub phase: Option<Phase>,
}

/// A state with its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct StateLine {
    /// Position in the actor's list of states.
    pub at: usize,
    /// How it stands to the moment.
    pub phase: Phase,
    /// Claims that say so, and claims that say something else or doubt it.
    pub evidence: Evidence,
}

/// A relation seen from the actor.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// Which relation.
    pub relation: RelationIx,
    /// The other end.
    pub other: ActorIx,
    /// Whether it is read from this actor to the other.
    pub outward: bool,
    /// How it stands to the moment.
    pub phase: Phase,
    /// The claims about it.
    pub claims: Vec<ClaimIx>,
}

/// One actor at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorView {
    /// Which actor.
    pub actor: ActorIx,
    /// The moment.
    pub at: Millis,
    /// What has become of it.
    pub standing: Standing,
    /// Names other than the primary one, by type; those in use first.
    pub names: Vec<NameLine>,
    /// Its states, in order of time.
    pub states: Vec<StateLine>,
    /// Its relations: those that hold, that may, past ones, those to come.
    pub ties: Vec<Tie>,
    /// Claims about its names.
    pub name_claims: Vec<ClaimIx>,
    /// Anything else that is claimed of it.
    pub more: Vec<ClaimIx>,
}

impl ActorView {
    /// Looks at an actor at a moment.
    #[must_use]
    pub fn new(dataset: &Dataset, ix: ActorIx, at: Millis) -> Self {
        let actor = dataset.actor(ix);
        let claims = dataset.claims_about(Subject::Actor(ix));
        let of = |attribute: &str| {
            let same = |c: &&ClaimIx| dataset.claim(**c).attribute == attribute;
            claims.iter().filter(same).copied().collect::<Vec<_>>()
        };
        let more = claims
            .iter()
            .filter(|c| !matches!(dataset.claim(**c).attribute.as_str(), "name" | "state"))
            .copied()
            .collect();
        Self {
            actor: ix,
            at,
            standing: Standing::of(actor, at),
            names: names(actor, at),
            states: states(dataset, actor, &of("state"), at),
            ties: ties(dataset, ix, at),
            name_claims: of("name"),
            more,
        }
    }

    /// The tie that gives its rank at the moment; see [`rank_at`].
    #[must_use]
    pub fn rank(&self, dataset: &Dataset) -> Option<&Tie> {
        let (relation, _) = rank_at(dataset, self.actor, self.at)?;
        self.ties.iter().find(|t| t.relation == relation)
    }

    /// Whether it is a person, who is alive rather than active.
    #[must_use]
    pub fn is_person(&self, dataset: &Dataset) -> bool {
        dataset.actor(self.actor).schema == Schema::Person
    }
}

fn names(actor: &Actor, at: Millis) -> Vec<NameLine> {
    let shown = actor
        .names
        .iter()
        .position(|n| n.kind == NameType::Primary && n.when.is_none());
    let mut lines: Vec<NameLine> = actor
        .names
        .iter()
        .enumerate()
        .filter(|(i, _)| Some(*i) != shown)
        .map(|(i, n)| NameLine {
            at: i,
            phase: n.when.as_ref().map(|w| phase(w, at)),
        })
        .collect();
    // Dated names in use at the moment first: they are the news.
    lines.sort_by_key(|l| {
        let n = &actor.names[l.at];
        let rank = match l.phase {
            Some(p) if p.is_now() => 0,
            None => 1,
            Some(_) => 2,
        };
        (n.kind, rank, l.at)
    });
    lines
}

fn states(dataset: &Dataset, actor: &Actor, claims: &[ClaimIx], at: Millis) -> Vec<StateLine> {
    let mut lines: Vec<StateLine> = actor
        .states
        .iter()
        .enumerate()
        .map(|(i, s)| {
            let phase = if persists(s.state) {
                phase_since(&s.when, at)
            } else {
                phase(&s.when, at)
            };
            let about = |c: &&ClaimIx| {
                matches!(value_of(dataset, &dataset.claim(**c)),
                    Value::State { state, .. } if state == s.state)
            };
            let (support, against) = claims.iter().filter(about).partition(|c| {
                let claim = dataset.claim(**c);
                let same = matches!(value_of(dataset, &claim),
                    Value::State { when: Some(w), .. } if w.edtf() == s.when.edtf());
                claim.shown || (same && claim.stance == Stance::Asserts)
            });
            StateLine {
                at: i,
                phase,
                evidence: Evidence { support, against },
            }
        })
        .collect();
    lines.sort_by_key(|l| actor.states[l.at].when.extent().start_earliest);
    lines
}

fn ties(dataset: &Dataset, ix: ActorIx, at: Millis) -> Vec<Tie> {
    let mut ties: Vec<Tie> = dataset
        .relations_of(ix)
        .iter()
        .map(|r| {
            let relation = dataset.relation(*r);
            Tie {
                relation: *r,
                other: relation.other(ix),
                outward: relation.from == ix,
                phase: phase(&relation.when, at),
                claims: dataset.claims_about(Subject::Relation(*r)).to_vec(),
            }
        })
        .collect();
    ties.sort_by_key(|t| {
        let relation = dataset.relation(t.relation);
        (
            t.phase,
            Reverse(t.outward),
            relation.kind,
            relation.when.extent().start_earliest,
            t.other,
        )
    });
    ties
}

#[cfg(test)]
mod tests;
