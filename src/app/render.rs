//! `chronotope render`: what the window would show, into a file.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};

use crate::formats::{OpenError, write_atomic};
use crate::model::time::{Lang, OPEN_FUTURE, OPEN_PAST, Unit, Window};
use crate::render::{Driver, Offscreen};
use crate::session::{ColourBy, Command, Focus, MapRequest, Panel, Prefs, ThemeChoice};

use super::cli::{DataArgs, LangArg, ThemeArg};
use super::shell::{Shell, Start};
use super::storage::Storage;
use super::{open, output, window};

/// How long to wait for tiles and for what is made in the background; far less
/// is needed unless something is broken.
const PATIENCE: std::time::Duration = std::time::Duration::from_mins(2);

/// Most pictures of a film.
const MAX_PICTURES: usize = 10_000;

/// Options of `render`.
#[derive(Debug, Args)]
pub struct RenderArgs {
    #[command(flatten)]
    data: DataArgs,

    /// The PNG to write
    #[arg(short, long, value_name = "FILE", required_unless_present = "frames")]
    output: Option<PathBuf>,

    /// Width and height in pixels
    #[arg(long, default_value = "1600x1000", value_parser = size)]
    size: [u32; 2],

    /// Pixels a point: 2 for a picture twice as fine
    #[arg(long, default_value_t = 1.0)]
    scale: f32,

    /// Centre of the map, latitude and longitude in degrees
    #[arg(long, value_name = "LAT,LON", value_parser = lat_lon, allow_hyphen_values = true)]
    center: Option<(f64, f64)>,

    /// Zoom of the map, 0 to 19
    #[arg(long, value_parser = zoom)]
    zoom: Option<f64>,

    /// Select the event (or show the actor, place or source) with this id
    #[arg(long, value_name = "ID")]
    select: Option<String>,

    /// Show this source's document in the reader
    #[arg(long, value_name = "ID")]
    source: Option<String>,

    /// Folder or file in which to look for the sources' documents
    #[arg(long, value_name = "FOLDER")]
    documents: Vec<PathBuf>,

    /// Colours
    #[arg(long, value_enum, default_value = "dark")]
    theme: ThemeArg,

    /// Language
    #[arg(long, value_enum, default_value = "en")]
    lang: LangArg,

    /// What colours stand for
    #[arg(long, value_enum, default_value = "side")]
    colour_by: ColourArg,

    /// Also show the table
    #[arg(long)]
    table: bool,

    /// Folder for a film: one picture a step of the window
    #[arg(long, value_name = "DIR", conflicts_with = "output")]
    frames: Option<PathBuf>,

    /// Step of the film
    #[arg(long, value_enum, default_value = "month", requires = "frames")]
    step: StepArg,
}

/// What colours stand for.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ColourArg {
    /// Sides
    Side,
    /// Kinds of event
    Kind,
    /// Nothing but the number of events, where they are many
    Number,
}

impl ColourArg {
    fn colour_by(self) -> ColourBy {
        match self {
            Self::Side => ColourBy::Side,
            Self::Kind => ColourBy::Kind,
            Self::Number => ColourBy::Number,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum StepArg {
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl StepArg {
    fn unit(self) -> Unit {
        match self {
            Self::Hour => Unit::Hour,
            Self::Day => Unit::Day,
            Self::Week => Unit::Week,
            Self::Month => Unit::Month,
            Self::Quarter => Unit::Quarter,
            Self::Year => Unit::Year,
        }
    }
}

fn size(text: &str) -> Result<[u32; 2], String> {
    let parsed = text
        .split_once(['x', '×'])
        .and_then(|(w, h)| Some([w.parse().ok()?, h.parse().ok()?]));
    parsed.ok_or_else(|| "write width and height, for example 1600x1000".to_owned())
}

fn zoom(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|z| (0.0..=19.0).contains(z))
        .ok_or_else(|| "write a number from 0 to 19".to_owned())
}

fn lat_lon(text: &str) -> Result<(f64, f64), String> {
    let parsed = text.split_once(',').and_then(|(lat, lon)| {
        let lat: f64 = lat.trim().parse().ok()?;
        let lon: f64 = lon.trim().parse().ok()?;
        ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some((lat, lon))
    });
    parsed.ok_or_else(|| "write latitude,longitude in degrees, for example 15.5,2.1".to_owned())
}

/// Makes the picture or the film.
///
/// # Errors
/// When the dataset cannot be read, an argument makes no sense, there is no
/// graphics driver, or a file cannot be written.
pub fn run(args: &RenderArgs) -> anyhow::Result<ExitCode> {
    if !(0.5..=4.0).contains(&args.scale) {
        bail!("--scale {}: use 0.5 to 4", args.scale);
    }
    let opened = open::open(&args.data)?;
    for problem in &opened.report.problems {
        output::note(&problem.to_string());
    }
    // A folder that is not there is a mistake, not an empty one.
    for path in &args.documents {
        std::fs::metadata(path).map_err(|e| OpenError::unreadable(path, &e))?;
    }
    let mut screen = Offscreen::new(args.size, args.scale, Driver::Any)?;
    let prefs = window::prefs(
        Prefs {
            theme: ThemeChoice::Dark,
            lang: Lang::En,
            tour_done: true,
            colour_by: args.colour_by.colour_by(),
            ..Prefs::default()
        },
        Some(args.theme),
        Some(args.lang),
    );
    let mut documents = args.documents.clone();
    documents.extend(args.data.documents_beside());
    let context = screen.context().clone();
    let mut shell = Shell::new(
        &context,
        Some(screen.state()),
        Start {
            dataset: Arc::clone(&opened.dataset),
            report: opened.report,
            later: None,
            prefs,
            recent: Vec::new(),
            storage: Storage::none(),
            window: opened.window,
            filter: Some(opened.filter),
            certainly: opened.certainly,
            documents,
        },
    );
    let Some(folder) = &args.frames else {
        prepare(&mut shell, &mut screen, &context, args)?;
        let path = args.output.as_deref().context("no output file")?;
        write(&mut shell, &mut screen, path)?;
        return Ok(ExitCode::SUCCESS);
    };
    prepare(&mut shell, &mut screen, &context, args)?;
    film(&mut shell, &mut screen, &context, folder, args.step.unit())?;
    Ok(ExitCode::SUCCESS)
}

fn prepare(
    shell: &mut Shell,
    screen: &mut Offscreen,
    context: &egui::Context,
    args: &RenderArgs,
) -> anyhow::Result<()> {
    if args.table {
        shell.send(context, Command::TogglePanel(Panel::Table));
    }
    if let Some(id) = &args.select {
        let focus = find(shell, id).with_context(|| {
            format!("--select {id}: there is no event, actor, place or source with this id")
        })?;
        shell.open(context, focus);
    }
    if let Some(id) = &args.source {
        let source = shell.bench().dataset().source_by_id(id);
        let source = source.with_context(|| format!("--source {id}: there is no such source"))?;
        shell.send(context, Command::OpenSource(source));
    }
    if args.center.is_some() || args.zoom.is_some() {
        let center = args
            .center
            .map_or(shell.bench().session().map.center, |(lat, lon)| (lon, lat));
        let zoom = args.zoom;
        shell.send(context, Command::Map(MapRequest::Goto { center, zoom }));
    }
    settle(shell, screen);
    Ok(())
}

fn find(shell: &Shell, id: &str) -> Option<Focus> {
    let dataset = shell.bench().dataset();
    dataset
        .event_by_id(id)
        .map(Focus::Event)
        .or_else(|| dataset.actor_by_id(id).map(Focus::Actor))
        .or_else(|| dataset.place_by_id(id).map(Focus::Place))
        .or_else(|| dataset.source_by_id(id).map(Focus::Source))
}

/// Runs frames until the map has its tiles and layouts have come to rest.
fn settle(shell: &mut Shell, screen: &mut Offscreen) {
    let begin = std::time::Instant::now();
    for frame in 0.. {
        screen.step(|ui| shell.show(ui));
        if frame >= 4 && shell.is_settled() {
            return;
        }
        if begin.elapsed() > PATIENCE {
            output::note("something took too long to load: the picture may lack some of it");
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
}

fn write(shell: &mut Shell, screen: &mut Offscreen, path: &Path) -> anyhow::Result<()> {
    let ground = shell.ground();
    let image = screen.picture(ground, |ui| shell.show(ui))?;
    let mut bytes = std::io::Cursor::new(Vec::new());
    image
        .write_to(&mut bytes, image::ImageFormat::Png)
        .and_then(|()| Ok(write_atomic(path, bytes.get_ref())?))
        .map_err(|e| {
            let what = format!("the picture cannot be written ({e})");
            OpenError::new(
                path.display().to_string(),
                what,
                "name a folder that is there",
            )
        })?;
    Ok(())
}

/// One picture a step, from the first to the last event.
fn film(
    shell: &mut Shell,
    screen: &mut Offscreen,
    context: &egui::Context,
    folder: &Path,
    unit: Unit,
) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("{}: the folder cannot be made", folder.display()))?;
    let span = shell.bench().dataset().time_span();
    let span = span.context("the dataset has no dates, so there is no film to make")?;
    let asked = shell.bench().session().scope.window;
    let from = if asked.start == OPEN_PAST {
        span.start
    } else {
        asked.start
    };
    let to = if asked.end == OPEN_FUTURE {
        span.end
    } else {
        asked.end
    };
    let mut start = unit.floor(from);
    let mut count = 0;
    while start < to {
        if count == MAX_PICTURES {
            bail!("the film has more than {MAX_PICTURES} pictures; use a larger --step");
        }
        let end = unit.next(start);
        shell.send(context, Command::SetWindow(Window::new(start, end)));
        settle(shell, screen);
        write(shell, screen, &folder.join(format!("frame-{count:05}.png")))?;
        start = end;
        count += 1;
    }
    output::note(&format!("{count} pictures in {}", folder.display()));
    Ok(())
}
