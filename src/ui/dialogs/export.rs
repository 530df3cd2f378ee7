//! Asks what to write, in which format and where; and tells what the format
//! could not hold.

use std::path::{Path, PathBuf};

use egui::{ComboBox, Label, RichText, ScrollArea, Ui};

use crate::formats::write::{Target, Written};
use crate::session::Command;
use crate::ui::{Ctx, semibold};

use super::save_to::SaveTo;
use super::{Asked, Export};

/// What is asked for so far.
pub(super) struct ExportView {
    target: Target,
    /// Everything, not only the current set.
    whole: bool,
    /// Where to write it.
    pub save: SaveTo,
}

impl Default for ExportView {
    fn default() -> Self {
        Self {
            target: Target::GeoJson,
            whole: false,
            save: SaveTo::default(),
        }
    }
}

impl ExportView {
    /// Suggests a file, without an ending.
    pub fn suggest(&mut self, stem: &Path) {
        let path = ended(stem, None, self.target);
        self.save.set(&path);
        self.save.look_again();
        self.whole = false;
    }

    /// Shows the dialog.
    pub fn show(&mut self, ui: &mut Ui, cx: &Ctx<'_>) -> Option<Asked> {
        let tr = cx.tr;
        ui.horizontal(|ui| {
            let label = ui.label(tr.t("app-export-format"));
            let before = self.target;
            let combo = ComboBox::from_id_salt("export-format")
                .selected_text(self.target.name())
                .show_ui(ui, |ui| {
                    for target in Target::ALL {
                        ui.selectable_value(&mut self.target, *target, target.name());
                    }
                });
            combo.response.labelled_by(label.id);
            if self.target != before {
                let path = ended(&self.save.path(), Some(before), self.target);
                self.save.set(&path);
                self.save.look_again();
            }
        });
        ui.add(Label::new(RichText::new(tr.t(holds(self.target))).weak()).wrap());
        ui.add_space(8.0);
        let current = tr.n("app-export-current", cx.current().shown().len());
        ui.radio_value(&mut self.whole, false, current)
            .on_hover_text(tr.t("app-export-current-hint"));
        let all = tr.n("app-export-whole", cx.dataset().len() as u64);
        ui.radio_value(&mut self.whole, true, all);
        ui.add_space(8.0);
        let mut asked = self.save.show(ui, cx);
        ui.add_space(8.0);
        let button = egui::Button::new(tr.t("app-export-go"));
        if ui.add_enabled(self.save.is_ready(), button).clicked() {
            asked = Some(Asked::Export(Export {
                target: self.target,
                whole: self.whole,
                path: self.save.path(),
                replace: self.save.replace(),
            }));
        }
        asked
    }
}

/// What a format is good for.
fn holds(target: Target) -> &'static str {
    match target {
        Target::GeoJson | Target::GeoParquet => "app-export-holds-all",
        Target::Folder | Target::Zip => "app-export-holds-ours",
        Target::Csv | Target::Kml | Target::Ftm | Target::Timemap => "app-export-holds-some",
    }
}

/// A path with the ending of a format in the place of that of another.
fn ended(path: &Path, before: Option<Target>, target: Target) -> PathBuf {
    let text = path.display().to_string();
    let old = before.map_or(String::new(), |t| format!(".{}", t.ending()));
    let stem = match text.strip_suffix(&old) {
        Some(stem) if old.len() > 1 => stem,
        _ => &text,
    };
    match target.ending() {
        "" => PathBuf::from(stem),
        ending => PathBuf::from(format!("{stem}.{ending}")),
    }
}

/// Tells what a format could not hold.
pub(super) fn losses(ui: &mut Ui, cx: &Ctx<'_>, path: &Path, written: &Written) -> Option<Asked> {
    let path = path.display().to_string();
    ui.add(Label::new(cx.tr.n("app-export-written", written.events)).wrap());
    ui.add(Label::new(RichText::new(path).weak()).wrap());
    ui.add_space(8.0);
    let title = RichText::new(cx.tr.t("app-export-losses"));
    ui.label(title.font(semibold(crate::ui::FONT_BODY)));
    let height = (ui.ctx().content_rect().height() - 280.0).clamp(80.0, 360.0);
    let list = ScrollArea::vertical().max_height(height);
    list.auto_shrink([false, true]).show(ui, |ui| {
        for line in &written.losses {
            ui.add(Label::new(format!("– {line}")).wrap());
        }
    });
    ui.add_space(8.0);
    let mut asked = None;
    ui.horizontal(|ui| {
        if ui.button(cx.tr.t("app-export-fine")).clicked() {
            asked = Some(Asked::Seen);
        }
        if ui.button(cx.tr.t("app-copy")).clicked() {
            cx.send(Command::Copy(written.losses.join("\n")));
        }
    });
    asked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_follows_the_format() {
        let go = |path: &str, before, target| {
            let path = ended(Path::new(path), before, target);
            path.display().to_string()
        };
        assert_eq!(go("/a/b", None, Target::GeoJson), "/a/b.geojson");
        let kml = go("/a/b.geojson", Some(Target::GeoJson), Target::Kml);
        assert_eq!(kml, "/a/b.kml");
        assert_eq!(go("/a/b.kml", Some(Target::Kml), Target::Folder), "/a/b");
        assert_eq!(go("/a/b", Some(Target::Folder), Target::Csv), "/a/b.csv");
        // What somebody has typed is kept.
        assert_eq!(go("/a/b.x", Some(Target::Csv), Target::Kml), "/a/b.x.kml");
    }
}
