//! Where the panels are.

use egui::{CentralPanel, Frame, Margin, Panel as Side, Ui};

use crate::session::Command;
use crate::ui::{Act, Ctx, Recent, topbar};

use super::Panels;

/// Width in points under which only one side panel has room.
const NARROW: f32 = 1000.0;

/// Width of the filters in points.
const FILTERS: f32 = 240.0;

/// Keeps a size that somebody is giving to a panel by dragging its edge. A
/// panel that nobody has touched keeps its own.
fn resized(dragging: bool, kept: &mut Option<f32>, now: f32, own: f32) {
    if dragging && (kept.unwrap_or(own) - now).abs() > 1.0 {
        *kept = Some(now);
    }
}

/// Whether a window of this width has room for one side panel only.
pub(super) fn is_narrow(width: f32) -> bool {
    width < NARROW
}

/// Shows everything; answers with what was chosen in the menus.
pub(super) fn show(
    ui: &mut Ui,
    cx: &Ctx<'_>,
    panels: &mut Panels,
    recent: &[Recent],
    narrow_filters: bool,
) -> Option<Act> {
    let layout = cx.session().layout;
    let kept = cx.session().sizes;
    let mut sizes = kept;
    let dragging = ui.input(|i| i.pointer.any_down());
    let size = ui.available_size();
    let narrow = is_narrow(size.x);
    // Panels have the colour the frame is cleared with: filling them again
    // would cost more than all the rest on a machine without a graphics card.
    let plain = |x: i8, y: i8| Frame::NONE.inner_margin(Margin::symmetric(x, y));

    let act = Side::top("top")
        .exact_size(40.0)
        .frame(plain(12, 0))
        .show(ui, |ui| topbar::show(ui, cx, recent))
        .inner;

    if layout.timeline {
        let most = (size.y * 0.5).max(160.0);
        let default = (size.y * 0.27).clamp(170.0, 260.0);
        let shown = Side::bottom("timeline")
            .resizable(true)
            .default_size(kept.timeline.unwrap_or(default))
            .size_range(140.0..=most)
            .frame(plain(0, 0))
            .show(ui, |ui| panels.timeline.show(ui, cx));
        resized(
            dragging,
            &mut sizes.timeline,
            shown.response.rect.height(),
            default,
        );
    } else {
        panels.timeline.tick(ui.ctx(), cx);
    }
    if layout.table {
        let most = (size.y * 0.5).max(120.0);
        let default = (size.y * 0.25).clamp(120.0, 240.0);
        let shown = Side::bottom("table")
            .resizable(true)
            .default_size(kept.table.unwrap_or(default))
            .size_range(96.0..=most)
            .frame(plain(8, 4))
            .show(ui, |ui| panels.table.show(ui, cx));
        resized(
            dragging,
            &mut sizes.table,
            shown.response.rect.height(),
            default,
        );
    } else {
        panels.table.hide();
    }
    let (filters, details) = if narrow {
        // One panel at a time; what was just opened goes before the filters.
        let filters = narrow_filters;
        (filters, layout.details && !filters)
    } else {
        (layout.filters, layout.details)
    };
    if filters {
        let shown = Side::left("filters")
            .resizable(true)
            .default_size(kept.filters.unwrap_or(FILTERS))
            .size_range(190.0..=(size.x * 0.35).max(200.0))
            .frame(plain(8, 8))
            .show(ui, |ui| panels.filters.show(ui, cx));
        resized(
            dragging,
            &mut sizes.filters,
            shown.response.rect.width(),
            FILTERS,
        );
    } else {
        panels.filters.look_for(ui.ctx(), cx);
    }
    if details {
        let default = (size.x * 0.27).clamp(300.0, 480.0);
        let shown = Side::right("details")
            .resizable(true)
            .default_size(kept.details.unwrap_or(default))
            .size_range(260.0..=(size.x * 0.5).max(280.0))
            .frame(plain(8, 8))
            .show(ui, |ui| panels.details.show(ui, cx));
        resized(
            dragging,
            &mut sizes.details,
            shown.response.rect.width(),
            default,
        );
    }
    // A narrow window squeezes its panels: that says nothing of a wide one.
    if sizes != kept && !narrow {
        cx.send(Command::Resize(sizes));
    }
    CentralPanel::no_frame().show(ui, |ui| {
        panels.map.show(ui, cx);
    });
    act
}
