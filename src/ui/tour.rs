//! The short tour: what the window is for, in four lines.

use egui::{Align, Label, Layout, RichText, Ui};
use egui_phosphor::regular as icon;

use crate::session::Command;

use super::{Ctx, FONT_HEAD};

/// Shows the four lines and two buttons; answers whether it is done with.
pub fn show(ui: &mut Ui, cx: &Ctx<'_>) -> bool {
    let steps = [
        (icon::MAP_TRIFOLD, "app-tour-1"),
        (icon::CHART_BAR, "app-tour-2"),
        (icon::CURSOR_CLICK, "app-tour-3"),
        (icon::FILE_TEXT, "app-tour-4"),
    ];
    for (sign, key) in steps {
        ui.with_layout(Layout::left_to_right(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            let sign = RichText::new(sign)
                .size(FONT_HEAD)
                .color(cx.theme.palette.accent);
            ui.label(sign);
            ui.add(Label::new(cx.tr.t(key)).wrap());
        });
        ui.add_space(8.0);
    }
    let mut done = false;
    ui.horizontal_wrapped(|ui| {
        done |= ui.button(cx.tr.t("app-tour-start")).clicked();
        if ui.button(cx.tr.t("app-tour-documents")).clicked() {
            cx.send(Command::AskDocuments);
            done = true;
        }
    });
    done
}
