//! A window with nothing but the timeline.

use std::sync::Arc;

use chronotope::model::EventRow;
use chronotope::model::time::{Lang, Window};
use chronotope::session::{Command, Prefs, Workbench};
use chronotope::ui::timeline::TimelinePanel;
use chronotope::ui::{Ctx, Outbox, Theme, Tr, install_fonts};
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, Vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

pub(crate) const START: &str = "Window start";
pub(crate) const END: &str = "Window end";
pub(crate) const FROM: &str = "Window from (EDTF)";
pub(crate) const TO: &str = "Window to (EDTF)";

pub(crate) struct App {
    pub(crate) bench: Workbench,
    panel: TimelinePanel,
    /// Every command sent so far.
    pub(crate) sent: Vec<Command>,
}

pub(crate) fn window(text: &str) -> Window {
    Window::parse(text).unwrap()
}

pub(crate) fn open(width: f32, height: f32, lang: Lang) -> Harness<'static, App> {
    let (dataset, report) = chronotope::formats::bundled().unwrap();
    let prefs = Prefs {
        lang,
        ..Prefs::default()
    };
    let app = App {
        bench: Workbench::new(Arc::new(dataset), report, prefs),
        panel: TimelinePanel::new(),
        sent: Vec::new(),
    };
    let mut harness = Harness::builder()
        .with_size(Vec2::new(width, height))
        .with_step_dt(0.1)
        .with_context_setup(|ctx| {
            install_fonts(ctx);
            Theme::new(true).apply(ctx, 1.0);
        })
        .build_ui_state(frame, app);
    harness.run_steps(2);
    harness
}

fn frame(ui: &mut egui::Ui, app: &mut App) {
    let theme = Theme::new(true);
    let out = Outbox::default();
    let cx = Ctx {
        bench: &app.bench,
        tr: Tr::new(app.bench.session().prefs.lang),
        theme: &theme,
        out: &out,
    };
    app.panel.show(ui, &cx);
    for command in out.take() {
        app.sent.push(command.clone());
        app.bench.apply(command);
    }
}

pub(crate) fn apply(harness: &mut Harness<'_, App>, command: Command) {
    harness.state_mut().bench.apply(command);
    harness.run_steps(2);
}

pub(crate) fn shown(harness: &Harness<'_, App>) -> Window {
    harness.state().bench.session().scope.window
}

pub(crate) fn click(harness: &mut Harness<'_, App>, label: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(2);
}

/// Replaces the text of a field and leaves it with Enter.
pub(crate) fn type_into(harness: &mut Harness<'_, App>, label: &str, text: &str) {
    harness.get_by_label(label).click();
    harness.run_steps(2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
    harness.key_press(Key::Backspace);
    harness.run_steps(1);
    if !text.is_empty() {
        harness.get_by_label(label).type_text(text);
        harness.run_steps(1);
    }
    harness.key_press(Key::Enter);
    harness.run_steps(3);
}

pub(crate) fn drag(harness: &mut Harness<'_, App>, from: Pos2, to: Pos2, modifiers: Modifiers) {
    harness.event(Event::ModifiersChanged(modifiers));
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers,
    };
    harness.hover_at(from);
    harness.run_steps(1);
    harness.event(button(from, true));
    harness.run_steps(1);
    for part in [0.3, 0.6, 1.0] {
        harness.hover_at(from + (to - from) * part);
        harness.run_steps(1);
    }
    harness.event(button(to, false));
    harness.event(Event::ModifiersChanged(Modifiers::NONE));
    harness.run_steps(2);
}

pub(crate) fn rect(harness: &Harness<'_, App>, label: &str) -> Rect {
    harness.get_by_label(label).rect()
}

pub(crate) fn row(harness: &Harness<'_, App>, id: &str) -> EventRow {
    harness.state().bench.dataset().event_by_id(id).unwrap()
}

/// Presses and releases the button at a place, so often in quick succession.
pub(crate) fn click_at(harness: &mut Harness<'_, App>, at: Pos2, times: u8, modifiers: Modifiers) {
    harness.event(Event::ModifiersChanged(modifiers));
    for _ in 0..times {
        for pressed in [true, false] {
            harness.event(Event::PointerButton {
                pos: at,
                button: PointerButton::Primary,
                pressed,
                modifiers,
            });
        }
    }
    harness.event(Event::ModifiersChanged(Modifiers::NONE));
    harness.run_steps(2);
}

/// The strip of the axis: from and to on screen.
pub(crate) fn axis_px(harness: &Harness<'_, App>) -> (f32, f32) {
    let canvas = rect(harness, "Timeline");
    let gutter = (canvas.width() * 0.11).clamp(80.0, 160.0).round();
    (canvas.left() + gutter, canvas.right() - 12.0)
}
