//! What commands ask of the program around the session.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::dataset::GeoBox;
use crate::formats::{OpenError, Opened, documents_beside};
use crate::session::{Command, Effect, MapRequest, Notice};

use super::{Shell, remember};
use crate::app::files::{Answer, FoundDocuments};

/// Whether a dropped path looks like a dataset rather than a document.
fn is_dataset(path: &Path) -> bool {
    let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase());
    path.join("dataset.json").exists()
        || name.is_some_and(|n| {
            n == "dataset.json"
                || Path::new(&n)
                    .extension()
                    .is_some_and(|e| e == "zip" || e == "csv")
        })
}

impl Shell {
    pub(super) fn effect(&mut self, ctx: &egui::Context, effect: Effect) {
        match effect {
            Effect::OpenDataset(path) => self.files.open(ctx, Some(path)),
            Effect::OpenBundled => self.files.open(ctx, None),
            Effect::OpenAnyway => {
                if let Some((path, opened)) = self.held.take() {
                    self.replace(ctx, Some(path), opened);
                }
            }
            Effect::AskDataset => self.dialogs.op(crate::ui::UiOp::OpenDialog),
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

    /// Files dropped onto the window: datasets are opened, the rest searched
    /// for documents.
    pub(super) fn dropped(&mut self, ctx: &egui::Context) {
        let paths: Vec<PathBuf> = ctx.input(|i| {
            let files = i.raw.dropped_files.iter();
            files.map(|f| f.path().to_owned()).collect()
        });
        for path in paths {
            if is_dataset(&path) {
                self.files.open(ctx, Some(path));
            } else {
                self.find_documents(ctx, vec![path], true);
            }
        }
    }

    /// What the workers have to say.
    pub(super) fn answers(&mut self, ctx: &egui::Context) {
        while let Some(answer) = self.files.answer() {
            match answer {
                Answer::Dataset(_, path, opened) => self.opened(ctx, path, *opened),
                Answer::Documents(revision, found) => self.found_documents(revision, *found),
                Answer::Bounds(revision, found) => self.found_bounds(ctx, revision, found),
                Answer::PickedDataset(path) => {
                    self.dialogs.browsed(&path);
                    self.files.open(ctx, Some(path));
                }
                Answer::PickedDocuments(path) => {
                    self.find_documents(ctx, vec![path], true);
                }
                Answer::Nothing => {}
            }
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

    fn opened(
        &mut self,
        ctx: &egui::Context,
        path: Option<PathBuf>,
        opened: Result<Opened, OpenError>,
    ) {
        match (opened, path) {
            (Err(error), _) => self.dialogs.failed(error),
            (Ok(opened), Some(path)) if opened.1.errors() > 0 => self.hold(path, opened),
            (Ok(opened), path) => self.replace(ctx, path, opened),
        }
    }

    /// Holds a dataset with errors until the user has decided.
    pub(super) fn hold(&mut self, path: PathBuf, opened: Opened) {
        self.dialogs.errors(opened.1.clone());
        self.held = Some((path, opened));
    }

    fn replace(&mut self, ctx: &egui::Context, path: Option<PathBuf>, (dataset, report): Opened) {
        self.save_state();
        let prefs = self.bench.session().prefs;
        let warnings = report.problems.len();
        self.bench = super::workbench(ctx, Arc::new(dataset), report, prefs);
        if let Some(saved) = self.storage.workspace(self.bench.dataset()) {
            self.bench.restore(|dataset, session| {
                saved.restore(dataset, session);
            });
        }
        if let Some(path) = path {
            remember(&mut self.recent, &path);
            // A dataset's own documents lie beside it.
            if let Some(beside) = documents_beside(&path)
                && !self.documents.contains(&beside)
            {
                self.documents.push(beside);
            }
        }
        self.dialogs.close();
        self.find_documents(ctx, self.documents.clone(), false);
        if warnings > 0 {
            self.toasts
                .info(self.tr().n("app-problems-found", warnings as u64));
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
