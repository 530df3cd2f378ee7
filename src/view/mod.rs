//! What the map, the timeline and the panels would show: plain numbers and
//! texts.
//!
//! **Invariant:** nothing in here knows of egui or of a graphics card.

pub mod actor_view;
pub mod ageing;
pub mod attributes;
pub mod axis;
mod background;
pub mod bidi;
pub mod claim_value;
pub mod clusters;
pub mod dash;
pub mod density;
pub mod difference;
pub mod event_view;
pub mod fan;
pub mod histogram;
pub mod labels;
pub mod lanes;
pub mod lasso;
pub mod linkify;
pub mod mapping_view;
pub mod mass;
pub mod network;
pub mod pick;
pub mod reader;
mod rect;
pub mod report_view;
pub mod scale;
pub mod search;
pub mod source_view;
pub mod table_rows;
pub mod table_sort;
pub mod ticks;
pub mod timeline;
pub mod viewport;

pub use rect::PxRect;
