//! The map: basemap, marks, and what lies over them.

mod access;
mod basemap;
mod card;
mod chrome;
mod gestures;
mod gpu;
mod graticule;
mod legend;
mod many;
mod mark_labels;
mod marks;
mod menu;
mod overlay;
mod picking;
mod precision;
mod ramp;
mod scene;
mod shelf;
mod text;
mod words;

use egui::{Color32, EventFilter, Rect, Response, Role, Stroke, StrokeKind, Ui, WidgetInfo};
use walkers::Drawables;

use crate::model::EventRow;
use crate::session::Command;
use crate::view::viewport::{Padding, Viewport};

use super::Ctx;
use basemap::{Basemap, Canvas, Ground, Page, PlaceNames};
use chrome::{Chrome, NARROW};
use gestures::Gestures;
use legend::Legend;
use many::Many;
use mark_labels::{Around, MarkLabels};
use marks::{Brush, Glyphs, from_rect};
use overlay::MARGIN;
use precision::Precision;
use scene::{Linked, Scene};
use shelf::Shelf;

/// How the basemap gets to the screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Drawing {
    /// Its tiles are drawn each frame: nothing to a GPU.
    #[default]
    Live,
    /// It is drawn once into a picture and copied each frame, until it
    /// changes: many times cheaper where the CPU draws.
    Kept,
}

/// Makes the renderer draw vector tiles, and says how the map is best drawn
/// by it. Without a renderer, as in tests that paint nothing, it does nothing.
#[must_use]
pub fn install(render_state: Option<&egui_wgpu::RenderState>) -> Drawing {
    let Some(state) = render_state else {
        return Drawing::Live;
    };
    walkers::install_renderer(render_state);
    many::install(state);
    if state.adapter.get_info().device_type == egui_wgpu::wgpu::DeviceType::Cpu {
        basemap::install_studio(state);
        Drawing::Kept
    } else {
        Drawing::Live
    }
}

/// The map.
pub struct MapPanel {
    view: Option<Viewport>,
    /// Centre and zoom on which session and map last agreed.
    agreed: Option<((f64, f64), f64)>,
    /// Dataset and number of the last request that was carried out.
    done: Option<(u64, u64)>,
    basemap: Basemap,
    canvas: Canvas,
    names: PlaceNames,
    many: Many,
    scene: Scene,
    glyphs: Glyphs,
    precision: Precision,
    labels: MarkLabels,
    gestures: Gestures,
    chrome: Chrome,
    legend: Legend,
    shelf: Shelf,
    /// Whether there was room for the map in the last frame.
    shown: bool,
    /// Where cards lay over the map in the last frame.
    overlays: Vec<Rect>,
    /// Where the map lay in the last frame.
    rect: Rect,
}

impl Default for MapPanel {
    fn default() -> Self {
        Self::new(Drawing::Live)
    }
}

impl MapPanel {
    /// A map that has yet to be shown, drawn as [`install`] said.
    #[must_use]
    pub fn new(drawing: Drawing) -> Self {
        Self {
            view: None,
            agreed: None,
            done: None,
            basemap: Basemap::new(),
            canvas: Canvas::new(drawing == Drawing::Kept),
            names: PlaceNames::default(),
            many: Many::new(drawing),
            scene: Scene::default(),
            glyphs: Glyphs::default(),
            precision: Precision::default(),
            labels: MarkLabels::default(),
            gestures: Gestures::default(),
            chrome: Chrome::default(),
            legend: Legend::default(),
            shelf: Shelf::default(),
            shown: true,
            overlays: Vec::new(),
            rect: Rect::NOTHING,
        }
    }

    /// Whether tiles in view are still being decoded or events counted: a picture taken now
    /// would not be the final one.
    #[must_use]
    pub fn is_loading(&self) -> bool {
        let waits = self.basemap.is_loading() || self.many.is_pending();
        self.shown && (waits || self.gestures.picking.is_looking())
    }

    /// Where the map looked in the last frame, and where it lay.
    #[must_use]
    pub fn view(&self) -> Option<(Viewport, Rect)> {
        Some((self.view?, self.rect))
    }

    /// Where cards lie over the map: legend, shelf, buttons, scale.
    #[must_use]
    pub fn cards(&self) -> &[Rect] {
        &self.overlays
    }

    /// Shows the map in all the room that is left.
    pub fn show(&mut self, ui: &mut Ui, cx: &Ctx<'_>) {
        let rect = ui.available_rect_before_wrap();
        self.shown = rect.is_positive();
        if !self.shown {
            return;
        }
        self.rect = rect;
        let mut view = self.follow(cx, rect);
        view = self.gestures.moved(ui, cx, view, rect, &self.overlays);
        self.report(cx, view);
        let textures = self.canvas.textures(ui.ctx());
        self.basemap.begin(ui.ctx(), &textures);
        let ground = Ground {
            view,
            dark: cx.theme.dark,
            relief: cx.session().map.layers.relief,
        };
        self.many.update(ui.ctx(), cx, &view);
        self.scene.update(cx, &view, self.many.near());
        let areas = self.areas(cx, &view, rect);
        let response = self.canvas.show(ui, &mut self.basemap, ground, rect, areas);
        self.gestures.map_id = Some(response.id);
        response.widget_info(|| {
            let mut info = WidgetInfo::labeled(Role::Canvas, true, cx.tr.t("map"));
            let crowd = self.many.crowd();
            info.hint_text = crowd.map(|n| cx.tr.n("map-in-view", n));
            info
        });
        let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(rect).id_salt("map-inside"));
        ui.set_clip_rect(rect.intersect(ui.clip_rect()));
        let fans = self.gestures.fans;
        self.glyphs
            .place(&self.scene, &view, rect, fans, cx.session());
        self.paint_content(&ui, cx, &view, rect);
        self.interact(&mut ui, cx, &view, &response);
        self.overlays(&mut ui, cx, &view, rect);
        self.basemap.end();
    }

    /// The view that the session asks for.
    fn follow(&mut self, cx: &Ctx<'_>, rect: Rect) -> Viewport {
        let map = &cx.session().map;
        let size = (f64::from(rect.width()), f64::from(rect.height()));
        let told = (map.center, map.zoom);
        let mut view = match self.view {
            Some(view) if self.agreed == Some(told) => view.resized(size),
            _ => Viewport::new(map.center, map.zoom, size),
        };
        self.agreed = Some(told);
        if let Some((number, request)) = map.request {
            let key = (cx.dataset().revision(), number);
            if self.done != Some(key) {
                self.done = Some(key);
                view = gestures::requested(view, request, self.padding(cx, rect));
            }
        }
        view
    }

    /// Tells the session where the map looks, if that changed.
    fn report(&mut self, cx: &Ctx<'_>, view: Viewport) {
        self.view = Some(view);
        let now = (view.center(), view.zoom());
        let same = self.agreed.is_some_and(|((lon, lat), zoom)| {
            let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
            near(lon, now.0.0) && near(lat, now.0.1) && near(zoom, now.1)
        });
        if !same {
            self.agreed = Some(now);
            cx.send(Command::MapMoved(now.0, now.1));
        }
    }

    /// Room that the cards over the map take from a fitted box.
    fn padding(&self, cx: &Ctx<'_>, rect: Rect) -> Padding {
        let roomy = roomy(rect);
        let legend = self.legend.width(roomy);
        let beside = cx.session().layout.legend && rect.width() - legend > 320.0;
        let legend = if beside { f64::from(legend) } else { 0.0 };
        let (x, y) = if roomy { (56.0, 56.0) } else { (32.0, 40.0) };
        Padding {
            left: x,
            top: y,
            right: x + legend,
            bottom: y + if roomy { 40.0 } else { 16.0 },
        }
    }

    /// Everything between the basemap and the cards.
    fn paint_content(&mut self, ui: &Ui, cx: &Ctx<'_>, view: &Viewport, rect: Rect) {
        let layers = cx.session().map.layers;
        let painter = ui.painter();
        if layers.graticule {
            let letters = ["n", "s", "e", "w"].map(|k| {
                cx.tr
                    .t(&format!("map-letter-{k}"))
                    .chars()
                    .next()
                    .unwrap_or(' ')
            });
            graticule::paint(painter, cx.theme, view, rect, letters);
        }
        self.many.paint_density(painter, view, rect);
        if layers.precision {
            self.paint_precision(ui, cx, view, rect);
        }
        self.many.paint_dots(painter, cx.theme, view, rect);
        self.labels.arrange(
            painter,
            cx,
            &self.scene,
            &self.glyphs,
            &Around {
                rect,
                overlays: &self.overlays,
                told: self.gestures.told(),
            },
        );
        if layers.labels {
            let obstacles: Vec<_> = self
                .glyphs
                .list
                .iter()
                .map(marks::Glyph::room)
                .chain(self.labels.rooms.iter().copied())
                .chain(self.overlays.iter().map(|r| from_rect(*r)))
                .collect();
            let page = Page {
                view: *view,
                rect,
                lang: cx.lang(),
                dark: cx.theme.dark,
            };
            self.names.show(painter, &mut self.basemap, page, obstacles);
        }
        let linked = Linked::of(cx);
        let mut brush = Brush {
            cx,
            scene: &self.scene,
            linked: linked.as_ref(),
            painter,
            faded: painter.clone(),
        };
        brush.faded.multiply_opacity(self.many.seen().marks);
        brush.paint(&self.glyphs);
        self.labels.paint(&brush);
    }

    /// The faint insides of rings and areas.
    fn areas(&mut self, cx: &Ctx<'_>, view: &Viewport, rect: Rect) -> Vec<Drawables> {
        if !cx.session().map.layers.precision {
            return Vec::new();
        }
        self.precision
            .update(cx, view, &self.scene, self.many.near());
        let linked = Linked::of(cx);
        let crowd = self.thinned();
        // What is picked or pointed at stands first among them.
        self.precision
            .drawn()
            .iter()
            .take(MOST_AREAS)
            .filter_map(|d| {
                let (colour, alpha, lit) = self.shade(cx, linked.as_ref(), d.row);
                let alpha = if lit { alpha } else { alpha * crowd };
                d.inside(view, rect, colour, alpha * if lit { 0.16 } else { 0.08 })
            })
            .collect()
    }

    /// Colour and opacity of what is drawn for an event's place, and whether
    /// it is picked or pointed at.
    fn shade(&self, cx: &Ctx<'_>, linked: Option<&Linked>, row: EventRow) -> (Color32, f32, bool) {
        let s = cx.session();
        let table = cx.dataset().table();
        let lit = s.selection.contains(row) || s.hover == Some(row);
        let back = !lit && linked.is_some_and(|l| !l.holds(cx.dataset(), row));
        let mark = self.scene.by_row.get(&row).map(|m| &self.scene.marks[*m]);
        let age = mark.map_or(1.0, |m| m.alpha);
        let by = s.prefs.colour_by;
        let colour = scene::colour_of(cx.theme, by, table.kind(row), table.side(row));
        (colour, if back { 0.5 * age } else { age }, lit)
    }

    /// How much is seen of rings and areas: less where they are many, as they
    /// would hide what they are about, and as marks give way.
    fn thinned(&self) -> f32 {
        let many = self.precision.drawn().len().max(1) as f32;
        (MANY_RINGS / many).min(1.0).powi(2) * self.many.seen().marks
    }

    fn paint_precision(&mut self, ui: &Ui, cx: &Ctx<'_>, view: &Viewport, rect: Rect) {
        let linked = Linked::of(cx);
        let crowd = self.thinned();
        for drawn in self.precision.drawn() {
            let (colour, alpha, lit) = self.shade(cx, linked.as_ref(), drawn.row);
            let alpha = if lit { alpha } else { alpha * crowd };
            if crowd < 1.0 && alpha < FAINTEST_RING {
                continue;
            }
            let width = if lit { 1.75 } else { 1.0 };
            // On light ground the colours alone are too pale for a thin line.
            let ink = if cx.theme.dark {
                colour
            } else {
                colour.lerp_to_gamma(cx.theme.palette.outline, 0.35)
            };
            let line = Stroke::new(width, ink.gamma_multiply(alpha * 0.9));
            drawn.paint(ui.painter(), view, rect, line);
        }
    }

    fn interact(&mut self, ui: &mut Ui, cx: &Ctx<'_>, view: &Viewport, response: &Response) {
        let rect = response.rect;
        let touched = access::nodes(ui, cx, &self.scene, &self.glyphs);
        self.gestures.pointed(
            ui,
            cx,
            &gestures::Pointed {
                scene: &self.scene,
                glyphs: &self.glyphs,
                many: &self.many,
                view,
                rect,
                overlays: &self.overlays,
                response,
                touched,
            },
        );
        if response.has_focus() {
            let filter = EventFilter {
                horizontal_arrows: true,
                vertical_arrows: true,
                ..EventFilter::default()
            };
            ui.memory_mut(|m| m.set_focus_lock_filter(response.id, filter));
            gestures::keys(ui, cx);
            if !self.gestures.focused_by_pointer {
                let line = Stroke::new(2.0, cx.theme.palette.accent);
                ui.painter()
                    .rect_stroke(rect, 0.0, line, StrokeKind::Inside);
            }
        } else {
            self.gestures.focused_by_pointer = false;
        }
    }

    /// The cards over the map; none covers another.
    fn overlays(&mut self, ui: &mut Ui, cx: &Ctx<'_>, view: &Viewport, rect: Rect) {
        let area = rect.shrink(MARGIN);
        let layout = cx.session().layout;
        self.overlays.clear();
        if area.width() < 120.0 || area.height() < 96.0 {
            return;
        }
        let roomy = roomy(rect);
        let pointer = self.gestures.pointer(view, rect);
        let info = self.chrome.info(ui, cx, area, view, pointer);
        let zoom = self.chrome.zoom_buttons(ui, cx, area);
        self.overlays.extend([info, zoom]);
        let mut floor = info.min.y - MARGIN;
        if layout.shelf {
            // Beside the scale, or above it where the map is narrow.
            let corner = if area.width() < NARROW {
                egui::pos2(area.max.x, info.min.y - MARGIN)
            } else {
                egui::pos2(info.min.x - MARGIN, area.max.y)
            };
            let room = Rect::from_min_max(egui::pos2(area.min.x, zoom.max.y + MARGIN), corner);
            if room.width() > 96.0
                && room.height() > 32.0
                && let Some(shelf) = self.shelf.show(ui, cx, room, roomy)
            {
                self.overlays.push(shelf);
                let legend_left = area.max.x - self.legend.width(roomy).max(96.0);
                if shelf.max.x + MARGIN > legend_left {
                    floor = floor.min(shelf.min.y - MARGIN);
                }
            }
        }
        if layout.legend {
            let short = area.width() < 900.0;
            let bottom = if short {
                floor.min(area.min.y + area.height() * SHARE)
            } else {
                floor
            };
            let room = Rect::from_min_max(
                egui::pos2(zoom.max.x + MARGIN, area.min.y),
                egui::pos2(area.max.x, bottom.max(area.min.y + 36.0)),
            );
            let density = self.many.scale().zip(self.many.field());
            let density = density.map(|(scale, (_, slots))| (scale, slots.is_one()));
            self.overlays
                .push(self.legend.show(ui, cx, room, roomy, density));
        }
    }
}

/// From so many rings and areas on, each is fainter.
const MANY_RINGS: f32 = 80.0;
/// Rings fainter than this are not drawn.
const FAINTEST_RING: f32 = 0.15;
/// Insides of rings and areas drawn. Trade-off: each is a piece of work to the
/// renderer, and more would cover the map anyway.
const MOST_AREAS: usize = 64;

/// Whether there is room for open cards.
fn roomy(rect: Rect) -> bool {
    rect.width() >= 720.0 && rect.height() >= 400.0
}

/// The share of the map that an open card may take where room is short.
const SHARE: f32 = 0.6;
