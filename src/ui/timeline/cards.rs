//! What is said of the thing under the pointer.

use egui::{PopupAnchor, Pos2, Response, RichText, Tooltip, Ui};
use egui_phosphor::regular as icon;
use fluent_templates::fluent_bundle::FluentValue;

use crate::model::EventRow;
use crate::view::lanes::Folded;

use super::super::{Ctx, FONT_BODY, FONT_SMALL, semibold};
use super::canvas::Stage;
use super::{TimelinePanel, bars, paint};

/// Cards are no wider than this.
const WIDTH: f32 = 320.0;

fn card(ui: &Ui, canvas: &Response, content: impl FnOnce(&mut Ui)) {
    let ctx = ui.ctx().clone();
    Tooltip::always_open(
        ctx,
        ui.layer_id(),
        canvas.id.with("card"),
        PopupAnchor::Pointer,
    )
    .gap(16.0)
    .show(|ui| {
        ui.set_max_width(WIDTH);
        content(ui);
    });
}

fn head(ui: &mut Ui, text: &str) {
    ui.label(RichText::new(text).font(semibold(FONT_BODY)));
}

fn weak(ui: &mut Ui, cx: &Ctx<'_>, text: &str) {
    ui.label(
        RichText::new(text)
            .size(FONT_SMALL)
            .color(cx.theme.palette.weak),
    );
}

/// The card of an event.
pub(super) fn event(ui: &Ui, canvas: &Response, cx: &Ctx<'_>, row: EventRow) {
    let dataset = cx.dataset();
    let event = dataset.event(row);
    card(ui, canvas, |ui| {
        head(ui, event.titles.get(cx.lang()));
        if let Some(when) = &event.when {
            ui.label(cx.when(when));
        }
        let kind = cx.tr.t(&format!("kind-{}", event.kind.id()));
        let side = dataset.table().side(row);
        let side = side.and_then(|s| dataset.meta().sides.get(usize::from(s)));
        let side = side.map_or_else(
            || cx.tr.t("side-none"),
            |s| s.label.get(cx.lang()).to_owned(),
        );
        weak(ui, cx, &format!("{kind} · {side}"));
        if dataset.table().position(row).is_none() {
            let nowhere = cx.tr.t("timeline-no-place");
            weak(ui, cx, &format!("{} {nowhere}", icon::GLOBE_X));
        } else if let Some(place) = event.place {
            weak(ui, cx, dataset.place(place).names.get(cx.lang()));
        }
    });
}

/// The card of a bin of the histogram.
pub(super) fn bin(
    panel: &mut TimelinePanel,
    ui: &Ui,
    canvas: &Response,
    stage: &Stage<'_, '_>,
    at: Pos2,
) {
    let Some(bin) = paint::bin_at(&mut panel.view, stage, at.x) else {
        return;
    };
    let cx = stage.cx;
    let dataset = cx.dataset();
    let filter = &cx.bench.current_scope().filter;
    let key = (dataset.revision(), filter.clone(), bin.span);
    let (certain, possible) = *panel.bin.get(key, || {
        if filter.is_empty() {
            return dataset.counts(bin.span);
        }
        let selected = dataset.select(&cx.current().filtered, bin.span);
        (selected.certain.len(), selected.possible.len())
    });
    let values = [
        ("certain", FluentValue::from(certain)),
        ("possible", FluentValue::from(possible)),
    ];
    let mass = paint::mass_text(bin.mass, cx.session().prefs.lang);
    card(ui, canvas, |ui| {
        head(ui, &cx.window(bin.span));
        ui.label(cx.tr.with("timeline-bin-events", &values));
        weak(ui, cx, &cx.tr.s("timeline-bin-mass", &mass));
    });
}

/// The card of a group's name, which may be cut.
pub(super) fn group(
    panel: &mut TimelinePanel,
    ui: &Ui,
    canvas: &Response,
    stage: &Stage<'_, '_>,
    at: Pos2,
) {
    let Some((block, events)) = bars::block_at(panel, stage, at.y) else {
        return;
    };
    let cx = stage.cx;
    card(ui, canvas, |ui| {
        head(ui, &bars::group_name(cx, block.group));
        weak(ui, cx, &cx.tr.n("timeline-group-count", events));
    });
}

/// The card of a count.
pub(super) fn folded(ui: &Ui, canvas: &Response, cx: &Ctx<'_>, folded: Folded) {
    card(ui, canvas, |ui| {
        ui.label(cx.tr.n("timeline-folded", u64::from(folded.count)));
    });
}
