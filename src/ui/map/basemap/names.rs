//! Names of places: which are written, and where. They give way to marks and
//! their labels, and to each other by importance.

use std::sync::Arc;

use egui::{Color32, FontId, Galley, Painter, Pos2, Rect, vec2};

use crate::render::basemap::{Place, PlaceClass};
use crate::ui::map::text::halo_text;
use crate::ui::semibold;
use crate::view::PxRect;
use crate::view::labels::{Candidate, Occupied, Previous, place};
use crate::view::viewport::Viewport;

use super::Basemap;

/// Names looked at a frame, most important first. Trade-off: more than fit on
/// a large screen, few enough to lay out while the map is dragged.
const MOST_TRIED: usize = 500;
/// Names written.
const MOST_PLACED: usize = 160;
/// Zoom from which on the name of a country says nothing new.
const COUNTRY_UNTIL: f64 = 8.5;
/// Zooms between which regions are named.
const REGIONS: std::ops::Range<f64> = 4.8..11.0;
/// Radius of the dot of a town.
const DOT: f32 = 1.75;

struct Written {
    /// Laid out anew each frame, from the cache of egui: a text that is laid
    /// out points into its atlas of glyphs, which may be made anew.
    name: String,
    at: Pos2,
    dot: Option<Pos2>,
    class: PlaceClass,
}

/// The names written last, kept while nothing changes.
#[derive(Default)]
pub(in crate::ui::map) struct PlaceNames {
    key: Option<Key>,
    written: Vec<Written>,
    previous: Previous,
}

/// What names are written on, and how.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::ui::map) struct Page {
    pub view: Viewport,
    pub rect: Rect,
    pub lang: &'static str,
    pub dark: bool,
}

#[derive(Clone, PartialEq)]
struct Key {
    page: Page,
    tiles: u64,
    obstacles: Vec<PxRect>,
}

/// Order of importance over all classes: lower is placed first.
fn priority(p: &Place) -> i64 {
    match p.class {
        PlaceClass::Country => p.rank * 2,
        PlaceClass::Region => 24 + p.rank * 2,
        _ => {
            let seat = match p.capital {
                2 => 12,
                4 => 3,
                _ => 0,
            };
            16 + p.rank * 2 - seat
        }
    }
}

/// Whether a place is named at a zoom. Towns come with their tiles.
fn is_named(p: &Place, zoom: f64) -> bool {
    match p.class {
        PlaceClass::Country => zoom + 0.4 >= p.min_label && zoom < COUNTRY_UNTIL,
        PlaceClass::Region => REGIONS.contains(&zoom) && zoom + 0.4 >= p.min_label,
        _ => true,
    }
}

impl PlaceNames {
    /// Writes the names of a view around `obstacles` (on the screen).
    pub fn show(
        &mut self,
        painter: &Painter,
        basemap: &mut Basemap,
        page: Page,
        obstacles: Vec<PxRect>,
    ) {
        let tiles = basemap.places(&page.view);
        let dark = page.dark;
        let key = Key {
            page,
            tiles: basemap.named_revision(),
            obstacles,
        };
        if self.key.as_ref() != Some(&key) {
            let places = chosen(&tiles, &page.view);
            self.arrange(painter, basemap, &key, &places);
            self.key = Some(key);
        }
        for w in &self.written {
            let style = basemap.style(dark).name(w.class);
            if let Some(dot) = w.dot {
                painter.circle(dot, DOT, style.text, (1.0, style.halo));
            }
            let galley = lay_out(painter, &w.name, w.class, style.size);
            halo_text(painter, w.at, &galley, style.text, style.halo, 4);
        }
    }

    fn arrange(&mut self, painter: &Painter, basemap: &Basemap, key: &Key, places: &[&Place]) {
        let style = basemap.style(key.page.dark);
        let mut candidates = Vec::with_capacity(places.len());
        let mut galleys = Vec::with_capacity(places.len());
        for p in places {
            let size = style.name(p.class).size;
            let galley = lay_out(painter, p.name(key.page.lang), p.class, size);
            let at = key.page.rect.min + to_vec(key.page.view.screen(p.unit));
            candidates.push(Candidate {
                key: p.key,
                priority: priority(p),
                places: standings(at, galley.size(), is_area(p.class)),
            });
            galleys.push((galley, at));
        }
        let mut occupied = Occupied::default();
        for o in &key.obstacles {
            occupied.take(*o);
        }
        let bounds = px(key.page.rect.shrink(4.0));
        let found = place(
            &candidates,
            &mut occupied,
            bounds,
            &self.previous,
            MOST_PLACED,
        );
        self.previous.clear();
        self.written.clear();
        for p in found {
            let c = &candidates[p.candidate];
            let (galley, at) = &galleys[p.candidate];
            let class = places[p.candidate].class;
            let area = is_area(class);
            self.previous.insert(c.key, p.place);
            self.written.push(Written {
                name: places[p.candidate].name(key.page.lang).to_owned(),
                at: corner(*at, galley.size(), area, p.place),
                dot: (!area).then_some(*at),
                class,
            });
        }
    }
}

fn lay_out(painter: &Painter, name: &str, class: PlaceClass, size: f32) -> Arc<Galley> {
    let font = match class {
        PlaceClass::Country => semibold(size),
        _ => FontId::proportional(size),
    };
    painter.layout_no_wrap(name.to_owned(), font, Color32::PLACEHOLDER)
}

/// The places of a view that are named at its zoom, most important first.
fn chosen<'a>(tiles: &'a [(Arc<Vec<Place>>, [f64; 4])], view: &Viewport) -> Vec<&'a Place> {
    let (w, h) = view.size();
    let mut list: Vec<&Place> = tiles
        .iter()
        .flat_map(|(places, [x0, y0, x1, y1])| {
            places
                .iter()
                .filter(move |p| (*x0..*x1).contains(&p.unit.0) && (*y0..*y1).contains(&p.unit.1))
        })
        .filter(|p| is_named(p, view.zoom()))
        .filter(|p| {
            let (x, y) = view.screen(p.unit);
            x > 0.0 && x < w && y > 0.0 && y < h
        })
        .collect();
    list.sort_by_key(|p| (priority(p), p.key));
    list.dedup_by_key(|p| p.key);
    list.truncate(MOST_TRIED);
    list
}

fn is_area(class: PlaceClass) -> bool {
    matches!(class, PlaceClass::Country | PlaceClass::Region)
}

#[allow(clippy::cast_possible_truncation, reason = "screen positions")]
fn to_vec((x, y): (f64, f64)) -> egui::Vec2 {
    vec2(x as f32, y as f32)
}

fn px(r: Rect) -> PxRect {
    PxRect {
        x0: r.min.x,
        y0: r.min.y,
        x1: r.max.x,
        y1: r.max.y,
    }
}

/// Upper left corner of a name about its place: an area's on it, a town's at
/// its right, left, above or below.
fn corner(at: Pos2, size: egui::Vec2, area: bool, standing: usize) -> Pos2 {
    let gap = DOT + 3.0;
    let offset = match (area, standing) {
        (true, _) => -size / 2.0,
        (false, 0) => vec2(gap, -size.y / 2.0),
        (false, 1) => vec2(-gap - size.x, -size.y / 2.0),
        (false, 2) => vec2(-size.x / 2.0, -gap - size.y),
        (false, _) => vec2(-size.x / 2.0, gap),
    };
    (at + offset).round()
}

/// The room of a name in each standing; with a town's goes its dot.
fn standings(at: Pos2, size: egui::Vec2, area: bool) -> Vec<PxRect> {
    let count = if area { 1 } else { 4 };
    (0..count)
        .map(|standing| {
            let text = Rect::from_min_size(corner(at, size, area, standing), size);
            let all = if area {
                text
            } else {
                text.union(Rect::from_center_size(
                    at,
                    egui::Vec2::splat(2.0 * DOT + 2.0),
                ))
            };
            px(all)
        })
        .collect()
}
