//! The window: theme, widgets and panels. Panels read a [`Ctx`] and send
//! commands; none of them changes the session.

mod context;
mod fonts;
mod i18n;
pub mod map;
mod marks;
mod theme;

pub use context::{Ctx, Outbox};
pub use fonts::{SEMIBOLD, install as install_fonts, semibold};
pub use i18n::Tr;
pub use marks::{MarkStyle, Shape, paint_mark, shape_of};
pub use theme::{FONT_BODY, FONT_HEAD, FONT_SMALL, Palette, Theme};
