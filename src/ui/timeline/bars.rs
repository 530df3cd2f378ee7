//! The lanes: what is where in them, and how they are painted.

use egui::{Align2, Painter, Pos2, Rect, Stroke, pos2};

use crate::model::{EventRow, Kind};
use crate::session::GroupBy;
use crate::view::lanes::{Block, Folded};
use crate::view::timeline::{LaneView, MAX_BARS};

use super::super::Ctx;
use super::bar::{Painted, cut};
use super::canvas::{LANE, Stage};
use super::paint::small;
use super::texture::faint;
use super::{TimelinePanel, px, scene};

/// The view of the lanes, kept by the panel.
fn lanes<'p>(panel: &'p mut TimelinePanel, stage: &Stage<'_, '_>) -> &'p LaneView {
    let by = stage.cx.session().timeline.group_by;
    panel.view.lanes(scene(stage.cx), &stage.axis, by)
}

/// How far the lanes are scrolled: by whole lanes, so that none is cut.
fn scrolled(panel: &TimelinePanel) -> f32 {
    (panel.scroll / LANE).round() * LANE
}

/// The lane at a height on screen.
fn lane_at(panel: &TimelinePanel, stage: &Stage<'_, '_>, y: f32) -> Option<usize> {
    let strip = stage.parts.lanes.filter(|s| s.y_range().contains(y))?;
    let lane = ((y - strip.top() + scrolled(panel)) / LANE).floor();
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a small number, not negative"
    )]
    (lane >= 0.0).then_some(lane as usize)
}

/// The event whose bar is at a position on screen.
pub(super) fn bar_at(
    panel: &mut TimelinePanel,
    stage: &Stage<'_, '_>,
    at: Pos2,
) -> Option<EventRow> {
    let lane = lane_at(panel, stage, at.y)?;
    let bar = lanes(panel, stage).bar_at(f64::from(at.x), lane)?;
    Some(EventRow(bar.row))
}

/// The count at a position on screen.
pub(super) fn folded_at(
    panel: &mut TimelinePanel,
    stage: &Stage<'_, '_>,
    at: Pos2,
) -> Option<Folded> {
    let lane = lane_at(panel, stage, at.y)?;
    let x = f64::from(at.x);
    let folded = &lanes(panel, stage).lanes.folded;
    let hit = folded
        .iter()
        .find(|f| f.lane == lane && x >= f.x0 && x < f.x1);
    hit.copied()
}

/// The block of lanes at a height on screen, with its number of events.
pub(super) fn block_at(
    panel: &mut TimelinePanel,
    stage: &Stage<'_, '_>,
    y: f32,
) -> Option<(Block, u64)> {
    let lane = lane_at(panel, stage, y)?;
    let view = lanes(panel, stage);
    let block = *view
        .lanes
        .blocks
        .iter()
        .find(|b| (b.first_lane..b.first_lane + b.lanes).contains(&lane))?;
    let bars = view.lanes.bars.iter().filter(|b| b.group == block.group);
    let folded = view.lanes.folded.iter().filter(|f| f.group == block.group);
    let folded: u64 = folded.map(|f| u64::from(f.count)).sum();
    Some((block, u64::try_from(bars.count()).unwrap_or(0) + folded))
}

/// The name of a group of lanes.
pub(super) fn group_name(cx: &Ctx<'_>, group: u16) -> String {
    let at = usize::from(group);
    match cx.session().timeline.group_by {
        GroupBy::Kind => Kind::ALL
            .get(at)
            .map(|kind| cx.tr.t(&format!("kind-{}", kind.id())))
            .unwrap_or_default(),
        GroupBy::Side => cx.dataset().meta().sides.get(at).map_or_else(
            || cx.tr.t("side-none"),
            |s| s.label.get(cx.lang()).to_owned(),
        ),
        GroupBy::Source => cx.dataset().sources().get(at).map_or_else(
            || cx.tr.t("timeline-no-source"),
            |s| s.title.get(cx.lang()).to_owned(),
        ),
    }
}

/// Paints the lanes.
pub(super) fn paint(
    panel: &mut TimelinePanel,
    painter: &Painter,
    strip: Rect,
    stage: &Stage<'_, '_>,
) {
    #[allow(clippy::cast_precision_loss, reason = "a few lanes")]
    let needed = lanes(panel, stage).lanes.lanes as f32 * LANE;
    scroll_to_picked(panel, strip, stage);
    panel.scroll = panel.scroll.clamp(0.0, (needed - strip.height()).max(0.0));
    let scroll = scrolled(panel);
    let view = lanes(panel, stage);
    if view.lanes.bars.is_empty() && view.lanes.folded.is_empty() {
        note(painter, strip, stage, view.in_sight);
        return;
    }
    let clip = painter.with_clip_rect(strip.with_min_x(stage.parts.whole.left()));
    let top = |lane: usize| {
        #[allow(clippy::cast_precision_loss, reason = "a few lanes")]
        let lane = lane as f32;
        (strip.top() + lane * LANE - scroll).round()
    };
    for block in &view.lanes.blocks {
        head(&clip, stage, block, top(block.first_lane));
    }
    let clip = painter.with_clip_rect(strip);
    let mut bars = Painted::new(&clip, stage, view.lanes.lanes);
    for (bar, room) in view.lanes.bars.iter().zip(&view.room) {
        let y = top(bar.lane);
        if y + LANE >= strip.top() && y <= strip.bottom() {
            bars.bar(bar, *room, y);
        }
    }
    bars.finish();
    for folded in &view.lanes.folded {
        count(&clip, stage, folded, top(folded.lane));
    }
    scroll_bar(painter, stage, strip, (scroll, needed));
}

/// Brings the bar of an event that was just picked into sight.
fn scroll_to_picked(panel: &mut TimelinePanel, strip: Rect, stage: &Stage<'_, '_>) {
    let picked = stage.cx.session().primary;
    if panel.picked != picked {
        panel.picked = picked;
        panel.seek = picked;
    }
    // It may come into sight a little later, when the axis has followed.
    if panel.drag.is_some() {
        panel.seek = None;
    }
    let Some(row) = panel.seek else { return };
    let found = lanes(panel, stage)
        .lanes
        .bars
        .iter()
        .find(|b| b.row == row.0);
    let Some(lane) = found.map(|bar| bar.lane) else {
        return;
    };
    #[allow(clippy::cast_precision_loss, reason = "a few lanes")]
    let top = lane as f32 * LANE;
    panel.scroll = panel.scroll.min(top).max(top + LANE - strip.height());
    panel.seek = None;
}

/// Says why there is no bar.
fn note(painter: &Painter, strip: Rect, stage: &Stage<'_, '_>, in_sight: u64) {
    let cx = stage.cx;
    let text = if in_sight > MAX_BARS {
        cx.tr.n("timeline-dense", in_sight)
    } else if cx.current().filtered.is_empty() {
        cx.tr.t("timeline-nothing")
    } else {
        cx.tr.t("timeline-nothing-here")
    };
    let weak = cx.theme.palette.weak;
    painter.text(strip.center(), Align2::CENTER_CENTER, text, small(), weak);
}

/// The name of a group beside its first lane, and the line above it.
fn head(painter: &Painter, stage: &Stage<'_, '_>, block: &Block, y: f32) {
    let palette = &stage.cx.theme.palette;
    let gutter = stage.parts.gutter();
    if block.first_lane > 0 {
        let line = Stroke::new(1.0, faint(palette.line, 0.6));
        let x = gutter.left()..=stage.parts.axis.right();
        painter.hline(x, y + 0.5, line);
    }
    if block.lanes > 0 {
        let name = group_name(stage.cx, block.group);
        let galley = cut(painter, &name, gutter.width() - 12.0, palette.weak);
        let at = pos2(gutter.left() + 4.0, y + (LANE - galley.size().y) / 2.0);
        painter.galley(at, galley, palette.weak);
    }
}

/// How many events begin here that found no lane.
fn count(painter: &Painter, stage: &Stage<'_, '_>, folded: &Folded, y: f32) {
    let palette = &stage.cx.theme.palette;
    let x = px(folded.x0)..=px(folded.x1) - 1.0;
    let rect = Rect::from_x_y_ranges(x, y + 3.0..=y + LANE - 3.0);
    painter.rect_filled(rect, 2.0, palette.ghost);
    let text = if folded.count > 9 {
        "+".to_owned()
    } else {
        folded.count.to_string()
    };
    painter.text(
        rect.center(),
        Align2::CENTER_CENTER,
        text,
        small(),
        palette.text,
    );
}

/// Shows how much of the lanes is in sight. They are dragged, not scrolled by
/// the wheel, which zooms.
fn scroll_bar(painter: &Painter, stage: &Stage<'_, '_>, strip: Rect, (at, needed): (f32, f32)) {
    if needed <= strip.height() {
        return;
    }
    let x = stage.parts.whole.right() - 5.0;
    let part = strip.height() / needed;
    let top = strip.top() + at * part;
    let rect = Rect::from_x_y_ranges(x..=x + 4.0, top..=top + strip.height() * part);
    painter.rect_filled(rect, 2.0, stage.cx.theme.palette.ghost);
}
