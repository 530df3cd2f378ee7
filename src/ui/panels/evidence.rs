//! Citations beside a value, and conflicting claims side by side.

use egui::{Label, RichText, Stroke, Ui, vec2};

use crate::model::{Claim, ClaimIx, Locator, SourceIx, Stance};
use crate::session::Command;
use crate::ui::widgets::{chip, disclosure, flow, small, weak};
use crate::ui::{Ctx, FONT_BODY, semibold};
use crate::view::claim_value::value_of;
use crate::view::event_view::Evidence;

use super::aids::Aids;
use super::words::{self, DOT};

/// Up to this number of other claims they are open from the start.
const OPEN_UP_TO: usize = 4;

/// A chip for each passage that some claims rest on.
pub(super) fn chips(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, claims: &[ClaimIx]) {
    let mut seen: Vec<(SourceIx, Option<Locator>)> = Vec::new();
    for ix in claims {
        let claim = cx.dataset().claim(*ix);
        let same = |seen: &(_, _)| seen.0 == claim.source && seen.1 == claim.locator;
        if seen.iter().any(same) {
            continue;
        }
        seen.push((claim.source, claim.locator.clone()));
        claim_chip(ui, cx, aids, *ix);
    }
}

/// A chip that opens a claim in the reader.
pub(super) fn claim_chip(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, ix: ClaimIx) {
    let claim = cx.dataset().claim(ix);
    let text = words::citation(cx, aids, &claim);
    let name = cx.tr.s("panel-cited", &text);
    let response = chip(ui, cx.theme, &text, &name).on_hover_ui(|ui| {
        ui.set_max_width(320.0);
        ui.label(words::source(cx, claim.source));
        ui.add(Label::new(small(cx.theme, grades(cx, &claim))).wrap());
        let note = claim.note.get(cx.lang());
        if !note.is_empty() {
            ui.add(Label::new(small(cx.theme, note)).wrap());
        }
    });
    if response.clicked() {
        cx.send(Command::OpenClaim(ix));
    }
}

/// "reliability C, fairly reliable · credibility 2, probably true".
fn grades(cx: &Ctx<'_>, claim: &Claim) -> String {
    let mut out = Vec::new();
    if let Some(r) = cx.dataset().source(claim.source).reliability {
        let words = cx.tr.t(&format!("reliability-{}", r.id()));
        out.push(
            cx.tr
                .s("panel-source-grade", &format!("{} ({words})", r.id())),
        );
    }
    if let Some(c) = claim.credibility {
        let words = cx.tr.t(&format!("credibility-{c}"));
        out.push(cx.tr.s("panel-claim-grade", &format!("{c} ({words})")));
    }
    out.join(DOT)
}

/// Where sources differ: all claims about the value, side by side.
pub(super) fn differ(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, id: &str, evidence: &Evidence) {
    if !evidence.differs() {
        return;
    }
    let n = evidence.all().count();
    let title = cx.tr.n("panel-differ", n as u64);
    let open = evidence.against.len() <= OPEN_UP_TO;
    disclosure(ui, cx.theme, id, &title, open, |ui| {
        for ix in evidence.all() {
            beside(ui, cx, aids, ix);
        }
    });
}

/// One claim among others: what, who, when, how sure.
pub(super) fn beside(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, ix: ClaimIx) {
    let claim = cx.dataset().claim(ix);
    let left = ui.max_rect().left();
    let inner = ui.horizontal_top(|ui| {
        ui.add_space(8.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.set_width(ui.available_width());
            said(ui, cx, aids, ix);
        });
    });
    // A line in the margin holds the parts of one claim together.
    let rect = inner.response.rect;
    let colour = if claim.shown {
        cx.theme.palette.accent
    } else {
        cx.theme.palette.line
    };
    ui.painter().vline(
        left + 1.0,
        rect.y_range().shrink(1.0),
        Stroke::new(2.0, colour),
    );
    ui.add_space(4.0);
}

fn said(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, ix: ClaimIx) {
    let claim = cx.dataset().claim(ix);
    let value = words::value(cx, &value_of(cx.dataset(), &claim));
    flow(ui, |ui| {
        if claim.stance != Stance::Asserts {
            let stance = cx.tr.t(&format!("stance-{}", claim.stance.id()));
            ui.add(Label::new(weak(cx.theme, cx.tr.s("panel-colon", &stance))));
        }
        let text = RichText::new(value);
        ui.add(Label::new(if claim.shown {
            text.font(semibold(FONT_BODY))
        } else {
            text
        }));
        if claim.shown {
            ui.label(small(cx.theme, cx.tr.t("panel-shown")));
        }
        claim_chip(ui, cx, aids, ix);
    });
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
        ui.add(Label::new(small(cx.theme, facts(cx, &claim))).wrap())
            .on_hover_text(grades(cx, &claim));
        let note = claim.note.get(cx.lang());
        if !note.is_empty() {
            ui.add(Label::new(small(cx.theme, note)).wrap());
        }
    });
}

/// "asserts · 16 November 2022 · source C · information 2 · inferred".
fn facts(cx: &Ctx<'_>, claim: &Claim) -> String {
    let source = cx.dataset().source(claim.source);
    let mut out = Vec::new();
    if claim.stance == Stance::Asserts {
        // Anything else stands before the value itself.
        out.push(cx.tr.t("stance-asserts"));
    }
    if let Some(when) = &source.published {
        let mut date = cx.when(when);
        if source.published_inferred {
            date = format!("{date} ({})", cx.tr.t("inferred"));
        }
        out.push(date);
    }
    if let Some(r) = source.reliability {
        out.push(cx.tr.s("panel-source-grade", r.id()));
    }
    if let Some(c) = claim.credibility {
        out.push(cx.tr.s("panel-claim-grade", &c.to_string()));
    }
    let basis = if claim.inferred { "inferred" } else { "stated" };
    out.push(cx.tr.t(basis));
    out.join(DOT)
}

/// A value with its evidence beside it.
pub(super) fn value(ui: &mut Ui, cx: &Ctx<'_>, aids: &Aids, text: RichText, evidence: &Evidence) {
    flow(ui, |ui| {
        ui.add(Label::new(text));
        inferred(ui, cx, evidence.is_inferred(cx.dataset()));
        chips(ui, cx, aids, &evidence.support);
    });
}

/// The word "inferred", where it applies.
pub(super) fn inferred(ui: &mut Ui, cx: &Ctx<'_>, is: bool) {
    if is {
        ui.label(small(cx.theme, cx.tr.t("inferred")).italics())
            .on_hover_text(cx.tr.t("panel-inferred-hint"));
    }
}
