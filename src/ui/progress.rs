//! A small card that tells what is being read or written, and lets the user
//! give it up. Everything else goes on meanwhile.

use egui::{Align2, Area, Frame, Id, Margin, ProgressBar, Stroke, vec2};
use egui_phosphor::regular as icon;

use super::{Theme, Tr};
use crate::view::claim_value::grouped;

/// What takes less is not told of, in seconds: a card that only flashes tells
/// nothing.
const QUIET: f32 = 0.25;

/// How far something is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// What it is called.
    pub name: String,
    /// The share that is done, 0 to 1, where that is known.
    pub share: Option<f32>,
    /// How long it has been going on.
    pub seconds: f32,
}

/// Shows how far something is under a text with its name in it; `true` if the
/// user gives it up.
#[must_use]
pub fn show(
    ctx: &egui::Context,
    theme: &Theme,
    tr: Tr,
    key: &'static str,
    progress: &Progress,
    at: usize,
) -> bool {
    // The clock in the card ticks.
    ctx.request_repaint_after(std::time::Duration::from_millis(100));
    if progress.seconds < QUIET {
        return false;
    }
    let p = theme.palette;
    let mut cancelled = false;
    #[allow(clippy::cast_precision_loss, reason = "one or two cards")]
    let down = 48.0 + 72.0 * at as f32;
    Area::new(Id::unique(("progress", key)))
        .anchor(Align2::CENTER_TOP, vec2(0.0, down))
        .order(egui::Order::Foreground)
        .show(ctx, |ui| {
            Frame::new()
                .fill(p.card)
                .stroke(Stroke::new(1.0, p.line))
                .corner_radius(4)
                .inner_margin(Margin::symmetric(12, 8))
                .show(ui, |ui| {
                    ui.set_width(360.0_f32.min(ui.ctx().content_rect().width() - 64.0));
                    ui.horizontal(|ui| {
                        let cancel = tr.t("app-cancel");
                        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                            let button = ui
                                .small_button(icon::X)
                                .on_hover_text(format!("{cancel} (Esc)"));
                            super::name(&button, &cancel);
                            cancelled |= button.clicked();
                            ui.weak(told(tr, progress));
                            ui.with_layout(
                                egui::Layout::left_to_right(egui::Align::Center),
                                |ui| {
                                    let text = tr.s(key, &progress.name);
                                    ui.add(egui::Label::new(text).truncate());
                                },
                            );
                        });
                    });
                    match progress.share {
                        Some(share) => {
                            ui.add(ProgressBar::new(share).desired_height(4.0).fill(p.accent));
                        }
                        // As high, so that nothing jumps once it is known.
                        None => {
                            ui.add(ProgressBar::new(0.0).desired_height(4.0));
                        }
                    }
                });
        });
    cancelled
}

/// "41 % · 12 s".
#[allow(clippy::cast_possible_truncation, reason = "small positive numbers")]
fn told(tr: Tr, progress: &Progress) -> String {
    let seconds = tr.s("app-seconds", &grouped(progress.seconds as i64));
    match progress.share {
        Some(share) => {
            let percent = (share * 100.0).floor() as i64;
            let percent = tr.s("app-percent", &percent.to_string());
            format!("{percent} · {seconds}")
        }
        None => seconds,
    }
}
