//! Slow things, most of them with files, off the window's thread.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::dataset::{Dataset, GeoBox, RowSet};
use crate::formats::{self, Documents, OpenError, Opened};

/// What a worker answers.
pub enum Answer {
    /// A dataset was read, or not; from a path, or the bundled one. The number
    /// is that of the request.
    Dataset(u64, Option<PathBuf>, Box<Result<Opened, OpenError>>),
    /// Documents of the dataset with this revision were looked for.
    Documents(u64, Box<FoundDocuments>),
    /// The box around the rows of the dataset with this revision, if any of
    /// them has a place.
    Bounds(u64, Option<GeoBox>),
    /// The user chose a dataset in the system's dialog.
    PickedDataset(PathBuf),
    /// The user chose documents.
    PickedDocuments(PathBuf),
    /// A dialog was closed without a choice.
    Nothing,
}

/// What a search for documents came to.
pub struct FoundDocuments {
    /// All documents at hand, old and new.
    pub documents: Documents,
    /// How many were found now.
    pub found: usize,
    /// What could not be read.
    pub errors: Vec<OpenError>,
    /// Folders and files that could.
    pub read: Vec<PathBuf>,
    /// Whether the user asked for it, and wants to hear.
    pub asked: bool,
}

/// Workers and their answers.
pub struct Files {
    sender: Sender<Answer>,
    receiver: Receiver<Answer>,
    /// What is being read.
    busy: Option<String>,
    /// The number of the last request for a dataset: only its answer counts.
    request: u64,
    /// Searches for documents and boxes that have not answered yet.
    searches: usize,
}

impl Default for Files {
    fn default() -> Self {
        let (sender, receiver) = channel();
        Self {
            sender,
            receiver,
            busy: None,
            request: 0,
            searches: 0,
        }
    }
}

impl Files {
    /// The name of what is being read, if anything.
    #[must_use]
    pub fn busy(&self) -> Option<&str> {
        self.busy.as_deref()
    }

    /// Whether a worker has yet to answer.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.busy.is_some() || self.searches > 0
    }

    /// Looks for the documents of a dataset in files and folders.
    pub fn find_documents(
        &mut self,
        ctx: &egui::Context,
        paths: Vec<PathBuf>,
        dataset: Arc<Dataset>,
        mut documents: Documents,
        asked: bool,
    ) {
        self.searches += 1;
        self.spawn(ctx, move || {
            let mut outcome = (0, Vec::new(), Vec::new());
            for path in paths {
                match documents.add(&path, &dataset) {
                    Ok(n) => {
                        outcome.0 += n;
                        outcome.2.push(path);
                    }
                    Err(e) => outcome.1.push(e),
                }
            }
            let (found, errors, read) = outcome;
            let found = FoundDocuments {
                documents,
                found,
                errors,
                read,
                asked,
            };
            Answer::Documents(dataset.revision(), Box::new(found))
        });
    }

    /// Finds the box around some rows.
    pub fn find_bounds(&mut self, ctx: &egui::Context, dataset: Arc<Dataset>, rows: RowSet) {
        self.searches += 1;
        self.spawn(ctx, move || {
            Answer::Bounds(dataset.revision(), dataset.bounds(&rows))
        });
    }

    /// The next answer, if there is one.
    pub fn answer(&mut self) -> Option<Answer> {
        loop {
            let answer = self.receiver.try_recv().ok()?;
            match answer {
                // Somebody has asked for another one since.
                Answer::Dataset(request, ..) if request != self.request => continue,
                Answer::Dataset(..) => self.busy = None,
                Answer::Documents(..) | Answer::Bounds(..) => {
                    self.searches = self.searches.saturating_sub(1);
                }
                _ => {}
            }
            return Some(answer);
        }
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
        self.request += 1;
        let request = self.request;
        self.spawn(ctx, move || {
            let opened = match &path {
                Some(path) => formats::open(path),
                None => formats::bundled(),
            };
            Answer::Dataset(request, path, Box::new(opened))
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
