//! The dialogs that ask for files: events to open, documents to read in.

use std::path::{Path, PathBuf};

use egui::{Align, Label, Layout, Link, RichText, ScrollArea, TextEdit};
use egui_phosphor::regular as icon;

use crate::ui::{Ctx, semibold};

use super::{Asked, Browse};

/// A file that was opened before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recent {
    /// Its path.
    pub path: String,
    /// Whether it was gone when it was last looked for.
    pub missing: bool,
}

/// What stands in the fields.
#[derive(Default)]
pub(super) struct Opener {
    path: String,
    /// Whether what is opened joins what is open.
    pub add: bool,
}

impl Opener {
    /// Puts a path into the field.
    pub fn set(&mut self, path: &Path) {
        self.path = path.display().to_string();
    }

    /// Asks for events.
    pub fn dataset(
        &mut self,
        ui: &mut egui::Ui,
        cx: &Ctx<'_>,
        recent: &[Recent],
        first: bool,
    ) -> Option<Asked> {
        let tr = cx.tr;
        if first {
            self.add = false;
        }
        ui.add(Label::new(tr.t("app-open-what")).wrap());
        ui.add_space(8.0);
        let enter = self.field(ui, cx, first);
        ui.add_space(4.0);
        ui.checkbox(&mut self.add, tr.t("app-open-add"))
            .on_hover_text(tr.t("app-open-add-hint"));
        ui.add_space(8.0);
        let mut asked = None;
        ui.horizontal_wrapped(|ui| {
            let go = ui.add_enabled(self.is_some(), egui::Button::new(tr.t("app-open-go")));
            if (go.clicked() || enter) && self.is_some() {
                asked = Some(Asked::Open {
                    paths: vec![self.path()],
                    add: self.add,
                });
            }
            if ui.button(tr.t("app-open-files")).clicked() {
                asked = Some(Asked::Browse(Browse::Files));
            }
            if ui.button(tr.t("app-open-folder")).clicked() {
                asked = Some(Asked::Browse(Browse::Folder));
            }
            if ui.button(tr.t("app-paste")).clicked() {
                asked = Some(Asked::Paste);
            }
        });
        ui.add_space(8.0);
        ui.add(Label::new(RichText::new(tr.t("app-open-drop")).weak()).wrap());
        if !recent.is_empty() {
            asked = asked.or(self.recent(ui, cx, recent));
        }
        asked
    }

    /// Asks for documents.
    pub fn documents(&mut self, ui: &mut egui::Ui, cx: &Ctx<'_>, first: bool) -> Option<Asked> {
        ui.add(Label::new(cx.tr.t("app-documents-what")).wrap());
        ui.add_space(8.0);
        let enter = self.field(ui, cx, first);
        ui.add_space(8.0);
        let mut asked = None;
        ui.horizontal(|ui| {
            let go = egui::Button::new(cx.tr.t("app-open-go"));
            let go = ui.add_enabled(self.is_some(), go);
            if (go.clicked() || enter) && self.is_some() {
                asked = Some(Asked::Documents(self.path()));
            }
            if ui.button(cx.tr.t("app-open-browse")).clicked() {
                asked = Some(Asked::Browse(Browse::Documents));
            }
        });
        asked
    }

    fn path(&self) -> PathBuf {
        PathBuf::from(self.path.trim())
    }

    fn is_some(&self) -> bool {
        !self.path.trim().is_empty()
    }

    /// The field for a path; `true` if Enter was pressed in it.
    fn field(&mut self, ui: &mut egui::Ui, cx: &Ctx<'_>, first: bool) -> bool {
        let name = cx.tr.t("app-open-path");
        let field = ui.add(
            TextEdit::singleline(&mut self.path)
                .hint_text(&name)
                .desired_width(f32::INFINITY),
        );
        crate::ui::name_field(&field, &name);
        if first {
            field.request_focus();
        }
        field.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter))
    }

    fn recent(&self, ui: &mut egui::Ui, cx: &Ctx<'_>, recent: &[Recent]) -> Option<Asked> {
        let mut asked = None;
        ui.add_space(8.0);
        let title = RichText::new(cx.tr.t("app-recent"));
        ui.label(title.font(semibold(crate::ui::FONT_SMALL)));
        let height = (ui.ctx().content_rect().height() - 360.0).max(72.0);
        let list = ScrollArea::vertical().max_height(height);
        list.auto_shrink([false, true]).show(ui, |ui| {
            for file in recent {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let forget = cx.tr.s("app-recent-forget", &file.path);
                    let button = egui::Button::new(icon::X)
                        .frame_when_inactive(false)
                        .small();
                    let button = ui.add(button).on_hover_text(&forget);
                    crate::ui::name(&button, &forget);
                    if button.clicked() {
                        asked = Some(Asked::Forget(file.path.clone()));
                    }
                    if file.missing {
                        ui.weak(cx.tr.t("app-recent-missing"));
                    }
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                        let link = ui.add_enabled(!file.missing, Link::new(&file.path));
                        if link.clicked() {
                            asked = Some(Asked::Open {
                                paths: vec![PathBuf::from(&file.path)],
                                add: self.add,
                            });
                        }
                    });
                });
            }
        });
        asked
    }
}
