//! Paints the axis, the histogram and the window.

use egui::text::LayoutJob;
use egui::{
    Align, Align2, Color32, FontId, Mesh, Painter, Rect, Shape, Stroke, StrokeKind, pos2, vec2,
};

use crate::model::time::{Lang, Window};
use crate::view::claim_value::grouped;
use crate::view::histogram::Histogram;
use crate::view::ticks::{Level, Tick};
use crate::view::timeline::{TimelineView, edges};

use super::super::{FONT_SMALL, Theme};
use super::canvas::Stage;
use super::handles::{Handles, flag_rect};
use super::texture::{faint, fill};
use super::{colour, px, scene};

/// Labels of the axis stand at least this far apart.
const MIN_LABEL_PX: f64 = 40.0;
/// What is outside the window keeps this part of its strength; on a light
/// ground it takes more to be seen.
pub(super) fn outside(theme: &Theme) -> f32 {
    if theme.dark { 0.35 } else { 0.5 }
}

/// Free room above the highest bar, at most and as a part of the height.
const HEADROOM: f32 = 8.0;
const HEADROOM_PART: f32 = 0.15;
/// Bars at least this wide stand a point apart.
const GAP_FROM: f32 = 4.0;
/// Size of a handle's grip.
const GRIP: egui::Vec2 = vec2(6.0, 24.0);

pub(super) fn small() -> FontId {
    FontId::proportional(FONT_SMALL)
}

/// The calendar's ticks and labels.
pub(super) fn ticks(painter: &Painter, stage: &Stage<'_, '_>) -> Vec<Tick> {
    let measure = |text: &str| {
        painter
            .layout_no_wrap(text.to_owned(), small(), Color32::WHITE)
            .size()
            .x
    };
    let lang = stage.cx.session().prefs.lang;
    crate::view::ticks::ticks(&stage.axis, MIN_LABEL_PX, lang, measure)
}

/// What lies under everything: the window's band and the calendar's lines.
pub(super) fn ground(painter: &Painter, stage: &Stage<'_, '_>, ticks: &[Tick]) {
    let palette = &stage.cx.theme.palette;
    let bottom = stage.parts.whole.bottom();
    if let Some((left, right)) = edges(&stage.axis, stage.window) {
        let band = Rect::from_x_y_ranges(
            px(left)..=px(right).max(px(left) + 1.0),
            stage.parts.histogram.top()..=bottom,
        );
        painter.rect_filled(band, 0.0, faint(palette.accent, 0.10));
    }
    let axis = stage.parts.axis;
    for tick in ticks {
        let x = px(tick.x);
        if x < axis.left() - 0.5 {
            continue;
        }
        let (top, end, strength) = match (tick.row, tick.level) {
            (1, _) => (axis.top(), bottom, 1.0),
            (_, Level::Major) => (axis.center().y, bottom, 0.5),
            (_, Level::Minor) => (axis.bottom() - 4.0, axis.bottom(), 1.0),
        };
        let stroke = Stroke::new(1.0, faint(palette.line, strength));
        painter.vline(x.round() + 0.5, top..=end, stroke);
    }
    let line = Stroke::new(1.0, palette.line);
    let whole = stage.parts.whole.x_range();
    painter.hline(whole, axis.bottom().round() + 0.5, line);
    if let Some(lanes) = stage.parts.lanes {
        painter.hline(whole, (lanes.top() - 2.0).round() + 0.5, line);
    }
}

/// The calendar's labels.
pub(super) fn labels(painter: &Painter, stage: &Stage<'_, '_>, ticks: &[Tick]) {
    let palette = &stage.cx.theme.palette;
    let axis = stage.parts.axis;
    let flag = flag_rect(stage);
    for (at_tick, tick) in ticks.iter().enumerate() {
        let Some(label) = &tick.label else { continue };
        let (y, colour) = match tick.row {
            1 => (axis.top() + 8.0, palette.text),
            _ => (axis.bottom() - 10.0, palette.weak),
        };
        let at = pos2(px(tick.label_x), y);
        let galley = painter.layout_no_wrap(label.clone(), small(), colour);
        let mut rect = Align2::LEFT_CENTER.anchor_size(at, galley.size());
        if let Some(flag) = flag.filter(|flag| tick.row == 0 && flag.intersects(rect)) {
            // The flag stands on it: beside the flag, if that is no worse.
            rect = rect.translate(vec2(flag.right() - rect.left(), 0.0));
            let next = ticks[at_tick + 1..]
                .iter()
                .find(|t| t.row == 0 && t.label.is_some());
            let end = next.map_or(axis.right(), |next| px(next.label_x) - 4.0);
            if at.x < flag.left() || rect.right() > end {
                continue;
            }
        }
        painter.galley(rect.min, galley, colour);
    }
}

/// The bars of the filtered set over the ghost of the whole.
pub(super) fn histogram(painter: &Painter, view: &mut TimelineView, stage: &Stage<'_, '_>) {
    let cx = stage.cx;
    let by = cx.session().prefs.colour_by;
    let (ghost, filtered) = view.histograms(scene(cx), &stage.axis, stage.bins, by);
    let seen = in_sight(ghost, stage);
    let highest = highest(ghost, &seen);
    if highest <= 0.0 {
        return;
    }
    let mut mesh = Mesh::default();
    for index in seen {
        let column = column(ghost, index, stage);
        let share = |mass: f64| px(mass / highest) * (column.height() - headroom(column));
        let total = ghost.totals().get(index).copied().unwrap_or(0.0);
        let top = column.with_min_y(column.bottom() - share(total));
        fill(&mut mesh, top, cx.theme.palette.ghost);
        let mut bottom = column.bottom();
        for (group, masses) in filtered.groups() {
            let height = share(bin_mass(filtered, masses, ghost, index));
            if height > 0.0 {
                let part = column.with_min_y(bottom - height).with_max_y(bottom);
                in_and_out(&mut mesh, part, stage, colour(cx.theme, cx, group));
                bottom -= height;
            }
        }
    }
    painter
        .with_clip_rect(stage.parts.histogram)
        .add(Shape::mesh(mesh));
}

fn headroom(strip: Rect) -> f32 {
    HEADROOM.min(strip.height() * HEADROOM_PART)
}

/// The mass of the filtered set in a bin of the ghost. The two may cover
/// different stretches of time; their bins are cells of the same unit.
fn bin_mass(filtered: &Histogram, masses: &[f64], ghost: &Histogram, index: usize) -> f64 {
    let at = ghost
        .edges()
        .get(index)
        .and_then(|edge| filtered.edges().binary_search(edge).ok());
    at.and_then(|at| masses.get(at)).copied().unwrap_or(0.0)
}

/// The bins that are at least partly on the axis.
fn in_sight(histogram: &Histogram, stage: &Stage<'_, '_>) -> std::ops::Range<usize> {
    let shown = stage.axis.window();
    let edges = histogram.edges();
    let first = edges
        .partition_point(|e| *e <= shown.start)
        .saturating_sub(1);
    let last = edges.partition_point(|e| *e < shown.end);
    first..last.min(histogram.totals().len())
}

fn highest(histogram: &Histogram, bins: &std::ops::Range<usize>) -> f64 {
    histogram
        .totals()
        .get(bins.clone())
        .map_or(0.0, |totals| totals.iter().copied().fold(0.0, f64::max))
}

/// The column of a bin, over the whole height of the histogram.
fn column(histogram: &Histogram, index: usize, stage: &Stage<'_, '_>) -> Rect {
    let strip = stage.parts.histogram;
    let x = |at: usize| {
        let edge = histogram.edges().get(at).copied().unwrap_or(i64::MAX);
        let x = stage.axis.x(edge);
        px(x.clamp(stage.axis.x0(), stage.axis.x1()))
    };
    let (left, right) = (x(index), x(index + 1));
    let gap = if right - left >= GAP_FROM { 1.0 } else { 0.0 };
    Rect::from_x_y_ranges(left..=right - gap, strip.y_range())
}

/// Fills a bar: full inside the window, dimmer outside.
fn in_and_out(mesh: &mut Mesh, bar: Rect, stage: &Stage<'_, '_>, colour: Color32) {
    let dim = faint(colour, outside(stage.cx.theme));
    let Some((left, right)) = edges(&stage.axis, stage.window) else {
        fill(mesh, bar, dim);
        return;
    };
    let (left, right) = (
        px(left).clamp(bar.left(), bar.right()),
        px(right).clamp(bar.left(), bar.right()),
    );
    fill(mesh, bar.with_max_x(left), dim);
    fill(mesh, bar.with_min_x(left).with_max_x(right), colour);
    fill(mesh, bar.with_min_x(right), dim);
}

/// A bin of the histogram.
pub(super) struct Bin {
    /// Its span.
    pub span: Window,
    /// The mass of the filtered set in it.
    pub mass: f64,
}

/// The bin at a position on screen, if anything is in it.
pub(super) fn bin_at(view: &mut TimelineView, stage: &Stage<'_, '_>, x: f32) -> Option<Bin> {
    let by = stage.cx.session().prefs.colour_by;
    let (_, filtered) = view.histograms(scene(stage.cx), &stage.axis, stage.bins, by);
    let ms = stage.axis.millis(f64::from(x));
    let index = filtered
        .edges()
        .partition_point(|edge| *edge <= ms)
        .checked_sub(1)?;
    let mass = *filtered.totals().get(index)?;
    (mass > 0.0).then_some(Bin {
        span: filtered.bin(index)?,
        mass,
    })
}

/// A number of events with at most one decimal.
pub(super) fn mass_text(mass: f64, lang: Lang) -> String {
    #[allow(clippy::cast_possible_truncation, reason = "a number of events")]
    let text = if mass < 0.05 {
        "< 0.1".to_owned()
    } else if mass >= 1_000.0 {
        grouped(mass.round() as i64)
    } else {
        format!("{mass:.1}")
    };
    let text = text.strip_suffix(".0").unwrap_or(&text);
    match lang {
        Lang::En => text.to_owned(),
        Lang::Fr => text.replace('.', ","),
    }
}

/// Beside the histogram: its scale, and what has no date.
pub(super) fn scale(painter: &Painter, view: &mut TimelineView, stage: &Stage<'_, '_>) {
    let cx = stage.cx;
    let by = cx.session().prefs.colour_by;
    let (ghost, _) = view.histograms(scene(cx), &stage.axis, stage.bins, by);
    let highest = highest(ghost, &in_sight(ghost, stage));
    let palette = &cx.theme.palette;
    let strip = stage.parts.histogram;
    let right = strip.left() - 8.0;
    if highest > 0.0 {
        let max = mass_text(highest, cx.session().prefs.lang);
        let text = cx.tr.s("timeline-max", &max);
        let y = strip.top() + headroom(strip);
        let middle = y.max(strip.top() + 8.0);
        painter.text(
            pos2(right, middle),
            Align2::RIGHT_CENTER,
            text,
            small(),
            palette.weak,
        );
        let stroke = Stroke::new(1.0, palette.weak);
        painter.hline(strip.left() - 5.0..=strip.left(), y.round() + 0.5, stroke);
    }
    let undated = cx.dataset().undated(&cx.current().filtered);
    if undated > 0 {
        let text = cx.tr.n("timeline-undated", undated);
        // On one line where it fits; a large number takes two in a small window.
        let room = right - stage.parts.whole.left() - 4.0;
        let mut job = LayoutJob::simple(text, small(), palette.weak, room.max(1.0));
        job.halign = Align::RIGHT;
        let galley = painter.layout_job(job);
        let line = galley.rows.first().map_or(0.0, |row| row.size.y);
        let top = strip.bottom() - 8.0 + line / 2.0 - galley.size().y;
        painter.galley(pos2(right, top), galley, palette.weak);
    }
    if cx.dataset().time_span().is_none() {
        let text = cx.tr.t("timeline-empty");
        painter.text(
            strip.center(),
            Align2::CENTER_CENTER,
            text,
            small(),
            palette.weak,
        );
    }
}

/// The lines at the window's ends: over the histogram, under the lanes.
pub(super) fn ends(painter: &Painter, stage: &Stage<'_, '_>) {
    let palette = &stage.cx.theme.palette;
    let y = stage.parts.axis.bottom()..=stage.parts.whole.bottom();
    let seen = |ms: i64| {
        let x = stage.axis.x(ms);
        (x >= stage.axis.x0() && x <= stage.axis.x1()).then_some(px(x))
    };
    if let Some(x) = seen(stage.window.start) {
        painter.vline(x, y.clone(), Stroke::new(1.0, palette.accent));
    }
    if let Some(x) = seen(stage.window.end) {
        painter.vline(x, y, Stroke::new(1.5, palette.text));
    }
}

/// The window's handles and the playhead's flag.
pub(super) fn window(painter: &Painter, stage: &Stage<'_, '_>, handles: &Handles) {
    let palette = &stage.cx.theme.palette;
    let Some((left, right)) = edges(&stage.axis, stage.window) else {
        elsewhere(painter, stage);
        return;
    };
    let parts = &stage.parts;
    let (left, right) = (px(left), px(right));
    // A rail along the axis, seen also where bars fill the band.
    let rail = Rect::from_x_y_ranges(
        left..=right.max(left + 1.0),
        parts.axis.bottom() - 2.0..=parts.axis.bottom(),
    );
    painter.rect_filled(rail, 0.0, palette.accent);
    if let Some(flag) = flag_rect(stage) {
        let lit = handles.flag.as_ref().is_some_and(is_lit);
        let colour = if lit { palette.accent } else { palette.text };
        let points = vec![
            pos2(right - 6.0, flag.top()),
            pos2(right + 6.0, flag.top()),
            pos2(right + 6.0, flag.center().y + 1.0),
            pos2(right, flag.bottom()),
            pos2(right - 6.0, flag.center().y + 1.0),
        ];
        painter.add(Shape::convex_polygon(points, colour, Stroke::NONE));
    }
    for (x, response) in [(left, &handles.start), (right, &handles.end)] {
        if let Some(response) = response {
            grip(painter, stage, x, is_lit(response), response.has_focus());
        }
    }
}

fn is_lit(response: &egui::Response) -> bool {
    response.hovered() || response.dragged() || response.has_focus()
}

fn grip(painter: &Painter, stage: &Stage<'_, '_>, x: f32, lit: bool, focus: bool) {
    let palette = &stage.cx.theme.palette;
    let strip = stage.parts.histogram;
    let size = vec2(GRIP.x, GRIP.y.min(strip.height() - 8.0));
    let rect = Rect::from_center_size(pos2(x, strip.center().y), size);
    let colour = if lit { palette.text } else { palette.accent };
    painter.rect(
        rect,
        3.0,
        colour,
        Stroke::new(1.0, palette.panel),
        StrokeKind::Outside,
    );
    if focus {
        let ring = Stroke::new(1.5, palette.accent);
        painter.rect_stroke(rect.expand(3.0), 5.0, ring, StrokeKind::Outside);
    }
}

/// Points to a window that lies beyond the axis.
fn elsewhere(painter: &Painter, stage: &Stage<'_, '_>) {
    let strip = stage.parts.histogram;
    let y = strip.center().y;
    let left = stage.axis.x(stage.window.end) < stage.axis.x0();
    let (tip, base) = if left {
        (strip.left() + 2.0, strip.left() + 10.0)
    } else {
        (strip.right() - 2.0, strip.right() - 10.0)
    };
    let points = vec![pos2(tip, y), pos2(base, y - 6.0), pos2(base, y + 6.0)];
    let accent = stage.cx.theme.palette.accent;
    painter.add(Shape::convex_polygon(points, accent, Stroke::NONE));
}

/// Shows that the keys go to the timeline.
pub(super) fn focus(painter: &Painter, stage: &Stage<'_, '_>) {
    let stroke = Stroke::new(1.0, stage.cx.theme.palette.accent);
    let rect = stage.parts.whole.shrink(0.5);
    painter.rect_stroke(rect, 4.0, stroke, StrokeKind::Inside);
}
