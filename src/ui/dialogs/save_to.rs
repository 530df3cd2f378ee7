//! Where to write a file: its path, and whether one that is there may go.

use std::path::{Path, PathBuf};

use egui::TextEdit;

use crate::ui::Ctx;

use super::{Asked, Browse};

/// Where to write a file.
#[derive(Default)]
pub(super) struct SaveTo {
    path: String,
    /// Whether a file was there when it was last asked.
    looked: Option<(PathBuf, bool)>,
    replace: bool,
}

impl SaveTo {
    /// Suggests a path.
    pub fn set(&mut self, path: &Path) {
        self.path = path.display().to_string();
    }

    /// The path as it stands in the field.
    pub fn path(&self) -> PathBuf {
        PathBuf::from(self.path.trim())
    }

    /// Whether one may be written over.
    pub fn replace(&self) -> bool {
        self.replace && self.is_there()
    }

    /// Whether it can be written there.
    pub fn is_ready(&self) -> bool {
        !self.path.trim().is_empty() && (!self.is_there() || self.replace)
    }

    fn is_there(&self) -> bool {
        let there = self.looked.as_ref();
        there.is_some_and(|(path, there)| *there && *path == self.path())
    }

    /// Says whether there is a file at a path.
    pub fn looked(&mut self, path: &Path, is_there: bool) {
        self.looked = Some((path.to_owned(), is_there));
    }

    /// Shows the field, the button for the system's dialog and, where there is
    /// a file already, the question whether it may go.
    pub fn show(&mut self, ui: &mut egui::Ui, cx: &Ctx<'_>) -> Option<Asked> {
        let mut asked = None;
        let name = cx.tr.t("app-save-path");
        let browse = cx.tr.t("app-save-browse");
        ui.horizontal(|ui| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button(&browse).clicked() {
                    asked = Some(Asked::Browse(Browse::Save(self.path())));
                }
                let field = ui.add(
                    TextEdit::singleline(&mut self.path)
                        .hint_text(&name)
                        .desired_width(f32::INFINITY),
                );
                crate::ui::name_field(&field, &name);
                if field.changed() {
                    self.replace = false;
                }
            });
        });
        if self.is_there() {
            ui.checkbox(&mut self.replace, cx.tr.t("app-save-replace"));
        }
        let path = self.path();
        let known = self.looked.as_ref().is_some_and(|(p, _)| *p == path);
        if !known && !path.as_os_str().is_empty() {
            asked = asked.or(Some(Asked::Look(path)));
        }
        asked
    }

    /// Forgets whether a file is there: one may have been written.
    pub fn look_again(&mut self) {
        self.looked = None;
        self.replace = false;
    }
}
