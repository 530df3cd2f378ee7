//! Windows over the window: open, documents, problems, shortcuts, about, tour.

use std::path::{Path, PathBuf};

use egui::{Align, Frame, Grid, Layout, Modal, RichText, ScrollArea, Stroke, TextEdit};
use egui_phosphor::regular as icon;

use crate::formats::{OpenError, Report};
use crate::session::Command;

use super::{Action, Ctx, Menu, UiOp, semibold};

/// What the open dialog was told.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// Open the dataset at a path.
    Dataset(PathBuf),
    /// Look for documents at a path.
    Documents(PathBuf),
    /// Show the system's file dialog for a dataset.
    BrowseDataset,
    /// Show the system's file dialog for documents.
    BrowseDocuments,
    /// A dataset with errors was accepted.
    Anyway,
    /// A dataset with errors was refused.
    Keep,
    /// The tour was seen or skipped.
    TourDone,
}

enum Open {
    Dataset,
    Documents,
    Failed(OpenError),
    Errors(Report),
    Problems,
    Help,
    About,
    Tour,
}

/// The dialog shown, at most one.
#[derive(Default)]
pub struct Dialogs {
    open: Option<Open>,
    path: String,
    /// The next frame is the first of the dialog: its field takes the focus.
    just_opened: bool,
}

impl Dialogs {
    /// Whether one is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Opens the one for an operation; the palette is none of them.
    pub fn op(&mut self, op: UiOp) {
        self.just_opened = true;
        self.open = match op {
            UiOp::OpenDialog => Some(Open::Dataset),
            UiOp::Help => Some(Open::Help),
            UiOp::About => Some(Open::About),
            UiOp::Tour => Some(Open::Tour),
            UiOp::Problems => Some(Open::Problems),
            UiOp::Palette => self.open.take(),
        };
    }

    /// Closes whichever is open.
    pub fn close(&mut self) {
        self.open = None;
    }

    /// Asks for documents.
    pub fn documents(&mut self) {
        self.just_opened = true;
        self.open = Some(Open::Documents);
    }

    /// Says that a dataset could not be opened.
    pub fn failed(&mut self, error: OpenError) {
        self.open = Some(Open::Failed(error));
    }

    /// Asks what to do with a dataset that has errors.
    pub fn errors(&mut self, report: Report) {
        self.open = Some(Open::Errors(report));
    }

    /// Shows the dialog that is open; answers with what was asked.
    pub fn show(&mut self, ctx: &egui::Context, cx: &Ctx<'_>, recent: &[String]) -> Option<Asked> {
        let current = self.open.take()?;
        let title = match &current {
            Open::Dataset => cx.tr.t("app-open-title"),
            Open::Documents => cx.tr.t("app-documents-title"),
            Open::Failed(_) => cx.tr.t("app-failed-title"),
            Open::Errors(r) => cx.tr.n("app-errors-title", r.errors() as u64),
            Open::Problems => cx.tr.t("app-problems"),
            Open::Help => cx.tr.t("app-help-title"),
            Open::About => cx.tr.t("app-about"),
            Open::Tour => cx.tr.t("app-tour-title"),
        };
        let mut keep = true;
        let mut asked = None;
        let screen = ctx.content_rect();
        let width = (screen.width() - 64.0).min(560.0);
        let p = cx.theme.palette;
        let frame = Frame::new()
            .fill(p.card)
            .stroke(Stroke::new(1.0, p.line))
            .corner_radius(4)
            .shadow(ctx.global_style().visuals.window_shadow)
            .inner_margin(16);
        let modal = Modal::new(egui::Id::unique("dialog"))
            .frame(frame)
            .show(ctx, |ui| {
                ui.set_width(width);
                ui.horizontal(|ui| {
                    ui.label(RichText::new(title).font(semibold(super::FONT_HEAD)));
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        let close = cx.tr.t("app-close");
                        let button = ui.button(icon::X).on_hover_text(&close);
                        super::name(&button, &close);
                        keep &= !button.clicked();
                    });
                });
                ui.add_space(8.0);
                asked = match &current {
                    Open::Dataset | Open::Documents => {
                        self.path(ui, cx, matches!(current, Open::Dataset), recent)
                    }
                    Open::Failed(e) => failed(ui, cx, e),
                    Open::Errors(r) => errors(ui, cx, r),
                    Open::Problems => problems(ui, cx),
                    Open::Help => help(ui, cx),
                    Open::About => about(ui, cx),
                    Open::Tour => tour(ui, cx),
                };
            });
        keep &= !modal.should_close();
        let tour = matches!(current, Open::Tour);
        match &asked {
            None if keep => self.open = Some(current),
            None if tour => return Some(Asked::TourDone),
            Some(Asked::BrowseDataset | Asked::BrowseDocuments) => self.open = Some(current),
            Some(Asked::Dataset(p)) if p.as_os_str().is_empty() => asked = None,
            _ => {}
        }
        asked
    }

    /// Puts a path that the system's dialog answered into the field.
    pub fn browsed(&mut self, path: &Path) {
        self.path = path.display().to_string();
    }

    fn path(
        &mut self,
        ui: &mut egui::Ui,
        cx: &Ctx<'_>,
        dataset: bool,
        recent: &[String],
    ) -> Option<Asked> {
        let tr = cx.tr;
        let make = |path: PathBuf| {
            if dataset {
                Asked::Dataset(path)
            } else {
                Asked::Documents(path)
            }
        };
        let mut asked = None;
        ui.label(tr.t(if dataset {
            "app-open-what"
        } else {
            "app-documents-what"
        }));
        ui.add_space(8.0);
        let field = ui.add(
            TextEdit::singleline(&mut self.path)
                .hint_text(tr.t("app-open-path"))
                .desired_width(f32::INFINITY),
        );
        super::name_field(&field, &tr.t("app-open-path"));
        if std::mem::take(&mut self.just_opened) {
            field.request_focus();
        }
        let enter = field.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let some = !self.path.trim().is_empty();
            let go = ui.add_enabled(some, egui::Button::new(tr.t("app-open-go")));
            if (go.clicked() || enter) && some {
                asked = Some(make(PathBuf::from(self.path.trim())));
            }
            if ui.button(tr.t("app-open-browse")).clicked() {
                asked = Some(if dataset {
                    Asked::BrowseDataset
                } else {
                    Asked::BrowseDocuments
                });
            }
        });
        ui.add_space(8.0);
        ui.weak(tr.t("app-open-drop"));
        if dataset && !recent.is_empty() {
            ui.add_space(8.0);
            ui.label(RichText::new(tr.t("app-recent")).font(semibold(super::FONT_SMALL)));
            for path in recent {
                if ui.link(path).clicked() {
                    asked = Some(Asked::Dataset(PathBuf::from(path)));
                }
            }
        }
        asked
    }
}

fn failed(ui: &mut egui::Ui, cx: &Ctx<'_>, error: &OpenError) -> Option<Asked> {
    ui.add(egui::Label::new(RichText::new(&error.place).weak()).wrap());
    ui.add_space(4.0);
    ui.add(egui::Label::new(format!("{}.", capital(&error.what))).wrap());
    ui.add(egui::Label::new(format!("{}.", capital(&error.remedy))).wrap());
    ui.add_space(8.0);
    ui.weak(cx.tr.t("app-failed-kept"));
    ui.add_space(8.0);
    if ui.button(cx.tr.t("app-copy")).clicked() {
        cx.send(Command::Copy(error.to_string()));
    }
    None
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn problem_list(ui: &mut egui::Ui, cx: &Ctx<'_>, report: &Report) {
    let height = (ui.ctx().content_rect().height() - 280.0).clamp(80.0, 360.0);
    ScrollArea::vertical().max_height(height).show_rows(
        ui,
        ui.text_style_height(&egui::TextStyle::Body) * 2.5,
        report.problems.len(),
        |ui, range| {
            for problem in &report.problems[range] {
                ui.add(egui::Label::new(problem.to_string()).wrap());
            }
        },
    );
    ui.add_space(8.0);
    if ui.button(cx.tr.t("app-copy")).clicked() {
        let lines: Vec<_> = report.problems.iter().map(ToString::to_string).collect();
        cx.send(Command::Copy(lines.join("\n")));
    }
}

fn errors(ui: &mut egui::Ui, cx: &Ctx<'_>, report: &Report) -> Option<Asked> {
    ui.label(cx.tr.t("app-errors-what"));
    ui.add_space(8.0);
    problem_list(ui, cx, report);
    ui.add_space(8.0);
    let mut asked = None;
    ui.horizontal(|ui| {
        if ui.button(cx.tr.t("app-errors-anyway")).clicked() {
            asked = Some(Asked::Anyway);
        }
        if ui.button(cx.tr.t("app-errors-keep")).clicked() {
            asked = Some(Asked::Keep);
        }
    });
    asked
}

fn problems(ui: &mut egui::Ui, cx: &Ctx<'_>) -> Option<Asked> {
    let report = cx.bench.report();
    if report.problems.is_empty() {
        ui.label(cx.tr.t("app-problems-none"));
    } else {
        problem_list(ui, cx, report);
    }
    None
}

fn help(ui: &mut egui::Ui, cx: &Ctx<'_>) -> Option<Asked> {
    let height = (ui.ctx().content_rect().height() - 160.0).max(120.0);
    ScrollArea::vertical().max_height(height).show(ui, |ui| {
        ui.label(cx.tr.t("app-help-map"));
        ui.label(cx.tr.t("app-help-time"));
        for menu in Menu::ALL {
            ui.add_space(8.0);
            ui.label(RichText::new(cx.tr.t(menu.key())).font(semibold(super::FONT_BODY)));
            Grid::new(menu.key())
                .num_columns(2)
                .min_col_width(120.0)
                .show(ui, |ui| {
                    for action in Action::ALL.iter().filter(|a| a.menu() == menu) {
                        if let Some(shortcut) = action.shortcut() {
                            ui.label(super::shortcut_text(ui.ctx(), &shortcut));
                            ui.label(cx.tr.t(action.key()));
                            ui.end_row();
                        }
                    }
                });
        }
    });
    None
}

fn about(ui: &mut egui::Ui, cx: &Ctx<'_>) -> Option<Asked> {
    ui.label(RichText::new(cx.tr.t("app-name")).heading());
    ui.label(cx.tr.t("app-tagline"));
    ui.weak(cx.tr.s("app-about-version", env!("CARGO_PKG_VERSION")));
    ui.add_space(8.0);
    ui.label(cx.tr.t("app-about-private"));
    ui.add_space(8.0);
    let meta = cx.dataset().meta();
    let data = [meta.attribution.as_deref(), meta.licence.as_deref()];
    let data: Vec<_> = data.into_iter().flatten().collect();
    if !data.is_empty() {
        ui.label(cx.tr.s("app-about-data", &data.join(" · ")));
    }
    ui.label(cx.tr.t("app-about-map"));
    ui.label(cx.tr.t("app-about-licence"));
    None
}

fn tour(ui: &mut egui::Ui, cx: &Ctx<'_>) -> Option<Asked> {
    super::tour::show(ui, cx).then_some(Asked::TourDone)
}
