//! One event with the evidence for each of its values.

use std::collections::BTreeMap;

use crate::dataset::{Dataset, RECORD};
use crate::model::{
    Claim, ClaimIx, EventDetail, EventRow, Role, Stance, Subject, TollKind, TollSum,
};

use super::claim_value::{TollValue, Value, value_of};

/// The evidence for one value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Claims that say what is shown: the shown one first.
    pub support: Vec<ClaimIx>,
    /// Claims that say something else, deny it or doubt it.
    pub against: Vec<ClaimIx>,
}

impl Evidence {
    /// Whether sources differ.
    #[must_use]
    pub fn differs(&self) -> bool {
        !self.against.is_empty()
    }

    /// Every claim, those that support the value first.
    pub fn all(&self) -> impl Iterator<Item = ClaimIx> {
        self.support.iter().chain(&self.against).copied()
    }

    /// Whether no source states it: every claim for it is an inference.
    #[must_use]
    pub fn is_inferred(&self, dataset: &Dataset) -> bool {
        !self.support.is_empty() && self.support.iter().all(|c| dataset.claim(*c).inferred)
    }
}

/// The shown tolls of one kind, with their sum.
#[derive(Clone, Debug, PartialEq)]
pub struct TollGroup {
    /// What is counted.
    pub what: TollKind,
    /// The sum of the parts; all `None` when only rival claims exist.
    pub sum: TollSum,
    /// Positions in the event's list of tolls, each with its evidence.
    pub parts: Vec<(usize, Evidence)>,
    /// Evidence for and against all parts together.
    pub evidence: Evidence,
}

/// A participant with its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Position in the event's list of participants.
    pub at: usize,
    /// The evidence.
    pub evidence: Evidence,
}

/// One event with the evidence for each of its values.
#[derive(Clone, Debug, PartialEq)]
pub struct EventView {
    /// Which event.
    pub row: EventRow,
    /// For its date.
    pub when: Evidence,
    /// For its place.
    pub place: Evidence,
    /// For its kind.
    pub kind: Evidence,
    /// Tolls by kind.
    pub tolls: Vec<TollGroup>,
    /// Participants: those who acted, then those who suffered, then others.
    pub parts: Vec<Part>,
    /// Claims that tell of the event as a whole, one for each of its sources if
    /// it was imported.
    pub told: Vec<ClaimIx>,
    /// Anything else that is claimed, by attribute.
    pub more: Vec<(String, Vec<ClaimIx>)>,
}

impl EventView {
    /// Gathers the evidence for one event.
    #[must_use]
    pub fn new(dataset: &Dataset, row: EventRow) -> Self {
        let event = dataset.event(row);
        let mut by_attribute: BTreeMap<String, Vec<(ClaimIx, Value)>> = BTreeMap::new();
        for ix in dataset.claims_about(Subject::Event(row)).iter() {
            let claim = dataset.claim(*ix);
            by_attribute
                .entry(claim.attribute.clone())
                .or_default()
                .push((*ix, value_of(dataset, &claim)));
        }
        let mut take = |attribute: &str| by_attribute.remove(attribute).unwrap_or_default();
        let when = evidence(
            dataset,
            &take("when"),
            |v| matches!((v, &event.when), (Value::When(w), Some(e)) if w.edtf() == e.edtf()),
        );
        let place = evidence(
            dataset,
            &take("where"),
            |v| matches!(v, Value::Place { place, .. } if Some(*place) == event.place),
        );
        let kind = evidence(dataset, &take("kind"), |v| *v == Value::Kind(event.kind));
        let tolls = tolls(dataset, row, &take("toll"));
        let parts = parts(dataset, row, &take("participant"));
        let told = take(RECORD).into_iter().map(|(c, _)| c).collect();
        let more = by_attribute
            .into_iter()
            .map(|(a, list)| (a, list.into_iter().map(|(c, _)| c).collect()))
            .collect();
        let mut view = Self {
            row,
            when,
            place,
            kind,
            tolls,
            parts,
            told,
            more,
        };
        if !view.told.is_empty() {
            view.rest_on_record(&event);
        }
        view
    }

    /// What no claim is about rests on those that tell of the event as a whole.
    fn rest_on_record(&mut self, event: &EventDetail) {
        let when = event.when.is_some().then_some(&mut self.when);
        let placed = event.place.is_some() || event.geometry.is_some();
        let place = placed.then_some(&mut self.place);
        let tolls = self.tolls.iter_mut().flat_map(|t| {
            let parts = t.parts.iter_mut().map(|(_, evidence)| evidence);
            parts.chain(std::iter::once(&mut t.evidence))
        });
        let parts = self.parts.iter_mut().map(|p| &mut p.evidence);
        std::iter::once(&mut self.kind)
            .chain(when)
            .chain(place)
            .chain(tolls)
            .chain(parts)
            .filter(|evidence| evidence.all().next().is_none())
            .for_each(|evidence| evidence.support.clone_from(&self.told));
    }
}

/// Sorts claims into those that say what is shown and those that do not.
fn evidence(
    dataset: &Dataset,
    claims: &[(ClaimIx, Value)],
    same: impl Fn(&Value) -> bool,
) -> Evidence {
    let mut out = Evidence::default();
    for (ix, value) in claims {
        if agrees(&dataset.claim(*ix)) && same(value) {
            out.support.push(*ix);
        } else {
            out.against.push(*ix);
        }
    }
    out.support.sort_by_key(|c| !dataset.claim(*c).shown);
    out
}

fn agrees(claim: &Claim) -> bool {
    claim.stance == Stance::Asserts
}

fn tolls(dataset: &Dataset, row: EventRow, claims: &[(ClaimIx, Value)]) -> Vec<TollGroup> {
    let event = dataset.event(row);
    let of = |value: &Value| match value {
        Value::Toll(t) => Some(*t),
        _ => None,
    };
    let mut groups = Vec::new();
    for &what in TollKind::ALL {
        let claims: Vec<_> = claims
            .iter()
            .filter(|(_, v)| of(v).is_some_and(|t| t.what == what))
            .cloned()
            .collect();
        let shown: Vec<_> = event
            .tolls
            .iter()
            .enumerate()
            .filter(|(_, t)| t.what == what)
            .collect();
        if claims.is_empty() && shown.is_empty() {
            continue;
        }
        let value = |at: usize| {
            let t = &event.tolls[at];
            TollValue {
                who: t.who,
                what: t.what,
                low: t.low,
                best: t.best,
                high: t.high,
            }
        };
        let mut sum = TollSum::default();
        let mut parts = Vec::new();
        for (at, toll) in &shown {
            sum.add(toll);
            let mut e = evidence(dataset, &claims, |v| of(v) == Some(value(*at)));
            // A rival of one part is a rival of its own kind of people.
            e.against.retain(|c| {
                of(&value_of(dataset, &dataset.claim(*c))).is_some_and(|t| t.who == toll.who)
            });
            parts.push((*at, e));
        }
        let evidence = evidence(dataset, &claims, |v| {
            shown.iter().any(|(at, _)| of(v) == Some(value(*at)))
        });
        groups.push(TollGroup {
            what,
            sum,
            parts,
            evidence,
        });
    }
    groups
}

/// Those who acted first, then those who suffered, then those who spoke.
fn rank(role: Role) -> u8 {
    match role {
        Role::Initiator | Role::Leader => 0,
        Role::Ally => 1,
        Role::Target | Role::Rival | Role::Member => 2,
        Role::Killed | Role::Victim | Role::Wounded | Role::Captured => 3,
        Role::Claimant | Role::Announcer => 4,
        Role::Witness | Role::Commentator | Role::Other => 5,
    }
}

fn parts(dataset: &Dataset, row: EventRow, claims: &[(ClaimIx, Value)]) -> Vec<Part> {
    let event = dataset.event(row);
    let mut parts: Vec<Part> = event
        .participants
        .iter()
        .enumerate()
        .map(|(at, p)| {
            let of_actor: Vec<_> = claims
                .iter()
                .filter(|(_, v)| {
                    matches!(v, Value::Part { actor, role } if *actor == p.actor && *role == p.role)
                })
                .cloned()
                .collect();
            Part {
                at,
                evidence: evidence(dataset, &of_actor, |_| true),
            }
        })
        .collect();
    parts.sort_by_key(|p| rank(event.participants[p.at].role));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::bundled;

    fn view(id: &str) -> (Dataset, EventView) {
        let (dataset, _) = bundled().unwrap();
        let row = dataset.event_by_id(id).unwrap();
        let view = EventView::new(&dataset, row);
        (dataset, view)
    }

    fn sources(dataset: &Dataset, claims: &[ClaimIx]) -> Vec<String> {
        claims
            .iter()
            .map(|c| dataset.source(dataset.claim(*c).source).id.clone())
            .collect()
    }

    #[test]
    fn the_tolls_of_tongo_tongo_sum_to_eight_and_rivals_stand_beside() {
        let (dataset, view) = view("tongo-tongo-ambush");
        assert_eq!(view.tolls.len(), 1);
        let killed = &view.tolls[0];
        assert_eq!(killed.sum.best, Some(8));
        assert_eq!(killed.parts.len(), 2);
        let against = sources(&dataset, &killed.evidence.against);
        assert_eq!(against, ["ucdp-ged", "wikipedia-en-tongo-tongo"]);
        // Wikipedia's four US soldiers agree with the report's.
        assert_eq!(killed.evidence.support.len(), 3);
        for (at, part) in &killed.parts {
            let toll = &dataset.event(view.row).tolls[*at];
            let who = &dataset.actor(toll.who.unwrap()).id;
            let rivals = sources(&dataset, &part.against);
            match who.as_str() {
                "nigerien-soldiers" => assert_eq!(rivals, ["wikipedia-en-tongo-tongo"]),
                _ => assert!(rivals.is_empty(), "{who}: {rivals:?}"),
            }
        }
        assert!(!view.when.differs());
        assert_eq!(view.when.support.len(), 2);
    }

    #[test]
    fn a_denied_date_stands_against_the_date_it_denies() {
        let (dataset, view) = view("baghdadi-overthrow-attempt");
        let against = &view.when.against;
        assert_eq!(sources(&dataset, against), ["guardian-later-report"; 2]);
        assert!(
            against
                .iter()
                .any(|c| dataset.claim(*c).stance == Stance::Denies)
        );
    }

    #[test]
    fn a_doubted_part_keeps_the_doubt() {
        let (dataset, view) = view("inekar-tamalet-clashes");
        let djibo = dataset.actor_by_id("illiassou-djibo").unwrap();
        let participants = &dataset.event(view.row).participants;
        let part = view
            .parts
            .iter()
            .find(|p| participants[p.at].actor == djibo && participants[p.at].role == Role::Killed)
            .unwrap();
        assert_eq!(
            sources(&dataset, &part.evidence.against),
            ["apa-djibo-2022"]
        );
    }

    #[test]
    fn every_claim_of_every_event_is_shown_somewhere() {
        let (dataset, _) = bundled().unwrap();
        for row in dataset.rows() {
            let view = EventView::new(&dataset, row);
            let shown: std::collections::HashSet<ClaimIx> = view
                .when
                .all()
                .chain(view.place.all())
                .chain(view.kind.all())
                .chain(view.tolls.iter().flat_map(|t| t.evidence.all()))
                .chain(view.parts.iter().flat_map(|p| p.evidence.all()))
                .chain(view.more.iter().flat_map(|(_, list)| list.iter().copied()))
                .collect();
            for ix in dataset.claims_about(Subject::Event(row)).iter() {
                assert!(shown.contains(ix), "{}", dataset.claim(*ix).id);
            }
        }
    }

    #[test]
    fn those_who_acted_come_first() {
        let (dataset, view) = view("tongo-tongo-ambush");
        let participants = &dataset.event(view.row).participants;
        let roles: Vec<Role> = view.parts.iter().map(|p| participants[p.at].role).collect();
        assert_eq!(roles[0], Role::Initiator);
        assert_eq!(roles.last(), Some(&Role::Commentator));
    }
}
