//! Chronotope: a workbench for events in space and time.
//!
//! `src/ARCHITECTURE.md` tells how the modules hang together.

#[cfg(feature = "window")]
pub mod app;
pub mod dataset;
pub mod formats;
pub mod model;
#[cfg(feature = "window")]
pub mod render;
#[cfg(feature = "window")]
pub mod session;
#[cfg(feature = "window")]
pub mod ui;
#[cfg(feature = "window")]
pub mod view;
