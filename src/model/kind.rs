//! The taxonomy of events and its mapping to ACLED's.

use super::coded;

coded!(
    /// What happened: a small taxonomy, in legend order.
    Kind {
        /// An attack or ambush on a target.
        Attack = "attack",
        /// Fighting between two armed sides.
        Clash = "clash",
        /// A strike from the air or by artillery.
        Strike = "strike",
        /// A raid by troops on the ground or by helicopter.
        Raid = "raid",
        /// A bomb, mine or improvised explosive device.
        Explosion = "explosion",
        /// An abduction or the holding of a captive.
        Abduction = "abduction",
        /// The killing of a leader.
        LeaderKilling = "leader-killing",
        /// A statement, publication or demonstration of strength.
        Statement = "statement",
        /// A pledge of allegiance or proclamation.
        Pledge = "pledge",
        /// A reward or bounty offered.
        Bounty = "bounty",
        /// The founding of a group, province or operation.
        Founding = "founding",
        /// A deployment or the arrival of fighters.
        Deployment = "deployment",
        /// A withdrawal of troops or from an organisation.
        Withdrawal = "withdrawal",
        /// The displacement of people.
        Displacement = "displacement",
        /// A surrender or mass capture.
        Surrender = "surrender",
        /// Anything else.
        Other = "other",
    }
);

impl Kind {
    /// The kind that an ACLED sub-event type stands for.
    ///
    /// Source: ACLED Codebook (2023), table of event and sub-event types.
    #[must_use]
    pub fn from_acled(sub_event_type: &str) -> Self {
        match sub_event_type {
            "Attack" | "Sexual violence" | "Mob violence" | "Suicide bomb" | "Grenade" => {
                Self::Attack
            }
            "Armed clash"
            | "Government regains territory"
            | "Non-state actor overtakes territory" => Self::Clash,
            "Air/drone strike" | "Shelling/artillery/missile attack" => Self::Strike,
            "Remote explosive/landmine/IED" | "Chemical weapon" => Self::Explosion,
            "Abduction/forced disappearance" => Self::Abduction,
            "Agreement" | "Disrupted weapons use" | "Change to group/activity" => Self::Statement,
            "Headquarters or base established" => Self::Founding,
            "Non-violent transfer of territory" => Self::Withdrawal,
            _ => Self::Other,
        }
    }

    /// ACLED's event type and sub-event type nearest to this kind.
    ///
    /// Source: ACLED Codebook (2023), table of event and sub-event types.
    #[must_use]
    pub fn to_acled(self) -> (&'static str, &'static str) {
        match self {
            Self::Attack => ("Violence against civilians", "Attack"),
            Self::Clash | Self::Raid => ("Battles", "Armed clash"),
            Self::Strike | Self::LeaderKilling => {
                ("Explosions/Remote violence", "Air/drone strike")
            }
            Self::Explosion => (
                "Explosions/Remote violence",
                "Remote explosive/landmine/IED",
            ),
            Self::Abduction => (
                "Violence against civilians",
                "Abduction/forced disappearance",
            ),
            Self::Founding => ("Strategic developments", "Headquarters or base established"),
            Self::Withdrawal => (
                "Strategic developments",
                "Non-violent transfer of territory",
            ),
            Self::Statement | Self::Pledge | Self::Deployment => {
                ("Strategic developments", "Change to group/activity")
            }
            Self::Bounty | Self::Displacement | Self::Surrender | Self::Other => {
                ("Strategic developments", "Other")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_round_trip_and_are_unique() {
        for &kind in Kind::ALL {
            assert_eq!(Kind::from_id(kind.id()), Some(kind));
        }
        let mut ids: Vec<_> = Kind::ALL.iter().map(|k| k.id()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Kind::ALL.len());
        assert_eq!(Kind::from_id("Attack"), None);
    }

    #[test]
    fn acled_sub_events_that_have_a_kind_of_their_own_come_back() {
        for kind in [
            Kind::Attack,
            Kind::Clash,
            Kind::Strike,
            Kind::Explosion,
            Kind::Abduction,
            Kind::Founding,
            Kind::Withdrawal,
            Kind::Statement,
        ] {
            assert_eq!(Kind::from_acled(kind.to_acled().1), kind);
        }
    }
}
