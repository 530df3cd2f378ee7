//! What commands ask of the program around the session.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::formats::{OpenError, Opened, documents_beside};
use crate::session::{Effect, Notice, Workbench};

use super::{Shell, remember};
use crate::app::files::Answer;

/// Whether a dropped path looks like a dataset rather than a document.
fn is_dataset(path: &Path) -> bool {
    let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase());
    path.join("dataset.json").exists()
        || name.is_some_and(|n| {
            n == "dataset.json" || Path::new(&n).extension().is_some_and(|e| e == "zip")
        })
}

impl Shell {
    pub(super) fn effect(&mut self, ctx: &egui::Context, effect: Effect) {
        match effect {
            Effect::OpenDataset(path) => self.files.open(ctx, Some(path)),
            Effect::OpenBundled => self.files.open(ctx, None),
            Effect::OpenAnyway => {
                if let Some((path, opened)) = self.held.take() {
                    self.replace(Some(path), opened);
                }
            }
            Effect::AskDataset => self.dialogs.op(crate::ui::UiOp::OpenDialog),
            Effect::AskDocuments => self.dialogs.documents(),
            Effect::AddDocuments(path) => self.add_documents(path),
            Effect::Copy(text) => ctx.copy_text(text),
            Effect::Notify(Notice::NoMoreEvents) => {
                self.toasts.info(self.tr().t("app-no-more-events"));
            }
            Effect::Notify(Notice::NothingToFit) => {
                self.toasts.info(self.tr().t("app-nothing-to-fit"));
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
                self.add_documents(path);
            }
        }
    }

    /// What the workers have to say.
    pub(super) fn answers(&mut self, ctx: &egui::Context) {
        while let Some(answer) = self.files.answer() {
            match answer {
                Answer::Dataset(path, opened) => self.opened(path, *opened),
                Answer::PickedDataset(path) => {
                    self.dialogs.browsed(&path);
                    self.files.open(ctx, Some(path));
                }
                Answer::PickedDocuments(path) => self.add_documents(path),
                Answer::Nothing => {}
            }
        }
    }

    fn opened(&mut self, path: Option<PathBuf>, opened: Result<Opened, OpenError>) {
        match (opened, path) {
            (Err(error), _) => self.dialogs.failed(error),
            (Ok(opened), Some(path)) if opened.1.errors() > 0 => self.hold(path, opened),
            (Ok(opened), path) => self.replace(path, opened),
        }
    }

    /// Holds a dataset with errors until the user has decided.
    pub(super) fn hold(&mut self, path: PathBuf, opened: Opened) {
        self.dialogs.errors(opened.1.clone());
        self.held = Some((path, opened));
    }

    fn replace(&mut self, path: Option<PathBuf>, (dataset, report): Opened) {
        self.save_state();
        let prefs = self.bench.session().prefs;
        let warnings = report.problems.len();
        self.bench = Workbench::new(Arc::new(dataset), report, prefs);
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
        self.find_documents();
        if warnings > 0 {
            self.toasts
                .info(self.tr().n("app-problems-found", warnings as u64));
        }
    }

    fn add_documents(&mut self, path: PathBuf) {
        let (documents, dataset) = self.bench.documents_mut();
        match documents.add(&path, dataset) {
            Ok(found) => {
                let text = self.tr().n("app-documents-found", found as u64);
                self.toasts.info(text);
                self.dialogs.close();
                if !self.documents.contains(&path) {
                    self.documents.push(path);
                }
            }
            Err(error) => self.toasts.error(error.to_string()),
        }
    }

    /// Looks for the documents in every folder the user has named.
    pub(super) fn find_documents(&mut self) {
        for path in self.documents.clone() {
            let (documents, dataset) = self.bench.documents_mut();
            if let Err(error) = documents.add(&path, dataset) {
                self.toasts.error(error.to_string());
            }
        }
    }
}
