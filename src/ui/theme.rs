//! The look: palette to roles to uses, light and dark with equal care.

use egui::{Color32, CornerRadius, FontFamily, FontId, Margin, Stroke, TextStyle, Vec2, Visuals};

/// Size of small text, in points.
pub const FONT_SMALL: f32 = 12.0;
/// Size of body text.
pub const FONT_BODY: f32 = 14.0;
/// Size of headings.
pub const FONT_HEAD: f32 = 18.0;

/// Colours by role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Ground of panels.
    pub panel: Color32,
    /// Ground of fields and wells.
    pub well: Color32,
    /// Ground of cards and menus over the map.
    pub card: Color32,
    /// Something under the pointer.
    pub hover: Color32,
    /// Hairlines.
    pub line: Color32,
    /// Text.
    pub text: Color32,
    /// Less important text; still at least 4.5:1 on panels.
    pub weak: Color32,
    /// Selection, focus, the window on the timeline.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// Errors and deaths.
    pub danger: Color32,
    /// What the document of a claim is marked with.
    pub highlight: Color32,
    /// The same, for the claim that is asked for.
    pub highlight_strong: Color32,
    /// Outline of marks against the map.
    pub outline: Color32,
    /// Halo of text over the map.
    pub halo: Color32,
    /// The map where there is nothing else: the sea.
    pub sea: Color32,
    /// The histogram's ghost of the whole set.
    pub ghost: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

const DARK: Palette = Palette {
    panel: rgb(0x0015_181d),
    well: rgb(0x001d_2229),
    card: rgb(0x001a_1e24),
    hover: rgb(0x0028_2f38),
    line: rgb(0x002d_343d),
    text: rgb(0x00e4_e7eb),
    weak: rgb(0x009a_a2ad),
    accent: rgb(0x008a_b4ff),
    on_accent: rgb(0x000b_1420),
    danger: rgb(0x00ff_7b72),
    highlight: rgb(0x0033_2c14),
    highlight_strong: rgb(0x0075_5a10),
    outline: rgb(0x000d_0f12),
    halo: rgb(0x0010_1215),
    sea: rgb(0x0014_181d),
    ghost: rgb(0x003a_424d),
};

const LIGHT: Palette = Palette {
    panel: rgb(0x00fb_fbfa),
    well: rgb(0x00f0_f0ee),
    card: rgb(0x00ff_ffff),
    hover: rgb(0x00e6_e8ea),
    line: rgb(0x00d9_dbdd),
    text: rgb(0x001b_1f24),
    weak: rgb(0x005a_626c),
    accent: rgb(0x0018_59c9),
    on_accent: rgb(0x00ff_ffff),
    danger: rgb(0x00b3_2424),
    highlight: rgb(0x00ff_f2d0),
    highlight_strong: rgb(0x00ff_d35c),
    outline: rgb(0x0026_2a30),
    halo: rgb(0x00ff_ffff),
    sea: rgb(0x00cf_dde6),
    ghost: rgb(0x00d3_d6da),
};

/// Okabe–Ito categorical colours, black left to the outlines.
///
/// Source: Okabe & Ito (2008), "Color Universal Design".
const CATEGORIES: [Color32; 7] = [
    rgb(0x00e6_9f00),
    rgb(0x0056_b4e9),
    rgb(0x0000_9e73),
    rgb(0x00cc_79a7),
    rgb(0x00f0_e442),
    rgb(0x00d5_5e00),
    rgb(0x003c_8fd6),
];

/// Colour of what belongs to no category.
const OTHER: Color32 = rgb(0x009a_a0a6);

/// The look of the whole window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Whether it is the dark one.
    pub dark: bool,
    /// Colours by role.
    pub palette: Palette,
}

impl Theme {
    /// The dark or the light theme.
    #[must_use]
    pub fn new(dark: bool) -> Self {
        Self {
            dark,
            palette: if dark { DARK } else { LIGHT },
        }
    }

    /// Colour of the `n`th category; after the seventh, and for none, that of
    /// "other".
    #[must_use]
    pub fn category(&self, n: Option<usize>) -> Color32 {
        n.and_then(|n| CATEGORIES.get(n)).copied().unwrap_or(OTHER)
    }

    /// Number of categories with a colour of their own.
    pub const CATEGORIES: usize = CATEGORIES.len();

    /// Colour of all marks where colour stands for nothing.
    #[must_use]
    pub fn one(&self) -> Color32 {
        self.scale(0.6).to_opaque()
    }

    /// Colour on the scale of numbers, from 0 to 1.
    #[must_use]
    pub fn scale(&self, at: f32) -> Color32 {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 255"
        )]
        let byte = |v: f32| (v * 255.0).round() as u8;
        let [r, g, b, a] = crate::view::density::colour(at, self.dark).map(byte);
        Color32::from_rgba_unmultiplied(r, g, b, a)
    }

    /// A colour that stands for something else, as bright and opaque as a place
    /// on the scale of numbers asks for.
    #[must_use]
    pub fn shade(&self, colour: Color32, at: f32) -> Color32 {
        let (bright, alpha) = crate::view::density::shading(at, self.dark);
        Color32::BLACK
            .lerp_to_gamma(colour, bright)
            .gamma_multiply(alpha)
    }

    /// Puts the theme on a context.
    pub fn apply(&self, ctx: &egui::Context, scale: f32) {
        let which = if self.dark {
            egui::Theme::Dark
        } else {
            egui::Theme::Light
        };
        ctx.set_theme(which);
        ctx.set_visuals_of(which, self.visuals());
        let reduce_motion = 0.1;
        ctx.global_style_mut(|style| {
            style.animation_time = reduce_motion;
            style.spacing.item_spacing = Vec2::new(8.0, 4.0);
            style.spacing.button_padding = Vec2::new(8.0, 4.0);
            style.spacing.interact_size = Vec2::new(24.0, 24.0);
            style.spacing.menu_margin = Margin::same(8);
            style.spacing.window_margin = Margin::same(16);
            style.spacing.indent = 16.0;
            // Menus and dialogs may be as high as the window.
            style.spacing.default_area_size = Vec2::new(600.0, 4000.0);
            style.spacing.scroll = egui::style::ScrollStyle::thin();
            let fonts = [
                (TextStyle::Small, FONT_SMALL),
                (TextStyle::Body, FONT_BODY),
                (TextStyle::Button, FONT_BODY),
                (TextStyle::Monospace, FONT_BODY),
            ];
            for (text_style, size) in fonts {
                style
                    .text_styles
                    .insert(text_style, FontId::new(size, FontFamily::Proportional));
            }
            style
                .text_styles
                .insert(TextStyle::Heading, super::semibold(FONT_HEAD));
        });
        if (ctx.zoom_factor() - scale).abs() > f32::EPSILON {
            ctx.set_zoom_factor(scale);
        }
    }

    fn visuals(&self) -> Visuals {
        let p = &self.palette;
        let mut v = if self.dark {
            Visuals::dark()
        } else {
            Visuals::light()
        };
        let radius = CornerRadius::same(4);
        v.override_text_color = None;
        v.weak_text_color = Some(p.weak);
        v.hyperlink_color = p.accent;
        v.faint_bg_color = p.well;
        v.extreme_bg_color = p.well;
        v.code_bg_color = p.well;
        v.warn_fg_color = p.text;
        v.error_fg_color = p.danger;
        v.window_fill = p.card;
        v.panel_fill = p.panel;
        v.window_stroke = Stroke::new(1.0, p.line);
        v.window_corner_radius = radius;
        v.menu_corner_radius = radius;
        v.selection.bg_fill = p.accent.gamma_multiply(if self.dark { 0.35 } else { 0.22 });
        v.selection.stroke = Stroke::new(1.0, p.text);
        let w = &mut v.widgets;
        for (state, fill, fg) in [
            (&mut w.noninteractive, p.panel, p.text),
            (&mut w.inactive, p.well, p.text),
            (&mut w.hovered, p.hover, p.text),
            (&mut w.active, p.hover, p.text),
            (&mut w.open, p.hover, p.text),
        ] {
            state.bg_fill = fill;
            state.weak_bg_fill = fill;
            state.fg_stroke = Stroke::new(1.0, fg);
            state.bg_stroke = Stroke::NONE;
            state.corner_radius = radius;
            state.expansion = 0.0;
        }
        w.noninteractive.bg_stroke = Stroke::new(1.0, p.line);
        w.hovered.bg_stroke = Stroke::new(1.0, p.weak);
        w.active.bg_stroke = Stroke::new(1.0, p.accent);
        w.inactive.bg_stroke = Stroke::new(1.0, p.line);
        v
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance and contrast ratio.
    ///
    /// Source: WCAG 2.2, "relative luminance" and "contrast ratio".
    fn contrast(a: Color32, b: Color32) -> f64 {
        let luminance = |c: Color32| {
            let channel = |v: u8| {
                let v = f64::from(v) / 255.0;
                if v <= 0.040_45 {
                    v / 12.92
                } else {
                    ((v + 0.055) / 1.055).powf(2.4)
                }
            };
            0.2126 * channel(c.r()) + 0.7152 * channel(c.g()) + 0.0722 * channel(c.b())
        };
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn text_stands_out_at_least_four_and_a_half_to_one() {
        for dark in [false, true] {
            let p = Theme::new(dark).palette;
            for ground in [p.panel, p.well, p.card] {
                for text in [p.text, p.weak, p.accent, p.danger] {
                    assert!(
                        contrast(text, ground) >= 4.5,
                        "{dark} {text:?} on {ground:?}"
                    );
                }
            }
            assert!(contrast(p.on_accent, p.accent) >= 4.5);
            assert!(contrast(p.text, p.highlight) >= 4.5);
            assert!(contrast(p.text, p.highlight_strong) >= 4.5);
        }
    }

    #[test]
    fn marks_stand_out_from_the_map_by_fill_or_outline() {
        for dark in [false, true] {
            let theme = Theme::new(dark);
            for n in 0..8 {
                let fill = contrast(theme.category(Some(n)), theme.palette.sea);
                let outline = contrast(theme.palette.outline, theme.palette.sea);
                assert!(fill.max(outline) >= 3.0, "category {n}, dark {dark}");
            }
        }
    }
}
