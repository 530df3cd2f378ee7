//! The two fields in which the ends of the window are typed.

use egui::{Id, Key, Modifiers, Rect, Response, Stroke, StrokeKind, TextEdit, Tooltip, Ui, vec2};

use crate::session::Command;
use crate::view::timeline::{Ends, EndsError, WhichEnd};

use super::super::{Ctx, FONT_BODY};

/// Wide enough for `2017-10-04`.
const NARROW: f32 = 96.0;
/// Wide enough for `2017-10-04T08:15:00Z`.
const WIDE: f32 = 172.0;

/// What is being typed, and what is wrong with it.
#[derive(Default)]
pub(super) struct EndsEditor {
    /// The texts in the fields.
    texts: Ends,
    /// The window's own texts, as of the last frame.
    shown: Ends,
    error: Option<EndsError>,
}

impl EndsEditor {
    /// Takes over the window's texts when it has moved, and forgets what was
    /// typed before.
    fn sync(&mut self, cx: &Ctx<'_>) {
        let now = Ends::of(cx.session().scope.window);
        if self.shown != now {
            self.texts = now.clone();
            self.shown = now;
            self.error = None;
        }
    }

    /// Width of one field.
    fn field(&self) -> f32 {
        let long = |text: &String| text.len() > "-2017-10-04".len();
        if long(&self.shown.from) || long(&self.shown.to) {
            WIDE
        } else {
            NARROW
        }
    }

    /// Width of both fields and the dash between them.
    pub(super) fn width(&mut self, ui: &Ui, cx: &Ctx<'_>) -> f32 {
        self.sync(cx);
        let dash = super::controls::text_width(ui, &cx.tr.t("timeline-dash"), FONT_BODY);
        2.0 * self.field() + dash + 2.0 * 4.0
    }

    /// Shows both fields.
    pub(super) fn show(&mut self, ui: &mut Ui, cx: &Ctx<'_>) {
        let width = self.field();
        let wrong = self.error.as_ref().map(|e| e.which);
        let bad = |end| wrong.is_some_and(|w| w == end || w == WhichEnd::Both);
        let from = field(
            ui,
            cx,
            "from",
            &mut self.texts.from,
            width,
            bad(WhichEnd::From),
        );
        ui.label(cx.tr.t("timeline-dash"));
        let to = field(ui, cx, "to", &mut self.texts.to, width, bad(WhichEnd::To));
        let left = from.lost_focus() || to.lost_focus();
        if left && ui.input(|i| i.key_pressed(Key::Escape)) {
            self.texts = self.shown.clone();
            self.error = None;
        } else if left {
            self.commit(cx);
        }
        self.dismiss(ui, &[&from, &to]);
        if let Some(error) = &self.error
            && ui.memory(|m| m.top_modal_layer().is_none())
        {
            let at = if error.which == WhichEnd::To {
                &to
            } else {
                &from
            };
            message(ui, cx, at, &error.error.to_string());
        }
    }

    /// Escape, or a click elsewhere, puts the window's own texts back.
    fn dismiss(&mut self, ui: &Ui, fields: &[&Response]) {
        if self.error.is_none() || fields.iter().any(|f| f.has_focus()) {
            return;
        }
        let escape = ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        let elsewhere = ui.input(|i| i.pointer.any_pressed());
        if escape || elsewhere {
            self.texts = self.shown.clone();
            self.error = None;
        }
    }

    fn commit(&mut self, cx: &Ctx<'_>) {
        if self.texts == self.shown {
            self.error = None;
            return;
        }
        match self.texts.parse() {
            Ok(window) => {
                self.error = None;
                // Written anew from the window, even if that stays the same.
                self.shown = Ends::default();
                cx.send(Command::SetWindow(window));
            }
            Err(error) => self.error = Some(error),
        }
    }
}

fn field(
    ui: &mut Ui,
    cx: &Ctx<'_>,
    key: &str,
    text: &mut String,
    width: f32,
    bad: bool,
) -> Response {
    let edit = TextEdit::singleline(text)
        .id(Id::unique(("timeline-ends", key)))
        .hint_text("..")
        .align(egui::Align2::LEFT_CENTER);
    let response = ui.add_sized(vec2(width, super::flow::LINE), edit);
    if response.gained_focus() {
        select_all(ui, &response, text);
    }
    if bad {
        let stroke = Stroke::new(1.5, cx.theme.palette.danger);
        ui.painter()
            .rect_stroke(response.rect, 4.0, stroke, StrokeKind::Inside);
    }
    let name = cx.tr.t(&format!("timeline-{key}"));
    let response = response.accessible_name(name);
    if bad {
        // The message is shown instead.
        response
    } else {
        response.on_hover_text(cx.tr.t(&format!("timeline-{key}-help")))
    }
}

/// Selects the text, so that typing replaces it.
fn select_all(ui: &Ui, response: &Response, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    if let Some(mut state) = egui::text_edit::TextEditState::load(ui.ctx(), response.id) {
        let end = CCursor::new(text.chars().count());
        let all = CCursorRange::two(CCursor::default(), end);
        state.cursor.set_char_range(Some(all));
        state.store(ui.ctx(), response.id);
    }
}

/// Says beside a field what is wrong with its text.
fn message(ui: &Ui, cx: &Ctx<'_>, field: &Response, text: &str) {
    let anchor: Rect = field.rect;
    Tooltip::always_open(
        ui.ctx().clone(),
        ui.layer_id(),
        Id::unique("timeline-ends-error"),
        anchor,
    )
    .gap(4.0)
    .show(|ui| {
        ui.set_max_width(320.0);
        ui.colored_label(cx.theme.palette.danger, text);
    });
}
