//! How a delimited text is written: its delimiter, its header, and what stands
//! before it.

use std::collections::HashMap;

use crate::formats::import::Profile;
use crate::formats::import::record::{is_date, names_a_role};
use crate::model::fold;

use super::records::{Records, Shape};

/// Rows by which a dialect is told.
const ROWS: usize = 200;
/// Lines before a header that are passed over.
const PREAMBLE: usize = 40;
/// Tables that are known without a header have at least so many columns, even
/// in a row that lacks some.
const KNOWN_WIDTH: usize = 40;
/// More columns than this are no table of events.
pub(super) const MOST_COLUMNS: usize = 10_000;

/// How a file is written.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dialect {
    pub shape: Shape,
    /// Names of the columns, each once.
    pub columns: Vec<String>,
    /// Whether they are in the file, or made up.
    pub header: bool,
    /// Bytes before the first row of values.
    pub skip: usize,
    /// The line of that row.
    pub line: u64,
    /// Lines before the header that are no rows.
    pub preamble: Vec<String>,
    /// Names that stood twice.
    pub twice: Vec<String>,
    /// How the names fit the rows.
    pub fit: Fit,
}

/// How the names of the columns fit the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fit {
    /// As they should.
    Whole,
    /// There are fewer names than values: the rest got numbers.
    Wider,
    /// There is one name less, and the first column counts the rows.
    RowNames,
}

/// Tells the dialect of a text by its beginning; or what is wrong with it.
pub(super) fn tell(head: &str, whole: bool) -> Result<Dialect, (String, &'static str)> {
    if head.trim().is_empty() {
        return Err((
            "the file is empty".to_owned(),
            "open a file with a header and rows",
        ));
    }
    let (said, from) = separator_line(head);
    let returns = !head.contains('\n') && head.contains('\r');
    let (shape, records) = shape(&head[from..], said, returns, whole);
    let modal = modal(&records);
    if modal > MOST_COLUMNS {
        return Err((
            format!(
                "it has {modal} columns, and a table of events has no more than {MOST_COLUMNS}"
            ),
            "check that this is a table of events, with one event a row",
        ));
    }
    if modal < 2 {
        return Err((
            "this is no table: there are no columns parted by commas, semicolons, tabs or bars"
                .to_owned(),
            "open a table with a header and one event a row",
        ));
    }
    let first = first_row(&records, modal);
    let rows: Vec<Vec<String>> = (first..records.len())
        .take(ROWS)
        .map(|r| records.fields(r).map(str::to_owned).collect())
        .collect();
    let preamble = (0..first).map(|r| records.get(r, 0).to_owned()).collect();
    let begin = |record: usize| (records.begin(record) + from, records.line(record));
    let (header, names, fit) = header(&rows, modal);
    let (columns, twice) = unique(names);
    let (skip, line) = if header {
        records.next(first, shape, from)
    } else {
        begin(first)
    };
    let before = shape.lines(&head.as_bytes()[..from]);
    Ok(Dialect {
        shape,
        columns,
        header,
        skip,
        line: line + before,
        preamble,
        twice,
        fit,
    })
}

/// The delimiter that a line `sep=;` says, and where the next line begins.
fn separator_line(head: &str) -> (Option<u8>, usize) {
    let line = head.lines().next().unwrap_or("");
    let said = line.trim().trim_matches('"');
    match said.get(..4) {
        Some(sep) if sep.eq_ignore_ascii_case("sep=") && said.len() <= 5 => {
            let rest = &head[line.len()..];
            let end = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
            let sign = said.as_bytes().get(4).copied().unwrap_or(b'\t');
            (Some(sign), line.len() + end)
        }
        _ => (None, 0),
    }
}

/// The shape in which most rows have the same number of columns.
fn shape(head: &str, said: Option<u8>, returns: bool, whole: bool) -> (Shape, Records) {
    let with = |delimiter: u8| {
        let mut shape = Shape {
            delimiter,
            quotes: true,
            returns,
        };
        let mut records = sample(head, shape, whole);
        // Tabs with quotes that open fields and are never closed: no quoting.
        if delimiter == b'\t' && !records.broken.is_empty() {
            shape.quotes = false;
            records = sample(head, shape, whole);
        }
        (shape, records)
    };
    if let Some(delimiter) = said {
        return with(delimiter);
    }
    // Rows of a known table without a header: one that is damaged, or commas in
    // its addresses, do not make it another table.
    for delimiter in *b"\t," {
        let tried = with(delimiter);
        let rows = (0..tried.1.len()).take(ROWS);
        let rows: Vec<Vec<String>> = rows
            .filter(|r| tried.1.width(*r) >= KNOWN_WIDTH)
            .map(|r| tried.1.fields(r).map(str::to_owned).collect())
            .collect();
        if Profile::headerless(&rows).is_some() {
            return tried;
        }
    }
    let mut best: Option<(u64, (Shape, Records))> = None;
    for delimiter in *b",;\t|" {
        let tried = with(delimiter);
        let score = score(&tried.1);
        if best.as_ref().is_none_or(|(known, _)| score > *known) {
            best = Some((score, tried));
        }
    }
    best.map_or_else(|| with(b','), |(_, found)| found)
}

fn sample(head: &str, shape: Shape, whole: bool) -> Records {
    let end = super::records::cut(head.as_bytes(), shape, whole);
    // One long line is looked at as far as it goes.
    let end = if end == 0 { head.len() } else { end };
    Records::of(head[..end].to_owned(), shape, 1)
}

/// The commonest number of columns, the greater one of two.
fn modal(records: &Records) -> usize {
    let mut many: HashMap<usize, usize> = HashMap::new();
    for record in 0..records.len().min(ROWS) {
        *many.entry(records.width(record)).or_default() += 1;
    }
    let most = many.into_iter().max_by_key(|(width, rows)| (*rows, *width));
    most.map_or(0, |(width, _)| width)
}

/// How well a shape fits: the share of rows with the commonest number of
/// columns, then that number.
fn score(records: &Records) -> u64 {
    let modal = modal(records);
    if modal < 2 {
        return 0;
    }
    let rows = records.len().min(ROWS);
    let same = (0..rows).filter(|r| records.width(*r) == modal).count();
    let share = (same * 20 / rows.max(1)) as u64;
    // The first row is a header, which tells more than others.
    let header = u64::from(records.width(0) == modal);
    (share * 2 + header) * 100_000 + modal as u64
}

/// The first record that belongs to the table: behind lines of comment, and
/// titles that have one field where the others have several.
fn first_row(records: &Records, modal: usize) -> usize {
    let filled = |r: usize| records.fields(r).filter(|f| !f.trim().is_empty()).count();
    let before = |r: &usize| {
        let first = records.get(*r, 0).trim_start();
        let comment = first.starts_with("# ")
            || first.starts_with("//")
            || first == "#"
            || (first.starts_with('#') && records.width(*r) < modal);
        comment || (modal >= 3 && filled(*r) <= 1)
    };
    let many = (0..records.len().min(PREAMBLE)).take_while(before).count();
    // All rows are alike: there is no preamble.
    if many >= records.len().min(PREAMBLE) {
        0
    } else {
        many
    }
}

/// Whether the first row names the columns, the names, and how they fit.
fn header(rows: &[Vec<String>], modal: usize) -> (bool, Vec<String>, Fit) {
    let first = rows.first().cloned().unwrap_or_default();
    let known = Profile::recognise(&first).is_some();
    if !known && let Some((_, names)) = Profile::headerless(rows) {
        return (false, names, Fit::Whole);
    }
    let speaks = first.iter().any(|name| names_a_role(name));
    let value = |text: &String| {
        let text = text.trim();
        text.parse::<f64>().is_ok() || is_date(text)
    };
    let values = first.iter().filter(|text| value(text)).count();
    let header = known || values == 0 || (speaks && values * 4 < first.len());
    if !header {
        let names = (1..=modal).map(|n| format!("column {n}")).collect();
        return (false, names, Fit::Whole);
    }
    let mut names = first;
    let mut fit = Fit::Whole;
    if names.len() + 1 == modal && counts_rows(rows) {
        // As R writes tables: their first column has no name.
        names.insert(0, String::new());
        fit = Fit::RowNames;
    } else if names.len() < modal {
        fit = Fit::Wider;
        names.resize(modal, String::new());
    }
    (true, names, fit)
}

/// Whether the first column counts the rows from 1, and its name is not that of
/// a column which would.
fn counts_rows(rows: &[Vec<String>]) -> bool {
    let Some((names, rows)) = rows.split_first() else {
        return false;
    };
    let name = names.first().map(|name| fold(name)).unwrap_or_default();
    let numbers = ["id", "nr", "no", "n", "number", "row", "index", "key"];
    let counting = (1..)
        .zip(rows)
        .all(|(n, row): (usize, _)| row[0] == n.to_string());
    let is_number = name.split(' ').any(|word| numbers.contains(&word));
    rows.len() > 1 && counting && !is_number
}

/// Each name once: what has none gets one, what stands twice a number.
fn unique(names: Vec<String>) -> (Vec<String>, Vec<String>) {
    let mut taken: HashMap<String, usize> = HashMap::new();
    let mut twice = Vec::new();
    let mut out = Vec::with_capacity(names.len());
    for (at, name) in names.into_iter().enumerate() {
        let name = name.trim().trim_start_matches('\u{feff}').to_owned();
        let name = if name.is_empty() {
            format!("column {}", at + 1)
        } else {
            name
        };
        let mut free = name.clone();
        let n = taken.entry(name.clone()).or_insert(0);
        *n += 1;
        if *n > 1 {
            free = format!("{name} ({n})");
            if twice.len() < 16 {
                twice.push(name);
            }
            taken.insert(free.clone(), 1);
        }
        out.push(free);
    }
    (out, twice)
}
