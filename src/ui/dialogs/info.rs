//! Dialogs that only tell something: what failed, shortcuts, about, tour.

use egui::{Grid, RichText, ScrollArea};

use crate::formats::OpenError;
use crate::session::Command;
use crate::ui::{Action, Ctx, Menu, semibold};

use super::Asked;

pub(super) fn failed(ui: &mut egui::Ui, cx: &Ctx<'_>, error: &OpenError) -> Option<Asked> {
    ui.add(egui::Label::new(RichText::new(&error.place).weak()).wrap());
    ui.add_space(4.0);
    ui.add(egui::Label::new(format!("{}.", capital(&error.what))).wrap());
    ui.add(egui::Label::new(format!("{}.", capital(&error.remedy))).wrap());
    ui.add_space(8.0);
    ui.weak(cx.tr.t("app-failed-kept"));
    ui.add_space(8.0);
    if ui.button(cx.tr.t("app-copy")).clicked() {
        cx.send(Command::Copy(error.to_string()));
    }
    None
}

pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

pub(super) fn help(ui: &mut egui::Ui, cx: &Ctx<'_>) -> Option<Asked> {
    let height = (ui.ctx().content_rect().height() - 160.0).max(120.0);
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        ui.label(cx.tr.t("app-help-map"));
        ui.label(cx.tr.t("app-help-time"));
        for menu in Menu::ALL {
            ui.add_space(8.0);
            ui.label(RichText::new(cx.tr.t(menu.key())).font(semibold(crate::ui::FONT_BODY)));
            Grid::new(menu.key())
                .num_columns(2)
                .min_col_width(120.0)
                .show(ui, |ui| {
                    for action in Action::ALL.iter().filter(|a| a.menu() == menu) {
                        if let Some(shortcut) = action.shortcut() {
                            ui.label(crate::ui::shortcut_text(ui.ctx(), &shortcut));
                            ui.label(cx.tr.t(action.key()));
                            ui.end_row();
                        }
                    }
                });
        }
    });
    None
}

pub(super) fn about(ui: &mut egui::Ui, cx: &Ctx<'_>) -> Option<Asked> {
    ui.label(RichText::new(cx.tr.t("app-name")).heading());
    ui.label(cx.tr.t("app-tagline"));
    ui.weak(cx.tr.s("app-about-version", env!("CARGO_PKG_VERSION")));
    ui.add_space(8.0);
    ui.label(cx.tr.t("app-about-private"));
    ui.add_space(8.0);
    let meta = cx.dataset().meta();
    let data = [meta.attribution.as_deref(), meta.licence.as_deref()];
    let data: Vec<_> = data.into_iter().flatten().collect();
    if !data.is_empty() {
        ui.label(cx.tr.s("app-about-data", &data.join(" · ")));
    }
    ui.label(cx.tr.t("app-about-map"));
    ui.label(cx.tr.t("app-about-licence"));
    None
}

pub(super) fn tour(ui: &mut egui::Ui, cx: &Ctx<'_>) -> Option<Asked> {
    crate::ui::tour::show(ui, cx).then_some(Asked::TourDone)
}
