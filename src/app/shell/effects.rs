//! What commands ask of the program around the session.

use std::path::PathBuf;
use std::sync::Arc;

use crate::dataset::GeoBox;
use crate::session::{Command, Effect, MapRequest, Notice};
use crate::ui::{Browse, Theme, UiOp};

use super::Shell;
use crate::app::files::{Answer, FoundDocuments};
use crate::app::opening::{Origin, Wish, is_dataset};

impl Shell {
    pub(super) fn effect(&mut self, ctx: &egui::Context, effect: Effect) {
        match effect {
            Effect::OpenDataset(path) => self.read(ctx, Wish::files(vec![path], false)),
            Effect::OpenBundled => self.read(ctx, Wish::one(Origin::Bundled)),
            Effect::OpenAnyway => {
                if let Some(read) = self.held.take() {
                    self.take(ctx, *read);
                }
            }
            Effect::AskDataset => self.op(ctx, UiOp::OpenDialog),
            Effect::AskDocuments => self.dialogs.documents(),
            Effect::AddDocuments(path) => self.find_documents(ctx, vec![path], true),
            Effect::Copy(text) => {
                ctx.copy_text(text);
                self.toasts.info(self.tr().t("app-copied"));
            }
            Effect::Notify(Notice::NoMoreEvents) => {
                self.toasts.info(self.tr().t("app-no-more-events"));
            }
            Effect::Notify(Notice::NothingToFit) => {
                self.toasts.info(self.tr().t("app-nothing-to-fit"));
            }
            Effect::FindBounds(rows) => {
                let dataset = Arc::clone(self.bench.dataset());
                self.files.find_bounds(ctx, dataset, rows);
            }
            Effect::Quit => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
        }
    }

    /// Files dropped onto the window: datasets are opened together, with Shift
    /// beside what is open; the rest is searched for documents.
    pub(super) fn dropped(&mut self, ctx: &egui::Context) {
        let (paths, add) = ctx.input(|i| {
            let files = i.raw.dropped_files.iter();
            let paths: Vec<PathBuf> = files.map(|f| f.path().to_owned()).collect();
            (paths, i.modifiers.shift)
        });
        let (datasets, documents): (Vec<_>, Vec<_>) =
            paths.into_iter().partition(|path| is_dataset(path));
        if !datasets.is_empty() {
            self.read(ctx, Wish::files(datasets, add));
        }
        if !documents.is_empty() {
            self.find_documents(ctx, documents, true);
        }
    }

    /// Says what would become of files that are held over the window.
    pub(super) fn hovering(&self, ctx: &egui::Context, theme: &Theme) {
        if ctx.input(|i| i.raw.hovered_files.is_empty()) {
            return;
        }
        let p = theme.palette;
        egui::Area::new(egui::Id::unique("hovering"))
            .anchor(egui::Align2::CENTER_CENTER, egui::Vec2::ZERO)
            .order(egui::Order::Foreground)
            .interactable(false)
            .show(ctx, |ui| {
                egui::Frame::new()
                    .fill(p.card)
                    .stroke(egui::Stroke::new(1.0, p.accent))
                    .corner_radius(4)
                    .inner_margin(16)
                    .show(ui, |ui| ui.label(self.tr().t("app-drop")));
            });
    }

    /// What the workers have to say.
    pub(super) fn answers(&mut self, ctx: &egui::Context) {
        while let Some(answer) = self.files.answer() {
            match answer {
                Answer::Opened(_, outcome) => self.opened(ctx, *outcome),
                Answer::Columns(origin, sheet) => self.found_columns(&origin, sheet),
                Answer::Documents(revision, found) => self.found_documents(revision, *found),
                Answer::Bounds(revision, found) => self.found_bounds(ctx, revision, found),
                Answer::Picked(browse, paths) => self.picked(ctx, &browse, paths),
                Answer::Missing(paths) => self.missing = paths,
                Answer::Changed(revision) => self.changed(revision),
                Answer::Written(path, Ok(())) => {
                    let path = path.display().to_string();
                    self.toasts.info(self.tr().s("app-saved", &path));
                }
                Answer::Written(_, Err(error)) => self.toasts.error(error.to_string()),
                Answer::Exported(path, written) => self.exported(path, written),
                Answer::Nothing => {}
            }
        }
    }

    /// What was chosen in a dialog of the system's.
    fn picked(&mut self, ctx: &egui::Context, browse: &Browse, paths: Vec<PathBuf>) {
        let Some(first) = paths.first() else {
            return;
        };
        self.dialogs.browsed(first);
        match browse {
            Browse::Files | Browse::Folder => {
                let add = self.dialogs.adds();
                self.dialogs.close();
                self.read(ctx, Wish::files(paths, add));
            }
            Browse::Documents => self.find_documents(ctx, paths, true),
            Browse::Save(_) => {}
        }
    }

    /// Fits the map to a box, unless it is of a dataset that is gone.
    fn found_bounds(&mut self, ctx: &egui::Context, revision: u64, found: Option<GeoBox>) {
        if revision != self.bench.dataset().revision() {
            return;
        }
        match found {
            Some(found) => self.send(ctx, Command::Map(MapRequest::Fit(found))),
            None => self.effect(ctx, Effect::Notify(Notice::NothingToFit)),
        }
    }

    /// Looks for the documents of this dataset, off the window's thread.
    pub(super) fn find_documents(&mut self, ctx: &egui::Context, paths: Vec<PathBuf>, asked: bool) {
        if paths.is_empty() {
            return;
        }
        let dataset = Arc::clone(self.bench.dataset());
        let documents = self.bench.documents().clone();
        self.files
            .find_documents(ctx, paths, dataset, documents, asked);
    }

    fn found_documents(&mut self, revision: u64, found: FoundDocuments) {
        for error in found.errors {
            self.toasts.error(error.to_string());
        }
        for path in found.read {
            if !self.documents.contains(&path) {
                self.documents.push(path);
            }
        }
        if revision != self.bench.dataset().revision() {
            // Another dataset was opened meanwhile; its own search follows.
            return;
        }
        self.bench.set_documents(found.documents);
        if found.asked {
            let text = self.tr().n("app-documents-found", found.found as u64);
            self.toasts.info(text);
            self.dialogs.close();
        }
    }
}
