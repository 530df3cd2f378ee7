//! Opening a dataset as the command line asks.

use std::path::Path;
use std::sync::Arc;

use crate::dataset::{Dataset, Filter, RowSet, Selected, synthetic};
use crate::formats::import::{Mapping, Watch};
use crate::formats::{self, OpenError, OpenOptions, Opened, Report};
use crate::model::time::Window;

use super::cli::DataArgs;
use super::opening::name_of;

/// A dataset with the set that was asked for.
pub struct OpenedData {
    /// The dataset.
    pub dataset: Arc<Dataset>,
    /// What was wrong with it.
    pub report: Report,
    /// The filter asked for.
    pub filter: Filter,
    /// The window asked for.
    pub window: Option<Window>,
    /// Only what certainly lies in the window.
    pub certainly: bool,
    /// The rows in the window.
    pub selected: Selected,
}

impl OpenedData {
    /// The rows asked for.
    #[must_use]
    pub fn rows(&self) -> &RowSet {
        self.selected.shown(self.certainly)
    }
}

/// What the command line says of the file to be opened.
///
/// # Errors
/// When `--map` makes no sense.
pub fn options(args: &DataArgs) -> anyhow::Result<OpenOptions> {
    let mapping = args.map.as_deref().map(Mapping::parse).transpose();
    Ok(OpenOptions {
        mapping: mapping.map_err(|what| anyhow::anyhow!("--map: {what}"))?,
    })
}

/// What stands in for a dataset if none is named: so many made-up events, or
/// the bundled ones.
///
/// # Errors
/// When the bundled dataset is damaged.
pub fn unnamed(made_up: Option<u32>) -> Result<Opened, OpenError> {
    match made_up {
        Some(count) => {
            let dataset = synthetic::dataset(count as usize, 1, &|_, _| {});
            Ok((dataset, Report::default()))
        }
        None => formats::bundled(),
    }
}

/// The files that are named, as layers if there are several; `None` without.
fn named(args: &DataArgs) -> anyhow::Result<Option<Opened>> {
    let options = options(args)?;
    let mut layers = Vec::new();
    for path in &args.dataset {
        let opened = formats::open_with(path, &options, &Watch::default())?;
        layers.push((layer_name(path, &opened), opened));
    }
    Ok((!layers.is_empty()).then(|| formats::together(layers)))
}

/// What a file is called beside others: by its title, or its name.
fn layer_name(path: &Path, opened: &Opened) -> String {
    match opened.0.meta().title.get("en") {
        "" => name_of(path),
        title => title.to_owned(),
    }
}

/// Opens the dataset and computes the set asked for.
///
/// # Errors
/// When the dataset cannot be read, or window or filter make no sense.
pub fn open(args: &DataArgs) -> anyhow::Result<OpenedData> {
    let window = args.window.as_deref().map(Window::parse).transpose()?;
    let (dataset, report) = named(args)?.map_or_else(|| unnamed(args.made_up), Ok)?;
    let filter = match args.filter.as_deref() {
        Some(text) => Filter::parse(text, &dataset)?,
        None => Filter::default(),
    };
    let filtered = dataset.filtered(&filter);
    let selected = dataset.select(&filtered, window.unwrap_or(Window::ALL));
    Ok(OpenedData {
        selected: Selected {
            // Without a window everything counts, vague dates or not.
            certain: if window.is_some() {
                selected.certain
            } else {
                filtered
            },
            possible: selected.possible,
        },
        dataset: Arc::new(dataset),
        report,
        filter,
        window,
        certainly: args.certainly,
    })
}
