//! One family of type: Noto Sans, with Arabic, Tifinagh, symbols and icons.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontId};

macro_rules! font {
    ($name:literal) => {
        include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/", $name))
    };
}

/// Name of the heavier weight.
pub const SEMIBOLD: &str = "semibold";

/// A font of the heavier weight.
#[must_use]
pub fn semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SEMIBOLD.into()))
}

/// Installs the fonts. They are part of the program, so that a machine
/// without any of them, and a test, draws the same.
pub fn install(ctx: &egui::Context) {
    let mut fonts = FontDefinitions::empty();
    let files: [(&str, &'static [u8]); 6] = [
        ("noto", font!("NotoSans-Regular.ttf")),
        ("noto-semibold", font!("NotoSans-SemiBold.ttf")),
        ("noto-arabic", font!("NotoSansArabic-Regular.ttf")),
        ("noto-tifinagh", font!("NotoSansTifinagh-Regular.ttf")),
        ("noto-symbols", font!("NotoSansSymbols2-Regular.ttf")),
        ("noto-math", font!("NotoSansMath-Regular.ttf")),
    ];
    for (name, bytes) in files {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    fonts.font_data.insert(
        "phosphor".to_owned(),
        Arc::new(FontData::from_static(
            egui_phosphor::Variant::Regular.font_bytes(),
        )),
    );
    let family = |first: &str| {
        [
            first,
            "noto-arabic",
            "noto-tifinagh",
            "noto-symbols",
            "noto-math",
            "phosphor",
        ]
        .map(str::to_owned)
        .to_vec()
    };
    fonts
        .families
        .insert(FontFamily::Proportional, family("noto"));
    // No text of ours is set in a fixed width; digits are tabular anyway.
    fonts.families.insert(FontFamily::Monospace, family("noto"));
    fonts
        .families
        .insert(FontFamily::Name(SEMIBOLD.into()), family("noto-semibold"));
    ctx.set_fonts(fonts);
}
