//! The bar at the top: menus, title, search, counts.

use egui::{Button, RichText, Ui};
use egui_phosphor::regular as icon;
use fluent_templates::fluent_bundle::FluentValue;

use crate::session::Command;
use crate::view::claim_value::grouped;

use super::{Act, Action, Ctx, Menu, Recent, UiOp, semibold};

/// Width under which the title gives way.
const ROOM_FOR_TITLE: f32 = 980.0;

/// Width of a menu in points: the longest French entry and its shortcut.
const MENU_WIDTH: f32 = 340.0;

/// Shows the bar; answers with what was chosen.
pub fn show(ui: &mut Ui, cx: &Ctx<'_>, recent: &[Recent]) -> Option<Act> {
    let mut chosen = None;
    ui.horizontal_centered(|ui| {
        let wide = ui.available_width() >= ROOM_FOR_TITLE;
        ui.label(RichText::new(cx.tr.t("app-name")).font(semibold(super::FONT_BODY)));
        // Menus look like words, not like buttons, until they are pointed at.
        let widgets = &mut ui.visuals_mut().widgets;
        widgets.inactive.weak_bg_fill = egui::Color32::TRANSPARENT;
        widgets.inactive.bg_stroke = egui::Stroke::NONE;
        ui.spacing_mut().item_spacing.x = 4.0;
        for menu in Menu::ALL {
            let act = ui
                .menu_button(cx.tr.t(menu.key()), |ui| entries(ui, cx, menu, recent))
                .inner
                .flatten();
            chosen = chosen.take().or(act);
        }
        if wide {
            let title = cx.dataset().meta().title.get(cx.lang());
            ui.add(egui::Label::new(RichText::new(title).weak()).truncate());
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            counts(ui, cx, wide);
            let search = search_button(ui, cx, wide);
            if search {
                chosen = Some(Act::Op(UiOp::Palette));
            }
        });
    });
    chosen
}

fn entries(ui: &mut Ui, cx: &Ctx<'_>, menu: Menu, recent: &[Recent]) -> Option<Act> {
    let mut chosen = None;
    ui.set_width(MENU_WIDTH);
    let actions: Vec<Action> = Action::ALL
        .iter()
        .copied()
        .filter(|a| a.menu() == menu)
        .collect();
    // Actions that follow one another in a group share a menu of their own.
    for group in actions.chunk_by(|a, b| a.group() == b.group()) {
        let mut list = |ui: &mut Ui| {
            for action in group {
                if entry(ui, cx, *action).clicked() {
                    chosen = Some(action.act(cx.session()));
                    ui.close();
                }
            }
        };
        match group[0].group() {
            Some(key) => {
                ui.menu_button(cx.tr.t(key), |ui| {
                    ui.set_width(MENU_WIDTH);
                    list(ui);
                });
            }
            None => list(ui),
        }
    }
    if menu == Menu::File && !recent.is_empty() {
        ui.separator();
        ui.label(RichText::new(cx.tr.t("app-recent")).small().weak());
        for Recent { path, missing } in recent {
            let file = std::path::Path::new(path).file_name();
            let mut name = file.map_or_else(|| path.clone(), |n| n.to_string_lossy().into_owned());
            if *missing {
                name = format!("{name} – {}", cx.tr.t("app-recent-missing"));
            }
            let button = Button::new(name).frame(false).truncate();
            let button = ui.add_enabled(!missing, button).on_hover_text(path);
            if button.on_disabled_hover_text(path).clicked() {
                chosen = Some(Act::Send(Command::OpenDataset(path.into())));
                ui.close();
            }
        }
    }
    chosen
}

fn entry(ui: &mut Ui, cx: &Ctx<'_>, action: Action) -> egui::Response {
    let enabled = match action {
        Action::Undo => cx.bench.can_undo(),
        Action::Redo => cx.bench.can_redo(),
        Action::Back => cx.session().trail.can_back(),
        Action::Forward => cx.session().trail.can_forward(),
        Action::ClearFilter => !cx.session().scope.filter.is_empty(),
        Action::ClearSelection => !cx.session().selection.is_empty(),
        _ => true,
    };
    let text = cx.tr.t(action.key());
    // A switch says with a tick whether it is on; where it is off, an unseen
    // one keeps the place.
    let sign = match action.is_on(cx.session()) {
        Some(true) => RichText::new(icon::CHECK),
        Some(false) => RichText::new(icon::CHECK).color(egui::Color32::TRANSPARENT),
        None => RichText::new(action.icon()),
    };
    let mut button = Button::new((sign, RichText::new(text.clone()))).frame(false);
    if let Some(shortcut) = action.shortcut() {
        button = button.shortcut_text(super::shortcut_text(ui.ctx(), &shortcut));
    }
    let response = ui.add_enabled(
        enabled,
        button.min_size(egui::vec2(ui.available_width(), 0.0)),
    );
    super::name(&response, &text);
    response
}

fn search_button(ui: &mut Ui, cx: &Ctx<'_>, wide: bool) -> bool {
    let hint = cx.tr.t("app-search");
    let text = if wide {
        format!("{}  {hint}", icon::MAGNIFYING_GLASS)
    } else {
        icon::MAGNIFYING_GLASS.to_owned()
    };
    let mut button = Button::new(RichText::new(text).weak());
    if wide && let Some(shortcut) = Action::Search.shortcut() {
        button = button.shortcut_text(super::shortcut_text(ui.ctx(), &shortcut));
    }
    let response = ui.add(button).on_hover_text(&hint);
    super::name(&response, &hint);
    response.clicked()
}

fn counts(ui: &mut Ui, cx: &Ctx<'_>, wide: bool) {
    let selected = &cx.current().selected;
    let (certain, possible) = (selected.certain.len(), selected.possible.len());
    let text = if wide {
        cx.tr.with(
            "app-counts",
            &[
                ("certain", FluentValue::from(certain)),
                ("possible", FluentValue::from(possible)),
                ("all", FluentValue::from(cx.dataset().len())),
            ],
        )
    } else {
        let count = |n: u64| grouped(i64::try_from(n).unwrap_or(i64::MAX));
        let all = count(cx.dataset().len() as u64);
        format!("{} · {} / {all}", count(certain), count(possible))
    };
    ui.label(RichText::new(text).font(semibold(super::FONT_SMALL)))
        .on_hover_text(cx.tr.t("app-counts-hint"));
}
