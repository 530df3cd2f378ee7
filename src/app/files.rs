//! Slow things with files, off the window's thread.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::formats::{self, OpenError, Opened};

/// What a worker answers.
pub enum Answer {
    /// A dataset was read, or not; from a path, or the bundled one.
    Dataset(Option<PathBuf>, Box<Result<Opened, OpenError>>),
    /// The user chose a dataset in the system's dialog.
    PickedDataset(PathBuf),
    /// The user chose documents.
    PickedDocuments(PathBuf),
    /// A dialog was closed without a choice.
    Nothing,
}

/// Workers and their answers.
pub struct Files {
    sender: Sender<Answer>,
    receiver: Receiver<Answer>,
    /// What is being read.
    busy: Option<String>,
}

impl Default for Files {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self {
            sender,
            receiver,
            busy: None,
        }
    }
}

impl Files {
    /// The name of what is being read, if anything.
    #[must_use]
    pub fn busy(&self) -> Option<&str> {
        self.busy.as_deref()
    }

    /// The next answer, if there is one.
    pub fn answer(&mut self) -> Option<Answer> {
        let answer = self.receiver.try_recv().ok()?;
        if matches!(answer, Answer::Dataset(..)) {
            self.busy = None;
        }
        Some(answer)
    }

    fn spawn(&self, ctx: &egui::Context, work: impl FnOnce() -> Answer + Send + 'static) {
        let (sender, ctx) = (self.sender.clone(), ctx.clone());
        std::thread::spawn(move || {
            // The window may be gone by now; then nobody waits for the answer.
            let _ = sender.send(work());
            ctx.request_repaint();
        });
    }

    /// Reads a dataset, or the bundled one.
    pub fn open(&mut self, ctx: &egui::Context, path: Option<PathBuf>) {
        self.busy = Some(path.as_ref().map_or_else(String::new, |p| {
            p.file_name().map_or_else(
                || p.display().to_string(),
                |n| n.to_string_lossy().into_owned(),
            )
        }));
        self.spawn(ctx, move || {
            let opened = match &path {
                Some(path) => formats::open(path),
                None => formats::bundled(),
            };
            Answer::Dataset(path, Box::new(opened))
        });
    }

    /// Shows the system's dialog for a dataset.
    pub fn browse_dataset(&self, ctx: &egui::Context, title: String) {
        self.spawn(ctx, move || {
            rfd::FileDialog::new()
                .set_title(title)
                .pick_folder()
                .map_or(Answer::Nothing, Answer::PickedDataset)
        });
    }

    /// Shows the system's dialog for a folder of documents.
    pub fn browse_documents(&self, ctx: &egui::Context, title: String) {
        self.spawn(ctx, move || {
            rfd::FileDialog::new()
                .set_title(title)
                .pick_folder()
                .map_or(Answer::Nothing, Answer::PickedDocuments)
        });
    }
}
