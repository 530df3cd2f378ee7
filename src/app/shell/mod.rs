//! The window put together: panels around a workbench, and what happens to
//! the commands they send.

mod effects;
mod layout;
mod opened;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use egui::Ui;

use crate::dataset::{Dataset, Filter};
use crate::formats::Report;
use crate::model::time::Window;
use crate::session::{Command, Focus, Panel, Prefs, ThemeChoice, Workbench};
use crate::ui::map::MapPanel;
use crate::ui::panels::{DetailsPanel, FiltersPanel, TablePanel};
use crate::ui::timeline::TimelinePanel;
use crate::ui::{
    Act, Action, Asked, Browse, Ctx, Dialogs, Outbox, Recent, SearchPalette, Theme, Toasts, Tr,
    UiOp,
};

use super::files::Files;
use super::opening::{Later, Part, Purpose, Read, Wish};
use super::storage::{Storage, remember};

/// Seconds between saves of the state while it changes.
const SAVE_EVERY: f64 = 10.0;

/// What the window starts with.
pub struct Start {
    /// The dataset and what was wrong with it.
    pub dataset: Arc<Dataset>,
    /// What was wrong with it.
    pub report: Report,
    /// What is opened as soon as the window stands; the dataset is then only
    /// what is shown until it is read.
    pub later: Option<Later>,
    /// Theme, language and the like; `None` for those remembered.
    pub prefs: Prefs,
    /// Recent files.
    pub recent: Vec<String>,
    /// Where to remember.
    pub storage: Storage,
    /// Window asked for.
    pub window: Option<Window>,
    /// Filter asked for.
    pub filter: Option<Filter>,
    /// Show only what is certainly in the window.
    pub certainly: bool,
    /// Where to look for documents.
    pub documents: Vec<PathBuf>,
}

struct Panels {
    map: MapPanel,
    timeline: TimelinePanel,
    details: DetailsPanel,
    filters: FiltersPanel,
    table: TablePanel,
}

/// A dataset opened in a window that is drawn again when something is done.
fn workbench(
    ctx: &egui::Context,
    dataset: Arc<Dataset>,
    report: Report,
    prefs: Prefs,
) -> Workbench {
    let waker = ctx.clone();
    Workbench::in_window(dataset, report, prefs, move || waker.request_repaint())
}

/// The window's content.
pub struct Shell {
    bench: Workbench,
    panels: Panels,
    palette: SearchPalette,
    dialogs: Dialogs,
    toasts: Toasts,
    files: Files,
    storage: Storage,
    recent: Vec<String>,
    /// Those of the recent files that are gone.
    missing: HashSet<PathBuf>,
    documents: Vec<PathBuf>,
    /// What is open, one part a file.
    parts: Vec<Part>,
    /// What the command line asked for, until it is open.
    later: Option<Later>,
    /// What was read and waits for the user to decide.
    held: Option<Box<Read>>,
    /// What is opened once the user has said what the columns of the table at
    /// this position mean.
    asking: Option<(Wish, usize)>,
    /// The user asked for the clipboard: what comes next is a table.
    pasting: bool,
    theme: Theme,
    themed: Option<(bool, f32)>,
    saved_at: f64,
    title: String,
    /// On a narrow window only one side panel has room: the filters?
    narrow_filters: bool,
    /// The dataset that was shown last, and the one whose words are indexed, by
    /// revision.
    shown: u64,
    indexed: u64,
}

impl Shell {
    /// Puts the window together. `state` is what paint callbacks are set up in.
    #[must_use]
    pub fn new(ctx: &egui::Context, state: Option<&egui_wgpu::RenderState>, start: Start) -> Self {
        crate::ui::install_fonts(ctx);
        // The size of everything is a preference of ours, which is remembered.
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let drawing = crate::ui::map::install(state);
        let part = Part::bundled(Arc::clone(&start.dataset), start.report.clone());
        let mut bench = workbench(ctx, start.dataset, start.report, start.prefs);
        let saved = start.storage.workspace(bench.dataset());
        bench.restore(|dataset, session| {
            if let Some(saved) = saved {
                saved.restore(dataset, session);
            }
            if let Some(window) = start.window {
                session.scope.window = window;
            }
            if let Some(filter) = start.filter {
                session.scope.filter = filter;
            }
            session.scope.certainly |= start.certainly;
        });
        let mut shell = Self {
            bench,
            panels: Panels {
                map: MapPanel::new(drawing),
                timeline: TimelinePanel::new(),
                details: DetailsPanel::new(),
                filters: FiltersPanel::new(),
                table: TablePanel::new(),
            },
            palette: SearchPalette::default(),
            dialogs: Dialogs::default(),
            toasts: Toasts::default(),
            files: Files::default(),
            storage: start.storage,
            recent: start.recent,
            missing: HashSet::new(),
            documents: start.documents,
            parts: if start.later.is_some() {
                Vec::new()
            } else {
                vec![part]
            },
            later: None,
            held: None,
            asking: None,
            pasting: false,
            theme: Theme::new(true),
            themed: None,
            saved_at: 0.0,
            title: String::new(),
            narrow_filters: false,
            shown: 0,
            indexed: 0,
        };
        if let Some(later) = start.later {
            shell.read(ctx, later.wish.clone());
            shell.later = Some(later);
        }
        shell.look_for_recent(ctx);
        shell.find_documents(ctx, shell.documents.clone(), false);
        shell
    }

    /// Dataset, session and current set.
    #[must_use]
    pub fn bench(&self) -> &Workbench {
        &self.bench
    }

    /// The map, to ask where it looks and what lies over it.
    #[must_use]
    pub fn map(&self) -> &MapPanel {
        &self.panels.map
    }

    /// The colour to clear with. Panels leave their ground unpainted: clearing
    /// is far cheaper than filling on a machine without a graphics card.
    #[must_use]
    pub fn ground(&self) -> egui::Color32 {
        self.theme.palette.panel
    }

    /// Applies a command as if a panel had sent it.
    pub fn send(&mut self, ctx: &egui::Context, command: Command) {
        if let Some(effect) = self.bench.apply(command) {
            self.effect(ctx, effect);
        }
    }

    /// Shows an event, an actor or the like.
    pub fn open(&mut self, ctx: &egui::Context, focus: Focus) {
        self.send(ctx, Command::Open(focus));
    }

    /// Whether the picture is complete: nothing is loading any more.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let timeline = self.bench.session().layout.timeline && self.panels.timeline.is_loading();
        !timeline
            && !self.panels.map.is_loading()
            && !self.files.is_waiting()
            && !self.bench.is_behind()
            && !self.panels.table.is_busy()
            && !self.panels.filters.is_searching()
            && !self.palette.is_searching()
    }

    fn dark(&self, ctx: &egui::Context) -> bool {
        match self.bench.session().prefs.theme {
            ThemeChoice::Light => false,
            ThemeChoice::Dark => true,
            // A system that does not say gets the dark one.
            ThemeChoice::System => ctx.system_theme() != Some(egui::Theme::Light),
        }
    }

    /// Shows one frame and applies what was asked for in it.
    pub fn show(&mut self, ui: &mut Ui) {
        let ctx = ui.ctx().clone();
        let ctx = &ctx;
        self.bench.catch_up();
        self.index_words(ctx);
        self.answers(ctx);
        self.fall_back(ctx);
        self.dropped(ctx);
        self.noticed(ctx);
        let look = (self.dark(ctx), self.bench.session().prefs.scale);
        if self.themed != Some(look) {
            self.theme = Theme::new(look.0);
            self.theme.apply(ctx, look.1);
            self.themed = Some(look);
        }
        let out = Outbox::default();
        let theme = self.theme;
        let cx = Ctx {
            bench: &self.bench,
            tr: Tr::new(self.bench.session().prefs.lang),
            theme: &theme,
            out: &out,
        };
        let modal = self.dialogs.is_open() || self.palette.is_open();
        let typing = ctx.text_edit_focused();
        let pasted = take_pasted(ctx, self.pasting || !(modal || typing));
        let busy = self.files.opening().is_some() || self.files.writing().is_some();
        let cancel = !modal && !typing && busy && escaped(ctx);
        let recent = self.listed();
        let mut acts = Vec::new();
        acts.extend(layout::show(
            ui,
            &cx,
            &mut self.panels,
            &recent,
            self.narrow_filters,
        ));
        acts.extend(self.palette.show(ctx, &cx));
        let asked = self.dialogs.show(ctx, &cx, &recent);
        let offered = self.toasts.show(ctx, &theme, cx.tr);
        acts.extend(offered.map(Act::Op));
        self.hovering(ctx, &theme);
        match self.show_progress(ctx, &theme) {
            Some("app-exporting") => self.files.cancel_writing(),
            Some(_) => self.cancel(),
            None if cancel => self.cancel(),
            None => {}
        }
        if !modal && let Some(action) = Action::pressed(ctx, typing) {
            acts.push(action.act(self.bench.session()));
        }
        for command in out.take() {
            self.asked_for(ctx, command);
        }
        for act in acts {
            match act {
                Act::Send(command) => self.asked_for(ctx, command),
                Act::Op(op) => self.op(ctx, op),
            }
        }
        if let Some(text) = pasted {
            self.paste(ctx, text);
        }
        if let Some(asked) = asked {
            self.asked(ctx, asked);
        }
        self.retitle(ctx);
        let now = ctx.input(|i| i.time);
        if now - self.saved_at > SAVE_EVERY {
            self.saved_at = now;
            self.save_state();
        }
    }

    /// Indexes the words of a dataset when it has been shown: the map comes
    /// first. Whoever looks for words meanwhile waits for them.
    fn index_words(&mut self, ctx: &egui::Context) {
        let dataset = self.bench.dataset();
        let revision = dataset.revision();
        if self.indexed == revision {
            return;
        }
        if self.shown == revision {
            self.indexed = revision;
            let dataset = Arc::clone(dataset);
            std::thread::spawn(move || dataset.prepare_search());
        }
        self.shown = revision;
        ctx.request_repaint();
    }

    /// Applies a command of the user's. On a narrow window the filters and the
    /// details take turns.
    fn asked_for(&mut self, ctx: &egui::Context, command: Command) {
        let narrow = layout::is_narrow(ctx.content_rect().width());
        match command {
            Command::TogglePanel(Panel::Filters) if narrow => {
                self.narrow_filters = !self.narrow_filters;
                return;
            }
            // The details lie under the filters: they need only come up.
            Command::TogglePanel(Panel::Details)
                if narrow && self.narrow_filters && self.bench.session().layout.details =>
            {
                self.narrow_filters = false;
                return;
            }
            Command::Open(_)
            | Command::OpenClaim(_)
            | Command::OpenSource(_)
            | Command::Select(..)
            | Command::SelectSet(..)
            | Command::TogglePanel(Panel::Details) => self.narrow_filters = false,
            _ => {}
        }
        self.send(ctx, command);
    }

    /// Does what the window itself does.
    fn op(&mut self, ctx: &egui::Context, op: UiOp) {
        match op {
            UiOp::Palette => self.palette.open(),
            UiOp::Paste => {
                self.pasting = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste);
            }
            UiOp::Reload => self.reload(ctx),
            UiOp::Export => self.ask_export(),
            UiOp::OpenDialog => {
                self.look_for_recent(ctx);
                self.dialogs.op(op);
            }
            op => self.dialogs.op(op),
        }
    }

    fn asked(&mut self, ctx: &egui::Context, asked: Asked) {
        match asked {
            Asked::Open { paths, add } => self.read(ctx, Wish::files(paths, add)),
            Asked::Documents(path) => self.send(ctx, Command::AddDocuments(path)),
            Asked::Browse(browse) => {
                let title = self.tr().t(match &browse {
                    Browse::Files | Browse::Folder => "app-open-title",
                    Browse::Documents => "app-documents-title",
                    Browse::Save(_) => "app-save-title",
                });
                self.files.browse(ctx, title, browse);
            }
            Asked::Paste => self.op(ctx, UiOp::Paste),
            Asked::Forget(path) => self.recent.retain(|p| *p != path),
            Asked::Anyway => self.send(ctx, Command::OpenAnyway),
            Asked::Keep => self.keep(),
            Asked::TakeOver(row) => self.take_over(ctx, row),
            Asked::Look(path) => {
                let is_there = path.exists();
                self.dialogs.looked(&path, is_there);
            }
            Asked::SaveReport { path, replace } => {
                let report = serde_json::to_vec_pretty(self.bench.report());
                // A report is texts and numbers, which are always JSON.
                self.files
                    .write(ctx, path, replace, report.unwrap_or_default());
            }
            Asked::Columns => self.ask_columns(ctx),
            Asked::Mapped { key, mapping } => self.mapped(ctx, key, mapping),
            Asked::Export(export) => self.export(ctx, export),
            Asked::Seen => {}
            Asked::TourDone => {
                let mut prefs = self.bench.session().prefs;
                prefs.tour_done = true;
                self.send(ctx, Command::SetPrefs(prefs));
            }
        }
    }

    /// The recent files, and whether they are still there.
    fn listed(&self) -> Vec<Recent> {
        let listed = |path: &String| Recent {
            path: path.clone(),
            missing: self.missing.contains(std::path::Path::new(path)),
        };
        self.recent.iter().map(listed).collect()
    }

    fn tr(&self) -> Tr {
        Tr::new(self.bench.session().prefs.lang)
    }

    fn retitle(&mut self, ctx: &egui::Context) {
        let name = self
            .bench
            .dataset()
            .meta()
            .title
            .get(self.bench.session().prefs.lang_tag());
        let title = format!("{name} – Chronotope");
        if self.title != title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// Keeps the state for the next run.
    pub fn save_state(&self) {
        let session = self.bench.session();
        self.storage.save_prefs(&session.prefs, &self.recent);
        if self.later.is_none() {
            self.storage.save_workspace(self.bench.dataset(), session);
        }
    }
}

/// The text that was pasted, if it is for the window and no field's.
fn take_pasted(ctx: &egui::Context, wanted: bool) -> Option<String> {
    if !wanted {
        return None;
    }
    ctx.input_mut(|input| {
        let mut pasted = None;
        input.events.retain(|event| match event {
            egui::Event::Paste(text) => {
                pasted = Some(text.clone());
                false
            }
            _ => true,
        });
        pasted
    })
}

/// Whether Escape was pressed, which is then used up.
fn escaped(ctx: &egui::Context) -> bool {
    ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
}

impl eframe::App for Shell {
    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.show(ui);
    }

    fn on_exit(&mut self) {
        self.save_state();
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        self.ground().to_normalized_gamma_f32()
    }
}
