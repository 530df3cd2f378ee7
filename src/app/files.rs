//! Slow things, most of them with files, off the window's thread.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Instant;

use crate::dataset::{Dataset, GeoBox, RowSet};
use crate::formats::import::Watch;
use crate::formats::write::{WriteOptions, Written};
use crate::formats::{Documents, OpenError};
use crate::ui::{Browse, Export, Progress};
use crate::view::mapping_view::Sheet;

use super::columns::{self, Told};
use super::opening::{self, ENDINGS, Origin, Outcome, Part, Stamp, Wish};

/// What a worker answers.
pub enum Answer {
    /// What was wished for was read, or not. The number is that of the request.
    Opened(u64, Box<Outcome>),
    /// The columns of something that is open, if it has such.
    Columns(Origin, Result<Option<Arc<dyn Sheet>>, OpenError>),
    /// Documents of the dataset with this revision were looked for.
    Documents(u64, Box<FoundDocuments>),
    /// The box around the rows of the dataset with this revision, if any of
    /// them has a place.
    Bounds(u64, Option<GeoBox>),
    /// The user chose these in the system's dialog; nothing, if it was closed.
    Picked(Browse, Vec<PathBuf>),
    /// Those of the paths asked about that are not there.
    Missing(HashSet<PathBuf>),
    /// Files of the dataset with this revision are not as they were.
    Changed(u64),
    /// A file was written, or not.
    Written(PathBuf, Result<(), OpenError>),
    /// Events were written, or not.
    Exported(PathBuf, Result<Written, OpenError>),
    /// Nothing is to be done.
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

/// Something that is being read or written.
struct Job {
    name: String,
    since: Instant,
    watches: Vec<Watch>,
}

impl Job {
    fn progress(&self) -> Progress {
        let shares: Option<Vec<f32>> = self.watches.iter().map(Watch::share).collect();
        // Of several files, those that have not begun count as nothing done.
        let begun = |w: &Watch| w.share().unwrap_or_default();
        let several = self.watches.len() > 1;
        let sum: f32 = self.watches.iter().map(begun).sum();
        #[allow(clippy::cast_precision_loss, reason = "a handful of files")]
        let share = sum / self.watches.len().max(1) as f32;
        Progress {
            name: self.name.clone(),
            share: (several || shares.is_some()).then_some(share),
            seconds: self.since.elapsed().as_secs_f32(),
        }
    }
}

/// Workers and their answers.
pub struct Files {
    sender: Sender<Answer>,
    receiver: Receiver<Answer>,
    /// What is being read.
    opening: Option<Job>,
    /// What is being written.
    writing: Option<Job>,
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
            opening: None,
            writing: None,
            request: 0,
            searches: 0,
        }
    }
}

impl Files {
    /// How far what is being read is, if anything.
    #[must_use]
    pub fn opening(&self) -> Option<Progress> {
        self.opening.as_ref().map(Job::progress)
    }

    /// How far what is being written is, if anything.
    #[must_use]
    pub fn writing(&self) -> Option<Progress> {
        self.writing.as_ref().map(Job::progress)
    }

    /// Whether a worker has yet to answer.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        self.opening.is_some() || self.writing.is_some() || self.searches > 0
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
                // Somebody has asked for another one since, or cancelled.
                Answer::Opened(request, _) if request != self.request => continue,
                Answer::Opened(..) => self.opening = None,
                Answer::Exported(..) => self.writing = None,
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

    /// Reads what is wished for. `before` stays beside it, `shown` is what is
    /// compared with, `told` what the user has said of columns so far.
    pub fn open(
        &mut self,
        ctx: &egui::Context,
        wish: Wish,
        before: Vec<Part>,
        shown: Arc<Dataset>,
        told: Told,
    ) {
        self.cancel();
        let watches = vec![(); wish.origins.len()];
        let watches: Vec<Watch> = watches.into_iter().map(|()| Watch::default()).collect();
        self.opening = Some(Job {
            name: wish.name(),
            since: Instant::now(),
            watches: watches.clone(),
        });
        let request = self.request;
        self.spawn(ctx, move || {
            let outcome = opening::read(wish, before, &shown, &told, &watches);
            Answer::Opened(request, Box::new(outcome))
        });
    }

    /// Looks at the columns of the first table among what is open.
    pub fn look_at_columns(&self, ctx: &egui::Context, origins: Vec<Origin>) {
        self.spawn(ctx, move || {
            let mut answer = Answer::Columns(Origin::Bundled, Ok(None));
            for origin in origins {
                match columns::sheet(&origin) {
                    Ok(None) => {}
                    found @ Ok(Some(_)) => return Answer::Columns(origin, found),
                    failed @ Err(_) => answer = Answer::Columns(origin, failed),
                }
            }
            answer
        });
    }

    /// Gives up what is being read; `true` if something was. The reader may
    /// take a moment to notice: its answer no longer counts.
    pub fn cancel(&mut self) -> bool {
        self.request += 1;
        let job = self.opening.take();
        for watch in job.iter().flat_map(|job| &job.watches) {
            watch.cancel();
        }
        job.is_some()
    }

    /// Writes events, unless some are being written: then `false`.
    pub fn export(
        &mut self,
        ctx: &egui::Context,
        export: Export,
        dataset: Arc<Dataset>,
        rows: RowSet,
        lang: &'static str,
    ) -> bool {
        if self.writing.is_some() {
            return false;
        }
        let watch = Watch::default();
        self.writing = Some(Job {
            name: opening::name_of(&export.path),
            since: Instant::now(),
            watches: vec![watch.clone()],
        });
        self.spawn(ctx, move || {
            let options = WriteOptions {
                replace: export.replace,
                lang,
            };
            let (target, path) = (export.target, export.path);
            let written =
                crate::formats::write::write(&dataset, &rows, target, &path, &options, &watch);
            Answer::Exported(path, written)
        });
        true
    }

    /// Gives up what is being written. The writer answers that it has, or that
    /// it was done before it heard of it.
    pub fn cancel_writing(&self) {
        for watch in self.writing.iter().flat_map(|job| &job.watches) {
            watch.cancel();
        }
    }

    /// Sees which paths are still there.
    pub fn look_for(&self, ctx: &egui::Context, paths: Vec<PathBuf>) {
        self.spawn(ctx, move || {
            Answer::Missing(paths.into_iter().filter(|p| !p.exists()).collect())
        });
    }

    /// Sees whether the files of a dataset are as they were; one that is gone
    /// for the moment has not changed.
    pub fn look_for_changes(
        &self,
        ctx: &egui::Context,
        revision: u64,
        files: Vec<(PathBuf, Stamp)>,
    ) {
        self.spawn(ctx, move || {
            let differs =
                |(path, stamp): &(PathBuf, Stamp)| Stamp::of(path).is_some_and(|now| now != *stamp);
            if files.iter().any(differs) {
                Answer::Changed(revision)
            } else {
                Answer::Nothing
            }
        });
    }

    /// Writes a small file.
    pub fn write(&self, ctx: &egui::Context, path: PathBuf, replace: bool, bytes: Vec<u8>) {
        self.spawn(ctx, move || {
            let written = write(&path, replace, &bytes);
            Answer::Written(path, written)
        });
    }

    /// Shows a dialog of the system's.
    pub fn browse(&self, ctx: &egui::Context, title: String, browse: Browse) {
        self.spawn(ctx, move || {
            let dialog = rfd::FileDialog::new().set_title(title);
            let picked = match &browse {
                Browse::Files => dialog
                    .add_filter("*", &["*"])
                    .add_filter(ENDINGS.join(" "), ENDINGS)
                    .pick_files()
                    .unwrap_or_default(),
                Browse::Folder | Browse::Documents => dialog.pick_folder().into_iter().collect(),
                Browse::Save(path) => {
                    let name = path.file_name().unwrap_or_default().to_string_lossy();
                    let mut dialog = dialog.set_file_name(name);
                    if let Some(folder) = path.parent().filter(|f| f.is_dir()) {
                        dialog = dialog.set_directory(folder);
                    }
                    dialog.save_file().into_iter().collect()
                }
            };
            Answer::Picked(browse, picked)
        });
    }
}

fn write(path: &Path, replace: bool, bytes: &[u8]) -> Result<(), OpenError> {
    let error = |what: String, remedy| OpenError::new(path.display().to_string(), what, remedy);
    if !replace && path.exists() {
        return Err(error(
            "there is such a file already".to_owned(),
            "tick Replace, or choose another name",
        ));
    }
    crate::formats::write_atomic(path, bytes).map_err(|e| {
        error(
            format!("it cannot be written ({e})"),
            "choose a folder of your own",
        )
    })
}
