//! What was understood of a file, and what was not.

use std::path::Path;

use egui::{Grid, Label, RichText, ScrollArea, Ui};
use egui_phosphor::regular as icon;

use crate::formats::{Problem, Report, Severity};
use crate::session::Command;
use crate::ui::widgets::{hairline, small};
use crate::ui::{Ctx, semibold};
use crate::view::claim_value::grouped;
use crate::view::report_view;

use super::save_to::SaveTo;
use super::{Asked, info};

/// Problems listed; all are in the text that is copied, and in the file.
const LISTED: usize = 300;

/// The name of the file that is suggested.
const FILE: &str = "import-report.json";

/// The report on what is open.
#[derive(Default)]
pub(super) struct ReportView {
    /// Where to write it.
    pub save: SaveTo,
    saving: bool,
}

impl ReportView {
    /// Shows the report on what is open.
    pub fn show(&mut self, ui: &mut Ui, cx: &Ctx<'_>) -> Option<Asked> {
        let report = cx.bench.report();
        summary(ui, cx, report);
        if report.problems.is_empty() {
            ui.label(cx.tr.t("app-report-none"));
        } else {
            let kinds = cx.tr.n("app-report-problems", report.problems.len() as u64);
            ui.label(RichText::new(kinds).font(semibold(crate::ui::FONT_BODY)));
            list(ui, cx, report, if self.saving { 96.0 } else { 0.0 });
        }
        ui.add_space(8.0);
        let mut asked = None;
        ui.horizontal_wrapped(|ui| {
            copy(ui, cx, report);
            if report_view::has_rows(report) && ui.button(cx.tr.t("app-report-columns")).clicked() {
                asked = Some(Asked::Columns);
            }
            let save = ui.selectable_label(self.saving, cx.tr.t("app-report-save"));
            if save.clicked() {
                self.saving = !self.saving;
                self.save.set(Path::new(FILE));
            }
        });
        if self.saving {
            ui.add_space(8.0);
            asked = asked.or(self.save.show(ui, cx));
            let button = egui::Button::new(cx.tr.t("app-save-go"));
            if ui.add_enabled(self.save.is_ready(), button).clicked() {
                asked = Some(Asked::SaveReport {
                    path: self.save.path(),
                    replace: self.save.replace(),
                });
                self.save.look_again();
                self.saving = false;
            }
        }
        asked
    }
}

/// Asks what to do with a dataset of ours that has errors.
pub(super) fn errors(ui: &mut Ui, cx: &Ctx<'_>, report: &Report) -> Option<Asked> {
    ui.add(Label::new(cx.tr.t("app-errors-what")).wrap());
    ui.add_space(8.0);
    list(ui, cx, report, 0.0);
    ui.add_space(8.0);
    let mut asked = None;
    ui.horizontal_wrapped(|ui| {
        if ui.button(cx.tr.t("app-errors-anyway")).clicked() {
            asked = Some(Asked::Anyway);
        }
        if ui.button(cx.tr.t("app-errors-keep")).clicked() {
            asked = Some(Asked::Keep);
        }
        copy(ui, cx, report);
    });
    asked
}

fn copy(ui: &mut Ui, cx: &Ctx<'_>, report: &Report) {
    if ui.button(cx.tr.t("app-copy")).clicked() {
        let label = |id: &str| cx.tr.t(&format!("report-{id}"));
        cx.send(Command::Copy(report_view::text(report, label)));
    }
}

/// The format and what became of the rows.
fn summary(ui: &mut Ui, cx: &Ctx<'_>, report: &Report) {
    let format = &report.format;
    if !format.is_empty() {
        ui.add(Label::new(format).wrap());
    }
    let columns = report.columns.iter();
    let told = columns.filter(|c| !["attribute", "ignore"].contains(&c.role));
    let word = |role: &str| cx.tr.t(&format!("column-{role}"));
    let told: Vec<String> = told
        .map(|c| format!("{}: {}", c.column, word(c.role)))
        .collect();
    if !told.is_empty() {
        ui.add(Label::new(small(cx.theme, told.join(" · "))).wrap());
    }
    if report_view::has_rows(report) {
        ui.add_space(4.0);
        Grid::new("report-figures")
            .num_columns(5)
            .spacing([24.0, 0.0])
            .show(ui, |ui| {
                let figures = report_view::figures(&report.rows);
                for (_, n) in figures {
                    let n = grouped(i64::try_from(n).unwrap_or(i64::MAX));
                    ui.label(RichText::new(n).font(semibold(crate::ui::FONT_BODY)));
                }
                ui.end_row();
                for (id, _) in figures {
                    let text = cx.tr.t(&format!("report-{id}"));
                    ui.label(small(cx.theme, text));
                }
                ui.end_row();
            });
    }
    ui.add_space(8.0);
}

/// The problems, errors first; `less` is room to leave for something else.
fn list(ui: &mut Ui, cx: &Ctx<'_>, report: &Report, less: f32) {
    let height = (ui.ctx().content_rect().height() - 300.0 - less).clamp(80.0, 420.0);
    ScrollArea::vertical()
        .max_height(height)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            ui.set_max_width(ui.available_width());
            let is_error = |p: &&Problem| p.severity == Severity::Error;
            let errors = report.problems.iter().filter(is_error);
            let warnings = report.problems.iter().filter(|p| !is_error(p));
            let several_files = report
                .problems
                .iter()
                .any(|p| p.file != report.problems[0].file);
            for (at, problem) in errors.chain(warnings).take(LISTED).enumerate() {
                if at > 0 {
                    ui.add_space(4.0);
                    hairline(ui, cx.theme);
                    ui.add_space(4.0);
                }
                one(ui, cx, problem, several_files);
            }
            let more = report.problems.len().saturating_sub(LISTED);
            if more > 0 {
                ui.add_space(8.0);
                ui.weak(cx.tr.n("app-report-more", more as u64));
            }
        });
}

/// One problem: what is wrong and where, the values, what to do.
fn one(ui: &mut Ui, cx: &Ctx<'_>, problem: &Problem, with_file: bool) {
    let (sign, colour, word) = match problem.severity {
        Severity::Error => (icon::X_CIRCLE, cx.theme.palette.danger, "app-report-error"),
        Severity::Warning => (icon::WARNING, cx.theme.palette.weak, "app-report-warning"),
    };
    ui.horizontal_top(|ui| {
        let sign = ui.label(RichText::new(sign).color(colour));
        let word = cx.tr.t(word);
        sign.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, &word));
        sign.on_hover_text(word);
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            let text = format!("{}.", info::capital(&problem.what));
            ui.add(Label::new(text).wrap());
            let mut facts = Vec::new();
            if with_file {
                facts.push(problem.file.clone());
            }
            if !problem.column.is_empty() {
                facts.push(cx.tr.s("app-report-column", &problem.column));
            }
            if let Some(line) = problem.line {
                let line = grouped(i64::try_from(line).unwrap_or(i64::MAX));
                facts.push(cx.tr.s("app-report-line", &line));
            } else if !problem.place.is_empty() {
                facts.push(problem.place.clone());
            }
            if problem.rows > 1 {
                facts.push(cx.tr.n("app-report-rows", problem.rows));
            }
            let values = report_view::values(problem);
            if !values.is_empty() {
                facts.push(values);
            }
            ui.add(Label::new(small(cx.theme, facts.join(" · "))).wrap());
            let remedy = format!("{}.", info::capital(&problem.remedy));
            ui.add(Label::new(small(cx.theme, remedy)).wrap());
        });
    });
}
