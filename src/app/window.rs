//! `chronotope [DATASET]`: the window.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;

use crate::dataset::{Dataset, Filter, Parts};
use crate::formats::Report;
use crate::model::time::{Lang, Window};
use crate::session::{Prefs, ThemeChoice};

use super::cli::{LangArg, ThemeArg, WindowArgs};
use super::open;
use super::opening::{Later, Wish};
use super::shell::{Shell, Start};
use super::storage::Storage;

/// Opens the window and waits until it is closed.
///
/// # Errors
/// Without a display or a graphics driver, or when an argument makes no sense.
pub fn run(args: WindowArgs) -> anyhow::Result<ExitCode> {
    let start = start(args)?;
    let backends = crate::render::usable_backends().map_err(anyhow::Error::msg)?;
    let mut options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Chronotope")
            .with_app_id("chronotope")
            .with_inner_size([1280.0, 800.0])
            .with_min_inner_size([640.0, 480.0])
            .with_icon(icon()?),
        // All glyphs we need are in the fonts we bring.
        system_font_fallback: false,
        ..Default::default()
    };
    if let egui_wgpu::WgpuSetup::CreateNew(setup) = &mut options.wgpu_options.wgpu_setup {
        setup.instance_descriptor.backends = backends;
    }
    let result = eframe::run_native(
        "chronotope",
        options,
        Box::new(|cc| {
            let shell = Shell::new(&cc.egui_ctx, cc.wgpu_render_state.as_ref(), start);
            Ok(Box::new(shell))
        }),
    );
    match result {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(e) => Err(explain(e)),
    }
}

/// The libraries' errors, in words that help.
fn explain(error: eframe::Error) -> anyhow::Error {
    match error {
        eframe::Error::Wgpu(e) => anyhow::Error::new(e).context(crate::render::DRIVER_HINT),
        // Their own text names files of the library, which help nobody.
        eframe::Error::Winit(e) => {
            tracing::info!("{e}");
            anyhow::anyhow!(NO_DISPLAY)
        }
        eframe::Error::WinitEventLoop(e) => {
            tracing::info!("{e}");
            anyhow::anyhow!(NO_DISPLAY)
        }
        eframe::Error::AppCreation(e) => anyhow::anyhow!("the window could not be set up: {e}"),
    }
}

const NO_DISPLAY: &str = "no window can be opened: is a display running, and are these packages \
     installed? libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 (without a display, use \
     chronotope render)";

fn icon() -> anyhow::Result<egui::IconData> {
    let bytes = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/icon.png"));
    eframe::icon_data::from_png_bytes(bytes).context("the icon in the program is damaged")
}

/// The language of the system.
pub fn system_lang() -> Lang {
    sys_locale::get_locale().map_or(Lang::En, |tag| Lang::from_tag(&tag))
}

/// Preferences as the command line asks, over those remembered.
pub fn prefs(mut prefs: Prefs, theme: Option<ThemeArg>, lang: Option<LangArg>) -> Prefs {
    if let Some(theme) = theme {
        prefs.theme = match theme {
            ThemeArg::System => ThemeChoice::System,
            ThemeArg::Light => ThemeChoice::Light,
            ThemeArg::Dark => ThemeChoice::Dark,
        };
    }
    if let Some(lang) = lang {
        prefs.lang = match lang {
            LangArg::En => Lang::En,
            LangArg::Fr => Lang::Fr,
        };
    }
    prefs
}

fn start(args: WindowArgs) -> anyhow::Result<Start> {
    let storage = if args.fresh {
        Storage::none()
    } else {
        Storage::of_user()
    };
    let base = Prefs {
        lang: system_lang(),
        ..Prefs::default()
    };
    let (saved, recent) = storage.prefs(base);
    let window = args.data.window.as_deref().map(Window::parse).transpose()?;
    let options = open::options(&args.data)?;
    let filter = args.data.filter.clone();
    let later = (!args.data.dataset.is_empty()).then(|| {
        // The next run may start in another folder, and so may a reload.
        let whole = |p: &PathBuf| std::path::absolute(p).unwrap_or_else(|_| p.clone());
        let paths = args.data.dataset.iter().map(whole).collect();
        Later {
            wish: Wish::files(paths, false).with(options.mapping.as_ref()),
            window,
            filter: filter.clone(),
            certainly: args.data.certainly,
        }
    });
    // Until what is named is read, nothing is shown: not what nobody asked for.
    let (dataset, report) = match &later {
        Some(_) => (Dataset::new(Parts::default()), Report::default()),
        None => open::unnamed(args.data.made_up)?,
    };
    let filter = match filter {
        Some(text) if later.is_none() => Some(Filter::parse(&text, &dataset)?),
        _ => None,
    };
    Ok(Start {
        dataset: Arc::new(dataset),
        report,
        later,
        prefs: prefs(saved, args.theme, args.lang),
        recent,
        storage,
        window,
        filter,
        certainly: args.data.certainly,
        documents: args.documents,
    })
}
