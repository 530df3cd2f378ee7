//! What the map, the timeline and the panels would show, as plain numbers.

pub mod ageing;
pub mod axis;
pub mod clusters;
pub mod dash;
pub mod fan;
pub mod histogram;
pub mod labels;
pub mod lanes;
pub mod pick;
mod rect;
pub mod scale;
pub mod ticks;
pub mod viewport;

pub use rect::PxRect;
