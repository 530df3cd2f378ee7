//! What Chronotope knows about: events, actors, relations, places, sources
//! and the claims that tie every value to the passage it was read from.
//!
//! Nothing in here touches a file or a window.

mod actor;
mod claim;
mod event;
mod kind;
mod place;
mod source;
mod text;
pub mod time;

pub use actor::{Actor, ActorName, ActorState, NameType, Relation, RelationKind, Schema, State};
pub use claim::{Claim, Locator, Stance, Subject};
pub use event::{
    Certainty, EventDetail, Flag, Participant, Role, Toll, TollKind, TollSum, figures_in_order,
};
pub use kind::Kind;
pub use place::{Origin, Place, Precision};
pub use source::{Document, Reliability, Source, SourceKind};
pub use text::{Localised, fold, fold_onto};

/// Members of a record that this version does not know; kept so that they
/// survive a load and a save.
pub type Extra = serde_json::Map<String, serde_json::Value>;

/// Declares a dense index into one table of a dataset.
macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The position in its table.
            #[must_use]
            pub fn at(self) -> usize {
                self.0 as usize
            }

            /// The index of position `at`; positions beyond `u32` saturate.
            #[must_use]
            pub fn new(at: usize) -> Self {
                Self(u32::try_from(at).unwrap_or(u32::MAX))
            }
        }
    };
}

index!(
    /// A row of the time-sorted event table.
    EventRow
);
index!(
    /// An actor of the dataset.
    ActorIx
);
index!(
    /// A relation of the dataset.
    RelationIx
);
index!(
    /// A place of the dataset.
    PlaceIx
);
index!(
    /// A source of the dataset.
    SourceIx
);
index!(
    /// A claim of the dataset.
    ClaimIx
);

/// Declares an enum whose members have a stable id in files, and which keeps
/// ids it does not know out (`from_id` answers `None`).
macro_rules! coded {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $id:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every member, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The id used in files.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id),+ }
            }

            /// The member with this id.
            #[must_use]
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use coded;
