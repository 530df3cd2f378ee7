//! Paints the lanes: a bar an event, solid where it certainly was, hatched or
//! fading where it only may have been.

use std::sync::Arc;

use egui::{
    Align2, Color32, FontId, Galley, Mesh, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2,
    vec2,
};
use egui_phosphor::regular as icon;

use crate::model::{EventRow, Kind};
use crate::session::GroupBy;
use crate::view::lanes::{Bar, Block, Folded, Piece};
use crate::view::timeline::{LaneView, MAX_BARS, colour_group};

use super::super::{Ctx, FONT_SMALL, Theme};
use super::canvas::{LANE, Stage};
use super::paint::{outside, small};
use super::texture::{fade, faint, fill, frame, hatch};
use super::{TimelinePanel, colour, px, scene};

/// Height of a bar.
const BAR: f32 = 8.0;
/// Strength of what is only possible.
const PALE: f32 = 0.22;
/// Open ends fade out over this width.
const FADE_PX: f32 = 40.0;
/// Between a bar and its title.
const TITLE_GAP: f32 = 4.0;
/// Titles are cut, not left out, down to this width.
const MIN_TITLE: f32 = 72.0;
/// Titles stand only on bars of at least this width.
const MIN_INSIDE: f32 = 160.0;
/// Width of the mark of events without a place.
const MARK: f32 = 14.0;

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
    let mut lanes = Painted {
        painter: &clip,
        stage,
        mesh: Mesh::default(),
        over: Vec::new(),
        labels: Vec::new(),
        titles: vec![f32::MIN; view.lanes.lanes],
    };
    for (bar, room) in view.lanes.bars.iter().zip(&view.room) {
        let y = top(bar.lane);
        if y + LANE >= strip.top() && y <= strip.bottom() {
            lanes.bar(bar, *room, y);
        }
    }
    let Painted {
        mesh, over, labels, ..
    } = lanes;
    clip.add(Shape::mesh(mesh));
    clip.extend(over);
    for label in labels {
        label.paint(&clip, stage.cx.theme);
    }
    for folded in &view.lanes.folded {
        count(&clip, stage, folded, top(folded.lane));
    }
    scroll_bar(painter, stage, strip, (scroll, needed));
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

/// A text on one line, cut with an ellipsis.
fn cut(painter: &Painter, text: &str, width: f32, colour: Color32) -> Arc<Galley> {
    let font = FontId::proportional(FONT_SMALL);
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, colour);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    painter.layout_job(job)
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

/// Where a title has room, and how much.
#[derive(Clone, Copy)]
enum Place {
    Right(f32),
    Left(f32),
    Inside(f32),
}

impl Place {
    const fn room(self) -> f32 {
        match self {
            Self::Right(room) | Self::Left(room) | Self::Inside(room) => room,
        }
    }
}

/// A title to be painted when all bars are.
struct Label {
    at: Pos2,
    width: f32,
    /// The mark of events without a place comes before it.
    mark: bool,
    galley: Option<Arc<Galley>>,
    /// It stands on its bar, which must give way.
    inside: bool,
}

impl Label {
    fn paint(self, painter: &Painter, theme: &Theme) {
        let palette = &theme.palette;
        let middle = self.at.y + LANE / 2.0;
        if self.inside {
            let x = self.at.x - TITLE_GAP..=self.at.x + self.width + TITLE_GAP;
            let ground = Rect::from_x_y_ranges(x, middle - BAR / 2.0..=middle + BAR / 2.0);
            painter.rect_filled(ground.expand2(vec2(0.0, 1.0)), 0.0, palette.panel);
        }
        if self.mark {
            let at = pos2(self.at.x, middle);
            painter.text(
                at,
                Align2::LEFT_CENTER,
                icon::GLOBE_X,
                small(),
                palette.weak,
            );
        }
        if let Some(galley) = self.galley {
            let x = if self.mark {
                self.at.x + MARK
            } else {
                self.at.x
            };
            let at = pos2(x, middle - galley.size().y / 2.0);
            painter.galley(at, galley, palette.text);
        }
    }
}

/// What has been painted of the lanes so far.
struct Painted<'a, 'b, 'c> {
    painter: &'a Painter,
    stage: &'a Stage<'b, 'c>,
    /// The bars.
    mesh: Mesh,
    /// What goes over them.
    over: Vec<Shape>,
    /// The titles.
    labels: Vec<Label>,
    /// For each lane how far titles reach.
    titles: Vec<f32>,
}

impl Painted<'_, '_, '_> {
    fn bar(&mut self, bar: &Bar, room: (f64, f64), y: f32) {
        let cx = self.stage.cx;
        let row = EventRow(bar.row);
        let by = cx.session().prefs.colour_by;
        let inside = cx.current().shown().contains(row);
        let strength = if inside { 1.0 } else { outside(cx.theme) };
        let colour = colour(cx.theme, cx, colour_group(cx.dataset(), row, by));
        let colour = faint(colour, strength);
        let top = y + (LANE - BAR) / 2.0;
        let rect = |x0: f64, x1: f64| Rect::from_x_y_ranges(px(x0)..=px(x1), top..=top + BAR);
        let whole = rect(bar.x0, bar.x1);
        if bar.pieces.is_empty() {
            let certain = bar.certain.map(|(a, b)| rect(a, b));
            let open = (bar.open_left, bar.open_right);
            self.stretch(whole, certain, colour, open);
        } else {
            let last = bar.pieces.len() - 1;
            let joint =
                Rect::from_x_y_ranges(whole.x_range(), y + LANE / 2.0 - 0.5..=y + LANE / 2.0 + 0.5);
            fill(&mut self.mesh, joint, faint(colour, 0.7));
            for (at, Piece { x0, x1, certain }) in bar.pieces.iter().enumerate() {
                let open = (bar.open_left && at == 0, bar.open_right && at == last);
                let certain = certain.map(|(a, b)| rect(a, b));
                self.stretch(rect(*x0, *x1), certain, colour, open);
            }
        }
        self.outline(row, whole);
        self.title(bar, row, room, (y, whole, inside));
    }

    /// A stretch of time with what is certain of it.
    fn stretch(
        &mut self,
        whole: Rect,
        certain: Option<Rect>,
        colour: Color32,
        (open_left, open_right): (bool, bool),
    ) {
        let axis = self.stage.parts.axis;
        let seen = whole.intersect(Rect::everything_right_of(axis.left()));
        let seen = seen.intersect(Rect::everything_left_of(axis.right()));
        if let Some(solid) = certain {
            let (strong, pale) = (faint(colour, 0.75), faint(colour, 0.12));
            let left = seen.with_max_x(solid.left());
            fade(
                &mut self.mesh,
                left,
                if open_left {
                    Color32::TRANSPARENT
                } else {
                    pale
                },
                strong,
            );
            let right = seen.with_min_x(solid.right());
            fade(
                &mut self.mesh,
                right,
                strong,
                if open_right {
                    Color32::TRANSPARENT
                } else {
                    pale
                },
            );
            fill(&mut self.mesh, solid, colour);
            if !self.stage.cx.theme.dark {
                // Yellow alone is lost on white.
                let outline = self.stage.cx.theme.palette.outline;
                let part = f32::from(colour.a()) / 255.0;
                frame(&mut self.mesh, solid, faint(outline, 0.3 * part));
            }
        } else {
            // Open ends fade out towards the edge of the axis.
            let strength = |x: f32| {
                let left = if open_left {
                    (x - seen.left()) / FADE_PX
                } else {
                    1.0
                };
                let right = if open_right {
                    (seen.right() - x) / FADE_PX
                } else {
                    1.0
                };
                left.min(right).clamp(0.0, 1.0)
            };
            let pale = faint(colour, PALE);
            let (a, b) = (
                if open_left {
                    (seen.left() + FADE_PX).min(seen.right())
                } else {
                    seen.left()
                },
                if open_right {
                    (seen.right() - FADE_PX).max(seen.left())
                } else {
                    seen.right()
                },
            );
            let (a, b) = (a.min(b), b.max(a));
            fade(
                &mut self.mesh,
                seen.with_max_x(a),
                Color32::TRANSPARENT,
                pale,
            );
            fill(&mut self.mesh, seen.with_min_x(a).with_max_x(b), pale);
            fade(
                &mut self.mesh,
                seen.with_min_x(b),
                pale,
                Color32::TRANSPARENT,
            );
            hatch(&mut self.mesh, seen, faint(colour, 0.8), strength);
            if !open_left && !open_right {
                frame(&mut self.mesh, whole, faint(colour, 0.6));
            }
        }
        if open_left {
            self.arrow(pos2(axis.left() + 2.0, whole.center().y), -1.0, colour);
        }
        if open_right {
            self.arrow(pos2(axis.right() - 2.0, whole.center().y), 1.0, colour);
        }
    }

    /// An arrow at the edge: it goes on.
    fn arrow(&mut self, tip: Pos2, way: f32, colour: Color32) {
        let (x, y) = (tip.x - 5.0 * way, tip.y);
        let points = vec![pos2(x, y - 4.0), tip, pos2(x, y + 4.0)];
        self.over
            .push(Shape::line(points, Stroke::new(1.5, colour)));
    }

    /// Rings what is selected or under the pointer, here or on the map.
    fn outline(&mut self, row: EventRow, bar: Rect) {
        let session = self.stage.cx.session();
        let palette = &self.stage.cx.theme.palette;
        let stroke = if session.selection.contains(&row) {
            Stroke::new(1.5, palette.text)
        } else if session.hover == Some(row) {
            Stroke::new(1.5, palette.weak)
        } else {
            return;
        };
        let ring = Shape::rect_stroke(bar.expand(2.0), 3.0, stroke, StrokeKind::Middle);
        self.over.push(ring);
    }

    /// The title and the mark of events without a place, where there is room:
    /// at the right of the bar, else at the left, else on a long bar.
    fn title(
        &mut self,
        bar: &Bar,
        row: EventRow,
        (left, right): (f64, f64),
        (y, whole, inside): (f32, Rect, bool),
    ) {
        let cx = self.stage.cx;
        let palette = &cx.theme.palette;
        let colour = if inside { palette.text } else { palette.weak };
        let nowhere = cx.dataset().table().position(row).is_none();
        let mark = if nowhere { MARK } else { 0.0 };
        let reached = self.titles.get(bar.lane).copied().unwrap_or(f32::MIN);
        let right = px(right) - 2.0 * TITLE_GAP;
        let left = px(left).min(whole.left() - reached) - 2.0 * TITLE_GAP;
        let axis = self.stage.parts.axis.x_range();
        let seen = Rect::from_x_y_ranges(
            whole.left().max(axis.min)..=whole.right().min(axis.max),
            whole.y_range(),
        );
        let title = cx.dataset().event(row).titles.get(cx.lang());
        let wanted = cut(self.painter, title, f32::INFINITY, colour).size().x;
        let fits = |room: f32| room - mark >= wanted.min(MIN_TITLE);
        let place = if fits(right) {
            Place::Right(right)
        } else if fits(left) {
            Place::Left(left)
        } else if fits(seen.width() - 4.0 * TITLE_GAP) && seen.width() > MIN_INSIDE {
            Place::Inside(seen.width() - 4.0 * TITLE_GAP)
        } else if nowhere && right >= MARK {
            Place::Right(0.0)
        } else {
            return;
        };
        let room = place.room() - mark;
        let galley = (room > 0.0).then(|| cut(self.painter, title, room, colour));
        let width = galley.as_ref().map_or(0.0, |g| g.size().x) + mark;
        let x = match place {
            Place::Right(_) => whole.right() + TITLE_GAP,
            Place::Left(_) => whole.left() - TITLE_GAP - width,
            Place::Inside(_) => seen.left() + 2.0 * TITLE_GAP,
        };
        if let (Place::Right(_), Some(titles)) = (place, self.titles.get_mut(bar.lane)) {
            *titles = x + width + TITLE_GAP;
        }
        self.labels.push(Label {
            at: pos2(x, y),
            width,
            mark: nowhere,
            galley,
            inside: matches!(place, Place::Inside(_)),
        });
    }
}
