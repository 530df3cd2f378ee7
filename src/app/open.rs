//! Opening a dataset as the command line asks.

use std::sync::Arc;

use crate::dataset::{Dataset, Filter, RowSet, Selected, synthetic};
use crate::formats::import::{Mapping, Watch};
use crate::formats::{self, OpenError, OpenOptions, Opened, Report};
use crate::model::time::Window;

use super::cli::DataArgs;

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

/// Opens the dataset and computes the set asked for.
///
/// # Errors
/// When the dataset cannot be read, or window or filter make no sense.
pub fn open(args: &DataArgs) -> anyhow::Result<OpenedData> {
    let window = args.window.as_deref().map(Window::parse).transpose()?;
    let (dataset, report) = match &args.dataset {
        Some(path) => formats::open_with(path, &options(args)?, &Watch::default())?,
        None => unnamed(args.made_up)?,
    };
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
