//! What the file says of an event besides what we understand.

use egui::{Align, Label, Layout, Link, Ui, vec2};
use egui_phosphor::regular as icon;

use crate::model::Extra;
use crate::session::Command;
use crate::ui::Ctx;
use crate::ui::text::visual;
use crate::ui::widgets::{disclosure, icon_button, section, weak};
use crate::view::attributes::{Attribute, attributes};

/// More than these are folded up until they are asked for.
const FOLDED: usize = 8;

/// Width of the column of names: a share of the panel, and at most so much.
const NAME_SHARE: f32 = 0.38;
const NAME_MOST: f32 = 160.0;

/// Shows the other columns of an event, if it has any.
pub(super) fn show(ui: &mut Ui, cx: &Ctx<'_>, extra: &Extra) {
    if extra.is_empty() {
        return;
    }
    let list = attributes(extra);
    if list.is_empty() {
        return;
    }
    let list_all = |ui: &mut Ui| {
        for attribute in &list {
            one(ui, cx, attribute);
        }
    };
    let title = cx.tr.t("panel-extra");
    if list.len() > FOLDED {
        ui.add_space(12.0);
        let title = format!("{title} ({})", list.len());
        disclosure(ui, cx.theme, "extra", &title, false, list_all);
    } else {
        section(ui, cx.theme, &title);
        list_all(ui);
    }
}

fn one(ui: &mut Ui, cx: &Ctx<'_>, attribute: &Attribute) {
    let width = (ui.available_width() * NAME_SHARE).min(NAME_MOST);
    ui.horizontal_top(|ui| {
        let height = ui.text_style_height(&egui::TextStyle::Body);
        ui.allocate_ui_with_layout(vec2(width, height), Layout::top_down(Align::Min), |ui| {
            ui.set_width(width);
            let name = weak(cx.theme, visual(&attribute.name));
            ui.add(Label::new(name).wrap());
        });
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            let copy = cx.tr.s("panel-extra-copy", &attribute.name);
            if icon_button(ui, icon::COPY, &copy).clicked() {
                cx.send(Command::Copy(attribute.value.clone()));
            }
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                ui.set_width(ui.available_width());
                value(ui, cx, attribute);
            });
        });
    });
}

fn value(ui: &mut Ui, cx: &Ctx<'_>, attribute: &Attribute) {
    let mut text = visual(attribute.text());
    if attribute.is_cut() {
        text.push('…');
    }
    if attribute.is_link {
        // Nothing leaves this machine but by a click: the browser is told.
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Wrap);
        let link = ui.add(Link::new(text));
        if link.on_hover_text(cx.tr.t("panel-extra-browser")).clicked() {
            let url = attribute.value.trim().to_owned();
            ui.ctx().open_url(egui::OpenUrl::new_tab(url));
        }
    } else {
        ui.add(Label::new(text).wrap());
    }
}
