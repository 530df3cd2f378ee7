//! Short notices: what went wrong and what to do, for a while, one above
//! another.

use egui::{Align2, Area, Frame, Id, Margin, RichText, Stroke, vec2};
use egui_phosphor::regular as icon;

use super::{Theme, Tr, UiOp};

/// How long a notice stays, in seconds: long enough to read two lines twice.
const SECONDS: f64 = 8.0;

/// How many stay at once.
const MAX: usize = 4;

struct Toast {
    text: String,
    bad: bool,
    /// What can be done about it, and what the button is called.
    offer: Option<(String, UiOp)>,
    until: Option<f64>,
}

/// The notices shown.
#[derive(Default)]
pub struct Toasts {
    list: Vec<Toast>,
}

impl Toasts {
    /// Tells something.
    pub fn info(&mut self, text: impl Into<String>) {
        self.push(text.into(), false, None);
    }

    /// Tells what went wrong.
    pub fn error(&mut self, text: impl Into<String>) {
        self.push(text.into(), true, None);
    }

    /// Tells something, with a button for what can be done about it.
    pub fn offer(&mut self, text: impl Into<String>, button: String, op: UiOp) {
        self.push(text.into(), false, Some((button, op)));
    }

    fn push(&mut self, text: String, bad: bool, offer: Option<(String, UiOp)>) {
        // Said again, it starts anew rather than standing twice.
        self.list.retain(|t| t.text != text);
        self.list.push(Toast {
            text,
            bad,
            offer,
            until: None,
        });
        if self.list.len() > MAX {
            self.list.remove(0);
        }
    }

    /// Shows them above everything, at the bottom centre; answers with the
    /// offer that was taken up.
    pub fn show(&mut self, ctx: &egui::Context, theme: &Theme, tr: Tr) -> Option<UiOp> {
        let now = ctx.input(|i| i.time);
        self.list
            .retain(|t| t.until.is_none_or(|until| now < until));
        if self.list.is_empty() {
            return None;
        }
        let p = theme.palette;
        let mut closed = None;
        let mut taken = None;
        Area::new(Id::unique("toasts"))
            .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -16.0))
            .order(egui::Order::Foreground)
            .show(ctx, |ui| {
                for (at, toast) in self.list.iter_mut().enumerate() {
                    toast.until.get_or_insert(now + SECONDS);
                    let edge = if toast.bad { p.danger } else { p.accent };
                    Frame::new()
                        .fill(p.card)
                        .stroke(Stroke::new(1.0, edge))
                        .corner_radius(4)
                        .inner_margin(Margin::symmetric(12, 8))
                        .show(ui, |ui| {
                            ui.horizontal(|ui| {
                                ui.set_max_width(480.0);
                                let sign = if toast.bad { icon::WARNING } else { icon::INFO };
                                ui.label(RichText::new(sign).color(edge));
                                ui.add(egui::Label::new(&toast.text).wrap());
                                if let Some((button, op)) = &toast.offer
                                    && ui.button(button).clicked()
                                {
                                    taken = Some(*op);
                                    closed = Some(at);
                                }
                                let close =
                                    ui.small_button(icon::X).on_hover_text(tr.t("app-close"));
                                super::name(&close, &tr.t("app-close"));
                                if close.clicked() {
                                    closed = Some(at);
                                }
                            });
                        });
                }
            });
        if let Some(at) = closed {
            self.list.remove(at);
        }
        ctx.request_repaint_after(std::time::Duration::from_millis(500));
        taken
    }
}
