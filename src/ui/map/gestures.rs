//! Moving the map and picking on it, by pointer and keys.

use egui::{CursorIcon, Id, Key, Modifiers, PointerButton, Pos2, Rect, Response, Ui, vec2};

use crate::model::EventRow;
use crate::session::{Command, MapRequest, Pick};
use crate::ui::Ctx;
use crate::view::viewport::{Padding, Viewport};

use super::access::Touched;
use super::card;
use super::many::{Many, Near, Under};
use super::marks::{Fans, Glyph, Glyphs, MOST_FANNED, What, square};
use super::menu::{self, Menu};
use super::picking::Picking;
use super::scene::{LEAST_RADIUS, Scene};
use super::shelf::pick_of;

/// Levels of zoom for a point of scrolling: a notch of a wheel is about 50.
const ZOOM_PER_POINT: f64 = 0.008;
/// Levels of zoom of a double click.
const ZOOM_DOUBLE: f64 = 1.0;
/// Levels of zoom of a click on more than can be told apart.
const ZOOM_CLOSER: f64 = 2.0;
/// Share of the view that an arrow key moves it.
const PAN: f64 = 0.2;
/// Seconds that the pointer rests on a stack before it is spread out.
const REST: f64 = 0.15;

/// What the pointer is doing to the map.
#[derive(Default)]
pub(super) struct Gestures {
    /// The map's widget of the last frame.
    pub map_id: Option<Id>,
    /// What is spread out.
    pub fans: Fans,
    /// What is drawn to pick what is in it.
    pub picking: Picking,
    /// The event that the pointer is over.
    hovering: Option<EventRow>,
    /// The stack that the pointer is over, and since when.
    resting: Option<(EventRow, f64)>,
    menu: Option<Menu>,
    /// The map has the focus because it was clicked.
    pub focused_by_pointer: bool,
    pointer: Option<Pos2>,
}

/// What is on the map for the pointer to meet.
pub(super) struct Pointed<'a> {
    pub scene: &'a Scene,
    pub glyphs: &'a Glyphs,
    pub many: &'a Many,
    pub view: &'a Viewport,
    pub rect: Rect,
    pub overlays: &'a [Rect],
    pub response: &'a Response,
    pub touched: Touched,
}

/// What the pointer meets.
enum Meets<'a> {
    Glyph(&'a Glyph),
    /// What is not drawn as a mark.
    Many(Under),
}

impl<'a> Pointed<'a> {
    /// What is under a position. Where dots stand so close that the mark of
    /// the one pointed at covers others, the nearest is meant.
    fn meets(&self, cx: &Ctx<'_>, at: Pos2) -> Option<Meets<'a>> {
        let glyph = self.glyphs.under(at);
        let picked = |g: &&Glyph| match g.what {
            What::Mark(m) => cx.session().selection.contains(self.scene.marks[m].row),
            What::Stack(_) => true,
        };
        let stands = match self.many.near() {
            Near::Picked => glyph.filter(picked),
            Near::All | Near::These(..) | Near::Before => glyph,
        };
        stands.map(Meets::Glyph).or_else(|| {
            let under = self.many.under(cx, self.view, self.rect, at);
            under.map(Meets::Many)
        })
    }

    /// The one event that is met.
    fn row(&self, met: Option<&Meets<'_>>) -> Option<EventRow> {
        match met? {
            Meets::Glyph(g) => match g.what {
                What::Mark(m) => Some(self.scene.marks[m].row),
                What::Stack(_) => None,
            },
            Meets::Many(Under::Event(row, _)) => Some(*row),
            Meets::Many(Under::Crowd(..)) => None,
        }
    }

    /// The stack that is met.
    fn stack(met: Option<&Meets<'_>>) -> Option<(Glyph, usize)> {
        match met? {
            Meets::Glyph(g) => match g.what {
                What::Stack(c) => Some((**g, c)),
                What::Mark(_) => None,
            },
            Meets::Many(_) => None,
        }
    }
}

/// Carries out a request of the session.
pub(super) fn requested(view: Viewport, request: MapRequest, pad: Padding) -> Viewport {
    let (w, h) = view.size();
    match request {
        MapRequest::Fit(area) => view.fitted(area, pad),
        MapRequest::ZoomBy(levels) => view.zoomed_at((w / 2.0, h / 2.0), levels),
        MapRequest::PanBy(east, south) => view.panned(-east * w, -south * h),
        MapRequest::Goto { center, zoom } => {
            Viewport::new(center, zoom.unwrap_or(view.zoom()), view.size())
        }
    }
}

/// Keys of the map while it has the focus.
pub(super) fn keys(ui: &Ui, cx: &Ctx<'_>) {
    let bindings = [
        (Key::ArrowLeft, MapRequest::PanBy(-PAN, 0.0)),
        (Key::ArrowRight, MapRequest::PanBy(PAN, 0.0)),
        (Key::ArrowUp, MapRequest::PanBy(0.0, -PAN)),
        (Key::ArrowDown, MapRequest::PanBy(0.0, PAN)),
        (Key::Plus, MapRequest::ZoomBy(1.0)),
        (Key::Equals, MapRequest::ZoomBy(1.0)),
        (Key::Minus, MapRequest::ZoomBy(-1.0)),
    ];
    let pressed = |key| {
        ui.input_mut(|i| {
            i.consume_key(Modifiers::NONE, key) || i.consume_key(Modifiers::SHIFT, key)
        })
    };
    for (key, request) in bindings {
        if pressed(key) {
            cx.send(Command::Map(request));
        }
    }
    if pressed(Key::Home) {
        cx.send(Command::FitAll);
    }
}

impl Gestures {
    /// The view after what the pointer did to it since the last frame.
    pub fn moved(
        &mut self,
        ui: &mut Ui,
        cx: &Ctx<'_>,
        mut view: Viewport,
        rect: Rect,
        overlays: &[Rect],
    ) -> Viewport {
        let Some(map) = self.map_id.and_then(|id| ui.ctx().read_response(id)) else {
            return view;
        };
        let local = |p: Pos2| {
            let at = p - rect.min;
            (f64::from(at.x), f64::from(at.y))
        };
        let over = ui
            .input(|i| i.pointer.hover_pos())
            .filter(|p| ui.rect_contains_pointer(rect) && !overlays.iter().any(|o| o.contains(*p)));
        if let Some(p) = over {
            let (scroll, pinch) = ui.input(|i| (i.smooth_scroll_delta.y, i.zoom_delta()));
            let levels = f64::from(scroll) * ZOOM_PER_POINT + f64::from(pinch).log2();
            if levels.abs() > 1e-6 {
                view = view.zoomed_at(local(p), levels);
                ui.input_mut(|i| i.smooth_scroll_delta = vec2(0.0, 0.0));
            }
        }
        let drawing = self.picking.is_drawing();
        self.picking.follow(ui, cx, &map, &view, rect);
        let held = map.dragged_by(PointerButton::Primary) || map.dragged_by(PointerButton::Middle);
        if held && !drawing && !self.picking.is_drawing() {
            let by = map.drag_delta();
            view = view.panned(f64::from(by.x), f64::from(by.y));
        }
        if map.double_clicked_by(PointerButton::Primary)
            && let Some(p) = map.interact_pointer_pos()
        {
            view = view.zoomed_at(local(p), ZOOM_DOUBLE);
        }
        view
    }

    /// The event whose card is shown.
    pub fn told(&self) -> Option<EventRow> {
        self.hovering
    }

    /// Longitude and latitude under the pointer.
    pub fn pointer(&self, view: &Viewport, rect: Rect) -> Option<(f64, f64)> {
        let at = self.pointer? - rect.min;
        view.position_at((f64::from(at.x), f64::from(at.y)))
    }

    /// Hovering, clicks, the rubber band, the card and the menu.
    pub fn pointed(&mut self, ui: &mut Ui, cx: &Ctx<'_>, on: &Pointed<'_>) {
        let covered = |p: &Pos2| on.overlays.iter().any(|o| o.contains(*p));
        self.pointer = ui
            .input(|i| i.pointer.hover_pos())
            .filter(|p| ui.rect_contains_pointer(on.rect) && !covered(p));
        let moving = on.response.dragged();
        let under = self
            .pointer
            .filter(|_| !moving)
            .and_then(|p| on.meets(cx, p));
        let under = under.as_ref();
        self.hover(ui, cx, on, under);
        self.cursor(ui, moving, under.is_some());
        let response = on.response;
        if response.clicked_by(PointerButton::Primary) || on.touched.clicked {
            response.request_focus();
            self.focused_by_pointer = true;
            self.click(ui, cx, on, under);
        }
        if (response.secondary_clicked() || on.touched.menu)
            && let Some(pos) = self.pointer
        {
            let row = on.row(under);
            self.menu = Some(Menu {
                pos,
                at: self.pointer(on.view, on.rect),
                row,
            });
        }
        if ui.input(|i| i.key_pressed(Key::Escape)) {
            self.fans.pinned = None;
        }
        self.picking.paint(ui, cx);
        if let Some(menu) = self.menu {
            if !menu::show(ui, cx, &menu, on.view) {
                self.menu = None;
            }
        } else if let Some(met) = under {
            card(ui, cx, on, met);
        }
    }

    fn hover(&mut self, ui: &Ui, cx: &Ctx<'_>, on: &Pointed<'_>, under: Option<&Meets<'_>>) {
        let row = on.row(under);
        if row != self.hovering {
            self.hovering = row;
            cx.send(Command::Hover(row));
        }
        let first = |c: usize| on.scene.marks[on.scene.clusters[c].members[0]].row;
        let stack = Pointed::stack(under).map(|(_, c)| first(c));
        let now = ui.input(|i| i.time);
        match (stack, self.resting) {
            (Some(row), Some((same, since))) if row == same => {
                if now - since >= REST {
                    self.fans.hovered = Some(row);
                } else {
                    ui.ctx()
                        .request_repaint_after(std::time::Duration::from_secs_f64(REST));
                }
            }
            (Some(row), _) => {
                self.resting = Some((row, now));
                ui.ctx()
                    .request_repaint_after(std::time::Duration::from_secs_f64(REST));
            }
            (None, _) => self.resting = None,
        }
        // What is spread out stays so while the pointer is among its marks.
        if let Some(row) = self.fans.hovered
            && stack != Some(row)
        {
            let stays = on.scene.stack_of(row).is_some_and(|c| {
                let glyph = on.glyphs.list.iter().find(|g| g.what == What::Stack(c));
                glyph
                    .zip(self.pointer)
                    .is_some_and(|(g, p)| p.distance(g.pos) <= on.glyphs.reach(g.pos) + 16.0)
            });
            if !stays {
                self.fans.hovered = None;
                ui.ctx().request_repaint();
            }
        }
    }

    fn click(&mut self, ui: &Ui, cx: &Ctx<'_>, on: &Pointed<'_>, under: Option<&Meets<'_>>) {
        if let Some(row) = on.row(under) {
            cx.send(Command::Select(vec![row], pick_of(ui)));
            return;
        }
        if let Some(Meets::Many(Under::Crowd(area, _))) = under {
            zoom_to(cx, on, area.center());
            return;
        }
        let Some((g, c)) = Pointed::stack(under) else {
            self.fans.pinned = None;
            if !cx.session().selection.is_empty() && pick_of(ui) == Pick::Replace {
                cx.send(Command::ClearSelection);
            }
            return;
        };
        let members = &on.scene.clusters[c].members;
        let first = on.scene.marks[members[0]].row;
        if members.len() > MOST_FANNED {
            zoom_to(cx, on, g.pos);
        } else if self.fans.pinned == Some(first) {
            self.fans = Fans::default();
        } else {
            self.fans.pinned = Some(first);
        }
    }

    fn cursor(&self, ui: &Ui, moving: bool, on_mark: bool) {
        let shift = ui.input(|i| i.modifiers.shift);
        if self.pointer.is_none() {
            return;
        }
        ui.ctx()
            .set_cursor_icon(if self.picking.is_drawing() || (shift && !on_mark) {
                CursorIcon::Crosshair
            } else if moving {
                CursorIcon::Grabbing
            } else if on_mark {
                CursorIcon::PointingHand
            } else {
                CursorIcon::Default
            });
    }
}

/// Looks closer at a position on the screen.
fn zoom_to(cx: &Ctx<'_>, on: &Pointed<'_>, at: Pos2) {
    let at = at - on.rect.min;
    let zoomed = on
        .view
        .zoomed_at((f64::from(at.x), f64::from(at.y)), ZOOM_CLOSER);
    cx.send(Command::Map(MapRequest::Goto {
        center: zoomed.center(),
        zoom: Some(zoomed.zoom()),
    }));
}

fn card(ui: &Ui, cx: &Ctx<'_>, on: &Pointed<'_>, met: &Meets<'_>) {
    let g = match met {
        Meets::Glyph(g) => *g,
        Meets::Many(Under::Event(row, at)) => {
            card::show(ui, cx, *row, square(*at, LEAST_RADIUS), on.rect);
            return;
        }
        Meets::Many(Under::Crowd(area, sums)) => {
            let slots = on.many.field().map(|(_, slots)| slots);
            card::show_crowd(ui, cx, sums, slots, *area, on.rect);
            return;
        }
    };
    let mark = square(g.pos, g.r);
    match g.what {
        What::Mark(m) => card::show(ui, cx, on.scene.marks[m].row, mark, on.rect),
        What::Stack(c) => {
            // Spread out, each tells for itself.
            if on.glyphs.list.iter().any(|other| other.from == Some(g.pos)) {
                return;
            }
            let rows: Vec<EventRow> = on.scene.clusters[c]
                .members
                .iter()
                .map(|m| on.scene.marks[*m].row)
                .collect();
            card::show_stack(ui, cx, &rows, mark, on.rect);
        }
    }
}
