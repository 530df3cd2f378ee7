//! Marks and stacks on the screen: where they stand, what the pointer is
//! over, and how they are painted.

use egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, Vec2, vec2};

use crate::model::EventRow;
use crate::session::Session;
use crate::ui::{Ctx, MarkStyle, paint_mark, semibold, shape_of};
use crate::view::PxRect;
use crate::view::ageing::FAINTEST;
use crate::view::fan::fan;
use crate::view::pick::{Target, pick};
use crate::view::viewport::Viewport;

use super::scene::{Linked, Mark, STACK_RADIUS, Scene, colour_of};

/// Distance between the marks of a stack that is spread out, in points.
const FAN_GAP: f32 = 28.0;
/// Stacks of more are not spread out: they are zoomed into.
pub(super) const MOST_FANNED: usize = 60;
/// From this zoom on, up to [`ALWAYS_FANNED`] marks at one spot are always
/// spread out: further in there is nothing else to tell them apart.
const FANNED_FROM: f64 = 9.0;
const ALWAYS_FANNED: usize = 8;
/// Radius of what is left of a stack that is spread out.
const HUB_RADIUS: f32 = 4.0;
/// What steps back behind the linked keeps this much of its opacity.
const STEPPED_BACK: f32 = 0.45;
/// The pointer may miss a mark by so many points.
pub(super) const SLACK: f32 = 4.0;

/// What a glyph stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// A mark, by position in [`Scene::marks`].
    Mark(usize),
    /// A stack, by position in [`Scene::clusters`].
    Stack(usize),
}

/// Something painted on the map that can be pointed at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub pos: Pos2,
    pub r: f32,
    pub what: What,
    /// The centre of the stack that it was spread out from.
    pub from: Option<Pos2>,
}

impl Glyph {
    /// The room it takes.
    pub fn room(&self) -> PxRect {
        PxRect::about(self.pos.x, self.pos.y, self.r + 1.0)
    }
}

/// What is spread out.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Fans {
    /// The stack whose first row this is was clicked.
    pub pinned: Option<EventRow>,
    /// The pointer rests on the stack whose first row this is.
    pub hovered: Option<EventRow>,
}

/// The glyphs of a scene, in order of painting.
#[derive(Default)]
pub(super) struct Glyphs {
    pub list: Vec<Glyph>,
}

#[allow(clippy::cast_possible_truncation, reason = "screen positions")]
fn on_screen(rect: Rect, (x, y): (f64, f64)) -> Pos2 {
    rect.min + vec2(x as f32, y as f32)
}

impl Glyphs {
    /// Places the glyphs: first those that stand alone, then the stacks, then
    /// what is spread out.
    pub fn place(&mut self, scene: &Scene, view: &Viewport, rect: Rect, fans: Fans, s: &Session) {
        self.list.clear();
        let mut spread = Vec::new();
        let picked = s.primary.and_then(|row| scene.stack_of(row));
        for (at, cluster) in scene.clusters.iter().enumerate() {
            let first = &scene.marks[cluster.members[0]];
            let pos = on_screen(rect, view.screen(first.unit));
            if let [only] = cluster.members[..] {
                self.list.push(Glyph {
                    pos,
                    r: scene.marks[only].radius,
                    what: What::Mark(only),
                    from: None,
                });
                continue;
            }
            let n = cluster.members.len();
            let asked = fans.pinned == Some(first.row)
                || fans.hovered == Some(first.row)
                || picked == Some(at);
            let always = cluster.same_spot && n <= ALWAYS_FANNED && view.zoom() >= FANNED_FROM;
            let open = (asked && n <= MOST_FANNED) || always;
            self.list.push(Glyph {
                pos,
                r: if open { HUB_RADIUS } else { STACK_RADIUS },
                what: What::Stack(at),
                from: None,
            });
            if open {
                let spots = fan(n, FAN_GAP);
                spread.extend(cluster.members.iter().zip(spots).map(|(m, (x, y))| Glyph {
                    pos: pos + vec2(x, y),
                    r: scene.marks[*m].radius.min(FAN_GAP / 2.0 - 3.0),
                    what: What::Mark(*m),
                    from: Some(pos),
                }));
            }
        }
        // Singles below stacks, stacks below what is spread out.
        self.list.sort_by_key(|g| matches!(g.what, What::Stack(_)));
        self.list.extend(spread);
    }

    /// The glyph under a position.
    pub fn under(&self, at: Pos2) -> Option<&Glyph> {
        let targets: Vec<Target> = self
            .list
            .iter()
            .map(|g| Target {
                x: g.pos.x,
                y: g.pos.y,
                r: g.r,
            })
            .collect();
        pick(&targets, (at.x, at.y), SLACK).map(|i| &self.list[i])
    }

    /// The glyph that shows a row: its own, else its stack's.
    pub fn of_row(&self, scene: &Scene, row: EventRow) -> Option<&Glyph> {
        let mark = *scene.by_row.get(&row)?;
        self.list
            .iter()
            .rev()
            .find(|g| g.what == What::Mark(mark))
            .or_else(|| {
                let stack = scene.cluster_of[mark];
                self.list.iter().find(|g| g.what == What::Stack(stack))
            })
    }

    /// How far the marks of a stack that is spread out reach from its centre.
    pub fn reach(&self, center: Pos2) -> f32 {
        self.list
            .iter()
            .filter(|g| g.from == Some(center))
            .map(|g| g.pos.distance(center) + g.r)
            .fold(STACK_RADIUS, f32::max)
    }
}

/// Paints glyphs.
pub(super) struct Brush<'a> {
    pub cx: &'a Ctx<'a>,
    pub scene: &'a Scene,
    pub linked: Option<&'a Linked>,
    pub painter: &'a Painter,
    /// For what gives way where events are many.
    pub faded: Painter,
}

impl Brush<'_> {
    /// Paints all glyphs, picked ones over the others and the one under the
    /// pointer on top.
    pub fn paint(&self, glyphs: &Glyphs) {
        let s = self.cx.session();
        for g in glyphs.list.iter().filter(|g| g.from.is_some()) {
            self.leader(g);
        }
        let rank = |g: &Glyph| match g.what {
            What::Mark(m) => {
                let row = self.scene.marks[m].row;
                if s.hover == Some(row) {
                    4
                } else if s.selection.contains(row) {
                    3
                } else {
                    i32::from(g.from.is_some())
                }
            }
            // Marks fanned out of one stack leave the count of the next readable.
            What::Stack(_) => 2,
        };
        for level in 0..=4 {
            for g in glyphs.list.iter().filter(|g| rank(g) == level) {
                match g.what {
                    What::Mark(m) => self.mark(g, &self.scene.marks[m]),
                    What::Stack(c) => self.stack(g, c),
                }
            }
        }
    }

    /// Opacity of a mark: by age, and whether it steps back.
    pub fn alpha(&self, mark: &Mark) -> f32 {
        let s = self.cx.session();
        let near = s.selection.contains(mark.row)
            || s.hover == Some(mark.row)
            || self
                .linked
                .is_none_or(|l| l.holds(self.cx.dataset(), mark.row));
        if near {
            mark.alpha
        } else {
            (mark.alpha * STEPPED_BACK).max(FAINTEST)
        }
    }

    /// Colour of a mark.
    pub fn colour(&self, mark: &Mark) -> Color32 {
        let by = self.cx.session().prefs.colour_by;
        colour_of(self.cx.theme, by, mark.kind, mark.side)
    }

    /// What is picked or pointed at never gives way.
    pub fn painter_of(&self, mark: &Mark) -> &Painter {
        let s = self.cx.session();
        if s.hover == Some(mark.row) || s.selection.contains(mark.row) {
            self.painter
        } else {
            &self.faded
        }
    }

    fn leader(&self, g: &Glyph) {
        let p = &self.cx.theme.palette;
        if let Some(from) = g.from {
            let line = [from, g.pos];
            self.painter
                .line_segment(line, Stroke::new(3.0, p.halo.gamma_multiply(0.7)));
            self.painter.line_segment(line, Stroke::new(1.0, p.weak));
        }
    }

    fn ring(&self, at: Pos2, r: f32) {
        let p = &self.cx.theme.palette;
        self.painter.circle_stroke(at, r, Stroke::new(4.0, p.halo));
        self.painter.circle_stroke(at, r, Stroke::new(2.0, p.text));
    }

    fn mark(&self, g: &Glyph, mark: &Mark) {
        let s = self.cx.session();
        let p = &self.cx.theme.palette;
        let hovered = s.hover == Some(mark.row);
        let r = if hovered { g.r * 1.25 } else { g.r };
        let painter = self.painter_of(mark);
        if s.selection.contains(mark.row) {
            self.ring(g.pos, r + 5.0);
        }
        let alpha = self.alpha(mark);
        let colour = self.colour(mark).gamma_multiply(alpha);
        let outline = p.outline.gamma_multiply(alpha);
        let shape = shape_of(mark.kind);
        if mark.possible {
            // Hollow: it is not certain that it belongs here.
            let under = MarkStyle {
                radius: r,
                fill: p.card.gamma_multiply(0.75 * alpha),
                stroke: Stroke::new(3.5, outline),
            };
            paint_mark(painter, g.pos, shape, under);
            let style = MarkStyle {
                radius: r,
                fill: Color32::TRANSPARENT,
                stroke: Stroke::new(1.75, colour),
            };
            paint_mark(painter, g.pos, shape, style);
        } else {
            let style = MarkStyle {
                radius: r,
                fill: colour,
                stroke: Stroke::new(1.25, outline),
            };
            paint_mark(painter, g.pos, shape, style);
        }
    }

    /// A disc with the number of its marks, and around it their colours.
    fn stack(&self, g: &Glyph, cluster: usize) {
        let session = self.cx.session();
        let palette = &self.cx.theme.palette;
        let members = &self.scene.clusters[cluster].members;
        if g.r <= HUB_RADIUS {
            let line = Stroke::new(1.25, palette.outline);
            self.faded.circle(g.pos, g.r, palette.card, line);
            return;
        }
        let marks = || members.iter().map(|m| &self.scene.marks[*m]);
        let lit = |m: &Mark| session.selection.contains(m.row) || session.hover == Some(m.row);
        let painter = if marks().any(lit) {
            self.painter
        } else {
            &self.faded
        };
        if marks().any(|m| session.selection.contains(m.row)) {
            self.ring(g.pos, g.r + 4.0);
        }
        let hovered = marks().any(|m| session.hover == Some(m.row));
        let radius = if hovered { g.r * 1.15 } else { g.r };
        let strongest = marks().map(|m| self.alpha(m)).fold(0.0, f32::max);
        painter.circle(
            g.pos,
            radius,
            palette.card.gamma_multiply(0.55 + 0.45 * strongest),
            Stroke::new(1.25, palette.outline.gamma_multiply(strongest)),
        );
        let mut colours: Vec<(Color32, usize)> = Vec::new();
        for m in marks() {
            let colour = self.colour(m).gamma_multiply(self.alpha(m).max(0.4));
            match colours.iter_mut().find(|(k, _)| *k == colour) {
                Some((_, n)) => *n += 1,
                None => colours.push((colour, 1)),
            }
        }
        let mut from = 0.0;
        for (colour, n) in colours {
            let to = from + n as f32 / members.len() as f32;
            arc(
                painter,
                g.pos,
                radius - 2.0,
                (from, to),
                Stroke::new(3.0, colour),
            );
            from = to;
        }
        let text = if members.len() > 999 {
            "999+".to_owned()
        } else {
            members.len().to_string()
        };
        let ink = palette.text.gamma_multiply(0.4 + 0.6 * strongest);
        painter.text(g.pos, Align2::CENTER_CENTER, text, semibold(11.0), ink);
    }
}

/// Part of a circle; the ends are shares of the whole turn from the top.
fn arc(painter: &Painter, center: Pos2, r: f32, (from, to): (f32, f32), stroke: Stroke) {
    const STEPS: f32 = 40.0;
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of forty"
    )]
    let n = ((to - from) * STEPS).ceil().max(2.0) as u16;
    let points: Vec<Pos2> = (0..=n)
        .map(|i| {
            let a = std::f32::consts::TAU * (from + (to - from) * f32::from(i) / f32::from(n));
            center + r * vec2(a.sin(), -a.cos())
        })
        .collect();
    painter.add(Shape::line(points, stroke));
}

/// A rectangle of egui as one of the pure view.
pub(super) fn from_rect(r: Rect) -> PxRect {
    PxRect::at(r.min.x, r.min.y, r.width(), r.height())
}

/// A square about a position.
pub(super) fn square(at: Pos2, r: f32) -> Rect {
    Rect::from_center_size(at, Vec2::splat(2.0 * r))
}
