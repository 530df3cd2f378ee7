//! Pictures without a window.

<<<<<<< HEAD
mod offscreen;

pub use offscreen::{DRIVER_HINT, Offscreen, RenderError, usable_backends};
=======
pub mod basemap;
>>>>>>> map
