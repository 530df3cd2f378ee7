//! The timeline panel, by accessible name.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod controls;
mod harness;
mod picture;
mod window;
