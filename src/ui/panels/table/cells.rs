//! The cells of the table.

use egui::{Align, Label, Layout, RichText, Sense};
use egui_extras::TableRow;

use crate::model::EventRow;
use crate::model::time::Inclusion;
use crate::ui::Ctx;
use crate::ui::panels::words;
use crate::ui::widgets::{mark, mark_colour};
use crate::view::table_rows::{Column, inclusion, sources};

/// Width of a column as it opens, and the least it can be drawn to.
pub(super) fn width(column: Column) -> (f32, f32) {
    match column {
        Column::Date | Column::Place | Column::Side => (136.0, 72.0),
        Column::Title => (224.0, 120.0),
        Column::Kind => (132.0, 72.0),
        Column::Killed | Column::Sources => (64.0, 56.0),
        Column::Certainty => (84.0, 64.0),
    }
}

/// The text of a cell, as it is shown and copied.
pub(super) fn text(cx: &Ctx<'_>, row: EventRow, column: Column) -> String {
    let event = cx.dataset().event(row);
    match column {
        Column::Date => event.when.as_ref().map_or(String::new(), |w| cx.when(w)),
        Column::Title => cx.dataset().title(row, cx.lang()).to_owned(),
        Column::Kind => cx.tr.t(&format!("kind-{}", event.kind.id())),
        Column::Place => event.place.map_or(String::new(), |p| words::place(cx, p)),
        Column::Killed => {
            let sum = event.killed();
            if sum == crate::model::TollSum::default() {
                // Not known is not zero.
                String::new()
            } else {
                words::sum(cx, sum)
            }
        }
        Column::Side => words::side(cx, cx.dataset().table().side(row)),
        Column::Sources => sources(cx.dataset(), row).to_string(),
        Column::Certainty => cx.tr.t(match inclusion(cx.current(), row) {
            Inclusion::Certainly => "table-certainly",
            Inclusion::Possibly => "table-possibly",
            Inclusion::No => "table-no",
        }),
    }
}

/// Shows a cell. Answers whether its text was clicked or chosen by key.
pub(super) fn cell(
    line: &mut TableRow<'_, '_>,
    cx: &Ctx<'_>,
    row: EventRow,
    column: Column,
    stop: Option<Column>,
) -> bool {
    let mut clicked = false;
    line.col(|ui| {
        let text = text(cx, row, column);
        let mut rich = RichText::new(&text);
        match column {
            Column::Kind => {
                mark(
                    ui,
                    cx.theme,
                    cx.dataset().table().kind(row),
                    mark_colour(cx, row),
                );
            }
            Column::Killed => rich = rich.color(cx.theme.palette.danger),
            Column::Certainty if inclusion(cx.current(), row) == Inclusion::Possibly => {
                rich = rich.color(cx.theme.palette.weak);
            }
            _ => {}
        }
        // It has left, and the new order is not there yet.
        if !cx.current().shown().contains(row) {
            rich = rich.color(cx.theme.palette.weak);
        }
        let mut label = Label::new(rich).truncate().selectable(false);
        if stop == Some(column) {
            label = label.sense(Sense::click());
        }
        if column.is_number() {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(4.0);
                clicked = ui.add(label).clicked();
            });
        } else {
            clicked = ui.add(label).clicked();
        }
    });
    clicked
}
