//! The table: its columns, how it is ordered, and its text.

use crate::dataset::Dataset;
use crate::model::EventRow;
use crate::model::time::Inclusion;
use crate::session::CurrentSet;

use super::table_sort::sort;

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// When it happened.
    Date,
    /// Its title.
    Title,
    /// What happened.
    Kind,
    /// Where.
    Place,
    /// People killed.
    Killed,
    /// Whose action it was.
    Side,
    /// Number of sources.
    Sources,
    /// Whether it is certainly or possibly in the window.
    Certainty,
}

impl Column {
    /// Every column, in order.
    pub const ALL: [Self; 8] = [
        Self::Date,
        Self::Title,
        Self::Kind,
        Self::Place,
        Self::Killed,
        Self::Side,
        Self::Sources,
        Self::Certainty,
    ];

    /// The id that keys of texts end in.
    #[must_use]
    pub fn id(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Title => "title",
            Self::Kind => "kind",
            Self::Place => "place",
            Self::Killed => "killed",
            Self::Side => "side",
            Self::Sources => "sources",
            Self::Certainty => "certainty",
        }
    }

    /// Whether it holds numbers, which are aligned to the right.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, Self::Killed | Self::Sources)
    }
}

/// How rows are ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// By this column.
    pub column: Column,
    /// Last first.
    pub descending: bool,
}

impl Default for Order {
    fn default() -> Self {
        Self {
            column: Column::Date,
            descending: false,
        }
    }
}

impl Order {
    /// What a click on a column's head makes of it: the other direction of
    /// the same column, or the first of another; numbers largest first.
    #[must_use]
    pub fn clicked(self, column: Column) -> Self {
        Self {
            column,
            descending: if column == self.column {
                !self.descending
            } else {
                column.is_number()
            },
        }
    }
}

/// Number of sources of an event that report it.
#[must_use]
pub fn sources(dataset: &Dataset, row: EventRow) -> usize {
    dataset.sources_of_event(row).len()
}

/// Whether a row is certainly or only possibly in the window.
#[must_use]
pub fn inclusion(current: &CurrentSet, row: EventRow) -> Inclusion {
    if current.selected.certain.contains(row) {
        Inclusion::Certainly
    } else if current.selected.possible.contains(row) {
        Inclusion::Possibly
    } else {
        Inclusion::No
    }
}

/// The rows of a set in order, sorted here and now; see [`super::table_sort`].
#[must_use]
pub fn sorted(dataset: &Dataset, current: &CurrentSet, order: Order, lang: &str) -> Vec<EventRow> {
    let (selected, certainly) = (&current.selected, current.certainly);
    sort(dataset, selected, certainly, order, lang, &|| false).unwrap_or_default()
}

/// Tab-separated values: no field may hold a tab or a line break.
#[must_use]
pub fn tsv(lines: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut out = String::new();
    for line in lines {
        let fields: Vec<String> = line
            .iter()
            .map(|f| f.replace(['\t', '\n', '\r'], " "))
            .collect();
        out.push_str(&fields.join("\t"));
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_hold_no_tabs_or_line_breaks() {
        let lines = vec![vec!["a\tb".to_owned(), "c\nd".to_owned()]];
        assert_eq!(tsv(lines), "a b\tc d\n");
    }
}
