//! The actors linked to one actor, drawn about it.

use egui::{
    Align, Color32, FontId, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2,
};

use crate::model::{ActorIx, Schema};
use crate::session::{Command, Focus};
use crate::ui::Ctx;
use crate::ui::widgets::small;
use crate::view::actor_view::{ActorView, Life, Phase, Standing, phase};
use crate::view::network::{LABEL_H, LABEL_TOP, MARK_R, Network, layout};

use super::words::{self, DOT};

/// Shows the network of an actor.
pub(super) fn show(ui: &mut Ui, cx: &Ctx<'_>, view: &ActorView) {
    let width = ui.available_width();
    let network = layout(cx.dataset(), view.actor, &view.ties, width);
    if network.nodes.is_empty() {
        return;
    }
    let (rect, _) = ui.allocate_exact_size(vec2(width, network.height), Sense::hover());
    let centre = pos2(rect.center().x, rect.top() + network.centre_y);
    let place = |x: f32, y: f32| centre + vec2(x, y);
    for (i, j, relation) in &network.chords {
        let (a, b) = (&network.nodes[*i], &network.nodes[*j]);
        let when = &cx.dataset().relation(*relation).when;
        edge(
            ui,
            cx,
            place(a.x, a.y),
            place(b.x, b.y),
            phase(when, view.at),
        );
    }
    for node in &network.nodes {
        edge(ui, cx, centre, place(node.x, node.y), node.phase);
    }
    actor(
        ui,
        cx,
        &network,
        centre,
        view.actor,
        view,
        Phase::Holds,
        &[],
    );
    for node in &network.nodes {
        let at = place(node.x, node.y);
        actor(
            ui,
            cx,
            &network,
            at,
            node.actor,
            view,
            node.phase,
            &node.relations,
        );
    }
    if network.more > 0 {
        ui.label(small(cx.theme, cx.tr.n("panel-more", network.more as u64)));
    }
}

/// A line: whole while the relation holds, faint while it only may, dashed
/// when it does not.
fn edge(ui: &Ui, cx: &Ctx<'_>, a: Pos2, b: Pos2, phase: Phase) {
    let p = &cx.theme.palette;
    match phase {
        Phase::Holds => {
            ui.painter().line_segment([a, b], Stroke::new(1.5, p.weak));
        }
        Phase::MayHold => {
            let stroke = Stroke::new(1.0, p.weak.gamma_multiply(0.6));
            ui.painter().line_segment([a, b], stroke);
        }
        Phase::Past | Phase::Future => {
            let stroke = Stroke::new(1.0, p.weak.gamma_multiply(0.45));
            ui.painter()
                .extend(Shape::dashed_line(&[a, b], stroke, 4.0, 4.0));
        }
    }
}

#[allow(clippy::too_many_arguments, reason = "one mark of a drawing")]
fn actor(
    ui: &mut Ui,
    cx: &Ctx<'_>,
    network: &Network,
    at: Pos2,
    ix: ActorIx,
    view: &ActorView,
    phase: Phase,
    relations: &[crate::model::RelationIx],
) {
    let record = cx.dataset().actor(ix);
    let p = &cx.theme.palette;
    let name = words::actor(cx, ix);
    let standing = Standing::of(record, view.at);
    let hit = Rect::from_min_max(
        at - vec2(network.label_w / 2.0, MARK_R),
        at + vec2(network.label_w / 2.0, LABEL_TOP + LABEL_H),
    );
    let id = ui.scope_id().with(("network", ix));
    let centre = ix == view.actor;
    let sense = if centre {
        Sense::hover()
    } else {
        Sense::click()
    };
    let response = ui.interact(hit, id, sense);
    let said = cx.tr.s("panel-in-network", &name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, !centre, &said));
    let there = phase.is_now() && standing.life != Life::NotYet;
    let fade = if there { 1.0 } else { 0.45 };
    let fill = cx
        .theme
        .category(record.side.map(usize::from))
        .gamma_multiply(fade);
    let lit = response.hovered() || response.has_focus();
    let rim = if lit && !centre {
        Stroke::new(2.0, p.accent)
    } else if centre {
        Stroke::new(2.0, p.text)
    } else {
        Stroke::new(1.0, p.outline)
    };
    // The ground hides the lines that end here.
    ui.painter().circle_filled(at, MARK_R, p.panel);
    if record.schema == Schema::Person {
        ui.painter().circle(at, MARK_R - 1.0, fill, rim);
    } else {
        let square = Rect::from_center_size(at, vec2(13.0, 13.0));
        ui.painter()
            .rect(square, 2.0, fill, rim, egui::StrokeKind::Inside);
    }
    if standing.is_over() {
        let r = MARK_R + 3.0;
        let (a, b) = (at + vec2(-r, r), at + vec2(r, -r));
        ui.painter().line_segment([a, b], Stroke::new(4.0, p.panel));
        ui.painter().line_segment([a, b], Stroke::new(2.0, p.text));
    }
    let colour = if there { p.text } else { p.weak };
    label(
        ui,
        &name,
        at + vec2(0.0, LABEL_TOP),
        network.label_w,
        colour,
    );
    if !relations.is_empty() {
        let lines: Vec<String> = relations.iter().map(|r| tie(cx, *r)).collect();
        let response = response.on_hover_text(lines.join("\n"));
        if response.clicked() {
            cx.send(Command::Open(Focus::Actor(ix)));
        }
    }
}

/// "Illiassou Djibo serves under Abou Walid · 2017 to 2021".
fn tie(cx: &Ctx<'_>, ix: crate::model::RelationIx) -> String {
    let r = cx.dataset().relation(ix);
    format!(
        "{} {} {}{DOT}{}",
        words::actor(cx, r.from),
        words::relation(cx, r.kind, true),
        words::actor(cx, r.to),
        cx.when(&r.when)
    )
}

/// A name in at most two lines, centred.
fn label(ui: &Ui, text: &str, top: Pos2, width: f32, colour: Color32) {
    let font = FontId::proportional(11.0);
    let mut job = egui::text::LayoutJob::simple(text.to_owned(), font, colour, width);
    job.wrap.max_rows = 2;
    job.halign = Align::Center;
    let galley = ui.fonts_mut(|f| f.layout_job(job));
    ui.painter().galley(top, galley, colour);
}
