//! What the columns of a table mean: shown with its first rows and what they
//! become, to be corrected.

use std::sync::Arc;

use egui::{Button, ComboBox, Grid, Label, RichText, ScrollArea, Ui};
use egui_phosphor::regular as icon;

use crate::formats::import::{DateOrder, Mapping, Role};
use crate::ui::text::visual;
use crate::ui::widgets::{small, weak};
use crate::ui::{Ctx, semibold};
use crate::view::mapping_view::{Became, Question, Sheet, Tried, choose};

use super::Asked;

/// Columns shown; the rest are kept as attributes unless they are guessed.
const COLUMNS: usize = 120;

/// Width of a column in points.
const WIDTH: f32 = 148.0;

/// Problems shown; the report on the whole file has them all.
const PROBLEMS: usize = 4;

/// Letters of a value shown.
const LETTERS: usize = 80;

/// A table whose columns are looked at.
pub struct Columns {
    sheet: Arc<dyn Sheet>,
    mapping: Mapping,
    questions: Vec<Question>,
    tried: Tried,
}

impl Columns {
    /// Shows a table as it is mapped now, or as it is guessed.
    #[must_use]
    pub fn new(sheet: Arc<dyn Sheet>, mapping: Option<Mapping>) -> Self {
        let mut columns = Self {
            mapping: mapping.unwrap_or_else(|| sheet.guess()),
            sheet,
            questions: Vec::new(),
            tried: Tried::default(),
        };
        columns.attempt();
        columns
    }

    fn attempt(&mut self) {
        self.questions = self.sheet.questions(&self.mapping);
        self.tried = self.sheet.attempt(&self.mapping);
    }

    pub(super) fn show(&mut self, ui: &mut Ui, cx: &Ctx<'_>) -> Option<Asked> {
        let name = RichText::new(visual(self.sheet.name()));
        ui.add(Label::new(name.font(semibold(crate::ui::FONT_BODY))).truncate());
        let facts = self.sheet.facts();
        if !facts.is_empty() {
            ui.add(Label::new(weak(cx.theme, facts)).wrap());
        }
        ui.add_space(4.0);
        ui.add(Label::new(cx.tr.t("app-columns-what")).wrap());
        let before = self.mapping.clone();
        self.order(ui, cx);
        ui.add_space(8.0);
        #[allow(clippy::cast_precision_loss, reason = "a handful of lines")]
        let lines = self.tried.problems.len().min(PROBLEMS) as f32 * 20.0;
        let less = lines + if self.questions.is_empty() { 0.0 } else { 56.0 };
        let height = (ui.ctx().content_rect().height() - 300.0 - less).clamp(120.0, 420.0);
        ScrollArea::both()
            .max_height(height)
            .auto_shrink([false, true])
            .show(ui, |ui| self.table(ui, cx));
        if self.mapping != before {
            self.attempt();
        }
        ui.add_space(8.0);
        self.counts(ui, cx);
        ui.add_space(8.0);
        let mut asked = None;
        ui.horizontal_wrapped(|ui| {
            let asking = !self.questions.is_empty() && self.mapping.date_order.is_none();
            let open = Button::new(cx.tr.t("app-open-go"));
            let open = ui.add_enabled(!asking, open);
            let open = open.on_disabled_hover_text(cx.tr.t("app-columns-answer"));
            if open.clicked() {
                asked = Some(Asked::Mapped {
                    key: self.sheet.key(),
                    mapping: self.mapping.clone(),
                });
            }
            if ui.button(cx.tr.t("app-cancel")).clicked() {
                asked = Some(Asked::Keep);
            }
        });
        asked
    }

    /// Whether the day or the month comes first, where dates do not tell.
    fn order(&mut self, ui: &mut Ui, cx: &Ctx<'_>) {
        let Some(question) = self.questions.first() else {
            return;
        };
        ui.add_space(8.0);
        let text = cx.tr.with(
            "app-columns-order",
            &[
                ("column", question.column.clone().into()),
                ("example", question.example.clone().into()),
            ],
        );
        ui.add(Label::new(text).wrap());
        ui.horizontal_wrapped(|ui| {
            for (order, key) in [
                (DateOrder::DayFirst, "app-columns-day-first"),
                (DateOrder::MonthFirst, "app-columns-month-first"),
            ] {
                let chosen = self.mapping.date_order == Some(order);
                if ui.selectable_label(chosen, cx.tr.t(key)).clicked() {
                    self.mapping.date_order = Some(order);
                }
            }
        });
    }

    fn table(&mut self, ui: &mut Ui, cx: &Ctx<'_>) {
        let shown = self.sheet.columns().len().min(COLUMNS);
        Grid::new("columns")
            .num_columns(shown + 2)
            .min_col_width(WIDTH)
            .max_col_width(WIDTH)
            .striped(true)
            .show(ui, |ui| {
                for key in ["app-columns-when", "app-columns-where"] {
                    let head = RichText::new(cx.tr.t(key));
                    ui.label(head.font(semibold(crate::ui::FONT_SMALL)));
                }
                for column in self.sheet.columns().iter().take(shown) {
                    head(ui, cx, column, &mut self.mapping);
                }
                ui.end_row();
                for (at, row) in self.sheet.rows().iter().enumerate() {
                    became(ui, cx, self.tried.rows.get(at));
                    for at in 0..shown {
                        let value = row.get(at).map_or("", String::as_str);
                        ui.add(Label::new(small(cx.theme, cut(value))).truncate());
                    }
                    ui.end_row();
                }
            });
        let more = self.sheet.columns().len().saturating_sub(shown);
        if more > 0 {
            ui.weak(cx.tr.n("app-columns-more", more as u64));
        }
    }

    fn counts(&self, ui: &mut Ui, cx: &Ctx<'_>) {
        let tried = &self.tried;
        let text = cx.tr.with(
            "app-columns-counts",
            &[
                ("read", tried.read.into()),
                ("dated", tried.dated.into()),
                ("placed", tried.placed.into()),
                ("skipped", tried.skipped.into()),
            ],
        );
        ui.add(Label::new(text).wrap());
        for problem in tried.problems.iter().take(PROBLEMS) {
            ui.add(Label::new(small(cx.theme, visual(problem))).truncate());
        }
    }
}

/// The name of a column and what it means.
fn head(ui: &mut Ui, cx: &Ctx<'_>, column: &str, mapping: &mut Mapping) {
    ui.vertical(|ui| {
        let name = RichText::new(visual(column)).font(semibold(crate::ui::FONT_SMALL));
        ui.add(Label::new(name).truncate());
        let role = mapping.role(column);
        let word = |role: Role| cx.tr.t(&format!("column-{}", role.id()));
        let mut chosen = role;
        let combo = ComboBox::from_id_salt(("role", column))
            .width(WIDTH - 12.0)
            .truncate()
            .selected_text(word(role))
            .show_ui(ui, |ui| {
                for role in Role::ALL {
                    ui.selectable_value(&mut chosen, *role, word(*role));
                }
            });
        let name = cx.tr.s("app-columns-role", column);
        crate::ui::name_field(&combo.response, &name);
        if chosen != role {
            choose(mapping, column, chosen);
        }
    });
}

/// What a row becomes: its date and its place, or what is wrong with it.
fn became(ui: &mut Ui, cx: &Ctx<'_>, row: Option<&Became>) {
    let nothing = Became::default();
    let row = row.unwrap_or(&nothing);
    let cell = |ui: &mut Ui, text: &str| {
        if text.is_empty() {
            ui.label(weak(cx.theme, "–"));
        } else {
            ui.add(Label::new(visual(text)).truncate());
        }
    };
    if row.wrong.is_empty() {
        cell(ui, &row.when);
    } else {
        ui.horizontal(|ui| {
            let sign = RichText::new(icon::WARNING).color(cx.theme.palette.danger);
            let text = &row.wrong;
            let sign = ui.label(sign).on_hover_text(text);
            sign.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, text));
            let text = if row.when.is_empty() {
                RichText::new(text).color(cx.theme.palette.danger)
            } else {
                RichText::new(&row.when)
            };
            ui.add(Label::new(text).truncate());
        });
    }
    cell(ui, &row.place);
}

fn cut(text: &str) -> String {
    let text = text.replace(char::is_control, " ");
    match text.char_indices().nth(LETTERS) {
        Some((at, _)) => visual(&format!("{}…", &text[..at])),
        None => visual(&text),
    }
}
