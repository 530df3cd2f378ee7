//! Which tiles a view needs, which stand in for those not there yet, and a
//! bounded cache of both.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{Color32, Mesh, Painter, Rect, TextureHandle, TextureOptions};
use walkers::{Canvas, Drawables, Layer, Projector};

use crate::render::basemap::{Archive, ArchiveError, Place, TileAt, relief, world};
use crate::view::viewport::Viewport;

use super::MapStyle;
use super::grid::{around, in_view, tile_zoom, world_rect};
use super::loader::{Decoded, Job, Loader, Source};

/// Tiles kept. Trade-off: some screenfuls of each kind in both themes, about
/// 100 MB at most.
const KEEP: usize = 320;

enum Slot {
    Vector(Drawables),
    Relief(TextureHandle),
    Places(Arc<Vec<Place>>),
    Nothing,
}

/// The basemap: archives, styles, decoded tiles.
pub(in crate::ui::map) struct Basemap {
    source: Arc<Source>,
    loader: Option<Loader>,
    cache: HashMap<Job, (Slot, u64)>,
    frame: u64,
    missing: Vec<Job>,
    /// Count tiles taken in: the keys of what is made from them.
    drawn: u64,
    named: u64,
}

impl Basemap {
    pub fn new() -> Self {
        let opened = |result: Result<_, ArchiveError>| {
            result
                .inspect_err(|e| tracing::error!("the basemap cannot be shown: {e}"))
                .ok()
        };
        Self {
            source: Arc::new(Source {
                world: opened(world()),
                relief: opened(relief()),
                light: MapStyle::load(false),
                dark: MapStyle::load(true),
            }),
            loader: None,
            cache: HashMap::new(),
            frame: 0,
            missing: Vec::new(),
            drawn: 0,
            named: 0,
        }
    }

    pub fn style(&self, dark: bool) -> &MapStyle {
        self.source.style(dark)
    }

    /// Counts changes of the decoded names.
    pub fn named_revision(&self) -> u64 {
        self.named
    }

    /// Counts changes of the decoded tiles that are painted.
    pub fn drawn_revision(&self) -> u64 {
        self.drawn
    }

    /// Begins a frame: takes in what has been decoded. Textures go to
    /// `textures`; `window` is painted again when a tile is there.
    pub fn begin(&mut self, window: &egui::Context, textures: &egui::Context) {
        self.frame += 1;
        self.missing.clear();
        let source = &self.source;
        let loader = self
            .loader
            .get_or_insert_with(|| Loader::start(source, window));
        for (job, decoded) in loader.take() {
            self.put(textures, job, decoded);
        }
    }

    /// Whether a tile was missing so far in this frame.
    pub fn is_missing(&self) -> bool {
        !self.missing.is_empty()
    }

    /// Ends a frame: asks for what was missing, and forgets what is old.
    pub fn end(&mut self) {
        if let Some(loader) = &self.loader {
            loader.want(&self.missing);
        }
        if self.cache.len() > KEEP {
            let mut ages: Vec<u64> = self.cache.values().map(|(_, used)| *used).collect();
            ages.sort_unstable();
            let limit = ages[ages.len() - KEEP];
            let now = self.frame;
            // The tile of the whole world always stays: it stands in for all.
            self.cache
                .retain(|job, (_, used)| *used >= limit || *used == now || job.tile().z == 0);
        }
    }

    /// Whether tiles in view are still being decoded.
    pub fn is_loading(&self) -> bool {
        !self.missing.is_empty() || self.loader.as_ref().is_some_and(Loader::is_busy)
    }

    fn put(&mut self, ctx: &egui::Context, job: Job, decoded: Decoded) {
        let slot = match decoded {
            Decoded::Vector(v) => Slot::Vector(v),
            Decoded::Relief(image) => {
                Slot::Relief(ctx.load_texture("relief", image, TextureOptions::LINEAR))
            }
            Decoded::Places(list) => Slot::Places(Arc::new(list)),
            Decoded::Nothing => Slot::Nothing,
        };
        self.cache.insert(job, (slot, self.frame));
        match job {
            Job::Places(_) => self.named += 1,
            Job::Vector(..) | Job::Relief(..) => self.drawn += 1,
        }
    }

    /// Decodes the tile of the whole world at once, if it is not there.
    fn ensure_root(&mut self, ctx: &egui::Context, job: fn(bool, TileAt) -> Job, dark: bool) {
        let root = job(dark, TileAt { z: 0, x: 0, y: 0 });
        if !self.cache.contains_key(&root) {
            let decoded = self.source.decode(root);
            self.put(ctx, root, decoded);
        }
    }

    /// The tile, or the nearest of those that hold it that is there; asks for
    /// the tile itself if it is not.
    fn find(&mut self, job: fn(TileAt) -> Job, at: TileAt) -> Option<(TileAt, &Slot)> {
        let wanted = job(at);
        if !self.cache.contains_key(&wanted) && !self.missing.contains(&wanted) {
            self.missing.push(wanted);
        }
        let found = (0..=at.z)
            .filter_map(|up| at.ancestor(up))
            .find(|t| !matches!(self.cache.get(&job(*t)), None | Some((Slot::Nothing, _))))?;
        // What is missing there is known: nothing to ask for again.
        let entry = self.cache.get_mut(&job(found))?;
        entry.1 = self.frame;
        Some((found, &entry.0))
    }

    /// What walkers draws of the vectors.
    pub fn vectors(
        &mut self,
        ctx: &egui::Context,
        view: &Viewport,
        rect: Rect,
        dark: bool,
    ) -> VectorLayer {
        self.ensure_root(ctx, Job::Vector, dark);
        let max = self.source.world.as_ref().map_or(0, Archive::max_zoom);
        let job: fn(TileAt) -> Job = if dark {
            |at| Job::Vector(true, at)
        } else {
            |at| Job::Vector(false, at)
        };
        let world_rect = world_rect(view, rect);
        let mut list = Vec::new();
        for tile in in_view(view, tile_zoom(view.zoom() - 1.0, max)) {
            let clip = tile.rect(rect).intersect(world_rect);
            if let Some((found, Slot::Vector(drawables))) = self.find(job, tile.at) {
                list.push(
                    drawables
                        .clone()
                        .with_transform(tile.transform_of(found, rect))
                        .with_clip_rect(clip),
                );
            }
        }
        VectorLayer(list)
    }

    /// Paints land and sea, plain or in relief, below the vectors.
    pub fn ground(
        &mut self,
        painter: &Painter,
        view: &Viewport,
        rect: Rect,
        dark: bool,
        in_relief: bool,
    ) {
        let (land, sea) = (self.style(dark).land, self.style(dark).sea);
        let world_rect = world_rect(view, rect);
        for strip in around(rect, world_rect) {
            painter.rect_filled(strip, 0.0, sea);
        }
        let strength = if in_relief && self.source.relief.is_some() {
            relief_strength(view.zoom())
        } else {
            0.0
        };
        if strength < 1.0 {
            painter.rect_filled(world_rect, 0.0, land);
        }
        if strength <= 0.0 {
            return;
        }
        self.ensure_root(painter.ctx(), Job::Relief, dark);
        let max = self.source.relief.as_ref().map_or(0, Archive::max_zoom);
        let job: fn(TileAt) -> Job = if dark {
            |at| Job::Relief(true, at)
        } else {
            |at| Job::Relief(false, at)
        };
        let ink = Color32::WHITE.gamma_multiply(strength);
        for tile in in_view(view, tile_zoom(view.zoom(), max)) {
            let clip = tile.rect(rect).intersect(world_rect);
            if !clip.is_positive() {
                continue;
            }
            if let Some((found, Slot::Relief(texture))) = self.find(job, tile.at) {
                let mut mesh = Mesh::with_texture(texture.id());
                mesh.add_rect_with_uv(clip, tile.uv_of(found, rect, clip), ink);
                painter.add(mesh);
            }
        }
    }

    /// The places of the tiles in view, each with the part of the square that
    /// it stands for: where a tile is not there yet, its ancestor's places
    /// within its bounds.
    pub fn places(&mut self, view: &Viewport) -> Vec<(Arc<Vec<Place>>, [f64; 4])> {
        let max = self.source.world.as_ref().map_or(0, Archive::max_zoom);
        let mut list = Vec::new();
        for tile in in_view(view, tile_zoom(view.zoom() - 1.0, max)) {
            let n = f64::from(tile.at.z).exp2();
            let (x, y) = (f64::from(tile.at.x) / n, f64::from(tile.at.y) / n);
            if let Some((_, Slot::Places(places))) = self.find(Job::Places, tile.at) {
                list.push((Arc::clone(places), [x, y, x + 1.0 / n, y + 1.0 / n]));
            }
        }
        list
    }
}

/// Vectors ready to be drawn.
pub(in crate::ui::map) struct VectorLayer(Vec<Drawables>);

impl Extend<Drawables> for VectorLayer {
    fn extend<T: IntoIterator<Item = Drawables>>(&mut self, iter: T) {
        self.0.extend(iter);
    }
}

impl FromIterator<Drawables> for VectorLayer {
    fn from_iter<T: IntoIterator<Item = Drawables>>(iter: T) -> Self {
        Self(iter.into_iter().collect())
    }
}

impl Layer for VectorLayer {
    fn draw(&mut self, canvas: &mut Canvas, _projector: &Projector) {
        for drawables in self.0.drain(..) {
            canvas.add_drawables(drawables);
        }
    }
}

/// Zooms between which the relief fades: further in, its pixels are as large
/// as a village and say nothing.
const RELIEF_FADES: (f64, f64) = (7.5, 10.0);

#[allow(clippy::cast_possible_truncation, reason = "a share of one")]
fn relief_strength(zoom: f64) -> f32 {
    let (full, gone) = RELIEF_FADES;
    (1.0 - (zoom - full) / (gone - full)).clamp(0.0, 1.0) as f32
}

#[cfg(test)]
mod tests {
    use egui::{Pos2, vec2};

    use super::*;

    fn view(lon: f64, lat: f64, zoom: f64) -> Viewport {
        Viewport::new((lon, lat), zoom, (800.0, 600.0))
    }

    #[test]
    fn a_tile_stands_in_for_its_children_until_they_are_there() {
        let ctx = egui::Context::default();
        let mut map = Basemap::new();
        let v = view(2.0, 15.0, 6.0);
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(800.0, 600.0));
        map.begin(&ctx, &ctx);
        let first = map.vectors(&ctx, &v, rect, true).0.len();
        assert!(first > 0, "the map is blank");
        assert!(map.is_loading());
        map.end();
        for _ in 0..400 {
            std::thread::sleep(std::time::Duration::from_millis(25));
            map.begin(&ctx, &ctx);
            let _ = map.vectors(&ctx, &v, rect, true);
            map.end();
            if !map.is_loading() {
                break;
            }
        }
        assert!(!map.is_loading());
        for tile in in_view(&v, 5) {
            let (found, _) = map.find(|at| Job::Vector(true, at), tile.at).unwrap();
            assert_eq!(found, tile.at);
        }
        // The other theme has nothing of this one.
        assert!(
            map.find(|at| Job::Vector(false, at), TileAt { z: 5, x: 16, y: 14 })
                .is_none()
        );
    }

    #[test]
    fn the_cache_is_bounded() {
        let ctx = egui::Context::default();
        let mut map = Basemap::new();
        for x in 0..1000 {
            map.begin(&ctx, &ctx);
            map.put(
                &ctx,
                Job::Places(TileAt { z: 12, x, y: 0 }),
                Decoded::Nothing,
            );
            map.end();
        }
        assert!(map.cache.len() <= KEEP + 1);
        assert!(map.cache.contains_key(&Job::Places(TileAt {
            z: 12,
            x: 999,
            y: 0
        })));
    }
}
