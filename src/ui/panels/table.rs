//! The table of the current set.

use egui::{Align, Button, Label, Layout, RichText, Sense, Ui};
use egui_extras::{Column as Width, TableBuilder, TableRow};
use egui_phosphor::regular as icon;

use crate::model::EventRow;
use crate::model::time::Inclusion;
use crate::session::{Command, Focus, Pick};
use crate::ui::widgets::{Memo, empty, mark, mark_colour, weak};
use crate::ui::{Ctx, FONT_SMALL, semibold};
use crate::view::table_rows::{Column, Order, inclusion, range, sorted, sources, tsv};

use super::words;

/// Height of a row, in points.
const ROW: f32 = 24.0;

/// What the order of rows depends on.
type Key = (u64, u64, Order, &'static str);

/// The table of the current set.
pub struct TablePanel {
    order: Order,
    columns: Vec<Column>,
    rows: Memo<Key, Vec<EventRow>>,
    /// Where a selection by range begins.
    anchor: Option<EventRow>,
    /// The event that was last scrolled to, or clicked here.
    seen: Option<EventRow>,
    /// The event that this table said the pointer was over.
    said: Option<EventRow>,
}

impl Default for TablePanel {
    fn default() -> Self {
        Self::new()
    }
}

impl TablePanel {
    /// The table as it opens: all columns, in order of time.
    #[must_use]
    pub fn new() -> Self {
        Self {
            order: Order::default(),
            columns: Column::ALL.to_vec(),
            rows: Memo::default(),
            anchor: None,
            seen: None,
            said: None,
        }
    }

    /// Shows the table.
    pub fn show(&mut self, ui: &mut Ui, cx: &Ctx<'_>) {
        let key = (
            cx.dataset().revision(),
            cx.current().revision,
            self.order,
            cx.lang(),
        );
        let order = self.order;
        // Taken out for the time of drawing, so that clicks may change `self`.
        let mut memo = std::mem::take(&mut self.rows);
        let rows = memo.get(key, || sorted(cx.dataset(), cx.current(), order, cx.lang()));
        self.bar(ui, cx, rows);
        if rows.is_empty() {
            empty(ui, cx.theme, &cx.tr.t("table-empty"));
        } else {
            self.table(ui, cx, rows);
        }
        self.rows = memo;
    }

    /// How many events, columns to show, and copying.
    fn bar(&mut self, ui: &mut Ui, cx: &Ctx<'_>, rows: &[EventRow]) {
        ui.horizontal(|ui| {
            let n = rows.len() as u64;
            ui.label(weak(cx.theme, cx.tr.n("table-events", n)));
            let picked = &cx.session().selection;
            let chosen = rows.iter().filter(|r| picked.contains(r));
            let some = picked.iter().any(|r| cx.current().shown().contains(*r));
            let right = Layout::right_to_left(Align::Center);
            ui.with_layout(right, |ui| {
                let name = cx.tr.t("table-columns");
                ui.menu_button(format!("{} {name}", icon::COLUMNS), |ui| {
                    self.choose(ui, cx);
                });
                let key = if some {
                    "table-copy-selected"
                } else {
                    "table-copy"
                };
                let name = cx.tr.t(key);
                let text = format!("{} {name}", icon::COPY);
                let button = ui.add_enabled(n > 0, Button::new(text));
                if button.accessible_name(name).clicked() {
                    let picked: Vec<EventRow> = if some {
                        chosen.copied().collect()
                    } else {
                        rows.to_vec()
                    };
                    cx.send(Command::Copy(self.as_tsv(cx, &picked)));
                }
            });
        });
    }

    fn choose(&mut self, ui: &mut Ui, cx: &Ctx<'_>) {
        for column in Column::ALL {
            let mut on = self.columns.contains(&column);
            let name = cx.tr.t(&format!("table-{}", column.id()));
            // A table without any column could not be got out of.
            let last = on && self.columns.len() == 1;
            let tick = ui.add_enabled(!last, egui::Checkbox::new(&mut on, name));
            if tick.changed() {
                self.columns = Column::ALL
                    .into_iter()
                    .filter(|c| {
                        if *c == column {
                            on
                        } else {
                            self.columns.contains(c)
                        }
                    })
                    .collect();
            }
        }
    }

    fn as_tsv(&self, cx: &Ctx<'_>, rows: &[EventRow]) -> String {
        let head = self
            .columns
            .iter()
            .map(|c| cx.tr.t(&format!("table-{}", c.id())))
            .collect();
        let lines = rows
            .iter()
            .map(|r| self.columns.iter().map(|c| text(cx, *r, *c)).collect());
        tsv(std::iter::once(head).chain(lines))
    }

    /// The table, scrolled sideways when its columns need more room.
    fn table(&mut self, ui: &mut Ui, cx: &Ctx<'_>, rows: &[EventRow]) {
        egui::ScrollArea::horizontal()
            .id_salt("table-sideways")
            .auto_shrink(false)
            .show(ui, |ui| self.body(ui, cx, rows));
    }

    fn body(&mut self, ui: &mut Ui, cx: &Ctx<'_>, rows: &[EventRow]) {
        let gaps = ui.spacing().item_spacing.x * self.columns.len() as f32 + 8.0;
        let wanted: f32 = self.columns.iter().map(|c| width(*c).0).sum();
        let grow = ((ui.available_width() - gaps) / wanted).clamp(1.0, 2.0);
        let mut builder = TableBuilder::new(ui)
            .id_salt("table")
            .sense(Sense::CLICK)
            .striped(false)
            .resizable(true)
            .auto_shrink(false)
            .cell_layout(Layout::left_to_right(Align::Center));
        for column in &self.columns {
            let (initial, least) = width(*column);
            let column = Width::initial((initial * grow).floor());
            builder = builder.column(column.at_least(least).clip(true));
        }
        // A selection made elsewhere is brought into view, once.
        let primary = cx.session().primary;
        if primary != self.seen {
            self.seen = primary;
            if let Some(at) = primary.and_then(|p| rows.iter().position(|r| *r == p)) {
                builder = builder.scroll_to_row(at, None);
            }
        }
        let columns = self.columns.clone();
        let mut hovered = None;
        builder
            .header(ROW, |mut header| {
                for column in &columns {
                    header.col(|ui| self.head(ui, cx, *column));
                }
            })
            .body(|body| {
                body.rows(ROW, rows.len(), |mut line| {
                    let row = rows[line.index()];
                    line.set_selected(cx.session().selection.contains(&row));
                    line.set_hovered(cx.session().hover == Some(row));
                    // One stop of the Tab key a row.
                    let stop = columns.iter().find(|c| **c == Column::Title);
                    let stop = stop.or(columns.first()).copied();
                    let mut clicked = false;
                    for column in &columns {
                        clicked |= cell(&mut line, cx, row, *column, stop);
                    }
                    let response = line.response();
                    if response.contains_pointer() {
                        hovered = Some(row);
                    }
                    if clicked || response.clicked() {
                        let modifiers = response.ctx.input(|i| i.modifiers);
                        self.click(cx, rows, row, modifiers);
                    }
                    if response.double_clicked() {
                        cx.send(Command::FitSelection);
                    }
                });
            });
        self.hover(cx, hovered);
    }

    fn head(&mut self, ui: &mut Ui, cx: &Ctx<'_>, column: Column) {
        let sorted = self.order.column == column;
        let arrow = match (sorted, self.order.descending) {
            (true, false) => icon::CARET_UP,
            (true, true) => icon::CARET_DOWN,
            (false, _) => "",
        };
        let name = cx.tr.t(&format!("table-{}", column.id()));
        let text = RichText::new(format!("{name} {arrow}").trim_end().to_owned())
            .font(semibold(FONT_SMALL))
            .color(cx.theme.palette.weak);
        let button = Button::new(text).frame_when_inactive(false).truncate();
        let layout = if column.is_number() {
            Layout::right_to_left(Align::Center)
        } else {
            Layout::left_to_right(Align::Center)
        };
        let hint = cx.tr.s("table-sort-by", &name);
        ui.with_layout(layout, |ui| {
            // In line with the cells below.
            ui.spacing_mut().button_padding.x = 0.0;
            if column.is_number() {
                ui.add_space(4.0);
            }
            let response = ui.add(button).on_hover_text(&hint).accessible_name(&hint);
            if response.clicked() {
                self.order = self.order.clicked(column);
            }
        });
    }

    fn click(&mut self, cx: &Ctx<'_>, rows: &[EventRow], row: EventRow, keys: egui::Modifiers) {
        self.seen = Some(row);
        if keys.shift
            && let Some(from) = self.anchor
        {
            cx.send(Command::Select(range(rows, from, row), Pick::Replace));
            return;
        }
        self.anchor = Some(row);
        if keys.command {
            cx.send(Command::Select(vec![row], Pick::Toggle));
        } else {
            cx.send(Command::Open(Focus::Event(row)));
        }
    }

    /// Tells the others what the pointer is over; only what this table said
    /// itself is taken back.
    fn hover(&mut self, cx: &Ctx<'_>, now: Option<EventRow>) {
        if now.is_some() && cx.session().hover != now {
            cx.send(Command::Hover(now));
            self.said = now;
        } else if now.is_none() && self.said.is_some() {
            if cx.session().hover == self.said {
                cx.send(Command::Hover(None));
            }
            self.said = None;
        }
    }
}

/// Width of a column as it opens, and the least it can be drawn to.
fn width(column: Column) -> (f32, f32) {
    match column {
        Column::Date | Column::Place | Column::Side => (136.0, 72.0),
        Column::Title => (224.0, 120.0),
        Column::Kind => (132.0, 72.0),
        Column::Killed | Column::Sources => (64.0, 56.0),
        Column::Certainty => (84.0, 64.0),
    }
}

/// The text of a cell, as it is shown and copied.
fn text(cx: &Ctx<'_>, row: EventRow, column: Column) -> String {
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
fn cell(
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
