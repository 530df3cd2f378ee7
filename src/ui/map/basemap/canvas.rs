//! Painting the basemap: straight into the window, or by way of a picture
//! that is kept while nothing changes.

use egui::{DragPanButtons, RawInput, Rect, Response, Ui, ViewportId, pos2};
use walkers::{Drawables, Map, MapMemory, lon_lat};

use crate::view::viewport::Viewport;

use super::Basemap;
use super::studio::Desk;
use super::tiles::VectorLayer;

/// What is painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ui::map) struct Ground {
    pub view: Viewport,
    pub dark: bool,
    pub relief: bool,
}

#[derive(Clone, Copy, PartialEq)]
struct Key {
    ground: Ground,
    size: [u32; 2],
    pixels_per_point: f32,
    tiles: u64,
}

/// A window of its own that nobody sees, in which the picture is laid out.
struct Backstage {
    ctx: egui::Context,
    desk: Desk,
    /// What the picture shows, and whether all its tiles were there.
    shown: Option<(Key, bool)>,
}

/// Paints the basemap.
pub(in crate::ui::map) struct Canvas {
    memory: MapMemory,
    backstage: Option<Backstage>,
}

impl Canvas {
    /// Paints into the window, or, with `kept`, by way of a picture.
    pub fn new(kept: bool) -> Self {
        Self {
            memory: MapMemory::default(),
            backstage: kept.then(|| {
                let ctx = egui::Context::default();
                crate::ui::install_fonts(&ctx);
                Backstage {
                    ctx,
                    desk: Desk::default(),
                    shown: None,
                }
            }),
        }
    }

    /// The context that holds the textures of what is painted.
    pub fn textures(&self, window: &egui::Context) -> egui::Context {
        self.backstage
            .as_ref()
            .map_or_else(|| window.clone(), |b| b.ctx.clone())
    }

    /// Paints the basemap on all of `rect`, and `over` on it; gives back what
    /// senses the pointer.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        basemap: &mut Basemap,
        ground: Ground,
        rect: Rect,
        over: Vec<Drawables>,
    ) -> Response {
        let Some(back) = &mut self.backstage else {
            let mut layer = paint(ui, basemap, ground, rect);
            layer.extend(over);
            return map(ui, &mut self.memory, &ground.view, layer);
        };
        let pixels_per_point = ui.pixels_per_point();
        let size = [rect.width(), rect.height()].map(|v| pixels(v * pixels_per_point));
        let key = Key {
            ground,
            size,
            pixels_per_point,
            tiles: basemap.drawn_revision(),
        };
        if back.shown != Some((key, true)) {
            let memory = &mut self.memory;
            let complete = back.draw(key, |ui, rect| {
                let layer = paint(ui, basemap, ground, rect);
                map(ui, memory, &ground.view, layer);
                !basemap.is_missing()
            });
            back.shown = Some((key, complete));
        }
        ui.painter_at(rect).add(back.desk.show(rect));
        let layer = VectorLayer::from_iter(over);
        map(ui, &mut self.memory, &ground.view, layer)
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a size on the screen"
)]
fn pixels(v: f32) -> u32 {
    v.round().max(1.0) as u32
}

impl Backstage {
    fn draw(&mut self, key: Key, mut add: impl FnMut(&mut Ui, Rect) -> bool) -> bool {
        let [width, height] = key.size.map(|v| v as f32 / key.pixels_per_point);
        let rect = Rect::from_min_size(egui::Pos2::ZERO, pos2(width, height).to_vec2());
        let mut input = RawInput {
            screen_rect: Some(rect),
            ..RawInput::default()
        };
        input
            .viewports
            .entry(ViewportId::ROOT)
            .or_default()
            .native_pixels_per_point = Some(key.pixels_per_point);
        let mut complete = false;
        let output = self.ctx.run_ui(input, |ui| {
            let rect = ui.ctx().viewport_rect();
            let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(rect));
            inside.set_clip_rect(rect);
            complete = add(&mut inside, rect);
        });
        let shapes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        self.desk.order(
            shapes,
            output.textures_delta,
            key.size,
            output.pixels_per_point,
        );
        complete
    }
}

/// Paints the ground; what walkers has to draw on it.
fn paint(ui: &Ui, basemap: &mut Basemap, ground: Ground, rect: Rect) -> VectorLayer {
    let Ground { view, dark, relief } = ground;
    let painter = ui.painter_at(rect);
    basemap.ground(&painter, &view, rect, dark, relief);
    basemap.vectors(ui.ctx(), &view, rect, dark)
}

/// Lets walkers draw on all the room there is.
fn map(ui: &mut Ui, memory: &mut MapMemory, view: &Viewport, layer: VectorLayer) -> Response {
    let (lon, lat) = view.center();
    memory.center_at(lon_lat(lon, lat));
    // Our zooms are within those of walkers.
    let _ = memory.set_zoom(view.zoom());
    // Gestures are our own: walkers would zoom only with Ctrl, by frame time,
    // and past our limits.
    Map::new(None, memory, lon_lat(lon, lat))
        .with_layer(layer, 1.0)
        .zoom_gesture(false)
        .panning(false)
        .double_click_to_zoom(false)
        .drag_pan_buttons(DragPanButtons::empty())
        .show(ui, |_, _, _, _| ())
        .response
}
