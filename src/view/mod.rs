//! What the panels would show, as plain numbers and texts: axes, histograms,
//! lanes, clusters, labels, rows. Nothing in here paints.

pub mod axis;
pub mod histogram;
pub mod lanes;
pub mod search;
pub mod ticks;
pub mod timeline;
