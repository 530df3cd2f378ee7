//! Pictures: the basemap's tiles, and the interface without a window.

pub mod basemap;
mod offscreen;

pub use offscreen::{DRIVER_HINT, Driver, Offscreen, RenderError, usable_backends};
