//! Events of a thing, as a strip of time and as a list.

use egui::{Label, Link, Role as UiRole, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::model::time::{Millis, Window};
use crate::model::{ActorIx, EventRow};
use crate::session::{Command, Focus, Panel};
use crate::ui::widgets::{mark, mark_colour, small};
use crate::ui::{Ctx, MarkStyle, paint_mark, shape_of};

use super::words::DOT;

/// Most events listed, or drawn as marks; more are counted. Trade-off: nobody reads more in a
/// panel; the filter and the table show them all.
const MOST: usize = 100;

/// Height of the strip, in points.
const HEIGHT: f32 = 40.0;

/// Width of a column of counts and the gap beside it, in points.
const COLUMN: f32 = 3.0;

/// Radius of a mark on the strip, in points.
const RADIUS: f32 = 6.0;

/// Events along the dataset's time, with the playhead.
pub(super) fn show(ui: &mut Ui, cx: &Ctx<'_>, rows: &[EventRow], playhead: Option<Millis>) {
    let Some(span) = cx.dataset().time_span() else {
        return;
    };
    if rows.is_empty() {
        return;
    }
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::hover());
    let inner = rect.shrink2(vec2(RADIUS + 2.0, 0.0));
    let x_of = |ms: Millis| {
        let share = (ms.saturating_sub(span.start)) as f64 / span.duration_ms() as f64;
        #[allow(clippy::cast_possible_truncation, reason = "a place on the screen")]
        let x = inner.left() + inner.width() * share.clamp(0.0, 1.0) as f32;
        x
    };
    let p = &cx.theme.palette;
    let base = rect.bottom() - 10.0;
    ui.painter()
        .hline(inner.x_range(), base, Stroke::new(1.0, p.line));
    if let Some(at) = playhead {
        let x = x_of(at);
        let below_years = rect.top() + 14.0..=rect.bottom();
        ui.painter()
            .vline(x, below_years, Stroke::new(1.0, p.accent));
    }
    if rows.len() > MOST {
        columns(ui, cx, rows, inner, base, playhead);
        ends_of(ui, cx, span, rect);
        return;
    }
    // Marks that would touch climb; on the third level they may overlap.
    let mut ends = [f32::NEG_INFINITY; 3];
    for row in rows.iter().filter(|r| cx.dataset().table().is_dated(**r)) {
        let extent = cx.dataset().table().extent(*row);
        let from = extent.start_earliest.max(span.start);
        let to = extent.end_latest.min(span.end);
        let x = x_of(from / 2 + to / 2);
        let level = (0..3).find(|l| x - ends[*l] > 2.0 * RADIUS).unwrap_or(2);
        ends[level] = x;
        let centre = pos2(x, base - level as f32 * (2.0 * RADIUS - 1.0));
        let long = x_of(to) - x_of(from);
        if level == 0 && long > 2.0 * RADIUS {
            let range = x_of(from)..=x_of(to);
            ui.painter().hline(range, base, Stroke::new(3.0, p.ghost));
        }
        paint_event(ui, cx, *row, centre, playhead);
    }
    ends_of(ui, cx, span, rect);
}

/// How many of very many events begin in each stretch of time, as columns: by
/// binary searches in the rows, which are in order of time.
fn columns(
    ui: &Ui,
    cx: &Ctx<'_>,
    rows: &[EventRow],
    inner: egui::Rect,
    base: f32,
    playhead: Option<Millis>,
) {
    let Some(span) = cx.dataset().time_span() else {
        return;
    };
    let n = (inner.width() / COLUMN).floor().max(1.0);
    let starts = cx.dataset().table().starts();
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few columns; a moment within the dataset's time"
    )]
    let (n, edge) = (n as usize, |at: usize| {
        let share = at as f64 / f64::from(n);
        span.start
            .saturating_add((span.duration_ms() as f64 * share) as i64)
    });
    let before = |at: usize| rows.partition_point(|r| starts[r.at()] < edge(at));
    // What began before the first column is counted in it.
    let mut from = 0;
    let counts: Vec<usize> = (1..=n)
        .map(|at| {
            let to = before(at);
            to - std::mem::replace(&mut from, to)
        })
        .collect();
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let p = &cx.theme.palette;
    for (at, count) in counts.into_iter().enumerate().filter(|(_, n)| *n > 0) {
        let height = (count as f32 / most as f32 * (HEIGHT - 24.0)).max(1.0);
        let x = inner.left() + at as f32 * COLUMN;
        let bar = egui::Rect::from_x_y_ranges(x..=x + COLUMN - 1.0, base - height..=base);
        // It has not happened yet.
        let later = playhead.is_some_and(|t| edge(at) > t);
        let fade = if later { 0.35 } else { 1.0 };
        ui.painter()
            .rect_filled(bar, 0.0, p.weak.gamma_multiply(fade));
    }
}

fn paint_event(ui: &mut Ui, cx: &Ctx<'_>, row: EventRow, centre: egui::Pos2, at: Option<Millis>) {
    let title = cx.dataset().title(row, cx.lang()).to_owned();
    let hit = egui::Rect::from_center_size(centre, vec2(2.0 * RADIUS, 2.0 * RADIUS));
    let id = ui.scope_id().with(("strip", row));
    let response = ui.interact(hit, id, Sense::click());
    let name = cx.tr.s("panel-on-strip", &title);
    response.widget_info(|| WidgetInfo::labeled(UiRole::Button, true, &name));
    let p = &cx.theme.palette;
    let chosen = cx.session().selection.contains(row);
    let rim = if chosen || response.hovered() || response.has_focus() {
        Stroke::new(2.0, p.accent)
    } else {
        Stroke::new(1.0, p.outline)
    };
    let mut fill = mark_colour(cx, row);
    let start = cx.dataset().table().extent(row).start_earliest;
    if at.is_some_and(|t| start > t) {
        // It has not happened yet.
        fill = fill.gamma_multiply(0.35);
    }
    let style = MarkStyle {
        radius: RADIUS,
        fill,
        stroke: rim,
    };
    let kind = cx.dataset().table().kind(row);
    paint_mark(ui.painter(), centre, shape_of(kind), style);
    act(cx, row, &response.on_hover_text(title));
}

/// The years at the two ends.
fn ends_of(ui: &Ui, cx: &Ctx<'_>, span: Window, rect: egui::Rect) {
    use crate::model::time::Unit;
    let font = egui::FontId::proportional(10.0);
    let colour = cx.theme.palette.weak;
    for (ms, align, x) in [
        (span.start, egui::Align2::LEFT_TOP, rect.left()),
        (span.end - 1, egui::Align2::RIGHT_TOP, rect.right()),
    ] {
        let text = cx.moment(ms, Unit::Year);
        ui.painter()
            .text(pos2(x, rect.top()), align, text, font.clone(), colour);
    }
}

fn act(cx: &Ctx<'_>, row: EventRow, response: &egui::Response) {
    if response.clicked() {
        cx.send(Command::Open(Focus::Event(row)));
    }
    if response.hovered() && cx.session().hover != Some(row) {
        cx.send(Command::Hover(Some(row)));
    }
}

/// A link to an event, with its mark.
pub(super) fn event_link(ui: &mut Ui, cx: &Ctx<'_>, row: EventRow) {
    let event = cx.dataset().event(row);
    marked(ui, cx, row, |ui| {
        let title = event.titles.get(cx.lang());
        act(cx, row, &ui.add(Link::new(title)));
    });
}

/// A mark, and beside it what belongs to the event.
fn marked(ui: &mut Ui, cx: &Ctx<'_>, row: EventRow, add: impl FnOnce(&mut Ui)) {
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = vec2(6.0, 1.0);
        let kind = cx.dataset().table().kind(row);
        mark(ui, cx.theme, kind, mark_colour(cx, row));
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            add(ui);
        });
    });
}

/// The events as a list: title, date, and the part an actor had in them. The
/// rest of many is a click away in the table, when filtered by `only`; `None`
/// if it is already.
pub(super) fn list(
    ui: &mut Ui,
    cx: &Ctx<'_>,
    rows: &[EventRow],
    actor: Option<ActorIx>,
    only: Option<Command>,
) {
    if rows.is_empty() {
        ui.label(small(cx.theme, cx.tr.t("panel-no-events")));
    }
    for row in rows.iter().take(MOST) {
        let event = cx.dataset().event(*row);
        let mut facts = Vec::new();
        if let Some(when) = &event.when {
            facts.push(cx.when(when));
        }
        for p in event.participants.iter().filter(|p| Some(p.actor) == actor) {
            facts.push(cx.tr.t(&format!("role-{}", p.role.id())));
        }
        marked(ui, cx, *row, |ui| {
            let title = event.titles.get(cx.lang());
            act(cx, *row, &ui.add(Link::new(title)));
            if !facts.is_empty() {
                ui.add(Label::new(small(cx.theme, facts.join(DOT))).wrap());
            }
        });
    }
    if rows.len() > MOST {
        let more = (rows.len() - MOST) as u64;
        let text = small(cx.theme, cx.tr.n("panel-more", more));
        let link = ui.add(Link::new(text));
        if link.on_hover_text(cx.tr.t("panel-more-hint")).clicked() {
            if let Some(command) = only {
                cx.send(command);
            }
            if !cx.session().layout.table {
                cx.send(Command::TogglePanel(Panel::Table));
            }
        }
    }
}
