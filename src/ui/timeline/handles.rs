//! The handles of the window: what can be dragged by pointer and moved by key.

use egui::{
    CursorIcon, EventFilter, Key, Modifiers, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2,
};

use crate::model::time::Unit;
use crate::session::Command;
use crate::view::timeline::{Part, nudged};

use super::canvas::Stage;
use super::px;

/// The handles as widgets of their own: start, end, and the playhead's flag,
/// which moves the whole window.
pub(super) struct Handles {
    pub start: Option<Response>,
    pub end: Option<Response>,
    pub flag: Option<Response>,
}

impl Handles {
    /// Those that are there.
    pub(super) fn each(&self) -> impl Iterator<Item = (Part, &Response)> {
        [
            (Part::Start, &self.start),
            (Part::End, &self.end),
            (Part::Body, &self.flag),
        ]
        .into_iter()
        .filter_map(|(part, response)| Some((part, response.as_ref()?)))
    }
}

/// Where the flag of the playhead is.
pub(super) fn flag_rect(stage: &Stage<'_, '_>) -> Option<Rect> {
    let x = stage.axis.x(stage.window.end);
    let inside = x >= stage.axis.x0() && x <= stage.axis.x1();
    let centre = pos2(px(x), stage.parts.axis.bottom() - 7.0);
    inside.then(|| Rect::from_center_size(centre, vec2(16.0, 14.0)))
}

/// Shows the handles of a window that is in sight.
pub(super) fn show(ui: &mut Ui, stage: &Stage<'_, '_>) -> Handles {
    let strip = stage.parts.histogram;
    let zone = |(from, to): (f64, f64)| Rect::from_x_y_ranges(px(from)..=px(to), strip.y_range());
    let start = stage.zones.map(|z| zone(z.start));
    let end = stage.zones.map(|z| zone(z.end));
    let handle = |part: Part, name: &str, rect: Option<Rect>| {
        rect.map(|rect| {
            let id = ui.make_persistent_id(("timeline-handle", name));
            let response = ui.interact(rect, id, Sense::click_and_drag());
            describe(ui, &response, stage, part, name);
            let cursor = match part {
                Part::Body => CursorIcon::Grab,
                Part::Start | Part::End => CursorIcon::ResizeHorizontal,
            };
            handle_keys(ui, &response, stage, part);
            response.on_hover_cursor(cursor)
        })
    };
    Handles {
        start: handle(Part::Start, "timeline-start-handle", start),
        end: handle(Part::End, "timeline-end-handle", end),
        flag: handle(Part::Body, "timeline-playhead", flag_rect(stage)),
    }
}

/// Tells a screen reader what a handle is and where it stands.
fn describe(ui: &Ui, response: &Response, stage: &Stage<'_, '_>, part: Part, name: &str) {
    use egui::accesskit::Action;
    let ms = match part {
        Part::Start => stage.window.start,
        Part::End | Part::Body => stage.window.end.saturating_sub(1),
    };
    let name = stage.cx.tr.t(name);
    #[allow(clippy::cast_precision_loss, reason = "a value to read out")]
    let value = ms as f64;
    response.widget_info(|| WidgetInfo::slider(true, value, &name));
    let words = match (
        part,
        stage.window.is_open_start(),
        stage.window.is_open_end(),
    ) {
        (Part::Start, true, _) | (Part::End | Part::Body, _, true) => "..".to_owned(),
        _ => stage.cx.moment(ms, Unit::Day),
    };
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_value(words);
        node.add_action(Action::Increment);
        node.add_action(Action::Decrement);
    });
}

/// Left and right move a handle that has the focus.
fn handle_keys(ui: &Ui, response: &Response, stage: &Stage<'_, '_>, part: Part) {
    use egui::accesskit::Action;
    let asked = |action| ui.input(|i| i.num_accesskit_action_requests(response.id, action));
    let (mut forth, mut back) = (asked(Action::Increment), asked(Action::Decrement));
    if response.has_focus() {
        let filter = EventFilter {
            horizontal_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|m| m.set_focus_lock_filter(response.id, filter));
        ui.input_mut(|i| {
            forth += i.count_and_consume_key(Modifiers::NONE, Key::ArrowRight);
            back += i.count_and_consume_key(Modifiers::NONE, Key::ArrowLeft);
        });
    }
    if forth == back {
        return;
    }
    let unit = stage.cx.session().playback.unit;
    let mut window = stage.window;
    for _ in 0..forth.abs_diff(back) {
        window = nudged(&stage.axis, window, part, forth > back, unit);
    }
    stage.cx.send(Command::SetWindow(window));
}
