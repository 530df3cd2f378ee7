//! View-models: what the panels show, as plain data. Nothing in here knows a
//! window, a widget or a colour.

pub mod actor_view;
pub mod bidi;
pub mod claim_value;
pub mod event_view;
pub mod linkify;
pub mod network;
pub mod reader;
pub mod source_view;
pub mod table_rows;
