//! Pictures without a window.

pub mod basemap;
