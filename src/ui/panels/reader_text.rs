//! The text of a document: only what is in view is laid out and drawn.

use std::collections::HashMap;
use std::ops::Range;

use egui::{FontId, Rect, ScrollArea, TextStyle, Ui, pos2, vec2};

use crate::session::{Command, Focus};
use crate::ui::Ctx;
use crate::ui::text::{Laid, Paint, lay_out, show_laid};
use crate::view::linkify::{Linker, Mention};
use crate::view::reader::{DocumentView, blocks, clip};

/// Longest piece of text laid out at once, in bytes. Trade-off: longer than
/// any paragraph people write, short enough to lay out within a frame.
const BLOCK: usize = 4000;

/// Up to this many bytes a document is laid out whole when it is opened, so
/// that the scroll bar is exact. Above it heights are estimated until seen.
const WHOLE: usize = 100_000;

/// Most blocks kept laid out.
const KEPT: usize = 400;

/// Space left of the text for the edge mark, in points.
const MARGIN: f32 = 12.0;

/// Space after a paragraph, in points.
const GAP: f32 = 8.0;

/// What is marked in the text.
#[derive(Clone, Copy)]
pub(super) struct Marks<'a> {
    /// The citation asked for.
    pub active: Option<usize>,
    /// Found words.
    pub found: &'a [Range<usize>],
    /// The match in view.
    pub current: Option<usize>,
}

struct Block {
    laid: Laid,
    mentions: Vec<Mention>,
    /// Boxes of the active passage, relative to the galley.
    edge: Vec<Rect>,
}

/// What the heights depend on: document, width, size of text.
type Shape = (usize, u32, u32);

/// What the colours depend on: citation, matches, theme.
type Colours = (
    Option<usize>,
    usize,
    Option<Range<usize>>,
    Option<usize>,
    bool,
);

/// The text of a document, as far as it has been laid out.
#[derive(Default)]
pub(super) struct Body {
    shape: Option<Shape>,
    colours: Option<Colours>,
    blocks: Vec<Range<usize>>,
    heights: Vec<f32>,
    /// Where each block begins, and the end of the last.
    tops: Vec<f32>,
    laid: HashMap<usize, Block>,
    /// By how much what is above the view has grown since.
    shift: f32,
}

struct Sheet<'a> {
    cx: &'a Ctx<'a>,
    view: &'a DocumentView,
    linker: &'a Linker,
    marks: Marks<'a>,
    font: FontId,
    width: f32,
}

impl Body {
    /// Shows the text, scrolled to `goto` if it is asked for.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        cx: &Ctx<'_>,
        view: &DocumentView,
        linker: &Linker,
        marks: Marks<'_>,
        goto: Option<Range<usize>>,
    ) {
        let bar = ui.spacing().scroll.bar_width + 8.0;
        let sheet = Sheet {
            cx,
            view,
            linker,
            marks,
            font: TextStyle::Body.resolve(ui.style()),
            width: (ui.available_width() - MARGIN - bar).max(40.0).floor(),
        };
        self.reset(ui, &sheet);
        let height = ui.available_height();
        let mut area = ScrollArea::vertical()
            .id_salt(("reader-text", self.shape.map(|s| s.0)))
            .auto_shrink(false);
        if let Some(range) = goto {
            area = area.vertical_scroll_offset(self.offset_of(ui, &sheet, &range, height));
        }
        area.show_viewport(ui, |ui, viewport| self.draw(ui, &sheet, viewport));
    }

    /// Forgets what no longer fits the document, the width or the colours.
    fn reset(&mut self, ui: &Ui, sheet: &Sheet<'_>) {
        let document = std::sync::Arc::as_ptr(&sheet.view.document) as usize;
        let shape = (document, sheet.width.to_bits(), sheet.font.size.to_bits());
        let colours = (
            sheet.marks.active,
            sheet.marks.found.len(),
            sheet.marks.found.first().cloned(),
            sheet.marks.current,
            sheet.cx.theme.dark,
        );
        if self.shape != Some(shape) {
            self.shape = Some(shape);
            self.laid.clear();
            let text = &sheet.view.document.text;
            self.blocks = blocks(text, &sheet.view.paragraphs, BLOCK);
            // About half as wide as high: good enough for a scroll bar.
            let per_row = (sheet.width / (sheet.font.size * 0.52)).max(1.0);
            let row = ui.fonts_mut(|f| f.row_height(&sheet.font));
            let estimate = |b: &Range<usize>| {
                let rows = (b.len() as f32 / per_row).ceil().max(1.0);
                rows * row + GAP
            };
            self.heights = self.blocks.iter().map(estimate).collect();
            if text.len() <= WHOLE {
                for i in 0..self.blocks.len() {
                    self.ensure(ui, sheet, i);
                }
            }
            self.stack();
        }
        if self.colours.as_ref() != Some(&colours) {
            self.colours = Some(colours);
            self.laid.clear();
        }
    }

    fn stack(&mut self) {
        self.tops.clear();
        let mut y = 0.0;
        for h in &self.heights {
            self.tops.push(y);
            y += h;
        }
        self.tops.push(y);
    }

    /// Lays a block out. Answers by how much its height changed.
    fn ensure(&mut self, ui: &Ui, sheet: &Sheet<'_>, i: usize) -> f32 {
        if self.laid.contains_key(&i) {
            return 0.0;
        }
        let block = sheet.block(ui, &self.blocks[i]);
        let last = i + 1 == self.blocks.len();
        let whole = last || self.blocks[i].end < self.blocks[i + 1].start;
        let gap = if whole { GAP } else { 0.0 };
        let height = block.laid.galley.size().y + gap;
        self.laid.insert(i, block);
        let change = height - self.heights[i];
        self.heights[i] = height;
        change
    }

    /// Lays out what will be in view around a passage, and answers where to
    /// scroll so that it stands in the upper part.
    fn offset_of(&mut self, ui: &Ui, sheet: &Sheet<'_>, range: &Range<usize>, height: f32) -> f32 {
        let target = self.block_at(range.start);
        let mut above = 0.0;
        let mut i = target;
        loop {
            self.ensure(ui, sheet, i);
            if i < target {
                above += self.heights[i];
            }
            if i == 0 || above > height {
                break;
            }
            i -= 1;
        }
        self.stack();
        let within = clip(range, &self.blocks[target])
            .and_then(|r| self.laid.get(&target)?.laid.rects(&r).first().copied())
            .map_or(0.0, |r| r.top());
        (self.tops[target] + within - height * 0.3).max(0.0)
    }

    fn block_at(&self, byte: usize) -> usize {
        self.blocks
            .partition_point(|b| b.start <= byte)
            .saturating_sub(1)
    }

    fn draw(&mut self, ui: &mut Ui, sheet: &Sheet<'_>, viewport: Rect) {
        let total = self.tops.last().copied().unwrap_or(0.0);
        ui.set_width(ui.available_width());
        ui.set_height(total);
        let origin = ui.max_rect().min;
        let first = self
            .tops
            .partition_point(|t| *t <= viewport.top())
            .saturating_sub(1);
        let mut changed = false;
        let mut i = first;
        let mut y = self.tops.get(first).copied().unwrap_or(0.0);
        while i < self.blocks.len() && y < viewport.bottom() {
            let change = self.ensure(ui, sheet, i);
            changed |= change != 0.0;
            if i == first && y < viewport.top() {
                // It grew above what is being read: keep that in its place.
                self.shift += change;
            }
            self.paint(ui, sheet, i, origin + vec2(0.0, y));
            y += self.heights[i];
            i += 1;
        }
        if changed {
            self.stack();
            ui.ctx().request_repaint();
        }
        if self.shift.abs() > 0.5 {
            ui.scroll_with_delta_animation(
                vec2(0.0, -std::mem::take(&mut self.shift)),
                egui::style::ScrollAnimation::none(),
            );
        }
        if self.laid.len() > KEPT {
            self.laid.retain(|k, _| (first..i).contains(k));
        }
    }

    fn paint(&self, ui: &mut Ui, sheet: &Sheet<'_>, i: usize, min: egui::Pos2) {
        let Some(block) = self.laid.get(&i) else {
            return;
        };
        let min = min + vec2(MARGIN, 0.0);
        let size = vec2(sheet.width, block.laid.galley.size().y.max(1.0));
        let rect = Rect::from_min_size(min, size);
        let text = &sheet.view.document.text[self.blocks[i].clone()];
        if text.trim().is_empty() {
            return;
        }
        let id = ui.scope_id().with(("block", self.shape.map(|s| s.0), i));
        let (response, clicked) = show_laid(ui, &block.laid, rect, id, text, &block.mentions);
        if let Some(actor) = clicked {
            sheet.cx.send(Command::Open(Focus::Actor(actor)));
        }
        if block.laid.is_reordered() {
            // Text in drawing order cannot be selected; it can be copied.
            response.context_menu(|ui| {
                if ui.button(sheet.cx.tr.t("reader-copy-paragraph")).clicked() {
                    sheet.cx.send(Command::Copy(text.to_owned()));
                    ui.close();
                }
            });
        }
        if let (Some(top), Some(bottom)) = (block.edge.first(), block.edge.last()) {
            let x = if block.laid.rtl {
                rect.right() + 4.0
            } else {
                rect.left() - 6.0
            };
            let edge = Rect::from_min_max(
                pos2(x - 1.5, min.y + top.top()),
                pos2(x + 1.5, min.y + bottom.bottom()),
            );
            ui.painter()
                .rect_filled(edge, 0.0, sheet.cx.theme.palette.accent);
        }
    }
}

impl Sheet<'_> {
    fn block(&self, ui: &Ui, range: &Range<usize>) -> Block {
        let p = &self.cx.theme.palette;
        let text = &self.view.document.text[range.clone()];
        let mentions = self.linker.find(text);
        let back = |r: Range<usize>, colour| Paint {
            range: r,
            background: Some(colour),
            colour: None,
            underline: false,
        };
        let mut paints: Vec<Paint> = mentions
            .iter()
            .map(|m| Paint::link(self.cx.theme, m.range.clone()))
            .collect();
        let cited = |i: usize| self.view.citations.get(i).and_then(|c| c.range.as_ref());
        for i in 0..self.view.citations.len() {
            if Some(i) != self.marks.active
                && let Some(r) = cited(i).and_then(|r| clip(r, range))
            {
                paints.push(back(r, p.highlight));
            }
        }
        let active = self
            .marks
            .active
            .and_then(cited)
            .and_then(|r| clip(r, range));
        if let Some(r) = &active {
            paints.push(back(r.clone(), p.highlight_strong));
        }
        let from = self.marks.found.partition_point(|f| f.end <= range.start);
        for (i, f) in self.marks.found.iter().enumerate().skip(from) {
            let Some(r) = clip(f, range) else {
                break;
            };
            let current = self.marks.current == Some(i);
            paints.push(Paint {
                range: r,
                background: Some(if current {
                    p.accent
                } else {
                    p.accent.gamma_multiply(0.3)
                }),
                colour: current.then_some(p.on_accent),
                underline: false,
            });
        }
        let laid = lay_out(ui, text, &self.font, p.text, &paints, self.width);
        let edge = active.map_or_else(Vec::new, |r| laid.rects(&r));
        Block {
            laid,
            mentions,
            edge,
        }
    }
}
