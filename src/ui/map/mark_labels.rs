//! Titles beside the marks.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{Color32, FontId, Galley, Painter, Pos2, Rect, Vec2, vec2};

use crate::model::EventRow;
use crate::ui::{Ctx, FONT_SMALL, semibold};
use crate::view::PxRect;
use crate::view::labels::{Candidate, Occupied, Previous, place};

use super::marks::{Brush, Glyph, Glyphs, What, from_rect};
use super::scene::Scene;
use super::text::halo_text;

/// Width after which a title is cut short, in points.
const WIDEST: f32 = 190.0;
/// Titles looked at, most important first.
const MOST_TRIED: usize = 200;
/// Titles written. Trade-off: a map full of text shows no marks.
const MOST_PLACED: usize = 60;
/// From so many marks on, fewer: among so many, titles name none in particular.
const CROWD: usize = 100;
/// Titles written among however many marks.
const LEAST_PLACED: usize = 16;

/// Titles written among so many marks, at most.
fn most_placed(marks: usize) -> usize {
    (MOST_PLACED * CROWD / marks.max(CROWD)).max(LEAST_PLACED)
}

/// What titles have to keep to.
pub(super) struct Around<'a> {
    /// The map.
    pub rect: Rect,
    /// Cards over it.
    pub overlays: &'a [Rect],
    /// The event that a card tells of already: it gets no title.
    pub told: Option<EventRow>,
}

struct Written {
    galley: Arc<Galley>,
    at: Pos2,
    row: EventRow,
}

/// Titles beside the marks of one frame.
#[derive(Default)]
pub(super) struct MarkLabels {
    written: Vec<Written>,
    previous: Previous,
    /// The room that the titles take.
    pub rooms: Vec<PxRect>,
}

/// Where a title may stand about its glyph: to the side (−1 left, 0 centred,
/// 1 right) and in height (−1 above, 0 level, 1 below).
const STANDINGS: [(f32, f32); 8] = [
    (1.0, 0.0),
    (-1.0, 0.0),
    (1.0, -1.0),
    (1.0, 1.0),
    (-1.0, -1.0),
    (-1.0, 1.0),
    (0.0, -1.0),
    (0.0, 1.0),
];

/// Upper left corner of a title of a size in one of the standings.
fn corner(g: &Glyph, size: Vec2, (along, height): (f32, f32), ringed: bool) -> Pos2 {
    // More than the margin of a label, or its own mark would push it off.
    let gap = g.r + if ringed { 10.0 } else { 6.0 };
    // At a slant it may come nearer.
    let gap = if along != 0.0 && height != 0.0 {
        gap * 0.8
    } else {
        gap
    };
    let start = |sign: f32, extent: f32| sign * gap + (sign - 1.0) / 2.0 * extent;
    (g.pos + vec2(start(along, size.x), start(height, size.y))).round()
}

/// The standings of a title, best first: outwards where its mark was spread
/// out from a stack.
fn standings(g: &Glyph) -> [(f32, f32); 8] {
    match g.from {
        Some(center) if g.pos.x < center.x - 1.0 => STANDINGS.map(|(x, y)| (-x, y)),
        _ => STANDINGS,
    }
}

impl MarkLabels {
    /// Finds room for titles off all glyphs and cards.
    pub fn arrange(
        &mut self,
        painter: &Painter,
        cx: &Ctx<'_>,
        scene: &Scene,
        glyphs: &Glyphs,
        around: &Around<'_>,
    ) {
        self.written.clear();
        self.rooms.clear();
        let list = wanted(cx, scene, glyphs, around.told);
        let mut occupied = Occupied::default();
        for g in &glyphs.list {
            occupied.take(g.room());
        }
        for o in around.overlays {
            occupied.take(from_rect(*o));
        }
        let titles: Vec<Arc<Galley>> = list
            .iter()
            .map(|(_, row, strong)| title(painter, cx, *row, *strong))
            .collect();
        let candidates: Vec<Candidate> = list
            .iter()
            .zip(&titles)
            .zip(0..)
            .map(|(((g, row, _), galley), priority)| Candidate {
                key: u64::from(row.0),
                priority,
                places: standings(g)
                    .map(|s| {
                        let min =
                            corner(g, galley.size(), s, cx.session().selection.contains(*row));
                        from_rect(Rect::from_min_size(min, galley.size()))
                    })
                    .to_vec(),
            })
            .collect();
        let bounds = from_rect(around.rect.shrink(4.0));
        let found = place(
            &candidates,
            &mut occupied,
            bounds,
            &self.previous,
            most_placed(scene.marks.len()),
        );
        self.previous.clear();
        for p in found {
            let room = candidates[p.candidate].places[p.place];
            self.previous.insert(candidates[p.candidate].key, p.place);
            self.rooms.push(room);
            self.written.push(Written {
                galley: Arc::clone(&titles[p.candidate]),
                at: Pos2::new(room.x0, room.y0),
                row: list[p.candidate].1,
            });
        }
    }

    /// Writes the titles.
    pub fn paint(&self, brush: &Brush<'_>) {
        let p = &brush.cx.theme.palette;
        for w in &self.written {
            let mark = brush.scene.by_row.get(&w.row);
            let mark = mark.map(|m| &brush.scene.marks[*m]);
            let alpha = mark.map_or(1.0, |m| brush.alpha(m));
            let painter = mark.map_or(brush.painter, |m| brush.painter_of(m));
            let ink = p.text.gamma_multiply(0.35 + 0.65 * alpha);
            halo_text(painter, w.at, &w.galley, ink, p.halo, 8);
        }
    }
}

/// The glyphs that want a title, most important first: picked, hovered, then
/// by toll. A stack is named only by the picked or hovered event in it.
fn wanted<'a>(
    cx: &Ctx<'_>,
    scene: &Scene,
    glyphs: &'a Glyphs,
    told: Option<EventRow>,
) -> Vec<(&'a Glyph, EventRow, bool)> {
    let s = cx.session();
    let mut list: Vec<(u8, i64, &Glyph, EventRow)> = Vec::new();
    let special: Vec<EventRow> = s.primary.into_iter().chain(s.hover).collect();
    for (rank, row) in (0_u8..).zip(&special) {
        if let Some(g) = glyphs.of_row(scene, *row)
            && told != Some(*row)
            && !list.iter().any(|(_, _, _, r)| r == row)
        {
            list.push((rank, 0, g, *row));
        }
    }
    if s.map.layers.mark_labels {
        for g in &glyphs.list {
            if let What::Mark(m) = g.what {
                let mark = &scene.marks[m];
                if special.contains(&mark.row) || told == Some(mark.row) {
                    continue;
                }
                #[allow(clippy::cast_possible_truncation, reason = "a radius in points")]
                let size = (mark.radius * 100.0) as i64;
                let rank = if s.selection.contains(mark.row) { 2 } else { 3 };
                list.push((rank, -size, g, mark.row));
            }
        }
    }
    list.sort_by_key(|(rank, size, _, row)| (*rank, *size, *row));
    list.truncate(MOST_TRIED);
    list.into_iter()
        .map(|(rank, _, g, row)| (g, row, rank < 3))
        .collect()
}

fn title(painter: &Painter, cx: &Ctx<'_>, row: EventRow, strong: bool) -> Arc<Galley> {
    let font = if strong {
        semibold(FONT_SMALL)
    } else {
        FontId::proportional(FONT_SMALL)
    };
    let text = cx.dataset().title(row, cx.lang()).to_owned();
    one_line(painter, text, font, WIDEST)
}

/// A text on one line, cut short where it is too wide.
pub(super) fn one_line(painter: &Painter, text: String, font: FontId, widest: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text, font, Color32::PLACEHOLDER);
    job.wrap = TextWrapping::truncate_at_width(widest);
    painter.layout_job(job)
}
