//! Chronotope: a workbench for events in space and time.
//!
//! `src/ARCHITECTURE.md` tells how the modules hang together.

pub mod app;
pub mod dataset;
pub mod formats;
pub mod model;
pub mod render;
pub mod session;
pub mod ui;
pub mod view;
