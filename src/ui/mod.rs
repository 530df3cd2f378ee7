//! The window: theme, widgets and panels. Panels read a [`Ctx`] and send
//! commands; none of them changes the session.

mod actions;
mod context;
mod dialogs;
mod fonts;
mod i18n;
pub mod map;
mod marks;
mod palette;
pub mod panels;
mod progress;
mod text;
mod theme;
pub mod timeline;
mod toasts;
pub mod topbar;
mod tour;
pub mod widgets;
mod work;

pub use actions::{Act, Action, Menu, UiOp, shortcut_text};
pub use context::{Ctx, Outbox};
pub use dialogs::{Asked, Browse, Changes, Columns, Dialogs, Export, Recent};
pub use fonts::{SEMIBOLD, install as install_fonts, semibold};
pub use i18n::Tr;
pub use marks::{MarkStyle, Shape, category_of_kind, paint_mark, shape_of};
pub use palette::Palette as SearchPalette;
pub use progress::{Progress, show as show_progress};
pub use theme::{FONT_BODY, FONT_HEAD, FONT_SMALL, Palette, Theme};
pub use toasts::Toasts;
pub use work::Work;

/// Gives a clickable thing the name that screen readers and tests know it by.
pub fn name(response: &egui::Response, name: &str) {
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, response.enabled(), name));
}

/// Gives a text field its name; what stands in it stays its value.
pub fn name_field(response: &egui::Response, name: &str) {
    response
        .ctx
        .accesskit_node_builder(response.id, |node| node.set_label(name));
}
