//! Opening: what is asked for, what becomes of it, and what has changed since.

use std::path::PathBuf;
use std::sync::Arc;

use crate::dataset::Filter;
use crate::formats::import::Mapping;
use crate::formats::write::Written;
use crate::formats::{OpenError, documents_beside};
use crate::model::EventRow;
use crate::model::time::Window;
use crate::session::{Command, Focus, SavedWorkspace, Session};
use crate::ui::{Changes, Columns, Export, Theme, UiOp, show_progress};

use crate::view::mapping_view::Sheet;

use super::{Part, Purpose, Read, Shell, Wish, remember, workbench};
use crate::app::opening::{Origin, Outcome, is_held_back};
use crate::app::{output, pasted};

impl Shell {
    /// Reads what is wished for, off the window's thread.
    pub(super) fn read(&mut self, ctx: &egui::Context, wish: Wish) {
        let before = match wish.purpose {
            Purpose::Add => self.parts.clone(),
            Purpose::Replace | Purpose::Compare | Purpose::Correct => Vec::new(),
        };
        let shown = Arc::clone(self.bench.dataset());
        self.files
            .open(ctx, wish, before, shown, self.storage.columns());
    }

    /// Reads the files that are open once more.
    pub(super) fn reload(&mut self, ctx: &egui::Context) {
        let is_file = |part: &Part| part.origin.path().is_some();
        if !self.parts.iter().any(is_file) {
            self.toasts.info(self.tr().t("app-reload-nothing"));
            return;
        }
        let again = |part: &Part| (part.origin.clone(), part.mapping.clone());
        let wish = Wish {
            origins: self.parts.iter().map(again).collect(),
            purpose: Purpose::Compare,
        };
        self.read(ctx, wish);
    }

    /// Opens a pasted table.
    pub(super) fn paste(&mut self, ctx: &egui::Context, text: String) {
        self.pasting = false;
        if pasted::is_table(&text) {
            self.dialogs.close();
            self.read(ctx, Wish::one(Origin::Pasted(text.into())));
        } else {
            self.toasts.error(self.tr().t("app-paste-nothing"));
        }
    }

    /// Shows how far what is being read and written is; answers with the key of
    /// what the user gives up.
    pub(super) fn show_progress(&self, ctx: &egui::Context, theme: &Theme) -> Option<&'static str> {
        let reading = self.files.opening().map(|p| (p, "app-loading"));
        let writing = self.files.writing().map(|p| (p, "app-exporting"));
        let mut given_up = None;
        for (at, (progress, key)) in reading.into_iter().chain(writing).enumerate() {
            if show_progress(ctx, theme, self.tr(), key, &progress, at) {
                given_up = Some(key);
            }
        }
        given_up
    }

    /// Gives up what is being read.
    pub(super) fn cancel(&mut self) {
        if self.files.cancel() {
            self.toasts.info(self.tr().t("app-cancelled"));
        } else {
            self.files.cancel_writing();
        }
    }

    /// Asks what to write: beside the file that is open, or at home.
    pub(super) fn ask_export(&mut self) {
        let open = self.parts.iter().find_map(|part| part.origin.path());
        let beside = open.and_then(|path| Some(path.parent()?.to_owned()));
        let home = || directories::UserDirs::new().map(|dirs| dirs.home_dir().to_owned());
        let folder = beside.or_else(home).unwrap_or_default();
        let id = &self.bench.dataset().meta().id;
        let harmless = |c: char| if c.is_alphanumeric() { c } else { '-' };
        let name: String = id.chars().take(60).map(harmless).collect();
        let name = if name.is_empty() { "events" } else { &name };
        self.dialogs.export(&folder.join(format!("{name}-export")));
    }

    /// Writes what was asked for, off the window's thread.
    pub(super) fn export(&mut self, ctx: &egui::Context, export: Export) {
        let dataset = Arc::clone(self.bench.dataset());
        let rows = if export.whole {
            dataset.all()
        } else {
            self.bench.current().shown().clone()
        };
        let lang = self.bench.session().prefs.lang_tag();
        if !self.files.export(ctx, export, dataset, rows, lang) {
            self.toasts.info(self.tr().t("app-export-busy"));
        }
    }

    /// What the writer answers.
    pub(super) fn exported(&mut self, path: PathBuf, written: Result<Written, OpenError>) {
        match written {
            Ok(written) => {
                let text = self.tr().n("app-export-written", written.events);
                self.toasts.info(format!("{text}: {}", path.display()));
                if !written.losses.is_empty() {
                    self.dialogs.losses(path, written);
                }
            }
            Err(error) => self.toasts.error(error.to_string()),
        }
    }

    /// What has happened outside: the window was left, and files may have
    /// changed or gone meanwhile.
    pub(super) fn noticed(&mut self, ctx: &egui::Context) {
        let focused = |e: &egui::Event| matches!(e, egui::Event::WindowFocused(true));
        if !ctx.input(|i| i.events.iter().any(focused)) {
            return;
        }
        self.look_for_recent(ctx);
        let stamped = |p: &Part| Some((p.origin.path()?.to_owned(), p.stamp?));
        let files: Vec<_> = self.parts.iter().filter_map(stamped).collect();
        if !files.is_empty() && self.held.is_none() && self.files.opening().is_none() {
            let revision = self.bench.dataset().revision();
            self.files.look_for_changes(ctx, revision, files);
        }
    }

    /// Sees which of the recent files are gone.
    pub(super) fn look_for_recent(&self, ctx: &egui::Context) {
        if !self.recent.is_empty() {
            let paths = self.recent.iter().map(PathBuf::from).collect();
            self.files.look_for(ctx, paths);
        }
    }

    /// Tells that the files of a dataset have changed, if it is still open.
    pub(super) fn changed(&mut self, revision: u64) {
        if revision == self.bench.dataset().revision() {
            let tr = self.tr();
            let (text, button) = (tr.t("app-changed"), tr.t("app-changed-see"));
            self.toasts.offer(text, button, UiOp::Reload);
        }
    }

    /// What the reader answers.
    pub(super) fn opened(&mut self, ctx: &egui::Context, outcome: Outcome) {
        let mut read = match outcome {
            Outcome::Failed(error) => {
                // Who asked on the command line reads it there, too.
                if self.later.is_some() {
                    output::error(&error.to_string());
                }
                return self.dialogs.failed(error);
            }
            Outcome::Unclear(wish, at, sheet) => {
                self.asking = Some((wish, at));
                return self.dialogs.columns(Columns::new(sheet, None));
            }
            Outcome::Read(read) => *read,
        };
        if read.parts.iter().any(|part| is_held_back(&part.report)) {
            return self.hold(read);
        }
        match read.difference.take() {
            Some(difference) if difference.is_empty() => {
                self.held = Some(Box::new(read));
                self.keep();
                self.toasts.info(self.tr().t("app-changes-none"));
            }
            Some(difference) => {
                let old = Arc::clone(self.bench.dataset());
                let new = Arc::clone(&read.dataset);
                self.dialogs.changes(Changes::new(old, new, difference));
                self.held = Some(Box::new(read));
            }
            None => self.take(ctx, read),
        }
    }

    /// Shows the columns of the first table that is open, to be corrected.
    pub(super) fn ask_columns(&mut self, ctx: &egui::Context) {
        let origins = self.parts.iter().map(|part| part.origin.clone());
        self.files.look_at_columns(ctx, origins.collect());
    }

    /// What there is of columns in something that is open.
    pub(super) fn found_columns(
        &mut self,
        origin: &Origin,
        sheet: Result<Option<Arc<dyn Sheet>>, OpenError>,
    ) {
        let at = self.parts.iter().position(|part| part.origin == *origin);
        match (sheet, at) {
            (Ok(Some(sheet)), Some(at)) => {
                let again = |part: &Part| (part.origin.clone(), part.mapping.clone());
                let wish = Wish {
                    origins: self.parts.iter().map(again).collect(),
                    purpose: Purpose::Correct,
                };
                self.asking = Some((wish, at));
                let mapping = self.parts[at].mapping.clone();
                self.dialogs.columns(Columns::new(sheet, mapping));
            }
            (Ok(_), _) => self.toasts.info(self.tr().t("app-columns-none")),
            (Err(error), _) => self.toasts.error(error.to_string()),
        }
    }

    /// Opens what the user has explained, and remembers what was said.
    pub(super) fn mapped(&mut self, ctx: &egui::Context, key: String, mapping: Mapping) {
        let Some((mut wish, at)) = self.asking.take() else {
            return;
        };
        let mut told = self.storage.columns();
        told.insert(key, mapping.clone());
        self.storage.save_columns(&told);
        if let Some((_, said)) = wish.origins.get_mut(at) {
            *said = Some(mapping);
        }
        self.read(ctx, wish);
    }

    /// Shows the bundled dataset if nothing comes of what the command line
    /// asked for.
    pub(super) fn fall_back(&mut self, ctx: &egui::Context) {
        let waiting =
            self.files.opening().is_some() || self.held.is_some() || self.asking.is_some();
        if waiting || self.later.take().is_none() {
            return;
        }
        match crate::formats::bundled() {
            Ok((dataset, report)) => {
                let dataset = Arc::new(dataset);
                let prefs = self.bench.session().prefs;
                self.parts = vec![Part::bundled(Arc::clone(&dataset), report.clone())];
                self.bench = workbench(ctx, dataset, report, prefs);
                self.restore_saved();
            }
            Err(error) => self.toasts.error(error.to_string()),
        }
    }

    /// Brings back what was seen of the dataset last time.
    fn restore_saved(&mut self) {
        if let Some(saved) = self.storage.workspace(self.bench.dataset()) {
            self.bench.restore(|dataset, session| {
                saved.restore(dataset, session);
            });
        }
    }

    /// Shows what the command line asked for of what it named.
    fn as_asked(&mut self) {
        let Some(later) = self.later.take() else {
            return;
        };
        let text = later.filter.as_deref();
        let filter = text.map(|text| Filter::parse(text, self.bench.dataset()));
        let filter = match filter.transpose() {
            Ok(filter) => filter,
            Err(error) => {
                output::error(&error.to_string());
                self.toasts.error(error.to_string());
                None
            }
        };
        self.bench.restore(|_, session| {
            if let Some(window) = later.window {
                session.scope.window = window;
            }
            if let Some(filter) = filter {
                session.scope.filter = filter;
            }
            session.scope.certainly |= later.certainly;
        });
    }

    /// Holds a dataset with errors until the user has decided.
    pub(super) fn hold(&mut self, read: Read) {
        if self.later.is_some() {
            for problem in &read.report.problems {
                output::note(&problem.to_string());
            }
        }
        self.dialogs.errors(read.report.clone());
        self.held = Some(Box::new(read));
    }

    /// Keeps what is open. Files of it that have changed are known by what they
    /// are now, so that nothing is asked twice.
    pub(super) fn keep(&mut self) {
        self.asking = None;
        let Some(read) = self.held.take() else {
            return;
        };
        if read.wish.purpose == Purpose::Compare {
            for part in &mut self.parts {
                if let Some(seen) = read.parts.iter().find(|p| p.origin == part.origin) {
                    part.stamp = seen.stamp;
                }
            }
        }
    }

    /// Takes over what has changed, and shows an event of it.
    pub(super) fn take_over(&mut self, ctx: &egui::Context, row: Option<EventRow>) {
        if let Some(read) = self.held.take() {
            self.take(ctx, *read);
            if let Some(row) = row {
                self.asked_for(ctx, Command::Open(Focus::Event(row)));
            }
        }
    }

    /// Makes what was read what is open.
    pub(super) fn take(&mut self, ctx: &egui::Context, read: Read) {
        self.save_state();
        let purpose = read.wish.purpose;
        let prefs = self.bench.session().prefs;
        let left = SavedWorkspace::new(self.bench.dataset(), self.bench.session());
        let all_time = shows_all_time(self.bench.session(), self.bench.dataset().time_span());
        self.bench = workbench(ctx, read.dataset, read.report, prefs);
        match purpose {
            Purpose::Replace => {
                self.restore_saved();
            }
            Purpose::Add | Purpose::Compare | Purpose::Correct => {
                let shows_all = all_time && purpose != Purpose::Compare;
                self.bench.restore(|dataset, session| {
                    let (window, map) = (session.scope.window, session.map.clone());
                    left.carry_over(dataset, session);
                    // What comes in must be seen.
                    if shows_all {
                        session.scope.window = window;
                    }
                    if purpose == Purpose::Add {
                        session.map.center = map.center;
                        session.map.zoom = map.zoom;
                        session.map.request = map.request;
                    }
                });
            }
        }
        self.as_asked();
        self.parts = read.parts;
        let paths: Vec<PathBuf> = self
            .parts
            .iter()
            .filter_map(|part| part.origin.path().map(PathBuf::from))
            .collect();
        for path in paths {
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
        self.tell_opened();
    }

    /// Tells how much was read and whether something was wrong with it.
    pub(super) fn tell_opened(&mut self) {
        let tr = self.tr();
        let problems = self.bench.report().problems.len();
        let text = tr.with(
            "app-opened",
            &[
                ("events", self.bench.dataset().len().into()),
                ("problems", problems.into()),
            ],
        );
        if problems > 0 {
            self.toasts
                .offer(text, tr.t("app-opened-report"), UiOp::Report);
        } else {
            self.toasts.info(text);
        }
    }
}

/// Whether the window takes in all the time there is.
fn shows_all_time(session: &Session, span: Option<Window>) -> bool {
    let window = session.scope.window;
    span.is_none_or(|s| window.start <= s.start && window.end >= s.end)
}
