//! Small pieces that panels share.

use egui::collapsing_header::CollapsingState;
use egui::{
    Align, Button, Color32, Label, Layout, Response, RichText, Role, Sense, Stroke, StrokeKind,
    TextStyle, Ui, WidgetInfo, vec2,
};
use egui_phosphor::regular as icon;

use crate::model::{EventRow, Kind};
use crate::session::ColourBy;

use super::{Ctx, MarkStyle, Theme, category_of_kind, paint_mark, semibold, shape_of};

/// Width of the column of keys in a list of values, in points.
const KEY_W: f32 = 76.0;

/// Something computed from a key, kept while the key stays.
#[derive(Debug)]
pub struct Memo<K, V>(Option<(K, V)>);

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K: PartialEq, V> Memo<K, V> {
    /// The value for a key; computed only when the key is not that of the
    /// last call.
    pub fn get(&mut self, key: K, make: impl FnOnce() -> V) -> &V {
        let (old, value) = match self.0.take() {
            Some((k, v)) if k == key => (k, v),
            _ => (key, make()),
        };
        &self.0.insert((old, value)).1
    }
}

/// Weak, small text.
#[must_use]
pub fn small(theme: &Theme, text: impl Into<String>) -> RichText {
    RichText::new(text).small().color(theme.palette.weak)
}

/// Weak text of body size.
#[must_use]
pub fn weak(theme: &Theme, text: impl Into<String>) -> RichText {
    RichText::new(text).color(theme.palette.weak)
}

/// A heading of a section.
pub fn section(ui: &mut Ui, theme: &Theme, text: &str) -> Response {
    ui.add_space(12.0);
    let text = RichText::new(text)
        .font(semibold(super::FONT_SMALL))
        .color(theme.palette.weak);
    let response = ui.add(Label::new(text).selectable(false));
    ui.add_space(2.0);
    response
}

/// A key and its value, which wraps beside it.
pub fn row<R>(ui: &mut Ui, theme: &Theme, key: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal_top(|ui| {
        let height = ui.text_style_height(&TextStyle::Body);
        ui.allocate_ui_with_layout(vec2(KEY_W, height), Layout::top_down(Align::Min), |ui| {
            ui.set_width(KEY_W);
            ui.add(Label::new(weak(theme, key)).wrap().selectable(false));
        });
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            add(ui)
        })
        .inner
    })
    .inner
}

/// Texts and chips in a line that wraps.
pub fn flow<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 2.0);
        ui.spacing_mut().interact_size.y = 20.0;
        ui.horizontal_wrapped(add).inner
    })
    .inner
}

/// A button with an icon alone, which has a name and a tooltip.
pub fn icon_button(ui: &mut Ui, icon: &str, name: &str) -> Response {
    ui.add(Button::new(icon).frame_when_inactive(false))
        .on_hover_text(name)
        .accessible_name(name)
}

/// A button with an icon alone that may be disabled.
pub fn icon_button_if(ui: &mut Ui, enabled: bool, icon: &str, name: &str) -> Response {
    ui.add_enabled(enabled, Button::new(icon).frame_when_inactive(false))
        .on_hover_text(name)
        .on_disabled_hover_text(name)
        .accessible_name(name)
}

/// A small outlined button for a citation: never wider than its line, and
/// whole on the next line rather than broken on this one.
pub fn chip(ui: &mut Ui, theme: &Theme, text: &str, name: &str) -> Response {
    let p = &theme.palette;
    let pad = vec2(4.0, 0.0);
    let font = TextStyle::Small.resolve(ui.style());
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, p.weak);
    job.wrap.max_width = (ui.max_rect().width() - 2.0 * pad.x).max(24.0);
    job.wrap.max_rows = 1;
    job.wrap.break_anywhere = true;
    let galley = ui.fonts_mut(|f| f.layout_job(job));
    let size = galley.size() + 2.0 * pad;
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let lit = response.hovered() || response.has_focus();
    let (ground, rim) = if lit {
        (p.hover, p.accent)
    } else {
        (Color32::TRANSPARENT, p.line)
    };
    let stroke = Stroke::new(1.0, rim);
    ui.painter()
        .rect(rect, 4.0, ground, stroke, StrokeKind::Inside);
    ui.painter().galley(rect.min + pad, galley, p.weak);
    response
}

/// The mark of a kind, as on the map.
pub fn mark(ui: &mut Ui, theme: &Theme, kind: Kind, fill: Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(16.0, 16.0), Sense::hover());
    let style = MarkStyle {
        radius: 6.0,
        fill,
        stroke: Stroke::new(1.0, theme.palette.outline),
    };
    paint_mark(ui.painter(), rect.center(), shape_of(kind), style);
}

/// A disc of colour that stands for a side.
pub fn dot(ui: &mut Ui, theme: &Theme, side: Option<u8>) {
    let (rect, _) = ui.allocate_exact_size(vec2(12.0, 16.0), Sense::hover());
    let fill = theme.category(side.map(usize::from));
    ui.painter().circle(
        rect.center(),
        5.0,
        fill,
        Stroke::new(1.0, theme.palette.outline),
    );
}

/// The colour of an event's mark: by side or by kind, as is chosen.
#[must_use]
pub fn mark_colour(cx: &Ctx<'_>, row: EventRow) -> Color32 {
    let table = cx.dataset().table();
    match cx.session().prefs.colour_by {
        ColourBy::Side => cx.theme.category(table.side(row).map(usize::from)),
        ColourBy::Kind => kind_colour(cx.theme, table.kind(row)),
        ColourBy::Number => cx.theme.one(),
    }
}

/// The colour of a kind, where colour stands for kinds.
#[must_use]
pub fn kind_colour(theme: &Theme, kind: Kind) -> Color32 {
    theme.category(category_of_kind(kind))
}

/// A heading that opens and closes what is below it.
pub fn disclosure(
    ui: &mut Ui,
    theme: &Theme,
    id: impl egui::AsIdSalt,
    text: &str,
    open: bool,
    body: impl FnOnce(&mut Ui),
) {
    let id = ui.make_persistent_id(id);
    let mut state = CollapsingState::load_with_default_open(ui.ctx(), id, open);
    let arrow = if state.is_open() {
        icon::CARET_DOWN
    } else {
        icon::CARET_RIGHT
    };
    let button = Button::new(small(theme, format!("{arrow} {text}")))
        .frame_when_inactive(false)
        .truncate();
    let response = ui
        .scope(|ui| {
            ui.spacing_mut().button_padding.x = 0.0;
            ui.add(button)
        })
        .inner;
    response.widget_info(|| {
        WidgetInfo::selected(Role::DisclosureTriangle, true, state.is_open(), text)
    });
    if response.clicked() {
        state.toggle(ui);
    }
    state.show_body_unindented(ui, body);
}

/// What to do next where there is nothing to show.
pub fn empty(ui: &mut Ui, theme: &Theme, text: &str) {
    ui.add_space(16.0);
    ui.vertical_centered(|ui| {
        ui.set_max_width(ui.available_width().min(360.0));
        ui.add(Label::new(weak(theme, text)).wrap());
    });
    ui.add_space(16.0);
}

/// A thin line over the whole width.
pub fn hairline(ui: &mut Ui, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(
        rect.x_range(),
        rect.center().y,
        Stroke::new(1.0, theme.palette.line),
    );
}
