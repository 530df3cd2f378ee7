//! The card beside what the pointer is over.

use egui::text::LayoutJob;
use egui::{Area, FontId, Frame, Id, Order, Pos2, Rect, Sense, TextFormat, Ui, vec2};

use crate::model::EventRow;
use crate::session::ColourBy;
use crate::ui::{Ctx, FONT_BODY, FONT_SMALL, semibold};

use crate::view::claim_value::grouped;
use crate::view::density::Slots;

use super::words;

/// Width of the card, in points.
const WIDTH: f32 = 264.0;
/// Titles of a stack that are listed.
const LISTED: usize = 6;

/// Shows the card of an event beside its mark. It is painted as one picture:
/// to a screen reader its content is told by the mark itself.
pub(super) fn show(ui: &Ui, cx: &Ctx<'_>, row: EventRow, mark: Rect, bounds: Rect) {
    let title = cx.dataset().title(row, cx.lang());
    paint(ui, cx, title, &words::lines(cx, row), mark, bounds);
}

/// Shows the card of a stack: what is in it.
pub(super) fn show_stack(ui: &Ui, cx: &Ctx<'_>, rows: &[EventRow], mark: Rect, bounds: Rect) {
    let title = cx.tr.n("map-stack", rows.len() as u64);
    let mut lines: Vec<String> = rows
        .iter()
        .take(LISTED)
        .map(|r| cx.dataset().title(*r, cx.lang()).to_owned())
        .collect();
    if rows.len() > LISTED {
        lines.push(cx.tr.n("map-more", (rows.len() - LISTED) as u64));
    }
    paint(ui, cx, &title, &lines, mark, bounds);
}

/// Shows the card of a place where many events are: how many, and of which
/// sides, where they are told apart.
pub(super) fn show_crowd(
    ui: &Ui,
    cx: &Ctx<'_>,
    sums: &[u64],
    slots: Option<&Slots>,
    area: Rect,
    bounds: Rect,
) {
    let title = cx.tr.n("map-stack", sums.iter().sum());
    let mut sides: Vec<(u64, Option<u8>)> = Vec::new();
    if cx.session().prefs.colour_by == ColourBy::Side
        && let Some(slots) = slots
    {
        let side = |c: &Option<usize>| c.and_then(|c| u8::try_from(c).ok());
        let of_side = slots.categories().iter().map(side);
        sides = sums.iter().copied().zip(of_side).collect();
        sides.retain(|(n, _)| *n > 0);
        sides.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    }
    let counted = |n: u64| grouped(i64::try_from(n).unwrap_or(i64::MAX));
    let lines: Vec<String> = sides
        .iter()
        .filter(|_| sides.len() > 1)
        .map(|(n, side)| format!("{} · {}", words::side_name(cx, *side), counted(*n)))
        .collect();
    paint(ui, cx, &title, &lines, area, bounds);
}

fn paint(ui: &Ui, cx: &Ctx<'_>, title: &str, lines: &[String], mark: Rect, bounds: Rect) {
    let p = &cx.theme.palette;
    let mut job = LayoutJob::default();
    job.wrap.max_width = WIDTH.min(bounds.width() - 40.0).max(80.0);
    let format = |font: FontId, color| TextFormat {
        font_id: font,
        color,
        ..TextFormat::default()
    };
    job.append(title, 0.0, format(semibold(FONT_BODY), p.text));
    for line in lines {
        let small = format(FontId::proportional(FONT_SMALL), p.weak);
        job.append(&format!("\n{line}"), 0.0, small);
    }
    let galley = ui.painter().layout_job(job);
    let size = galley.size() + vec2(24.0, 16.0);
    Area::new(Id::unique("map-card"))
        .order(Order::Tooltip)
        .fixed_pos(beside(mark, size, bounds))
        .interactable(false)
        .constrain(false)
        .show(ui.ctx(), |ui| {
            Frame::popup(ui.style())
                .inner_margin(vec2(12.0, 8.0))
                .show(ui, |ui| {
                    let (rect, _) = ui.allocate_exact_size(galley.size(), Sense::empty());
                    ui.painter().galley(rect.min, galley, p.text);
                });
        });
}

/// Where a card has room beside a mark without covering it.
fn beside(mark: Rect, size: egui::Vec2, bounds: Rect) -> Pos2 {
    let gap = 12.0;
    let x = if mark.max.x + gap + size.x <= bounds.max.x {
        mark.max.x + gap
    } else if mark.min.x - gap - size.x >= bounds.min.x {
        mark.min.x - gap - size.x
    } else {
        bounds.min.x + (bounds.width() - size.x).max(0.0) / 2.0
    };
    let on_side = x >= mark.max.x || x + size.x <= mark.min.x;
    let y = if on_side {
        mark.center().y - size.y / 2.0
    } else if mark.max.y + gap + size.y <= bounds.max.y {
        mark.max.y + gap
    } else {
        mark.min.y - gap - size.y
    };
    let lowest = (bounds.max.y - size.y).max(bounds.min.y);
    Pos2::new(x, y.clamp(bounds.min.y, lowest)).round()
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn a_card_stays_on_the_map_and_off_its_mark() {
        let bounds = Rect::from_min_size(pos2(0.0, 0.0), vec2(800.0, 600.0));
        let size = vec2(280.0, 90.0);
        for (x, y) in [(20.0, 20.0), (790.0, 20.0), (400.0, 595.0), (790.0, 595.0)] {
            let mark = Rect::from_center_size(pos2(x, y), vec2(16.0, 16.0));
            let card = Rect::from_min_size(beside(mark, size, bounds), size);
            assert!(bounds.expand(0.5).contains_rect(card), "{card:?}");
            assert!(!card.intersects(mark), "{card:?} on {mark:?}");
        }
    }
}
