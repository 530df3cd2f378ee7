//! The map as a picture, drawn by whatever adapter there is (lavapipe will
//! do): it is not blank, and does not depend on how it came about.

#![allow(clippy::unwrap_used, reason = "a test")]

use std::sync::Arc;
use std::time::Duration;

use chronotope::session::{Command, MapRequest, Prefs, Workbench};
use chronotope::ui::map::{Drawing, MapPanel, install};
use chronotope::ui::{Ctx, Outbox, Theme, Tr, install_fonts};
use egui_kittest::Harness;
use image::RgbaImage;

struct App {
    bench: Workbench,
    panel: MapPanel,
    out: Outbox,
    dark: bool,
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let theme = Theme::new(self.dark);
        theme.apply(ui.ctx(), 1.0);
        let cx = Ctx {
            bench: &self.bench,
            tr: Tr::new(self.bench.session().prefs.lang),
            theme: &theme,
            out: &self.out,
        };
        self.panel.show(ui, &cx);
        for command in self.out.take() {
            self.bench.apply(command);
        }
    }
}

/// Opens the Sahel; the second value is how `install` would draw it.
fn open(drawing: Option<Drawing>, dark: bool, scale: f32) -> (Harness<'static, App>, Drawing) {
    let mut best = Drawing::Live;
    let harness = Harness::builder()
        .with_size([640.0, 480.0])
        .with_pixels_per_point(scale)
        .wgpu()
        .build_eframe(|cc| {
            install_fonts(&cc.egui_ctx);
            best = install(cc.wgpu_render_state.as_ref());
            let (dataset, report) = chronotope::formats::bundled().unwrap();
            let mut bench = Workbench::new(Arc::new(dataset), report, Prefs::default());
            bench.apply(Command::Map(MapRequest::Goto {
                center: (1.0, 15.5),
                zoom: Some(5.5),
            }));
            App {
                bench,
                panel: MapPanel::new(drawing.unwrap_or(best)),
                out: Outbox::default(),
                dark,
            }
        });
    (harness, best)
}

fn picture(harness: &mut Harness<'_, App>) -> RgbaImage {
    harness.run_steps(4);
    for _ in 0..1000 {
        if !harness.state().panel.is_loading() {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
        harness.run_steps(2);
    }
    assert!(!harness.state().panel.is_loading(), "tiles never came");
    harness.run_steps(2);
    harness.render().unwrap()
}

/// Pixels that differ by more than rounding.
fn different(a: &RgbaImage, b: &RgbaImage) -> usize {
    assert_eq!(a.dimensions(), b.dimensions());
    let differ = |(p, q): &(&image::Rgba<u8>, &image::Rgba<u8>)| {
        p.0.iter().zip(&q.0).any(|(x, y)| x.abs_diff(*y) > 8)
    };
    a.pixels().zip(b.pixels()).filter(differ).count()
}

#[test]
fn a_picture_that_is_kept_is_the_one_drawn_live() {
    for scale in [1.0, 1.5] {
        let (mut live, best) = open(Some(Drawing::Live), true, scale);
        if best == Drawing::Live {
            // A GPU: nothing is kept.
            return;
        }
        let (mut kept, _) = open(Some(Drawing::Kept), true, scale);
        let (live, kept) = (picture(&mut live), picture(&mut kept));
        let colours: std::collections::HashSet<_> = live.pixels().map(|p| p.0).collect();
        assert!(
            colours.len() > 500,
            "the map is blank: {} colours",
            colours.len()
        );
        assert!(different(&live, &kept) < 200, "{}", different(&live, &kept));
    }
}

#[test]
fn a_change_of_theme_leaves_nothing_of_the_old_one() {
    let (mut changed, _) = open(None, true, 1.0);
    let dark = picture(&mut changed);
    changed.state_mut().dark = false;
    let changed = picture(&mut changed);
    let light = picture(&mut open(None, false, 1.0).0);
    assert!(different(&dark, &light) > 100_000);
    assert!(
        different(&changed, &light) < 200,
        "{}",
        different(&changed, &light)
    );
}
