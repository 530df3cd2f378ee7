//! Windows over the window: open, export, report, difference, columns,
//! documents, shortcuts, about, tour.

mod changes;
mod columns;
mod export;
mod info;
mod open;
mod report;
mod save_to;

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use egui::{Align, Frame, Layout, Modal, RichText, Stroke};
use egui_phosphor::regular as icon;

use crate::formats::import::Mapping;
use crate::formats::write::{Target, Written};
use crate::formats::{OpenError, Report};
use crate::model::EventRow;

use super::{Ctx, UiOp, semibold};

pub use changes::Changes;
pub use columns::Columns;
pub use open::Recent;

/// Something chosen in a dialog of the system's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Browse {
    /// Files to open.
    Files,
    /// A folder to open.
    Folder,
    /// A folder of documents.
    Documents,
    /// Where to write; this is where and what is suggested.
    Save(PathBuf),
}

/// What is to be written, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// In which format.
    pub target: Target,
    /// Everything, not only the current set.
    pub whole: bool,
    /// Where.
    pub path: PathBuf,
    /// Also where a file is.
    pub replace: bool,
}

/// What a dialog was told.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// Open files or folders; `add` makes them layers of what is open.
    Open {
        /// Which.
        paths: Vec<PathBuf>,
        /// Beside what is open, not in its place.
        add: bool,
    },
    /// Look for documents at a path.
    Documents(PathBuf),
    /// Show a dialog of the system's.
    Browse(Browse),
    /// Paste a table.
    Paste,
    /// Remember a file no longer.
    Forget(String),
    /// A dataset with errors was accepted.
    Anyway,
    /// A dataset with errors, or one that has changed, was refused.
    Keep,
    /// What has changed takes the place of what is open; then an event of it
    /// is shown.
    TakeOver(Option<EventRow>),
    /// See whether there is a file at a path.
    Look(PathBuf),
    /// Write the report.
    SaveReport {
        /// Where.
        path: PathBuf,
        /// Also where a file is.
        replace: bool,
    },
    /// Write events.
    Export(Export),
    /// Look at what the columns of the table that is open mean.
    Columns,
    /// Open a table with these columns, and remember them.
    Mapped {
        /// By what tables with the same columns are known.
        key: String,
        /// What the columns mean.
        mapping: Mapping,
    },
    /// Nothing more is to be said.
    Seen,
    /// The tour was seen or skipped.
    TourDone,
}

impl Asked {
    /// Whether the dialog that asks stays.
    fn stays(&self) -> bool {
        matches!(
            self,
            Self::Browse(_) | Self::Forget(_) | Self::Look(_) | Self::SaveReport { .. }
        )
    }
}

enum Open {
    Dataset,
    Documents,
    Failed(OpenError),
    Errors(Report),
    Report,
    Export,
    Losses(PathBuf, Written),
    Changes(Box<Changes>),
    Columns(Box<Columns>),
    Help,
    About,
    Tour,
}

impl Open {
    fn title(&self, cx: &Ctx<'_>) -> String {
        match self {
            Self::Dataset => cx.tr.t("app-open-title"),
            Self::Documents => cx.tr.t("app-documents-title"),
            Self::Failed(_) => cx.tr.t("app-failed-title"),
            Self::Errors(r) => cx.tr.n("app-errors-title", r.errors() as u64),
            Self::Report => cx.tr.t("app-report-title"),
            Self::Export => cx.tr.t("app-export-title"),
            Self::Losses(..) => cx.tr.t("app-export-done"),
            Self::Changes(_) => cx.tr.t("app-changes-title"),
            Self::Columns(_) => cx.tr.t("app-columns-title"),
            Self::Help => cx.tr.t("app-help-title"),
            Self::About => cx.tr.t("app-about"),
            Self::Tour => cx.tr.t("app-tour-title"),
        }
    }

    /// Greatest width in points.
    fn width(&self) -> f32 {
        match self {
            Self::Report | Self::Changes(_) => 760.0,
            Self::Columns(_) => 1040.0,
            _ => 560.0,
        }
    }
}

/// The dialog shown, at most one, and those that wait for it to be closed: no
/// question that a worker has is lost because another was asked before.
#[derive(Default)]
pub struct Dialogs {
    open: Option<Open>,
    waiting: VecDeque<Open>,
    opener: open::Opener,
    report: report::ReportView,
    export: export::ExportView,
    /// The next frame is the first of the dialog: its field takes the focus.
    just_opened: bool,
}

impl Dialogs {
    /// Whether one is open.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open.is_some() || !self.waiting.is_empty()
    }

    /// Shows a dialog that nobody has called for, as soon as none is open.
    fn ask(&mut self, open: Open) {
        if self.open.is_none() {
            self.open = Some(open);
            return;
        }
        // A later question of the same sort takes the place of an earlier one.
        let sort = std::mem::discriminant(&open);
        self.waiting.retain(|w| std::mem::discriminant(w) != sort);
        self.waiting.push_back(open);
    }

    /// Opens the one for an operation, if there is one for it.
    pub fn op(&mut self, op: UiOp) {
        self.just_opened = true;
        self.open = match op {
            UiOp::OpenDialog => Some(Open::Dataset),
            UiOp::Help => Some(Open::Help),
            UiOp::About => Some(Open::About),
            UiOp::Tour => Some(Open::Tour),
            UiOp::Report => {
                self.report = report::ReportView::default();
                Some(Open::Report)
            }
            UiOp::Palette | UiOp::Paste | UiOp::Reload | UiOp::Export => self.open.take(),
        };
    }

    /// Closes those whose question is answered when something is opened.
    pub fn close(&mut self) {
        if let Some(Open::Dataset | Open::Documents | Open::Failed(_)) = self.open {
            self.open = None;
        }
    }

    /// Asks for documents.
    pub fn documents(&mut self) {
        self.just_opened = true;
        self.open = Some(Open::Documents);
    }

    /// Says that a dataset could not be opened.
    pub fn failed(&mut self, error: OpenError) {
        self.ask(Open::Failed(error));
    }

    /// Asks what to do with a dataset that has errors.
    pub fn errors(&mut self, report: Report) {
        self.ask(Open::Errors(report));
    }

    /// Shows what has changed, and asks which to keep.
    pub fn changes(&mut self, changes: Changes) {
        self.ask(Open::Changes(Box::new(changes)));
    }

    /// Shows the columns of a table, to be corrected.
    pub fn columns(&mut self, columns: Columns) {
        self.ask(Open::Columns(Box::new(columns)));
    }

    /// Asks what to write; `stem` is the path suggested, without an ending.
    pub fn export(&mut self, stem: &Path) {
        self.export.suggest(stem);
        self.open = Some(Open::Export);
    }

    /// Tells what a format could not hold.
    pub fn losses(&mut self, path: PathBuf, written: Written) {
        self.ask(Open::Losses(path, written));
    }

    /// Puts what the system's dialog answered into the field of the dialog
    /// that asked.
    pub fn browsed(&mut self, path: &Path) {
        match &self.open {
            Some(Open::Report) => self.report.save.set(path),
            Some(Open::Export) => self.export.save.set(path),
            _ => self.opener.set(path),
        }
    }

    /// Whether what is picked joins what is open.
    #[must_use]
    pub fn adds(&self) -> bool {
        self.opener.add
    }

    /// Says whether there is a file at a path.
    pub fn looked(&mut self, path: &Path, is_there: bool) {
        self.report.save.looked(path, is_there);
        self.export.save.looked(path, is_there);
    }

    /// Shows the dialog that is open; answers with what was asked.
    pub fn show(&mut self, ctx: &egui::Context, cx: &Ctx<'_>, recent: &[Recent]) -> Option<Asked> {
        let mut current = self.open.take().or_else(|| self.waiting.pop_front())?;
        let mut keep = true;
        let mut asked = None;
        let width = (ctx.content_rect().width() - 64.0).min(current.width());
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
                keep &= !head(ui, cx, current.title(cx));
                ui.add_space(8.0);
                let first = std::mem::take(&mut self.just_opened);
                asked = match &mut current {
                    Open::Dataset => self.opener.dataset(ui, cx, recent, first),
                    Open::Documents => self.opener.documents(ui, cx, first),
                    Open::Failed(e) => info::failed(ui, cx, e),
                    Open::Errors(r) => report::errors(ui, cx, r),
                    Open::Report => self.report.show(ui, cx),
                    Open::Export => self.export.show(ui, cx),
                    Open::Losses(path, written) => export::losses(ui, cx, path, written),
                    Open::Changes(changes) => changes.show(ui, cx),
                    Open::Columns(columns) => columns.show(ui, cx),
                    Open::Help => info::help(ui, cx),
                    Open::About => info::about(ui, cx),
                    Open::Tour => info::tour(ui, cx),
                };
            });
        keep &= !modal.should_close();
        match &asked {
            None if keep => self.open = Some(current),
            // What is held back must not be forgotten about silently.
            None => {
                return match current {
                    Open::Tour => Some(Asked::TourDone),
                    Open::Errors(_) | Open::Changes(_) | Open::Columns(_) => Some(Asked::Keep),
                    _ => None,
                };
            }
            Some(asked) if asked.stays() => self.open = Some(current),
            Some(_) => {}
        }
        asked
    }
}

/// The title, and a button that closes; `true` if it was pressed.
fn head(ui: &mut egui::Ui, cx: &Ctx<'_>, title: String) -> bool {
    let mut closed = false;
    ui.horizontal(|ui| {
        ui.label(RichText::new(title).font(semibold(super::FONT_HEAD)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let close = cx.tr.t("app-close");
            let button = ui.button(icon::X).on_hover_text(&close);
            super::name(&button, &close);
            closed = button.clicked();
        });
    });
    closed
}
