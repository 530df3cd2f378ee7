//! Events too many to be drawn as marks: density, and a dot each while that
//! can be told apart.

mod dots;
mod heat;
mod touch;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use egui::{Context, Id, Painter, Rect};
use egui_wgpu::RenderState;

use crate::dataset::{DensityGrid, RowSet};
use crate::session::ColourBy;
use crate::ui::{Ctx, Theme, category_of_kind};
use crate::view::ageing::opacity;
use crate::view::density::{
    Blend, Colours, Density, FEW, Field, MANY, Part, Picture, Scale, Slots, part_in_view, picture,
    place,
};
use crate::view::viewport::Viewport;

use super::Drawing;
use super::scene::{bounded, colour_of};
use dots::{Dot, Dots};
use heat::Heat;

pub(super) use touch::Under;

/// Dots drawn at most, where the CPU draws, and by a GPU. Trade-off: so many
/// take the CPU some milliseconds, and more hide one another anyway.
const MOST_DOTS: (u64, u64) = (6_000, 100_000);
/// Seconds in which marks, dots and density give way to one another.
const BLENDING: f32 = 0.18;
/// Opacity of the dot of an event that is only possibly in the window.
const POSSIBLE: f32 = 0.5;
/// Radius of a dot in points, where they are few and where they are many.
const RADIUS: (f32, f32) = (3.4, 1.9);

/// Tells pictures and lists apart, those of other maps too that the same
/// renderer draws.
fn next_version() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

/// Sets up the layers for a renderer.
pub(super) fn install(state: &RenderState) {
    heat::install(state);
    dots::install(state);
}

/// What a picture shows.
#[derive(Clone, PartialEq)]
struct Key {
    field: u64,
    part: Part,
    step: u32,
    cell: f32,
    colours: Colours,
}

struct Drawn {
    key: Key,
    version: u64,
    grid: DensityGrid,
    picture: Arc<Picture>,
}

/// What a list of dots shows.
#[derive(Clone, Copy, PartialEq)]
struct DotsKey {
    field: u64,
    current: u64,
    by: ColourBy,
    theme: Theme,
    fades: bool,
}

/// The events of which marks are made.
#[derive(Clone, Copy)]
pub(super) enum Near<'a> {
    /// Those of the current set in view, found by the index.
    All,
    /// Of these, those in view; and a number that changes with them.
    These(&'a RowSet, u64),
    /// Those of the frame before, which are on their way out.
    Before,
    /// Only what is picked or pointed at.
    Picked,
}

/// The colours of density.
fn colours(theme: &Theme, slots: &Slots) -> Colours {
    let list = slots.categories().iter().map(|category| {
        let [r, g, b, _] = theme.category(*category).to_normalized_gamma_f32();
        [r, g, b]
    });
    Colours {
        dark: theme.dark,
        slots: (!slots.is_one()).then(|| list.collect()),
    }
}

/// The layers of many events.
pub(super) struct Many {
    most_dots: u64,
    density: Density,
    slots: Option<((u64, ColourBy), Slots)>,
    drawn: Option<Drawn>,
    scale: Option<Scale>,
    dots: Option<(DotsKey, u64, Arc<Vec<Dot>>)>,
    /// Opacities now, and where they are going.
    blend: Blend,
    target: Blend,
    /// Events in view, where that is known.
    events: Option<u64>,
    /// The view of the last frame.
    view: Option<Viewport>,
}

impl Many {
    pub fn new(drawing: Drawing) -> Self {
        Self {
            most_dots: match drawing {
                Drawing::Kept => MOST_DOTS.0,
                Drawing::Live => MOST_DOTS.1,
            },
            density: Density::default(),
            slots: None,
            drawn: None,
            scale: None,
            dots: None,
            blend: Blend::MARKS,
            target: Blend::MARKS,
            events: None,
            view: None,
        }
    }

    /// Brings the layers up to date.
    pub fn update(&mut self, ctx: &Context, cx: &Ctx<'_>, view: &Viewport) {
        if cx.dataset().len() as u64 <= FEW {
            *self = Self {
                most_dots: self.most_dots,
                ..Self::new(Drawing::Kept)
            };
            return;
        }
        let by = cx.session().prefs.colour_by;
        let key = (cx.dataset().revision(), by);
        if self.slots.as_ref().is_none_or(|(k, _)| *k != key) {
            let slots = Slots::new(cx.dataset(), by, category_of_kind, Theme::CATEGORIES);
            self.slots = Some((key, slots));
        }
        let Some((_, slots)) = &self.slots else {
            return;
        };
        let before = self.density.version();
        let waker = ctx.clone();
        self.density.update(
            cx.bench.dataset(),
            cx.current(),
            slots,
            view,
            self.most_dots.max(MANY) * 2,
            move || waker.request_repaint(),
        );
        let moved = self.view.replace(*view) != Some(*view) || self.density.version() != before;
        self.blend(ctx, view);
        let held = moved && ctx.input(|i| i.pointer.any_down());
        self.draw(cx.theme, view, held);
        self.list(cx);
    }

    fn blend(&mut self, ctx: &Context, view: &Viewport) {
        self.events = self.density.in_view(view);
        if let Some(events) = self.events {
            self.target = Blend::of(events, self.most_dots);
        } else if self.density.field().is_none() {
            // Nothing is known yet.
            self.target = Blend::DENSITY;
        }
        if self
            .density
            .field()
            .is_none_or(|(field, _)| field.rows().is_none())
            && self.target.marks + self.target.dots > 0.0
        {
            self.target = Blend::DENSITY;
        }
        let id = Id::unique("map-blend");
        let step = |n: u8, to: f32| ctx.animate_value_with_time(id.with(n), to, BLENDING);
        self.blend = Blend {
            marks: step(0, self.target.marks),
            dots: step(1, self.target.dots),
            density: step(2, self.target.density),
        };
    }

    /// Makes the picture anew if something has changed. While the hand moves
    /// map or window it is coarser.
    fn draw(&mut self, theme: &Theme, view: &Viewport, held: bool) {
        let Some((field, slots)) = self.density.field() else {
            self.drawn = None;
            return;
        };
        if self.blend.density <= 0.0 {
            return;
        }
        let colours = colours(theme, slots);
        let part = part_in_view(field.grid(), view);
        #[allow(clippy::cast_possible_truncation, reason = "a few points")]
        let cell = place(field.grid(), view).1 as f32;
        let key = Key {
            field: self.density.version(),
            part,
            step: if held { 2 } else { 1 },
            cell,
            colours,
        };
        let same = |d: &Drawn| {
            // What is coarse stays so until the hand is off.
            let step = d.key.step;
            d.key == key
                || (held
                    && d.key
                        == Key {
                            step,
                            ..key.clone()
                        })
        };
        if self.drawn.as_ref().is_some_and(same) {
            return;
        }
        // The scale is kept while the window moves, not from zoom to zoom.
        let bits = field.grid().cell_bits;
        let alike = self.drawn.as_ref().filter(|d| d.grid.cell_bits == bits);
        let before = self.scale.filter(|_| alike.is_some());
        let (made, scale) = picture(field, &part, cell, key.step, &key.colours, before);
        self.scale = Some(scale);
        self.drawn = Some(Drawn {
            version: next_version(),
            grid: *field.grid(),
            key,
            picture: Arc::new(made),
        });
    }

    /// Lists the dots anew if something has changed.
    fn list(&mut self, cx: &Ctx<'_>) {
        let Some(rows) = self.density.field().and_then(|(field, _)| field.rows()) else {
            self.dots = None;
            return;
        };
        if self.blend.dots <= 0.0 {
            return;
        }
        let session = cx.session();
        let key = DotsKey {
            field: self.density.version(),
            current: cx.current().revision,
            by: session.prefs.colour_by,
            theme: *cx.theme,
            fades: session.playback.mode.fades(),
        };
        if self.dots.as_ref().is_some_and(|(k, ..)| *k == key) {
            return;
        }
        let (data, table) = (cx.dataset(), cx.dataset().table());
        let certain = &cx.current().selected.certain;
        let window = bounded(session, data);
        let dot = |row| {
            let (x, y) = table.position(row)?;
            let age = if key.fades {
                opacity(table.extent(row), window)
            } else {
                1.0
            };
            let sure = if certain.contains(row) { 1.0 } else { POSSIBLE };
            let colour = colour_of(cx.theme, key.by, table.kind(row), table.side(row));
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 255"
            )]
            let alpha = (age * sure * 255.0) as u8;
            let [red, green, blue, _] = colour.to_array();
            Some(Dot {
                at: [x, y],
                colour: [red, green, blue, alpha],
            })
        };
        let list = rows.iter().filter_map(dot).collect();
        self.dots = Some((key, next_version(), Arc::new(list)));
    }

    /// How much is seen of each layer.
    pub fn seen(&self) -> Blend {
        self.blend
    }

    /// How many events are in view, if not all of them are marks.
    pub fn crowd(&self) -> Option<u64> {
        self.events.filter(|_| self.target != Blend::MARKS)
    }

    /// The scale of what is drawn by density.
    pub fn scale(&self) -> Option<Scale> {
        self.scale.filter(|_| self.target.density > 0.0)
    }

    /// The field about the view, and the slots it is counted by.
    pub fn field(&self) -> Option<(&Field, &Slots)> {
        self.density.field()
    }

    /// Whether what is drawn is not final yet.
    pub fn is_pending(&self) -> bool {
        let far = |a: f32, b: f32| (a - b).abs() > 1e-3;
        let (now, then) = (self.blend, self.target);
        self.density.is_pending()
            || far(now.marks, then.marks)
            || far(now.dots, then.dots)
            || far(now.density, then.density)
    }

    /// The events of which marks are made.
    pub fn near(&self) -> Near<'_> {
        let rows = self.density.field().and_then(|(field, _)| field.rows());
        match rows {
            _ if self.view.is_none() => Near::All,
            _ if self.blend.marks <= 0.0 => Near::Picked,
            Some(rows) if self.events.is_some_and(|n| n <= MANY) => {
                Near::These(rows, self.density.version())
            }
            _ => Near::Before,
        }
    }

    /// Paints a dot an event.
    pub fn paint_dots(&self, painter: &Painter, theme: &Theme, view: &Viewport, rect: Rect) {
        let Some((_, version, list)) = self.dots.as_ref().filter(|_| self.blend.dots > 0.0) else {
            return;
        };
        let most = self.most_dots as f32;
        let share = (list.len() as f32 / most).clamp(0.0, 1.0).sqrt();
        let dots = Dots {
            list: Arc::clone(list),
            version: *version,
            view: *view,
            radius: RADIUS.0 + (RADIUS.1 - RADIUS.0) * share,
            outline: theme.palette.outline,
            alpha: self.blend.dots,
            rect,
        };
        painter.add(dots.shape());
    }

    /// Paints density, below all else.
    pub fn paint_density(&self, painter: &Painter, view: &Viewport, rect: Rect) {
        let Some(drawn) = self.drawn.as_ref().filter(|_| self.blend.density > 0.0) else {
            return;
        };
        let ((left, top), cell) = place(&drawn.grid, view);
        let picture = &drawn.picture;
        let corner = |from: f64, cells: u32| from + f64::from(cells) * cell;
        #[allow(clippy::cast_possible_truncation, reason = "positions on the screen")]
        let heat = Heat {
            at: [
                corner(left, picture.origin.0) as f32,
                corner(top, picture.origin.1) as f32,
            ],
            cell: cell as f32 * picture.step as f32,
            picture: Arc::clone(picture),
            version: drawn.version,
            alpha: self.blend.density,
            rect,
        };
        painter.add(heat.shape());
    }
}
