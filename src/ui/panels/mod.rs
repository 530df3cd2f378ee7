//! The panels beside the map, and the table.

mod actor;
mod aids;
mod details;
mod event;
mod evidence;
mod extra;
mod facet;
mod filters;
mod long;
mod network;
mod place;
mod reader;
mod reader_text;
mod source;
mod strip;
mod table;
mod words;

pub use details::DetailsPanel;
pub use filters::FiltersPanel;
pub use table::TablePanel;
