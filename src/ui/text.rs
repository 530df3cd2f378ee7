//! Text with links and marked passages in it.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{LayoutJob, LayoutSection, TextFormat};
use egui::text_selection::LabelSelectionState;
use egui::{
    Color32, CursorIcon, FontId, Galley, Id, Pos2, Rect, Response, Role, Sense, Stroke, TextStyle,
    Ui, WidgetInfo, pos2, vec2,
};

use crate::model::ActorIx;
use crate::session::{Command, Focus};
use crate::view::bidi;
use crate::view::linkify::{Linker, Mention};

use super::{Ctx, Theme};

/// How a stretch of text is painted; later ones win.
#[derive(Clone, Debug)]
pub(super) struct Paint {
    pub range: Range<usize>,
    pub background: Option<Color32>,
    pub colour: Option<Color32>,
    pub underline: bool,
}

impl Paint {
    pub fn link(theme: &Theme, range: Range<usize>) -> Self {
        Self {
            range,
            background: None,
            colour: Some(theme.palette.text),
            underline: true,
        }
    }
}

/// A paragraph laid out, with the way from its bytes to those on screen.
#[derive(Clone)]
pub(super) struct Laid {
    pub galley: Arc<Galley>,
    /// It is aligned to the right.
    pub rtl: bool,
    /// For reordered text: pieces on screen and the bytes they came from.
    pieces: Option<Vec<(Range<usize>, Range<usize>)>>,
}

impl Laid {
    /// Whether what is on screen is in another order than the text.
    pub fn is_reordered(&self) -> bool {
        self.pieces.is_some()
    }

    /// Where a galley painted for a box that begins at `min` and is `width`
    /// wide has its origin.
    pub fn origin(&self, min: Pos2, width: f32) -> Pos2 {
        if self.rtl {
            pos2(min.x + width, min.y)
        } else {
            min
        }
    }

    /// Boxes of a range of the text's bytes, relative to the galley.
    pub fn rects(&self, range: &Range<usize>) -> Vec<Rect> {
        match &self.pieces {
            None => rects(&self.galley, range),
            Some(pieces) => pieces
                .iter()
                .filter_map(|(to, from)| {
                    let start = range.start.max(from.start);
                    let end = range.end.min(from.end);
                    (start < end)
                        .then(|| to.start + (start - from.start)..to.start + (end - from.start))
                })
                .flat_map(|r| rects(&self.galley, &r))
                .collect(),
        }
    }
}

/// Boxes of a range of a galley's bytes, one a row.
fn rects(galley: &Galley, range: &Range<usize>) -> Vec<Rect> {
    let text = galley.text();
    let chars = |byte: usize| text.get(..byte).map_or(0, |t| t.chars().count());
    let (start, end) = (chars(range.start), chars(range.end));
    let mut out = Vec::new();
    let mut at = 0;
    for row in &galley.rows {
        let n = row.glyphs.len();
        let (a, b) = (start.max(at), end.min(at + n));
        if a < b {
            let glyphs = &row.glyphs[a - at..b - at];
            // Shaped from right to left, glyphs need not be in order.
            let left = glyphs.iter().map(|g| g.pos.x).fold(f32::INFINITY, f32::min);
            let right = glyphs.iter().map(egui::epaint::text::Glyph::max_x);
            let right = right.fold(f32::NEG_INFINITY, f32::max);
            out.push(Rect::from_min_max(
                row.pos + vec2(left, 0.0),
                row.pos + vec2(right, row.size.y),
            ));
        }
        at += n + usize::from(row.ends_with_newline);
    }
    out
}

/// Lays out a paragraph. Text that runs from right to left is put in drawing
/// order line by line.
pub(super) fn lay_out(
    ui: &Ui,
    text: &str,
    font: &FontId,
    colour: Color32,
    paints: &[Paint],
    width: f32,
) -> Laid {
    let mut job = LayoutJob {
        text: text.to_owned(),
        sections: sections(text.len(), font, colour, paints),
        ..LayoutJob::default()
    };
    job.wrap.max_width = width;
    let galley = ui.fonts_mut(|f| f.layout_job(job));
    if !bidi::needs_reordering(text) {
        return Laid {
            galley,
            rtl: false,
            pieces: None,
        };
    }
    let rtl = bidi::is_rtl(text);
    let mut shown = String::new();
    let mut pieces = Vec::new();
    let lines = lines_of(&galley);
    for (i, line) in bidi::visual_lines(text, &lines).iter().enumerate() {
        if i > 0 {
            shown.push('\n');
        }
        let at = shown.len();
        shown.push_str(line.text.trim_matches(' '));
        let cut = line.text.len() - line.text.trim_start_matches(' ').len();
        let kept = line.text.trim_matches(' ').len();
        for (to, from) in &line.pieces {
            let (start, end) = (to.start.max(cut), to.end.min(cut + kept));
            if start < end {
                let shift = start - to.start;
                let len = end - start;
                let from = from.start + shift..from.start + shift + len;
                pieces.push((at + start - cut..at + end - cut, from));
            }
        }
    }
    let moved: Vec<Paint> = paints
        .iter()
        .flat_map(|p| {
            pieces.iter().filter_map(|(to, from)| {
                let start = p.range.start.max(from.start);
                let end = p.range.end.min(from.end);
                (start < end).then(|| Paint {
                    range: to.start + (start - from.start)..to.start + (end - from.start),
                    ..p.clone()
                })
            })
        })
        .collect();
    let mut job = LayoutJob {
        sections: sections(shown.len(), font, colour, &moved),
        text: shown,
        ..LayoutJob::default()
    };
    if rtl {
        job.halign = egui::Align::RIGHT;
    }
    Laid {
        galley: ui.fonts_mut(|f| f.layout_job(job)),
        rtl,
        pieces: Some(pieces),
    }
}

/// Bytes of each row of a galley.
fn lines_of(galley: &Galley) -> Vec<Range<usize>> {
    let mut bytes = galley.text().char_indices().map(|(b, _)| b);
    let mut out = Vec::new();
    let mut start = 0;
    for row in &galley.rows {
        let n = row.glyphs.len() + usize::from(row.ends_with_newline);
        let end = if n == 0 {
            start
        } else {
            // The n-th character's end is the next one's start.
            let mut last = start;
            for _ in 0..n {
                last = bytes.next().unwrap_or(last);
            }
            let rest = &galley.text()[last..];
            last + rest.chars().next().map_or(0, char::len_utf8)
        };
        out.push(start..end);
        start = end;
    }
    out
}

/// Cuts a text where the way it is painted changes.
fn sections(len: usize, font: &FontId, colour: Color32, paints: &[Paint]) -> Vec<LayoutSection> {
    let mut cuts = vec![0, len];
    for p in paints {
        cuts.push(p.range.start.min(len));
        cuts.push(p.range.end.min(len));
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut out: Vec<LayoutSection> = cuts
        .windows(2)
        .map(|w| {
            let mut format = TextFormat::simple(font.clone(), colour);
            for p in paints {
                if p.range.start <= w[0] && w[1] <= p.range.end {
                    format.background = p.background.unwrap_or(format.background);
                    format.color = p.colour.unwrap_or(format.color);
                }
            }
            if paints
                .iter()
                .any(|p| p.underline && p.range.start <= w[0] && w[1] <= p.range.end)
            {
                format.underline = Stroke::new(1.0, colour.gamma_multiply(0.4));
            }
            LayoutSection {
                leading_space: 0.0,
                byte_range: egui::text::ByteIndex(w[0])..egui::text::ByteIndex(w[1]),
                format,
            }
        })
        .collect();
    if out.is_empty() {
        out.push(LayoutSection {
            leading_space: 0.0,
            byte_range: egui::text::ByteIndex(0)..egui::text::ByteIndex(len),
            format: TextFormat::simple(font.clone(), colour),
        });
    }
    out
}

/// Paints a paragraph at a place, selectable where its order allows, with its
/// links. Answers the paragraph's response and the actor whose name was clicked.
pub(super) fn show_laid(
    ui: &mut Ui,
    laid: &Laid,
    rect: Rect,
    id: Id,
    text: &str,
    mentions: &[Mention],
) -> (Response, Option<ActorIx>) {
    let origin = laid.origin(rect.min, rect.width());
    let sense = if laid.is_reordered() {
        Sense::click()
    } else {
        Sense::click_and_drag()
    };
    let response = ui.interact(rect, id, sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), text));
    if laid.is_reordered() {
        // What is on screen is in drawing order: copying it would jumble it.
        ui.painter()
            .galley(origin, Arc::clone(&laid.galley), ui.visuals().text_color());
    } else {
        LabelSelectionState::label_text_selection(
            ui,
            &response,
            origin,
            Arc::clone(&laid.galley),
            ui.visuals().text_color(),
            Stroke::NONE,
        );
    }
    let mut clicked = None;
    for (n, mention) in mentions.iter().enumerate() {
        let name = &text[mention.range.clone()];
        for (part, r) in laid.rects(&mention.range).into_iter().enumerate() {
            let r = r.translate(origin.to_vec2());
            let link = ui.interact(r, id.with((n, part)), Sense::click());
            if part == 0 {
                link.widget_info(|| WidgetInfo::labeled(Role::Link, true, name));
            } else {
                link.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("{name} …")));
            }
            if link.hovered() {
                ui.set_cursor_icon(CursorIcon::PointingHand);
            }
            if link.has_focus() || link.hovered() {
                let under = Stroke::new(1.5, ui.visuals().hyperlink_color);
                ui.painter().hline(r.x_range(), r.bottom() - 2.0, under);
            }
            if link.clicked() {
                clicked = Some(mention.actor);
            }
        }
    }
    (response, clicked)
}

/// A paragraph in which the names of actors are links.
pub(super) fn linked(ui: &mut Ui, cx: &Ctx<'_>, linker: &Linker, text: &str, font: &FontId) {
    if text.is_empty() {
        return;
    }
    let mut mentions = linker.find(text);
    // The actor shown needs no link to itself.
    let shown = cx.session().trail.current();
    mentions.retain(|m| shown != Some(Focus::Actor(m.actor)));
    let paints: Vec<Paint> = mentions
        .iter()
        .map(|m| Paint::link(cx.theme, m.range.clone()))
        .collect();
    let width = ui.available_width();
    let laid = lay_out(ui, text, font, cx.theme.palette.text, &paints, width);
    let (id, rect) = ui.allocate_space(vec2(width, laid.galley.size().y));
    if let (_, Some(actor)) = show_laid(ui, &laid, rect, id, text, &mentions) {
        cx.send(Command::Open(Focus::Actor(actor)));
    }
}

/// A paragraph of body size in which the names of actors are links.
pub(super) fn linked_body(ui: &mut Ui, cx: &Ctx<'_>, linker: &Linker, text: &str) {
    let font = TextStyle::Body.resolve(ui.style());
    linked(ui, cx, linker, text, &font);
}

/// A heading in which the names of actors are links.
pub(super) fn linked_title(ui: &mut Ui, cx: &Ctx<'_>, linker: &Linker, text: &str) {
    let font = TextStyle::Heading.resolve(ui.style());
    linked(ui, cx, linker, text, &font);
}

/// A short text in drawing order: a name in Arabic among Latin words.
pub(super) fn visual(text: &str) -> String {
    if bidi::needs_reordering(text) {
        bidi::visual_lines(text, std::slice::from_ref(&(0..text.len())))
            .into_iter()
            .map(|l| l.text)
            .collect()
    } else {
        text.to_owned()
    }
}
