//! Pictures without a window.

mod offscreen;

pub use offscreen::{DRIVER_HINT, Offscreen, RenderError, usable_backends};
