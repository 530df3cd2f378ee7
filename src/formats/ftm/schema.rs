//! What the schemata of `FollowTheMoney` are to us.
//!
//! Source: the model's schema documentation (followthemoney 3 and 4).

use crate::model::{RelationKind, Role, Schema};

/// What an entity becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum Sort {
    Actor(Schema),
    Event,
    Relation(Link),
    Address,
    Source,
    /// A document tied to what it tells of.
    Documentation,
    /// Nothing of ours.
    Unknown,
}

/// A relation: its kind, and the properties that name its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) struct Link {
    pub kind: RelationKind,
    pub from: &'static str,
    pub to: &'static str,
}

const fn link(kind: RelationKind, from: &'static str, to: &'static str) -> Sort {
    Sort::Relation(Link { kind, from, to })
}

/// What a schema becomes.
pub(in crate::formats) fn sort(schema: &str) -> Sort {
    match schema {
        "Person" => Sort::Actor(Schema::Person),
        "Organization" => Sort::Actor(Schema::Organization),
        "PublicBody" => Sort::Actor(Schema::PublicBody),
        "Company" => Sort::Actor(Schema::Company),
        "LegalEntity" => Sort::Actor(Schema::LegalEntity),
        "Event" | "Incident" | "Trip" | "Call" | "Payment" | "CourtCase" | "Sanction" => {
            Sort::Event
        }
        "Membership" => link(RelationKind::Membership, "member", "organization"),
        "Directorship" => link(RelationKind::Leadership, "director", "organization"),
        "Employment" => link(RelationKind::Employment, "employee", "employer"),
        "Family" => link(RelationKind::Affiliation, "person", "relative"),
        "Associate" => link(RelationKind::Affiliation, "person", "associate"),
        "UnknownLink" => link(RelationKind::Affiliation, "subject", "object"),
        "Representation" => link(RelationKind::Affiliation, "agent", "client"),
        "Ownership" => link(RelationKind::PartOf, "asset", "owner"),
        "Succession" => link(RelationKind::Succession, "successor", "predecessor"),
        "Address" => Sort::Address,
        "Document" | "Article" | "PlainText" | "HyperText" | "Pages" | "Page" | "Email"
        | "Folder" | "Image" | "Video" | "Audio" | "Table" | "Workbook" | "Package" | "Message" => {
            Sort::Source
        }
        "Documentation" => Sort::Documentation,
        _ => Sort::Unknown,
    }
}

/// The part in an event of those whom a property names.
pub(super) fn role(property: &str) -> Option<Role> {
    Some(match property {
        "organizer" | "perpetrator" | "payer" | "caller" | "authority" => Role::Initiator,
        "target" | "beneficiary" | "entity" | "defendant" | "receiver" => Role::Target,
        "victim" => Role::Victim,
        "witness" => Role::Witness,
        "involved" | "participant" => Role::Other,
        other => return Role::from_id(other),
    })
}
