//! Scrolling through more rows than an offset in points can tell apart: by
//! rows, counted exactly.

use egui::{EventFilter, Key, Modifiers, Rect, Role, Sense, Ui, WidgetInfo, pos2};

use crate::ui::Ctx;

/// From so many rows on. An `f32` tells quarters of a point apart up to four
/// million points, which is about this many rows.
pub(super) const MANY: usize = 100_000;

/// Room for the bar at the right, in points.
pub(super) const BAR: f32 = 12.0;

/// Least height of the thumb, in points.
const THUMB: f32 = 24.0;

/// Where the table is scrolled to.
#[derive(Default)]
pub(super) struct Scroll {
    /// The row on top, and how much of it the wheel has passed.
    top: f64,
    /// Rows from the top of the thumb to where it was taken hold of.
    held: Option<f64>,
}

/// Rows in sight.
#[derive(Clone, Copy)]
pub(super) struct Sight {
    /// All rows.
    pub rows: usize,
    /// Whole rows that the table has room for.
    pub room: usize,
}

impl Sight {
    /// The last row that can be on top.
    fn last(self) -> f64 {
        self.rows.saturating_sub(self.room) as f64
    }
}

impl Scroll {
    /// The row on top.
    pub fn top(&mut self, sight: Sight) -> usize {
        self.top = self.top.clamp(0.0, sight.last());
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "not negative, and less than the number of rows"
        )]
        let top = self.top.floor() as usize;
        top
    }

    /// Moves by what the wheel did over the rows, each `pitch` points high.
    pub fn wheel(&mut self, ui: &Ui, rows: Rect, pitch: f32) {
        if !ui.rect_contains_pointer(rows) {
            return;
        }
        let by = ui.input_mut(|i| std::mem::take(&mut i.smooth_scroll_delta.y));
        self.top -= f64::from(by / pitch);
    }

    /// Brings a row into sight.
    pub fn show(&mut self, row: usize, sight: Sight) {
        let top = self.top(sight);
        if row < top || row >= top + sight.room {
            self.top = row as f64 - (sight.room / 2) as f64;
        }
    }

    /// The bar: dragged, clicked, or moved by keys while it has the focus.
    pub fn bar(&mut self, ui: &mut Ui, cx: &Ctx<'_>, track: Rect, sight: Sight) {
        let id = ui.make_persistent_id("table-bar");
        let bar = ui.interact(track, id, Sense::click_and_drag());
        let top = self.top(sight) as f64;
        let name = cx.tr.t("table-scroll");
        bar.widget_info(|| WidgetInfo {
            value: Some(top + 1.0),
            ..WidgetInfo::labeled(Role::ScrollBar, true, &name)
        });
        let share = sight.room as f64 / sight.rows.max(1) as f64;
        #[allow(clippy::cast_possible_truncation, reason = "a height on the screen")]
        let thumb = (share as f32 * track.height())
            .max(THUMB)
            .min(track.height());
        let way = f64::from((track.height() - thumb).max(1.0));
        let rows_a_point = sight.last() / way;
        if let Some(at) = bar.interact_pointer_pos() {
            let at = f64::from(at.y - track.top()) * rows_a_point;
            let middle = f64::from(thumb / 2.0) * rows_a_point;
            let on_thumb = at >= self.top && at <= self.top + 2.0 * middle;
            let held = *self
                .held
                .get_or_insert(if on_thumb { at - self.top } else { middle });
            self.top = at - held;
            bar.request_focus();
        } else {
            self.held = None;
        }
        if bar.has_focus() {
            let filter = EventFilter {
                vertical_arrows: true,
                ..EventFilter::default()
            };
            ui.memory_mut(|m| m.set_focus_lock_filter(id, filter));
            self.keys(ui, sight);
        }
        #[allow(clippy::cast_possible_truncation, reason = "a place on the screen")]
        let y = track.top() + (self.top(sight) as f64 / rows_a_point.max(1e-9)) as f32;
        let lit = bar.hovered() || bar.has_focus() || bar.dragged();
        let palette = &cx.theme.palette;
        let fill = if lit { palette.weak } else { palette.ghost };
        let rect = Rect::from_min_max(
            pos2(track.left() + 3.0, y),
            pos2(track.right() - 1.0, (y + thumb).min(track.bottom())),
        );
        ui.painter().rect_filled(rect, 4.0, fill);
    }

    fn keys(&mut self, ui: &Ui, sight: Sight) {
        let page = sight.room.saturating_sub(1).max(1) as f64;
        let steps = [
            (Key::ArrowUp, -1.0),
            (Key::ArrowDown, 1.0),
            (Key::PageUp, -page),
            (Key::PageDown, page),
            (Key::Home, f64::NEG_INFINITY),
            (Key::End, f64::INFINITY),
        ];
        for (key, rows) in steps {
            let pressed = ui.input_mut(|i| i.count_and_consume_key(Modifiers::NONE, key));
            if pressed > 0 {
                // From a whole row to a whole row.
                self.top = self.top.floor() + rows * pressed as f64;
                self.top(sight);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_ten_million_is_reached() {
        let sight = Sight {
            rows: 10_000_000,
            room: 7,
        };
        let mut scroll = Scroll::default();
        for row in [0, 1, 16_777, 9_999_992, 9_999_993, 9_999_999] {
            scroll.show(row, sight);
            let top = scroll.top(sight);
            assert!((top..top + sight.room).contains(&row), "{row} from {top}");
        }
        // Step by step, no row is passed over, however far down.
        for _ in 0..7 {
            let before = scroll.top(sight);
            scroll.top -= 1.0;
            assert_eq!(scroll.top(sight), before - 1);
        }
        scroll.top = f64::INFINITY;
        assert_eq!(scroll.top(sight), 9_999_993);
    }
}
