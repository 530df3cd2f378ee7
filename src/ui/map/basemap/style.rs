//! How the basemap looks in a theme: `assets/styles`.

use egui::Color32;
use serde_json::Value;

use crate::render::basemap::{PlaceClass, ReliefTint};
use crate::ui::Theme;

macro_rules! style_file {
    ($name:literal) => {
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/assets/styles/",
            $name
        ))
    };
}

/// How names of one class are written.
#[derive(Clone, Copy, Debug)]
pub(in crate::ui::map) struct NameStyle {
    pub text: Color32,
    pub halo: Color32,
    pub size: f32,
}

/// The look of the basemap in one theme.
pub(in crate::ui::map) struct MapStyle {
    /// What walkers draws: all but the ground.
    pub vectors: walkers::Style,
    /// Ground where there is no relief.
    pub land: Color32,
    /// The sea, and what lies beyond the world.
    pub sea: Color32,
    /// Tint of the relief.
    pub tint: Option<ReliefTint>,
    names: [NameStyle; 5],
}

fn classes() -> [(PlaceClass, &'static str); 5] {
    [
        (PlaceClass::Country, "country"),
        (PlaceClass::Region, "region"),
        (PlaceClass::City, "city"),
        (PlaceClass::Town, "town"),
        (PlaceClass::Village, "village"),
    ]
}

fn colour(v: Option<&Value>) -> Option<Color32> {
    Color32::from_hex(v?.as_str()?).ok()
}

impl MapStyle {
    /// The style of a theme. The files are part of the program and tested; if
    /// one could not be read, the theme's own colours would stand in.
    pub fn load(dark: bool) -> Self {
        let text = if dark {
            style_file!("dark.json")
        } else {
            style_file!("light.json")
        };
        let theme = Theme::new(dark);
        let mut json: Value = serde_json::from_str(text).unwrap_or_default();
        let paint = |json: &Value, id: &str, key: &str| {
            let layers = json.get("layers")?.as_array()?;
            let layer = layers
                .iter()
                .find(|l| l.get("id").is_some_and(|v| v == id))?;
            colour(layer.get("paint")?.get(key))
        };
        let sea = paint(&json, "background", "background-color").unwrap_or(theme.palette.sea);
        let land = paint(&json, "earth", "fill-color").unwrap_or(theme.palette.panel);
        let tint = ReliefTint::of_style(&json);
        // The ground is painted apart: plain or in relief.
        if let Some(layers) = json.get_mut("layers").and_then(Value::as_array_mut) {
            layers.retain(|l| {
                l.get("id")
                    .and_then(Value::as_str)
                    .is_none_or(|id| id != "background" && id != "earth")
            });
        }
        Self {
            vectors: serde_json::from_value(json).unwrap_or_default(),
            land,
            sea,
            tint,
            names: name_styles(dark, &theme),
        }
    }

    /// How names of a class are written.
    pub fn name(&self, class: PlaceClass) -> NameStyle {
        self.names[class as usize]
    }
}

fn name_styles(dark: bool, theme: &Theme) -> [NameStyle; 5] {
    let json: Value = serde_json::from_str(style_file!("labels.json")).unwrap_or_default();
    let of_theme = json.get(if dark { "dark" } else { "light" });
    classes().map(|(_, id)| {
        let v = of_theme.and_then(|t| t.get(id));
        let part = |key: &str| v.and_then(|v| v.get(key));
        #[allow(clippy::cast_possible_truncation, reason = "a size of type")]
        let size = part("size").and_then(Value::as_f64).unwrap_or(12.0) as f32;
        NameStyle {
            text: colour(part("text")).unwrap_or(theme.palette.text),
            halo: colour(part("halo")).unwrap_or(theme.palette.halo),
            size,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_styles_are_read_and_leave_the_ground_out() {
        for dark in [false, true] {
            let style = MapStyle::load(dark);
            assert_eq!(style.vectors.layers.len(), 8, "dark {dark}");
            assert!(style.tint.is_some());
            assert_ne!(style.land, style.sea);
            for (at, (class, _)) in classes().into_iter().enumerate() {
                assert_eq!(class as usize, at);
                assert!(style.name(class).size >= 11.0);
            }
        }
        assert_ne!(MapStyle::load(true).sea, MapStyle::load(false).sea);
    }
}
