//! What a right click offers.

use egui::{Button, Id, Layout, Popup, PopupKind, Pos2, Ui};

use crate::model::EventRow;
use crate::session::{Command, Focus};
use crate::ui::Ctx;
use crate::view::viewport::Viewport;

use super::words;

/// Where the menu was opened, and on what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Menu {
    pub pos: Pos2,
    /// Longitude and latitude there.
    pub at: Option<(f64, f64)>,
    /// The event there.
    pub row: Option<EventRow>,
}

/// Shows the menu; whether it stays open.
pub(super) fn show(ui: &Ui, cx: &Ctx<'_>, menu: &Menu, view: &Viewport) -> bool {
    let mut open = true;
    let popup = Popup::new(
        Id::unique("map-menu"),
        ui.ctx().clone(),
        menu.pos,
        ui.layer_id(),
    );
    popup
        .kind(PopupKind::Menu)
        .style(egui::containers::menu::menu_style)
        .layout(Layout::top_down_justified(egui::Align::Min))
        .accessible_name(cx.tr.t("map-menu"))
        .open_bool(&mut open)
        .show(|ui| items(ui, cx, menu, view));
    open
}

fn items(ui: &mut Ui, cx: &Ctx<'_>, menu: &Menu, view: &Viewport) {
    let s = cx.session();
    ui.set_min_width(200.0);
    let item = |ui: &mut Ui, key: &str, enabled: bool, command: Command| {
        if ui.add_enabled(enabled, Button::new(cx.tr.t(key))).clicked() {
            cx.send(command);
        }
    };
    if let Some(row) = menu.row {
        item(ui, "map-open", true, Command::Open(Focus::Event(row)));
        ui.separator();
    }
    if let Some(at) = menu.at {
        let text = words::coordinates(at, 5);
        let label = cx.tr.s("map-copy", &text);
        if ui.button(label).clicked() {
            cx.send(Command::Copy(text));
        }
    }
    item(
        ui,
        "map-filter-view",
        true,
        Command::SetArea(Some(view.bounds(0.0))),
    );
    if s.scope.filter.area.is_some() {
        item(ui, "map-filter-none", true, Command::SetArea(None));
    }
    ui.separator();
    item(
        ui,
        "map-fit-selection",
        !s.selection.is_empty(),
        Command::FitSelection,
    );
    item(ui, "map-fit-all", true, Command::FitAll);
}
