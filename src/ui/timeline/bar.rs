//! Paints one bar an event: solid where it certainly was going on, hatched or
//! fading where it only may have been, with its title where there is room.

use std::sync::Arc;

use egui::{
    Align2, Color32, FontId, Galley, Mesh, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2,
    vec2,
};
use egui_phosphor::regular as icon;

use crate::model::EventRow;
use crate::view::lanes::{Bar, Piece};
use crate::view::timeline::colour_group;

use super::super::{FONT_SMALL, Theme};
use super::canvas::{LANE, Stage};
use super::paint::{outside, small};
use super::texture::{fade, faint, fill, frame, hatch};
use super::{colour, px};

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

/// A text on one line, cut with an ellipsis.
pub(super) fn cut(painter: &Painter, text: &str, width: f32, colour: Color32) -> Arc<Galley> {
    let font = FontId::proportional(FONT_SMALL);
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, colour);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    painter.layout_job(job)
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
pub(super) struct Painted<'a, 'b, 'c> {
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

impl<'a, 'b, 'c> Painted<'a, 'b, 'c> {
    /// Nothing yet, in so many lanes.
    pub(super) fn new(painter: &'a Painter, stage: &'a Stage<'b, 'c>, lanes: usize) -> Self {
        Self {
            painter,
            stage,
            mesh: Mesh::default(),
            over: Vec::new(),
            labels: Vec::new(),
            titles: vec![f32::MIN; lanes],
        }
    }

    /// Paints what was added: bars, what goes over them, titles.
    pub(super) fn finish(self) {
        self.painter.add(Shape::mesh(self.mesh));
        self.painter.extend(self.over);
        for label in self.labels {
            label.paint(self.painter, self.stage.cx.theme);
        }
    }

    /// Adds a bar whose lane begins at `y`.
    pub(super) fn bar(&mut self, bar: &Bar, room: (f64, f64), y: f32) {
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
        let stroke = if session.selection.contains(row) {
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
        let title = cx.dataset().title(row, cx.lang());
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
