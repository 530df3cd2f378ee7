//! Cards over the map that know their own size.

use egui::{Align, Align2, Frame, Layout, Margin, Rect, Sense, Ui, UiBuilder, Vec2};

use crate::ui::Ctx;

/// Distance of a card from the map's edge and from the next.
pub(super) const MARGIN: f32 = 8.0;

/// A card at a corner of the map. Its size is that of the frame before.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Overlay {
    size: Vec2,
}

/// Where a card goes.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    /// The corner of the area that it stands in.
    pub align: Align2,
    /// The area, which it never leaves.
    pub area: Rect,
    /// Room inside its frame.
    pub margin: Margin,
}

impl Overlay {
    /// Shows a card and gives back where it is. Clicks, drags and wheels on it
    /// do not reach the map.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        cx: &Ctx<'_>,
        name: &str,
        spot: Spot,
        add: impl FnOnce(&mut Ui),
    ) -> Rect {
        let p = &cx.theme.palette;
        let size = self.size.min(spot.area.size());
        let at = spot.align.align_size_within_rect(size, spot.area);
        let id = ui.scope_id().with(name);
        if at.is_positive() {
            ui.interact(at, id.with("ground"), Sense::CLICK | Sense::DRAG);
        }
        // As much room as there is at most: the content tells what it takes.
        let room = Rect::from_min_size(at.min, spot.area.size());
        let mut child = ui.new_child(
            UiBuilder::new()
                .id_salt(name)
                .max_rect(room)
                .layout(Layout::top_down(Align::Min)),
        );
        child.set_clip_rect(spot.area.expand(2.0).intersect(ui.clip_rect()));
        let unknown = self.size == Vec2::ZERO;
        if unknown {
            child.set_invisible();
        }
        let frame = Frame::new()
            .fill(p.card.gamma_multiply(0.94))
            .stroke((1.0, p.line))
            .corner_radius(4)
            .inner_margin(spot.margin);
        let shown = frame.show(&mut child, add).response.rect;
        if (shown.size() - self.size).length() > 0.5 {
            self.size = shown.size();
            ui.ctx().request_discard("the size of a card on the map");
            ui.ctx().request_repaint();
        }
        shown
    }
}
